"""Search.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import DATABASE_NAME, EXTERNAL, OTHER_INFO, REFERENCE_ID, OtherInformationUnit
from locate.z3950.apdu.records import ELEMENT_SET_NAMES, RECORDS
from locate.z3950.apdu.rpn import RPN_QUERY
from locate.z3950.schema import (
    ANY,
    BOOLEAN,
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
    "QUERY",
    "SEARCH_REQUEST",
    "SEARCH_RESPONSE",
    "SearchRequest",
    "SearchResponse",
]


# SearchRequest ::= SEQUENCE { referenceId OPTIONAL, smallSetUpperBound [13], largeSetLowerBound [14],
#   mediumSetPresentNumber [15] IMPLICIT INTEGER, replaceIndicator [16] IMPLICIT BOOLEAN, resultSetName [17] IMPLICIT
#   InternationalString, databaseNames [18] IMPLICIT SEQUENCE OF DatabaseName, smallSetElementSetNames [100],
#   mediumSetElementSetNames [101] ElementSetNames OPTIONAL, preferredRecordSyntax [104] IMPLICIT OBJECT IDENTIFIER
#   OPTIONAL, query [21] Query, additionalSearchInfo [203] IMPLICIT OtherInformation OPTIONAL, otherInfo
#   OPTIONAL }
@dataclass(frozen=True, slots=True)
class SearchRequest:
    """Search. Result sets of at most ``small_set_upper_bound`` records are returned whole with the answer; of those
    below ``large_set_lower_bound`` the first ``medium_set_present_number``; of larger ones none. ``query`` is
    ("type_1", RpnQuery) or another arm with its undecoded value.
    """

    small_set_upper_bound: int
    large_set_lower_bound: int
    medium_set_present_number: int
    replace_indicator: bool
    result_set_name: str
    database_names: tuple[str, ...]
    query: tuple[str, Any]
    small_set_element_set_names: tuple[str, str] | None = None
    medium_set_element_set_names: tuple[str, str] | None = None
    preferred_record_syntax: str | None = None
    additional_search_info: tuple[OtherInformationUnit, ...] = ()
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# SearchResponse ::= SEQUENCE { referenceId OPTIONAL, resultCount [23], numberOfRecordsReturned [24],
#   nextResultSetPosition [25] IMPLICIT INTEGER, searchStatus [22] IMPLICIT BOOLEAN, resultSetStatus [26] IMPLICIT
#   INTEGER OPTIONAL, presentStatus [27] IMPLICIT INTEGER OPTIONAL, records OPTIONAL, additionalSearchInfo [203]
#   IMPLICIT OtherInformation OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class SearchResponse:
    """Answer Search. ``next_result_set_position`` is 1-based, 0 when nothing is left; ``records`` is
    ("response", tuple of NamePlusRecord), ("diagnostic", DefaultDiagFormat), ("diagnostics", tuple) or None.
    """

    result_count: int
    number_of_records_returned: int
    next_result_set_position: int
    search_status: bool
    result_set_status: int | None = None
    present_status: int | None = None
    records: tuple[str, Any] | None = None
    additional_search_info: tuple[OtherInformationUnit, ...] = ()
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# Query ::= CHOICE { type-0 [0] ANY, type-1 [1] IMPLICIT RPNQuery, type-2 [2] OCTET STRING, type-100 [100],
#   type-101 [101] IMPLICIT RPNQuery, type-102 [102], type-104 [104] IMPLICIT EXTERNAL }
QUERY = Choice(
    type_0=Explicit(0, ANY),
    type_1=Implicit(1, RPN_QUERY),
    type_2=Explicit(2, OCTET_STRING),
    type_100=Explicit(100, OCTET_STRING),
    type_101=Implicit(101, RPN_QUERY),
    type_102=Explicit(102, OCTET_STRING),
    type_104=Implicit(104, EXTERNAL),
)
_ADDITIONAL_SEARCH_INFO = Implicit(203, OTHER_INFO)
SEARCH_REQUEST = Sequence(
    SearchRequest,
    Field("reference_id", REFERENCE_ID),
    Field("small_set_upper_bound", Implicit(13, INTEGER)),
    Field("large_set_lower_bound", Implicit(14, INTEGER)),
    Field("medium_set_present_number", Implicit(15, INTEGER)),
    Field("replace_indicator", Implicit(16, BOOLEAN)),
    Field("result_set_name", Implicit(17, STRING)),
    Field("database_names", Implicit(18, SequenceOf(DATABASE_NAME))),
    Field("small_set_element_set_names", Explicit(100, ELEMENT_SET_NAMES)),
    Field("medium_set_element_set_names", Explicit(101, ELEMENT_SET_NAMES)),
    Field("preferred_record_syntax", Implicit(104, OBJECT_IDENTIFIER)),
    Field("query", Explicit(21, QUERY)),
    Field("additional_search_info", _ADDITIONAL_SEARCH_INFO),
    Field("other_info", OTHER_INFO),
)
SEARCH_RESPONSE = Sequence(
    SearchResponse,
    Field("reference_id", REFERENCE_ID),
    Field("result_count", Implicit(23, INTEGER)),
    Field("number_of_records_returned", Implicit(24, INTEGER)),
    Field("next_result_set_position", Implicit(25, INTEGER)),
    Field("search_status", Implicit(22, BOOLEAN)),
    Field("result_set_status", Implicit(26, INTEGER)),
    Field("present_status", Implicit(27, INTEGER)),
    Field("records", RECORDS),
    Field("additional_search_info", _ADDITIONAL_SEARCH_INFO),
    Field("other_info", OTHER_INFO),
)
