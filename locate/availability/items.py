"""From the texts and the status of one copy to its `Item`: what is the same whatever record it was read from.

Decides what a temporary place replaces, which due date counts and how many readers wait. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from locate.availability.dialect import Dialect
from locate.availability.holdings import ElectronicKind, Item, Source, Status
from locate.availability.signs import Reading, fold, small_number

__all__ = ["build_item"]


def build_item(
    dialect: Dialect,
    reading: Reading,
    texts: dict[str, Any],
    places: Iterable[str],
    *,
    electronic: bool,
    electronic_kind: ElectronicKind | None = None,
    statements: Sequence[str] = (),
    source: Source = None,
) -> Item:
    """Return the item that ``texts`` (fields of an Item; taken over, not copied) and ``reading`` describe.

    A temporary location that is one of ``places`` is not temporary; else it stands in the place that the dialect says
    it replaces. The due date of the status words comes before that of the texts, and a copy that is not out has none.
    """
    if "temporary_location" in texts:
        _settle_temporary(dialect, texts, places)
    due = texts.pop("due_date", "")
    if reading.status is Status.UNAVAILABLE and (reading.due_date or due):
        texts["due_date"] = reading.due_date or due
    holds = reading.holds
    if "holds" in texts:
        holds = max(holds, small_number(texts.pop("holds")))
    return Item(
        reading.status,
        reading.rule,
        reading.raw_status,
        electronic=electronic,
        not_lent=reading.not_lent,
        holds=holds,
        suppressed=reading.suppressed,
        electronic_kind=electronic_kind,
        statements=tuple(statements),
        source=source,
        **texts,
    )


def _settle_temporary(dialect: Dialect, texts: dict[str, Any], places: Iterable[str]) -> None:
    """Put a temporary place where the dialect says that it belongs; drop one that names no place, or the home."""
    temporary = texts.pop("temporary_location")
    word = fold(temporary)
    if word not in dialect.not_temporary and all(word != fold(place) for place in places):
        texts[f"temporary_{dialect.temporary}"] = temporary
