"""The searches for a title, the likeliest first.

A citation's title may carry a typo, a cut last word or another edition's subtitle, so that a search for all its words
finds nothing; a title of common words finds thousands. Decides by which of its words a title is searched, together
with the author, the year, both or neither, and by what each search is narrowed when it finds too many. How much a
search may find is judged by the rarity of its words, whatever the size of the catalog. Refuses to know what a search
finds. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from locate.citation import Citation
from locate.partner import SearchStep
from locate.plan.attempts import Attempt
from locate.plan.queries import RIGHT_TRUNCATION, any_of
from locate.plan.words import author_word, groups, plain, rarest, telling_words, total, word_rarity
from locate.z3950.query import And, Query, Term, Use

__all__ = ["title_attempts"]

# Rarities that words have to reach together. A word of rarity r stands in one title of 2 ** (8 * r + 1.3): see
# locate.matching.rarity. In a catalog of a million records (20 bits) a group of words should find a handful.
_ENOUGH = 3.5  # three rare words or six common ones are a title
_MOST_WORDS = 6
_ENOUGH_WITH_AUTHOR = 0.8  # a surname stands in one record of ten thousand or so
_ENOUGH_WITH_YEAR = 1.7  # three years in one of twenty or so
_ENOUGH_ALONE = 2.2
_RARE_AUTHOR = 1.1  # an author's word that is less rare than this ("States") leaves more to the title
_STUB_CHARS = 4  # what is kept of a truncated word; of a shorter word nothing is left to truncate
_FEW_WORDS = 2


def title_attempts(citation: Citation, step: SearchStep) -> list[Attempt]:
    """Return the searches for the citation's title; none when it has no word."""
    words = telling_words(citation.title or "")
    if not words:
        return []
    title = _Title(step, words, author_word(citation.author) if step.author_attributes else "", citation.year)
    found: dict[Query, Attempt] = {}
    for attempt in title.attempts():
        found.setdefault(attempt.query, attempt)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Title:
    """The telling words of a title in order, the author's word ("" for none) and the year, for one search step."""

    step: SearchStep
    words: list[str]
    author: str
    year: int | None

    def attempts(self) -> Iterator[Attempt]:
        """Yield the searches, the likeliest first; the same query may come twice."""
        best = self._all(rarest(self.words, _ENOUGH, _MOST_WORDS))
        if self.author:
            yield self._attempt("title and author", And(best, self._by_author()))
            yield self._guess("part of the title and author", And(self._some(self._with_author()), self._by_author()))
        else:
            yield self._attempt("title", best)
        if self.year is not None:
            yield self._guess("part of the title and year", And(_about(self.year), self._some(_ENOUGH_WITH_YEAR)))
        if letters := plain(self.words):
            yield self._attempt("title in plain letters", self._all(rarest(letters, _ENOUGH, _MOST_WORDS)))
        if self.author and self.year is not None and len(self.words) <= _FEW_WORDS:
            yield self._guess("author and year", And(_about(self.year), self._by_author()))
        yield from self._truncated()
        yield self._attempt("title", best)
        if len(self.words) > _FEW_WORDS and total(self.words) >= _ENOUGH_ALONE:
            yield self._guess("part of the title", self._some(_ENOUGH_ALONE))

    def _truncated(self) -> Iterator[Attempt]:
        """Yield a search by the beginning of a title's only word, where the profile leaves truncation to us."""
        (word, *others) = self.words
        if others or len(word) <= _STUB_CHARS or any(kind == RIGHT_TRUNCATION[0] for kind, _ in self.step.attributes):
            return
        stub = Term(word[:_STUB_CHARS], (*self.step.attributes, RIGHT_TRUNCATION))
        if self.author:
            yield self._guess("beginning of the title and author", And(stub, self._by_author()))
        elif self.year is not None:
            yield self._guess("beginning of the title and year", And(_about(self.year), stub))

    def _with_author(self) -> float:
        return _ENOUGH_WITH_AUTHOR + max(0.0, _RARE_AUTHOR - word_rarity(self.author))

    def _all(self, words: list[str]) -> Query:
        return Term(" ".join(words), self.step.attributes)

    def _some(self, enough: float) -> Query:
        return any_of([self._all(group) for group in groups(self.words, enough)])

    def _by_author(self) -> Query:
        return Term(self.author, self.step.author_attributes)

    def _attempt(self, label: str, query: Query) -> Attempt:
        return Attempt(self.step.kind, query, label)

    def _guess(self, label: str, query: Query) -> Attempt:
        return Attempt(self.step.kind, query, label, is_guess=True)


def _about(year: int) -> Query:
    """Return the year or its neighbours: a citation may name that of printing or of copyright instead.

    For a target without OR, standing first, the year itself is tried with everything before its neighbours are.
    """
    return any_of([Term(str(each), ((1, Use.DATE_OF_PUBLICATION),)) for each in (year, year - 1, year + 1)])
