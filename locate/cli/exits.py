"""The exit codes of ``zlocate``."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """What the shell is told: located, not located, a mistake in usage or configuration, every partner unreachable."""

    LOCATED = 0
    NOT_LOCATED = 1
    USAGE = 2
    UNREACHABLE = 3
    INTERNAL = 70
    INTERRUPTED = 130
