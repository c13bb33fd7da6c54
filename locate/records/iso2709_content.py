"""The content of a record in ISO 2709, decoded piece by piece when it is asked for.

Decides how a field's bytes become indicators, codes and text. Indicators and subfield codes that are missing or odd
are mended, since one bad field must not cost the record. Where the fields lie has been settled before (see `iso2709`):
nothing here raises.

Only the bytes are held until something is asked for. Then the character set is chosen, and when nothing in the record
needs mending (nearly always) its text is decoded in one piece and cut; else each subfield is decoded by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final, TypeAlias

from locate.records.charset import Decoding, choose_decoding, plain_text
from locate.records.elements import CharsetEvidence, DataField

__all__ = ["ENTRY_BYTES", "FIELD_END", "LEADER_BYTES", "Iso2709Content", "RawField", "printable"]

LEADER_BYTES: Final = 24
ENTRY_BYTES: Final = 12
"""The length of one entry of the directory: tag, length and offset."""
FIELD_END: Final = b"\x1e"
_FIRST_DATA_TAG: Final = "010"

RawField: TypeAlias = tuple[str, bytes]
"""A field's tag, and its bytes without terminator."""

# What is no printable ASCII character is no subfield code; it is read as a blank one.
_CODES = tuple(chr(byte) if 0x20 < byte < 0x7F else " " for byte in range(256))


class Iso2709Content:
    """A `Content` over the bytes of one record.

    ``record`` begins with its leader. Its fields lie one after another in the order of its directory, unless
    ``fields`` gives them. ``leader_09`` is leader position 9, or "" where it claims nothing (UNIMARC).
    """

    def __init__(
        self,
        record: bytes,
        leader: str,
        leader_09: str,
        fields: Sequence[RawField] | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.leader = leader
        self._record = record
        self._leader_09 = leader_09
        self._given = fields
        self._warnings = warnings
        self._read: dict[str, tuple[DataField, ...]] = {}

    @cached_property
    def _decoding(self) -> Decoding:
        return choose_decoding(self._record, self._leader_09)

    @property
    def charset(self) -> CharsetEvidence:
        """How the bytes became text."""
        return self._decoding.evidence

    @property
    def warnings(self) -> tuple[str, ...]:
        """What had to be mended."""
        return self._warnings + self._decoding.warnings

    @cached_property
    def _located(self) -> tuple[Sequence[str], Sequence[str | bytes]]:
        """Every field's tag and body, a body as text where the record's text was decoded in one piece."""
        if self._given is not None:
            return [tag for tag, _ in self._given], [body for _, body in self._given]
        end = self._record.find(FIELD_END, LEADER_BYTES)
        directory = self._record[LEADER_BYTES:end].decode("ascii")
        tags = [directory[at : at + 3] for at in range(0, len(directory), ENTRY_BYTES)]
        bodies = self._record[end:]
        stop = len(tags) + 1
        text = plain_text(bodies) if self._decoding.in_one_piece else None
        return tags, bodies.split(FIELD_END, stop)[1:stop] if text is None else text.split("\x1e", stop)[1:stop]

    @cached_property
    def _sorted(self) -> tuple[tuple[tuple[str, str], ...], dict[str, list[str | bytes]]]:
        """The control fields as text, in record order, and the bodies of each tag's data fields."""
        control: list[tuple[str, str]] = []
        bodies: dict[str, list[str | bytes]] = {}
        for tag, body in zip(*self._located, strict=True):
            if tag in bodies:
                bodies[tag].append(body)
            elif tag < _FIRST_DATA_TAG and tag.isdigit():
                # A delimiter is a control character like any other where there are no subfields.
                text = body.replace("\x1f", "") if isinstance(body, str) else self._decoding.decode(body)
                control.append((tag, text))
            else:
                bodies[tag] = [body]
        return tuple(control), bodies

    @property
    def control_fields(self) -> tuple[tuple[str, str], ...]:
        """The control fields, (tag, text), in record order."""
        return self._sorted[0]

    def tagged(self, tag: str) -> Sequence[DataField]:
        """Return the data fields ``tag``, in record order."""
        bodies = self._sorted[1].get(tag)
        if bodies is None:
            return ()
        if tag not in self._read:
            decode = self._decoding.decode
            self._read[tag] = tuple([_data_field(tag, body, decode) for body in bodies])
        return self._read[tag]

    def each(self, tags: Iterable[str]) -> list[DataField]:
        """Return the data fields of the first tag, then those of the second, and so on."""
        bodies = self._sorted[1]
        return [field for tag in tags if tag in bodies for field in self.tagged(tag)]

    def get(self, *tags: str) -> list[DataField]:
        """Return the data fields with one of ``tags``, in record order."""
        following = {tag: iter(self.tagged(tag)) for tag in tags if tag in self._sorted[1]}
        return [next(following[tag]) for tag in self._located[0] if tag in following]

    @property
    def fields(self) -> tuple[DataField, ...]:
        """All data fields, in record order."""
        return tuple(self.get(*self._sorted[1]))


def _data_field(tag: str, body: str | bytes, decode: Callable[[bytes], str]) -> DataField:
    if isinstance(body, str):
        head, *texts = body.split("\x1f")
        subfields = tuple([(text[0], text[1:]) for text in texts if text])
    else:
        before, *parts = body.split(b"\x1f")
        head = printable(before.decode("latin-1"))
        subfields = tuple([(_CODES[part[0]], decode(part[1:])) for part in parts if part])
    if len(head) != 2:
        head = f"{head:2.2}"
    return DataField(tag, head[0], head[1], subfields)


def printable(text: str) -> str:
    """Return ``text`` with a blank for every character that is not printable ASCII."""
    if text.isascii() and text.isprintable():
        return text
    return "".join([char if char.isascii() and char.isprintable() else " " for char in text])
