"""The labelled pairs of hard negatives: the matcher must not fall behind what it has reached."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.matching.judging import Judged, counts_of, judge, prepare
from bench.matching.pairs import CITATIONS, load
from locate.matching import Matcher

FLOORS = {"hathi_hard": (0.965, 0.97), "shared_isbn": (0.87, 0.92), "gpo_hard": (0.85, 0.82)}
"""Precision and recall of the citations of each set, all of them, just below what was measured."""


@pytest.fixture(scope="module")
def answers(shared: Path) -> Sequence[Judged]:
    """Return the judgements on the citations of the hard sets."""
    matcher, corpus = Matcher(), load(shared, list(FLOORS))
    pairs = corpus.select(CITATIONS)
    return judge(matcher, pairs, prepare(matcher, corpus, pairs))


@pytest.mark.shared
@pytest.mark.parametrize("name", FLOORS)
def test_labelled_pairs_stay_above_the_floor(answers: Sequence[Judged], name: str) -> None:
    """Precision and recall of the citations stay above a floor set just below the measured figures."""
    counts = counts_of(one for one in answers if one.pair.dataset == name)
    precision, recall = FLOORS[name]
    assert counts.precision >= precision
    assert counts.recall >= recall
