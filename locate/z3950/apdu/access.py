"""Access control: a target's security challenge in the middle of an operation, and the origin's response.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from locate.z3950.apdu.external import EXTERNAL, OTHER_INFO, REFERENCE_ID, OtherInformationUnit
from locate.z3950.apdu.records import DIAG_REC
from locate.z3950.schema import OCTET_STRING, Choice, Explicit, Field, Implicit, Sequence

__all__ = [
    "ACCESS_CONTROL_REQUEST",
    "ACCESS_CONTROL_RESPONSE",
    "AccessControlRequest",
    "AccessControlResponse",
]


# AccessControlRequest ::= SEQUENCE { referenceId OPTIONAL, securityChallenge CHOICE { simpleForm [37] IMPLICIT OCTET
#   STRING, externallyDefined [0] EXTERNAL }, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class AccessControlRequest:
    """Challenge the origin. ``security_challenge`` is ("simple", bytes) or ("external", External)."""

    security_challenge: tuple[str, Any]
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# AccessControlResponse ::= SEQUENCE { referenceId OPTIONAL, securityChallengeResponse CHOICE { simpleForm [38]
#   IMPLICIT OCTET STRING, externallyDefined [0] EXTERNAL } OPTIONAL, diagnostic [223] DiagRec OPTIONAL, otherInfo
#   OPTIONAL }
@dataclass(frozen=True, slots=True)
class AccessControlResponse:
    """Answer a challenge, with a response in the challenge's form or, in version 3, a diagnostic instead of one.

    repr never shows the response.
    """

    security_challenge_response: tuple[str, Any] | None = field(default=None, repr=False)
    diagnostic: Any = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


ACCESS_CONTROL_REQUEST = Sequence(
    AccessControlRequest,
    Field("reference_id", REFERENCE_ID),
    Field("security_challenge", Choice(simple=Implicit(37, OCTET_STRING), external=Explicit(0, EXTERNAL))),
    Field("other_info", OTHER_INFO),
)
ACCESS_CONTROL_RESPONSE = Sequence(
    AccessControlResponse,
    Field("reference_id", REFERENCE_ID),
    Field("security_challenge_response", Choice(simple=Implicit(38, OCTET_STRING), external=Explicit(0, EXTERNAL))),
    Field("diagnostic", Explicit(223, DIAG_REC)),
    Field("other_info", OTHER_INFO),
)
