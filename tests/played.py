"""Play a locate without a network: hand-made records, and a run that is fed its answers one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from locate.citation import BorrowingRequest, Citation
from locate.errors import DiagnosticError, LocateError
from locate.outcome import LocateOutcome, PartnerOutcome, SearchReport
from locate.partner import DEFAULT_STEPS, LocateProfile, Partner, RunLimits, StepKind, Target
from locate.run import Answer, Ask, Event, Fault, LocateRun
from locate.z3950.diagnostics import diagnostic_text
from locate.z3950.facts import TargetFacts
from locate.z3950.oids import BIB1_DIAGNOSTICS, OPAC, XML
from locate.z3950.opac import CircRecord, HoldingsAndCirc, OpacRecord
from locate.z3950.query import to_pqf
from locate.z3950.retrieval import Fetched, Record, ResultSet, SurrogateDiagnostic

__all__ = [
    "BOOK",
    "BY_TITLE",
    "ISBN",
    "ISBN_ONLY",
    "MORGAN",
    "OTHER_ISBN",
    "PARTNER",
    "RIGHT",
    "TITLE",
    "Played",
    "answer",
    "by",
    "diagnostic",
    "in_opac",
    "marcxml",
    "play",
    "record",
    "rivers",
    "surrogate",
]

ISBN = "9780306406157"
OTHER_ISBN = "9781861972712"
MORGAN = "Morgan, Anna"
PARTNER = Partner("north", Target("north.example"))
Reply = ResultSet | LocateError
Extra = tuple[str, str, str]


def marcxml(
    number: str,
    title: str,
    author: str = "",
    *,
    year: int = 1987,
    online: bool = False,
    fields: Iterable[Extra] = (),
) -> bytes:
    """Return a book in MARCXML; ``title`` is "proper : remainder", ``fields`` are further (tag, code, text)."""
    proper, _, rest = title.partition(" : ")
    form = "o" if online else " "
    carrier = [("300", "a", "1 online resource"), ("338", "b", "cr")] if online else [("300", "a", "212 p. ;")]
    heading = [("100", "a", author)] if author else []
    parts = [("a", f"{proper} :"), ("b", rest)] if rest else [("a", proper)]
    return (
        '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
        f'<controlfield tag="001">{number}</controlfield>'
        f'<controlfield tag="008">870512s{year}    enka    {form}     001 0 eng d</controlfield>'
        + "".join(_field(tag, (code, text)) for tag, code, text in heading)
        + _field("245", *parts)
        + "".join(_field(tag, (code, text)) for tag, code, text in (*carrier, *fields))
        + "</record>"
    ).encode()


def _field(tag: str, *subfields: tuple[str, str]) -> str:
    inner = "".join(f'<subfield code="{code}">{escape(text)}</subfield>' for code, text in subfields)
    return f'<datafield tag="{tag}" ind1=" " ind2=" ">{inner}</datafield>'


def rivers(number: str = "r1", *, year: int = 1987, online: bool = False, fields: Iterable[Extra] = ()) -> bytes:
    """Return the book that most tests ask for."""
    title = "The rivers of northern Wales : a field guide"
    return marcxml(number, title, MORGAN, year=year, online=online, fields=fields)


def record(data: bytes, position: int = 1) -> Record:
    """Return a retrieved MARCXML record."""
    return Record(position, XML, data)


def in_opac(data: bytes, *copies: tuple[str, bool], position: int = 1) -> Record:
    """Return a retrieved OPAC record; ``copies`` are (library, is it in)."""
    holdings = tuple(
        HoldingsAndCirc(local_location=library, call_number="QH 1", circulation=(CircRecord(available_now=is_in),))
        for library, is_in in copies
    )
    return Record(position, OPAC, OpacRecord(XML, data, holdings))


def answer(*found: Fetched | bytes, hits: int | None = None) -> ResultSet:
    """Return an answer; bytes are MARCXML records; ``hits`` None means as many as were fetched."""
    records: list[Fetched] = [
        record(one, position) if isinstance(one, bytes) else one for position, one in enumerate(found, 1)
    ]
    return ResultSet(len(records) if hits is None else hits, records)


def diagnostic(condition: int, addinfo: str = "") -> DiagnosticError:
    """Return a non-surrogate Bib-1 diagnostic."""
    text = diagnostic_text(condition, addinfo=addinfo)
    return DiagnosticError(text, diagnostic_set=BIB1_DIAGNOSTICS, condition=condition, addinfo=addinfo)


def surrogate(condition: int, position: int = 1) -> SurrogateDiagnostic:
    """Return a surrogate diagnostic in a record's place."""
    return SurrogateDiagnostic(diagnostic(condition), position)


@dataclass
class Played:
    """What a played run came to: the ``outcome``, and every ``ask`` that was made, in order."""

    outcome: LocateOutcome
    asks: list[Ask] = field(default_factory=list)

    @property
    def partner(self) -> PartnerOutcome:
        """The outcome of the only partner."""
        (only,) = self.outcome.partners
        return only

    @property
    def queries(self) -> list[str]:
        """The queries that were sent, as PQF."""
        return [to_pqf(ask.query) for ask in self.asks]


def play(
    citation: Citation,
    *replies: Reply,
    partners: Sequence[Partner] = (PARTNER,),
    facts: dict[str, TargetFacts] | None = None,
    limits: RunLimits | None = None,
    step_s: float = 0.01,
) -> Played:
    """Run a locate to its end, answering the asks in order; when the replies are used up, nothing is found."""
    run = LocateRun(BorrowingRequest(citation), partners, started=0.0, limits=limits, facts=facts)
    left, now = list(replies), 0.0
    played = Played(LocateOutcome(BorrowingRequest(citation), ()))
    while asks := run.next_steps(now):
        played.asks += asks
        for ask in asks:
            now += step_s
            run.take(_event(ask, left.pop(0) if left else answer()), now)
    played.outcome = run.outcome(now)
    return played


def _event(ask: Ask, reply: Reply) -> Event:
    code = ask.partner.code
    return Fault(code, reply) if isinstance(reply, LocateError) else Answer(code, reply)


TITLE = "The rivers of northern Wales"
BOOK = Citation(title=TITLE, author=MORGAN, year=1987, isbn=(ISBN,))
BY_TITLE = Citation(title=TITLE, author=MORGAN, year=1987)
RIGHT = rivers(fields=[("020", "a", ISBN)])
ISBN_ONLY = LocateProfile(steps=tuple(step for step in DEFAULT_STEPS if step.kind is StepKind.ISBN))


def by(searches: tuple[SearchReport, ...]) -> list[str]:
    """Return what each search searched by."""
    return [search.by for search in searches]
