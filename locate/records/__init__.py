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
from locate.records.iso2709 import split_marc
from locate.records.read import read_record

__all__ = [
    "BibRecord",
    "Carrier",
    "CarrierEvidence",
    "CharsetEvidence",
    "DataField",
    "FoundNumber",
    "LinkedRecord",
    "Name",
    "PartLabel",
    "Title",
    "read_record",
    "split_marc",
]
