"""Partners for tests: the invented works they hold, and the records that say so, in the layout of each system.

Every case is a record of its own with its own standard number, so that a request finds exactly that record. What a
record says of copies stands in the tables beside this module; nothing here knows what it means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from lxml import etree

from locate import Citation, Finding
from locate.availability import Availability
from locate.citation import DocumentType, RequestedFormat
from locate.records import LoadedRecord, read_records_xml, write_opac_xml
from locate.records.bib import DataField
from locate.z3950.oids import XML
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord
from tests.availability.build import field

__all__ = ["Case", "Held", "Mfhd", "System", "Work", "citation", "hold", "in_now", "load", "out_now"]

_MARCXML = "http://www.loc.gov/MARC21/slim"


class Work(Enum):
    """What a record describes: a printed book, a serial, or the same book online."""

    BOOK = "book"
    SERIAL = "serial"
    EBOOK = "e-book"


@dataclass(frozen=True, slots=True)
class Mfhd:
    """A MARC holdings record: its fields, and two codes of its 008, how it was received and whether it lends."""

    fields: tuple[str, ...]
    receipt: str = "2"
    lending: str = "a"
    leader: str = "00000nx  a2200000zn 4500"


Held = str | HoldingsAndCirc | Mfhd
"""What says something of copies: a field of the bibliographic record, or a holding of the OPAC record."""


@dataclass(frozen=True, slots=True)
class Case:
    """One title of a partner, and what a librarian reads in its record.

    ``item`` is the barcode, or the call number where the record gives no barcode, of the copy to request; "" for none.
    ``reason`` is a piece of the reason that is given.
    """

    title: str
    held: tuple[Held, ...]
    availability: Availability
    item: str = ""
    reason: str = ""
    work: Work = Work.BOOK
    wanted: RequestedFormat = RequestedFormat.PHYSICAL
    finding: Finding = Finding.FOUND


@dataclass(frozen=True, slots=True)
class System:
    """A partner: the dialect it speaks, the record syntax it is asked for, and what it does not lend."""

    name: str
    dialect: str
    syntax: str
    cases: tuple[Case, ...]
    deny_locations: tuple[str, ...] = ()
    deny_policies: tuple[str, ...] = ()


def hold(*circulation: CircRecord, **texts: Any) -> HoldingsAndCirc:
    """Return a holding of an OPAC record with its circulation records."""
    return HoldingsAndCirc(**texts, circulation=circulation)


def in_now(item_id: str | None = None, **texts: Any) -> CircRecord:
    """Return a circulation record of a copy that is available now."""
    return CircRecord(available_now=True, item_id=item_id, **texts)


def out_now(item_id: str | None = None, **texts: Any) -> CircRecord:
    """Return a circulation record of a copy that is not available now."""
    return CircRecord(available_now=False, item_id=item_id, **texts)


def citation(work: Work, number: int, wanted: RequestedFormat = RequestedFormat.PHYSICAL) -> Citation:
    """Return the request for the record with ``number``."""
    if work is Work.SERIAL:
        return Citation(
            title="Tarnmoor orchard letters", issn=(_issn(number),), type=DocumentType.SERIAL, format=wanted
        )
    title, author = "The glass orchards of Tarnmoor", "Veddle, Ottoline"
    return Citation(title=title, author=author, isbn=(_isbn(number),), year=2003, format=wanted)


def load(case: Case, number: int, *, opac: bool) -> LoadedRecord:
    """Return the record of a case; ``opac`` makes it an OPAC record, with holdings or without."""
    fields = [held for held in case.held if isinstance(held, str)]
    bib = _bib(case.work, number, fields)
    if opac:
        holdings = tuple(_holding(held) for held in case.held if not isinstance(held, str))
        bib = write_opac_xml(OpacRecord(XML, None, holdings), bib)
    loaded = read_records_xml(bib)
    assert isinstance(loaded, list), loaded
    (only,) = loaded
    return only


def _holding(held: HoldingsAndCirc | Mfhd) -> HoldingsAndCirc | MarcHoldings:
    if isinstance(held, HoldingsAndCirc):
        return held
    coded = f"100101{held.receipt}p    8   1001{held.lending}aeng0901128"
    return MarcHoldings(XML, _marcxml(held.leader, [("001", "h1"), ("008", coded)], map(field, held.fields)))


def _bib(work: Work, number: int, holdings: Iterable[str]) -> bytes:
    control = f"tm{number:05d}"
    if work is Work.SERIAL:
        coded = "970211c19979999enkqr p       0   a0eng d"
        described = [f"022 $a {_issn(number)}", "245 00 $a Tarnmoor orchard letters.", "264 #1 $a Tarnmoor : $b Veddle"]
        return _record("00000nas a2200000 a 4500", control, coded, [*described, "300 $a volumes ; $c 30 cm", *holdings])
    online = work is Work.EBOOK
    coded = f"030512s2003    enka    {'o' if online else ' '}     001 0 eng d"
    described = [
        f"020 $a {_isbn(number)}",
        "100 1# $a Veddle, Ottoline.",
        "245 14 $a The glass orchards of Tarnmoor : $b a grower's almanac / $c Ottoline Veddle.",
        "260 $a Tarnmoor : $b Lantern & Spade, $c 2003.",
        *(("300 $a 1 online resource", "338 $b cr $2 rdacarrier") if online else ("300 $a 212 p. ;",)),
    ]
    return _record("00000nam a2200000 a 4500", control, coded, [*described, *holdings])


def _record(leader: str, control: str, coded: str, fields: Iterable[str]) -> bytes:
    return _marcxml(leader, [("001", control), ("008", coded)], map(field, fields))


def _marcxml(leader: str, control: Iterable[tuple[str, str]], fields: Iterable[DataField]) -> bytes:
    record = etree.Element(f"{{{_MARCXML}}}record")
    etree.SubElement(record, f"{{{_MARCXML}}}leader").text = leader
    for tag, text in control:
        etree.SubElement(record, f"{{{_MARCXML}}}controlfield", tag=tag).text = text
    for data in fields:
        made = etree.SubElement(record, f"{{{_MARCXML}}}datafield", tag=data.tag, ind1=data.ind1, ind2=data.ind2)
        for code, text in data.subfields:
            etree.SubElement(made, f"{{{_MARCXML}}}subfield", code=code).text = text
    return etree.tostring(record)


def _isbn(number: int) -> str:
    digits = f"978199{number:06d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _issn(number: int) -> str:
    digits = f"27{number:05d}"
    left = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    return f"{digits[:4]}-{digits[4:]}{'X' if left == 10 else left}"
