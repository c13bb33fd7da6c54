"""What every MARC syntax boils down to: a leader, control fields and data fields, as text.

`Content` stands between the readers (ISO 2709, MARCXML, turbomarc) and the view: the readers make it, the view takes
it apart, the writers put it back into bytes. `MarcContent` holds all of its text; ISO 2709 has a content of its own
that decodes a field when it is asked for. Text is NFC without control characters. Decides nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from locate.records.elements import CharsetEvidence, DataField

__all__ = ["MAX_RECORD_BYTES", "Content", "MarcContent", "beginning", "clean_text", "nfc", "without_controls"]

MAX_RECORD_BYTES = 16 * 1024 * 1024
"""The longest record that is read at all, in bytes: no catalog record comes near it."""

_SLICE = 512
_BOM = b"\xef\xbb\xbf"


class Content(Protocol):
    """One record as text, held or decoded when asked.

    ``leader`` has 24 characters, padded with blanks; ``control_fields`` are (tag, text); ``fields`` are in record
    order; ``charset`` says how bytes became text, ``warnings`` what had to be mended.
    """

    @property
    def leader(self) -> str: ...  # noqa: D102
    @property
    def control_fields(self) -> tuple[tuple[str, str], ...]: ...  # noqa: D102
    @property
    def fields(self) -> tuple[DataField, ...]: ...  # noqa: D102
    @property
    def charset(self) -> CharsetEvidence: ...  # noqa: D102
    @property
    def warnings(self) -> tuple[str, ...]: ...  # noqa: D102

    def tagged(self, tag: str) -> Sequence[DataField]:
        """Return the data fields ``tag``, in record order."""

    def each(self, tags: Iterable[str]) -> list[DataField]:
        """Return the data fields of the first tag, then those of the second, and so on."""

    def get(self, *tags: str) -> list[DataField]:
        """Return the data fields with one of ``tags``, in record order."""


@dataclass(frozen=True)
class MarcContent:
    """A `Content` whose text is all there."""

    leader: str
    control_fields: tuple[tuple[str, str], ...]
    fields: tuple[DataField, ...]
    charset: CharsetEvidence
    warnings: tuple[str, ...] = ()

    @cached_property
    def _by_tag(self) -> dict[str, list[DataField]]:
        grouped: defaultdict[str, list[DataField]] = defaultdict(list)
        for field in self.fields:
            grouped[field.tag].append(field)
        return dict(grouped)

    def tagged(self, tag: str) -> Sequence[DataField]:
        """Return the data fields ``tag``, in record order."""
        return self._by_tag.get(tag, ())

    def each(self, tags: Iterable[str]) -> list[DataField]:
        """Return the data fields of the first tag, then those of the second, and so on."""
        by_tag = self._by_tag
        return [field for tag in tags if tag in by_tag for field in by_tag[tag]]

    def get(self, *tags: str) -> list[DataField]:
        """Return the data fields with one of ``tags``, in record order."""
        return [field for field in self.fields if field.tag in tags]


def beginning(data: bytes) -> bytes:
    """Return the first bytes that count, behind a byte order mark and blanks: "<" means XML, digits ISO 2709."""
    return data[:64].removeprefix(_BOM).lstrip()[:5]


# C0 without tab, line feed and carriage return, DEL, and C1. The non-sorting marks of ISO 6630 (U+0088, U+0089,
# U+0098, U+009C) go with C1: their extent is a hint for sorting, and no text to compare or show.
_LINE_BREAKS = re.compile(r"[\r\n]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def without_controls(text: str) -> str:
    """Return ``text`` in NFC, without control characters (line breaks stay) and non-sorting marks."""
    if text.isascii():
        return text if text.isprintable() else _CONTROLS.sub("", text)
    return nfc(_CONTROLS.sub("", text))


def clean_text(text: str) -> str:
    """Return ``text`` as MARC holds it: `without_controls`, and in one line.

    A line break is no content of a subfield in any syntax (XML has them for its layout): lines are joined by a blank.
    """
    text = without_controls(text)
    if "\n" in text or "\r" in text:
        return " ".join(line.strip() for line in _LINE_BREAKS.split(text.strip("\r\n\t")))
    return text


def nfc(text: str) -> str:
    """Return ``text`` in NFC, in time linear in its length.

    Normalising a run of combining marks takes time quadratic in the run, so that a long text is taken in slices. They
    begin at an ASCII character where one is near, since ASCII combines with nothing before it.
    """
    if len(text) <= _SLICE:
        return unicodedata.normalize("NFC", text)
    pieces = []
    start = 0
    while start < len(text):
        stop = start + _SLICE
        while stop < min(start + 2 * _SLICE, len(text)) and not text[stop].isascii():
            stop += 1
        pieces.append(unicodedata.normalize("NFC", text[start:stop]))
        start = stop
    return "".join(pieces)
