"""Decide whether a missing peer skips a test or fails it.

A missing program skips, with the line that installs it; with ``LOCATE_REQUIRE_PEERS=1`` in the environment it fails,
so that a machine meant to have the peers cannot pass without them.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.peers.servers import ProgramMissingError, program_path

__all__ = ["peers_or_skip", "require_perl_module", "require_program"]


@contextlib.contextmanager
def peers_or_skip() -> Iterator[None]:
    """Turn a ProgramMissingError of the block into a skip, or into a failure when the peers are required."""
    try:
        yield
    except ProgramMissingError as missing:
        if os.environ.get("LOCATE_REQUIRE_PEERS") == "1":
            pytest.fail(f"LOCATE_REQUIRE_PEERS=1, but {missing}", pytrace=False)
        pytest.skip(str(missing))


def require_program(program: str, *, package: str) -> str:
    """Return the path of an installed program; skip or fail the test, naming the Debian package, when it is missing."""
    with peers_or_skip():
        return program_path(program, package=package)


def require_perl_module(module: str, *, package: str) -> None:
    """Go on when Perl can load ``module``; skip or fail the test, naming the Debian package, when it cannot."""
    perl = require_program("perl", package="perl")
    with peers_or_skip():
        if subprocess.run([perl, f"-M{module}", "-e1"], capture_output=True, check=False).returncode:
            raise ProgramMissingError(module, package)
