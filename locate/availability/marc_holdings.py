"""Copies written in MARC fields: 952, 852, 876, AVA and their like, in a bibliographic or a holdings record.

Which field holds what is the dialect's matter; this module applies its layouts. It decides no status by itself and
raises nothing: a field that no layout fits is not about copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from locate.availability.dialect import Dialect
from locate.availability.dialect_file import FieldLayout, Flag, Mark
from locate.availability.holdings import Item, Status
from locate.availability.items import build_item
from locate.availability.parts.paired_fields import paired_statements
from locate.availability.signs import Reading, Sign, weigh
from locate.records.bib import BibRecord, DataField

__all__ = ["FieldHoldings", "fits_layout", "read_fields", "with_marks"]

_LINK = re.compile(r"\d+")
_NUMBER = re.compile(r"-?\d{1,9}")
_LEADER = "LDR"
_UNLINKED = ("", "0")
_CAPTIONS = ("853", "854", "855")
_MAX_KEPT = 4096

Texts = Mapping[str, list[str]]
"""The texts of a field by subfield code, trimmed, without empty ones."""


@dataclass(slots=True)
class FieldHoldings:
    """What the fields of one record say: copies, electronic holdings, and summary holdings texts, of which ``common``
    are of no one holding.
    """

    items: list[Item] = field(default_factory=list)
    electronic: list[Item] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)
    common: list[str] = field(default_factory=list)


class _Found(NamedTuple):
    """A field, the layout that it fits, its texts, and those that say something of the status, each with its code."""

    data: DataField
    layout: FieldLayout
    given: Texts
    said: tuple[str, ...]


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
        rest = _read_layouts(record, dialect, fallback=True)
        found.items = rest.items
        found.electronic += rest.electronic
        found.summaries += rest.summaries
        found.common += rest.common
    found.items = with_marks(found.items, record, dialect)
    return found


def with_marks(items: list[Item], record: BibRecord, dialect: Dialect) -> list[Item]:
    """Return the copies of ``record`` with what its codes say of all of them."""
    for mark in dialect.marks:
        if items and (code := _marked(record, mark)):
            items = [_with_mark(item, mark, code, dialect) for item in items]
    return items


def _read_layouts(record: BibRecord, dialect: Dialect, *, fallback: bool) -> FieldHoldings:
    found = [one for one in _laid_out(record, dialect) if one.layout.fallback is fallback]
    told = _Told.by(found, record)
    locations = [_location(one, dialect) for one in found if one.layout.kind == "location"]
    for location in locations:
        same = [text for link, text in told.statements if link == location.link != ""]
        location.statements = [text for _, text in told.statements] if len(locations) == 1 else same
    out = FieldHoldings(summaries=[text for _, text in told.statements])
    out.common = [text for link, text in told.statements if len(locations) <= 1 or link in _UNLINKED]
    by_link = {location.link: location for location in locations}
    for one in found:
        if one.layout.kind in {"item", "electronic"}:
            there = locations[0] if len(locations) == 1 else by_link.get(_link(one.given)) if locations else None
            into = out.electronic if one.layout.kind == "electronic" else out.items
            into.extend(_items(one, dialect, there, told.pieces.get(_whole_link(one.given), "")))
            out.summaries += _statements(one)
    out.items += [_without_items(location, dialect) for location in locations if not location.used]
    return out


class _Told(NamedTuple):
    """What the statements of a record say: each with the link of the location that it belongs to ("" for all), and
    those of paired fields by the whole link under which items name them.
    """

    statements: list[tuple[str, str]]
    pieces: dict[str, str]

    @classmethod
    def by(cls, found: Iterable[_Found], record: BibRecord) -> _Told:
        told = cls([], {})
        for one in found:
            if one.layout.kind == "summary":
                told.statements.extend((_link(one.given), text) for text in _statements(one))
            elif one.layout.kind == "paired":
                for statement in paired_statements((*record.get(*_CAPTIONS), one.data)):
                    told.statements.append(("", statement.text))
                    told.pieces.setdefault(_whole_link(one.given), statement.text)
        return told


def _location(found: _Found, dialect: Dialect) -> _Location:
    return _Location(_link(found.given), _texts(found.given, found.layout, dialect), found.data)


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


def _laid_out(record: BibRecord, dialect: Dialect) -> Iterator[_Found]:
    for data in record.get(*dialect.layouts):
        for layout in dialect.layouts[data.tag]:
            if fits_layout(data, layout):
                for piece in _pieces(data, layout.each) if layout.each else (data,):
                    yield _found(piece, layout)
                break


def fits_layout(data: DataField, layout: FieldLayout) -> bool:
    """Tell whether a field has the indicators and the subfields that a layout requires."""
    return (
        (layout.ind1 is None or layout.ind1 == data.ind1)
        and (layout.ind2 is None or layout.ind2 == data.ind2)
        and (layout.requires is None or all(data.first(code) is not None for code in layout.requires))
    )


def _pieces(data: DataField, code: str) -> Iterator[DataField]:
    """Cut a field that holds several copies: each begins with ``code``, what stands before the first is of all."""
    starts = [at for at, (found, _) in enumerate(data.subfields) if found == code] or [len(data.subfields)]
    shared = data.subfields[: starts[0]]
    for start, stop in zip(starts, [*starts[1:], len(data.subfields)], strict=True):
        yield replace(data, subfields=shared + data.subfields[start:stop])


def _found(data: DataField, layout: FieldLayout) -> _Found:
    given: dict[str, list[str]] = {}
    said: list[str] = []
    telling = layout.telling_codes
    for code, text in data.subfields:
        if trimmed := text.strip():
            if code in given:
                given[code].append(trimmed)
            else:
                given[code] = [trimmed]
            if code in telling:
                said.append(code + trimmed)
    return _Found(data, layout, given, tuple(said))


def _link(given: Texts) -> str:
    found = _LINK.match(given.get("8", ("",))[0])
    return found.group() if found else ""


def _whole_link(given: Texts) -> str:
    """Return the whole first $8, by which an item names the paired field of its piece."""
    return given.get("8", ("",))[0]


def _texts(given: Texts, layout: FieldLayout, dialect: Dialect) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, code, joined in layout.plain_texts:
        if (found := given.get(code)) is not None:
            texts[name] = " ".join(found) if joined and len(found) > 1 else found[0]
    for name, choices, joined in layout.chosen_texts:
        for codes in choices:
            if found := [text for code in codes for text in given.get(code, ())]:
                texts[name] = " ".join(found) if joined else found[0]
                break
    if "due_date" in texts:
        texts["due_date"] = dialect.date(texts["due_date"])
    return texts


def _statements(found: _Found) -> list[str]:
    return [text for code in found.layout.summary or "" for text in found.given.get(code, ())]


def _items(found: _Found, dialect: Dialect, location: _Location | None, piece: str) -> Iterator[Item]:
    """Read one field; ``piece`` is what the paired field that it is linked to says of it, "" for none."""
    data, layout, given, _ = found
    texts = _texts(given, layout, dialect)
    reading = _reading(found, dialect, texts.get("due_date", "") if layout.due_means_out else "")
    statements = _statements(found)
    if location is not None and layout.kind == "item":
        location.used = True
        texts = {**location.texts, **texts}
        statements += location.statements
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
        source=data,
    )
    if whole.barcode or layout.copies is None:
        yield whole
    else:
        yield from _counted(whole, _count(given, layout.copies), _count(given, layout.copies_out), layout, dialect)


def _places(texts: Mapping[str, str]) -> list[str]:
    return [texts.get(name, "") for name in ("library", "location", "location_code", "library_code")]


def _reading(found: _Found, dialect: Dialect, due: str) -> Reading:
    """Return what a field says of its copy's status; fields that say it in the same words are read once."""
    key = (id(found.layout), due, found.said)
    if (known := dialect.readings.get(key)) is None:
        if len(dialect.readings) >= _MAX_KEPT:
            dialect.readings.clear()
        known = dialect.readings[key] = _weighed(found, dialect, due)
    return known


def _weighed(found: _Found, dialect: Dialect, due: str) -> Reading:
    layout, given, tag = found.layout, found.given, found.data.tag
    signs = [dialect.word(text, f"{tag} ${code}") for code in layout.status for text in given.get(code, ())]
    for code in layout.maybe_status:
        maybe = [dialect.word(text, f"{tag} ${code}") for text in given.get(code, ())]
        signs += [sign for sign in maybe if sign.known]
    if layout.due_means_out and due:
        signs.append(Sign(Status.UNAVAILABLE, f"{tag} gives the due date {due}", due, due=due))
    if layout.flags:
        signs += _flag_signs(tag, given, layout.flags, all_clear=not signs)
    reading = weigh(signs, dialect.name, conflict=layout.conflict, silence=f"{tag} gives no status")
    if not layout.policy_words:
        return reading
    policy = [dialect.word(text, f"{tag} ${code}") for code in layout.policy_words for text in given.get(code, ())]
    return replace(
        reading,
        not_lent=reading.not_lent or next((sign.not_lent for sign in policy if sign.not_lent), ""),
        suppressed=reading.suppressed or next((sign.suppressed for sign in policy if sign.suppressed), ""),
        raw_status=reading.raw_status + tuple(sign.raw for sign in policy if sign.raw),
    )


def _flag_signs(tag: str, given: Texts, flags: tuple[Flag, ...], *, all_clear: bool) -> list[Sign]:
    """Return the signs of flags that are set or unreadable; when none is and ``all_clear``, one that says available."""
    signs: list[Sign] = []
    missing: list[Sign] = []
    for flag in flags:
        values = given.get(flag.code, ())
        if not values and flag.required:
            missing.append(Sign(None, f"{tag} ${flag.code} ({flag.name}) is not given", known=False))
        signs += [_flag_sign(flag, f"{tag} ${flag.code}", value) for value in values if value.strip("0")]
    if signs or not all_clear:
        return signs
    if missing:
        return missing
    names = " ".join(f"${flag.code}" for flag in flags if flag.code in given)
    return [Sign(Status.AVAILABLE, f"{tag} {names} are all 0")]


def _flag_sign(flag: Flag, where: str, value: str) -> Sign:
    if not _NUMBER.fullmatch(value):
        return Sign(None, f"{where} ({flag.name}) reads '{value}', which is no number", value, known=False)
    negative = value.startswith("-")
    kind = flag.negative if negative else flag.positive
    name = flag.negative_name or f"{flag.name}, negative" if negative else flag.name
    lent = name if kind == "not_lent" else ""
    hidden = name if kind == "suppressed" else ""
    why = f"{where} is not 0 ({name})"
    return Sign(Status.UNAVAILABLE, why, f"${flag.code} {value}", not_lent=lent, suppressed=hidden)


def _count(given: Texts, code: str | None) -> int | None:
    text = next(iter(given.get(code, ())), "") if code else ""
    return int(text) if _NUMBER.fullmatch(text) and int(text) >= 0 else None


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
