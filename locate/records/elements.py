"""The parts of a bibliographic record as matching and availability see them: plain frozen data, no parser behind it.

Decides nothing and raises nothing. What is kept apart matters: a number keeps the subfield it stood in, and a record
that another names is never that record's own data. Source: MARC 21 Bibliographic.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "TRAILING_ISBD",
    "Carrier",
    "CarrierEvidence",
    "CharsetEvidence",
    "DataField",
    "FoundNumber",
    "LinkedRecord",
    "Name",
    "PartLabel",
    "Title",
]

TRAILING_ISBD = " /:;,="
"""The marks and blanks with which ISBD leads to the element that follows."""


@dataclass(frozen=True, slots=True)
class DataField:
    """A MARC data field: ``tag``, two indicators (" " when blank), and subfields as (code, text) in record order."""

    tag: str
    ind1: str
    ind2: str
    subfields: tuple[tuple[str, str], ...]

    def first(self, code: str) -> str | None:
        """Return the text of the first subfield ``code``, or None."""
        for found, text in self.subfields:
            if found == code:
                return text
        return None

    def all(self, codes: str) -> list[str]:
        """Return the texts of all subfields whose code is in ``codes``, in record order."""
        return [text for found, text in self.subfields if found in codes]


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A standard or control number, and where it stood.

    ``value`` is the canonical form (ISBN-13 without hyphens, ISSN as 1234-5679, LCCN normalised, control number
    without prefix and leading zeros; that of its kind for a number of 024 and for a SuDoc number), or the bare text
    when it has none. ``source`` is the agency of a control number ("OCoLC") or the kind of another number ("ean",
    "doi", "sudocs"), else "". ``valid`` says whether its check digit or form is right; ``qualifier`` is what stood
    beside it ("pbk.", "set").
    """

    value: str
    raw: str
    tag: str
    subfield: str
    valid: bool = True
    source: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class PartLabel:
    """One part of 245: ``number`` of $n and ``name`` of $p, either may be empty."""

    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A title, ISBD punctuation still inside: ``proper`` $a, ``remainder`` $b, ``responsibility`` $c, ``medium`` $h,
    ``nonfiling`` the second indicator (characters to skip, often wrong).
    """

    proper: str = ""
    remainder: str = ""
    responsibility: str = ""
    medium: str = ""
    parts: tuple[PartLabel, ...] = ()
    nonfiling: int = 0

    @property
    def full(self) -> str:
        """$a, $b, $n and $p joined by blanks, for display and full-title comparison."""
        words = [self.proper, self.remainder]
        words += [word for part in self.parts for word in (part.number, part.name)]
        return " ".join(word for word in words if word)

    @property
    def shown(self) -> str:
        """`full` without the ISBD punctuation that leads to what is left out, for a person to read."""
        return self.full.rstrip(TRAILING_ISBD)


@dataclass(frozen=True, slots=True)
class Name:
    """A heading of 100/110/111/700/710/711: ``heading`` as written (with $b of a corporate body), its ``tag``,
    ``surname`` for a person (before the comma), ``vernacular`` when it comes from a linked 880.
    """

    heading: str
    tag: str
    surname: str = ""
    vernacular: bool = False


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """A linking entry (760-787, 830): another record that this one names, never this record itself."""

    tag: str
    relation: str = ""
    title: str = ""
    numbers: tuple[FoundNumber, ...] = ()


class Carrier(StrEnum):
    """What the item is carried on. ``ELECTRONIC`` is remote (online); ``DISC`` is tangible electronic (CD-ROM, USB)."""

    PRINT = "print"
    MICROFORM = "microform"
    ELECTRONIC = "electronic"
    DISC = "disc"
    AUDIO = "audio"
    VIDEO = "video"
    OTHER = "other"

    @property
    def is_tangible(self) -> bool:
        """True for everything that can be put into a parcel."""
        return self is not Carrier.ELECTRONIC


@dataclass(frozen=True, slots=True)
class CarrierEvidence:
    """One sign of a carrier: ``carrier``, the ``field`` it was read in ("008/23", "338 $b"), the ``text`` read."""

    carrier: Carrier
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class CharsetEvidence:
    """How the bytes became text: ``used`` is "utf-8", "marc-8", "iso-5426" (UNIMARC) or "latin-1"; ``declared`` what
    leader/09 claims; ``wrong_flag`` True when the bytes contradict the leader; ``why`` one sentence.
    """

    used: str
    declared: str
    wrong_flag: bool = False
    why: str = ""
