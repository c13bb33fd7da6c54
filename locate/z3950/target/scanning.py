"""Scan carried out over the embedded target's indexes: the terms of an index around a start term.

Decides which index a term list is taken from: headings (whole fields) when the start term's structure is a phrase or
its position the beginning of a field, else words; numbers and years as they are indexed. The terms of several
databases are merged and their records added up. It refuses to know result sets and how a list is told to the origin.
Raises DiagnosticError with the condition for the origin. Source: Z39.50-2003 §3.2.8 (Scan).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from locate.z3950.apdu import ScanRequest, ScanStatus
from locate.z3950.diagnostics import refusal
from locate.z3950.oids import BIB1_ATTRIBUTES
from locate.z3950.target.catalog import Catalog

__all__ = ["TermList", "scan"]

_ENTRY_BYTES = 24  # what an entry takes beside its term


@dataclass(frozen=True, slots=True)
class TermList:
    """Terms with the number of records that hold each. ``position`` is where the start term stands, or would stand,
    in the list (1-based, 0 just before it); ``status`` one of ScanStatus.
    """

    entries: tuple[tuple[str, int], ...]
    position: int
    status: int


def scan(request: ScanRequest, catalogs: Sequence[Catalog], *, message_bytes: int) -> TermList:
    """Return the terms asked for, as many as fit into ``message_bytes``.

    Raises DiagnosticError: 205 for a step size, 233 for a position that is not in or beside the list, 228 for less
    than no terms, and what a search with the same attributes raises.
    """
    wanted = request.number_of_terms_requested
    position = 1 if request.preferred_position_in_response is None else request.preferred_position_in_response
    if request.step_size:
        raise refusal(205, str(request.step_size))
    if wanted < 0:
        raise refusal(228, f"{wanted} terms")
    if not 0 <= position <= wanted + 1:
        raise refusal(233, str(position))
    before = max(position - 1, 0)
    earlier, later = _around(request, catalogs, before, wanted - before, skip_start=position == 0)
    complete = len(earlier) + len(later) == wanted
    entries = _fitting([*earlier, *later], message_bytes)
    status = ScanStatus.SUCCESS if complete else ScanStatus.PARTIAL_5
    if len(entries) < len(earlier) + len(later):
        status = ScanStatus.PARTIAL_2
    return TermList(entries, len(earlier) + 1 if position else 0, status)


def _around(
    request: ScanRequest, catalogs: Sequence[Catalog], before: int, after: int, *, skip_start: bool
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return up to ``before`` terms below the start term, and up to ``after`` from it on or, to skip it, above it."""
    below: Counter[str] = Counter()
    above: Counter[str] = Counter()
    attribute_set = request.attribute_set or BIB1_ATTRIBUTES
    for catalog in catalogs:
        terms, start = catalog.terms(request.term_list_and_start_point, attribute_set)
        first = bisect_left(terms.keys, start)
        below.update({key: terms.count(key) for key in terms.keys[max(first - before, 0) : first]})
        if skip_start and terms.keys[first : first + 1] == [start]:
            first += 1
        above.update({key: terms.count(key) for key in terms.keys[first : first + after]})
    earlier = sorted(below.items())
    return earlier[len(earlier) - min(before, len(earlier)) :], sorted(above.items())[:after]


def _fitting(entries: Sequence[tuple[str, int]], message_bytes: int) -> tuple[tuple[str, int], ...]:
    used = 0
    for index, (key, _) in enumerate(entries):
        used += len(key.encode()) + _ENTRY_BYTES
        if used > message_bytes:
            return tuple(entries[:index])
    return tuple(entries)
