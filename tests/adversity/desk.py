"""A target that answers every search with a record that names it, and callers who check that it is theirs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from locate.partner import Target
from locate.z3950.apdu import Apdu, Close, External, InitializeRequest, NamePlusRecord, SearchRequest
from locate.z3950.oids import MARC21
from locate.z3950.pool import Pool
from locate.z3950.retrieval import Record
from tests.adversity.hostile import ACCEPT, Peer, found

__all__ = ["AMPLE_S", "Desk", "answer_to", "ask", "named", "query_of", "until"]

AMPLE_S = 5.0
_QUERY = re.compile(r"q\d+")


def named(query: str) -> NamePlusRecord:
    """Return a record whose bytes are the query it answers."""
    return NamePlusRecord(("retrieval", External(MARC21, None, ("octets", query.encode()))), "Default")


def query_of(request: SearchRequest) -> str:
    """Return the term of a search, such as "q17"."""
    (term,) = _QUERY.findall(repr(request.query))
    return str(term)


@dataclass
class Desk:
    """A script: a target that answers each search with a record that names it, ``delay_s`` seconds late.

    ``leaves`` says of (connection, search of that connection), both 1-based, whether the target hangs up instead of
    answering; ``is_deaf_to_close``, that it does not answer Close. Counts connections, associations open at once, and
    searches.
    """

    delay_s: float = 0.0
    is_deaf_to_close: bool = False
    leaves: Callable[[int, int], bool] = lambda _connection, _search: False
    connections: int = 0
    open: int = 0
    peak: int = 0
    searches: list[tuple[int, str]] = field(default_factory=list)

    async def __call__(self, peer: Peer) -> None:
        """Serve one connection."""
        self.connections += 1
        self.open += 1
        self.peak = max(self.peak, self.open)
        try:
            await self._serve(peer, self.connections)
        finally:
            self.open -= 1

    async def _serve(self, peer: Peer, number: int) -> None:
        searches = 0
        while (request := await peer.ask()) is not None:
            if isinstance(request, SearchRequest):
                searches += 1
                if self.leaves(number, searches):
                    return
                self.searches.append((number, query_of(request)))
            if isinstance(request, Close) and self.is_deaf_to_close:
                continue
            await asyncio.sleep(self.delay_s)
            answer = answer_to(request)
            await peer.answer(answer)
            if isinstance(answer, Close):
                return


def answer_to(request: Apdu) -> Apdu:
    """Return Init accepted, a search answered, and anything else as it came (Close)."""
    if isinstance(request, InitializeRequest):
        return ACCEPT
    return found(1, named(query_of(request))) if isinstance(request, SearchRequest) else request


async def ask(
    pool: Pool, target: Target, number: int, *, limit: int = 1, timeout_s: float = AMPLE_S, again: int | None = None
) -> str:
    """Search for "q<number>" in a lease of its own, then for ``again``; return what the last record says."""
    async with pool.lease(target, limit=limit) as lease:
        result = await lease.search(f"q{number}", timeout_s=timeout_s)
        if again is not None:
            result = await lease.search(f"q{again}", timeout_s=timeout_s)
    (record,) = result.records
    assert isinstance(record, Record)
    assert isinstance(record.data, bytes)
    return record.data.decode()


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(AMPLE_S):
        while not is_so():  # noqa: ASYNC110 - sockets, of which no event tells
            await asyncio.sleep(0.005)
