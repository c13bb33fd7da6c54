"""Edition statements compared: ordinals, then years, then words."""

from __future__ import annotations

import pytest

from locate.citation import Citation
from locate.matching.compare import editions
from locate.matching.views import CitationView, RecordView
from tests.matching.build import bib


def feature(wanted: str, known: str, *, any_edition: bool = False) -> str:
    """Return the feature that comparing a request's edition with a record's gives."""
    citation = Citation(edition=wanted or None, any_edition=any_edition)
    return editions.compare(CitationView(citation), RecordView(bib("Rivers", edition=known)))


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        ("2", "2nd ed.", "edition.equal"),
        ("1", "", "edition.unclear"),
        ("1st ed.", "1. Aufl.", "edition.equal"),
        ("3rd ed.", "2nd ed.", "edition.conflict"),
        ("2nd ed.", "Rev. ed.", "edition.conflict"),
        ("3rd ed.", "", "edition.wanted_later"),
        ("Rev. ed.", "2nd ed.", "edition.unclear"),
        ("Library ed.", "2nd ed.", "edition.record_later"),
        ("Rev. ed.", "Rev. and enl. ed.", "edition.unclear"),
        ("rev ed", "Rev. ed.", "edition.equal"),
        ("1998", "1998 ed.", "edition.equal"),
        ("1998 ed.", "2004 ed.", "edition.conflict"),
        ("", "2nd ed.", "edition.silent"),
        ("", "", "edition.silent"),
        ("1. Aufl.", "1. Aufl., Nachdr.", "edition.reprint"),
    ],
)
def test_the_grade_of_an_edition(wanted: str, known: str, expected: str) -> None:
    """Ordinals decide, then years, then words; a first edition is as good as none said."""
    assert feature(wanted, known) == expected


def test_any_edition_silences_the_statement() -> None:
    """Where any edition will do, the statements do not count."""
    assert feature("3rd ed.", "2nd ed.", any_edition=True) == "edition.any"
    assert feature("", "", any_edition=True) == "edition.silent"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("", "2nd ed.", "edition.record_later"),
        ("2nd ed.", "", "edition.wanted_later"),
        ("2. Aufl.", "2nd ed.", "edition.equal"),
        ("", "1st ed.", "edition.unclear"),
    ],
)
def test_a_record_says_all_it_knows(left: str, right: str, expected: str) -> None:
    """Between two records a later edition on one side only is a difference: a record leaves none out."""
    assert editions.compare(*(RecordView(bib("Rivers", edition=text)) for text in (left, right))) == expected
