"""The type-1 query: attributes, terms, operators.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import EXTERNAL, RESULT_SET_ID
from locate.z3950.apdu.units import INT_UNIT, STRING_OR_NUMERIC
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
)

__all__ = [
    "ATTRIBUTES_PLUS_TERM",
    "ATTRIBUTE_LIST",
    "RPN_QUERY",
    "TERM",
    "AttributeElement",
    "AttributesPlusTerm",
    "ComplexAttributeValue",
    "ProximityOperator",
    "ResultSetPlusAttributes",
    "RpnQuery",
    "RpnRpnOp",
]


# AttributeElement ::= SEQUENCE { attributeSet [1] IMPLICIT AttributeSetId OPTIONAL, attributeType [120] IMPLICIT
#   INTEGER, attributeValue CHOICE { numeric [121] IMPLICIT INTEGER, complex [224] IMPLICIT SEQUENCE {
#   list [1] IMPLICIT SEQUENCE OF StringOrNumeric, semanticAction [2] IMPLICIT SEQUENCE OF INTEGER OPTIONAL } } }
@dataclass(frozen=True, slots=True)
class ComplexAttributeValue:
    """The complex arm of an attribute value: ``values`` as ("text", str) or ("number", int) pairs, of which
    ``semantic_action`` says how to choose.
    """

    values: tuple[tuple[str, Any], ...]
    semantic_action: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeElement:
    """One attribute: its ``type`` (1 use, 2 relation, 3 position, 4 structure, 5 truncation, 6 completeness) and
    ``value``, ("numeric", int) or ("complex", ComplexAttributeValue); ``attribute_set`` None means the query's own.
    """

    type: int
    value: tuple[str, Any]
    attribute_set: str | None = None


# AttributesPlusTerm ::= [102] IMPLICIT SEQUENCE { attributes AttributeList, term Term }
# Term ::= CHOICE { general [45] IMPLICIT OCTET STRING, numeric [215] IMPLICIT INTEGER,
#   characterString [216] IMPLICIT InternationalString, oid [217], dateTime [218], external [219], integerAndUnit
#   [220], null [221] }
@dataclass(frozen=True, slots=True)
class AttributesPlusTerm:
    """An operand: attributes and ``term``, (arm, value), ("general", bytes) nearly always."""

    attributes: tuple[AttributeElement, ...]
    term: tuple[str, Any]


# ResultSetPlusAttributes ::= [214] IMPLICIT SEQUENCE { resultSet ResultSetId, attributes AttributeList }
@dataclass(frozen=True, slots=True)
class ResultSetPlusAttributes:
    """An operand: a result set restricted to what ``attributes`` say of its records."""

    result_set: str
    attributes: tuple[AttributeElement, ...]


# ProximityOperator ::= SEQUENCE { exclusion [1] IMPLICIT BOOLEAN OPTIONAL, distance [2] IMPLICIT INTEGER,
#   ordered [3] IMPLICIT BOOLEAN, relationType [4] IMPLICIT INTEGER,
#   proximityUnitCode [5] CHOICE { known [1] IMPLICIT INTEGER, private [2] IMPLICIT INTEGER } }
@dataclass(frozen=True, slots=True)
class ProximityOperator:
    """The prox operator's parameters."""

    distance: int
    ordered: bool
    relation_type: int
    unit: tuple[str, int]
    exclusion: bool | None = None


# rpnRpnOp [1] IMPLICIT SEQUENCE { rpn1 RPNStructure, rpn2 RPNStructure, op Operator }
# Operator ::= [46] CHOICE { and [0], or [1], and-not [2] IMPLICIT NULL, prox [3] IMPLICIT ProximityOperator }
@dataclass(frozen=True, slots=True)
class RpnRpnOp:
    """Two structures joined by ``op``: ("and", None), ("or", None), ("not", None) or ("prox", ProximityOperator)."""

    left: Any
    right: Any
    op: tuple[str, Any]


# RPNQuery ::= SEQUENCE { attributeSet OBJECT IDENTIFIER, rpn RPNStructure }
@dataclass(frozen=True, slots=True)
class RpnQuery:
    """A type-1 query: the default ``attribute_set`` (dotted OID) and the structure, ("op", operand) or
    ("rpn_rpn_op", RpnRpnOp); an operand is ("attr_term", AttributesPlusTerm), ("result_set", name) or ("result_attr",
    ResultSetPlusAttributes).
    """

    attribute_set: str
    rpn: tuple[str, Any]


_ATTRIBUTE_ELEMENT = Sequence(
    AttributeElement,
    Field("attribute_set", Implicit(1, OBJECT_IDENTIFIER)),
    Field("type", Implicit(120, INTEGER)),
    Field(
        "value",
        Choice(
            numeric=Implicit(121, INTEGER),
            complex=Implicit(
                224,
                Sequence(
                    ComplexAttributeValue,
                    Field("values", Implicit(1, SequenceOf(STRING_OR_NUMERIC))),
                    Field("semantic_action", Implicit(2, SequenceOf(INTEGER))),
                ),
            ),
        ),
    ),
)
# AttributeList ::= [44] IMPLICIT SEQUENCE OF AttributeElement
ATTRIBUTE_LIST = Implicit(44, SequenceOf(_ATTRIBUTE_ELEMENT))
TERM = Choice(
    general=Implicit(45, OCTET_STRING),
    numeric=Implicit(215, INTEGER),
    character_string=Implicit(216, STRING),
    oid=Implicit(217, OBJECT_IDENTIFIER),
    date_time=Implicit(218, STRING),
    external=Implicit(219, EXTERNAL),
    integer_and_unit=Implicit(220, INT_UNIT),
    null=Implicit(221, NULL),
)
ATTRIBUTES_PLUS_TERM = Implicit(
    102, Sequence(AttributesPlusTerm, Field("attributes", ATTRIBUTE_LIST), Field("term", TERM))
)
_RESULT_SET_PLUS_ATTRIBUTES = Implicit(
    214,
    Sequence(ResultSetPlusAttributes, Field("result_set", RESULT_SET_ID), Field("attributes", ATTRIBUTE_LIST)),
)
_PROXIMITY_OPERATOR = Sequence(
    ProximityOperator,
    Field("exclusion", Implicit(1, BOOLEAN)),
    Field("distance", Implicit(2, INTEGER)),
    Field("ordered", Implicit(3, BOOLEAN)),
    Field("relation_type", Implicit(4, INTEGER)),
    Field("unit", Explicit(5, Choice(known=Implicit(1, INTEGER), private=Implicit(2, INTEGER)))),
)
_OPERATOR = {
    "and": Implicit(0, NULL),
    "or": Implicit(1, NULL),
    "not": Implicit(2, NULL),
    "prox": Implicit(3, _PROXIMITY_OPERATOR),
}
# RPNStructure ::= CHOICE { op [0] Operand, rpnRpnOp [1] IMPLICIT SEQUENCE {…} }
_RPN_STRUCTURE: Lazy = Lazy(
    (0, 1),
    lambda: Choice(
        op=Explicit(
            0, Choice(attr_term=ATTRIBUTES_PLUS_TERM, result_set=RESULT_SET_ID, result_attr=_RESULT_SET_PLUS_ATTRIBUTES)
        ),
        rpn_rpn_op=Implicit(
            1,
            Sequence(
                RpnRpnOp,
                Field("left", _RPN_STRUCTURE),
                Field("right", _RPN_STRUCTURE),
                Field("op", Explicit(46, Choice(**_OPERATOR))),
            ),
        ),
    ),
)
RPN_QUERY = Sequence(RpnQuery, Field("attribute_set", OBJECT_IDENTIFIER), Field("rpn", _RPN_STRUCTURE))
