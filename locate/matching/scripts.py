"""Bring text in other scripts nearer to the ALA-LC romanisation that catalogs use, before it is transliterated.

Decides only where ALA-LC differs from a letter-by-letter transliteration: which Cyrillic language a text is in, the
pairs of Greek letters, and the sound changes of Korean. Hebrew and Arabic vowels are not written, and a Japanese
reading cannot be told from its characters: these stay as they are. Raises nothing.
"""

# ruff: noqa: RUF001, RUF003 - Cyrillic letters are meant

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from locate.matching.tables.alphabets import (
    CONSONANTS,
    CYRILLIC,
    GREEK,
    GREEK_PAIRS,
    HANGUL_FINALS,
    HANGUL_INITIALS,
    HANGUL_LINKED,
    HANGUL_VOWELS,
)

__all__ = ["ala_lc", "consonants"]


def _pairs(table: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in table.split())


_CYRILLIC: Final = MappingProxyType({name: str.maketrans(_pairs(table)) for name, table in CYRILLIC.items()})
_GREEK: Final = str.maketrans(_pairs(GREEK))
_GREEK_PAIRS: Final = MappingProxyType(_pairs(GREEK_PAIRS))
_GREEK_PAIR: Final = re.compile("|".join(_GREEK_PAIRS))
_CONSONANTS: Final = str.maketrans({**_pairs(CONSONANTS), " ": ""})
_DOUBLED: Final = re.compile(r"(\D)\1+")
_ANY_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_ANY_GREEK: Final = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
# What composing changes here: a letter with its marks, and the letters of a Korean syllable. Composing a whole text
# would take time by the square of the longest run of marks.
_COMPOSABLE: Final = re.compile("\\w[\u0300-\u036f\u3099\u309a]{1,4}|[\u1100-\u11ff]+")

# What tells a language, tried in this order. Russian before 1918 has і too, before vowels and beside и, and a hard sign
# at the end of words; Belarusian has no и, Ukrainian no ы and no э.
_SIGNS: Final = (
    ("sr", re.compile("[јљњђћџѓќѕ]")),
    ("ru", re.compile("[ѣѳѵ]|і[еи]|ъ(?!\\w)|^(?=.*і)(?=.*и).*[ыэ]", re.DOTALL)),
    ("be", re.compile("ў|^(?!.*и).*і", re.DOTALL)),
    ("uk", re.compile("[іїєґ]")),
    ("bg", re.compile("ъ(?=[бвгджзклмнпрстфхцчшщ])")),
)


def ala_lc(text: str) -> str:
    """Return ``text`` in lower case, its Cyrillic, Greek and Korean letters romanised as ALA-LC does, the rest as it
    is. Only letters are looked at: a Ukrainian title without one of its own letters is romanised as Russian.
    """
    text = _COMPOSABLE.sub(lambda run: unicodedata.normalize("NFC", run[0]), text).casefold()
    if _ANY_CYRILLIC.search(text):
        text = text.translate(_CYRILLIC[_cyrillic_language(text)])
    if _ANY_GREEK.search(text):
        text = _from_greek(text)
    return _HANGUL.sub(lambda run: _from_hangul(run[0]), text)


def consonants(folded: str) -> str:
    """Return the consonants of a folded text that Hebrew or Arabic script and its romanisation have in common, with its
    digits and without blanks; doubled ones are one.
    """
    return _DOUBLED.sub(r"\1", folded.translate(_CONSONANTS))


def _cyrillic_language(text: str) -> str:
    return next((language for language, sign in _SIGNS if sign.search(text)), "ru")


def _from_greek(text: str) -> str:
    bare = _ANY_GREEK.sub(lambda letter: unicodedata.normalize("NFD", letter[0])[0], text)
    return _GREEK_PAIR.sub(lambda pair: _GREEK_PAIRS[pair[0]], bare).translate(_GREEK)


def _from_hangul(word: str) -> str:
    """Return the McCune-Reischauer romanisation of one run of syllables, without its diacritics and apostrophes."""
    written = []
    final = 0
    for at, char in enumerate(word):
        initial, rest = divmod(ord(char) - 0xAC00, 21 * 28)
        vowel, following = divmod(rest, 28)
        written.append(_meeting(final, initial) if at else _INITIALS[initial])
        written.append(_VOWELS[vowel])
        final = following
    return "".join([*written, _FINALS[final]])


# The tables by position; "-" is no sound.
_INITIALS: Final = tuple(sound.strip("-") for sound in HANGUL_INITIALS.split())
_VOWELS: Final = tuple(HANGUL_VOWELS.split())
_FINALS: Final = tuple(sound.strip("-") for sound in HANGUL_FINALS.split())
_LINKED: Final = tuple(sound.strip("-") for sound in HANGUL_LINKED.split())
_SILENT: Final = 11
_BREATHED: Final = 27
_VOICED: Final = MappingProxyType({"k": "g", "t": "d", "p": "b", "ch": "j"})
_ASPIRATED: Final = frozenset([14, 15, 16, 17, 18])
_NASAL: Final = MappingProxyType({"k": "ng", "t": "n", "p": "m"})


def _meeting(final: int, initial: int) -> str:
    """Return how a final consonant and the initial after it sound together; both are positions in the tables."""
    if initial == _SILENT:
        return _LINKED[final]
    ends, begins = _FINALS[final], _INITIALS[initial]
    if begins == "r" and ends:
        return "ll" if ends in {"n", "l"} else _NASAL.get(ends, ends) + "n"
    if ends == "l" and begins == "n":
        return "ll"
    if begins in {"n", "m"}:
        return _NASAL.get(ends, ends) + begins
    if ends in _NASAL or final == _BREATHED or initial in _ASPIRATED:
        return ends + begins
    return ends + _VOICED.get(begins, begins)
