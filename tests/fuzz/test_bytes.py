"""Whatever comes over the wire: a value, a need for more, or a RemoteProtocolError. Any other exception is a bug."""

# ruff: noqa: PT017 - an error is one of the outcomes that a property allows, and has properties itself

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st

from locate.errors import BerDecodeError, PduTooLarge, RecordError, RemoteProtocolError
from locate.z3950.apdu import PresentResponse, SearchResponse, decode_apdu, encode_apdu
from locate.z3950.ber import Framer
from locate.z3950.opac import decode_opac, encode_opac
from locate.z3950.protocol import NEED_DATA, Association, Origin, Signal, State, TargetSide
from locate.z3950.retrieval import Record, SurrogateDiagnostic, diagnostic_of, read_records
from tests.wire.samples import NAMES, load
from tests.z3950.rewriting import indefinite, long_form
from tests.z3950.strategies import apdus, opac_records, steady

_FORMS: tuple[Callable[[bytes], bytes], ...] = (bytes, indefinite, long_form)
_SAMPLES = [load(name) for name in NAMES]
# Octets that BER gives a meaning to are tried more often than others.
_octets = st.sampled_from(b"\x00\x80\x81\x84\xff\x30\x28\x24\x04\xa0\xa1\xbc\xb7\xbf\x1f\x7f") | st.integers(0, 255)
_ber_like = st.lists(_octets, max_size=80).map(bytes)
_pdus = st.sampled_from(_SAMPLES) | st.builds(
    lambda apdu, form: form(encode_apdu(apdu)), apdus, st.sampled_from(_FORMS)
)


@st.composite
def _mutated(draw: st.DrawFn, originals: st.SearchStrategy[bytes]) -> bytes:
    """Return one of ``originals`` with a few octets changed, put in, taken out, or cut off at the end."""
    data = bytearray(draw(originals))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["change", "insert", "remove", "cut", "repeat"])):
            case "change" if at < len(data):
                data[at] = draw(_octets)
            case "insert":
                data[at:at] = draw(_ber_like)
            case "remove":
                del data[at : at + draw(st.integers(1, 8))]
            case "cut":
                del data[at:]
            case "repeat":
                data[at:at] = data[at : at + draw(st.integers(1, 40))]
    return bytes(data)


_hostile = st.binary(max_size=200) | _ber_like | _mutated(_pdus)


def _read_response(apdu: object) -> None:
    """Read the records as the client does; every one of them is a value."""
    if isinstance(apdu, SearchResponse | PresentResponse):
        for found in read_records(apdu.records, 1, target="h:210/D"):
            assert isinstance(found, Record | SurrogateDiagnostic | RecordError)
            assert str(found)
        error = diagnostic_of(apdu.records)
        assert error is None or str(error)


@settings(steady, max_examples=400)
@given(_hostile)
def test_decode(data: bytes) -> None:
    """Decoding octets as a PDU gives an APDU or a RemoteProtocolError with its place."""
    try:
        apdu = decode_apdu(data)
    except BerDecodeError as error:
        assert 0 <= error.offset <= len(data)
        assert str(error).endswith(f"at byte {error.offset}")
    except RemoteProtocolError as error:
        assert str(error)
    else:
        _read_response(apdu)


@settings(steady, max_examples=300)
@given(_hostile, st.integers(1, 64))
def test_framer(data: bytes, size: int) -> None:
    """The framer gives the octets back in order, keeps the rest, or fails for good."""
    framer, out = Framer(max_pdu_bytes=4096), b""
    try:
        for start in range(0, len(data), size):
            framer.feed(data[start : start + size])
            while (pdu := framer.next_pdu()) is not None:
                assert pdu
                out += pdu
    except (BerDecodeError, PduTooLarge) as error:
        assert framer.pending == 0
        with pytest.raises(type(error)):
            framer.next_pdu()
    else:
        assert out + data[len(out) :] == data
        assert framer.pending == len(data) - len(out)


@settings(steady, max_examples=200)
@given(_hostile)
def test_framing_does_not_depend_on_reads(data: bytes) -> None:
    """Whole or octet by octet, the same PDUs come out."""
    results = []
    for size in (max(len(data), 1), 1):
        framer, out = Framer(max_pdu_bytes=4096), []
        try:
            for start in range(0, len(data), size):
                framer.feed(data[start : start + size])
                while (pdu := framer.next_pdu()) is not None:
                    out.append(pdu)
        except (BerDecodeError, PduTooLarge):
            out.append(b"failed")
        results.append(out)
    assert results[0] == results[1]


@settings(steady, max_examples=300)
@given(
    st.sampled_from([Origin, TargetSide]),
    st.sampled_from(State),
    st.lists(_mutated(_pdus) | _pdus | _ber_like, max_size=4),
    st.booleans(),
)
def test_association(role: type[Association], state: State, chunks: list[bytes], ends: bool) -> None:  # noqa: FBT001
    """In any state, whatever comes is an event, NEED_DATA, END, or a RemoteProtocolError that ends the association."""
    side = role(max_pdu_bytes=8192)
    side.state = state
    for chunk in [*chunks, *([b""] if ends else [])]:
        side.receive_data(chunk)
        try:
            while not isinstance(event := side.next_event(), Signal):
                _read_response(event)
        except RemoteProtocolError as error:
            assert str(error)
            assert side.state is State.CLOSED
    assert side.next_event() in set(Signal)
    if ends and side.state is not State.CLOSED:
        assert side.next_event() is not NEED_DATA


@settings(steady, max_examples=300)
@given(st.binary(max_size=100) | _ber_like | _mutated(opac_records.map(encode_opac)))
def test_opac(data: bytes) -> None:
    """Octets read as an OPAC record give one or a RemoteProtocolError."""
    try:
        decode_opac(data)
    except BerDecodeError as error:
        assert 0 <= error.offset <= len(data)
    except PduTooLarge as error:
        assert "nested deeper" in str(error)
