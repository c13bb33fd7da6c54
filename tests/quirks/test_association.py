"""Quirks of the association: how it begins, who may have one, and how it ends."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from locate.engine import Locator
from locate.errors import TargetClosed, TargetTimeout
from locate.outcome import Disposition, Finding
from locate.partner import Partner, Target
from locate.z3950.client import Connection, connect
from locate.z3950.target.emulation import Emulation
from tests.adversity.hostile import eventually
from tests.peers.servers import RunningServer
from tests.played import OTHER_ISBN
from tests.quirks.habited import TIMEOUT_S, connected, habited, locate_twice
from tests.test_engine import BOOK, HOLDS, QUICK


def _spoil(connection: Connection, octets: bytes) -> None:
    """Send what no origin would send."""
    link = connection._exchange._link
    assert link is not None
    link.send(octets)


# ---- 1: a malformed APDU, and silence ------------------------------------------------------------------------------


@pytest.mark.peers
async def test_yaz_closes_after_a_malformed_apdu(ztest_server: RunningServer) -> None:
    """YAZ answers a malformed APDU with a Close for a protocol error, which is told as such."""
    connection = await connect(Target(ztest_server.host, ztest_server.port), timeout_s=TIMEOUT_S)
    _spoil(connection, b"\xb6\x03\x02\x01\x01")
    with pytest.raises(TargetClosed, match="protocol error"):
        await connection.search("1", timeout_s=TIMEOUT_S)
    assert not connection.is_open


@pytest.mark.peers
async def test_yaz_is_silent_after_four_ff(ztest_server: RunningServer) -> None:
    """Four octets 0xff silence YAZ for ever: the operation ends by its own deadline, and so does the connection."""
    connection = await connect(Target(ztest_server.host, ztest_server.port), timeout_s=TIMEOUT_S)
    _spoil(connection, b"\xff\xff\xff\xff")
    with pytest.raises(TargetTimeout, match=r"no answer within 0\.3 s"):
        await connection.search("1", timeout_s=0.3)
    assert not connection.is_open


# ---- 2, 24: the end without a Close --------------------------------------------------------------------------------


async def test_a_target_that_leaves_after_each_answer() -> None:
    """End of file without Close is a normal end: the records stand, and the next locate takes a fresh connection."""
    habits = Emulation(close_after_operations=1)
    async with connected(habits) as connection:
        result = await connection.search("@attr 1=4 rivers", count=1, timeout_s=TIMEOUT_S)
        assert len(result.records) == 1
        await eventually(lambda: not connection.is_open)
    first, second = await locate_twice(habits)
    assert (first.finding, second.finding) == (Finding.FOUND, Finding.FOUND)


async def test_a_target_that_leaves_in_the_middle_of_a_locate() -> None:
    """A target that ends the connection after every search is asked to the end all the same, once anew."""
    async with habited(Emulation(close_after_operations=1)) as target:
        partner = Partner("only", target, limits=QUICK)
        async with Locator([partner]) as locator:
            outcome = await locator.locate(replace(BOOK, isbn=(OTHER_ISBN,)))
    assert outcome["only"].finding is Finding.FOUND
    assert [search.hits for search in outcome["only"].searches] == [0, 1]


# ---- 3: Search not offered -----------------------------------------------------------------------------------------


async def test_search_is_tried_though_it_is_not_offered() -> None:
    """The option of Search may be missing from Init: the search is sent, and answered."""
    habits = Emulation(search_option=False)
    async with connected(habits) as connection:
        assert connection.server is not None
        assert 0 not in connection.server.options
        assert (await connection.search("@attr 1=4 rivers", timeout_s=TIMEOUT_S)).hits == 1
    first, _ = await locate_twice(habits)
    assert first.finding is Finding.FOUND


# ---- 16: a session is a licence ------------------------------------------------------------------------------------


async def test_one_licence_is_enough_for_many_requests() -> None:
    """At a target with one licence, counted for a while after its end, overlapping and later requests share it."""
    habits = Emulation(max_sessions=1, session_linger_s=60.0)
    async with habited(habits) as target, Locator([Partner("only", target, limits=QUICK)]) as locator:
        together = await asyncio.gather(*(locator.locate(BOOK) for _ in range(6)))
        later = await locator.locate(BOOK)
    assert {each["only"].finding for each in (*together, later)} == {Finding.FOUND}


async def test_without_a_licence_the_reason_is_told() -> None:
    """A target that is full is an error of the target's, told in its words, and the partner stays in the rota."""
    habits = Emulation(max_sessions=1)
    async with (
        habited(habits) as target,
        await connect(target, timeout_s=TIMEOUT_S),
        Locator([Partner("only", target, limits=QUICK)]) as locator,
    ):
        outcome = (await locator.locate(BOOK))["only"]
    assert outcome.finding is Finding.TARGET_ERROR
    assert outcome.disposition is Disposition.KEEP_UNVERIFIED
    assert "the target refused the association: " in outcome.reason


# ---- 18, 19: forms that should not be ------------------------------------------------------------------------------


async def test_addinfo_of_version_2_is_heeded() -> None:
    """The refused attribute that a diagnostic of version 2 names is not tried again."""
    habits = Emulation(unsupported_uses=frozenset({7}), v2_addinfo=True)
    first, second = await locate_twice(habits)
    assert (first.finding, second.finding) == (Finding.FOUND, Finding.FOUND)
    assert "(bib-1 114: 7)" in first.searches[0].note
    assert [search.by for search in second.searches] == ["title and author"]


async def test_init_with_an_external_that_names_nothing() -> None:
    """What Init says without an OID is passed over, and the association goes on."""
    habits = Emulation(init_without_oid=True)
    async with connected(habits, HOLDS) as connection:
        assert connection.is_open
        assert connection.server is not None
        assert connection.server.message == ""
        assert (await connection.search("@attr 1=4 rivers", timeout_s=TIMEOUT_S)).hits == 1
