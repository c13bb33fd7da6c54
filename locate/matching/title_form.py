"""One way a title may be written, in the forms that comparisons need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from locate.matching.normalize import compact, is_latin
from locate.matching.numerals import numbers_in
from locate.matching.rarity import rarity

__all__ = ["TitleForm", "telling"]


def telling(words: Iterable[str]) -> float:
    """Return how much ``words`` tell: the sum of their rarity, an ordinary word being 1."""
    return sum(map(rarity, words))


MOST_WORDS: Final = 300
MOST_CHARS: Final = 3000
"""What is compared of a title: more is no title, and the time to compare two grows with their product."""
SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class TitleForm:
    """One way a title may be written.

    ``kind`` says which ("full", "proper", "variant" ...); ``words`` are folded and in order, ``known`` the same as a
    set, ``key`` the same without blanks; ``numbers`` are those that tell titles apart; ``total`` is how much the
    words tell, an ordinary word being 1; ``latin`` says that the words are in Latin letters; ``long_words`` are those
    in which a typing error can be told from another word; ``weights`` is how much each word tells.
    """

    kind: str
    words: tuple[str, ...]
    known: frozenset[str]
    key: str
    numbers: frozenset[str]
    total: float
    latin: bool
    long_words: tuple[str, ...]
    weights: Mapping[str, float]

    @classmethod
    def of(cls, kind: str, words: tuple[str, ...]) -> TitleForm:
        """Build the form of folded ``words``."""
        words = words[:MOST_WORDS]
        key = compact(words)[:MOST_CHARS]
        long_words = tuple(word for word in words if len(word) >= SHORTEST)
        weights = {word: rarity(word) for word in words}
        total = sum(map(weights.__getitem__, words))
        return cls(kind, words, frozenset(words), key, numbers_in(words), total, is_latin(key), long_words, weights)

    def telling(self, words: Iterable[str]) -> float:
        """Return how much some of its own ``words`` tell."""
        return sum(map(self.weights.__getitem__, words))
