"""EXTERNAL, OtherInformation and the small types that every APDU shares.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from locate.z3950.schema import (
    ANY,
    BIT_STRING,
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
    """EXTERNAL. ``encoding`` is ("single", whole BER value), ("octets", bytes) or ("bits", frozenset of bits)."""

    direct_reference: str | None = None
    indirect_reference: int | None = None
    encoding: tuple[Literal["single", "octets", "bits"], Any] = ("octets", b"")


EXTERNAL = Sequence(
    External,
    Field("direct_reference", OBJECT_IDENTIFIER),
    Field("indirect_reference", INTEGER),
    Field(
        "encoding",
        Choice(single=Explicit(0, ANY), octets=Implicit(1, OCTET_STRING), bits=Implicit(2, BIT_STRING)),
    ),
)
EXTERNAL.tag = 8


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
