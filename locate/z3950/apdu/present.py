"""Present, and the Segments that may come before its answer.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import (
    DATABASE_NAME,
    EXTERNAL,
    OTHER_INFO,
    REFERENCE_ID,
    RESULT_SET_ID,
    OtherInformationUnit,
)
from locate.z3950.apdu.records import ELEMENT_SET_NAMES, NAME_PLUS_RECORD, RECORDS, NamePlusRecord
from locate.z3950.schema import (
    BOOLEAN,
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
    "PRESENT_REQUEST",
    "PRESENT_RESPONSE",
    "SEGMENT",
    "SPECIFICATION",
    "CompSpec",
    "DatabaseSpecification",
    "PresentRequest",
    "PresentResponse",
    "PresentStatus",
    "Range",
    "Segment",
    "Specification",
]


class PresentStatus:
    """Values of presentStatus: partial-1 access control, -2 message size, -3 and -4 resource control."""

    SUCCESS = 0
    PARTIAL_1 = 1
    PARTIAL_2 = 2
    PARTIAL_3 = 3
    PARTIAL_4 = 4
    FAILURE = 5


# Range ::= SEQUENCE { startingPosition [1], numberOfRecords [2] IMPLICIT INTEGER }
@dataclass(frozen=True, slots=True)
class Range:
    """Records of a result set from ``starting_position`` (1-based)."""

    starting_position: int
    number_of_records: int


# Specification ::= SEQUENCE { schema CHOICE { oid [1] IMPLICIT OBJECT IDENTIFIER, uri [300] IMPLICIT
#   InternationalString } OPTIONAL, elementSpec [2] CHOICE { elementSetName [1] IMPLICIT InternationalString,
#   externalEspec [2] IMPLICIT EXTERNAL } OPTIONAL }
@dataclass(frozen=True, slots=True)
class Specification:
    """A ``schema``, ("oid", dotted) or ("uri", text), and elements, ("element_set_name", text) or ("external", …)."""

    schema: tuple[str, Any] | None = None
    element_spec: tuple[str, Any] | None = None


# dbSpecific [3] IMPLICIT SEQUENCE OF SEQUENCE { db [1] DatabaseName, spec [2] IMPLICIT Specification }
@dataclass(frozen=True, slots=True)
class DatabaseSpecification:
    """The specification for the records of one database."""

    db: str
    spec: Specification


# CompSpec ::= SEQUENCE { selectAlternativeSyntax [1] IMPLICIT BOOLEAN, generic [2] IMPLICIT Specification OPTIONAL,
#   dbSpecific [3] … OPTIONAL, recordSyntax [4] IMPLICIT SEQUENCE OF OBJECT IDENTIFIER OPTIONAL }
@dataclass(frozen=True, slots=True)
class CompSpec:
    """The composition of records in full; ``record_syntax`` are dotted OIDs in order of preference."""

    select_alternative_syntax: bool
    generic: Specification | None = None
    db_specific: tuple[DatabaseSpecification, ...] = ()
    record_syntax: tuple[str, ...] = ()


# PresentRequest ::= SEQUENCE { referenceId OPTIONAL, resultSetId ResultSetId, resultSetStartPoint [30] IMPLICIT
#   INTEGER, numberOfRecordsRequested [29] IMPLICIT INTEGER, additionalRanges [212] IMPLICIT SEQUENCE OF Range
#   OPTIONAL, recordComposition CHOICE { simple [19] ElementSetNames, complex [209] IMPLICIT CompSpec } OPTIONAL,
#   preferredRecordSyntax [104] IMPLICIT OBJECT IDENTIFIER OPTIONAL, maxSegmentCount [204], maxRecordSize [206],
#   maxSegmentSize [207] IMPLICIT INTEGER OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class PresentRequest:
    """Ask for ``number_of_records_requested`` records from ``result_set_start_point`` (1-based).

    ``record_composition`` is ("simple", element set names) or ("complex", CompSpec). ``max_segment_count`` bounds the
    Segments before the answer; ``max_record_size`` and ``max_segment_size``, in bytes, are for level 2 segmentation.
    """

    result_set_id: str
    result_set_start_point: int
    number_of_records_requested: int
    additional_ranges: tuple[Range, ...] = ()
    record_composition: tuple[str, Any] | None = None
    preferred_record_syntax: str | None = None
    max_segment_count: int | None = None
    max_record_size: int | None = None
    max_segment_size: int | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# PresentResponse ::= SEQUENCE { referenceId OPTIONAL, numberOfRecordsReturned [24], nextResultSetPosition [25]
#   IMPLICIT INTEGER, presentStatus [27] IMPLICIT INTEGER, records OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class PresentResponse:
    """Answer Present; fields as in SearchResponse."""

    number_of_records_returned: int
    next_result_set_position: int
    present_status: int
    records: tuple[str, Any] | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# Segment ::= SEQUENCE { referenceId OPTIONAL, numberOfRecordsReturned [24] IMPLICIT INTEGER,
#   segmentRecords [0] IMPLICIT SEQUENCE OF NamePlusRecord, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the answer to Present, sent before the PresentResponse, which holds the last part."""

    number_of_records_returned: int
    segment_records: tuple[NamePlusRecord, ...]
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


SPECIFICATION = Sequence(
    Specification,
    Field("schema", Choice(oid=Implicit(1, OBJECT_IDENTIFIER), uri=Implicit(300, STRING))),
    Field("element_spec", Explicit(2, Choice(element_set_name=Implicit(1, STRING), external=Implicit(2, EXTERNAL)))),
)
_COMP_SPEC = Sequence(
    CompSpec,
    Field("select_alternative_syntax", Implicit(1, BOOLEAN)),
    Field("generic", Implicit(2, SPECIFICATION)),
    Field(
        "db_specific",
        Implicit(
            3,
            SequenceOf(
                Sequence(
                    DatabaseSpecification,
                    Field("db", Explicit(1, DATABASE_NAME)),
                    Field("spec", Implicit(2, SPECIFICATION)),
                )
            ),
        ),
    ),
    Field("record_syntax", Implicit(4, SequenceOf(OBJECT_IDENTIFIER))),
)
_RANGE = Sequence(
    Range, Field("starting_position", Implicit(1, INTEGER)), Field("number_of_records", Implicit(2, INTEGER))
)
PRESENT_REQUEST = Sequence(
    PresentRequest,
    Field("reference_id", REFERENCE_ID),
    Field("result_set_id", RESULT_SET_ID),
    Field("result_set_start_point", Implicit(30, INTEGER)),
    Field("number_of_records_requested", Implicit(29, INTEGER)),
    Field("additional_ranges", Implicit(212, SequenceOf(_RANGE))),
    Field("record_composition", Choice(simple=Explicit(19, ELEMENT_SET_NAMES), complex=Implicit(209, _COMP_SPEC))),
    Field("preferred_record_syntax", Implicit(104, OBJECT_IDENTIFIER)),
    Field("max_segment_count", Implicit(204, INTEGER)),
    Field("max_record_size", Implicit(206, INTEGER)),
    Field("max_segment_size", Implicit(207, INTEGER)),
    Field("other_info", OTHER_INFO),
)
PRESENT_RESPONSE = Sequence(
    PresentResponse,
    Field("reference_id", REFERENCE_ID),
    Field("number_of_records_returned", Implicit(24, INTEGER)),
    Field("next_result_set_position", Implicit(25, INTEGER)),
    Field("present_status", Implicit(27, INTEGER)),
    Field("records", RECORDS),
    Field("other_info", OTHER_INFO),
)
SEGMENT = Sequence(
    Segment,
    Field("reference_id", REFERENCE_ID),
    Field("number_of_records_returned", Implicit(24, INTEGER)),
    Field("segment_records", Implicit(0, SequenceOf(NAME_PLUS_RECORD))),
    Field("other_info", OTHER_INFO),
)
