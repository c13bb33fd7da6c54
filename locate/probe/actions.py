"""What passes between a probe and its driver: an action to carry out, and what became of it.

Pure data. Decides nothing; refuses to know how an action is carried out. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

from locate.errors import LocateError
from locate.z3950.query import Query
from locate.z3950.requests import SortKey

__all__ = ["Action", "Connect", "Delete", "Present", "Reply", "Scan", "Search", "Sort", "Steps"]


@dataclass(frozen=True, slots=True)
class Connect:
    """Open an association; the one that is open, if any, is dropped. Its result is a ServerInfo."""


@dataclass(frozen=True, slots=True)
class Search:
    """Search and fetch the first ``count`` records. ``charset`` is a Python codec name, None for what Init agreed on,
    else UTF-8. Its result is a ResultSet.
    """

    query: Query
    count: int
    syntax: str
    element_set: str | None
    charset: str | None
    result_set: str = "default"


@dataclass(frozen=True, slots=True)
class Present:
    """Fetch ``count`` records from ``start`` (1-based) of a result set. Its result is a list of Fetched."""

    start: int
    count: int
    syntax: str
    element_set: str | None
    result_set: str = "default"


@dataclass(frozen=True, slots=True)
class Scan:
    """List a few terms of an index around ``term``. Its result is a ScanResult."""

    term: Query
    charset: str | None


@dataclass(frozen=True, slots=True)
class Sort:
    """Sort the default result set by ``key``. Its result is a SortResult."""

    key: SortKey


@dataclass(frozen=True, slots=True)
class Delete:
    """Drop a result set. Its result maps names to deleteSetStatus, where 0 is success."""

    name: str


Action = Connect | Search | Present | Scan | Sort | Delete


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of an action: a ``result``, or the ``error`` it ended in, or ``skipped``, why it was not done at all.

    ``elapsed_s`` seconds; ``times`` are those of an action's phases by name; ``searches`` how many Search requests it
    took; ``sizes`` how many records each Search and Present answer brought.
    """

    result: Any = None
    error: LocateError | None = None
    skipped: str = ""
    elapsed_s: float = 0.0
    times: Sequence[tuple[str, float]] = ()
    searches: int = 0
    sizes: Sequence[int] = ()


Steps = Generator[Action, Reply, None]
"""A part of the probe: yields actions, is sent their replies."""
