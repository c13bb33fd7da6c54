"""The framer and the header primitives."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.apdu import Close, encode_apdu
from locate.z3950.ber import (
    CONTEXT,
    DEFAULT_MAX_PDU_BYTES,
    INDEFINITE,
    Framer,
    encode_identifier,
    encode_length,
    read_header,
    skip_value,
)
from tests.z3950.rewriting import indefinite, long_form, nested
from tests.z3950.strategies import apdus, steady

CLOSE = encode_apdu(Close(0, "good bye"))


def _chunks(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@pytest.mark.parametrize(
    ("tag", "octets"), [(0, "a0"), (30, "be"), (31, "bf1f"), (127, "bf7f"), (201, "bf8149"), (2**21 - 1, "bfffff7f")]
)
def test_identifiers(tag: int, octets: str) -> None:
    """An identifier is written in the shortest form and read back as one number."""
    assert encode_identifier(CONTEXT, tag, constructed=True).hex() == octets
    assert read_header(bytes.fromhex(octets) + b"\x00", 0)[0] == int(octets, 16)


@given(st.integers(0, 2**64 - 1))
def test_lengths(length: int) -> None:
    """A definite length is read back, however long, without its content being there; it is in the shortest form."""
    octets = b"\x30" + encode_length(length)
    assert read_header(octets, 0) == (0x30, len(octets), len(octets) + length)
    assert len(octets) == (2 if length < 128 else 2 + (length.bit_length() + 7) // 8)


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        ("bfffffffff7f00", "tag number of more than four octets"),
        ("0480", "indefinite length on a primitive value"),
        ("9f814980", "indefinite length on a primitive value"),
        ("3089000000000000000000", "length written in 9 octets"),
        ("30ff", "length written in 127 octets"),
    ],
)
def test_what_is_no_header(octets: str, reason: str) -> None:
    """Headers beyond the limits are errors with their offset."""
    with pytest.raises(BerDecodeError, match=reason) as caught:
        read_header(bytes.fromhex("0000" + octets), 2)
    assert caught.value.offset == 2


@pytest.mark.parametrize("octets", ["", "30", "bf", "bf81", "3082", "308201"])
def test_a_cut_header(octets: str) -> None:
    """A header that is not all there is an IndexError, which only the framer may take for "need more"."""
    with pytest.raises(IndexError):
        read_header(bytes.fromhex(octets), 0)


def test_skip_value() -> None:
    """Skipping goes behind the whole value, indefinite ones inside included."""
    value = nested(b"\xa1", 3, definite=False)
    assert read_header(value, 0)[2] == INDEFINITE
    assert skip_value(value + b"\x05\x00", 0, len(value) + 2) == len(value)


@pytest.mark.parametrize("octets", ["a180a18000000000", "a18004820100", "bf816480bf8164020500", "a18024800000"])
def test_skip_value_not_all_there(octets: str) -> None:
    """A value to skip whose octets end within it is an IndexError, or runs past what holds it."""
    data = bytes.fromhex(octets)
    for size in range(len(data)):
        with pytest.raises((IndexError, BerDecodeError)):
            skip_value(data[:size], 0, size)


@pytest.mark.parametrize("around", [0, 1, 62])
def test_skip_value_counts_what_is_around_it(around: int) -> None:
    """The values open around a value to skip count for its depth."""
    fits, deeper = (nested(b"\xa1", levels - around, definite=False) for levels in (64, 65))
    assert skip_value(fits, 0, len(fits), around) == len(fits)
    with pytest.raises(PduTooLarge, match="nested deeper than 64"):
        skip_value(deeper, 0, len(deeper), around)


@pytest.mark.parametrize("octets", ["300504", "3080300504"])
def test_skip_value_over_the_edge(octets: str) -> None:
    """A value to skip that runs past what holds it is an error."""
    data = bytes.fromhex(octets)
    with pytest.raises(BerDecodeError, match="runs past the end"):
        skip_value(data, 0, len(data))


def test_skip_value_too_deep() -> None:
    """A value to skip that nests too deep is refused without recursion."""
    data = nested(b"\xa1", 5000, definite=False)
    with pytest.raises(PduTooLarge, match="nested deeper than 64 at byte 128"):
        skip_value(data, 0, len(data))


@steady
@given(apdus, st.sampled_from([bytes, indefinite, long_form]), st.lists(st.integers(0, 2000), max_size=8))
def test_any_cuts(apdu: object, form: type[bytes], cuts: list[int]) -> None:
    """Two PDUs of any form, cut anywhere, come out as they went in, each as soon as it is complete."""
    pdu = form(encode_apdu(apdu))  # type: ignore[arg-type]
    framer, out = Framer(), []
    for chunk in _chunks(pdu + CLOSE, cuts):
        framer.feed(chunk)
        while (found := framer.next_pdu()) is not None:
            out.append(found)
    assert out == [pdu, CLOSE]
    assert framer.pending == 0


@pytest.mark.parametrize("form", [bytes, indefinite, long_form])
def test_complete_with_its_last_octet(form: type[bytes]) -> None:
    """Octet by octet, a PDU comes with its last octet, and the next one is not mixed up with it."""
    pdu = form(CLOSE)
    framer = Framer()
    for _ in range(3):
        for index, octet in enumerate(pdu, 1):
            framer.feed(bytes([octet]))
            assert framer.next_pdu() == (pdu if index == len(pdu) else None)


def test_a_definite_pdu_completed_together_with_the_next() -> None:
    """The rest of a PDU and the next one in the same read are two PDUs."""
    framer = Framer()
    framer.feed(CLOSE[:5])
    assert framer.next_pdu() is None
    framer.feed(CLOSE[5:] + CLOSE)
    assert [framer.next_pdu(), framer.next_pdu(), framer.next_pdu()] == [CLOSE, CLOSE, None]


@pytest.mark.parametrize("announced", ["b7850100000000", "b78500ffffffff", "b784ffffffff", "b788ffffffffffffffff"])
def test_four_gib_announced(announced: str) -> None:
    """A PDU announced larger than the limit is refused with its header, and nothing more is kept."""
    framer = Framer()
    framer.feed(bytes.fromhex(announced))
    with pytest.raises(PduTooLarge, match=r"a PDU of at least [\d,]+ bytes; the limit is 16,777,216"):
        framer.next_pdu()
    framer.feed(b"\x00" * 65536)
    assert framer.pending == 0


def test_too_large_inside_an_indefinite_length() -> None:
    """A value inside that alone goes beyond the limit is refused with its header."""
    framer = Framer(max_pdu_bytes=1000)
    framer.feed(bytes.fromhex("b7809f8149") + b"\x82\x03\xe8")
    with pytest.raises(PduTooLarge, match="at least 1,008 bytes; the limit is 1,000"):
        framer.next_pdu()


def test_too_large_by_small_steps() -> None:
    """An indefinite length of small values is refused when it has grown beyond the limit."""
    framer = Framer(max_pdu_bytes=1000)
    framer.feed(b"\xb7\x80")
    for _ in range(332):
        framer.feed(b"\x02\x01\x00")
        assert framer.next_pdu() is None
    framer.feed(b"\x02\x01\x00")
    with pytest.raises(PduTooLarge, match="at least 1,001 bytes; the limit is 1,000"):
        framer.next_pdu()


def test_just_the_limit() -> None:
    """A PDU of exactly the limit passes."""
    framer = Framer(max_pdu_bytes=len(CLOSE))
    framer.feed(CLOSE)
    assert framer.next_pdu() == CLOSE
    assert DEFAULT_MAX_PDU_BYTES == 16 * 1024 * 1024


def test_five_thousand_nested() -> None:
    """Indefinite lengths nested 5,000 deep are refused at the 65th."""
    framer = Framer()
    framer.feed(nested(b"\xb7", 5000, definite=False))
    with pytest.raises(PduTooLarge, match="nested deeper than 64 at byte 128"):
        framer.next_pdu()


@pytest.mark.parametrize("garbage", [b"HTTP/1.1 400 Bad Request", b"\xff\xff\xff\xff", b"\x00\x00", b"\x30\x03"])
def test_garbage(garbage: bytes) -> None:
    """What does not start like an APDU is refused with its first octet."""
    framer = Framer()
    framer.feed(garbage)
    with pytest.raises(BerDecodeError, match=f"first byte 0x{garbage[0]:02x}") as caught:
        framer.next_pdu()
    assert caught.value.offset == 0


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        ("bfffffffffffffffffffffffffffff", "tag number of more than four octets at byte 0"),
        ("b780000100", "end-of-contents with a length at byte 2"),
        ("b780008100", "end-of-contents with a length at byte 2"),
        ("b78000820000", "end-of-contents with a length at byte 2"),
        ("b7800480", "indefinite length on a primitive value at byte 2"),
    ],
)
def test_malformed(octets: str, reason: str) -> None:
    """Malformed framing is an error with the offset, and the framer stays failed with the same error."""
    framer = Framer()
    framer.feed(bytes.fromhex(octets))
    with pytest.raises(BerDecodeError, match=reason) as first:
        framer.next_pdu()
    framer.feed(CLOSE)
    with pytest.raises(BerDecodeError) as second:
        framer.next_pdu()
    assert second.value is first.value


def test_time_is_linear() -> None:
    """Asking after every octet does not walk the PDU from its start again."""
    pdu = b"\xb7\x80" + b"\x02\x01\x00" * 30_000 + b"\x00\x00"
    framer = Framer()
    started = time.process_time()
    for start in range(0, len(pdu), 10):
        framer.feed(pdu[start : start + 10])
        found = framer.next_pdu()
    assert found == pdu
    assert time.process_time() - started < 2.0  # quadratic would be 4,500 times 30,000 steps
