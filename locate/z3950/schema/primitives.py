"""The primitive types: how content octets become Python values and back (X.690 §8.2 to §8.23)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from locate.errors import BerDecodeError
from locate.z3950.ber import CONSTRUCTED, INDEFINITE
from locate.z3950.schema.core import Decode, Encode, TaggedType, check_depth, end_of_contents, header

__all__ = [
    "BIT_STRING",
    "BOOLEAN",
    "INTEGER",
    "NULL",
    "OBJECT_IDENTIFIER",
    "OCTET_STRING",
    "STRING",
    "VISIBLE_STRING",
    "read_text",
]


class _Primitive(TaggedType):
    """A type whose content octets stand for one Python value."""

    def __init__(self, tag: int, read: Callable[[bytes], Any], write: Encode, *, strings: bool = False) -> None:
        self.tag = tag
        self._read = read
        self._write = write
        self._strings = strings

    def content(self) -> tuple[Decode | None, Decode | None]:
        read = self._read

        def primitive(buf: bytes, start: int, end: int, _depth: int) -> tuple[Any, int]:
            try:
                return read(buf[start:end]), end
            except ValueError as error:
                raise BerDecodeError(str(error), offset=start) from None

        def constructed(buf: bytes, start: int, end: int, depth: int) -> tuple[Any, int]:
            octets, after = _join_segments(buf, start, end, depth)
            return read(octets), after

        return primitive, constructed if self._strings else None

    def content_encoder(self) -> Encode:
        return self._write


def _join_segments(buf: bytes, start: int, end: int, depth: int) -> tuple[bytes, int]:
    """Concatenate the segments of a constructed string (X.690 §8.7.3.2)."""
    check_depth(depth, start)
    parts: list[bytes] = []
    limit = len(buf) if end == INDEFINITE else end
    pos = start
    while pos != end:
        identifier, content, stop = header(buf, pos, limit)
        if identifier == 0 and end == INDEFINITE:
            return b"".join(parts), end_of_contents(pos, content, stop)
        if stop == INDEFINITE or identifier & CONSTRUCTED:
            inner, pos = _join_segments(buf, content, stop, depth + 1)
            parts.append(inner)
        else:
            parts.append(buf[content:stop])
            pos = stop
        if pos > limit:
            raise BerDecodeError("a segment runs past its string", offset=start)
    return b"".join(parts), pos


def _read_integer(octets: bytes) -> int:
    if not 1 <= len(octets) <= 8:
        raise ValueError(f"an integer of {len(octets)} octets")
    return int.from_bytes(octets, "big", signed=True)


def _write_integer(value: int) -> bytes:
    magnitude = value if value >= 0 else ~value
    return value.to_bytes(magnitude.bit_length() // 8 + 1, "big", signed=True)


def _read_boolean(octets: bytes) -> bool:
    if len(octets) != 1:
        raise ValueError(f"a boolean of {len(octets)} octets")
    return octets != b"\x00"


_oid_texts: dict[bytes, str] = {}
_MAX_CACHED_OIDS = 1024


def _read_oid(octets: bytes) -> str:
    text = _oid_texts.get(octets)
    if text is None:
        if not octets or octets[-1] & 0x80 or len(octets) > 128:
            raise ValueError("an object identifier that does not end")
        arcs, arc = [], 0
        for octet in octets:
            arc = arc << 7 | octet & 0x7F
            if octet < 0x80:
                arcs.append(arc)
                arc = 0
        first = min(arcs[0] // 40, 2)
        text = ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))
        if len(_oid_texts) < _MAX_CACHED_OIDS:
            _oid_texts[octets] = text
    return text


def _write_oid(text: str) -> bytes:
    arcs = [int(arc) for arc in text.split(".")]
    out = bytearray()
    for arc in (arcs[0] * 40 + arcs[1], *arcs[2:]):
        septets = [arc & 0x7F]
        rest = arc
        while rest := rest >> 7:
            septets.append(rest & 0x7F | 0x80)
        out += bytes(reversed(septets))
    return bytes(out)


def _read_bits(octets: bytes) -> frozenset[int]:
    """Named bits (X.690 §8.6): bit 0 is the first, most significant one of the first octet."""
    if not octets:
        raise ValueError("a bit string without its first octet")
    return frozenset(
        8 * index + bit for index, octet in enumerate(octets[1:17]) for bit in range(8) if octet & 0x80 >> bit
    )


def _write_bits(bits: frozenset[int]) -> bytes:
    size = max(bits, default=-1) + 1
    octets = bytearray((size + 7) // 8)
    for bit in bits:
        octets[bit // 8] |= 0x80 >> bit % 8
    return bytes((-size % 8,)) + bytes(octets)


def read_text(octets: bytes) -> str:
    """Return octets as text: UTF-8 when they are that, else Latin-1, which never fails.

    Servers send any charset, whatever the standard says.
    """
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")


# TRUE is any octet but zero; YAZ reads it as a signed number, so that its gateways print 0xff as value="-1".
BOOLEAN = _Primitive(1, _read_boolean, lambda value: b"\x01" if value else b"\x00")
INTEGER = _Primitive(2, _read_integer, _write_integer)
BIT_STRING = _Primitive(3, _read_bits, _write_bits)
OCTET_STRING = _Primitive(4, bytes, bytes, strings=True)
NULL = _Primitive(5, lambda _octets: None, lambda _value: b"")
OBJECT_IDENTIFIER = _Primitive(6, _read_oid, _write_oid)
VISIBLE_STRING = _Primitive(26, read_text, str.encode, strings=True)
STRING = _Primitive(27, read_text, str.encode, strings=True)  # InternationalString is a GeneralString
