"""Targets with habits: serve records at one, and locate a citation there."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from locate.citation import Citation
from locate.engine import Locator
from locate.outcome import PartnerOutcome
from locate.partner import LocateProfile, Partner, Target
from locate.z3950.client import Connection, connect
from locate.z3950.facts import TargetFacts
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import Emulation
from locate.z3950.target.server import ServerOptions, serve
from tests.played import marcxml
from tests.test_engine import BOOK, HOLDS, QUICK, catalog

__all__ = ["TIMEOUT_S", "connected", "habited", "locate_twice", "many"]

TIMEOUT_S = 10.0


@contextlib.asynccontextmanager
async def habited(habits: Emulation, held: Catalog = HOLDS) -> AsyncIterator[Target]:
    """Serve ``held`` with habits; yield where."""
    async with serve({"Default": held}, options=ServerOptions(emulation=habits)) as server:
        yield Target(server.host, server.port)


@contextlib.asynccontextmanager
async def connected(
    habits: Emulation, held: Catalog = HOLDS, facts: TargetFacts | None = None
) -> AsyncIterator[Connection]:
    """Yield a Z-association with a target that has habits."""
    async with habited(habits, held) as target, await connect(target, timeout_s=TIMEOUT_S, facts=facts) as connection:
        yield connection


async def locate_twice(
    habits: Emulation,
    citation: Citation = BOOK,
    held: Catalog = HOLDS,
    profile: LocateProfile | None = None,
) -> tuple[PartnerOutcome, PartnerOutcome]:
    """Locate a citation, and once more when the target is known; ``profile`` None is the default one."""
    async with habited(habits, held) as target:
        partner = Partner("only", target, profile=profile or LocateProfile(), limits=QUICK)
        async with Locator([partner]) as locator:
            return (await locator.locate(citation))["only"], (await locator.locate(citation))["only"]


def many(count: int, note_bytes: int) -> Catalog:
    """Return ``count`` records of "Tide tables", each with a note of so many bytes."""
    note = ("520", "a", "x" * note_bytes)
    return catalog(*(marcxml(f"t{number:03}", "Tide tables", fields=[note]) for number in range(count)))
