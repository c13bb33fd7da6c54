"""How speed is measured; never how fast it is."""

from __future__ import annotations

import pytest

from bench.matching.speed import answer_ms, asked_for, pairs_per_second
from locate.matching import Matcher
from tests.bench.build import COTTON, GEOLOGY, OTHER_COTTON
from tests.records.build import record


def test_pairs_a_second_are_those_of_the_median_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three rounds of 1, 9 and 2 seconds over 100 pairs, the round of 2 seconds counts."""
    ticks = iter([0.0, 1.0, 10.0, 19.0, 20.0, 22.0])
    monkeypatch.setattr("bench.matching.speed.time.process_time", lambda: next(ticks))
    assert pairs_per_second(lambda: None, 100, rounds=3) == 50


def test_what_is_asked_for_comes_from_the_record() -> None:
    """The citation carries the record's title, first name and earliest year."""
    cited = asked_for(record(*COTTON))
    assert (cited.title, cited.author, cited.year) == ("The world's cotton crops", "Todd, John A.", 2001)


def test_each_draw_is_one_answer() -> None:
    """As many times are measured as draws were asked for, also of fewer records than candidates."""
    records = [record(*fields) for fields in (COTTON, OTHER_COTTON, GEOLOGY)]
    times = answer_ms(Matcher(), records, 4)
    assert len(times) == 4
    assert all(clock > 0 and cpu >= 0 for clock, cpu in times)
