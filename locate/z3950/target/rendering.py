"""A catalog's record in the record syntax that the origin asked for.

Decides which combinations of record syntax, element set and catalog are served, and refuses the others as a whole:
239 for a syntax not served, 25 for an element set, 238 for OPAC records from a catalog without holdings. Element sets
F and B both give the full record. A record kept in the syntax asked for is sent as it came, wrong flags and all; what
is converted is UTF-8, and is kept for the next time it is asked for. Raises DiagnosticError for a refusal, RecordError
for one record that does not convert.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from locate.errors import RecordError
from locate.records import BibRecord, read_record, to_iso2709, to_marcxml, write_opac_xml
from locate.z3950.apdu import External
from locate.z3950.diagnostics import refusal
from locate.z3950.grs1 import GenericRecord, TaggedElement, encode_grs1
from locate.z3950.oids import GRS1, MARC21, OPAC, SUTRS, TEXT_XML, XML
from locate.z3950.opac import HoldingsAndCirc, MarcHoldings, OpacRecord, encode_opac
from locate.z3950.schema import STRING, compile_type
from locate.z3950.target.catalog import Catalog, Entry

__all__ = ["RecordCache", "Renderer", "renderer_for"]

_TEXT = compile_type(STRING)
_PLAIN_SETS = frozenset({"f", "b"})
_MARCXML_SETS = _PLAIN_SETS | {"marcxml"}
_OPAC_SETS = frozenset({"op", "opac"})
_TAG_SET_G = 2  # Z39.50-2003 Appendix TAG; its elements
_TITLE, _AUTHOR, _PUBLICATION_PLACE, _PUBLICATION_DATE, _DOCUMENT_ID = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Renderer:
    """Gives an entry of a catalog as an EXTERNAL; ``form`` names what it gives, among all renderers."""

    form: str
    render: Callable[[Entry], External]


class RecordCache:
    """Records as they were sent, for the next time they are asked for; the oldest go beyond ``max_bytes`` in all."""

    def __init__(self, max_bytes: int = 32 * 1024 * 1024) -> None:
        self._room = max_bytes
        self._kept: dict[tuple[Catalog, int, str], External] = {}

    def find(self, catalog: Catalog, number: int, renderer: Renderer) -> External:
        """Return record ``number`` (0-based) of ``catalog`` as ``renderer`` gives it. Raises RecordError."""
        key = catalog, number, renderer.form
        found = self._kept.get(key)
        if found is None:
            found = renderer.render(catalog.entry(number))
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[Catalog, int, str], external: External) -> None:
        self._kept[key] = external
        self._room -= len(external.encoding[1])
        while self._room < 0:
            oldest = self._kept.pop(next(iter(self._kept)))
            self._room += len(oldest.encoding[1])


def renderer_for(catalog: Catalog, syntax: str | None, element_set: str | None) -> Renderer:
    """Return what gives the entries of ``catalog`` in one form.

    ``syntax`` is a dotted OID, None for MARC 21; ``element_set`` None means F. Raises DiagnosticError 25, 238, 239.
    """
    wanted = syntax or MARC21
    elements = (element_set or "F").lower()
    if wanted in {XML, TEXT_XML} and elements in _OPAC_SETS and catalog.has_opac:
        return Renderer(f"opac {wanted}", lambda entry: External(wanted, None, ("octets", _opac_xml(entry))))
    if wanted in {XML, TEXT_XML}:
        _require(element_set, elements in _MARCXML_SETS)
        return Renderer(wanted, lambda entry: External(wanted, None, ("octets", _marcxml(entry))))
    if wanted == OPAC:
        _require(element_set, elements in _PLAIN_SETS | _OPAC_SETS)
        if not catalog.has_opac:
            raise refusal(238, wanted)
        return Renderer(wanted, lambda entry: External(OPAC, None, ("single", encode_opac(_opac(entry)))))
    if wanted == SUTRS:
        _require(element_set, elements in _PLAIN_SETS)
        return Renderer(wanted, lambda entry: External(SUTRS, None, ("single", _TEXT.encode(_text(_read(entry))))))
    if wanted == GRS1:
        _require(element_set, elements in _PLAIN_SETS)
        return Renderer(wanted, lambda entry: External(GRS1, None, ("single", encode_grs1(_generic(_read(entry))))))
    if wanted == MARC21:
        _require(element_set, elements in _PLAIN_SETS)
        return Renderer(wanted, lambda entry: External(MARC21, None, ("octets", _iso2709(entry))))
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


def _generic(record: BibRecord) -> GenericRecord:
    """Return a GRS-1 record of the few elements of tagSet-G that every catalog record has."""
    found = (
        (_TITLE, record.title.full),
        *((_AUTHOR, name.heading) for name in record.names),
        *((_PUBLICATION_PLACE, place) for place in record.places),
        *((_PUBLICATION_DATE, str(year)) for year in sorted(record.years)),
        (_DOCUMENT_ID, record.control_number or ""),
    )
    return GenericRecord(
        tuple(TaggedElement(("number", tag), ("string", text), _TAG_SET_G) for tag, text in found if text)
    )


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
