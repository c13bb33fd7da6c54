"""Short ways to write records by hand in these tests."""

from __future__ import annotations

from locate.availability import Holdings, Item, Status, read_holdings
from locate.records.bib import BibRecord, Carrier, CarrierEvidence, CharsetEvidence, DataField, Title
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord

__all__ = ["bib", "circ", "field", "fields_of", "held", "item", "opac", "read_field"]


def field(text: str) -> DataField:
    """Build a data field from "952 4# $a MAIN $o 813", indicators optional, # for a blank."""
    head, *parts = text.split(" $")
    tag, _, indicators = head.partition(" ")
    marks = (indicators or "##").replace("#", " ")
    return DataField(tag, marks[0], marks[1], tuple((part[0], part[2:]) for part in parts))


def bib(*fields: str, carriers: frozenset[Carrier] = frozenset()) -> BibRecord:
    """Build a record of these fields."""
    return BibRecord(
        raw=b"",
        syntax="marc21",
        leader="00000nam a2200000 a 4500",
        control_number="1",
        control_number_source=None,
        titles=(Title("A title"),),
        charset=CharsetEvidence("utf-8", "utf-8"),
        fields=tuple(field(text) for text in fields),
        carriers=carriers,
        carrier_evidence=tuple(CarrierEvidence(carrier, "338 $b", carrier.value) for carrier in sorted(carriers)),
    )


def circ(*, now: bool, **texts: str) -> CircRecord:
    """Build a circulation record."""
    return CircRecord(available_now=now, **texts)  # type: ignore[arg-type]


def opac(*holdings: HoldingsAndCirc | MarcHoldings) -> OpacRecord:
    """Build an OPAC record without its bibliographic part."""
    return OpacRecord("1.2.840.10003.5.10", None, holdings)


def read_field(dialect: str, text: str) -> Item:
    """Read a record of one field, which must give one item."""
    (only,) = read_holdings(bib(text), None, dialect).items
    return only


def fields_of(found: Item, *names: str) -> tuple[object, ...]:
    """Return the named fields of an item, to compare several at once."""
    return tuple(getattr(found, name) for name in names)


def item(status: Status = Status.AVAILABLE, **texts: object) -> Item:
    """Build an item by hand; its rule is "test"."""
    return Item(status, "test", **texts)  # type: ignore[arg-type]


def held(*items: Item) -> Holdings:
    """Build the holdings of these items."""
    return Holdings("generic", items)
