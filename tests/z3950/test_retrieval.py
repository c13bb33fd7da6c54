"""Records, surrogate diagnostics and unreadable records in a response."""

from __future__ import annotations

from typing import Any

import pytest

from locate.errors import DiagnosticError, RecordError
from locate.z3950.apdu import DefaultDiagFormat, External, NamePlusRecord
from locate.z3950.apdu.external import EXTERNAL
from locate.z3950.grs1 import GenericRecord, TaggedElement, encode_grs1
from locate.z3950.oids import BIB1_DIAGNOSTICS, GRS1, MARC21, OPAC, SUTRS, UNIMARC, XML
from locate.z3950.opac import HoldingsAndCirc, OpacRecord, encode_opac
from locate.z3950.retrieval import (
    Fetched,
    Record,
    SurrogateDiagnostic,
    diagnostic_of,
    join_fragments,
    read_records,
)
from locate.z3950.schema import compile_type

OPAC_RECORD = OpacRecord(MARC21, b"marc", (HoldingsAndCirc(call_number="QA 76"),))
GENERIC_RECORD = GenericRecord((TaggedElement(("number", 1), ("string", "Ice"), 2),))


def _read(*externals: External, asked: str | None = None) -> list[Fetched]:
    entries = tuple(NamePlusRecord(("retrieval", external), "Books") for external in externals)
    return read_records(("response", entries), 11, target="h:210/Books", asked=asked)


def _wrapped(octets: bytes) -> bytes:
    return b"\x04" + bytes((len(octets),)) + octets


_OPAC_BER = encode_opac(OPAC_RECORD)
_GRS1_BER = encode_grs1(GENERIC_RECORD)


@pytest.mark.parametrize(
    ("syntax", "encoding", "data"),
    [
        (MARC21, ("octets", b"00366"), b"00366"),
        (UNIMARC, ("octets", b"00366"), b"00366"),
        (XML, ("octets", b"<record/>"), b"<record/>"),
        (XML, ("single", b"\x0c\x09<record/>"), b"<record/>"),
        (MARC21, ("single", b"\x04\x0500366"), b"00366"),
        (MARC21, ("single", b"\x04\x82\x00\x0500366"), b"00366"),
        (MARC21, ("bits", b"\x0000366"), b"00366"),
        (OPAC, ("single", _OPAC_BER), OPAC_RECORD),
        (OPAC, ("octets", _OPAC_BER), OPAC_RECORD),
        (OPAC, ("bits", b"\x00" + _OPAC_BER), OPAC_RECORD),
        (OPAC, ("single", _wrapped(_OPAC_BER)), OPAC_RECORD),
        (SUTRS, ("single", b"\x1b\x04text"), "text"),
        (SUTRS, ("single", b"\x3b\x80\x1b\x02te\x1b\x02xt\x00\x00"), "text"),
        (SUTRS, ("octets", b"text \xff"), "text ÿ"),
        (SUTRS, ("bits", b"\x00text"), "text"),
        (GRS1, ("single", _GRS1_BER), GENERIC_RECORD),
        (GRS1, ("octets", _GRS1_BER), GENERIC_RECORD),
        (GRS1, ("bits", b"\x00" + _GRS1_BER), GENERIC_RECORD),
        (GRS1, ("single", _wrapped(_GRS1_BER)), GENERIC_RECORD),
    ],
)
def test_forms(syntax: str, encoding: tuple[Any, Any], data: Any) -> None:
    """A record is read by its own syntax, from every form of EXTERNAL, whatever was asked for."""
    assert _read(External(syntax, None, encoding), asked=XML) == [Record(11, syntax, data, "Books")]


@pytest.mark.parametrize(("asked", "data"), [(MARC21, b"x"), (SUTRS, "x"), (XML, b"x")], ids=["marc21", "sutrs", "xml"])
def test_no_syntax(asked: str, data: Any) -> None:
    """A record whose EXTERNAL names no syntax is taken for the one asked for, and says that this is a guess."""
    assert _read(External(None, 3, ("octets", b"x")), asked=asked) == [Record(11, asked, data, "Books", guessed=True)]


def test_no_syntax_at_all() -> None:
    """A record of no syntax keeps its bytes under an empty one when none was asked for either."""
    assert _read(External(None, 3, ("octets", b"x"))) == [Record(11, "", b"x", "Books")]


def test_wrong_guess() -> None:
    """A record that is not what was asked for says that its syntax was a guess."""
    (found,) = _read(External(None, None, ("octets", b"00366")), asked=OPAC)
    assert isinstance(found, RecordError)
    assert found.reason.endswith("; the record names no syntax and was taken for the one asked for")
    assert (found.syntax, found.raw, found.position) == ("opac", b"00366", 11)


_UNREADABLE = [
    (OPAC, ("single", b"\x30\x03\xa1"), "opac record (3 bytes): PDU: a value runs past the end"),
    (OPAC, ("single", b""), "opac record (0 bytes): PDU: the value ends early"),
    (OPAC, ("octets", b"00366"), "opac record (5 bytes): PDU: a value runs past the end"),
    (OPAC, ("single", b"\x30\x80" * 100), "opac record (200 bytes): "),
    (SUTRS, ("single", b"\x02\x01\x00"), "sutrs record (3 bytes): PDU: a single-ASN1-type that is no string"),
    (SUTRS, ("single", b"\x3b\x80" * 100), "sutrs record (200 bytes): values nested deeper than 64"),
    (GRS1, ("single", b"\x30\x02\x30\x00"), "grs1 record (4 bytes): [0]: TaggedElement lacks the required field"),
    (GRS1, ("octets", b"?"), "grs1 record (1 bytes): PDU: the value ends early"),
    (MARC21, ("bits", b"\x010"), "marc21 record (2 bytes): PDU: a BIT STRING that is not whole octets"),
    (MARC21, ("bits", b""), "marc21 record (0 bytes): PDU: a BIT STRING that is not whole octets"),
    (MARC21, ("single", b"\x30\x00"), "marc21 record (2 bytes): PDU: a single-ASN1-type that is no string"),
]


@pytest.mark.parametrize(("syntax", "encoding", "reason"), _UNREADABLE)
def test_unreadable(syntax: str, encoding: tuple[Any, Any], reason: str) -> None:
    """A record that cannot be read is a value with its bytes and its position; its neighbours survive."""
    good = External(MARC21, None, ("octets", b"ok"))
    before, found, after = _read(good, External(syntax, None, encoding), good)
    assert isinstance(before, Record)
    assert isinstance(after, Record)
    assert (before.position, after.position) == (11, 13)
    assert isinstance(found, RecordError)
    assert (found.raw, found.position) == (encoding[1], 12)
    assert str(found).startswith(f"unreadable {reason}")


def test_part_of_an_opac_record() -> None:
    """An OPAC record with one holding that cannot be read is a record all the same."""
    (found,) = _read(External(OPAC, None, ("single", bytes.fromhex("300da10381014da206a204b3023000"))))
    assert isinstance(found, Record)
    assert isinstance(found.data, OpacRecord)
    assert found.data.bibliographic == b"M"
    assert [part.part for part in found.data.unreadable] == ["holding 1"]


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


MARC = External(MARC21, None, ("octets", b"00366"))


def _entry(arm: str, *fragment: Any) -> NamePlusRecord:
    return NamePlusRecord((arm, fragment), "Books")


WHOLE = NamePlusRecord(("retrieval", MARC), "Books")
_TAGGED = [
    _entry("starting", "external", External(MARC21, None, ("octets", b"00"))),
    _entry("intermediate", "octets", b"3"),
    _entry("intermediate", "external", External(None, None, ("single", b"\x04\x016"))),
    _entry("final", "external", External(None, None, ("bits", b"\x006"))),
]
_PIECES = compile_type(EXTERNAL).encode(MARC)
_UNTAGGED = [
    _entry("starting", "octets", _PIECES[:4]),
    _entry("intermediate", "octets", _PIECES[4:9]),
    _entry("final", "octets", _PIECES[9:]),
]


@pytest.mark.parametrize("fragments", [_TAGGED, _UNTAGGED], ids=["tagged", "pieces of an EXTERNAL"])
def test_fragments(fragments: list[NamePlusRecord]) -> None:
    """The fragments of a record are joined into one entry, its neighbours staying as they are."""
    assert join_fragments([WHOLE, *fragments, *fragments, WHOLE]) == [WHOLE] * 4
    assert join_fragments(fragments) == [WHOLE]


def test_fragments_without_a_syntax() -> None:
    """Fragments that name no syntax make a record of the syntax asked for."""
    fragments = [_entry("starting", "octets", b"00"), _entry("final", "octets", b"366")]
    joined = join_fragments(fragments)
    assert read_records(("response", tuple(joined)), 1, asked=MARC21) == [
        Record(1, MARC21, b"00366", "Books", guessed=True)
    ]


def test_whole_records_are_not_touched() -> None:
    """Without fragments nothing changes."""
    diagnostic = NamePlusRecord(("surrogate", DefaultDiagFormat(BIB1_DIAGNOSTICS, 16)))
    assert join_fragments([WHOLE, diagnostic, WHOLE]) == [WHOLE, diagnostic, WHOLE]
    assert join_fragments([]) == []


@pytest.mark.parametrize(
    ("fragments", "missing", "raw"),
    [
        (_TAGGED[:-1], "last", b"0036"),
        (_TAGGED[:1], "last", b"00"),
        (_TAGGED[1:], "first", b"366"),
        (_TAGGED[-1:], "first", b"6"),
        (_TAGGED[1:2], "first", b"3"),
        (_UNTAGGED[:1], "last", _PIECES[:4]),
    ],
)
def test_missing_fragment(fragments: list[NamePlusRecord], missing: str, raw: bytes) -> None:
    """A record of which a fragment is missing is one unreadable value in its place, with what came of it."""
    joined = join_fragments([WHOLE, *fragments, WHOLE])
    before, found, after = read_records(("response", tuple(joined)), 1)
    assert before == Record(1, MARC21, b"00366", "Books")
    assert after == Record(3, MARC21, b"00366", "Books")
    assert isinstance(found, RecordError)
    assert found.reason == f"sent in fragments, the {missing} of which is missing"
    assert (found.raw, found.position) == (raw, 2)


def test_fragments_not_joined() -> None:
    """Fragments that nobody joined are unreadable values, not an exception."""
    found = read_records(("response", tuple(_UNTAGGED)), 1)
    assert [type(each) for each in found] == [RecordError] * 3
