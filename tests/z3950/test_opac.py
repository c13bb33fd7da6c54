"""The OPAC record."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError
from locate.z3950.oids import MARC21
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord, Volume, decode_opac, encode_opac
from tests.z3950.rewriting import indefinite, long_form
from tests.z3950.strategies import opac_records, steady


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
    ("octets", "path", "reason"),
    [
        ("", "", "the value ends early"),
        ("0400", "", "unexpected identifier 0x4"),
        ("3004a1020600", "bibliographic.direct_reference", "does not end"),
        ("3004a2028100", "holdings.[0]", "unexpected identifier 0x81"),
        ("3006a204a2028b05", "holdings.[0].call_number", "runs past the end"),
        ("3008a206a204b3023000", "holdings.[0].circulation.[0]", "CircRecord lacks the required field available_now"),
        ("3007a105a003020100", "bibliographicRecord", "a record in the single form of EXTERNAL"),
        ("3009a207a105a003020100", "holdingsData", "a record in the single form of EXTERNAL"),
    ],
)
def test_malformed(octets: str, path: str, reason: str) -> None:
    """A malformed record is an error with the path into holdings and circulation."""
    with pytest.raises(BerDecodeError, match=reason) as caught:
        decode_opac(bytes.fromhex(octets))
    assert caught.value.path == path
