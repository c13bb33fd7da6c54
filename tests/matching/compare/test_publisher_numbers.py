"""Publisher numbers of recordings and scores, and records that have a number but hardly anything else."""

from __future__ import annotations

import pytest

from locate.matching import Matcher, MatchVerdict
from locate.matching.compare import publisher_numbers
from locate.matching.views import RecordView
from locate.records.bib import BibRecord, FoundNumber
from tests.matching.build import ISBN, OTHER_ISBN, bib, isbn


def recording(*numbers: tuple[str, str]) -> BibRecord:
    """Return a record with ``numbers``, each of a publisher ("" for none)."""
    found = (FoundNumber(number, number, "028", "a", source=publisher) for publisher, number in numbers)
    return bib("Rivers", other_numbers=tuple(found))


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (("Fuga", "9101"), ("Fuga", "9101"), "equal"),
        (("Fuga", "9101"), ("", "9101"), "equal"),
        (("Fuga", "9101"), ("", "FUGA-9101"), "equal"),
        (("Fuga", "9101"), ("Ondine", "9101"), "unclear"),
        (("Fuga", "9101"), ("Fuga", "9102"), "conflict"),
    ],
)
def test_publisher_and_number_are_compared_together(
    ours: tuple[str, str], theirs: tuple[str, str], expected: str
) -> None:
    """The publisher may stand in the number; one number of two publishers decides nothing."""
    left, right = RecordView(recording(ours)), RecordView(recording(theirs))
    assert publisher_numbers.compare(left, right) == f"publisher_number.{expected}"


def test_one_number_in_common_is_enough() -> None:
    """Each disc of an album may have a number of its own."""
    left, right = recording(("Fuga", "1"), ("Fuga", "2")), recording(("Fuga", "2"), ("Fuga", "3"))
    assert publisher_numbers.compare(RecordView(left), RecordView(right)) == "publisher_number.equal"


def test_title_alone_against_a_number_is_insufficient() -> None:
    """Two records with one title, two ISBNs and nothing else may be one item or two."""
    left, right = bib("Rivers", isbns=(isbn(ISBN),)), bib("Rivers", isbns=(isbn(OTHER_ISBN),))
    match = Matcher().judge(left, right)
    assert match.verdict is MatchVerdict.INSUFFICIENT
    assert "alone.title" in {one.feature for one in match.evidence}


def test_with_year_and_author_another_isbn_is_no_doubt() -> None:
    """One book has many ISBNs: where more agrees, a differing one rejects nothing."""
    left, right = (
        bib("Rivers", "Tamm, Liis", years=frozenset([1999]), isbns=(isbn(value),)) for value in (ISBN, OTHER_ISBN)
    )
    assert Matcher().judge(left, right).verdict is MatchVerdict.SAME
