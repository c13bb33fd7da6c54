"""Measure the matcher on labelled pairs of a citation and a record: precision, recall, F1 and speed per set.

``python -m bench.matching_pairs --shared DIR [--sets hathi_hard,gpo_hard] [--limit N] [--errors N]``

A pair of label 1 should be judged ``same``; of label 0 anything else. Pairs that no field of the citation decides
are counted like all others, and apart ("decidable"): there the right answer is ``insufficient``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from locate.citation import Citation
from locate.errors import RecordError
from locate.matching import Match, Matcher, MatchVerdict
from locate.matching.matcher import Weights
from locate.records import read_record
from locate.records.bib import BibRecord
from locate.records.iso2709 import split_marc

SETS = ("goldfinch_val", "hathi_hard", "gpo_hard", "shared_isbn")


@dataclass
class Tally:
    """Counts of one set."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    rejected: int = 0
    undecidable_accepted: int = 0
    seconds_reading: float = 0.0
    seconds_judging: float = 0.0
    verdicts: Counter[str] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        """Return the printed line of the set ``name``."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        decided = self.right / max(1, self.right + self.wrong - self.undecidable_accepted)
        pairs = self.right + self.wrong + self.missed + self.rejected
        speed = pairs / max(1e-9, self.seconds_reading + self.seconds_judging)
        judging = pairs / max(1e-9, self.seconds_judging)
        f1, f1_decidable = _f1(precision, recall), _f1(decided, recall)
        return (
            f"{name:14} {pairs:6} pairs  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
            f"  | decidable only: P {decided:.3f} F1 {f1_decidable:.3f}"
            f"  | {speed:.0f} read and matched/s, {judging:.0f} matched/s"
        )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)


def load_raw(folder: Path, wanted: set[str]) -> dict[str, bytes]:
    """Return the bytes of the records whose "source:001" is in ``wanted``."""
    found: dict[str, bytes] = {}
    for source in sorted({name.partition(":")[0] for name in wanted}):
        path = folder / f"{source}.mrc"
        for raw in split_marc(path.read_bytes()) if path.exists() else ():
            name = f"{source}:{_control_number(raw)}"
            if name in wanted:
                found.setdefault(name, raw)
    return found


def _control_number(raw: bytes) -> str:
    """Return field 001 by the directory alone; records here have it first."""
    base, length = int(raw[12:17]), int(raw[27:31])
    start = base + int(raw[31:36])
    return raw[start : start + length - 1].decode("utf-8", "replace").strip() if raw[24:27] == b"001" else ""


def read_pairs(path: Path, limit: int | None) -> list[dict[str, Any]]:
    """Return the first ``limit`` pairs, evenly spread over the file; all of them without a limit."""
    pairs = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    step = max(1, len(pairs) // limit) if limit else 1
    return pairs[::step]


def measure(
    matcher: Matcher, pairs: Iterable[dict[str, Any]], raws: dict[str, bytes], tally: Tally
) -> Iterator[tuple[dict[str, Any], BibRecord, Match]]:
    """Judge every pair, count into ``tally`` and yield the pairs that were judged wrongly."""
    for pair in pairs:
        started = time.perf_counter()
        record = read_record(raws[pair["b"]], "marc21")
        read = time.perf_counter()
        if isinstance(record, RecordError):
            continue
        match = matcher.judge(Citation.from_mapping(pair["citation"]), record)
        done = time.perf_counter()
        tally.seconds_reading += read - started
        tally.seconds_judging += done - read
        tally.verdicts[match.verdict] += 1
        accepted, label = match.verdict is MatchVerdict.SAME, pair["label"] == 1
        if accepted == label:
            tally.right += accepted
            tally.rejected += not accepted
            continue
        tally.missed += label
        tally.wrong += accepted
        tally.undecidable_accepted += accepted and not pair["decidable"]
        yield pair, record, match


def _print_error(pair: dict[str, Any], record: BibRecord, match: Match) -> None:
    print(f"\n{'MISSED' if pair['label'] else 'WRONG'} {pair['b']} ({pair['why']}; decidable {pair['decidable']})")
    print(f"  wanted {json.dumps(pair['citation'], ensure_ascii=False)}")
    names = "; ".join(name.heading for name in record.names)
    print(f"  record {record.title.full} / {names} / {record.edition} / {sorted(record.years)} / {record.extent}")
    print(f"  {match.verdict} {match.score}: {match.sentence}")
    print("  " + ", ".join(f"{one.feature} {one.weight:+}" for one in match.evidence if one.weight))


def main() -> None:
    """Run the measurement named on the command line."""
    parser = argparse.ArgumentParser(description="Measure the matcher on labelled pairs.")
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/pairs and data/records")
    parser.add_argument("--sets", default=",".join(SETS), help="comma-separated names, default all")
    parser.add_argument("--limit", type=int, help="about this many pairs of each set")
    parser.add_argument("--errors", type=int, default=0, help="print so many wrongly judged pairs of each set")
    parser.add_argument("--ask-format", action="store_true", help="undecided when no format is asked and 776 names one")
    options = parser.parse_args()
    matcher = Matcher(Weights(ask_format=options.ask_format))
    for name in options.sets.split(","):
        pairs = read_pairs(options.shared / "data" / "pairs" / f"{name}_citation.jsonl", options.limit)
        raws = load_raw(options.shared / "data" / "records", {pair["b"] for pair in pairs})
        tally = Tally()
        known = [pair for pair in pairs if pair["b"] in raws]
        errors = list(measure(matcher, known, raws, tally))
        step = max(1, len(errors) // options.errors) if options.errors else 1
        for error in errors[::step][: options.errors]:
            _print_error(*error)
        lost = f"  | {len(pairs) - len(known)} pairs skipped: no such record" if len(known) < len(pairs) else ""
        print(tally.line(name) + lost)


if __name__ == "__main__":
    main()
