"""Years: equal, a slip, another edition; runs of serials; originals of reprints."""

from __future__ import annotations

from typing import Any

import pytest

from locate.citation import Citation, DocumentType
from locate.matching.compare import dates
from locate.matching.views import CitationView, RecordView
from tests.matching.build import bib


def feature(year: int | None, *years: int, any_edition: bool = False, **record: Any) -> str:
    """Return the feature that comparing the years gives."""
    citation = CitationView(Citation(year=year, any_edition=any_edition))
    return dates.compare(citation, RecordView(bib("Rivers", years=frozenset(years), **record))).feature


@pytest.mark.parametrize(
    ("year", "years", "expected"),
    [
        (1987, (1987,), "year.equal"),
        (1987, (1986, 1987), "year.equal"),
        (1987, (1988,), "year.off_by_one"),
        (1987, (1985,), "year.off_by_two"),
        (1987, (1950,), "year.conflict"),
        (None, (1987,), "year.silent"),
        (1987, (), "year.silent"),
    ],
)
def test_the_grade_of_a_year(year: int | None, years: tuple[int, ...], expected: str) -> None:
    """The nearest of the record's years counts."""
    assert feature(year, *years) == expected


def test_any_edition_silences_the_year() -> None:
    """Where any edition will do, another year is no evidence."""
    assert feature(1987, 1950, any_edition=True) == "year.silent"


def test_year_within_the_run_of_a_serial_is_silent() -> None:
    """An issue's year lies between first and last, also of a serial that still runs; before it is a conflict."""
    open_run = (("008", "820101c19509999"),)
    closed = (("008", "820101d19501960"),)
    serial = DocumentType.SERIAL
    assert feature(1987, 1950, document_type=serial, control_fields=open_run) == "year.within"
    assert feature(1987, 1950, 1960, document_type=serial, control_fields=closed) == "year.conflict"
    assert feature(1940, 1950, document_type=serial, control_fields=open_run) == "year.conflict"


def test_original_year_of_a_reprint_is_not_the_reprints() -> None:
    """008/06 "r" with the original's year as second date: the record is for the reprint."""
    assert feature(1895, 1895, 1972, control_fields=(("008", "820101r19721895"),)) == "year.original"
    assert feature(1972, 1895, 1972, control_fields=(("008", "820101r19721895"),)) == "year.equal"
