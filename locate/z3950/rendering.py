"""A catalog's record in the record syntax that the origin asked for.

Decides which combinations of record syntax, element set and catalog are served, and refuses the others as a whole:
239 for a syntax not served, 25 for an element set, 238 for OPAC records from a catalog without holdings. Element sets
F and B both give the full record. A record kept in the syntax asked for is sent as it came, wrong flags and all; what
is converted is UTF-8. Raises DiagnosticError for a refusal, RecordError for one record that does not convert.
"""

from __future__ import annotations

from collections.abc import Callable

from locate.errors import RecordError
from locate.records import BibRecord, read_record, to_iso2709, to_marcxml, write_opac_xml
from locate.z3950.apdu import External
from locate.z3950.catalog import Catalog, Entry
from locate.z3950.diagnostics import refusal
from locate.z3950.oids import MARC21, OPAC, SUTRS, TEXT_XML, XML
from locate.z3950.opac import HoldingsAndCirc, MarcHoldings, OpacRecord, encode_opac
from locate.z3950.schema import STRING, compile_type

__all__ = ["Renderer", "renderer_for"]

Renderer = Callable[[Entry], External]

_TEXT = compile_type(STRING)
_PLAIN_SETS = frozenset({"f", "b"})
_MARCXML_SETS = _PLAIN_SETS | {"marcxml"}
_OPAC_SETS = frozenset({"op", "opac"})


def renderer_for(catalog: Catalog, syntax: str | None, element_set: str | None) -> Renderer:
    """Return the function that gives an entry of ``catalog`` as an EXTERNAL.

    ``syntax`` is a dotted OID, None for MARC 21; ``element_set`` None means F. Raises DiagnosticError 25, 238, 239.
    """
    wanted = syntax or MARC21
    elements = (element_set or "F").lower()
    if wanted in {XML, TEXT_XML} and elements in _OPAC_SETS and catalog.has_opac:
        return lambda entry: External(wanted, None, ("octets", _opac_xml(entry)))
    if wanted in {XML, TEXT_XML}:
        _require(element_set, elements in _MARCXML_SETS)
        return lambda entry: External(wanted, None, ("octets", _marcxml(entry)))
    if wanted == OPAC:
        _require(element_set, elements in _PLAIN_SETS | _OPAC_SETS)
        if not catalog.has_opac:
            raise refusal(238, wanted)
        return lambda entry: External(OPAC, None, ("single", encode_opac(_opac(entry))))
    if wanted == SUTRS:
        _require(element_set, elements in _PLAIN_SETS)
        return lambda entry: External(SUTRS, None, ("single", _TEXT.encode(_text(_read(entry)))))
    if wanted == MARC21:
        _require(element_set, elements in _PLAIN_SETS)
        return lambda entry: External(MARC21, None, ("octets", _iso2709(entry)))
    raise refusal(239, wanted)


def _require(element_set: str | None, supported: bool) -> None:  # noqa: FBT001 - private, one use
    if not supported:
        raise refusal(25, element_set or "")


def _read(entry: Entry) -> BibRecord:
    record = read_record(entry.raw, entry.syntax)
    if isinstance(record, RecordError):
        raise record
    return record


def _iso2709(entry: Entry) -> bytes:
    return entry.raw if entry.syntax == "marc21" else to_iso2709(_read(entry))


def _marcxml(entry: Entry) -> bytes:
    return to_marcxml(_read(entry))


def _opac(entry: Entry) -> OpacRecord:
    return OpacRecord(MARC21, _iso2709(entry), tuple(map(_holding_in_marc, entry.holdings or ())))


def _holding_in_marc(holding: HoldingsAndCirc | MarcHoldings) -> HoldingsAndCirc | MarcHoldings:
    """Return a MARC holdings record kept as MARCXML in ISO 2709, as OPAC records carry it."""
    if isinstance(holding, HoldingsAndCirc) or holding.syntax != XML:
        return holding
    return MarcHoldings(MARC21, to_iso2709(_read(Entry(holding.data, "xml"))))


def _opac_xml(entry: Entry) -> bytes:
    return write_opac_xml(OpacRecord(XML, None, entry.holdings or ()), _marcxml(entry))


def _text(record: BibRecord) -> str:
    """Return a short display: one labelled line for each thing known."""
    imprint = " : ".join(part for part in ("; ".join(record.places), "; ".join(record.publishers)) if part)
    years = ", ".join(str(year) for year in sorted(record.years))
    lines = (
        ("Title", record.title.full),
        ("Author", record.names[0].heading if record.names else ""),
        ("Edition", record.edition),
        ("Published", ", ".join(part for part in (imprint, years) if part)),
        ("ISBN", ", ".join(number.value for number in record.isbns)),
        ("ISSN", ", ".join(number.value for number in record.issns)),
        ("Record number", record.control_number or ""),
    )
    return "".join(f"{label}: {text}\n" for label, text in lines if text)
