"""Whatever the bytes: a BibRecord or a RecordError, nothing else, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st

from locate.errors import RecordError
from locate.records import BibRecord, read_opac_xml, read_record, read_records_xml, split_marc, to_marcxml
from locate.z3950.opac import OpacRecord
from tests.records.build import everything, iso2709, marcxml

SEED = iso2709(
    "001 ocm00012345",
    "003 OCoLC",
    "007 cr cnu",
    "020 ##$a0803913060 (pbk.)",
    "245 10$aTitle /$n1$pPart$cName.",
    "300 ##$axii, 1,234 p. :$ball ill. +$e1 CD-ROM",
    "490 1#$aSeries ;$vv. 9",
    "505 0#$aOne -- Two / A -- Three",
    "533 ##$aMicrofiche.$d1990.",
    "776 08$iOnline:$z9780198526636",
    "880 10$6245-01$a標題",
)
XML_SEED = (
    f"<opacRecord><bibliographicRecord>{marcxml('001 1', '245 10$aTitle')}</bibliographicRecord></opacRecord>".encode()
)


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """Draw ``seed`` with some bytes replaced, a piece cut out and a piece put in."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(0, 6))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    start = draw(st.integers(0, len(data)))
    stop = min(len(data), start + draw(st.integers(0, 20)))
    return bytes(data[:start]) + draw(st.binary(max_size=12)) + bytes(data[stop:])


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(damaged(SEED), damaged(XML_SEED), st.binary(max_size=300)), st.sampled_from(["marc21", "unimarc", "xml"])
)
def test_any_bytes_give_a_record_or_an_error(data: bytes, syntax: str) -> None:
    """Damaged records and random bytes never raise, whatever is asked of them; an error keeps the bytes, and a record
    can be written again.
    """
    found = read_record(data, syntax)
    assert isinstance(found, BibRecord | RecordError)
    assert found.raw == data
    if isinstance(found, RecordError):
        assert found.reason
        return
    assert everything(found)
    assert found.to_pymarc().leader
    again = read_record(to_marcxml(found), "xml")
    assert isinstance(again, BibRecord)
    assert again.fields == found.fields


@settings(max_examples=200, deadline=None)
@given(damaged(XML_SEED))
def test_any_opac_xml_gives_a_record_or_an_error(data: bytes) -> None:
    """The OPAC reader and the reader of many records keep the same promise."""
    assert isinstance(read_opac_xml(data), OpacRecord | RecordError)
    assert isinstance(read_records_xml(data), list | RecordError)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(damaged(SEED), st.binary(max_size=30)), max_size=4).map(b"".join))
def test_splitting_loses_and_invents_nothing(data: bytes) -> None:
    """Chunks are pieces of the file, in order, and only junk bytes lie between them."""
    position = 0
    for chunk in split_marc(data):
        found = data.index(chunk, position)
        assert data[position:found].strip(b"\x00\t\n\r \x1a\xef\xbb\xbf") == b""
        position = found + len(chunk)
    assert data[position:].strip(b"\x00\t\n\r \x1a\xef\xbb\xbf") == b""


def _field(tag: str, code: str, text: str) -> bytes:
    return marcxml(f"{tag} ##${code}{text}").encode()


@pytest.mark.parametrize(
    "make",
    [
        lambda: _field("505", "a", " " * 200_000 + "--" * 100_000 + " " * 200_000),
        lambda: _field("505", "a", " / " * 200_000),
        lambda: _field("020", "a", "1-" * 200_000),
        lambda: _field("020", "a", "(" * 200_000),
        lambda: _field("020", "a", "9.1" * 100_000),
        lambda: _field("022", "a", " -" * 200_000),
        lambda: _field("035", "a", "(" + " " * 200_000),
        lambda: _field("035", "a", "ocolc" + " " * 200_000),
        lambda: _field("010", "a", " -/" * 100_000),
        lambda: _field("300", "a", "optical " * 100_000),
        lambda: _field("300", "a", "1, " * 200_000 + "p."),
        lambda: _field("300", "a", "9" * 500_000 + " p."),
        lambda: _field("300", "a", "1,234" * 100_000),
        lambda: _field("300", "e", "ivxlc" * 100_000),
        lambda: _field("490", "v", " ;" * 200_000),
        lambda: _field("500", "a", " " * 200_000 + "x" + "\n " * 100_000),
        lambda: _field("245", "a", "a" + "\u0301\u0323" * 100_000),
        lambda: (
            b"99999nam a2200025 a 4500" + b"001000600000" * 100_000 + b"\x1e" + b"x" * 9 + b"\x1e" * 100_000 + b"\x1d"
        ),
        lambda: b"00000nam a2200025 a 4500245999900000\x1e  " + b"\x1fa" * 500_000 + b"\x1e\x1d",
        lambda: b"00000nam  2200025 a 4500245999900000\x1e  \x1fa" + b"\xe2" * 500_000 + b"\x1e\x1d",
        lambda: b"00000nam  2200025 a 4500245999900000\x1e  \x1fa" + b"\x1b(" * 300_000 + b"\xe9\x1e\x1d",
    ],
)
def test_time_is_bounded_by_size(make: Callable[[], bytes]) -> None:
    """Texts made to send a pattern or the normaliser into quadratic time are taken apart within two seconds."""
    data = make()
    started = time.process_time()
    found = read_record(data, "xml" if data.startswith(b"<") else "marc21")
    if isinstance(found, BibRecord):
        assert everything(found)
    assert time.process_time() - started < 2


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Odd MARC-8, odd indicators and odd codes are reported in the record, never on standard error."""
    odd = iso2709(("245", b"\x1fa\x1b$1!0\xfc\xe9"), ("500", b"  \x1f\xe9x"), leader_09=" ")
    assert isinstance(read_record(odd, "marc21"), BibRecord)
    assert capfd.readouterr() == ("", "")
