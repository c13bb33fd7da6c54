"""Records, surrogate diagnostics and unreadable records in a response."""

from __future__ import annotations

from typing import Any

import pytest

from locate.errors import DiagnosticError, RecordError
from locate.z3950.apdu import DefaultDiagFormat, External, NamePlusRecord
from locate.z3950.oids import BIB1_DIAGNOSTICS, GRS1, MARC21, OPAC, SUTRS, XML
from locate.z3950.opac import HoldingsAndCirc, OpacRecord, encode_opac
from locate.z3950.retrieval import Fetched, Record, SurrogateDiagnostic, diagnostic_of, read_records

OPAC_RECORD = OpacRecord(MARC21, b"marc", (HoldingsAndCirc(call_number="QA 76"),))


def _read(*externals: External) -> list[Fetched]:
    entries = tuple(NamePlusRecord(("retrieval", external), "Books") for external in externals)
    return read_records(("response", entries), 11, target="h:210/Books")


@pytest.mark.parametrize(
    ("syntax", "encoding", "data"),
    [
        (MARC21, ("octets", b"00366"), b"00366"),
        (XML, ("octets", b"<record/>"), b"<record/>"),
        (MARC21, ("single", b"\x04\x0500366"), b"00366"),
        (MARC21, ("single", b"\x04\x82\x00\x0500366"), b"00366"),
        (OPAC, ("single", encode_opac(OPAC_RECORD)), OPAC_RECORD),
        (OPAC, ("octets", encode_opac(OPAC_RECORD)), OPAC_RECORD),
        (SUTRS, ("single", b"\x1b\x04text"), "text"),
        (SUTRS, ("octets", b"text \xff"), "text \ufffd"),
        (GRS1, ("octets", b"?"), b"?"),
    ],
)
def test_forms(syntax: str, encoding: tuple[Any, Any], data: Any) -> None:
    """A record is read by its own syntax, from either form of EXTERNAL."""
    assert _read(External(syntax, None, encoding)) == [Record(11, syntax, data, "Books")]


def test_no_syntax() -> None:
    """A record whose EXTERNAL names no syntax keeps its bytes under an empty one."""
    assert _read(External(None, 3, ("octets", b"x"))) == [Record(11, "", b"x", "Books")]


_UNREADABLE = [
    (OPAC, ("single", b"\x30\x03\xa1"), "opac record (3 bytes): PDU: a value runs past the end"),
    (OPAC, ("single", b""), "opac record (0 bytes): PDU: the value ends early"),
    (OPAC, ("octets", b"00366"), "opac record (5 bytes): PDU: a value runs past the end"),
    (OPAC, ("single", b"\x30\x80" * 100), "opac record (200 bytes): "),
    (SUTRS, ("single", b"\x02\x01\x00"), "sutrs record (3 bytes): PDU: unexpected identifier 0x2"),
    (SUTRS, ("single", b"\x3b\x80" * 100), "sutrs record (200 bytes): values nested deeper than 64"),
    (GRS1, ("single", b"\x30\x00"), "grs1 record (2 bytes): PDU: a record of syntax grs1 in the single form"),
    (MARC21, ("bits", frozenset({1})), "marc21 record (0 bytes): PDU: a record of syntax marc21 in the bits form"),
]


@pytest.mark.parametrize(("syntax", "encoding", "reason"), _UNREADABLE)
def test_unreadable(syntax: str, encoding: tuple[Any, Any], reason: str) -> None:
    """A record that cannot be read is a value with its bytes; its neighbours survive."""
    good = External(MARC21, None, ("octets", b"ok"))
    before, found, after = _read(good, External(syntax, None, encoding), good)
    assert isinstance(before, Record)
    assert isinstance(after, Record)
    assert (before.position, after.position) == (11, 13)
    assert isinstance(found, RecordError)
    assert found.raw == (encoding[1] if encoding[0] != "bits" else b"")
    assert str(found).startswith(f"unreadable {reason}")


def test_surrogate() -> None:
    """A surrogate diagnostic is a value with its position, target and words."""
    diagnostic = DefaultDiagFormat(BIB1_DIAGNOSTICS, 16, ("v3", "huge"))
    (found,) = read_records(("response", (NamePlusRecord(("surrogate", diagnostic)),)), 5, target="h:210/D")
    assert isinstance(found, SurrogateDiagnostic)
    assert (found.position, found.condition, found.addinfo) == (5, 16, "huge")
    assert str(found) == "h:210/D (present): record exceeds preferred message size (bib-1 16: huge)"


def test_external_surrogate() -> None:
    """A surrogate diagnostic in an external form does not hide the other records."""
    (found,) = read_records(("response", (NamePlusRecord(("surrogate", External("1.2.3"))),)), 1)
    assert isinstance(found, SurrogateDiagnostic)
    assert found.condition == 0


@pytest.mark.parametrize("records", [None, ("response", ())])
def test_nothing(records: tuple[str, Any] | None) -> None:
    """No records are an empty list and no diagnostic."""
    assert read_records(records, 1) == []
    assert diagnostic_of(records) is None


def test_one_diagnostic() -> None:
    """A non-surrogate diagnostic is an error and no records."""
    records = ("diagnostic", DefaultDiagFormat(BIB1_DIAGNOSTICS, 13, ("v2", "6")))
    assert read_records(records, 1) == []
    error = diagnostic_of(records)
    assert isinstance(error, DiagnosticError)
    assert error.message == "present request out of range (bib-1 13: 6)"


def test_many_diagnostics() -> None:
    """Of several non-surrogate diagnostics the first counts, with the words of all."""
    several = tuple(DefaultDiagFormat(BIB1_DIAGNOSTICS, condition) for condition in (114, 113))
    error = diagnostic_of(("diagnostics", several))
    assert error is not None
    assert error.condition == 114
    assert str(error) == "unsupported use attribute (bib-1 114); also unsupported attribute type (bib-1 113)"
    assert diagnostic_of(("diagnostics", ())) is None
