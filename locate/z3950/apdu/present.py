"""Present.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import OTHER_INFO, REFERENCE_ID, RESULT_SET_ID, OtherInformationUnit
from locate.z3950.apdu.records import ELEMENT_SET_NAMES, RECORDS
from locate.z3950.schema import INTEGER, OBJECT_IDENTIFIER, Explicit, Field, Implicit, Sequence

__all__ = [
    "PRESENT_REQUEST",
    "PRESENT_RESPONSE",
    "PresentRequest",
    "PresentResponse",
    "PresentStatus",
]


class PresentStatus:
    """Values of presentStatus: partial-1 access control, -2 message size, -3 and -4 resource control."""

    SUCCESS = 0
    PARTIAL_1 = 1
    PARTIAL_2 = 2
    PARTIAL_3 = 3
    PARTIAL_4 = 4
    FAILURE = 5


# PresentRequest ::= SEQUENCE { referenceId OPTIONAL, resultSetId ResultSetId, resultSetStartPoint [30] IMPLICIT
#   INTEGER, numberOfRecordsRequested [29] IMPLICIT INTEGER, additionalRanges [212] … OPTIONAL, recordComposition
#   CHOICE { simple [19] ElementSetNames, complex [209] IMPLICIT CompSpec } OPTIONAL, preferredRecordSyntax [104]
#   IMPLICIT OBJECT IDENTIFIER OPTIONAL, …, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class PresentRequest:
    """Ask for ``number_of_records_requested`` records from ``result_set_start_point`` (1-based)."""

    result_set_id: str
    result_set_start_point: int
    number_of_records_requested: int
    simple: tuple[str, str] | None = None
    preferred_record_syntax: str | None = None
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


PRESENT_REQUEST = Sequence(
    PresentRequest,
    Field("reference_id", REFERENCE_ID),
    Field("result_set_id", RESULT_SET_ID),
    Field("result_set_start_point", Implicit(30, INTEGER)),
    Field("number_of_records_requested", Implicit(29, INTEGER)),
    Field("simple", Explicit(19, ELEMENT_SET_NAMES)),
    Field("preferred_record_syntax", Implicit(104, OBJECT_IDENTIFIER)),
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
