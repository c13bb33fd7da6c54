"""The catalog behind an embedded target: records, kept as bytes, and the indexes over them.

Decides nothing about APDUs or record syntaxes. Records that cannot be read are reported in ``problems`` and left out;
the rest is served. Raises ConfigurationError from ``from_files`` for a file that is missing, empty or unreadable, and
DiagnosticError from ``search``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from locate.errors import RecordError
from locate.records import BibRecord, LoadedRecord, load_file
from locate.z3950.apdu import AttributesPlusTerm, RpnQuery
from locate.z3950.opac import HoldingsAndCirc, MarcHoldings
from locate.z3950.target.indexing import RecordIndexes, Terms
from locate.z3950.target.searching import list_terms, search

__all__ = ["Catalog", "Entry", "SortValues", "UnreadableRecord"]

_SKIPPED_BEFORE = " '\u2019\"-"  # a nonfiling indicator that does not end behind one of these is wrong


@dataclass(frozen=True, slots=True)
class Entry:
    """One record served: ``raw`` the bibliographic record's bytes, ``syntax`` "marc21" or "xml", ``holdings`` what an
    OPAC record carried beside it, None when the record did not come as one.
    """

    raw: bytes = field(repr=False)
    syntax: str
    holdings: tuple[HoldingsAndCirc | MarcHoldings, ...] | None = None


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    """A record left out: the file it stands in ("" when it came from none), its 1-based ``position``, and why."""

    path: str
    position: int
    error: RecordError

    def __str__(self) -> str:
        place = f"{self.path}, record {self.position}" if self.path else f"record {self.position}"
        return f"{place}: {self.error.reason}"


@dataclass(frozen=True, slots=True)
class SortValues:
    """What a record is sorted by, as written; "" for what it lacks. ``title`` is without its leading article."""

    title: str
    author: str
    date: str
    number: str


class Catalog:
    """Records with working Bib-1 indexes. It does not change once it is made, and may be served by several targets.

    ``has_opac`` says whether the catalog gives OPAC records: when one of its records came as an OPAC record, or when
    ``opac`` is True. A record without holdings is then given with none.
    """

    def __init__(self, records: Iterable[LoadedRecord], *, opac: bool = False) -> None:
        self.has_opac = opac
        self.problems: tuple[UnreadableRecord, ...] = ()
        self._entries: list[Entry] = []
        self._sort_values: list[SortValues] = []
        self._indexes = RecordIndexes()
        self._add(records, "")

    @classmethod
    def from_files(cls, paths: Iterable[str | Path], *, opac: bool = False) -> Self:
        """Read MARC 21 (ISO 2709), MARCXML and OPAC XML files, told apart by content.

        Raises ConfigurationError for a file that is missing, unreadable or empty.
        """
        catalog = cls((), opac=opac)
        for path in paths:
            catalog._add(load_file(Path(path)), str(path))
        return catalog

    def _add(self, records: Iterable[LoadedRecord], path: str) -> None:
        problems = []
        for position, loaded in enumerate(records, 1):
            if isinstance(loaded.record, RecordError):
                problems.append(UnreadableRecord(path, position, loaded.record))
                continue
            self._indexes.add(len(self._entries), loaded.record)
            self._entries.append(_entry(loaded))
            self._sort_values.append(_sort_values(loaded.record))
            self.has_opac = self.has_opac or loaded.opac is not None
        self.problems += tuple(problems)

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, number: int) -> Entry:
        """Return the record with ``number`` (0-based), as `search` gives it."""
        return self._entries[number]

    def sort_values(self, number: int) -> SortValues:
        """Return what the record with ``number`` (0-based) is sorted by."""
        return self._sort_values[number]

    def terms(self, start: AttributesPlusTerm, attribute_set: str) -> tuple[Terms, str]:
        """Return the terms of the index that the attributes of a Scan's start term name, and that term as it would
        stand among them. Raises DiagnosticError.
        """
        return list_terms(start, attribute_set, self._indexes)

    def search(self, query: RpnQuery, result_sets: Mapping[str, Collection[int]] | None = None) -> list[int]:
        """Return the numbers (0-based) of the records that satisfy ``query``, in the catalog's order.

        ``result_sets`` maps the names that the query may refer to to record numbers. Raises DiagnosticError.
        """
        return sorted(search(query, self._indexes, result_sets or {}))


def _entry(loaded: LoadedRecord) -> Entry:
    if loaded.opac is None or loaded.opac.bibliographic is None:
        return Entry(loaded.raw, loaded.syntax)
    return Entry(loaded.opac.bibliographic, "xml", loaded.opac.holdings)


def _sort_values(record: BibRecord) -> SortValues:
    title, skipped = record.title, record.title.nonfiling
    article = 0 < skipped < len(title.proper) and title.proper[skipped - 1] in _SKIPPED_BEFORE
    return SortValues(
        title=title.full[skipped:] if article else title.full,
        author=record.names[0].heading if record.names else "",
        date=str(min(record.years)) if record.years else "",
        number=record.control_number or "",
    )
