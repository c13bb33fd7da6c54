"""XML to and from `MarcContent`. The only importer of lxml in the project.

Decides where the records stand in a document: MARCXML with its namespace, without one or with a prefix, turbomarc,
OPAC XML, and any of these inside an SRU response (also as escaped text), an OAI-PMH response, an Alma bib or a
collection. Documents with a DTD are refused; entities, network and huge trees are off, so that a document can cost no
more than its size. Raises RecordError, with the bytes, and nothing else.
Source: MARC 21 XML Schema (Library of Congress), Index Data's turbomarc, SRU 1.1-2.0, OAI-PMH 2.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from lxml import etree

from locate.errors import RecordError
from locate.records.content import MAX_RECORD_BYTES, MarcContent, clean_text, without_controls
from locate.records.elements import CharsetEvidence, DataField

__all__ = [
    "Element",
    "Found",
    "Kind",
    "content_of",
    "decode_xml",
    "encode_marcxml",
    "find_records",
    "local_name",
    "new_element",
    "parse_xml",
    "serialize",
    "whole_text",
]

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml publishes its element type under this name only

MARCXML_NAMESPACE = "http://www.loc.gov/MARC21/slim"
_TURBOMARC_NAMESPACE = "http://www.indexdata.com/turbomarc"
# lxml takes None for the default namespace; its stubs know text keys only.
_NSMAP: Any = {None: MARCXML_NAMESPACE}
_MARC_PARTS = frozenset({"leader", "controlfield", "datafield"})
_FIRST_TAG = re.compile(rb"<[A-Za-z_]")
_DECLARED_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_SINGLE_BYTE = re.compile(r"(?:iso-?8859-?\d{1,2}|windows-?125\d|latin-?1)", re.IGNORECASE)
# Characters that XML 1.0 forbids, as bytes and as character references.
_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8BbCcEeFf]|1[0-9A-Fa-f]));"
)


class Kind(Enum):
    """What an element found in a document is."""

    MARC = "marc"
    OPAC = "opac"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Found:
    """A record found in a document: its ``kind`` and ``element``.

    FOREIGN is the place of a record in an SRU response that holds something else, such as a diagnostic.
    """

    kind: Kind
    element: Element


def parse_xml(data: bytes, *, max_bytes: int = MAX_RECORD_BYTES) -> tuple[Element, CharsetEvidence]:
    """Parse a document and return its root, and how its bytes became text. Raises RecordError.

    Strict UTF-8 is tried before the declared encoding. Characters that XML forbids are dropped when the document
    does not parse with them.
    """
    if len(data) > max_bytes:
        raise RecordError(f"is longer than {max_bytes:,} bytes", raw=data, syntax="xml")
    first = _FIRST_TAG.search(data)
    if first is None:
        raise RecordError("holds no XML element", raw=data, syntax="xml")
    if b"<!DOCTYPE" in data[: first.start()]:
        raise _doctype(data)
    charset = _charset(data)
    body = data[data.find(b"<") :]
    try:
        root = _parse(body, charset.used)
    except (etree.LxmlError, ValueError, LookupError) as error:
        try:
            root = _parse(_FORBIDDEN.sub(b"", body), charset.used)
        except (etree.LxmlError, ValueError, LookupError):
            raise RecordError(f"is not well-formed XML: {error}", raw=data, syntax="xml") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(data)
    return root, charset


def _doctype(data: bytes) -> RecordError:
    return RecordError("declares a document type (DTD), which is refused", raw=data, syntax="xml")


def _charset(data: bytes) -> CharsetEvidence:
    found = _DECLARED_ENCODING.match(data)
    declared = found.group(1).decode("ascii").lower() if found else "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        used = declared if _SINGLE_BYTE.fullmatch(declared) else "latin-1"
        lied = used != declared
        why = f"not UTF-8; read as {used}" + (f", though the XML declares {declared}" if lied else ", as declared")
        return CharsetEvidence(used, declared, lied, why)
    lied = not data.isascii() and declared not in {"utf-8", "utf8"}
    why = "the XML is strict UTF-8; leader/09 does not count in XML" + (f", nor does {declared}" if lied else "")
    return CharsetEvidence("utf-8", declared, lied, why)


def _parse(data: bytes, encoding: str) -> Element:
    parser = etree.XMLParser(
        encoding="iso-8859-1" if encoding == "latin-1" else encoding,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; "" for what is no element (an unresolved entity)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find_records(root: Element) -> Iterator[Found]:
    """Yield the records of a document in document order; nothing inside a record is looked into."""
    stack = [root]
    while stack:
        element = stack.pop()
        name = local_name(element)
        if name == "opacRecord":
            yield Found(Kind.OPAC, element)
        elif _is_marc(element, name):
            yield Found(Kind.MARC, element)
        elif name == "recordData":
            yield from _packed(element)
        else:
            stack.extend(reversed(element))


def _packed(element: Element) -> Iterator[Found]:
    """Yield what an SRU recordData holds: elements, or XML escaped into text."""
    inner = list(element)
    text = (element.text or "").strip()
    if not inner and text.startswith("<"):
        try:
            inner = [parse_xml(text.encode("utf-8"))[0]]
        except RecordError:
            inner = []
    found = [record for child in inner for record in find_records(child)]
    yield from found or [Found(Kind.FOREIGN, element)]


def _is_marc(element: Element, name: str) -> bool:
    tag = element.tag
    if name == "record":
        return f"{{{MARCXML_NAMESPACE}}}record" == tag or any(local_name(child) in _MARC_PARTS for child in element)
    return name == "r" and (
        tag == f"{{{_TURBOMARC_NAMESPACE}}}r" or any(local_name(child) == "l" for child in list(element)[:1])
    )


def decode_xml(data: bytes) -> MarcContent:
    """Decode the first record of a document; a warning says so when there are more. Raises RecordError."""
    root, charset = parse_xml(data)
    records = [marc for found in find_records(root) if (marc := _bibliographic(found)) is not None]
    if not records:
        raise RecordError(f"holds no MARC record: its root is <{local_name(root)}>", raw=data, syntax="xml")
    warnings = (f"holds {len(records)} records; the first was read",) if len(records) > 1 else ()
    try:
        return content_of(records[0], charset, warnings)
    except RecordError as error:
        raise RecordError(error.reason, raw=data, syntax="xml") from None


def _bibliographic(found: Found) -> Element | None:
    """Return the MARC element of a record, for an OPAC record the one inside its bibliographicRecord."""
    if found.kind is Kind.MARC:
        return found.element
    if found.kind is Kind.OPAC:
        for child in found.element:
            if local_name(child) == "bibliographicRecord":
                return next((inner.element for inner in find_records(child) if inner.kind is Kind.MARC), None)
    return None


def content_of(element: Element, charset: CharsetEvidence, warnings: tuple[str, ...] = ()) -> MarcContent:
    """Return the content of a MARCXML or turbomarc record element. Raises RecordError when it has none."""
    leader = ""
    control: list[tuple[str, str]] = []
    fields: list[DataField] = []
    turbo = local_name(element) == "r"
    for child in element:
        name = local_name(child)
        tag = (child.get("tag") or name[1:]) if turbo else (child.get("tag") or "")
        kind = name[:1] if turbo else _MARC_KINDS.get(name, "")
        if kind == "l":
            leader = _text(child)
        elif kind == "c":
            control.append((tag.strip(), _text(child)))
        elif kind == "d":
            fields.append(_data_field(child, tag.strip(), turbo=turbo))
    if not (leader or control or fields):
        raise RecordError("holds a MARC record without leader and fields", syntax="xml")
    return MarcContent(f"{leader:24.24}", tuple(control), tuple(fields), charset, warnings)


_MARC_KINDS = {"leader": "l", "controlfield": "c", "datafield": "d"}


def _data_field(element: Element, tag: str, *, turbo: bool) -> DataField:
    subfields = []
    for child in element:
        name = local_name(child)
        code = child.get("code") or (name[1:2] if turbo else "")
        if name[:1] == "s" and code:
            subfields.append((code[:1], _text(child)))
    first, second = ("i1", "i2") if turbo else ("ind1", "ind2")
    return DataField(tag, f"{element.get(first) or ' ':1.1}", f"{element.get(second) or ' ':1.1}", tuple(subfields))


def whole_text(element: Element) -> str:
    """Return all text inside an element, as it stands."""
    return "".join(map(str, element.itertext()))


def _text(element: Element) -> str:
    return clean_text(whole_text(element) if len(element) else element.text or "")


def encode_marcxml(content: MarcContent) -> Element:
    """Return ``content`` as a MARCXML record element."""
    record = etree.Element(f"{{{MARCXML_NAMESPACE}}}record", nsmap=_NSMAP)
    _child(record, "leader", content.leader)
    for tag, text in content.control_fields:
        _child(record, "controlfield", text, tag=tag)
    for field in content.fields:
        data = _child(record, "datafield", None, tag=field.tag, ind1=field.ind1, ind2=field.ind2)
        for code, text in field.subfields:
            _child(data, "subfield", text, code=code)
    return record


def _child(parent: Element, name: str, text: str | None, **attributes: str) -> Element:
    child = etree.SubElement(parent, f"{{{MARCXML_NAMESPACE}}}{name}", attributes)
    child.text = text
    return child


def new_element(name: str, parent: Element | None = None, text: str | None = None, **attributes: str) -> Element:
    """Make an element without namespace, under ``parent`` when given; characters that XML forbids are dropped."""
    element = etree.Element(name, attributes) if parent is None else etree.SubElement(parent, name, attributes)
    element.text = None if text is None else without_controls(text)
    return element


def serialize(element: Element) -> bytes:
    """Return an element as UTF-8 bytes without an XML declaration and without the text that follows it."""
    return etree.tostring(element, encoding="utf-8", with_tail=False)
