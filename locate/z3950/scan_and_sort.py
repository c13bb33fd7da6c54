"""What Scan and Sort bring back.

Decides how a term and its count are shown, and which diagnostic speaks for a refused request. Pure; raises
DiagnosticError.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu import OccurrenceByAttributes, ScanResponse, ScanStatus, SortResponse, SortStatus, TermInfo
from locate.z3950.diagnostics import diagnostic_error, joined, unexplained
from locate.z3950.retrieval import SurrogateDiagnostic
from locate.z3950.schema import read_text

__all__ = ["ScanEntry", "ScanResult", "SortResult", "scanned", "sorted_set"]

_SORT_STATUS = {SortStatus.SUCCESS: "", SortStatus.PARTIAL_1: "the target sorted a part of the records only"}


@dataclass(frozen=True, slots=True)
class ScanEntry:
    """A term of an index: ``term`` as it is searched for, ``display`` as it is to be shown, ``occurrences`` how many
    records have it, None when the target does not say.
    """

    term: str
    display: str
    occurrences: int | None


@dataclass(frozen=True, slots=True)
class ScanResult:
    """Terms in the order of the index. The start term stands, or would stand, at ``position`` (1-based; 0 is not said).

    ``step_size`` is how many terms were left out between two; ``note`` says why there are fewer terms than asked for.
    """

    entries: list[ScanEntry | SurrogateDiagnostic]
    position: int = 0
    step_size: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class SortResult:
    """A sorted result set: ``hits`` records, None when the target does not say."""

    hits: int | None
    note: str = ""


def scanned(answer: ScanResponse, charset: str, *, target: str = "") -> ScanResult:
    """Return the terms of a Scan answer. Raises DiagnosticError when the target refuses."""
    found = answer.entries
    diagnostics = [diagnostic_error(each, target=target) for each in found.nonsurrogate_diagnostics] if found else []
    terms = found.entries if found else ()
    if diagnostics and not terms:
        raise joined(diagnostics)
    if answer.scan_status == ScanStatus.FAILURE and not terms:
        raise unexplained()
    return ScanResult(
        [_entry(kind, value, position, charset) for position, (kind, value) in enumerate(terms, 1)],
        position=answer.position_of_term or 0,
        step_size=answer.step_size or 0,
        note=joined(diagnostics).message if diagnostics else "",
    )


def _entry(kind: str, value: Any, position: int, charset: str) -> ScanEntry | SurrogateDiagnostic:
    if kind == "surrogate":
        return SurrogateDiagnostic(diagnostic_error(value), position)
    info: TermInfo = value
    term = _text(info.term, charset)
    return ScanEntry(term, info.display_term or term, _occurrences(info))


def _text(term: tuple[str, Any], charset: str) -> str:
    kind, value = term
    if kind != "general":
        return str(value)
    try:
        return str(value, charset)
    except (UnicodeDecodeError, LookupError):
        return read_text(value)


def _occurrences(info: TermInfo) -> int | None:
    """Return globalOccurrences, or the sum of what is said by attributes and by database."""
    if info.global_occurrences is not None:
        return info.global_occurrences
    counts = [count for each in info.by_attributes for count in _counts(each)]
    return sum(counts) if counts else None


def _counts(found: OccurrenceByAttributes) -> list[int]:
    if found.occurrences is None:
        return []
    kind, value = found.occurrences
    return [value] if kind == "global" else [each.num for each in value if each.num is not None]


def sorted_set(answer: SortResponse, *, target: str = "") -> SortResult:
    """Return what a Sort answer says of the sorted set. Raises DiagnosticError when the target refuses."""
    diagnostics = [diagnostic_error(each, target=target) for each in answer.diagnostics]
    if answer.sort_status not in _SORT_STATUS:
        if diagnostics:
            raise joined(diagnostics)
        raise unexplained()
    notes = [_SORT_STATUS[answer.sort_status], *(error.message for error in diagnostics)]
    return SortResult(answer.result_count, "; ".join(note for note in notes if note))
