"""The arithmetic of judgements: precision, recall, F1, rates, calibration, the best threshold.

Pure, and knows neither matcher nor data. An average over nothing is 0. Raises nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Bin", "Counts", "best_threshold", "binned", "calibration_error", "counted", "percentile", "ratio"]

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs were accepted or not, rightly or wrongly.

    ``right`` same and accepted, ``wrong`` not the same but accepted, ``missed`` same but not accepted, ``rejected``
    neither.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    rejected: int = 0

    @property
    def pairs(self) -> int:
        """All pairs counted."""
        return self.right + self.wrong + self.missed + self.rejected

    @property
    def precision(self) -> float:
        """The share of the accepted that are the same."""
        return ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the same that were accepted."""
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about one probability: how many ``pairs``, the mean probability ``told``, the share ``true``."""

    pairs: int
    told: float
    true: float


def ratio(part: float, whole: float) -> float:
    """Return ``part`` / ``whole``, or 0 when there is no whole."""
    return part / whole if whole else 0.0


def counted(answers: Iterable[tuple[bool, bool]]) -> Counts:
    """Count answers, each (accepted, same)."""
    right = wrong = missed = rejected = 0
    for accepted, same in answers:
        right += accepted and same
        wrong += accepted and not same
        missed += same and not accepted
        rejected += not (same or accepted)
    return Counts(right, wrong, missed, rejected)


def binned(answers: Iterable[tuple[float, bool]], bins: int = BINS) -> list[Bin]:
    """Return ``bins`` of equal width over answers, each (probability, same); a probability of 1 is in the last."""
    totals = [[0, 0.0, 0] for _ in range(bins)]
    for probability, same in answers:
        total = totals[min(int(probability * bins), bins - 1)]
        total[0] += 1
        total[1] += probability
        total[2] += same
    return [Bin(int(pairs), ratio(told, pairs), ratio(true, pairs)) for pairs, told, true in totals]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the distance between what was told and what is true in each bin, weighted
    by its pairs (Naeini, Cooper and Hauskrecht, AAAI 2015).
    """
    return ratio(sum(one.pairs * abs(one.told - one.true) for one in bins), sum(one.pairs for one in bins))


def best_threshold(answers: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return (threshold, F1) where accepting every score from the threshold up makes F1 largest; answers are
    (score, same).
    """
    same = sum(one for _, one in answers)
    best = (0.0, 0.0)
    right = 0
    ordered = sorted(answers, key=lambda answer: -answer[0])
    for accepted, (score, is_same) in enumerate(ordered, start=1):
        right += is_same
        tied = accepted < len(ordered) and ordered[accepted][0] == score
        f1 = ratio(2 * right, accepted + same)
        if not tied and f1 > best[1]:
            best = (score, f1)
    return best


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of ``values`` that at least the ``share`` (0 to 1) of them do not exceed; not of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]
