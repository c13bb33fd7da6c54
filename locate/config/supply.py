"""Builds what says which items a library supplies: its lists, its fulfilment rules, and its own words of a dialect.

Private to `locate.config`. It judges what one value alone cannot show: rules that name terms of use which are not
there, inputs that the library system's records never give, subfields that cannot exist. Raises nothing: every mistake
is a `Problem`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from locate.availability import load_dialect, parse_dialect
from locate.config.reading import joined
from locate.config.tables import FulfilmentRuleTable, FulfilmentTable, ItemsTable, merged
from locate.errors import ConfigurationError, Problem
from locate.names import unknown_name
from locate.supply import Fulfilment, FulfilmentRule, ItemPreferences, PlacePreference, TermsOfUse

__all__ = ["checked_dialect", "fulfilment", "item_preferences"]

# Inputs of a fulfilment rule that a dialect may leave out, with the item text that they look at.
_TEXT_OF_INPUT = {"item_policy": "policy", "material_type": "material_type", "process_type": "process_type"}


def item_preferences(*layers: ItemsTable | None) -> ItemPreferences:
    """Return the lists of the tables laid over each other, the last one winning key by key."""
    given = merged(*layers)
    if "places" in given:
        given["places"] = tuple(PlacePreference(**place.given()) for place in given["places"])
    return ItemPreferences(**given)


def fulfilment(
    defaults: FulfilmentTable | None,
    own: FulfilmentTable | None,
    path: str,
    gives: Collection[str],
    found: list[Problem],
) -> Fulfilment:
    """Return the rules: a library's own stand for those of the defaults, its terms of use beside them.

    ``gives`` are the item texts of its dialect (`Dialect.gives`).
    """
    layers = [(layer, where) for layer, where in ((defaults, "defaults.fulfilment"), (own, path)) if layer is not None]
    terms = {
        name: TermsOfUse(name, table.is_requestable_for_physical_resource_sharing)
        for layer, _ in layers
        for name, table in (layer.terms or {}).items()
    }
    written, where = next(
        ((layer.rules, where) for layer, where in reversed(layers) if layer.rules is not None), ((), "")
    )
    rules = []
    for index, table in enumerate(written):
        here = joined(where, "rules", index)
        if where == path:
            found.extend(_never_given(table, here, gives))
        if table.terms not in terms:
            found.append(Problem(joined(here, "terms"), unknown_name("terms of use", table.terms, terms)))
            continue
        conditions = {key: value for key, value in table.given().items() if key != "terms"}
        rules.append(FulfilmentRule(terms[table.terms], **conditions))
    return Fulfilment(tuple(rules))


def _never_given(table: FulfilmentRuleTable, path: str, gives: Collection[str]) -> list[Problem]:
    """Return a problem for each input that the records never give: such a rule would leave every item undecided."""
    missing = [name for name, text in _TEXT_OF_INPUT.items() if getattr(table, name) and text not in gives]
    return [
        Problem(joined(path, name), "is never given by records of this system; add its place under dialect")
        for name in missing
    ]


def checked_dialect(written: Mapping[str, Any] | None, system: str, path: str, found: list[Problem]) -> frozenset[str]:
    """Check a library's own settings of the dialect of ``system``; return the item texts that its records give."""
    if not written:
        return load_dialect(system).gives
    if "extends" in written:
        found.append(Problem(joined(path, "extends"), "does not belong here: system names the dialect"))
        return frozenset(_TEXT_OF_INPUT.values())
    try:
        return parse_dialect({**written, "extends": system}, system).gives
    except ConfigurationError as error:
        found.extend(Problem(f"{path}.{problem.path}".rstrip("."), problem.message) for problem in error.problems)
        return frozenset(_TEXT_OF_INPUT.values())
