"""From a record and its dialect to items: `read_holdings`.

OPAC holdings count first; when they name no copy, the fields of the bibliographic record do. What neither says stays
unknown: a holding without circulation is an item of UNKNOWN status, and so is an OPAC record without holdings. Which
text means what is the dialect's matter (`locate.availability.dialect_file`). Raises ConfigurationError for a dialect
name that does not exist, and nothing for any record.
"""

from __future__ import annotations

from collections.abc import Iterator

from locate.availability.holdings import Holdings, Item, Status
from locate.availability.marc_holdings import FieldHoldings, read_fields
from locate.availability.signs import Dialect, Sign, build_item, load_dialect, weigh
from locate.errors import RecordError
from locate.records import read_record
from locate.records.bib import BibRecord, Carrier
from locate.z3950.oids import UNIMARC_SYNTAXES
from locate.z3950.opac import BIBLIOGRAPHIC_PART, CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord

__all__ = ["read_holdings"]


def read_holdings(record: BibRecord | None, opac: OpacRecord | None, dialect: Dialect | str) -> Holdings:
    """Return the items that ``record`` and ``opac`` tell of, either of which may be None.

    ``dialect`` is a loaded one or the name of one of this package. No item at all means that the record says nothing
    of copies. Raises ConfigurationError for an unknown dialect name.
    """
    spoken = load_dialect(dialect) if isinstance(dialect, str) else dialect
    found, notes = _read_opac(opac, spoken) if opac is not None else (FieldHoldings(), [])
    from_opac = bool(found.items)
    if record is not None:
        fields = read_fields(record, spoken)
        found.electronic += fields.electronic
        if not from_opac:
            found.items = fields.items
            found.summaries += fields.summaries
    items = (*found.items, *found.electronic)
    if opac is not None and not items:
        items = (_empty(record, spoken),)
    if not items:
        notes.append(f"The record has no holdings that the dialect {spoken.name} knows.")
    return Holdings(spoken.name, items, tuple(dict.fromkeys(found.summaries)), tuple(notes))


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
            out.items += _items(holding, dialect)
            out.summaries += _volumes(holding)
            continue
        try:
            fields = _read_marc(holding, dialect)
        except RecordError as error:
            notes.append(f"Holding {number} is a MARC record that cannot be read: {error.reason}.")
            out.items.append(Item(Status.UNKNOWN, f"{dialect.name}: holding {number} cannot be read"))
            continue
        out.items += fields.items
        out.electronic += fields.electronic
        out.summaries += fields.summaries
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


def _volumes(holding: HoldingsAndCirc) -> Iterator[str]:
    for volume in holding.volumes:
        parts = (volume.enum_and_chron,) if volume.enum_and_chron else (volume.enumeration, volume.chronology)
        if text := " ".join(part.strip() for part in parts if part and part.strip()):
            yield text


def _items(holding: HoldingsAndCirc, dialect: Dialect) -> Iterator[Item]:
    if not holding.circulation:
        yield _item(holding, None, dialect)
    for circulation in holding.circulation:
        yield _item(holding, circulation, dialect)


def _item(holding: HoldingsAndCirc, circulation: CircRecord | None, dialect: Dialect) -> Item:
    signs, spent = _signs(holding, circulation, dialect)
    silence = "the holding has no circulation record" if circulation is None else "the circulation record says nothing"
    reading = weigh(signs, dialect.name, conflict=dialect.opac.conflict, silence=silence)
    texts = _texts(dialect, holding, circulation, spent)
    places = (texts.get("library", ""), texts.get("location", ""))
    everywhere = (*places, texts.get("temporary_location", ""))
    online = dialect.is_online(everywhere, circulates=circulation is not None)
    return build_item(reading, texts, places, electronic=online)


def _signs(holding: HoldingsAndCirc, circulation: CircRecord | None, dialect: Dialect) -> tuple[list[Sign], set[str]]:
    """Return the signs, and the paths of texts that proved to be status words and so are no place names."""
    signs: list[Sign] = []
    spent: set[str] = set()
    if circulation is not None:
        now = circulation.available_now
        status = Status.AVAILABLE if now else Status.UNAVAILABLE
        signs.append(Sign(status, f"availableNow is {int(now)}", f"availableNow {int(now)}", kind="now"))
        if circulation.on_hold:
            signs.append(Sign(Status.UNAVAILABLE, "onHold is 1", "onHold 1"))
    for paths, strict in ((dialect.opac.status, True), (dialect.opac.maybe_status, False)):
        for path in paths:
            if text := _text(path, holding, circulation):
                sign = dialect.word(text, _standard_name(path))
                if strict or sign.known:
                    signs.append(sign)
                    spent.add(path)
    return signs, spent


def _standard_name(path: str) -> str:
    """Return the standard's own name of a path: "holding.public_note" is publicNote."""
    first, *rest = path.partition(".")[2].split("_")
    return first + "".join(word.capitalize() for word in rest)


def _text(path: str, holding: HoldingsAndCirc, circulation: CircRecord | None) -> str:
    part, _, name = path.partition(".")
    source = holding if part == "holding" else circulation
    return " ".join((getattr(source, name, None) or "").split())


def _texts(
    dialect: Dialect, holding: HoldingsAndCirc, circulation: CircRecord | None, spent: set[str]
) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, paths in dialect.opac.text.items():
        found = (_text(path, holding, circulation) for path in paths if path not in spent)
        if text := next((text for text in found if text), ""):
            texts[str(name)] = dialect.date(text) if name == "due_date" else text
    return texts
