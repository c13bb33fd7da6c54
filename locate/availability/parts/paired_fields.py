"""Read paired holdings fields: captions of 853-855 with the numbers of 863-865, joined by $8.

Decides how the numbers of one 863 read as a statement of text, which evidence quotes, and hands that to the reader of
statements. Source: MARC 21 Format for Holdings Data, 853-855 and 863-865. Gap codes ($w) only say how one field follows
the other; each field is a statement of its own here. Fields 864 and 865 tell of supplements and indexes, which are no
parts. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from locate.availability.parts.statements import Statement, read_statement
from locate.availability.parts.words import WORDS, Level
from locate.matching.normalize import fold
from locate.records.bib import DataField

__all__ = ["paired_statements"]

_CAPTION_TAGS: Final = {"853": "863", "854": "864", "855": "865"}
_KINDS: Final = {"863": "", "864": "Supplement: ", "865": "Index: "}
_ENUMERATION: Final = "abcdef"
_ALTERNATIVE: Final = "gh"
_CHRONOLOGY: Final = "ijklm"
_MONTHS: Final = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_WRITTEN: Final = {
    Level.SERIES: "ser.",
    Level.VOLUME: "v.",
    Level.ISSUE: "no.",
    Level.PART: "pt.",
    Level.PAGES: "p.",
    Level.OTHER: "copy ",
    Level.YEAR: "",
    Level.MONTH: "",
}
_BY_LETTER: Final = {"a": Level.VOLUME, "b": Level.ISSUE, "c": Level.PART, "g": Level.VOLUME, "h": Level.ISSUE}
_BY_CHRONOLOGY: Final = {"i": Level.YEAR, "j": Level.MONTH}
_YEARS: Final = frozenset({"year", "years", "yr", "yrs", "ano", "annee", "jahr", "fiscal year", "rok", "vuosi"})
_MONTH_CAPTIONS: Final = frozenset({"month", "season", "mo", "monat", "mois", "mes", "kuukausi"})
_MAX_FIELDS: Final = 5_000


class _Value(NamedTuple):
    """One subfield: how it is shown and how it is read, first and last end; ``last`` "" without a range."""

    caption: str
    level: Level
    first: str
    last: str
    open_end: bool


def paired_statements(fields: Iterable[DataField]) -> tuple[Statement, ...]:
    """Return a statement for each 863, 864 and 865 of a record, in record order; other fields may be among them.

    ``text`` is the field as a reader would write it, "v.1-49 (1950-1998)". A field without its 853 is read by its
    letters alone: $a volume, $b issue, $i year, $j month. At most 5,000 fields are read.
    """
    captions: dict[tuple[str, str], DataField] = {}
    numbered: list[DataField] = []
    for data in fields:
        if data.tag in _CAPTION_TAGS:
            captions.setdefault((_CAPTION_TAGS[data.tag], _link(data)), data)
        elif data.tag in _KINDS and len(numbered) < _MAX_FIELDS:
            numbered.append(data)
    found = (_statement(data, captions.get((data.tag, _link(data)))) for data in numbered)
    return tuple(statement for statement in found if statement is not None)


def _link(data: DataField) -> str:
    """Return the link of $8: "3" of "3.31"."""
    return (data.first("8") or "").partition(".")[0].strip()


def _statement(data: DataField, captions: DataField | None) -> Statement | None:
    given = {code: text.strip() for code, text in reversed(data.subfields) if text.strip()}
    named = {} if captions is None else {code: text.strip() for code, text in reversed(captions.subfields)}
    shown = _KINDS[data.tag] + _written(given, named, shown=True)
    read = _KINDS[data.tag] + _written(given, named, shown=False)
    if shown == _KINDS[data.tag]:
        return None
    statement = read_statement(read)
    segments = tuple(replace(segment, text=shown) for segment in statement.segments)
    return Statement(shown, segments, statement.leftover)


def _written(given: Mapping[str, str], named: Mapping[str, str], *, shown: bool) -> str:
    """Write one field as text: its own captions when ``shown``, else those that the reader of statements knows."""
    numbers = _chain([_value(code, given, named) for code in _ENUMERATION if code in given], shown=shown)
    others = _chain([_value(code, given, named) for code in _ALTERNATIVE if code in given], shown=shown)
    dates = _chain([_value(code, given, named) for code in _CHRONOLOGY if code in given], shown=shown)
    if dates and numbers:
        dates = f"({dates})"
    text = f"{numbers} {dates}".strip()
    return f"{text} = {others}" if others else text


def _chain(values: list[_Value], *, shown: bool) -> str:
    """Join the levels: "v.1:no.1-v.3:no.12", "v.1-49", "1997:Feb."; an open end keeps its hyphen."""
    if not values:
        return ""
    first = ":".join(_one(value, value.first, shown=shown) for value in values)
    if any(value.open_end for value in values):
        return f"{first}-"
    if not any(value.last for value in values):
        return first
    if len(values) == 1:
        return f"{first}-{values[0].last}"
    return f"{first}-" + ":".join(_one(value, value.last or value.first, shown=shown) for value in values)


def _one(value: _Value, number: str, *, shown: bool) -> str:
    return (value.caption if shown else _WRITTEN[value.level]) + number


def _value(code: str, given: Mapping[str, str], named: Mapping[str, str]) -> _Value:
    """Read one subfield with its caption; a caption in parentheses is not shown."""
    caption = named.get(code, "")
    bracketed = caption.startswith("(") or caption in {"", "*"}
    level = _level(code, caption)
    first, hyphen, last = given[code].partition("-")
    if level is Level.MONTH:
        first, last = _month(first), _month(last)
    shown = _WRITTEN[level] if not caption else "" if bracketed else _spaced(caption)
    return _Value(shown, level, first.strip(), last.strip(), bool(hyphen) and not last.strip())


def _spaced(caption: str) -> str:
    return caption if caption[-1:] in ".:" else f"{caption} "


def _level(code: str, caption: str) -> Level:
    """Return what a subfield counts: what its caption says, else what its letter stands for."""
    word = fold(caption)
    if word in _YEARS:
        return Level.YEAR
    if word in _MONTH_CAPTIONS:
        return Level.MONTH
    if code in _CHRONOLOGY:
        return _BY_CHRONOLOGY.get(code, Level.OTHER)
    means = WORDS[word][1] if word in WORDS else None
    return means if isinstance(means, Level) else _BY_LETTER.get(code, Level.PART)


def _month(text: str) -> str:
    """Write the codes of months (01-12) and seasons (21-24) as words; other texts stay."""
    return "/".join(_month_name(code.strip()) for code in text.split("/"))


def _month_name(code: str) -> str:
    if code.startswith("<") and code.endswith(">"):
        return f"<{_month_name(code[1:-1])}>"
    if code in _SEASONS:
        return _SEASONS[code]
    if len(code) <= 2 and code.isascii() and code.isdigit() and 1 <= int(code) <= 12:
        return _MONTHS[int(code) - 1]
    return code
