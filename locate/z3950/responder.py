"""The embedded target's answers: one APDU in, one APDU out.

Decides the negotiation of Init, the named result sets of one Z-association, which records come with a Search answer,
and how many fit into a message. It refuses to know bytes, sockets and time; the state of the association is checked
by `protocol.TargetSide` before. Faults of a request are diagnostics in the answer: nothing is raised.
Source: Z39.50-2003 §3.2.1 (Init), §3.2.2 (Search), §3.2.3 (Present), §3.3 (message size).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from locate.errors import DiagnosticError, RecordError
from locate.partner import Credentials
from locate.z3950.apdu import (
    Apdu,
    Close,
    CloseReason,
    DefaultDiagFormat,
    IdPass,
    InitializeRequest,
    InitializeResponse,
    NamePlusRecord,
    OtherInformationUnit,
    PresentRequest,
    PresentResponse,
    PresentStatus,
    SearchRequest,
    SearchResponse,
)
from locate.z3950.catalog import Catalog
from locate.z3950.diagnostics import refusal
from locate.z3950.oids import BIB1_DIAGNOSTICS
from locate.z3950.rendering import Renderer, renderer_for

__all__ = ["Responder", "ServiceLimits"]

_NAME = "zlocate embedded target"
_SEARCH, _PRESENT, _NAMED_RESULT_SETS = 0, 1, 14
_OPTIONS = frozenset({_SEARCH, _PRESENT, _NAMED_RESULT_SETS})
_VERSION_2, _VERSION_3 = 1, 2
_VERSIONS = frozenset({0, _VERSION_2, _VERSION_3})
_DEFAULT_SET = "default"
_NO_RESULT_SET = 3  # resultSetStatus none
_DIAGNOSTIC_BYTES = 128  # what a surrogate diagnostic counts against the message size


@dataclass(frozen=True, slots=True)
class ServiceLimits:
    """What one Z-association may cost: ``message_bytes`` of records in an answer, whatever the origin prefers;
    ``record_bytes`` for a record asked for alone; ``result_sets`` kept by name, the oldest dropped first.
    """

    message_bytes: int = 1024 * 1024
    record_bytes: int = 8 * 1024 * 1024
    result_sets: int = 16


@dataclass(frozen=True, slots=True)
class _Part:
    """The hits in one database: its name, and record numbers (0-based) in order."""

    name: str
    catalog: Catalog
    numbers: Sequence[int]


class _ResultSet:
    """The hits of a Search over one or more databases, in the order of the databases."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        self.parts = parts
        self.size = sum(len(part.numbers) for part in parts)

    def in_database(self, name: str) -> Sequence[int]:
        """Return the record numbers in one database, none when the search did not cover it."""
        return next((part.numbers for part in self.parts if part.name == name), ())

    def at(self, position: int) -> tuple[_Part, int]:
        """Return the database and record number at ``position`` (1-based), which must be in range."""
        index = position - 1
        for part in self.parts:
            if index < len(part.numbers):
                return part, part.numbers[index]
            index -= len(part.numbers)
        raise IndexError(position)


class Responder:
    """Answers the requests of one Z-association from named catalogs. Names of databases match in any case."""

    def __init__(
        self,
        databases: Mapping[str, Catalog],
        *,
        credentials: Credentials | None = None,
        limits: ServiceLimits | None = None,
    ) -> None:
        self._databases = {name.casefold(): (name, catalog) for name, catalog in databases.items()}
        self._credentials = credentials
        self._limits = limits or ServiceLimits()
        self._sets: dict[str, _ResultSet] = {}
        self._version = _VERSION_2
        self._named_sets = False
        self._preferred = self._exceptional = self._limits.message_bytes

    def answer(self, request: Apdu) -> Apdu:
        """Return the answer to a request: to a Close, a Close."""
        if isinstance(request, InitializeRequest):
            return self._initialize(request)
        if isinstance(request, SearchRequest):
            return self._search(request)
        if isinstance(request, PresentRequest):
            return self._present(request)
        return Close(CloseReason.FINISHED, reference_id=request.reference_id)

    # ---- Init -------------------------------------------------------------------------------------------------------

    def _initialize(self, request: InitializeRequest) -> InitializeResponse:
        versions = request.protocol_version & _VERSIONS
        reason = _why_refused(self._credentials, request.id_authentication)
        if not versions & {_VERSION_2, _VERSION_3}:
            reason = "this target speaks versions 2 and 3 of Z39.50"
        options = request.options & _OPTIONS
        self._version = max(versions, default=_VERSION_2)
        self._named_sets = _NAMED_RESULT_SETS in options
        self._preferred = _bounded(request.preferred_message_size, self._limits.message_bytes)
        exceptional = _bounded(request.exceptional_record_size, self._limits.record_bytes)
        self._exceptional = max(self._preferred, exceptional)
        return InitializeResponse(
            protocol_version=versions,
            options=options,
            preferred_message_size=self._preferred,
            exceptional_record_size=self._exceptional,
            result=not reason,
            implementation_name=_NAME,
            other_info=(OtherInformationUnit(("text", reason)),) if reason else (),
            reference_id=request.reference_id,
        )

    # ---- Search -----------------------------------------------------------------------------------------------------

    def _search(self, request: SearchRequest) -> SearchResponse:
        try:
            found = self._find(request)
        except DiagnosticError as error:
            return SearchResponse(
                result_count=0,
                number_of_records_returned=0,
                next_result_set_position=0,
                search_status=False,
                result_set_status=_NO_RESULT_SET,
                records=self._refused(error),
                reference_id=request.reference_id,
            )
        count, elements = _piggybacked(request, found.size)
        present_status: int | None = None
        records: tuple[str, Any] | None = None
        returned = 0
        if count:
            present_status, records, returned = self._fetch(found, 1, count, request.preferred_record_syntax, elements)
        return SearchResponse(
            result_count=found.size,
            number_of_records_returned=returned,
            next_result_set_position=_next_position(1 + returned, found.size),
            search_status=True,
            present_status=present_status,
            records=records,
            reference_id=request.reference_id,
        )

    def _find(self, request: SearchRequest) -> _ResultSet:
        """Carry out the query and keep its result set. Raises DiagnosticError; no set of that name remains then."""
        name = request.result_set_name
        if name != _DEFAULT_SET and not self._named_sets:
            raise refusal(22, name)
        if name in self._sets and not request.replace_indicator:
            raise refusal(21, name)
        # The query may refer to the very set that it replaces.
        earlier = dict(self._sets)
        self._sets.pop(name, None)
        kind, query = request.query
        if kind not in {"type_1", "type_101"}:
            raise refusal(107, kind.removeprefix("type_"))
        parts = []
        for database, catalog in self._named_databases(request.database_names):
            operands = {set_name: found.in_database(database) for set_name, found in earlier.items()}
            parts.append(_Part(database, catalog, catalog.search(query, operands)))
        if len(self._sets) >= self._limits.result_sets:
            del self._sets[next(iter(self._sets))]
        self._sets[name] = _ResultSet(parts)
        return self._sets[name]

    def _named_databases(self, names: Sequence[str]) -> list[tuple[str, Catalog]]:
        """Return each database once. Raises diagnostic 109 for a name not served."""
        if not names:
            raise refusal(109)
        found = []
        for name in dict.fromkeys(name.casefold() for name in names):
            if name not in self._databases:
                raise refusal(109, next(given for given in names if given.casefold() == name))
            found.append(self._databases[name])
        return found

    # ---- Present ----------------------------------------------------------------------------------------------------

    def _present(self, request: PresentRequest) -> PresentResponse:
        start, count = request.result_set_start_point, request.number_of_records_requested
        found = self._sets.get(request.result_set_id)
        size = found.size if found else 0
        if found is None:
            status, records, returned = PresentStatus.FAILURE, self._refused(refusal(30, request.result_set_id)), 0
        elif start < 1 or count < 0 or start + count - 1 > size:
            status, records, returned = PresentStatus.FAILURE, self._refused(refusal(13)), 0
        else:
            elements = _element_set(request)
            status, records, returned = self._fetch(found, start, count, request.preferred_record_syntax, elements)
        return PresentResponse(
            number_of_records_returned=returned,
            next_result_set_position=_next_position(max(start, 1) + returned, size),
            present_status=status,
            records=records,
            reference_id=request.reference_id,
        )

    # ---- records ----------------------------------------------------------------------------------------------------

    def _fetch(
        self, found: _ResultSet, start: int, count: int, syntax: str | None, element_set: str | None
    ) -> tuple[int, tuple[str, Any], int]:
        """Return present status, records field and number of records, as many of ``count`` as fit into a message."""
        try:
            renderers = {part.name: renderer_for(part.catalog, syntax, element_set) for part in found.parts}
        except DiagnosticError as error:
            return PresentStatus.FAILURE, self._refused(error), 0
        records: list[NamePlusRecord] = []
        used = 0
        for position in range(start, start + count):
            part, number = found.at(position)
            record, size = self._record(part, number, renderers[part.name], alone=count == 1)
            if records and used + size > self._preferred:
                return PresentStatus.PARTIAL_2, ("response", tuple(records)), len(records)
            records.append(record)
            used += size
        return PresentStatus.SUCCESS, ("response", tuple(records)), len(records)

    def _record(self, part: _Part, number: int, render: Renderer, *, alone: bool) -> tuple[NamePlusRecord, int]:
        """Return one record, or the surrogate diagnostic in its place, and its size in bytes.

        A record above the preferred message size comes only when asked for alone and within the exceptional record
        size (§3.3); else it is diagnostic 16 or 17. What cannot be read or converted is 14.
        """
        try:
            external = render(part.catalog.entry(number))
        except RecordError as error:
            return self._surrogate(part, refusal(14, error.reason)), _DIAGNOSTIC_BYTES
        size = len(external.encoding[1])
        if size > self._exceptional:
            return self._surrogate(part, refusal(17)), _DIAGNOSTIC_BYTES
        if size > self._preferred and not alone:
            return self._surrogate(part, refusal(16)), _DIAGNOSTIC_BYTES
        return NamePlusRecord(("retrieval", external), part.name), size

    def _surrogate(self, part: _Part, error: DiagnosticError) -> NamePlusRecord:
        return NamePlusRecord(("surrogate", self._diagnostic(error)), part.name)

    def _refused(self, error: DiagnosticError) -> tuple[str, DefaultDiagFormat]:
        return "diagnostic", self._diagnostic(error)

    def _diagnostic(self, error: DiagnosticError) -> DefaultDiagFormat:
        form = "v3" if self._version == _VERSION_3 else "v2"
        return DefaultDiagFormat(BIB1_DIAGNOSTICS, error.condition, (form, error.addinfo))


def _next_position(position: int, size: int) -> int:
    """Return nextResultSetPosition, which is 0 once the last record of the result set has been returned (§3.2.2)."""
    return position if position <= size else 0


def _bounded(asked: int, limit: int) -> int:
    """Return a size the origin asked for, at most ``limit``; 0 and less mean no preference."""
    return min(asked, limit) if asked > 0 else limit


def _piggybacked(request: SearchRequest, size: int) -> tuple[int, str | None]:
    """Return how many records come with the answer, and their element set (§3.2.2)."""
    if size <= request.small_set_upper_bound:
        count, named = size, request.small_set_element_set_names
    elif size < request.large_set_lower_bound:
        count, named = min(max(request.medium_set_present_number, 0), size), request.medium_set_element_set_names
    else:
        count, named = 0, None
    return count, named[1] if named else None


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


def _element_set(request: PresentRequest) -> str | None:
    """Return the generic element set name that a Present asks for, None when it asks for none."""
    if request.record_composition is None or request.record_composition[0] != "simple":
        return None
    arm, names = request.record_composition[1]
    return str(names) if arm == "generic" else None
