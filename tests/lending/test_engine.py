"""A partner's request decided over real Z39.50: the own catalog is a target that speaks Alma's OPAC records."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from typing import NamedTuple

import pytest

from locate import Action, Citation, DocumentType, Finding, Intent, LendingRequest, Locator, RequestedFormat, lend
from locate.config import parse_config
from locate.errors import CitationError, ConfigurationError
from locate.lending import Reason
from locate.lending_case import Counters
from locate.z3950.target.server import ServerOptions, ThreadedServer

from .build import told
from .own_catalog import (
    ABSENT,
    CONSORTIUM,
    EBOOK,
    HEAD,
    IN,
    LAW,
    NONE,
    ODD,
    ONLINE,
    OPEN,
    OUT,
    OUT_AND_RESERVE,
    PARTNERS,
    RESERVED,
    SERIAL,
    TWO,
    config,
    request,
)
from .schema import valid

FILL, HOLD, REJECT = Action
ANY, PRINT = RequestedFormat.ANY, RequestedFormat.PRINT


def dead_port() -> int:
    """Return a port where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Row(NamedTuple):
    """A request, the lines under [lending], and the row, action, reason and a piece of the sentence they come to."""

    asked: LendingRequest
    lending: str
    row: str
    action: Action
    reason: Reason
    sentence: str


ARTICLE = request(SERIAL, ANY, type=DocumentType.ARTICLE, volume="3", year=1993)
FORBIDS = 'licences = [{ resource = "example press", permits_ill = "no" }]\n'
NOT_FOUND = "The catalog search did not find exactly this. Nothing found in 1 search."
ROWS = {
    "inactive": Row(
        request(IN),
        "temporarily_inactive = true",
        "0",
        REJECT,
        Reason.TEMPORARILY_INACTIVE,
        "does not lend at present",
    ),
    "not searched": Row(request(IN), "automatic_locate = false", "1", HOLD, Reason.CREATED, "not searched by itself"),
    "not held": Row(request(ABSENT), NONE, "2", HOLD, Reason.LOCATE_FAILED, NOT_FOUND),
    "not held, rejected": Row(
        request(ABSENT), "reject_when_locate_fails = true", "2", REJECT, Reason.LOCATE_FAILED, NOT_FOUND
    ),
    "nothing to search by": Row(
        LendingRequest(Citation(title="The glass orchards of Tarnmoor")),
        NONE,
        "2",
        HOLD,
        Reason.LOCATE_FAILED,
        "nothing that this partner can be searched by",
    ),
    "an e-book on a record of its own": Row(
        request(EBOOK), NONE, "6", HOLD, Reason.ONLY_ELECTRONIC, "Only electronic holdings."
    ),
    "an article online": Row(
        ARTICLE,
        f"{NONE}prefer_electronic_for_articles = true",
        "5",
        FILL,
        Reason.FILLED_ELECTRONICALLY,
        "An article, and an electronic holding covers it.",
    ),
    "a rule rejects": Row(
        request(ONLINE),
        f'{FORBIDS}electronic_rules = [{{ reject = true, licence_permits_ill = ["no"], reason = "forbidden" }}]',
        "6",
        REJECT,
        Reason.ELECTRONIC_RULE,
        "Only electronic holdings: forbidden.",
    ),
    "a rule keeps": Row(
        request(ONLINE),
        f'{CONSORTIUM}electronic_rules = [{{ reject = false, partner = ["north"] }}]',
        "6",
        HOLD,
        Reason.ELECTRONIC_RULE,
        "a rule keeps these for staff",
    ),
    "only electronic": Row(request(ONLINE), NONE, "6", HOLD, Reason.ONLY_ELECTRONIC, "Only electronic holdings."),
    "only electronic, ignored": Row(
        request(ONLINE),
        "ignore_electronic_for_physical_only = true\nreject_when_locate_fails = true",
        "6",
        REJECT,
        Reason.LOCATE_FAILED,
        "which this library ignores",
    ),
    "another library": Row(
        request(LAW), f'{NONE}supply_from = ["Main"]', "6", REJECT, Reason.NO_AVAILABLE_ITEMS, "no copy that counts"
    ),
    "another library, held": Row(
        request(LAW), 'supply_from = ["Main"]', "6", HOLD, Reason.NOTHING_HELD, "no copy that counts"
    ),
    "a word nobody knows": Row(request(ODD), NONE, "7", HOLD, Reason.STATUS_UNKNOWN, "status not known (In the loft)"),
    "on loan": Row(
        request(OUT),
        NONE,
        "8",
        REJECT,
        Reason.NO_AVAILABLE_ITEMS,
        "One copy at Main: in Stacks, on loan until 2026-12-03. No copy is in.",
    ),
    "not requestable": Row(
        request(RESERVED),
        NONE,
        "9",
        REJECT,
        Reason.NO_REQUESTABLE_ITEMS,
        "whose terms of use are not requestable. No copy may be requested.",
    ),
    "terms that hang on what is not said": Row(
        request(OPEN), NONE, "9", HOLD, Reason.STATUS_UNKNOWN, "its item policy is not given"
    ),
    "none is both": Row(
        request(OUT_AND_RESERVE),
        NONE,
        "10",
        REJECT,
        Reason.NO_AVAILABLE_REQUESTABLE_ITEMS,
        "2 copies at Main: one in Stacks, on loan until 2026-12-03; one in Stacks, whose terms of use are not "
        "requestable. No copy that is in may be requested.",
    ),
    "none is both, held": Row(
        request(OUT_AND_RESERVE), "", "11", HOLD, Reason.CREATED_LENDING_REQUEST, "so staff decide"
    ),
    "in": Row(request(IN), NONE, "11", FILL, Reason.CREATED_LENDING_REQUEST, "One copy at Main: in Stacks, available."),
    "in, by itself": Row(
        request(IN), f"{NONE}auto_request_lending = true", "11", FILL, Reason.BEING_PROCESSED, "One copy at Main"
    ),
    "another library, supplied": Row(
        request(LAW), f'{NONE}supply_from = ["law"]', "11", FILL, Reason.CREATED_LENDING_REQUEST, "One copy at Law"
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_of_the_order(port: int, name: str) -> None:
    """The catalog's own records, read over Z39.50, come to the row that the order of docs/lending.md has for them."""
    case = ROWS[name]
    outcome = lend(case.asked, config(port, case.lending))
    assert told(outcome.decision) == (case.row, case.action, case.reason), outcome.decision.sentence
    assert case.sentence in outcome.decision.sentence
    assert (outcome.own is None) is (case.row in {"0", "1"})
    assert not outcome.decision.retry
    assert outcome.decision.move_request is (case.reason is Reason.BEING_PROCESSED)
    assert case.action is not FILL or outcome.decision.item is not None
    valid(outcome)


@pytest.mark.parametrize(("number", "wanted"), [(EBOOK, ANY), (EBOOK, PRINT), (ONLINE, ANY), (ONLINE, PRINT)])
def test_the_consortium_setting_on_a_title_that_is_only_electronic(
    port: int, number: int, wanted: RequestedFormat
) -> None:
    """Electronic holdings are ignored and yet counted: the title is rejected as only electronic, not as not found,
    whether they stand on its own record or on one of their own.
    """
    outcome = lend(request(number, wanted), config(port, CONSORTIUM))
    assert told(outcome.decision) == ("6", REJECT, Reason.ONLY_ELECTRONIC)
    counters = outcome.decision.counters
    assert (counters.electronic, counters.electronic_ignored, counters.physical) == (1, 1, 0)
    assert outcome.own is not None
    assert (outcome.own.finding is Finding.FOUND) is ((number, wanted) != (EBOOK, PRINT))


def test_the_item_that_is_sent(port: int) -> None:
    """Of two that are in, the one in its own place is sent, and the outcome says what was looked at."""
    outcome = lend(request(TWO), config(port, "auto_request_lending = true"))
    decision = outcome.decision
    assert decision.item is not None
    assert (decision.item.barcode, decision.item.policy, decision.move_request) == ("13", "Book", True)
    assert decision.item_reason == "Of 2 that are in and may be requested, it stands in its own place."
    assert decision.counters == Counters(physical=2, available=2, requestable=2, available_and_requestable=2)
    assert len(decision.evidence) == 2
    assert "terms 'Loan' by fulfilment rule 1" in decision.evidence[0]
    assert outcome.own is not None
    assert (outcome.own.code, outcome.own.name) == ("HOME", "Home Library")
    assert [search.by for search in outcome.own.searches] == ["ISBN"]


class TestParts:
    """A volume, and how much of a serial is wanted."""

    @pytest.mark.parametrize(
        ("volume", "expected", "barcode"),
        [
            ("7", ("11", FILL, Reason.CREATED_LENDING_REQUEST), "9"),
            ("6", ("8", REJECT, Reason.NO_AVAILABLE_ITEMS), ""),
            ("3", ("6", HOLD, Reason.ONLY_ELECTRONIC), ""),
        ],
    )
    def test_only_copies_of_the_volume_count(
        self, port: int, volume: str, expected: tuple[str, Action, Reason], barcode: str
    ) -> None:
        """One volume is in, one is on loan, one is there online only; copies of others are counted apart."""
        decision = lend(request(SERIAL, ANY, volume=volume), config(port, NONE)).decision
        assert told(decision) == expected
        assert (decision.item.barcode if decision.item else "") == barcode
        assert decision.counters.without_part == 2 - decision.counters.physical

    def test_a_volume_that_is_not_held_is_not_found(self, port: int) -> None:
        """The title is there and the volume is not: the locate fails, and says why."""
        asked = request(SERIAL, volume="9")
        held = lend(asked, config(port, NONE)).decision
        assert told(held) == ("2", HOLD, Reason.LOCATE_FAILED)
        assert "The part that is wanted is not held." in held.sentence
        rejected = lend(asked, config(port, "reject_when_locate_fails = true")).decision
        assert told(rejected) == ("2", REJECT, Reason.LOCATE_FAILED)

    def test_the_intent_says_how_much_is_wanted(self, port: int) -> None:
        """Any copy fills a request for any part; two single volumes are not the whole."""
        asked = request(SERIAL, ANY)
        anything = lend(replace(asked, intent=Intent.ANY), config(port, NONE)).decision
        assert (told(anything)[:2], anything.counters.without_part) == (("11", FILL), 0)
        whole = lend(replace(asked, intent=Intent.WHOLE), config(port, NONE)).decision
        assert whole.action is HOLD
        assert (whole.counters.without_part, whole.counters.physical) == (2, 0)


class TestAskingNobody:
    """When the catalog cannot be asked, and when it need not be."""

    @pytest.mark.parametrize("rejecting", ["", f"reject_when_locate_fails = true\n{NONE}"])
    def test_a_catalog_that_is_down_holds_the_request(self, rejecting: str) -> None:
        """It is held, to be tried again, whatever the settings reject."""
        outcome = lend(request(IN), config(dead_port(), rejecting))
        assert told(outcome.decision) == ("2", HOLD, Reason.CATALOG_NOT_ASKED)
        assert outcome.decision.retry is True
        assert "The catalog could not be asked. Connection refused" in outcome.decision.sentence
        assert outcome.own is not None
        assert outcome.own.finding is Finding.TARGET_ERROR
        valid(outcome)

    def test_a_catalog_that_does_not_answer_holds_the_request(self) -> None:
        """A catalog that is too slow is as one that is down."""
        with ThreadedServer({}, options=ServerOptions(accept_then_silent=True)) as server:
            slow = config(server.port, "reject_when_locate_fails = true")
            assert slow.institution.catalog is not None
            hurried = replace(
                slow.institution.catalog, limits=replace(slow.institution.catalog.limits, operation_s=0.2)
            )
            hasty = replace(slow, institution=replace(slow.institution, catalog=hurried))
            outcome = lend(request(IN), hasty)
        assert (told(outcome.decision), outcome.decision.retry) == (("2", HOLD, Reason.CATALOG_NOT_ASKED), True)
        assert outcome.own is not None
        assert outcome.own.finding is Finding.TIMEOUT

    @pytest.mark.parametrize("lending", ["temporarily_inactive = true", "automatic_locate = false"])
    async def test_no_catalog_is_asked_when_the_settings_decide_alone(self, lending: str) -> None:
        """Nobody connects, and no catalog, and nothing to search by, is needed either."""
        connected: list[object] = []
        async with await asyncio.start_server(lambda *streams: connected.append(streams), "127.0.0.1", 0) as server:
            given = config(server.sockets[0].getsockname()[1], lending)
            bare = parse_config(f"{HEAD}[lending]\n{lending}\n{PARTNERS}", "test.toml", {})
            async with Locator(given) as locator, Locator(bare) as without:
                outcome = await locator.lend(request(IN))
                again = await without.lend(LendingRequest(Citation()))
        assert (connected, outcome.own) == ([], None)
        assert again.decision == outcome.decision

    def test_no_catalog_is_a_mistake_of_the_configuration(self) -> None:
        """Lending that is to search needs a catalog to search."""
        bare = parse_config(f"{HEAD}{PARTNERS}", "test.toml", {})
        with pytest.raises(ConfigurationError) as caught:
            lend(request(IN), bare)
        assert caught.value.diagnostics() == ["institution.catalog: is missing; lending searches the own catalog"]

    @pytest.mark.parametrize("empty", [Citation(), Citation(author="Veddle", year=2003)])
    async def test_an_empty_citation_is_refused(self, empty: Citation) -> None:
        """Before anything is asked."""
        async with Locator(config(1)) as locator:
            with pytest.raises(CitationError, match="the citation is empty: give a title"):
                await locator.lend(LendingRequest(empty))

    async def test_partners_are_not_asked(self, port: int) -> None:
        """One association serves several requests, and it is that of the own catalog."""
        async with Locator(config(port, NONE)) as locator:
            first, second = await asyncio.gather(locator.lend(request(IN)), locator.lend(request(OUT)))
            assert list(locator.pool.facts) == [f"127.0.0.1:{port}/own"]
        assert (first.decision.action, second.decision.action) == (FILL, REJECT)
