"""How copies are told to a librarian: one sentence a copy, and one for all of them together.

Like copies are counted into one phrase; after six phrases the rest is only counted, so that a title with thousands of
copies has a readable reason too, and then the copies that can be had come first. Decides nothing and raises nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from locate.availability.holdings import Item, Status
from locate.availability.requestable import Judged
from locate.availability.signs import shorten

__all__ = ["describe", "summarize", "why_chosen"]

_MAX_PHRASES = 6


_told_of_item = attrgetter(
    "temporary_library",
    "library",
    "library_code",
    "temporary_location",
    "location",
    "location_code",
    "status",
    "raw_status",
    "due_date",
    "electronic",
)
"""What of an item a phrase tells."""


def describe(one: Judged) -> str:
    """Return one sentence about one item, naming the rule that its status was read by."""
    item = one.item
    marks = " ".join(part for part in (item.call_number, item.part, item.barcode and f"[{item.barcode}]") if part)
    count = f"{item.copies} copies, " if item.copies > 1 else ""
    told = "; ".join(part for part in (_condition(one), one.terms, item.rule) if part)
    return f"{item.place}{f' ({marks})' if marks else ''}: {count}{told}."


def summarize(judged: Sequence[Judged]) -> str:
    """Return all items as one clause, no full stop: "2 copies at Main: one on loan until …; one in Reserve, …"."""
    if len(judged) == 1 and judged[0].item.copies == 1:
        (only,) = judged
        library = _library(only.item)
        return f"One copy{f' at {library}' if library else ''}: {_phrase(only, with_library=not library)}"
    total = sum(one.item.copies for one in judged)
    libraries = {_library(one.item) for one in judged}
    shared = libraries.pop() if len(libraries) == 1 else ""
    head = f"{total} copies" + (f" at {shared}" if shared else "")
    alike: dict[tuple[object, ...], Judged] = {}
    counts: Counter[tuple[object, ...]] = Counter()
    for one in judged:
        key = (*_told_of_item(one.item), one.refused, one.unsure, one.part)
        alike.setdefault(key, one)
        counts[key] += one.item.copies
    phrases: Counter[str] = Counter()
    for key in counts if len(judged) <= _MAX_PHRASES else sorted(counts, key=lambda key: _rank(alike[key])):
        phrases[_phrase(alike[key], with_library=not shared)] += counts[key]
    told = list(phrases.items())
    parts = [f"{'one' if count == 1 else count} {phrase}" for phrase, count in told[:_MAX_PHRASES]]
    if rest := sum(count for _, count in told[_MAX_PHRASES:]):
        parts.append(f"{rest} more")
    return f"{head}: {'; '.join(parts)}"


def why_chosen(best: Judged, ready: Sequence[Judged]) -> str:
    """Say why ``best`` is the item to ask for, of ``ready``, those that are in and may be requested."""
    others = [one for one in ready if one is not best]
    if not others:
        return "It is the only copy that is in and may be requested."
    merits = [
        (any(one.preference < best.preference for one in others), f"its place is preferred ({best.preference})"),
        (not best.item.electronic and any(one.item.electronic for one in others), "it is a physical copy"),
        (not best.item.is_away and any(one.item.is_away for one in others), "it stands in its own place"),
        (any(one.item.holds > best.item.holds for one in others), "fewer readers wait for it"),
    ]
    said = [merit for counts, merit in merits if counts]
    count = f"Of {len(ready)} that are in and may be requested"
    return f"{count}, {' and '.join(said)}." if said else f"{count}, it is the first of equals."


def _rank(one: Judged) -> int:
    return 3 if one.refused else one.status.rank


def _library(item: Item) -> str:
    return item.temporary_library or item.library or item.library_code


def _phrase(one: Judged, *, with_library: bool) -> str:
    item = one.item
    place = item.temporary_location or item.location or item.location_code
    place = f"{place} ({one.part})" if place and one.part else place
    if with_library and (library := _library(item)):
        place = f"{library}, {place}" if place else library
    where = f"{'at' if with_library and _library(item) else 'in'} {place}" if place else ""
    return ", ".join(part for part in (where, _condition(one)) if part)


def _condition(one: Judged) -> str:
    if one.refused:
        return one.refused
    item = one.item
    prefix = "electronic, " if item.electronic else ""
    if item.status is Status.AVAILABLE:
        return f"{prefix}available, but {one.unsure}" if one.unsure else f"{prefix}available"
    words = [shorten(word) for word in item.raw_status if not word.startswith("availableNow")]
    said = f" ({'; '.join(words)})" if words else ""
    if item.status is Status.UNKNOWN:
        return f"{prefix}status not known{said}{f', and {one.unsure}' if one.unsure else ''}"
    return prefix + (f"on loan until {item.due_date}" if item.due_date else f"not available{said}")
