"""A segment of a holdings statement while it is read: levels are set one by one, then it is closed.

Decides what each end inherits from the other and what an abbreviated number means. Raises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from locate.availability.parts.segments import NOWHERE, Point, Segment, Span
from locate.availability.parts.tokens import MAX_DIGITS
from locate.availability.parts.words import NEXT_LEVEL, Level

__all__ = ["CHRONOLOGY", "ENUMERATION", "Draft", "Levels", "combined"]

Levels = dict[Level, Span]
ENUMERATION: Final = (Level.SERIES, Level.VOLUME, Level.ISSUE, Level.PART)
CHRONOLOGY: Final = (Level.YEAR, Level.MONTH)
_COUNTED: Final = (*ENUMERATION, Level.YEAR, Level.PAGES)


def combined(span: Span, number: int, raw: str, level: Level, *, captioned: bool) -> Span | None:
    """Return the combined part of "``span``/``number``" ("3/4", "1990/91", "5621/22"), None when it is none.

    None means that the number after the stroke counts the next level: "12/3" is volume 12, issue 3.
    """
    if len(raw) > MAX_DIGITS:
        return None
    size = 10 ** len(raw)
    expanded = span.last - span.last % size + number
    if level is Level.YEAR:
        if len(raw) < 4:
            expanded += size if expanded < span.last and len(raw) == 2 else 0
            number = expanded if len(raw) == 2 and expanded - span.last < 30 else 0
        return Span(span.first, number) if number > span.last else None
    if level is Level.MONTH:
        return span  # a day: "Sept. 30/31"
    if number == span.last + 1 or (captioned and number > span.last) or level is Level.PAGES:
        return Span(span.first, max(number, span.first))
    if 2 <= len(raw) < len(str(span.last)) and expanded > span.last:
        return Span(span.first, expanded)
    return None


@dataclass(slots=True)
class Draft:
    """The levels of both ends, and what was seen of the segment. ``recent`` is the level that was set last."""

    first: Levels = field(default_factory=dict)
    last: Levels = field(default_factory=dict)
    ranged: bool = False
    from_word: bool = False
    until_word: bool = False
    recent: Level | None = None
    captioned: bool = False
    uncertain: bool = False
    loose: bool = False
    yearly: bool = False
    listed: bool = False
    after_hyphen: bool = False
    roman: bool = False
    spans_years: bool = False
    extra: bool = False
    absent: bool = False
    alternative: bool = False
    start: int = -1
    end: int = -1

    @property
    def side(self) -> Levels:
        """The end that is being read."""
        return self.last if self.ranged else self.first

    @property
    def empty(self) -> bool:
        """True while nothing was read."""
        return not self.first and not self.last and not self.ranged

    def has(self, levels: tuple[Level, ...]) -> bool:
        """Say whether either end has one of ``levels``."""
        return any(level in self.first or level in self.last for level in levels)

    def put(self, level: Level, span: Span) -> None:
        """Set a level of the end that is being read."""
        self.side[level] = span
        self.recent = level
        self.after_hyphen = False

    def bare_level(self) -> Level:
        """Return the level that a number without a caption counts here."""
        if self.after_hyphen and self.recent is not None:
            counted = [level for level in ENUMERATION if level in self.first]
            return counted[-1] if self.recent in CHRONOLOGY and counted else self.recent
        return NEXT_LEVEL[self.recent] if self.recent is not None else Level.VOLUME

    def hyphen(self) -> bool:
        """Take a hyphen; return False when it makes no sense here."""
        self.after_hyphen = True
        if not self.ranged:
            self.ranged = True
            return True
        if not self.last or self.recent is None:
            return True
        recent = self.recent
        if recent not in self.first:  # "v.1-49 1950-1998", "1967-1981:v.1-2": a range of another level
            chain = CHRONOLOGY if recent in CHRONOLOGY else (recent,)
            self.yearly = recent is Level.VOLUME
            for level in chain:
                if level in self.last and level not in self.first:
                    self.first[level] = self.last.pop(level)
            return True
        if (
            recent in self.last
            and self.last.keys() == {recent}
            and self.last[recent].first == self.first[recent].last + 1
        ):
            self.first[recent] = Span(self.first[recent].first, self.last.pop(recent).last)  # "1986-1987-"
            return True
        return False

    def years(self, start: Levels, end: Levels, *, alone: bool) -> None:
        """Take a chronology in parentheses that stands after the whole segment; ``alone`` is a single date."""
        if self.ranged:
            given = any(level in self.first for level in CHRONOLOGY)
            alone = alone and not (Level.VOLUME in self.first and Level.VOLUME not in self.last)  # "v.9:no.2-3 (1987)"
            if not given and not (alone and self.last) and self.first:
                for level in start:
                    self.first.setdefault(level, start[level])
            if self.last:
                for level in end:
                    self.last.setdefault(level, end[level])
            return
        self.last = {**{level: self.first[level] for level in ENUMERATION if level in self.first}, **end}
        for level in start:
            self.first.setdefault(level, start[level])
        self.ranged = True

    def close(self) -> None:
        """Let each end inherit the levels that the text gives at the other only."""
        if not self.ranged:
            self.last = dict(self.first)
        if not self.last:
            return
        if not self.last.keys() - {Level.PAGES, Level.OTHER, Level.MONTH}:
            self.last = {**self.first, **self.last}
        for chain in (ENUMERATION, CHRONOLOGY):
            tops = [at for at, level in enumerate(chain) if level in self.last]
            for level in chain[: tops[0] if tops else 0]:
                if level in self.first:
                    self.last[level] = self.first[level]
        one_volume = self.first.get(Level.VOLUME) == self.last.get(Level.VOLUME) is not None
        undated = Level.MONTH in self.first or (one_volume and Level.MONTH not in self.first)
        if undated and Level.YEAR not in self.first and Level.YEAR in self.last:
            self.first[Level.YEAR] = self.last[Level.YEAR]

    def segment(self, text: str) -> Segment | None:
        """Return the closed segment, None when it counts nothing; ``text`` is the whole statement."""
        self.ranged |= self.from_word
        self.close()
        for end in (self.first, self.last):
            volume = end.get(Level.VOLUME)
            if volume and Level.YEAR not in end and 1800 <= volume.first <= 2099:
                end[Level.YEAR] = volume  # a serial that numbers its volumes by the year
            if Level.PART in end and not end.keys() & {Level.VOLUME, Level.ISSUE, Level.YEAR}:
                end[Level.VOLUME] = end.pop(Level.PART)
        if not self.has((*_COUNTED, Level.OTHER)):
            return None
        backwards = _backwards(self.first, self.last, ENUMERATION) or _backwards(self.first, self.last, CHRONOLOGY)
        return Segment(
            NOWHERE if backwards else _point(self.first),
            NOWHERE if backwards else _point(self.last),
            open_start=self.ranged and not self.first,
            open_end=self.ranged and not self.last,
            uncertain=self.uncertain or backwards,
            loose_years=self.loose,
            yearly=self.yearly,
            extra=self.extra,
            absent=self.absent,
            alternative=self.alternative,
            text=text[max(self.start, 0) : self.end].strip(),
        )


def _backwards(first: Levels, last: Levels, chain: tuple[Level, ...]) -> bool:
    """Say whether a range ends before it begins ("v.10-2"), which is a slip or another notation."""
    for level in chain:
        if level in first and level in last and first[level] != last[level]:
            return last[level].last < first[level].first
    return False


def _point(levels: Levels) -> Point:
    if not levels:
        return NOWHERE
    return Point(**{level.value: span for level, span in levels.items() if level is not Level.OTHER})
