"""One retrieved record under ZOOM's names, and the OPAC record under the standard's.

Decides how a record is printed: MARC as lines of fields, everything else as text. Pure. Raises nothing.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from typing import Any

from locate.z3950 import retrieval
from locate.z3950.grs1 import GenericRecord, grs1_text
from locate.z3950.oids import MARC_SYNTAXES, UNIMARC
from locate.z3950.opac import MarcHoldings, OpacRecord
from locate.z3950.zoom.options import zoom_syntax

__all__ = ["Record"]

# Where the standard's name is not the camel case of this project's.
_STANDARD_NAMES = {"circulation": "circulationData", "availability_date": "availablityDate"}


class Record:
    """A retrieved record.

    ``syntax`` is ZOOM's name of the record's own syntax ("USMARC", "OPAC", …), whatever was asked for, or a dotted OID.
    ``data`` is bytes for MARC and XML, text for SUTRS, a `locate.z3950.grs1.GenericRecord` for GRS-1, and for OPAC an
    object with the standard's names: ``bibliographicRecord`` and ``holdingsData``.
    """

    def __init__(self, found: retrieval.Record) -> None:
        self._found = found
        self.syntax = zoom_syntax(found.syntax)
        self.databaseName = found.database
        self.data: Any = _opac(found.data) if isinstance(found.data, OpacRecord) else found.data

    def is_surrogate_diag(self) -> bool:
        """Return False: a surrogate diagnostic is raised as Bib1Err where its record is asked for."""
        return False

    def __str__(self) -> str:
        return f"Rec: {self.syntax} {_text(self._found)}"

    def __repr__(self) -> str:
        return f"<zoom.Record {self.syntax} {self._found.position} of {self.databaseName or 'a result set'}>"


def _text(found: retrieval.Record) -> str:
    if isinstance(found.data, str):
        return found.data
    if isinstance(found.data, GenericRecord):
        return grs1_text(found.data)
    if not isinstance(found.data, OpacRecord):
        return _marc_text(found.data, found.syntax)
    lines = []
    if found.data.bibliographic is not None:
        lines.append(f"Bibliographic {_marc_text(found.data.bibliographic, found.data.syntax)}")
    for number, holding in enumerate(found.data.holdings):
        if isinstance(holding, MarcHoldings):
            lines.append(f"Holdings {number}: {_marc_text(holding.data, holding.syntax)}")
        else:
            lines.append("\n".join([f"Holdings {number}:", *_told(_standard(holding), 1)]))
    return "\n".join(lines)


def _marc_text(data: bytes, syntax: str) -> str:
    """Return a MARC record as lines, anything else as text."""
    # Only who prints a record needs the parsers of records, and waits for them to load.
    from locate.errors import RecordError  # noqa: PLC0415
    from locate.records.iso2709 import decode_iso2709  # noqa: PLC0415
    from locate.records.write import to_lines  # noqa: PLC0415

    if syntax in MARC_SYNTAXES:
        try:
            return to_lines(decode_iso2709(data, "unimarc" if syntax == UNIMARC else "marc21"))
        except RecordError:
            return data.decode("utf-8", "replace")
    return data.decode("utf-8", "replace")


def _told(value: SimpleNamespace, level: int) -> list[str]:
    """Return the lines that show a holding, what is inside it indented further."""
    lines = []
    for name, found in vars(value).items():
        if isinstance(found, list):
            lines.append("\t" * level + f"{name}:")
            lines += [line for each in found for line in _told(each, level + 1)]
        else:
            lines.append("\t" * level + f"{name}: {found}")
    return lines


def _opac(record: OpacRecord) -> SimpleNamespace:
    """Return an OPAC record with the standard's names; what was not sent is no attribute."""
    holdings = [
        ("marcHoldingsRecord", _external(holding.syntax, holding.data))
        if isinstance(holding, MarcHoldings)
        else ("holdingsAndCirc", _standard(holding))
        for holding in record.holdings
    ]
    found = SimpleNamespace(holdingsData=holdings)
    if record.bibliographic is not None:
        found.bibliographicRecord = _external(record.syntax, record.bibliographic)
    return found


def _external(syntax: str, data: bytes) -> SimpleNamespace:
    return SimpleNamespace(direct_reference=syntax, encoding=("octet-aligned", data))


def _standard(value: Any) -> SimpleNamespace:
    """Return a dataclass of the OPAC record under the standard's names, without what is None or empty."""
    found = SimpleNamespace()
    for each in fields(value):
        content = getattr(value, each.name)
        if isinstance(content, tuple):
            content = [_standard(part) for part in content if is_dataclass(part)]
        if content is not None and content != []:
            setattr(found, _STANDARD_NAMES.get(each.name) or _camel(each.name), content)
    return found


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
