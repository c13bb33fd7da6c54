"""Years: equal, a slip, another edition; runs of serials; originals of reprints."""

from __future__ import annotations

from typing import Any

import pytest

from locate.citation import Citation
from locate.matching.compare import dates
from locate.matching.views import CitationView, RecordView
from tests.matching.build import ONLINE, SERIAL, bib

OPEN_RUN = (("008", "820101c19509999"),)
CLOSED_RUN = (("008", "820101d19501960"),)
REPRINT = (("008", "820101r19721895"),)


def feature(year: int | None, *years: int, any_edition: bool = False, **record: Any) -> str:
    """Return the feature that comparing the years gives."""
    citation = CitationView(Citation(year=year, any_edition=any_edition))
    return dates.compare(citation, RecordView(bib("Rivers", years=frozenset(years), **record)))


@pytest.mark.parametrize(
    ("year", "years", "expected"),
    [
        (1987, (1987,), "year.equal"),
        (1987, (1986, 1987), "year.equal_last"),
        (1987, (1987, 1990), "year.equal_first"),
        (1987, (1988,), "year.off_by_one"),
        (1987, (1980, 1986), "year.off_by_one"),
        (1987, (1985,), "year.off_by_two"),
        (1987, (1984,), "year.off_by_few"),
        (1987, (1982,), "year.off_by_few"),
        (1987, (1981,), "year.conflict"),
        (None, (1987,), "year.not_said"),
        (1987, (), "year.silent"),
    ],
)
def test_the_grade_of_a_year(year: int | None, years: tuple[int, ...], expected: str) -> None:
    """The nearest of the record's years counts."""
    assert feature(year, *years) == expected


def test_any_edition_silences_the_year() -> None:
    """Where any edition will do, another year is no evidence, and neither is the same one."""
    assert feature(1987, 1950, any_edition=True) == "year.any"
    assert feature(1987, 1987, any_edition=True) == "year.any"


@pytest.mark.parametrize(
    ("year", "years", "run", "expected"),
    [
        (1987, (1950,), OPEN_RUN, "year.within"),
        (1955, (1950, 1960), CLOSED_RUN, "year.within"),
        (1987, (1950, 1960), CLOSED_RUN, "year.conflict"),
        (1940, (1950,), OPEN_RUN, "year.conflict"),
        (1951, (1950,), OPEN_RUN, "year.off_by_one"),
        (1955, (1950, 1960), (), "year.within"),
        (1987, (1950,), (("008", "820101c1950uuuu"),), "year.within"),
    ],
)
def test_year_within_the_run_of_a_serial(
    year: int, years: tuple[int, ...], run: tuple[tuple[str, str], ...], expected: str
) -> None:
    """An issue's year lies between first and last, also of a serial that still runs; outside it is a conflict."""
    assert feature(year, *years, document_type=SERIAL, control_fields=run) == expected


def test_a_book_has_no_run() -> None:
    """The years between those of a book are other years."""
    assert feature(1955, 1950, 1960, control_fields=CLOSED_RUN) == "year.off_by_few"


def test_original_year_of_a_reprint_is_not_the_reprints() -> None:
    """008/06 "r" with the original's year as second date: the record is for the reprint."""
    assert feature(1895, 1895, 1972, control_fields=REPRINT) == "year.original"
    assert feature(1972, 1895, 1972, control_fields=REPRINT) == "year.equal_last"


def test_the_original_year_of_a_digital_copy_is_its_own() -> None:
    """Only a printed reprint is another item: an e-book of 1972 is the text of 1895."""
    assert feature(1895, 1895, 1972, control_fields=REPRINT, carriers=ONLINE) == "year.equal_first"


def test_the_next_years_printing_is_no_original() -> None:
    """A reprint of the year after shows both years."""
    assert feature(1971, 1971, 1972, control_fields=(("008", "820101r19721971"),)) == "year.equal_first"


def test_years_are_compared_between_records() -> None:
    """What is wanted may be a record with several years."""
    one, other = (RecordView(bib("Rivers", years=frozenset(years))) for years in ([1950, 1955], [1955]))
    assert dates.compare(one, other) == "year.equal_last"
    assert dates.compare(one, one) == "year.equal_last"
    assert dates.compare(RecordView(bib("Rivers")), other) == "year.not_said"
