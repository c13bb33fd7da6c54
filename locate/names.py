"""The nearest known name to a misspelt one, and the sentence that offers it.

Decides nothing about what is known: the caller passes the names. Never raises.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import Jaro

__all__ = ["nearest", "shortened", "unknown_name"]

MIN_SIMILARITY = 0.8  # Jaro: swapped letters cost less than other letters, so "ibsn" is "isbn" and not "issn"
SHOWN_CHARACTERS = 60


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name`` (case ignored), or None when none is close."""
    by_folded = {other.casefold(): other for other in known}
    found = process.extractOne(
        name.casefold(), list(by_folded), scorer=Jaro.normalized_similarity, score_cutoff=MIN_SIMILARITY
    )
    return by_folded[found[0]] if found else None


def shortened(text: str) -> str:
    """Return ``text`` quoted for a message, control characters escaped, cut after 60 characters."""
    return repr(text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…")


def unknown_name(noun: str, name: str, known: Iterable[str]) -> str:
    """Return "unknown ``noun`` 'name'" with the nearest known name, or with all of them when none is near."""
    names = sorted(known)
    close = nearest(name, names)
    advice = f"did you mean {close!r}?" if close else f"known: {', '.join(names) or 'none'}"
    return f"unknown {noun} {shortened(name)}; {advice}"
