"""Titles: every degradation of a request form on one side, every lookalike on the other."""

from __future__ import annotations

import pytest

from locate.citation import Citation
from locate.matching.compare import titles
from locate.matching.interactions import SAME_TITLE
from locate.matching.views import CitationView, RecordView
from locate.records.bib import BibRecord
from tests.matching.build import bib, linked, name

WATER = bib("Water quality in the Severn basin : results of a survey, 1970-1975 / Anna Morgan")
LONG = bib("Distribution and variability of bacteria in the rivers and canals of Montgomeryshire and Radnorshire")


def feature(title: str, record: BibRecord, author: str | None = None) -> str:
    """Return the feature that comparing the titles gives."""
    return titles.compare(CitationView(Citation(title=title, author=author)), RecordView(record))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Water quality in the Severn basin results of a survey 1970-1975", "title.equal"),
        ("WATER QUALITY IN THE SEVERN BASIN", "title.proper"),
        ("Waterq uality in the Severn basin", "title.proper"),
        ("Watar quality in the Severn basin", "title.proper_near"),
        ("Watar quality in the Severn basin results of a survey 1970-1975", "title.near"),
        ("Water quality in the Severn basin results of a survey 1970-19755", "title.near"),
        ("Water quality in the Severn basin results of a survey 1970-1976", "title.swapped"),
        ("Water quality in the Severn basin a bibliography of maps", "title.subtitle"),
        ("Cooking with leeks", "title.conflict"),
    ],
)
def test_the_grade_of_a_title(title: str, expected: str) -> None:
    """Each kind of likeness has its own row in the table."""
    assert feature(title, WATER) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Distribution and variability of bacteria in the rivers and canals of Mont"[:60],
        "Distribution and variability of bacteria in the rivers and c",
        "distribution variability of bacteria in the rivers and canal",
        "Distribution and variablity of bacteria in the rivers and ca",
    ],
)
def test_title_cut_at_sixty_characters(title: str) -> None:
    """A title that ends in a word at the sixtieth character was cut, a slip or a lost word aside."""
    assert feature(title, LONG) in {"title.cut", "title.begins", "title.words", "title.words_proper", "title.less"}


def test_a_beginning_counts_by_its_length() -> None:
    """The beginning of a longer title is cut when no room was left, else long or short."""
    assert feature("Distribution and variability of bacteria in the rivers and c", LONG) == "title.cut"
    assert feature("Distribution and variability of bacteria", LONG) == "title.begins"
    assert feature("Distribution and variability", LONG) == "title.begins_short"


def test_articles_go_on_both_sides() -> None:
    """A dropped article on either side, in any language, does not count, and neither does a mistyped one."""
    assert feature("rivers of Wales", bib("The rivers of Wales")) == "title.equal"
    assert feature("Le fleuve bleu", bib("Fleuve bleu")) == "title.equal"
    assert feature("Thx rivers of coastal Wales", bib("The rivers of coastal Wales")) in SAME_TITLE


def test_responsibility_inside_the_title_is_ignored() -> None:
    """The word "by" and the author's name are no title."""
    assert feature("Your health by Anna Morgan", bib("Your health"), "Morgan") == "title.equal"
    assert feature("Your health", bib("Your health [by] Anna Morgan")) == "title.equal"
    assert feature("Your health", bib("Your health, by Anna Morgan", names=(name("Morgan, Anna"),))) == "title.equal"


def test_subtitle_inside_the_title_proper_may_be_missing() -> None:
    """A subtitle that stands in $a after a comma counts as a subtitle."""
    assert feature("Lady Charlotte", bib("Lady Charlotte, a political biography")) == "title.head"


def test_a_bracketed_word_may_be_missing() -> None:
    """What the cataloguer put into brackets is not on the title page."""
    assert feature("The rivers of Wales", bib("The rivers [and canals] of Wales")) == "title.proper"


def test_short_title_is_not_the_longer_one() -> None:
    """One word in common is no equality, however many of the shorter title's words it is."""
    assert feature("The family", bib("The family reunion")) not in SAME_TITLE
    assert feature("Family", bib("A reunion of the family in Montgomeryshire castles")) not in SAME_TITLE


def test_numbers_tell_titles_apart() -> None:
    """Another number is another title; a digit lost in a long one is a slip."""
    assert (
        feature("Statistics of the rivers of Wales 1974", bib("Statistics of the rivers of Wales 1975"))
        not in SAME_TITLE
    )
    assert feature("Statistics of the rivers of Wales 197", bib("Statistics of the rivers of Wales 1974")) in SAME_TITLE


def test_variant_title_has_a_feature_of_its_own() -> None:
    """246 and the key title are found too; one without a word of the title proper is another wording."""
    assert feature("Severn water", bib("Water of the Severn", variant_titles=("Severn water.",))) == "title.variant"
    assert feature("Dŵr Hafren", bib("Water of the Severn", variant_titles=("Dŵr Hafren",))) == "title.other_words"


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
    assert feature("?!", WATER) == "title.silent"
    assert titles.compare(CitationView(Citation()), RecordView(WATER)) == "title.silent"


def test_titles_are_compared_between_records() -> None:
    """A record may lack the other's subtitle, on either side."""
    short, longer = RecordView(bib("Water quality in the Severn basin")), RecordView(WATER)
    assert titles.compare(short, longer) == "title.proper"
    assert titles.compare(longer, short) == "title.proper"
    assert titles.compare(longer, longer) == "title.equal"
    typed = RecordView(bib("Watar quality in the Severn basin"))
    assert titles.compare(longer, typed) == "title.proper_near"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("773", "title.host"), ("830", "title.host"), ("785", "title.other_serial"), ("787", None), ("776", None)],
)
def test_title_of_a_linked_record(tag: str, expected: str | None) -> None:
    """The title of a host, series or later title is named as what it is."""
    record = RecordView(bib("Cooking", linked=(linked(tag, title="Water quality studies"),)))
    assert titles.compare_inner(CitationView(Citation(title="Water quality studies")), record) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Water quality studies", "title.contents"),
        ("The water quality studies", "title.contents"),
        ("Air quality notes", None),
        ("The", None),
        (None, None),
    ],
)
def test_title_in_the_contents(title: str | None, expected: str | None) -> None:
    """A title of 505 is found, with its responsibility behind it or not; another is not."""
    record = RecordView(bib("Essays", contents=("Leeks", "Water quality studies / A. Morgan")))
    assert titles.compare_inner(CitationView(Citation(title=title)), record) == expected


def test_words_that_are_not_matched() -> None:
    """A word is matched by itself, by one with a typing error, and across a lost blank."""
    form = RecordView(WATER).full
    assert form is not None
    assert titles.unmatched(["water", "qualitty", "severnbasin", "results", "thames"], form) == ["thames"]
