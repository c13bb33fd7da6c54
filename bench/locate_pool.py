"""Locate citations in one pool of many records, in process, and count what is accepted and what is missed.

``python -m bench.locate_pool --shared DIR [--drawn 300] [--seed 1950] [--records 20] [--searches 5]``
puts all open records into the embedded target's catalog, each once by its source and field 001, and runs the whole
locate policy against it: the plan's searches in order, the first ``records`` hits of each judged. Printed are the
labelled citations of the shared data, and citations drawn by the seed from the records of two sources and degraded;
``--show-misses N`` prints what was missed of each.

The record that a citation was drawn from is no hit. A drawn citation is satisfied by the other records of the same
item, as `tests.peers.catalog.same_items` and the clusters of HathiTrust tell them; where there is none, every second
one may find its own record, and for the others nothing is held.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from locate import BorrowingRequest, Citation, Finding, LocateProfile, Partner, Target
from locate.errors import DiagnosticError, RecordError
from locate.matching import Matcher
from locate.outcome import PartnerOutcome
from locate.records import LoadedRecord, load_file
from locate.run import Answer, Ask, Event, Fault, LocateRun
from locate.z3950.oids import RECORD_SYNTAXES
from locate.z3950.query import to_rpn
from locate.z3950.retrieval import Record, ResultSet
from locate.z3950.target.catalog import Catalog
from tests.peers.catalog import read_facts, same_items
from tests.peers.degrade import degrade

RECORDS = 20
HATHI = "hathitrust_goldfinch"
DRAWN_FROM = {HATHI: f"records/{HATHI}", "gpo": "partners/gpo"}
# The partners' parts of HathiTrust are the same records under the same numbers.
_SOURCES = {"ht_a": HATHI, "ht_b": HATHI, "ht_c": HATHI}
_SHOWN_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Query:
    """A citation, the record it was ``drawn_from``, and the records of the pool that satisfy it, as "source:001".

    The record it was drawn from is no hit unless ``held`` names it.
    """

    citation: Citation
    drawn_from: str
    held: frozenset[str]

    def may_hit(self, name: str) -> bool:
        """Say whether the record ``name`` is one of the pool for this citation."""
        return name != self.drawn_from or name in self.held


class Pool:
    """All records as one catalog; ``names`` are "source:001" in the catalog's order."""

    def __init__(self, loaded: Mapping[str, LoadedRecord]) -> None:
        self.names = list(loaded)
        self._catalog = Catalog(loaded.values())

    def answer(self, ask: Ask, query: Query) -> Event:
        """Carry out one search for ``query`` as the embedded target does."""
        try:
            found_numbers = self._catalog.search(to_rpn(ask.query))
        except DiagnosticError as error:
            return Fault(ask.partner.code, error)
        numbers = [number for number in found_numbers if query.may_hit(self.names[number])]
        found = ResultSet(len(numbers))
        for position, number in enumerate(numbers[: ask.count], 1):
            entry = self._catalog.entry(number)
            found.records.append(Record(position, RECORD_SYNTAXES[entry.syntax], entry.raw, self.names[number]))
        return Answer(ask.partner.code, found)


@dataclass
class Tally:
    """Counts of one set of citations, and a text for every miss.

    ``asked`` citations, of them ``held`` by the pool; ``right`` accepted with a record that satisfies, ``wrong``
    accepted with another one though a right one is held, ``false`` accepted though none is held. Of the misses,
    ``not_found`` had no right record among those fetched and ``rejected`` had one that was not accepted: judged not to
    be the item, or left to a person with others. ``searches`` and ``fetched`` are sums over all citations.
    """

    asked: int = 0
    held: int = 0
    right: int = 0
    wrong: int = 0
    false: int = 0
    not_found: int = 0
    rejected: int = 0
    searches: int = 0
    fetched: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of right ones among all that was accepted; 1 when nothing was."""
        accepted = self.right + self.wrong + self.false
        return self.right / accepted if accepted else 1.0

    @property
    def recall(self) -> float:
        """The share of what is held that was accepted with a right record; 1 when nothing is held."""
        return self.right / self.held if self.held else 1.0

    @property
    def false_accepts(self) -> float:
        """The share of what is not held that was accepted; 0 when everything is held."""
        missing = self.asked - self.held
        return self.false / missing if missing else 0.0

    def take(self, query: Query, outcome: PartnerOutcome, chosen: str | None, seen: set[str]) -> None:
        """Count one outcome: ``chosen`` is the accepted record, ``seen`` all that were judged."""
        self.asked += 1
        self.held += bool(query.held)
        self.searches += len(outcome.searches)
        self.fetched += sum(search.fetched for search in outcome.searches)
        if chosen in query.held:
            self.right += 1
            return
        kind = ""
        if chosen is not None:
            kind = "wrong" if query.held else "false"
        elif query.held:
            kind = "rejected" if query.held & seen else "not_found"
        if kind:
            setattr(self, kind, getattr(self, kind) + 1)
            self.misses.append(_told(kind, query, outcome))

    def line(self, name: str) -> str:
        """Return the printed line of the set ``name``."""
        missing, asked = self.asked - self.held, max(1, self.asked)
        return (
            f"{name:31} P {self.precision:.3f} ({self.right}/{self.right + self.wrong + self.false})"
            f"  R {self.recall:.3f} ({self.right}/{self.held})"
            f"  false accepts {self.false_accepts:.3f} ({self.false}/{missing})"
            f"  | missed: {self.not_found} not found, {self.rejected} rejected, {self.wrong} wrong one"
            f"  | {self.searches / asked:.1f} searches, {self.fetched / asked:.0f} records each"
        )


@dataclass(frozen=True, slots=True)
class PoolResult:
    """The tallies by the name of the set: "locate_queries", then the sources drawn from. ``records`` in the pool."""

    records: int
    tallies: Mapping[str, Tally]


def open_files(data: Path) -> list[Path]:
    """Return the files of open records below ``data``."""
    return [path for folder in ("records", "partners") for path in sorted((data / folder).glob("*.mrc"))]


def load(paths: Iterable[Path]) -> dict[str, LoadedRecord]:
    """Return the readable records of the files by "source:001", each name once."""
    found: dict[str, LoadedRecord] = {}
    for path in paths:
        source = _SOURCES.get(path.stem, path.stem)
        for loaded in load_file(path):
            if not isinstance(loaded.record, RecordError):
                found.setdefault(f"{source}:{(loaded.record.control_number or '').strip()}", loaded)
    return found


def labelled(data: Path) -> list[Query]:
    """Return the labelled citations of ``pairs/locate_queries.jsonl``."""
    lines = (data / "pairs" / "locate_queries.jsonl").read_text("utf-8").splitlines()
    return [
        Query(Citation.from_mapping(query["citation"]), query["exclude"], frozenset(query["held"]))
        for query in map(json.loads, lines)
    ]


def drawn(data: Path, source: str, count: int, seed: int, names: AbstractSet[str]) -> list[Query]:
    """Draw ``count`` records of ``source`` by the seed and degrade each to a citation; ``names`` are in the pool."""
    facts = read_facts(data / f"{DRAWN_FROM[source]}.mrc")
    same = same_items(facts)
    clusters = _clusters(data) if source == HATHI else {}
    queries = []
    for at, one in enumerate(random.Random(f"{seed}:pool:{source}").sample(facts, count)):
        number = one.control_number
        own = f"{source}:{number}"
        satisfying = {f"{source}:{each}" for each in same[number] | clusters.get(number, frozenset())}
        satisfying.add(f"{source}_old:{number}#old")  # an earlier state of the record
        held = frozenset(satisfying & names - {own}) or frozenset({own} if at % 2 else ())
        citation = degrade(one, random.Random(f"{seed}:pool:{number}"))
        if not citation.is_empty:
            queries.append(Query(citation, own, held))
    return queries


def _clusters(data: Path) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in (data / "partners" / "truth_hathi.jsonl").read_text("utf-8").splitlines():
        members = frozenset(member["id"] for member in json.loads(line)["members"])
        found.update(dict.fromkeys(members, members))
    return found


def locate_in(pool: Pool, query: Query, profile: LocateProfile, matcher: Matcher) -> tuple[PartnerOutcome, set[str]]:
    """Run the policy for one citation; return the outcome and the names of all records that were fetched."""
    partner = Partner("pool", Target("pool.invalid"), profile=profile)
    run = LocateRun(BorrowingRequest(query.citation), [partner], started=0.0, matcher=matcher)
    seen: set[str] = set()
    while asks := run.next_steps(0.0):
        for ask in asks:
            event = pool.answer(ask, query)
            if isinstance(event, Answer):
                seen.update(found.database for found in event.result.records if isinstance(found, Record))
            run.take(event, 0.0)
    return run.outcome(0.0)["pool"], seen


def accepted_name(outcome: PartnerOutcome, names: Mapping[bytes, str]) -> str | None:
    """Return the name of the record that is accepted, None unless the finding is FOUND.

    An ambiguous outcome shows the likeliest of several records, and leaves the choice to a person.
    """
    if outcome.finding is not Finding.FOUND or outcome.chosen is None:
        return None
    return names[outcome.chosen.record.raw]


def tally(pool: Pool, queries: Iterable[Query], profile: LocateProfile, names: Mapping[bytes, str]) -> Tally:
    """Locate every citation and count; ``names`` are the records' names by their bytes."""
    matcher, found = Matcher(), Tally()
    for query in queries:
        outcome, seen = locate_in(pool, query, profile, matcher)
        found.take(query, outcome, accepted_name(outcome, names), seen)
    return found


def measure(shared: Path, *, count: int = 300, seed: int = 1950, profile: LocateProfile | None = None) -> PoolResult:
    """Measure the labelled citations, and ``count`` drawn from each source; 0 draws none."""
    data, profile = shared / "data", profile or LocateProfile(max_records=RECORDS)
    loaded = load(open_files(data))
    pool, names = Pool(loaded), {record.raw: name for name, record in loaded.items()}
    sets = {"locate_queries": labelled(data)}
    if count:
        sets |= {f"drawn from {source}": drawn(data, source, count, seed, loaded.keys()) for source in DRAWN_FROM}
    return PoolResult(len(loaded), {name: tally(pool, queries, profile, names) for name, queries in sets.items()})


def _told(kind: str, query: Query, outcome: PartnerOutcome) -> str:
    return "\n".join(_lines(kind, query, outcome))


def _lines(kind: str, query: Query, outcome: PartnerOutcome) -> Iterator[str]:
    yield f"{kind.upper()} {query.drawn_from}, held {sorted(query.held)}"
    yield f"  {query.citation.to_mapping()}"
    yield from (f"    {search.by}: {search.query} -> {search.hits} hits" for search in outcome.searches)
    candidates = [outcome.chosen] if outcome.chosen else list(outcome.others[:_SHOWN_CANDIDATES])
    for candidate in candidates:
        record, match = candidate.record, candidate.match
        yield f"  {match.verdict} {match.score}: {record.control_number} {record.title.shown} / {sorted(record.years)}"
        yield f"    {', '.join(f'{one.feature} {one.weight:+}' for one in match.evidence if one.weight)}"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=os.environ.get("LOCATE_SHARED"))
    parser.add_argument("--drawn", type=int, default=300, help="citations drawn from each source; 0 for none")
    parser.add_argument("--seed", type=int, default=1950)
    parser.add_argument("--records", type=int, default=RECORDS, help="hits judged for each search")
    parser.add_argument("--searches", type=int, default=LocateProfile().max_searches, help="searches for each citation")
    parser.add_argument("--show-misses", type=int, default=0)
    options = parser.parse_args()
    if options.shared is None:
        parser.error("name the folder of shared data with --shared or LOCATE_SHARED")
    profile = LocateProfile(max_records=options.records, max_searches=options.searches)
    result = measure(Path(options.shared), count=options.drawn, seed=options.seed, profile=profile)
    print(f"{result.records:,} records in the pool")
    for name, found in result.tallies.items():
        print(found.line(name))
        for miss in found.misses[: options.show_misses]:
            print("-", miss)


if __name__ == "__main__":
    main()
