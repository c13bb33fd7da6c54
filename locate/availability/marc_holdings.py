"""Copies written in MARC fields: 952, 852, 876, AVA and their like, in a bibliographic or a holdings record.

Which field holds what is the dialect's matter; this module applies its layouts. It decides no status by itself and
raises nothing: a field that no layout fits is not about copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from locate.availability.dialect_file import FieldLayout, Flag
from locate.availability.holdings import Item, Status
from locate.availability.signs import Dialect, Reading, Sign, build_item, weigh
from locate.records.bib import BibRecord, DataField

__all__ = ["FieldHoldings", "read_fields"]

_LINK = re.compile(r"\d+")
_NUMBER = re.compile(r"-?\d{1,9}")


@dataclass(slots=True)
class FieldHoldings:
    """What the fields of one record say: copies, electronic holdings, and summary holdings texts."""

    items: list[Item] = field(default_factory=list)
    electronic: list[Item] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Location:
    """A field that only says where: ``texts`` for the items that name it by ``link`` ($8 up to the first full stop)."""

    link: str
    texts: dict[str, str]
    tag: str
    used: bool = False


def read_fields(record: BibRecord, dialect: Dialect) -> FieldHoldings:
    """Read the copies in the fields of ``record``. Fallback layouts are read only when the others give no copy."""
    found = _read_layouts(record, dialect, fallback=False)
    if found.items:
        return found
    rest = _read_layouts(record, dialect, fallback=True)
    return FieldHoldings(rest.items, found.electronic + rest.electronic, found.summaries + rest.summaries)


def _read_layouts(record: BibRecord, dialect: Dialect, *, fallback: bool) -> FieldHoldings:
    out = FieldHoldings()
    copies: list[tuple[DataField, FieldLayout]] = []
    locations: list[_Location] = []
    for data, layout in _laid_out(record, dialect):
        if layout.fallback != fallback:
            continue
        if layout.summary and (text := _join(data, layout.summary)):
            out.summaries.append(text)
        if layout.kind == "location":
            locations.append(_Location(_link(data), _texts(data, layout, dialect), data.tag))
        elif layout.kind != "summary":
            copies.append((data, layout))
    by_link = {location.link: location for location in locations}
    for data, layout in copies:
        location = locations[0] if len(locations) == 1 else by_link.get(_link(data)) if _link(data) else None
        items = list(_items(data, layout, dialect, location))
        (out.electronic if layout.kind == "electronic" else out.items).extend(items)
    for location in locations:
        if not location.used:
            silent = Reading(Status.UNKNOWN, f"{dialect.name}: {location.tag} says where, not whether it is in")
            out.items.append(_item(location.texts, silent, dialect, electronic=False))
    return out


def _laid_out(record: BibRecord, dialect: Dialect) -> Iterator[tuple[DataField, FieldLayout]]:
    for data in record.fields:
        for layout in dialect.layouts.get(data.tag, ()):
            if _fits(data, layout):
                yield data, layout
                break


def _fits(data: DataField, layout: FieldLayout) -> bool:
    return (
        layout.ind1 in {None, data.ind1}
        and layout.ind2 in {None, data.ind2}
        and all(data.first(code) is not None for code in layout.requires or "")
    )


def _join(data: DataField, codes: str) -> str:
    return " ".join(text.strip() for code in codes for text in data.all(code) if text.strip())


def _link(data: DataField) -> str:
    found = _LINK.match(data.first("8") or "")
    return found.group() if found else ""


def _texts(data: DataField, layout: FieldLayout, dialect: Dialect) -> dict[str, str]:
    texts = {}
    for name, choices in layout.text.items():
        text = next((joined for codes in choices if (joined := _join(data, codes))), "")
        if text:
            texts[str(name)] = dialect.date(text) if name == "due_date" else text
    return texts


def _items(data: DataField, layout: FieldLayout, dialect: Dialect, location: _Location | None) -> Iterator[Item]:
    texts = _texts(data, layout, dialect)
    reading = _reading(data, layout, dialect, texts)
    if location is not None and layout.kind == "item":
        location.used = True
        texts = {**location.texts, **texts}
    whole = _item(texts, reading, dialect, electronic=layout.kind == "electronic")
    if whole.barcode or layout.copies is None:
        yield whole
    else:
        yield from _counted(whole, _count(data, layout.copies), _count(data, layout.copies_out), layout, dialect)


def _reading(data: DataField, layout: FieldLayout, dialect: Dialect, texts: dict[str, str]) -> Reading:
    signs = [_word(data, code, dialect, text) for code in layout.status for text in data.all(code) if text.strip()]
    maybe = [_word(data, code, dialect, text) for code in layout.maybe_status for text in data.all(code)]
    signs += [sign for sign in maybe if sign.known]
    if layout.due_means_out and (due := texts.get("due_date")):
        signs.append(Sign(Status.UNAVAILABLE, f"{data.tag} gives the due date {due}", due, due=due))
    if layout.flags:
        signs += _flag_signs(data, layout.flags, all_clear=not signs)
    reading = weigh(signs, dialect.name, silence=f"{data.tag} gives no status")
    policy = [_word(data, code, dialect, text) for code in layout.policy_words for text in data.all(code)]
    if lent := next((sign.not_lent for sign in policy if sign.not_lent), ""):
        reading = replace(reading, not_lent=reading.not_lent or lent)
    return replace(reading, raw_status=reading.raw_status + tuple(sign.raw for sign in policy if sign.raw))


def _word(data: DataField, code: str, dialect: Dialect, text: str) -> Sign:
    return dialect.word(text.strip(), f"{data.tag} ${code}")


def _flag_signs(data: DataField, flags: tuple[Flag, ...], *, all_clear: bool) -> list[Sign]:
    """Return the signs of flags that are set or unreadable; when none is and ``all_clear``, one that says available."""
    signs: list[Sign] = []
    missing: list[Sign] = []
    for flag in flags:
        values = [text.strip() for text in data.all(flag.code) if text.strip()]
        where = f"{data.tag} ${flag.code}"
        if not values and flag.required:
            missing.append(Sign(None, f"{where} ({flag.name}) is not given", known=False))
        signs += [_flag_sign(flag, where, value) for value in values if value.strip("0")]
    if signs or not all_clear:
        return signs
    if missing:
        return missing
    names = " ".join(f"${flag.code}" for flag in flags if data.first(flag.code) is not None)
    return [Sign(Status.AVAILABLE, f"{data.tag} {names} are all 0")]


def _flag_sign(flag: Flag, where: str, value: str) -> Sign:
    if not _NUMBER.fullmatch(value):
        return Sign(None, f"{where} ({flag.name}) reads '{value}', which is no number", value, known=False)
    kind = flag.negative if value.startswith("-") else flag.positive
    name = flag.name if flag.positive == kind else f"{flag.name}, negative"
    lent = flag.name if kind == "not_lent" else ""
    return Sign(Status.UNAVAILABLE, f"{where} is not 0 ({name})", f"${flag.code} {value}", not_lent=lent)


def _count(data: DataField, code: str | None) -> int | None:
    text = (data.first(code) or "").strip() if code else ""
    return int(text) if _NUMBER.fullmatch(text) and int(text) >= 0 else None


def _counted(whole: Item, copies: int | None, out: int | None, layout: FieldLayout, dialect: Dialect) -> Iterator[Item]:
    """Split a field that counts copies into those that are in and those that are out."""
    if copies is None or copies == 0:
        yield whole
        return
    where = f"{dialect.name}: {layout.tag} ${layout.copies}"
    if out is None or whole.status is Status.UNKNOWN:
        yield replace(whole, copies=copies)
    elif (whole.status is Status.AVAILABLE) is (out < copies):
        if out < copies:
            yield replace(whole, copies=copies - out)
        if out:
            rule = f"{where} counts {copies}, ${layout.copies_out} {out} of them out"
            yield replace(whole, copies=min(out, copies), status=Status.UNAVAILABLE, rule=rule)
    else:
        rule = f"{where} counts {copies}, ${layout.copies_out} {out} of them out, which contradicts its status"
        yield replace(whole, copies=copies, status=Status.UNKNOWN, rule=rule)


def _item(texts: dict[str, str], reading: Reading, dialect: Dialect, *, electronic: bool) -> Item:
    places = [texts.get(name, "") for name in ("library", "location", "location_code", "library_code")]
    online = electronic or dialect.is_online(places, circulates=bool(reading.raw_status))
    return build_item(reading, texts, places, electronic=online)
