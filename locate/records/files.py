"""Files of records: ISO 2709, MARC in lines, MARCXML, SRU and OAI-PMH responses, OPAC XML, told apart by content.

Decides nothing by file name. A record that cannot be read stands as a RecordError in its place. Raises
ConfigurationError, naming the file, when the file is missing, unreadable or empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from locate.errors import ConfigurationError, Problem, RecordError
from locate.records.bib import BibRecord, CharsetEvidence
from locate.records.content import MAX_RECORD_BYTES, beginning
from locate.records.iso2709 import split_marc
from locate.records.lines import begins_with_lines, iso2709_of_lines
from locate.records.opac_xml import opac_of
from locate.records.read import read_record
from locate.records.view import view_record
from locate.records.xml import Found, Kind, content_of, decode_xml, find_records, parse_xml, serialize, whole_text
from locate.z3950.opac import OpacRecord

__all__ = ["LoadedRecord", "load_file", "read_records_xml"]

_MAX_FILE_BYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """A record of a file.

    ``raw`` are its bytes (an XML record's element, serialised), ``syntax`` is "marc21" or "xml", ``record`` the
    record or why it cannot be read, ``opac`` the whole OPAC record when it came as OPAC XML, else None.
    """

    raw: bytes = field(repr=False)
    syntax: str
    record: BibRecord | RecordError
    opac: OpacRecord | None = None


def load_file(path: Path) -> list[LoadedRecord]:
    """Read all records of a file, in file order. A response that holds no record gives an empty list.

    Raises ConfigurationError when the file is missing, unreadable or empty.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror or error}") from None
    if not data.strip():
        raise _refused(path, "is empty; give a file of MARC records or MARCXML")
    if begins_with_lines(data):
        return [_of_lines(found) for found in iso2709_of_lines(data)]
    if beginning(data).startswith(b"<"):
        found = read_records_xml(data, max_bytes=_MAX_FILE_BYTES)
        return [LoadedRecord(data, "xml", found)] if isinstance(found, RecordError) else found
    return [LoadedRecord(chunk, "marc21", read_record(chunk, "marc21")) for chunk in split_marc(data)]


def _of_lines(found: bytes | RecordError) -> LoadedRecord:
    if isinstance(found, RecordError):
        return LoadedRecord(found.raw, "marc21", found)
    return LoadedRecord(found, "marc21", read_record(found, "marc21"))


def _refused(path: Path, reason: str) -> ConfigurationError:
    return ConfigurationError([Problem("", f"the record file {reason}")], source=str(path))


def read_records_xml(data: bytes, *, max_bytes: int = MAX_RECORD_BYTES) -> list[LoadedRecord] | RecordError:
    """Read every record of an XML document: a collection, an SRU or OAI-PMH response, OPAC records.

    Returns a RecordError when the document cannot be parsed; a single record that cannot be read is a RecordError in
    its place. An empty list means that the document holds no record.
    """
    try:
        root, charset = parse_xml(data, max_bytes=max_bytes)
    except RecordError as error:
        return error
    return [_loaded(found, charset) for found in find_records(root)]


def _loaded(found: Found, charset: CharsetEvidence) -> LoadedRecord:
    raw = serialize(found.element)
    if found.kind is Kind.FOREIGN:
        text = " ".join(whole_text(found.element).split())[:200]
        reason = f"the place of a record holds something else: {text or 'nothing'}"
        return LoadedRecord(raw, "xml", RecordError(reason, raw=raw, syntax="xml"))
    if found.kind is Kind.MARC:
        try:
            content = content_of(found.element, charset)
        except RecordError as error:
            return LoadedRecord(raw, "xml", RecordError(error.reason, raw=raw, syntax="xml"))
        return LoadedRecord(raw, "xml", view_record(content, raw=raw, syntax="xml"))
    opac = opac_of(found.element, charset)
    if opac.bibliographic is None:
        reason = "an OPAC record without a bibliographic record"
        return LoadedRecord(raw, "xml", RecordError(reason, raw=raw, syntax="xml"), opac)
    try:
        content = replace(decode_xml(opac.bibliographic), charset=charset)
    except RecordError as error:
        return LoadedRecord(raw, "xml", error, opac)
    return LoadedRecord(raw, "xml", view_record(content, raw=raw, syntax="xml"), opac)
