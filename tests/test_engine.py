"""The asyncio shell: partners side by side, faults kept apart, deadlines kept, nothing left behind."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest

from locate import (
    BorrowingRequest,
    Citation,
    Config,
    Finding,
    Limits,
    LocateProfile,
    Locator,
    Partner,
    Target,
    locate as block,
)
from locate.candidates import Judge
from locate.config.objects import Institution
from locate.errors import CitationError, ConfigurationError, RecordError
from locate.partner import RunLimits
from locate.records import read_records_xml
from locate.z3950 import pool
from locate.z3950.client import connect
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ServerOptions, TargetSession, ThreadedServer, serve
from tests.played import ISBN, MORGAN, marcxml, rivers

BOOK = Citation(title="The rivers of northern Wales", author=MORGAN, year=1987, isbn=(ISBN,))
QUICK = Limits(operation_s=2, partner_s=4)
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def catalog(*records: bytes) -> Catalog:
    """Return a catalog of MARCXML records."""
    loaded = [read_records_xml(data) for data in records]
    return Catalog([one for found in loaded if not isinstance(found, RecordError) for one in found], opac=True)


HOLDS = catalog(rivers(fields=[("020", "a", ISBN)]), marcxml("x", "Bread baking", "Baker, Tom", year=2001))
LACKS = catalog(marcxml("x", "Bread baking", "Baker, Tom", year=2001))


def partner(code: str, port: int, limits: Limits = QUICK, database: str = "Default") -> Partner:
    """Return a partner at a port of this machine."""
    return Partner(code, Target("127.0.0.1", port, database), limits=limits)


def dead_port() -> int:
    """Return a port where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def serving(held: Catalog = HOLDS, **options: Any) -> AsyncIterator[int]:
    """Serve a catalog; yield the port."""
    async with serve({"Default": held, "Other": held}, options=ServerOptions(**options)) as server:
        yield server.port


@contextlib.asynccontextmanager
async def fake(handler: Handler) -> AsyncIterator[int]:
    """Run a hand-made server; yield its port."""
    handling = asyncio.TaskGroup()

    async def tidy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError):
                await handler(reader, writer)
        finally:
            writer.transport.abort()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handling.create_task(tidy(reader, writer))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with handling:
        try:
            yield int(server.sockets[0].getsockname()[1])
        finally:
            server.close()


def working(task: asyncio.Task[Any]) -> str:
    """Return the qualified name of what a task runs."""
    return str(getattr(task.get_coro(), "__qualname__", ""))


async def garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer as a web server does."""
    await reader.read(100)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await reader.read()


def stops_after(answers: int, *, close: bool) -> Handler:
    """Return a target that gives so many answers and then closes, or says nothing more."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session, given = TargetSession({"Default": HOLDS}), 0
        while given < answers and (data := await reader.read(65536)):
            session.receive_data(data)
            while (answer := session.next_answer()) is not None:
                writer.write(answer)
                given += 1
        if not close:
            await reader.read()

    return handle


async def timed(partners: Sequence[Partner], deadline_s: float = 20.0) -> tuple[Any, float]:
    """Locate the book; return the outcome and the seconds it took."""
    started = monotonic()
    outcome = await Locator(partners, limits=RunLimits(deadline_s)).locate(BOOK)
    return outcome, monotonic() - started


class TestSideBySide:
    """Partners do not wait for each other."""

    async def test_five_slow_partners_take_the_time_of_one(self) -> None:
        """Init and search take 0.3 s each at every partner: 3 s one after the other."""
        async with contextlib.AsyncExitStack() as stack:
            ports = [await stack.enter_async_context(serving(delay_s=0.3)) for _ in range(5)]
            outcome, took_s = await timed([partner(f"p{port}", port) for port in ports])
        assert {each.finding for each in outcome.partners} == {Finding.FOUND}
        assert took_s < 2.5

    async def test_bad_partners_do_not_disturb_a_good_one(self) -> None:
        """One dead, one silent, one that talks HTTP, one that hangs up, one without the book."""
        hurried = replace(QUICK, operation_s=0.3)
        async with (
            serving() as good,
            serving(LACKS) as lacks,
            serving(accept_then_silent=True) as silent,
            fake(garbage) as odd,
            fake(stops_after(0, close=True)) as gone,
        ):
            outcome, took_s = await timed(
                [
                    partner("dead", dead_port()),
                    partner("silent", silent, hurried),
                    partner("odd", odd),
                    partner("gone", gone),
                    partner("lacks", lacks),
                    partner("good", good),
                ]
            )
        assert {each.code: each.finding for each in outcome.partners} == {
            "dead": Finding.TARGET_ERROR,
            "silent": Finding.TIMEOUT,
            "odd": Finding.TARGET_ERROR,
            "gone": Finding.TARGET_ERROR,
            "lacks": Finding.NOT_FOUND,
            "good": Finding.FOUND,
        }
        assert outcome.rota == ("good", "dead", "silent", "odd", "gone")
        assert took_s < QUICK.operation_s

    async def test_an_association_lost_between_searches_is_opened_again(self) -> None:
        """The ISBN is not there; before the title search the target hangs up, once."""
        async with fake(stops_after(2, close=True)) as port:
            citation = replace(BOOK, isbn=("9781861972712",))
            outcome = await Locator([partner("a", port)]).locate(citation)
        assert outcome["a"].finding is Finding.FOUND


class TestTime:
    """Deadlines."""

    async def test_the_run_ends_at_its_deadline(self) -> None:
        """A silent partner times out with the run; the others have their findings."""
        async with serving() as good, serving(accept_then_silent=True) as silent:
            outcome, took_s = await timed([partner("silent", silent), partner("good", good)], deadline_s=0.8)
        assert (outcome["silent"].finding, outcome["good"].finding) == (Finding.TIMEOUT, Finding.FOUND)
        assert 0.75 < took_s < QUICK.operation_s

    async def test_the_partners_time_covers_connecting_and_searching(self) -> None:
        """What Init has used is not there for the search."""
        async with serving(delay_s=0.3) as port:
            outcome, took_s = await timed([partner("a", port, Limits(operation_s=10, partner_s=0.45))])
        assert outcome["a"].finding is Finding.TIMEOUT
        assert took_s < 5

    async def test_a_target_that_does_not_answer_close_does_not_hold_up_the_run(self) -> None:
        """The outcome is there before anything is closed."""
        async with fake(stops_after(2, close=False)) as port:
            locator = Locator([partner("a", port)], limits=RunLimits(idle_s=0))
            started = monotonic()
            outcome = await locator.locate(BOOK)
            took_s = monotonic() - started
        assert outcome["a"].finding is Finding.FOUND
        assert took_s < 0.95  # the target's Close is waited for a second

    async def test_waiting_for_a_turn_ends_with_the_run(self) -> None:
        """A partner that never gets its connection times out."""
        async with serving(accept_then_silent=True) as port:
            waiting = [partner("a", port), partner("b", port, database="Other")]
            outcome, took_s = await timed(waiting, deadline_s=0.3)
        assert {each.finding for each in outcome.partners} == {Finding.TIMEOUT}
        assert took_s < QUICK.operation_s


class TestCancellation:
    """A run can be cancelled at any time."""

    @pytest.mark.parametrize("answers", [0, 1])
    async def test_cancelling_leaves_no_connection_and_no_task(self, answers: int) -> None:
        """Before Init is answered, and before the search is."""
        gone = asyncio.Event()
        inner = stops_after(answers, close=False)

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await inner(reader, writer)
            finally:
                gone.set()

        async with fake(handle) as port:
            locator = Locator([partner("a", port)])
            running = asyncio.create_task(locator.locate(BOOK))
            await asyncio.sleep(0.1)
            assert not running.done()
            started = monotonic()
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            assert monotonic() - started < 0.95
            async with asyncio.timeout(1):
                await gone.wait()
            await asyncio.sleep(0)
            assert not [
                name
                for task in asyncio.all_tasks()
                if (name := working(task)).startswith(("_Drive.", "_Host.", "_close"))
            ]
        async with serving() as port:
            again = Locator([partner("a", port)])
            again.pool = locator.pool
            assert (await again.locate(BOOK))["a"].finding is Finding.FOUND

    async def test_a_cancelled_run_gives_its_turn_back(self) -> None:
        """The next request to the same target is not kept waiting."""
        async with serving(delay_s=0.05) as port:
            locator = Locator([partner("a", port)])
            for wait_s in (0.02, 0.07):
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(wait_s):
                        await locator.locate(BOOK)
            async with asyncio.timeout(2):
                assert (await locator.locate(BOOK))["a"].finding is Finding.FOUND


def test_a_system_that_no_dialect_has_is_told_at_once() -> None:
    """A partner built by hand is checked before any request, so that it cannot fail one later."""
    with pytest.raises(ConfigurationError, match="unknown dialect 'kohaa'; did you mean 'koha'"):
        Locator([replace(partner("a", 1), system="kohaa")])
    with pytest.raises(ConfigurationError, match=r"there is no subfield \$X"):
        Locator([replace(partner("a", 1), dialect={"fields": [{"tag": "952", "status": ["X"]}]})])


class TestIsolation:
    """A bug in this package at one partner."""

    async def test_a_bug_in_judging_is_that_partners_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The others are judged as ever, and the log has the traceback."""
        judge = Judge.judge

        def broken(self: Judge, *arguments: Any) -> Any:
            if self._dialect.name == "koha":
                raise ZeroDivisionError
            return judge(self, *arguments)

        monkeypatch.setattr(Judge, "judge", broken)
        async with serving() as first, serving() as second, serving() as third:
            other = replace(partner("b", second), system="koha")
            outcome, _ = await timed([partner("a", first), other, partner("c", third)])
        assert [each.finding for each in outcome.partners] == [Finding.FOUND, Finding.TARGET_ERROR, Finding.FOUND]
        assert "an internal error (ZeroDivisionError); the log has the details" in outcome["b"].reason

    async def test_a_bug_in_connecting_is_that_partners_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever the client raises."""

        async def broken(target: Target, **options: Any) -> Any:
            if target.database == "Other":
                raise ZeroDivisionError
            return await connect(target, **options)

        monkeypatch.setattr(pool, "connect", broken)
        async with serving() as first, serving() as second:
            outcome, _ = await timed([partner("a", first), partner("b", second, database="Other")])
        assert [each.finding for each in outcome.partners] == [Finding.FOUND, Finding.TARGET_ERROR]

    async def test_an_unknown_query_charset_is_that_partners_error(self) -> None:
        """A codec that Python does not have."""
        async with serving() as port:
            odd = replace(partner("a", port), profile=LocateProfile(query_charset="klingon"))
            outcome, _ = await timed([odd, partner("b", port)])
        assert [each.finding for each in outcome.partners] == [Finding.TARGET_ERROR, Finding.FOUND]


class TestDoors:
    """What may be asked."""

    @pytest.mark.parametrize("citation", [Citation(), Citation(author="Morgan", year=1987)])
    async def test_an_empty_citation_is_refused(self, citation: Citation) -> None:
        """Before anything is sent."""
        with pytest.raises(CitationError, match="the citation is empty: give a title"):
            await Locator([partner("a", 1)]).locate(citation)

    async def test_an_unknown_partner_in_the_rota_is_refused(self) -> None:
        """All of them are named, with those there are."""
        with pytest.raises(ConfigurationError) as caught:
            await Locator([partner("a", 1)]).locate(BorrowingRequest(BOOK, rota=("x", "a", "y")))
        assert caught.value.diagnostics() == [
            "rota: no partner has the code 'x'; configured are a",
            "rota: no partner has the code 'y'; configured are a",
        ]

    def test_two_partners_of_one_code_are_refused(self) -> None:
        """One of them would never be asked."""
        with pytest.raises(ConfigurationError, match="two partners have the code 'b'; give each its own"):
            Locator([partner("a", 1), partner("b", 1), partner("b", 2)])

    async def test_the_rota_says_who_is_asked_and_in_what_order(self) -> None:
        """A partner named twice is asked once; one that is not named is not asked."""
        async with serving() as port:
            locator = Locator([partner("a", port), partner("b", port), partner("c", port)])
            outcome = await locator.locate(BorrowingRequest(BOOK, "7", rota=("c", "a", "c")))
        assert [each.code for each in outcome.partners] == ["c", "a"]
        assert outcome.request.request_id == "7"

    async def test_what_a_target_refuses_is_remembered(self) -> None:
        """A target without OPAC records is asked for them once."""
        loaded = read_records_xml(rivers())
        assert not isinstance(loaded, RecordError)
        async with serving(Catalog(loaded)) as port:
            locator = Locator([partner("a", port)])
            first, second = await locator.locate(BOOK), await locator.locate(BOOK)
        assert first["a"].finding is second["a"].finding is Finding.FOUND
        (facts,) = locator.pool.facts.values()
        assert facts.refused_syntaxes == {"opac"}

    def test_locate_blocks_until_the_outcome_is_there(self) -> None:
        """The door for scripts; a configuration will do."""
        with ThreadedServer({"Default": HOLDS}) as server:
            outcome = block(BOOK, [partner("a", server.port)])
            configured = block(
                BorrowingRequest(BOOK), Config(Institution("home", "Home"), (partner("b", server.port),))
            )
        assert outcome["a"].finding is Finding.FOUND
        assert configured["b"].finding is Finding.FOUND
