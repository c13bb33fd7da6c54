"""Wrongly judged pairs, written out for a person: both sides, the verdict, and the points of each feature.

Decides which errors to show: evenly spread over all there are. Raises nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bench.matching.judging import Judged
from bench.matching.pairs import Corpus
from locate.citation import Citation
from locate.matching import Matcher
from locate.records import BibRecord

__all__ = ["error_lines"]


def error_lines(
    matcher: Matcher, corpus: Corpus, judged: Sequence[Judged], most: int, words: str = ""
) -> Iterator[str]:
    """Yield the lines of at most ``most`` errors of each set and kind, of the classes that ``words`` stand in."""
    errors = [one for one in judged if one.accepted != one.pair.same and words in one.pair.why]
    for group in dict.fromkeys((one.pair.dataset, one.pair.kind) for one in errors):
        ones = [one for one in errors if (one.pair.dataset, one.pair.kind) == group]
        yield f"\n{len(ones)} errors, {' '.join(group)}"
        step = max(1, len(ones) // most)
        for one in ones[::step][:most]:
            yield from _told(matcher, corpus, one)


def _told(matcher: Matcher, corpus: Corpus, one: Judged) -> Iterator[str]:
    pair = one.pair
    wanted, record = corpus.wanted(pair), corpus.records[pair.candidate]
    match = matcher.judge(wanted, record)
    named = pair.wanted if isinstance(pair.wanted, str) else "citation"
    yield f"\n{'MISSED' if pair.same else 'WRONG'} {named} {pair.candidate} ({pair.why}; {', '.join(pair.decidable)})"
    yield f"  wanted {_shown(wanted)}"
    yield f"  record {_shown(record)}"
    yield f"  {match.verdict} {match.score} ({match.probability:.3f}): {match.sentence}"
    yield "  " + ", ".join(f"{part.feature} {part.weight:+}" for part in match.evidence if part.weight)


def _shown(side: Citation | BibRecord) -> str:
    if isinstance(side, Citation):
        return json.dumps(side.to_mapping(), ensure_ascii=False)
    names = "; ".join(name.heading for name in side.names)
    carriers = ", ".join(sorted(side.carriers))
    return " / ".join((side.title.full, names, side.edition, str(sorted(side.years)), side.extent, carriers))
