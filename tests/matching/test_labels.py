"""Part designations in several languages."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.matching.labels import ANY_KIND, conflict, is_series, labels_in, volume_labels
from locate.matching.normalize import fold
from locate.matching.tables.parts import COUNTS, DOTTED, KINDS, SHORT

WORDS = st.lists(
    st.sampled_from(["part", "parts", "v", "teil", "2", "a", "ii", "second", "and", "9" * 5000, "l", "no"])
)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Volume II", ("volume", "2")),
        ("vol. l", ("volume", "1")),
        ("Bd. 2", ("volume", "2")),
        ("2. Band", ("volume", "2")),
        ("tome 2", ("volume", "2")),
        ("T. 1", ("volume", "1")),
        ("Tome premier", ("volume", "1")),
        ("vol. 1998", ("volume", "1998")),
        ("Volume IIb", ("volume", "2b")),
        ("pt. 3", ("part", "3")),
        ("Teil 2", ("part", "2")),
        ("2. Teil", ("part", "2")),
        ("II. Theil", ("part", "2")),
        ("Zweiter Teil", ("part", "2")),
        ("Second part", ("part", "2")),
        ("Part third", ("part", "3")),
        ("Deuxième partie", ("part", "2")),
        ("parte seconda", ("part", "2")),
        ("Osa 2", ("part", "2")),
        ("2. osa", ("part", "2")),
        ("Część 2", ("part", "2")),
        ("1. díl", ("part", "1")),
        ("pt. B", ("part", "b")),
        ("Part A", ("part", "a")),
        ("Part 12A", ("part", "12a")),
        ("Part 2-A", ("part", "2a")),
        ("Part 2nd", ("part", "2")),
        ("Livre IV", ("book", "4")),
        ("no. 4", ("number", "4")),
        ("no. 12/2005", ("number", "12")),
        ("Heft 2/3", ("number", "2-3")),
        ("série 2", ("series", "2")),
        ("Second series", ("series", "2")),
        ("Ser. A", ("series", "a")),
        ("Chapter C", ("section", "c")),
        ("Supplement 3", ("supplement", "3")),
        ("Parts 1 and 2", ("part", "1-2")),
        ("Books I-III", ("book", "1-3")),
        ("Books I., II., III.", ("book", "1-3")),
        ("v.1-3", ("volume", "1-3")),
        ("v. 1\u20133", ("volume", "1-3")),
        ("2", (ANY_KIND, "2")),
        ("1-3", (ANY_KIND, "1-3")),
        ("42072F5TF024", (ANY_KIND, "42072f5tf024")),
    ],
)
def test_one_label_is_read(text: str, label: tuple[str, str]) -> None:
    """A kind in any of the languages and a number in any form give one label."""
    assert volume_labels(text) == {label}


@pytest.mark.parametrize("text", ["Vol. 2, pt. 1-3", "Vol. 2, parts 1-3"])
def test_nested_parts_are_labels_of_their_own(text: str) -> None:
    """A part of a volume has two labels, and a range belongs to the nearer kind."""
    assert volume_labels(text) == {("volume", "2"), ("part", "1-3")}
    assert labels_in(fold("Vol. 2, pt. 1").split()) == {("volume", "2"), ("part", "1")}


@pytest.mark.parametrize(
    "title",
    [
        "Part of the family",
        "The better part : a novel",
        "A story in 3 parts",
        "Three parts dead",
        "Ein Roman in 2 Bänden",
        "A 3 volume set",
        "Form part 1040",
        "No one left",
        "No second chance",
        "No. A house",
        "An introduction to volume",
        "A volume of essays",
        "The sex book",
        "Civil part",
        "Wales, v",
    ],
)
def test_titles_without_a_part_have_no_label(title: str) -> None:
    """Counts, names and words that only look like labels are left out."""
    assert labels_in(fold(title).split()) == frozenset()


def test_an_empty_volume_field_has_no_label() -> None:
    """Nothing is not a part."""
    assert volume_labels("") == frozenset()
    assert volume_labels(" . ") == frozenset()


def test_the_tables_are_folded_and_consistent() -> None:
    """Every kind word stands as folding leaves it, and means one kind only."""
    kinds = [(word, kind) for kind, names in KINDS.items() for line in names.values() for word in line.split()]
    kinds += [(word, kind) for kind, line in COUNTS.items() for word in line.split()]
    words = {word for word, _ in kinds}
    assert {fold(word) for word in words} == words
    assert len(set(kinds)) == len(words)
    assert words >= SHORT
    assert {language for names in KINDS.values() for language in names} >= DOTTED


def test_conflict_needs_the_same_kind_or_an_unnamed_one() -> None:
    """Volume 2 and part 3 do not contradict each other; volume 2 and 3 do, and so do a bare 2 and volume 3."""
    two, three, part = volume_labels("vol. 2"), volume_labels("Bd. 3"), volume_labels("part 3")
    assert conflict(two, three)
    assert not conflict(two, part)
    assert conflict(volume_labels("2"), three)
    assert not conflict(two, frozenset())


def test_a_range_is_not_one_of_its_volumes() -> None:
    """A record for volumes 1 to 3 is the whole of which volume 2 is a part."""
    assert conflict(volume_labels("v. 2"), volume_labels("v. 1-3"))
    assert not conflict(volume_labels("vols. 1-3"), volume_labels("v.1-3"))


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("Talbot Collection of British Pamphlets", True),
        ("Bell's British theatre", True),
        ("Vol. 2", False),
        ("Part the second", False),
        ("Second series of maps", False),
        ("2nd collection of maps", False),
        ("Collection 2", False),
        ("", False),
    ],
)
def test_a_series_in_place_of_a_part_number_is_known(text: str, *, series: bool) -> None:
    """Three words or more that begin with no kind and no number name a series."""
    assert is_series(text) is series


@given(st.text(st.characters(exclude_categories=())), st.text())
def test_any_text_has_labels_or_none(one: str, other: str) -> None:
    """No text raises, a part does not contradict itself, and a contradiction holds both ways."""
    left, right = volume_labels(one), volume_labels(other)
    assert bool(left) == bool(fold(one))
    assert not conflict(left, left)
    assert conflict(left, right) == conflict(right, left)


@given(WORDS)
def test_any_words_have_labels_or_none(words: list[str]) -> None:
    """No words raise, and every label has a kind and a number."""
    assert all(kind and number for kind, number in labels_in(words))


def test_a_long_title_takes_linear_time() -> None:
    """A title of many thousand kind words and digits is read within the time of a test."""
    assert labels_in(["parts", "1"] * 50_000) == {("part", "1")}
    assert volume_labels("1-" * 50_000) == {(ANY_KIND, "1")}
    assert volume_labels("9" * 100_000) == {(ANY_KIND, "9" * 100_000)}
