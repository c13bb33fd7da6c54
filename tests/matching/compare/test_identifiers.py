"""Numbers: where one stood in the record decides what it says."""

from __future__ import annotations

from typing import Any

import pytest

from locate.citation import Citation
from locate.matching.compare import identifiers
from locate.matching.views import CitationView, RecordView
from locate.records.bib import FoundNumber
from tests.matching.build import (
    ISBN,
    ISSN,
    OTHER_ISBN,
    OTHER_ISSN,
    bib,
    cited,
    isbn,
    issn,
    lccn,
    linked,
    number,
    volume,
)

RELATIONS = {
    "776": "other_format",
    "773": "part",
    "774": "part",
    "760": "part",
    "830": "part",
    "780": "other_serial",
    "785": "other_serial",
    "767": "other_edition",
    "775": "other_edition",
    "787": "related",
}
"""What the number of each linking entry says."""


def isbn_feature(citation: Citation, **record: Any) -> str:
    """Return the feature that comparing ISBNs gives."""
    return identifiers.compare_isbn(CitationView(citation), RecordView(bib("Rivers", **record)))


def issn_feature(wanted: str, *numbers: FoundNumber) -> str:
    """Return the feature that comparing ISSNs gives."""
    return identifiers.compare_issn(CitationView(Citation(issn=(wanted,))), RecordView(bib("Rivers", issns=numbers)))


def lccn_feature(wanted: str, *numbers: FoundNumber) -> str:
    """Return the feature that comparing LCCNs gives."""
    return identifiers.compare_lccn(CitationView(Citation(lccn=wanted)), RecordView(bib("Rivers", lccns=numbers)))


def control_feature(wanted: str, **record: Any) -> str:
    """Return the feature that comparing control numbers gives."""
    citation = CitationView(Citation(control_numbers=(wanted,)))
    return identifiers.compare_control_numbers(citation, RecordView(bib("Rivers", **record)))


@pytest.mark.parametrize("given", [ISBN, "0306406152", "978-0-306-40615-7", "0-306-40615-2 (pbk.)"])
def test_every_spelling_of_an_isbn_agrees(given: str) -> None:
    """ISBN-10 and -13, hyphens and qualifiers are one number."""
    assert isbn_feature(Citation(isbn=(given,)), isbns=(isbn(),)) == "isbn.equal"


def test_one_of_several_isbns_is_enough() -> None:
    """A request with the numbers of both bindings agrees with the record of one."""
    assert isbn_feature(Citation(isbn=(OTHER_ISBN, ISBN)), isbns=(isbn(),)) == "isbn.equal"


@pytest.mark.parametrize(("tag", "relation"), RELATIONS.items())
def test_a_linked_number_is_another_records(tag: str, relation: str) -> None:
    """The field of a linking entry says whose number it is, of ISBN, ISSN and control number alike."""
    by_isbn = {"isbns": (isbn(OTHER_ISBN),), "linked": (linked(tag, isbn(tag=tag)),)}
    assert isbn_feature(Citation(isbn=(ISBN,)), **by_isbn) == f"isbn.{relation}"
    record = RecordView(bib("Rivers", issns=(issn(OTHER_ISSN),), linked=(linked(tag, issn(tag=tag)),)))
    assert identifiers.compare_issn(CitationView(Citation(issn=(ISSN,))), record) == f"issn.{relation}"
    entry = linked(tag, number("12345", "OCoLC", tag))
    assert control_feature("(OCoLC)12345", linked=(entry,)) == f"control.{relation}"


def test_own_isbn_comes_before_a_linked_one() -> None:
    """A number that stands in 020 and in 776 is the record's own."""
    record = {"isbns": (isbn(),), "linked": (linked("776", isbn(tag="776")),)}
    assert isbn_feature(Citation(isbn=(ISBN,)), **record) == "isbn.equal"


def test_cancelled_isbn_is_weak() -> None:
    """020 $z counts, but has a feature of its own."""
    assert isbn_feature(Citation(isbn=(ISBN,)), isbns=(isbn(subfield="z"),)) == "isbn.cancelled"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("9780306406158", "isbn.near"),
        ("0306406153", "isbn.near"),
        ("9780306406168", "isbn.conflict"),
        (OTHER_ISBN, "isbn.conflict"),
    ],
)
def test_a_misprinted_isbn_is_near_the_right_one(given: str, expected: str) -> None:
    """A number that is no ISBN for one digit is nearly the record's; a valid one is another book's."""
    assert isbn_feature(Citation(isbn=(given,)), isbns=(isbn(),)) == expected


def test_the_same_misprint_on_both_sides_agrees() -> None:
    """A number with a wrong check digit is compared as given."""
    assert isbn_feature(Citation(isbn=("0-306-40615-3",)), isbns=(isbn("0306406153"),)) == "isbn.equal"


def test_qualifier_of_another_carrier_silences_the_isbn() -> None:
    """The e-book's ISBN in a record that has both says nothing for a print request."""
    both = (isbn(qualifier="ebook"), isbn(OTHER_ISBN, qualifier="pbk."))
    assert isbn_feature(cited(isbn=(ISBN,), format="print"), isbns=both) == "isbn.other_carrier"
    assert isbn_feature(cited(isbn=(OTHER_ISBN,), format="print"), isbns=both) == "isbn.equal"


def test_the_isbn_of_a_set_or_of_a_volume_is_told_by_its_qualifier() -> None:
    """A set's number in the record of a part, and a part's number in the record of the set."""
    wanted, request = CitationView(cited(isbn=(ISBN,))), CitationView(cited(isbn=(ISBN,), volume="1"))
    part = RecordView(volume(("Vol. 1", ""), isbns=(isbn(qualifier="set"),)))
    assert identifiers.compare_isbn(wanted, part) == "isbn.of_set"
    assert identifiers.compare_isbn(request, part) == "isbn.equal"
    numbers = (isbn(qualifier="v. 1"), isbn(OTHER_ISBN, qualifier="v. 2"))
    assert isbn_feature(cited(isbn=(ISBN,)), isbns=numbers) == "isbn.of_volume"
    assert isbn_feature(cited(isbn=(ISBN,)), isbns=numbers[:1]) == "isbn.equal"


def test_silence_on_either_side() -> None:
    """No ISBN in the request or in the record is no evidence, and neither is what a spreadsheet made of one."""
    assert isbn_feature(Citation(title="Rivers"), isbns=(isbn(),)) == "isbn.silent"
    assert isbn_feature(Citation(isbn=(ISBN,))) == "isbn.silent"
    assert isbn_feature(Citation(isbn=("9.78E+12",)), isbns=(isbn(),)) == "isbn.silent"


@pytest.mark.parametrize("given", ["1234-5679", "12345679", "ISSN 1234-5679"])
def test_every_spelling_of_an_issn_agrees(given: str) -> None:
    """Hyphen and prefix do not count."""
    assert issn_feature(given, issn()) == "issn.equal"


@pytest.mark.parametrize("subfield", ["l", "y"])
def test_issn_of_022_l_and_y_is_weak(subfield: str) -> None:
    """The linking ISSN is shared by all carriers of a serial, and an incorrect one is no serial's."""
    assert issn_feature(ISSN, issn(subfield=subfield)) == "issn.weak"


def test_another_issn_is_a_conflict_and_none_is_silence() -> None:
    """A record with an ISSN of its own is another serial's; one without says nothing."""
    assert issn_feature(ISSN, issn(OTHER_ISSN)) == "issn.conflict"
    assert issn_feature(ISSN) == "issn.silent"


@pytest.mark.parametrize(
    ("given", "subfield", "expected"),
    [
        ("85-2", "a", "lccn.equal"),
        ("   85000002 ", "a", "lccn.equal"),
        ("85-2", "z", "lccn.cancelled"),
        ("85-3", "a", "lccn.conflict"),
        ("", "a", "lccn.silent"),
    ],
)
def test_lccn_is_compared_normalised(given: str, subfield: str, expected: str) -> None:
    """Blanks and a short serial number do not count; a cancelled number has a feature of its own."""
    assert lccn_feature(given, lccn(subfield=subfield)) == expected


def test_a_record_without_lccn_is_silent() -> None:
    """Nothing to compare with is no conflict."""
    assert lccn_feature("85-2") == "lccn.silent"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("(OCoLC)ocm00012345", "control.equal"),
        ("ocm12345", "control.equal"),
        ("12345", "control.other_agency"),
        ("(DE-101)12345", "control.other_agency"),
        ("(OCoLC)99", "control.conflict"),
        ("(DE-101)99", "control.silent"),
    ],
)
def test_control_numbers_need_their_agency(given: str, expected: str) -> None:
    """Equal digits agree only within one agency, and differ only within one."""
    assert control_feature(given, control_numbers=(number("12345", "OCoLC"),)) == expected


def test_a_linked_control_number_of_another_agency_says_nothing() -> None:
    """The same digits in 776 $w are the other format's only when the agency is the same or not said."""
    others = (linked("776", number("12345", "DE-101", "776")),)
    unsaid = (linked("776", number("12345", "", "776")),)
    assert control_feature("(OCoLC)12345", linked=others) == "control.silent"
    assert control_feature("(OCoLC)12345", linked=unsaid) == "control.other_format"
