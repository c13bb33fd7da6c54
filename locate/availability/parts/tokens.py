"""Cut a holdings statement into tokens: numbers, signs, and words with what they do.

Dates written in digits become a year and a month here. Decides nothing of ranges and raises nothing. Linear in the
length of the text, of which at most MAX_CHARACTERS are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from locate.availability.parts.words import WORDS, Does, Level
from locate.matching.normalize import fold
from locate.matching.tables import word_set

__all__ = ["LETTER_NUMBERS", "MAX_CHARACTERS", "MAX_DIGITS", "Token", "is_year", "tokens_of"]

MAX_CHARACTERS: Final = 8_000
_TOKEN: Final = re.compile(
    r"(?P<date>(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?P<y1>1[4-9]\d\d|20\d\d)(?!\d)"
    r"|(?<!\d)(?P<y2>1[4-9]\d\d|20\d\d)(?P<s>[-/])\d\d(?P=s)\d\d(?!\d))"
    r"|(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s]|_)"
)
_SIGNS: Final = {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"} | {ord("\u2116"): "n"}
_ORDINALS: Final = word_set("st nd rd th d e er re eme ieme ste de te")
_NEW_SERIES: Final = word_set("s f r")
MAX_DIGITS: Final = 7
LETTER_NUMBERS: Final = frozenset("ivx")
"""The letters that stand for a number when they stand alone."""


class Token(NamedTuple):
    """One token. ``kind`` is "number", "year" (of a date in digits), "sign" or "word"; ``text`` is folded for a word.

    ``number`` is its value, 0 for others; ``does`` and ``means`` are those of a known word. ``ordinal`` marks "15th",
    ``lettered`` "12a". ``start`` and ``end`` are offsets into the text, ``glued`` says that no blank stands before.
    """

    kind: str
    text: str
    start: int
    end: int
    number: int = 0
    does: Does | None = None
    means: Level | int | None = None
    ordinal: bool = False
    lettered: bool = False
    glued: bool = False

    @property
    def level(self) -> Level:
        """The level of a caption; OTHER for what is none."""
        return self.means if isinstance(self.means, Level) else Level.OTHER


def is_year(number: int) -> bool:
    """Say whether a number without a caption is a year: 1450 to 2099."""
    return 1450 <= number <= 2099


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of the first MAX_CHARACTERS characters of ``text``."""
    out: list[Token] = []
    for token in _cut(text[:MAX_CHARACTERS].translate(_SIGNS)):
        before = out[-1] if out else None
        if before is not None and token.kind == "word" and token.glued and before.kind == "number":
            if token.text in _ORDINALS:
                out[-1] = before._replace(ordinal=True, end=token.end)
                continue
            if len(token.text) == 1 and text[token.end : token.end + 1] != ".":
                out[-1] = before._replace(lettered=True, end=token.end)
                continue
        if token.text in _NEW_SERIES and before is not None and before.text == "." and _is_n(out):
            out[-2:] = [out[-2]._replace(text="ns", end=token.end, does=Does.NEW, means=None)]
            continue
        out.append(token)
    return out


def _is_n(out: list[Token]) -> bool:
    """Say whether the tokens end in "n.", glued to what follows: "n.F.", "n.s."."""
    return len(out) > 1 and out[-2].text == "n"


def _cut(text: str) -> Iterator[Token]:
    end = -1
    for match in _TOKEN.finditer(text):
        start, raw = match.start(), match[0]
        glued = start == end
        end = match.end()
        if match["date"]:
            yield Token("year", raw, start, end, int(match["y1"] or match["y2"]), glued=glued)
        elif match["number"]:
            number = int(raw) if len(raw) <= MAX_DIGITS else 0
            yield Token("number", raw, start, end, number, lettered=len(raw) > MAX_DIGITS, glued=glued)
        elif match["word"]:
            folded = fold(raw[:40])
            does, means = WORDS.get(folded, (None, None))
            yield Token("word", folded, start, end, does=does, means=means, glued=glued)
        else:
            yield Token("sign", raw, start, end, glued=glued)
