"""Which of a record's items have the part that is wanted: `sort_by_part`.

An item's own enumeration and chronology say most, then the statements of its holding, then those of the whole record.
An item that surely lacks the part is left out; where nothing tells, it stays, marked as unsure. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from locate.availability.holdings import Holdings, Item
from locate.availability.parts.coverage import Fit, Fitting, PartWanted, fit_text, fit_texts

__all__ = ["PartSorted", "sort_by_part"]

_NOT_SURE = "nothing tells whether it is the part that is wanted"


@dataclass(frozen=True, slots=True)
class PartSorted:
    """The items that have the part or may have it, each with the text that shows it ("" when nothing does) and what
    keeps from telling ("" when sure). ``claimed_by`` is an item that surely lacks the part though the statements of its
    holding, or of the record, name it; None when there is none. ``why`` says what decided.
    """

    items: tuple[tuple[Item, str, str], ...]
    claimed_by: Item | None
    why: str


def sort_by_part(items: Iterable[Item], holdings: Holdings, wanted: PartWanted) -> PartSorted:
    """Sort ``items`` of ``holdings`` by whether they have ``wanted``, which names a part."""
    whole = fit_texts(wanted, holdings.common)
    kept: list[tuple[Item, str, str]] = []
    known: dict[tuple[str, ...], tuple[Fitting, Fitting]] = {}
    claimed_by: Item | None = None
    why = whole.why
    for item in items:
        key = (item.part, *item.statements)
        if key not in known:
            known[key] = _fit(item, whole, wanted)
        fitting, holding = known[key]
        if fitting.fit is Fit.DOES_NOT_FIT:
            why = fitting.why
            claimed_by = item if claimed_by is None and holding.fit is Fit.FITS else claimed_by
        elif fitting.fit is Fit.FITS:
            kept.append((item, fitting.text, ""))
        else:
            kept.append((item, "", f"{_NOT_SURE} ({fitting.text})" if fitting.text else _NOT_SURE))
    return PartSorted(tuple(kept), claimed_by, why)


def _fit(item: Item, whole: Fitting, wanted: PartWanted) -> tuple[Fitting, Fitting]:
    """Return whether the item has the part, and whether its holding has."""
    holding = fit_texts(wanted, item.statements) if item.statements or item.electronic else whole
    return (fit_text(wanted, item.part) if item.part else holding), holding
