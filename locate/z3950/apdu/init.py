"""Init: open a Z-association.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import EXTERNAL, OTHER_INFO, REFERENCE_ID, External, OtherInformationUnit
from locate.z3950.schema import (
    BIT_STRING,
    BOOLEAN,
    INTEGER,
    NULL,
    STRING,
    VISIBLE_STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Sequence,
)

__all__ = [
    "INITIALIZE_REQUEST",
    "INITIALIZE_RESPONSE",
    "IdPass",
    "InitializeRequest",
    "InitializeResponse",
]


# idPass ::= SEQUENCE { groupId [0] IMPLICIT InternationalString OPTIONAL,
#   userId [1] IMPLICIT InternationalString OPTIONAL, password [2] IMPLICIT InternationalString OPTIONAL }
@dataclass(frozen=True, slots=True)
class IdPass:
    """The idPass arm of idAuthentication; repr never shows the password."""

    group_id: str | None = None
    user_id: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"IdPass(group_id={self.group_id!r}, user_id={self.user_id!r}, password=***)"


# IdAuthentication ::= CHOICE { open VisibleString, idPass SEQUENCE {…}, anonymous NULL, other EXTERNAL }
_ID_AUTHENTICATION = Choice(
    open=VISIBLE_STRING,
    id_pass=Sequence(
        IdPass,
        Field("group_id", Implicit(0, STRING)),
        Field("user_id", Implicit(1, STRING)),
        Field("password", Implicit(2, STRING)),
    ),
    anonymous=NULL,
    other=EXTERNAL,
)


# InitializeRequest ::= SEQUENCE { referenceId OPTIONAL, protocolVersion [3] IMPLICIT BIT STRING,
#   options [4] IMPLICIT BIT STRING, preferredMessageSize [5] IMPLICIT INTEGER, exceptionalRecordSize [6] IMPLICIT
#   INTEGER, idAuthentication [7] OPTIONAL, implementationId [110], -Name [111], -Version [112] IMPLICIT
#   InternationalString OPTIONAL, userInformationField [11] EXTERNAL OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class InitializeRequest:
    """Ask for a Z-association. ``protocol_version`` bits 0-2 are versions 1-3; ``options`` bits name services (0
    search, 1 present, …); sizes are in bytes; ``id_authentication`` is (arm, value) or None for none.
    """

    protocol_version: frozenset[int]
    options: frozenset[int]
    preferred_message_size: int
    exceptional_record_size: int
    id_authentication: tuple[str, Any] | None = None
    implementation_id: str | None = None
    implementation_name: str | None = None
    implementation_version: str | None = None
    user_information: External | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# InitializeResponse: as the request, with result [12] IMPLICIT BOOLEAN instead of idAuthentication.
@dataclass(frozen=True, slots=True)
class InitializeResponse:
    """Answer Init. ``result`` False is a rejection; the reason, if any, is in the information fields."""

    protocol_version: frozenset[int]
    options: frozenset[int]
    preferred_message_size: int
    exceptional_record_size: int
    result: bool
    implementation_id: str | None = None
    implementation_name: str | None = None
    implementation_version: str | None = None
    user_information: External | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


_INIT_HEAD = (
    Field("reference_id", REFERENCE_ID),
    Field("protocol_version", Implicit(3, BIT_STRING)),
    Field("options", Implicit(4, BIT_STRING)),
    Field("preferred_message_size", Implicit(5, INTEGER)),
    Field("exceptional_record_size", Implicit(6, INTEGER)),
)
_INIT_TAIL = (
    Field("implementation_id", Implicit(110, STRING)),
    Field("implementation_name", Implicit(111, STRING)),
    Field("implementation_version", Implicit(112, STRING)),
    Field("user_information", Explicit(11, EXTERNAL)),
    Field("other_info", OTHER_INFO),
)
INITIALIZE_REQUEST = Sequence(
    InitializeRequest, *_INIT_HEAD, Field("id_authentication", Explicit(7, _ID_AUTHENTICATION)), *_INIT_TAIL
)
INITIALIZE_RESPONSE = Sequence(InitializeResponse, *_INIT_HEAD, Field("result", Implicit(12, BOOLEAN)), *_INIT_TAIL)
