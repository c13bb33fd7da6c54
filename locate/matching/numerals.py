"""Read numbers as title pages write them: digits, ordinals, Roman numerals and number words of fourteen languages.

Decides only what number a word, or a run of English number words, means. Raises nothing; a word that is no number
gives None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from locate.matching.tables import word_set
from locate.matching.tables.numbers import CARDINALS, COUNTED, ENDINGS, ORDINAL_SUFFIXES, ORDINALS

__all__ = ["is_ordinal", "number_of", "numbers_in", "roman", "with_digits"]

_ROMAN_FORM: Final = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# Words that are well-formed Roman numerals but are words, initials or units first.
_NOT_ROMAN: Final = word_set("mix mi di dix li cc cd dc md mm ml dl cm mc id dm dim civil vivid livid")
# Four digits at most: a longer number is a report number or a barcode, and no volume or edition.
_SUFFIXES: Final = sorted({suffix for line in ORDINAL_SUFFIXES.values() for suffix in line.split()})
_DIGITS: Final = re.compile(rf"0*([0-9]{{1,4}})({'|'.join(_SUFFIXES)})?")
_ENGLISH_ORDINAL: Final = re.compile(r"0*([0-9]{1,4})(?:st|nd|rd|th)")


def _numbered(lines: Mapping[str, str], endings: Mapping[str, str]) -> dict[str, int]:
    """Return the words of the tables with the number that each means."""
    return {
        stem + ending: number
        for language, line in lines.items()
        for number, spellings in zip(COUNTED, line.split(), strict=False)
        for stem in spellings.split("|")
        if stem != "-"
        for ending in endings.get(language, "").split(" ")
    }


_ORDINAL_WORDS: Final = MappingProxyType(_numbered(ORDINALS, ENDINGS))
_WORDS: Final = MappingProxyType(_numbered(CARDINALS, {}) | _ORDINAL_WORDS)
_ENGLISH: Final = MappingProxyType(_numbered({"en": CARDINALS["en"]}, {}))
_ENGLISH_ORDINALS: Final = MappingProxyType(_numbered({"en": ORDINALS["en"]}, {}))
_RUN_STARTS: Final = _ENGLISH.keys() | _ENGLISH_ORDINALS.keys()


_ROMAN_LETTERS: Final = "ivxlcdm"


def roman(word: str) -> int | None:
    """Return the value of a lower-case Roman numeral, or None when ``word`` is not a well-formed one."""
    if not word or not _ROMAN_FORM.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[char] for char in word]
    following = [*values[1:], 0]
    return sum(-one if one < then else one for one, then in zip(values, following, strict=True))


def number_of(word: str, *, bare_roman: bool = True) -> int | None:
    """Return the number that a folded word means ("2nd", "2e", "ii", "zweite", "twenty"), or None.

    ``bare_roman`` False refuses single letters ("i", "v", "x"), which are rarely numbers outside a part label.
    """
    match = _DIGITS.fullmatch(word)
    if match:
        return int(match[1])
    if word in _WORDS:
        return _WORDS[word]
    if word in _NOT_ROMAN or (len(word) == 1 and not bare_roman):
        return None
    return roman(word)


def is_ordinal(word: str) -> bool:
    """Say whether a folded word is an ordinal by its form: "2nd", "2e", "zweite"; bare digits are not."""
    if word in _ORDINAL_WORDS:
        return True
    match = _DIGITS.fullmatch(word)
    return bool(match and match[2])


def numbers_in(words: Iterable[str]) -> frozenset[str]:
    """Return the numbers that tell titles apart: every word with a digit, and Roman numerals of two letters or more.

    Number words stay out: a single one differs as a word already, and `with_digits` has turned the longer ones.
    """
    found: set[str] = set()
    for word in words:
        if word.isalpha():
            if word.strip(_ROMAN_LETTERS) or len(word) == 1 or word in _NOT_ROMAN or word in _WORDS:
                continue
            if (value := roman(word)) is not None:
                found.add(str(value))
        elif any(char.isdigit() for char in word):
            match = _DIGITS.fullmatch(word)
            found.add(match[1] if match else word)
    return frozenset(found)


def with_digits(words: Sequence[str]) -> tuple[str, ...]:
    """Return folded ``words`` with English ordinals and longer number words as digits, so that they meet the digits.

    "one hundred ninth" and "109th" are "109", "first" and "1st" are "1", "nineteen eighty four" is "1984". A cardinal
    of one word stays ("one flew over"). Hearings of the U.S. Congress are titled both ways.
    """
    if _RUN_STARTS.isdisjoint(words) and "".join(words).isalpha():
        return tuple(words)
    found: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word in _RUN_STARTS:
            value, end = _run(words, at)
            found += [word] if end == at + 1 and word in _ENGLISH else [str(value)]
            at = end
            continue
        match = _ENGLISH_ORDINAL.fullmatch(word) if word[:1].isdigit() else None
        found.append(match[1] if match else word)
        at += 1
    return tuple(found)


def _run(words: Sequence[str], at: int) -> tuple[int, int]:
    """Read the longest English number that starts at ``at``; return its value and where it ends.

    Each word must be smaller than the place that the one before left open: units after tens, tens after hundreds.
    "Nineteen eighty four" is read as a year: tens after a number from 13 to 20 count hundreds.
    """
    value, room = 0, 1000
    start = at
    while at < len(words):
        word = words[at]
        if word == "and" and at > start and words[at - 1] == "hundred" and words[at + 1 : at + 2]:
            word = words[at + 1]
            at += word in _RUN_STARTS
        step = _ENGLISH.get(word, _ENGLISH_ORDINALS.get(word))
        if step == 100 and 0 < value < 10:
            value, room = value * 100, 100
        elif step and 20 <= step < 100 and 12 < value <= 20 and at == start + 1:
            value, room = value * 100 + step, 10
        elif step and step < room and step != 100:
            value, room = value + step, (10 if step >= 20 else 1)
        else:
            break
        at += 1
        if word in _ENGLISH_ORDINALS:
            break
    return (value, at) if at > start else (100, start + 1)
