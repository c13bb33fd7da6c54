"""The embedded target: serves catalogs over TCP as a real Z39.50 server, for demos, tests and emulating a partner.

The asyncio shell around `TargetSession`, which turns received bytes into answers without IO. Decides how many
connections there are, how long a silent one lives, and when an answer is sent. Refuses to know what is asked. Raises
ConfigurationError when the address cannot be listened on; faults of a connection end that connection and nothing else.
That the system has no room for another one is logged, once.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Protocol, Self, cast

from locate.errors import ConfigurationError, Problem
from locate.z3950.apdu import CloseReason
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.rendering import RecordCache
from locate.z3950.target.server_options import ServerOptions, tls_context
from locate.z3950.target.session import TargetSession

__all__ = [
    "Server",
    "ServerOptions",
    "Session",
    "TargetSession",
    "ThreadedServer",
    "serve",
    "serve_sessions",
    "tls_context",
]

_LINGER_S = 1.0
_ROUNDS_OF_AN_ACCEPT = 4  # of asyncio's loop, from a connection accepted to its protocol having been told, and lost
_START_DEADLINE_S = 10.0
_NO_ROOM = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_BACKLOG = 2048  # connections that the system holds until they are accepted


class Session(Protocol):
    """What answers on a connection: the face of TargetSession."""

    @property
    def delay_s(self) -> float:
        """Seconds that the answer just taken is to wait."""

    @property
    def finished(self) -> bool:
        """True when the connection is to be closed once the answers are sent."""

    def receive_data(self, data: bytes) -> None:
        """Add received bytes; empty means end of file."""

    def next_answer(self) -> bytes | None:
        """Return the next APDU to send, or None when there is none yet."""

    def close(self, reason: int) -> bytes:
        """Return the Close that ends the association from this side; empty when it is over already."""


class _Connection(asyncio.Protocol):
    """One connection: feeds a session, and sends its answers when they are due.

    While an answer waits for its time, or the origin does not read, nothing more is read from the origin.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._options = server.options
        self._loop = asyncio.get_running_loop()
        self._session: Session | None = None
        self._due: asyncio.TimerHandle | None = None  # sends the answer that waits
        self._watch: asyncio.TimerHandle | None = None  # ends the connection when nothing happens
        self._paused = False
        self._ending = False
        self._active_at = 0.0

    # ---- what the event loop says -----------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if not self._server.enter(self):
            self._transport.abort()
            return
        if not self._options.accept_then_silent:
            self._session = self._server.new_session(self)
            self._active_at = self._loop.time()
            self._watch = self._loop.call_later(self._patience_s, self._check_activity)

    def data_received(self, data: bytes) -> None:
        if self._session is None or self._ending:
            return
        self._active_at = self._loop.time()
        self._session.receive_data(data)
        self._answer()

    def eof_received(self) -> bool:
        if self._session is not None and not self._ending:
            self._session.receive_data(b"")
            self._answer()
            return not self._ending
        return False  # which closes the transport

    def pause_writing(self) -> None:
        self._paused = True

    def resume_writing(self) -> None:
        self._paused = False
        self._active_at = self._loop.time()
        self._answer()

    def connection_lost(self, _error: Exception | None) -> None:
        for timer in (self._due, self._watch):
            if timer is not None:
                timer.cancel()
        self._session = None
        self._server.leave(self)

    # ---- answers ----------------------------------------------------------------------------------------------------

    def _answer(self) -> None:
        """Send what can be sent now."""
        session = self._session
        if session is None or self._due is not None or self._ending:
            return
        while not self._paused and (answer := session.next_answer()) is not None:
            if session.delay_s:
                self._transport.pause_reading()
                self._due = self._loop.call_later(session.delay_s, self._send_late, answer)
                return
            self._transport.write(answer)
        if self._paused:
            self._transport.pause_reading()
        elif session.finished:
            self._end()
        else:
            self._transport.resume_reading()

    def _send_late(self, answer: bytes) -> None:
        self._due = None
        self._active_at = self._loop.time()
        self._transport.write(answer)
        self._answer()

    # ---- the end ----------------------------------------------------------------------------------------------------

    @property
    def _patience_s(self) -> float:
        habits = self._options.emulation
        idle_s = habits.close_when_idle_s if habits else None
        return self._options.idle_timeout_s if idle_s is None else min(idle_s, self._options.idle_timeout_s)

    def _check_activity(self) -> None:
        left_s = self._active_at + self._patience_s - self._loop.time()
        if self._due is not None:
            left_s = self._patience_s
        if left_s > 0:
            self._watch = self._loop.call_later(left_s, self._check_activity)
        elif self._paused:
            self.abort()
        else:
            habits = self._options.emulation
            if self._session is not None and (habits is None or habits.close_when_idle_s is None):
                self._transport.write(self._session.close(CloseReason.LACK_OF_ACTIVITY))
            self._end()

    def _end(self) -> None:
        """Close once the origin has closed too, or has had its time to.

        A socket closed with bytes unread is reset, and the origin would lose the last answer.
        """
        self._ending = True
        if self._watch is not None:
            self._watch.cancel()
        if not self._transport.can_write_eof():  # TLS
            self._transport.close()
            return
        self._transport.write_eof()
        self._transport.resume_reading()
        self._watch = self._loop.call_later(_LINGER_S, self.abort)

    def abort(self) -> None:
        """Drop the connection."""
        self._transport.abort()


class Server:
    """A listening target, as `serve` gives it; ``host`` and ``port`` say where."""

    def __init__(
        self,
        databases: Mapping[str, Catalog],
        options: ServerOptions,
        sessions: Callable[[], Session] | None = None,
    ) -> None:
        self.host = ""
        self.port = 0
        self.options = options
        self._databases = dict(databases)
        self._sessions = sessions
        self._cache = RecordCache()
        self._connections: set[_Connection] = set()
        self._admitted: set[_Connection] = set()  # those that an emulated target has room for
        self._ended: deque[float] = deque()  # when sessions ended that are still counted
        self._listener: asyncio.Server | None = None
        self._told_of_no_room = False

    @property
    def connections(self) -> int:
        """The number of connections there are now."""
        return len(self._connections)

    async def serve_forever(self) -> None:
        """Wait until cancelled."""
        await asyncio.get_running_loop().create_future()

    async def _listen(self, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        try:
            self._listener = await loop.create_server(
                lambda: _Connection(self), host, port, ssl=self.options.tls, backlog=_BACKLOG
            )
        except OSError as error:
            number = error.errno or 0  # negative for a name that is not known, whose text is not strerror's
            reason = os.strerror(number) if number > 0 else error.strerror or str(error)
            if number == errno.EADDRINUSE:
                reason += "; give another port, or 0 for a free one"
            raise ConfigurationError([Problem("port", f"cannot listen on {host}:{port}: {reason}")]) from None
        self.host, self.port = self._listener.sockets[0].getsockname()[:2]
        if loop.get_exception_handler() is None:
            loop.set_exception_handler(self._on_loop_error)

    async def _stop(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.get_exception_handler() == self._on_loop_error:
            loop.set_exception_handler(None)
        if self._listener is not None:
            self._listener.close()
        for _ in range(_ROUNDS_OF_AN_ACCEPT):
            for connection in list(self._connections):
                connection.abort()
            await asyncio.sleep(0)  # the loop tells them that they are lost, and brings those just being accepted

    def _on_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log once what asyncio says thousands of times a second, each with a traceback, while it cannot accept."""
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in _NO_ROOM and "accept" in context["message"]):
            loop.default_exception_handler(context)
        elif not self._told_of_no_room:
            self._told_of_no_room = True
            reason = f"{os.strerror(error.errno)}; end some connections, or raise the limit of open files (ulimit -n)"
            logging.getLogger(__name__).error("connections wait to be accepted: %s", reason)

    # ---- for its connections ----------------------------------------------------------------------------------------

    def enter(self, connection: _Connection) -> bool:
        """Let a connection in, unless there are too many."""
        if len(self._connections) >= self.options.max_connections:
            return False
        self._connections.add(connection)
        return True

    def new_session(self, connection: _Connection) -> Session:
        """Return the session of a connection; one beyond an emulated target's maximum is told that it is."""
        if self._sessions is not None:
            return self._sessions()
        has_room = self._has_room()
        if has_room:
            self._admitted.add(connection)
        return TargetSession(self._databases, self.options, cache=self._cache, full=not has_room)

    def _has_room(self) -> bool:
        habits = self.options.emulation
        if habits is None or habits.max_sessions is None:
            return True
        now = asyncio.get_running_loop().time()
        while self._ended and self._ended[0] + habits.session_linger_s <= now:
            self._ended.popleft()
        return len(self._admitted) + len(self._ended) < habits.max_sessions

    def leave(self, connection: _Connection) -> None:
        """Forget a connection, though an emulated target counts a session that it let in for a while."""
        self._connections.discard(connection)
        habits = self.options.emulation
        if connection in self._admitted:
            self._admitted.discard(connection)
            if habits is not None and habits.max_sessions is not None and habits.session_linger_s:
                self._ended.append(asyncio.get_running_loop().time())


@contextlib.asynccontextmanager
async def serve(
    databases: Mapping[str, Catalog],
    host: str = "127.0.0.1",
    port: int = 0,
    options: ServerOptions | None = None,
) -> AsyncIterator[Server]:
    """Serve catalogs by database name inside the block; ``port`` 0 takes a free one, told by the server's ``port``.

    Leaving the block drops every connection. Raises ConfigurationError when the address cannot be listened on.
    """
    async with _listening(Server(databases, options or ServerOptions()), host, port) as server:
        yield server


@contextlib.asynccontextmanager
async def serve_sessions(
    sessions: Callable[[], Session], host: str = "127.0.0.1", port: int = 0, options: ServerOptions | None = None
) -> AsyncIterator[Server]:
    """Serve whatever ``sessions`` gives, called once a connection; all else as in `serve`."""
    async with _listening(Server({}, options or ServerOptions(), sessions), host, port) as server:
        yield server


@contextlib.asynccontextmanager
async def _listening(server: Server, host: str, port: int) -> AsyncIterator[Server]:
    await server._listen(host, port)  # noqa: SLF001 - a factory of the same module
    try:
        yield server
    finally:
        await server._stop()  # noqa: SLF001


class ThreadedServer:
    """The same target in a thread of its own, for callers without an event loop.

    ``with ThreadedServer({"Default": catalog}) as server`` listens at ``server.host``:``server.port`` inside the block.
    """

    def __init__(
        self,
        databases: Mapping[str, Catalog],
        host: str = "127.0.0.1",
        port: int = 0,
        options: ServerOptions | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self._databases = databases
        self._options = options
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._failure: ConfigurationError | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="z3950-target", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(_START_DEADLINE_S):
            raise ConfigurationError([Problem("", f"the target did not start within {_START_DEADLINE_S:g} s")])
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        try:
            async with serve(self._databases, self.host, self.port, self._options) as server:
                self.host, self.port = server.host, server.port
                self._ready.set()
                await self._stop.wait()
        except ConfigurationError as error:
            self._failure = error
            self._ready.set()
