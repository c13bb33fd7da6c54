"""GRS-1, the generic record syntax: a tree of tagged elements, decoded, encoded and printed.

A tag is a pair of tag type and tag value: type 1 is tagSet-M (about the record), type 2 tagSet-G (what most records
have), type 3 what the schema or the target makes of it. Decides nothing about what an element means; knows the names
of tagSet-M and tagSet-G only to print them. Raises BerDecodeError and PduTooLarge, the latter for a tree nested too
deep. Source: Z39.50-2003 Appendix REC, RecordSyntax-generic; Appendix TAG for the names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import EXTERNAL, External
from locate.z3950.apdu.rpn import TERM
from locate.z3950.apdu.units import INT_UNIT, STRING_OR_NUMERIC, UNIT, IntUnit
from locate.z3950.oids import name_of
from locate.z3950.schema import (
    BOOLEAN,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Lazy,
    Sequence,
    SequenceOf,
    compile_type,
    read_text,
)

__all__ = [
    "AppliedVariant",
    "ElementMetaData",
    "ElementOrder",
    "GenericRecord",
    "HitVector",
    "TagStep",
    "TaggedElement",
    "Usage",
    "VariantTriple",
    "decode_grs1",
    "encode_grs1",
    "grs1_text",
]


# triples [2] IMPLICIT SEQUENCE OF SEQUENCE { variantSetId [0] IMPLICIT OBJECT IDENTIFIER OPTIONAL, class [1], type [2]
#   IMPLICIT INTEGER, value [3] CHOICE { integer, internationalString, octetString, objectIdentifier, boolean, null,
#   unit [1] IMPLICIT Unit, valueAndUnit [2] IMPLICIT IntUnit } }
@dataclass(frozen=True, slots=True)
class VariantTriple:
    """One property of a variant; ``value`` is (arm, value), arm in integer, string, octets, oid, boolean, null, unit,
    value_and_unit.
    """

    variant_class: int
    variant_type: int
    value: tuple[str, Any]
    variant_set_id: str | None = None


# Variant ::= SEQUENCE { globalVariantSetId [1] IMPLICIT OBJECT IDENTIFIER OPTIONAL, triples [2] … }
@dataclass(frozen=True, slots=True)
class AppliedVariant:
    """In which variant (language, format, ...) an element is given."""

    triples: tuple[VariantTriple, ...]
    global_variant_set_id: str | None = None


# Order ::= SEQUENCE { ascending [1] IMPLICIT BOOLEAN, order [2] IMPLICIT INTEGER }
@dataclass(frozen=True, slots=True)
class ElementOrder:
    """How the elements below a node are ordered."""

    ascending: bool
    order: int


# Usage ::= SEQUENCE { type [1] IMPLICIT INTEGER, restriction [2] IMPLICIT InternationalString OPTIONAL }
@dataclass(frozen=True, slots=True)
class Usage:
    """Whether an element may be passed on: ``type`` 1 freely, 2 as ``restriction`` says, 3 it points to a licence."""

    type: int
    restriction: str | None = None


# HitVector ::= SEQUENCE { satisfier Term OPTIONAL, offsetIntoElement [1], length [2] IMPLICIT IntUnit OPTIONAL,
#   hitRank [3] IMPLICIT INTEGER OPTIONAL, targetToken [4] IMPLICIT OCTET STRING OPTIONAL }
@dataclass(frozen=True, slots=True)
class HitVector:
    """Where in an element the query was met; ``satisfier`` is the term, (arm, value)."""

    satisfier: tuple[str, Any] | None = None
    offset_into_element: IntUnit | None = None
    length: IntUnit | None = None
    hit_rank: int | None = None
    target_token: bytes | None = None


# TagPath ::= SEQUENCE OF SEQUENCE { tagType [1] IMPLICIT INTEGER OPTIONAL, tagValue [2] StringOrNumeric,
#   tagOccurrence [3] IMPLICIT INTEGER OPTIONAL }
@dataclass(frozen=True, slots=True)
class TagStep:
    """One step of a path through the tree; fields as in TaggedElement."""

    tag_value: tuple[str, Any]
    tag_type: int | None = None
    tag_occurrence: int | None = None


# ElementMetaData ::= SEQUENCE { seriesOrder [1] IMPLICIT Order OPTIONAL, usageRight [2] IMPLICIT Usage OPTIONAL,
#   hits [3] IMPLICIT SEQUENCE OF HitVector OPTIONAL, displayName [4] IMPLICIT InternationalString OPTIONAL,
#   supportedVariants [5] IMPLICIT SEQUENCE OF Variant OPTIONAL, message [6] IMPLICIT InternationalString OPTIONAL,
#   elementDescriptor [7] IMPLICIT OCTET STRING OPTIONAL, surrogateFor [8], surrogateElement [9] IMPLICIT TagPath
#   OPTIONAL, other [99] IMPLICIT EXTERNAL OPTIONAL }
@dataclass(frozen=True, slots=True)
class ElementMetaData:
    """What the target tells about an element; ``display_name`` is what to call it."""

    series_order: ElementOrder | None = None
    usage_right: Usage | None = None
    hits: tuple[HitVector, ...] = ()
    display_name: str | None = None
    supported_variants: tuple[AppliedVariant, ...] = ()
    message: str | None = None
    element_descriptor: bytes | None = None
    surrogate_for: tuple[TagStep, ...] = ()
    surrogate_element: tuple[TagStep, ...] = ()
    other: External | None = None


# TaggedElement ::= SEQUENCE { tagType [1] IMPLICIT INTEGER OPTIONAL, tagValue [2] StringOrNumeric, tagOccurrence [3]
#   IMPLICIT INTEGER OPTIONAL, content [4] ElementData, metaData [5] IMPLICIT ElementMetaData OPTIONAL,
#   appliedVariant [6] IMPLICIT Variant OPTIONAL }
# ElementData ::= CHOICE { octets OCTET STRING, numeric INTEGER, date GeneralizedTime, ext EXTERNAL, string
#   InternationalString, trueOrFalse BOOLEAN, oid OBJECT IDENTIFIER, intUnit [1] IMPLICIT IntUnit, elementNotThere [2],
#   elementEmpty [3], noDataRequested [4] IMPLICIT NULL, diagnostic [5] IMPLICIT EXTERNAL, subtree [6] SEQUENCE OF
#   TaggedElement }
@dataclass(frozen=True, slots=True)
class TaggedElement:
    """One element: its tag, type and value, the value ("text", str) or ("number", int), and its ``content``.

    ``content`` is (arm, value): ("octets", bytes), ("numeric", int), ("date", text), ("ext", External), ("string",
    text), ("true_or_false", bool), ("oid", dotted), ("int_unit", IntUnit), ("element_not_there", None),
    ("element_empty", None), ("no_data_requested", None), ("diagnostic", External) or ("subtree", tuple of
    TaggedElement). ``tag_type`` None means the schema's default; ``tag_occurrence`` counts among the elements of the
    same tag in the database record.
    """

    tag_value: tuple[str, Any]
    content: tuple[str, Any]
    tag_type: int | None = None
    tag_occurrence: int | None = None
    meta_data: ElementMetaData | None = None
    applied_variant: AppliedVariant | None = None


# GenericRecord ::= SEQUENCE OF TaggedElement
@dataclass(frozen=True, slots=True)
class GenericRecord:
    """A GRS-1 record: its elements, in the order sent."""

    elements: tuple[TaggedElement, ...]


_GENERALIZED_TIME = copy(STRING)
_GENERALIZED_TIME.tag = 24
_TAG_FIELDS = (
    Field("tag_type", Implicit(1, INTEGER)),
    Field("tag_value", Explicit(2, STRING_OR_NUMERIC)),
    Field("tag_occurrence", Implicit(3, INTEGER)),
)
_VARIANT = Sequence(
    AppliedVariant,
    Field("global_variant_set_id", Implicit(1, OBJECT_IDENTIFIER)),
    Field(
        "triples",
        Implicit(
            2,
            SequenceOf(
                Sequence(
                    VariantTriple,
                    Field("variant_set_id", Implicit(0, OBJECT_IDENTIFIER)),
                    Field("variant_class", Implicit(1, INTEGER)),
                    Field("variant_type", Implicit(2, INTEGER)),
                    Field(
                        "value",
                        Explicit(
                            3,
                            Choice(
                                integer=INTEGER,
                                string=STRING,
                                octets=OCTET_STRING,
                                oid=OBJECT_IDENTIFIER,
                                boolean=BOOLEAN,
                                null=NULL,
                                unit=Implicit(1, UNIT),
                                value_and_unit=Implicit(2, INT_UNIT),
                            ),
                        ),
                    ),
                )
            ),
        ),
    ),
)
_HIT_VECTOR = Sequence(
    HitVector,
    Field("satisfier", TERM),
    Field("offset_into_element", Implicit(1, INT_UNIT)),
    Field("length", Implicit(2, INT_UNIT)),
    Field("hit_rank", Implicit(3, INTEGER)),
    Field("target_token", Implicit(4, OCTET_STRING)),
)
_TAG_PATH = SequenceOf(Sequence(TagStep, *_TAG_FIELDS))
_META_DATA = Sequence(
    ElementMetaData,
    Field(
        "series_order",
        Implicit(
            1, Sequence(ElementOrder, Field("ascending", Implicit(1, BOOLEAN)), Field("order", Implicit(2, INTEGER)))
        ),
    ),
    Field(
        "usage_right",
        Implicit(2, Sequence(Usage, Field("type", Implicit(1, INTEGER)), Field("restriction", Implicit(2, STRING)))),
    ),
    Field("hits", Implicit(3, SequenceOf(_HIT_VECTOR))),
    Field("display_name", Implicit(4, STRING)),
    Field("supported_variants", Implicit(5, SequenceOf(_VARIANT))),
    Field("message", Implicit(6, STRING)),
    Field("element_descriptor", Implicit(7, OCTET_STRING)),
    Field("surrogate_for", Implicit(8, _TAG_PATH)),
    Field("surrogate_element", Implicit(9, _TAG_PATH)),
    Field("other", Implicit(99, EXTERNAL)),
)


def _element_data() -> Choice:
    return Choice(
        octets=OCTET_STRING,
        numeric=INTEGER,
        date=_GENERALIZED_TIME,
        ext=EXTERNAL,
        string=STRING,
        true_or_false=BOOLEAN,
        oid=OBJECT_IDENTIFIER,
        int_unit=Implicit(1, INT_UNIT),
        element_not_there=Implicit(2, NULL),
        element_empty=Implicit(3, NULL),
        no_data_requested=Implicit(4, NULL),
        diagnostic=Implicit(5, EXTERNAL),
        subtree=Explicit(6, SequenceOf(_TAGGED_ELEMENT)),
    )


_TAGGED_ELEMENT = Sequence(
    TaggedElement,
    *_TAG_FIELDS,
    Field("content", Lazy((4,), lambda: Explicit(4, _element_data()))),
    Field("meta_data", Implicit(5, _META_DATA)),
    Field("applied_variant", Implicit(6, _VARIANT)),
)
_CODEC = compile_type(SequenceOf(_TAGGED_ELEMENT))


def decode_grs1(data: bytes) -> GenericRecord:
    """Decode the BER value of a GRS-1 record. Raises BerDecodeError and PduTooLarge."""
    return GenericRecord(_CODEC.decode(data))


def encode_grs1(record: GenericRecord) -> bytes:
    """Encode a GRS-1 record as one BER value."""
    return _CODEC.encode(record.elements)


_NAMES = {
    (1, 1): "schema identifier", (1, 9): "restriction", (1, 10): "rank", (1, 11): "user message", (1, 12): "URL",
    (1, 14): "local control number", (1, 15): "creation date", (1, 16): "date of last modification", (1, 18): "score",
    (1, 22): "language of record", (2, 1): "title", (2, 2): "author", (2, 3): "publication place",
    (2, 4): "publication date", (2, 5): "document id", (2, 6): "abstract", (2, 7): "name", (2, 8): "date and time",
    (2, 10): "organization", (2, 17): "description", (2, 20): "language", (2, 21): "subject", (2, 22): "resource type",
    (2, 27): "format", (2, 28): "identifier", (2, 29): "rights", (2, 30): "relation", (2, 31): "publisher",
    (2, 32): "contributor", (2, 33): "source", (2, 34): "coverage",
}  # fmt: skip
_INDENT = "  "


def grs1_text(record: GenericRecord) -> str:
    """Return the record for a person to read: a line an element, ``(type,value) name: content``, subtrees indented."""
    return "".join(f"{line}\n" for line in _lines(record.elements, ""))


def _lines(elements: tuple[TaggedElement, ...], indent: str) -> Iterator[str]:
    for element in elements:
        arm, value = element.content
        head = f"{indent}{_label(element)}:"
        if arm == "subtree":
            yield head
            yield from _lines(value, indent + _INDENT)
        else:
            yield f"{head} {_SHOWN[arm](value)}"


def _label(element: TaggedElement) -> str:
    value = element.tag_value[1]
    tag = f"({'' if element.tag_type is None else element.tag_type},{value})"
    told = element.meta_data.display_name if element.meta_data is not None else None
    return " ".join(part for part in (tag, told or _NAMES.get((element.tag_type or 0, value), "")) if part)


def _quantity(value: IntUnit) -> str:
    unit = value.unit_used.unit
    return str(value.value) if unit is None else f"{value.value} {unit[1]}"


def _external(value: External) -> str:
    return f"[{name_of(value.direct_reference)}, {len(value.encoding[1])} bytes]"


_SHOWN: dict[str, Callable[[Any], str]] = {
    "octets": read_text,
    "numeric": str,
    "date": str,
    "ext": _external,
    "string": str,
    "true_or_false": lambda value: "yes" if value else "no",
    "oid": name_of,
    "int_unit": _quantity,
    "element_not_there": lambda _: "[not there]",
    "element_empty": lambda _: "[empty]",
    "no_data_requested": lambda _: "[no data requested]",
    "diagnostic": lambda value: f"[diagnostic: {_external(value)[1:]}",
}
