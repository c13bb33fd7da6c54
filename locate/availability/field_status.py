"""What a MARC field says of its copy's status: words, flags and a due date, weighed.

Which subfield says what is the layout's matter. Fields that say it in the same words are read once. Raises nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from locate.availability.dialect import Dialect
from locate.availability.dialect_file import Flag
from locate.availability.found_fields import FoundField
from locate.availability.holdings import Status
from locate.availability.signs import Reading, Sign, weigh

__all__ = ["read_status"]

_NUMBER = re.compile(r"-?\d{1,9}")


def read_status(found: FoundField, dialect: Dialect, due: str) -> Reading:
    """Return what a field says of its copy's status; ``due`` is its due date where that says that the copy is out."""
    key = (id(found.layout), due, found.said)
    if (known := dialect.readings.get(key)) is None:
        known = dialect.readings.keep(key, _weighed(found, dialect, due))
    return known


def _weighed(found: FoundField, dialect: Dialect, due: str) -> Reading:
    layout, tag = found.layout, found.data.tag
    signs = [dialect.word(text, f"{tag} ${code}") for code in layout.status for text in found.all(code)]
    maybe = [dialect.word(text, f"{tag} ${code}") for code in layout.maybe_status for text in found.all(code)]
    signs += [sign for sign in maybe if sign.known]
    if layout.due_means_out and due:
        signs.append(Sign(Status.UNAVAILABLE, f"{tag} gives the due date {due}", due, due=due))
    if layout.flags:
        signs += _flag_signs(found, layout.flags, all_clear=not signs)
    reading = weigh(signs, dialect.name, conflict=layout.conflict, silence=f"{tag} gives no status")
    if not layout.policy_words:
        return reading
    policy = [dialect.word(text, f"{tag} ${code}") for code in layout.policy_words for text in found.all(code)]
    return replace(
        reading,
        not_lent=reading.not_lent or next((sign.not_lent for sign in policy if sign.not_lent), ""),
        suppressed=reading.suppressed or next((sign.suppressed for sign in policy if sign.suppressed), ""),
        raw_status=reading.raw_status + tuple(sign.raw for sign in policy if sign.raw),
    )


def _flag_signs(found: FoundField, flags: tuple[Flag, ...], *, all_clear: bool) -> list[Sign]:
    """Return the signs of flags that are set or unreadable; when none is and ``all_clear``, one that says available."""
    tag = found.data.tag
    signs: list[Sign] = []
    missing: list[Sign] = []
    for flag in flags:
        values = found.all(flag.code)
        if not values and flag.required:
            missing.append(Sign(None, f"{tag} ${flag.code} ({flag.name}) is not given", known=False))
        signs += [_flag_sign(flag, f"{tag} ${flag.code}", value) for value in values if value.strip("0")]
    if signs or not all_clear:
        return signs
    if missing:
        return missing
    names = " ".join(f"${flag.code}" for flag in flags if found.first(flag.code))
    return [Sign(Status.AVAILABLE, f"{tag} {names} are all 0")]


def _flag_sign(flag: Flag, where: str, value: str) -> Sign:
    if not _NUMBER.fullmatch(value):
        return Sign(None, f"{where} ({flag.name}) reads '{value}', which is no number", value, known=False)
    negative = value.startswith("-")
    kind = flag.negative if negative else flag.positive
    name = flag.negative_name or f"{flag.name}, negative" if negative else flag.name
    lent = name if kind == "not_lent" else ""
    hidden = name if kind == "suppressed" else ""
    why = f"{where} is not 0 ({name})"
    return Sign(Status.UNAVAILABLE, why, f"${flag.code} {value}", not_lent=lent, suppressed=hidden)
