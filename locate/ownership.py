"""Is it on our own shelves? The check before borrowing.

A title that the own catalog holds and that is available there blocks the request ("locally owned"), which staff may
override; a copy on loan, or one that nothing tells of, does not (project's rule for the copy on loan). Pure; raises
nothing. Source: the vendor's pages on self-ownership.
"""

from __future__ import annotations

from dataclasses import dataclass

from locate.availability.holdings import Availability
from locate.outcome import Finding, PartnerOutcome

__all__ = ["Ownership", "check_ownership"]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whether the request is blocked because the item is here, and the sentence that says why or why not."""

    blocks: bool
    sentence: str


def check_ownership(own: PartnerOutcome) -> Ownership:
    """Judge ``own``, what the search of the own catalog came to."""
    if own.finding is not Finding.FOUND:
        said = f"Not known to be held here ({own.finding}): {own.reason}"
        return Ownership(blocks=False, sentence=said)
    if own.availability is Availability.AVAILABLE:
        return Ownership(blocks=True, sentence=f"Locally owned: {own.reason}")
    said = f"Held here but not to be had now ({own.availability}): {own.reason}"
    return Ownership(blocks=False, sentence=said)
