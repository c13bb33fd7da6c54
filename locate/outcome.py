"""What a locate comes to: one `PartnerOutcome` for every partner asked, and the `LocateOutcome` that sums them up.

Pure data with a JSON form; the form is documented in docs/outcome.md and pinned by docs/outcome.schema.json. Decides
only the order of the rota that remains; refuses to know how an answer was got. Raises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from locate.availability.holdings import Availability, Holdings, Item
from locate.availability.requestable import Judged
from locate.availability.rules import Requestability
from locate.citation import BorrowingRequest
from locate.matching.evidence import Match
from locate.records.bib import BibRecord

__all__ = [
    "FORMAT_VERSION",
    "Candidate",
    "Disposition",
    "Finding",
    "LocateOutcome",
    "PartnerOutcome",
    "SearchReport",
    "item_mapping",
]

FORMAT_VERSION = 1
"""The version of the JSON forms; it rises when a key is removed or changes its meaning."""


class Finding(StrEnum):
    """Whether a partner holds exactly this."""

    FOUND = "FOUND"
    AMBIGUOUS = "AMBIGUOUS"
    NOT_FOUND = "NOT_FOUND"
    NO_USABLE_IDENTIFIER = "NO_USABLE_IDENTIFIER"
    UNSUPPORTED = "UNSUPPORTED"
    TARGET_ERROR = "TARGET_ERROR"
    TIMEOUT = "TIMEOUT"
    SKIPPED = "SKIPPED"


class Disposition(StrEnum):
    """What becomes of the partner: kept in the rota, kept but not verified, to be asked again later, or dropped."""

    KEEP = "keep"
    KEEP_UNVERIFIED = "keep_unverified"
    RETRY_LATER = "retry_later"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class SearchReport:
    """One search that was sent: what it searched ``by``, its ``query`` in PQF, the target's hit count (None when the
    search failed), how many records were fetched and how many of them verified, and a ``note`` ("" when none).
    """

    by: str
    query: str
    hits: int | None
    fetched: int = 0
    verified: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that was fetched and judged; ``position`` is 1-based in the result set of the search ``by``."""

    record: BibRecord
    match: Match
    by: str
    position: int
    holdings: Holdings | None = None
    requestability: Requestability | None = None


@dataclass(frozen=True, slots=True)
class PartnerOutcome:
    """What one partner came to. Always one for every partner, never an exception.

    ``availability`` is NOT_CHECKED unless the finding is FOUND. ``reason`` is one sentence; ``chosen`` the candidate
    that counts as held; ``others`` the judged rest, best first. ``elapsed_s`` in seconds.
    """

    code: str
    name: str
    finding: Finding
    availability: Availability
    disposition: Disposition
    reason: str
    chosen: Candidate | None = None
    others: tuple[Candidate, ...] = ()
    searches: tuple[SearchReport, ...] = ()
    unreadable: int = 0
    elapsed_s: float = 0.0

    @property
    def can_supply(self) -> bool:
        """True when the partner holds the item and nothing known stands against borrowing it, now or later."""
        if self.finding is not Finding.FOUND:
            return False
        found = self.chosen.requestability if self.chosen else None
        later = found is not None and found.item is not None
        return later or self.availability.rank < Availability.NOT_REQUESTABLE.rank

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "partner": self.code,
            "name": self.name,
            "finding": self.finding,
            "availability": self.availability,
            "disposition": self.disposition,
            "reason": self.reason,
            "record": _candidate(self.chosen) if self.chosen else None,
            "others": [_candidate(other) for other in self.others],
            "searches": [
                {
                    "by": search.by,
                    "query": search.query,
                    "hits": search.hits,
                    "fetched": search.fetched,
                    "verified": search.verified,
                    "note": search.note,
                }
                for search in self.searches
            ],
            "unreadable_records": self.unreadable,
            "elapsed_s": round(self.elapsed_s, 3),
        }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    record, match = candidate.record, candidate.match
    out: dict[str, Any] = {
        "control_number": record.control_number,
        "control_number_source": record.control_number_source,
        "title": record.title.shown,
        "years": sorted(record.years),
        "carriers": sorted(record.carriers),
        "charset": record.charset.used,
        "found_by": candidate.by,
        "verdict": match.verdict,
        "score": match.score,
        "sentence": match.sentence,
        "evidence": [
            {
                "feature": each.feature,
                "verdict": each.verdict,
                "weight": each.weight,
                "citation": each.left,
                "record": each.right,
                "why": each.why,
            }
            for each in match.evidence
        ],
        "items": None,
        "item_to_request": None,
        "item_reason": "",
        "availability_reason": None,
        "availability_evidence": [],
    }
    if candidate.holdings is not None:
        judged = {id(one.item): one for one in candidate.requestability.judged} if candidate.requestability else {}
        out["items"] = [item_mapping(item) | _judgement(judged.get(id(item))) for item in candidate.holdings.items]
    if candidate.requestability is not None:
        found = candidate.requestability
        out["item_to_request"] = item_mapping(found.item) if found.item else None
        out["item_reason"] = found.item_reason
        out["availability_reason"] = found.reason
        out["availability_evidence"] = list(found.evidence)
    return out


def item_mapping(item: Item) -> dict[str, Any]:
    """Return the JSON form of an item."""
    return {
        "status": item.status,
        "rule": item.rule,
        "raw_status": list(item.raw_status),
        "library": item.library or item.library_code,
        "location": item.location or item.location_code,
        "temporary_library": item.temporary_library,
        "temporary_location": item.temporary_location,
        "call_number": item.call_number,
        "barcode": item.barcode,
        "policy": item.policy,
        "material_type": item.material_type,
        "process_type": item.process_type,
        "enumeration": item.enumeration,
        "chronology": item.chronology,
        "due_date": item.due_date,
        "holds": item.holds,
        "not_lent": item.not_lent,
        "suppressed": item.suppressed,
        "electronic": item.electronic,
        "electronic_kind": item.electronic_kind,
        "copies": item.copies,
    }


def _judgement(judged: Judged | None) -> dict[str, Any]:
    """Return what the library's rules say of an item; all null when it did not count."""
    if judged is None:
        return dict.fromkeys(("requestable", "request_reason", "preference", "terms", "part"))
    return {
        "requestable": judged.requestable,
        "request_reason": judged.refused or judged.unsure,
        "preference": judged.preference,
        "terms": judged.terms,
        "part": judged.part,
    }


# The order of the rota that remains: what can be sent at once first, what could not be verified last of those that
# may supply, what is held but not lent behind them. Within a group the rota's own order stays.
_LAST = 6
_FINDING_RANK = {
    Finding.SKIPPED: 1,
    Finding.AMBIGUOUS: 3,
    Finding.NO_USABLE_IDENTIFIER: 4,
    Finding.UNSUPPORTED: 4,
    Finding.TARGET_ERROR: 5,
    Finding.TIMEOUT: 5,
}


def _rank(partner: PartnerOutcome) -> int:
    if partner.finding is Finding.FOUND:
        return min(partner.availability.rank, Availability.UNAVAILABLE.rank) if partner.can_supply else _LAST
    return _FINDING_RANK.get(partner.finding, _LAST)


@dataclass(frozen=True, slots=True)
class LocateOutcome:
    """What a locate came to: a `PartnerOutcome` for every partner, in the order of the rota that was asked.

    ``notes`` say what was odd in the citation. ``own`` is what the search of the own catalog came to, None when it was
    not searched; ``locally_owned`` tells that it stopped the request, so that no partner was asked. ``elapsed_s`` in
    seconds.
    """

    request: BorrowingRequest
    partners: tuple[PartnerOutcome, ...]
    notes: tuple[str, ...] = field(default=())
    elapsed_s: float = 0.0
    own: PartnerOutcome | None = None
    locally_owned: bool = False

    @property
    def rota(self) -> tuple[str, ...]:
        """The codes of the partners that remain, reordered: available first, unverified and not lent last."""
        kept = [p for p in self.partners if p.disposition in {Disposition.KEEP, Disposition.KEEP_UNVERIFIED}]
        return tuple(partner.code for partner in sorted(kept, key=_rank))

    @property
    def located(self) -> bool:
        """True when at least one partner holds the item and may supply it."""
        return any(partner.can_supply for partner in self.partners)

    @property
    def unreachable(self) -> bool:
        """True when there were partners and not one of them could be asked to the end."""
        faults = {Finding.TARGET_ERROR, Finding.TIMEOUT}
        return bool(self.partners) and all(partner.finding in faults for partner in self.partners)

    def __getitem__(self, code: str) -> PartnerOutcome:
        """Return the outcome of the partner ``code``; KeyError when it was not asked."""
        for partner in self.partners:
            if partner.code == code:
                return partner
        raise KeyError(code)

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form."""
        codes = {kind: [p.code for p in self.partners if p.disposition is kind] for kind in Disposition}
        return {
            "format_version": FORMAT_VERSION,
            "request_id": self.request.request_id,
            "citation": self.request.citation.to_mapping(),
            "located": self.located,
            "locally_owned": self.locally_owned,
            "own_catalog": self.own.to_mapping() if self.own else None,
            "rota": list(self.rota),
            "dropped": codes[Disposition.DROP],
            "retry_later": codes[Disposition.RETRY_LATER],
            "notes": list(self.notes),
            "partners": [partner.to_mapping() for partner in self.partners],
            "elapsed_s": round(self.elapsed_s, 3),
        }
