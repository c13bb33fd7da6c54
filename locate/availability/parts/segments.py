"""What a holdings statement says, as data: spans, points, segments and the statement itself.

Decides nothing beside how a number lies to a range; raises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["NOWHERE", "Place", "Point", "Segment", "Span", "Statement"]


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from ``first`` to ``last``, both inclusive: one number, or those of a combined part ("v.3/4")."""

    first: int
    last: int

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a segment. A level that the text does not give there is None; ``month`` is 1 to 12."""

    series: Span | None = None
    volume: Span | None = None
    issue: Span | None = None
    part: Span | None = None
    year: Span | None = None
    month: Span | None = None
    pages: Span | None = None


NOWHERE = Point()


class Place(StrEnum):
    """Where a number lies to a range. ``EDGE`` values matter when a finer level is bounded there."""

    SILENT = "silent"  # the range does not count this level
    OUT = "out"
    UNSURE = "unsure"  # one bound is not given
    INSIDE = "inside"
    FIRST = "first"
    LAST = "last"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of parts without a gap, from ``first`` to ``last``; one part has both alike.

    ``open_end`` means held and received further, ``open_start`` that the beginning is not said. ``uncertain`` parts are
    marked so in the text ("<", "?", "incomplete"). ``loose_years`` says that the years are those of several segments
    together, ``yearly`` that volumes are counted anew in each year. ``extra`` are indexes and supplements, ``absent``
    parts that the text says are not held, ``alternative`` a second numbering of the same parts ("="). Years after
    ``sure_until`` may be under an embargo; None is no embargo. ``text`` is the piece of the statement that says it.
    """

    first: Point
    last: Point
    open_start: bool = False
    open_end: bool = False
    uncertain: bool = False
    loose_years: bool = False
    yearly: bool = False
    extra: bool = False
    absent: bool = False
    alternative: bool = False
    sure_until: int | None = None
    text: str = ""

    def place(self, number: int, level: str) -> Place:
        """Say where ``number`` lies to the range of ``level``, the name of a field of `Point`."""
        first: Span | None = getattr(self.first, level)
        last: Span | None = getattr(self.last, level)
        if first is None and last is None:
            return Place.SILENT
        if (first is not None and number < first.first) or (last is not None and number > last.last):
            return Place.OUT
        at_first = first is not None and number in first
        at_last = last is not None and number in last
        if at_first or at_last:
            return Place.BOTH if at_first and at_last else Place.FIRST if at_first else Place.LAST
        bounded = (first is not None or self.open_start) and (last is not None or self.open_end)
        return Place.INSIDE if bounded else Place.UNSURE


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of holdings as read: its ``text``, its ``segments`` in the order of the text, and ``leftover``, the
    words and signs that no rule knows. Where there are any, nothing is surely not held.
    """

    text: str
    segments: tuple[Segment, ...] = ()
    leftover: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """True when the text gives at least one segment and every word of it was read."""
        return bool(self.segments) and not self.leftover
