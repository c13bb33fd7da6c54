"""Short ways to write a library's rules of what it supplies."""

from __future__ import annotations

from typing import Any

from locate.availability import Form, FormKind, Item, Requestability, SupplyRules, assess
from locate.supply import Fulfilment, FulfilmentRule, ItemPreferences, TermsOfUse

from .build import held

__all__ = ["IN_HOUSE", "LOAN", "keeps", "lends", "supply", "verdict"]

LOAN = TermsOfUse("Loan", is_requestable_for_physical_resource_sharing=True)
IN_HOUSE = TermsOfUse("In house", is_requestable_for_physical_resource_sharing=False)


def lends(**conditions: tuple[str, ...]) -> FulfilmentRule:
    """Return a rule that chooses terms under which an item may be requested."""
    return FulfilmentRule(LOAN, **conditions)


def keeps(**conditions: tuple[str, ...]) -> FulfilmentRule:
    """Return a rule that chooses terms under which an item may not be requested."""
    return FulfilmentRule(IN_HOUSE, **conditions)


def supply(*fulfilment: FulfilmentRule, libraries: tuple[str, ...] = (), **lists: Any) -> SupplyRules:
    """Build the rules of a library."""
    return SupplyRules(ItemPreferences(**lists), Fulfilment(fulfilment), libraries)


def verdict(rules: SupplyRules, *items: Item, physical: bool = True) -> Requestability:
    """Assess these items, which are physical ones unless they say otherwise."""
    return assess(held(*items), Form(FormKind.PHYSICAL), rules=rules, wants_physical=physical)
