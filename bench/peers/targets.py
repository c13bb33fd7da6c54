"""Run targets in processes of their own for a benchmark, and always end them.

Such a program prints the ports it listens on as its first line, separated by spaces, and ends when its standard input
does. Raises RunError when one does not start.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.answers import write_answers
from bench.peers.build import RunError, compile_canned

__all__ = ["HOST", "canned", "embedded"]

HOST = "127.0.0.1"
_STOP_DEADLINE_S = 3.0


@contextlib.contextmanager
def canned(folder: Path, *, search_delay_ms: int = 0) -> Iterator[str]:
    """Run ``canned.c``, compiled into ``folder``; gives its target, as HOST:PORT/DATABASE."""
    command = [str(compile_canned(folder)), str(search_delay_ms), *map(str, write_answers(folder))]
    with _listening(command) as targets:
        yield targets[0]


@contextlib.contextmanager
def embedded(count: int = 1, *, delay_s: float = 0.0) -> Iterator[list[str]]:
    """Run ``count`` embedded targets in one process; gives their targets."""
    with _listening([sys.executable, "-m", "bench.target", str(count), str(delay_s)]) as targets:
        yield targets


@contextlib.contextmanager
def _listening(command: Sequence[str]) -> Iterator[list[str]]:
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        ports = process.stdout.readline().split()
        if not ports:
            raise RunError(f"{command[0]} did not start; what it said stands above")
        yield [f"{HOST}:{port}/Default" for port in ports]
    finally:
        process.stdin.close()
        try:
            process.wait(_STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
