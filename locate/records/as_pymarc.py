"""The only importer of pymarc: its MARC-8 tables, and records in its form for programs that work with it.

Decides nothing about content. pymarc tells control fields by their tags; a record read from XML may hold others
("FMT"), which stay control fields here. Raises nothing. Source: pymarc 5.
"""

from __future__ import annotations

from collections.abc import Sequence

from pymarc import Field, Indicators, Leader, Record as PymarcRecord, Subfield
from pymarc.marc8_mapping import CODESETS, ODD_MAP

from locate.records.elements import DataField

__all__ = ["CODESETS", "ODD_MAP", "PymarcRecord", "as_pymarc"]


def as_pymarc(leader: str, control_fields: Sequence[tuple[str, str]], fields: Sequence[DataField]) -> PymarcRecord:
    """Return a pymarc record of a 24-character leader, (tag, text) control fields, and data fields, in this order."""
    record = PymarcRecord(fields=[*map(_control_field, control_fields), *map(_data_field, fields)])
    record.leader = Leader(leader)
    return record


def _control_field(field: tuple[str, str]) -> Field:
    made = Field("001", data=field[1])
    made.tag = field[0]
    return made


def _data_field(field: DataField) -> Field:
    subfields = [Subfield(code, text) for code, text in field.subfields]
    made = Field("010", indicators=Indicators(field.ind1, field.ind2), subfields=subfields)
    made.tag = field.tag
    return made
