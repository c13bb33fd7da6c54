"""The thin asyncio shell: drives a `LocateRun` over Z39.50 associations, all partners at once, politely.

Decides nothing about the locate; it opens connections through the gate, carries out the searches that the run asks
for, isolates every fault and keeps the deadline. A run can be cancelled: its connections are dropped at once. Raises
CitationError for an empty citation and ConfigurationError for a rota that names an unknown partner; a partner's fault
is never raised.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from time import monotonic
from typing import Self

import structlog

from locate.citation import BorrowingRequest, Citation
from locate.config import Config
from locate.errors import CitationError, ConfigurationError, LocateError, Problem, Z3950Error
from locate.gate import LocalGate
from locate.matching import Matcher
from locate.names import nearest
from locate.outcome import LocateOutcome
from locate.partner import Partner, RunLimits
from locate.run import Answer, Ask, Event, Fault, LocateRun, Started, TargetFacts
from locate.z3950.client import Connection, connect

__all__ = ["Locator", "locate"]

_log = structlog.get_logger(__name__)


class Locator:
    """Locates requests at the partners of one configuration.

    Use one for a process and one event loop: it remembers what it learned of each target and bounds the connections
    to it. Calls may overlap. Raises ConfigurationError when two partners have one code.
    """

    def __init__(self, partners: Config | Sequence[Partner], *, limits: RunLimits | None = None) -> None:
        if isinstance(partners, Config):
            limits = limits or partners.run
            partners = partners.partners
        self._partners = {partner.code: partner for partner in partners}
        if len(self._partners) < len(partners):
            twice = Counter(partner.code for partner in partners).most_common(1)[0][0]
            raise ConfigurationError([Problem("partners", f"two partners have the code {twice!r}; give each its own")])
        self._limits = limits or RunLimits()
        self._matcher = Matcher()
        self._gate = LocalGate()
        self._facts: dict[str, TargetFacts] = {}

    async def locate(self, request: BorrowingRequest | Citation) -> LocateOutcome:
        """Ask every partner of the request's rota (every configured partner when it is empty) and sum up.

        Returns within the run's deadline. Raises CitationError when the citation has nothing to search by, and
        ConfigurationError when the rota names a partner that is not configured.
        """
        if isinstance(request, Citation):
            request = BorrowingRequest(request)
        if request.citation.is_empty:
            raise CitationError("the citation is empty: give a title or an ISBN, ISSN, LCCN or control number")
        run = LocateRun(
            request,
            self._rota(request.rota),
            started=monotonic(),
            limits=self._limits,
            matcher=self._matcher,
            facts=self._facts,
        )
        async with _Drive(run, self._gate) as drive:
            await drive.to_the_end()
        return run.outcome(monotonic())

    def _rota(self, codes: tuple[str, ...]) -> list[Partner]:
        unknown = [code for code in codes if code not in self._partners]
        if unknown:
            raise ConfigurationError([Problem("rota", self._unknown_code(code)) for code in unknown])
        return [self._partners[code] for code in dict.fromkeys(codes)] or list(self._partners.values())

    def _unknown_code(self, code: str) -> str:
        close = nearest(code, self._partners)
        advice = f"did you mean {close!r}?" if close else f"configured are {', '.join(self._partners)}"
        return f"no partner has the code {code!r}; {advice}"


def locate(request: BorrowingRequest | Citation, partners: Config | Sequence[Partner]) -> LocateOutcome:
    """Locate one request and block until the outcome is there. Not for use inside a running event loop.

    Raises as `Locator.locate` does.
    """
    return asyncio.run(Locator(partners).locate(request))


class _Drive:
    """Carries out one run: a task for every outstanding ask, a connection for every partner being asked."""

    def __init__(self, run: LocateRun, gate: LocalGate) -> None:
        self._run = run
        self._gate = gate
        self._tasks: set[asyncio.Task[Event]] = set()
        self._links: dict[str, _Link] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_exc: object) -> None:
        for task in self._tasks:
            task.cancel()
        try:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            closing = [link.begin_close() for link in self._links.values()] if kind is None else []
            if closing:
                await asyncio.wait(closing, timeout=max(self._run.deadline - monotonic(), 0))
        finally:
            for link in self._links.values():
                await link.drop()

    async def to_the_end(self) -> None:
        """Ask and take until every partner is done or the deadline has passed."""
        while True:
            for ask in self._run.next_steps(monotonic()):
                self._tasks.add(asyncio.create_task(self._carry_out(ask)))
            self._release()
            if not self._tasks:
                return
            left_s = self._run.deadline - monotonic()
            done, self._tasks = await asyncio.wait(
                self._tasks, timeout=max(left_s, 0), return_when=asyncio.FIRST_COMPLETED
            )
            for event in [task.result() for task in done]:
                self._take(event)
            if not done and left_s <= 0:
                return

    def _take(self, event: Event) -> None:
        """Hand an event to the run; a bug in reading one partner's records must not fail the others."""
        try:
            self._run.take(event, monotonic())
        except Exception as error:  # noqa: BLE001 - one partner's fault never fails the others
            _log.exception("partner failed inside the engine", partner=event.partner_code)
            self._run.fail(event.partner_code, _internal(error), monotonic())

    def _release(self) -> None:
        """Give the connections of finished partners back at once: others may be waiting for them."""
        for code, link in self._links.items():
            if self._run.is_done(code):
                link.begin_close()

    async def _carry_out(self, ask: Ask) -> Event:
        code = ask.partner.code
        link = self._links.setdefault(code, _Link(ask.partner, self._gate))
        try:
            await link.take_turn(self._run)
            until = monotonic() + ask.left_s
            connection = await link.connection(ask.timeout_s)
            profile = ask.partner.profile
            assert profile is not None
            result = await connection.search(
                ask.query,
                count=ask.count,
                syntax=ask.syntax,
                element_set=profile.element_set,
                charset=profile.query_charset,
                timeout_s=min(ask.timeout_s, max(until - monotonic(), 0)),
            )
        except LocateError as error:
            return Fault(code, error)
        except Exception as error:  # noqa: BLE001 - as above
            _log.exception("partner failed inside the engine", partner=code)
            return Fault(code, _internal(error))
        return Answer(code, result)


class _Link:
    """The connection to one partner during one run, opened when first needed and again when it was lost."""

    def __init__(self, partner: Partner, gate: LocalGate) -> None:
        self._partner = partner
        self._gate = gate
        self._connection: Connection | None = None
        self._slot: AsyncExitStack | None = None
        self._closing: asyncio.Task[None] | None = None

    async def take_turn(self, run: LocateRun) -> None:
        """Wait for one of the target's connections; the partner's time begins when it is granted."""
        if self._slot is None:
            slot = AsyncExitStack()
            await slot.enter_async_context(self._gate.connection(self._partner))
            self._slot = slot
            run.take(Started(self._partner.code), monotonic())

    async def connection(self, timeout_s: float) -> Connection:
        """Return the open connection, opening one when there is none or it was lost."""
        if self._connection is None or not self._connection.is_open:
            self._connection = await connect(self._partner.target, timeout_s=timeout_s)
        return self._connection

    def begin_close(self) -> asyncio.Task[None]:
        """Start to close politely and to give the turn back, once."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        return self._closing

    async def _close(self) -> None:
        try:
            if self._connection is not None:
                with contextlib.suppress(Z3950Error):
                    await self._connection.close()
        finally:
            await self._let_go()

    async def drop(self) -> None:
        """Drop the connection at once and give the turn back; nothing is left to do after a close."""
        if self._closing is not None:
            self._closing.cancel()
        await self._let_go()

    async def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.abort()
        slot, self._slot = self._slot, None
        if slot is not None:
            await slot.aclose()


def _internal(error: Exception) -> LocateError:
    return LocateError(f"an internal error ({type(error).__name__}); the log has the details")
