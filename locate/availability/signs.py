"""Signs of a copy's status, and what they come to together.

A sign is one thing that a record says of a copy: availableNow, a status word, a flag, a due date. `Dialect` is a
checked dialect file made ready for reading. A word that the dialect does not know makes the status UNKNOWN, whatever
else is said; so do signs against each other, unless the dialect says which of them counts. Raises ConfigurationError
for a dialect that cannot be loaded, and nothing for any record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from typing import Any

from locate.availability.dialect_file import (
    DialectFile,
    FieldLayout,
    OpacLayout,
    WordKind,
    check_dialect,
    dialect_source,
    merged,
)
from locate.availability.holdings import Item, Status

__all__ = ["Dialect", "Reading", "Sign", "build_item", "fold", "load_dialect", "parse_dialect", "shorten", "weigh"]


def fold(text: str) -> str:
    """Return ``text`` as words are compared: case-folded, trimmed, runs of blanks made one."""
    return " ".join(text.casefold().split())


def shorten(text: str) -> str:
    """Return ``text`` as a sentence quotes it: at most 80 characters."""
    return text if len(text) <= 80 else f"{text[:79]}…"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign. ``status`` None says nothing of the shelf; ``known`` False is a word that no table knows; ``why`` reads
    after the dialect's name; ``raw`` the record's words; ``not_lent`` and ``due`` "" when not said; ``kind`` "now" for
    availableNow, else "word".
    """

    status: Status | None
    why: str
    raw: str = ""
    known: bool = True
    not_lent: str = ""
    due: str = ""
    kind: str = "word"


@dataclass(frozen=True, slots=True)
class Reading:
    """What all signs of one copy come to; the fields are those of an Item."""

    status: Status
    rule: str
    raw_status: tuple[str, ...] = ()
    not_lent: str = ""
    due_date: str = ""


def build_item(reading: Reading, texts: Mapping[str, str], places: Iterable[str], *, electronic: bool) -> Item:
    """Return the item that ``texts`` (fields of an Item) and ``reading`` describe.

    A temporary location that is one of ``places`` is not temporary. The due date of the status words comes before
    that of the texts, and a copy that is not out has none.
    """
    fields: dict[str, Any] = dict(texts)
    if fold(fields.get("temporary_location", "")) in map(fold, places):
        fields.pop("temporary_location", None)
    due = reading.due_date or fields.get("due_date", "")
    fields["due_date"] = due if reading.status is Status.UNAVAILABLE else ""
    return Item(
        status=reading.status,
        rule=reading.rule,
        raw_status=reading.raw_status,
        not_lent=reading.not_lent,
        electronic=electronic,
        **fields,
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """A compiled pattern."""

    expression: re.Pattern[str]
    kind: WordKind
    say: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect, ready for reading records. Build one with `load_dialect` or `parse_dialect`."""

    name: str
    label: str
    opac: OpacLayout
    layouts: Mapping[str, tuple[FieldLayout, ...]] = field(repr=False)
    words: Mapping[str, WordKind] = field(repr=False)
    forms: tuple[_Form, ...] = field(repr=False)
    dates: tuple[str, ...] = ()
    online: tuple[str, ...] = ()
    online_without_circulation: tuple[str, ...] = ()

    def word(self, text: str, where: str) -> Sign:
        """Read ``text``, a status word found at ``where`` ("852 $n"); a word of no table has ``known`` False."""
        word = fold(text)
        said = f"{where} reads '{shorten(text)}'"
        kind = self.words.get(word)
        if kind is not None:
            return _word_sign(kind, said, text, text, "")
        for form in self.forms:
            if found := form.expression.fullmatch(word):
                due = self.date(found.groupdict().get("due") or "")
                return _word_sign(form.kind, said, text, form.say or text, due)
        return Sign(None, f"{said}, a word that this dialect does not know", text, known=False)

    def date(self, text: str) -> str:
        """Return a due date as YYYY-MM-DD when one of the dialect's forms fits, else as given, trimmed."""
        return _iso_date(text.strip(), self.dates)

    def is_online(self, places: Iterable[str], *, circulates: bool) -> bool:
        """Tell whether one of ``places`` names no shelf but the internet."""
        names = self.online if circulates else self.online + self.online_without_circulation
        return any(fnmatchcase(fold(place), name) for place in places if place for name in names)


@lru_cache(maxsize=4096)
def _iso_date(text: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return text


def _word_sign(kind: WordKind, said: str, raw: str, shown: str, due: str) -> Sign:
    if kind is WordKind.AVAILABLE:
        return Sign(Status.AVAILABLE, said, raw)
    if kind is WordKind.UNAVAILABLE:
        return Sign(Status.UNAVAILABLE, said, raw, due=due)
    if kind is WordKind.NOT_LENT:
        return Sign(None, said, raw, not_lent=shown)
    return Sign(None, "", raw)


def weigh(signs: Iterable[Sign], dialect: str, *, conflict: str = "unknown", silence: str) -> Reading:
    """Return what ``signs`` come to.

    ``conflict`` is "unknown", "available_now" or "words": what counts when signs are against each other. ``silence`` is
    the rule's text when no sign says anything. A copy that the record only says is not lent is UNAVAILABLE: it is not
    to be had, whether or not it stands on its shelf.
    """
    heard = list(signs)
    raw = tuple(sign.raw for sign in heard if sign.raw)
    not_lent = next((sign.not_lent for sign in heard if sign.not_lent), "")
    status, why = _status(heard, conflict, silence)
    due = next((sign.due for sign in heard if sign.due), "") if status is not Status.AVAILABLE else ""
    return Reading(status, f"{dialect}: {why}", raw, not_lent, due)


def _status(heard: list[Sign], conflict: str, silence: str) -> tuple[Status, str]:
    if strange := [sign.why for sign in heard if not sign.known]:
        return Status.UNKNOWN, " and ".join(strange)
    sure = [sign for sign in heard if sign.status is not None]
    kinds = {sign.status for sign in sure}
    if len(kinds) > 1 and conflict != "unknown":
        wanted = "now" if conflict == "available_now" else "word"
        sure = [sign for sign in sure if sign.kind == wanted]
        kinds = {sign.status for sign in sure}
    why = " and ".join(dict.fromkeys(sign.why for sign in sure))
    if len(kinds) > 1:
        return Status.UNKNOWN, f"{why}, which contradict each other"
    if sure and sure[0].status is not None:
        return sure[0].status, why
    if lent := [sign.why for sign in heard if sign.not_lent]:
        return Status.UNAVAILABLE, " and ".join(lent)
    return Status.UNKNOWN, silence


@cache
def load_dialect(name: str) -> Dialect:
    """Return the dialect ``name`` of this package ("alma", "koha", …; see `dialect_names`), case-insensitively.

    Raises ConfigurationError for a name that no dialect has.
    """
    known = name.strip().casefold()
    return _build(known, check_dialect(dialect_source(known), f"dialects/{known}.toml"))


def parse_dialect(data: Mapping[str, Any], name: str, source: str = "") -> Dialect:
    """Build a dialect from a mapping of a dialect file's form, such as a site's own ``extends = "koha"`` table.

    Raises ConfigurationError with every problem of ``data``; ``source`` says where it came from.
    """
    return _build(name, check_dialect(merged(data, source or name), source or name))


def _build(name: str, checked: DialectFile) -> Dialect:
    layouts: dict[str, list[FieldLayout]] = {}
    for layout in checked.fields:
        layouts.setdefault(layout.tag, []).append(layout)
    return Dialect(
        name=name,
        label=checked.label or name,
        opac=checked.opac,
        layouts={tag: tuple(found) for tag, found in layouts.items()},
        words={fold(word): kind for kind in WordKind for word in getattr(checked.words, kind)},
        forms=tuple(_Form(re.compile(found.match, re.IGNORECASE), found.kind, found.say) for found in checked.patterns),
        dates=checked.dates,
        online=tuple(_folded(checked.electronic.always)),
        online_without_circulation=tuple(_folded(checked.electronic.without_circulation)),
    )


def _folded(names: Iterable[str]) -> Iterator[str]:
    return (fold(name) for name in names)
