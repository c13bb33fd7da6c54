"""The asyncio shell of a probe: carries out its actions over one connection at a time, and measures them.

Decides nothing but time: a deadline for each operation and for the whole, a pause between actions. A fault is handed
to the probe, never raised. A probe can be cancelled: its connection is dropped at once.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import Any, Literal

from locate.errors import LocateError, TargetTimeout
from locate.probe.actions import Action, Connect, Delete, Present, Reply, Scan, Search
from locate.probe.core import Probe
from locate.probe.findings import ProbeReport
from locate.z3950.apdu import Apdu, PresentResponse, SearchRequest, SearchResponse
from locate.z3950.client import Connection, connect
from locate.z3950.protocol import Observer

__all__ = ["run_probe"]

Progress = Callable[[str, int], None]
_SCANNED_TERMS = 5


async def run_probe(
    probe: Probe,
    *,
    timeout_s: float = 10.0,
    total_s: float = 180.0,
    pause_s: float = 0.0,
    observer: Observer | None = None,
    progress: Progress | None = None,
) -> ProbeReport:
    """Carry out ``probe`` and return its report; never raises for anything the target does.

    ``timeout_s`` bounds each operation, ``total_s`` all of it, after which what is left counts as not tried;
    ``pause_s`` is waited before each action. ``observer`` is told of every PDU; ``progress`` of what is under way and
    how many searches have been sent.
    """
    drive = _Drive(probe, timeout_s, observer)
    begun = monotonic()
    over = f"the time allowed ({total_s:g} s) is over"
    try:
        while (action := probe.next_action()) is not None:
            left_s = begun + total_s - monotonic()
            if left_s <= 0:
                probe.stop(over)
                probe.take(Reply(skipped=over))
                continue
            if progress is not None:
                progress(probe.doing, probe.searches)
            reply = await drive.carry_out(action, left_s)
            if isinstance(reply.error, TargetTimeout) and left_s < timeout_s and not isinstance(action, Connect):
                probe.stop(over)  # cut short on this side: no fault of the target's
                reply = replace(reply, error=None, skipped=over)
            probe.take(reply)
            if pause_s:
                await asyncio.sleep(pause_s)
    finally:
        await drive.close()
    return probe.report(monotonic() - begun)


class _Drive:
    """The connection of a probe, and what passes over it during one action."""

    def __init__(self, probe: Probe, timeout_s: float, observer: Observer | None) -> None:
        self._probe = probe
        self._timeout_s = timeout_s
        self._observer = observer
        self._connection: Connection | None = None
        self._searches = 0
        self._sizes: list[int] = []
        self._first_sent: float | None = None

    async def carry_out(self, action: Action, left_s: float) -> Reply:
        """Return what became of an action, within ``left_s`` seconds."""
        self._searches, self._sizes, self._first_sent = 0, [], None
        timeout_s = min(self._timeout_s, left_s)
        begun = monotonic()
        result, error = None, None
        times: list[tuple[str, float]] = []
        try:
            if isinstance(action, Connect):
                result = await self._open(timeout_s, times)
            else:
                result = await self._ask(action, timeout_s)
        except LocateError as fault:
            error = fault
        return Reply(
            result,
            error,
            elapsed_s=monotonic() - begun,
            times=tuple(times),
            searches=self._searches,
            sizes=tuple(self._sizes),
        )

    async def close(self) -> None:
        """Close the connection politely; at once when the probe was cancelled meanwhile."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            await connection.close()
        finally:
            connection.abort()

    async def _open(self, timeout_s: float, times: list[tuple[str, float]]) -> Any:
        if self._connection is not None:
            self._connection.abort()
            self._connection = None
        target = self._probe.target
        if not _is_address(target.host):
            times.append(("name lookup", await _look_up(target.host, target.port, timeout_s)))
        begun = monotonic()
        self._connection = await connect(target, timeout_s=timeout_s, facts=self._probe.facts, observer=self._observe)
        sent = self._first_sent or begun
        times.append(("TCP and TLS" if target.tls else "TCP", sent - begun))
        times.append(("Init", monotonic() - sent))
        return self._connection.server

    async def _ask(self, action: Action, timeout_s: float) -> Any:
        connection = self._connection
        assert connection is not None, "a probe connects first"
        if isinstance(action, Search):
            return await connection.search(
                action.query,
                count=action.count,
                syntax=action.syntax,
                element_set=action.element_set,
                charset=action.charset,
                result_set=action.result_set,
                timeout_s=timeout_s,
            )
        if isinstance(action, Present):
            return await connection.present(
                action.start,
                action.count,
                syntax=action.syntax,
                element_set=action.element_set,
                result_set=action.result_set,
                timeout_s=timeout_s,
            )
        if isinstance(action, Scan):
            return await connection.scan(action.term, count=_SCANNED_TERMS, charset=action.charset, timeout_s=timeout_s)
        if isinstance(action, Delete):
            return await connection.delete(action.name, timeout_s=timeout_s)
        assert not isinstance(action, Connect)
        return await connection.sort([action.key], timeout_s=timeout_s)

    def _observe(self, direction: Literal["sent", "received"], pdu: bytes, apdu: Apdu | None) -> None:
        if direction == "sent" and self._first_sent is None:
            self._first_sent = monotonic()
        if isinstance(apdu, SearchRequest):
            self._searches += 1
        elif isinstance(apdu, SearchResponse | PresentResponse):
            self._sizes.append(apdu.number_of_records_returned)
        if self._observer is not None:
            self._observer(direction, pdu, apdu)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def _look_up(host: str, port: int, timeout_s: float) -> float:
    """Return the seconds that a name lookup takes; that it fails is for the connection to say."""
    begun = monotonic()
    try:
        async with asyncio.timeout(timeout_s):
            await asyncio.get_running_loop().getaddrinfo(host, port)
    except OSError:  # TimeoutError included
        pass
    return monotonic() - begun
