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

_NOT_SAID = "whether it is the part that is wanted is not said"


@dataclass(frozen=True, slots=True)
class PartSorted:
    """The items that have the part or may have it, each with the text that shows it ("" when nothing does) and what
    keeps from telling ("" when sure). ``lacking`` is how many items surely lack it. ``decided`` is the last word of
    the record's statements, or of the item that decided.
    """

    items: tuple[tuple[Item, str, str], ...]
    lacking: int
    decided: Fitting


def sort_by_part(items: Iterable[Item], holdings: Holdings, wanted: PartWanted) -> PartSorted:
    """Sort ``items`` of ``holdings`` by whether they have ``wanted``, which names a part."""
    whole = fit_texts(wanted, holdings.summaries)
    kept: list[tuple[Item, str, str]] = []
    known: dict[tuple[str, ...], Fitting] = {}
    decided, lacking = whole, 0
    for item in items:
        key = (item.part, *item.statements)
        if (fitting := known.get(key)) is None:
            fitting = known[key] = _fit(item, whole, wanted)
        if fitting.fit is Fit.DOES_NOT_FIT:
            lacking += item.copies
            decided = fitting if decided.fit is Fit.CANNOT_TELL else decided
        else:
            sure = fitting.fit is Fit.FITS
            kept.append((item, fitting.text if sure else "", "" if sure else fitting.why or _NOT_SAID))
    return PartSorted(tuple(kept), lacking, decided)


def _fit(item: Item, whole: Fitting, wanted: PartWanted) -> Fitting:
    if item.part:
        return fit_text(wanted, item.part)
    return fit_texts(wanted, item.statements) if item.statements else whole
