"""What every type of the schema is: its decoders, its encoder, and the checks that they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.ber import DEFAULT_MAX_DEPTH, INDEFINITE, encode_identifier, encode_length, read_header

__all__ = [
    "Decode",
    "Encode",
    "TaggedType",
    "Type",
    "check_depth",
    "end_of_contents",
    "finish",
    "header",
    "identifier_of",
    "overrun",
]

_EOC = b"\x00\x00"

Decode = Callable[[bytes, int, int, int], tuple[Any, int]]
Encode = Callable[[Any], bytes]


class Type:
    """A type: which identifiers it starts with, and how its whole value is read and written."""

    def decoders(self) -> dict[int, Decode]:
        """Return a content decoder for each identifier this type may start with."""
        raise TypeError(f"{type(self).__name__} has no decoders")

    def encoder(self) -> Encode:
        """Return a function from a Python value to the whole BER value."""
        raise TypeError(f"{type(self).__name__} has no encoder")


class TaggedType(Type):
    """A type with a universal tag of its own, which IMPLICIT tagging may replace."""

    tag_class: int = 0
    tag: int
    constructed: bool = False

    def content(self) -> tuple[Decode | None, Decode | None]:
        """Return the decoders of the primitive and of the constructed form, None where there is no such form."""
        raise TypeError(f"{type(self).__name__} has no content")

    def content_encoder(self) -> Encode:
        """Return a function from a Python value to content octets."""
        raise TypeError(f"{type(self).__name__} has no content encoder")

    def decoders(self) -> dict[int, Decode]:
        primitive, constructed = self.content()
        found: dict[int, Decode] = {}
        if primitive is not None:
            found[identifier_of(self.tag_class, self.tag, constructed=False)] = primitive
        if constructed is not None:
            found[identifier_of(self.tag_class, self.tag, constructed=True)] = constructed
        return found

    def encoder(self) -> Encode:
        head = encode_identifier(self.tag_class, self.tag, constructed=self.constructed)
        content = self.content_encoder()

        def encode(value: Any) -> bytes:
            octets = content(value)
            return head + encode_length(len(octets)) + octets

        return encode


def identifier_of(tag_class: int, tag: int, *, constructed: bool) -> int:
    """Return the identifier as one int, as `locate.z3950.ber` hands it around."""
    return int.from_bytes(encode_identifier(tag_class, tag, constructed=constructed), "big")


def overrun(pos: int) -> BerDecodeError:
    """Return the error for a value at ``pos`` that is longer than what holds it."""
    return BerDecodeError("a value runs past the end of what holds it", offset=pos)


def header(buf: bytes, pos: int, limit: int) -> tuple[int, int, int]:
    """Read a header that must end, content included, at or before ``limit``."""
    try:
        found = read_header(buf, pos)
    except IndexError:
        raise BerDecodeError("the value ends early", offset=pos) from None
    if found[1] > limit or found[2] > limit:
        raise overrun(pos)
    return found


def end_of_contents(pos: int, content: int, stop: int) -> int:
    """Return the offset behind the end-of-contents at ``pos``, which must be empty."""
    if stop != content:
        raise BerDecodeError("end-of-contents with a length", offset=pos)
    return stop


def finish(buf: bytes, pos: int, end: int) -> int:
    """Require the end of an explicit tag's content at ``pos``; return the offset behind it."""
    if end == INDEFINITE:
        if buf[pos : pos + 2] != _EOC:
            raise BerDecodeError("end-of-contents expected", offset=pos)
        return pos + 2
    if pos != end:
        raise BerDecodeError("more than one value under one tag", offset=pos)
    return end


def check_depth(depth: int, pos: int) -> None:
    """Raise PduTooLarge for a value nested deeper than the limit."""
    if depth > DEFAULT_MAX_DEPTH:
        raise PduTooLarge(f"values nested deeper than {DEFAULT_MAX_DEPTH} at byte {pos}")
