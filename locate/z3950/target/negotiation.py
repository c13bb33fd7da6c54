"""What Init settles between an origin and the embedded target.

Decides the version in force, the services both sides have, the sizes of messages, the character set of terms when the
origin proposes one, and whether it is let in; from then on an association works by the `SessionTerms` found here. It
refuses to know what the services do. Raises nothing: a refusal is the text in an answer.
Source: Z39.50-2003 §3.2.1 (Init), Appendix 18 (Options), §3.3 (message sizes).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from locate.errors import DiagnosticError
from locate.partner import Credentials
from locate.z3950.apdu import (
    DefaultDiagFormat,
    IdPass,
    InitializeRequest,
    InitializeResponse,
    OtherInformationUnit,
)
from locate.z3950.charset_negotiation import NEGOTIATION_MODEL, answer as answer_proposal, proposed, selected
from locate.z3950.oids import BIB1_DIAGNOSTICS

__all__ = ["IMPLEMENTATION_NAME", "Option", "ServiceLimits", "SessionTerms", "negotiate"]

IMPLEMENTATION_NAME = "zlocate embedded target"
_VERSION_2, _VERSION_3 = 1, 2
_VERSIONS = frozenset({0, _VERSION_2, _VERSION_3})
_CHARSETS = ("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252")


class Option:
    """Bits of the options of Init that this target knows."""

    SEARCH = 0
    PRESENT = 1
    DELETE = 2
    RESOURCE_REPORT = 3
    RESOURCE_CONTROL = 5
    ACCESS_CONTROL = 6
    SCAN = 7
    SORT = 8
    SEGMENTATION_1 = 11
    SEGMENTATION_2 = 12
    NAMED_RESULT_SETS = 14
    RESULT_COUNT_OF_SORT = 16
    NEGOTIATION = NEGOTIATION_MODEL


_SUPPORTED = frozenset(
    {
        Option.SEARCH,
        Option.PRESENT,
        Option.DELETE,
        Option.RESOURCE_REPORT,
        Option.SCAN,
        Option.SORT,
        Option.SEGMENTATION_1,
        Option.SEGMENTATION_2,
        Option.NAMED_RESULT_SETS,
        Option.RESULT_COUNT_OF_SORT,
    }
)
_ONLY_VERSION_3 = frozenset({Option.SEGMENTATION_1, Option.SEGMENTATION_2})


@dataclass(frozen=True, slots=True)
class ServiceLimits:
    """What one Z-association may cost: ``message_bytes`` of records in an answer, whatever the origin prefers;
    ``record_bytes`` for a record asked for alone; ``aggregate_bytes`` of records in an answer that comes in segments;
    ``result_sets`` kept by name, the oldest dropped first.
    """

    message_bytes: int = 1024 * 1024
    record_bytes: int = 8 * 1024 * 1024
    aggregate_bytes: int = 16 * 1024 * 1024
    result_sets: int = 16


@dataclass(frozen=True, slots=True)
class SessionTerms:
    """What is in force: ``version`` 2 or 3, ``options`` (bits), sizes in bytes of an answer's records and of a record
    that is asked for alone; ``charset`` the Python codec of the octets of terms, None when nothing was said of it.
    """

    version: int
    options: frozenset[int]
    preferred_bytes: int
    exceptional_bytes: int
    charset: str | None = None

    @property
    def segmentation(self) -> int:
        """The level of segmentation: 0 for none, 1 for whole records, 2 for fragments of records too."""
        if Option.SEGMENTATION_2 in self.options:
            return 2
        return 1 if Option.SEGMENTATION_1 in self.options else 0

    def diagnostic(self, error: DiagnosticError) -> DefaultDiagFormat:
        """Return a Bib-1 diagnostic in the form of the version in force."""
        return DefaultDiagFormat(BIB1_DIAGNOSTICS, error.condition, (f"v{self.version}", error.addinfo))


def negotiate(
    request: InitializeRequest, limits: ServiceLimits, credentials: Credentials | None
) -> tuple[InitializeResponse, SessionTerms]:
    """Return the answer to Init, and what is in force when it accepts. ``credentials`` None lets everyone in."""
    versions = request.protocol_version & _VERSIONS
    version = 3 if _VERSION_3 in versions else 2
    reason = _why_refused(credentials, request.id_authentication)
    if not versions & {_VERSION_2, _VERSION_3}:
        reason = "this target speaks versions 2 and 3 of Z39.50"
    options = request.options & (_SUPPORTED if version == 3 else _SUPPORTED - _ONLY_VERSION_3)
    if Option.SEGMENTATION_2 in options:
        options -= {Option.SEGMENTATION_1}
    preferred = _bounded(request.preferred_message_size, limits.message_bytes)
    exceptional = max(preferred, _bounded(request.exceptional_record_size, limits.record_bytes))
    proposal = proposed(request.other_info) if version == 3 else None
    told = [] if proposal is None else [answer_proposal(proposal, _CHARSETS)]
    if told:
        options |= request.options & {Option.NEGOTIATION}
    charset = selected(told).charset
    if reason:
        told.append(OtherInformationUnit(("text", reason)))
    answer = InitializeResponse(
        protocol_version=versions,
        options=options,
        preferred_message_size=preferred,
        exceptional_record_size=exceptional,
        result=not reason,
        implementation_name=IMPLEMENTATION_NAME,
        other_info=tuple(told),
        reference_id=request.reference_id,
    )
    return answer, SessionTerms(version, options, preferred, exceptional, charset)


def _bounded(asked: int, limit: int) -> int:
    """Return a size the origin asked for, at most ``limit``; 0 and less mean no preference."""
    return min(asked, limit) if asked > 0 else limit


def _why_refused(required: Credentials | None, given: tuple[str, Any] | None) -> str:
    """Return why idAuthentication does not do, "" when it does. A user and password may also come as open text
    ``user/password``, as many origins send them.
    """
    if required is None:
        return ""
    if given is None:
        return "authentication is required: this target wants a user name and password"
    arm, value = given
    user, password = required.user or "", required.password or ""
    if arm == "anonymous":
        fits = required.anonymous
    elif arm == "open":
        expected = required.open if required.open is not None else f"{user}/{password}"
        fits = not required.anonymous and _same(value, expected)
    else:
        fits = not required.anonymous and isinstance(value, IdPass) and required.open is None
        fits = fits and _same(value.user_id or "", user) and _same(value.password or "", password)
        fits = fits and _same(value.group_id or "", required.group or "")
    return "" if fits else "the user name or password is wrong"


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
