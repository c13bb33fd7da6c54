"""The bibliographic record as matching and availability see it: plain frozen data, no parser behind it.

`BibRecord` is a view of one MARC record with the parts that a decision needs already taken apart. What is kept apart
matters: an ISBN of field 020 is this item's own number, one of 776 $z belongs to another format of it, and a title in
505 $t is a part's title. This module decides nothing and raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from locate.citation import DocumentType

__all__ = [
    "BibRecord",
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
    without prefix and leading zeros), or the bare text when it has none. ``source`` is the agency of a control number
    ("OCoLC"), else "". ``valid`` says whether its check digit or form is right; ``qualifier`` is what stood beside it
    ("pbk.", "set").
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


@dataclass(frozen=True, slots=True)
class BibRecord:
    """One bibliographic record, taken apart.

    ``isbns``, ``issns``, ``lccns``, ``control_numbers`` and ``other_numbers`` hold this record's own numbers (020, 022,
    010, 001/035/019, 024/027/028/086/088), each with its subfield: $z is a cancelled or another format's number.
    Numbers of linking entries stand only in ``linked``. ``titles[0]`` is 245, further ones its 880 vernacular forms;
    ``variant_titles`` are 130/210/222/240/246/247/730/740; ``contents`` the single titles of 505. ``years`` is the set
    of all years of publication that 008, 260/264 and copyright give. ``carriers`` is empty when nothing tells.
    ``fields`` are all data fields (for dialects); ``control_fields`` maps tag to text.
    """

    raw: bytes = field(repr=False)
    syntax: str
    leader: str
    control_number: str | None
    control_number_source: str | None
    titles: tuple[Title, ...]
    charset: CharsetEvidence
    control_fields: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    fields: tuple[DataField, ...] = field(default=(), repr=False)
    lccns: tuple[FoundNumber, ...] = ()
    isbns: tuple[FoundNumber, ...] = ()
    issns: tuple[FoundNumber, ...] = ()
    control_numbers: tuple[FoundNumber, ...] = ()
    other_numbers: tuple[FoundNumber, ...] = ()
    variant_titles: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    linked: tuple[LinkedRecord, ...] = ()
    names: tuple[Name, ...] = ()
    edition: str = ""
    publishers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    extent: str = ""
    languages: tuple[str, ...] = ()
    document_type: DocumentType = DocumentType.OTHER
    carriers: frozenset[Carrier] = frozenset()
    carrier_evidence: tuple[CarrierEvidence, ...] = ()
    volumes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def title(self) -> Title:
        """The 245, or an empty Title."""
        return self.titles[0] if self.titles else Title()

    def get(self, *tags: str) -> Iterator[DataField]:
        """Yield the data fields with one of ``tags``, in record order."""
        return (found for found in self.fields if found.tag in tags)

    def control(self, tag: str) -> str | None:
        """Return the text of the first control field ``tag`` ("008"), or None."""
        for found, text in self.control_fields:
            if found == tag:
                return text
        return None
