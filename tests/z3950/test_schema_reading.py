"""The functions made of the schema: fields in any order, the offset behind a value, and what instances they make."""

from __future__ import annotations

import copy
import pickle
import re
import time
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from locate.errors import BerDecodeError, PduTooLarge, RemoteProtocolError
from locate.z3950 import opac
from locate.z3950.apdu import _CODEC as PDU, Close, InitializeResponse, SearchResponse, decode_apdu, encode_apdu
from locate.z3950.apdu.rpn import RPN_QUERY, RpnQuery, RpnRpnOp
from locate.z3950.ber import Framer
from locate.z3950.schema import (
    ANY,
    BIT_STRING,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Lazy,
    Sequence,
    SequenceOf,
    Type,
    compile_type,
    primitives,
    reading,
)
from locate.z3950.schema.functions import Source
from tests.wire.samples import NAMES, load
from tests.z3950.rewriting import indefinite, long_form, nested
from tests.z3950.strategies import apdus, steady

_FORMS: tuple[Callable[[bytes], bytes], ...] = (bytes, indefinite, long_form)
# Octets that BER gives a meaning to are tried more often than others.
_octets = st.sampled_from(b"\x00\x80\x81\x82\x84\xff\x30\x28\x24\x04\xa0\xa1\xbc\xb7\xbf\x1f") | st.integers(0, 255)
_samples = st.sampled_from([load(name) for name in NAMES])
_pdus = _samples | st.builds(lambda apdu, form: form(encode_apdu(apdu)), apdus, st.sampled_from(_FORMS))


@dataclass(frozen=True, slots=True)
class Three:
    """A SEQUENCE whose fields have one, two and three octets of identifier."""

    first: str
    second: int | None = None
    third: tuple[bytes, ...] = ()


THREE = Sequence(
    Three,
    Field("first", Implicit(1, STRING)),
    Field("second", Implicit(40, INTEGER)),
    Field("third", Implicit(300, SequenceOf(OCTET_STRING))),
)
_CODEC = compile_type(THREE)
_FIELDS = {
    "first": bytes.fromhex("8102c3a9"),
    "second": bytes.fromhex("9f28020100"),
    "third": bytes.fromhex("bf822c050401010400"),
    "unknown": bytes.fromhex("a505300302010a"),
    "far": bytes.fromhex("bf8149050403ffffff"),
    "zero": bytes.fromhex("9f290400000000"),
}


@st.composite
def _changed(draw: st.DrawFn, originals: st.SearchStrategy[bytes]) -> bytes:
    """Return one of ``originals`` with a few octets changed, put in or taken out."""
    data = bytearray(draw(originals))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 4))] = bytes(draw(st.lists(_octets, max_size=4)))
    return bytes(data)


def _outcome(decode: Callable[[bytes], Any], data: bytes) -> Any:
    """Return the value, or the class of the error."""
    try:
        return decode(data)
    except RemoteProtocolError as error:
        return type(error)


@pytest.mark.parametrize("name", NAMES)
def test_prefix_of_samples(name: str) -> None:
    """The offset behind a sample is its length, whatever follows; cut short it is an error, never a value."""
    pdu = load(name)
    value, end = PDU.decode_prefix(pdu + b"\xff\x00tail")
    assert (value, end) == (PDU.decode(pdu), len(pdu))
    for size in range(0, len(pdu), 1 + len(pdu) // 100):
        with pytest.raises(BerDecodeError):
            PDU.decode_prefix(pdu[:size])


@settings(steady, max_examples=400)
@given(_changed(_pdus), st.binary(max_size=12) | _samples)
def test_prefix_and_framer_agree(data: bytes, tail: bytes) -> None:
    """What is decoded at the start of a chunk ends where the framer cuts; what is framed and decoded is so at once."""
    framer = Framer()
    framer.feed(data + tail)
    try:
        pdu = framer.next_pdu()
    except RemoteProtocolError:
        pdu = None
    at_once = _outcome(PDU.decode_prefix, data + tail)
    if isinstance(at_once, tuple):
        assert pdu is not None
        assert at_once[1] == len(pdu)
    if pdu is not None:
        framed = _outcome(PDU.decode, pdu)
        assert at_once == (framed if isinstance(framed, type) else (framed, len(pdu)))


@settings(steady, max_examples=300)
@given(_changed(_pdus))
def test_what_is_read_can_be_written(data: bytes) -> None:
    """A value read from octets in any form is the same when it is written in definite form and read in every form."""
    value = _outcome(decode_apdu, data)
    if isinstance(value, SearchResponse | InitializeResponse | Close) and "single" not in repr(value):
        octets = encode_apdu(value)
        assert [decode_apdu(form(octets)) for form in _FORMS] == [value] * 3


@steady
@given(st.permutations(list(_FIELDS)), st.sets(st.sampled_from(list(_FIELDS))), st.sampled_from(_FORMS))
def test_fields_in_any_order(order: list[str], left_out: set[str], form: Callable[[bytes], bytes]) -> None:
    """Fields are found in any order, with unknown ones anywhere between them, in any form."""
    names = [name for name in order if name not in left_out - {"first"}]
    content = b"".join(_FIELDS[name] for name in names)
    expected = Three("é", 256 if "second" in names else None, (b"\x01", b"") if "third" in names else ())
    assert _CODEC.decode(form(b"\x30" + bytes([len(content)]) + content)) == expected


@pytest.mark.parametrize("octets", ["300d 810141 810142 9f280101 810143", "3080 810141 9f280101 810143 0000"])
def test_a_repeated_field(octets: str) -> None:
    """Of a field that is sent again the last one counts."""
    assert _CODEC.decode(bytes.fromhex(octets)) == Three("C", 1)


@pytest.mark.parametrize("order", ["lro", "olr", "lor", "lroo"])
def test_operands_share_an_identifier(order: str) -> None:
    """The two operands of an RPN operator are told apart by their order, wherever the operator stands."""
    parts = {"l": "a0049f1f0161", "r": "a0039f1f00", "o": "bf2e028000"}
    content = bytes.fromhex("".join(parts[name] for name in order))
    rpn = b"\xa1" + bytes([len(content)]) + content
    query = compile_type(RPN_QUERY).decode(b"\x30" + bytes([len(rpn) + 3]) + b"\x06\x01\x2a" + rpn)
    expected = RpnRpnOp(("op", ("result_set", "a")), ("op", ("result_set", "")), ("and", None))
    assert query == RpnQuery("1.2", ("rpn_rpn_op", expected))


def test_shared_identifiers_of_optional_fields() -> None:
    """An optional field that shares its identifier has its default when it is not sent; a third value is skipped."""

    @dataclass(frozen=True, slots=True)
    class Pair:
        one: int
        two: int | None = None
        three: tuple[str, Any] = ("none", ())

    codec = compile_type(
        Sequence(
            Pair,
            Field("one", Implicit(1, INTEGER)),
            Field("two", Implicit(1, INTEGER)),
            Field("three", Choice(none=NULL)),
        )
    )
    assert codec.decode(bytes.fromhex("3003810105")) == Pair(5)
    assert codec.decode(bytes.fromhex("3009810105810106810107")) == Pair(5, 6)


def test_instances() -> None:
    """What is made without ``__init__`` is an instance like any other: equal, hashable, frozen, copied, pickled."""
    made, plain = decode_apdu(encode_apdu(Close(6, "why"))), Close(6, "why")
    assert type(made) is Close
    assert (made, hash(made), repr(made)) == (plain, hash(plain), repr(plain))
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == replace(made) == plain
    with pytest.raises(FrozenInstanceError):
        made.close_reason = 7  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Checked:
    """A dataclass with work to do on creation."""

    number: int
    double: int = field(default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "double", 2 * self.number)


@dataclass
class Loose:
    """A dataclass without slots."""

    number: int
    double: int = 0


@dataclass(frozen=True, slots=True)
class Half:
    """A dataclass with one of the fields."""

    number: int


@dataclass(frozen=True, slots=True)
class Derived(Half):
    """A dataclass with slots in two classes."""

    double: int = 0


@pytest.mark.parametrize(("cls", "double"), [(Checked, 10), (Loose, 3), (Derived, 3)])
def test_dataclasses_that_are_made_by_calling_them(cls: type[Any], double: int) -> None:
    """Dataclasses with ``__post_init__``, without slots, or with slots of another class are made as usual."""
    codec = compile_type(Sequence(cls, Field("number", Implicit(1, INTEGER)), Field("double", Implicit(2, INTEGER))))
    made = codec.decode(bytes.fromhex("3006810105820103"))
    assert type(made) is cls
    assert (made.number, made.double) == (5, double)


def test_functions_are_made_when_they_are_needed() -> None:
    """Compiling a type looks at nothing behind its identifiers; the first value does, and only that one."""
    resolved = []

    def resolve() -> Type:
        resolved.append(1)
        return Choice(leaf=Explicit(0, NULL))

    codec = compile_type(Lazy((0,), resolve))
    assert codec.identifiers == {0xA0}
    assert resolved == []
    for _ in range(3):
        assert codec.decode(codec.encode(("leaf", None))) == ("leaf", None)
    assert resolved == [1]


class _Recording(reading.Reading):
    """Keeps the source of every function that it makes."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []

    def source(self, name: str, write: Callable[[Source, str], None]) -> str:
        self.sources.append(super().source(name, write))
        return self.sources[-1]


def _plain(source: str) -> list[str]:
    """Return the lines without comments and indentation, and names without their numbers."""
    lines = (re.sub(r"_\d+\b", "", line.partition(" #")[0]).strip() for line in source.splitlines())
    return [line for line in lines if line and line != "..."]


def test_the_example_in_the_docstring() -> None:
    """The source shown in the module's docstring is what the generator writes, in that order."""
    functions = _Recording()
    name = functions.whole(opac._VOLUME)
    functions.namespace[name](b"\x30\x00", 0, 2, 1)
    lines = iter(_plain(functions.sources[-1]))
    shown = _plain((reading.__doc__ or "").partition("shown::")[2].partition("\n``pos``")[0])
    assert len(shown) > 30
    assert [line for line in shown if line not in lines] == []


_LEAF = Choice(sequence=THREE, many=SequenceOf(NULL), text=STRING, any=Explicit(1, ANY), tagged=Explicit(2, NULL))
_CHAIN: Lazy = Lazy((0, 1), lambda: Choice(leaf=Explicit(0, _LEAF), node=Explicit(1, _CHAIN)))


def _chain(levels: int, leaf: str) -> bytes:
    """Return ``leaf`` (hexadecimal) within that many levels of `_CHAIN`, in definite form."""
    out = bytes.fromhex(leaf)
    for level in range(levels):
        size = bytes([len(out)]) if len(out) < 128 else bytes([0x81, len(out)])
        out = (b"\xa1" if level else b"\xa0") + size + out
    return out


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize(
    ("leaf", "levels"),
    [
        ("3003810141", 1),
        ("3007bf822c00810141", 2),
        ("3b03040141", 1),
        ("3b053b03040141", 2),
        ("a1020500", 1),
        ("a2020500", 1),
        ("1b0141", 0),
    ],
)
def test_depth_is_counted_alike(leaf: str, levels: int, form: Callable[[bytes], bytes]) -> None:
    """Whatever stands at the bottom, 64 levels pass and 65 do not, as the framer counts them where it looks inside."""
    codec = compile_type(_CHAIN)
    fits, deeper = (form(_chain(limit - levels, leaf)) for limit in (64, 65))
    assert not isinstance(_outcome(codec.decode, fits), type)
    assert _outcome(codec.decode, deeper) is PduTooLarge
    for octets, counted in ((fits, False), (deeper, form is indefinite)):
        framer = Framer()
        framer.feed(octets)
        assert (_outcome(lambda _, framer=framer: framer.next_pdu(), b"") is PduTooLarge) is counted  # type: ignore[misc]


@pytest.mark.parametrize("definite", [True, False])
def test_unknown_fields_nested_too_deep(definite: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Of unknown fields the indefinite lengths are counted together with what is around them."""
    for levels, passes in ((63, True), (64, definite)):
        unknown = nested(b"\xa5", levels, definite=definite)
        octets = b"\x30\x80\x81\x01A" + unknown + b"\x00\x00"
        assert _outcome(_CODEC.decode, octets) == (Three("A") if passes else PduTooLarge)


@pytest.mark.parametrize(
    ("octets", "path", "offset", "reason"),
    [
        ("30058101", "", 0, "runs past the end"),
        ("3080810241", "first", 2, "runs past the end"),
        ("308081", "Three", 2, "the value ends early"),
        ("30808101419f", "Three", 5, "the value ends early"),
        ("3080810141 9f28", "second", 5, "the value ends early"),
        ("3080810141 bf822c", "third", 5, "the value ends early"),
        ("3080810141 bf822c80", "third", 9, "the value ends early"),
        ("3080810141 bf822c80 0401", "third.[0]", 9, "runs past the end"),
        ("3080810141 bf822c80 0400 00", "third", 11, "the value ends early"),
        ("3080810141 bf822c80 0500", "third.[0]", 9, "unexpected identifier 0x5"),
        ("3080810141 bf822c03 0000", "third", 5, "runs past the end"),
        ("3080810141 bf822c04 00000000", "third.[0]", 9, "unexpected identifier 0x0"),
        ("3080810141 8180 0000", "first", 5, "indefinite length on a primitive value"),
        ("3080810141 818a 0000", "first", 5, "length written in 10 octets"),
        ("3080810141 a582", "Three", 5, "the value ends early"),
        ("3080810141 0081000000", "Three", 5, "end-of-contents with a length"),
        ("3080810141", "Three", 5, "the value ends early"),
        ("3006 bf822c80 0000 0000", "", 8, "Three lacks the required field first"),
        ("3080810141 bf822c80 000100", "third", 9, "end-of-contents with a length"),
        ("3008810141 bf822c80 0000", "third", 9, "runs past the end"),
    ],
)
def test_errors_have_their_place(octets: str, path: str, offset: int, reason: str) -> None:
    """Octets that end or overrun in a field are an error of that field, in between one of the SEQUENCE."""
    with pytest.raises(BerDecodeError, match=reason) as caught:
        _CODEC.decode(bytes.fromhex(octets))
    assert (caught.value.path, caught.value.offset) == (path, offset)


def test_time_is_linear() -> None:
    """Fields in the worst order, unknown ones and tiny values cost the same each, however many there are."""
    worst = {
        "reversed": _FIELDS["third"] + _FIELDS["second"] + _FIELDS["first"],
        "unknown": b"\x05\x00",
        "items": bytes.fromhex("bf822c020400"),
    }
    for octets in worst.values():
        started = time.process_time()
        _CODEC.decode(b"\x30\x80\x81\x01A" + octets * 30_000 + b"\x00\x00")
        assert time.process_time() - started < 2.0  # quadratic would be 30,000 times as much as now


def test_caches_are_bounded() -> None:
    """Object identifiers and bit strings are kept for the next time, but not without limit."""
    oids, bits = compile_type(OBJECT_IDENTIFIER), compile_type(BIT_STRING)
    for number in range(3000):
        text = f"1.2.{number}"
        assert oids.decode(oids.encode(text)) == text
        octets = b"\x03\x03\x00" + number.to_bytes(2, "big")
        assert bits.decode(octets) == bits.decode(octets)
    assert len(primitives._oid_texts) <= 1024
    assert len(primitives._oid_octets) <= 1024
    assert len(primitives._bit_sets) <= 1024
