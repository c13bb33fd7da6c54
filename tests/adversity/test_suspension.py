"""A target that accepts and says nothing is left alone for a while, and tried again by one caller."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from locate.errors import (
    TargetSuspended,
    TargetTimeout,
)
from locate.z3950.breaker import BreakerPolicy
from locate.z3950.pool import Pool
from tests.adversity.desk import Desk, ask
from tests.adversity.hostile import HostileTarget, Peer, hostile, stall


class TestBreaker:
    """A target that accepts and says nothing."""

    POLICY = BreakerPolicy(failures_to_open=3, cooldown_s=0.1, fair_wait_s=0.01)

    async def _silence(self, pool: Pool, running: HostileTarget, times: int) -> None:
        for number in range(times):
            with pytest.raises(TargetTimeout):
                await ask(pool, running.target, number, timeout_s=0.02)

    async def test_after_three_silences_no_socket_is_opened(self) -> None:
        """Neither for those who come nor for those who wait for their turn."""
        connections = 0

        async def counted(peer: Peer) -> None:
            nonlocal connections
            connections += 1
            await stall(peer)

        policy = replace(self.POLICY, cooldown_s=60)
        async with hostile(counted) as running, Pool(breaker=policy) as pool:
            callers = [ask(pool, running.target, number, timeout_s=0.02) for number in range(20)]
            told = await asyncio.gather(*callers, return_exceptions=True)
            assert [type(error) for error in told] == [TargetTimeout] * 3 + [TargetSuspended] * 17
            assert connections <= 3
            assert "no answer within 0.02 s" in str(told[3])

    async def test_one_caller_tries_it_for_all(self) -> None:
        """The others are refused meanwhile; its answer opens the way for everyone."""
        silent = True
        desk = Desk(delay_s=0.02)

        async def recovering(peer: Peer) -> None:
            await (stall if silent else desk)(peer)

        async with hostile(recovering) as running, Pool(breaker=self.POLICY) as pool:
            await self._silence(pool, running, 3)
            silent = False
            await asyncio.sleep(0.1)
            callers = [ask(pool, running.target, number, limit=5) for number in range(5)]
            told = await asyncio.gather(*callers, return_exceptions=True)
            assert sorted(type(each).__name__ for each in told) == ["TargetSuspended"] * 4 + ["str"]
            assert desk.connections == 1
            callers = [ask(pool, running.target, number, limit=5) for number in range(5)]
            assert await asyncio.gather(*callers) == [f"q{number}" for number in range(5)]

    async def test_a_cancelled_attempt_lets_the_next_caller_try(self) -> None:
        """It proved nothing."""
        silent = True
        desk = Desk()

        async def recovering(peer: Peer) -> None:
            await (stall if silent else desk)(peer)

        async with hostile(recovering) as running, Pool(breaker=self.POLICY) as pool:
            await self._silence(pool, running, 3)
            await asyncio.sleep(0.1)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.02):
                    await ask(pool, running.target, 1)
            silent = False
            assert await ask(pool, running.target, 2) == "q2"

    async def test_silence_after_init_counts_and_an_answer_between_does_not_let_it_add_up(self) -> None:
        """Two silences, an answer, two silences: still asked; after a third it is left alone."""
        desk = Desk()
        async with hostile(desk) as running, Pool(breaker=replace(self.POLICY, cooldown_s=60)) as pool:
            for silences in (2, 2):
                desk.delay_s = 0.0
                assert await ask(pool, running.target, 100) == "q100"
                for number in range(silences):
                    async with pool.lease(running.target) as lease:
                        desk.delay_s = 0.0
                        await lease.open()
                        desk.delay_s = 60.0
                        with pytest.raises(TargetTimeout):
                            await lease.search(f"q{number}", timeout_s=0.02)
            with pytest.raises(TargetTimeout):
                await ask(pool, running.target, 1, timeout_s=0.02)
            with pytest.raises(TargetSuspended):
                await ask(pool, running.target, 1)

    async def test_a_caller_in_a_hurry_blames_nobody(self) -> None:
        """A deadline shorter than a fair wait says nothing of the target."""
        async with hostile(stall) as running, Pool(breaker=replace(self.POLICY, fair_wait_s=1.0)) as pool:
            await self._silence(pool, running, 5)

    async def test_a_caller_who_goes_on_alone_is_refused_too(self) -> None:
        """Within one lease."""
        async with hostile(stall) as running, Pool(breaker=self.POLICY) as pool, pool.lease(running.target) as lease:
            for error in (TargetTimeout, TargetTimeout, TargetTimeout, TargetSuspended):
                with pytest.raises(error):
                    await lease.search("q1", timeout_s=0.02)
