"""From a record and its dialect to items: `read_holdings`.

OPAC holdings count first; when they name no copy, the fields of the bibliographic record do. What neither says stays
unknown: a holding without circulation is an item of UNKNOWN status, and so is an OPAC record without holdings. Which
text means what is the dialect's matter (`locate.availability.dialect_file`). Raises ConfigurationError for a dialect
name that does not exist, and nothing for any record.
"""

from __future__ import annotations

from collections.abc import Iterable

from locate.availability.dialect import Dialect, load_dialect
from locate.availability.holdings import Dropped, Holdings, Item, Status
from locate.availability.marc_holdings import FieldHoldings, read_fields, with_marks
from locate.availability.opac_holdings import read_holding, volume_lines
from locate.errors import RecordError
from locate.records import read_record
from locate.records.bib import BibRecord, Carrier
from locate.z3950.oids import UNIMARC_SYNTAXES
from locate.z3950.opac import BIBLIOGRAPHIC_PART, HoldingsAndCirc, MarcHoldings, OpacRecord

__all__ = ["read_holdings"]


def read_holdings(record: BibRecord | None, opac: OpacRecord | None, dialect: Dialect | str) -> Holdings:
    """Return the items that ``record`` and ``opac`` tell of, either of which may be None.

    ``dialect`` is a loaded one or the name of one of this package. No item at all means that the record says nothing
    of copies, or only of such as the dialect drops. Raises ConfigurationError for an unknown dialect name.
    """
    spoken = load_dialect(dialect) if isinstance(dialect, str) else dialect
    found, notes = _read_opac(opac, spoken) if opac is not None else (FieldHoldings(), [])
    if record is not None:
        fields = read_fields(record, spoken)
        if found.items:
            found.items = with_marks(found.items, record, spoken)
            found.electronic += fields.electronic
        else:
            found.add(fields)
    items = found.items + found.electronic
    if opac is not None and not items:
        items = [_empty(record, spoken)]
    if not items:
        notes.append(f"The record has no holdings that the dialect {spoken.name} knows.")
    kept, dropped = _sorted_out(items, spoken) if spoken.drops else (items, [])
    summaries, common = dict.fromkeys(found.summaries), dict.fromkeys(found.common)
    return Holdings(spoken.name, tuple(kept), tuple(summaries), tuple(notes), tuple(dropped), tuple(common))


def _sorted_out(items: Iterable[Item], dialect: Dialect) -> tuple[list[Item], list[Dropped]]:
    """Return the holdings, and those that the dialect says are none."""
    kept, dropped = [], []
    for item in items:
        if why := dialect.dropped(item):
            dropped.append(Dropped(item, why))
        else:
            kept.append(item)
    return kept, dropped


def _empty(record: BibRecord | None, dialect: Dialect) -> Item:
    """Return the item that stands for an OPAC record without holdings."""
    online = record is not None and record.carriers == {Carrier.ELECTRONIC}
    if online and dialect.opac.empty == "electronic":
        rule = f"{dialect.name}: the OPAC record has no holdings and the title is electronic"
        return Item(Status.UNKNOWN, rule, electronic=True)
    return Item(Status.UNKNOWN, f"{dialect.name}: the OPAC record has no holdings")


def _read_opac(opac: OpacRecord, dialect: Dialect) -> tuple[FieldHoldings, list[str]]:
    out, notes = FieldHoldings(), []
    for number, holding in enumerate(opac.holdings, 1):
        if isinstance(holding, HoldingsAndCirc):
            out.items += read_holding(holding, dialect)
            out.summaries += volume_lines(holding)
            continue
        try:
            fields = _read_marc(holding, dialect)
        except RecordError as error:
            notes.append(f"Holding {number} is a MARC record that cannot be read: {error.reason}.")
            out.items.append(Item(Status.UNKNOWN, f"{dialect.name}: holding {number} cannot be read"))
            continue
        fields.common.clear()  # said of this holding, not of the others
        out.add(fields)
    for part in opac.unreadable:
        notes.append(f"{part.part.capitalize()} cannot be read: {part.reason}.")
        if part.part != BIBLIOGRAPHIC_PART:
            out.items.append(Item(Status.UNKNOWN, f"{dialect.name}: {part.part} cannot be read"))
    return out, notes


def _read_marc(holding: MarcHoldings, dialect: Dialect) -> FieldHoldings:
    """Read a MARC holdings record: by the dialect's own fields, else by those of MARC 21 holdings (852, 866, 876)."""
    record = read_record(
        holding.data, "unimarc" if holding.syntax in UNIMARC_SYNTAXES else "marc21"
    )  # it sees XML by itself
    if isinstance(record, RecordError):
        raise record
    found = read_fields(record, dialect)
    return found if found.items or found.electronic else read_fields(record, load_dialect("generic"))
