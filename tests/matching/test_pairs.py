"""The labelled pairs of hard negatives: the matcher must not fall behind what it has reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.matching_pairs import Tally, load_raw, measure, read_pairs
from locate.matching import Matcher


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("hathi_hard", 0.96, 0.87), ("shared_isbn", 0.75, 0.80), ("gpo_hard", 0.47, 0.72)]
)
def test_labelled_pairs_stay_above_the_floor(shared: Path, name: str, precision: float, recall: float) -> None:
    """Precision and recall of the citations stay above a floor set just below the measured figures."""
    pairs = read_pairs(shared / "data" / "pairs" / f"{name}_citation.jsonl", None)
    raws = load_raw(shared / "data" / "records", {pair["b"] for pair in pairs})
    tally = Tally()
    list(measure(Matcher(), [pair for pair in pairs if pair["b"] in raws], raws, tally))
    assert tally.right / (tally.right + tally.wrong) >= precision
    assert tally.right / (tally.right + tally.missed) >= recall
