"""Scan: walk through the terms of an index.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import DATABASE_NAME, OTHER_INFO, REFERENCE_ID, OtherInformationUnit
from locate.z3950.apdu.records import DIAG_REC
from locate.z3950.apdu.rpn import ATTRIBUTE_LIST, ATTRIBUTES_PLUS_TERM, TERM, AttributeElement, AttributesPlusTerm
from locate.z3950.schema import (
    INTEGER,
    OBJECT_IDENTIFIER,
    STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Sequence,
    SequenceOf,
)

__all__ = [
    "SCAN_REQUEST",
    "SCAN_RESPONSE",
    "ByDatabase",
    "ListEntries",
    "OccurrenceByAttributes",
    "ScanRequest",
    "ScanResponse",
    "ScanStatus",
    "TermInfo",
]


class ScanStatus:
    """Values of scanStatus (Z39.50-2003 §3.2.8.1.6)."""

    SUCCESS = 0
    PARTIAL_1 = 1
    PARTIAL_2 = 2
    PARTIAL_3 = 3
    PARTIAL_4 = 4
    PARTIAL_5 = 5
    FAILURE = 6


# ScanRequest ::= SEQUENCE { referenceId OPTIONAL, databaseNames [3] IMPLICIT SEQUENCE OF DatabaseName,
#   attributeSet AttributeSetId OPTIONAL, termListAndStartPoint AttributesPlusTerm, stepSize [5] IMPLICIT INTEGER
#   OPTIONAL, numberOfTermsRequested [6] IMPLICIT INTEGER, preferredPositionInResponse [7] IMPLICIT INTEGER OPTIONAL,
#   otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class ScanRequest:
    """Ask for terms around a start term. ``step_size`` 0 means every term, n leaves out n between two; the start term
    shall stand at ``preferred_position_in_response`` (1-based; 0 just before the list).
    """

    database_names: tuple[str, ...]
    term_list_and_start_point: AttributesPlusTerm
    number_of_terms_requested: int
    attribute_set: str | None = None
    step_size: int | None = None
    preferred_position_in_response: int | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# byDatabase [3] IMPLICIT SEQUENCE OF SEQUENCE { db DatabaseName, num [1] IMPLICIT INTEGER OPTIONAL,
#   otherDbInfo OtherInformation OPTIONAL }
@dataclass(frozen=True, slots=True)
class ByDatabase:
    """How often a term occurs in one database."""

    db: str
    num: int | None = None
    other_db_info: tuple[OtherInformationUnit, ...] = ()


# OccurrenceByAttributes ::= SEQUENCE OF SEQUENCE { attributes [1] AttributeList, occurrences CHOICE { global [2]
#   INTEGER, byDatabase [3] … } OPTIONAL, otherOccurInfo OtherInformation OPTIONAL }
@dataclass(frozen=True, slots=True)
class OccurrenceByAttributes:
    """How often a term occurs under ``attributes``: ("global", int) or ("by_database", tuple of ByDatabase)."""

    attributes: tuple[AttributeElement, ...] = ()
    occurrences: tuple[str, Any] | None = None
    other_occur_info: tuple[OtherInformationUnit, ...] = ()


# TermInfo ::= SEQUENCE { term Term, displayTerm [0] IMPLICIT InternationalString OPTIONAL, suggestedAttributes
#   AttributeList OPTIONAL, alternativeTerm [4] IMPLICIT SEQUENCE OF AttributesPlusTerm OPTIONAL, globalOccurrences [2]
#   IMPLICIT INTEGER OPTIONAL, byAttributes [3] IMPLICIT OccurrenceByAttributes OPTIONAL, otherTermInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class TermInfo:
    """One term of the list: ``term`` is (arm, value) as in a query, ``display_term`` how it is to be shown."""

    term: tuple[str, Any]
    display_term: str | None = None
    suggested_attributes: tuple[AttributeElement, ...] = ()
    alternative_term: tuple[AttributesPlusTerm, ...] = ()
    global_occurrences: int | None = None
    by_attributes: tuple[OccurrenceByAttributes, ...] = ()
    other_term_info: tuple[OtherInformationUnit, ...] = ()


# ListEntries ::= SEQUENCE { entries [1] IMPLICIT SEQUENCE OF Entry OPTIONAL, nonsurrogateDiagnostics [2] IMPLICIT
#   SEQUENCE OF DiagRec OPTIONAL }
# Entry ::= CHOICE { termInfo [1] IMPLICIT TermInfo, surrogateDiagnostic [2] DiagRec }
@dataclass(frozen=True, slots=True)
class ListEntries:
    """The list: ``entries`` are ("term", TermInfo) or ("surrogate", diagnostic)."""

    entries: tuple[tuple[str, Any], ...] = ()
    nonsurrogate_diagnostics: tuple[Any, ...] = ()


# ScanResponse ::= SEQUENCE { referenceId OPTIONAL, stepSize [3] IMPLICIT INTEGER OPTIONAL, scanStatus [4] IMPLICIT
#   INTEGER, numberOfEntriesReturned [5] IMPLICIT INTEGER, positionOfTerm [6] IMPLICIT INTEGER OPTIONAL, entries [7]
#   IMPLICIT ListEntries OPTIONAL, attributeSet [8] IMPLICIT AttributeSetId OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class ScanResponse:
    """Answer Scan. ``position_of_term`` is where the start term stands or would stand in the list (1-based)."""

    scan_status: int
    number_of_entries_returned: int
    step_size: int | None = None
    position_of_term: int | None = None
    entries: ListEntries | None = None
    attribute_set: str | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


_BY_DATABASE = Sequence(
    ByDatabase,
    Field("db", DATABASE_NAME),
    Field("num", Implicit(1, INTEGER)),
    Field("other_db_info", OTHER_INFO),
)
_OCCURRENCE = Sequence(
    OccurrenceByAttributes,
    Field("attributes", Explicit(1, ATTRIBUTE_LIST)),
    Field(
        "occurrences", Choice(**{"global": Explicit(2, INTEGER), "by_database": Implicit(3, SequenceOf(_BY_DATABASE))})
    ),
    Field("other_occur_info", OTHER_INFO),
)
_TERM_INFO = Sequence(
    TermInfo,
    Field("term", TERM),
    Field("display_term", Implicit(0, STRING)),
    Field("suggested_attributes", ATTRIBUTE_LIST),
    Field("alternative_term", Implicit(4, SequenceOf(ATTRIBUTES_PLUS_TERM))),
    Field("global_occurrences", Implicit(2, INTEGER)),
    Field("by_attributes", Implicit(3, SequenceOf(_OCCURRENCE))),
    Field("other_term_info", OTHER_INFO),
)
_LIST_ENTRIES = Sequence(
    ListEntries,
    Field("entries", Implicit(1, SequenceOf(Choice(term=Implicit(1, _TERM_INFO), surrogate=Explicit(2, DIAG_REC))))),
    Field("nonsurrogate_diagnostics", Implicit(2, SequenceOf(DIAG_REC))),
)
SCAN_REQUEST = Sequence(
    ScanRequest,
    Field("reference_id", REFERENCE_ID),
    Field("database_names", Implicit(3, SequenceOf(DATABASE_NAME))),
    Field("attribute_set", OBJECT_IDENTIFIER),
    Field("term_list_and_start_point", ATTRIBUTES_PLUS_TERM),
    Field("step_size", Implicit(5, INTEGER)),
    Field("number_of_terms_requested", Implicit(6, INTEGER)),
    Field("preferred_position_in_response", Implicit(7, INTEGER)),
    Field("other_info", OTHER_INFO),
)
SCAN_RESPONSE = Sequence(
    ScanResponse,
    Field("reference_id", REFERENCE_ID),
    Field("step_size", Implicit(3, INTEGER)),
    Field("scan_status", Implicit(4, INTEGER)),
    Field("number_of_entries_returned", Implicit(5, INTEGER)),
    Field("position_of_term", Implicit(6, INTEGER)),
    Field("entries", Implicit(7, _LIST_ENTRIES)),
    Field("attribute_set", Implicit(8, OBJECT_IDENTIFIER)),
    Field("other_info", OTHER_INFO),
)
