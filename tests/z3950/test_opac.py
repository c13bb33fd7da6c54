"""The OPAC record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.apdu import External
from locate.z3950.apdu.external import EXTERNAL
from locate.z3950.oids import MARC21, SUTRS
from locate.z3950.opac import (
    CircRecord,
    HoldingsAndCirc,
    MarcHoldings,
    OpacRecord,
    UnreadablePart,
    Volume,
    decode_opac,
    encode_opac,
)
from locate.z3950.schema import Choice, Implicit, SequenceOf, compile_type
from tests.z3950.rewriting import indefinite, long_form, nested
from tests.z3950.strategies import opac_records, steady

_PARTS = compile_type(
    SequenceOf(Choice(bibliographic=Implicit(1, EXTERNAL), holdings=Implicit(2, SequenceOf(Implicit(1, EXTERNAL)))))
)


@steady
@given(opac_records, st.sampled_from([bytes, indefinite, long_form]))
def test_roundtrip(record: OpacRecord, form: type[bytes]) -> None:
    """Every OPAC record that is written is read back equal, also with indefinite or long lengths."""
    assert decode_opac(form(encode_opac(record))) == record


def test_octets() -> None:
    """A record is written with the standard's tags."""
    record = OpacRecord(
        "1.2.3",
        b"M",
        (
            HoldingsAndCirc(
                local_location="Main",
                call_number="QA",
                enum_and_chron="v.1",
                volumes=(Volume("1", None, "c"),),
                circulation=(CircRecord(available_now=True, item_id="7", on_hold=True, temporary_location="T"),),
            ),
            MarcHoldings("1.2.4", b"H"),
        ),
    )
    assert encode_opac(record).hex() == (
        "3042a10706022a0381014d"  # bibliographicRecord
        "a237a22c89044d61696e8b0251419103762e31"  # holdingsAndCirc: localLocation, callNumber, enumAndChron
        "b2083006810131830163"  # volumes
        "b311300f8101018501378601008701018a0154"  # circulationData
        "a10706022a04810148"  # marcHoldingsRecord
    )


def test_no_bibliographic_record() -> None:
    """Holdings may come without a bibliographic record."""
    record = OpacRecord(MARC21, None, (HoldingsAndCirc(call_number="QA"),))
    assert decode_opac(encode_opac(record)) == record


def test_empty() -> None:
    """An empty record has neither bibliographic record nor holdings."""
    assert decode_opac(b"\x30\x00") == OpacRecord(MARC21, None, ())


def test_external_without_a_syntax() -> None:
    """A record whose EXTERNAL names no syntax counts as MARC 21."""
    assert decode_opac(bytes.fromhex("3005a10381014d")) == OpacRecord(MARC21, b"M", ())


def test_unknown_fields() -> None:
    """Fields that the standard does not have are skipped."""
    octets = bytes.fromhex("300fa10381014da205a2038b0141a50100")
    assert decode_opac(octets) == OpacRecord(MARC21, b"M", (HoldingsAndCirc(call_number="A"),))


@pytest.mark.parametrize(
    "encoding",
    [
        ("octets", b"marc"),
        ("bits", b"\x00marc"),
        ("single", b"\x04\x04marc"),
        ("single", b"\x24\x80\x04\x02ma\x04\x02rc\x00\x00"),
        ("single", b"\x1a\x04marc"),
        ("single", b"\x1b\x04marc"),
        ("single", b"\x0c\x81\x04marc"),
    ],
)
def test_forms_of_external(encoding: Any) -> None:
    """Bibliographic and MARC holdings records come in every form of EXTERNAL."""
    external = External("1.2.3", None, encoding)
    octets = _PARTS.encode((("bibliographic", external), ("holdings", (external, external))))
    holding = MarcHoldings("1.2.3", b"marc")
    assert decode_opac(octets) == OpacRecord("1.2.3", b"marc", (holding, holding))


def test_text_as_bibliographic_record() -> None:
    """A bibliographic record that is not MARC keeps its own syntax."""
    octets = _PARTS.encode((("bibliographic", External(SUTRS, None, ("single", b"\x1b\x04text"))),))
    assert decode_opac(octets) == OpacRecord(SUTRS, b"text", ())


@pytest.mark.parametrize(
    ("octets", "path", "reason"),
    [
        ("", "", "the value ends early"),
        ("0400", "", "unexpected identifier 0x4"),
        ("3004a1020600", "bibliographic.direct_reference", "does not end"),
        ("3004a2028100", "holdings.[0]", "unexpected identifier 0x81"),
        ("3006a204a2028b05", "holdings.[0].call_number", "runs past the end"),
        ("3008a206a204b3023000", "holdings.[0].circulation.[0]", "CircRecord lacks the required field available_now"),
        ("3007a105a003020100", "", "a single-ASN1-type that is no string"),
        ("3009a207a105a003020100", "", "a single-ASN1-type that is no string"),
        ("3006a1048202018f", "", "a BIT STRING that is not whole octets"),
    ],
)
def test_malformed(octets: str, path: str, reason: str) -> None:
    """A record of which no part can be read is an error with the path into holdings and circulation."""
    with pytest.raises(BerDecodeError, match=reason) as caught:
        decode_opac(bytes.fromhex(octets))
    assert caught.value.path == path


BIBLIOGRAPHIC = "a10706022a0381014d"
HOLDING = "a2038b0141"  # holdingsAndCirc with a call number
NO_CIRCULATION = "a204b3023000"  # a circulation record without availableNow
UNREADABLE_MARC = "a105a003020100"


def _opac(bibliographic: str, *holdings: str) -> bytes:
    inner = bytes.fromhex("".join(holdings))
    content = bytes.fromhex(bibliographic) + (bytes((0xA2, len(inner))) + inner if inner else b"")
    return bytes((0x30, len(content))) + content


@pytest.mark.parametrize("form", [bytes, indefinite, long_form])
@pytest.mark.parametrize("bad", [NO_CIRCULATION, UNREADABLE_MARC, "a2048b82ffff", "850141"])
def test_one_bad_holding(bad: str, form: type[bytes]) -> None:
    """A holding that cannot be read is kept as such, with the reason; all other parts are read."""
    form = bytes if bad == "a2048b82ffff" else form
    found = decode_opac(form(_opac(BIBLIOGRAPHIC, HOLDING, bad, HOLDING)))
    assert found.bibliographic == b"M"
    assert found.holdings == (HoldingsAndCirc(call_number="A"),) * 2
    (part,) = found.unreadable
    assert part == UnreadablePart("holding 2", part.reason, form(bytes.fromhex(bad)))
    assert part.reason


@pytest.mark.parametrize("form", [bytes, indefinite, long_form])
def test_bad_bibliographic_record(form: type[bytes]) -> None:
    """Holdings are read although the bibliographic record cannot be."""
    found = decode_opac(form(_opac(UNREADABLE_MARC, HOLDING)))
    assert (found.bibliographic, found.holdings) == (None, (HoldingsAndCirc(call_number="A"),))
    assert found.unreadable == (
        UnreadablePart(
            "bibliographic record",
            "PDU: a single-ASN1-type that is no string of octets or characters at byte 0",
            form(bytes.fromhex(UNREADABLE_MARC)),
        ),
    )


@pytest.mark.parametrize("cut", range(1, 12))
def test_cut_off(cut: int) -> None:
    """Of a record that is cut off, what came whole is read."""
    found = decode_opac(_opac(BIBLIOGRAPHIC, HOLDING, HOLDING)[:-cut])
    assert found.bibliographic == b"M"
    assert found.holdings == (HoldingsAndCirc(call_number="A"),) * (2 - (cut + 4) // 5)
    assert found.unreadable


def test_left_over() -> None:
    """What follows a whole record is no part of it, and is told."""
    data = _opac(BIBLIOGRAPHIC) + b"\x00\x00\x00"
    found = decode_opac(data)
    assert found.bibliographic == b"M"
    assert found.unreadable == (UnreadablePart("record", "PDU: 3 bytes left over at byte 11", data),)


def test_nested_holding() -> None:
    """A holding nested 5,000 deep costs only itself."""
    deep = b"\xa2\x80" + nested(b"\xb2", 5000, definite=False) + b"\x00\x00"
    data = b"\x30\x80" + bytes.fromhex(BIBLIOGRAPHIC) + b"\xa2\x80" + bytes.fromhex(HOLDING) + deep
    found = decode_opac(data + b"\x00\x00" * 2)
    assert found.bibliographic == b"M"
    assert found.holdings == (HoldingsAndCirc(call_number="A"),)
    assert [part.part for part in found.unreadable] == ["holding 2"]


def test_nested_alone() -> None:
    """A record that is nothing but nested too deep is refused."""
    with pytest.raises(PduTooLarge, match="nested deeper than 64"):
        decode_opac(nested(b"\x30", 5000, definite=False))


def test_too_many_bad_holdings() -> None:
    """A record that is mostly rubbish is given up after a hundred parts, with what could be read until then."""
    inner = bytes.fromhex(HOLDING) + b"\x85\x00" * 1000 + bytes.fromhex(HOLDING)
    length = b"\x82" + len(inner).to_bytes(2, "big")
    found = decode_opac(b"\x30\x80\xa2" + length + inner + b"\x00\x00")
    assert found.holdings == (HoldingsAndCirc(call_number="A"),)
    assert len(found.unreadable) == 101
    assert found.unreadable[-1] == UnreadablePart("record", "so many parts cannot be read that the rest was left", b"")


@steady
@given(opac_records, st.data())
def test_damaged(record: OpacRecord, data: st.DataObject) -> None:
    """An octet changed anywhere gives a record, whose unreadable parts are pieces of what came, or a decode error."""
    octets = bytearray(encode_opac(record))
    octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = decode_opac(bytes(octets))
    except (BerDecodeError, PduTooLarge):
        return
    assert all(part.raw in octets for part in found.unreadable)
