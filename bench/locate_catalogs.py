"""Locate degraded citations at three real catalogs served by Zebra, and count what comes back.

``python -m bench.locate_catalogs --shared DIR [--count 100] [--seed 1950] [--show-misses N]`` indexes the three
partner catalogs with Debian's Zebra, draws ``count`` citations from each by a fixed seed, degrades them, and locates
every one through the engine at all three partners. A partner's answer for a citation drawn from its own catalog is
right when it is FOUND with a record of the same item, wrong when FOUND with another record.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from locate import Finding, Limits, LocateOutcome, Locator, Partner, Target
from tests.peers.degrade import Sampled, citations
from tests.peers.servers import RunningServer, zebra

PARTNERS = ("ht_a", "mixed", "gpo")
AT_ONCE = 4


@dataclass
class Tally:
    """What came back for the citations of one catalog."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    findings: collections.Counter[str] = field(default_factory=collections.Counter)
    misses: list[str] = field(default_factory=list)


def partners_for(servers: Mapping[str, RunningServer]) -> list[Partner]:
    """Return one partner for each server, with nothing configured but its address."""
    limits = Limits(connections=AT_ONCE, operation_s=30, partner_s=60)
    return [
        Partner(code, Target(server.host, server.port, server.database), limits=limits)
        for code, server in servers.items()
    ]


async def locate_all(partners: Sequence[Partner], samples: Sequence[Sampled]) -> list[LocateOutcome]:
    """Locate every citation, a few at a time; outcomes in the order of ``samples``."""
    locator = Locator(partners)
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(sample: Sampled) -> LocateOutcome:
        async with slots:
            return await locator.locate(sample.citation)

    return await asyncio.gather(*map(one, samples))


def asked(samples: Sequence[Sampled]) -> list[Sampled]:
    """Leave out the citations of which degrading left nothing: no request can be made of them."""
    return [sample for sample in samples if not sample.citation.is_empty]


def count(samples: Sequence[Sampled], outcomes: Sequence[LocateOutcome]) -> dict[str, Tally]:
    """Tally each outcome at the partner that its citation was drawn from."""
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    for sample, outcome in zip(samples, outcomes, strict=True):
        partner = outcome[sample.partner]
        tally = tallies[sample.partner]
        tally.asked += 1
        tally.findings[partner.finding] += 1
        found = partner.chosen.record.control_number if partner.chosen is not None else None
        if partner.finding is Finding.FOUND and found in sample.acceptable:
            tally.right += 1
            continue
        tally.wrong += partner.finding is Finding.FOUND
        tally.misses.append(
            f"{sample.partner} {sample.control_number}: {partner.finding} {found or ''}"
            f"\n    {sample.citation.to_mapping()}\n    {partner.reason}"
            + "".join(f"\n      {s.by}: {s.query} -> {s.hits} hits" for s in partner.searches)
        )
    return tallies


def report(tallies: Mapping[str, Tally], samples: int, elapsed_s: float) -> str:
    """Return the table."""
    lines = [f"{'partner':8} {'asked':>6} {'right':>6} {'wrong':>6} {'not found':>10} {'other':>6}   right %  wrong %"]
    total = Tally()
    for code in (*tallies, "all"):
        tally = tallies.get(code, total)
        if code != "all":
            total.asked += tally.asked
            total.right += tally.right
            total.wrong += tally.wrong
            total.findings += tally.findings
        missing = tally.findings[Finding.NOT_FOUND]
        other = tally.asked - tally.right - tally.wrong - missing
        lines.append(
            f"{code:8} {tally.asked:6} {tally.right:6} {tally.wrong:6} {missing:10} {other:6}"
            f"   {100 * tally.right / tally.asked:7.1f}  {100 * tally.wrong / tally.asked:7.1f}"
        )
    lines.append(f"{samples} citations at {len(tallies)} partners in {elapsed_s:.1f} s")
    return "\n".join(lines)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=os.environ.get("LOCATE_SHARED"), required=False)
    parser.add_argument("--count", type=int, default=100, help="citations drawn from each catalog")
    parser.add_argument("--seed", type=int, default=1950)
    parser.add_argument("--show-misses", type=int, default=0)
    options = parser.parse_args()
    if options.shared is None:
        parser.error("name the folder of shared data with --shared or LOCATE_SHARED")
    catalogs = {code: Path(options.shared) / "data" / "partners" / f"{code}.mrc" for code in PARTNERS}
    cache = Path(tempfile.gettempdir()) / f"zlocate-peers-{os.getuid()}"
    samples = asked([sample for path in catalogs.values() for sample in citations(path, options.count, options.seed)])
    with zebra(catalogs, cache) as servers:
        started = time.perf_counter()
        outcomes = asyncio.run(locate_all(partners_for(servers), samples))
        elapsed_s = time.perf_counter() - started
    tallies = count(samples, outcomes)
    print(report(tallies, len(samples), elapsed_s))
    for miss in [miss for tally in tallies.values() for miss in tally.misses][: options.show_misses]:
        print("-", miss)


if __name__ == "__main__":
    main()
