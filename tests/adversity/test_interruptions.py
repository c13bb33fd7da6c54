"""What a target may send before its answer, or without having been asked."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from locate.errors import DiagnosticError, InitRejected, PduTooLarge, RemoteProtocolError, TargetClosed
from locate.partner import Credentials
from locate.z3950.access_control import EnumeratedPrompt, Prompt, PromptReply, decode_prompts, encode_prompts
from locate.z3950.apdu import (
    AccessControlRequest,
    AccessControlResponse,
    Apdu,
    Close,
    CloseReason,
    External,
    NamePlusRecord,
    ResourceControlRequest,
    ResourceControlResponse,
    SearchResponse,
    Segment,
    encode_apdu,
)
from locate.z3950.client import Connection, connect
from locate.z3950.retrieval import Record
from tests.adversity.hostile import (
    ACCEPT,
    HostileTarget,
    Peer,
    diagnostic,
    eventually,
    found,
    hostile,
    presented,
    record,
)

WITH_PASSWORD = Credentials(user="ill", password="secret")


async def _open(running: HostileTarget, credentials: Credentials | None = None) -> Connection:
    target = running.target
    if credentials is not None:
        target = type(target)(target.host, target.port, target.database, credentials)
    return await connect(target, timeout_s=5)


def _data(records: list[object]) -> list[object]:
    return [found.data if isinstance(found, Record) else type(found) for found in records]


# ---- access control


async def test_a_simple_challenge_is_answered_with_the_password() -> None:
    """A challenge in the middle of a search is answered in its form, and the search goes on."""

    async def script(peer: Peer) -> None:
        challenge = AccessControlRequest(("simple", b"Password: "))
        await peer.exchange(ACCEPT, challenge, found(1, record(1)))
        await peer.ask()

    async with hostile(script) as running, await _open(running, WITH_PASSWORD) as connection:
        result = await connection.search("x", count=1)
        assert _data(list(result.records)) == [b"record 1"]
        assert running.asked[2] == AccessControlResponse(("simple", b"secret"))
        assert "secret" not in repr(running.asked[2])


async def test_a_challenge_without_credentials_is_answered_without_a_response() -> None:
    """Without credentials the target is told so, and its diagnostic reaches the caller; the connection stays good."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT, AccessControlRequest(("simple", b"?")), diagnostic(SearchResponse, 101))
        await peer.exchange(found(0))
        await peer.ask()

    async with hostile(script) as running, await _open(running) as connection:
        with pytest.raises(DiagnosticError) as caught:
            await connection.search("x")
        assert caught.value.condition == 101
        assert running.asked[2] == AccessControlResponse()
        assert (await connection.search("x")).hits == 0


async def test_prompts_are_answered_one_by_one() -> None:
    """A prompt-1 challenge gets the user, the group and the password where it asks for them, and nothing else."""
    asked = (
        Prompt(("enumerated", EnumeratedPrompt(1))),
        Prompt(("enumerated", EnumeratedPrompt(2))),
        Prompt(("named", "User name:")),
        Prompt(("named", "Mother's maiden name")),
        Prompt(("enumerated", EnumeratedPrompt(0))),
    )

    async def script(peer: Peer) -> None:
        challenge = AccessControlRequest(("external", encode_prompts("challenge", asked)))
        await peer.exchange(ACCEPT, challenge, found(0))
        await peer.ask()

    async with hostile(script) as running, await _open(running, WITH_PASSWORD) as connection:
        await connection.search("x")
    response = running.asked[2]
    assert isinstance(response, AccessControlResponse)
    assert response.security_challenge_response is not None
    arm, replies = decode_prompts(response.security_challenge_response[1])
    assert arm == "response"
    assert replies == (
        PromptReply(("enumerated", EnumeratedPrompt(1)), ("string", "ill")),
        PromptReply(("enumerated", EnumeratedPrompt(2)), ("string", "secret")),
        PromptReply(("named", "User name:"), ("string", "ill")),
    )


@pytest.mark.parametrize(
    "challenge",
    [
        External("1.2.840.10003.8.2", None, ("octets", b"des")),
        External("1.2.840.10003.8.1", None, ("single", b"\x04\x01x")),
    ],
)
async def test_a_challenge_that_cannot_be_read_is_answered_without_a_response(challenge: External) -> None:
    """A challenge in another form, or broken, does not end the operation from this side."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT, AccessControlRequest(("external", challenge)), found(0))
        await peer.ask()

    async with hostile(script) as running, await _open(running, WITH_PASSWORD) as connection:
        assert (await connection.search("x")).hits == 0
        assert running.asked[2] == AccessControlResponse()


# ---- resource control


@pytest.mark.parametrize("required", [True, False])
async def test_resource_control(required: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A report of costs is answered with "go on" when an answer is due, and never otherwise."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        await peer.ask()
        await peer.answer(ResourceControlRequest(response_required=required))
        if required:
            await peer.ask()
        await peer.answer(found(0))
        await peer.ask()

    async with hostile(script) as running, await _open(running) as connection:
        assert (await connection.search("x")).hits == 0
        answers = [apdu for apdu in running.asked if isinstance(apdu, ResourceControlResponse)]
        assert answers == ([ResourceControlResponse(continue_flag=True)] if required else [])


async def test_interruptions_without_end() -> None:
    """A target that interrupts for ever is given up."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        await peer.ask()
        while True:
            await peer.answer(100 * encode_apdu(ResourceControlRequest(response_required=False)))
            await asyncio.sleep(0)

    async with hostile(script) as running, await _open(running) as connection:
        with pytest.raises(RemoteProtocolError, match="interrupted an operation 1,000 times"):
            await connection.search("x")
        assert not connection.is_open


# ---- segments


async def test_segments_are_gathered() -> None:
    """The records of Segments come before those of the answer, in order."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT, found(5))
        await peer.ask()
        await peer.answer(Segment(2, (record(1), record(2))))
        await peer.answer(Segment(2, (record(3), record(4))))
        await peer.answer(presented(record(5)))
        await peer.ask()

    async with hostile(script) as running, await _open(running) as connection:
        result = await connection.search("x", count=5)
        assert _data(list(result.records)) == [b"record %d" % n for n in range(1, 6)]
        assert running.presents() == [(1, 5)]


async def test_fragments_are_joined() -> None:
    """A record cut into fragments over several Segments (level 2) is one record, whatever form the fragments have."""
    whole = record(1).record[1].encoding[1]

    def fragment(arm: str, octets: bytes) -> NamePlusRecord:
        return NamePlusRecord((arm, ("octets", octets)), "Default")

    external = External("1.2.840.10003.5.10", None, ("octets", whole[:3]))
    first = NamePlusRecord(("starting", ("external", external)), "Default")

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT, found(2))
        await peer.ask()
        await peer.answer(Segment(1, (first,)))
        await peer.answer(Segment(1, (fragment("intermediate", whole[3:5]),)))
        await peer.answer(presented(fragment("final", whole[5:]), record(2)))
        await peer.ask()

    async with hostile(script) as running, await _open(running) as connection:
        result = await connection.search("x", count=2)
        assert _data(list(result.records)) == [b"record 1", b"record 2"]


async def test_segments_without_end() -> None:
    """Segments are bounded in bytes, all of one answer together."""
    block = NamePlusRecord(("retrieval", External(None, None, ("octets", bytes(4_000_000)))))

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT, found(5))
        await peer.ask()
        while True:
            await peer.answer(Segment(1, (block,)))

    async with hostile(script) as running, await _open(running) as connection:
        with pytest.raises(PduTooLarge, match="an answer of more than 67,108,864 bytes in all"):
            await connection.search("x", timeout_s=30)


# ---- Close and bytes that nobody asked for


async def test_a_close_while_idle_is_answered_and_seen() -> None:
    """A target that closes an idle association gets its Close, and the connection says that it is closed."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        await peer.answer(Close(CloseReason.LACK_OF_ACTIVITY))
        await peer.ask()

    async with hostile(script) as running:
        connection = await _open(running)
        await eventually(lambda: not connection.is_open and len(running.asked) == 2)
        assert running.asked[1] == Close(CloseReason.FINISHED)
        with pytest.raises(TargetClosed):
            await connection.search("x")


async def test_a_hang_up_while_idle_is_seen() -> None:
    """Once the target has hung up, the connection says that it is closed before anything is asked."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)

    async with hostile(script) as running:
        connection = await _open(running)
        await eventually(lambda: not connection.is_open)


@pytest.mark.parametrize("octets", [b"\x00", b"\xb7\x00", b"garbage", b"\xb7", b"\xb7\x80\x97\x01"])
async def test_bytes_while_idle_end_the_association(octets: bytes) -> None:
    """What comes unasked could be taken for the next answer, so that the connection is dropped."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        await peer.answer(octets)
        await peer.ask()

    async with hostile(script) as running:
        connection = await _open(running)
        await eventually(lambda: not connection.is_open)
        with pytest.raises(TargetClosed, match="not open"):
            await connection.search("x")


async def test_an_answer_sent_twice_never_answers_the_next_search() -> None:
    """The second copy of an answer ends the association, even when it comes together with the first."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT)
        await peer.ask()
        await peer.answer(found(7))
        await peer.answer(found(7))
        await peer.exchange(found(8))

    async with hostile(script) as running:
        connection = await _open(running)
        first = await asyncio.gather(connection.search("x"), return_exceptions=True)
        second = await asyncio.gather(connection.search("y"), return_exceptions=True)
        assert getattr(first[0], "hits", 7) == 7
        assert isinstance(second[0], RemoteProtocolError | TargetClosed)


@pytest.mark.parametrize(
    "interruption",
    [AccessControlRequest(("simple", b"?")), ResourceControlRequest(response_required=True)],
    ids=["access control", "resource control"],
)
async def test_an_answer_together_with_an_interruption(interruption: Apdu) -> None:
    """A target that does not wait for the response has given its answer, which never answers the next search."""

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT, encode_apdu(interruption) + encode_apdu(found(7)), found(8))
        await peer.ask()

    async with hostile(script) as running, await _open(running, WITH_PASSWORD) as connection:
        assert [(await connection.search(text, count=0)).hits for text in ("x", "y")] == [7, 8]
        assert len(running.asked) == 3


async def test_an_init_refused_together_with_a_challenge() -> None:
    """The refusal is what the caller is told."""

    async def script(peer: Peer) -> None:
        refused = replace(ACCEPT, result=False)
        await peer.exchange(encode_apdu(AccessControlRequest(("simple", b"?"))) + encode_apdu(refused))

    async with hostile(script) as running:
        with pytest.raises(InitRejected):
            await _open(running, WITH_PASSWORD)
