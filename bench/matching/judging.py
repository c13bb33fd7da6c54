"""Every pair judged, by the matcher as its callers use it.

Decides nothing but what counts as accepted: the verdict `same`, and no other. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.matching.figures import Counts, counted
from bench.matching.pairs import Corpus, Pair
from locate.matching import Matcher, MatchVerdict
from locate.matching.views import RecordView, View

__all__ = ["Judged", "Prepared", "counts_of", "differing", "judge", "prepare"]

Prepared = tuple[View, RecordView]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair, and what the matcher says of it."""

    pair: Pair
    verdict: MatchVerdict
    score: int
    probability: float

    @property
    def accepted(self) -> bool:
        """Whether the candidate was taken for the same."""
        return self.verdict is MatchVerdict.SAME


def prepare(matcher: Matcher, corpus: Corpus, pairs: Sequence[Pair]) -> list[Prepared]:
    """Return both sides of each pair with their normalised forms; a record that several pairs name is viewed once."""
    views = {name: matcher.view(corpus.records[name]) for name in dict.fromkeys(pair.candidate for pair in pairs)}
    names = dict.fromkeys(pair.wanted for pair in pairs if isinstance(pair.wanted, str))
    wanted = {name: matcher.prepare(corpus.records[name]) for name in names}
    return [
        (wanted[pair.wanted] if isinstance(pair.wanted, str) else matcher.prepare(pair.wanted), views[pair.candidate])
        for pair in pairs
    ]


def judge(matcher: Matcher, pairs: Iterable[Pair], prepared: Iterable[Prepared]) -> list[Judged]:
    """Judge each pair in full, evidence and all; ``prepared`` are their views, in the same order."""
    judged = []
    for pair, (wanted, view) in zip(pairs, prepared, strict=True):
        match = matcher.judge(wanted, view)
        judged.append(Judged(pair, match.verdict, match.score, match.probability))
    return judged


def differing(matcher: Matcher, prepared: Iterable[Prepared], judged: Iterable[Judged]) -> int:
    """Return how many pairs the fast decision answers otherwise than the full judgement did; where it compared only
    title and author, the verdict counts.
    """
    decisions = (matcher.decide(wanted, view) for wanted, view in prepared)
    return sum(
        decision.verdict is not one.verdict
        or (decision.score is not None and (decision.score, decision.probability) != (one.score, one.probability))
        for decision, one in zip(decisions, judged, strict=True)
    )


def counts_of(judged: Iterable[Judged]) -> Counts:
    """Count the judgements against the labels."""
    return counted((one.accepted, one.pair.same) for one in judged)
