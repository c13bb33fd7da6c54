"""asn1tools, with ASN.1 written for these tests, reads what we write and writes what we read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asn1tools
import pytest
from hypothesis import given, settings, strategies as st

from locate.z3950.apdu import Apdu, SearchResponse, decode_apdu, encode_apdu
from locate.z3950.opac import OpacRecord, decode_opac, encode_opac
from tests.oracle.mapping import opac_value, pdu_value
from tests.wire.samples import load
from tests.z3950 import strategies
from tests.z3950.rewriting import indefinite

APDUS = {
    name: getattr(strategies, name)
    for name in (
        "init_requests",
        "init_responses",
        "search_requests",
        "search_responses",
        "present_requests",
        "present_responses",
        "closes",
    )
}
# Samples without a record in the single-ASN1-type form of EXTERNAL.
SAMPLES = (
    "search_marc21",
    "search_marcxml",
    "search_without_records",
    "search_unknown_database",
    "search_surrogate",
    "present_marc21",
    "present_out_of_range",
    "close_response",
)


@pytest.fixture(scope="module")
def oracle() -> Any:
    """Return the compiled ASN.1."""
    return asn1tools.compile_files(str(Path(__file__).with_name("z3950.asn")), "ber")


@pytest.mark.parametrize("name", APDUS)
@settings(strategies.steady, max_examples=60)
@given(data=st.data())
def test_apdus(oracle: Any, name: str, data: st.DataObject) -> None:
    """For APDUs of every type, both decoders read both encodings, definite and indefinite, alike."""
    apdu: Apdu = data.draw(APDUS[name])
    value = pdu_value(apdu)
    ours, theirs = encode_apdu(apdu), bytes(oracle.encode("PDU", value))
    assert len(ours) == len(theirs)
    assert oracle.decode("PDU", ours) == value
    assert decode_apdu(theirs) == apdu
    assert decode_apdu(indefinite(theirs)) == apdu
    assert oracle.decode("PDU", indefinite(ours)) == value


@settings(strategies.steady, max_examples=100)
@given(record=strategies.opac_records)
def test_opac_records(oracle: Any, record: OpacRecord) -> None:
    """Both decoders read both encodings of an OPAC record alike."""
    value = opac_value(record)
    ours, theirs = encode_opac(record), bytes(oracle.encode("OPACRecord", value))
    assert len(ours) == len(theirs)
    assert oracle.decode("OPACRecord", ours) == value
    assert decode_opac(theirs) == record
    assert decode_opac(indefinite(theirs)) == record


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(oracle: Any, name: str) -> None:
    """What a real target sent is read alike."""
    assert oracle.decode("PDU", load(name)) == pdu_value(decode_apdu(load(name)))


def test_init_sample(oracle: Any) -> None:
    """An Init response whose bit strings are padded to whole octets is read alike."""
    sample = load("init_response")
    assert decode_apdu(bytes(oracle.encode("PDU", oracle.decode("PDU", sample)))) == decode_apdu(sample)


def test_opac_sample(oracle: Any) -> None:
    """The OPAC record that a real target sent is read alike."""
    answer = decode_apdu(load("search_opac"))
    assert isinstance(answer, SearchResponse)
    assert answer.records is not None
    content = answer.records[1][0].record[1].encoding[1]
    assert oracle.decode("OPACRecord", content) == opac_value(decode_opac(content))
