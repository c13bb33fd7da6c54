"""The answer to Init as a target with habits gives it.

Decides which services it offers, and in which form it says no. Pure; raises nothing.
"""

from __future__ import annotations

from dataclasses import replace

from locate.z3950.apdu import External, InitializeRequest, InitializeResponse, OtherInformationUnit
from locate.z3950.init_reason import refusal_information
from locate.z3950.oids import OCLC_USER_INFORMATION
from locate.z3950.target.emulation.habits import Emulation
from locate.z3950.target.negotiation import Option

__all__ = ["init_given"]

_NO_ROOM, _LOGIN_NEEDED = 1015, 1014
# OCLC-UserInformation: failReason [3] TRUE, code [1] 1014, text [2]
_OCLC_REFUSAL = b"\x30\x13\x83\x01\xff\x81\x02\x03\xf6\x82\x0aBad logon."
_WITHOUT_OID = External(None, None, ("octets", b"welcome"))


def init_given(
    answer: InitializeResponse, request: InitializeRequest, habits: Emulation, *, full: bool
) -> InitializeResponse:
    """Return what the target sends instead of the honest answer; ``full`` refuses for want of room."""
    answer = replace(answer, options=_options(answer.options, request.options, habits))
    if full:
        return replace(answer, result=False, user_information=refusal_information(_NO_ROOM))
    if habits.init_without_oid:
        answer = replace(answer, user_information=_WITHOUT_OID)
    return _refused(answer, habits) if habits.init_refusal else answer


def _options(options: frozenset[int], asked: frozenset[int], habits: Emulation) -> frozenset[int]:
    """Return the services offered; those that interrupt an operation to an origin that has them."""
    withheld, added = set(), set()
    if not habits.search_option:
        withheld.add(Option.SEARCH)
    if not habits.segmentation:
        withheld |= {Option.SEGMENTATION_1, Option.SEGMENTATION_2}
    if habits.ignores_named_sets and not habits.offers_named_sets:
        withheld.add(Option.NAMED_RESULT_SETS)
    if habits.access_password is not None:
        added.add(Option.ACCESS_CONTROL)
    if habits.resource_control:
        added.add(Option.RESOURCE_CONTROL)
    return (options - withheld) | (asked & added)


def _refused(answer: InitializeResponse, habits: Emulation) -> InitializeResponse:
    refused = replace(answer, result=False, other_info=())
    if habits.init_refusal == "diagnostic":
        return replace(refused, user_information=refusal_information(_LOGIN_NEEDED))
    if habits.init_refusal == "oclc":
        return replace(refused, user_information=External(OCLC_USER_INFORMATION, None, ("single", _OCLC_REFUSAL)))
    if habits.init_refusal == "text":
        return replace(refused, other_info=(OtherInformationUnit(("text", "authentication is needed here")),))
    return refused
