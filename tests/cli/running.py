"""Ways to run ``zlocate``: in this process, where it is fast, or as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Result", "Run", "environment", "run_process", "start"]

_DEADLINE_S = 20.0


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended: the exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document that standard output is."""
        return json.loads(self.out)


Run = Callable[..., Result]


def environment(**changed: str) -> dict[str, str]:
    """Return this process's environment without what steers the output, and with ``changed``."""
    steering = {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM", "ZLOCATE_CONFIG", "ZLOCATE_DEBUG", "ZLOCATE_PASSWORD"}
    return {name: value for name, value in os.environ.items() if name not in steering} | changed


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start ``python -m locate`` with its output piped."""
    return subprocess.Popen(
        [sys.executable, "-m", "locate", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        encoding="utf-8",
    )


def run_process(*arguments: str, code: str | None = None, env: dict[str, str] | None = None) -> Result:
    """Run ``python -m locate`` with the arguments, or Python ``code`` with them as ``sys.argv[1:]``, to its end."""
    command: Sequence[str] = ["-m", "locate"] if code is None else ["-c", code]
    done = subprocess.run(
        [sys.executable, *command, *arguments],
        env=env or environment(),
        capture_output=True,
        check=False,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=_DEADLINE_S,
    )
    return Result(done.returncode, done.stdout, done.stderr)
