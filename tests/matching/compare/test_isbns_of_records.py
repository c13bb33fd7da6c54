"""An ISBN that two records share, and what each of them says of it."""

from __future__ import annotations

import pytest

from locate.matching import Matcher, MatchVerdict
from locate.matching.compare.identifiers import compare_isbn
from locate.matching.views import RecordView
from locate.records.bib import BibRecord
from tests.matching.build import OTHER_ISBN, bib, isbn


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("PDF", "epub", "isbn.qualifier_conflict"),
        ("PDF", "PDF", "isbn.equal"),
        ("hbk.", "ebook", "isbn.qualifier_conflict"),
        ("hbk.", "pbk.", "isbn.equal"),
        ("hbk.", "", "isbn.equal"),
        ("PDF", "", "isbn.equal"),
    ],
)
def test_the_qualifiers_of_both_records_count(ours: str, theirs: str, expected: str) -> None:
    """Another file format or carrier is another item; what only one side says is no difference."""
    left, right = bib("Rivers", isbns=(isbn(qualifier=ours),)), bib("Rivers", isbns=(isbn(qualifier=theirs),))
    assert compare_isbn(RecordView(left), RecordView(right)) == expected


def volume() -> BibRecord:
    """Return the first volume of a work in two."""
    return bib("Rivers", years=frozenset([1999]), isbns=(isbn(),), extent="279 p.", pages=279)


def test_a_set_lists_the_isbn_of_each_volume() -> None:
    """The ISBN of one volume in the record of the set is that of a part, whichever of the two is wanted."""
    both = (isbn(), isbn(OTHER_ISBN))
    whole = bib("Rivers", years=frozenset([1999]), isbns=both, extent="2 v. (279, 236 p.)", pages=279)
    assert Matcher().judge(volume(), whole).verdict is MatchVerdict.PART_OR_WHOLE
    assert Matcher().judge(whole, volume()).verdict is MatchVerdict.PART_OR_WHOLE
    assert Matcher().judge(volume(), volume()).verdict is MatchVerdict.SAME


def test_two_isbns_of_one_volume_are_no_set() -> None:
    """Hardback and paperback in one record make no set of it."""
    bound = bib("Rivers", years=frozenset([1999]), isbns=(isbn(), isbn(OTHER_ISBN)), extent="279 p.", pages=279)
    assert Matcher().judge(volume(), bound).verdict is MatchVerdict.SAME
