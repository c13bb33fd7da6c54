"""The lending table, row by row: what fires each, and what just misses it."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from locate.availability import Form, FormKind, Item
from locate.availability.parts.coverage import PartWanted
from locate.lending import TABLE, Action, LendingDecision, Reason, move_request_cancelled
from locate.lending_settings import ElectronicRule, Licence, Permits

from .build import BOOK, REFERENCE, decided, online, request, settings, shelf, told

FILL, HOLD, REJECT = Action
BOTH = {"reject_when_no_available": True, "reject_when_no_requestable": True}
ARTICLE = {"asked": request(article=True), "part": PartWanted(volume="3")}
PREFERS = {"prefer_electronic_for_articles": True}
REJECTS, KEEPS = ElectronicRule(reject=True), ElectronicRule(reject=False)


class Case(NamedTuple):
    """Settings, holdings and the rest, and the row, action and reason that they come to."""

    switches: dict[str, Any]
    items: tuple[Item, ...]
    row: str
    action: Action
    reason: Reason
    rest: dict[str, Any] = {}  # noqa: RUF012 - a tuple's default is shared, and read only


IN, OUT, ODD = shelf(), shelf("unavailable"), shelf("unknown")
FIRES = {
    "temporarily inactive": Case({"temporarily_inactive": True}, (IN,), "0", REJECT, Reason.TEMPORARILY_INACTIVE),
    "automatic locate off": Case({"automatic_locate": False}, (IN,), "1", HOLD, Reason.CREATED),
    "not found, rejected": Case(
        {"reject_when_locate_fails": True}, (), "2", REJECT, Reason.LOCATE_FAILED, {"finding": "NOT_FOUND"}
    ),
    "not found, held": Case({}, (), "2", HOLD, Reason.LOCATE_FAILED, {"finding": "NOT_FOUND"}),
    "ambiguous": Case(
        {"reject_when_locate_fails": True}, (), "2", REJECT, Reason.LOCATE_FAILED, {"finding": "AMBIGUOUS"}
    ),
    "nothing to search by": Case({}, (), "2", HOLD, Reason.LOCATE_FAILED, {"finding": "NO_USABLE_IDENTIFIER"}),
    "timeout": Case(
        {"reject_when_locate_fails": True}, (), "2", HOLD, Reason.CATALOG_NOT_ASKED, {"finding": "TIMEOUT"}
    ),
    "suppressed items do not count": Case(BOTH, (shelf(suppressed="hidden"),), "6", REJECT, Reason.NO_AVAILABLE_ITEMS),
    "libraries that do not supply": Case(
        {**BOTH, "supply_from": ("Law",)}, (IN,), "6", REJECT, Reason.NO_AVAILABLE_ITEMS
    ),
    "article online": Case(
        PREFERS,
        (shelf(enumeration="v.3"), online("portfolio", "v.1-v.5")),
        "5",
        FILL,
        Reason.FILLED_ELECTRONICALLY,
        ARTICLE,
    ),
    "a rule rejects": Case({"electronic_rules": (REJECTS,)}, (online(),), "6", REJECT, Reason.ELECTRONIC_RULE),
    "a rule keeps": Case(
        {"electronic_rules": (KEEPS, REJECTS), "reject_when_only_electronic": True},
        (online(),),
        "6",
        HOLD,
        Reason.ELECTRONIC_RULE,
    ),
    "only electronic, rejected": Case(
        {"reject_when_only_electronic": True}, (online(),), "6", REJECT, Reason.ONLY_ELECTRONIC
    ),
    "only electronic, ignored, as a failed locate": Case(
        {"ignore_electronic": True, "reject_when_locate_fails": True}, (online(),), "6", REJECT, Reason.LOCATE_FAILED
    ),
    "only electronic, ignored, held": Case({"ignore_electronic": True}, (online(),), "6", HOLD, Reason.LOCATE_FAILED),
    "only electronic, held": Case({}, (online(),), "6", HOLD, Reason.ONLY_ELECTRONIC),
    "nothing held, no available": Case({"reject_when_no_available": True}, (), "6", REJECT, Reason.NO_AVAILABLE_ITEMS),
    "nothing held, no requestable": Case(
        {"reject_when_no_requestable": True}, (), "6", REJECT, Reason.NO_REQUESTABLE_ITEMS
    ),
    "nothing held, held for staff": Case({}, (), "6", HOLD, Reason.NOTHING_HELD),
    "every status unknown": Case(BOTH, (ODD, shelf("unknown", REFERENCE)), "7", HOLD, Reason.STATUS_UNKNOWN),
    "none available": Case({"reject_when_no_available": True}, (OUT, OUT), "8", REJECT, Reason.NO_AVAILABLE_ITEMS),
    "none requestable": Case(
        {"reject_when_no_requestable": True}, (shelf(policy=REFERENCE),), "9", REJECT, Reason.NO_REQUESTABLE_ITEMS
    ),
    "none both": Case(BOTH, (OUT, shelf(policy=REFERENCE)), "10", REJECT, Reason.NO_AVAILABLE_REQUESTABLE_ITEMS),
    "an item, by itself": Case({**BOTH, "auto_request_lending": True}, (OUT, IN), "11", FILL, Reason.BEING_PROCESSED),
    "an item, by staff": Case(BOTH, (OUT, IN), "11", FILL, Reason.CREATED_LENDING_REQUEST),
    "no item to send, nothing rejects": Case({}, (OUT,), "11", HOLD, Reason.CREATED_LENDING_REQUEST),
}

# Each is the case of the same name with one thing changed.
MISSES = {
    "temporarily inactive": Case({}, (IN,), "11", FILL, Reason.CREATED_LENDING_REQUEST),
    "automatic locate off": Case({"automatic_locate": True}, (IN,), "11", FILL, Reason.CREATED_LENDING_REQUEST),
    "not found, rejected": Case(
        {"reject_when_locate_fails": True}, (IN,), "11", FILL, Reason.CREATED_LENDING_REQUEST, {"finding": "FOUND"}
    ),
    "not found, held": Case(
        {"reject_when_locate_fails": True}, (), "2", HOLD, Reason.CATALOG_NOT_ASKED, {"finding": "UNSUPPORTED"}
    ),
    "ambiguous": Case(
        {"reject_when_locate_fails": True}, (), "2", HOLD, Reason.CATALOG_NOT_ASKED, {"finding": "TARGET_ERROR"}
    ),
    "nothing to search by": Case({}, (), "2", HOLD, Reason.CATALOG_NOT_ASKED, {"finding": "SKIPPED"}),
    "timeout": Case({"reject_when_locate_fails": True}, (), "6", HOLD, Reason.NOTHING_HELD),
    "suppressed items do not count": Case(BOTH, (IN,), "11", FILL, Reason.CREATED_LENDING_REQUEST),
    "libraries that do not supply": Case(
        {**BOTH, "supply_from": ("Law", "main")}, (IN,), "11", FILL, Reason.CREATED_LENDING_REQUEST
    ),
    "article online": Case(
        {**PREFERS, "ignore_electronic": True},
        (shelf(enumeration="v.3"), online("portfolio", "v.1-v.5")),
        "11",
        FILL,
        Reason.CREATED_LENDING_REQUEST,
        ARTICLE,
    ),
    "a rule rejects": Case(
        {"electronic_rules": (ElectronicRule(reject=True, electronic_kind=("digital",)),)},
        (online(),),
        "6",
        HOLD,
        Reason.ONLY_ELECTRONIC,
    ),
    "a rule keeps": Case(
        {"electronic_rules": (REJECTS, KEEPS), "reject_when_only_electronic": True},
        (online(),),
        "6",
        REJECT,
        Reason.ELECTRONIC_RULE,
    ),
    "only electronic, rejected": Case(
        {"reject_when_only_electronic": True}, (online(), IN), "11", FILL, Reason.CREATED_LENDING_REQUEST
    ),
    "only electronic, ignored, as a failed locate": Case(
        {"ignore_electronic_for_physical_only": True, "reject_when_locate_fails": True},
        (online(),),
        "6",
        HOLD,
        Reason.ONLY_ELECTRONIC,
    ),
    "only electronic, ignored, held": Case(
        {"ignore_electronic": True, "reject_when_only_electronic": True},
        (online(),),
        "6",
        REJECT,
        Reason.ONLY_ELECTRONIC,
    ),
    "only electronic, held": Case({}, (online(), OUT), "11", HOLD, Reason.CREATED_LENDING_REQUEST),
    "nothing held, no available": Case(
        {"reject_when_no_available": True}, (online(),), "6", HOLD, Reason.ONLY_ELECTRONIC
    ),
    "nothing held, no requestable": Case(BOTH, (), "6", REJECT, Reason.NO_AVAILABLE_ITEMS),
    "nothing held, held for staff": Case({}, (ODD,), "7", HOLD, Reason.STATUS_UNKNOWN),
    "every status unknown": Case(
        {"reject_when_no_available": True}, (shelf("unavailable"),), "8", REJECT, Reason.NO_AVAILABLE_ITEMS
    ),
    "none available": Case({"reject_when_no_available": True}, (OUT, ODD), "8", HOLD, Reason.STATUS_UNKNOWN),
    "none requestable": Case(
        {"reject_when_no_requestable": True}, (shelf(policy=""),), "9", HOLD, Reason.STATUS_UNKNOWN
    ),
    "none both": Case(
        {"reject_when_no_available": True},
        (OUT, shelf(policy=REFERENCE)),
        "11",
        HOLD,
        Reason.CREATED_LENDING_REQUEST,
    ),
    "an item, by itself": Case(
        {**BOTH, "auto_request_lending": False}, (IN,), "11", FILL, Reason.CREATED_LENDING_REQUEST
    ),
    "an item, by staff": Case(BOTH, (shelf(policy=REFERENCE), shelf("unknown")), "10", HOLD, Reason.STATUS_UNKNOWN),
    "no item to send, nothing rejects": Case({}, (ODD,), "7", HOLD, Reason.STATUS_UNKNOWN),
}


def outcome(case: Case) -> LendingDecision:
    """Return the decision of a case."""
    return decided(settings(**case.switches), *case.items, **case.rest)


@pytest.mark.parametrize("name", FIRES)
def test_a_row_fires(name: str) -> None:
    """The row decides as the table says."""
    case = FIRES[name]
    assert told(outcome(case)) == (case.row, case.action, case.reason)


@pytest.mark.parametrize("name", MISSES)
def test_a_row_just_misses(name: str) -> None:
    """One thing otherwise, and another row decides, or the same row otherwise."""
    case, fired = MISSES[name], FIRES[name]
    assert told(outcome(case)) == (case.row, case.action, case.reason)
    assert told(outcome(case)) != told(outcome(fired))


def test_every_row_has_both_tests() -> None:
    """No row of the table is without a case that fires it and one that misses it."""
    assert FIRES.keys() == MISSES.keys()
    assert {case.row for case in FIRES.values()} == {row.number for row in TABLE}


def test_the_consortium_setting_rejects_an_electronic_title_that_is_ignored() -> None:
    """The holding is counted before it is ignored: the title is rejected as electronic, not as a failed locate."""
    consortium = settings(
        **BOTH, reject_when_only_electronic=True, ignore_electronic=True, reject_when_locate_fails=False
    )
    found = decided(consortium, online())
    assert told(found) == ("6", REJECT, Reason.ONLY_ELECTRONIC)
    assert (found.counters.electronic, found.counters.electronic_ignored) == (1, 1)
    title_only = decided(consortium, form=Form(FormKind.ELECTRONIC))
    assert told(title_only) == ("6", REJECT, Reason.ONLY_ELECTRONIC)


def test_digital_requests_are_not_rejected_for_want_of_copies() -> None:
    """Rows 8 to 10 are about copies on shelves; a digital request passes them unless the settings say otherwise."""
    digital = request(format_="electronic")
    assert told(decided(settings(**BOTH), OUT, asked=digital))[:2] == ("11", HOLD)
    strict = settings(**BOTH, item_rules_for_digital=True)
    assert told(decided(strict, OUT, asked=digital))[:2] == ("8", REJECT)


def test_electronic_is_ignored_for_physical_requests_only() -> None:
    """The narrower switch looks at what was asked for."""
    narrow = settings(ignore_electronic_for_physical_only=True, reject_when_locate_fails=True)
    assert told(decided(narrow, online(), asked=request(format_="print"))) == ("6", REJECT, Reason.LOCATE_FAILED)
    assert told(decided(narrow, online(), asked=request(format_="any"))) == ("6", HOLD, Reason.ONLY_ELECTRONIC)


def test_a_licence_decides_by_a_rule() -> None:
    """A rule may look at the licence of the collection, the partner, the level of service, the format and coverage."""
    rules = (
        ElectronicRule(reject=False, licence_permits_ill=("yes",), reason="the licence permits it"),
        ElectronicRule(reject=True, partner=("north",), level_of_service=("express",), reason="not for these"),
        ElectronicRule(reject=True, licence_permits_ill=("no",), reason="the licence forbids it"),
    )
    given = settings(
        electronic_rules=rules, licences=(Licence("Free Press", Permits.YES), Licence("Closed Books", Permits.NO))
    )
    free, closed, other = (online(location=name) for name in ("free press", "Closed Books", "Elsewhere"))
    kept = decided(given, free, closed)
    assert (kept.action, kept.sentence) == (HOLD, "Only electronic holdings: the licence permits it.")
    assert decided(given, closed).sentence == "Only electronic holdings: the licence forbids it."
    assert decided(given, other).reason is Reason.ONLY_ELECTRONIC
    asked = request(partner="North", level_of_service="Express")
    assert decided(given, other, asked=asked).sentence == "Only electronic holdings: not for these."
    # One holding that no rule speaks of keeps the rules from rejecting the request.
    assert decided(given, closed, other).reason is Reason.ONLY_ELECTRONIC


def test_a_rule_may_look_at_the_coverage_and_the_request() -> None:
    """Coverage, citation type and requested format are inputs too."""
    rule = ElectronicRule(
        reject=True, citation_type=("article",), requested_format=("print",), coverage_fits=("does_not_fit",)
    )
    given = settings(electronic_rules=(rule,))
    asked = request(article=True, format_="print")
    outside = decided(given, online("portfolio", "v.7-v.9"), asked=asked, part=PartWanted(volume="3"))
    assert outside.reason is Reason.ELECTRONIC_RULE
    inside = decided(given, online("portfolio", "v.1-v.9"), asked=asked, part=PartWanted(volume="3"))
    assert inside.reason is Reason.ONLY_ELECTRONIC


def test_the_item_to_send_and_why() -> None:
    """Of several that are in and requestable, the one in its own place with fewest holds is sent, and why is told."""
    moved = shelf(temporary_location="Display", barcode="1")
    busy, home = shelf(holds=2, barcode="2"), shelf(barcode="3")
    found = decided(settings(auto_request_lending=True), OUT, moved, busy, home)
    assert (found.item, found.move_request) == (home, True)
    assert found.item_reason == (
        "Of 3 that are in and may be requested, it stands in its own place and fewer readers wait for it."
    )
    assert len(found.evidence) == 4


def test_a_part_that_is_not_held_counts_as_nothing() -> None:
    """Copies of other volumes are no copies of this one, and are counted apart."""
    volumes = (shelf(enumeration="v.1"), shelf(enumeration="v.2"))
    found = decided(settings(reject_when_no_available=True), *volumes, part=PartWanted(volume="7"))
    assert told(found) == ("6", REJECT, Reason.NO_AVAILABLE_ITEMS)
    assert found.counters.without_part == 2
    second = decided(settings(), *volumes, part=PartWanted(volume="2"))
    assert (second.action, second.item) == (FILL, volumes[1])


def test_counters_are_of_copies() -> None:
    """Every counter counts copies, and those left out are counted by why they are."""
    found = decided(
        settings(supply_from=("Main",)),
        shelf(copies=3),
        shelf("unavailable", copies=2),
        shelf("unknown", policy=""),
        shelf(policy=REFERENCE),
        shelf(library="Law"),
        shelf(suppressed="hidden"),
        online(),
    )
    counters = found.counters
    assert (counters.suppressed, counters.not_supplying, counters.electronic) == (1, 1, 1)
    assert (counters.physical, counters.available, counters.unavailable, counters.unknown) == (7, 4, 2, 1)
    assert (counters.requestable, counters.not_requestable, counters.requestable_unknown) == (5, 1, 1)
    assert counters.available_and_requestable == 3


def test_a_cancelled_move_request_rejects() -> None:
    """What was being processed is rejected when its move request is cancelled; the counters stay."""
    found = decided(settings(auto_request_lending=True), IN)
    cancelled = move_request_cancelled(found)
    assert (cancelled.action, cancelled.reason) == (REJECT, Reason.MOVE_REQUEST_CANCELLED)
    assert cancelled.counters == found.counters


def test_policies_are_compared_without_case() -> None:
    """The made-up terms of use of these tests go by item policies in any case."""
    assert decided(settings(reject_when_no_requestable=True), shelf(policy=BOOK.upper())).action is FILL
