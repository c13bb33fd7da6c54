"""Duplicate detection: find the duplicates in result sets, and say which to keep.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import EXTERNAL, OTHER_INFO, REFERENCE_ID, External, OtherInformationUnit
from locate.z3950.apdu.records import DIAG_REC
from locate.z3950.schema import BOOLEAN, INTEGER, NULL, STRING, Choice, Field, Implicit, Sequence, SequenceOf

__all__ = [
    "DUPLICATE_DETECTION_REQUEST",
    "DUPLICATE_DETECTION_RESPONSE",
    "DuplicateDetectionRequest",
    "DuplicateDetectionResponse",
]


# DuplicateDetectionRequest ::= SEQUENCE { referenceId OPTIONAL, inputResultSetIds [3] IMPLICIT SEQUENCE OF
#   InternationalString, outputResultSetName [4] IMPLICIT InternationalString, applicablePortionOfRecord [5] IMPLICIT
#   EXTERNAL OPTIONAL, duplicateDetectionCriteria [6] IMPLICIT SEQUENCE OF DuplicateDetectionCriterion OPTIONAL,
#   clustering [7] IMPLICIT BOOLEAN OPTIONAL, retentionCriteria [8] IMPLICIT SEQUENCE OF RetentionCriterion,
#   sortCriteria [9] IMPLICIT SEQUENCE OF SortCriterion OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class DuplicateDetectionRequest:
    """Bring the records of the input result sets, duplicates found, into ``output_result_set_name``.

    Every criterion is (arm, value): of detection "level_of_match" (percent), "case_sensitive",
    "punctuation_sensitive", "regular_expression" (External), "rs_duplicates"; of retention "number_of_entries",
    "percent_of_entries", "duplicates_only", "discard_rs_duplicates"; of sorting "most_comprehensive",
    "least_comprehensive", "most_recent", "oldest", "least_cost", "preferred_databases" (tuple of names). The value is
    None where the arm says it all.
    """

    input_result_set_ids: tuple[str, ...]
    output_result_set_name: str
    retention_criteria: tuple[tuple[str, Any], ...]
    applicable_portion_of_record: External | None = None
    duplicate_detection_criteria: tuple[tuple[str, Any], ...] = ()
    clustering: bool | None = None
    sort_criteria: tuple[tuple[str, Any], ...] = ()
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# DuplicateDetectionResponse ::= SEQUENCE { referenceId OPTIONAL, status [3] IMPLICIT INTEGER, resultSetCount [4]
#   IMPLICIT INTEGER OPTIONAL, diagnostics [5] IMPLICIT SEQUENCE OF DiagRec OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class DuplicateDetectionResponse:
    """Answer DuplicateDetection; ``status`` 0 success, 1 failure."""

    status: int
    result_set_count: int | None = None
    diagnostics: tuple[Any, ...] = ()
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


_DETECTION = Choice(
    level_of_match=Implicit(1, INTEGER),
    case_sensitive=Implicit(2, NULL),
    punctuation_sensitive=Implicit(3, NULL),
    regular_expression=Implicit(4, EXTERNAL),
    rs_duplicates=Implicit(5, NULL),
)
_RETENTION = Choice(
    number_of_entries=Implicit(1, INTEGER),
    percent_of_entries=Implicit(2, INTEGER),
    duplicates_only=Implicit(3, NULL),
    discard_rs_duplicates=Implicit(4, NULL),
)
_SORT_CRITERION = Choice(
    most_comprehensive=Implicit(1, NULL),
    least_comprehensive=Implicit(2, NULL),
    most_recent=Implicit(3, NULL),
    oldest=Implicit(4, NULL),
    least_cost=Implicit(5, NULL),
    preferred_databases=Implicit(6, SequenceOf(STRING)),
)
DUPLICATE_DETECTION_REQUEST = Sequence(
    DuplicateDetectionRequest,
    Field("reference_id", REFERENCE_ID),
    Field("input_result_set_ids", Implicit(3, SequenceOf(STRING))),
    Field("output_result_set_name", Implicit(4, STRING)),
    Field("applicable_portion_of_record", Implicit(5, EXTERNAL)),
    Field("duplicate_detection_criteria", Implicit(6, SequenceOf(_DETECTION))),
    Field("clustering", Implicit(7, BOOLEAN)),
    Field("retention_criteria", Implicit(8, SequenceOf(_RETENTION))),
    Field("sort_criteria", Implicit(9, SequenceOf(_SORT_CRITERION))),
    Field("other_info", OTHER_INFO),
)
DUPLICATE_DETECTION_RESPONSE = Sequence(
    DuplicateDetectionResponse,
    Field("reference_id", REFERENCE_ID),
    Field("status", Implicit(3, INTEGER)),
    Field("result_set_count", Implicit(4, INTEGER)),
    Field("diagnostics", Implicit(5, SequenceOf(DIAG_REC))),
    Field("other_info", OTHER_INFO),
)
