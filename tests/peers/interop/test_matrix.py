"""The matrix: each origin at each target, service by service. A test's name says which: ``ours-zebrasrv-search``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

import pytest

from tests.peers.interop.ours import run_client, run_zoom_face
from tests.peers.interop.steps import (
    Answer,
    Hits,
    Origin,
    Present,
    Records,
    Refused,
    Search,
    Sort,
    Sorted,
    Step,
)
from tests.peers.interop.strangers import run_perl_zoom, run_yaz_client
from tests.peers.interop.targets import START, SYNTAXES, Expected, Peer
from tests.peers.interop.wire import Recording, record

pytestmark = pytest.mark.peers

ORIGINS: Mapping[str, Origin] = {
    "ours": run_client,
    "zoomface": run_zoom_face,
    "yazclient": run_yaz_client,
    "perlzoom": run_perl_zoom,
}
_FIELDED = frozenset({"marc21", "xml", "opac"})
_OWN = frozenset({"ours", "zoomface"})
_MIND_THE_RANGE = frozenset({"zoomface", "perlzoom"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One origin at one target."""

    origin: str
    target: str
    peer: Peer

    @property
    def expected(self) -> Expected:
        """What the target is known to answer."""
        return self.peer.expected

    def run(self, *steps: Step, database: str = "Default") -> tuple[list[Answer], Recording]:
        """Carry out the steps on one Z-association; return the answers, and what passed over the wire."""
        with record(self.peer.host, self.peer.port) as recording:
            answers = ORIGINS[self.origin]("127.0.0.1", recording.port, database, steps)
        return answers, recording


@pytest.fixture
def cell(request: pytest.FixtureRequest, peer_named: Callable[[str], Peer]) -> Cell:
    """Return the cell that the test's parameter names."""
    origin, target = request.param
    return Cell(origin, target, peer_named(target))


def each_cell(service: str) -> pytest.MarkDecorator:
    """Run a test once for each origin and target."""
    cells = list(product(ORIGINS, START))
    names = [f"{origin}-{target}-{service}" for origin, target in cells]
    return pytest.mark.parametrize("cell", cells, ids=names, indirect=True)


@each_cell("search")
def test_search(cell: Cell) -> None:
    """Each query has its number of hits: words, names, numbers, operators, diacritics, none at all."""
    answers, wire = cell.run(*map(Search, cell.expected.hits))
    assert dict(zip(cell.expected.hits, answers, strict=True)) == {
        query: Hits(count) for query, count in cell.expected.hits.items()
    }
    assert wire.sent.count("Search") == wire.received.count("SearchResponse") == len(cell.expected.hits)


@pytest.mark.parametrize("syntax", SYNTAXES)
@each_cell("present")
def test_present(cell: Cell, syntax: str) -> None:
    """All records come in the syntax asked for, in their order and whole; where there is none, the diagnostic comes."""
    form = cell.expected.forms[syntax]
    (_, answer), _ = cell.run(Search(cell.expected.found), present(cell, syntax))
    if isinstance(form, Refused):
        assert answer == form
        return
    for shown, facts in zip(shown_by(answer, syntax), form, strict=True):
        if syntax in _FIELDED:
            assert shown == facts
        else:
            assert all(any(value.startswith(fact) for value in shown) for fact in facts)


def present(cell: Cell, syntax: str, start: int = 1) -> Present:
    """Return the step that fetches the records from ``start`` to the last; one alone where they will be refused."""
    form = cell.expected.forms[syntax]
    count = 1 if isinstance(form, Refused) else len(form) + 1 - start
    return Present(start, count, syntax, cell.expected.elements.get(syntax, "F"))


def shown_by(answer: Answer, syntax: str) -> list[tuple[str, ...]]:
    """Return what the records of an answer show, all of them in ``syntax``."""
    assert isinstance(answer, Records), answer
    assert {each.syntax for each in answer.records} == {syntax}
    return [each.facts for each in answer.records]


@each_cell("present-one-by-one")
def test_present_one_by_one(cell: Cell) -> None:
    """The last record comes when it alone is asked for, in two syntaxes one after the other."""
    marc, xml = cell.expected.forms["marc21"], cell.expected.forms["xml"]
    assert not isinstance(marc, Refused)
    assert not isinstance(xml, Refused)
    last = len(marc)
    answers, _ = cell.run(Search(cell.expected.found), present(cell, "marc21", last), present(cell, "xml", last))
    assert shown_by(answers[1], "marc21") == [marc[-1]]
    assert shown_by(answers[2], "xml") == [xml[-1]]


@each_cell("present-unimarc")
def test_present_in_a_syntax_that_is_not_there(cell: Cell) -> None:
    """A record not to be had in a syntax is refused, or comes in another, and is shown under that one's name."""
    (_, answer), _ = cell.run(Search(cell.expected.found), Present(1, 1, "unimarc"))
    if cell.expected.unimarc is not None:
        assert answer == cell.expected.unimarc
    else:
        form = cell.expected.forms["marc21"]
        assert not isinstance(form, Refused)
        assert shown_by(answer, "marc21") == [form[0]]


@each_cell("present-element-set")
def test_present_by_a_bad_element_set(cell: Cell) -> None:
    """An element set that is not there is refused; the origins of this project then ask without, and get the record."""
    asked, answer = cell.expected.bad_elements
    (_, told), _ = cell.run(Search(cell.expected.found), asked)
    if cell.origin in _OWN and isinstance(answer, Refused):
        form = cell.expected.forms[asked.syntax]
        assert not isinstance(form, Refused)
        assert shown_by(told, asked.syntax) == [form[0]]
    else:
        assert told == answer


@each_cell("scan")
def test_scan(cell: Cell) -> None:
    """Terms come in their order, the start term in the place asked for, each with its number of records."""
    scan, terms = cell.expected.scan
    (answer,), wire = cell.run(scan)
    assert answer == terms
    assert (wire.sent.count("Scan"), wire.received.count("ScanResponse")) == (1, 1)


@each_cell("sort")
def test_sort(cell: Cell) -> None:
    """Records come in the order of their titles after a sort, and in the opposite one after another."""
    form = cell.expected.forms["marc21"]
    assert not isinstance(form, Refused)
    shown = present(cell, "marc21")
    answers, wire = cell.run(Search(cell.expected.found), Sort(4), shown, Sort(4, descending=True), shown)
    assert (answers[1], answers[3]) == (Sorted(), Sorted())
    assert shown_by(answers[2], "marc21") == [form[place] for place in cell.expected.by_title]
    assert shown_by(answers[4], "marc21") == [form[place] for place in cell.expected.by_title_descending]
    assert wire.received.count("SortResponse") == 2


@pytest.mark.parametrize("service", ["search", "scan", "sort"])
@each_cell("use-attribute")
def test_unsupported_use_attribute(cell: Cell, service: str) -> None:
    """A use attribute without an index is refused with its diagnostic, and the association goes on."""
    steps, expected = cell.expected.unsupported_use[service]
    answers, _ = cell.run(*steps, Search(cell.expected.found))
    assert answers[-2] == expected
    assert isinstance(answers[-1], Hits)


@each_cell("database")
def test_unavailable_database(cell: Cell) -> None:
    """A database that is not there is diagnostic 109 with its name, for Search and for Scan."""
    answers, _ = cell.run(Search("x"), cell.expected.scan[0], database="Nowhere")
    assert answers == [Refused(109, "Nowhere"), Refused(109, "Nowhere")]


@each_cell("out-of-range")
def test_present_out_of_range(cell: Cell) -> None:
    """A position beyond the result set is diagnostic 13, and the association goes on; ZOOM says it without asking."""
    found, beyond = Search(cell.expected.found), Present(99, 1, "marc21")
    (_, answer, again), wire = cell.run(found, beyond, present(cell, "marc21"))
    asks = cell.origin not in _MIND_THE_RANGE
    assert answer == (cell.expected.out_of_range if asks else Refused(13))
    assert isinstance(again, Records)
    assert wire.sent.count("Present") == (2 if asks else wire.received.count("PresentResponse"))


@each_cell("close")
def test_close(cell: Cell) -> None:
    """Close is the last thing said, and is answered with Close; then the connection is gone. ZOOM C says nothing."""
    _, wire = cell.run(Search(cell.expected.found))
    assert wire.ended
    last = ("Search", "SearchResponse") if cell.origin == "perlzoom" else ("Close", "Close")
    assert (wire.sent[-1], wire.received[-1]) == last
    assert wire.sent.count("Close") == wire.received.count("Close") == last.count("Close") // 2
