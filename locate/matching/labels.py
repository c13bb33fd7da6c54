"""Read part designations: "Volume 1, Part 9", "Bd. II", "t. 3", "2. Teil", "v.1-3" as pairs of kind and number.

Decides which words label a part and which part they label. What it cannot read it leaves out: a label without a
number is no label, and a number before a plural or an English singular is a count ("in 3 parts", "a 3 volume set").
Raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from locate.matching.normalize import fold
from locate.matching.numerals import is_ordinal, number_of
from locate.matching.tables.parts import COUNTS, DOTTED, KINDS, SHORT

__all__ = ["ANY_KIND", "Label", "conflict", "is_series", "labels_in", "volume_labels"]

Label = tuple[str, str]
"""A part label: (kind, number). Kind is "volume", "part", "book" ..., or `ANY_KIND`; number is folded text, or two
numbers and a hyphen for a range ("1-3").
"""

ANY_KIND: Final = ""

_COUNTS: Final = MappingProxyType({word: kind for kind, words in COUNTS.items() for word in words.split()})
_SINGULARS: Final = {word: kind for kind, names in KINDS.items() for line in names.values() for word in line.split()}
_SERIES_WORDS: Final = 3
_KINDS: Final = MappingProxyType({**_SINGULARS, **_COUNTS})
_DOTTED: Final = frozenset(
    word for names in KINDS.values() for language in DOTTED & names.keys() for word in names[language].split()
) - {word for names in KINDS.values() for language in names.keys() - DOTTED for word in names[language].split()}
# "2a", "b12", "iib" and the letters that number parts; a letter stands only where no name can follow it.
_CODE: Final = re.compile(r"[a-z]{0,3}[0-9]+[a-z0-9]*")
_LETTERS: Final = frozenset("abcdefgh")
_RANGE: Final = re.compile(r"(?<![0-9])([0-9]{1,4})\]? ?[-\u2010-\u2015/] ?\[?([0-9]{1,4})(?![0-9])")
# Only volumes, numbers and series are numbered by years or run into the thousands; "part 1040" is a form's number.
_MANY: Final = frozenset(["volume", "number", "series"])
_MOST: Final = 1000
_AND: Final = frozenset(["and", "to", "und", "bis", "et", "a", "y", "e", "och", "og", "ja"])
_ROMAN: Final = frozenset("ivxl")


def labels_in(words: Sequence[str]) -> frozenset[Label]:
    """Return the labels in folded ``words``: a kind word followed by a number ("part ii", "volumes 1 3" as a range),
    or an ordinal before it ("2 teil", "second part").
    """
    found = set()
    for at, word in enumerate(words):
        if word in _KINDS and (number := _after(words, at) or _before(words, at)):
            found.add((_KINDS[word], number))
    return frozenset(found)


def _after(words: Sequence[str], at: int) -> str:
    """Return the number that follows the kind word at ``at``, or ""."""
    kind, word, *rest = words[at : at + 8] if at + 1 < len(words) else (words[at], "")
    if word.isascii() and word.isdigit():
        if len(word) > 3 and _KINDS[kind] not in _MANY:
            return ""
        first = str(int(word[:9]))
        return first + rest[0] if len(rest) == 1 and rest[0] in _LETTERS else _span(kind, first, rest)
    if word in _LETTERS:
        return word if kind not in SHORT and (at == 0 or not rest) else ""
    if word == "l":  # a typewriter's figure one
        return "1"
    if kind in SHORT and not (len(word) > 1 and set(word) <= _ROMAN):
        return _coded(word)
    value = number_of(word)
    return _coded(word) if value is None or _CODE.fullmatch(word) else _span(kind, str(value), rest)


def _span(kind: str, first: str, rest: Sequence[str]) -> str:
    """Return ``first``, or a range when ``kind`` is a plural and higher numbers follow ("parts 1 and 2")."""
    last = int(first)
    for word in rest if kind in _COUNTS else ():
        value = number_of(word, bare_roman=False) or 0
        if last < value < _MOST:
            last = value
        elif word not in _AND:
            break
    return first if last == int(first) else f"{first}-{last}"


def _coded(word: str) -> str:
    """Return the code that ``word`` is ("12a", "b3", "iib" as "2b"; "2nd" as "2"), or "" when it is a word."""
    if _CODE.fullmatch(word):
        return str(number_of(word)) if is_ordinal(word) and word[-2:].isalpha() else word
    value = number_of(word[:-1]) if len(word) > 2 and word[-1] in _LETTERS and set(word[:-1]) <= _ROMAN else None
    return f"{value}{word[-1]}" if value else ""


def _before(words: Sequence[str], at: int) -> str:
    """Return the ordinal that stands before the kind word at ``at``, or ""."""
    word = words[at]
    if at == 0 or len(word) == 1 or word in _COUNTS:
        return ""
    before = words[at - 1]
    digits = before.isascii() and before.isdigit() and len(before) < 4
    if is_ordinal(before) or (word in _DOTTED and (digits or _is_roman(before))):
        return str(number_of(before))
    return ""


def _is_roman(word: str) -> bool:
    return len(word) > 1 and set(word) <= _ROMAN and number_of(word) is not None


def volume_labels(text: str) -> frozenset[Label]:
    """Return the labels of a volume field; a bare "2" or "42072F5" is a label of `ANY_KIND`, "v.1-3" a range."""
    words = fold(text).split()
    if not words:
        return frozenset()
    span = _RANGE.search(text)
    if span and int(span[1]) < int(span[2]) and len(span[2]) < len(span[1]) + 2:  # "12/2005" is an issue of a year
        before = fold(text[: span.start()]).split()
        kind = _KINDS.get(before[-1], ANY_KIND) if before else ANY_KIND
        return labels_in(before) | {(kind, f"{int(span[1])}-{int(span[2])}")}
    if found := labels_in(words):
        return found
    numbers = [number for word in words if (number := _bare(word))]
    return frozenset([(ANY_KIND, numbers[0] if numbers else "".join(words))])


def _bare(word: str) -> str:
    value = number_of(word)
    if value is not None:
        return str(value)
    return word if _CODE.fullmatch(word) or word in _LETTERS else ""


def is_series(text: str) -> bool:
    """Say whether a part number is none, but a series put in its place: "Talbot Collection of British Pamphlets"."""
    words = fold(text).split()
    begins = words[0] if words else ""
    return (
        len(words) >= _SERIES_WORDS
        and begins not in _KINDS
        and number_of(begins, bare_roman=False) is None
        and not any(char.isdigit() for char in begins)
    )


def conflict(left: frozenset[Label], right: frozenset[Label]) -> bool:
    """Say whether the two name different parts: a kind that both know, or an unnamed kind, with no number in common."""
    if not left or not right:
        return False
    left_kinds, right_kinds = {kind for kind, _ in left}, {kind for kind, _ in right}
    if ANY_KIND in left_kinds | right_kinds:
        return not {number for _, number in left} & {number for _, number in right}
    return any(
        not {n for k, n in left if k == kind} & {n for k, n in right if k == kind} for kind in left_kinds & right_kinds
    )
