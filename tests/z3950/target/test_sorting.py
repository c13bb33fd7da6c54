"""How the embedded target sorts result sets, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.records import BibRecord, read_record
from locate.z3950.apdu import (
    AttributeElement,
    DatabaseSort,
    SortAttributes,
    SortKeySpec,
    SortRequest,
    SortResponse,
    SortStatus,
    Specification,
)
from locate.z3950.oids import BIB1_ATTRIBUTES
from locate.z3950.retrieval import Record, read_records
from locate.z3950.target.responder import Responder
from tests.z3950.asking import INIT, opened, present, search
from tests.z3950.made_up import marc_catalog, marcxml, xml_catalog

ALL = replace(INIT, options=frozenset(range(20)))
RECORDS = (
    marcxml("n3", "100$aBaker, Ann", "245$ariver b", year="2001"),
    marcxml("n1", "100$aabel, Jo", "245$aRiver A", year="1999"),
    marcxml("n4", "245$ariver C", year="19uu"),
    marcxml("n2", "100$aCole, Al", "245$ariver a", year="2001"),
)


def field(name: str, relation: int = 0, *, case: int = 1, missing: tuple[str, Any] | None = None) -> SortKeySpec:
    """Return a key by its name, ascending and without regard to case unless told otherwise."""
    return SortKeySpec(("generic", ("field", name)), relation, case, missing)


def attribute(use: int, relation: int = 0) -> SortKeySpec:
    """Return a key by a Bib-1 use attribute."""
    element = AttributeElement(1, ("numeric", use))
    return SortKeySpec(("generic", ("attributes", SortAttributes(BIB1_ATTRIBUTES, (element,)))), relation, 1)


@pytest.fixture
def responder(tmp_path: Path) -> Responder:
    """Return a responder with a result set of four records."""
    made = opened({"Default": xml_catalog(tmp_path, *RECORDS)}, ALL)
    assert search(made).result_count == 4
    return made


def sort(responder: Responder, *keys: SortKeySpec, **changes: Any) -> SortResponse:
    """Sort the set "default" into itself, or as changed."""
    (answer,) = responder.answers(replace(SortRequest(("default",), "default", keys), **changes))
    assert isinstance(answer, SortResponse)
    return answer


def numbers(responder: Responder, name: str = "default", count: int = 4) -> str:
    """Return the last figures of the control numbers of a set, in order."""
    found = read_records(present(responder, result_set_id=name, number_of_records_requested=count).records, 1)
    parsed = [read_record(each.data, "marc21") for each in found if isinstance(each, Record)]  # type: ignore[arg-type]
    return "".join((each.control_number or "?")[-1] for each in parsed if isinstance(each, BibRecord))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((field("title"),), "1234"),
        ((field("title", 1),), "4312"),
        ((field("title", case=0),), "1423"),
        ((field("Author "),), "4132"),
        ((field("date"),), "4132"),
        ((field("date"), field("title")), "4123"),
        ((field("year", 1), field("title", 1)), "3214"),
        ((attribute(4),), "1234"),
        ((attribute(1003, 1),), "2314"),
        ((attribute(31), attribute(12, 1)), "4132"),
        ((attribute(12),), "1234"),
        ((field("date", missing=("data", b"2000")),), "1432"),
        ((field("date", missing=("null", None)),), "4132"),
    ],
)
def test_order(responder: Responder, keys: tuple[SortKeySpec, ...], expected: str) -> None:
    """Title, author, date and number sort either way; equals keep their order; what is missing counts as told."""
    answer = sort(responder, *keys)
    assert (answer.sort_status, answer.result_count) == (SortStatus.SUCCESS, 4)
    assert numbers(responder) == expected


def test_result_count_is_negotiated(tmp_path: Path) -> None:
    """Without its option the answer to Sort tells no count."""
    responder = opened({"Default": xml_catalog(tmp_path)}, replace(INIT, options=frozenset({0, 1, 8})))
    search(responder)
    assert sort(responder, field("title")).result_count is None


def test_sorted_set_is_a_set(responder: Responder) -> None:
    """A sort may make a set of its own, which feeds searches, is paged through, and is sorted again."""
    sort(responder, field("title"), sorted_result_set_name="sorted")
    assert (numbers(responder), numbers(responder, "sorted")) == ("3142", "1234")
    page = present(responder, result_set_id="sorted", result_set_start_point=2, number_of_records_requested=2)
    assert (page.number_of_records_returned, page.next_result_set_position) == (2, 4)
    assert search(responder, "@and @set sorted @attr 1=31 2001", result_set_name="b").result_count == 2
    sort(responder, field("date", 1), input_result_set_names=("sorted",))
    assert numbers(responder) == "2314"


def test_several_sets_are_merged(responder: Responder) -> None:
    """Each record of several sets comes once."""
    search(responder, "@attr 1=31 2001", result_set_name="late")
    search(responder, "@attr 1=12 n1", result_set_name="first")
    answer = sort(responder, field("title"), input_result_set_names=("late", "first", "late"))
    assert (answer.result_count, numbers(responder, count=3)) == (3, "123")


def test_several_databases_are_sorted_together(tmp_path: Path) -> None:
    """Records of two databases come in one order, each still with its database."""
    catalogs = {"A": xml_catalog(tmp_path, *RECORDS[:2]), "B": xml_catalog(tmp_path, *RECORDS[2:])}
    responder = opened(catalogs, ALL)
    search(responder, database_names=("A", "B"))
    sort(responder, field("number"))
    found = read_records(present(responder, number_of_records_requested=4).records, 1)
    assert [each.database for each in found if isinstance(each, Record)] == ["A", "B", "A", "B"]
    assert numbers(responder) == "1234"


_TITLE = field("title")


@pytest.mark.parametrize(
    ("keys", "changes", "expected"),
    [
        ((), {}, (207, "no sort key")),
        ((field("colour"),), {}, (207, "colour")),
        ((attribute(1016),), {}, (207, "1=1016")),
        ((field("title", 3),), {}, (207, "by frequency")),
        ((field("author", missing=("abort", None)),), {}, (207, "a record has no author")),
        ((SortKeySpec(("generic", ("element_spec", Specification())), 0, 1),), {}, (207, "element specification")),
        ((SortKeySpec(("generic", ("attributes", SortAttributes("1.2.3", ()))), 0, 1),), {}, (121, "1.2.3")),
        ((SortKeySpec(("database_specific", (DatabaseSort("Default", ("field", "title")),)), 0, 1),), {}, (210, "")),
        ((_TITLE,) * 9, {}, (211, "8")),
        ((_TITLE, attribute(4)), {}, (212, "")),
        ((field("title", 7),), {}, (214, "7")),
        ((field("title", case=2),), {}, (215, "2")),
        ((_TITLE,), {"input_result_set_names": ("none",)}, (30, "none")),
        ((_TITLE,), {"input_result_set_names": ()}, (208, "")),
        ((_TITLE,), {"sorted_result_set_name": ""}, (208, "")),
    ],
)
def test_refused(
    responder: Responder, keys: tuple[SortKeySpec, ...], changes: dict[str, Any], expected: tuple[int, str]
) -> None:
    """What cannot be sorted by is a diagnostic, and the set stays as it was."""
    answer = sort(responder, *keys, **changes)
    assert (answer.sort_status, answer.result_set_status) == (SortStatus.FAILURE, 3)
    (diagnostic,) = answer.diagnostics
    assert (diagnostic.condition, diagnostic.addinfo[1]) == expected
    assert numbers(responder) == "3142"


def test_names_must_be_negotiated(tmp_path: Path) -> None:
    """Without named result sets only "default" can be the result."""
    responder = opened({"Default": xml_catalog(tmp_path)}, replace(INIT, options=frozenset({0, 1, 8})))
    search(responder)
    answer = sort(responder, _TITLE, sorted_result_set_name="a")
    assert answer.diagnostics[0].condition == 22


def test_leading_article_does_not_count(tmp_path: Path) -> None:
    """245 indicator 2 skips the article, unless it would end inside a word."""
    right, wrong = marcxml("n1", "245$aThe river"), marcxml("n2", "245$aQuiet river")
    records = [right.replace('tag="245" ind1=" " ind2=" "', 'tag="245" ind1=" " ind2="4"'), wrong]
    records.append(marcxml("n3", "245$aA river").replace('tag="245" ind1=" " ind2=" "', 'tag="245" ind1=" " ind2="4"'))
    responder = opened({"Default": xml_catalog(tmp_path, *records)}, ALL)
    search(responder)
    sort(responder, _TITLE)
    assert numbers(responder, count=3) == "321"


@given(keys=st.lists(st.tuples(st.sampled_from(["title", "author", "date", "number"]), st.integers(0, 1)), max_size=4))
def test_sorting_loses_nothing(tmp_path_factory: pytest.TempPathFactory, keys: list[tuple[str, int]]) -> None:
    """Whatever the keys, the same records are there, and sorting twice changes nothing more."""
    responder = opened({"Default": marc_catalog(tmp_path_factory.mktemp("sort"))}, ALL)
    search(responder)
    specs = [field(name, relation) for name, relation in dict(keys).items()]
    before = numbers(responder)
    sort(responder, *specs)
    once = numbers(responder)
    sort(responder, *specs)
    assert sorted(once) == sorted(before)
    assert numbers(responder) == once
