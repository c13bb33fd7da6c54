"""A hundred thousand made-up libraries and holdings: the table and a naive second reading of the order agree."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import fields
from typing import Any

import pytest

from locate import Action, LendingSettings
from locate.availability import Item
from locate.availability.parts.coverage import PartWanted
from locate.lending import Reason
from locate.lending_settings import ElectronicRule, Licence, Permits
from locate.outcome import Finding

from .build import BOOK, REFERENCE, decided, online, request, settings, shelf
from .oracle import naive

SEEDS = range(20261122, 20261126)
ROUNDS = 100_000 // len(SEEDS)
SWITCHES = [each.name for each in fields(LendingSettings) if each.type == "bool"]
POLICY_OF = {True: BOOK, False: REFERENCE, None: ""}
PART = PartWanted(volume="3")
COVERS, MISSES = "v.1-v.5", "v.7-v.9"
KEPT, BARRED, FREE = "Kept Press", "Barred Press", "Other Press"
RULES = (
    ElectronicRule(reject=False, licence_permits_ill=("yes",)),
    ElectronicRule(reject=True, licence_permits_ill=("no",)),
)
LICENCES = (Licence(KEPT, Permits.YES), Licence(BARRED, Permits.NO))
RULE_OF = {KEPT: False, BARRED: True, FREE: None}
LIBRARY_OF = {True: "Main", False: "Law", None: ""}


def _item(chance: random.Random) -> tuple[Item, dict[str, Any]]:
    """Return an item of the package and the same one for the naive reading."""
    suppressed = chance.random() < 0.1
    supplies = chance.choices((True, False, None), (8, 1, 1))[0]
    texts: dict[str, Any] = {"library": LIBRARY_OF[supplies], "suppressed": "hidden" if suppressed else ""}
    plain = {"suppressed": suppressed, "supplies": supplies, "electronic": chance.random() < 0.3}
    if plain["electronic"]:
        press, covers = chance.choice((KEPT, BARRED, FREE)), chance.random() < 0.5
        found = online("portfolio", COVERS if covers else MISSES, location=press, **texts)
        return found, {**plain, "rule": RULE_OF[press], "covers": covers}
    status = chance.choice(("available", "unavailable", "unknown"))
    requestable = chance.choice((True, False, None))
    texts["enumeration"] = "v.3"
    return shelf(status, POLICY_OF[requestable], **texts), {**plain, "status": status, "requestable": requestable}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_table_is_the_order_as_a_naive_reader_has_it(seed: int) -> None:
    """Both readings agree on every case; nothing is ever rejected while a copy may be in and requestable."""
    chance = random.Random(seed)
    met: Counter[tuple[str, str]] = Counter()
    findings = [*Finding, *[Finding.FOUND] * 24]
    for number in range(ROUNDS):
        switches = {name: chance.random() < 0.5 for name in SWITCHES}
        switches["temporarily_inactive"] = chance.random() < 0.03
        switches["automatic_locate"] = chance.random() > 0.03
        finding = chance.choice(findings)
        article, format_ = chance.random() < 0.4, chance.choice((None, "print", "electronic", "any"))
        pairs = [_item(chance) for _ in range(chance.choice((0, 1, 1, 2, 3, 4)))]
        asked = {"article": article, "physical": format_ == "print", "digital": format_ == "electronic"}
        rules = RULES if chance.random() < 0.7 else ()
        for _, plain in pairs if not rules else ():
            plain["rule"] = None
        expected = naive(switches, asked, finding, [plain for _, plain in pairs])
        given = settings(**switches, supply_from=("Main",), electronic_rules=rules, licences=LICENCES)
        found = decided(
            given,
            *(item for item, _ in pairs),
            finding=finding,
            asked=request(article=article, format_=format_),
            part=PART if article else None,
        )
        assert (found.action, found.reason) == expected, f"case {number}: {switches} {asked} {finding} {pairs}"
        met[expected] += 1
        if found.action is Action.REJECT and found.row in {"7", "8", "9", "10"}:
            shown = [plain for _, plain in pairs if not plain["electronic"] and not plain["suppressed"]]
            counted = [plain for plain in shown if plain["supplies"] is not False]
            assert not all(plain["status"] == "unknown" for plain in counted)
            assert not any(plain["status"] != "unavailable" and plain["requestable"] is not False for plain in counted)
    assert {reason for _, reason in met} == set(Reason) - {Reason.MOVE_REQUEST_CANCELLED}
