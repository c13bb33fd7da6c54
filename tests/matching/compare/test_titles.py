"""Titles: every degradation of a request form on one side, every lookalike on the other."""

from __future__ import annotations

import pytest

from locate.citation import Citation
from locate.matching.compare import titles
from locate.matching.views import CitationView, RecordView
from locate.records.bib import BibRecord
from tests.matching.build import bib, linked, name


def feature(title: str, record: BibRecord, author: str | None = None) -> str:
    """Return the feature that comparing the titles gives."""
    return titles.compare(CitationView(Citation(title=title, author=author)), RecordView(record)).feature


WATER = bib("Water quality in the Severn basin : results of a survey, 1970-1975 / Anna Morgan")
LONG = bib("Distribution and variability of bacteria in the rivers and canals of Montgomeryshire and Radnorshire")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Water quality in the Severn basin results of a survey 1970-1975", "title.equal"),
        ("WATER QUALITY IN THE SEVERN BASIN", "title.proper"),
        ("Waterq uality in the Severn basin", "title.proper"),
        ("Watar quality in the Severn basin", "title.near"),
        ("Water quality in the Severn basin results of a survey 1970-1976", "title.numbers"),
        ("Water quality in the Severn basin results of a survey 1970-19755", "title.near"),
        ("Water quality in the Severn basin a bibliography of maps", "title.subtitle"),
        ("Water quality in the Thames basin", "title.swapped"),
        ("Water", "title.contained"),
        ("Cooking with leeks", "title.conflict"),
    ],
)
def test_the_grade_of_a_title(title: str, expected: str) -> None:
    """Each kind of likeness has its own row in the table."""
    assert feature(title, WATER) == expected


def test_title_cut_at_sixty_characters() -> None:
    """A cut last word does not hurt."""
    cut = "Distribution and variability of bacteria in the rivers and canals of Mont"[:60]
    assert feature(cut, LONG) == "title.cut"


def test_articles_go_on_both_sides() -> None:
    """A dropped article on either side, in any language, does not count."""
    assert feature("rivers of Wales", bib("The rivers of Wales")) == "title.equal"
    assert feature("Le fleuve bleu", bib("Fleuve bleu")) == "title.equal"


def test_responsibility_inside_the_title_is_ignored() -> None:
    """The word "by" and the author's name are no title."""
    assert feature("Your health by Anna Morgan", bib("Your health"), "Morgan") == "title.equal"
    assert feature("Your health", bib("Your health [by] Anna Morgan")) == "title.equal"
    assert feature("Your health", bib("Your health, by Anna Morgan", names=(name("Morgan, Anna"),))) == "title.equal"


def test_subtitle_inside_the_title_proper_may_be_missing() -> None:
    """A subtitle that stands in $a after a comma counts as a subtitle."""
    assert feature("Lady Charlotte", bib("Lady Charlotte, a political biography")) == "title.head"


def test_short_title_is_not_found_in_a_longer_one() -> None:
    """One word in common is no agreement, however many of the shorter title's words it is."""
    assert feature("The family", bib("The family reunion")) == "title.contained"
    assert feature("The family reunion", bib("The family")) == "title.contained"


def test_variant_title_agrees_less() -> None:
    """246 and the key title are found too."""
    assert feature("Severn water", bib("Report 7", variant_titles=("Severn water.",))) == "title.variant"


def test_vernacular_meets_vernacular_and_romanised() -> None:
    """A request in another script is compared with 880 first, else with the romanised title."""
    romanised = bib("Voina i mir")
    both = bib(titles=romanised.titles + bib("Война и мир").titles)
    assert feature("Война и мир", both) == "title.equal"
    assert feature("Война и мир", romanised) in {"title.equal", "title.near"}
    assert feature("Voĭna i mir", bib("Война и мир")) in {"title.equal", "title.near"}


def test_silence_when_a_side_has_no_title() -> None:
    """A missing title is no evidence."""
    assert feature("Rivers", bib()) == "title.silent"
    assert titles.compare(CitationView(Citation()), RecordView(WATER)).feature == "title.silent"


@pytest.mark.parametrize(
    ("tag", "expected"), [("773", "title.host"), ("830", "title.host"), ("785", "title.other_serial")]
)
def test_title_of_a_linked_record(tag: str, expected: str) -> None:
    """The title of a host, series or later title is named as what it is."""
    record = RecordView(bib("Cooking", linked=(linked(tag, title="Water quality studies"),)))
    found = titles.compare_inner(CitationView(Citation(title="Water quality studies")), record)
    assert found is not None
    assert found.feature == expected


def test_title_in_the_contents() -> None:
    """A title of 505 is found, with its responsibility behind it or not; another is not."""
    record = RecordView(bib("Essays", contents=("Water quality studies / A. Morgan", "Leeks")))
    found = titles.compare_inner(CitationView(Citation(title="Water quality studies")), record)
    assert found is not None
    assert found.feature == "title.contents"
    assert titles.compare_inner(CitationView(Citation(title="Air quality notes")), record) is None
