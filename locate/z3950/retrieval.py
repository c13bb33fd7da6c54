"""What Search and Present bring back: records, surrogate diagnostics, records that cannot be decoded.

Trusts a record's own OID, whatever was asked for; reads EXTERNAL in the single-ASN1-type and the octet-aligned form.
A fault in one record is a value in its place, so that the rest of the response survives. Pure; raises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from locate.errors import BerDecodeError, DiagnosticError, PduTooLarge, RecordError
from locate.z3950.apdu import External, NamePlusRecord
from locate.z3950.diagnostics import diagnostic_error
from locate.z3950.oids import OPAC, SUTRS, syntax_name
from locate.z3950.opac import OpacRecord, decode_opac
from locate.z3950.schema import OCTET_STRING, STRING, compile_type

__all__ = ["Fetched", "Record", "ResultSet", "SurrogateDiagnostic", "diagnostic_of", "read_records"]

_TEXT = compile_type(STRING)
_OCTETS = compile_type(OCTET_STRING)


@dataclass(frozen=True, slots=True)
class Record:
    """A retrieved record. ``position`` in the result set is 1-based; ``syntax`` the record's own OID (dotted), whatever
    was asked; ``data`` its bytes, or an OpacRecord, or text for SUTRS.
    """

    position: int
    syntax: str
    data: bytes | OpacRecord | str
    database: str = ""


class SurrogateDiagnostic(DiagnosticError):  # noqa: N818 - the standard's word
    """A surrogate diagnostic in a record's place; ``position`` is 1-based."""

    def __init__(self, error: DiagnosticError, position: int) -> None:
        super().__init__(
            error.message,
            diagnostic_set=error.diagnostic_set,
            condition=error.condition,
            addinfo=error.addinfo,
            target=error.target,
            phase=error.phase,
        )
        self.position = position


Fetched = Record | SurrogateDiagnostic | RecordError


@dataclass(slots=True)
class ResultSet:
    """A search's answer. ``hits`` is the target's count (never size anything by it); ``records`` what has been fetched
    so far, from position 1, with diagnostics and unreadable records in their places.
    """

    hits: int
    records: list[Fetched] = field(default_factory=list)
    note: str = ""


def read_records(records: tuple[str, Any] | None, start: int, *, target: str = "") -> list[Fetched]:
    """Read the records field of a response whose first record stands at position ``start`` (1-based)."""
    if records is None or records[0] != "response":
        return []
    return [_read(entry, start + index, target) for index, entry in enumerate(records[1])]


def _read(entry: NamePlusRecord, position: int, target: str) -> Fetched:
    arm, value = entry.record
    if arm == "surrogate":
        return SurrogateDiagnostic(diagnostic_error(value, target=target, phase="present"), position)
    try:
        return _read_external(value, position, entry.name or "")
    except (BerDecodeError, PduTooLarge) as error:
        raw = value.encoding[1] if isinstance(value.encoding[1], bytes) else b""
        return RecordError(str(error), raw=raw, syntax=syntax_name(value.direct_reference))


def _read_external(value: External, position: int, database: str) -> Record:
    syntax = value.direct_reference or ""
    arm, content = value.encoding
    if arm != "bits" and syntax == OPAC:
        return Record(position, syntax, decode_opac(content), database)
    if arm == "single" and syntax == SUTRS:
        text: str = _TEXT.decode(content)
        return Record(position, syntax, text, database)
    if arm == "octets" and syntax == SUTRS:
        return Record(position, syntax, content.decode("utf-8", "replace"), database)
    if arm == "octets":
        return Record(position, syntax, content, database)
    if arm == "single" and content[:1] == b"\x04":
        return Record(position, syntax, _OCTETS.decode(content), database)
    raise BerDecodeError(f"a record of syntax {syntax_name(syntax)} in the {arm} form", offset=0)


def diagnostic_of(records: tuple[str, Any] | None) -> DiagnosticError | None:
    """Return the non-surrogate diagnostic; of several, the first, with the others' texts added."""
    if records is None or records[0] == "response":
        return None
    found = records[1] if records[0] == "diagnostics" else (records[1],)
    if not found:
        return None
    errors = [diagnostic_error(each) for each in found]
    if len(errors) > 1:
        errors[0].message += "; also " + "; ".join(error.message for error in errors[1:])
    return errors[0]
