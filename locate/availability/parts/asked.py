"""Read what a request asks for: volume, issue and pages as a person writes them, as numbers to look for.

Decides which number each text means and which single parts it asks for. Raises nothing; a text that is no number is
kept as a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from locate.availability.parts.fitting import Target
from locate.availability.parts.segments import Place, Point, Segment, Span
from locate.availability.parts.statements import read_statement
from locate.availability.parts.tokens import LETTER_NUMBERS
from locate.matching.normalize import fold
from locate.matching.numerals import number_of

__all__ = ["Asked", "read_asked"]

_MAX_TARGETS: Final = 64
_MAX_WANTED: Final = 200
_PAGES: Final = re.compile(r"(?<![\w.])(\d{1,6})(?:\s?[-\u2010-\u2015]\s?(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: ``targets``, each a single part, all of which are wanted, or a ``name`` that is no number."""

    targets: tuple[Target, ...] = ()
    name: str = ""

    def named(self, target: Target) -> str:
        """Return "volume 12, issue 3 of 1995" for a sentence."""
        levels = (("series", target.series), ("volume", target.volume), ("issue", target.issue))
        parts = ", ".join(f"{word} {number}" for word, number in levels if number is not None)
        if target.pages is not None and parts:
            parts += f", pages {target.pages.first}-{target.pages.last}"
        if target.year is None:
            return parts
        return f"{parts} of {target.year}" if parts else f"the year {target.year}"

    def all_named(self) -> str:
        """Return the first and the last of what is asked for, for a sentence."""
        return f"{self.named(self.targets[0])} to {self.named(self.targets[-1])}"


def read_asked(volume: str, issue: str, year: int | None, pages: str) -> Asked:
    """Read the texts of a request; "" is not asked for. More than 64 single parts give no targets and no name."""
    volume, issue = volume.strip(), issue.strip()
    point = _read(volume) if volume else Point()
    if point is None:
        return Asked(name=volume)
    below = _read(issue) if issue else Point()
    if below is None:
        return Asked(name=f"{volume} {issue}".strip())
    volumes, issues = point.volume, below.issue or below.volume or point.issue
    if issue and issues is None:
        issues = below.year
    if volumes is None and point.issue is None and point.year is not None:
        volumes = point.year  # a serial that numbers its volumes by the year
    series = point.series.first if point.series else None
    year = year if year is not None or point.year is None or point.volume is None else point.year.first
    numbers = [(one, two) for one in _each(volumes) for two in _each(issues)]
    if not 0 < len(numbers) <= _MAX_TARGETS:
        return Asked()
    held = _pages(pages)
    return Asked(tuple(Target(series, one, two, year, held) for one, two in numbers))


def _each(span: Span | None) -> list[int | None]:
    if span is None:
        return [None]
    return list(range(span.first, min(span.last, span.first + _MAX_TARGETS) + 1))


def _read(text: str) -> Point | None:
    """Return the numbers of a text, ranges as one span, None when it has none; a bare number is a volume."""
    word = fold(text)
    number = number_of(word)
    if number is not None and (len(word) > 1 or word.isdigit() or word in LETTER_NUMBERS):
        return Point(volume=Span(number, number))
    if len(text) > _MAX_WANTED:
        return None
    statement = read_statement(text)
    if not statement.understood or len(statement.segments) != 1:
        return None
    (segment,) = statement.segments
    if segment.uncertain or segment.extra or segment.absent or segment.open_end or segment.open_start:
        return None
    levels = {level: _over(segment, level) for level in ("series", "volume", "issue", "year")}
    return Point(**levels) if any(levels.values()) else None


def _over(segment: Segment, level: str) -> Span | None:
    """Return all numbers of a level from the first end of the segment to the last."""
    first: Span | None = getattr(segment.first, level)
    last: Span | None = getattr(segment.last, level)
    if first is None or last is None or segment.place(first.first, level) is Place.SILENT:
        return first or last
    return Span(first.first, max(first.first, last.last))


def _pages(text: str) -> Span | None:
    """Return the first range of pages ("101-10" is 101 to 110), None when there is none in Arabic numbers."""
    found = _PAGES.search(text[:_MAX_WANTED])
    if found is None:
        return None
    first, until = int(found[1]), found[2] or found[1]
    last = int(found[1][: -len(until)] + until) if len(until) < len(found[1]) else int(until)
    return Span(first, max(first, last))
