"""Declarative ASN.1: types as values, compiled once to closures that decode and encode BER.

A module declares its types with these combinators, in the order and with the tags of the standard, and calls
``compile_type`` once. Decoding reads definite and indefinite lengths in any mixture, skips fields it does not know
(Z39.50-2003 §4.1: "unrecognized fields shall be ignored"), accepts constructed strings, and never decodes text
strictly. Encoding writes definite lengths. Raises BerDecodeError with the path to the field and the byte offset, and
PduTooLarge for nesting beyond the limit.

A content decoder is ``decode(buf, start, end, depth) -> (value, next)``: ``end`` is INDEFINITE until end-of-contents,
``next`` the offset behind the whole value, its end-of-contents included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from locate.errors import BerDecodeError
from locate.z3950.schema.constructed import Choice, Field, Sequence, SequenceOf, Variant
from locate.z3950.schema.core import Encode, Type, header
from locate.z3950.schema.primitives import (
    BIT_STRING,
    BOOLEAN,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    STRING,
    VISIBLE_STRING,
    read_text,
)
from locate.z3950.schema.tagging import ANY, Explicit, Implicit, Lazy

__all__ = [
    "ANY",
    "BIT_STRING",
    "BOOLEAN",
    "INTEGER",
    "NULL",
    "OBJECT_IDENTIFIER",
    "OCTET_STRING",
    "STRING",
    "VISIBLE_STRING",
    "Choice",
    "Codec",
    "Explicit",
    "Field",
    "Implicit",
    "Lazy",
    "Sequence",
    "SequenceOf",
    "Type",
    "Variant",
    "compile_type",
    "read_text",
]


@dataclass(frozen=True, slots=True)
class Codec:
    """A compiled type. ``decode`` takes exactly one whole value; ``encode`` returns one."""

    decode: Callable[[bytes], Any]
    encode: Encode
    identifiers: frozenset[int]


def compile_type(kind: Type) -> Codec:
    """Compile ``kind`` once; the result is pure and may be shared between threads."""
    table = kind.decoders()

    def decode(buf: bytes) -> Any:
        identifier, content, stop = header(buf, 0, len(buf))
        inner = table.get(identifier)
        if inner is None:
            raise BerDecodeError(f"unexpected identifier 0x{identifier:x}", offset=0)
        value, pos = inner(buf, content, stop, 1)
        if pos != len(buf):
            raise BerDecodeError(f"{len(buf) - pos} bytes left over", offset=pos)
        return value

    return Codec(decode, kind.encoder(), frozenset(table))
