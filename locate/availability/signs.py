"""Signs of a copy's status, and what they come to together.

A sign is one thing that a record says of a copy: availableNow, a status word, a flag, a due date. A word that no table
knows makes the status UNKNOWN, whatever else is said; so do signs against each other, unless the dialect says which of
them counts. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from locate.availability.holdings import Status

__all__ = ["Reading", "Sign", "fold", "shorten", "small_number", "weigh"]


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return ``text`` as words are compared: case-folded, trimmed, runs of blanks made one."""
    return " ".join(text.casefold().split())


def shorten(text: str) -> str:
    """Return ``text`` as a sentence quotes it: at most 80 characters."""
    return text if len(text) <= 80 else f"{text[:79]}…"


def small_number(text: str | None) -> int:
    """Return the number that ``text`` is, 0 when it is none or has more than five digits."""
    return int(text) if text and len(text) <= 5 and text.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign. ``status`` None says nothing of the shelf; ``known`` False is a word that no table knows; ``why`` reads
    after the dialect's name; ``raw`` the record's words; ``not_lent``, ``suppressed`` and ``due`` "" when not said;
    ``kind`` "now" for availableNow, else "word"; ``holds`` how many readers wait.
    """

    status: Status | None
    why: str
    raw: str = ""
    known: bool = True
    not_lent: str = ""
    due: str = ""
    kind: str = "word"
    suppressed: str = ""
    holds: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What all signs of one copy come to; the fields are those of an Item."""

    status: Status
    rule: str
    raw_status: tuple[str, ...] = ()
    not_lent: str = ""
    due_date: str = ""
    suppressed: str = ""
    holds: int = 0


def weigh(signs: Sequence[Sign], dialect: str, *, conflict: str = "unknown", silence: str) -> Reading:
    """Return what ``signs`` come to.

    ``conflict`` says what counts when signs are against each other: "unknown", "available_now", "words" or "first",
    the first sign that says something. ``silence`` is the rule's text when no sign says anything. A copy that the
    record only says is not lent is UNAVAILABLE: it is not to be had, whether or not it stands on its shelf.
    """
    if len(signs) == 1 and (status := signs[0].status) is not None:
        (only,) = signs
        raw = (only.raw,) if only.raw else ()
        due = only.due if status is not Status.AVAILABLE else ""
        return Reading(status, f"{dialect}: {only.why}", raw, only.not_lent, due, only.suppressed, only.holds)
    status, why = _status(signs, conflict, silence)
    return Reading(
        status,
        f"{dialect}: {why}",
        tuple(sign.raw for sign in signs if sign.raw),
        next((sign.not_lent for sign in signs if sign.not_lent), ""),
        next((sign.due for sign in signs if sign.due), "") if status is not Status.AVAILABLE else "",
        next((sign.suppressed for sign in signs if sign.suppressed), ""),
        max((sign.holds for sign in signs), default=0),
    )


def _status(heard: Sequence[Sign], conflict: str, silence: str) -> tuple[Status, str]:
    if strange := [sign.why for sign in heard if not sign.known]:
        return Status.UNKNOWN, " and ".join(strange)
    sure = [sign for sign in heard if sign.status is not None]
    kinds = {sign.status for sign in sure}
    if len(kinds) > 1 and conflict == "first":
        sure = sure[:1]
    elif len(kinds) > 1 and conflict != "unknown":
        wanted = "now" if conflict == "available_now" else "word"
        sure = [sign for sign in sure if sign.kind == wanted]
    why = " and ".join(dict.fromkeys(sign.why for sign in sure))
    if len({sign.status for sign in sure}) > 1:
        return Status.UNKNOWN, f"{why}, which contradict each other"
    if sure and sure[0].status is not None:
        return sure[0].status, why
    if lent := [sign.why for sign in heard if sign.not_lent]:
        return Status.UNAVAILABLE, " and ".join(lent)
    return Status.UNKNOWN, silence
