"""Records from before publication (leader/17, 8), whose date and pages were only announced."""

from __future__ import annotations

from typing import Any

import pytest

from locate.matching import Matcher, MatchVerdict
from locate.matching.compare import dates, extent
from locate.matching.views import CitationView, RecordView
from locate.records.bib import BibRecord
from tests.matching.build import bib, cited, isbn

BEFORE = "00000nam a22000008i 4500"


def book(year: int, pages: int, **changes: Any) -> BibRecord:
    """Return a book of ``year`` with an ISBN."""
    return bib("Rivers", "Tamm, Liis", years=frozenset([year]), pages=pages, isbns=(isbn(),), **changes)


@pytest.mark.parametrize(("year", "feature"), [(2019, "year.announced"), (2018, "year.off_by_two")])
def test_only_the_next_year_may_have_been_announced(year: int, feature: str) -> None:
    """A book comes out a year late, not two; which of the records is the early one does not matter."""
    early, late = RecordView(book(year, 300, leader=BEFORE)), RecordView(book(2020, 285))
    assert dates.compare(early, late) == feature
    assert dates.compare(late, early) == feature


def test_an_early_record_with_an_older_year_too_says_nothing() -> None:
    """Years that differ among themselves are no announcement."""
    early = bib("Rivers", years=frozenset([2015, 2019]), leader=BEFORE)
    assert dates.compare(RecordView(book(2020, 285)), RecordView(early)) == "year.off_by_one"


def test_a_citation_is_compared_with_what_was_announced() -> None:
    """Who cites has seen the book, or the announcement: the next year stays a slip."""
    early = RecordView(book(2019, 300, leader=BEFORE))
    assert dates.compare(CitationView(cited("Rivers", year=2020)), early) == "year.off_by_one"


@pytest.mark.parametrize(("pages", "feature"), [(300, "pages.announced"), (412, "pages.conflict")])
def test_announced_pages_are_about_right(pages: int, feature: str) -> None:
    """Within a tenth, the number of pages is no difference."""
    early, late = RecordView(book(2019, pages, leader=BEFORE)), RecordView(book(2020, 285))
    assert extent.compare_pages(early, late) == feature


def test_the_early_record_is_the_same_book() -> None:
    """ISBN, title and author agree, and what differs was only announced; of two finished records it is not."""
    early, late = book(2019, 300, leader=BEFORE), book(2020, 285)
    assert Matcher().judge(early, late).verdict is MatchVerdict.SAME
    assert Matcher().judge(book(2019, 300), late).verdict is not MatchVerdict.SAME
