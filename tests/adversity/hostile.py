"""A scripted target that misbehaves: one asyncio server, and a script that says how each connection goes.

A script is an async function of a `Peer`, which reads the origin's APDUs and writes whatever octets it likes. When the
script returns the connection is closed. What is scripted stands here, ready made; the tests put the pieces together.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from locate.partner import Target
from locate.z3950.apdu import (
    Apdu,
    DefaultDiagFormat,
    External,
    InitializeRequest,
    InitializeResponse,
    NamePlusRecord,
    PresentRequest,
    PresentResponse,
    SearchRequest,
    SearchResponse,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.ber import Framer
from locate.z3950.oids import BIB1_DIAGNOSTICS, MARC21

__all__ = [
    "ACCEPT",
    "Catalog",
    "Habit",
    "HostileTarget",
    "Peer",
    "Script",
    "diagnostic",
    "eventually",
    "found",
    "hostile",
    "presented",
    "record",
    "stall",
    "surrogate",
]

ACCEPT = InitializeResponse(frozenset({0, 1, 2}), frozenset({0, 1, 14}), 1 << 20, 1 << 20, result=True)


class Peer:
    """The target's end of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, running: HostileTarget) -> None:
        self._reader = reader
        self._writer = writer
        self._framer = Framer()
        self._running = running

    async def ask(self) -> Apdu | None:
        """Return the origin's next APDU, None when it has gone."""
        while (pdu := self._framer.next_pdu()) is None:
            received = await self._reader.read(65536)
            if not received:
                return None
            self._framer.feed(received)
        apdu = decode_apdu(pdu)
        self._running.asked.append(apdu)
        if isinstance(apdu, SearchRequest):
            self._running.searched.set()
        return apdu

    async def answer(self, answer: Apdu | bytes, *, pieces: int = 0) -> None:
        """Send an APDU or raw octets; ``pieces`` above 0 sends that many octets at a time."""
        octets = answer if isinstance(answer, bytes) else encode_apdu(answer)
        size = pieces or max(len(octets), 1)
        for start in range(0, len(octets), size):
            self._writer.write(octets[start : start + size])
            await self._writer.drain()
            if pieces:
                await asyncio.sleep(0)

    def half_close(self) -> None:
        """Say that nothing more comes from this end; the other may go on."""
        self._writer.write_eof()

    def reset(self) -> None:
        """Drop the connection with a TCP reset."""
        found: socket.socket = self._writer.get_extra_info("socket")
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    def send_below_tls(self, octets: bytes) -> None:
        """Put octets on the wire under TLS, where only its records may stand."""
        found: socket.socket = self._writer.get_extra_info("socket")
        with socket.socket(fileno=os.dup(found.fileno())) as twin:
            twin.sendall(octets)

    async def exchange(self, *answers: Apdu | bytes) -> None:
        """Wait for one APDU before sending each of ``answers``."""
        for answer in answers:
            if await self.ask() is None:
                return
            await self.answer(answer)


Script = Callable[[Peer], Awaitable[None]]


@dataclass
class HostileTarget:
    """A running one: where to connect, every APDU that came so far, and whether a Search has come."""

    target: Target
    asked: list[Apdu] = field(default_factory=list)
    searched: asyncio.Event = field(default_factory=asyncio.Event)

    def presents(self) -> list[tuple[int, int]]:
        """Return (start, count) of every Present asked; start is 1-based."""
        return [
            (apdu.result_set_start_point, apdu.number_of_records_requested)
            for apdu in self.asked
            if isinstance(apdu, PresentRequest)
        ]

    def searches(self) -> list[int]:
        """Return how many records each Search asked for in its answer."""
        return [apdu.medium_set_present_number for apdu in self.asked if isinstance(apdu, SearchRequest)]


@contextlib.asynccontextmanager
async def hostile(script: Script, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[HostileTarget]:
    """Serve ``script`` on a free loopback port, over TLS with ``tls``.

    Every connection still open at the end is dropped.
    """
    running = HostileTarget(Target("127.0.0.1"))
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await script(Peer(reader, writer, running))
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    running.target = Target("127.0.0.1", server.sockets[0].getsockname()[1])
    try:
        yield running
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks)
        for _ in range(4):  # what is just being accepted comes about, and ends
            await asyncio.sleep(0)


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` holds; after five seconds it is an AssertionError."""
    for _ in range(5000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came about")


async def stall(_peer: Peer) -> None:
    """Accept, and never say anything."""
    await asyncio.Event().wait()


# ---- pieces of answers


def record(position: int) -> NamePlusRecord:
    """Return a record whose bytes say at which position it stands."""
    return NamePlusRecord(("retrieval", External(MARC21, None, ("octets", b"record %d" % position))), "Default")


def _diagnosis(condition: int, addinfo: str) -> DefaultDiagFormat:
    return DefaultDiagFormat(BIB1_DIAGNOSTICS, condition, ("v2", addinfo))


def surrogate(condition: int, addinfo: str = "") -> NamePlusRecord:
    """Return a surrogate diagnostic."""
    return NamePlusRecord(("surrogate", _diagnosis(condition, addinfo)), "Default")


def _response(records: tuple[NamePlusRecord, ...]) -> tuple[str, Any] | None:
    return ("response", records) if records else None


def found(hits: int, *records: NamePlusRecord) -> SearchResponse:
    """Return a SearchResponse with ``records`` in it."""
    count = len(records)
    return SearchResponse(hits, count, count + 1, search_status=True, records=_response(records))


def presented(*records: NamePlusRecord, status: int = 0) -> PresentResponse:
    """Return a PresentResponse with ``records`` in it."""
    return PresentResponse(len(records), 0, status, records=_response(records))


def diagnostic(
    answer: type[SearchResponse | PresentResponse], condition: int, addinfo: str = ""
) -> SearchResponse | PresentResponse:
    """Return a failure with a non-surrogate diagnostic."""
    records = ("diagnostic", _diagnosis(condition, addinfo))
    if answer is SearchResponse:
        return SearchResponse(0, 0, 0, search_status=False, result_set_status=3, records=records)
    return PresentResponse(0, 0, 5, records=records)


# ---- a target with records and one bad habit

Habit = Callable[[SearchRequest | PresentRequest], Apdu | None]


class Catalog:
    """A script: a target with ``hits`` records that behaves, except where ``habit`` gives an answer of its own.

    ``habit`` gets each Search and Present; None lets the catalog answer. ``per_answer`` caps the records of one answer,
    0 in a Search meaning none at all; the rest is then partial-2.
    """

    def __init__(self, hits: int, habit: Habit = lambda _request: None, *, per_answer: int = 1000) -> None:
        self._hits = hits
        self._habit = habit
        self._per_answer = per_answer

    async def __call__(self, peer: Peer) -> None:
        """Serve one connection."""
        while (request := await peer.ask()) is not None:
            if isinstance(request, InitializeRequest):
                await peer.answer(ACCEPT)
            elif isinstance(request, SearchRequest):
                count = min(request.medium_set_present_number, self._hits, self._per_answer)
                plain: Apdu = found(self._hits, *(record(position) for position in range(1, count + 1)))
                await peer.answer(self._habit(request) or plain)
            elif isinstance(request, PresentRequest):
                await peer.answer(self._habit(request) or self._present(request))
            else:
                await peer.answer(request)

    def _present(self, request: PresentRequest) -> PresentResponse:
        start = request.result_set_start_point
        count = min(request.number_of_records_requested, self._per_answer)
        records = [record(position) for position in range(start, start + count)]
        return presented(*records, status=2 if count < request.number_of_records_requested else 0)
