"""Citations from JSON-like data, and back."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
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

    @pytest.mark.parametrize(
        ("given", "year"),
        [
            (1987, 1987),
            ("1987", 1987),
            ("c1987.", 1987),
            ("20 May 2007", 2007),
            ("ca. 1950", 1950),
            ("1850-55", 1850),
            ("[1923?]", 1923),
            ("\u0661\u0669\u0665\u0660", 1950),
        ],
    )
    def test_a_year_is_the_first_four_digits(self, given: Any, year: int) -> None:
        """As requests write it."""
        assert Citation.from_mapping({"year": given}).year == year

    @pytest.mark.parametrize(
        "given", ["19uu", "198-?", "19--", "87", "uuuu", "????", "0000", "n.d.", "[N. D.]", "s.a.", "o. J.", "in press"]
    )
    def test_a_year_that_is_not_known_is_absent(self, given: str) -> None:
        """It does not cost the rest of the citation."""
        assert Citation.from_mapping({"title": "T", "year": given}) == Citation(title="T")

    @pytest.mark.parametrize("given", ["|||", "   ", "-"])
    def test_a_language_without_letters_is_absent(self, given: str) -> None:
        """The fill characters of 008/35-37 are no language."""
        assert Citation.from_mapping({"language": given}) == Citation()

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
            ({"titel": "x"}, "unknown citation field 'titel'; did you mean 'title'?"),
            ({"place": "x"}, "unknown citation field 'place'; known: any_edition, author"),
            ({"year": "soon"}, "year 'soon' has no four digits"),
            ({"year": 87}, "year '87' has no four digits"),
            ({"year": 19871988}, "year '19871988' has no four digits"),
            ({"year": [1987]}, "year is text, not a list"),
            ({"type": "bok"}, "type 'bok' is not one of book, serial, .*, other; did you mean 'book'"),
            ({"format": "clay"}, "format 'clay' is not one of physical, print, microform, electronic, any$"),
            ({"any_edition": "no"}, "any_edition is true or false, not the text 'no'"),
            ({"title": ["a"]}, "title is text, not a list"),
            ({"title": 1.5}, "title is text, not the number '1.5'"),
            ({"isbn": 9.78e12}, "isbn is text, not the number '9780000000000.0'"),
            ({"isbn": {"value": "1"}}, "isbn is text, not an object"),
            ({"issn": [True]}, "issn is text, not true"),
            ({"control_numbers": [["1"]]}, "control_numbers is text, not a list"),
            (["title"], "a citation is an object of fields and values, not a list"),
            (None, "a citation is an object of fields and values, not null"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_by_name(self, data: Any, told: str) -> None:
        """The error names the field and the value."""
        with pytest.raises(CitationError, match=told):
            Citation.from_mapping(data)

    @given(cited)
    def test_what_is_written_is_read_back(self, citation: Citation) -> None:
        """Through JSON, nothing is lost."""
        assert Citation.from_mapping(json.loads(json.dumps(citation.to_mapping()))) == citation


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "goldfinch_val_citation",
        "gpo_hard_citation",
        "hathi_hard_citation",
        "shared_isbn_citation",
        "locate_queries",
    ],
)
def test_labelled_citations_are_read(shared: Path, name: str) -> None:
    """Every citation of the labelled pairs is read, and each field that holds more than fill characters is kept."""
    for line in (shared / "data" / "pairs" / f"{name}.jsonl").read_text("utf-8").splitlines():
        given = json.loads(line)["citation"]
        kept = {key for key, value in given.items() if str(value).strip(" |")}
        assert set(Citation.from_mapping(given).to_mapping()) == kept


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


class TestPage:
    """docs/citation.md says what is so."""

    page = (Path(__file__).parents[1] / "docs" / "citation.md").read_text("utf-8")

    def test_the_table_has_every_field(self) -> None:
        """Its keys are the fields of a citation, in their order of meaning, and its words those of the enumerations."""
        rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", self.page.partition("## Two examples")[0], re.MULTILINE))
        assert set(rows) == {each.name for each in fields(Citation)}
        assert re.findall(r"`(\w+)`", rows["type"]) == list(DocumentType)
        assert re.findall(r"`(\w+)`", rows["format"]) == list(RequestedFormat)

    def test_the_examples_are_citations(self) -> None:
        """Both are read, and nothing of them is lost."""
        examples = [
            json.loads(text) for text in re.findall(r"^```json\n(.*?)^```", self.page, re.MULTILINE | re.DOTALL)
        ]
        assert len(examples) == 2
        assert all(set(Citation.from_mapping(each).to_mapping()) == set(each) for each in examples)
