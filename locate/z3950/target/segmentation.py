"""An answer to Present that does not fit into one message: which records, and which parts of them, go into which.

Decides how records are packed into segments of a given size: whole ones at level 1, and at level 2 a record larger than
a segment as fragments, which take a segment each until the last, behind which more records follow. It refuses to know
where records come from. Raises nothing. Source: Z39.50-2003 §3.3.2 and §3.3.3 (segmentation).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from locate.z3950.apdu import External, NamePlusRecord

__all__ = ["Packed", "SegmentLimits", "SizedRecord", "pack"]


@dataclass(frozen=True, slots=True)
class SizedRecord:
    """An entry of a record list and what it counts against the size of a message, in bytes."""

    entry: NamePlusRecord
    size: int


@dataclass(frozen=True, slots=True)
class SegmentLimits:
    """Bounds of one answer: ``segments`` in number, ``segment_bytes`` of records in each, ``aggregate_bytes`` in all;
    ``fragments`` says whether a record may be cut.
    """

    segments: int
    segment_bytes: int
    aggregate_bytes: int
    fragments: bool


@dataclass(frozen=True, slots=True)
class Packed:
    """The ``segments``, at least one, perhaps empty; ``records`` in all of them; ``complete`` False when some records
    did not fit.
    """

    segments: tuple[tuple[NamePlusRecord, ...], ...]
    records: int
    complete: bool


def pack(records: Iterable[SizedRecord], limits: SegmentLimits) -> Packed:
    """Put records into segments until they or the limits end. A record that may not be cut has a segment of its own,
    however large it is.
    """
    segments: list[list[NamePlusRecord]] = [[]]
    used = total = count = 0
    for record in records:
        total += record.size
        pieces = [record]
        if limits.fragments and record.size > limits.segment_bytes and record.entry.record[0] == "retrieval":
            pieces = _fragments(record, limits.segment_bytes)
        fresh = bool(segments[-1]) and used + pieces[0].size > limits.segment_bytes
        if len(segments) + fresh + len(pieces) - 1 > limits.segments or (count and total > limits.aggregate_bytes):
            return Packed(tuple(map(tuple, segments)), count, complete=False)
        for index, piece in enumerate(pieces):
            if index or fresh:
                segments.append([])
                used = 0
            segments[-1].append(piece.entry)
            used += piece.size
        count += 1
    return Packed(tuple(map(tuple, segments)), count, complete=True)


def _fragments(record: SizedRecord, size: int) -> list[SizedRecord]:
    """Cut a record into pieces of at most ``size`` bytes. The first bears the record syntax."""
    external: External = record.entry.record[1]
    octets: bytes = external.encoding[1]
    cut = [octets[start : start + size] for start in range(0, len(octets), size)]
    last = len(cut) - 1
    pieces = []
    for index, part in enumerate(cut):
        kind = "starting" if index == 0 else "final" if index == last else "intermediate"
        tagged = External(external.direct_reference, None, ("octets", part))
        fragment = ("external", tagged) if index == 0 else ("octets", part)
        pieces.append(SizedRecord(replace(record.entry, record=(kind, fragment)), len(part)))
    return pieces
