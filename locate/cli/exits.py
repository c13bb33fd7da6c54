"""The exit codes of ``zlocate``."""

from __future__ import annotations

from enum import IntEnum

from locate.errors import DiagnosticError, LocateError, Z3950Error

__all__ = ["Exit", "exit_code"]


class Exit(IntEnum):
    """What the shell is told: located, not located, a mistake in usage or configuration, every partner unreachable.

    The rest says that the command did not come to an answer: a bug (sysexits.h, EX_SOFTWARE), Ctrl-C, or nobody left
    to read the output; the last two are what a shell reports for a program ended by SIGINT or SIGPIPE (128 + 2 and
    128 + 13). ``zlocate serve`` is meant to be ended by Ctrl-C and says 0.
    """

    LOCATED = 0
    NOT_LOCATED = 1
    USAGE = 2
    UNREACHABLE = 3
    INTERNAL = 70
    INTERRUPTED = 130
    CLOSED_PIPE = 141


def exit_code(error: LocateError) -> Exit:
    """Return what an error comes to: a search refused finds nothing, other faults of a target mean not asked."""
    if isinstance(error, DiagnosticError):
        return Exit.NOT_LOCATED
    return Exit.UNREACHABLE if isinstance(error, Z3950Error) else Exit.USAGE
