"""How copies are told to a librarian: one sentence a copy, and one for all of them together.

Like copies are counted into one phrase; after six phrases the rest is only counted, so that a title with thousands of
copies has a readable reason too, and then the copies that can be had come first. Decides nothing and raises nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from locate.availability.holdings import Item, Status
from locate.availability.signs import shorten

__all__ = ["Judged", "describe", "state", "summarize"]

_MAX_PHRASES = 6
_ORDER = (Status.AVAILABLE, Status.UNKNOWN, Status.UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Judged:
    """An item after the partner's lists: ``refused`` says why it is not lent, ``unsure`` what keeps a list from being
    applied; "" is neither.
    """

    item: Item
    refused: str = ""
    unsure: str = ""


def state(one: Judged) -> Status:
    """Return the status that counts: that of the item, but never AVAILABLE while a list could not be applied."""
    return Status.UNKNOWN if one.unsure and one.item.status is Status.AVAILABLE else one.item.status


def describe(one: Judged) -> str:
    """Return one sentence about one item, naming the rule that its status was read by."""
    item = one.item
    marks = " ".join(
        part for part in (item.call_number, item.enumeration, item.barcode and f"[{item.barcode}]") if part
    )
    count = f"{item.copies} copies, " if item.copies > 1 else ""
    return f"{item.place}{f' ({marks})' if marks else ''}: {count}{_condition(one)}; {item.rule}."


def summarize(judged: list[Judged]) -> str:
    """Return all items as one clause, no full stop: "2 copies at Main: one on loan until …; one in Reserve, …"."""
    total = sum(one.item.copies for one in judged)
    libraries = {_library(one.item) for one in judged}
    shared = libraries.pop() if len(libraries) == 1 else ""
    head = ("One copy" if total == 1 else f"{total} copies") + (f" at {shared}" if shared else "")
    phrases: Counter[str] = Counter()
    for one in judged if len(judged) <= _MAX_PHRASES else sorted(judged, key=_rank):
        phrases[_phrase(one, with_library=not shared)] += one.item.copies
    if total == 1:
        return f"{head}: {next(iter(phrases))}"
    told = list(phrases.items())
    parts = [f"{'one' if count == 1 else count} {phrase}" for phrase, count in told[:_MAX_PHRASES]]
    if rest := sum(count for _, count in told[_MAX_PHRASES:]):
        parts.append(f"{rest} more")
    return f"{head}: {'; '.join(parts)}"


def _rank(one: Judged) -> int:
    return 3 if one.refused else _ORDER.index(state(one))


def _library(item: Item) -> str:
    return item.library or item.library_code


def _phrase(one: Judged, *, with_library: bool) -> str:
    item = one.item
    place = item.temporary_location or item.location or item.location_code
    if with_library and (library := _library(item)):
        place = f"{library}, {place}" if place else library
    where = f"{'at' if with_library and _library(item) else 'in'} {place}" if place else ""
    return ", ".join(part for part in (where, _condition(one)) if part)


def _condition(one: Judged) -> str:
    if one.refused:
        return one.refused
    item = one.item
    prefix = "electronic, " if item.electronic else ""
    if one.unsure and item.status is not Status.UNAVAILABLE:
        return f"{prefix}status unsure because {one.unsure}"
    if item.status is Status.AVAILABLE:
        return f"{prefix}available"
    words = [shorten(word) for word in item.raw_status if not word.startswith("availableNow")]
    said = f" ({'; '.join(words)})" if words else ""
    if item.status is Status.UNKNOWN:
        return f"{prefix}status not known{said}"
    return prefix + (f"on loan until {item.due_date}" if item.due_date else f"not available{said}")
