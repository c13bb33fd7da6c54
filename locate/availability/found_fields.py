"""The fields of a record that a dialect's layouts speak of, taken apart: `laid_out`.

Decides which layout a field fits, and which of its subfields give an item's texts. Raises nothing: a field that no
layout fits is not about copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from locate.availability.dialect import Dialect
from locate.availability.dialect_file import FieldLayout
from locate.records.bib import BibRecord, DataField

__all__ = ["FoundField", "fits_layout", "laid_out"]

_LINK = re.compile(r"\d+")


class FoundField:
    """A field and the layout that it fits. ``said`` are the texts that say something of the status, each with its code
    in front, so that two fields which say the same can be told.
    """

    __slots__ = ("_first", "_more", "data", "layout", "said")

    def __init__(self, data: DataField, layout: FieldLayout) -> None:
        self.data = data
        self.layout = layout
        # Texts by code: nearly all stand once, and a dictionary of texts alone costs the garbage collector nothing.
        first: dict[str, str] = {}
        more: dict[str, list[str]] = {}
        said: list[str] = []
        telling = layout.telling_codes
        for code, text in data.subfields:
            if trimmed := text.strip():
                if code in first:
                    more.setdefault(code, [first[code]]).append(trimmed)
                else:
                    first[code] = trimmed
                if code in telling:
                    said.append(code + trimmed)
        self._first = first
        self._more = more
        self.said = tuple(said)

    def first(self, code: str) -> str:
        """Return the first text of a subfield, trimmed; "" when there is none."""
        return self._first.get(code, "")

    def all(self, code: str) -> list[str]:
        """Return all texts of a subfield, trimmed, without empty ones."""
        if code in self._more:
            return self._more[code]
        return [self._first[code]] if code in self._first else []

    def joined(self, codes: str) -> list[str]:
        """Return the texts of several subfields, in the order of ``codes``."""
        return [text for code in codes for text in self.all(code)]

    @property
    def link(self) -> str:
        """The number of $8 that ties items to a location, up to the first full stop."""
        found = _LINK.match(self._first.get("8", ""))
        return found.group() if found else ""

    @property
    def statements(self) -> list[str]:
        """What the field says of the parts that are held."""
        return self.joined(self.layout.summary) if self.layout.summary else []

    def texts(self, dialect: Dialect) -> dict[str, str]:
        """Return the item texts that the field gives, by name."""
        texts: dict[str, str] = {}
        first, more = self._first, self._more
        for name, code, joined in self.layout.plain_texts:
            if code in first:
                texts[name] = " ".join(more[code]) if joined and code in more else first[code]
        for name, choices, joined in self.layout.chosen_texts:
            for codes in choices:
                if found := self.joined(codes):
                    texts[name] = " ".join(found) if joined else found[0]
                    break
        if "due_date" in texts:
            texts["due_date"] = dialect.date(texts["due_date"])
        return texts


def laid_out(record: BibRecord, dialect: Dialect, *, fallback: bool) -> list[FoundField]:
    """Return the fields that fit a layout, each with the first that it fits: of fallback layouts, or of the others."""
    found: list[FoundField] = []
    for data in record.get(*dialect.layouts):
        layout = next((layout for layout in dialect.layouts[data.tag] if fits_layout(data, layout)), None)
        if layout is None or layout.fallback is not fallback:
            continue
        if layout.each:
            found += [FoundField(piece, layout) for piece in _pieces(data, layout.each)]
        else:
            found.append(FoundField(data, layout))
    return found


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
