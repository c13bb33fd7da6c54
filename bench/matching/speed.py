"""How fast the matcher is: prepared pairs decided a second, and raw candidates turned into an explained answer.

Measures in one process: throughput by its CPU time, so that other work on the machine does not count, and answers by
the clock, since that is what one waits for, with the CPU time beside. Decides which records stand together as
candidates: neighbours in the order of their titles, as a title search would bring them. Raises nothing.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Final

from bench.matching.figures import percentile
from bench.matching.judging import Prepared
from bench.matching.tables import Measure, at_least, at_most
from locate.citation import Citation
from locate.errors import RecordError
from locate.matching import Matcher
from locate.records import BibRecord, read_record

__all__ = ["answer_ms", "asked_for", "decided", "pairs_per_second", "ranked"]

ROUNDS: Final = 7
CANDIDATES: Final = 20
DRAWS: Final = 500
SEED: Final = 1950
PAIRS_PER_SECOND: Final = 50_000
UTF8_MS: Final = 10.0
MARC8_MS: Final = 15.0


def pairs_per_second(work: Callable[[], object], pairs: int, rounds: int = ROUNDS) -> float:
    """Return how many pairs a second of CPU time ``work``, which goes through ``pairs`` of them, gets done: the median
    round's.
    """
    seconds = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return pairs / statistics.median(seconds)


def decided(matcher: Matcher, prepared: Sequence[Prepared], beside: str = "") -> Measure:
    """Return the row of prepared pairs decided a second."""

    def decide() -> None:
        for wanted, view in prepared:
            matcher.decide(wanted, view)

    found = pairs_per_second(decide, len(prepared))
    check = at_least("", found, PAIRS_PER_SECOND, ",.0f")
    return Measure("prepared pairs decided per second", (check,), beside)


def ranked(matcher: Matcher, utf8: Sequence[BibRecord], marc8: Sequence[BibRecord]) -> list[Measure]:
    """Return the rows of twenty raw candidates turned into a ranked, explained answer, for either character set."""
    rows = []
    for name, records, limit in (("UTF-8", utf8, UTF8_MS), ("MARC-8", marc8, MARC8_MS)):
        times = answer_ms(matcher, records, DRAWS)
        clock, cpu = [one[0] for one in times], [one[1] for one in times]
        beside = (
            f"median {statistics.median(clock):.1f}; CPU time: p99 {percentile(cpu, 0.99):.1f}, "
            f"median {statistics.median(cpu):.1f}; {len(times)} draws from {len(records):,} records"
        )
        check = at_most("p99 ms", percentile(clock, 0.99), limit, ".2f")
        rows.append(Measure(f"{CANDIDATES} raw {name} candidates, ranked and explained", (check,), beside))
    return rows


def answer_ms(matcher: Matcher, records: Sequence[BibRecord], draws: int) -> list[tuple[float, float]]:
    """Return how many milliseconds each of ``draws`` answers took, from raw records to the last word of evidence: by
    the clock, and of CPU time.
    """
    ordered = sorted(records, key=lambda record: record.title.full.casefold())
    chance = random.Random(SEED)
    times = []
    for _ in range(draws):
        start = chance.randrange(max(1, len(ordered) - CANDIDATES))
        shelf = ordered[start : start + CANDIDATES]
        wanted, raws = asked_for(chance.choice(shelf)), [(record.raw, record.syntax) for record in shelf]
        started, cpu_started = time.perf_counter(), time.process_time()
        _answer(matcher, wanted, raws)
        times.append(((time.perf_counter() - started) * 1000, (time.process_time() - cpu_started) * 1000))
    return times


def _answer(matcher: Matcher, wanted: Citation, raws: Sequence[tuple[bytes, str]]) -> int:
    """Read, rank and read out; return how many characters the answer has."""
    read = [read_record(raw, syntax) for raw, syntax in raws]
    answer = matcher.rank(wanted, [record for record in read if not isinstance(record, RecordError)])
    return sum(
        len(one.match.sentence) + sum(len(part.why) + len(part.left) + len(part.right) for part in one.match.evidence)
        for one in answer
    )


def asked_for(record: BibRecord) -> Citation:
    """Return what a request for ``record`` would cite: title, first name, earliest year."""
    name = next((name.heading for name in record.names), None)
    return Citation(title=record.title.shown or None, author=name, year=min(record.years, default=None))
