"""The embedded target's answers: one request in, its answer out, which may be several APDUs or none.

Decides which services are in force after Init, and carries each out over the catalogs and the named result sets of one
Z-association. It refuses to know bytes, sockets and time; the state of the association is checked by
`protocol.TargetSide` before. Faults of a request are diagnostics in the answer; a service that was not negotiated is
answered by a Close. Nothing is raised. Source: Z39.50-2003 §3.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from locate.errors import DiagnosticError
from locate.partner import Credentials
from locate.z3950.apdu import (
    Apdu,
    Close,
    CloseReason,
    DeleteFunction,
    DeleteResultSetRequest,
    DeleteResultSetResponse,
    DeleteSetStatus,
    ExtendedServicesRequest,
    ExtendedServicesResponse,
    InitializeRequest,
    InitializeResponse,
    ListEntries,
    ListStatus,
    PresentRequest,
    ResourceReportRequest,
    ResourceReportResponse,
    ScanRequest,
    ScanResponse,
    ScanStatus,
    SearchRequest,
    SearchResponse,
    SortRequest,
    SortResponse,
    SortStatus,
    TermInfo,
    TriggerResourceControlRequest,
)
from locate.z3950.diagnostics import refusal
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.negotiation import Option, ServiceLimits, SessionTerms, negotiate
from locate.z3950.target.presenting import Form, Presenter, next_position
from locate.z3950.target.rendering import RecordCache
from locate.z3950.target.result_sets import DEFAULT_SET, Hits, NamedSets, Part, merge
from locate.z3950.target.scanning import scan
from locate.z3950.target.sorting import sort
from locate.z3950.target.terms import query_in_charset, term_in_charset

__all__ = ["Responder", "ServiceLimits"]

_NO_RESULT_SET = 3  # resultSetStatus of Search: none
_SET_UNCHANGED = 3  # resultSetStatus of Sort
_NO_REPORT = 2  # resourceReportStatus failure-1
_FAILED = 3  # operationStatus of ExtendedServices
# Requests for services that must have been negotiated, and their option.
_NEEDS: dict[type[Apdu], int] = {
    DeleteResultSetRequest: Option.DELETE,
    ResourceReportRequest: Option.RESOURCE_REPORT,
    ScanRequest: Option.SCAN,
    SortRequest: Option.SORT,
}


class Responder:
    """Answers the requests of one Z-association from named catalogs. Names of databases match in any case.

    ``cache`` may be shared by the associations of one target.
    """

    def __init__(
        self,
        databases: Mapping[str, Catalog],
        *,
        credentials: Credentials | None = None,
        limits: ServiceLimits | None = None,
        cache: RecordCache | None = None,
    ) -> None:
        self._databases = {name.casefold(): (name, catalog) for name, catalog in databases.items()}
        self._credentials = credentials
        self._limits = limits or ServiceLimits()
        self._cache = cache or RecordCache()
        self._sets = NamedSets(self._limits.result_sets)
        size = self._limits.message_bytes
        self._agree(SessionTerms(2, frozenset(), size, size))
        self._services: dict[type[Apdu], Callable[[Any], Apdu]] = {
            InitializeRequest: self._initialize,
            SearchRequest: self._search,
            DeleteResultSetRequest: self._delete,
            ScanRequest: self._scan,
            SortRequest: self._sort,
            ResourceReportRequest: self._report,
            ExtendedServicesRequest: self._extended,
        }

    def answers(self, request: Apdu) -> Sequence[Apdu]:
        """Return the APDUs that answer a request, in order: to a Close, a Close; to a TriggerResourceControl, none."""
        needed = _NEEDS.get(type(request))
        if needed is not None and needed not in self._terms.options:
            name = type(request).__name__.removesuffix("Request")
            return [Close(CloseReason.PROTOCOL_ERROR, f"{name} was not negotiated in Init")]
        if isinstance(request, PresentRequest):
            return self._present(request)
        if isinstance(request, TriggerResourceControlRequest):
            return []
        if isinstance(request, Close):
            return [Close(CloseReason.FINISHED, reference_id=request.reference_id)]
        serve = self._services.get(type(request))
        if serve is None:
            return [Close(CloseReason.PROTOCOL_ERROR, f"this target does not serve {type(request).__name__}")]
        return [serve(request)]

    def refuse(self, request: Apdu, error: DiagnosticError) -> Apdu:
        """Return the answer that refuses a Search, Present, Scan or Sort by a diagnostic, others by a Close."""
        diagnostic = self._terms.diagnostic(error)
        reference = request.reference_id
        if isinstance(request, SearchRequest):
            return SearchResponse(
                result_count=0,
                number_of_records_returned=0,
                next_result_set_position=0,
                search_status=False,
                result_set_status=_NO_RESULT_SET,
                records=("diagnostic", diagnostic),
                reference_id=reference,
            )
        if isinstance(request, PresentRequest):
            return self._presenter.failure(request, error, 0)
        if isinstance(request, ScanRequest):
            entries = ListEntries(nonsurrogate_diagnostics=(diagnostic,))
            return ScanResponse(ScanStatus.FAILURE, 0, entries=entries, reference_id=reference)
        if isinstance(request, SortRequest):
            return SortResponse(SortStatus.FAILURE, _SET_UNCHANGED, (diagnostic,), reference_id=reference)
        return Close(CloseReason.UNSPECIFIED, error.message)

    def _agree(self, terms: SessionTerms) -> None:
        self._terms = terms
        self._presenter = Presenter(terms, self._limits, self._cache)

    def _initialize(self, request: InitializeRequest) -> InitializeResponse:
        answer, terms = negotiate(request, self._limits, self._credentials)
        self._agree(terms)
        return answer

    # ---- Search and Present -----------------------------------------------------------------------------------------

    def _search(self, request: SearchRequest) -> Apdu:
        try:
            found = self._find(request)
        except DiagnosticError as error:
            return self.refuse(request, error)
        count, elements = _piggybacked(request, found.size)
        present_status: int | None = None
        records: tuple[str, Any] | None = None
        returned = 0
        if count:
            form = Form(request.preferred_record_syntax, elements)
            present_status, records, returned = self._presenter.first_records(found, count, form)
        return SearchResponse(
            result_count=found.size,
            number_of_records_returned=returned,
            next_result_set_position=next_position(1 + returned, found.size),
            search_status=True,
            present_status=present_status,
            records=records,
            reference_id=request.reference_id,
        )

    def _find(self, request: SearchRequest) -> Hits:
        """Carry out the query and keep its result set. Raises DiagnosticError; no set of that name remains then."""
        name = request.result_set_name
        self._require_name(name)
        if name in self._sets and not request.replace_indicator:
            raise refusal(21, name)
        earlier = self._sets.all()  # the query may refer to the very set that it replaces
        self._sets.drop((name,))
        kind, query = request.query
        if kind not in {"type_1", "type_101"}:
            raise refusal(107, kind.removeprefix("type_"))
        if self._terms.charset is not None:
            query = query_in_charset(query, self._terms.charset)
        parts = []
        for database, catalog in self._databases_named(request.database_names):
            operands = {set_name: hits.in_database(database) for set_name, hits in earlier.items()}
            parts.append(Part(database, catalog, catalog.search(query, operands)))
        found = Hits(parts)
        self._sets.keep(name, found)
        return found

    def _require_name(self, name: str) -> None:
        """Raise diagnostic 22 for a result set name when they were not negotiated."""
        if name != DEFAULT_SET and Option.NAMED_RESULT_SETS not in self._terms.options:
            raise refusal(22, name)

    def _databases_named(self, names: Sequence[str]) -> list[tuple[str, Catalog]]:
        """Return each database once. Raises diagnostic 109 for a name not served."""
        if not names:
            raise refusal(109)
        found = []
        for name in dict.fromkeys(name.casefold() for name in names):
            if name not in self._databases:
                raise refusal(109, next(given for given in names if given.casefold() == name))
            found.append(self._databases[name])
        return found

    def _present(self, request: PresentRequest) -> Sequence[Apdu]:
        try:
            found = self._sets.find(request.result_set_id)
        except DiagnosticError as error:
            return [self.refuse(request, error)]
        return self._presenter.present(found, request)

    # ---- the other services -----------------------------------------------------------------------------------------

    def _delete(self, request: DeleteResultSetRequest) -> DeleteResultSetResponse:
        if request.delete_function == DeleteFunction.ALL:
            self._sets.drop(self._sets.all())
            return DeleteResultSetResponse(DeleteSetStatus.SUCCESS, reference_id=request.reference_id)
        statuses = []
        for name in request.result_set_list:
            existed = name in self._sets
            self._sets.drop((name,))
            statuses.append(ListStatus(name, DeleteSetStatus.SUCCESS if existed else DeleteSetStatus.DID_NOT_EXIST))
        failed = any(each.status for each in statuses)
        return DeleteResultSetResponse(
            DeleteSetStatus.NOT_ALL_REQUESTED_DELETED if failed else DeleteSetStatus.SUCCESS,
            delete_list_statuses=tuple(statuses),
            reference_id=request.reference_id,
        )

    def _scan(self, request: ScanRequest) -> Apdu:
        charset = self._terms.charset
        try:
            catalogs = [catalog for _, catalog in self._databases_named(request.database_names)]
            start = term_in_charset(request.term_list_and_start_point, charset) if charset else None
            asked = replace(request, term_list_and_start_point=start) if start else request
            found = scan(asked, catalogs, message_bytes=self._terms.preferred_bytes)
        except DiagnosticError as error:
            return self.refuse(request, error)
        entries = tuple(
            ("term", TermInfo(("general", term.encode(charset or "utf-8", "replace")), global_occurrences=count))
            for term, count in found.entries
        )
        return ScanResponse(
            step_size=0,
            scan_status=found.status,
            number_of_entries_returned=len(entries),
            position_of_term=found.position,
            entries=ListEntries(entries),
            attribute_set=request.attribute_set,
            reference_id=request.reference_id,
        )

    def _sort(self, request: SortRequest) -> Apdu:
        """Sort into a set that may be one of the inputs; several inputs are merged first."""
        try:
            self._require_name(request.sorted_result_set_name)
            if not request.input_result_set_names or not request.sorted_result_set_name:
                raise refusal(208)
            inputs = [self._sets.find(name) for name in request.input_result_set_names]
            found = sort(merge(inputs), request.sort_sequence)
        except DiagnosticError as error:
            return self.refuse(request, error)
        self._sets.keep(request.sorted_result_set_name, found)
        counted = Option.RESULT_COUNT_OF_SORT in self._terms.options
        return SortResponse(
            SortStatus.SUCCESS,
            result_count=found.size if counted else None,
            reference_id=request.reference_id,
        )

    def _report(self, request: ResourceReportRequest) -> ResourceReportResponse:
        """Answer that there is no report: nothing here costs anything."""
        return ResourceReportResponse(_NO_REPORT, reference_id=request.reference_id)

    def _extended(self, request: ExtendedServicesRequest) -> ExtendedServicesResponse:
        error = refusal(221, request.package_type)
        return ExtendedServicesResponse(
            _FAILED, diagnostics=(self._terms.diagnostic(error),), reference_id=request.reference_id
        )


def _piggybacked(request: SearchRequest, size: int) -> tuple[int, str | None]:
    """Return how many records come with the answer, and their element set (§3.2.2)."""
    if size <= request.small_set_upper_bound:
        count, named = size, request.small_set_element_set_names
    elif size < request.large_set_lower_bound:
        count, named = min(max(request.medium_set_present_number, 0), size), request.medium_set_element_set_names
    else:
        count, named = 0, None
    return count, named[1] if named and named[0] == "generic" else None
