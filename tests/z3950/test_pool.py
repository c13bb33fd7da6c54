"""The pool of connections to targets that behave: warm ones are used again, limits and times are kept."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from time import monotonic

import pytest

from locate.errors import (
    DiagnosticError,
    LocalProtocolError,
    RecordError,
    TargetSuspended,
    TargetTimeout,
    TargetUnreachable,
)
from locate.partner import Target
from locate.records import read_records_xml
from locate.z3950.breaker import BreakerPolicy
from locate.z3950.pool import Pool
from locate.z3950.requests import SortKey
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ServerOptions, serve
from tests.adversity.desk import AMPLE_S, until
from tests.peers.relay import Relay, relay
from tests.played import rivers

RIVERS = "@attr 1=4 rivers"


def catalog() -> Catalog:
    """Return a catalog of one book."""
    loaded = read_records_xml(rivers())
    assert not isinstance(loaded, RecordError)
    return Catalog(loaded)


@dataclass
class Far:
    """A target behind a relay that counts its connections."""

    target: Target
    other: Target
    line: Relay


@contextlib.asynccontextmanager
async def served(delay_s: float = 0.0) -> AsyncIterator[Far]:
    """Serve two databases; every answer takes ``delay_s``."""
    databases = {"Default": catalog(), "Other": catalog()}
    async with (
        serve(databases, options=ServerOptions(delay_s=delay_s)) as server,
        relay(server.host, server.port) as line,
    ):
        yield Far(Target("127.0.0.1", line.port), Target("127.0.0.1", line.port, "Other"), line)


async def hits(pool: Pool, target: Target, query: str = RIVERS, limit: int = 1) -> int:
    """Search in a lease of its own."""
    async with pool.lease(target, limit=limit) as lease:
        return (await lease.search(query)).hits


class TestWarm:
    """A connection is used again."""

    async def test_a_second_search_uses_the_connection_of_the_first(self) -> None:
        """One connection, three round trips for the first and one for the second."""
        async with served() as far, Pool() as pool:
            found = [await hits(pool, far.target) for _ in range(2)]
        assert found[0] == found[1] > 0
        assert (far.line.connections, far.line.exchanges) == (1, 3 + 1)  # Init, two Searches, Close at the end

    async def test_a_diagnostic_leaves_the_connection_usable(self) -> None:
        """It is an answer like any other."""
        async with served() as far, Pool() as pool:
            with pytest.raises(DiagnosticError):
                await hits(pool, far.target, "@attr 1=9999 rivers")
            assert await hits(pool, far.target) > 0
        assert far.line.connections == 1

    async def test_another_error_in_the_block_leaves_the_connection_usable(self) -> None:
        """What the caller does with an answer does not concern the target."""
        async with served() as far, Pool() as pool:
            with contextlib.suppress(ZeroDivisionError):
                async with pool.lease(far.target) as lease:
                    await lease.search(RIVERS)
                    raise ZeroDivisionError
            assert await hits(pool, far.target) > 0
        assert far.line.connections == 1

    async def test_records_are_presented_on_the_connection_of_the_search(self) -> None:
        """Within one lease, though others search between."""
        async with served() as far, Pool() as pool, pool.lease(far.target, limit=2) as lease:
            await lease.search(RIVERS, count=0)
            await hits(pool, far.target, "@attr 1=4 nothing", limit=2)
            assert len(await lease.present(1, 1)) == 1
        assert far.line.connections == 2

    async def test_the_connection_used_last_is_taken_first(self) -> None:
        """So that those not needed grow old and are closed."""
        async with served() as far, Pool() as pool:
            async with pool.lease(far.target, limit=2) as first:
                await first.search(RIVERS)
                async with pool.lease(far.target, limit=2) as second:
                    await second.search(RIVERS)
                    older = second._connection
                newer = first._connection
            async with pool.lease(far.target, limit=2) as third:
                await third.open()
                assert third._connection is newer is not older


class TestIdle:
    """What is not used is closed."""

    async def test_an_idle_connection_is_closed_by_the_clock(self) -> None:
        """Though nobody asks for another."""
        async with served() as far, Pool(idle_s=0.05) as pool:
            await hits(pool, far.target)
            await until(lambda: far.line.open == 0)
            assert await hits(pool, far.target) > 0
        assert far.line.connections == 2

    async def test_it_is_closed_politely(self) -> None:
        """The target is told, and answers: Init, Search, Close."""
        async with served() as far, Pool(idle_s=0.05) as pool:
            await hits(pool, far.target)
            await until(lambda: far.line.open == 0)
            assert far.line.exchanges == 3

    async def test_use_puts_the_closing_off(self) -> None:
        """Seconds are counted from the last use."""
        async with served() as far, Pool(idle_s=0.2) as pool:
            await hits(pool, far.target)
            await asyncio.sleep(0.1)
            used = monotonic()
            await hits(pool, far.target)
            await until(lambda: far.line.open == 0)
            assert monotonic() - used >= 0.19

    async def test_without_idle_time_nothing_is_kept(self) -> None:
        """Zero seconds."""
        async with served() as far, Pool(idle_s=0) as pool:
            await hits(pool, far.target)
            await until(lambda: far.line.open == 0)
            await hits(pool, far.target)
        assert far.line.connections == 2


class TestLimit:
    """Connections to one host and port."""

    @pytest.mark.parametrize("limit", [1, 2])
    async def test_twenty_callers_share_what_is_allowed(self, limit: int) -> None:
        """All get their answer, and no more than the limit are ever open."""
        async with served(delay_s=0.005) as far, Pool() as pool:
            found = await asyncio.gather(*(hits(pool, far.target, limit=limit) for _ in range(20)))
        assert set(found) == {found[0]}
        assert (far.line.connections, far.line.peak) == (limit, limit)

    async def test_waiting_for_a_connection_has_its_own_time(self) -> None:
        """The error says that it is this side's limit; the target is not blamed."""
        async with served() as far, Pool(breaker=BreakerPolicy(failures_to_open=1, fair_wait_s=0)) as pool:
            async with pool.lease(far.target):
                with pytest.raises(TargetTimeout, match=r"no connection became free within 0\.02 s; 1 may be open"):
                    await pool.lease(far.target, timeout_s=0.02).acquire()
            assert await hits(pool, far.target) > 0

    async def test_another_port_is_another_target(self) -> None:
        """It has its own limit."""
        async with served() as one, served() as two, Pool() as pool, pool.lease(one.target) as lease:
            await lease.search(RIVERS)
            async with asyncio.timeout(AMPLE_S):
                assert await hits(pool, two.target) > 0


class TestLeases:
    """What a lease may be asked."""

    async def test_nothing_of_an_earlier_lease_is_seen(self) -> None:
        """A lease begins with a search, also on a warm connection."""
        async with served() as far, Pool() as pool:
            await hits(pool, far.target)
            async with pool.lease(far.target) as lease:
                await lease.open()
                with pytest.raises(LocalProtocolError, match="begins with a search or a scan"):
                    await lease.present(1, 1)

    async def test_a_lease_is_held_once(self) -> None:
        """To take it twice would wait for oneself."""
        async with served() as far, Pool() as pool, pool.lease(far.target) as lease:
            with pytest.raises(LocalProtocolError, match="held already"):
                await lease.acquire()

    async def test_a_lease_that_is_not_held_does_nothing(self) -> None:
        """Before it is entered and after it is left."""
        async with served() as far, Pool() as pool:
            lease = pool.lease(far.target)
            with pytest.raises(LocalProtocolError, match="not held"):
                await lease.search(RIVERS)
            async with lease:
                pass
            with pytest.raises(LocalProtocolError, match="not held"):
                await lease.open()
        assert far.line.connections == 0

    async def test_operations_of_one_lease_do_not_overlap(self) -> None:
        """The second is refused, the first is answered."""
        async with served(delay_s=0.02) as far, Pool() as pool, pool.lease(far.target) as lease:
            first = asyncio.create_task(lease.search(RIVERS))
            await asyncio.sleep(0)
            with pytest.raises(LocalProtocolError, match="one operation at a time"):
                await lease.search(RIVERS)
            assert (await first).hits > 0

    async def test_a_lease_released_while_it_connects_leaves_nothing(self) -> None:
        """The connection that comes about is dropped."""
        async with served(delay_s=0.02) as far, Pool() as pool:
            lease = pool.lease(far.target)
            await lease.acquire()
            opening = asyncio.create_task(lease.open())
            await until(lambda: far.line.open == 1)
            lease.release()
            with pytest.raises(LocalProtocolError, match="released while it connected"):
                await opening
            await until(lambda: far.line.open == 0)

    async def test_all_operations_of_a_connection_are_there(self) -> None:
        """Scan may begin a lease; sort and delete work on what it searched."""
        async with served() as far, Pool() as pool, pool.lease(far.target) as lease:
            for operation in (lease.sort([SortKey("title")]), lease.delete("default")):
                with pytest.raises(LocalProtocolError, match="begins with a search or a scan"):
                    await operation
            for begun in (lease.scan(RIVERS, timeout_s=AMPLE_S), lease.search(RIVERS), lease.delete("default")):
                with contextlib.suppress(DiagnosticError):  # the target at hand may not offer it
                    await begun
            assert lease._connection is not None

    async def test_an_old_result_is_not_presented_on_a_new_connection(self) -> None:
        """When the connection was lost after the search."""
        async with served() as far, Pool() as pool, pool.lease(far.target) as lease:
            await lease.search(RIVERS)
            assert lease._connection is not None
            lease._connection.abort()
            await lease.open()
            with pytest.raises(LocalProtocolError, match="begins with a search or a scan"):
                await lease.present(1, 1)


class TestFacts:
    """What was learned."""

    async def test_facts_come_back_from_an_export(self) -> None:
        """Through JSON; what a process has learned itself stays."""
        pool, target = Pool(), "h:210/Default"
        pool.restore({target: {"has_or": False, "refused_uses": [9, 7]}, "plain:210/Default": {}})
        assert json.loads(json.dumps(pool.export())) == {target: {"has_or": False, "refused_uses": [7, 9]}}
        again = Pool()
        again.restore({target: {"refused_uses": [12]}})
        again.restore(pool.export())
        assert again.facts[target].refused_uses == {12}
        assert again.facts[target].has_or

    async def test_every_connection_to_a_target_learns_for_all(self) -> None:
        """They share one set of facts, by database."""
        async with served() as far, Pool() as pool, pool.lease(far.target, limit=2) as one:
            await one.open()
            async with pool.lease(far.target, limit=2) as two:
                await two.open()
                assert one._connection is not None
                assert two._connection is not None
                assert one._connection.facts is two._connection.facts is pool.facts[str(far.target)]


class TestSuspension:
    """A target that does not answer."""

    async def test_it_is_asked_again_after_the_cooldown(self) -> None:
        """Until then nothing is sent, and the error says why."""
        policy = BreakerPolicy(failures_to_open=2, cooldown_s=0.2)
        async with serve({"Default": catalog()}) as server:
            target = Target(server.host, server.port)
        pool = Pool(breaker=policy)
        for error in (TargetUnreachable, TargetUnreachable, TargetSuspended):
            with pytest.raises(error):
                await hits(pool, target)
        async with serve({"Default": catalog()}, port=target.port):
            with pytest.raises(TargetSuspended, match=r"not asked, since the last 2 attempts failed \(connection"):
                await hits(pool, replace(target, database="Other"))
            await until(lambda: not pool._hosts[target.host, target.port].breaker.is_suspended(monotonic()))
            assert await hits(pool, target) > 0
            await pool.close()


class TestEnd:
    """Closing, and using it afterwards."""

    async def test_a_closed_pool_says_so(self) -> None:
        """For new leases and for those still held; closing again does nothing."""
        async with served() as far:
            pool = Pool()
            async with pool.lease(far.target) as lease:
                await lease.search(RIVERS)
                await pool.close()
                await pool.close()
                with pytest.raises(LocalProtocolError, match="the pool of connections is closed"):
                    await lease.search(RIVERS)
            with pytest.raises(LocalProtocolError, match="the pool of connections is closed"):
                await hits(pool, far.target)
            await until(lambda: far.line.open == 0)

    async def test_closing_does_not_wait_for_a_target_that_does_not_answer(self) -> None:
        """Longer than it is told to."""
        async with served(delay_s=0.0) as far:
            pool = Pool()
            await hits(pool, far.target)
            far.line.rtt_s = 60.0
            async with asyncio.timeout(AMPLE_S):
                await pool.close(timeout_s=0.02)
            assert not pool._hosts["127.0.0.1", far.target.port]._closing

    def test_another_loop_is_told_to_make_its_own(self) -> None:
        """And a pool that was not closed leaves nothing behind in the first, not even a warning."""
        pool = Pool()

        async def once() -> int:
            async with served() as far:
                return await hits(pool, far.target)

        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            assert asyncio.run(once()) > 0
            gc.collect()
        assert not told
        with pytest.raises(LocalProtocolError, match="belong to another event loop"):
            asyncio.run(once())
