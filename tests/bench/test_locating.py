"""The row of citations located in a pool."""

from __future__ import annotations

from bench.locate_pool import Tally
from bench.matching.locating import row


def test_all_three_bars_must_be_met() -> None:
    """Precision and recall may be high enough and the row still missed, by what was accepted though not held."""
    good = Tally(asked=200, held=100, right=95, false=2)
    assert row(good).met
    found = row(Tally(asked=200, held=100, right=95, wrong=0, false=3, not_found=4, rejected=1))
    assert [check.met for check in found.checks] == [True, True, False]
    assert found.beside == "200 asked, 100 held: 95 right, 0 wrong, 1 rejected, 4 not found; 3 accepted though not held"
