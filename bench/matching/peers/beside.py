"""Run the other matchers over the labelled pairs: F1 at the score they accept from, and at the best there is.

Decides which pairs a slow one is given: evenly spread over each set and kind. A package that is not installed becomes
one line that says how to get it, never an error.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bench.matching.figures import best_threshold, counted, ratio
from bench.matching.judging import Judged, counts_of
from bench.matching.pairs import CITATIONS, RECORDS, Corpus, Pair
from bench.matching.peers.bib_dedupe import BibDedupe
from bench.matching.peers.book_match import BookMatch
from bench.matching.peers.dedupmarcxml import Dedupmarcxml
from bench.matching.peers.naive import Naive
from bench.matching.peers.peer import Peer
from bench.matching.tables import table

__all__ = ["PEERS", "Score", "Standing", "ours", "run", "standings_table"]

PEERS: Final[tuple[Callable[[], Peer], ...]] = (Naive, BookMatch, Dedupmarcxml, BibDedupe)
_MISSING: Final = "{package} is not installed, so it is not measured: pip install 'zlocate[bench]'"


@dataclass(frozen=True, slots=True)
class Score:
    """How a method does on the pairs of one set and kind: F1 as it comes, None when it names no threshold, and best."""

    dataset: str
    kind: str
    pairs: int
    default: float | None
    best: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A method on all sets; ``pairs_per_second`` counts prepared pairs a second of CPU time, 0 when not
    measured.
    """

    method: str
    scores: Sequence[Score]
    pairs_per_second: float = 0.0


def run(corpus: Corpus, datasets: Sequence[str]) -> tuple[list[Standing], list[str]]:
    """Return the standings of every matcher that is installed, and a line for each that is not."""
    standings: list[Standing] = []
    missing: list[str] = []
    for make in PEERS:
        try:
            peer = make()
        except ModuleNotFoundError as error:
            missing.append(_MISSING.format(package=error.name))
            continue
        standings += measure(peer, corpus, datasets)
    return standings, missing


def measure(peer: Peer, corpus: Corpus, datasets: Sequence[str]) -> list[Standing]:
    chosen = {
        (dataset, kind): spread(corpus.select(kind, dataset), peer.limit)
        for kind in (RECORDS, CITATIONS)
        for dataset in datasets
    }
    prepared = _prepared(peer, corpus, [pair for pairs in chosen.values() for pair in pairs])
    scores: dict[str, list[Score]] = {method: [] for method in peer.methods}
    seconds = 0.0
    for (dataset, kind), pairs in chosen.items():
        if not pairs:
            continue
        sides = [(prepared[pair.wanted], prepared[pair.candidate]) for pair in pairs]
        started = time.process_time()
        found = peer.scores(sides)
        seconds += time.process_time() - started
        for method, values in found.items():
            scores[method].append(_score(dataset, kind, pairs, values, peer.methods[method]))
    speed = ratio(sum(map(len, chosen.values())), seconds)
    return [Standing(method, scores[method], speed) for method in peer.methods]


def spread(pairs: Sequence[Pair], limit: int) -> Sequence[Pair]:
    """Return at most ``limit`` of the pairs, evenly spread; all when it is 0."""
    step = -(-len(pairs) // limit) if limit else 1
    return pairs[::step] if pairs else pairs


def _prepared(peer: Peer, corpus: Corpus, pairs: Iterable[Pair]) -> dict[Any, Any]:
    """Return both sides of every pair as the peer takes them, by the record's name or the citation."""
    sides = dict.fromkeys(side for pair in pairs for side in (pair.wanted, pair.candidate))
    texts = [corpus.records[side] if isinstance(side, str) else side for side in sides]
    return dict(zip(sides, peer.prepare(texts), strict=True))


def _score(dataset: str, kind: str, pairs: Sequence[Pair], values: Sequence[float], default: float | None) -> Score:
    answers = [(value, pair.same) for value, pair in zip(values, pairs, strict=True)]
    plain = None if default is None else counted((value >= default, same) for value, same in answers).f1
    threshold, best = best_threshold(answers)
    return Score(dataset, kind, len(pairs), plain, best, threshold)


def ours(judged: Sequence[Judged], datasets: Sequence[str]) -> Standing:
    """Return the standing of our own matcher: its verdict, and the best threshold of its probability."""
    scores = []
    for kind in (RECORDS, CITATIONS):
        for dataset in datasets:
            ones = [one for one in judged if (one.pair.kind, one.pair.dataset) == (kind, dataset)]
            threshold, best = best_threshold([(one.probability, one.pair.same) for one in ones])
            scores.append(Score(dataset, kind, len(ones), counts_of(ones).f1, best, threshold))
    return Standing("locate", scores)


def standings_table(standings: Sequence[Standing], kind: str) -> list[str]:
    """Return F1 of each method on the pairs of one kind, each set at the default and at the best threshold."""
    columns = list(dict.fromkeys(score.dataset for one in standings for score in one.scores if score.kind == kind))
    rows = []
    for standing in standings:
        by_set = {score.dataset: score for score in standing.scores if score.kind == kind}
        shown = [_shown(by_set.get(name)) for name in columns]
        speed = f"{standing.pairs_per_second:,.0f}" if standing.pairs_per_second else "-"
        pairs = sum(score.pairs for score in by_set.values())
        rows.append((standing.method, *shown, f"{pairs:,}", speed))
    return table((f"F1, {kind}: default/best", *columns, "pairs", "pairs/s"), rows)


def _shown(score: Score | None) -> str:
    if score is None:
        return "-"
    default = "-" if score.default is None else f"{score.default:.3f}"
    return f"{default}/{score.best:.3f} at {score.threshold:.2f}"
