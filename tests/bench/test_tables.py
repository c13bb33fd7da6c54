"""Measures against their bars, and the tables they are printed in."""

from __future__ import annotations

from bench.matching.tables import Measure, at_least, at_most, measures_table, table


def test_bars_are_met_at_their_limit() -> None:
    """A figure equal to its bar meets it, from either side."""
    assert at_least("F1", 0.97, 0.97).met
    assert at_most("", 0.02, 0.02).met
    assert not at_least("F1", 0.9699, 0.97).met
    assert not at_most("", 0.0201, 0.02).met


def test_a_measure_is_met_when_all_its_bars_are() -> None:
    """One figure below its bar makes the whole row missed."""
    precision, recall = at_least("precision", 0.995, 0.99), at_least("recall", 0.9, 0.965)
    assert Measure("citations", (precision,)).met
    assert not Measure("citations", (precision, recall)).met


def test_the_table_says_met_missed_or_not_there() -> None:
    """Each row shows its figure, its bar and the word for it; a row without figures says why."""
    lines = measures_table(
        [
            Measure("fast", (at_least("", 51234.5, 50000, ",.0f"),)),
            Measure("wrong", (at_most("rate", 0.0075, 0.005, ".2%"),)),
            Measure("pool", (), "not written yet"),
        ]
    )
    assert [line.split() for line in lines[1:]] == [
        ["fast", "51,234", ">=", "50,000", "met"],
        ["wrong", "rate", "0.75%", "<=", "0.50%", "missed"],
        ["pool", "-", "not", "there", "not", "written", "yet"],
    ]


def test_a_measure_as_json() -> None:
    """The JSON form keeps the figures as numbers, with their bars."""
    assert Measure("F", (at_least("F1", 0.5, 0.9),), "beside").to_mapping() == {
        "name": "F",
        "figures": [{"name": "F1", "figure": 0.5, "bar": ">= 0.9", "met": False}],
        "beside": "beside",
        "met": False,
    }


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    """Texts stand to the left, figures to the right, under their headings."""
    assert table(("class", "n"), [("a", "1,000"), ("long name", "2")]) == [
        "class          n",
        "a          1,000",
        "long name      2",
    ]
