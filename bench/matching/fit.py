"""Learn the points of every feature from the labelled pairs, and write them with the counts behind each.

How they are learnt stands in `bench.matching.learning`, the points set by hand in `bench.matching.priors`. Needs the
packages of the extra ``bench``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.matching.figures import counted
from bench.matching.pairs import CITATIONS, FIXTURES, RECORDS, SETS, load
from locate.matching import MatchVerdict
from locate.matching.comparisons import FEATURES
from locate.matching.verdict import decide
from locate.matching.weights import VETOES

if TYPE_CHECKING:
    from bench.matching.learning import Fit, Sample

__all__ = ["add_options", "run"]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add this subcommand's own options."""
    parser.add_argument("--out", type=Path, help="the file to write, else the table is printed")
    parser.add_argument("--seed", type=int, default=1950, help="decides the folds")


def run(options: argparse.Namespace) -> int:
    """Fit both scales, print how they do, and write the file; return 0, or 2 without the packages."""
    try:
        from bench.matching import learning  # noqa: PLC0415 - only the fit needs these packages
    except ImportError as error:
        print(f"the fit needs {error.name}: install the extra, pip install -e '.[bench]'", file=sys.stderr)
        return 2
    corpus = load(options.shared, [name for name in options.sets if name != FIXTURES])
    fits = []
    for kind in (CITATIONS, RECORDS):
        given = learning.sample(corpus, kind)
        fits.append(learning.fitted(given, kind, options.seed))
        report(kind, given, fits[-1])
    text = written(*fits)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        print(text)
    if options.json:
        options.json.write_text(json.dumps([dict(fit.scale.points) for fit in fits], indent=1), encoding="utf-8")
    return 0


def report(kind: str, given: Sample, fit: Fit) -> None:
    """Print precision, recall and F1 of each set, in the sample and cross-validated."""
    for name, values in (("in the sample", fit.scores), ("cross-validated", fit.held_out)):
        verdicts = [_verdict(found, value, fit) for found, value in zip(given.found, values, strict=True)]
        for dataset in SETS:
            counts = counted(
                (verdict is MatchVerdict.SAME, pair.same)
                for pair, verdict in zip(given.pairs, verdicts, strict=True)
                if pair.dataset == dataset and pair.decidable
            )
            print(f"{kind} {name} {dataset:14} P {counts.precision:.4f} R {counts.recall:.4f} F1 {counts.f1:.4f}")
        undecided = Counter(
            verdict.value for pair, verdict in zip(given.pairs, verdicts, strict=True) if not pair.decidable
        )
        if undecided:
            print(f"{kind} {name} undecidable: {dict(undecided)}")


def _verdict(found: list[str], score: Any, fit: Fit) -> MatchVerdict:
    return decide(found, int(score), fit.scale, VETOES)


def written(citation: Fit, record: Fit) -> str:
    """Return the text of the file."""
    lines = [
        "# What each feature is worth in points, for a citation and for a whole record as the wanted item, with the",
        "# numbers of true and of false pairs that showed it. 10 points are a factor of e in the odds.",
        "# Made by: python -m bench.matching fit --shared DIR --out locate/matching/weights.txt",
        "#",
        f"# {'feature':28} {'citation':>8} {'true':>6} {'false':>6} {'record':>8} {'true':>6} {'false':>6}",
    ]
    for name in FEATURES:
        cells = ((fit.scale.points[name], fit.same.get(name, 0), fit.other.get(name, 0)) for fit in (citation, record))
        lines.append(f"{name:30} " + " ".join(f"{points:+8d} {same:6d} {other:6d}" for points, same, other in cells))
    lines += ["", "# The score from which a candidate is the same, and from which it is worth a person's look."]
    lines += [
        f"{word:30} {getattr(citation.scale, word):8d} {getattr(record.scale, word):8d}" for word in ("accept", "doubt")
    ]
    lines += ["", "# The probability of the same item at some scores; between them it is interpolated."]
    for kind, fit in (("citation", citation), ("record", record)):
        lines += [f"{kind:10} {score:6d} {share:.3f}" for score, share in fit.scale.knots]
    return "\n".join(lines) + "\n"
