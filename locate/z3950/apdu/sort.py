"""Sort: order a result set.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import DATABASE_NAME, OTHER_INFO, REFERENCE_ID, OtherInformationUnit
from locate.z3950.apdu.present import SPECIFICATION
from locate.z3950.apdu.records import DIAG_REC
from locate.z3950.apdu.rpn import ATTRIBUTE_LIST, AttributeElement
from locate.z3950.schema import (
    INTEGER,
    NULL,
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
    "SORT_REQUEST",
    "SORT_RESPONSE",
    "DatabaseSort",
    "SortAttributes",
    "SortKeySpec",
    "SortRelation",
    "SortRequest",
    "SortResponse",
    "SortStatus",
]


class SortStatus:
    """Values of sortStatus."""

    SUCCESS = 0
    PARTIAL_1 = 1
    FAILURE = 2


class SortRelation:
    """Values of sortRelation."""

    ASCENDING = 0
    DESCENDING = 1
    ASCENDING_BY_FREQUENCY = 3
    DESCENDING_BY_FREQUENCY = 4


# sortAttributes [2] IMPLICIT SEQUENCE { id AttributeSetId, list AttributeList }
@dataclass(frozen=True, slots=True)
class SortAttributes:
    """A sort key given by attributes of the set ``id`` (dotted OID)."""

    id: str
    list: tuple[AttributeElement, ...]


# SEQUENCE { databaseName DatabaseName, dbSort SortKey }
@dataclass(frozen=True, slots=True)
class DatabaseSort:
    """A sort key for one database."""

    database_name: str
    db_sort: tuple[str, Any]


# SortKeySpec ::= SEQUENCE { sortElement SortElement, sortRelation [1] IMPLICIT INTEGER, caseSensitivity [2] IMPLICIT
#   INTEGER, missingValueAction [3] CHOICE { abort [1] IMPLICIT NULL, null [2] IMPLICIT NULL, missingValueData [3]
#   IMPLICIT OCTET STRING } OPTIONAL }
# SortElement ::= CHOICE { generic [1] SortKey, datbaseSpecific [2] IMPLICIT SEQUENCE OF … }
# SortKey ::= CHOICE { sortfield [0] IMPLICIT InternationalString, elementSpec [1] IMPLICIT Specification,
#   sortAttributes [2] … }
@dataclass(frozen=True, slots=True)
class SortKeySpec:
    """One key. ``sort_element`` is ("generic", key) or ("database_specific", tuple of DatabaseSort), a key being
    ("field", text), ("element_spec", Specification) or ("attributes", SortAttributes); ``case_sensitivity`` 0 minds
    case, 1 does not; ``missing_value_action`` is ("abort", None), ("null", None) or ("data", bytes).
    """

    sort_element: tuple[str, Any]
    sort_relation: int
    case_sensitivity: int
    missing_value_action: tuple[str, Any] | None = None


# SortRequest ::= SEQUENCE { referenceId OPTIONAL, inputResultSetNames [3] IMPLICIT SEQUENCE OF InternationalString,
#   sortedResultSetName [4] IMPLICIT InternationalString, sortSequence [5] IMPLICIT SEQUENCE OF SortKeySpec, otherInfo
#   OPTIONAL }
@dataclass(frozen=True, slots=True)
class SortRequest:
    """Order the records of the input result sets into ``sorted_result_set_name``; the first key counts most."""

    input_result_set_names: tuple[str, ...]
    sorted_result_set_name: str
    sort_sequence: tuple[SortKeySpec, ...]
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# SortResponse ::= SEQUENCE { referenceId OPTIONAL, sortStatus [3] IMPLICIT INTEGER, resultSetStatus [4] IMPLICIT
#   INTEGER OPTIONAL, diagnostics [5] IMPLICIT SEQUENCE OF DiagRec OPTIONAL, resultCount [6] IMPLICIT INTEGER OPTIONAL,
#   otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class SortResponse:
    """Answer Sort. ``result_set_status`` says what became of the set when sorting failed: 1 empty, 2 interim, 3
    unchanged, 4 none.
    """

    sort_status: int
    result_set_status: int | None = None
    diagnostics: tuple[Any, ...] = ()
    result_count: int | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


_SORT_KEY = Choice(
    field=Implicit(0, STRING),
    element_spec=Implicit(1, SPECIFICATION),
    attributes=Implicit(2, Sequence(SortAttributes, Field("id", OBJECT_IDENTIFIER), Field("list", ATTRIBUTE_LIST))),
)
_SORT_KEY_SPEC = Sequence(
    SortKeySpec,
    Field(
        "sort_element",
        Choice(
            generic=Explicit(1, _SORT_KEY),
            database_specific=Implicit(
                2,
                SequenceOf(Sequence(DatabaseSort, Field("database_name", DATABASE_NAME), Field("db_sort", _SORT_KEY))),
            ),
        ),
    ),
    Field("sort_relation", Implicit(1, INTEGER)),
    Field("case_sensitivity", Implicit(2, INTEGER)),
    Field(
        "missing_value_action",
        Explicit(3, Choice(abort=Implicit(1, NULL), null=Implicit(2, NULL), data=Implicit(3, OCTET_STRING))),
    ),
)
SORT_REQUEST = Sequence(
    SortRequest,
    Field("reference_id", REFERENCE_ID),
    Field("input_result_set_names", Implicit(3, SequenceOf(STRING))),
    Field("sorted_result_set_name", Implicit(4, STRING)),
    Field("sort_sequence", Implicit(5, SequenceOf(_SORT_KEY_SPEC))),
    Field("other_info", OTHER_INFO),
)
SORT_RESPONSE = Sequence(
    SortResponse,
    Field("reference_id", REFERENCE_ID),
    Field("sort_status", Implicit(3, INTEGER)),
    Field("result_set_status", Implicit(4, INTEGER)),
    Field("diagnostics", Implicit(5, SequenceOf(DIAG_REC))),
    Field("result_count", Implicit(6, INTEGER)),
    Field("other_info", OTHER_INFO),
)
