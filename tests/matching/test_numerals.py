"""Numbers in words, digits and Roman numerals."""

from __future__ import annotations

import pytest

from locate.matching.numerals import number_of, numbers_in, roman


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("2nd", 2),
        ("2d", 2),
        ("2e", 2),
        ("second", 2),
        ("zweite", 2),
        ("toinen", 2),
        ("iv", 4),
        ("0012", 12),
        ("3me", 3),
    ],
)
def test_words_that_are_numbers(word: str, value: int) -> None:
    """Ordinals of several languages, digits and Roman numerals are read."""
    assert number_of(word) == value


@pytest.mark.parametrize("word", ["mix", "river", "iiii", "vx", "", "7th-century"])
def test_words_that_are_not(word: str) -> None:
    """Words that merely look like numerals are left alone."""
    assert number_of(word) is None


def test_single_letters_are_numbers_only_when_asked() -> None:
    """A "v" is five in a part label and a letter elsewhere."""
    assert number_of("v") == 5
    assert number_of("v", bare_roman=False) is None


def test_roman_numerals_are_well_formed() -> None:
    """Only a well-formed numeral has a value."""
    assert roman("mcmlxxxiv") == 1984
    assert roman("ic") is None


def test_numbers_of_a_title() -> None:
    """Arabic and Roman numbers of a title are one set, words stay out."""
    assert numbers_in(["books", "vii", "and", "8", "mix", "second"]) == {"7", "8"}
