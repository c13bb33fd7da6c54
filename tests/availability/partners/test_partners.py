"""A partner of every library system, asked over Z39.50: what is found is what a librarian reads in its records."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from locate import BorrowingRequest, Limits, LocateProfile, Locator, Partner, Target
from locate.availability import dialect_names
from locate.outcome import PartnerOutcome
from locate.partner import DEFAULT_STEPS, StepKind
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import serve

from .catalogs import SYSTEMS, numbered
from .works import Case, System, citation, load

_CASES = [(system, number, case) for system in SYSTEMS for number, case in numbered(system)]
_BY_NUMBER = tuple(step for step in DEFAULT_STEPS if step.kind in {StepKind.ISBN, StepKind.ISSN})
_IDS = [f"{system.name}: {case.title}" for system, _, case in _CASES]


def _catalog(system: System) -> Catalog:
    opac = system.syntax == "opac"
    return Catalog([load(case, number, opac=opac) for number, case in numbered(system)], opac=opac)


def _partner(system: System, port: int) -> Partner:
    partner = Partner(
        system.name,
        Target("127.0.0.1", port, system.name),
        system=system.dialect,
        profile=LocateProfile(steps=_BY_NUMBER, record_syntaxes=(system.syntax,)),
        limits=Limits(connections=4),
    )
    lists = replace(partner.items, deny_locations=system.deny_locations, deny_policies=system.deny_policies)
    return replace(partner, items=lists)


async def _ask() -> dict[int, PartnerOutcome]:
    """Serve every catalog at once, and locate every case at its partner."""
    found: dict[int, PartnerOutcome] = {}
    async with (
        serve({system.name: _catalog(system) for system in SYSTEMS}) as server,
        Locator([_partner(system, server.port) for system in SYSTEMS]) as locator,
    ):
        for system, number, case in _CASES:
            request = BorrowingRequest(citation(case.work, number, case.wanted), rota=(system.name,))
            found[number] = (await locator.locate(request))[system.name]
    return found


@pytest.fixture(scope="module")
def outcomes() -> dict[int, PartnerOutcome]:
    """Return the outcome of every case by its number."""
    return asyncio.run(_ask())


@pytest.mark.parametrize(("system", "number", "case"), _CASES, ids=_IDS)
def test_partner(outcomes: dict[int, PartnerOutcome], system: System, number: int, case: Case) -> None:
    """The finding, the availability, the copy to request and the reason are those of the table."""
    found = outcomes[number]
    requestability = found.chosen.requestability if found.chosen else None
    item = requestability.item if requestability else None
    asked_for = (item.barcode or item.call_number) if item else ""
    assert (found.finding, found.availability, asked_for) == (case.finding, case.availability, case.item), found.reason
    assert case.reason in found.reason


def test_every_dialect_has_a_partner() -> None:
    """A dialect of the package without a partner in these tables is not tested."""
    assert {system.dialect for system in SYSTEMS} == set(dialect_names())


def test_every_record_syntax_is_asked_for() -> None:
    """OPAC records, ISO 2709 and MARCXML."""
    assert {system.syntax for system in SYSTEMS} == {"opac", "marc21", "xml"}
