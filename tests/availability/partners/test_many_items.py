"""Ten thousand copies under one title: each is read, and the answer stays short enough to read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from locate import Finding, Limits, LocateProfile, Locator, Partner, Target
from locate.availability import Availability, Status, read_holdings
from locate.outcome import Disposition, PartnerOutcome
from locate.records import BibRecord, LoadedRecord
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.negotiation import ServiceLimits
from locate.z3950.target.server import ServerOptions, serve

from .works import Case, Held, Work, citation, hold, in_now, load, out_now

_MANY = 10_000
_NUMBER = 1


def _loaded(held: Sequence[Held], *, opac: bool) -> LoadedRecord:
    return load(Case("", tuple(held), Availability.UNKNOWN), _NUMBER, opac=opac)


def _fields() -> list[str]:
    """Return Koha's fields for copies that are all out but the last."""
    out = [f"952 $0 0 $1 0 $7 0 $a TM $q 2026-12-03 $p {number}" for number in range(_MANY - 1)]
    return [*out, "952 $0 0 $1 0 $7 0 $a TM $p last"]


@cache
def _in_fields() -> LoadedRecord:
    return _loaded(_fields(), opac=False)


async def _ask(loaded: LoadedRecord, system: str, syntax: str, options: ServerOptions | None = None) -> PartnerOutcome:
    catalog = Catalog([loaded], opac=loaded.opac is not None)
    async with serve({"Default": catalog}, options=options) as server:
        target = Target("127.0.0.1", server.port)
        profile = LocateProfile(record_syntaxes=(syntax,))
        partner = Partner("many", target, system=system, profile=profile, limits=Limits(operation_s=30))
        async with Locator([partner]) as locator:
            return (await locator.locate(citation(Work.BOOK, _NUMBER)))["many"]


async def test_in_an_opac_record_over_the_network() -> None:
    """The only copy that is in is found among all that are out, and the reason counts the others."""
    out = [out_now(str(number), availability_date="20261203") for number in range(_MANY - 1)]
    found = await _ask(_loaded([hold(*out, in_now("last"), local_location="Main")], opac=True), "opac", "opac")
    assert (found.finding, found.availability) == (Finding.FOUND, Availability.AVAILABLE)
    assert found.chosen is not None
    assert found.chosen.holdings is not None
    assert len(found.chosen.holdings.items) == _MANY
    assert found.chosen.requestability is not None
    assert found.chosen.requestability.item is not None
    assert found.chosen.requestability.item.barcode == "last"
    assert "10000 copies at Main: one available; 9999 on loan until 2026-12-03" in found.reason


def test_in_fields() -> None:
    """A record of some megabytes in MARCXML, as it would be read from a file."""
    record = _in_fields().record
    assert isinstance(record, BibRecord)
    items = read_holdings(record, None, "koha").items
    assert len(items) == _MANY
    assert [item.barcode for item in items if item.status is Status.AVAILABLE] == ["last"]


async def test_in_fields_over_the_network() -> None:
    """The record passes the size of a message and comes in fragments."""
    found = await _ask(_in_fields(), "koha", "xml")
    assert (found.finding, found.availability) == (Finding.FOUND, Availability.AVAILABLE)
    assert "10000 copies at TM: one available; 9999 on loan until 2026-12-03" in found.reason


async def test_a_record_that_cannot_be_sent_is_not_missing() -> None:
    """The target has the title, and its limits keep it from sending it: nothing says that it is not held."""
    small = ServerOptions(limits=ServiceLimits(100_000, 100_000, 100_000))
    found = await _ask(_in_fields(), "koha", "xml", options=small)
    assert found.finding not in {Finding.FOUND, Finding.NOT_FOUND}, found.reason
    assert found.disposition is Disposition.KEEP_UNVERIFIED
