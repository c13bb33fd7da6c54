"""The terms that a scan brought back.

A plain sequence: nothing is asked once it is there. Pure. Raises Bib1Err where a diagnostic stands in a term's place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from locate.z3950.client import ScanResult
from locate.z3950.retrieval import SurrogateDiagnostic
from locate.z3950.zoom.errors import as_zoom_error

__all__ = ["ScanSet"]


class ScanSet(Sequence[dict[str, Any]]):
    """Terms in the order of the index, 0-based; each a dictionary with ``term``, ``display`` and, when the target tells
    it, ``freq`` (how many records have it).
    """

    def __init__(self, result: ScanResult) -> None:
        self._entries = result.entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(index, slice):
            return [self.get_fields(each) for each in range(*index.indices(len(self)))]
        return self.get_fields(index)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.get_fields, range(len(self)))

    def get_term(self, i: int) -> str:
        """Return the term at ``i`` (0-based)."""
        term: str = self.get_fields(i)["term"]
        return term

    def get_field(self, field: str, i: int) -> Any:
        """Return ``field`` of the term at ``i`` (0-based). Raises KeyError when it has no such field."""
        return self.get_fields(i)[field]

    def get_fields(self, i: int) -> dict[str, Any]:
        """Return all fields of the term at ``i`` (0-based). Raises Bib1Err when a diagnostic stands there."""
        entry = self._entries[i]
        if isinstance(entry, SurrogateDiagnostic):
            raise as_zoom_error(entry) from entry
        found: dict[str, Any] = {"term": entry.term, "display": entry.display}
        if entry.occurrences is not None:
            found["freq"] = entry.occurrences
        return found
