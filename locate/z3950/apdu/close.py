"""Close.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass

from locate.z3950.apdu.external import EXTERNAL, OTHER_INFO, REFERENCE_ID, External, OtherInformationUnit
from locate.z3950.schema import INTEGER, OBJECT_IDENTIFIER, STRING, Explicit, Field, Implicit, Sequence

__all__ = [
    "CLOSE",
    "Close",
    "CloseReason",
]


class CloseReason:
    """Values of closeReason (Z39.50-2003 §3.2.11.1.1)."""

    FINISHED = 0
    SHUTDOWN = 1
    SYSTEM_PROBLEM = 2
    COST_LIMIT = 3
    RESOURCES = 4
    SECURITY_VIOLATION = 5
    PROTOCOL_ERROR = 6
    LACK_OF_ACTIVITY = 7
    PEER_ABORT = 8
    UNSPECIFIED = 9

    NAMES = (
        "finished",
        "shutdown",
        "system problem",
        "cost limit",
        "resources",
        "security violation",
        "protocol error",
        "lack of activity",
        "peer abort",
        "unspecified",
    )


# Close ::= SEQUENCE { referenceId OPTIONAL, closeReason [211] IMPLICIT INTEGER, diagnosticInformation [3] IMPLICIT
#   InternationalString OPTIONAL, resourceReportFormat [4] IMPLICIT OBJECT IDENTIFIER OPTIONAL, resourceReport [5]
#   EXTERNAL OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class Close:
    """End the Z-association; ``close_reason`` is one of CloseReason."""

    close_reason: int
    diagnostic_information: str | None = None
    resource_report_format: str | None = None
    resource_report: External | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None

    @property
    def reason_name(self) -> str:
        """The reason in words."""
        known = 0 <= self.close_reason < len(CloseReason.NAMES)
        return CloseReason.NAMES[self.close_reason] if known else f"reason {self.close_reason}"


CLOSE = Sequence(
    Close,
    Field("reference_id", REFERENCE_ID),
    Field("close_reason", Implicit(211, INTEGER)),
    Field("diagnostic_information", Implicit(3, STRING)),
    Field("resource_report_format", Implicit(4, OBJECT_IDENTIFIER)),
    Field("resource_report", Explicit(5, EXTERNAL)),
    Field("other_info", OTHER_INFO),
)
