"""The thin asyncio shell: drives a `LocateRun` over Z39.50 associations, all partners at once, politely.

Decides nothing about the locate; it leases connections from the pool, carries out the searches that the run asks for,
isolates every fault and keeps the deadline. A run can be cancelled: its connections are dropped at once. Raises
CitationError for an empty citation, ConfigurationError for a rota that names an unknown partner, and LocalProtocolError
for a locator that is closed or of another event loop; a partner's fault is never raised.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import Self

import structlog

from locate.availability import partner_dialect
from locate.citation import BorrowingRequest, Citation, LendingRequest
from locate.config import Config
from locate.errors import CitationError, ConfigurationError, LocateError, Problem
from locate.lending import LendingOutcome, decide, needs_catalog
from locate.lending_case import SelfLocate, self_locate
from locate.lending_settings import LendingSettings
from locate.matching import Matcher
from locate.names import nearest
from locate.outcome import Finding, LocateOutcome, PartnerOutcome
from locate.ownership import check_ownership
from locate.partner import Partner, RunLimits
from locate.run import Answer, Ask, Event, Fault, LocateRun, Started
from locate.z3950.pool import Lease, Pool
from locate.z3950.retrieval import ResultSet

__all__ = ["Locator", "lend", "locate"]

_log = structlog.get_logger(__name__)


class Locator:
    """Locates requests at the partners of one configuration.

    Use one for a process and one event loop, as ``async with Locator(...) as locator`` or with a `close` at the end:
    it keeps connections for the next request and bounds them. ``pool`` holds them and what was learned of each target
    (``pool.export()``, ``pool.restore()``). Calls may overlap. Raises ConfigurationError when two partners have one
    code, and when the system or the dialect settings of one are none.
    """

    def __init__(self, partners: Config | Sequence[Partner], *, limits: RunLimits | None = None) -> None:
        self._own: Partner | None = None
        self._lending = LendingSettings()
        self._checks_own = False
        if isinstance(partners, Config):
            limits = limits or partners.run
            self._own = partners.institution.catalog
            self._lending = partners.lending
            self._checks_own = partners.check_own_catalog
            partners = partners.partners
        self._partners = {partner.code: partner for partner in partners}
        if len(self._partners) < len(partners):
            twice = Counter(partner.code for partner in partners).most_common(1)[0][0]
            raise ConfigurationError([Problem("partners", f"two partners have the code {twice!r}; give each its own")])
        for partner in partners:
            partner_dialect(partner)
        self._limits = limits or RunLimits()
        self._matcher = Matcher()
        self.pool = Pool(idle_s=self._limits.idle_s)

    async def locate(self, request: BorrowingRequest | Citation) -> LocateOutcome:
        """Ask every partner of the request's rota (every configured partner when it is empty) and sum up.

        Where the configuration says so, the own catalog is searched first, and a copy that is available there stops
        the request before any partner is asked.

        Returns within the run's deadline. Raises CitationError when the citation has nothing to search by,
        ConfigurationError when the rota names a partner that is not configured, and LocalProtocolError when the
        locator is closed or was used in another event loop.
        """
        self.pool.check_usable()
        if isinstance(request, Citation):
            request = BorrowingRequest(request)
        started = monotonic()
        rota = self._rota(request.rota)
        own: PartnerOutcome | None = None
        if self._own is not None and self._checks_own and not request.override_ownership:
            searched = await self._run(request, [self._own], started)
            (own,) = searched.partners
            if check_ownership(own).blocks:
                return LocateOutcome(request, (), searched.notes, searched.elapsed_s, own, locally_owned=True)
        return replace(await self._run(request, rota, started), own=own)

    async def lend(self, request: LendingRequest) -> LendingOutcome:
        """Search the own catalog for a partner's request and decide what becomes of it.

        Returns within the run's deadline. Raises as `locate` does, and ConfigurationError when the decision needs the
        own catalog and none is configured.
        """
        self.pool.check_usable()
        if not needs_catalog(self._lending):
            return LendingOutcome(request, decide(request, self._lending, SelfLocate(Finding.SKIPPED)))
        if self._own is None:
            raise ConfigurationError([Problem("institution.catalog", "is missing; lending searches the own catalog")])
        borrowing = BorrowingRequest(request.citation, request.request_id, intent=request.intent)
        searched = await self._run(borrowing, [self._own], monotonic(), every_format=True)
        (own,) = searched.partners
        decision = decide(request, self._lending, self_locate(own, request))
        return LendingOutcome(request, decision, own, searched.notes)

    async def _run(
        self, request: BorrowingRequest, partners: Sequence[Partner], started: float, *, every_format: bool = False
    ) -> LocateOutcome:
        """Carry out one run to its end, within the deadline from ``started``. Raises CitationError for an empty
        citation.
        """
        if request.citation.is_empty:
            raise CitationError("the citation is empty: give a title or an ISBN, ISSN, LCCN or control number")
        run = LocateRun(
            request,
            partners,
            started=started,
            limits=self._limits,
            matcher=self._matcher,
            facts=self.pool.facts,
            every_format=every_format,
        )
        async with _Drive(run, self.pool) as drive:
            await drive.to_the_end()
        return run.outcome(monotonic())

    async def close(self) -> None:
        """Close the connections that are kept, politely and within about a second."""
        await self.pool.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

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

    async def once() -> LocateOutcome:
        async with Locator(partners) as locator:
            return await locator.locate(request)

    return asyncio.run(once())


def lend(request: LendingRequest, config: Config) -> LendingOutcome:
    """Decide one lending request and block until the decision is there. Not for use inside a running event loop.

    Raises as `Locator.lend` does.
    """

    async def once() -> LendingOutcome:
        async with Locator(config) as locator:
            return await locator.lend(request)

    return asyncio.run(once())


class _Drive:
    """Carries out one run: a task for every outstanding ask, a leased connection for every partner being asked."""

    def __init__(self, run: LocateRun, pool: Pool) -> None:
        self._run = run
        self._pool = pool
        self._tasks: set[asyncio.Task[Event]] = set()
        self._leases: dict[str, Lease] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_exc: object) -> None:
        for task in self._tasks:
            task.cancel()
        try:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        finally:
            for lease in self._leases.values():
                lease.release(keep=kind is None)

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
        for code, lease in self._leases.items():
            if self._run.is_done(code):
                lease.release()

    async def _carry_out(self, ask: Ask) -> Event:
        code = ask.partner.code
        try:
            result = await self._search(ask)
        except LocateError as error:
            return Fault(code, error)
        except Exception as error:  # noqa: BLE001 - as above
            _log.exception("partner failed inside the engine", partner=code)
            return Fault(code, _internal(error))
        return Answer(code, result)

    async def _search(self, ask: Ask) -> ResultSet:
        partner, profile = ask.partner, ask.partner.profile
        assert profile is not None
        lease = self._leases.get(partner.code)
        if lease is None:
            lease = self._pool.lease(partner.target, limit=partner.limits.connections)
            await lease.acquire()
            self._leases[partner.code] = lease
            # The partner's time begins when its turn comes.
            self._run.take(Started(partner.code), monotonic())
        until = monotonic() + ask.left_s
        await lease.open(timeout_s=ask.timeout_s)
        return await lease.search(
            ask.query,
            count=ask.count,
            syntax=ask.syntax,
            element_set=profile.element_set,
            charset=profile.query_charset,
            timeout_s=min(ask.timeout_s, max(until - monotonic(), 0)),
        )


def _internal(error: Exception) -> LocateError:
    return LocateError(f"an internal error ({type(error).__name__}); the log has the details")
