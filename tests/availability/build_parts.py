"""Short ways to ask for a part and to write the holdings that may have it."""

from __future__ import annotations

from typing import Any

from locate.availability import Form, FormKind, Holdings, Item, Requestability, SupplyRules, assess, read_holdings
from locate.availability.parts import PartWanted, sort_by_part
from locate.citation import Intent
from locate.supply import Fulfilment, ItemPreferences

from .build import bib, item

__all__ = ["ANY", "WHOLE", "fields", "judged", "kept", "part", "said", "shelf"]

WHOLE = PartWanted(intent=Intent.WHOLE)
ANY = PartWanted()


def part(volume: str = "", issue: str = "", year: int | None = None) -> PartWanted:
    """Return the wish for one part."""
    return PartWanted(volume, issue, year, intent=Intent.VOLUME)


def judged(
    holdings: Holdings, wanted: PartWanted | None, *libraries: str, physical: bool = True, **lists: tuple[str, ...]
) -> Requestability:
    """Assess these holdings against a part."""
    rules = SupplyRules(ItemPreferences(**lists), Fulfilment(), libraries)  # type: ignore[arg-type]
    return assess(holdings, Form(FormKind.MIXED), rules=rules, wants_physical=physical, part=wanted)


def fields(*texts: str, dialect: str = "generic") -> Holdings:
    """Read the holdings of a record of these fields."""
    return read_holdings(bib(*texts), None, dialect)


def shelf(*statements: str, **texts: Any) -> Item:
    """Build a copy on its shelf at Main with the statements of its holding."""
    return item(library="Main", statements=statements, **texts)


def said(items: tuple[Item, ...], statement: str) -> Holdings:
    """Return holdings with a statement of the whole record."""
    return Holdings("generic", items, (statement,), common=(statement,))


def kept(holdings: Holdings, wanted: PartWanted) -> dict[str, bool]:
    """Return the barcodes of the items that are kept, each with whether it surely has the part."""
    return {one.barcode: not doubt for one, _, doubt in sort_by_part(holdings.items, holdings, wanted).items}
