"""Join what a holdings statement says in two places: a range in two sentences, and numbers apart from their dates.

Decides nothing of one segment alone; raises nothing.
"""

from __future__ import annotations

from locate.availability.parts.draft import CHRONOLOGY, ENUMERATION, Draft
from locate.availability.parts.words import Level

__all__ = ["join_began", "join_separate"]


def join_began(drafts: list[Draft]) -> None:
    """Join "began with A" to the "ceased with B" that follows it: one range from A to B."""
    for at in range(len(drafts) - 2, -1, -1):
        begun, ended = drafts[at], drafts[at + 1]
        if begun.from_word and not begun.ranged and ended.until_word and not ended.first and ended.last:
            begun.ranged, begun.last, begun.end = True, ended.last, ended.end
            begun.uncertain |= ended.uncertain
            drafts[at + 1 : at + 2] = []


def join_separate(drafts: list[Draft]) -> None:
    """Join an enumeration to a chronology that stands apart from it: "v.1-v.10 ; 1990-1999" (Z39.71)."""
    split = next((at for at, draft in enumerate(drafts) if not draft.has(ENUMERATION)), 0)
    counted, dated = drafts[:split], drafts[split:]
    if not counted or any(draft.has(CHRONOLOGY) or not draft.has(ENUMERATION) for draft in counted):
        return
    if any(draft.has(ENUMERATION) or not draft.has((Level.YEAR,)) for draft in dated):
        return
    for draft in dated:
        draft.close()
    for at, draft in enumerate(counted):
        own = dated[at] if len(dated) == len(counted) else None
        start, end = own or dated[0], own or dated[-1]
        draft.years(start.first, end.last, alone=own is not None and not own.ranged)
        draft.loose = own is None
        draft.end = max(draft.end, end.end)
    del drafts[split:]
