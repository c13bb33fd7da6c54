"""Read part designations: "Volume 1, Part 9", "Bd. II", "t. 3" as pairs of kind and number.

Decides which words label a part and which part they label. What it cannot read it leaves out: a label without a
number is no label. Raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from locate.matching.normalize import fold
from locate.matching.numerals import number_of

__all__ = ["ANY_KIND", "Label", "conflict", "labels_in", "volume_labels"]

Label = tuple[str, str]
"""A part label: (kind, number). Kind is "volume", "part", "book" ..., or `ANY_KIND`; number is folded text."""

ANY_KIND: Final = ""

_KINDS: Final = {
    word: kind
    for kind, words in {
        "volume": "volume volumes vol vols v band bd bande tome tomes tom t tomo tomus osa deel dl bind bnd svazek",
        "part": "part parts pt pts teil tl theil partie parte pars del dil cast chast ch czesc osasto abteilung abt",
        "book": "book books bk buch livre libro liber kniga",
        "series": "series ser serie seria reihe",
        "number": "number no nr num numero nummer heft issue issues hft fasc fascicle fascicule",
        "section": "section sect chapter kapitel",
        "level": "level grade stufe niveau",
        "sheet": "sheet blatt feuille",
    }.items()
    for word in words.split()
}
_CODE: Final = re.compile(r"[a-z]?\d+[a-z\d]*|[a-h]")


def _number(word: str) -> str | None:
    value = number_of(word)
    if value is not None:
        return str(value)
    return word if _CODE.fullmatch(word) else None


def labels_in(words: Sequence[str]) -> frozenset[Label]:
    """Return the labels in folded ``words``: a kind word followed by a number ("part ii"), or an ordinal before it
    ("2 teil", "second part").
    """
    found: set[Label] = set()
    for at, word in enumerate(words):
        kind = _KINDS.get(word)
        if kind is None:
            continue
        after = _number(words[at + 1]) if at + 1 < len(words) else None
        if after is not None:
            found.add((kind, after))
        elif at and len(word) > 1 and (before := number_of(words[at - 1], bare_roman=False)) is not None:
            found.add((kind, str(before)))
    return frozenset(found)


def volume_labels(text: str) -> frozenset[Label]:
    """Return the labels of a volume field; a bare "2" or "42072F5" is a label of `ANY_KIND`."""
    words = fold(text).split()
    found = labels_in(words)
    if found or not words:
        return found
    numbers = [number for word in words if (number := _number(word)) is not None]
    return frozenset([(ANY_KIND, numbers[0])]) if numbers else frozenset([(ANY_KIND, "".join(words))])


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
