"""Numbers: where one stood in the record decides what it says."""

from __future__ import annotations

from typing import Any

import pytest

from locate.citation import Citation
from locate.matching.compare import identifiers
from locate.matching.views import CitationView, RecordView
from locate.records.bib import FoundNumber
from tests.matching.build import ISBN, OTHER_ISBN, bib, cited, isbn, linked, number


def isbn_feature(citation: Citation, **record: Any) -> str:
    """Return the feature that comparing ISBNs gives."""
    return identifiers.compare_isbn(CitationView(citation), RecordView(bib("Rivers", **record))).feature


@pytest.mark.parametrize("given", [ISBN, "0306406152", "978-0-306-40615-7", "0-306-40615-2 (pbk.)"])
def test_every_spelling_of_an_isbn_agrees(given: str) -> None:
    """ISBN-10 and -13, hyphens and qualifiers are one number."""
    assert isbn_feature(Citation(isbn=(given,)), isbns=(isbn(),)) == "isbn.equal"


@pytest.mark.parametrize(
    ("tag", "feature"),
    [
        ("776", "isbn.other_format"),
        ("773", "isbn.part"),
        ("774", "isbn.part"),
        ("830", "isbn.part"),
        ("780", "isbn.other_serial"),
        ("775", "isbn.other_edition"),
        ("787", "isbn.related"),
    ],
)
def test_linked_isbn_is_another_records(tag: str, feature: str) -> None:
    """The field of a linking entry says whose number it is."""
    record = {"isbns": (isbn(OTHER_ISBN),), "linked": (linked(tag, isbn(tag=tag)),)}
    assert isbn_feature(Citation(isbn=(ISBN,)), **record) == feature


def test_own_isbn_comes_before_a_linked_one() -> None:
    """A number that stands in 020 and in 776 is the record's own."""
    record = {"isbns": (isbn(),), "linked": (linked("776", isbn(tag="776")),)}
    assert isbn_feature(Citation(isbn=(ISBN,)), **record) == "isbn.equal"


def test_cancelled_isbn_is_weak() -> None:
    """020 $z counts, but less."""
    assert isbn_feature(Citation(isbn=(ISBN,)), isbns=(isbn(subfield="z"),)) == "isbn.cancelled"


def test_qualifier_of_another_carrier_silences_the_isbn() -> None:
    """The e-book's ISBN in a record that has both says nothing for a print request."""
    both = (isbn(qualifier="ebook"), isbn(OTHER_ISBN, qualifier="pbk."))
    assert isbn_feature(cited(isbn=(ISBN,), format="print"), isbns=both) == "isbn.other_carrier"
    assert isbn_feature(cited(isbn=(OTHER_ISBN,), format="print"), isbns=both) == "isbn.equal"


def test_silence_on_either_side() -> None:
    """No ISBN in the request or in the record is no evidence."""
    assert isbn_feature(Citation(title="Rivers"), isbns=(isbn(),)) == "isbn.silent"
    assert isbn_feature(Citation(isbn=(ISBN,))) == "isbn.silent"
    assert isbn_feature(Citation(isbn=("9.78E+12",)), isbns=(isbn(),)) == "isbn.silent"


def test_issn_of_022_l_is_weak() -> None:
    """The linking ISSN is shared by all carriers of a serial."""
    linking = FoundNumber("1234-5679", "1234-5679", "022", "l")
    view = RecordView(bib("Rivers", issns=(linking,)))
    assert identifiers.compare_issn(CitationView(Citation(issn=("1234-5679",))), view).feature == "issn.weak"


def test_lccn_is_compared_normalised() -> None:
    """Blanks and a short serial number do not count."""
    view = RecordView(bib("Rivers", lccns=(FoundNumber("85000002", "   85000002 ", "010", "a"),)))
    assert identifiers.compare_lccn(CitationView(Citation(lccn="85-2")), view).feature == "lccn.equal"
    assert identifiers.compare_lccn(CitationView(Citation(lccn="85-3")), view).feature == "lccn.conflict"


@pytest.mark.parametrize(
    ("given", "feature"),
    [
        ("(OCoLC)ocm00012345", "control.equal"),
        ("ocm12345", "control.equal"),
        ("12345", "control.other_agency"),
        ("(DE-101)12345", "control.other_agency"),
        ("(OCoLC)99", "control.conflict"),
        ("(DE-101)99", "control.silent"),
    ],
)
def test_control_numbers_need_their_agency(given: str, feature: str) -> None:
    """Equal digits agree only within one agency."""
    view = RecordView(bib("Rivers", control_numbers=(number("12345", "OCoLC"),)))
    citation = CitationView(Citation(control_numbers=(given,)))
    assert identifiers.compare_control_numbers(citation, view).feature == feature
