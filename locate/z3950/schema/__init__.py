"""Declarative ASN.1: types as values, compiled to Python functions that decode and encode BER.

A module declares its types with these combinators, in the order and with the tags of the standard, and calls
``compile_type`` once. Decoding reads definite and indefinite lengths in any mixture, skips fields it does not know
(Z39.50-2003 §4.1: "unrecognized fields shall be ignored"), accepts constructed strings, and never decodes text
strictly. Encoding writes definite lengths. Raises BerDecodeError with the path to the field and the byte offset, and
PduTooLarge for nesting beyond the limit.

The functions are made as source, `locate.z3950.schema.reading` shows it, and each when it is first needed: importing a
module of types costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from locate.errors import BerDecodeError
from locate.z3950.schema.constructed import Choice, Field, Sequence, SequenceOf, Variant
from locate.z3950.schema.core import Type
from locate.z3950.schema.primitives import (
    BIT_STRING,
    BIT_STRING_OCTETS,
    BOOLEAN,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    PRESENCE,
    STRING,
    VISIBLE_STRING,
    read_text,
)
from locate.z3950.schema.reading import Reading
from locate.z3950.schema.runtime import ends_early
from locate.z3950.schema.tagging import ANY, Explicit, Implicit, Lazy
from locate.z3950.schema.writing import Writing

__all__ = [
    "ANY",
    "BIT_STRING",
    "BIT_STRING_OCTETS",
    "BOOLEAN",
    "INTEGER",
    "NULL",
    "OBJECT_IDENTIFIER",
    "OCTET_STRING",
    "PRESENCE",
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
    """A compiled type.

    ``decode`` takes exactly one whole value. ``decode_prefix`` takes octets that begin with one and returns the value
    and the offset behind it, where a Framer without a size limit cuts too. What follows is not looked at; a value that
    is not all there is a BerDecodeError. ``encode`` returns one whole value. ``identifiers`` are those that a value may
    begin with, read as numbers.
    """

    decode: Callable[[bytes], Any]
    decode_prefix: Callable[[bytes], tuple[Any, int]]
    encode: Callable[[Any], bytes]
    identifiers: frozenset[int]


def compile_type(kind: Type) -> Codec:
    """Compile ``kind`` once; the result is pure and may be shared between threads."""
    reading, writing = Reading(), Writing()
    readers, read = reading.namespace, reading.whole(kind)
    writers, write = writing.namespace, writing.whole(kind)

    def decode_prefix(buf: bytes) -> tuple[Any, int]:
        try:
            found: tuple[Any, int] = readers[read](buf, 0, len(buf), 1)
        except IndexError:
            raise ends_early(0) from None
        return found

    def decode(buf: bytes) -> Any:
        value, stop = decode_prefix(buf)
        if stop != len(buf):
            raise BerDecodeError(f"{len(buf) - stop} bytes left over", offset=stop)
        return value

    def encode(value: Any) -> bytes:
        octets: bytes = writers[write](value)
        return octets

    identifiers = frozenset(int.from_bytes(form.identifier, "big") for form in kind.forms())
    return Codec(decode, decode_prefix, encode, identifiers)
