"""The result sets of one Z-association of the embedded target: which records, in which order, under which name.

Decides how positions map to records and which set is dropped when there are too many. It refuses to know queries,
record syntaxes and APDUs. Raises DiagnosticError 30 for a set that does not exist. Source: Z39.50-2003 §3.1.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from locate.z3950.diagnostics import refusal
from locate.z3950.target.catalog import Catalog

__all__ = ["DEFAULT_SET", "Hits", "NamedSets", "Part", "merge"]

DEFAULT_SET = "default"


@dataclass(frozen=True, slots=True)
class Part:
    """The hits in one database: its name, and record numbers (0-based) in order."""

    name: str
    catalog: Catalog
    numbers: Sequence[int]


class Hits:
    """The records of a result set: those of its parts one after the other, or in ``order``.

    ``order`` lists 0-based places in that sequence, as `sorting` makes it; None leaves the databases' own order.
    """

    def __init__(self, parts: Sequence[Part], order: Sequence[int] | None = None) -> None:
        self.parts = parts
        self.size = sum(len(part.numbers) for part in parts)
        self._order = order

    def in_database(self, name: str) -> Sequence[int]:
        """Return the record numbers in one database, none when the search did not cover it."""
        return next((part.numbers for part in self.parts if part.name == name), ())

    def at(self, position: int) -> tuple[Part, int]:
        """Return the database and record number at ``position`` (1-based), which must be in range."""
        index = position - 1 if self._order is None else self._order[position - 1]
        for part in self.parts:
            if index < len(part.numbers):
                return part, part.numbers[index]
            index -= len(part.numbers)
        raise IndexError(position)

    def reordered(self, order: Sequence[int]) -> Hits:
        """Return the same records in another order, which lists 0-based places in the present one."""
        places = order if self._order is None else [self._order[place] for place in order]
        return Hits(self.parts, places)


def merge(inputs: Sequence[Hits]) -> Hits:
    """Return the records of all ``inputs``, each once, database by database; one set alone as it is."""
    if len(inputs) == 1:
        return inputs[0]
    numbers: dict[str, set[int]] = {}
    catalogs: dict[str, Catalog] = {}
    for part in (part for hits in inputs for part in hits.parts):
        numbers.setdefault(part.name, set()).update(part.numbers)
        catalogs[part.name] = part.catalog
    return Hits([Part(name, catalogs[name], sorted(found)) for name, found in numbers.items()])


class NamedSets:
    """The sets kept by name, at most ``limit``: beyond it the one that was made first goes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._sets: dict[str, Hits] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._sets

    def find(self, name: str) -> Hits:
        """Return a set. Raises diagnostic 30."""
        if name not in self._sets:
            raise refusal(30, name)
        return self._sets[name]

    def all(self) -> Mapping[str, Hits]:
        """Return the sets there are now, by name."""
        return dict(self._sets)

    def keep(self, name: str, hits: Hits) -> None:
        """Keep a set, as the youngest."""
        self.drop((name,))
        if len(self._sets) >= self._limit:
            del self._sets[next(iter(self._sets))]
        self._sets[name] = hits

    def drop(self, names: Iterable[str]) -> None:
        """Forget these sets, as far as they exist."""
        for name in names:
            self._sets.pop(name, None)
