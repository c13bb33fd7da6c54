"""Compile and run the C measuring program that drives YAZ's own libraries.

It needs a C compiler and libyaz-dev; nothing is written outside the folder that the caller names. Raises BuildError
when the program cannot be compiled, RunError when a run of it fails; both say what to do.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

from tests.peers.servers import ProgramMissingError, program_path

__all__ = ["BuildError", "RunError", "compile_zoom_bench", "run_zoom_bench"]

_SOURCE = Path(__file__).with_name("zoom_bench.c")


class BuildError(RuntimeError):
    """The program could not be compiled; the message holds what the compiler said."""


class RunError(RuntimeError):
    """A run of the program failed; the message is its own sentence."""


def compile_zoom_bench(folder: Path) -> Path:
    """Compile ``zoom_bench.c`` into ``folder`` and return the program's path.

    Raises ProgramMissingError when something is to be installed first, BuildError when the compiler refuses.
    """
    for tool, package in (("cc", "gcc"), ("pkg-config", "pkg-config")):
        program_path(tool, package=package)
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "yaz"], capture_output=True, text=True, check=False)
    if flags.returncode:
        raise ProgramMissingError("libyaz with its headers", "libyaz-dev")
    program = folder / "zoom_bench"
    command = ["cc", "-O2", "-Wall", "-o", str(program), str(_SOURCE), *shlex.split(flags.stdout)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{shlex.join(command)} failed:\n{done.stderr}")
    return program


def run_zoom_bench(program: Path, *arguments: str | int | Path, timeout_s: float = 120.0) -> dict[str, Any]:
    """Run ``warm``, ``many``, ``decode`` or ``capture`` and return the JSON object that it prints.

    The head of ``zoom_bench.c`` lists the arguments of each mode. Raises RunError on failure or after ``timeout_s``
    seconds.
    """
    command = [str(program), *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)
    except subprocess.TimeoutExpired:
        raise RunError(f"{shlex.join(command)} still ran after {timeout_s} s") from None
    if done.returncode:
        raise RunError(done.stderr.strip() or f"{shlex.join(command)} ended with status {done.returncode}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result
