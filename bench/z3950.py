"""Z39.50 beside YAZ's ZOOM in C and in Perl: one table of figures, ratios and bars.

``python -m bench.z3950 [--rounds 7] [--only NAME ...] [--json FILE]`` compiles ``peers/zoom_bench.c`` and
``peers/canned.c``, starts the targets, and lets every client do each piece of work in turn, round by round. Figures are
medians; they mean little on a machine with other work to do. CPU is user + system time of the client process alone.
Where the target is the canned one, only the client is measured. NAME is decode, opac, warm, warm-ext, many, slow,
thousand, trips or memory.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.peers.build import BuildError, RunError
from bench.table import lines
from bench.works import WORKS, Setting, Work
from tests.peers.servers import ProgramMissingError, ServerStartError

DESCRIPTORS = 8192
QUIET = 0.7  # load average of the last minute


def run(names: Sequence[str], rounds: int, *, quick: bool = False) -> list[Work]:
    """Do the works named, ``rounds`` times each; ``quick`` does as little of each as shows that it can be done."""
    _allow_descriptors()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        setting = Setting(Path(folder), stack, quick=quick)
        works: list[Work] = [WORKS[name](setting) for name in names]
        for number in range(rounds):
            _say(f"round {number + 1} of {rounds}")
            for work in works:
                work.round(number)
    return works


def report(works: Sequence[Work], rounds: int) -> dict[str, Any]:
    """Return everything measured, for JSON."""
    return {
        "rounds": rounds,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "works": {work.name: [row.to_mapping() for row in work.rows] for work in works},
    }


def _allow_descriptors() -> None:
    """Let this process and those it starts open a descriptor for each of a thousand targets."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if most == resource.RLIM_INFINITY else min(DESCRIPTORS, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _say(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{text}\n")


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often each client does each work (default 7)")
    parser.add_argument("--only", action="append", choices=WORKS, metavar="NAME", help="may be given more than once")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to FILE")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    busy = os.getloadavg()[0]
    try:
        works = run(options.only or list(WORKS), options.rounds)
    except (ProgramMissingError, BuildError, RunError, ServerStartError) as error:
        sys.exit(f"bench.z3950: {error}")
    print(f"medians of {options.rounds} rounds; a ratio is ours / theirs")
    if busy > QUIET:
        print(f"the machine was busy before the first round (load average {busy:.1f}): measure again when it is not")
    print("\n".join(lines(row for work in works for row in work.rows)))
    if options.json:
        options.json.write_text(json.dumps(report(works, options.rounds), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
