"""Fuzz for minutes: ``python -m tests.fuzz.campaign --inputs 1000000 --processes 2 --seed 1``.

Every area of `tests.fuzz.invariant` gets its share of the inputs; each input is held to the invariant and to the limits
of `tests.fuzz.limits`. Prints a table; exits with 1 when there was an escape, after writing the input, made small, to
tests/fuzz/regressions, where the test suite finds it from then on. A run can be had again by its seed.
"""

# ruff: noqa: T201 - a campaign prints its table

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.fuzz.corpus import mutator, samples
from tests.fuzz.invariant import AREAS
from tests.fuzz.limits import MAX_BYTES, Escape, alarmed, measured, peak_bytes, shrunk

__all__ = ["Finding", "Share", "main", "run_share", "shares"]

REGRESSIONS = Path(__file__).parent / "regressions"
_SHARE = 5000  # inputs of one area in a row
# Areas that many roads lead to get more; those that take long get less.
_WEIGHTS = {"answers": 3, "decoder": 3, "encoder": 2, "origin": 3, "opac": 2, "grs1": 2, "xml": 0.5, "trace": 0.5}


@dataclass(frozen=True, slots=True)
class Share:
    """A piece of work: so many inputs of one area from one seed, no longer than until ``ends_at`` (monotonic)."""

    area: str
    seed: int
    inputs: int
    ends_at: float | None


@dataclass(slots=True)
class Finding:
    """What came of a share. ``escapes`` holds one of each kind; ``peak_bytes`` is the process's by then."""

    area: str
    inputs: int = 0
    octets: int = 0
    seconds: float = 0.0
    slowest_s: float = 0.0
    slowest_bytes: int = 0
    process: int = 0
    peak_bytes: int = 0
    escapes: dict[str, Escape] = field(default_factory=dict)


def shares(inputs: int, seed: int, ends_at: float | None) -> Iterator[Share]:
    """Cut ``inputs`` into shares, the areas taking turns so that an early end has seen them all."""
    total = sum(_WEIGHTS.get(area, 1) for area in AREAS)
    left = {area: int(inputs * _WEIGHTS.get(area, 1) / total) for area in AREAS}
    left["decoder"] += inputs - sum(left.values())
    number = 0
    while any(left.values()):
        for area in AREAS:
            count = min(_SHARE, left[area])
            left[area] -= count
            if ends_at is not None and time.monotonic() > ends_at:
                return
            number += 1
            if count:
                yield Share(area, seed * 1_000_003 + number, count, ends_at)


def run_share(share: Share) -> Finding:
    """Make the inputs of a share and hold them to the invariant."""
    source, check, found = mutator(share.area, Random(share.seed)), AREAS[share.area], Finding(share.area)
    with alarmed():
        for _ in range(share.inputs):
            if share.ends_at is not None and time.monotonic() > share.ends_at:
                break
            data = source.next()
            took, escape = measured(share.area, check, data)
            found.inputs += 1
            found.octets += len(data)
            found.seconds += took
            if took > found.slowest_s:
                again, _ = measured(share.area, check, data)  # what was slow for the machine's sake is not
                if min(took, again) > found.slowest_s:
                    found.slowest_s, found.slowest_bytes = min(took, again), len(data)
            if escape is not None and escape.kind not in found.escapes:
                found.escapes[escape.kind] = shrunk(escape, check)
    found.process, found.peak_bytes = os.getpid(), peak_bytes()
    return found


def main(arguments: Sequence[str] | None = None, *, regressions: Path = REGRESSIONS) -> int:
    """Run a campaign; return 1 when there was an escape, else 0."""
    options = _options(arguments)
    started = time.monotonic()
    ends_at = None if options.seconds is None else started + options.seconds
    for area in AREAS:
        samples(area)  # made once, before the processes part
    found: list[Finding] = []
    kept: set[tuple[str, str]] = set()
    with multiprocessing.get_context("fork").Pool(options.processes) as pool:
        for finding in pool.imap_unordered(run_share, shares(options.inputs, options.seed, ends_at)):
            found.append(finding)
            for escape in finding.escapes.values():
                if (escape.area, escape.kind) not in kept:
                    kept.add((escape.area, escape.kind))
                    _keep(escape, regressions)
    _print_table(found, time.monotonic() - started, options)
    growth = _growth_bytes(found)
    print(f"memory: grew by {growth / 2**20:.0f} MiB in the second half of the run")
    return 1 if growth > MAX_BYTES or any(finding.escapes for finding in found) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.campaign", description="Fuzz for minutes.")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many in all (default: 1,000,000)")
    parser.add_argument("--seconds", type=float, help="end after so many seconds (default: when all inputs are done)")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other inputs (default: 1)")
    parser.add_argument("--processes", type=int, default=2, help="how many at once (default: 2)")
    return parser.parse_args(arguments)


def _keep(escape: Escape, regressions: Path) -> None:
    """Write an escape's input where the test suite finds it, and tell of it."""
    path = regressions / f"{escape.area}-{hashlib.sha256(escape.data).hexdigest()[:12]}.bin"
    path.write_bytes(escape.data)
    print(f"ESCAPE {escape.area}: {escape.kind}; the input of {len(escape.data):,} bytes is {path}", file=sys.stderr)
    print(escape.text, file=sys.stderr)


def _growth_bytes(found: Sequence[Finding]) -> int:
    """Return by how much the largest process grew in the second half of its shares."""
    peaks: dict[int, list[int]] = {}
    for finding in found:
        peaks.setdefault(finding.process, []).append(finding.peak_bytes)
    return max((each[-1] - each[len(each) // 2] for each in peaks.values()), default=0)


def _print_table(found: Sequence[Finding], seconds: float, options: argparse.Namespace) -> None:
    print(
        f"{'area':<12} {'inputs':>10} {'mean µs':>8} {'mean bytes':>10} {'slowest ms':>10} {'of bytes':>8}"
        f" {'escapes':>8}"
    )
    for area in AREAS:
        mine = [finding for finding in found if finding.area == area]
        count = sum(finding.inputs for finding in mine)
        if count:
            slowest = max(mine, key=lambda finding: finding.slowest_s)
            print(
                f"{area:<12} {count:>10,} {sum(each.seconds for each in mine) / count * 1e6:>8.0f}"
                f" {sum(each.octets for each in mine) / count:>10.0f} {slowest.slowest_s * 1e3:>10.0f}"
                f" {slowest.slowest_bytes:>8,} {len({kind for each in mine for kind in each.escapes}):>8}"
            )
    total = sum(finding.inputs for finding in found)
    print(
        f"{total:,} inputs in {seconds:.0f} s, {total / seconds:,.0f} a second, in {options.processes} processes;"
        f" seed {options.seed}"
    )


if __name__ == "__main__":
    sys.exit(main())
