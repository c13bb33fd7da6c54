"""Builds the lending settings from ``[lending]``, and what of the own catalog belongs to them.

Private to `locate.config`. Raises nothing: every mistake is a `Problem`.
"""

from __future__ import annotations

from typing import Any

from locate.config.reading import read_table
from locate.config.tables import LendingTable
from locate.errors import Problem
from locate.lending_settings import ElectronicRule, LendingSettings, Licence
from locate.partner import Partner

__all__ = ["lending_settings"]


def lending_settings(section: dict[str, Any], catalog: Partner | None, found: list[Problem]) -> LendingSettings:
    """Return the settings; which items may be requested is what the own ``catalog`` says."""
    table = read_table(LendingTable, section, "lending", found) or LendingTable()
    given = table.given()
    if "electronic_rules" in given:
        given["electronic_rules"] = tuple(ElectronicRule(**rule.given()) for rule in given["electronic_rules"])
    if "licences" in given:
        given["licences"] = tuple(Licence(**licence.given()) for licence in given["licences"])
    if catalog is not None:
        given |= {"items": catalog.items, "fulfilment": catalog.fulfilment}
    return LendingSettings(**given)
