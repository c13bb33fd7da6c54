"""Compile and run the programs that do the same work as our client, and those that answer them.

They need a C compiler, libyaz-dev and Perl's ZOOM; nothing is written outside the folder that the caller names. Raises
ProgramMissingError when something is to be installed first, BuildError when a program cannot be compiled, RunError when
a run of one fails; each says what to do.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.peers.servers import ProgramMissingError, program_path

__all__ = ["BuildError", "RunError", "compile_canned", "compile_zoom_bench", "perl_zoom_bench", "run_program"]

_HERE = Path(__file__).parent


class BuildError(RuntimeError):
    """A program could not be compiled; the message holds what the compiler said."""


class RunError(RuntimeError):
    """A run of a program failed; the message is its own sentence."""


def compile_zoom_bench(folder: Path) -> Path:
    """Compile ``zoom_bench.c`` into ``folder`` and return the program's path."""
    program_path("pkg-config", package="pkg-config")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "yaz"], capture_output=True, text=True, check=False)
    if flags.returncode:
        raise ProgramMissingError("libyaz with its headers", "libyaz-dev")
    return _compile("zoom_bench", folder, shlex.split(flags.stdout))


def compile_canned(folder: Path) -> Path:
    """Compile ``canned.c`` into ``folder`` and return the program's path."""
    return _compile("canned", folder, ())


def _compile(name: str, folder: Path, flags: Sequence[str]) -> Path:
    compiler = program_path("cc", package="gcc")
    program = folder / name
    command = [compiler, "-O2", "-Wall", "-o", str(program), str(_HERE / f"{name}.c"), *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{shlex.join(command)} failed:\n{done.stderr}")
    return program


def perl_zoom_bench() -> list[str]:
    """Return the command that runs ``zoom_bench.pl``, its arguments left out."""
    perl = program_path("perl", package="perl")
    if subprocess.run([perl, "-MZOOM", "-e1"], capture_output=True, check=False).returncode:
        raise ProgramMissingError("Perl's ZOOM", "libnet-z3950-zoom-perl")
    return [perl, str(_HERE / "zoom_bench.pl")]


def run_program(
    command: Sequence[str | Path], *arguments: str | float | Path, timeout_s: float = 120.0
) -> dict[str, Any]:
    """Run a measuring program in one of its modes and return the JSON object that it prints.

    The head of each program lists the arguments of each mode. Raises RunError on failure or after ``timeout_s``
    seconds.
    """
    line = [*map(str, command), *map(str, arguments)]
    try:
        done = subprocess.run(line, capture_output=True, text=True, timeout=timeout_s, check=False)
    except subprocess.TimeoutExpired:
        raise RunError(f"{shlex.join(line)} still ran after {timeout_s:g} s") from None
    if done.returncode:
        raise RunError(done.stderr.strip() or f"{shlex.join(line)} ended with status {done.returncode}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result
