"""The origin's requests, built from what a caller wants, and Init's answer read.

Decides what this origin proposes in Init and how it words each request: sizes, set bounds, names. Pure. Raises
LocalProtocolError for what cannot be asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from locate.errors import LocalProtocolError
from locate.partner import Credentials, Target
from locate.z3950.apdu import (
    AttributeElement,
    IdPass,
    InitializeRequest,
    InitializeResponse,
    PresentRequest,
    RpnQuery,
    ScanRequest,
    SearchRequest,
    SortAttributes,
    SortKeySpec,
    SortRelation,
    SortRequest,
)
from locate.z3950.charset_negotiation import NEGOTIATION_MODEL, propose, selected
from locate.z3950.oids import BIB1_ATTRIBUTES, RECORD_SYNTAXES
from locate.z3950.query import Query, Term, to_rpn

__all__ = [
    "NAMED_RESULT_SETS",
    "ServerInfo",
    "SortKey",
    "databases",
    "initialize_request",
    "present_request",
    "scan_request",
    "search_request",
    "server_info",
    "sort_request",
    "syntax_oid",
]

_VERSIONS = frozenset({0, 1, 2})
# search, present, delSet, resourceCtrl, accessCtrl, scan, sort, level-1 and level-2 segmentation, namedResultSets
NAMED_RESULT_SETS = 14
_OPTIONS = frozenset({0, 1, 2, 5, 6, 7, 8, 11, 12, NAMED_RESULT_SETS})
_MESSAGE_BYTES = 1024 * 1024
_LARGEST_SET = 2**31 - 1  # the largest INTEGER that all YAZ-based targets take
_DOTTED_OID = re.compile(r"[012](?:\.\d{1,9}){1,30}")


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What the target said of itself in Init; sizes in bytes, versions as numbers (3 is Z39.50-1995 and later).

    ``charset`` is the character set that was negotiated, by its Python codec name, "" when none was; ``records_too``
    says that it holds for records as well. ``message`` is a message of the day, "" for none.
    """

    implementation_id: str
    name: str
    version: str
    protocol_version: int
    options: frozenset[int]
    preferred_message_size: int
    exceptional_record_size: int
    charset: str = ""
    records_too: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True)
class SortKey:
    """A key to sort by: ``field`` is a name that the target knows ("title"), or Bib-1 attributes as (type, value)
    pairs (((1, 4),) is the title).
    """

    field: str | tuple[tuple[int, int], ...]
    descending: bool = False
    case_sensitive: bool = False


def initialize_request(target: Target, implementation: str) -> InitializeRequest:
    """Return the Init that proposes everything this origin can do."""
    proposal = None if target.charset is None else propose([target.charset], records_in_selected=True)
    return InitializeRequest(
        protocol_version=_VERSIONS,
        options=_OPTIONS | {NEGOTIATION_MODEL} if proposal else _OPTIONS,
        preferred_message_size=_MESSAGE_BYTES,
        exceptional_record_size=_MESSAGE_BYTES,
        id_authentication=_authentication(target.credentials),
        implementation_name=implementation,
        other_info=(proposal,) if proposal else (),
    )


def _authentication(credentials: Credentials | None) -> tuple[str, Any] | None:
    if credentials is None:
        return None
    if credentials.open is not None:
        return "open", credentials.open
    if credentials.anonymous:
        return "anonymous", None
    return "id_pass", IdPass(credentials.group, credentials.user, credentials.password)


def server_info(answer: InitializeResponse, message: str = "") -> ServerInfo:
    """Return what an Init answer says of the target."""
    choice = selected(answer.other_info)
    return ServerInfo(
        implementation_id=answer.implementation_id or "",
        name=answer.implementation_name or "",
        version=answer.implementation_version or "",
        protocol_version=max(answer.protocol_version & _VERSIONS, default=1) + 1,
        options=answer.options,
        preferred_message_size=answer.preferred_message_size,
        exceptional_record_size=answer.exceptional_record_size,
        charset=choice.charset or "",
        records_too=choice.records_too,
        message=message,
    )


def search_request(
    target: Target,
    query: RpnQuery,
    count: int,
    *,
    syntax: str,
    element_set: str | None,
    result_set: str,
    piggyback: bool,
) -> SearchRequest:
    """Return the Search whose answer brings the first ``count`` records, or none without ``piggyback``.

    A smallSetUpperBound of 0 upsets some targets, so it is at least 1 unless records in the answer are refused.
    """
    wanted = count if piggyback else 0
    small = max(wanted, 1) if piggyback else 0
    elements = ("generic", element_set) if element_set and piggyback else None
    return SearchRequest(
        small_set_upper_bound=small,
        large_set_lower_bound=_LARGEST_SET if wanted else small + 1,
        medium_set_present_number=wanted,
        replace_indicator=True,
        result_set_name=result_set,
        database_names=databases(target),
        query=("type_1", query),
        small_set_element_set_names=elements,
        medium_set_element_set_names=elements,
        preferred_record_syntax=syntax if piggyback else None,
    )


def databases(target: Target) -> tuple[str, ...]:
    """Return the database names of a target, which are joined by "+"."""
    return tuple(target.database.split("+"))


def present_request(result_set: str, start: int, count: int, *, syntax: str, element_set: str | None) -> PresentRequest:
    """Return the Present for ``count`` records from ``start`` (1-based)."""
    elements = ("simple", ("generic", element_set)) if element_set else None
    return PresentRequest(result_set, start, count, record_composition=elements, preferred_record_syntax=syntax)


def scan_request(
    target: Target, query: Query, count: int, *, step_size: int | None, position: int, charset: str
) -> ScanRequest:
    """Return the Scan for ``count`` terms around the one term of ``query``. Raises LocalProtocolError."""
    if not isinstance(query, Term):
        raise LocalProtocolError("a scan starts from one term with its attributes, not from terms joined by operators")
    rpn = to_rpn(query, charset)
    return ScanRequest(
        database_names=databases(target),
        term_list_and_start_point=rpn.rpn[1][1],
        number_of_terms_requested=count,
        attribute_set=rpn.attribute_set,
        step_size=step_size,
        preferred_position_in_response=position,
    )


def sort_request(keys: Sequence[SortKey], inputs: Sequence[str], output: str) -> SortRequest:
    """Return the Sort of the result sets ``inputs`` into ``output``, by the first key first."""
    if not keys:
        raise LocalProtocolError("a sort needs at least one key")
    return SortRequest(tuple(inputs), output, tuple(map(_key_spec, keys)))


def _key_spec(key: SortKey) -> SortKeySpec:
    element: tuple[str, Any] = ("field", key.field)
    if not isinstance(key.field, str):
        attributes = tuple(AttributeElement(kind, ("numeric", value)) for kind, value in key.field)
        element = ("attributes", SortAttributes(BIB1_ATTRIBUTES, attributes))
    relation = SortRelation.DESCENDING if key.descending else SortRelation.ASCENDING
    # A record without the key is no reason for the sort to fail, as it would be where the action is left out.
    missing = ("null", None)
    return SortKeySpec(("generic", element), relation, 0 if key.case_sensitive else 1, missing)


def syntax_oid(syntax: str) -> str:
    """Return the dotted OID of a record syntax given by name or as a dotted OID."""
    if syntax in RECORD_SYNTAXES:
        return RECORD_SYNTAXES[syntax]
    if _DOTTED_OID.fullmatch(syntax):
        return syntax
    raise LocalProtocolError(f"record syntax {syntax!r} is not known; known are {', '.join(RECORD_SYNTAXES)}")
