"""The table of a benchmark: bars are judged by the figures, and ratios are those of the medians shown."""

from __future__ import annotations

import pytest

from bench.table import OURS, PERL, ZOOM_C, Bar, Row, at_least, at_most, below, lines


def row(ours: list[float], theirs: list[float] | None = None, *bars: Bar) -> Row:
    """Return a row with ours, and theirs for ZOOM C when given."""
    return Row("work", "us", bars, {OURS: ours} | ({ZOOM_C: theirs} if theirs else {}))


@pytest.mark.parametrize(
    ("bar", "ours", "meets"),
    [
        (at_most(100), 100, True),
        (at_most(100), 100.1, False),
        (at_least(5), 5, True),
        (at_least(5), 4.9, False),
        (below(1), 1, False),
        (below(1), 0.99, True),
    ],
)
def test_a_bar_is_compared_with_the_figure(bar: Bar, ours: float, meets: bool) -> None:  # noqa: FBT001 - a table's cell
    """At most and at least include the limit, below does not."""
    assert row([ours]).meets(bar) is meets


def test_a_ratio_is_that_of_the_medians() -> None:
    """One round that went wrong moves neither median, nor the ratio."""
    found = row([10, 40, 11], [5, 5.5, 20])
    assert found.ratio(ZOOM_C) == 2
    assert found.meets(at_most(2, ZOOM_C))
    assert not found.meets(at_most(1.9, ZOOM_C))


def test_a_bar_against_nobody_is_missed() -> None:
    """A bar that compares with a client that did not run is not met."""
    assert not row([1]).meets(at_most(9, PERL))
    assert row([1]).ratio(PERL) is None


def test_a_line_shows_medians_ratios_bars_and_verdicts() -> None:
    """Each bar has its verdict, in the same order; what a client does not do is a dash."""
    heading, line = lines([row([1234, 1300, 1200], [50.5] * 3, at_most(2000), at_most(15, ZOOM_C))])
    assert " ".join(heading.split()) == "work ours ZOOM C Perl ZOOM unit / ZOOM C / Perl ZOOM bar"
    assert " ".join(line.split()) == "work 1,234 50.5 - us 24.4 - <= 2000, <= 15 x ZOOM C meets, misses"


def test_the_mapping_holds_every_figure() -> None:
    """JSON has the figures of each round beside what is computed from them."""
    mapping = row([2, 4], [1, 1], at_most(3, ZOOM_C)).to_mapping()
    assert mapping["figures"] == {OURS: [2, 4], ZOOM_C: [1, 1]}
    assert mapping["medians"] == {OURS: 3, ZOOM_C: 1}
    assert mapping["ratios"] == {ZOOM_C: 3}
    assert mapping["bars"] == [{"bar": "<= 3 x ZOOM C", "meets": True}]
