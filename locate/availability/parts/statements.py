"""Read holdings statements: which parts of a serial or of a set a text says are held.

Decides what an item's enumeration ("v.12 no.3 (1995 Mar)"), a textual summary ("v.1(1970)-v.30(1999), v.32-"), a
sentence of electronic coverage ("Available from 1995 until 2010.") and the forms of ANSI/NISO Z39.71 mean: a comma is
a gap, a semicolon separates, a stroke combines, a hyphen at the end is open, "=" is a second numbering, "<>" and "?"
are uncertain. It knows no request and no clock: what moves with time ("current year only") is left over, and an
embargo makes years uncertain from the last that is past every such wall. Raises nothing; any text gives a statement,
in time linear to its length.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from locate.availability.parts.draft import CHRONOLOGY, ENUMERATION, Draft
from locate.availability.parts.joins import join_began, join_separate
from locate.availability.parts.segments import NOWHERE, Place, Point, Segment, Span, Statement
from locate.availability.parts.state import NUMBERED, State
from locate.availability.parts.tokens import MAX_CHARACTERS, Token, is_year, tokens_of
from locate.availability.parts.words import Does, Level

__all__ = ["NOWHERE", "Place", "Point", "Segment", "Span", "Statement", "read_statement"]

_MAX_SEGMENTS: Final = 1_000
_SURELY_PAST: Final = 2024
"""A year that is over, whenever this is read: an embargo of n years is surely past for the years up to n before it."""
_IGNORED: Final = frozenset(".:'\"*#°§·[]|¨^`\u2019\u201c\u201d")


@lru_cache(maxsize=1024)
def read_statement(text: str) -> Statement:
    """Return what ``text`` says is held; at most its first 8,000 characters and 1,000 segments are read."""
    said = _without_title(text)
    tokens = tokens_of(said)
    reader = _Reader(said, tokens, _closings(tokens))
    reader.read(0, len(tokens))
    leftover = reader.leftover
    if len(text) > MAX_CHARACTERS or len(reader.segments) > _MAX_SEGMENTS:
        leftover.append("...")
    return Statement(text, tuple(reader.finished()[:_MAX_SEGMENTS]), tuple(leftover))


def _without_title(text: str) -> str:
    """Drop a title and statement of responsibility before the statement: "Report / The Office: 1985-1986" (AVA $t)."""
    head, colon, tail = text[:MAX_CHARACTERS].rpartition(": ")
    return tail if colon and " / " in head and not any(map(str.isdigit, head)) else text


def _closings(tokens: list[Token]) -> dict[int, int]:
    """Return for each opening parenthesis, and each bracket around a date, the index of the one that closes it."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text == "(" or (token.text == "[" and _dated(tokens, at)):
            opened.append(at)
        elif opened and token.text == {"(": ")", "[": "]"}[tokens[opened[-1]].text]:
            found[opened.pop()] = at
    return found


def _dated(tokens: list[Token], at: int) -> bool:
    """Say whether the bracket at ``at`` holds a chronology: "2[1960]", but not "[v.1]" and "[1]"."""
    if at == 0 or tokens[at - 1].kind != "number":
        return False
    after = next((token for token in tokens[at + 1 : at + 3] if token.text != "."), None)
    return after is not None and (after.does is Does.MONTH or (after.kind in NUMBERED and is_year(after.number)))


class _Reader(State):
    """The walk over the tokens of a statement, or of what stands in parentheses in it."""

    # -- the walk over the tokens ------------------------------------------------------------------------------------

    def read(self, at: int, end: int) -> None:
        """Read the tokens from ``at`` up to, not including, ``end``."""
        while at < end:
            token = self.tokens[at]
            if token.kind == "sign":
                at = self._sign(token, at, end)
            elif token.kind == "word":
                at = self._word(token, at, end)
            else:
                self.number(token, at, end)
                at += 1
        self.finish()

    def finished(self) -> list[Segment]:
        """Return the segments, those that count nothing left out, joined and marked as the whole statement asks."""
        drafts = self.segments
        absent = sum(draft.absent for draft in drafts)
        self.doubt |= (self.absent and not absent) or 0 < absent == len(drafts)
        join_began(drafts)
        join_separate(drafts)
        until = None if self.embargo is None else _SURELY_PAST - self.embargo - 1
        found = [segment for draft in drafts if (segment := draft.segment(self.text)) is not None]
        return [replace(each, uncertain=each.uncertain or self.doubt, sure_until=until) for each in found]

    # -- signs -------------------------------------------------------------------------------------------------------

    def _sign(self, token: Token, at: int, end: int) -> int:
        sign = token.text
        if sign in {"(", "["} and at in self.closings and self.closings[at] < end:
            return self._parentheses(at, self.closings[at], end)
        if sign == "-" or (sign == "+" and self._ends(at, end)):
            self._hyphen(token)
        elif sign in {",", "&", "+"}:
            self._comma(at, end)
        elif sign in {";", "="}:
            self.finish()
            self.forget()
            self.alternative = sign == "="
            self.doubt |= self.absent and sign == ";" and at + 1 < end
            self.extra = self.extra and sign == "="
        elif sign == "/":
            self.stroke = True
        elif sign in {"<", ">", "?"}:
            self.draft.uncertain = True
            self.mark(token)
        elif sign == ":" and self.tainted:
            self.tainted = ":"
        elif sign not in _IGNORED and sign not in "()":
            self.leftover.append(sign)
        return at + 1

    def _ends(self, at: int, end: int) -> bool:
        """Say whether no number or word follows the sign at ``at``: "1990+"."""
        after = self.peek(at + 1, end)
        return after is None or after.kind == "sign"

    def _hyphen(self, token: Token) -> None:
        self.caption, self.stroke = None, False
        if not self.draft.hyphen():
            self.draft.uncertain = True
            self.leftover.append("-")
        self.mark(token)

    def _comma(self, at: int, end: int) -> None:
        """Close the segment, unless the comma stands inside it: "vol. 1, no. 1", "Mar. 12, 1966", "1977,1"."""
        after = self.peek(at + 1, end)
        if after is not None and self._goes_on(after, at):
            return
        if self.tainted != ":":
            self.tainted = ""
        self.finish()
        self.alternative = False
        self.draft.listed = bool(after is not None and after.kind == "number")

    def _goes_on(self, after: Token, at: int) -> bool:
        side = self.draft.side
        if not side:
            return self.draft.empty
        dated = (after.kind == "number" and is_year(after.number)) or after.kind == "year"
        if Level.MONTH in side and Level.YEAR not in side and dated:
            return True
        if after.does is Does.CAPTION and after.level in ENUMERATION:
            depth = ENUMERATION.index(after.level)
            had = [ENUMERATION.index(level) for level in side if level in ENUMERATION]
            return depth > max(had, default=depth if Level.YEAR not in side or self.depth else -1)
        has_enumeration = any(level in side for level in ENUMERATION)
        if has_enumeration and Level.YEAR not in side and (dated or after.does is Does.MONTH):
            return not self.draft.listed and self.draft.recent in ENUMERATION
        if not (after.glued and self.tokens[at].glued and after.kind == "number" and after.number < 1000):
            return False
        recent = self.draft.recent
        return recent is Level.YEAR or (recent in side and recent is not None and after.number <= side[recent].last)

    def _parentheses(self, at: int, closing: int, end: int) -> int:
        inner = _Reader(self.text, self.tokens, self.closings if self.depth < 1 else {}, self.depth + 1)
        inner.read(at + 1, closing)
        self.leftover += inner.leftover
        self.doubt |= inner.doubt or (inner.absent and not inner.segments)
        self.caption, self.stroke = None, False
        if inner.absent:
            self.segments += inner.segments
            inner.segments = []
        if inner.segments and not self.draft.empty:
            self.draft.end = self.tokens[closing].end
            following = self.peek(closing + 1, end)
            before_hyphen = not self.draft.ranged and following is not None and following.text == "-"
            before_hyphen |= following is not None and following.does is Does.UNTIL
            self._date(inner.segments, before_hyphen=before_hyphen)
        elif inner.segments:
            self.segments += inner.segments
        return closing + 1

    # -- chronology in parentheses -----------------------------------------------------------------------------------

    def _date(self, inner: list[Draft], *, before_hyphen: bool) -> None:
        """Give the segment at hand, and those of its list that have none, the chronology in parentheses."""
        inner = self._dates_only(inner)
        if not inner:
            return
        only = inner[0]
        at_end = not self.draft.ranged and (self.draft.from_word or not only.ranged)
        if len(inner) == 1 and not self.draft.listed and (before_hyphen or at_end or not only.has((Level.YEAR,))):
            for level, span in only.first.items():
                until = only.last.get(level, span)
                self.draft.side.setdefault(level, Span(span.first, max(span.first, until.last)))
            return
        group = [*(draft for draft in self.group if not draft.has(CHRONOLOGY)), self.draft]
        if len(inner) == len(group) and len(inner) > 1:
            for draft, dates in zip(group, inner, strict=True):
                draft.years(dates.first, dates.last, alone=not dates.ranged)
        elif not self.draft.has(CHRONOLOGY) and (self.draft.listed or len(inner) > 1):
            for draft in group:
                draft.years(only.first, inner[-1].last, alone=len(group) == 1 and not only.ranged)
                draft.loose = only.first.get(Level.YEAR) != inner[-1].last.get(Level.YEAR)
        else:
            self.draft.years(only.first, inner[-1].last, alone=not only.ranged)
            self.draft.loose = len(inner) > 1
        self.draft.recent = next((level for level in reversed(ENUMERATION) if level in self.draft.side), None)
        self.group = []

    def _dates_only(self, inner: list[Draft]) -> list[Draft]:
        """Return what dates the segment at hand; an issue is set here, a second numbering becomes its own segment."""
        found = []
        for each in inner:
            each.close()
            self.draft.uncertain |= each.uncertain
            if len(inner) == 1 and self._is_issue(each):
                self.draft.put(Level.ISSUE, Span(each.first[Level.VOLUME].first, each.last[Level.VOLUME].last))
            elif any(level in ENUMERATION and level in self.draft.side for level in each.first):
                each.alternative = True
                self.segments.append(each)
            elif each.has((*ENUMERATION, *CHRONOLOGY, Level.PAGES)):
                found.append(each)
        return found

    def _is_issue(self, inner: Draft) -> bool:
        """Say whether a bare number in parentheses is the issue of the volume before them: "12(3)"."""
        bare = inner.first.keys() == inner.last.keys() == {Level.VOLUME} and not inner.captioned
        return bare and self.draft.recent is Level.VOLUME and Level.ISSUE not in self.draft.side

    # -- words -------------------------------------------------------------------------------------------------------

    def _word(self, token: Token, at: int, end: int) -> int:
        value = self.value(at, end)
        if value is not None and self.caption is not None:
            self.put(self.caption, Span(value, value), token, captioned=True)
            self.draft.roman = True
        elif value is not None and self.draft.roman and self.draft.after_hyphen:
            self.put(self.draft.bare_level(), Span(value, value), token, captioned=True)
        elif value is not None and self._is_bare_roman(token):
            self.put(self.draft.bare_level(), Span(value, value), token, captioned=False)
        elif token.does is Does.MOST:
            return self._wall(at, end)
        elif token.does is None:
            self._unknown(token)
        else:
            self._act(token, token.does, at, end)
        return at + 1

    def _is_bare_roman(self, token: Token) -> bool:
        """Say whether a word in capitals is a number without a caption: "XII (1995)"."""
        capitals = len(token.text) > 1 and self.text[token.start : token.end].isupper()
        return capitals and token.does is None and (self.draft.empty or self.draft.after_hyphen) and not self.tainted

    def _act(self, token: Token, does: Does, at: int, end: int) -> None:
        """Do what a known word does."""
        if does is Does.CAPTION:
            self._caption(token, at, end)
        elif does is Does.MONTH:
            self._month(token)
        elif does is Does.AND:
            self._comma(at, end)
        elif does is Does.UNTIL and self.draft.from_word and self.draft.empty:
            self.draft.from_word = False  # "began and ceased with 1997"
        elif does is Does.UNTIL:
            self._hyphen(token)
            self.draft.until_word = True
        elif does is Does.PRESENT and self.draft.ranged:
            self.mark(token)
        elif does is Does.NEW:
            self.put(Level.SERIES, Span(2, 2), token, captioned=True)
        else:
            self._mood(token, does)

    def _mood(self, token: Token, does: Does) -> None:
        """Take a word that says something of the whole statement or of what follows it."""
        if does in {Does.AVAILABLE, Does.FROM}:
            if not (does is Does.FROM and self.draft.empty):
                self.finish()
            self.draft.from_word = does is Does.FROM
            self.draft.start = token.start if does is Does.FROM else -1
        elif does is Does.DOUBT:
            self.doubt = True
        elif does in {Does.RETENTION, Does.PRESENT}:
            self.doubt = True
            self.leftover.append(token.text)
        elif does is Does.ABSENT:
            self.finish()
            self.forget()
            self.absent = True
        elif does is Does.EXTRA:
            if self.draft.empty:
                self.extra = True
            self.draft.uncertain = True

    def _unknown(self, token: Token) -> None:
        """Keep a word that no table knows: what it is said before is not sure, what it follows stands."""
        self.leftover.append(token.text)
        self.finish()
        self.group = []
        self.tainted = self.tainted or token.text

    def _caption(self, token: Token, at: int, end: int) -> None:
        level = token.level
        before = self.tokens[at - 1] if at else None
        taken = level in self.draft.side and self.draft.recent is level
        if taken and not self.has_number(at, end) and before is not None:
            self.mark(token)  # the number, or the word "new", stood before it and was taken with it
            return
        if level in self.draft.side:
            self.finish()
            self.carried, self.carried_recent = {}, None
        self.caption, self.stroke = level, False
        if self.draft.start < 0:
            self.draft.start = token.start

    def _month(self, token: Token) -> None:
        month = int(token.means or 0)
        side = self.draft.side
        if Level.MONTH in side and not self.stroke and self.draft.recent is Level.YEAR and Level.YEAR in side:
            self.finish()
            side = self.draft.side
        known = side.get(Level.MONTH)
        self.draft.spans_years = self.stroke and Level.YEAR in side  # "Sept. 1947/Dec. 1948"
        self.stroke, self.caption = False, None
        self.draft.put(Level.MONTH, Span(known.first, max(known.first, month)) if known else Span(month, month))
        self.mark(token)

    def _wall(self, at: int, end: int) -> int:
        """Take "Most recent 1 year(s) 6 month(s) not available" as an embargo; anything else of the kind is unknown."""
        years, denied, amount = 0, False, 0
        for index in range(at, min(at + 24, end)):
            token = self.tokens[index]
            if token.kind == "number":
                amount = token.number
            elif token.does is Does.UNIT and amount:
                years += amount if token.text.startswith("y") else 1 + amount // 12
                amount = 0
            elif token.text == "not":
                denied = True
            elif token.does is Does.AVAILABLE and denied and years:
                self.finish()
                self.embargo = max(self.embargo or 0, years)
                return index + 1
        self.doubt = True
        self.leftover.append("most")
        return at + 1
