"""Records: bytes of a catalog record in, plain frozen data out."""

from __future__ import annotations

from locate.records.bib import (
    BibRecord,
    Carrier,
    CarrierEvidence,
    CharsetEvidence,
    DataField,
    FoundNumber,
    LinkedRecord,
    Name,
    PartLabel,
    Title,
)
from locate.records.files import LoadedRecord, load_file, read_records_xml
from locate.records.iso2709 import split_marc
from locate.records.opac_xml import read_opac_xml, write_opac_xml
from locate.records.read import read_record
from locate.records.write import to_iso2709, to_lines, to_marcxml

__all__ = [
    "BibRecord",
    "Carrier",
    "CarrierEvidence",
    "CharsetEvidence",
    "DataField",
    "FoundNumber",
    "LinkedRecord",
    "LoadedRecord",
    "Name",
    "PartLabel",
    "Title",
    "load_file",
    "read_opac_xml",
    "read_record",
    "read_records_xml",
    "split_marc",
    "to_iso2709",
    "to_lines",
    "to_marcxml",
    "write_opac_xml",
]
