"""The client at a replayed trace finds what it found at the target."""

from __future__ import annotations

import io
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from locate.errors import DiagnosticError, LocateError, TargetClosed, TargetTimeout
from locate.partner import Target
from locate.z3950.client import Connection, SortKey, connect
from locate.z3950.protocol import Observer
from locate.z3950.replay import Recording, ReplaySession
from locate.z3950.target.server import Server, ServerOptions, serve, serve_sessions
from locate.z3950.trace import TraceWriter, read_trace
from tests.z3950.made_up import marc_catalog, opac_catalog
from tests.z3950.recording import told

TIMEOUT_S = 5.0


async def recorded(server: Server, database: str, ask: Callable[[Connection], Awaitable[object]]) -> tuple[object, str]:
    """Return what ``ask`` found at a server's database, and the trace of it."""
    stream = io.StringIO()
    writer = TraceWriter(stream, f"{server.host}:{server.port}/{database}", time.monotonic)
    try:
        found = await at(server, database, ask, writer)
    except LocateError as error:
        writer.fault(error)
        raise
    return found, stream.getvalue()


async def at(
    server: Server, database: str, ask: Callable[[Connection], Awaitable[object]], observer: Observer | None = None
) -> object:
    """Return what ``ask`` finds at a server's database."""
    target = Target(server.host, server.port, database)
    async with await connect(target, timeout_s=TIMEOUT_S, observer=observer) as connection:
        return await ask(connection)


async def everything(connection: Connection) -> list[object]:
    """Ask for all that a client can ask for."""
    found: list[object] = [told(await connection.search("@attr 1=4 river", count=2))]
    found.append([told(each) for each in await connection.present(2, 3, syntax="xml")])
    found.append(told(await connection.search("@attr 1=9 99012345", syntax="sutrs", element_set=None)))
    found.append(await connection.scan("@attr 1=4 river", count=3, position=2))
    await connection.search("@attr 1=4 river", count=0)
    found.append(await connection.sort([SortKey("title", descending=True)]))
    found.append([told(each) for each in await connection.present(1, 4)])
    with pytest.raises(DiagnosticError) as caught:
        await connection.search("@attr 1=9999 x")
    found.append(str(caught.value).partition(" (search)")[2])
    found.append(await connection.delete())
    return found


@pytest.mark.parametrize("database", ["Default", "Held"])
async def test_the_same_calls_find_the_same(tmp_path: Path, database: str) -> None:
    """Searches, records in three syntaxes, terms, a sorted set and a diagnostic come again as they came."""
    databases = {"Default": marc_catalog(tmp_path), "Held": opac_catalog(tmp_path)}
    async with serve(databases) as server:
        found, text = await recorded(server, database, everything)
    recording = Recording(read_trace(text))
    async with serve_sessions(lambda: ReplaySession(recording)) as replaying:
        for _ in range(2):
            assert await at(replaying, database, everything) == found


async def test_a_hang_up_comes_again(tmp_path: Path) -> None:
    """A client that was hung up on finds itself hung up on, not waiting."""
    async with serve({"Default": marc_catalog(tmp_path)}) as server:
        _, text = await recorded(server, "Default", lambda connection: connection.search("river"))
    cut = text[: text.index("\n\n<", text.index("> ", text.index("SearchRequest") - 40))] + "\n"
    recording = Recording(read_trace(cut))
    async with serve_sessions(lambda: ReplaySession(recording)) as replaying:
        with pytest.raises(TargetClosed):
            await at(replaying, "Default", lambda connection: connection.search("river"))


async def test_a_timeout_comes_again() -> None:
    """A client that waited in vain waits in vain again."""
    stream = io.StringIO()
    async with serve({}, options=ServerOptions(accept_then_silent=True)) as server:
        target = Target(server.host, server.port)
        writer = TraceWriter(stream, str(target), time.monotonic)
        with pytest.raises(TargetTimeout) as first:
            await connect(target, timeout_s=0.1, observer=writer)
        writer.fault(first.value)
    recording = Recording(read_trace(stream.getvalue()))
    async with serve_sessions(lambda: ReplaySession(recording)) as replaying:
        with pytest.raises(TargetTimeout) as second:
            await connect(Target(replaying.host, replaying.port), timeout_s=0.1)
    assert (second.value.phase, second.value.message) == (first.value.phase, first.value.message)
