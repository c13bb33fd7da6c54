"""Citations located in a pool of all open records: the row of the table that is about finding as well as judging.

Only the labelled citations count here; `bench.locate_pool` has more of them, and says what was missed. Raises OSError
when the pool's files are not there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bench import locate_pool
from bench.locate_pool import Tally
from bench.matching.tables import Measure, at_least, at_most

__all__ = ["located", "row"]

PRECISION: Final = 0.96
RECALL: Final = 0.90
FALSE_ACCEPTS: Final = 0.025
_LABELLED: Final = "locate_queries"


def located(shared: Path) -> Measure:
    """Locate the labelled citations and return their row."""
    return row(locate_pool.measure(shared, count=0).tallies[_LABELLED])


def row(tally: Tally) -> Measure:
    """Return the row of what was counted."""
    checks = (
        at_least("precision", tally.precision, PRECISION),
        at_least("recall", tally.recall, RECALL),
        at_most("false accepts when not held", tally.false_accepts, FALSE_ACCEPTS, ".1%"),
    )
    beside = (
        f"{tally.asked} asked, {tally.held} held: {tally.right} right, {tally.wrong} wrong, {tally.rejected} rejected, "
        f"{tally.not_found} not found; {tally.false} accepted though not held"
    )
    return Measure("citations located in a pool", checks, beside)
