"""What a Scan of the embedded target lists, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.z3950.apdu import AttributesPlusTerm, ScanRequest, ScanResponse, ScanStatus
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.target.responder import Responder
from tests.z3950.asking import INIT, opened
from tests.z3950.made_up import marc_catalog, opac_catalog, xml_catalog

ALL = replace(INIT, options=frozenset(range(20)))


@pytest.fixture(scope="module")
def responder(tmp_path_factory: pytest.TempPathFactory) -> Responder:
    """Return a responder over the made-up records in two databases."""
    folder = tmp_path_factory.mktemp("scan")
    return opened({"Default": marc_catalog(folder), "Held": opac_catalog(folder)}, ALL)


def start(pqf: str) -> AttributesPlusTerm:
    """Return a term with its attributes."""
    found = to_rpn(parse_pqf(pqf)).rpn[1][1]
    assert isinstance(found, AttributesPlusTerm)
    return found


def scan(responder: Responder, pqf: str, count: int = 3, **changes: Any) -> ScanResponse:
    """Scan the database Default, or as changed."""
    request = replace(ScanRequest(("Default",), start(pqf), count), **changes)
    (answer,) = responder.answers(request)
    assert isinstance(answer, ScanResponse)
    return answer


def listed(answer: ScanResponse) -> list[tuple[str, int | None]]:
    """Return the terms with their numbers of records."""
    assert answer.entries is not None
    assert answer.number_of_entries_returned == len(answer.entries.entries)
    return [(info.term[1].decode(), info.global_occurrences) for _, info in answer.entries.entries]


def refused(answer: ScanResponse) -> tuple[int, str]:
    """Return the diagnostic of a scan that failed."""
    assert (answer.scan_status, answer.number_of_entries_returned) == (ScanStatus.FAILURE, 0)
    assert answer.entries is not None
    (diagnostic,) = answer.entries.nonsurrogate_diagnostics
    return diagnostic.condition, diagnostic.addinfo[1]


@pytest.mark.parametrize(
    ("pqf", "expected"),
    [
        ("@attr 1=4 river", [("river", 4), ("studies", 1), ("tales", 1)]),
        ("@attr 1=4 @attr 4=2 riv", [("river", 4), ("studies", 1), ("tales", 1)]),
        ("@attr 1=4 @attr 4=1 river", [("river studies", 1), ("the frozen pond winter on the river", 1)]),
        ('@attr 1=4 @attr 3=1 "winter on"', [("winter on the river a history of ice", 2)]),
        ("@attr 1=1003 @attr 4=1 m", [("mustermann max 1950", 2), ("müller jürgen", 1)]),
        ("@attr 1=31 2000", [("2001", 1), ("2010", 1)]),
        ("@attr 1=8 0", [("03785955", 1), ("20493630", 1)]),
        ("@attr 1=12 tm003", [("tm003", 1), ("tm004", 1), ("tm005", 1)]),
        ("wint", [("winter", 3)]),
    ],
)
def test_terms_from_the_start(responder: Responder, pqf: str, expected: list[tuple[str, int]]) -> None:
    """Each index lists its terms in order with the number of records, headings for a phrase, words otherwise."""
    expected = [(term.replace("ü", "u"), count) for term, count in expected]
    found = listed(scan(responder, pqf, 3))
    assert found[: len(expected)] == sorted(expected)


@pytest.mark.parametrize(
    ("position", "terms", "at"),
    [
        (1, ["river", "studies", "tales"], 1),
        (2, ["pond", "river", "studies"], 2),
        (3, ["on", "pond", "river"], 3),
        (4, ["of", "on", "pond"], 4),
        (0, ["studies", "tales", "the"], 0),
    ],
)
def test_position_in_response(responder: Responder, position: int, terms: list[str], at: int) -> None:
    """The start term stands where it was wanted, just before the list (0) and just behind it included."""
    answer = scan(responder, "@attr 1=4 river", preferred_position_in_response=position)
    assert [term for term, _ in listed(answer)] == terms
    assert (answer.position_of_term, answer.scan_status, answer.step_size) == (at, ScanStatus.SUCCESS, 0)


def test_start_term_that_is_not_there(responder: Responder) -> None:
    """The answer tells where the start term would stand."""
    answer = scan(responder, "@attr 1=4 q", preferred_position_in_response=2)
    assert ([term for term, _ in listed(answer)], answer.position_of_term) == (["pond", "river", "studies"], 2)
    after = scan(responder, "@attr 1=4 q", preferred_position_in_response=0)
    assert [term for term, _ in listed(after)] == ["river", "studies", "tales"]


def test_ends_of_the_list(responder: Responder) -> None:
    """At either end of the list there are fewer terms, and the status is partial-5."""
    low = scan(responder, "@attr 1=31 0", 2, preferred_position_in_response=2)
    assert (listed(low), low.position_of_term, low.scan_status) == ([("1985", 1)], 1, ScanStatus.PARTIAL_5)
    high = scan(responder, "@attr 1=31 2010", 5)
    assert (listed(high), high.scan_status) == ([("2010", 1)], ScanStatus.PARTIAL_5)
    none = scan(responder, "@attr 1=31 3000", 5)
    assert (listed(none), none.scan_status) == ([], ScanStatus.PARTIAL_5)


def test_databases_add_up(responder: Responder) -> None:
    """Over several databases a term counts the records of all of them."""
    answer = scan(responder, "@attr 1=4 river", 1, database_names=("Default", "HELD"))
    assert listed(answer) == [("river", 8)]


def test_message_size_cuts_the_list(responder: Responder) -> None:
    """Terms that do not fit into a message stay behind with partial-2."""
    responder.answers(replace(ALL, preferred_message_size=70))
    answer = scan(responder, "@attr 1=4 river")
    assert (len(listed(answer)), answer.scan_status) == (2, ScanStatus.PARTIAL_2)
    responder.answers(ALL)


@pytest.mark.parametrize(
    ("pqf", "changes", "expected"),
    [
        ("@attr 1=9999 x", {}, (114, "9999")),
        ("@attr 1=4 @attr 4=101 x", {}, (118, "101")),
        ("@attr 1=4 x", {"database_names": ("Nowhere",)}, (109, "Nowhere")),
        ("@attr 1=4 x", {"database_names": ()}, (109, "")),
        ("@attr 1=4 x", {"step_size": 2}, (205, "2")),
        ("@attr 1=4 x", {"preferred_position_in_response": 5}, (233, "5")),
        ("@attr 1=4 x", {"preferred_position_in_response": -1}, (233, "-1")),
        ("@attr 1=4 x", {"number_of_terms_requested": -1}, (228, "-1 terms")),
        ("@attr 1=4 x", {"attribute_set": "1.2.3"}, (121, "1.2.3")),
    ],
)
def test_refused(responder: Responder, pqf: str, changes: dict[str, Any], expected: tuple[int, str]) -> None:
    """What cannot be listed is a diagnostic beside an empty list."""
    assert refused(scan(responder, pqf, **changes)) == expected


@given(
    text=st.text(max_size=4), count=st.integers(0, 30), position=st.integers(0, 31), use=st.sampled_from([4, 12, 31])
)
def test_a_list_is_a_stretch_of_the_index(responder: Responder, text: str, count: int, position: int, use: int) -> None:
    """Whatever is asked for comes in order, without gaps, around the place of the start term."""
    everything = [term for term, _ in listed(scan(responder, f"@attr 1={use} 0", 1000))]
    term = AttributesPlusTerm(start(f"@attr 1={use} x").attributes, ("general", text.encode()))
    answer = scan(
        responder,
        "x",
        term_list_and_start_point=term,
        number_of_terms_requested=count,
        preferred_position_in_response=min(position, count + 1),
    )
    terms = [found for found, _ in listed(answer)]
    assert len(terms) <= count
    assert terms == [] or terms == everything[everything.index(terms[0]) :][: len(terms)]
    assert answer.scan_status == (ScanStatus.SUCCESS if len(terms) == count else ScanStatus.PARTIAL_5)


def test_records_added_later_are_not_forgotten(tmp_path: Path) -> None:
    """A catalog of several files lists the headings of all of them."""
    catalog = xml_catalog(tmp_path)
    assert listed(scan(opened({"Default": catalog}, ALL), "@attr 1=4 @attr 4=1 a", 1)) == [
        ("anthology of cold tales", 1)
    ]
