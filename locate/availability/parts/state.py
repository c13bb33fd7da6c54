"""The state of reading a holdings statement: the segment at hand, what a comma carries over, and what numbers count.

Decides which level a number sets: that of its caption, a year, a day, the next level, or one carried over. Raises
nothing.
"""

from __future__ import annotations

from typing import Final

from locate.availability.parts.draft import CHRONOLOGY, ENUMERATION, Draft, Levels, combined
from locate.availability.parts.segments import Span
from locate.availability.parts.tokens import LETTER_NUMBERS, Token, is_year
from locate.availability.parts.words import Does, Level
from locate.matching.numerals import number_of

__all__ = ["NUMBERED", "State"]

NUMBERED: Final = frozenset({"number", "year"})


class State:
    """What is being read: the segment at hand, those that are done, and what a comma carries over to the next."""

    def __init__(self, text: str, tokens: list[Token], closings: dict[int, int], depth: int = 0) -> None:
        self.text = text
        self.tokens = tokens
        self.closings = closings
        self.depth = depth
        self.segments: list[Draft] = []
        self.leftover: list[str] = []
        self.draft = Draft()
        self.group: list[Draft] = []
        self.carried: Levels = {}
        self.carried_recent: Level | None = None
        self.caption: Level | None = None
        self.stroke = False
        self.doubt = False
        self.absent = False
        self.extra = False
        self.alternative = False
        self.tainted = ""
        self.embargo: int | None = None

    def peek(self, at: int, end: int) -> Token | None:
        """Return the token at ``at``, or the one after it where that is a full stop."""
        if at < end and self.tokens[at].text == ".":
            at += 1
        return self.tokens[at] if at < end else None

    def after_caption(self, at: int, end: int) -> int | None:
        """Return the index of the token after the caption at ``at``, past full stops and colons."""
        for index in range(at + 1, min(at + 4, end)):
            if self.tokens[index].text not in {".", ":"}:
                return index
        return None

    def has_number(self, at: int, end: int) -> bool:
        """Say whether a number in digits, letters or words follows the caption at ``at``."""
        after = self.after_caption(at, end)
        return self._is_numbered(after) or (after is not None and self.value(after, end) is not None)

    def value(self, at: int, end: int) -> int | None:
        """Return the number that the word at ``at`` means after a caption ("IV", "two"), None for any other word."""
        token = self.tokens[at]
        if token.kind != "word" or (len(token.text) == 1 and token.text not in LETTER_NUMBERS):
            return None
        value = number_of(token.text)
        if value is not None and token.does is Does.CAPTION and self._is_numbered(self.after_caption(at, end)):
            return None
        return value

    def _is_numbered(self, at: int | None) -> bool:
        """Say whether the token at ``at`` is a number in digits."""
        return at is not None and self.tokens[at].kind in NUMBERED

    def mark(self, token: Token) -> None:
        """Let the text of the segment at hand reach over ``token``."""
        if self.draft.start < 0:
            self.draft.start = token.start
        self.draft.end = token.end

    def finish(self) -> None:
        """Close the draft and begin the next one, which inherits nothing unless a comma says so."""
        draft, self.draft = self.draft, Draft()
        self.caption, self.stroke = None, False
        if draft.empty or (draft.ranged and not draft.first and not draft.last):
            return
        if self.tainted:
            draft.uncertain = True
        draft.absent, draft.extra, draft.alternative = self.absent, self.extra, self.alternative
        self.segments.append(draft)
        self.group.append(draft)
        side = draft.last or draft.first
        self.carried = {**draft.first, **side}
        self.carried_recent = draft.recent if draft.recent in ENUMERATION else None
        if self.carried_recent is None and not draft.has(ENUMERATION):
            self.carried_recent = draft.recent

    def forget(self) -> None:
        """Let the next segment inherit nothing, and stand free of the unknown words before it."""
        self.carried, self.carried_recent, self.group, self.tainted = {}, None, [], ""

    # -- numbers -----------------------------------------------------------------------------------------------------

    def number(self, token: Token, at: int, end: int) -> None:
        """Take a number, or leave it where it is a day or a count."""
        after = self.peek(at + 1, end)
        before = self.tokens[at - 1].text if at else ""
        if self._is_day(token, after) or self._before_caption(token, after, at, end):
            return
        if before == "in" and self.draft.side and not is_year(token.number):
            return  # "v.1-2 in 1": how they are bound
        self._leave_for_year(token)
        if self.stroke and self._combine(token):
            return
        level, captioned = self._level(token), self.caption is not None
        if token.kind == "number" and not captioned and level is Level.VOLUME and token.number >= 3000:
            self.draft.uncertain = True
        number = token.number
        if level is Level.YEAR and self.draft.after_hyphen and len(token.text) == 2:
            begun = self.draft.first.get(Level.YEAR)
            number = begun.last - begun.last % 100 + number if begun else number
        self.put(level, Span(number, number), token, captioned=captioned)

    def _leave_for_year(self, token: Token) -> None:
        """Let "3/1995" and "3/95" say the year at most: the number before may be an issue, a month or a volume."""
        draft = self.draft
        short = len(token.text) == 2 and (token.number > 53 or token.text.startswith("0"))
        counts = draft.recent is Level.VOLUME and Level.VOLUME in draft.side and not draft.captioned
        if self.stroke and counts and (short or is_year(token.number)):
            draft.side[Level.OTHER] = draft.side.pop(Level.VOLUME)
            draft.recent = Level.OTHER
        if self.caption is Level.OTHER and is_year(token.number):
            self.caption = None  # "microfilm: 1990-1995"

    def _is_day(self, token: Token, after: Token | None) -> bool:
        """Say whether the number is a day of a month, which no request asks for."""
        month_next = after is not None and after.does is Does.MONTH
        if self.caption is not None or token.number > 31 or token.kind == "year":
            return False
        if month_next and not self.stroke:
            return True
        return self.draft.recent is Level.MONTH and not self.stroke

    def _before_caption(self, token: Token, after: Token | None, at: int, end: int) -> bool:
        """Take "1. Bd." and "3rd ser."; a number before another caption is a count, an edition or a measure."""
        if after is None or self.caption is not None or after.does not in {Does.CAPTION, Does.EDITION, Does.UNIT}:
            return False
        if after.does is not Does.CAPTION:
            if not is_year(token.number):
                self.put(Level.OTHER, Span(0, 0), token, captioned=True)
                return True
            return False
        dotted = self.tokens[at + 1].text == "."
        if self.has_number(at + 1 + dotted, end) or (is_year(token.number) and not dotted):
            return False
        if self.draft.recent is not None and not (dotted or token.ordinal) and not self.draft.ranged:
            return False
        level = after.level if dotted or token.ordinal else Level.OTHER
        self.put(level, Span(token.number, token.number), token, captioned=True)
        return True

    def _combine(self, token: Token) -> bool:
        """Take the number after a stroke as part of the combined part before it; False when it is the next level."""
        self.stroke = False
        draft = self.draft
        recent = draft.recent
        if recent is None or recent not in draft.side or self.caption is not None:
            return False
        joined = combined(draft.side[recent], token.number, token.text, recent, captioned=draft.captioned)
        if joined is None:
            return False
        draft.side[recent] = joined
        self.mark(token)
        return True

    def _level(self, token: Token) -> Level:
        """Return what the number counts: its caption's level, a year, or what the numbers before it leave open."""
        draft = self.draft
        if self.caption is not None:
            return self.caption
        if token.kind == "year":
            return Level.YEAR
        if draft.empty and (level := self._carried(token)) is not None:
            return level
        if is_year(token.number):
            begun = draft.first.get(draft.bare_level()) if draft.after_hyphen else None
            if begun is None or begun.first < 1000 or Level.YEAR in draft.first:
                return Level.YEAR
        if self.depth and draft.recent is Level.YEAR and not draft.after_hyphen:
            return Level.MONTH if 1 <= token.number <= 12 else Level.OTHER  # "v.31:no.1 (1997:02)"
        return draft.bare_level()

    def _carried(self, token: Token) -> Level | None:
        """Return the level that a number after a comma goes on with, None when it is a year of its own."""
        level = self.carried_recent
        if level is Level.YEAR and not is_year(token.number):
            self.draft.uncertain = True
            return Level.ISSUE
        if level is None or (is_year(token.number) and self.carried[level].last < 1000):
            return None
        return level

    def put(self, level: Level, span: Span, token: Token, *, captioned: bool) -> None:
        """Set a level; one that is already there begins the next segment."""
        if level is Level.YEAR and self.draft.spans_years and level in self.draft.side:
            begun = self.draft.side[level]
            span, self.draft.spans_years = Span(begun.first, max(begun.last, span.last)), False
            del self.draft.side[level]
        inherits = self.draft.empty and not captioned
        if level in self.draft.side and level is not Level.OTHER:
            self.finish()
            self.carried, self.carried_recent = {}, None
        if inherits or (self.draft.empty and level in ENUMERATION):
            self._inherit(level)
        self.draft.put(level, span)
        self.draft.captioned = captioned
        self.draft.uncertain |= token.lettered
        self.caption, self.stroke = None, False
        self.mark(token)

    def _inherit(self, level: Level) -> None:
        """Let a number after a comma stand below the upper levels of the segment before: "v.1:no.1,3"."""
        chain = ENUMERATION if level in ENUMERATION else CHRONOLOGY if level in CHRONOLOGY else ()
        for upper in chain[: chain.index(level)] if level in chain else ():
            if upper in self.carried:
                self.draft.first.setdefault(upper, self.carried[upper])
