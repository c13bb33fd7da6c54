"""Copies written in MARC fields: 952, 852, 876, AVA and their like, in a bibliographic or a holdings record.

Which field holds what is the dialect's matter; this module ties items to their locations and statements, splits counts
of copies, and applies what the record says of all its copies. It raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from locate.availability.dialect import Dialect
from locate.availability.dialect_file import FieldLayout, Mark
from locate.availability.field_status import read_status
from locate.availability.found_fields import FoundField, laid_out
from locate.availability.holdings import Item, Status
from locate.availability.items import build_item
from locate.availability.parts.paired_fields import paired_statements
from locate.availability.signs import Reading
from locate.records.bib import BibRecord, DataField

__all__ = ["FieldHoldings", "read_fields", "with_marks"]

_COUNT = re.compile(r"\d{1,9}")
_LEADER = "LDR"
_UNLINKED = ("", "0")
_CAPTIONS = ("853", "854", "855")
_OF_COPIES = frozenset({"item", "electronic"})


@dataclass(slots=True)
class FieldHoldings:
    """What the fields of one record say: copies, electronic holdings, and summary holdings texts, of which ``common``
    are of no one holding.
    """

    items: list[Item] = field(default_factory=list)
    electronic: list[Item] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)
    common: list[str] = field(default_factory=list)

    def add(self, other: FieldHoldings) -> None:
        """Put what other fields say behind."""
        self.items += other.items
        self.electronic += other.electronic
        self.summaries += other.summaries
        self.common += other.common


@dataclass(slots=True)
class _Location:
    """A field that only says where: ``texts`` and ``statements`` for the items that name it by ``link`` ($8 up to the
    first full stop).
    """

    link: str
    texts: dict[str, str]
    data: DataField
    statements: list[str] = field(default_factory=list)
    used: bool = False


def read_fields(record: BibRecord, dialect: Dialect) -> FieldHoldings:
    """Read the copies in the fields of ``record``. Fallback layouts are read only when the others give no copy."""
    found = _read_layouts(record, dialect, fallback=False)
    if not found.items:
        found.add(_read_layouts(record, dialect, fallback=True))
    found.items = with_marks(found.items, record, dialect)
    return found


def with_marks(items: list[Item], record: BibRecord, dialect: Dialect) -> list[Item]:
    """Return the copies of ``record`` with what its codes say of all of them."""
    for mark in dialect.marks:
        if items and (code := _marked(record, mark)):
            items = [_with_mark(item, mark, code, dialect) for item in items]
    return items


def _read_layouts(record: BibRecord, dialect: Dialect, *, fallback: bool) -> FieldHoldings:
    found = laid_out(record, dialect, fallback=fallback)
    told = _Told.by(found, record)
    locations = [_Location(one.link, one.texts(dialect), one.data) for one in found if one.layout.kind == "location"]
    for location in locations:
        same = [text for link, text in told.statements if link == location.link != ""]
        location.statements = [text for _, text in told.statements] if len(locations) == 1 else same
    out = FieldHoldings(summaries=[text for _, text in told.statements])
    out.common = [text for link, text in told.statements if len(locations) <= 1 or link in _UNLINKED]
    by_link = {location.link: location for location in locations}
    for one in found:
        if one.layout.kind in _OF_COPIES:
            there = locations[0] if len(locations) == 1 else by_link.get(one.link) if locations else None
            into = out.electronic if one.layout.kind == "electronic" else out.items
            into.extend(_items(one, dialect, there, told.pieces.get(one.first("8"), "") if told.pieces else ""))
            out.summaries += one.statements
    out.items += [_without_items(location, dialect) for location in locations if not location.used]
    return out


class _Told(NamedTuple):
    """What the statements of a record say: each with the link of the location that it belongs to ("" for all), and
    those of paired fields by the whole $8 under which items name them.
    """

    statements: list[tuple[str, str]]
    pieces: dict[str, str]

    @classmethod
    def by(cls, found: Iterable[FoundField], record: BibRecord) -> _Told:
        told = cls([], {})
        for one in found:
            if one.layout.kind == "summary":
                told.statements.extend((one.link, text) for text in one.statements)
            elif one.layout.kind == "paired":
                for statement in paired_statements((*record.get(*_CAPTIONS), one.data)):
                    told.statements.append(("", statement.text))
                    told.pieces.setdefault(one.first("8"), statement.text)
        return told


def _without_items(location: _Location, dialect: Dialect) -> Item:
    """Return the item that stands for a location that no item names."""
    silent = Reading(Status.UNKNOWN, f"{dialect.name}: {location.data.tag} says where, not whether it is in")
    places = _places(location.texts)
    return build_item(
        dialect,
        silent,
        location.texts,
        places,
        electronic=dialect.is_online(places, circulates=False),
        statements=location.statements,
        source=location.data,
    )


def _items(found: FoundField, dialect: Dialect, location: _Location | None, piece: str) -> Iterator[Item]:
    """Read one field; ``piece`` is what the paired field that it is linked to says of it, "" for none."""
    layout = found.layout
    texts = found.texts(dialect)
    reading = read_status(found, dialect, texts.get("due_date", "") if layout.due_means_out else "")
    statements = found.statements
    if location is not None and layout.kind == "item":
        location.used = True
        texts = {**location.texts, **texts}
        statements = statements + location.statements
    if piece:
        texts.setdefault("enumeration", piece)
    places = _places(texts)
    whole = build_item(
        dialect,
        reading,
        texts,
        places,
        electronic=layout.kind == "electronic" or dialect.is_online(places, circulates=bool(reading.raw_status)),
        electronic_kind=layout.electronic_kind,
        statements=statements,
        source=found.data,
    )
    if layout.copies is None or whole.barcode:
        yield whole
    else:
        yield from _counted(whole, _count(found, layout.copies), _count(found, layout.copies_out), layout, dialect)


def _places(texts: Mapping[str, str]) -> list[str]:
    return [texts.get(name, "") for name in ("library", "location", "location_code", "library_code")]


def _count(found: FoundField, code: str | None) -> int | None:
    text = found.first(code) if code else ""
    return int(text) if _COUNT.fullmatch(text) else None


def _counted(whole: Item, copies: int | None, out: int | None, layout: FieldLayout, dialect: Dialect) -> Iterator[Item]:
    """Split a field that counts copies into those that are in and those that are out."""
    if copies is None or copies == 0:
        yield whole
        return
    where = f"{dialect.name}: {layout.tag} ${layout.copies}"
    if out is None or whole.status is Status.UNKNOWN or (out >= copies and whole.status is Status.UNAVAILABLE):
        yield _times(whole, copies)
    elif out < copies and whole.status is Status.AVAILABLE:
        yield _times(whole, copies - out)
        if out:
            rule = f"{where} counts {copies}, ${layout.copies_out} {out} of them out"
            yield replace(whole, copies=out, status=Status.UNAVAILABLE, rule=rule)
    else:
        rule = f"{where} counts {copies}, ${layout.copies_out} {out} of them out, which contradicts its status"
        yield replace(whole, copies=copies, status=Status.UNKNOWN, rule=rule)


def _times(item: Item, copies: int) -> Item:
    return item if copies == item.copies else replace(item, copies=copies)


def _marked(record: BibRecord, mark: Mark) -> str:
    """Return the value that ``mark`` speaks of, "" when the record has another one."""
    if mark.types and record.leader[6:7] not in mark.types:
        return ""
    if mark.code is not None:
        texts = [text.strip() for data in record.get(mark.tag) for text in data.all(mark.code)]
        return next((text for text in texts if text in mark.values), "")
    text = record.leader if mark.tag == _LEADER else record.control(mark.tag) or ""
    code = text[mark.at : mark.at + 1] if mark.at is not None else ""
    return code if code in mark.values else ""


def _with_mark(item: Item, mark: Mark, code: str, dialect: Dialect) -> Item:
    place = f"{mark.tag} ${mark.code}" if mark.code is not None else f"{mark.tag}/{mark.at:02d}"
    if mark.kind == "not_lent":
        return replace(item, not_lent=item.not_lent or mark.say)
    if mark.kind == "suppressed":
        return replace(item, suppressed=item.suppressed or mark.say)
    if item.status is not Status.UNKNOWN or item.raw_status:
        return item
    return replace(item, status=Status.UNAVAILABLE, rule=f"{dialect.name}: {place} is {code} ({mark.say})")
