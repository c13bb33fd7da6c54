"""The engine's connections: no more than allowed, kept for the next run, left alone where nobody answers."""

from __future__ import annotations

import asyncio
import gc
import warnings
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest

from locate import (
    Finding,
    Locator,
    Target,
)
from locate.errors import LocalProtocolError
from locate.partner import RunLimits
from locate.z3950 import pool
from locate.z3950.client import connect
from locate.z3950.target.server import ThreadedServer
from tests.peers.relay import relay
from tests.test_engine import BOOK, HOLDS, LACKS, QUICK, dead_port, partner, serving, timed


class TestPoliteness:
    """Connections to one target."""

    async def test_two_databases_of_one_server_take_turns(self) -> None:
        """With one connection allowed, the second partner is asked when the first is done."""
        async with serving(max_connections=5) as port:
            outcome, took_s = await timed([partner("a", port), partner("b", port, database="Other")])
        assert [each.finding for each in outcome.partners] == [Finding.FOUND, Finding.FOUND]
        assert took_s < 1.0

    async def test_a_partner_that_lacks_the_item_gives_its_turn_back(self) -> None:
        """The end without a find releases the connection too."""
        async with serving(LACKS) as port:
            outcome, took_s = await timed([partner("a", port), partner("b", port, database="Other")])
        assert [each.finding for each in outcome.partners] == [Finding.NOT_FOUND, Finding.NOT_FOUND]
        assert took_s < 1.0

    @pytest.mark.parametrize("allowed", [1, 2])
    async def test_overlapping_calls_keep_to_the_limit(self, allowed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Many requests at once open no more connections to one target than allowed, and share them."""
        opened: list[Target] = []

        async def counting(target: Target, **options: Any) -> Any:
            opened.append(target)
            return await connect(target, **options)

        monkeypatch.setattr(pool, "connect", counting)
        limits = replace(QUICK, connections=allowed)
        async with (
            serving(delay_s=0.02, max_connections=allowed) as port,
            Locator([partner("a", port, limits)]) as locator,
        ):
            outcomes = await asyncio.gather(*(locator.locate(BOOK) for _ in range(6)))
        assert {each["a"].finding for each in outcomes} == {Finding.FOUND}
        assert len(opened) == allowed


class TestWarm:
    """Connections outlive a run."""

    async def test_a_cold_locate_takes_three_round_trips_and_a_warm_one_takes_one(self) -> None:
        """Connect, Init, Search; then Search alone."""
        async with (
            serving() as port,
            relay("127.0.0.1", port, rtt_s=0.04) as line,
            Locator([partner("a", line.port)]) as locator,
        ):
            started = monotonic()
            cold = await locator.locate(BOOK)
            cold_s, cold_trips = monotonic() - started, line.round_trips
            started = monotonic()
            warm = await locator.locate(BOOK)
            warm_s, warm_trips = monotonic() - started, line.round_trips - cold_trips
        assert cold["a"].finding is warm["a"].finding is Finding.FOUND
        assert (cold_trips, warm_trips) == (3, 1)
        assert cold_s >= 3 * 0.04
        assert warm_s >= 0.04

    async def test_without_idle_time_every_run_has_its_own(self) -> None:
        """Each is closed when the run is done with the partner."""
        async with (
            serving() as port,
            relay("127.0.0.1", port) as line,
            Locator([partner("a", line.port)], limits=RunLimits(idle_s=0)) as locator,
        ):
            await locator.locate(BOOK)
            await locator.locate(BOOK)
        assert line.connections == 2

    async def test_a_target_that_never_answers_is_left_alone(self) -> None:
        """After three faults in a row the partner has its finding at once, and nothing is sent."""
        port = dead_port()
        async with Locator([partner("a", port)]) as locator:
            tried = [(await locator.locate(BOOK))["a"] for _ in range(4)]
        assert [each.finding for each in tried] == [Finding.TARGET_ERROR] * 4
        assert tried[2].reason.endswith("connection refused; nothing listens on that port.")
        assert tried[3].reason.startswith(
            "The partner could not be asked to the end: not asked, since the last 3 attempts failed "
            "(connection refused; nothing listens on that port); it is tried again in "
        )

    def test_a_locator_that_is_not_closed_ends_with_its_loop(self) -> None:
        """No warning, no wait; another loop is told to make its own."""
        with ThreadedServer({"Default": HOLDS}) as server:
            locator = Locator([partner("a", server.port)])
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                assert asyncio.run(locator.locate(BOOK))["a"].finding is Finding.FOUND
                gc.collect()
            assert not told
            with pytest.raises(LocalProtocolError, match="belong to another event loop"):
                asyncio.run(locator.locate(BOOK))

    async def test_a_closed_locator_locates_no_more(self) -> None:
        """It says so."""
        locator = Locator([partner("a", 1)])
        await locator.close()
        with pytest.raises(LocalProtocolError, match="is closed"):
            await locator.locate(BOOK)
