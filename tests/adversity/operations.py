"""Every operation of a connection with its right answer, and a target that gives that answer as a fault would."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from locate.errors import Z3950Error
from locate.z3950.apdu import (
    Apdu,
    DeleteResultSetResponse,
    ListEntries,
    ScanResponse,
    SortResponse,
    TermInfo,
    encode_apdu,
)
from locate.z3950.client import Connection, SortKey, SortResult, connect
from tests.adversity.hostile import ACCEPT, HostileTarget, Peer, Script, found, presented, record

__all__ = ["AMPLE_S", "OPERATIONS", "Operation", "answering", "attempt", "is_right"]

AMPLE_S = 20.0
_TERMS = tuple(("term", TermInfo(("general", term), global_occurrences=1)) for term in (b"river", b"road"))


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked of a connection, the right answer on the wire, and the state while it is waited for."""

    ask: Callable[[Connection, float], Awaitable[Any]]
    answer: Any
    state: str

    @property
    def octets(self) -> bytes:
        """The right answer as it goes over the wire."""
        return encode_apdu(self.answer)


OPERATIONS: dict[str, Operation] = {
    "search": Operation(
        lambda connection, timeout_s: connection.search("x", count=2, timeout_s=timeout_s),
        found(2, record(1), record(2)),
        "SEARCHING",
    ),
    "present": Operation(
        lambda connection, timeout_s: connection.present(1, 2, timeout_s=timeout_s),
        presented(record(1), record(2)),
        "PRESENTING",
    ),
    "scan": Operation(
        lambda connection, timeout_s: connection.scan("river", count=2, timeout_s=timeout_s),
        ScanResponse(0, 2, position_of_term=1, entries=ListEntries(_TERMS)),
        "SCANNING",
    ),
    "sort": Operation(
        lambda connection, timeout_s: connection.sort([SortKey("title")], timeout_s=timeout_s),
        SortResponse(0, result_count=7),
        "SORTING",
    ),
    "delete": Operation(
        lambda connection, timeout_s: connection.delete("default", timeout_s=timeout_s),
        DeleteResultSetResponse(0),
        "DELETING",
    ),
}


def answering(*answers: Apdu | bytes, then: Script | None = None, pieces: int = 0) -> Script:
    """Return a script: Init and a first search are answered rightly, what follows by ``answers``, all in one write.

    It then goes on with ``then``, or hangs up. ``pieces`` above 0 sends that many octets at a time.
    """
    octets = b"".join(answer if isinstance(answer, bytes) else encode_apdu(answer) for answer in answers)

    async def script(peer: Peer) -> None:
        await peer.exchange(ACCEPT, found(3))
        if await peer.ask() is not None:
            await peer.answer(octets, pieces=pieces)
            if then is not None:
                await then(peer)

    return script


async def attempt(target: HostileTarget, operation: Operation, timeout_s: float = AMPLE_S) -> tuple[Connection, Any]:
    """Connect, search for a result set, and carry out ``operation``; return the connection and the result or error."""
    connection = await connect(target.target, timeout_s=AMPLE_S)
    await connection.search("first", count=0, timeout_s=AMPLE_S)
    try:
        return connection, await operation.ask(connection, timeout_s)
    except Z3950Error as error:
        return connection, error


def is_right(name: str, result: Any) -> bool:
    """Say whether ``result`` is what the canned answer of an operation tells."""
    match name:
        case "search":
            return [each.data for each in result.records] == [b"record 1", b"record 2"]
        case "present":
            return [each.data for each in result] == [b"record 1", b"record 2"]
        case "scan":
            return [(each.term, each.occurrences) for each in result.entries] == [("river", 1), ("road", 1)]
        case "sort":
            return bool(result == SortResult(7))
        case _:
            return bool(result == {"default": 0})
