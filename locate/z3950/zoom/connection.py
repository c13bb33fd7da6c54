"""A connection for scripts: connect, search, scan, sort, close, each waiting for its answer.

Decides when a connection is opened, opened anew, or given up. Calls from several threads wait for one another; for
searches side by side, use a connection for each thread. Raises ZoomError.
"""
# ruff: noqa: N815 - the names of options are those of the ZOOM binding

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, ClassVar, Self, TypeVar

from locate.errors import TargetClosed
from locate.partner import Credentials, Target, Tls
from locate.z3950.client import Connection as Client, ScanResult, connect
from locate.z3950.facts import TargetFacts
from locate.z3950.zoom.errors import Bib1Err, ClientNotImplError, ConnectionError, translated  # noqa: A004 - ZOOM's name
from locate.z3950.zoom.options import Checked
from locate.z3950.zoom.queries import Query, SortKey
from locate.z3950.zoom.results import ResultSet
from locate.z3950.zoom.scans import ScanSet
from locate.z3950.zoom.waiting import Loop, ProcessLock, call_soon, current_loop, wait_for

__all__ = ["Connection"]

_Result = TypeVar("_Result")
_NAMED_SETS_SUPPORTED = 14  # bit of Init's options
_MAX_PORT = 65_535


class Connection(Checked):
    """A connection to one target, opened at once unless ``connect`` is false. Options are keyword arguments, or
    attributes at any time; those of Init (user, password, group, charset, tls) count when the connection is opened.
    """

    _sent: ClassVar = frozenset({"databaseName", "preferredRecordSyntax", "elementSetName", "presentChunk", "timeout"})
    _of_init: ClassVar = frozenset({"user", "password", "group", "charset", "tls", "implementationName"})
    _of_scan: ClassVar = frozenset({"stepSize", "numberOfEntries", "responsePosition"})
    _told: ClassVar = frozenset(
        {
            *("host", "port", "namedResultSets", "errCode", "errMsg", "addtlInfo"),
            *("targetImplementationId", "targetImplementationName", "targetImplementationVersion"),
        }
    )
    _accepted: ClassVar = frozenset(  # PyZ3950 has them; the client decides them itself
        {
            *("smallSetUpperBound", "largeSetLowerBound", "mediumSetPresentNumber", "smallSetElementSetNames"),
            *("mediumSetElementSetNames", "maximumRecordSize", "preferredMessageSize", "lang"),
            *("implementationId", "implementationVersion"),
        }
    )
    _options = _sent | _of_init | _of_scan | _told | _accepted

    host: str
    port: int
    databaseName: str = "Default"
    preferredRecordSyntax: str = "USMARC"
    elementSetName: str | None = "F"
    presentChunk: int = 20
    timeout: float = 30.0
    user: str | None = None
    password: str | None = None
    group: str | None = None
    charset: str | None = None
    tls: Tls | bool | None = None
    implementationName: str = "zlocate"
    stepSize: int | None = None
    numberOfEntries: int = 20
    responsePosition: int = 1
    namedResultSets: bool = False
    targetImplementationId: str | None = None
    targetImplementationName: str | None = None
    targetImplementationVersion: str | None = None
    errCode: int = 0
    errMsg: str = ""
    addtlInfo: str = ""

    def __init__(self, host: str, port: int = 210, connect: object = True, **options: Any) -> None:  # noqa: FBT002
        self.host = host
        self.port = port
        self._lock = ProcessLock()
        self._client: Client | None = None
        self._loop: Loop | None = None
        self._finalizer = weakref.finalize(self, call_soon, None, int)  # drops the client, once there is one
        self._closed = False
        self._live = None
        self._facts = TargetFacts()
        self._set(options.items())
        if connect:
            self.connect()

    # ---- operations -------------------------------------------------------------------------------------------------

    def connect(self) -> None:
        """Open the connection unless it is open. Raises ConnectionError."""
        self._closed = False
        self._ask(_nothing)

    def search(self, query: Query) -> ResultSet:
        """Search, and fetch the first ``presentChunk`` records with the answer. Raises Bib1Err when it is refused."""
        found = ResultSet(self, query.query, self.databaseName)
        self._ask(lambda client: found._make(client, found._chunk))  # noqa: SLF001 - of one family
        return found

    def scan(self, query: Query) -> ScanSet:
        """Return ``numberOfEntries`` terms of the index around the one term of ``query``.

        ``responsePosition`` is where that term is to stand (1-based); ``stepSize`` terms are left out between two.
        """

        async def ask(client: Client) -> ScanResult:
            return await client.scan(
                query.query,
                count=self.numberOfEntries,
                step_size=self.stepSize,
                position=self.responsePosition,
                charset=self._charset,
                timeout_s=self.timeout,
            )

        return ScanSet(self._ask(ask))

    def sort(self, sets: Sequence[ResultSet], keys: Sequence[SortKey]) -> ResultSet:
        """Return a new result set with the records of the one in ``sets``, sorted by the target, first key first."""
        if len(sets) != 1:
            raise ClientNotImplError(f"one result set can be sorted at a time, not {len(sets)}")
        (source,) = sets
        order = tuple(key.for_client() for key in keys)
        found = ResultSet(self, source._tree, source._database, (*source._sorts, order))  # noqa: SLF001
        self._ask(lambda client: found._order(client, source), source._database)  # noqa: SLF001
        return found

    def close(self) -> None:
        """Close the connection; records that were fetched stay. `connect` opens it again."""
        self._closed = True
        with self._lock:
            client, self._client, self._live = self._client, None, None
            if client is not None and self._loop is current_loop():
                wait_for(client.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    # ---- the client -------------------------------------------------------------------------------------------------

    @property
    def _live(self) -> ResultSet | None:
        """The result set whose records the target's holds; None when nobody here has it any more."""
        return None if self._live_set is None else self._live_set()

    @_live.setter
    def _live(self, found: ResultSet | None) -> None:
        # A result set holds its connection: the way back is weak, so that both go as soon as nobody holds them.
        self._live_set = None if found is None else weakref.ref(found)

    @property
    def _charset(self) -> str | None:
        """The option ``charset``. Raises ClientNotImplError when no text can be written in it."""
        if self.charset is not None:
            try:
                "".encode(self.charset)
            except LookupError:
                raise ClientNotImplError(f"the charset {self.charset!r} is not known to Python") from None
        return self.charset

    def _ask(self, work: Callable[[Client], Awaitable[_Result]], database: str | None = None) -> _Result:
        """Carry out one operation, again on a fresh connection when the target had closed the old one meanwhile.

        ``database`` None means ``databaseName``.
        """

        async def operation() -> _Result:
            return await work(await self._opened(self.databaseName if database is None else database))

        with self._lock, self._remembering(), translated():
            if self._closed:
                raise ConnectionError("the connection was closed; connect() opens it again")
            warm = self._is_open()
            try:
                return wait_for(operation())
            except TargetClosed:
                if not warm:
                    raise
            return wait_for(operation())

    @contextlib.contextmanager
    def _remembering(self) -> Iterator[None]:
        """Keep the last diagnostic in the attributes that the ZOOM binding has for it."""
        try:
            yield
        except Bib1Err as error:
            self.errCode, self.errMsg, self.addtlInfo = error.condition, error.message, error.addtlInfo
            raise

    def _is_open(self) -> bool:
        # After a fork the background loop is another, and the socket belongs to the parent.
        return self._client is not None and self._client.is_open and self._loop is current_loop()

    async def _opened(self, database: str) -> Client:
        """Return the open client, connecting when there is none. Runs on the background loop."""
        if self._is_open() and self._client is not None:
            self._client.use_database(database)
            return self._client
        self._live = None
        self._client = client = await connect(
            self._target(database), timeout_s=self.timeout, implementation=self.implementationName, facts=self._facts
        )
        self._loop = current_loop()
        self._finalizer.detach()
        self._finalizer = weakref.finalize(self, call_soon, self._loop, client.abort)
        if client.server is not None:
            self.namedResultSets = _NAMED_SETS_SUPPORTED in client.server.options
            self.targetImplementationId = client.server.implementation_id
            self.targetImplementationName = client.server.name
            self.targetImplementationVersion = client.server.version
        return client

    def _target(self, database: str) -> Target:
        port = int(self.port)  # scripts take it from a file
        if not 0 <= port <= _MAX_PORT:
            raise ConnectionError(f"there is no port {port}; ports go up to {_MAX_PORT}")
        credentials = None
        if (self.user, self.password, self.group) != (None, None, None):
            credentials = Credentials(self.user, self.password, self.group)
        tls = Tls() if self.tls is True else self.tls or None
        return Target(self.host, port, database, credentials, tls, self._charset)


async def _nothing(_client: Client) -> None:
    """Ask nothing: the connection is there."""
