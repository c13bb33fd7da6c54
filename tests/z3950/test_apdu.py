"""The APDUs: read in every form of BER, written, and refused."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError, PduTooLarge, UnexpectedApdu
from locate.z3950.apdu import (
    Apdu,
    Close,
    DefaultDiagFormat,
    External,
    IdPass,
    InitializeRequest,
    InitializeResponse,
    PresentResponse,
    SearchRequest,
    UnknownApdu,
    decode_apdu,
    decode_apdu_prefix,
    encode_apdu,
)
from locate.z3950.apdu.external import EXTERNAL, octets_of
from locate.z3950.oids import BIB1_DIAGNOSTICS
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.schema import compile_type
from tests.z3950.rewriting import indefinite, long_form, nested
from tests.z3950.strategies import apdus, steady

INIT = InitializeResponse(frozenset({0, 1, 2}), frozenset({0, 1, 14}), 65536, 65536, result=True)


@steady
@given(apdus, st.sampled_from([bytes, indefinite, long_form]))
def test_roundtrip(apdu: Apdu, form: type[bytes]) -> None:
    """Every APDU that is written is read back equal, also with indefinite or long lengths."""
    assert decode_apdu(form(encode_apdu(apdu))) == apdu


@steady
@given(apdus, st.data())
def test_cut_short(apdu: Apdu, data: st.DataObject) -> None:
    """A PDU that is cut anywhere is an error with an offset inside it."""
    pdu = indefinite(encode_apdu(apdu))
    end = data.draw(st.integers(0, len(pdu) - 1))
    with pytest.raises(BerDecodeError) as caught:
        decode_apdu(pdu[:end])
    assert 0 <= caught.value.offset <= end


def test_init_request_octets() -> None:
    """A plain Init request has the octets that the standard's tags make."""
    request = InitializeRequest(frozenset({0, 1}), frozenset({0, 1}), 1024, 2048, implementation_name="x")
    assert encode_apdu(request).hex() == "b414830206c0840206c085020400860208009f6f0178"


def test_close_octets() -> None:
    """Close has the high tag number 48, and closeReason 211."""
    assert encode_apdu(Close(6)).hex() == "bf30059f81530106"
    assert decode_apdu(bytes.fromhex("bf30809f815301060000")) == Close(6)


@pytest.mark.parametrize(
    ("reason", "words"),
    [(0, "finished"), (6, "protocol error"), (9, "unspecified"), (-1, "reason -1"), (77, "reason 77")],
)
def test_close_reasons(reason: int, words: str) -> None:
    """A close reason has words, or its number when it is not the standard's."""
    assert Close(reason).reason_name == words


def test_search_request_octets() -> None:
    """A search with two attributes and two operands is written as the standard nests it."""
    query = to_rpn(parse_pqf("@and @attr 1=4 a @attr 1=1003 b"))
    request = SearchRequest(0, 1, 0, True, "default", ("Default",), ("type_1", query))  # noqa: FBT003 - the APDU's order
    assert encode_apdu(request).hex() == (
        "b6628d01008e01018f0100900101910764656661756c74b20a9f690744656661756c74"  # up to databaseNames
        "b53fa13d06072a8648ce130301a132"  # query, type-1, bib-1, rpnRpnOp
        "a014bf6611bf2c0a30089f7801019f7901049f2d0161"  # op, attrTerm: 1=4, term a
        "a015bf6612bf2c0b30099f7801019f790203eb9f2d0162"  # op, attrTerm: 1=1003, term b
        "bf2e028000"  # and
    )
    assert decode_apdu(encode_apdu(request)) == request


@pytest.mark.parametrize("identifier", ["b3", "bf25", "bf33", "bf8948"])
@pytest.mark.parametrize("content", ["00", "80800101" + "0000", "03020101"])
def test_unknown_types(identifier: str, content: str) -> None:
    """An APDU of a type that the standard does not have is a value, and is written as it came."""
    pdu = bytes.fromhex(identifier + content)
    apdu = decode_apdu(pdu)
    assert apdu == UnknownApdu(int(identifier, 16), pdu)
    assert apdu.reference_id is None
    assert encode_apdu(apdu) == pdu


@pytest.mark.parametrize("identifier", ["94", "30", "04", "0a", "7f8148", "9f8148"])
def test_no_apdu(identifier: str) -> None:
    """A value that is not context-tagged and constructed is no APDU of any type."""
    with pytest.raises(UnexpectedApdu, match=f"a value of type 0x{identifier.lstrip('0')}, which is no APDU"):
        decode_apdu(bytes.fromhex(identifier + "00"))


@pytest.mark.parametrize(("pdu", "reason"), [("b305", "runs past the end"), ("b380", "ends early"), ("b30000", "left")])
def test_unknown_type_cut(pdu: str, reason: str) -> None:
    """An APDU of an unknown type must be one whole value."""
    with pytest.raises(BerDecodeError, match=reason):
        decode_apdu(bytes.fromhex(pdu))


@steady
@given(apdus, st.binary(max_size=8), st.sampled_from([bytes, indefinite]))
def test_prefix(apdu: Apdu, tail: bytes, form: type[bytes]) -> None:
    """The APDU at the start of received octets is read, whatever follows, and its length told."""
    pdu = form(encode_apdu(apdu))
    assert decode_apdu_prefix(pdu + tail) == (apdu, len(pdu))
    with pytest.raises(BerDecodeError):
        decode_apdu_prefix(pdu[:-1])


def test_missing_field() -> None:
    """A required field that is missing is named."""
    with pytest.raises(BerDecodeError, match="InitializeResponse lacks the required field protocol_version"):
        decode_apdu(b"\xb5\x00")


def test_path_through_an_apdu() -> None:
    """An error deep inside names the whole path, list positions included."""
    pdu = bytes.fromhex("b9209801019901029b0100bc15301380016da10ea10c280a06022a03810441424344")
    assert isinstance(decode_apdu(pdu), PresentResponse)
    broken = pdu.replace(bytes.fromhex("06022a03"), bytes.fromhex("06022a83"))
    with pytest.raises(BerDecodeError, match="an object identifier that does not end at byte 26") as caught:
        decode_apdu(broken)
    assert caught.value.path == "records.[0].record.direct_reference"


def test_fields_of_later_versions() -> None:
    """Unknown fields behind, between and in front of the known ones are skipped."""
    pdu = encode_apdu(INIT)
    unknown = bytes.fromhex("bf876803040100" + "9f8768020000")
    content = unknown + pdu[2:] + unknown
    assert decode_apdu(pdu[:1] + bytes([len(content)]) + content) == INIT


def test_text_in_any_charset() -> None:
    """Text that is not UTF-8 is read as Latin-1, never refused."""
    pdu = encode_apdu(Close(0, "é")).replace("é".encode(), b"\xe9\xe8")
    assert decode_apdu(pdu) == Close(0, "éè")


def test_segmented_text() -> None:
    """A message in two segments is one text."""
    pdu = bytes.fromhex("bf30809f81530100a3801b01411b014200000000")
    assert decode_apdu(pdu) == Close(0, "AB")


def test_missing_addinfo() -> None:
    """A diagnostic without addinfo, as some targets send it, has an empty one."""
    answer = decode_apdu(bytes.fromhex("b9199801009901009b0105bf81020c06072a8648ce13040102010d"))
    assert isinstance(answer, PresentResponse)
    assert answer.records == ("diagnostic", DefaultDiagFormat(BIB1_DIAGNOSTICS, 13, ("v2", "")))


@pytest.mark.parametrize("definite", [True, False])
def test_nested_rpn(definite: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A query nested 5,000 deep is refused, not a RecursionError."""
    structure = nested(b"\xa1", 5000, definite=definite)
    rpn = bytes.fromhex("06072a8648ce130301") + structure
    pdu = b"\xb6\x80\xb5\x80\xa1\x80" + rpn + b"\x00\x00" * 3
    with pytest.raises(PduTooLarge, match="nested deeper than 64"):
        decode_apdu(pdu)


@pytest.mark.parametrize("definite", [True, False])
def test_nested_unknown_field(definite: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """An unknown field nested 5,000 deep is skipped when its length is known, refused when it must be walked."""
    field = nested(b"\xbf\x87\x68", 5000, definite=definite)
    pdu = b"\xb5\x80" + field + encode_apdu(INIT)[2:] + b"\x00\x00"
    if definite:
        assert decode_apdu(pdu) == INIT
    else:
        with pytest.raises(PduTooLarge, match="nested deeper than 64"):
            decode_apdu(pdu)


@pytest.mark.parametrize("definite", [True, False])
def test_nested_record(definite: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A record nested 5,000 deep is kept undecoded when its length is known, refused when it must be walked."""
    record = nested(b"\x30", 5000, definite=definite)
    length = b"\x83" + len(record).to_bytes(3, "big") if definite else b"\x80"
    external = (
        b"\x28\x80\x06\x07\x2a\x86\x48\xce\x13\x05\x66\xa0" + length + record + b"\x00\x00" * (1 if definite else 2)
    )
    pdu = bytes.fromhex("b9809801019901019b0100bc803080a180a180") + external + b"\x00\x00" * 5
    if definite:
        answer = decode_apdu(pdu)
        assert isinstance(answer, PresentResponse)
        assert answer.records is not None
        assert answer.records[1][0].record == ("retrieval", External("1.2.840.10003.5.102", None, ("single", record)))
    else:
        with pytest.raises(PduTooLarge, match="nested deeper than 64"):
            decode_apdu(pdu)


def test_the_password_is_never_shown() -> None:
    """The repr of a request with a password does not have it."""
    request = InitializeRequest(frozenset(), frozenset(), 1, 1, ("id_pass", IdPass("g", "ill", "s3cret")))
    assert "s3cret" not in repr(request)
    assert "user_id='ill'" in repr(request)
    assert decode_apdu(encode_apdu(request)) == request


@pytest.mark.parametrize(
    "content",
    [
        "8203 00 4142",  # primitive
        "a208 0302 0041 0302 0042",  # two segments, each with its own count of unused bits
        "a280 0302 0041 2304 0302 0042 0000",  # the same, indefinite, the second one constructed itself
    ],
)
def test_an_arbitrary_external_in_segments(content: str) -> None:
    """A BIT STRING is the same octets, whole or in segments, whose counts of unused bits are not data."""
    encoding = bytes.fromhex(content)
    external = bytes((0x28, len(encoding))) + encoding
    found = compile_type(EXTERNAL).decode(external)
    assert found.encoding == ("bits", b"\x00AB")
    assert octets_of(found) == b"AB"
