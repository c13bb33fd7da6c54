"""The words of titles and names to search by.

Decides which words of a title tell enough to be searched by, and in which small groups, so that a misspelt, cut or
missing word spoils only its own group; and which one word of a name every catalog has. It knows no query and no
citation. Raises nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from locate.matching.normalize import fold, romanise
from locate.matching.rarity import is_stop, rarity

__all__ = ["author_word", "groups", "plain", "rarest", "telling_words", "total", "word_rarity"]

_CUT_TITLE_CHARS = range(54, 61)  # request forms cut titles at 60 characters; the last word may be a stump
_FEW_WORDS = 4  # of so few words none is left out as a stump
_MAX_WORDS = 40  # of a title; more are no title but an abstract
_MAX_GROUPS = 8
_NAME_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def telling_words(title: str) -> list[str]:
    """Return the words of a title that tell something, in title order, each once, forty at most.

    They are all its words when none tells anything.
    """
    words = _words(title)
    if len(title) in _CUT_TITLE_CHARS and len(words) > _FEW_WORDS:
        words = words[:-1]
    telling = [word for word in words if (len(word) > 1 or word.isdigit()) and not all(map(is_stop, _folded(word)))]
    once: dict[str, str] = {}
    for word in telling or words:
        once.setdefault(word.casefold(), word)
    return list(once.values())[:_MAX_WORDS]


def plain(words: Sequence[str]) -> list[str]:
    """Return the words without diacritics and in Latin letters, none when that changes nothing."""
    text = " ".join(words)
    return [] if text.isascii() else [word for word in romanise(text).split() if len(word) > 1 or word.isdigit()]


@lru_cache(maxsize=4096)
def word_rarity(word: str) -> float:
    """Return the rarity of a word as it is written; of "l'art" that of its most telling part."""
    return max(map(rarity, _folded(word)), default=0.0)


def total(words: Iterable[str]) -> float:
    """Return the sum of the words' rarities."""
    return sum(map(word_rarity, words))


def rarest(words: Sequence[str], enough: float, most: int) -> list[str]:
    """Return the rarest words that together have a rarity of ``enough``, ``most`` of them at most, in title order."""
    kept: list[str] = []
    for word in sorted(words, key=word_rarity, reverse=True)[:most]:
        kept.append(word)
        if total(kept) >= enough:
            break
    return [word for word in words if word in kept]


def groups(words: Sequence[str], enough: float) -> list[list[str]]:
    """Return small groups of words, each of a rarity of ``enough`` where the words have it; at most eight.

    A group is of words that follow each other, so that those of the title proper stand together whatever subtitle
    follows. For every word there is a group without it, however little that group tells: the word may be misspelt.
    """
    found = _windows(words, enough)
    for word in words:
        others = [other for other in words if other != word]
        if others and all(word in group for group in found):
            found.append(rarest(others, enough, len(others)))
    return _smallest(found)[:_MAX_GROUPS]


def _windows(words: Sequence[str], enough: float) -> list[list[str]]:
    """Return the shortest runs of words of a rarity of ``enough``; all the words when no run has it."""
    runs: list[list[str]] = []
    for start in range(len(words)):
        end = start + 1
        while end < len(words) and total(words[start:end]) < enough:
            end += 1
        run = list(words[start:end])
        if total(run) >= enough:
            runs.append(run)
    return _smallest(runs) or [list(words)]


def _smallest(found: list[list[str]]) -> list[list[str]]:
    """Leave out the groups that hold another one: that finds all that they find."""
    return [group for group in found if not any(set(other) < set(group) for other in found)]


def author_word(author: str | None) -> str:
    """Return the one word of a name that every catalog has: the surname, or the last word of a corporate name."""
    if not author:
        return ""
    head, comma, _ = author.partition(",")
    words = [word for word in _words(head) if word.casefold() not in _NAME_SUFFIXES]
    long_words = [word for word in words if len(word) > 1] or words
    return " ".join(long_words if comma else long_words[-1:])


def _folded(word: str) -> list[str]:
    return fold(word).split()


def _words(text: str) -> list[str]:
    """Return the words of a text: letters and digits with their diacritics and vowel signs, apostrophes inside."""
    composed = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    kept = (char if unicodedata.category(char)[0] in "LNM" or char == "'" else " " for char in composed)
    return [word for part in "".join(kept).split() if (word := part.strip("'"))]
