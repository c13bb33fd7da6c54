"""A record back into bytes, MARC 21 in ISO 2709 or MARCXML, always in UTF-8; and into lines for a person to read.

Decides nothing about content: what was read is written, NFC and without control characters. Raises RecordError for a
record that the form cannot carry.
"""

from __future__ import annotations

from locate.errors import RecordError
from locate.records.bib import BibRecord
from locate.records.content import Content, MarcContent
from locate.records.iso2709 import encode_iso2709
from locate.records.xml import encode_marcxml, serialize

__all__ = ["to_iso2709", "to_lines", "to_marcxml"]


def to_iso2709(record: BibRecord) -> bytes:
    """Return ``record`` as MARC 21 in ISO 2709, UTF-8, leader/09 "a".

    Fields whose tag has not three characters ("INST") are left out, since the directory has no room for them. Raises
    RecordError when a field passes 9,999 bytes or the record 99,999.
    """
    try:
        return encode_iso2709(_content(record))
    except RecordError as error:
        raise RecordError(error.reason, raw=record.raw, syntax=record.syntax) from None


def to_lines(record: BibRecord | Content) -> str:
    """Return ``record`` as one line for the leader and one for each field, as catalogers write them."""
    lines = [f"LDR {record.leader}", *(f"{tag}    {text}" for tag, text in record.control_fields)]
    for field in record.fields:
        subfields = " ".join(f"${code} {text}" for code, text in field.subfields)
        lines.append(f"{field.tag} {field.ind1}{field.ind2} {subfields}")
    return "\n".join(lines)


def to_marcxml(record: BibRecord) -> bytes:
    """Return ``record`` as a MARCXML record element in UTF-8, without an XML declaration."""
    return serialize(encode_marcxml(_content(record)))


def _content(record: BibRecord) -> MarcContent:
    return MarcContent(record.leader, record.control_fields, record.fields, record.charset)
