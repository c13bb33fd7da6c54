"""Resource control and resource report: what an operation costs, and whether it may go on.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass

from locate.z3950.apdu.external import EXTERNAL, OTHER_INFO, REFERENCE_ID, External, OtherInformationUnit
from locate.z3950.schema import BOOLEAN, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Explicit, Field, Implicit, Sequence

__all__ = [
    "RESOURCE_CONTROL_REQUEST",
    "RESOURCE_CONTROL_RESPONSE",
    "RESOURCE_REPORT_REQUEST",
    "RESOURCE_REPORT_RESPONSE",
    "TRIGGER_RESOURCE_CONTROL_REQUEST",
    "ResourceControlRequest",
    "ResourceControlResponse",
    "ResourceReportRequest",
    "ResourceReportResponse",
    "TriggerResourceControlRequest",
]


# ResourceControlRequest ::= SEQUENCE { referenceId OPTIONAL, suspendedFlag [39] IMPLICIT BOOLEAN OPTIONAL,
#   resourceReport [40] ResourceReport OPTIONAL, partialResultsAvailable [41] IMPLICIT INTEGER OPTIONAL,
#   responseRequired [42] IMPLICIT BOOLEAN, triggeredRequestFlag [43] IMPLICIT BOOLEAN OPTIONAL, otherInfo OPTIONAL }
# ResourceReport ::= EXTERNAL      ResourceReportId ::= OBJECT IDENTIFIER
@dataclass(frozen=True, slots=True)
class ResourceControlRequest:
    """Tell the origin of an operation's cost, and ask it when ``response_required``; ``partial_results_available`` is
    1 subset, 2 interim, 3 none.
    """

    response_required: bool
    suspended_flag: bool | None = None
    resource_report: External | None = None
    partial_results_available: int | None = None
    triggered_request_flag: bool | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# ResourceControlResponse ::= SEQUENCE { referenceId OPTIONAL, continueFlag [44] IMPLICIT BOOLEAN,
#   resultSetWanted [45] IMPLICIT BOOLEAN OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class ResourceControlResponse:
    """Let the operation go on, or end it; ``result_set_wanted`` says whether what was found so far is to be kept."""

    continue_flag: bool
    result_set_wanted: bool | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# TriggerResourceControlRequest ::= SEQUENCE { referenceId OPTIONAL, requestedAction [46] IMPLICIT INTEGER,
#   prefResourceReportFormat [47] IMPLICIT ResourceReportId OPTIONAL, resultSetWanted [48] IMPLICIT BOOLEAN OPTIONAL,
#   otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class TriggerResourceControlRequest:
    """Ask, in the middle of an operation, for 1 a resource report, 2 resource control, 3 its end."""

    requested_action: int
    preferred_resource_report_format: str | None = None
    result_set_wanted: bool | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# ResourceReportRequest ::= SEQUENCE { referenceId OPTIONAL, opId [210] IMPLICIT ReferenceId OPTIONAL,
#   prefResourceReportFormat [49] IMPLICIT ResourceReportId OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class ResourceReportRequest:
    """Ask what an operation (``op_id``, its referenceId) or the whole association has cost."""

    op_id: bytes | None = None
    preferred_resource_report_format: str | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# ResourceReportResponse ::= SEQUENCE { referenceId OPTIONAL, resourceReportStatus [50] IMPLICIT INTEGER,
#   resourceReport [51] ResourceReport OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class ResourceReportResponse:
    """Answer ResourceReport; ``resource_report_status`` 0 success, 1 partial, 2 to 7 failures 1 to 6."""

    resource_report_status: int
    resource_report: External | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


RESOURCE_CONTROL_REQUEST = Sequence(
    ResourceControlRequest,
    Field("reference_id", REFERENCE_ID),
    Field("suspended_flag", Implicit(39, BOOLEAN)),
    Field("resource_report", Explicit(40, EXTERNAL)),
    Field("partial_results_available", Implicit(41, INTEGER)),
    Field("response_required", Implicit(42, BOOLEAN)),
    Field("triggered_request_flag", Implicit(43, BOOLEAN)),
    Field("other_info", OTHER_INFO),
)
RESOURCE_CONTROL_RESPONSE = Sequence(
    ResourceControlResponse,
    Field("reference_id", REFERENCE_ID),
    Field("continue_flag", Implicit(44, BOOLEAN)),
    Field("result_set_wanted", Implicit(45, BOOLEAN)),
    Field("other_info", OTHER_INFO),
)
TRIGGER_RESOURCE_CONTROL_REQUEST = Sequence(
    TriggerResourceControlRequest,
    Field("reference_id", REFERENCE_ID),
    Field("requested_action", Implicit(46, INTEGER)),
    Field("preferred_resource_report_format", Implicit(47, OBJECT_IDENTIFIER)),
    Field("result_set_wanted", Implicit(48, BOOLEAN)),
    Field("other_info", OTHER_INFO),
)
RESOURCE_REPORT_REQUEST = Sequence(
    ResourceReportRequest,
    Field("reference_id", REFERENCE_ID),
    Field("op_id", Implicit(210, OCTET_STRING)),
    Field("preferred_resource_report_format", Implicit(49, OBJECT_IDENTIFIER)),
    Field("other_info", OTHER_INFO),
)
RESOURCE_REPORT_RESPONSE = Sequence(
    ResourceReportResponse,
    Field("reference_id", REFERENCE_ID),
    Field("resource_report_status", Implicit(50, INTEGER)),
    Field("resource_report", Explicit(51, EXTERNAL)),
    Field("other_info", OTHER_INFO),
)
