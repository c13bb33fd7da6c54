"""Warm connections: a second search at a target costs one round trip instead of three.

Decides how many associations a host and port gets from this process at once, which idle one is used again, when an
idle one is dropped, and when a target is left alone (`locate.z3950.breaker`). Refuses to know what is searched. Many
systems count an association as a licence, so a target has one at a time unless the caller says otherwise, and an idle
one is closed early; nothing is ever sent to keep it alive.

A connection is kept only when its last operation ended with its own answer or a diagnostic. After a fault, a timeout or
a cancellation it is dropped: what it would answer next belongs to an older request. A lease begins with a search or a
scan, so no result set of an earlier lease is ever seen.

Raises what the client raises, TargetSuspended for a target that did not answer lately, TargetTimeout when no
connection became free in time, and LocalProtocolError for a pool that is closed or of another event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from time import monotonic
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from locate.errors import DiagnosticError, LocalProtocolError, TargetClosed, TargetTimeout, Z3950Error
from locate.partner import Target
from locate.z3950.breaker import Breaker, BreakerPolicy, BreakerState
from locate.z3950.client import Connection, connect
from locate.z3950.facts import TargetFacts

__all__ = ["DEFAULT_IDLE_S", "Lease", "Pool"]

DEFAULT_IDLE_S = 60.0
_DEFAULT_TIMEOUT_S = 10.0
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class Pool:
    """The connections of one process and one event loop to any number of targets, and what was learned of them.

    ``idle_s`` seconds after its last use a connection is closed; 0 keeps none. ``facts`` is what was learned, by
    ``host:port/database``. Use it as ``async with Pool() as pool``, or `close` it; a pool that is left alone when its
    loop ends drops its connections without a word.
    """

    def __init__(self, *, idle_s: float = DEFAULT_IDLE_S, breaker: BreakerPolicy | None = None) -> None:
        self.facts: dict[str, TargetFacts] = {}
        self._idle_s = idle_s
        self._policy = breaker or BreakerPolicy()
        self._hosts: dict[tuple[str, int], _Host] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def lease(self, target: Target, *, limit: int = 1, timeout_s: float | None = None) -> Lease:
        """Return a lease of one connection to ``target``, to be entered with ``async with``.

        ``limit`` connections to its host and port may be open at once, leased and idle together; the first caller's
        limit counts. ``timeout_s`` seconds at most are waited for a free one, None without end.
        """
        key = target.host, target.port
        if key not in self._hosts:
            self._hosts[key] = _Host(limit, self._idle_s, Breaker(self._policy))
        return Lease(self, self._hosts[key], target, timeout_s)

    def export(self) -> dict[str, dict[str, Any]]:
        """Return what was learned, as plain data for JSON; targets with nothing to tell are left out."""
        told = {target: facts.to_dict() for target, facts in self.facts.items()}
        return {target: data for target, data in told.items() if data}

    def restore(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Take over what `export` gave an earlier process; what this one knows of a target already stays."""
        for target, told in data.items():
            self.facts.setdefault(target, TargetFacts.from_dict(told))

    def check_usable(self) -> None:
        """Raise LocalProtocolError when the pool is closed or belongs to another event loop than the running one."""
        loop = asyncio.get_running_loop()
        self._loop = self._loop or loop
        if self._loop is not loop:
            raise LocalProtocolError("these connections belong to another event loop; each loop needs its own pool")
        if self._closed:
            raise LocalProtocolError("the pool of connections is closed; make a new one")

    async def close(self, *, timeout_s: float = 1.0) -> None:
        """Close every idle connection politely, dropping what takes longer than ``timeout_s`` seconds.

        A connection that is leased is dropped when its lease ends. Closing twice does nothing more.
        """
        if self._closed:
            return
        self.check_usable()
        self._closed = True
        closing = [task for host in self._hosts.values() for task in host.close()]
        if closing:
            _, late = await asyncio.wait(closing, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()


class _Host:
    """One host and port: its seats, its connections that no lease has, and its breaker. A lease holds one seat."""

    def __init__(self, limit: int, idle_s: float, breaker: Breaker) -> None:
        self.limit = limit
        self.breaker = breaker
        self.seats = asyncio.Semaphore(limit)
        self.taken = 0
        self._idle_s = idle_s
        self._idle: dict[Connection, float] = {}  # when each is to be closed, the first one first
        self._closing: set[asyncio.Task[None]] = set()
        self._keeper: asyncio.Task[None] | None = None
        self._closed = False

    def take(self, target: Target) -> Connection | None:
        """Return the idle connection to ``target`` that was used last and is still alive."""
        for connection in reversed(tuple(self._idle)):
            if not connection.is_open:
                del self._idle[connection]
                connection.abort()
            elif connection.target == target:
                del self._idle[connection]
                return connection
        return None

    def give(self, connection: Connection) -> None:
        """Take back a connection that may be used again."""
        if self._closed:
            connection.abort()
        elif self._idle_s <= 0:
            self._retire(connection)
        else:
            self._idle[connection] = monotonic() + self._idle_s
            self._keeper = self._keeper or asyncio.get_running_loop().create_task(self._keep())

    async def make_room(self) -> None:
        """Close idle connections, longest idle first, until the holder of a seat may open one more."""
        while self.taken + len(self._idle) + len(self._closing) > self.limit:
            if not self._closing:
                self._retire(next(iter(self._idle)))
            await asyncio.wait(self._closing, return_when=asyncio.FIRST_COMPLETED)

    def close(self) -> set[asyncio.Task[None]]:
        """Keep nothing from now on; return the tasks that are closing connections."""
        self._closed = True
        if self._keeper is not None:
            self._keeper.cancel()
        for connection in tuple(self._idle):
            self._retire(connection)
        return set(self._closing)

    def _retire(self, connection: Connection) -> None:
        """Close a connection politely in the background; until then the target counts it, and so does `make_room`."""
        self._idle.pop(connection, None)
        task = asyncio.get_running_loop().create_task(_close(connection))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        task.add_done_callback(lambda _task: connection.abort())

    async def _keep(self) -> None:
        """Close each idle connection at its time. Cancelled, as when the loop ends, drop them all at once."""
        try:
            while self._idle:
                connection, close_at = next(iter(self._idle.items()))
                if (wait_s := close_at - monotonic()) > 0:
                    await asyncio.sleep(wait_s)
                else:
                    self._retire(connection)
        finally:
            self._keeper = None
            while self._idle:
                self._idle.popitem()[0].abort()


async def _close(connection: Connection) -> None:
    with contextlib.suppress(Z3950Error):
        await connection.close()


def _left_s(until: float) -> float:
    """Return the seconds until then, rounded for the messages they are told in."""
    return max(0.0, round(until - monotonic(), 3))  # in this order: -0.0 is not to be told


def _leased(
    operation: Callable[Concatenate[Connection, _Arguments], Awaitable[_Result]], *, begins: bool = False
) -> Callable[Concatenate[Lease, _Arguments], Coroutine[Any, Any, _Result]]:
    """Return a connection's ``operation`` as one of a lease, with the same arguments; ``begins`` when it may be first.

    Its ``timeout_s`` covers connecting too, where that is still to be done.
    """

    @functools.wraps(operation)
    async def method(lease: Lease, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        timeout_s = kwargs.get("timeout_s", _DEFAULT_TIMEOUT_S)
        assert isinstance(timeout_s, float | int)

        async def on(connection: Connection, left_s: float) -> _Result:
            kwargs["timeout_s"] = left_s
            return await operation(connection, *args, **kwargs)

        return await lease._operate(on, timeout_s, begins=begins)  # noqa: SLF001 - a part of the class, below

    return method


class Lease:
    """The right to one connection to a target, and the connection once there is one: warm, or opened when first needed.

    One operation at a time. Made by `Pool.lease`.
    """

    def __init__(self, pool: Pool, host: _Host, target: Target, timeout_s: float | None) -> None:
        self.target = target
        self.is_held = False
        self._pool = pool
        self._host = host
        self._timeout_s = timeout_s
        self._connection: Connection | None = None
        self._busy = False
        self._settled = True  # no answer is outstanding
        self._used = False  # an operation of this lease was answered on this connection
        self._warm = False
        self._trying = False  # this lease is the one attempt of a half-open breaker

    async def acquire(self) -> None:
        """Wait until one of the target's connections is free; nothing is opened yet.

        Raises TargetTimeout, and TargetSuspended, before the wait, for a target that is to be left alone.
        """
        self._pool.check_usable()
        if self.is_held or self._busy:
            raise LocalProtocolError("the lease is held already", target=str(self.target))
        now = monotonic()
        if self._host.breaker.is_suspended(now):
            raise self._host.breaker.suspension(now, str(self.target))
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._host.seats.acquire()
        except TimeoutError:
            message = f"no connection became free within {self._timeout_s:g} s; {self._host.limit} may be open at once"
            raise TargetTimeout(message, target=str(self.target), phase="lease") from None
        self._host.taken += 1
        self.is_held = True

    def release(self, *, keep: bool = True) -> None:
        """Let the next caller have the connection, or drop it unless ``keep``; without effect when that is done."""
        if not self.is_held:
            return
        self.is_held = False
        connection, self._connection = self._connection, None
        if connection is not None:
            if keep and self._settled:
                self._host.give(connection)
            else:
                connection.abort()
        self._end_trial()
        self._host.taken -= 1
        self._host.seats.release()

    async def __aenter__(self) -> Self:
        await self.acquire()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_exc: object) -> None:
        self.release(keep=kind is None or issubclass(kind, Exception))

    async def open(self, *, timeout_s: float = _DEFAULT_TIMEOUT_S) -> None:
        """Have an open connection, so that the next operation need not connect: the one there is, warm, or fresh.

        Raises TargetSuspended before anything is opened, and what `connect` raises.
        """
        self._check_held()
        if self._connection is not None and self._settled and self._connection.is_open:
            return
        self._drop()
        self._connection = self._host.take(self.target)
        self._settled = self._warm = self._connection is not None
        if self._connection is None:
            await self._connect(timeout_s)

    search = _leased(Connection.search, begins=True)
    scan = _leased(Connection.scan, begins=True)
    present = _leased(Connection.present)
    sort = _leased(Connection.sort)
    delete = _leased(Connection.delete)

    # ---- one operation ----------------------------------------------------------------------------------------------

    async def _operate(
        self, operation: Callable[[Connection, float], Awaitable[_Result]], timeout_s: float, *, begins: bool
    ) -> _Result:
        self._check_held()
        if self._busy:
            raise LocalProtocolError("a lease carries out one operation at a time", target=str(self.target))
        if not (begins or self._used):
            raise LocalProtocolError("a lease begins with a search or a scan", target=str(self.target))
        until = monotonic() + timeout_s
        self._busy = True
        try:
            if begins:
                await self.open(timeout_s=timeout_s)
            try:
                return await self._attempt(operation, until, timeout_s)
            except TargetClosed:
                if not self._warm or self._used or not self.is_held:
                    raise
            # The target closed while the connection lay idle, unnoticed until now: once, on a fresh one.
            self._drop()
            await self._connect(_left_s(until))
            return await self._attempt(operation, until, timeout_s)
        finally:
            self._busy = False

    async def _attempt(
        self, operation: Callable[[Connection, float], Awaitable[_Result]], until: float, timeout_s: float
    ) -> _Result:
        """Carry out an operation on the connection there is, and remember how it ended."""
        assert self._connection is not None
        self._settled = False
        try:
            result = await operation(self._connection, _left_s(until))
        except Z3950Error as error:
            self._settled = isinstance(error, DiagnosticError | LocalProtocolError)
            self._used = self._used or isinstance(error, DiagnosticError)
            self._judge(error, timeout_s, connecting=False)
            raise
        self._settled = self._used = True
        self._judge(None, timeout_s, connecting=False)
        return result

    async def _connect(self, timeout_s: float) -> None:
        """Open a fresh connection within ``timeout_s``, other connections giving way where the limit is reached."""
        now, breaker = monotonic(), self._host.breaker
        until = now + timeout_s
        if not self._trying and not breaker.admit(now):
            raise breaker.suspension(now, str(self.target))
        self._trying = breaker.state is BreakerState.HALF_OPEN
        try:
            async with asyncio.timeout(timeout_s):
                await self._host.make_room()
        except TimeoutError:
            message = f"no older connection was closed within {timeout_s:g} s"
            raise TargetTimeout(message, target=str(self.target), phase="lease") from None
        facts = self._pool.facts.setdefault(str(self.target), TargetFacts())
        left_s = _left_s(until)
        try:
            self._connection = await connect(self.target, timeout_s=left_s, facts=facts)
        except Z3950Error as error:
            self._judge(error, left_s, connecting=True)
            raise
        self._settled, self._used, self._warm = True, False, False
        if not self.is_held:
            self._drop()
            raise LocalProtocolError("the lease was released while it connected", target=str(self.target))

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        self._used = False
        if connection is not None:
            connection.abort()

    def _judge(self, fault: Z3950Error | None, waited_s: float, *, connecting: bool) -> None:
        if self._host.breaker.take(fault, monotonic(), waited_s=waited_s, connecting=connecting):
            self._trying = False

    def _end_trial(self) -> None:
        if self._trying:
            self._trying = False
            self._host.breaker.abandon()

    def _check_held(self) -> None:
        self._pool.check_usable()
        if not self.is_held:
            raise LocalProtocolError("the lease is not held: enter it first", target=str(self.target))
