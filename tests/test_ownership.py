"""Before borrowing: what is in on the own shelves stops the request, and nothing else does."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from locate import (
    Availability,
    BorrowingRequest,
    Citation,
    Config,
    Finding,
    Intent,
    Limits,
    LocateOutcome,
    Locator,
    Partner,
    PartnerOutcome,
    RequestedFormat,
    Target,
    locate,
)
from locate.errors import CitationError, ConfigurationError
from locate.outcome import Disposition
from locate.ownership import Ownership, check_ownership
from locate.partner import RunLimits
from locate.z3950.target.server import ServerOptions, ThreadedServer
from tests.lending.own_catalog import ABSENT, EBOOK, IN, ODD, OUT, RESERVED, SERIAL, catalog, config, request

SCHEMA = Path(__file__).parents[1] / "docs" / "outcome.schema.json"
QUICK = Limits(operation_s=2, partner_s=4)


def own(finding: Finding, availability: Availability = Availability.NOT_CHECKED) -> PartnerOutcome:
    """Return what a search of the own catalog came to."""
    return PartnerOutcome("HOME", "Home", finding, availability, Disposition.KEEP, "So it says.")


@pytest.mark.parametrize("finding", [each for each in Finding if each is not Finding.FOUND])
def test_what_is_not_found_blocks_nothing(finding: Finding) -> None:
    """Neither a title that is not held nor a catalog that gave no answer stops a request."""
    expected = Ownership(blocks=False, sentence=f"Not known to be held here ({finding}): So it says.")
    assert check_ownership(own(finding)) == expected
    assert check_ownership(own(finding, Availability.AVAILABLE)) == expected


@pytest.mark.parametrize("availability", Availability)
def test_only_what_is_available_blocks(availability: Availability) -> None:
    """Of what is held, a copy that is in and may be requested stops the request, and the sentence says which it is."""
    found = check_ownership(own(Finding.FOUND, availability))
    if availability is Availability.AVAILABLE:
        assert found == Ownership(blocks=True, sentence="Locally owned: So it says.")
    else:
        sentence = f"Held here but not to be had now ({availability}): So it says."
        assert found == Ownership(blocks=False, sentence=sentence)


# ---- over Z39.50 ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Return the port where the own catalog is served; a partner has the same one."""
    with ThreadedServer({"own": catalog()}) as server:
        yield server.port


@contextlib.asynccontextmanager
async def counting() -> AsyncIterator[tuple[int, list[object]]]:
    """Run a target that hangs up at once; yield its port and a list that grows with every connection."""
    connected: list[object] = []

    def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.append(writer)
        writer.transport.abort()

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as server:
        yield int(server.sockets[0].getsockname()[1]), connected


def settings(own_port: int, partner_port: int, **changed: Any) -> Config:
    """Return a configuration with an own catalog, which is looked into first, and a partner NORTH."""
    given = config(own_port)
    assert given.institution.catalog is not None
    north = replace(given.institution.catalog, code="NORTH", name="", target=at(partner_port), limits=QUICK)
    return replace(given, partners=(north,), **{"check_own_catalog": True, **changed})


def at(port: int) -> Target:
    """Return the target of the own catalog's records at a port."""
    return Target("127.0.0.1", port, "own")


def wanted(number: int, wants: RequestedFormat = RequestedFormat.PRINT, **changed: Any) -> BorrowingRequest:
    """Return a request to borrow the record with ``number``; keywords change the request."""
    return replace(BorrowingRequest(request(number, wants).citation, "B-1"), **changed)


async def asked(given: Config, wish: BorrowingRequest) -> LocateOutcome:
    """Return the outcome of one request, whose JSON form is checked."""
    async with Locator(given) as locator:
        outcome = await locator.locate(wish)
    mapping = outcome.to_mapping()
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(json.loads(json.dumps(mapping)))] == []
    return outcome


class TestLocallyOwned:
    """What stops a request."""

    async def test_no_partner_is_asked(self, port: int) -> None:
        """Nobody connects to a partner, and the outcome names none, but tells what the own catalog has."""
        async with counting() as (north, connected):
            outcome = await asked(settings(port, north), wanted(IN))
        assert (connected, outcome.partners, outcome.rota) == ([], (), ())
        assert (outcome.locally_owned, outcome.located, outcome.unreachable) == (True, False, False)
        assert outcome.own is not None
        assert (outcome.own.code, outcome.own.availability) == ("HOME", Availability.AVAILABLE)
        assert outcome.own.reason.endswith("One copy at Main: in Stacks, available.")
        assert outcome.request.request_id == "B-1"
        assert outcome.elapsed_s > 0

    async def test_in_json(self, port: int) -> None:
        """The document says that it is here, and has the whole search of the own catalog."""
        async with counting() as (north, _):
            found = (await asked(settings(port, north), wanted(IN))).to_mapping()
        assert (found["locally_owned"], found["located"], found["partners"], found["rota"]) == (True, False, [], [])
        assert (found["dropped"], found["retry_later"], found["request_id"]) == ([], [], "B-1")
        assert (found["own_catalog"]["partner"], found["own_catalog"]["availability"]) == ("HOME", "AVAILABLE")
        assert found["own_catalog"]["record"]["item_to_request"]["barcode"] == "1"

    async def test_odd_things_of_the_citation_are_told(self, port: int) -> None:
        """A number that is none is told of here as in any outcome."""
        wish = wanted(IN)
        odd = replace(wish, citation=replace(wish.citation, isbn=(*wish.citation.isbn, "12345")))
        async with counting() as (north, _):
            outcome = await asked(settings(port, north), odd)
        assert (outcome.locally_owned, len(outcome.notes)) == (True, 1)

    @pytest.mark.parametrize(("volume", "owned"), [("7", True), ("6", False), ("9", False)])
    async def test_the_part_that_is_wanted_counts(self, port: int, volume: str, *, owned: bool) -> None:
        """Volume 7 is in, volume 6 is on loan, volume 9 is not held."""
        wish = wanted(SERIAL)
        async with counting() as (north, _):
            outcome = await asked(settings(port, north), replace(wish, citation=replace(wish.citation, volume=volume)))
        assert outcome.locally_owned is owned

    async def test_the_intent_counts(self, port: int) -> None:
        """Single volumes are not the whole that is wanted."""
        async with counting() as (north, _):
            whole = await asked(settings(port, north), wanted(SERIAL, intent=Intent.WHOLE))
            some = await asked(settings(port, north), wanted(SERIAL, intent=Intent.ANY))
        assert (whole.locally_owned, some.locally_owned) == (False, True)

    def test_the_blocking_door(self, port: int) -> None:
        """A script has the same answer."""
        assert locate(wanted(IN), settings(port, 1)).locally_owned


class TestNotBlocked:
    """What does not stop a request: the partners are asked, and what the own catalog came to is told."""

    @pytest.mark.parametrize(
        ("number", "wants", "finding", "availability"),
        [
            (OUT, RequestedFormat.PRINT, Finding.FOUND, Availability.UNAVAILABLE),
            (RESERVED, RequestedFormat.PRINT, Finding.FOUND, Availability.NOT_REQUESTABLE),
            (ODD, RequestedFormat.PRINT, Finding.FOUND, Availability.UNKNOWN),
            (EBOOK, RequestedFormat.ANY, Finding.FOUND, Availability.UNKNOWN),
            (EBOOK, RequestedFormat.PRINT, Finding.NOT_FOUND, Availability.NOT_CHECKED),
            (ABSENT, RequestedFormat.PRINT, Finding.NOT_FOUND, Availability.NOT_CHECKED),
        ],
    )
    async def test_what_is_not_to_be_had_here(
        self, port: int, number: int, wants: RequestedFormat, finding: Finding, availability: Availability
    ) -> None:
        """On loan, not requestable, of unknown status, online, another format, not held."""
        outcome = await asked(settings(port, port), wanted(number, wants))
        assert outcome.own is not None
        assert (outcome.own.finding, outcome.own.availability) == (finding, availability)
        assert (outcome.locally_owned, [each.code for each in outcome.partners]) == (False, ["NORTH"])
        assert outcome["NORTH"].finding is finding
        assert outcome.to_mapping()["own_catalog"]["partner"] == "HOME"

    async def test_an_own_catalog_that_is_down(self, port: int) -> None:
        """It is told of, and the partner supplies."""
        outcome = await asked(settings(1, port), wanted(IN))
        assert outcome.own is not None
        assert (outcome.own.finding, outcome.locally_owned) == (Finding.TARGET_ERROR, False)
        assert (outcome.located, outcome.rota) == (True, ("NORTH",))
        assert "could not be asked" in check_ownership(outcome.own).sentence

    async def test_staff_override(self, port: int) -> None:
        """The own catalog is not even asked, and the partner is."""
        async with counting() as (home, connected):
            outcome = await asked(settings(home, port), wanted(IN, override_ownership=True))
        assert (connected, outcome.own, outcome.locally_owned) == ([], None, False)
        assert (outcome.located, outcome.to_mapping()["own_catalog"]) == (True, None)

    async def test_it_is_looked_for_only_where_the_configuration_says_so(self, port: int) -> None:
        """Without check_own_catalog, and without a catalog, the partners are asked at once."""
        async with counting() as (home, connected):
            outcome = await asked(settings(home, port, check_own_catalog=False), wanted(IN))
        assert (connected, outcome.own, outcome.located) == ([], None, True)
        given = settings(port, port)
        bare = replace(given, institution=replace(given.institution, catalog=None))
        assert (await asked(bare, wanted(IN))).own is None

    async def test_partners_without_a_configuration_have_no_own_catalog(self, port: int) -> None:
        """A list of partners says nothing of a catalog of one's own."""
        async with Locator([Partner("NORTH", at(port), system="alma", limits=QUICK)]) as locator:
            outcome = await locator.locate(wanted(IN))
        assert (outcome.own, outcome.located) == (None, True)


class TestBounds:
    """What holds for the look into the own catalog as for the rest."""

    async def test_mistakes_are_told_before_anything_is_asked(self) -> None:
        """An empty citation, and a rota with a partner that is not configured."""
        async with counting() as (home, connected), Locator(settings(home, home)) as locator:
            with pytest.raises(CitationError, match="the citation is empty"):
                await locator.locate(BorrowingRequest(Citation(author="Veddle")))
            with pytest.raises(ConfigurationError, match="no partner has the code 'NORT'; did you mean 'NORTH'"):
                await locator.locate(wanted(IN, rota=("NORT",)))
        assert connected == []

    async def test_the_deadline_is_that_of_the_whole(self) -> None:
        """A mute own catalog takes its time from that of the run, and the outcome counts its seconds too."""
        with ThreadedServer({}, options=ServerOptions(accept_then_silent=True)) as mute:
            given = settings(mute.port, mute.port)
            assert given.institution.catalog is not None
            slow = Limits(connections=2, operation_s=0.8, partner_s=0.8)
            home = replace(given.institution.catalog, limits=slow)
            given = replace(
                given,
                institution=replace(given.institution, catalog=home),
                partners=(replace(given.partners[0], limits=slow),),
            )
            started = monotonic()
            async with Locator(given, limits=RunLimits(deadline_s=1.0)) as locator:
                outcome = await locator.locate(wanted(IN))
                took_s = monotonic() - started
        assert outcome.own is not None
        assert (outcome.own.finding, outcome["NORTH"].finding) == (Finding.TIMEOUT, Finding.TIMEOUT)
        assert outcome.elapsed_s > took_s - 0.3
        assert took_s < 1.4
