"""The primitive types: how content octets become Python values and back (X.690 §8.2 to §8.23).

Each type is declared with the Python expressions that `locate.z3950.schema.reading` and `.writing` put into the
functions they make. `READING` and `WRITING` are what those expressions may call. The readers raise BerDecodeError; the
writers raise what Python raises for a value of the wrong type, which is an error of the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from locate.errors import BerDecodeError
from locate.z3950.ber import encode_length
from locate.z3950.schema.core import TaggedType

__all__ = [
    "BIT_STRING",
    "BIT_STRING_OCTETS",
    "BOOLEAN",
    "INTEGER",
    "NULL",
    "OBJECT_IDENTIFIER",
    "OCTET_STRING",
    "PRESENCE",
    "READING",
    "STRING",
    "VISIBLE_STRING",
    "WRITING",
    "Primitive",
    "read_text",
]

_MAX_CACHED = 1024


class Primitive(TaggedType):
    """A type whose content octets stand for one Python value.

    ``reading`` is an expression of ``buf``, ``start`` and ``stop`` (where the content stands, within what holds it) and
    ``n`` (the first length octet, the length itself when that is below 128). ``writing`` is an expression of ``{x}``:
    length octets and content, or for strings the content alone. Strings have ``segments``, the name of the function
    that reads their constructed form.
    """

    def __init__(self, tag: int, *, reading: str, writing: str, segments: str = "") -> None:
        self.tag = tag
        self.reading = reading
        self.writing = writing
        self.segments = segments
        self.segmentable = bool(segments)


def _integer(octets: bytes, offset: int) -> int:
    if not 1 <= len(octets) <= 8:
        raise BerDecodeError(f"an integer of {len(octets)} octets", offset=offset)
    return int.from_bytes(octets, "big", signed=True)


def _write_integer(value: int) -> bytes:
    magnitude = value if value >= 0 else ~value
    size = magnitude.bit_length() // 8 + 1
    return bytes((size,)) + value.to_bytes(size, "big", signed=True)


def _boolean(octets: bytes, offset: int) -> bool:
    if len(octets) != 1:
        raise BerDecodeError(f"a boolean of {len(octets)} octets", offset=offset)
    return octets != b"\x00"


_oid_texts: dict[bytes, str] = {}
_oid_octets: dict[str, bytes] = {}


def _oid(octets: bytes, offset: int) -> str:
    """Return the dotted text, and keep it: a conversation has few object identifiers."""
    if not octets or octets[-1] & 0x80 or len(octets) > 128:
        raise BerDecodeError("an object identifier that does not end", offset=offset)
    arcs, arc = [], 0
    for octet in octets:
        arc = arc << 7 | octet & 0x7F
        if octet < 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    text = ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))
    if len(_oid_texts) < _MAX_CACHED:
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
    octets = encode_length(len(out)) + out
    if len(_oid_octets) < _MAX_CACHED:
        _oid_octets[text] = octets
    return octets


_bit_sets: dict[bytes, frozenset[int]] = {}


def _bits(octets: bytes, offset: int) -> frozenset[int]:
    """Return the named bits, and keep them; bit 0 is the most significant one of the first octet (X.690 §8.6)."""
    if not octets:
        raise BerDecodeError("a bit string without its first octet", offset=offset)
    bits = frozenset(
        8 * index + bit for index, octet in enumerate(octets[1:17]) for bit in range(8) if octet & 0x80 >> bit
    )
    if len(_bit_sets) < _MAX_CACHED and len(octets) <= 17:
        _bit_sets[octets] = bits
    return bits


@lru_cache(maxsize=_MAX_CACHED)
def _write_bits(bits: frozenset[int]) -> bytes:
    size = max(bits, default=-1) + 1
    octets = bytearray((size + 7) // 8)
    for bit in bits:
        octets[bit // 8] |= 0x80 >> bit % 8
    return encode_length(len(octets) + 1) + bytes((-size % 8,)) + octets


def read_text(octets: bytes) -> str:
    """Return octets as text: UTF-8 when they are that, else Latin-1, which never fails.

    Servers send any charset, whatever the standard says.
    """
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _text(tag: int) -> Primitive:
    return Primitive(tag, reading="text(buf[start:stop])", writing="{x}.encode()", segments="text_segments")


# TRUE is any octet but zero; YAZ reads it as a signed number, so that its gateways print 0xff as value="-1".
BOOLEAN = Primitive(
    1,
    reading="buf[start] != 0 if n == 1 else boolean(buf[start:stop], start)",
    writing="(TRUE if {x} else FALSE)",
)
INTEGER = Primitive(
    2,
    reading="buf[start] if n == 1 and buf[start] < 128 else integer(buf[start:stop], start)",
    writing="(SMALL_INTEGERS[{x}] if 0 <= {x} < 128 else write_integer({x}))",
)
BIT_STRING = Primitive(
    3, reading="bit_sets.get(buf[start:stop]) or bits(buf[start:stop], start)", writing="write_bits({x})"
)
BIT_STRING_OCTETS = Primitive(  # as it is: the count of unused bits, then the bits
    3, reading="buf[start:stop]", writing="{x}", segments="bit_segments"
)
OCTET_STRING = Primitive(4, reading="buf[start:stop]", writing="{x}", segments="octet_segments")
NULL = Primitive(5, reading="None", writing="EMPTY")
PRESENCE = Primitive(5, reading="True", writing="EMPTY")  # NULL OPTIONAL as an element: True when there, else False
OBJECT_IDENTIFIER = Primitive(
    6,
    reading="oid_texts.get(buf[start:stop]) or oid(buf[start:stop], start)",
    writing="(oid_octets.get({x}) or write_oid({x}))",
)
VISIBLE_STRING = _text(26)
STRING = _text(27)  # InternationalString is a GeneralString

READING: Mapping[str, Any] = {
    "bit_sets": _bit_sets,
    "bits": _bits,
    "boolean": _boolean,
    "integer": _integer,
    "oid": _oid,
    "oid_texts": _oid_texts,
    "text": read_text,
}
WRITING: Mapping[str, Any] = {
    "EMPTY": b"\x00",
    "FALSE": b"\x01\x00",
    "SMALL_INTEGERS": tuple(bytes((1, value)) for value in range(128)),
    "TRUE": b"\x01\x01",
    "oid_octets": _oid_octets,
    "write_bits": _write_bits,
    "write_integer": _write_integer,
    "write_oid": _write_oid,
}
