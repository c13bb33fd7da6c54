"""How right the judgements are: the measures with their bars, the classes of pairs, the verdicts in each class.

Decides which pairs a measure is taken over. Knows nothing of how they were judged. Raises nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from bench.matching.figures import BINS, Bin, binned, calibration_error, ratio
from bench.matching.judging import Judged, counts_of
from bench.matching.pairs import CITATIONS, FIXTURES, RECORDS, SETS
from bench.matching.tables import Measure, at_least, at_most, table
from locate.matching import MatchVerdict

__all__ = [
    "calibration_bins",
    "calibration_table",
    "class_rows",
    "class_table",
    "confusion_rows",
    "confusion_table",
    "fixture_errors",
    "measures",
]

RECORD_F1: Final = {"goldfinch_val": 0.985, "hathi_hard": 0.97, "gpo_hard": 0.96, "shared_isbn": 0.96}
CITATION_F1: Final = {"hathi_hard": 0.97, "gpo_hard": 0.87, "shared_isbn": 0.90}
CITATION_PRECISION: Final = 0.99
CITATION_RECALL: Final = 0.965
FALSE_ACCEPTS: Final = 0.005
INSUFFICIENT: Final = 0.90
CALIBRATION: Final = 0.02

_STATED: Final = "false accepts, carrier or part stated"
_OPEN: Final = 'undecidable, answered "insufficient"'
_NO_PAIR: Final = "no such pair in these sets"
_UNDECIDABLE: Final = "undecidable citations"
_COLUMNS: Final = (RECORDS, CITATIONS, _UNDECIDABLE)
_NAMING: Final = (("other carrier", frozenset({"format"})), ("other part", frozenset({"volume", "title"})))
"""What stands in ``why`` of a pair of another carrier or part, and the fields of a citation that name either."""


def measures(judged: Sequence[Judged]) -> list[Measure]:
    """Return the rows of the table that come from the labelled pairs; a set that was not judged has none."""
    there = [one for one in judged if one.pair.dataset != FIXTURES]
    datasets = [name for name in SETS if any(one.pair.dataset == name for one in there)]
    rows = [_record_f1(there, name) for name in datasets]
    rows += [_citations(there, name) for name in datasets]
    rows += [_stated(there), _undecidable(there), *_calibrations(there)]
    fixtures = [one for one in judged if one.pair.dataset == FIXTURES]
    return [*rows, _fixtures(fixtures)] if fixtures else rows


def _of(judged: Iterable[Judged], kind: str, dataset: str) -> list[Judged]:
    return [one for one in judged if one.pair.kind == kind and one.pair.dataset == dataset]


def _record_f1(judged: Sequence[Judged], dataset: str) -> Measure:
    counts = counts_of(_of(judged, RECORDS, dataset))
    beside = f"precision {counts.precision:.4f}, recall {counts.recall:.4f}, {counts.pairs:,} pairs"
    return Measure(f"record to record: {dataset}", (at_least("F1", counts.f1, RECORD_F1[dataset]),), beside)


def _citations(judged: Sequence[Judged], dataset: str) -> Measure:
    every = _of(judged, CITATIONS, dataset)
    counts = counts_of(one for one in every if one.pair.decidable)
    name, all_pairs = f"citations, decidable: {dataset}", f"F1 of all {len(every):,} pairs {counts_of(every).f1:.4f}"
    if dataset not in CITATION_F1:
        checks = (
            at_least("precision", counts.precision, CITATION_PRECISION),
            at_least("recall", counts.recall, CITATION_RECALL),
        )
        return Measure(name, checks, f"F1 {counts.f1:.4f}; {all_pairs}")
    beside = f"precision {counts.precision:.4f}, recall {counts.recall:.4f}; {all_pairs}"
    return Measure(name, (at_least("F1", counts.f1, CITATION_F1[dataset]),), beside)


def _stated(judged: Sequence[Judged]) -> Measure:
    """Return the false accepts among negatives of another carrier or part that the citation names."""
    found = [
        (words, one)
        for one in judged
        for words, fields in _NAMING
        if not one.pair.same and words in one.pair.why and _named(one, fields)
    ]
    if not found:
        return Measure(_STATED, beside=_NO_PAIR)
    wrong = [(words, one) for words, one in found if one.accepted]
    each = ", ".join(
        f"{words} {_count(wrong, words)} of {_count(found, words)}" for words, _ in _NAMING if _count(found, words)
    )
    check = at_most("", ratio(len(wrong), len(found)), FALSE_ACCEPTS, ".2%")
    return Measure(_STATED, (check,), each)


def _named(one: Judged, fields: frozenset[str]) -> bool:
    return one.pair.kind == CITATIONS and not fields.isdisjoint(one.pair.decidable)


def _count(found: Iterable[tuple[str, Judged]], words: str) -> int:
    return sum(name == words for name, _ in found)


def _undecidable(judged: Sequence[Judged]) -> Measure:
    """Return how many of the negatives that no field decides are answered so."""
    found = Counter(one.verdict.value for one in judged if not (one.pair.same or one.pair.decidable))
    if not found:
        return Measure(_OPEN, beside=_NO_PAIR)
    share = ratio(found[MatchVerdict.INSUFFICIENT], found.total())
    beside = ", ".join(f"{verdict} {count}" for verdict, count in found.most_common())
    return Measure(_OPEN, (at_least("", share, INSUFFICIENT, ".1%"),), beside)


def _calibrations(judged: Sequence[Judged]) -> list[Measure]:
    return [
        Measure(
            f"calibration error: {name}",
            (at_most("", calibration_error(bins), CALIBRATION),),
            f"{sum(one.pairs for one in bins):,} pairs, {len(bins)} bins",
        )
        for name, bins in calibration_bins(judged).items()
    ]


def calibration_bins(judged: Iterable[Judged]) -> dict[str, list[Bin]]:
    """Return the bins of probability of all pairs but the fixtures, and of records and citations apart."""
    there = [one for one in judged if one.pair.dataset != FIXTURES]
    kinds = {"all pairs": there}
    kinds |= {kind: [one for one in there if one.pair.kind == kind] for kind in (RECORDS, CITATIONS)}
    return {name: binned((one.probability, one.pair.same) for one in ones) for name, ones in kinds.items()}


def calibration_table(judged: Iterable[Judged]) -> list[str]:
    """Return, for each bin of probability, the mean told, the share that is the same, and the pairs."""
    kinds = calibration_bins(judged)
    heading = ("probability", *(text for name in kinds for text in (f"told, {name}", "true", "pairs")))
    rows = [
        (f"from {number / BINS:.1f}", *(text for one in row for text in _bin(one)))
        for number, row in enumerate(zip(*kinds.values(), strict=True))
    ]
    return table(heading, rows)


def _bin(one: Bin) -> tuple[str, str, str]:
    return (f"{one.told:.3f}", f"{one.true:.3f}", f"{one.pairs:,}") if one.pairs else ("-", "-", "-")


def _fixtures(judged: Sequence[Judged]) -> Measure:
    right = len(judged) - len(fixture_errors(judged))
    return Measure("Melinda fixtures agreed with", (at_least("", right, len(judged), ".0f"),))


def fixture_errors(judged: Iterable[Judged]) -> list[Judged]:
    """Return the fixtures that are not agreed with."""
    return [one for one in judged if one.pair.dataset == FIXTURES and one.accepted != one.pair.same]


def class_rows(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Return, for each class of pairs, its label, and for each column its pairs and how many were judged wrongly."""
    rows = []
    for (same, reason), ones in _by_class(judged).items():
        row: dict[str, Any] = {"class": reason, "same": same}
        for column in _COLUMNS:
            chosen = [one for one in ones if _column(one) == column]
            row[column] = {"pairs": len(chosen), "wrong": sum(one.accepted != same for one in chosen)}
        rows.append(row)
    return rows


def _column(one: Judged) -> str:
    return one.pair.kind if one.pair.decidable else _UNDECIDABLE


def _by_class(judged: Iterable[Judged]) -> dict[tuple[bool, str], list[Judged]]:
    """Group by label and class, the negatives first, the larger classes first."""
    grouped = defaultdict(list)
    for one in judged:
        if one.pair.dataset != FIXTURES:
            grouped[one.pair.same, one.pair.reason].append(one)
    return dict(sorted(grouped.items(), key=lambda item: (item[0][0], -len(item[1]))))


def class_table(judged: Iterable[Judged]) -> list[str]:
    """Return the false accepts of each class of negatives and the false rejects of each class of positives."""
    rows = [
        (
            row["class"],
            "false rejects" if row["same"] else "false accepts",
            *(text for column in _COLUMNS for text in _share(row[column])),
        )
        for row in class_rows(judged)
    ]
    heading = ("class", "counted", *(text for column in _COLUMNS for text in (column, "of")))
    return table(heading, rows, texts=2)


def _share(cell: dict[str, int]) -> tuple[str, str]:
    if not cell["pairs"]:
        return "-", "-"
    return f"{cell['wrong']:,} {cell['wrong'] / cell['pairs']:7.2%}", f"{cell['pairs']:,}"


def confusion_rows(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Return how often each verdict was given to the pairs of each class, records and citations apart."""
    return [
        {"class": reason, "same": same, "kind": kind, "verdicts": dict(given)}
        for kind in (RECORDS, CITATIONS)
        for (same, reason), ones in _by_class(judged).items()
        if (given := Counter(one.verdict.value for one in ones if one.pair.kind == kind))
    ]


def confusion_table(judged: Iterable[Judged], kind: str) -> list[str]:
    """Return `confusion_rows` of one kind as lines."""
    verdicts = [verdict.value for verdict in MatchVerdict]
    rows = [
        (row["class"], "same" if row["same"] else "not", *(f"{row['verdicts'].get(name, 0):,}" for name in verdicts))
        for row in confusion_rows(judged)
        if row["kind"] == kind
    ]
    return table((f"verdicts, {kind}", "label", *verdicts), rows, texts=2)
