"""Measure the matcher: ``python -m bench.matching [measure|ablation|fit] --shared DIR``; ``--help`` after either."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.matching import ablation, fit, measure
from bench.matching.pairs import FIXTURES, SETS

COMMANDS: Final = {"measure": measure, "ablation": ablation, "fit": fit}
"""Each subcommand's module: ``add_options(parser)`` and ``run(options)``. The first is the one not named."""


def main(arguments: Sequence[str]) -> int:
    """Run the subcommand named, or the first one; return the exit status."""
    words = list(arguments)
    if not words or words[0] not in {*COMMANDS, "-h", "--help"}:
        words.insert(0, next(iter(COMMANDS)))
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, module in COMMANDS.items():
        added = commands.add_parser(name, description=module.__doc__, help=(module.__doc__ or "").partition("\n")[0])
        added.add_argument("--shared", type=Path, required=True, help="folder with data/pairs and data/records")
        added.add_argument("--sets", type=_sets, default=(*SETS, FIXTURES), help="comma-separated names, default all")
        added.add_argument("--json", type=Path, metavar="FILE", help="write all figures to this file too")
        module.add_options(added)
    options = parser.parse_args(words)
    status: int = COMMANDS[options.command].run(options)
    return status


def _sets(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - {*SETS, FIXTURES}:
        raise argparse.ArgumentTypeError(
            f"no set {', '.join(sorted(unknown))}; there are {', '.join((*SETS, FIXTURES))}"
        )
    return names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
