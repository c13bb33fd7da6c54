"""What Search and Present bring back: records, surrogate diagnostics, records that cannot be decoded.

Trusts a record's own OID, whatever was asked for, and takes what was asked for when the record names none; reads
EXTERNAL in every form, and joins the fragments of level 2 segmentation. A fault in one record is a value in its
place, so that the rest of the response survives. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from locate.errors import BerDecodeError, DiagnosticError, PduTooLarge, RecordError
from locate.z3950.apdu import External, NamePlusRecord
from locate.z3950.apdu.external import EXTERNAL, octets_of, value_of
from locate.z3950.diagnostics import diagnostic_error, joined
from locate.z3950.grs1 import GenericRecord, decode_grs1
from locate.z3950.oids import GRS1, OPAC, SUTRS, syntax_name
from locate.z3950.opac import OpacRecord, decode_opac
from locate.z3950.schema import compile_type, read_text

__all__ = [
    "Fetched",
    "Record",
    "ResultSet",
    "SurrogateDiagnostic",
    "diagnostic_of",
    "join_fragments",
    "read_records",
]

_EXTERNAL = compile_type(EXTERNAL)
_FRAGMENTS = frozenset({"starting", "intermediate", "final"})


class Record(NamedTuple):
    """A retrieved record. ``position`` in the result set is 1-based; ``syntax`` the record's own OID (dotted), whatever
    was asked; ``data`` its bytes, or an OpacRecord, a GenericRecord (GRS-1), or text for SUTRS. ``guessed`` means that
    the record names no syntax, so that ``syntax`` is only the one asked for.

    A named tuple, since ten are made for every search and a frozen dataclass takes three times as long to make.
    """

    position: int
    syntax: str
    data: bytes | OpacRecord | GenericRecord | str
    database: str = ""
    guessed: bool = False


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
        self.retry = error.retry
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


def read_records(
    records: tuple[str, Any] | None, start: int, *, target: str = "", asked: str | None = None
) -> list[Fetched]:
    """Read the records field of a response whose first record stands at position ``start`` (1-based).

    ``asked`` is the record syntax asked for (dotted OID): it counts for records that name none.
    """
    if records is None or records[0] != "response":
        return []
    return [_read(entry, start + index, target, asked) for index, entry in enumerate(records[1])]


def _read(entry: NamePlusRecord, position: int, target: str, asked: str | None) -> Fetched:
    arm, value = entry.record
    if arm == "surrogate":
        return SurrogateDiagnostic(diagnostic_error(value, target=target, phase="present"), position)
    if arm in _FRAGMENTS:
        return _fragment_error(arm, value, position)
    syntax = value.direct_reference or asked or ""
    guessed = value.direct_reference is None and syntax != ""
    try:
        return Record(position, syntax, _data(syntax, value), entry.name or "", guessed)
    except (BerDecodeError, PduTooLarge) as error:
        reason = f"{error}; the record names no syntax and was taken for the one asked for" if guessed else str(error)
        name = syntax_name(syntax or None)
        return RecordError(reason, raw=value.encoding[1], syntax=name, position=position)


def _data(syntax: str, external: External) -> bytes | OpacRecord | GenericRecord | str:
    if syntax == OPAC:
        return decode_opac(value_of(external))
    if syntax == GRS1:
        return decode_grs1(value_of(external))
    octets = octets_of(external)
    return read_text(octets) if syntax == SUTRS else octets


def diagnostic_of(records: tuple[str, Any] | None) -> DiagnosticError | None:
    """Return the non-surrogate diagnostic; of several, the one that counts, with the others' texts added."""
    if records is None or records[0] == "response":
        return None
    found = records[1] if records[0] == "diagnostics" else (records[1],)
    if not found:
        return None
    return joined([diagnostic_error(each) for each in found])


def join_fragments(entries: Sequence[NamePlusRecord]) -> list[NamePlusRecord]:
    """Join the fragments of level 2 segmentation (Z39.50-2003 §3.3.3) into whole records.

    ``entries`` are those of all Segments and of the PresentResponse, in the order they came.
    Every record is one entry of the result. A record of which a fragment is missing stays a fragment, of all that has
    come; ``read_records`` makes a RecordError of it.
    """
    whole: list[NamePlusRecord] = []
    run: list[NamePlusRecord] = []
    for entry in entries:
        arm = entry.record[0]
        if run and arm not in {"intermediate", "final"}:
            whole.append(_joined(run))
            run = []
        if arm in _FRAGMENTS:
            run.append(entry)
        else:
            whole.append(entry)
        if arm == "final":
            whole.append(_joined(run))
            run = []
    if run:
        whole.append(_joined(run))
    return whole


def _joined(run: list[NamePlusRecord]) -> NamePlusRecord:
    """Return fragments as one record when the first and the last are there, else as one fragment."""
    whole = _external_of(run)
    name = next((entry.name for entry in run if entry.name is not None), None)
    if run[0].record[0] == "starting" and run[-1].record[0] == "final":
        return NamePlusRecord(("retrieval", whole), name)
    return NamePlusRecord((run[0].record[0], ("external", whole)), name)


def _external_of(run: list[NamePlusRecord]) -> External:
    """Return the octets of all fragments as one EXTERNAL, under the first syntax that one of them names.

    Fragments that name none may be pieces of an encoded EXTERNAL, which then counts itself.
    """
    fragments = [entry.record[1] for entry in run]
    octets = b"".join(value if arm == "octets" else _content(value) for arm, value in fragments)
    named = [value for arm, value in fragments if arm == "external" and value.direct_reference is not None]
    if named:
        return External(named[0].direct_reference, named[0].indirect_reference, ("octets", octets))
    try:
        external: External = _EXTERNAL.decode(octets)
    except (BerDecodeError, PduTooLarge):
        return External(None, None, ("octets", octets))
    return external


def _content(external: External) -> bytes:
    """Return a fragment's octets; a single-ASN1-type that is no string counts as it is."""
    try:
        return octets_of(external)
    except (BerDecodeError, PduTooLarge):
        return external.encoding[1]


def _fragment_error(arm: str, fragment: tuple[str, Any], position: int) -> RecordError:
    kind, value = fragment
    raw = value if kind == "octets" else _content(value)
    syntax = syntax_name(value.direct_reference) if kind == "external" else syntax_name(None)
    missing = "last" if arm == "starting" else "first"
    return RecordError(
        f"sent in fragments, the {missing} of which is missing", raw=raw, syntax=syntax, position=position
    )
