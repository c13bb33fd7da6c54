"""The embedded target: serves catalogs over TCP as a real Z39.50 server, for demos, tests and emulating a partner.

The asyncio shell around `TargetSession`, which turns received bytes into answers without IO. Decides how many
connections there are and how long a silent one lives. Refuses to know what is asked. Raises ConfigurationError when
the address cannot be listened on; faults of a connection end that connection and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from locate.errors import ConfigurationError, LocalProtocolError, Problem, RemoteProtocolError
from locate.partner import Credentials
from locate.z3950.apdu import Close, CloseReason, encode_apdu
from locate.z3950.catalog import Catalog
from locate.z3950.protocol import Signal, State, TargetSide
from locate.z3950.responder import Responder, ServiceLimits

__all__ = ["Server", "ServerOptions", "TargetSession", "ThreadedServer", "serve"]

_READ_BYTES = 65536
_LINGER_S = 1.0
_START_DEADLINE_S = 10.0


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """How a target serves. ``credentials`` None lets everyone in.

    ``max_connections`` at once, further ones are dropped; ``idle_timeout_s`` seconds without a request, or without
    the origin reading an answer, end a connection; ``max_pdu_bytes`` bounds a request, ``limits`` the answers. To
    emulate faults: ``delay_s`` waits so many seconds before each answer; ``accept_then_silent`` never answers.
    """

    credentials: Credentials | None = None
    max_connections: int = 100
    idle_timeout_s: float = 300.0
    max_pdu_bytes: int = 1024 * 1024
    limits: ServiceLimits = field(default_factory=ServiceLimits)
    delay_s: float = 0.0
    accept_then_silent: bool = False


class TargetSession:
    """One Z-association of the target without IO: give it bytes, take answers until None.

    ``finished`` turns True when the connection is to be closed once the answers are sent.
    """

    def __init__(self, databases: Mapping[str, Catalog], options: ServerOptions | None = None) -> None:
        chosen = options or ServerOptions()
        self.finished = False
        self._side = TargetSide(max_pdu_bytes=chosen.max_pdu_bytes)
        self._responder = Responder(databases, credentials=chosen.credentials, limits=chosen.limits)

    def receive_data(self, data: bytes) -> None:
        """Add received bytes; empty means end of file."""
        self._side.receive_data(data)

    def next_answer(self) -> bytes | None:
        """Return the answer to the next request, or None when there is none yet or the session is finished.

        What breaks the protocol is answered by a Close with reason 6.
        """
        if self.finished:
            return None
        try:
            request = self._side.next_event()
        except RemoteProtocolError as error:
            self.finished = True
            return encode_apdu(Close(CloseReason.PROTOCOL_ERROR, error.message))
        if isinstance(request, Signal):
            self.finished = request is Signal.END
            return None
        answer = self._side.send(self._responder.answer(request))
        self.finished = self._side.state in {State.REJECTED, State.CLOSED}
        return answer

    def close(self, reason: int) -> bytes:
        """Return the Close that ends the association from this side; empty when it is over already."""
        self.finished = True
        try:
            return self._side.send(Close(reason))
        except LocalProtocolError:
            return b""


class Server:
    """A listening target, as `serve` gives it; ``host`` and ``port`` say where."""

    def __init__(self, databases: Mapping[str, Catalog], options: ServerOptions) -> None:
        self.host = ""
        self.port = 0
        self._databases = dict(databases)
        self._options = options
        self._connections: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Server | None = None

    async def serve_forever(self) -> None:
        """Wait until cancelled."""
        await asyncio.get_running_loop().create_future()

    async def _listen(self, host: str, port: int) -> None:
        try:
            self._listener = await asyncio.start_server(self._accept, host, port)
        except OSError as error:
            number = error.errno or 0  # negative for a name that is not known, whose text is not strerror's
            reason = os.strerror(number) if number > 0 else error.strerror or str(error)
            raise ConfigurationError([Problem("port", f"cannot listen on {host}:{port}: {reason}")]) from None
        self.host, self.port = self._listener.sockets[0].getsockname()[:2]

    async def _stop(self) -> None:
        if self._listener is not None:
            self._listener.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._connections) >= self._options.max_connections:
            writer.transport.abort()
            return
        task = asyncio.get_running_loop().create_task(self._connection(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self._options.accept_then_silent:
                await _swallow(reader)
            else:
                await self._converse(reader, writer)
            # A socket closed with bytes unread is reset, and the origin would lose the last answer.
            async with asyncio.timeout(_LINGER_S):
                writer.write_eof()
                await _swallow(reader)
        except OSError:  # TimeoutError included: the origin is gone, or does not read what it asked for
            pass
        finally:
            writer.transport.abort()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = TargetSession(self._databases, self._options)
        while not session.finished:
            try:
                async with asyncio.timeout(self._options.idle_timeout_s):
                    data = await reader.read(_READ_BYTES)
            except TimeoutError:
                writer.write(session.close(CloseReason.LACK_OF_ACTIVITY))
                return
            session.receive_data(data)
            while (answer := session.next_answer()) is not None:
                if self._options.delay_s:
                    await asyncio.sleep(self._options.delay_s)
                writer.write(answer)
                async with asyncio.timeout(self._options.idle_timeout_s):
                    await writer.drain()


async def _swallow(reader: asyncio.StreamReader) -> None:
    while await reader.read(_READ_BYTES):
        pass


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
    server = Server(databases, options or ServerOptions())
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
