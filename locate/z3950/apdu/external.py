"""EXTERNAL, OtherInformation and the small types that every APDU shares. Raises BerDecodeError from ``octets_of``.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from locate.errors import BerDecodeError
from locate.z3950.schema import (
    ANY,
    BIT_STRING_OCTETS,
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Sequence,
    SequenceOf,
    compile_type,
)

__all__ = [
    "DATABASE_NAME",
    "EXTERNAL",
    "OTHER_INFO",
    "REFERENCE_ID",
    "RESULT_SET_ID",
    "External",
    "InfoCategory",
    "OtherInformationUnit",
    "octets_of",
    "value_of",
]

# ReferenceId ::= [2] IMPLICIT OCTET STRING      DatabaseName ::= [105] IMPLICIT InternationalString
# ResultSetId ::= [31] IMPLICIT InternationalString
REFERENCE_ID = Implicit(2, OCTET_STRING)
DATABASE_NAME = Implicit(105, STRING)
RESULT_SET_ID = Implicit(31, STRING)


# EXTERNAL ::= [UNIVERSAL 8] IMPLICIT SEQUENCE { direct-reference OBJECT IDENTIFIER OPTIONAL,
#   indirect-reference INTEGER OPTIONAL, data-value-descriptor ObjectDescriptor OPTIONAL,
#   encoding CHOICE { single-ASN1-type [0] ANY, octet-aligned [1] IMPLICIT OCTET STRING,
#                     arbitrary [2] IMPLICIT BIT STRING } }
@dataclass(frozen=True, slots=True)
class External:
    """EXTERNAL. ``encoding`` is ("single", whole BER value), ("octets", bytes), or ("bits", content octets of the BIT
    STRING: the number of bits that the last octet leaves unused, in one octet, then the bits).
    """

    direct_reference: str | None = None
    indirect_reference: int | None = None
    encoding: tuple[Literal["single", "octets", "bits"], bytes] = ("octets", b"")


EXTERNAL = Sequence(
    External,
    Field("direct_reference", OBJECT_IDENTIFIER),
    Field("indirect_reference", INTEGER),
    Field(
        "encoding",
        Choice(single=Explicit(0, ANY), octets=Implicit(1, OCTET_STRING), bits=Implicit(2, BIT_STRING_OCTETS)),
    ),
)
EXTERNAL.tag = 8

_OCTETS = compile_type(OCTET_STRING)
_OCTET_STRING_TAG = 0x04
_CONSTRUCTED = 0x20
# OCTET STRING, UTF8String, and the character string types of old (X.680 §8.6).
_STRING_TAGS = frozenset({4, 12, 18, 19, 20, 21, 22, 25, 26, 27})


def octets_of(external: External) -> bytes:
    """Return what ``external`` holds as octets, whichever form it came in.

    A single-ASN1-type counts when it is an OCTET STRING or a character string, a BIT STRING when it is whole octets.
    Raises BerDecodeError, and PduTooLarge for segments nested too deep.
    """
    arm, content = external.encoding
    if arm == "octets":
        return content
    if arm == "bits":
        if content[:1] != b"\x00":
            raise BerDecodeError("a BIT STRING that is not whole octets", offset=0)
        return content[1:]
    if not _is_string(content):
        raise BerDecodeError("a single-ASN1-type that is no string of octets or characters", offset=0)
    octets: bytes = _OCTETS.decode(bytes((_OCTET_STRING_TAG | content[0] & _CONSTRUCTED,)) + content[1:])
    return octets


def value_of(external: External) -> bytes:
    """Return the BER value that ``external`` holds: itself as single-ASN1-type, or wrapped into octets.

    Raises BerDecodeError, and PduTooLarge for segments nested too deep.
    """
    arm, content = external.encoding
    return content if arm == "single" and not _is_string(content) else octets_of(external)


def _is_string(value: bytes) -> bool:
    return value[:1] != b"" and value[0] & ~_CONSTRUCTED in _STRING_TAGS


# OtherInformation ::= [201] IMPLICIT SEQUENCE OF SEQUENCE { category [1] IMPLICIT InfoCategory OPTIONAL,
#   information CHOICE { characterInfo [2] IMPLICIT InternationalString, binaryInfo [3] IMPLICIT OCTET STRING,
#                        externallyDefinedInfo [4] IMPLICIT EXTERNAL, oid [5] IMPLICIT OBJECT IDENTIFIER } }
# InfoCategory ::= SEQUENCE { categoryTypeId [1] IMPLICIT OBJECT IDENTIFIER OPTIONAL, categoryValue [2] IMPLICIT
#   INTEGER }
@dataclass(frozen=True, slots=True)
class InfoCategory:
    """What a unit of OtherInformation is about: a value out of the list ``category_type_id`` (dotted OID)."""

    category_value: int
    category_type_id: str | None = None


@dataclass(frozen=True, slots=True)
class OtherInformationUnit:
    """One unit of OtherInformation; ``information`` is (kind, value), kind in text, binary, external, oid."""

    information: tuple[str, Any]
    category: InfoCategory | None = None


OTHER_INFO = Implicit(
    201,
    SequenceOf(
        Sequence(
            OtherInformationUnit,
            Field(
                "category",
                Implicit(
                    1,
                    Sequence(
                        InfoCategory,
                        Field("category_type_id", Implicit(1, OBJECT_IDENTIFIER)),
                        Field("category_value", Implicit(2, INTEGER)),
                    ),
                ),
            ),
            Field(
                "information",
                Choice(
                    text=Implicit(2, STRING),
                    binary=Implicit(3, OCTET_STRING),
                    external=Implicit(4, EXTERNAL),
                    oid=Implicit(5, OBJECT_IDENTIFIER),
                ),
            ),
        )
    ),
)
