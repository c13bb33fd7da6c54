"""Citations from JSON-like data, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.citation import BorrowingRequest, Citation, DocumentType, RequestedFormat
from locate.errors import CitationError

texts = st.text(min_size=1).map(str.strip).filter(bool)
cited = st.builds(
    Citation,
    title=st.none() | texts,
    author=st.none() | texts,
    isbn=st.lists(texts).map(tuple),
    control_numbers=st.lists(texts).map(tuple),
    year=st.none() | st.integers(1000, 9999),
    type=st.none() | st.sampled_from(DocumentType),
    format=st.none() | st.sampled_from(RequestedFormat),
    any_edition=st.booleans(),
)


class TestFromMapping:
    """What a caller may send."""

    def test_a_single_value_is_a_list_of_one(self) -> None:
        """Numbers may be text, a number, or a list."""
        citation = Citation.from_mapping({"isbn": "0306406152", "issn": ["0028-0836", " "], "control_numbers": 12345})
        assert citation.isbn == ("0306406152",)
        assert citation.issn == ("0028-0836",)
        assert citation.control_numbers == ("12345",)

    @pytest.mark.parametrize("absent", [None, "", [], (), "  "])
    def test_empty_values_count_as_absent(self, absent: Any) -> None:
        """Absent means "not said"."""
        assert Citation.from_mapping({"title": absent, "isbn": absent}) == Citation()

    def test_none_in_a_list_is_left_out(self) -> None:
        """A null is no number."""
        assert Citation.from_mapping({"isbn": [None, "0306406152"]}).isbn == ("0306406152",)

    @pytest.mark.parametrize(("given", "year"), [(1987, 1987), ("1987", 1987), ("c1987.", 1987), ("20 May 2007", 2007)])
    def test_a_year_is_the_first_four_digits(self, given: Any, year: int) -> None:
        """As requests write it."""
        assert Citation.from_mapping({"year": given}).year == year

    def test_titles_that_are_numbers_are_text(self) -> None:
        """A title such as 1984 may come as a number."""
        assert Citation.from_mapping({"title": 1984}).title == "1984"

    def test_type_and_format_are_read_without_regard_to_case(self) -> None:
        """The words are those of the enumerations."""
        citation = Citation.from_mapping({"type": "Book", "format": " PRINT "})
        assert (citation.type, citation.format) == (DocumentType.BOOK, RequestedFormat.PRINT)

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            ({"titel": "x"}, "unknown citation field 'titel'; known are any_edition, author"),
            ({"year": "soon"}, "year 'soon' has no four digits"),
            ({"type": "scroll"}, "type 'scroll' is not one of book, serial"),
            ({"format": "clay"}, "format 'clay' is not one of physical, print"),
            ({"any_edition": "no"}, "any_edition 'no' is not true or false"),
            ({"title": ["a"]}, r"title \['a'\] is not text"),
            ({"isbn": 9.78e12}, "isbn 9780000000000.0 is not text"),
            ({"isbn": {"value": "1"}}, "isbn .* is not text"),
            ({"issn": [True]}, "issn True is not text"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_by_name(self, data: dict[str, Any], told: str) -> None:
        """The error names the field and the value."""
        with pytest.raises(CitationError, match=told):
            Citation.from_mapping(data)

    @given(cited)
    def test_what_is_written_is_read_back(self, citation: Citation) -> None:
        """Through JSON, nothing is lost."""
        assert Citation.from_mapping(json.loads(json.dumps(citation.to_mapping()))) == citation


def test_only_present_fields_are_written() -> None:
    """In declaration order."""
    assert Citation(isbn=("1",), title="T", any_edition=False).to_mapping() == {"title": "T", "isbn": ["1"]}


@pytest.mark.parametrize("field", ["title", "isbn", "issn", "lccn", "control_numbers"])
def test_any_searchable_field_makes_a_citation_not_empty(field: str) -> None:
    """What a catalog can be searched by."""
    assert not Citation.from_mapping({field: "12345678"}).is_empty


def test_author_and_year_alone_are_empty() -> None:
    """They are not searched by."""
    assert Citation(author="Morgan", year=1987, publisher="Gomer").is_empty


@pytest.mark.parametrize(
    ("wanted", "physical"),
    [(None, False), ("any", False), ("electronic", False), ("physical", True), ("print", True), ("microform", True)],
)
def test_a_tangible_carrier_is_wanted(wanted: str | None, physical: bool) -> None:  # noqa: FBT001
    """Only when the request says so."""
    assert Citation.from_mapping({"format": wanted}).wants_physical is physical


def test_a_request_without_a_rota_means_every_partner() -> None:
    """An empty rota is the default."""
    assert BorrowingRequest(Citation(title="T")).rota == ()
