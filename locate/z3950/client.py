"""The asyncio origin: connect, search with records in the answer, fetch what is missing, close.

Decides how records are got out of a target that does not do as asked: piggyback refused, answers cut by a message
size, element set or record syntax refused. Refuses to know what the records say. Every operation has a deadline in
seconds. Raises the Z3950Error family; a surrogate diagnostic or a record that cannot be decoded is a value in the
list of records.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from locate.errors import DiagnosticError, InitRejected, LocalProtocolError, TargetClosed, TargetTimeout, Z3950Error
from locate.partner import Credentials, Target
from locate.z3950 import diagnostics
from locate.z3950.apdu import (
    Apdu,
    Close,
    CloseReason,
    IdPass,
    InitializeRequest,
    InitializeResponse,
    PresentRequest,
    PresentResponse,
    SearchRequest,
    SearchResponse,
)
from locate.z3950.oids import RECORD_SYNTAXES
from locate.z3950.protocol import END, NEED_DATA, Origin, State
from locate.z3950.query import Query, parse_pqf, to_rpn
from locate.z3950.retrieval import Fetched, ResultSet, SurrogateDiagnostic, diagnostic_of, read_records
from locate.z3950.transport import Stream, open_stream

__all__ = ["Connection", "ResultSet", "ServerInfo", "connect"]

_VERSIONS = frozenset({0, 1, 2})
_OPTIONS = frozenset({0, 1, 14})  # search, present, named result sets
_MESSAGE_BYTES = 1024 * 1024
_LARGEST_SET = 2**31 - 1
_CLOSE_PATIENCE_S = 1.0
_RESULT_SET = "default"
_DOTTED_OID = re.compile(r"[012](?:\.\d{1,9}){1,30}")
_Answer = TypeVar("_Answer", InitializeResponse, SearchResponse, PresentResponse)


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What the target said of itself in Init; sizes in bytes, versions as numbers (3 is Z39.50-1995 and later)."""

    implementation_id: str
    name: str
    version: str
    protocol_version: int
    options: frozenset[int]
    preferred_message_size: int
    exceptional_record_size: int


async def connect(target: Target, *, timeout_s: float = 10.0, implementation: str = "zlocate") -> Connection:
    """Open a Z-association with ``target``.

    ``timeout_s`` bounds TCP and Init together. Raises TargetUnreachable, TargetTimeout, InitRejected, TargetClosed or
    RemoteProtocolError.
    """
    connection = Connection(target)
    try:
        async with _deadline(target, "connect", timeout_s) as phase:
            stream = await open_stream(target.host, target.port)
            connection._attach(stream)  # noqa: SLF001 - a factory of the same module
            phase.name = "init"
            await connection._initialize(implementation)  # noqa: SLF001
    except BaseException:
        connection.abort()
        raise
    return connection


class _Phase:
    """Names what is being waited for, so that a timeout can say it."""

    def __init__(self, name: str) -> None:
        self.name = name


@contextlib.asynccontextmanager
async def _deadline(target: Target, phase: str, timeout_s: float) -> AsyncIterator[_Phase]:
    """Bound a phase in time and put the target and the phase's name into every error that leaves it."""
    named = _Phase(phase)
    try:
        async with asyncio.timeout(timeout_s):
            yield named
    except TimeoutError:
        raise TargetTimeout(f"no answer within {timeout_s:g} s", target=str(target), phase=named.name) from None
    except Z3950Error as error:
        error.target = error.target or str(target)
        error.phase = error.phase or named.name
        raise


class Connection:
    """A Z-association with one target. One operation at a time; after an error other than a diagnostic it is dead."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.server: ServerInfo | None = None
        self._origin = Origin()
        self._stream: Stream | None = None
        self._piggyback = True
        self._element_sets = True

    @property
    def is_open(self) -> bool:
        """True while a search can be sent."""
        return self._stream is not None and self._origin.state is State.READY

    def _attach(self, stream: Stream) -> None:
        self._stream = stream

    # ---- operations -------------------------------------------------------------------------------------------------

    async def search(
        self,
        query: Query | str,
        *,
        count: int = 10,
        syntax: str = "marc21",
        element_set: str | None = "F",
        charset: str = "utf-8",
        timeout_s: float = 10.0,
    ) -> ResultSet:
        """Search and fetch the first ``count`` records, in one round trip where the target allows it.

        ``query`` is a tree or PQF text; ``syntax`` a short name or dotted OID; ``timeout_s`` bounds the whole. Raises
        DiagnosticError when the search itself fails, and the connection's faults.
        """
        tree = parse_pqf(query) if isinstance(query, str) else query
        rpn = to_rpn(tree, charset)
        syntax = _syntax_oid(syntax)
        async with self._operation("search", timeout_s) as phase:
            first = count if self._piggyback else 0
            answer = await self._search(("type_1", rpn), first, syntax, element_set)
            refusal = diagnostic_of(answer.records)
            if not answer.search_status and first and _only_records_refused(refusal):
                answer = await self._search(("type_1", rpn), 0, syntax, element_set)
                refusal = diagnostic_of(answer.records)
            if not answer.search_status:
                raise self._failure(refusal, "search")
            result = ResultSet(answer.result_count, self._read(answer.records, 1)[:count])
            phase.name = "present"
            wanted = min(count, answer.result_count)
            withheld = first > 0 and not result.records
            asked_so = self._element_sets
            await self._fetch_rest(result, wanted, syntax, element_set)
            if withheld and result.records and self._element_sets is asked_so:
                self._piggyback = False  # Present gave, asked in the same way, what Search did not
            return result

    async def present(
        self,
        start: int,
        count: int,
        *,
        syntax: str = "marc21",
        element_set: str | None = "F",
        timeout_s: float = 10.0,
    ) -> list[Fetched]:
        """Fetch ``count`` records of the last search from position ``start`` (1-based).

        Raises DiagnosticError when the target refuses the whole request; returns fewer records when it gives fewer.
        """
        syntax = _syntax_oid(syntax)
        async with self._operation("present", timeout_s):
            return await self._present(start, count, syntax, element_set)

    async def close(self) -> None:
        """Say Close and wait at most a second for the answer; an association that is busy or broken is dropped."""
        if self._stream is None:
            return
        if self.is_open and self.server is not None and self.server.protocol_version >= 3:
            with contextlib.suppress(Z3950Error, TimeoutError):
                async with asyncio.timeout(_CLOSE_PATIENCE_S):
                    await self._stream.send(self._origin.send(Close(CloseReason.FINISHED)))
                    while self._origin.state is not State.CLOSED:
                        await self._next()
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort()

    def abort(self) -> None:
        """Drop the connection at once."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    # ---- Init -------------------------------------------------------------------------------------------------------

    async def _initialize(self, implementation: str) -> None:
        request = InitializeRequest(
            protocol_version=_VERSIONS,
            options=_OPTIONS,
            preferred_message_size=_MESSAGE_BYTES,
            exceptional_record_size=_MESSAGE_BYTES,
            id_authentication=_authentication(self.target.credentials),
            implementation_name=implementation,
        )
        answer = await self._ask(request, InitializeResponse)
        self.server = ServerInfo(
            implementation_id=answer.implementation_id or "",
            name=answer.implementation_name or "",
            version=answer.implementation_version or "",
            protocol_version=max(answer.protocol_version & _VERSIONS, default=1) + 1,
            options=answer.options,
            preferred_message_size=answer.preferred_message_size,
            exceptional_record_size=answer.exceptional_record_size,
        )
        if not answer.result:
            raise InitRejected(_rejection(answer, self.target.credentials), phase="init")

    # ---- records ----------------------------------------------------------------------------------------------------

    async def _search(self, query: tuple[str, Any], count: int, syntax: str, element_set: str | None) -> SearchResponse:
        # Sets of any size up to the largest INTEGER all YAZ-based targets take return their first `count` records.
        elements = ("generic", element_set) if element_set and self._element_sets and count else None
        request = SearchRequest(
            small_set_upper_bound=count,
            large_set_lower_bound=_LARGEST_SET if count else 1,
            medium_set_present_number=count,
            replace_indicator=True,
            result_set_name=_RESULT_SET,
            database_names=tuple(self.target.database.split("+")),
            query=query,
            small_set_element_set_names=elements,
            medium_set_element_set_names=elements,
            preferred_record_syntax=syntax if count else None,
        )
        return await self._ask(request, SearchResponse)

    async def _fetch_rest(self, result: ResultSet, wanted: int, syntax: str, element_set: str | None) -> None:
        """Present until ``wanted`` records are there or the target gives no more."""
        if element_set and self._element_sets and _element_set_refused(result.records):
            self._element_sets = False
            result.records.clear()
        await self._refetch_large(result.records, wanted, syntax, element_set)
        while len(result.records) < wanted:
            start = len(result.records) + 1
            try:
                more = await self._present(start, wanted - len(result.records), syntax, element_set)
            except DiagnosticError as error:
                if not result.records:
                    raise
                result.note = f"only {len(result.records)} of {wanted} records came: {error.message}"
                return
            if not more:
                result.note = f"the target gave {len(result.records)} of {wanted} records and then none"
                return
            result.records.extend(more)

    async def _present(self, start: int, count: int, syntax: str, element_set: str | None) -> list[Fetched]:
        """One Present, repeated without the element set name when that is what the target refuses."""
        while True:
            elements = ("generic", element_set) if element_set and self._element_sets else None
            request = PresentRequest(_RESULT_SET, start, count, record_composition=("simple", elements) if elements else None, preferred_record_syntax=syntax)
            answer = await self._ask(request, PresentResponse)
            refusal = diagnostic_of(answer.records)
            records = self._read(answer.records, start)
            refused_whole = refusal is not None and refusal.condition in diagnostics.ELEMENT_SET_REFUSED - {14}
            if elements and (refused_whole or _element_set_refused(records)):
                self._element_sets = False
                continue
            if refusal is not None:
                raise self._failure(refusal, "present")
            return await self._refetch_large(records, count, syntax, element_set)

    async def _refetch_large(
        self, records: list[Fetched], count: int, syntax: str, element_set: str | None
    ) -> list[Fetched]:
        """Fetch alone what came as "record exceeds preferred message size" among others (diagnostic 16)."""
        if count == 1:
            return records
        for index, found in enumerate(records):
            if isinstance(found, SurrogateDiagnostic) and found.condition in diagnostics.RECORD_TOO_LARGE:
                with contextlib.suppress(DiagnosticError):
                    alone = await self._present(found.position, 1, syntax, element_set)
                    records[index] = alone[0] if alone else found
        return records

    def _read(self, records: tuple[str, Any] | None, start: int) -> list[Fetched]:
        return read_records(records, start, target=str(self.target))

    # ---- the exchange -----------------------------------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def _operation(self, phase: str, timeout_s: float) -> AsyncIterator[_Phase]:
        """Run one operation; anything that leaves an answer outstanding makes the connection unusable."""
        if not self.is_open:
            raise TargetClosed("the Z-association is not open", target=str(self.target), phase=phase)
        try:
            async with _deadline(self.target, phase, timeout_s) as named:
                yield named
        except DiagnosticError:
            raise
        except BaseException:
            self.abort()
            raise

    async def _ask(self, request: Apdu, answer_type: type[_Answer]) -> _Answer:
        assert self._stream is not None
        await self._stream.send(self._origin.send(request))
        answer = await self._next()
        if isinstance(answer, answer_type):
            return answer
        if isinstance(answer, Close):
            detail = f": {answer.diagnostic_information}" if answer.diagnostic_information else ""
            raise TargetClosed(f"the target closed the association ({answer.reason_name}){detail}")
        raise TargetClosed("the target closed the connection instead of answering")

    async def _next(self) -> Apdu | None:
        """Return the next APDU, None at end of file."""
        assert self._stream is not None
        while (event := self._origin.next_event()) is NEED_DATA:
            self._origin.receive_data(await self._stream.receive())
        if event is END:
            return None
        assert not isinstance(event, type(NEED_DATA))
        return event

    def _failure(self, refusal: DiagnosticError | None, phase: str) -> Z3950Error:
        if refusal is None:
            return DiagnosticError(
                "the target reports failure without a diagnostic", diagnostic_set="", condition=0, phase=phase
            )
        refusal.phase = phase
        return refusal


def _syntax_oid(syntax: str) -> str:
    """Return the dotted OID of a record syntax given by name or as a dotted OID."""
    if syntax in RECORD_SYNTAXES:
        return RECORD_SYNTAXES[syntax]
    if _DOTTED_OID.fullmatch(syntax):
        return syntax
    raise LocalProtocolError(f"record syntax {syntax!r} is not known; known are {', '.join(RECORD_SYNTAXES)}")


def _element_set_refused(records: list[Fetched]) -> bool:
    """Say whether there are records and every one of them is a diagnostic about the element set name."""
    return bool(records) and all(
        isinstance(found, DiagnosticError) and found.condition in diagnostics.ELEMENT_SET_REFUSED for found in records
    )


def _only_records_refused(refusal: DiagnosticError | None) -> bool:
    return refusal is not None and refusal.condition in (
        diagnostics.PIGGYBACK_REFUSED | diagnostics.SYNTAX_REFUSED | diagnostics.ELEMENT_SET_REFUSED
    )


def _authentication(credentials: Credentials | None) -> tuple[str, Any] | None:
    if credentials is None:
        return None
    if credentials.open is not None:
        return "open", credentials.open
    if credentials.anonymous:
        return "anonymous", None
    return "id_pass", IdPass(credentials.group, credentials.user, credentials.password)


def _rejection(answer: InitializeResponse, credentials: Credentials | None) -> str:
    """Say why Init was refused: what the target tells in the information fields, else what is most likely."""
    told = [value for unit in answer.other_info for kind, value in (unit.information,) if kind == "text"]
    if told:
        return f"the target refused the association: {'; '.join(told)}"
    if credentials is None:
        return "the target refused the association and gave no reason; it may ask for a user name and password"
    return "the target refused the association and gave no reason; the user name or password may be wrong"
