"""A dialect made ready for reading records: `Dialect`, from a file of this package or a site's own settings.

It knows what a status word, a date and the name of a place mean; which field or element they stand in is for the
readers (`locate.availability.opac_holdings`, `locate.availability.marc_holdings`). Raises ConfigurationError for a
dialect that cannot be loaded, and nothing for any record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from locate.availability.dialect_checking import check_dialect
from locate.availability.dialect_file import (
    DialectFile,
    Drop,
    FieldLayout,
    Mark,
    OpacLayout,
    Telling,
    WordKind,
)
from locate.availability.dialect_sources import dialect_source, merged
from locate.availability.holdings import Item, Status
from locate.availability.kept import Kept
from locate.availability.signs import Reading, Sign, fold, shorten, small_number
from locate.partner import Partner
from locate.toml_text import read_toml

__all__ = ["Dialect", "load_dialect", "load_dialect_file", "parse_dialect", "partner_dialect"]

_MAX_WORD = 500
"""The longest text that is compared with patterns, in characters; a longer one is no status word."""


class _Form(NamedTuple):
    """A compiled pattern."""

    expression: re.Pattern[str]
    kind: WordKind
    say: str


class _Drop(NamedTuple):
    """A compiled rule of what is no holding."""

    text: str
    expression: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class _Memory:
    """What was read before."""

    signs: Kept[tuple[str, str], Sign] = field(default_factory=Kept)
    dates: Kept[str, str] = field(default_factory=Kept)
    online: Kept[tuple[str, bool], bool] = field(default_factory=Kept)


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect, ready for reading records. Build one with `load_dialect` or `parse_dialect`.

    ``readings`` keeps what fields came to, for the reader of MARC fields.
    """

    name: str
    label: str
    opac: OpacLayout
    layouts: Mapping[str, tuple[FieldLayout, ...]] = field(repr=False)
    words: Mapping[str, WordKind] = field(repr=False)
    forms: tuple[_Form, ...] = field(repr=False)
    dates: tuple[str, ...] = ()
    online: re.Pattern[str] | None = None
    online_without_circulation: re.Pattern[str] | None = None
    marks: tuple[Mark, ...] = ()
    temporary: str = "location"
    not_temporary: frozenset[str] = frozenset()
    drops: tuple[_Drop, ...] = ()
    telling: tuple[Telling, ...] = field(default=(), repr=False)
    readings: Kept[tuple[Any, ...], Reading] = field(default_factory=Kept, compare=False, repr=False)
    _memory: _Memory = field(default_factory=_Memory, compare=False, repr=False)

    def word(self, text: str, where: str) -> Sign:
        """Read ``text``, a status word found at ``where`` ("852 $n"); a word of no table has ``known`` False."""
        signs, key = self._memory.signs, (text, where)
        if (known := signs.get(key)) is None:
            known = signs.keep(key, self._word(text, where))
        return known

    def _word(self, text: str, where: str) -> Sign:
        word = fold(text)
        said = f"{where} reads '{shorten(text)}'"
        kind = self.words.get(word)
        if kind is not None:
            return _word_sign(kind, said, text, text)
        for form in self.forms if len(word) <= _MAX_WORD else ():
            if found := form.expression.fullmatch(word):
                named = found.groupdict()
                due = self.date(named.get("due") or "")
                sign = _word_sign(form.kind, said, text, form.say or text, due)
                return replace(sign, holds=small_number(named.get("holds")))
        return Sign(None, f"{said}, a word that this dialect does not know", text, known=False)

    def date(self, text: str) -> str:
        """Return a due date as YYYY-MM-DD when one of the dialect's forms fits, else as given, trimmed."""
        dates = self._memory.dates
        if (known := dates.get(text)) is None:
            known = dates.keep(text, _iso_date(text.strip(), self.dates))
        return known

    def is_online(self, places: Iterable[str], *, circulates: bool) -> bool:
        """Tell whether one of ``places`` names no shelf but the internet."""
        if self.online is None and (circulates or self.online_without_circulation is None):
            return False
        return any(place and self._names_no_shelf(place, circulates) for place in places)

    def _names_no_shelf(self, place: str, circulates: bool) -> bool:  # noqa: FBT001 - a part of the key
        online, key = self._memory.online, (place, circulates)
        if (known := online.get(key)) is None:
            forms = (self.online, None if circulates else self.online_without_circulation)
            known = online.keep(key, any(form is not None and form.fullmatch(fold(place)) for form in forms))
        return known

    @property
    def gives(self) -> frozenset[str]:
        """The item texts that records of this dialect may give ("policy", "material_type", …)."""
        layouts = (layout for found in self.layouts.values() for layout in found)
        return frozenset(self.opac.text).union(*(layout.text for layout in layouts))

    def dropped(self, item: Item) -> str:
        """Return why ``item`` is no holding, "" when it is one."""
        return next((drop.why for drop in self.drops if drop.expression.fullmatch(fold(getattr(item, drop.text)))), "")


def _iso_date(text: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    return text


def _word_sign(kind: WordKind, said: str, raw: str, shown: str, due: str = "") -> Sign:
    if kind is WordKind.AVAILABLE:
        return Sign(Status.AVAILABLE, said, raw)
    if kind is WordKind.UNAVAILABLE:
        return Sign(Status.UNAVAILABLE, said, raw, due=due)
    if kind is WordKind.NOT_LENT:
        return Sign(None, said, raw, not_lent=shown)
    if kind is WordKind.SUPPRESSED:
        return Sign(None, said, raw, suppressed=shown)
    return Sign(None, "", raw)


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


def load_dialect_file(path: Path) -> Dialect:
    """Return the dialect of a TOML file, named by the file: one that is being written, say.

    Raises ConfigurationError when the file cannot be read, with every problem when it is no dialect.
    """
    return parse_dialect(read_toml(path.read_bytes, str(path)), path.stem, str(path))


def partner_dialect(partner: Partner) -> Dialect:
    """Return the dialect of a partner: that of its system, with what the partner's own settings say otherwise.

    Raises ConfigurationError for an unknown system and for settings that are none.
    """
    if not partner.dialect:
        return load_dialect(partner.system)
    return parse_dialect({**partner.dialect, "extends": partner.system}, partner.system)


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
        online=_any_of(checked.electronic.always),
        online_without_circulation=_any_of(checked.electronic.without_circulation),
        marks=checked.marks,
        temporary=checked.temporary.replaces,
        not_temporary=frozenset(map(fold, checked.temporary.unless)),
        drops=tuple(_drop(found) for found in checked.drop),
        telling=checked.telling,
    )


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return an expression for names with * and ?, None when there are none."""
    forms = [translate(fold(name)) for name in names]
    return re.compile("|".join(forms)) if forms else None


def _drop(rule: Drop) -> _Drop:
    return _Drop(rule.text, re.compile(translate(fold(rule.match))), rule.say)
