"""What each veto and each of the heaviest features is worth: F1 without it, less F1 with it, on every set.

A veto is switched off, its points stay; a feature's points become 0, its veto stays. A figure below zero says that
the answer is worse without it. Tells nothing of two features that stand in for one another: each is left out alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bench.matching.figures import counted
from bench.matching.judging import Prepared, prepare
from bench.matching.pairs import CITATIONS, FIXTURES, RECORDS, Pair, load
from bench.matching.tables import table
from locate.matching import Matcher, MatchVerdict, Weights

__all__ = ["add_options", "run"]

HEAVIEST: Final = 10

Group = tuple[str, str]
"""A set's name, and the kind of its pairs."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What is left out ("veto", "points" or "nothing"), of which feature, and F1 of each set and kind without it."""

    what: str
    feature: str
    f1: Mapping[Group, float]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add this subcommand's own options."""
    parser.add_argument("--features", type=int, default=HEAVIEST, help="how many of the heaviest features to leave out")


def run(options: argparse.Namespace) -> int:
    """Measure and print; return 0."""
    datasets = [name for name in options.sets if name != FIXTURES]
    corpus = load(options.shared, datasets)
    matcher = Matcher()
    groups: dict[Group, list[tuple[Pair, Prepared]]] = {}
    for kind in (RECORDS, CITATIONS):
        for dataset in datasets:
            pairs = [pair for pair in corpus.select(kind, dataset) if pair.decidable]
            groups[dataset, kind] = list(zip(pairs, prepare(matcher, corpus, pairs), strict=True))
    found = [
        Worth(what, feature, {group: _f1(Matcher(weights), pairs) for group, pairs in groups.items()})
        for what, feature, weights in variants(Weights(), options.features)
    ]
    print("\n".join(_lines(found)))
    if options.json:
        told = [{"left_out": one.what, "feature": one.feature, "f1": _named(one.f1)} for one in found]
        options.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0


def variants(weights: Weights, heaviest: int) -> Iterator[tuple[str, str, Weights]]:
    """Yield the weights as they are, then without each veto, then without each of the ``heaviest`` features.

    How heavy a feature is, is told by the larger of its points for a citation and for a record. A veto's points change
    nothing while it stands, so that only the others are looked at.
    """
    yield "nothing", "", weights
    for feature in weights.vetoes:
        rest = {name: verdict for name, verdict in weights.vetoes.items() if name != feature}
        yield "veto", feature, replace(weights, vetoes=rest)
    scales = (weights.citation, weights.record)
    weight = {name: max(abs(scale.points[name]) for scale in scales) for name in weights.citation.points}
    weight = {name: points for name, points in weight.items() if name not in weights.vetoes}
    for feature in sorted(weight, key=lambda name: -weight[name])[:heaviest]:
        citation, record = (replace(scale, points={**scale.points, feature: 0}) for scale in scales)
        yield "points", feature, replace(weights, citation=citation, record=record)


def _f1(matcher: Matcher, pairs: Sequence[tuple[Pair, Prepared]]) -> float:
    return counted((matcher.decide(*views).verdict is MatchVerdict.SAME, pair.same) for pair, views in pairs).f1


def _lines(found: Sequence[Worth]) -> list[str]:
    whole, *others = found
    groups = list(whole.f1)
    rows = [("nothing", "(F1, decidable pairs)", *(f"{whole.f1[group]:.4f}" for group in groups))]
    for one in others:
        changes = (one.f1[group] - whole.f1[group] for group in groups)
        rows.append((one.what, one.feature, *(f"{change:+.4f}" if change else "." for change in changes)))
    return table(("left out", "", *(" ".join(group) for group in groups)), rows, texts=2)


def _named(f1: Mapping[Group, float]) -> dict[str, float]:
    return {" ".join(group): figure for group, figure in f1.items()}
