"""What a target with habits understands of a query."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.z3950.apdu import AttributesPlusTerm, ScanRequest, ScanResponse, SortKeySpec, SortRequest, SortResponse
from locate.z3950.charset_negotiation import propose
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import Emulation
from tests.z3950.asking import condition
from tests.z3950.made_up import xml_catalog
from tests.z3950.target.emulation.asking import Asker


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the made-up records."""
    return xml_catalog(tmp_path_factory.mktemp("requests"))


@pytest.mark.parametrize(
    ("habits", "pqf", "expected"),
    [
        (Emulation(unsupported_uses=frozenset({9})), "@attr 1=9 99012345", (114, "9")),
        (Emulation(unsupported_uses=frozenset({9})), "@and @attr 1=4 river @attr 1=9 99012345", (114, "9")),
        (Emulation(unsupported_types=frozenset({5})), "@attr 1=4 @attr 5=1 riv", (120, "1")),
        (Emulation(unsupported_types=frozenset({3})), "@attr 1=4 @attr 3=1 river", (119, "1")),
        (Emulation(unsupported_types=frozenset({7})), "@attr 1=4 @attr 7=1 river", (113, "1")),
        (Emulation(max_attributes=2), "@attr 1=4 @attr 2=3 @attr 4=2 river", (123, "3 attributes")),
        (Emulation(refused_operators=frozenset({"or"})), "@or @attr 1=4 river @attr 1=4 winter", (110, "or")),
        (Emulation(small_set_needed=True), "@attr 1=4 river", (100, "smallSetUpperBound")),
    ],
)
def test_refused(catalog: Catalog, habits: Emulation, pqf: str, expected: tuple[int, str]) -> None:
    """What the system does not know is its diagnostic; the honest target finds the same query good."""
    answer = Asker(habits, catalog).search(pqf)
    assert (answer.search_status, condition(answer)) == (False, expected)


def test_the_rest_is_understood(catalog: Catalog) -> None:
    """A system without an index still finds by the others, and refuses a Scan of it too."""
    asker = Asker(Emulation(unsupported_uses=frozenset({9})), catalog)
    assert asker.search().result_count == 4
    start = to_rpn(parse_pqf("@attr 1=9 x")).rpn[1][1]
    (answer,) = asker.ask(ScanRequest(("Default",), start, 3))
    assert isinstance(answer, ScanResponse)
    assert answer.entries is not None
    assert answer.entries.nonsurrogate_diagnostics[0].condition == 114


@pytest.mark.parametrize(
    ("pqf", "hits"),
    [
        ("@attr 1=4 river", 1),
        ("@attr 1=4 winter", 2),
        ("@attr 1=4 @attr 3=3 winter", 3),
        ("@attr 1=4 @attr 3=3 @attr 4=6 @attr 5=100 winter", 3),
        ('@attr 1=4 @attr 3=3 "river winter"', 0),
        ('@attr 1=4 @attr 3=3 @attr 4=6 "river winter"', 3),
        ("@attr 1=7 0198534531", 2),
    ],
)
def test_position_required(catalog: Catalog, pqf: str, hits: int) -> None:
    """Without position a word is found only first in its field; full attributes find it anywhere."""
    assert Asker(Emulation(position_required=True), catalog).search(pqf).result_count == hits


@pytest.mark.parametrize(("octets", "hits"), [("müller".encode(), 0), ("müller".encode("cp1252"), 1), (b"muller", 1)])
def test_query_charset(catalog: Catalog, octets: bytes, hits: int) -> None:
    """Terms in another character set find nothing, without a diagnostic."""
    asker = Asker(Emulation(query_charset="windows-1252"), catalog)
    rpn = to_rpn(parse_pqf("@attr 1=1003 x"))
    term = AttributesPlusTerm(rpn.rpn[1][1].attributes, ("general", octets))
    answer = asker.search(query=("type_1", replace(rpn, rpn=("op", ("attr_term", term)))))
    assert (answer.search_status, answer.result_count) == (True, hits)


def test_query_charset_is_not_negotiated(catalog: Catalog) -> None:
    """A target with its own character set passes over a proposal."""
    unit = propose(["utf-8"], records_in_selected=False)
    assert Asker(None, catalog, other_info=(unit,)).init.other_info != ()
    assert Asker(Emulation(query_charset="windows-1252"), catalog, other_info=(unit,)).init.other_info == ()


@pytest.mark.parametrize(
    ("form", "pqf", "hits"),
    [
        ("needed", "@attr 1=8 0378-5955", 1),
        ("needed", "@attr 1=8 03785955", 0),
        ("unknown", "@attr 1=8 0378-5955", 0),
        ("unknown", "@attr 1=8 03785955", 1),
        ("needed", "@attr 1=7 0198534531", 2),
    ],
)
def test_issn_hyphen(catalog: Catalog, form: str, pqf: str, hits: int) -> None:
    """An ISSN is found only in the form that the index has."""
    habits = Emulation(issn_hyphen="needed" if form == "needed" else "unknown")
    assert Asker(habits, catalog).search(pqf).result_count == hits


def test_named_sets_ignored(catalog: Catalog) -> None:
    """Whatever the name, the latest search's records come, and a set as operand is the latest too."""
    asker = Asker(Emulation(ignores_named_sets=True), catalog)
    asker.search("@attr 1=4 river", result_set_name="a")
    asker.search("@attr 1=4 anthology", result_set_name="b", replace_indicator=False)
    assert condition(asker.present(2, result_set_id="a")) == (13, "2")
    assert asker.search("@set a", result_set_name="c").result_count == 1
    key = SortKeySpec(("generic", ("field", "title")), 0, 1)
    (answer,) = asker.ask(SortRequest(("a",), "z", (key,)))
    assert isinstance(answer, SortResponse)
    assert answer.result_count == 1


@pytest.mark.parametrize("offers", [True, False])
def test_named_sets_offered_or_not(catalog: Catalog, *, offers: bool) -> None:
    """The option may be claimed all the same."""
    asker = Asker(Emulation(ignores_named_sets=True, offers_named_sets=offers), catalog)
    assert (14 in asker.init.options) is offers
    assert asker.search(result_set_name="a").search_status
