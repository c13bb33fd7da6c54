"""The asyncio origin: connect, search with records in the answer, present, scan, sort, delete, close.

Decides what an operation is to its caller: one deadline in seconds, one error that says target and phase, and a
connection that is dead after anything but an answer or a diagnostic. How records are got out of a target is
`locate.z3950.fetching`. Raises the Z3950Error family; a surrogate diagnostic or a record that cannot be decoded is a
value in the list of records.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from locate.errors import DiagnosticError, InitRejected, LocalProtocolError, TargetClosed, TargetTimeout, Z3950Error
from locate.partner import Credentials, Target
from locate.z3950.access_control import challenge_with
from locate.z3950.apdu import (
    DeleteFunction,
    DeleteResultSetRequest,
    DeleteResultSetResponse,
    DeleteSetStatus,
    InitializeResponse,
    NamePlusRecord,
    PresentRequest,
    PresentResponse,
    ScanResponse,
    SearchRequest,
    SearchResponse,
    SortResponse,
)
from locate.z3950.exchange import Challenge, Exchange
from locate.z3950.facts import TargetFacts
from locate.z3950.fetching import Fetcher, Form
from locate.z3950.init_reason import InitReason, init_reason
from locate.z3950.protocol import Observer
from locate.z3950.query import Query, parse_pqf, to_rpn
from locate.z3950.querytree import set_names
from locate.z3950.requests import (
    NAMED_RESULT_SETS,
    ServerInfo,
    SortKey,
    initialize_request,
    scan_request,
    server_info,
    sort_request,
    syntax_oid,
)
from locate.z3950.retrieval import Fetched, ResultSet, join_fragments
from locate.z3950.scan_and_sort import ScanEntry, ScanResult, SortResult, scanned, sorted_set

__all__ = ["Connection", "ResultSet", "ScanEntry", "ScanResult", "ServerInfo", "SortKey", "SortResult", "connect"]

_DEFAULT_SET = "default"
_DEFAULT_CHARSET = "utf-8"
_parsed = functools.lru_cache(maxsize=256)(parse_pqf)


async def connect(
    target: Target,
    *,
    timeout_s: float = 10.0,
    implementation: str = "zlocate",
    facts: TargetFacts | None = None,
    observer: Observer | None = None,
    challenge: Challenge | None = None,
) -> Connection:
    """Open a Z-association with ``target``.

    ``timeout_s`` bounds TCP, TLS and Init together. ``facts`` is what is known of the target, and is added to;
    ``observer`` is told of every PDU; ``challenge`` answers a security challenge (None: with the target's credentials).
    Raises TargetUnreachable, TargetTimeout, InitRejected, TargetClosed or RemoteProtocolError.
    """
    connection = Connection(target, facts=facts, observer=observer, challenge=challenge)
    await connection._open(implementation, timeout_s)  # noqa: SLF001 - a factory of the same module
    return connection


class Connection:
    """A Z-association with one target. One operation at a time; after an error other than a diagnostic it is dead.

    ``server`` is what the target said of itself, None before `connect` has returned; ``facts`` what was learned of it;
    ``phase`` what is or was last being done: connect, init, search, present, scan, sort, delete.
    """

    def __init__(
        self,
        target: Target,
        *,
        facts: TargetFacts | None = None,
        observer: Observer | None = None,
        challenge: Challenge | None = None,
    ) -> None:
        self.target = target
        self.server: ServerInfo | None = None
        self.facts = facts if facts is not None else TargetFacts()
        answerer = challenge or functools.partial(challenge_with, target.credentials)
        self._exchange = Exchange(target, observer=observer, challenge=answerer)
        self._fetcher = Fetcher(target, self.facts, self._search, self._present)
        self._live_sets: list[str] = []  # the latest one last
        self._made_sets: set[str] = set()  # the live ones, and those that were
        self.phase = ""

    @property
    def is_open(self) -> bool:
        """True while a search can be sent: not once the target closed, or said something unasked."""
        return self._exchange.is_open

    # ---- operations -------------------------------------------------------------------------------------------------

    async def search(
        self,
        query: Query | str,
        *,
        count: int = 10,
        syntax: str = "marc21",
        element_set: str | None = "F",
        charset: str | None = None,
        result_set: str = _DEFAULT_SET,
        timeout_s: float = 10.0,
    ) -> ResultSet:
        """Search and fetch the first ``count`` records, in one round trip where the target allows it.

        ``query`` is a tree or PQF text; ``syntax`` a short name or dotted OID; ``charset`` that of the query's terms,
        None for what was negotiated, else UTF-8; ``timeout_s`` bounds the whole. Raises DiagnosticError when the search
        itself fails, LocalProtocolError for a query with a result set that a later search may have replaced, and the
        connection's faults.
        """
        _check_count(count)
        tree = _parsed(query) if isinstance(query, str) else query
        rpn = to_rpn(tree, charset or self._charset)
        form = Form(syntax_oid(syntax), element_set)
        for name in self._made_sets.intersection(set_names(tree)):
            self._require_live(name)
        with _Operation(self, "search", timeout_s):
            self._forget(result_set)
            found = await self._fetcher.search(rpn, count, form, result_set)
            self._keep(result_set)
            return found

    async def present(
        self,
        start: int,
        count: int,
        *,
        syntax: str = "marc21",
        element_set: str | None = "F",
        result_set: str = _DEFAULT_SET,
        timeout_s: float = 10.0,
    ) -> list[Fetched]:
        """Fetch ``count`` records of a result set from position ``start`` (1-based).

        Raises DiagnosticError when the target refuses the whole request; returns fewer records when it gives fewer.
        Raises LocalProtocolError for a result set that a later search may have replaced.
        """
        _check_count(count)
        form = Form(syntax_oid(syntax), element_set)
        self._require_live(result_set)
        with _Operation(self, "present", timeout_s):
            records, _ = await self._fetcher.present(result_set, start, count, form)
            return records

    async def scan(
        self,
        term: Query | str,
        *,
        count: int = 20,
        step_size: int | None = None,
        position: int = 1,
        charset: str | None = None,
        timeout_s: float = 10.0,
    ) -> ScanResult:
        """Fetch ``count`` terms of an index around ``term``, a single term with its attributes as a tree or in PQF.

        ``step_size`` terms are left out between two, None leaves it to the target; ``position`` is where in the list
        the term is to stand (1-based). Raises DiagnosticError when the target refuses.
        """
        tree = _parsed(term) if isinstance(term, str) else term
        charset = charset or self._charset
        request = scan_request(self.target, tree, count, step_size=step_size, position=position, charset=charset)
        with _Operation(self, "scan", timeout_s):
            answer = await self._exchange.ask(request, ScanResponse)
            return scanned(answer, charset, target=str(self.target))

    async def sort(
        self,
        keys: Sequence[SortKey],
        *,
        inputs: Sequence[str] = (_DEFAULT_SET,),
        output: str = _DEFAULT_SET,
        timeout_s: float = 10.0,
    ) -> SortResult:
        """Sort the result sets ``inputs`` into ``output``, by the first of ``keys`` first; `present` then gives them.

        Raises DiagnosticError when the target refuses.
        """
        request = sort_request(keys, inputs, output)
        for name in inputs:
            self._require_live(name)
        with _Operation(self, "sort", timeout_s):
            result = sorted_set(await self._exchange.ask(request, SortResponse), target=str(self.target))
            self._forget(output)
            self._keep(output)
            return result

    async def delete(self, *names: str, timeout_s: float = 10.0) -> dict[str, int]:
        """Drop the result sets ``names``, all of them when there are none.

        Returns name -> deleteSetStatus (0 is success): for every set asked for and those that the answer speaks of.
        """
        function = DeleteFunction.LIST if names else DeleteFunction.ALL
        with _Operation(self, "delete", timeout_s):
            answer = await self._exchange.ask(DeleteResultSetRequest(function, names), DeleteResultSetResponse)
        gone = names or tuple(self._live_sets)
        told = {each.id: each.status for each in (*answer.delete_list_statuses, *answer.bulk_statuses)}
        statuses = {**dict.fromkeys(gone, answer.delete_operation_status), **told}
        failed = {name for name, status in statuses.items() if status != DeleteSetStatus.SUCCESS}
        self._live_sets = [name for name in self._live_sets if name not in gone or name in failed]
        return statuses

    def use_database(self, database: str) -> None:
        """Search and scan ``database`` from now on, two or more joined by "+"; a result set made before stays."""
        self.target = self._fetcher.target = replace(self.target, database=database)

    async def close(self) -> None:
        """Say Close and wait at most a second for the answer; an association that is busy or broken is dropped."""
        if self.server is not None and self.server.protocol_version >= 3:
            await self._exchange.close()
        else:
            self.abort()  # version 2 has no Close

    def abort(self) -> None:
        """Drop the connection at once."""
        self._exchange.abort()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    # ---- Init -------------------------------------------------------------------------------------------------------

    async def _open(self, implementation: str, timeout_s: float) -> None:
        """Connect and negotiate; whatever goes wrong names target and phase and leaves no link."""
        self.phase = "connect"
        try:
            async with asyncio.timeout(timeout_s):
                await self._exchange.connect()
                self.phase = "init"
                await self._initialize(implementation)
        except BaseException as error:
            self.abort()
            if isinstance(error, TimeoutError):
                reason = f"no answer within {timeout_s:g} s"
                raise TargetTimeout(reason, target=str(self.target), phase=self.phase) from None
            self._name(error)
            raise

    async def _initialize(self, implementation: str) -> None:
        answer = await self._exchange.ask(initialize_request(self.target, implementation), InitializeResponse)
        told = init_reason(answer.user_information, answer.other_info)
        self.server = server_info(answer, told.message_of_the_day)
        if not answer.result:
            raise _rejection(told, self.target.credentials)

    @property
    def _charset(self) -> str:
        return (self.server.charset if self.server else "") or _DEFAULT_CHARSET

    # ---- result sets ------------------------------------------------------------------------------------------------

    def _forget(self, name: str) -> None:
        """Forget the result sets that making ``name`` replaces: all of them at a target that keeps only one."""
        keeps = self.facts.named_sets and self.server is not None and NAMED_RESULT_SETS in self.server.options
        self._live_sets = [live for live in self._live_sets if keeps and live != name]

    def _keep(self, name: str) -> None:
        self._live_sets.append(name)
        self._made_sets.add(name)

    def _require_live(self, name: str) -> None:
        if name in self._live_sets or not self.is_open:
            return
        raise LocalProtocolError(
            f"there is no result set {name!r} on this connection: nothing made it, or the target keeps one result set "
            "only and a later search replaced it; search again"
        )

    # ---- the exchange -----------------------------------------------------------------------------------------------

    def _name(self, error: BaseException) -> None:
        """Put target and phase into an error that does not name them yet."""
        if isinstance(error, Z3950Error):
            error.target = error.target or str(self.target)
            error.phase = error.phase or self.phase

    async def _search(self, request: SearchRequest) -> SearchResponse:
        return await self._exchange.ask(request, SearchResponse)

    async def _present(self, request: PresentRequest) -> tuple[PresentResponse, list[NamePlusRecord]]:
        self.phase = "present"
        answer = await self._exchange.ask(request, PresentResponse)
        last = answer.records[1] if answer.records is not None and answer.records[0] == "response" else ()
        entries = [*self._exchange.segments, *last]
        return answer, join_fragments(entries) if self._exchange.segments else entries


class _Operation:
    """Bounds one operation in time, and names target and phase in every error that leaves it.

    Whatever leaves an answer outstanding - a fault, the deadline, a cancellation - makes the connection unusable.
    """

    __slots__ = ("_connection", "_exchange", "_timeout_s")

    def __init__(self, connection: Connection, phase: str, timeout_s: float) -> None:
        connection.phase = phase
        self._connection = connection
        self._exchange = connection._exchange  # noqa: SLF001 - a part of the connection
        self._timeout_s = timeout_s

    def __enter__(self) -> None:
        if not self._exchange.is_open:
            reason = "the Z-association is not open"
            raise TargetClosed(reason, target=str(self._connection.target), phase=self._connection.phase)
        self._exchange.begin(self._timeout_s)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._exchange.end()
        if error is None:
            return
        self._connection._name(error)  # noqa: SLF001 - as above
        if not isinstance(error, DiagnosticError | LocalProtocolError):
            self._connection.abort()


def _check_count(count: int) -> None:
    if count < 0:
        raise LocalProtocolError(f"{count} records cannot be asked for; give 0 or more")


def _rejection(told: InitReason, credentials: Credentials | None) -> InitRejected:
    """Say why Init was refused: what the target tells, else what is most likely."""
    if told.texts:
        reason = f": {'; '.join(told.texts)}"
    elif credentials is None:
        reason = " and gave no reason; it may ask for a user name and password"
    else:
        reason = " and gave no reason; the user name or password may be wrong"
    error = InitRejected(f"the target refused the association{reason}")
    if told.diagnostic is not None:
        error.retry = told.diagnostic.retry
        error.__cause__ = told.diagnostic
    return error
