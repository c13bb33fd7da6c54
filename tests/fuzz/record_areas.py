"""The invariant for records: one that can be read, or an error that keeps its bytes."""

# ruff: noqa: PT017 - an error is one of the outcomes that the invariant allows, and has properties itself

from __future__ import annotations

import dataclasses

from locate.errors import BerDecodeError, PduTooLarge, RecordError
from locate.records import (
    BibRecord,
    read_opac_xml,
    read_record,
    read_records_xml,
    split_marc,
    to_iso2709,
    to_marcxml,
    write_opac_xml,
)
from locate.z3950.grs1 import decode_grs1, encode_grs1, grs1_text
from locate.z3950.opac import OpacRecord, decode_opac, encode_opac
from tests.fuzz import holdings

__all__ = ["grs1", "marc21", "opac", "opac_xml", "unimarc", "xml"]


def opac(data: bytes) -> None:
    """Require an OPAC record, which can then be written as XML, or a decode error with its place."""
    try:
        found = decode_opac(data)
    except BerDecodeError as error:
        assert 0 <= error.offset <= len(data)
    except PduTooLarge as error:
        assert "nested deeper" in str(error)
    else:
        assert isinstance(found, OpacRecord)
        write_opac_xml(found, None)
        holdings.judged(None, found, data)


def grs1(data: bytes) -> None:
    """Require a GRS-1 record, which prints, and reads the same when written, or a decode error with its place."""
    try:
        found = decode_grs1(data)
    except BerDecodeError as error:
        assert 0 <= error.offset <= len(data)
    except PduTooLarge as error:
        assert "nested deeper" in str(error)
    else:
        grs1_text(found)
        assert decode_grs1(encode_grs1(found)) == found


def marc21(data: bytes) -> None:
    """Hold the octets of a MARC 21 record, in ISO 2709, to the invariant."""
    _bibliographic(data, "marc21")
    position = 0
    for chunk in split_marc(data):
        position = data.index(chunk, position) + len(chunk)


def unimarc(data: bytes) -> None:
    """Hold those of a UNIMARC record to it."""
    _bibliographic(data, "unimarc")


def xml(data: bytes) -> None:
    """Hold a record in XML, and a file of them, to it."""
    _bibliographic(data, "xml")
    assert isinstance(read_records_xml(data), list | RecordError)


def opac_xml(data: bytes) -> None:
    """Hold an OPAC record in XML to it; one that is read can be written."""
    found = read_opac_xml(data)
    assert isinstance(found, OpacRecord | RecordError)
    if isinstance(found, OpacRecord):
        encode_opac(found)
        write_opac_xml(found, None)
        holdings.judged(None, found, data)


def _bibliographic(data: bytes, syntax: str) -> None:
    found = read_record(data, syntax)
    assert isinstance(found, BibRecord | RecordError)
    assert found.raw == data
    if isinstance(found, RecordError):
        assert found.reason
        return
    for each in dataclasses.fields(BibRecord):
        getattr(found, each.name)
    found.to_pymarc()
    holdings.judged(found, None, data)
    again = read_record(to_marcxml(found), "xml")
    assert isinstance(again, BibRecord)
    if syntax == "marc21":
        assert again.fields == found.fields
        _written_as_iso2709(found)


def _written_as_iso2709(record: BibRecord) -> None:
    try:
        written = to_iso2709(record)
    except RecordError as error:
        assert error.reason
    else:
        assert isinstance(read_record(written, "marc21"), BibRecord)
