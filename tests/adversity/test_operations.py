"""The same faults in every operation: each ends in its own error within its deadline, and never in a wrong answer."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import time

import pytest

from locate.errors import (
    BerDecodeError,
    PduTooLarge,
    RemoteProtocolError,
    TargetClosed,
    TargetTimeout,
    UnexpectedApdu,
    Z3950Error,
)
from locate.z3950.apdu import Close, CloseReason, Segment, encode_apdu
from locate.z3950.client import Connection
from tests.adversity.hostile import ACCEPT, Peer, Script, eventually, found, hostile, presented, record, stall
from tests.adversity.operations import AMPLE_S, OPERATIONS, answering, attempt, is_right
from tests.z3950.rewriting import nested

SHORT_S = 0.1
every_operation = pytest.mark.parametrize("name", OPERATIONS)


async def _assert_dead(connection: Connection) -> None:
    """Require that nothing more can be asked, in any operation."""
    await eventually(lambda: not connection.is_open)
    for operation in OPERATIONS.values():
        with pytest.raises(TargetClosed, match="not open"):
            await operation.ask(connection, AMPLE_S)


# ---- at each byte


@every_operation
async def test_stall_at_each_byte(name: str) -> None:
    """A target that falls silent at any byte of its answer is TargetTimeout, on time, in the phase of the operation."""
    octets = OPERATIONS[name].octets
    positions = itertools.count()

    async def script(peer: Peer) -> None:
        await answering(octets[: next(positions)], then=stall)(peer)

    async with hostile(script) as target:
        started = time.monotonic()
        attempts = await asyncio.gather(*(attempt(target, OPERATIONS[name], SHORT_S) for _ in octets))
        assert time.monotonic() - started < AMPLE_S
        assert {(type(error), error.phase) for _, error in attempts} == {(TargetTimeout, name)}
        assert not any(connection.is_open for connection, _ in attempts)


@every_operation
async def test_end_of_file_at_each_byte(name: str) -> None:
    """A target that hangs up at any byte of its answer is an error that says how much of it came."""
    octets = OPERATIONS[name].octets
    positions = itertools.count()

    async def script(peer: Peer) -> None:
        await answering(octets[: next(positions)])(peer)

    async with hostile(script) as target:
        attempts = await asyncio.gather(*(attempt(target, OPERATIONS[name]) for _ in octets))
        told = [error.message for _, error in attempts]
        assert sorted(told) == sorted(
            [
                "the target closed the connection instead of answering",
                *(f"the target closed the connection {count} bytes into a PDU" for count in range(1, len(octets))),
            ]
        )
        assert not any(connection.is_open for connection, _ in attempts)


@every_operation
async def test_close_at_each_byte(name: str) -> None:
    """A Close in the middle of an answer ends the association, and its octets never make the right answer."""
    octets = OPERATIONS[name].octets
    positions = itertools.count()

    async def script(peer: Peer) -> None:
        await answering(octets[: next(positions)], Close(CloseReason.SHUTDOWN))(peer)

    async with hostile(script) as target:
        attempts = await asyncio.gather(*(attempt(target, OPERATIONS[name]) for _ in octets))
        assert TargetClosed in {type(error) for _, error in attempts}
        assert not any(is_right(name, result) for _, result in attempts if not isinstance(result, Z3950Error))
        for connection, _ in attempts:
            await eventually(lambda: not connection.is_open)  # noqa: B023 - called before the next turn


@every_operation
async def test_one_octet_at_a_time(name: str) -> None:
    """An answer that comes octet by octet is read like any other."""
    async with hostile(answering(OPERATIONS[name].answer, then=stall, pieces=1)) as target:
        connection, result = await attempt(target, OPERATIONS[name])
        assert is_right(name, result)
        assert connection.is_open
        connection.abort()


@every_operation
async def test_a_drip_does_not_extend_the_deadline(name: str) -> None:
    """A target that sends an octet now and then is TargetTimeout like one that sends none."""

    async def drip(peer: Peer) -> None:
        for octet in OPERATIONS[name].octets[:-1]:
            await peer.answer(bytes((octet,)))
            await asyncio.sleep(0.02)
        await stall(peer)

    async with hostile(answering(b"", then=drip)) as target:
        connection, error = await attempt(target, OPERATIONS[name], SHORT_S)
        assert (type(error), error.phase) == (TargetTimeout, name)
        await _assert_dead(connection)


# ---- answers that answer something else


@every_operation
async def test_wrong_reference_id(name: str) -> None:
    """An answer with a referenceId that was not asked is refused."""
    answer = dataclasses.replace(OPERATIONS[name].answer, reference_id=b"9")
    async with hostile(answering(answer, then=stall)) as target:
        connection, error = await attempt(target, OPERATIONS[name])
        assert type(error) is UnexpectedApdu
        assert error.message == "the target answered request b'9', but None was asked"
        await _assert_dead(connection)


@pytest.mark.parametrize(("name", "other"), list(itertools.permutations(OPERATIONS, 2)))
async def test_the_answer_of_another_operation(name: str, other: str) -> None:
    """What answers another kind of request is refused."""
    answer = OPERATIONS[other].answer
    async with hostile(answering(answer, then=stall)) as target:
        connection, error = await attempt(target, OPERATIONS[name])
        assert type(error) is UnexpectedApdu
        assert error.message == f"the target sent {type(answer).__name__} while {OPERATIONS[name].state}"
        await _assert_dead(connection)


@every_operation
async def test_two_answers_in_one_packet(name: str) -> None:
    """The second of two answers is never taken for that of the next request: the association ends."""
    answer = OPERATIONS[name].answer
    async with hostile(answering(answer, answer, then=stall)) as target:
        connection, result = await attempt(target, OPERATIONS[name])
        assert isinstance(result, UnexpectedApdu) or is_right(name, result)
        await _assert_dead(connection)


@every_operation
async def test_a_late_answer_on_a_new_connection(name: str) -> None:
    """After a timeout a new connection gets its own answer, while the old one's is on its way."""
    connections = itertools.count()

    async def script(peer: Peer) -> None:
        async def late(peer: Peer) -> None:
            await asyncio.sleep(3 * SHORT_S)
            await peer.answer(OPERATIONS[name].answer)

        if next(connections):
            await answering(OPERATIONS[name].answer, then=stall)(peer)
        else:
            await answering(b"", then=late)(peer)

    async with hostile(script) as target:
        old, error = await attempt(target, OPERATIONS[name], SHORT_S)
        assert type(error) is TargetTimeout
        new, result = await attempt(target, OPERATIONS[name])
        assert is_right(name, result)
        await asyncio.sleep(3 * SHORT_S)
        assert new.is_open
        await _assert_dead(old)
        new.abort()


# ---- answers that do not end


def _begun(name: str, length: bytes) -> bytes:
    """Return the identifier of an operation's answer, and ``length``."""
    octets = OPERATIONS[name].octets
    return (octets[:2] if octets[0] & 0x1F == 0x1F else octets[:1]) + length


def _without_end(block: bytes) -> Script:
    async def endless(peer: Peer) -> None:
        while True:
            await peer.answer(block)

    return endless


@every_operation
async def test_an_indefinite_length_without_end(name: str) -> None:
    """Elements without end are given up at the size limit."""
    block = b"\x9f\x60\x82\xff\xff" + bytes(65535)
    async with hostile(answering(_begun(name, b"\x80"), then=_without_end(block))) as target:
        connection, error = await attempt(target, OPERATIONS[name])
        assert type(error) is PduTooLarge
        assert "the limit is 16,777,216" in error.message
        await _assert_dead(connection)


@pytest.mark.parametrize("block", [b"\x05\x00" * 30_000, b"\x30\x80\x00\x00" * 10_000, b"\xbf\x81\x7e\x00" * 10_000])
@pytest.mark.parametrize("beginning", [_begun("search", b"\x80"), b""], ids=["in an answer", "as APDUs"])
async def test_small_things_without_end(beginning: bytes, block: bytes) -> None:
    """However many small values come, in an answer or as APDUs of unknown types, the deadline is kept."""
    async with hostile(answering(beginning, then=_without_end(block))) as target:
        started = time.monotonic()
        connection, error = await attempt(target, OPERATIONS["search"], SHORT_S)
        assert type(error) in {TargetTimeout, PduTooLarge, BerDecodeError}
        assert time.monotonic() - started < AMPLE_S
        await _assert_dead(connection)


@every_operation
async def test_garbage_behind_a_header(name: str) -> None:
    """The header of an answer and then anything is a decode error that names the place."""
    async with hostile(answering(_begun(name, b"\x82\x04\x00"), b"GET / HTTP/1.1\r\n" * 64, then=stall)) as target:
        connection, error = await attempt(target, OPERATIONS[name])
        assert type(error) is BerDecodeError
        assert "at byte" in str(error)
        await _assert_dead(connection)


@every_operation
@pytest.mark.parametrize("size", ["8501ffffffff", "8400ffff00"], ids=["too large", "never filled"])
async def test_a_huge_definite_length(name: str, size: str) -> None:
    """A length above the limit is refused at once; one below it that is never filled ends at the deadline."""
    is_refused = size.startswith("85")
    async with hostile(answering(_begun(name, bytes.fromhex(size)), then=stall)) as target:
        connection, error = await attempt(target, OPERATIONS[name], AMPLE_S if is_refused else SHORT_S)
        assert type(error) is (PduTooLarge if is_refused else TargetTimeout)
        await _assert_dead(connection)


@every_operation
@pytest.mark.parametrize("definite", [True, False])
async def test_deep_nesting(name: str, definite: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Values in values in values are refused in either form of length, and exhaust no stack."""
    async with hostile(answering(nested(_begun(name, b""), 20_000, definite=definite), then=stall)) as target:
        connection, error = await attempt(target, OPERATIONS[name])
        assert isinstance(error, BerDecodeError | PduTooLarge)
        await _assert_dead(connection)


# ---- Segments and Close


async def test_a_close_between_segments() -> None:
    """A Close after some Segments of an answer is TargetClosed; the records that came are not taken for all."""
    segments = [Segment(1, (record(1),)), Segment(1, (record(2),))]
    async with hostile(answering(*segments, Close(CloseReason.COST_LIMIT), then=stall)) as target:
        connection, error = await attempt(target, OPERATIONS["present"])
        assert type(error) is TargetClosed
        assert error.message == "the target closed the association (cost limit)"
        await _assert_dead(connection)


async def test_many_segments() -> None:
    """Hundreds of Segments are one answer."""
    segments = [Segment(1, (record(position),)) for position in range(1, 501)]
    async with hostile(answering(*segments, presented(record(501)), then=stall)) as target:
        connection, result = await attempt(target, dataclasses.replace(OPERATIONS["present"], ask=_present_501))
        assert [each.data for each in result] == [b"record %d" % position for position in range(1, 502)]
        connection.abort()


async def _present_501(connection: Connection, timeout_s: float) -> object:
    connection.facts.present_limit = 501
    return await connection.present(1, 501, timeout_s=timeout_s)


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name != "present"])
async def test_segments_where_none_may_come(name: str) -> None:
    """A Segment belongs to Present only."""
    async with hostile(answering(Segment(1, (record(1),)), OPERATIONS[name].answer, then=stall)) as target:
        connection, error = await attempt(target, OPERATIONS[name])
        assert type(error) is UnexpectedApdu
        assert error.message == f"the target sent Segment while {OPERATIONS[name].state}"
        await _assert_dead(connection)


# ---- before anything was asked


@pytest.mark.parametrize("octets", [encode_apdu(ACCEPT), encode_apdu(found(0)), b"SSH-2.0-x\r\n", b"\xb5"], ids=str)
async def test_a_target_that_speaks_first(octets: bytes) -> None:
    """What comes before Init was sent is refused, unless it is the answer that Init will need; then one is too much."""

    async def script(peer: Peer) -> None:
        await peer.answer(octets)
        await peer.exchange(ACCEPT, found(3), OPERATIONS["scan"].answer)
        await stall(peer)

    async with hostile(script) as target:
        told = await asyncio.gather(attempt(target, OPERATIONS["scan"]), return_exceptions=True)
        error = told[0] if isinstance(told[0], BaseException) else told[0][1]
        assert isinstance(error, RemoteProtocolError | TargetClosed)
