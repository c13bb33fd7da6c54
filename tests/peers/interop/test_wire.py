"""The recorder on the wire: it names what passes, and is not fooled by an end that does not come."""

from __future__ import annotations

import asyncio
import socket

from locate.partner import Target
from locate.z3950.client import connect
from locate.z3950.target.server import ThreadedServer
from tests.peers.interop.wire import record


def test_names_of_apdus() -> None:
    """Both directions are recorded by name, up to the end of both."""
    with ThreadedServer({}) as server, record(server.host, server.port) as recording:

        async def greet() -> None:
            async with await connect(Target("127.0.0.1", recording.port, "Default"), timeout_s=10.0):
                pass

        asyncio.run(greet())
    assert recording.sent == ["Init", "Close"]
    assert recording.received == ["InitResponse", "Close"]
    assert recording.ended


def test_an_origin_that_does_not_end() -> None:
    """A connection still open when the recorder's patience is over is dropped, and was not an end."""
    with ThreadedServer({}) as server, record(server.host, server.port, patience_s=0.2) as recording:
        origin = socket.create_connection(("127.0.0.1", recording.port))
    with origin:
        assert origin.recv(1) == b""
    assert not recording.ended


def test_nobody_connects() -> None:
    """A recording to which nobody connected is empty and has no end."""
    with record("127.0.0.1", 9, patience_s=0.2) as recording:
        pass
    assert (recording.sent, recording.received, recording.ended) == ([], [], False)
