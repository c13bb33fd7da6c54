"""Measure the matcher on labelled pairs against its bars, by class and by verdict, and beside other matchers.

``python -m bench.matching --shared DIR [--sets gpo_hard] [--no-peers] [--no-pool]
[--errors N --class WORDS] [--json FILE]``
"""

from __future__ import annotations

import argparse
import gc
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench.matching import accuracy
from bench.matching.explaining import error_lines
from bench.matching.judging import Judged, Prepared, differing, judge, prepare
from bench.matching.locating import located
from bench.matching.pairs import CITATIONS, FIXTURES, RECORDS, Corpus, load, read_records
from bench.matching.peers.beside import Standing, ours, run as run_peers, standings_table
from bench.matching.speed import decided, ranked
from bench.matching.tables import Measure, at_most, measures_table
from locate.matching import Matcher

__all__ = ["add_options", "run"]

SPEED_SET: Final = "goldfinch_val"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add this subcommand's own options."""
    parser.add_argument("--no-peers", action="store_true", help="leave the other matchers out")
    parser.add_argument("--no-pool", action="store_true", help="locate no citations in the pool of all records")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N errors of each set and kind")
    parser.add_argument("--class", dest="words", default="", metavar="WORDS", help="only errors of classes with WORDS")


def run(options: argparse.Namespace) -> int:
    """Measure and print; return 0 whatever the figures, since a missed bar is a figure too."""
    matcher = Matcher()
    corpus = load(options.shared, options.sets)
    prepared = prepare(matcher, corpus, corpus.pairs)
    judged = judge(matcher, corpus.pairs, prepared)
    gc.freeze()  # what is loaded by now must not be walked while the clock runs
    if options.errors:
        print("\n".join(error_lines(matcher, corpus, judged, options.errors, options.words)), end="\n\n")
    datasets = [name for name in options.sets if name != FIXTURES]
    others, missing = ([], []) if options.no_peers else run_peers(corpus, datasets)
    standings = [ours(judged, datasets), *others]
    rows = [
        *accuracy.measures(judged),
        *([] if options.no_pool else [located(options.shared)]),
        *_speeds(matcher, corpus, prepared, judged, others),
        *ranked(matcher, list(corpus.records.values()), list(read_records(_marc8(options.shared)))),
    ]
    print(f"{len(corpus.pairs):,} pairs of {len(corpus.records):,} records; {corpus.set_aside} set aside: no record\n")
    print("\n".join(_lines(rows, judged, standings, missing)))
    if options.json:
        options.json.write_text(json.dumps(_figures(rows, judged, standings, missing), indent=1), encoding="utf-8")
    return 0


def _marc8(shared: Path) -> Path:
    return shared / "data" / "charset" / "marc8.mrc"


def _speeds(
    matcher: Matcher, corpus: Corpus, prepared: Sequence[Prepared], judged: Sequence[Judged], others: Sequence[Standing]
) -> list[Measure]:
    """Return how fast prepared pairs are decided, and whether the fast decision is the explained one."""
    pairs = zip(corpus.pairs, prepared, strict=True)
    chosen = [views for pair, views in pairs if (pair.dataset, pair.kind) == (SPEED_SET, RECORDS)]
    speeds = "; ".join(f"{one.method} {one.pairs_per_second:,.0f}" for one in others)
    check = at_most("", differing(matcher, prepared, judged), 0, ".0f")
    agree = Measure("decisions unlike the explained answer", (check,), f"{len(prepared):,} pairs")
    return [decided(matcher, chosen, speeds), agree] if chosen else [agree]


def _lines(
    rows: Sequence[Measure], judged: Sequence[Judged], standings: Sequence[Standing], missing: Sequence[str]
) -> list[str]:
    errors = [
        f"  {one.pair.wanted} {one.pair.candidate}: label {int(one.pair.same)}, {one.verdict} ({one.pair.why})"
        for one in accuracy.fixture_errors(judged)
    ]
    tables = [
        measures_table(rows),
        accuracy.class_table(judged),
        *(accuracy.confusion_table(judged, kind) for kind in (RECORDS, CITATIONS)),
        accuracy.calibration_table(judged),
        *(standings_table(standings, kind) for kind in (RECORDS, CITATIONS)),
        missing,
        ["Melinda fixtures not agreed with:", *errors] if errors else [],
    ]
    return [line for lines in tables if lines for line in (*lines, "")]


def _figures(
    rows: Sequence[Measure], judged: Sequence[Judged], standings: Sequence[Standing], missing: Sequence[str]
) -> dict[str, object]:
    """Return everything measured as JSON-ready values."""
    return {
        "measures": [row.to_mapping() for row in rows],
        "classes": accuracy.class_rows(judged),
        "verdicts": accuracy.confusion_rows(judged),
        "calibration": {
            name: [asdict(one) for one in bins] for name, bins in accuracy.calibration_bins(judged).items()
        },
        "matchers": [asdict(standing) for standing in standings],
        "not_installed": list(missing),
        "fixtures_not_agreed_with": [
            {"a": one.pair.wanted, "b": one.pair.candidate, "verdict": one.verdict, "why": one.pair.why}
            for one in accuracy.fixture_errors(judged)
        ],
    }
