"""Faults of the connection: each ends in its own error within its deadline, and never in a reusable connection."""

from __future__ import annotations

import asyncio
import dataclasses
import socket
import time
from typing import Any

import pytest

from locate.errors import (
    BerDecodeError,
    InitRejected,
    LocalProtocolError,
    PduTooLarge,
    TargetClosed,
    TargetTimeout,
    TargetUnreachable,
    UnexpectedApdu,
    Z3950Error,
)
from locate.partner import Credentials, Target
from locate.z3950.apdu import Apdu, Close, InitializeRequest, OtherInformationUnit, encode_apdu
from locate.z3950.client import Connection, connect
from tests.adversity.hostile import (
    ACCEPT,
    Catalog,
    HostileTarget,
    Peer,
    Script,
    found,
    hostile,
    record,
    stall,
)
from tests.z3950.rewriting import nested

SHORT_S = 0.3
AMPLE_S = 5.0
FOUND = encode_apdu(found(3, record(1), record(2), record(3)))
FOUR_GIB = bytes.fromhex("b7850100000000")


def _with_binary_info(segments: bytes) -> bytes:
    """Return a SearchResponse whose otherInfo holds a binary value in ``segments``."""
    return b"\xb7\x80\xbf\x81\x49\x80\x30\x80\xa3\x80" + segments + b"\x00\x00" * 4


# What a target may send instead of an answer: octets, the error and its words; {} stands for the state.
FAULTS: dict[str, tuple[bytes, type[Z3950Error], str]] = {
    "garbage": (b"HTTP/1.1 400 Bad\r\n", BerDecodeError, "PDU: not the start of an APDU (first byte 0x48) at byte 0"),
    "four_ff": (b"\xff\xff\xff\xff", BerDecodeError, "PDU: not the start of an APDU (first byte 0xff) at byte 0"),
    "four_gib": (FOUR_GIB, PduTooLarge, "a PDU of at least 4,294,967,303 bytes; the limit is 16,777,216"),
    "deep": (nested(b"\xb7", 5000, definite=False), PduTooLarge, "values nested deeper than 64 at byte 128"),
    "deep_definite": (
        _with_binary_info(nested(b"\x24", 5000, definite=True)),
        PduTooLarge,
        "values nested deeper than 64 at byte ",
    ),
    "another_answer": (
        b"\xbf\x24\x06\x84\x01\x06\x85\x01\x00",
        UnexpectedApdu,
        "the target sent ScanResponse while {}",
    ),
    "init_again": (
        encode_apdu(ACCEPT),
        UnexpectedApdu,
        "the target sent InitializeResponse while {}",
    ),
    "a_request": (
        encode_apdu(InitializeRequest(frozenset(), frozenset(), 1, 1)),
        UnexpectedApdu,
        "the target sent InitializeRequest while {}",
    ),
    "empty_apdu": (b"\xb7\x00", BerDecodeError, "PDU: SearchResponse lacks the required field result_count at byte 2"),
    "close": (
        encode_apdu(Close(5, "go away")),
        TargetClosed,
        "the target closed the association (security violation): go away",
    ),
    "close_plain": (encode_apdu(Close(7)), TargetClosed, "the target closed the association (lack of activity)"),
}


def _script(*answers: Apdu | bytes, then: Script | None = None) -> Script:
    """Return a script that gives ``answers`` to the first APDUs and then goes on with ``then`` or hangs up."""

    async def script(peer: Peer) -> None:
        await peer.exchange(*answers)
        if then is not None:
            await then(peer)

    return script


async def _search(target: HostileTarget, timeout_s: float = AMPLE_S) -> tuple[Connection, Any]:
    """Connect and search for three records; return the connection and the result or the error."""
    connection = await connect(target.target, timeout_s=AMPLE_S)
    try:
        return connection, await connection.search("x", count=3, timeout_s=timeout_s)
    except Z3950Error as error:
        return connection, error


async def _assert_dead(connection: Connection) -> None:
    """Require that the connection says that it is not open, refuses to search, and can still be closed."""
    assert not connection.is_open
    with pytest.raises(TargetClosed, match="the Z-association is not open"):
        await connection.search("x")
    with pytest.raises(TargetClosed, match="the Z-association is not open"):
        await connection.present(1, 1)
    await connection.close()


# ---- connecting


async def test_nothing_listens() -> None:
    """A port where nothing listens is TargetUnreachable and says so."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        target = Target("127.0.0.1", probe.getsockname()[1])
        with pytest.raises(TargetUnreachable) as caught:
            await connect(target, timeout_s=AMPLE_S)
    assert str(caught.value) == f"{target} (connect): connection refused; nothing listens on that port"


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..b"])
async def test_a_host_name_that_is_none(host: str) -> None:
    """A host name that cannot be one is TargetUnreachable."""
    with pytest.raises(TargetUnreachable, match=r"\(connect\): the host name is not a valid one$"):
        await connect(Target(host), timeout_s=AMPLE_S)


async def test_an_unknown_host_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host name that the resolver does not know is TargetUnreachable."""

    def unknown(*_args: Any, **_kwargs: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(TargetUnreachable) as caught:
        await connect(Target("nowhere.invalid"), timeout_s=AMPLE_S)
    assert str(caught.value) == "nowhere.invalid:210/Default (connect): the host name is not known"


async def test_silence_after_accept() -> None:
    """A target that accepts and never answers Init is TargetTimeout in the phase init, on time."""
    async with hostile(stall) as target:
        started = time.monotonic()
        with pytest.raises(TargetTimeout) as caught:
            await connect(target.target, timeout_s=SHORT_S)
        assert SHORT_S * 0.9 < time.monotonic() - started < SHORT_S + 1.0
    assert str(caught.value) == f"{target.target} (init): no answer within 0.3 s"


async def test_init_refused_without_a_reason() -> None:
    """A refused Init without a reason says what the reason may be."""
    refusal = dataclasses.replace(ACCEPT, result=False)
    async with hostile(_script(refusal, then=stall)) as target:
        with pytest.raises(InitRejected) as caught:
            await connect(target.target, timeout_s=AMPLE_S)
        assert str(caught.value) == (
            f"{target.target} (init): the target refused the association and gave no reason; "
            "it may ask for a user name and password"
        )
        logged_in = dataclasses.replace(target.target, credentials=Credentials("ill", "secret"))
        with pytest.raises(InitRejected, match="the user name or password may be wrong") as caught:
            await connect(logged_in, timeout_s=AMPLE_S)
        assert "secret" not in str(caught.value)


async def test_init_refused_with_a_reason() -> None:
    """A refused Init with a reason gives it in the target's words."""
    reason = (OtherInformationUnit(("text", "too many sessions")),)
    refusal = dataclasses.replace(ACCEPT, result=False, other_info=reason)
    async with hostile(_script(refusal)) as target:
        with pytest.raises(InitRejected, match=r"the target refused the association: too many sessions$"):
            await connect(target.target, timeout_s=AMPLE_S)


@pytest.mark.parametrize(
    "fault", [name for name in FAULTS if name not in {"init_again", "empty_apdu", "deep_definite"}]
)
async def test_fault_instead_of_an_init_response(fault: str) -> None:
    """Whatever comes instead of an Init response is its own error, in the phase init."""
    octets, kind, words = FAULTS[fault]
    async with hostile(_script(octets, then=stall)) as target:
        with pytest.raises(kind) as caught:
            await connect(target.target, timeout_s=AMPLE_S)
    assert str(caught.value) == f"{target.target} (init): {words.format('INITIALIZING')}"


async def test_hang_up_instead_of_an_init_response() -> None:
    """A target that hangs up on Init is TargetClosed."""
    async with hostile(_script(b"")) as target:
        with pytest.raises(TargetClosed, match=r"\(init\): the target closed the connection instead of answering$"):
            await connect(target.target, timeout_s=AMPLE_S)


# ---- searching


@pytest.mark.parametrize("fault", FAULTS)
async def test_fault_instead_of_a_search_response(fault: str) -> None:
    """Whatever comes instead of a Search response is its own error, and the connection is dead."""
    octets, kind, words = FAULTS[fault]
    async with hostile(_script(ACCEPT, octets, then=stall)) as target:
        connection, error = await _search(target)
        assert type(error) is kind
        assert str(error).startswith(f"{target.target} (search): {words.format('SEARCHING')}")
        await _assert_dead(connection)


# ---- presenting, cancelling, closing


async def test_present_never_answered() -> None:
    """A Present that is never answered within a search is TargetTimeout in the phase present."""
    async with hostile(_script(ACCEPT, found(3), then=stall)) as target:
        connection, error = await _search(target, SHORT_S)
        assert type(error) is TargetTimeout
        assert str(error) == f"{target.target} (present): no answer within 0.3 s"
        await _assert_dead(connection)


async def test_present_answered_with_garbage() -> None:
    """A fault in Present itself names that phase and ends the connection."""
    async with hostile(_script(ACCEPT, found(0), b"\x00", then=stall)) as target:
        connection, _ = await _search(target)
        with pytest.raises(BerDecodeError, match=r"\(present\): PDU: not the start of an APDU \(first byte 0x00\)"):
            await connection.present(1, 1, timeout_s=AMPLE_S)
        await _assert_dead(connection)


async def test_cancelled_search() -> None:
    """A search that is cancelled leaves no connection on which a late answer could be taken for another's."""
    async with hostile(_script(ACCEPT, b"", then=stall)) as target:
        connection = await connect(target.target, timeout_s=AMPLE_S)
        task = asyncio.create_task(connection.search("x", timeout_s=AMPLE_S))
        await target.searched.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await _assert_dead(connection)


async def test_two_operations_at_once() -> None:
    """A second operation while one is waiting is refused, and the first still gets its answer."""
    release = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        await peer.ask()
        await release.wait()
        await peer.answer(FOUND)
        await stall(peer)

    async with hostile(script) as target:
        connection = await connect(target.target, timeout_s=AMPLE_S)
        first = asyncio.create_task(connection.search("x", count=3, timeout_s=AMPLE_S))
        await target.searched.wait()
        with pytest.raises(TargetClosed, match="the Z-association is not open"):
            await connection.present(1, 1)
        release.set()
        assert len((await first).records) == 3
        connection.abort()


async def test_close_is_never_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that does not answer Close holds nobody up."""
    monkeypatch.setattr("locate.z3950.exchange._CLOSE_PATIENCE_S", 0.1)
    async with hostile(_script(ACCEPT, then=stall)) as target:
        connection = await connect(target.target, timeout_s=AMPLE_S)
        started = time.monotonic()
        await connection.close()
        assert time.monotonic() - started < 1.0
        assert not connection.is_open


async def test_close_is_said_once() -> None:
    """Leaving the context says Close; closing again says nothing."""
    async with hostile(Catalog(1)) as target:
        async with await connect(target.target, timeout_s=AMPLE_S) as connection:
            await connection.search("x", timeout_s=AMPLE_S)
        await connection.close()
        assert [apdu for apdu in target.asked if isinstance(apdu, Close)] == [Close(0)]


async def test_a_cancelled_close_drops_the_connection() -> None:
    """Whoever gives up waiting for the target's Close leaves no open connection behind."""
    said, gone = asyncio.Event(), asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        await peer.ask()
        said.set()
        if await peer.ask() is None:
            gone.set()

    async with hostile(script) as target:
        connection = await connect(target.target, timeout_s=AMPLE_S)
        closing = asyncio.create_task(connection.close())
        await said.wait()
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing
        await asyncio.wait_for(gone.wait(), AMPLE_S)


async def test_a_port_that_is_none() -> None:
    """A number that is no port is told as such."""
    with pytest.raises(TargetUnreachable, match="a port is a number from 1 to 65535"):
        await connect(Target("127.0.0.1", 99999))


async def test_a_text_that_is_none() -> None:
    """Half a character, as an argument in another character set becomes, is refused; the connection stays good."""
    async with hostile(Catalog(1)) as target, await connect(target.target, timeout_s=AMPLE_S) as connection:
        with pytest.raises(LocalProtocolError, match="a text in the SearchRequest holds what is no Unicode character"):
            await connection.search("x", element_set="\udce9", timeout_s=AMPLE_S)
        assert (await connection.search("x", timeout_s=AMPLE_S)).hits == 1
