"""A trace of a real server, replayed: what a user sends is what the user saw."""

from __future__ import annotations

import io
import time

import pytest

from locate.errors import DiagnosticError
from locate.partner import Credentials, Target
from locate.z3950.client import Connection, connect
from locate.z3950.replay import Recording, ReplaySession
from locate.z3950.target.server import serve_sessions
from locate.z3950.trace import TraceWriter, read_trace
from tests.peers.servers import RunningServer
from tests.z3950.recording import SECRET, told

pytestmark = pytest.mark.peers

TIMEOUT_S = 10.0
LOGIN = Credentials("ill", SECRET)


async def ask(connection: Connection) -> list[object]:
    """Ask for records of every syntax that the server has, for terms, and for what it refuses."""
    found = [
        told(await connection.search("25", count=3, syntax=syntax, element_set=elements, timeout_s=TIMEOUT_S))
        for syntax, elements in [
            ("marc21", "F"), ("opac", None), ("sutrs", None), ("grs1", None), ("xml", "marcxml"), ("xml", "OP"),
        ]
    ]  # fmt: skip
    found.append([told(each) for each in await connection.present(20, 6, timeout_s=TIMEOUT_S)])
    found.append(await connection.scan("SD", count=5, timeout_s=TIMEOUT_S))
    with pytest.raises(DiagnosticError) as caught:
        await connection.present(26, 1, timeout_s=TIMEOUT_S)
    found.append((caught.value.condition, caught.value.addinfo))
    return found


async def test_a_real_server_replayed(ztest_server: RunningServer) -> None:
    """Every record, term and diagnostic of the server comes again; the trace holds no password."""
    stream = io.StringIO()
    target = Target(ztest_server.host, ztest_server.port, "Default", LOGIN)
    writer = TraceWriter(stream, str(target), time.monotonic)
    async with await connect(target, timeout_s=TIMEOUT_S, observer=writer) as connection:
        found = await ask(connection)
        server = connection.server
    trace = read_trace(stream.getvalue())
    assert (trace.damage, SECRET in stream.getvalue()) == ("", False)
    recording = Recording(trace)
    async with serve_sessions(lambda: ReplaySession(recording)) as replaying:
        place = Target(replaying.host, replaying.port, "Default", LOGIN)
        async with await connect(place, timeout_s=TIMEOUT_S) as connection:
            assert connection.server == server
            assert repr(await ask(connection)) == repr(found)
