"""Items as a partner's record tells of them: one `Item` a copy, its status three-valued.

A status is AVAILABLE only when a rule of the dialect says so; words that no table knows are UNKNOWN. Pure data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from locate.records.bib import DataField
from locate.z3950.opac import CircRecord, HoldingsAndCirc

__all__ = ["Availability", "Dropped", "ElectronicKind", "Holdings", "Item", "Source", "Status"]

Source = DataField | tuple[HoldingsAndCirc, CircRecord | None] | None
"""What an item was read from: a field, or a holding of an OPAC record with one of its circulation records."""


class Status(StrEnum):
    """Whether a copy is on the shelf now."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """Return how near it is to be had: 0 in, 1 not known, 2 out."""
        return _STATUS_RANKS[self]


_STATUS_RANKS = {Status.AVAILABLE: 0, Status.UNKNOWN: 1, Status.UNAVAILABLE: 2}


class ElectronicKind(StrEnum):
    """What an electronic holding is: one title of a provider, a whole collection, or a digitised object."""

    PORTFOLIO = "portfolio"
    COLLECTION = "collection"
    DIGITAL = "digital"


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
    ``temporary_location`` and ``temporary_library`` are where the copy really is, when that is not its home.
    ``collection`` is a grouping of the library's own beside the location (Koha 952 $8). ``holds`` counts the readers
    that wait for it. ``not_lent`` holds the record's own words that this copy is not lent ("LIB USE ONLY"),
    ``suppressed`` those that the public does not see it; "" means that the record says nothing of it.

    ``electronic_kind`` None means that the record does not say. ``statements`` are what this holding alone says of the
    parts it has (AVA $t, AVE $s). ``source`` is what the item was read from; two items that read alike are equal.
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
    temporary_library: str = ""
    chronology: str = ""
    material_type: str = ""
    process_type: str = ""
    holds: int = 0
    suppressed: str = ""
    electronic_kind: ElectronicKind | None = None
    statements: tuple[str, ...] = ()
    source: Source = field(default=None, compare=False, repr=False)

    @property
    def place(self) -> str:
        """Where the item stands, for a sentence: temporary location first, else library and location."""
        if self.temporary_location:
            return self.temporary_location
        parts = [self.temporary_library or self.library or self.library_code, self.location or self.location_code]
        return ", ".join(dict.fromkeys(part for part in parts if part)) or "an unnamed location"

    @property
    def is_away(self) -> bool:
        """True when the copy is in a temporary place."""
        return bool(self.temporary_location or self.temporary_library)

    @property
    def part(self) -> str:
        """The enumeration and chronology of the piece, "" for a copy of the whole."""
        return " ".join(text for text in (self.enumeration, self.chronology) if text)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A holding that a rule of the dialect leaves out, and the sentence that says which."""

    item: Item
    why: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """All items of one record, as read by ``dialect``; ``summaries`` are summary holdings texts (866, AVA $t, AVE $s),
    of which ``common`` are those of the whole record and not of one holding; ``notes`` say what could not be read;
    ``dropped`` are holdings that the dialect says are none.
    """

    dialect: str
    items: tuple[Item, ...] = ()
    summaries: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    common: tuple[str, ...] = ()
