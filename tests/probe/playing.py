"""A target without a network, for probes: a few records, searched in the plainest way, and habits laid over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from locate.errors import DiagnosticError, LocateError, TargetClosed
from locate.partner import Target
from locate.probe import Finding, Options, Probe, ProbeReport
from locate.probe.actions import Action, Connect, Delete, Present, Reply, Scan, Search, Sort
from locate.z3950.diagnostics import diagnostic_text, refusal
from locate.z3950.oids import XML
from locate.z3950.query import And, Or, Query, Term
from locate.z3950.requests import ServerInfo
from locate.z3950.retrieval import Record, ResultSet
from locate.z3950.scan_and_sort import ScanResult, SortResult
from tests.played import Extra, marcxml

__all__ = ["BOOKS", "Habit", "PlayedTarget", "finding", "lost", "probed", "refused"]

TARGET = Target("z3950.riverside.example.org", 210, "catalog")
SERVER = ServerInfo("81", "Made-up server", "1.0", 3, frozenset({0, 1, 2, 7, 8, 14}), 1 << 20, 1 << 20)
Habit = Callable[[Action], Reply | None]


def _book(number: str, title: str, author: str, *fields: Extra, year: int = 1987) -> bytes:
    return marcxml(number, title, author, year=year, fields=fields)


BOOKS = (
    _book(
        "1001",
        "A short history of rivers and bridges",
        "Morgan, Anna",
        ("020", "a", "9780306406157"),
        ("010", "a", "  2001000001"),
        ("035", "a", "(OCoLC)70000001"),
        ("650", "a", "Hydraulic engineering"),
    ),
    _book("1002", "History of the northern canals", "Keller, Tom", ("020", "a", "9781861972712"), year=1990),
    _book("1003", "Journal of river history", "", ("022", "a", "0317-8471")),
    _book("1004", "Geschichte der großen Brücken", "Müller, Eva", year=1995),
)
_NUMBER_TAGS = {7: ("020",), 8: ("022",), 9: ("010",), 12: ("001", "035"), 1007: ("020", "022"), 1211: ("035",)}
_WORD_TAGS = {4: ("245",), 1003: ("100",), 21: ("650",), 31: ("008",)}


@dataclass
class PlayedTarget:
    """Records that come in MARCXML only, and a ``habit`` that may answer an action in the target's place.

    ``asked`` keeps every action that came. Words are found in any order, numbers as a whole.
    """

    books: Sequence[bytes] = BOOKS
    habit: Habit = lambda _action: None
    asked: list[Action] = field(default_factory=list)
    _found: dict[str, list[int]] = field(default_factory=dict)

    @property
    def searches(self) -> list[Search]:
        """Every search that came."""
        return [action for action in self.asked if isinstance(action, Search)]

    def answer(self, action: Action) -> Reply:
        """Return what becomes of an action."""
        self.asked.append(action)
        reply = self.habit(action)
        if reply is None:
            reply = self._answer(action)
        return reply

    def _answer(self, action: Action) -> Reply:
        if isinstance(action, Search | Present):
            if action.syntax == "xml":
                return self._retrieve(action)
            return Reply(error=refusal(239, action.syntax), searches=int(isinstance(action, Search)))
        result = {
            Connect: SERVER,
            Scan: ScanResult([]),
            Sort: SortResult(1),
            Delete: {"probe-2": 0},
        }[type(action)]
        return Reply(result, times=(("TCP", 0.001), ("Init", 0.002)))

    def _retrieve(self, action: Search | Present) -> Reply:
        if isinstance(action, Present):
            numbers = self._found.get(action.result_set, [])[action.start - 1 :][: action.count]
            return Reply(self._records(numbers, action.start), sizes=(len(numbers),))
        numbers = sorted(self._numbers(action.query))
        self._found[action.result_set] = numbers
        records = self._records(numbers[: action.count], 1)
        return Reply(ResultSet(len(numbers), list(records)), searches=1, sizes=(len(records),))

    def _records(self, numbers: Sequence[int], start: int) -> list[Record]:
        return [Record(start + index, XML, self.books[number]) for index, number in enumerate(numbers)]

    def _numbers(self, query: Query) -> set[int]:
        if isinstance(query, And):
            return self._numbers(query.left) & self._numbers(query.right)
        if isinstance(query, Or):
            return self._numbers(query.left) | self._numbers(query.right)
        assert isinstance(query, Term)
        use = int(dict(query.attributes).get(1, 1016))
        return {number for number, book in enumerate(self.books) if _holds(book.decode(), use, query.text)}


def _holds(book: str, use: int, text: str) -> bool:
    tags = _NUMBER_TAGS.get(use) or _WORD_TAGS.get(use) or (r"\d\d\d",)
    fields = re.findall(rf'tag="(?:{"|".join(tags)})"[^>]*>(.*?)</(?:data|control)field>', book)
    plain = [re.sub(r"<[^>]*>", " ", each).lower() for each in fields]
    if use in _NUMBER_TAGS:
        return any(re.sub(r"\W", "", each).endswith(re.sub(r"\W", "", text).lower()) for each in plain)
    if use == 31:
        return any(text == each[7:11] for each in plain)
    held = set(re.findall(r"\w+", " ".join(plain)))
    return set(re.findall(r"\w+", text.lower())) <= held


def probed(target: PlayedTarget, options: Options | None = None) -> ProbeReport:
    """Run a probe of ``target`` to its end."""
    probe = Probe(TARGET, options)
    while (action := probe.next_action()) is not None:
        probe.take(target.answer(action))
    return probe.report(1.0)


def finding(report: ProbeReport, what: str) -> Finding:
    """Return the one finding on ``what``."""
    (found,) = [each for each in report.findings if each.what == what]
    return found


def refused(condition: int, addinfo: str = "") -> Reply:
    """Return the reply of a target that refuses a search with a Bib-1 diagnostic."""
    error = DiagnosticError(
        diagnostic_text(condition, addinfo=addinfo), diagnostic_set="", condition=condition, addinfo=addinfo
    )
    return Reply(error=error, searches=1)


def lost(error: LocateError | None = None) -> Reply:
    """Return the reply of a target that ends the connection."""
    return Reply(error=error or TargetClosed("end of file while an answer was due"), searches=1)
