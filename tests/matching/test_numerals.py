"""Numbers in words, digits and Roman numerals."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, strategies as st

from locate.matching.normalize import fold
from locate.matching.numerals import is_ordinal, number_of, numbers_in, roman, with_digits
from locate.matching.tables.numbers import CARDINALS, COUNTED, ENDINGS, ORDINALS

WORDS = st.lists(
    st.sampled_from(["one", "first", "nineteen", "eighty", "ninth", "hundred", "and", "109th", "rivers"])
    | st.text().map(lambda text: "".join(fold(text).split()))
)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("2nd", 2),
        ("2d", 2),
        ("2e", 2),
        ("second", 2),
        ("zweite", 2),
        ("toinen", 2),
        ("deuxieme", 2),
        ("segunda", 2),
        ("seconda", 2),
        ("tweede", 2),
        ("andra", 2),
        ("drugie", 2),
        ("druhe", 2),
        ("vtoroe", 2),
        ("secundus", 2),
        ("twentieth", 20),
        ("ninetieth", 90),
        ("dreissigste", 30),
        ("zestigste", 60),
        ("attionde", 80),
        ("soixantieme", 60),
        ("viisi", 5),
        ("iv", 4),
        ("0012", 12),
        ("3me", 3),
        ("1ra", 1),
    ],
)
def test_words_that_are_numbers(word: str, value: int) -> None:
    """Ordinals of many languages, digits and Roman numerals are read."""
    assert number_of(word) == value


@pytest.mark.parametrize(
    "word", ["mix", "civil", "river", "iiii", "vx", "", "7th-century", "to", "fire", "sex", "12345"]
)
def test_words_that_are_not(word: str) -> None:
    """Words that merely look like numerals, or are words first, are left alone."""
    assert number_of(word) is None


def test_no_word_of_the_tables_means_two_numbers() -> None:
    """A word that two languages share has the same number in both, and stands as folding leaves it."""
    meanings: defaultdict[str, set[int]] = defaultdict(set)
    for lines, endings in ((CARDINALS, {}), (ORDINALS, ENDINGS)):
        for language, line in lines.items():
            for number, spellings in zip(COUNTED, line.split(), strict=False):
                for ending in endings.get(language, "").split(" "):
                    for stem in spellings.split("|"):
                        meanings[stem + ending].add(number)
    del meanings["-"]
    assert {len(line.split()) for line in CARDINALS.values()} == {len(COUNTED)}
    assert {word: numbers for word, numbers in meanings.items() if len(numbers) > 1} == {}
    assert [word for word in meanings if fold(word) != word and not word.startswith("-")] == []


def test_single_letters_are_numbers_only_when_asked() -> None:
    """A "v" is five in a part label and a letter elsewhere."""
    assert number_of("v") == 5
    assert number_of("v", bare_roman=False) is None


def test_roman_numerals_are_well_formed() -> None:
    """Only a well-formed numeral has a value."""
    assert roman("mcmlxxxiv") == 1984
    assert roman("ic") is None


def test_ordinals_are_told_from_cardinals() -> None:
    """The form of a word says whether it is an ordinal; bare digits may be either."""
    assert all(map(is_ordinal, ["2nd", "2e", "second", "zweiter", "109th"]))
    assert not any(map(is_ordinal, ["2", "two", "zwei", "ii", "rivers"]))


def test_numbers_of_a_title() -> None:
    """Arabic and Roman numbers of a title are one set, words stay out."""
    assert numbers_in(["books", "vii", "and", "8", "mix", "second", "7th", "b52"]) == {"7", "8", "b52"}


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("one hundred ninth congress first session", "109 congress 1 session"),
        ("109th congress 1st session", "109 congress 1 session"),
        ("ninety third congress", "93 congress"),
        ("one hundred and first airborne", "101 airborne"),
        ("one hundred years of solitude", "100 years of solitude"),
        ("nineteen eighty four", "1984"),
        ("twenty first century", "21 century"),
        ("one two three", "one two three"),
        ("one flew over", "one flew over"),
        ("first hundred days", "1 hundred days"),
        ("one hundred and", "100 and"),
        ("fifty and five", "fifty and five"),
        ("rivers of wales", "rivers of wales"),
        ("2nd rivers", "2 rivers"),
        ("", ""),
    ],
)
def test_english_number_words_meet_the_digits(words: str, digits: str) -> None:
    """Ordinals and longer number words become digits; a cardinal of one word stays a word."""
    assert " ".join(with_digits(words.split())) == digits


def test_every_congress_reads_the_same_both_ways() -> None:
    """The ordinals from 1 to 199, spelled out, are their digits."""
    units = ORDINALS["en"].split()
    tens = dict(zip(COUNTED, CARDINALS["en"].split(), strict=True))
    for number in range(1, 200):
        rest = number % 100
        words = ["one", "hundred"] if number > 100 else []
        if rest and (rest <= 20 or rest % 10 == 0):
            words.append(units[COUNTED.index(rest)])
        elif rest:
            words += [tens[rest - rest % 10], units[rest % 10 - 1]]
        else:
            words += ["one", "hundredth"]
        assert with_digits(words) == (str(number),)


@given(WORDS)
def test_digits_stay_digits(words: list[str]) -> None:
    """No words raise, none are made, and numbers already in digits stay as they are."""
    once = with_digits(words)
    assert len(once) <= len(words)
    assert {word for word in once if word not in words} <= {word for word in once if word.isdigit()}
    assert all(word in once for word in words if word.isdecimal())


@given(st.text())
def test_any_text_has_a_number_or_none(text: str) -> None:
    """No text raises, and a number is never negative."""
    value = number_of(text)
    assert value is None or value >= 0
    assert not is_ordinal(text) or value is not None
