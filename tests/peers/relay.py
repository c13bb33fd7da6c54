"""A TCP relay that makes a near target a far one: it delays what passes through it and counts round trips."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from time import monotonic

__all__ = ["Relay", "relay"]

_READ_BYTES = 65536


@dataclass
class Relay:
    """A running relay: where to connect, and what went through it so far.

    ``rtt_s`` seconds is what a round trip takes from now on. A round trip is a new connection, or something sent by
    the origin that the target answered. ``peak`` connections at most were open at once.
    """

    rtt_s: float
    port: int = 0
    connections: int = 0
    exchanges: int = 0
    open: int = 0
    peak: int = 0

    @property
    def round_trips(self) -> int:
        """How often the origin had to wait for the way there and back."""
        return self.connections + self.exchanges


@contextlib.asynccontextmanager
async def relay(host: str, port: int, *, rtt_s: float = 0.0) -> AsyncIterator[Relay]:
    """Relay a free loopback port to ``host``:``port``; a round trip takes ``rtt_s`` seconds.

    The origin's first octets wait for a whole round trip more: the handshake, which no relay can delay.
    """
    line = Relay(rtt_s)
    tasks: set[asyncio.Task[None]] = set()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        line.connections += 1
        line.open += 1
        line.peak = max(line.peak, line.open)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await _carry(line, (reader, writer), await asyncio.open_connection(host, port))
        finally:
            line.open -= 1
            tasks.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks)


_Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _carry(line: Relay, origin: _Ends, target: _Ends) -> None:
    """Carry octets both ways until either end is finished."""
    asked = False

    def outward() -> None:
        nonlocal asked
        asked = True

    def homeward() -> None:
        nonlocal asked
        line.exchanges += asked
        asked = False

    handshake_until = monotonic() + line.rtt_s
    there = asyncio.create_task(_one_way(line, origin[0], target[1], outward, not_before=handshake_until))
    back = asyncio.create_task(_one_way(line, target[0], origin[1], homeward))
    try:
        await asyncio.wait((there, back), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (there, back):
            task.cancel()
        await asyncio.gather(there, back, return_exceptions=True)
        target[1].transport.abort()


async def _one_way(
    line: Relay,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    passed: Callable[[], None],
    *,
    not_before: float = 0.0,
) -> None:
    """Carry octets one way until their end, each half a round trip after it was sent; none before ``not_before``."""
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        while True:
            due, data = await under_way.get()
            if (wait_s := due - monotonic()) > 0:
                await asyncio.sleep(wait_s)
            if not data:
                return
            passed()
            writer.write(data)
            await writer.drain()

    delivering = asyncio.create_task(deliver())
    try:
        data = b"-"
        while data:
            data = await reader.read(_READ_BYTES)
            under_way.put_nowait((max(monotonic(), not_before) + line.rtt_s / 2, data))
        await delivering
    finally:
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)
