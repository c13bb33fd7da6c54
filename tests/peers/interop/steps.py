"""What an origin is asked to do, and what it tells of it, in words that all four origins share.

A run is one Z-association: steps in their order, an answer for each, and a proper end. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = [
    "Answer",
    "Hits",
    "Origin",
    "Present",
    "Record",
    "Records",
    "Refused",
    "Scan",
    "Search",
    "Sort",
    "Sorted",
    "Step",
    "Terms",
]


@dataclass(frozen=True, slots=True)
class Search:
    """Search with a query in PQF; the later steps speak of its result set."""

    pqf: str


@dataclass(frozen=True, slots=True)
class Present:
    """Fetch ``count`` records from position ``start`` (1-based); ``syntax`` is marc21, xml, sutrs, opac or grs1;
    ``elements`` the element set name.
    """

    start: int
    count: int
    syntax: str
    elements: str = "F"


@dataclass(frozen=True, slots=True)
class Scan:
    """List ``count`` terms, the start term at ``position`` (1-based) among them."""

    pqf: str
    count: int
    position: int


@dataclass(frozen=True, slots=True)
class Sort:
    """Sort the result set by a Bib-1 use attribute."""

    use: int
    descending: bool = False


Step = Search | Present | Scan | Sort


@dataclass(frozen=True, slots=True)
class Hits:
    """A search that succeeded."""

    count: int


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the origin shows it: ``facts`` are its record number, title proper (245 $a) and the call numbers of
    its holdings where it has fields, else the values of all its lines.
    """

    syntax: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """What a Present brought."""

    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a Scan brought: terms with the number of records that hold each."""

    entries: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A Sort that succeeded."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A Bib-1 diagnostic, for a request as a whole or in place of the record asked for."""

    condition: int
    addinfo: str = ""


Answer = Hits | Records | Terms | Sorted | Refused
# host, port, database, steps -> an answer for each
Origin = Callable[[str, int, str, Sequence[Step]], list[Answer]]
