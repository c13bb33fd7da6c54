"""OPAC XML to and from `OpacRecord`: the form in which YAZ-based gateways write the OPAC record syntax.

Decides only which element is which field; element names are those of the gateways, where *availablityDate* (the
standard's own spelling) and *availabilityDate* both occur. Texts are kept as sent; an empty element counts as absent.
What a status means is for the dialects to say. Returns a RecordError as a value for what cannot be read; the writer
raises RecordError for a bibliographic record that is no XML. Source: Z39.50-2003 REC.5; YAZ, opac_to_xml.
"""

from __future__ import annotations

from collections.abc import Iterator

from locate.errors import RecordError
from locate.records.elements import CharsetEvidence
from locate.records.xml import (
    Element,
    Kind,
    content_of,
    encode_marcxml,
    find_records,
    local_name,
    new_element,
    parse_xml,
    serialize,
)
from locate.z3950.oids import XML
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord, Volume

__all__ = ["opac_of", "read_opac_xml", "write_opac_xml"]

# element name: field of HoldingsAndCirc, in the order of the standard.
_HOLDING = {
    "typeOfRecord": "type_of_record",
    "encodingLevel": "encoding_level",
    "format": "format",
    "receiptAcqStatus": "receipt_acq_status",
    "generalRetention": "general_retention",
    "completeness": "completeness",
    "dateOfReport": "date_of_report",
    "nucCode": "nuc_code",
    "localLocation": "local_location",
    "shelvingLocation": "shelving_location",
    "callNumber": "call_number",
    "shelvingData": "shelving_data",
    "copyNumber": "copy_number",
    "publicNote": "public_note",
    "reproductionNote": "reproduction_note",
    "termsUseRepro": "terms_use_repro",
    "enumAndChron": "enum_and_chron",
}
_VOLUME = {"enumeration": "enumeration", "chronology": "chronology", "enumAndChron": "enum_and_chron"}
_CIRCULATION = {
    "availabilityDate": "availability_date",
    "availableThru": "available_thru",
    "restrictions": "restrictions",
    "itemId": "item_id",
    "enumAndChron": "enum_and_chron",
    "midspine": "midspine",
    "temporaryLocation": "temporary_location",
}
_READ_AS = {"availablityDate": "availabilityDate"}
_TRUE = frozenset({"1", "true"})


def read_opac_xml(data: bytes) -> OpacRecord | RecordError:
    """Read an opacRecord, bare or inside an SRU or OAI-PMH response (the first, when there are several).

    ``bibliographic`` is its MARC record as MARCXML (UTF-8), whatever form it came in; None when it has none.
    """
    try:
        root, charset = parse_xml(data)
    except RecordError as error:
        return error
    for found in find_records(root):
        if found.kind is Kind.OPAC:
            return opac_of(found.element, charset)
    return RecordError(f"holds no opacRecord: its root is <{local_name(root)}>", raw=data, syntax="xml")


def opac_of(element: Element, charset: CharsetEvidence) -> OpacRecord:
    """Return the OPAC record of an ``opacRecord`` element."""
    bibliographic: bytes | None = None
    holdings: list[HoldingsAndCirc | MarcHoldings] = []
    for child in element:
        name = local_name(child)
        if name == "bibliographicRecord":
            bibliographic = _bibliographic(child, charset)
        elif name == "holdings":
            holdings.extend(_holdings(child, charset))
    return OpacRecord(XML, bibliographic, tuple(holdings))


def _bibliographic(element: Element, charset: CharsetEvidence) -> bytes | None:
    """Return the record inside as MARCXML; what is no MARC is kept as it is, for reading it to say so."""
    for found in find_records(element):
        if found.kind is Kind.MARC:
            try:
                return serialize(encode_marcxml(content_of(found.element, charset)))
            except (RecordError, ValueError):
                return serialize(found.element)
    return serialize(element[0]) if len(element) else None


def _holdings(element: Element, charset: CharsetEvidence) -> Iterator[HoldingsAndCirc | MarcHoldings]:
    for child in element:
        marc = _bibliographic(child, charset) if local_name(child) == "marcHoldingsRecord" else None
        if local_name(child) == "holding":
            yield _holding(child)
        elif marc is not None:
            yield MarcHoldings(XML, marc)
        else:
            for found in find_records(child):
                if found.kind is Kind.MARC:
                    yield MarcHoldings(XML, serialize(found.element))


def _holding(element: Element) -> HoldingsAndCirc:
    volumes: list[Volume] = []
    circulation: list[CircRecord] = []
    for child in element:
        name = local_name(child)
        if name == "volumes":
            volumes += [Volume(**_texts(line, _VOLUME)) for line in child if local_name(line) == "volume"]
        elif name == "circulations":
            circulation += [_circulation(line) for line in child if local_name(line) == "circulation"]
    return HoldingsAndCirc(**_texts(element, _HOLDING), volumes=tuple(volumes), circulation=tuple(circulation))


def _circulation(element: Element) -> CircRecord:
    flags = {local_name(child): (child.get("value") or "").strip().lower() in _TRUE for child in element}
    return CircRecord(
        available_now=flags.get("availableNow", False),
        renewable=flags.get("renewable", False),
        on_hold=flags.get("onHold", False),
        **_texts(element, _CIRCULATION),
    )


def _texts(element: Element, names: dict[str, str]) -> dict[str, str]:
    """Return the texts of the child elements in ``names`` by field name; of a repeated element the first counts."""
    texts: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        field = names.get(_READ_AS.get(name, name))
        if field is not None and child.text:
            texts.setdefault(field, child.text)
    return texts


def write_opac_xml(opac: OpacRecord, bib_marcxml: bytes | None) -> bytes:
    """Return an OPAC XML document (UTF-8, no declaration).

    ``bib_marcxml`` is the bibliographic record as MARCXML (`to_marcxml`), None to leave it out; it is given apart
    because ``opac.bibliographic`` may be in another syntax. Holdings in MARC are written when they are XML and left
    out otherwise. Raises RecordError when ``bib_marcxml`` does not parse.
    """
    root = new_element("opacRecord")
    if bib_marcxml is not None:
        new_element("bibliographicRecord", root).append(parse_xml(bib_marcxml)[0])
    if opac.holdings:
        holdings = new_element("holdings", root)
        for holding in opac.holdings:
            if isinstance(holding, HoldingsAndCirc):
                _write_holding(new_element("holding", holdings), holding)
            elif holding.syntax == XML:
                new_element("marcHoldingsRecord", holdings).append(parse_xml(holding.data)[0])
    return serialize(root)


def _write_holding(element: Element, holding: HoldingsAndCirc) -> None:
    _write_texts(element, holding, _HOLDING)
    if holding.volumes:
        volumes = new_element("volumes", element)
        for volume in holding.volumes:
            _write_texts(new_element("volume", volumes), volume, _VOLUME)
    if holding.circulation:
        circulations = new_element("circulations", element)
        for line in holding.circulation:
            _write_circulation(new_element("circulation", circulations), line)


def _write_circulation(element: Element, line: CircRecord) -> None:
    before = {"availabilityDate", "availableThru", "restrictions", "itemId"}
    new_element("availableNow", element, value=_flag(value=line.available_now))
    _write_texts(element, line, {name: field for name, field in _CIRCULATION.items() if name in before})
    new_element("renewable", element, value=_flag(value=line.renewable))
    new_element("onHold", element, value=_flag(value=line.on_hold))
    _write_texts(element, line, {name: field for name, field in _CIRCULATION.items() if name not in before})


def _flag(*, value: bool) -> str:
    return "1" if value else "0"


def _write_texts(element: Element, source: HoldingsAndCirc | Volume | CircRecord, names: dict[str, str]) -> None:
    for name, field in names.items():
        text = getattr(source, field)
        if text is not None:
            new_element(name, element, text)
