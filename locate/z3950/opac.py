"""The OPAC record: a bibliographic record with holdings and circulation.

Source: Z39.50-2003 Appendix REC, RecordSyntax-opac. All texts are as sent. Decides nothing about availability. What
cannot be read is kept beside what can: one bad holding costs neither the others nor the bibliographic record. Raises
BerDecodeError from ``decode_opac``, when nothing at all can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.apdu.external import EXTERNAL, External, octets_of
from locate.z3950.ber import INDEFINITE, read_header, skip_value
from locate.z3950.oids import MARC21
from locate.z3950.schema import BOOLEAN, STRING, Choice, Field, Implicit, Sequence, SequenceOf, compile_type

__all__ = [
    "BIBLIOGRAPHIC_PART",
    "CircRecord",
    "HoldingsAndCirc",
    "MarcHoldings",
    "OpacRecord",
    "UnreadablePart",
    "Volume",
    "decode_opac",
    "encode_opac",
    "text_elements",
]


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume line of a holding: all texts as sent, None when absent."""

    enumeration: str | None = None
    chronology: str | None = None
    enum_and_chron: str | None = None


@dataclass(frozen=True, slots=True)
class CircRecord:
    """One circulation record. ``availability_date`` is the standard's own *availablityDate*, form not defined."""

    available_now: bool
    availability_date: str | None = None
    available_thru: str | None = None
    restrictions: str | None = None
    item_id: str | None = None
    renewable: bool = False
    on_hold: bool = False
    enum_and_chron: str | None = None
    midspine: str | None = None
    temporary_location: str | None = None


@dataclass(frozen=True, slots=True)
class HoldingsAndCirc:
    """One holding in OPAC form; all texts as sent, None when absent."""

    type_of_record: str | None = None
    encoding_level: str | None = None
    format: str | None = None
    receipt_acq_status: str | None = None
    general_retention: str | None = None
    completeness: str | None = None
    date_of_report: str | None = None
    nuc_code: str | None = None
    local_location: str | None = None
    shelving_location: str | None = None
    call_number: str | None = None
    shelving_data: str | None = None
    copy_number: str | None = None
    public_note: str | None = None
    reproduction_note: str | None = None
    terms_use_repro: str | None = None
    enum_and_chron: str | None = None
    volumes: tuple[Volume, ...] = ()
    circulation: tuple[CircRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MarcHoldings:
    """One holding as a MARC holdings record: ``data`` its bytes, ``syntax`` the dotted OID it was sent with."""

    syntax: str
    data: bytes = field(repr=False)


BIBLIOGRAPHIC_PART = "bibliographic record"


@dataclass(frozen=True, slots=True)
class UnreadablePart:
    """A part of an OPAC record that cannot be read: ``part`` names it (BIBLIOGRAPHIC_PART, "holding 2" counted from 1,
    or "record" for what belongs to none), ``reason`` says why, ``raw`` is its BER.
    """

    part: str
    reason: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpacRecord:
    """An OPAC record: ``bibliographic`` the record's bytes (None when absent) in ``syntax`` (dotted OID).

    ``unreadable`` are the parts that were sent and could not be read; they are missing from the other fields.
    """

    syntax: str
    bibliographic: bytes | None = field(repr=False)
    holdings: tuple[HoldingsAndCirc | MarcHoldings, ...] = ()
    unreadable: tuple[UnreadablePart, ...] = ()


def text_elements(kind: type[HoldingsAndCirc | CircRecord]) -> tuple[str, ...]:
    """Return the names of the elements that are texts; the rest are booleans and lists."""
    return tuple(each.name for each in fields(kind) if each.default is None)


# Volume ::= SEQUENCE { enumeration [1], chronology [2], enumAndChron [3] IMPLICIT InternationalString OPTIONAL }
_VOLUME = Sequence(
    Volume,
    Field("enumeration", Implicit(1, STRING)),
    Field("chronology", Implicit(2, STRING)),
    Field("enum_and_chron", Implicit(3, STRING)),
)

# CircRecord ::= SEQUENCE { availableNow [1] IMPLICIT BOOLEAN, availablityDate [2], availableThru [3], restrictions [4],
#   itemId [5] IMPLICIT InternationalString OPTIONAL, renewable [6], onHold [7] IMPLICIT BOOLEAN, enumAndChron [8],
#   midspine [9], temporaryLocation [10] IMPLICIT InternationalString OPTIONAL }
_CIRC_RECORD = Sequence(
    CircRecord,
    Field("available_now", Implicit(1, BOOLEAN)),
    Field("availability_date", Implicit(2, STRING)),
    Field("available_thru", Implicit(3, STRING)),
    Field("restrictions", Implicit(4, STRING)),
    Field("item_id", Implicit(5, STRING)),
    Field("renewable", Implicit(6, BOOLEAN)),
    Field("on_hold", Implicit(7, BOOLEAN)),
    Field("enum_and_chron", Implicit(8, STRING)),
    Field("midspine", Implicit(9, STRING)),
    Field("temporary_location", Implicit(10, STRING)),
)

# HoldingsAndCircData ::= SEQUENCE { typeOfRecord [1] … enumAndChron [17] IMPLICIT InternationalString OPTIONAL,
#   volumes [18] IMPLICIT SEQUENCE OF Volume OPTIONAL, circulationData [19] IMPLICIT SEQUENCE OF CircRecord OPTIONAL }
_HOLDINGS_TEXTS = (
    "type_of_record",
    "encoding_level",
    "format",
    "receipt_acq_status",
    "general_retention",
    "completeness",
    "date_of_report",
    "nuc_code",
    "local_location",
    "shelving_location",
    "call_number",
    "shelving_data",
    "copy_number",
    "public_note",
    "reproduction_note",
    "terms_use_repro",
    "enum_and_chron",
)
_HOLDINGS_AND_CIRC = Sequence(
    HoldingsAndCirc,
    *(Field(name, Implicit(tag, STRING)) for tag, name in enumerate(_HOLDINGS_TEXTS, 1)),
    Field("volumes", Implicit(18, SequenceOf(_VOLUME))),
    Field("circulation", Implicit(19, SequenceOf(_CIRC_RECORD))),
)


# OPACRecord ::= SEQUENCE { bibliographicRecord [1] IMPLICIT EXTERNAL OPTIONAL,
#   holdingsData [2] IMPLICIT SEQUENCE OF CHOICE { marcHoldingsRecord [1] IMPLICIT EXTERNAL,
#                                                  holdingsAndCirc [2] IMPLICIT HoldingsAndCircData } OPTIONAL }
@dataclass(frozen=True, slots=True)
class _OPACRecord:
    bibliographic: External | None = None
    holdings: tuple[tuple[str, Any], ...] = ()


_BIBLIOGRAPHIC = Implicit(1, EXTERNAL)
_HOLDINGS_RECORD = Choice(marc=Implicit(1, EXTERNAL), circ=Implicit(2, _HOLDINGS_AND_CIRC))
_BIBLIOGRAPHIC_ID, _HOLDINGS_DATA_ID = 0xA1, 0xA2
_END_OF_CONTENTS = b"\x00\x00"
_MAX_UNREADABLE = 100
_CODEC = compile_type(
    Sequence(
        _OPACRecord,
        Field("bibliographic", _BIBLIOGRAPHIC),
        Field("holdings", Implicit(2, SequenceOf(_HOLDINGS_RECORD))),
    )
)
_BIBLIOGRAPHIC_CODEC = compile_type(_BIBLIOGRAPHIC)
_HOLDINGS_RECORD_CODEC = compile_type(_HOLDINGS_RECORD)


def decode_opac(data: bytes) -> OpacRecord:
    """Decode the BER value of an OPAC record; parts that cannot be read are its ``unreadable``.

    A part that names no record syntax counts as MARC 21, as targets mean it. Raises BerDecodeError, and PduTooLarge,
    when no part can be read.
    """
    try:
        wire: _OPACRecord = _CODEC.decode(data)
        holdings = tuple(map(_holding, wire.holdings))
        if wire.bibliographic is None:
            return OpacRecord(MARC21, None, holdings)
        return OpacRecord(*_marc(wire.bibliographic), holdings)
    except (BerDecodeError, PduTooLarge) as error:
        found = _salvage(data)
        if found.bibliographic is None and not found.holdings:
            raise
        if not found.unreadable:
            return replace(found, unreadable=(UnreadablePart("record", str(error), data),))
        return found


def _marc(external: External) -> tuple[str, bytes]:
    return external.direct_reference or MARC21, octets_of(external)


def _holding(pair: tuple[str, Any]) -> HoldingsAndCirc | MarcHoldings:
    arm, value = pair
    holding: HoldingsAndCirc = value
    return MarcHoldings(*_marc(value)) if arm == "marc" else holding


def _salvage(data: bytes) -> OpacRecord:
    """Read an OPAC record part by part, each for itself, until too many of them cannot be read."""
    syntax: str = MARC21
    bibliographic: bytes | None = None
    holdings: list[HoldingsAndCirc | MarcHoldings] = []
    unreadable: list[UnreadablePart] = []
    for name, part in _named_parts(data):
        if len(unreadable) == _MAX_UNREADABLE:
            unreadable.append(UnreadablePart("record", "so many parts cannot be read that the rest was left", b""))
            break
        try:
            if name == BIBLIOGRAPHIC_PART:
                syntax, bibliographic = _marc(_BIBLIOGRAPHIC_CODEC.decode(part))
            else:
                holdings.append(_holding(_HOLDINGS_RECORD_CODEC.decode(part)))
        except (BerDecodeError, PduTooLarge) as error:
            unreadable.append(UnreadablePart(name, str(error), part))
    return OpacRecord(syntax, bibliographic, tuple(holdings), tuple(unreadable))


def _named_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    for part in _parts(data):
        if part[0] == _BIBLIOGRAPHIC_ID:
            yield BIBLIOGRAPHIC_PART, part
        elif part[0] == _HOLDINGS_DATA_ID:
            yield from ((f"holding {number}", each) for number, each in enumerate(_parts(part), 1))


def _parts(value: bytes) -> Iterator[bytes]:
    """Give the values inside a constructed one; when one cannot be skipped, all the rest as the last."""
    try:
        _, pos, end = read_header(value, 0)
    except (BerDecodeError, IndexError):
        return
    stop = len(value) if end == INDEFINITE else min(end, len(value))
    while pos < stop and value[pos : pos + 2] != _END_OF_CONTENTS:
        try:
            after = skip_value(value, pos, stop)
        except (BerDecodeError, PduTooLarge, IndexError):
            after = stop
        yield value[pos:after]
        pos = after


def encode_opac(record: OpacRecord) -> bytes:
    """Encode an OPAC record as one BER value, without its unreadable parts."""
    bibliographic = None
    if record.bibliographic is not None:
        bibliographic = External(record.syntax, None, ("octets", record.bibliographic))
    holdings = tuple(
        ("marc", External(holding.syntax, None, ("octets", holding.data)))
        if isinstance(holding, MarcHoldings)
        else ("circ", holding)
        for holding in record.holdings
    )
    return _CODEC.encode(_OPACRecord(bibliographic, holdings))
