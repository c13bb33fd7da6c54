"""Placeholder interface; the requestability decision."""

from __future__ import annotations

from dataclasses import dataclass

from locate.availability.holdings import Availability, Item

__all__ = ["Requestability"]


@dataclass(frozen=True, slots=True)
class Requestability:
    """What may be had: ``verdict``, a sentence ``reason``, the ``item`` to ask for (None when none),
    and ``evidence``: one sentence for every item or rule that counted."""

    verdict: Availability
    reason: str
    item: Item | None = None
    evidence: tuple[str, ...] = ()
