"""Learn the points of every feature from labelled pairs: logistic regression, drawn towards points set by hand.

A feature that the pairs hardly show keeps the points set by hand. What is silent is worth nothing. Small sets count
more than their size, so that no large one decides alone. The same pairs and seed give the same points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import numpy as np
from sklearn.isotonic import IsotonicRegression

from bench.matching.judging import prepare
from bench.matching.pairs import CITATIONS, Corpus, Pair
from bench.matching.priors import PRIORS
from locate.matching import Matcher, MatchVerdict
from locate.matching.comparisons import COMPARISONS, FEATURES, find
from locate.matching.evidence import Agreement
from locate.matching.verdict import decide
from locate.matching.weights import VETOES, Scale

__all__ = ["Fit", "Sample", "fitted", "sample"]

POINTS_PER_NAT: Final = 10
COUNTS_AS: Final = {"goldfinch_val": 1.0, "hathi_hard": 1.0, "gpo_hard": 1.75, "shared_isbn": 4.0}
STRENGTH: Final = 2.0
FOLDS: Final = 5
PRECISION: Final = 0.99
DOUBT: Final = 0.2
KNOTS: Final = 24
_RISE: Final = 0.03
_SIGNS: Final = {Agreement.AGREE: 1, Agreement.DISAGREE: -1, Agreement.SILENT: 0}
_SILENT: Final = frozenset(name for name, feature in FEATURES.items() if feature.agreement is Agreement.SILENT)
_LEARNT: Final = tuple(name for name in FEATURES if name not in _SILENT)
_TITLES: Final = frozenset(COMPARISONS[0].features) - _SILENT
"""Every pair with titles has one of these; they carry the threshold, so that zero is the score to reach."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The pairs of one kind with their features, as a table of 0 and 1 in the order of `_LEARNT`."""

    pairs: Sequence[Pair]
    found: Sequence[list[str]]
    table: Any
    same: Any
    weight: Any


@dataclass(frozen=True, slots=True)
class Fit:
    """A scale, how often each feature was found in true and in false pairs, and each pair's score: in the sample, and
    by points learnt without its fold.
    """

    scale: Scale
    same: Mapping[str, int]
    other: Mapping[str, int]
    scores: Any
    held_out: Any


def sample(corpus: Corpus, kind: str) -> Sample:
    """Return the pairs of one kind with their features."""
    matcher = Matcher()
    pairs = corpus.select(kind)
    found = [find(*views) for views in prepare(matcher, corpus, pairs)]
    column = {name: at for at, name in enumerate(_LEARNT)}
    table = np.zeros((len(pairs), len(_LEARNT)))
    for row, features in enumerate(found):
        for name in features:
            if name in column:
                table[row, column[name]] = 1
    same = np.array([pair.same for pair in pairs], dtype=float)
    weight = np.array([COUNTS_AS[pair.dataset] for pair in pairs])
    return Sample(pairs, found, table, same, weight)


def fitted(given: Sample, kind: str, seed: int) -> Fit:
    """Learn the points, cross-validate, choose the thresholds and the knots."""
    prior = np.array([PRIORS.get(name, 0) / POINTS_PER_NAT for name in _LEARNT])
    everything = np.ones(len(given.pairs), dtype=bool)
    points, base = rounded(*learn(given, everything, prior))
    held_out = np.zeros(len(given.pairs))
    fold_of = folds(given.pairs, seed)
    for fold in range(FOLDS):
        inside = fold_of != fold
        part, part_base = rounded(*learn(given, inside, prior))
        held_out[~inside] = given.table[~inside] @ part + part_base - base
    scores = given.table @ points
    accept = threshold(given, scores, kind)
    doubt = min(-1, round(POINTS_PER_NAT * float(np.log(DOUBT / (1 - DOUBT))) - base - accept))
    points = points - accept * np.array([name in _TITLES for name in _LEARNT])
    scores, held_out = scores - accept, held_out - accept
    by_name = dict.fromkeys(FEATURES, 0) | {name: int(value) for name, value in zip(_LEARNT, points, strict=True)}
    scale = Scale(by_name, 0, doubt, knots(held_out, given.same))
    same: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for pair, features in zip(given.pairs, given.found, strict=True):
        (same if pair.same else other).update(features)
    return Fit(scale, same, other, scores, held_out)


def learn(given: Sample, inside: Any, prior: Any) -> tuple[Any, float]:
    """Return the coefficients (nats) and the intercept.

    What agrees must not speak against, nor the reverse: a feature that comes out so is worth nothing, and the rest is
    learnt again without it. Titles are left as they come out, for each pair has exactly one of their features.
    """
    sign = np.array([_SIGNS[FEATURES[name].agreement] * (name not in _TITLES) for name in _LEARNT])
    used = np.ones(len(_LEARNT), dtype=bool)
    while True:
        beta = np.zeros(len(_LEARNT))
        beta[used], intercept = regression(given, inside, prior, used)
        wrong = used & (beta * sign < 0)
        if not wrong.any():
            return beta, intercept
        used &= ~wrong


def regression(given: Sample, inside: Any, prior: Any, used: Any) -> tuple[Any, float]:
    """Return the coefficients of the features ``used`` and the intercept, by Newton's method."""
    table = np.hstack([given.table[inside][:, used], np.ones((int(inside.sum()), 1))])
    same, weight = given.same[inside], given.weight[inside]
    centre = np.append(prior[used], 0.0)
    pull = np.append(np.full(int(used.sum()), STRENGTH), 1e-6)
    beta = centre.copy()
    for _step in range(30):
        chance = 1 / (1 + np.exp(-(table @ beta)))
        slope = table.T @ (weight * (same - chance)) - pull * (beta - centre)
        curve = (table.T * (weight * chance * (1 - chance))) @ table + np.diag(pull)
        change = np.linalg.solve(curve, slope)
        beta += change * min(1.0, 5 / np.abs(change).max())
        if np.abs(change).max() < 1e-6:
            break
    return beta[:-1], float(beta[-1])


def rounded(coefficients: Any, intercept: float) -> tuple[Any, int]:
    """Return whole points, and the points that every pair has before anything is compared."""
    return np.rint(coefficients * POINTS_PER_NAT), round(intercept * POINTS_PER_NAT)


def folds(pairs: Sequence[Pair], seed: int) -> Any:
    """Return each pair's fold; pairs with one candidate are in one fold."""
    random = Random(seed)
    fold_of = {name: random.randrange(FOLDS) for name in sorted({pair.candidate for pair in pairs})}
    return np.array([fold_of[pair.candidate] for pair in pairs])


def threshold(given: Sample, scores: Any, kind: str) -> int:
    """Return the lowest score from which goldfinch pairs are right in 99 of 100 cases (citations), or F1 is best."""
    accepted = [decide(found, 10**6, _OPEN, VETOES) is MatchVerdict.SAME for found in given.found]
    best, best_f1 = 0, 0.0
    for score in range(int(scores.max()), int(scores.min()), -1):
        right = wrong = missed = 0.0
        for pair, value, free in zip(given.pairs, scores, accepted, strict=True):
            if pair.dataset != "goldfinch_val" or not pair.decidable:
                continue
            taken = free and value >= score
            right += taken and pair.same
            wrong += taken and not pair.same
            missed += pair.same and not taken
        f1 = 2 * right / max(1.0, 2 * right + wrong + missed)
        if kind == CITATIONS and right + wrong and right / (right + wrong) < PRECISION and right > missed:
            break
        if f1 >= best_f1:
            best, best_f1 = score, f1
    return best


_OPEN: Final = Scale({}, 0, 0, ((0, 0.0),))


def knots(scores: Any, same: Any) -> tuple[tuple[int, float], ...]:
    """Return scores with the share of true pairs about them, rising."""
    rising = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(scores, same)
    at = np.unique(np.rint(np.quantile(scores, np.linspace(0, 1, KNOTS * 4))).astype(int))
    smooth = {int(score): float(np.mean(rising.predict(np.arange(score - 3, score + 4)))) for score in at}
    kept: list[tuple[int, float]] = []
    before: tuple[int, float] | None = None
    for score, share in sorted(smooth.items()):
        knot = (score, round(max(share, kept[-1][1] if kept else 0.0), 3))
        if not kept or knot[1] - kept[-1][1] >= _RISE or score == max(smooth):
            if before is not None and before != kept[-1]:
                kept.append((before[0], max(before[1], kept[-1][1])))
            kept.append(knot)
        before = knot
    return tuple(kept)
