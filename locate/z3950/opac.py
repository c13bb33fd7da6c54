"""The OPAC record: a bibliographic record with holdings and circulation (Z39.50-2003 Appendix REC.5)."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["CircRecord", "HoldingsAndCirc", "MarcHoldings", "OpacRecord", "Volume"]


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


@dataclass(frozen=True, slots=True)
class OpacRecord:
    """An OPAC record: ``bibliographic`` the record's bytes (None when absent) in ``syntax`` (dotted OID)."""

    syntax: str
    bibliographic: bytes | None = field(repr=False)
    holdings: tuple[HoldingsAndCirc | MarcHoldings, ...] = ()
