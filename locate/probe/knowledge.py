"""What a probe knows so far, shared by its parts: records met, forms that work, what each use attribute came to.

Mutable, and plain: the parts write here what later parts and the advice need. Decides nothing; raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from locate.partner import Target
from locate.probe.findings import Area, Finding, Proof, Verdict
from locate.probe.forms import Attributes, Style
from locate.probe.picking import Pick
from locate.records import BibRecord
from locate.z3950.facts import TargetFacts
from locate.z3950.opac import OpacRecord
from locate.z3950.query import Query
from locate.z3950.requests import ServerInfo

__all__ = ["Knowledge", "Options", "Tried"]


@dataclass(frozen=True, slots=True)
class Options:
    """How thorough a probe is, and where it may begin: ``terms`` and ``isbns`` of things that the library holds.

    ``max_searches`` bounds the Search requests, whoever causes them.
    """

    quick: bool = False
    terms: Sequence[str] = ()
    isbns: Sequence[str] = ()
    max_searches: int = 60

    @classmethod
    def quick_one(cls, terms: Sequence[str] = (), isbns: Sequence[str] = ()) -> Options:
        """Return the options of a probe of fewer than 15 searches."""
        return cls(quick=True, terms=terms, isbns=isbns, max_searches=14)


@dataclass(frozen=True, slots=True)
class Tried:
    """What searches by one use attribute came to: the ``attributes`` that served best, in how many searches.

    ``note`` says what was seen; ``query`` is the PQF of the search that decided, ``hits`` its count. ``unsupported``
    means that the server says so itself; ``advice`` is the sentence on its diagnostic. ``sought`` names what was
    searched by it, "" for what the attribute is for.
    """

    use: int
    verdict: Verdict
    note: str
    attributes: Attributes = ()
    query: str = ""
    hits: int | None = None
    pick: Pick | None = None
    advice: str = ""
    unsupported: bool = False
    sought: str = ""


@dataclass(slots=True)
class Knowledge:
    """Everything known of one target. ``facts`` are the client's own, shared with its connection.

    ``syntax`` and ``element_set`` are what records are fetched in while probing, ``records`` those that could be read,
    ``opac`` the OPAC records met beside their bibliographic ones. ``forms`` maps (syntax, element set) to whether
    records came readable. ``tried`` maps a use attribute to what it came to, ``instead`` one that did not serve to
    another that finds the same terms; ``oclc`` is a search by OCLC number. ``joins``: AND works, None when that is not
    known.
    ``answers_anything``: a word that no record has gives hits. ``charset`` is a Python codec name, None for what Init
    agreed on, else UTF-8; ``charset_matters`` a term that was searched to find out. ``message_cap`` records come in one
    answer, 0 when no limit was met.
    """

    target: Target
    options: Options
    facts: TargetFacts = field(default_factory=TargetFacts)
    findings: list[Finding] = field(default_factory=list)
    server: ServerInfo | None = None
    times: tuple[tuple[str, float], ...] = ()
    syntax: str = "marc21"
    element_set: str | None = "F"
    records: list[BibRecord] = field(default_factory=list)
    opac: list[tuple[BibRecord | None, OpacRecord]] = field(default_factory=list)
    forms: dict[tuple[str, str | None], bool] = field(default_factory=dict)
    seed: Query | None = None
    hits: int = 0
    style: Style = Style.PLAIN
    tried: dict[int, Tried] = field(default_factory=dict)
    instead: dict[int, Tried] = field(default_factory=dict)
    oclc: Tried | None = None
    joins: bool | None = None
    answers_anything: bool = False
    charset: str | None = None
    charset_matters: Pick | None = None
    message_cap: int = 0
    slowest_s: float = 0.0
    connections_lost: int = 0
    dialect: str = "generic"
    dialect_note: str = ""
    holdings_from: str = ""
    proofs: list[Proof] = field(default_factory=list)

    def tell(
        self,
        area: Area,
        what: str,
        verdict: Verdict,
        result: str,
        advice: str = "",
        *,
        query: str = "",
        hits: int | None = None,
    ) -> None:
        """Add a finding."""
        self.findings.append(Finding(area, what, verdict, result, advice, query, hits))

    def usable(self, use: int) -> Tried | None:
        """Return what serves to search what a use attribute is for, be it another attribute; None when nothing does."""
        found = (self.tried.get(use), self.instead.get(use))
        return next((tried for tried in found if tried is not None and tried.verdict.is_usable), None)
