"""What a probe found: one `Finding` for each thing tried, and the `ProbeReport` of them all.

Pure data, and its JSON form. Decides nothing but which findings count as good; raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from locate.errors import LocateError
from locate.partner import Partner, Target
from locate.z3950.requests import ServerInfo

__all__ = ["Area", "Finding", "ProbeReport", "Proof", "Verdict"]


class Area(StrEnum):
    """What a finding is about, in the order of the report."""

    CONNECTION = "connection"
    RECORDS = "records"
    SEARCHES = "searches"
    RESULT_SETS = "result sets"
    HOLDINGS = "holdings"
    MATCHING = "matching"


class Verdict(StrEnum):
    """What came of a trial.

    ``works``: as it should. ``limited``: of use, but with something to know. ``wrong``: no diagnostic, but not what was
    asked for. ``nothing``: no hit where there should be one. ``refused``: a diagnostic. ``fault``: the connection or
    the server failed over it. ``not_tried``; ``told``: a fact, neither good nor bad.
    """

    WORKS = "works"
    LIMITED = "limited"
    WRONG = "wrong"
    NOTHING = "nothing"
    REFUSED = "refused"
    FAULT = "fault"
    NOT_TRIED = "not_tried"
    TOLD = "told"

    @property
    def is_usable(self) -> bool:
        """True for what a locate may rely on."""
        return self in {Verdict.WORKS, Verdict.LIMITED}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing tried: ``what`` it was, the ``verdict``, the ``result`` in a few words, and ``advice``, a sentence for
    the person who sets up the partner ("" when there is nothing to say).

    ``query`` is the PQF of the search that decided, ``hits`` its count; "" and None when there was none.
    """

    area: Area
    what: str
    verdict: Verdict
    result: str
    advice: str = ""
    query: str = ""
    hits: int | None = None

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "area": self.area,
            "what": self.what,
            "verdict": self.verdict,
            "result": self.result,
            "advice": self.advice,
            "query": self.query,
            "hits": self.hits,
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """A locate with the profile that the probe recommends, of a record that the probe had met.

    ``wanted`` names the record, ``by`` says what the citation held; ``finding``, ``availability`` and ``reason`` are
    those of the partner's outcome, ``searches`` how many it took.
    """

    wanted: str
    by: str
    finding: str
    availability: str
    reason: str
    searches: int

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "wanted": self.wanted,
            "by": self.by,
            "finding": self.finding,
            "availability": self.availability,
            "reason": self.reason,
            "searches": self.searches,
        }


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """All that a probe found, in the order of the report.

    ``server`` is None and ``fault`` tells why when no association came about; ``ended`` says what cut the probe short,
    "" for nothing. ``located_by`` and ``not_by`` name what the locate can and cannot search by there; ``summary`` are
    sentences. ``partner`` is the partner as it should be configured and ``profile`` the same in TOML; None and "" when
    the server gave no record to find out by. ``elapsed_s`` in seconds; ``searches`` counts Search requests.
    """

    target: Target
    server: ServerInfo | None
    findings: Sequence[Finding]
    proofs: Sequence[Proof] = ()
    located_by: Sequence[str] = ()
    not_by: Sequence[str] = ()
    summary: Sequence[str] = ()
    partner: Partner | None = None
    profile: str = ""
    fault: LocateError | None = None
    ended: str = ""
    quick: bool = False
    searches: int = 0
    elapsed_s: float = 0.0
    times: Sequence[tuple[str, float]] = ()

    @property
    def is_usable(self) -> bool:
        """True when the locate has something to search by there."""
        return self.partner is not None and bool(self.located_by)

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form, which docs/probe.schema.json describes."""
        return {
            "target": str(self.target),
            "server": _server(self.server) if self.server else None,
            "fault": str(self.fault) if self.fault else "",
            "ended": self.ended,
            "quick": self.quick,
            "times": {name: round(seconds, 4) for name, seconds in self.times},
            "elapsed_s": round(self.elapsed_s, 3),
            "searches": self.searches,
            "findings": [finding.to_mapping() for finding in self.findings],
            "proofs": [proof.to_mapping() for proof in self.proofs],
            "located_by": list(self.located_by),
            "not_by": list(self.not_by),
            "summary": list(self.summary),
            "profile": self.profile,
        }


def _server(server: ServerInfo) -> dict[str, Any]:
    return {
        "implementation_id": server.implementation_id,
        "name": server.name,
        "version": server.version,
        "protocol_version": server.protocol_version,
        "options": sorted(server.options),
        "preferred_message_bytes": server.preferred_message_size,
        "exceptional_record_bytes": server.exceptional_record_size,
        "charset": server.charset,
        "message": server.message,
    }
