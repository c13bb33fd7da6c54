"""The arithmetic of judgements."""

from __future__ import annotations

import pytest

from bench.matching.figures import Counts, best_threshold, binned, calibration_error, counted, percentile


def test_counts_of_answers() -> None:
    """Each answer falls into one of four counts, from which precision, recall and F1 follow."""
    counts = counted([(True, True), (True, True), (True, False), (False, True), (False, False), (False, False)])
    assert counts == Counts(right=2, wrong=1, missed=1, rejected=2)
    assert counts.pairs == 6
    assert counts.precision == counts.recall == counts.f1 == pytest.approx(2 / 3)


def test_nothing_counted_is_zero() -> None:
    """A share of nothing is 0, not an error."""
    counts = counted([])
    assert (counts.precision, counts.recall, counts.f1) == (0, 0, 0)


def test_calibration_error_weighs_bins_by_their_count() -> None:
    """Three answers at 0.95 of which two are true, one at 0.05 that is not: (3 x 0.2833 + 1 x 0.05) / 4."""
    answers = [(0.95, True), (0.95, True), (0.95, False), (0.05, False)]
    assert calibration_error(binned(answers)) == pytest.approx((3 * (0.95 - 2 / 3) + 0.05) / 4)


def test_certainty_falls_into_the_last_bin() -> None:
    """A probability of exactly 1 has a bin, and costs nothing when it is right."""
    assert calibration_error(binned([(1.0, True), (0.0, False)])) == 0
    assert calibration_error(binned([])) == 0


def test_best_threshold_takes_tied_scores_together() -> None:
    """Scores that are equal are accepted together, so a threshold never splits them."""
    assert best_threshold([(0.9, True), (0.5, True), (0.5, False), (0.1, False)]) == (0.5, 0.8)
    assert best_threshold([(0.5, True), (0.5, False)]) == (0.5, 2 / 3)
    assert best_threshold([]) == (0, 0)


def test_percentile_is_a_value_that_was_measured() -> None:
    """The 99th percentile of 100 values is the 99th of them, of one value that value."""
    assert percentile([float(value) for value in range(100, 0, -1)], 0.99) == 99
    assert percentile([3.0], 0.99) == 3
