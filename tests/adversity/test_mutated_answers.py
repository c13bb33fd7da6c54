"""A target whose answers are right ones with something changed: every operation ends in a value or a Z3950Error."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from locate.errors import RemoteProtocolError, TargetTimeout, Z3950Error
from locate.z3950.apdu import SearchRequest, decode_apdu, encode_apdu
from locate.z3950.ber import Framer
from tests.adversity.hostile import ACCEPT, Peer, diagnostic, found, hostile, presented, record, surrogate
from tests.adversity.operations import OPERATIONS, attempt
from tests.fuzz.mutation import Mutator
from tests.z3950.rewriting import indefinite

_ATTEMPTS = 80
_ANSWERS = tuple({type(operation.answer) for operation in OPERATIONS.values()})


def _samples(name: str) -> list[bytes]:
    """Return right answers of an operation, and refusals that make the client ask again in another way."""
    answers = [OPERATIONS[name].answer]
    kind = type(answers[0])
    if name == "search":
        answers += [found(9, record(1)), found(9), found(2, surrogate(16), record(2)), found(3, *[surrogate(14)] * 3)]
    if name == "present":
        answers += [
            presented(record(1), status=2),
            presented(),
            presented(surrogate(17)),
            presented(*[surrogate(25)] * 2),
        ]
    if name in {"search", "present"}:
        answers += [diagnostic(kind, condition) for condition in (1005, 25, 31, 13, 239)]
    octets = [encode_apdu(answer) for answer in answers]
    return [*octets, *map(indefinite, octets)]


def _is_all(octets: bytes) -> bool:
    """Say whether the origin answers or fails now; otherwise it would wait for more until its deadline."""
    framer = Framer()
    framer.feed(octets)
    try:
        pdu = framer.next_pdu()
        return pdu is not None and isinstance(decode_apdu(pdu), _ANSWERS)
    except RemoteProtocolError:
        return True


@pytest.mark.parametrize("name", OPERATIONS)
async def test_mutated_answers(name: str) -> None:
    """Whatever is changed, the operation ends long before its deadline when the target goes on answering."""
    random = Random(name)
    words = (b"\x00\x00", b"\x30\x80", b"\x28\x03")
    operations = {
        each: Mutator(_samples(each), random, words=words, is_ber=True) for each in ("search", "present", name)
    }
    requests: list[int] = []

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT, found(3))
        asked = 0
        while (request := await peer.ask()) is not None:
            asked += 1
            answers = name if asked == 1 else "search" if isinstance(request, SearchRequest) else "present"
            octets = operations[answers].next()
            await peer.answer(octets)
            if not _is_all(octets):
                break
        requests.append(asked)

    async with hostile(script) as target:
        attempts = await asyncio.gather(*(attempt(target, OPERATIONS[name], 30.0) for _ in range(_ATTEMPTS)))
        for connection, _ in attempts:
            connection.abort()
    errors = [result for _, result in attempts if isinstance(result, Z3950Error)]
    assert 0 < len(errors) < _ATTEMPTS, "some are spoilt and some are not"
    assert not [error for error in errors if isinstance(error, TargetTimeout)]
    assert all(error.phase for error in errors)
    assert max(requests) < 20
