"""What is written: lengths in the shortest form, absent fields left out, and every alternative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.z3950.schema import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    PRESENCE,
    STRING,
    VISIBLE_STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Sequence,
    SequenceOf,
    Type,
    Variant,
    compile_type,
)
from tests.z3950.rewriting import indefinite, long_form
from tests.z3950.strategies import steady


@dataclass(frozen=True, slots=True)
class Optionals:
    """A SEQUENCE in which everything is OPTIONAL."""

    flag: bool | None = None
    there: bool = False
    texts: tuple[str, ...] = ()
    octets: bytes | None = None
    number: int = 7
    names: tuple[str, ...] = ()


OPTIONALS = compile_type(
    Sequence(
        Optionals,
        Field("flag", BOOLEAN),
        Field("there", Implicit(1, PRESENCE)),
        Field("texts", Implicit(2, SequenceOf(STRING))),
        Field("octets", Implicit(3, OCTET_STRING)),
        Field("number", Implicit(4, INTEGER)),
        Field("names", Explicit(5, SequenceOf(Choice(any=VISIBLE_STRING)))),
    )
)


@pytest.mark.parametrize(
    ("value", "content"),
    [
        (Optionals(), "840107"),
        (Optionals(flag=False), "010100 840107"),
        (Optionals(there=True), "8100 840107"),
        (Optionals(octets=b""), "8300 840107"),
        (Optionals(texts=("",)), "a2021b00 840107"),
        (Optionals(number=0), "840100"),
        (Optionals(number=-129, names=(("any", "A"),)), "8402ff7f a5053003 1a0141"),  # type: ignore[arg-type]
    ],
)
def test_what_is_left_out(value: Optionals, content: str) -> None:
    """None, an empty SEQUENCE OF and a PRESENCE that is false are left out; zero, false and empty octets are not."""
    octets = bytes.fromhex(content)
    assert OPTIONALS.encode(value) == b"\x30" + bytes([len(octets)]) + octets
    assert OPTIONALS.decode(OPTIONALS.encode(value)) == value


@pytest.mark.parametrize(
    ("size", "length"), [(0, "00"), (127, "7f"), (128, "8180"), (255, "81ff"), (256, "820100"), (65535, "82ffff")]
)
def test_shortest_lengths(size: int, length: str) -> None:
    """Lengths are written in as few octets as they need, at every level."""
    octets = compile_type(OCTET_STRING).encode(bytes(size))
    assert octets[1:].startswith(bytes.fromhex(length))
    assert len(octets) == 1 + len(length) // 2 + size
    tagged = compile_type(Explicit(200, OCTET_STRING)).encode(bytes(size))
    assert tagged.endswith(octets)
    assert compile_type(Explicit(200, OCTET_STRING)).decode(tagged) == bytes(size)


MANY = Choice(
    number=INTEGER,
    text=Implicit(1, STRING),
    visible=VISIBLE_STRING,
    oid=Implicit(3, OBJECT_IDENTIFIER),
    null=Explicit(4, NULL),
    any=Explicit(5, ANY),
    many=Implicit(6, SequenceOf(Implicit(300, INTEGER))),
    inner=Choice(one=Implicit(7, INTEGER), two=Explicit(8, Choice(three=BOOLEAN, four=Implicit(9, STRING)))),
)
_values = st.one_of(
    st.tuples(st.just("number"), st.integers(-(2**63), 2**63 - 1)),
    st.tuples(st.sampled_from(["text", "visible"]), st.text(st.characters(codec="utf-8"), max_size=200)),
    st.tuples(st.just("oid"), st.sampled_from(["1.2.840.10003.5.10", "2.999.3"])),
    st.just(("null", None)),
    st.just(("any", b"\x04\x01A")),
    st.tuples(st.just("many"), st.lists(st.integers(-300, 300)).map(tuple)),
    st.tuples(
        st.just("inner"),
        st.tuples(st.just("one"), st.integers(-9, 999))
        | st.tuples(st.just("two"), st.tuples(st.just("three"), st.booleans()) | st.just(("four", "x"))),
    ),
)


@steady
@given(_values)
def test_every_alternative(value: tuple[str, Any]) -> None:
    """Every alternative of a CHOICE comes back, also one in a CHOICE within it, as field, item and tagged value."""
    for kind, wrapped in ((MANY, value), (SequenceOf(MANY), (value, value)), (Explicit(1, MANY), value)):
        codec = compile_type(kind)
        octets = codec.encode(wrapped)
        for form in (bytes, indefinite, bytes if value[0] == "any" else long_form):  # ANY stays as it came
            assert codec.decode(form(octets)) == wrapped


@pytest.mark.parametrize(
    ("kind", "value", "named"),
    [(MANY, ("nothing", 1), "nothing"), (Variant((int, INTEGER), (str, STRING)), b"", "bytes")],
)
def test_no_such_alternative(kind: Type, value: object, named: str) -> None:
    """A value of no alternative is an error of the caller, which names it."""
    with pytest.raises(KeyError, match=named):
        compile_type(kind).encode(value)


def test_any_needs_a_tag_around_it() -> None:
    """ANY outside an explicit tag cannot be told from what follows it, and is refused when the type is compiled."""
    with pytest.raises(TypeError, match="does not tell how it begins"):
        compile_type(ANY)
