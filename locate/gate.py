"""Politeness towards targets: how many connections at once one target gets from this process.

Many catalogs count an association as a licence, so the default is one. Knows only targets and counts; whether a
request may wait is the caller's deadline to decide. Raises nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from locate.partner import Partner

__all__ = ["LocalGate"]


class LocalGate:
    """A gate for one process and one event loop: a semaphore for every ``host:port``."""

    def __init__(self) -> None:
        self._slots: dict[tuple[str, int], asyncio.Semaphore] = {}

    @contextlib.asynccontextmanager
    async def connection(self, partner: Partner) -> AsyncIterator[None]:
        """Hold one of the target's connections; waits for a free one. The first partner's limit counts for a target."""
        key = (partner.target.host, partner.target.port)
        slots = self._slots.setdefault(key, asyncio.Semaphore(partner.limits.connections))
        async with slots:
            yield
