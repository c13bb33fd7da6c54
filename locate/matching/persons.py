"""Names of persons and bodies, taken apart so that they can be compared.

Decides which words of a name are the surname and whether a name is a person's at all. Knows no record and no citation.
Raises nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from locate.matching.normalize import compact, fold, is_latin, romanise, word_set

__all__ = ["Person", "person"]

_LONGEST: Final = 300  # characters of a name that are compared; what is longer is no name
_SUFFIXES: Final = word_set("jr sr ii iii iv esq")
_CORPORATE: Final = re.compile(
    r"\b(?:united states|department|dept|committee|university|universit\w+|institut\w*|society|association|council|"
    r"office|bureau|agency|library|museum|survey|company|corporation|conference|commission|congress|ministry|bank|board|"
    r"gesellschaft|akademie|societe|ministere|service|center|centre|school|college|administration|foundation|"
    r"service|organi[sz]ation|district|state|states|great britain|canada|nations|laboratory|national)\b|\(.*\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """A name to compare: folded ``surname`` ("" for a corporate body), the other ``given`` words, whether it is
    ``corporate``, and all ``words``.
    """

    surname: str
    given: tuple[str, ...]
    corporate: bool
    words: tuple[str, ...]


def person(text: str, *, corporate: bool | None = None) -> Person:
    """Take a name apart, "Doyle, Arthur Conan" or "Arthur Conan Doyle"; ``corporate`` None: judge by the words."""
    if corporate is None:
        corporate = bool(_CORPORATE.search(text[:_LONGEST]))
    text = text[:_LONGEST]
    latin = text if is_latin(text) else ",".join(map(romanise, text.split(",", 1)))
    words = tuple(fold(latin).split())
    if corporate or not words:
        return Person("", (), corporate=True, words=words)
    before, comma, after = latin.partition(",")
    given_after = tuple(fold(after).split())
    if comma and not set(given_after) <= _SUFFIXES:
        given = tuple(word for word in given_after if word.isalpha())
        return Person(compact(fold(before).split()), given, corporate=False, words=words)
    plain = tuple(fold(word) for word in before.split() if fold(word) and fold(word) not in _SUFFIXES)
    plain = plain or words
    return Person(plain[-1], plain[:-1], corporate=False, words=words)
