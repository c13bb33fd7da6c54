"""The pool of connections to targets that misbehave, and callers that give up at any moment."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest

from locate.errors import (
    LocalProtocolError,
    TargetClosed,
    TargetTimeout,
)
from locate.partner import Target
from locate.z3950 import pool as pool_module
from locate.z3950.apdu import (
    InitializeRequest,
    SearchRequest,
)
from locate.z3950.client import Connection, connect
from locate.z3950.pool import Pool
from tests.adversity.desk import AMPLE_S, Desk, answer_to, ask, named, query_of, until
from tests.adversity.hostile import ACCEPT, Peer, found, hostile, stall


def taken(pool: Pool) -> int:
    """Return how many leases are held."""
    return sum(host.taken for host in pool._hosts.values())


class TestClosedByTheTarget:
    """A warm connection that turns out closed."""

    async def test_a_fresh_connection_is_tried_once(self) -> None:
        """The caller sees nothing of it."""
        desk = Desk(leaves=lambda connection, search: connection == 1 and search == 2)
        async with hostile(desk) as running, Pool() as pool:
            assert await ask(pool, running.target, 1) == "q1"
            assert await ask(pool, running.target, 2) == "q2"
        assert desk.searches == [(1, "q1"), (2, "q2")]

    async def test_and_no_more_than_once(self) -> None:
        """A target that hangs up on the fresh one too is told of."""
        desk = Desk(leaves=lambda connection, search: connection > 1 or search > 1)
        async with hostile(desk) as running, Pool() as pool:
            await ask(pool, running.target, 1)
            with pytest.raises(TargetClosed):
                await ask(pool, running.target, 2)
            assert desk.connections == 2

    async def test_a_connection_that_has_answered_in_this_lease_is_not_tried_again(self) -> None:
        """What hangs up in the middle of the work is no idle connection."""
        desk = Desk(leaves=lambda _connection, search: search == 3)
        async with hostile(desk) as running, Pool() as pool:
            await ask(pool, running.target, 1)
            with pytest.raises(TargetClosed):
                await ask(pool, running.target, 2, again=3)
            assert desk.connections == 1
            assert await ask(pool, running.target, 4) == "q4"

    async def test_a_cold_connection_is_not_tried_again(self) -> None:
        """The first search of all."""
        desk = Desk(leaves=lambda _connection, _search: True)
        async with hostile(desk) as running, Pool() as pool:
            with pytest.raises(TargetClosed):
                await ask(pool, running.target, 1)
        assert desk.connections == 1

    async def test_the_second_attempt_has_the_time_that_is_left(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Not the whole of it again."""
        granted: list[float] = []

        async def noting(target: Target, *, timeout_s: float, **options: Any) -> Any:
            granted.append(timeout_s)
            return await connect(target, timeout_s=timeout_s, **options)

        async def slow_to_leave(peer: Peer) -> None:
            await peer.exchange(ACCEPT, found(1, named("q1")))
            if len(granted) == 1:
                await peer.ask()
                await asyncio.sleep(0.1)
                return
            await peer.ask()

        monkeypatch.setattr(pool_module, "connect", noting)
        async with hostile(slow_to_leave) as running, Pool() as pool:
            for _ in range(2):
                assert await ask(pool, running.target, 1, timeout_s=AMPLE_S) == "q1"
        assert granted[0] == AMPLE_S
        assert granted[1] <= AMPLE_S - 0.09

    async def test_a_close_while_idle_is_noticed_before_the_next_search(self) -> None:
        """Nothing is sent to a connection that has ended."""

        async def once(peer: Peer) -> None:
            await peer.exchange(ACCEPT, found(1, named("q1")))

        async with hostile(once) as running, Pool() as pool:
            assert [await ask(pool, running.target, 1) for _ in range(3)] == ["q1"] * 3
        assert [type(apdu).__name__ for apdu in running.asked] == ["InitializeRequest", "SearchRequest"] * 3

    async def test_a_connection_still_alive_is_preferred_to_one_that_has_ended(self) -> None:
        """Though that one was used last."""
        leave = asyncio.Event()
        desk = Desk()

        async def first_leaves(peer: Peer) -> None:
            if desk.connections:
                await desk(peer)
                return
            desk.connections += 1
            await peer.exchange(ACCEPT, found(1, named("q1")))
            await leave.wait()

        async with hostile(first_leaves) as running, Pool() as pool:
            async with pool.lease(running.target, limit=2) as first:
                await first.search("q1")
                ended = first._connection
                assert await ask(pool, running.target, 2, limit=2) == "q2"
            leave.set()
            await until(lambda: ended is not None and not ended.is_open)
            assert await ask(pool, running.target, 3, limit=2) == "q3"
        assert desk.connections == 2

    async def test_what_comes_unasked_is_not_taken_for_ananswer_to(self) -> None:
        """A target that answers twice: the second one belongs to no request."""

        async def twice(peer: Peer) -> None:
            await peer.exchange(ACCEPT, found(1, named("q1")))
            await peer.answer(found(1, named("q1")))
            while (request := await peer.ask()) is not None:
                await peer.answer(answer_to(request))

        async with hostile(twice) as running, Pool() as pool:
            assert await ask(pool, running.target, 1) == "q1"
            await asyncio.sleep(0.05)
            started = len(running.asked)
            await ask(pool, running.target, 2)
        assert type(running.asked[started]) is InitializeRequest


class TestGivingUp:
    """Cancelling and running out of time: an answer never reaches another caller."""

    async def test_a_timed_out_search_does_not_answer_the_next(self) -> None:
        """Its answer comes when the next caller waits for one."""
        desk = Desk(delay_s=0.1)
        async with hostile(desk) as running, Pool() as pool:
            async with pool.lease(running.target) as lease:
                await lease.open()
            with pytest.raises(TargetTimeout):
                await ask(pool, running.target, 1, timeout_s=0.05)
            assert await ask(pool, running.target, 2) == "q2"

    async def test_a_search_cancelled_at_any_step_does_not_answer_the_next(self) -> None:
        """Step by step of the event loop, cold and warm."""
        desk = Desk()
        finished = 0
        async with hostile(desk) as running, Pool() as pool:
            for steps in range(120):
                task = asyncio.create_task(ask(pool, running.target, 2 * steps))
                for _ in range(steps % 60):
                    await asyncio.sleep(0)
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    assert await task == f"q{2 * steps}"
                    finished += 1
                assert taken(pool) == 0
                if steps % 3 == 0:
                    assert await ask(pool, running.target, 2 * steps + 1) == f"q{2 * steps + 1}"
        assert finished > 0

    @pytest.mark.parametrize("seed", range(3))
    async def test_fifty_callers_who_give_up_at_random_leave_nothing(self, seed: int) -> None:
        """Every answer reaches its own caller; in the end no lease is held and no socket is open."""
        chance = random.Random(seed)
        desk = Desk(delay_s=0.004)

        async def hurried(number: int) -> str:
            await asyncio.sleep(chance.uniform(0, 0.1))
            async with asyncio.timeout(chance.uniform(0, 0.2)):
                return await ask(pool, running.target, number, limit=3, again=number + 1000)

        async with hostile(desk) as running, Pool() as pool:
            told = await asyncio.gather(*(hurried(number) for number in range(50)), return_exceptions=True)
            assert taken(pool) == 0
            await until(lambda: desk.open <= 3)
            assert await ask(pool, running.target, 5000) == "q5000"
            await pool.close()
            await until(lambda: desk.open == 0)
        answered = {number: text for number, text in enumerate(told) if isinstance(text, str)}
        assert answered
        assert answered == {number: f"q{number + 1000}" for number in answered}
        assert all(isinstance(text, str | TimeoutError) for text in told)

    async def test_a_connection_that_says_it_is_well_is_not_believed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The pool itself knows that an answer is outstanding."""
        monkeypatch.setattr(Connection, "is_open", property(lambda _connection: True))
        async with hostile(Desk(delay_s=0.05)) as running, Pool() as pool:
            async with pool.lease(running.target) as lease:
                await lease.open()
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.01):
                        await lease.search("q1")
            assert not pool._hosts[running.target.host, running.target.port]._idle

    async def test_a_block_that_is_cancelled_keeps_no_connection(self) -> None:
        """As at the end of a loop, when nobody would close it any more."""
        desk = Desk()
        async with hostile(desk) as running, Pool() as pool:
            answered = asyncio.Event()

            async def dawdle() -> None:
                async with pool.lease(running.target) as lease:
                    await lease.search("q1")
                    answered.set()
                    await asyncio.sleep(60)

            task = asyncio.create_task(dawdle())
            await answered.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await until(lambda: desk.open == 0)

    async def test_waiting_callers_who_give_up_leave_the_turn_to_others(self) -> None:
        """A cancelled wait takes no seat."""
        desk = Desk(delay_s=0.02)
        async with hostile(desk) as running, Pool() as pool:
            waiting = [asyncio.create_task(ask(pool, running.target, number)) for number in range(10)]
            await asyncio.sleep(0.01)
            for task in waiting[1::2]:
                task.cancel()
            told = await asyncio.gather(*waiting, return_exceptions=True)
        assert told[::2] == [f"q{number}" for number in range(0, 10, 2)]
        assert desk.connections == 1


class TestLimit:
    """Associations at one target, as the target counts them."""

    @pytest.mark.parametrize("limit", [1, 2])
    async def test_twenty_callers_of_two_databases_keep_to_the_limit(self, limit: int) -> None:
        """An idle connection to another database is closed before the next one is opened."""
        desk = Desk(delay_s=0.001)
        async with hostile(desk) as running, Pool() as pool:
            targets = [running.target, replace(running.target, database="Other")]
            callers = [ask(pool, targets[number % 2], number, limit=limit) for number in range(20)]
            assert await asyncio.gather(*callers) == [f"q{number}" for number in range(20)]
        assert desk.peak == limit
        searches = [apdu for apdu in running.asked if isinstance(apdu, SearchRequest)]
        asked = {query_of(search): search.database_names for search in searches}
        assert asked == {f"q{number}": (targets[number % 2].database,) for number in range(20)}

    async def test_a_target_that_does_not_answer_close_holds_up_nobody_for_long(self) -> None:
        """Neither the next database nor the end."""
        desk = Desk()

        async with hostile(desk) as running, Pool() as pool:
            await ask(pool, running.target, 1)
            desk.is_deaf_to_close = True
            assert await ask(pool, replace(running.target, database="Other"), 2) == "q2"
            started = monotonic()
            await pool.close(timeout_s=0.01)
            assert monotonic() - started < 0.9
            await until(lambda: desk.open == 0)


async def test_an_operation_whose_lease_is_released_ends_with_an_error() -> None:
    """Its connection is dropped, and no other is opened for it."""
    desk = Desk()

    async def then_silent(peer: Peer) -> None:
        await peer.exchange(ACCEPT, found(1, named("q1")))
        desk.connections += 1
        await stall(peer)

    async with hostile(then_silent) as running, Pool() as pool:
        await ask(pool, running.target, 1)
        lease = pool.lease(running.target)
        await lease.acquire()
        searching = asyncio.create_task(lease.search("q2", timeout_s=AMPLE_S))
        await asyncio.sleep(0.02)
        lease.release()
        async with asyncio.timeout(AMPLE_S / 2):
            with pytest.raises(TargetClosed):
                await searching
        with pytest.raises(LocalProtocolError, match="not held"):
            await lease.search("q3")
    assert desk.connections == 1


async def test_no_time_at_all() -> None:
    """A search with no time left ends at once, in a message that a reader understands."""
    async with hostile(stall) as running, Pool() as pool, pool.lease(running.target) as lease:
        with pytest.raises(TargetTimeout, match=r"\(connect\): no answer within 0 s$"):
            await lease.search("x", timeout_s=0)
