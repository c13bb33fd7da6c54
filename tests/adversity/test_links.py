"""Faults below the APDUs: half-closed and reset connections, and TLS that is none."""

from __future__ import annotations

import asyncio
import ssl

import pytest
import trustme

from locate.errors import RemoteProtocolError, TargetClosed, TargetTimeout, TargetUnreachable
from locate.partner import Target, Tls
from locate.z3950.client import connect
from tests.adversity.hostile import ACCEPT, HostileTarget, Peer, eventually, hostile, stall
from tests.adversity.operations import OPERATIONS, answering, attempt, is_right

every_operation = pytest.mark.parametrize("name", OPERATIONS)
_GARBAGE = (
    b"\x15\x03\x03\x00\x02\x02\x28",
    b"\x17\x03\x03\xff\xff" + bytes(70_000),
    b"HTTP/1.1 400 Bad\r\n\r\n",
    bytes(9),
)


# ---- half-closed


@every_operation
async def test_an_answer_and_a_half_close(name: str) -> None:
    """An answer that came whole before the end of file counts; the connection is then closed."""

    async def half_close(peer: Peer) -> None:
        peer.half_close()
        await stall(peer)

    async with hostile(answering(OPERATIONS[name].answer, then=half_close)) as target:
        connection, result = await attempt(target, OPERATIONS[name])
        assert is_right(name, result)
        await eventually(lambda: not connection.is_open)


@every_operation
@pytest.mark.parametrize("received", [0, 3])
async def test_a_half_close_instead_of_an_answer(name: str, received: int) -> None:
    """A target that will send nothing more has closed, though it still listens: nobody waits for the deadline."""

    async def half_close(peer: Peer) -> None:
        peer.half_close()
        await stall(peer)

    async with hostile(answering(OPERATIONS[name].octets[:received], then=half_close)) as target:
        connection, error = await attempt(target, OPERATIONS[name])
        assert type(error) is (RemoteProtocolError if received else TargetClosed)
        assert not connection.is_open


# ---- reset


@every_operation
@pytest.mark.parametrize("received", [0, 3])
async def test_a_reset_instead_of_an_answer(name: str, received: int) -> None:
    """A reset is TargetClosed, in the phase of the operation, whatever came before."""

    async def reset(peer: Peer) -> None:
        peer.reset()

    async with hostile(answering(OPERATIONS[name].octets[:received], then=reset)) as target:
        connection, error = await attempt(target, OPERATIONS[name])
        assert (type(error), error.phase) == (TargetClosed, name)
        assert error.message == "the connection broke: the target reset the connection"
        assert not connection.is_open


async def test_a_reset_while_idle_is_seen() -> None:
    """A connection that was reset says so before anything is asked."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        peer.reset()

    async with hostile(script) as target:
        connection = await connect(target.target, timeout_s=20)
        await eventually(lambda: not connection.is_open)
        with pytest.raises(TargetClosed, match="not open"):
            await connection.search("x")


async def test_a_reset_instead_of_an_init_response() -> None:
    """A target that resets on Init is TargetClosed in that phase."""

    async def script(peer: Peer) -> None:
        await peer.ask()
        peer.reset()

    async with hostile(script) as target:
        with pytest.raises(TargetClosed, match=r"\(init\): the connection broke"):
            await connect(target.target, timeout_s=20)


# ---- TLS


def _over_tls(target: HostileTarget) -> Target:
    return Target(target.target.host, target.target.port, tls=Tls(insecure=True))


@pytest.mark.parametrize("octets", _GARBAGE, ids=["alert", "records", "text", "zeros"])
async def test_garbage_instead_of_a_handshake(octets: bytes) -> None:
    """Whatever answers a TLS hello without being TLS is TargetUnreachable, at once."""

    async def script(peer: Peer) -> None:
        await peer.answer(octets)
        await stall(peer)

    async with hostile(script) as target:
        with pytest.raises(TargetUnreachable, match=r"\(connect\): no TLS with this port"):
            await connect(_over_tls(target), timeout_s=20)


async def test_a_drip_instead_of_a_handshake() -> None:
    """A TLS hello that is answered octet by octet ends at the deadline."""

    async def script(peer: Peer) -> None:
        for octet in b"\x16\x03\x03\x40\x00" + bytes(200):
            await peer.answer(bytes((octet,)))
            await asyncio.sleep(0.02)

    async with hostile(script) as target:
        with pytest.raises(TargetTimeout, match=r"\(connect\): no answer within 0.3 s"):
            await connect(_over_tls(target), timeout_s=0.3)


@pytest.mark.parametrize("octets", _GARBAGE[1:], ids=["records", "text", "zeros"])
@pytest.mark.parametrize("received", [0, 40])
async def test_garbage_in_the_middle_of_tls(octets: bytes, received: int) -> None:
    """Octets that are no TLS records, in the place of an answer or inside it, end the connection, and soon."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        await peer.ask()
        await peer.answer(OPERATIONS["search"].octets[:received])
        peer.send_below_tls(octets)
        await stall(peer)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    async with hostile(script, tls=context) as target:
        connection = await connect(_over_tls(target), timeout_s=20)
        with pytest.raises(TargetClosed, match=r"\(search\): the connection broke: "):
            await connection.search("x", timeout_s=20)
        assert not connection.is_open
