"""Which pairs each measure is taken over."""

from __future__ import annotations

import pytest

from bench.matching.accuracy import (
    calibration_table,
    class_rows,
    class_table,
    confusion_rows,
    confusion_table,
    fixture_errors,
    measures,
)
from bench.matching.judging import Judged
from bench.matching.pairs import CITATIONS, FIXTURES, RECORDS
from bench.matching.tables import Measure
from locate.citation import Citation
from locate.matching import MatchVerdict
from tests.bench.build import judged

CITATION = Citation(title="Cotton")
OTHER = MatchVerdict.OTHER_EDITION


def _row(judgements: list[Judged], name: str) -> Measure:
    return next(row for row in measures(judgements) if row.name == name)


def _figure(judgements: list[Judged], name: str) -> float:
    return _row(judgements, name).checks[0].figure


def test_only_same_is_accepted() -> None:
    """Every verdict but `same` counts as not accepted."""
    assert [one for one in MatchVerdict if judged(one).accepted] == [MatchVerdict.SAME]


def test_records_and_citations_have_rows_of_their_own() -> None:
    """A wrong citation lowers no figure of the records, and a set that was not judged has no row."""
    judgements = [judged(), judged(OTHER, wanted=CITATION)]
    assert _figure(judgements, "record to record: gpo_hard") == 1
    assert _figure(judgements, "citations, decidable: gpo_hard") == 0
    assert not any("hathi_hard" in row.name for row in measures(judgements))


def test_undecidable_pairs_count_only_beside() -> None:
    """F1 of citations leaves out what no field decides; the figure of all pairs stands beside it."""
    judgements = [judged(wanted=CITATION), judged(wanted=CITATION, same=False, decidable=())]
    row = _row(judgements, "citations, decidable: gpo_hard")
    assert row.checks[0].figure == 1
    assert row.beside.endswith("F1 of all 2 pairs 0.6667")


def test_the_first_set_of_citations_has_two_bars() -> None:
    """Precision is asked for at a recall, so both are held against a bar."""
    row = _row([judged(wanted=CITATION, dataset="goldfinch_val")], "citations, decidable: goldfinch_val")
    assert [(check.name, check.bar) for check in row.checks] == [("precision", ">= 0.99"), ("recall", ">= 0.965")]


@pytest.mark.parametrize(
    ("why", "decidable", "counts"),
    [
        ("776 linked: e/p (same content, other carrier)", ("format", "year"), True),
        ("776 linked: e/p (same content, other carrier)", ("year",), False),
        ("same title, other part (245 $n/$p)", ("volume",), True),
        ("same title, other part (245 $n/$p)", ("title",), True),
        ("same title, other part (245 $n/$p)", ("format",), False),
        ("same title+author, other year", ("year",), False),
    ],
)
def test_a_stated_carrier_or_part(why: str, decidable: tuple[str, ...], *, counts: bool) -> None:
    """A false accept counts here when the pair is of another carrier or part and the citation names it."""
    judgements = [judged(wanted=CITATION, same=False, why=why, decidable=decidable)]
    row = _row(judgements, "false accepts, carrier or part stated")
    assert [check.figure for check in row.checks] == ([1] if counts else [])


def test_what_nothing_decides_should_be_insufficient() -> None:
    """Of the negatives that no field decides, the share answered `insufficient` is the figure."""
    verdicts = [MatchVerdict.INSUFFICIENT, MatchVerdict.INSUFFICIENT, MatchVerdict.SAME, OTHER]
    judgements = [judged(verdict, wanted=CITATION, same=False, decidable=()) for verdict in verdicts]
    judgements += [judged(OTHER, wanted=CITATION, same=False, decidable=("year",))]
    row = _row(judgements, 'undecidable, answered "insufficient"')
    assert row.checks[0].figure == pytest.approx(0.5)
    assert row.beside == "insufficient 2, same 1, other_edition 1"


def test_calibration_apart_and_together() -> None:
    """Errors of either kind show in their own row, and by their count in the row of all."""
    judgements = [judged(probability=1.0), judged(probability=0.0, wanted=CITATION)]
    assert _figure(judgements, "calibration error: records") == 0
    assert _figure(judgements, "calibration error: citations") == 1
    assert _figure(judgements, "calibration error: all pairs") == pytest.approx(0.5)


def test_each_bin_shows_what_was_told_and_what_is_true() -> None:
    """Two pairs told 0.95 of which one is the same stand in the last line, under all and under records."""
    lines = calibration_table([judged(probability=0.95), judged(same=False, probability=0.95)])
    assert lines[-1].split() == ["from", "0.9", "0.950", "0.500", "2", "0.950", "0.500", "2", "-", "-", "-"]
    assert len(lines) == 11


def test_fixtures_count_in_no_other_row() -> None:
    """The fixtures must be agreed with one by one, and change neither classes nor calibration."""
    wrong = judged(OTHER, dataset=FIXTURES, probability=0.0)
    judgements = [judged(), judged(dataset=FIXTURES), wrong]
    row = _row(judgements, "Melinda fixtures agreed with")
    assert (row.checks[0].figure, row.checks[0].limit) == (1, 2)
    assert fixture_errors(judgements) == [wrong]
    assert _figure(judgements, "calibration error: all pairs") == 0
    assert sum(one[RECORDS]["pairs"] for one in class_rows(judgements)) == 1


def test_classes_count_false_accepts_or_false_rejects() -> None:
    """Negatives come first, and what a citation cannot decide stands in a column of its own."""
    judgements = [
        judged(OTHER, why="same cluster"),
        judged(why="same cluster", wanted=CITATION),
        judged(same=False, why="other year (reprint)", wanted=CITATION, decidable=()),
    ]
    negative, positive = class_rows(judgements)
    assert (negative["class"], negative["undecidable citations"]) == ("other year", {"pairs": 1, "wrong": 1})
    assert (positive[RECORDS], positive[CITATIONS]) == ({"pairs": 1, "wrong": 1}, {"pairs": 1, "wrong": 0})
    shown = class_table(judgements)[1].split()
    assert shown == ["other", "year", "false", "accepts", "-", "-", "-", "-", "1", "100.00%", "1"]


def test_verdicts_by_class() -> None:
    """Each verdict given to a class is counted, for records and citations apart."""
    judgements = [judged(OTHER, same=False, why="other year"), judged(same=False, why="other year", wanted=CITATION)]
    assert [(row["kind"], row["verdicts"]) for row in confusion_rows(judgements)] == [
        (RECORDS, {"other_edition": 1}),
        (CITATIONS, {"same": 1}),
    ]
    heading, line = confusion_table(judgements, CITATIONS)
    assert line.split()[3 + heading.split()[3:].index("same")] == "1"
