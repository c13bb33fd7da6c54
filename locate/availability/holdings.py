"""Items as a partner's record tells of them: one `Item` a copy, its status three-valued.

A status is AVAILABLE only when a rule of the dialect says so; words that no table knows are UNKNOWN. Pure data.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Availability", "Holdings", "Item", "Status"]


class Status(StrEnum):
    """Whether a copy is on the shelf now."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


class Availability(StrEnum):
    """What may be had of a partner that holds the item."""

    AVAILABLE = "AVAILABLE"
    UNAVAILABLE = "UNAVAILABLE"
    UNKNOWN = "UNKNOWN"
    NOT_REQUESTABLE = "NOT_REQUESTABLE"
    ELECTRONIC_ONLY = "ELECTRONIC_ONLY"
    NOT_CHECKED = "NOT_CHECKED"

    @property
    def rank(self) -> int:
        """Return how soon it may be had: 0 now, 1 not known, 2 later, 3 not at all."""
        return _RANKS[self]


_RANKS = {
    Availability.AVAILABLE: 0,
    Availability.UNKNOWN: 1,
    Availability.NOT_CHECKED: 1,
    Availability.UNAVAILABLE: 2,
    Availability.NOT_REQUESTABLE: 3,
    Availability.ELECTRONIC_ONLY: 3,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One copy, or a count of like copies (``copies``).

    Text fields are as the record gives them, trimmed; "" means not given. ``raw_status`` keeps the words that
    ``status`` was read from, ``rule`` names the dialect rule that fired ("koha: 952 $7 is not 0"). ``due_date`` is
    YYYY-MM-DD when the dialect knows the form, else as given; it is kept only while the copy is not available.
    ``collection`` is a grouping of the library's own beside the location (Koha 952 $8). ``not_lent`` holds the record's
    own words that this copy is not lent ("LIB USE ONLY"); "" means that the record says nothing of it.
    """

    status: Status
    rule: str
    raw_status: tuple[str, ...] = ()
    library_code: str = ""
    library: str = ""
    location_code: str = ""
    location: str = ""
    temporary_location: str = ""
    call_number: str = ""
    barcode: str = ""
    policy: str = ""
    copy: str = ""
    enumeration: str = ""
    due_date: str = ""
    note: str = ""
    electronic: bool = False
    copies: int = 1
    collection: str = ""
    not_lent: str = ""

    @property
    def place(self) -> str:
        """Where the item stands, for a sentence: temporary location first, else library and location."""
        if self.temporary_location:
            return self.temporary_location
        parts = [self.library or self.library_code, self.location or self.location_code]
        return ", ".join(dict.fromkeys(part for part in parts if part)) or "an unnamed location"


@dataclass(frozen=True, slots=True)
class Holdings:
    """All items of one record, as read by ``dialect``; ``summaries`` are summary holdings texts (866, AVA $t, AVE $s);
    ``notes`` say what could not be read.
    """

    dialect: str
    items: tuple[Item, ...] = ()
    summaries: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
