"""Silence is not disagreement: what a request or a record leaves out never speaks against the candidate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.citation import Citation, DocumentType, RequestedFormat
from locate.matching import Agreement
from locate.matching.comparisons import COMPARISONS, FEATURES
from locate.records.bib import BibRecord, Carrier
from tests.matching.build import (
    ISBN,
    ISSN,
    MORGAN,
    ONLINE,
    OTHER_ISBN,
    OTHER_ISSN,
    SERIAL,
    bib,
    features,
    isbn,
    issn,
    lccn,
    name,
    number,
    rivers,
    wanted,
)

TITLES = ("Rivers of northern Wales", "The family", "The family reunion", "Annual report", "Cooking with leeks")
YEARS = (1950, 1986, 1987, 1988, 1995)
EDITIONS = ("2nd ed.", "3rd ed.", "Rev. ed.", "1. Aufl., Nachdr.")

CITATIONS = st.builds(
    Citation,
    title=st.sampled_from(TITLES),
    author=st.sampled_from((None, "Morgan", "Owen Morgan", "Severn Water Board")),
    year=st.sampled_from((None, *YEARS)),
    isbn=st.sampled_from(((), (ISBN,), (OTHER_ISBN,))),
    issn=st.sampled_from(((), (ISSN,), (OTHER_ISSN,))),
    lccn=st.sampled_from((None, "85-2", "85-3")),
    control_numbers=st.sampled_from(((), ("(OCoLC)1",), ("(OCoLC)2",))),
    edition=st.sampled_from((None, *EDITIONS)),
    publisher=st.sampled_from((None, "Gomer Press", "Seren")),
    volume=st.sampled_from((None, "2", "3")),
    pages=st.sampled_from((None, "240 p.", "300 p.")),
    language=st.sampled_from((None, "eng", "wel")),
    type=st.sampled_from((None, DocumentType.BOOK, SERIAL, DocumentType.MAP)),
    format=st.sampled_from((None, *RequestedFormat)),
)
RECORDS = st.builds(
    bib,
    title=st.sampled_from(TITLES),
    author=st.sampled_from(("", MORGAN, "Price, Owen")),
    parts=st.sampled_from(((), (("Vol. 2", ""),), (("Vol. 3", "Mosses"),))),
    years=st.frozensets(st.sampled_from(YEARS), max_size=2),
    isbns=st.sampled_from(((), (isbn(),), (isbn(OTHER_ISBN),))),
    issns=st.sampled_from(((), (issn(),), (issn(OTHER_ISSN),))),
    lccns=st.sampled_from(((), (lccn(),))),
    control_numbers=st.sampled_from(((), (number("1", "OCoLC"),))),
    edition=st.sampled_from(("", *EDITIONS)),
    publishers=st.sampled_from(((), ("Gomer Press",), ("Seren",))),
    languages=st.sampled_from(((), ("eng",), ("wel",))),
    document_type=st.sampled_from((DocumentType.BOOK, SERIAL, DocumentType.OTHER)),
    carriers=st.frozensets(st.sampled_from(list(Carrier)), max_size=2),
    pages=st.sampled_from((None, 240, 300)),
)
CITED_FIELDS: dict[str, Any] = {
    "title": None,
    "author": None,
    "year": None,
    "isbn": (),
    "issn": (),
    "lccn": None,
    "control_numbers": (),
    "publisher": None,
    "pages": None,
    "language": None,
    "type": None,
    "format": None,
}
"""The fields of a citation with what they are when not said; volume and edition have tests of their own."""

HELD_FIELDS: dict[str, Any] = {
    "years": frozenset(),
    "isbns": (),
    "issns": (),
    "lccns": (),
    "control_numbers": (),
    "publishers": (),
    "languages": (),
    "carriers": frozenset(),
    "pages": None,
    "document_type": DocumentType.OTHER,
}
"""The fields of a record with what they are when absent; titles, names, parts and edition have tests of their own."""

SAYS_NOTHING_OF: dict[str, str] = {
    "title": "title",
    "author": "author",
    "year": "year",
    "isbn": "isbn",
    "issn": "issn",
    "lccn": "lccn",
    "control_numbers": "control",
    "publisher": "publisher",
    "pages": "pages",
    "language": "language",
    "type": "type",
    "format": "format",
    "years": "year",
    "isbns": "isbn",
    "issns": "issn",
    "lccns": "lccn",
    "publishers": "publisher",
    "languages": "language",
    "document_type": "type",
    "carriers": "format",
}
"""To each field the kind of evidence that has nothing to compare without it."""


def against(asked: Citation | BibRecord, record: BibRecord) -> set[str]:
    """Return the kinds of evidence ("year") that disagree, interactions left out."""
    found = features(asked, record)[: len(COMPARISONS)]
    return {one.partition(".")[0] for one in found if FEATURES[one].agreement is Agreement.DISAGREE}


@given(CITATIONS, RECORDS, st.sampled_from(sorted(CITED_FIELDS.keys() - {"type"})))
def test_what_a_request_leaves_out_does_not_disagree(asked: Citation, record: BibRecord, field: str) -> None:
    """Taking a field from the request makes no comparison disagree that did not before; its kind is excepted, for it
    says how the volume is meant.
    """
    less = replace(asked, **{field: CITED_FIELDS[field]})
    assert against(less, record) <= against(asked, record)


@given(CITATIONS, RECORDS, st.sampled_from(sorted(HELD_FIELDS.keys() - {"document_type"})))
def test_what_a_record_leaves_out_does_not_disagree(asked: Citation, record: BibRecord, field: str) -> None:
    """Taking a field from the record makes no comparison disagree that did not before; its kind is excepted, for only
    a serial runs over years.
    """
    less = replace(record, **{field: HELD_FIELDS[field]})
    assert against(asked, less) <= against(asked, record)


@given(CITATIONS, RECORDS, st.sampled_from(sorted(CITED_FIELDS.keys() & SAYS_NOTHING_OF.keys())))
def test_a_field_that_is_not_said_is_silent(asked: Citation, record: BibRecord, field: str) -> None:
    """Without its field, a comparison neither agrees nor disagrees; without a format the record's other form asks."""
    kind = SAYS_NOTHING_OF[field]
    found = features(replace(asked, **{field: CITED_FIELDS[field]}), record)[: len(COMPARISONS)]
    [own] = [one for one in found if one.startswith(f"{kind}.")]
    assert FEATURES[own].agreement is Agreement.SILENT


@given(CITATIONS, RECORDS, st.sampled_from(sorted(HELD_FIELDS.keys() & SAYS_NOTHING_OF.keys())))
def test_a_field_that_is_not_held_is_silent(asked: Citation, record: BibRecord, field: str) -> None:
    """Without its field in the record, a comparison neither agrees nor disagrees."""
    kind = SAYS_NOTHING_OF[field]
    found = features(asked, replace(record, **{field: HELD_FIELDS[field]}))[: len(COMPARISONS)]
    [own] = [one for one in found if one.startswith(f"{kind}.")]
    assert FEATURES[own].agreement is Agreement.SILENT


@given(CITATIONS)
def test_a_blank_record_disagrees_in_nothing_but_what_is_wanted_of_it(asked: Citation) -> None:
    """A record of nothing contradicts nothing; that it names no part and no later edition is known."""
    blank = bib(carriers=frozenset(), document_type=DocumentType.OTHER)
    assert against(asked, blank) <= {"part", "edition"}


@given(RECORDS)
def test_an_empty_request_agrees_and_disagrees_with_nothing(record: BibRecord) -> None:
    """Where nothing is asked, nothing is found; that the record is but a part is known."""
    found = features(Citation(), record)[: len(COMPARISONS)]
    assert {one for one in found if FEATURES[one].agreement is not Agreement.SILENT} <= {
        "part.record_only",
        "part.record_name",
    }


def test_an_edition_that_only_one_side_names() -> None:
    """A request that names none takes any; one that names a later edition wants it."""
    assert "edition" not in against(wanted(), rivers(edition="2nd ed."))
    assert "edition" in against(wanted(edition="2"), rivers())
    assert "edition" not in against(wanted(edition="1"), rivers())


@pytest.mark.parametrize("changes", [{"names": ()}, {"carriers": frozenset()}, {"years": frozenset()}, {"titles": ()}])
def test_a_record_that_lacks_a_field_stands_behind_one_that_agrees(changes: dict[str, Any]) -> None:
    """What is missing is no disagreement, and a record with its form, year and author is no worse for them."""
    assert against(wanted(format="print"), rivers(**changes)) == set()


def test_disagreement_is_found_where_it_is() -> None:
    """The property is no accident: each of these fields can disagree."""
    asked = wanted(format="print", language="eng", isbn=(ISBN,), lccn="85-3", publisher="Seren", pages="240 p.")
    record = rivers(
        names=(name("Price, Owen"),),
        titles=bib("Cooking").titles,
        years=frozenset([1950]),
        carriers=ONLINE,
        languages=("wel",),
        isbns=(isbn(OTHER_ISBN),),
        lccns=(lccn(),),
        publishers=("Gomer Press",),
        extent="300 p.",
        pages=300,
        document_type=SERIAL,
    )
    expected = {"title", "author", "year", "format", "language", "isbn", "lccn", "publisher", "pages", "type"}
    assert against(asked, record) == expected
