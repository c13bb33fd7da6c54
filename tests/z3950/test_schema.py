"""The combinators: what they read, what they write, and how they fail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.schema import (
    ANY,
    BIT_STRING,
    BOOLEAN,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    STRING,
    VISIBLE_STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Lazy,
    Sequence,
    SequenceOf,
    Type,
    Variant,
    compile_type,
)
from tests.z3950.rewriting import indefinite, long_form, nested


@dataclass(frozen=True, slots=True)
class Inner:
    """A small SEQUENCE."""

    number: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    """A SEQUENCE with every kind of field."""

    inner: Inner
    many: tuple[Inner, ...] = ()
    far: bytes | None = None
    choice: tuple[str, Any] | None = None


INNER = Sequence(Inner, Field("number", Implicit(1, INTEGER)), Field("text", Implicit(2, STRING)))
OUTER = compile_type(
    Sequence(
        Outer,
        Field("inner", Explicit(1, INNER)),
        Field("many", Implicit(2, SequenceOf(INNER))),
        Field("far", Implicit(300, OCTET_STRING)),
        Field("choice", Explicit(4, Choice(flag=BOOLEAN, nothing=NULL, any=Explicit(0, ANY)))),
    )
)


def decode(kind: Type, octets: str) -> Any:
    """Decode hexadecimal text as one value of ``kind``."""
    return compile_type(kind).decode(bytes.fromhex(octets))


@pytest.mark.parametrize(
    ("kind", "octets", "value"),
    [
        (INTEGER, "020100", 0),
        (INTEGER, "020180", -128),
        (INTEGER, "02020080", 128),
        (INTEGER, "0203ffff80", -128),
        (INTEGER, "02087fffffffffffffff", 2**63 - 1),
        (BOOLEAN, "010100", False),
        (BOOLEAN, "010101", True),
        (NULL, "0500", None),
        (OBJECT_IDENTIFIER, "06072a8648ce13050a", "1.2.840.10003.5.10"),
        (OBJECT_IDENTIFIER, "06028837", "2.999"),
        (BIT_STRING, "030205e0", frozenset({0, 1, 2})),
        (BIT_STRING, "030100", frozenset()),
        (BIT_STRING, "0303060040", frozenset({9})),
        (OCTET_STRING, "0402ff00", b"\xff\x00"),
        (STRING, "1b03414243", "ABC"),
        (STRING, "1b02c3a9", "é"),
        (STRING, "1b01e9", "é"),
        (VISIBLE_STRING, "1a0141", "A"),
    ],
)
def test_primitives(kind: Type, octets: str, value: Any) -> None:
    """Primitive values are read as X.690 says; text that is not UTF-8 is read as Latin-1."""
    assert decode(kind, octets) == value


@pytest.mark.parametrize(
    ("kind", "octets", "reason"),
    [
        (INTEGER, "0200", "an integer of 0 octets"),
        (INTEGER, "0209010000000000000000", "an integer of 9 octets"),
        (BOOLEAN, "0100", "a boolean of 0 octets"),
        (BOOLEAN, "01020000", "a boolean of 2 octets"),
        (OBJECT_IDENTIFIER, "0600", "an object identifier that does not end"),
        (OBJECT_IDENTIFIER, "06022a86", "an object identifier that does not end"),
        (OBJECT_IDENTIFIER, "068181" + "01" * 129, "an object identifier that does not end"),
        (BIT_STRING, "0300", "a bit string without its first octet"),
        (INTEGER, "020200", "a value runs past the end of what holds it"),
        (INTEGER, "02", "the value ends early"),
        (INTEGER, "", "the value ends early"),
        (INTEGER, "02010000", "1 bytes left over"),
        (INTEGER, "040100", "unexpected identifier 0x4"),
        (INTEGER, "2203020100", "unexpected identifier 0x22"),
    ],
)
def test_primitives_malformed(kind: Type, octets: str, reason: str) -> None:
    """A malformed primitive is a BerDecodeError that says why."""
    with pytest.raises(BerDecodeError, match=reason):
        decode(kind, octets)


@given(st.integers(-(2**63), 2**63 - 1))
def test_integers(value: int) -> None:
    """Integers of up to eight octets come back, in the shortest form."""
    octets = compile_type(INTEGER).encode(value)
    assert compile_type(INTEGER).decode(octets) == value
    assert octets[2:4] not in {b"\x00" + bytes([low]) for low in range(0x80)}


@given(st.frozensets(st.integers(0, 127)))
def test_bits(value: frozenset[int]) -> None:
    """Named bits come back."""
    assert compile_type(BIT_STRING).decode(compile_type(BIT_STRING).encode(value)) == value


@given(st.integers(0, 2), st.integers(0, 39), st.lists(st.integers(0, 2**40), max_size=6))
def test_object_identifiers(first: int, second: int, rest: list[int]) -> None:
    """Object identifiers come back as they were written."""
    text = ".".join(map(str, (first, second, *rest)))
    assert compile_type(OBJECT_IDENTIFIER).decode(compile_type(OBJECT_IDENTIFIER).encode(text)) == text


@pytest.mark.parametrize(
    "octets",
    [
        "24080402414204024344",
        "248004024142040243440000",
        "24802406040241420400040243440000",
        "248024800401410401420000040243440000",
    ],
)
def test_constructed_strings(octets: str) -> None:
    """A string in segments, definite or not, nested or not, is the segments joined."""
    assert decode(OCTET_STRING, octets) == b"ABCD"


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        ("2480040241", "a value runs past the end"),
        ("24800401", "a value runs past the end"),
        ("248004014100", "the value ends early"),
        ("2405040241420400", "runs past"),
        ("2406248004014100", "ends early"),
    ],
)
def test_constructed_strings_malformed(octets: str, reason: str) -> None:
    """Segments that run past their string are an error."""
    with pytest.raises(BerDecodeError, match=reason):
        decode(OCTET_STRING, octets)


@pytest.mark.parametrize("definite", [True, False])
def test_nested_segments(definite: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A string in 5,000 nested segments is refused, not a RecursionError."""
    with pytest.raises(PduTooLarge, match="nested deeper than 64"):
        compile_type(OCTET_STRING).decode(nested(b"\x24", 5000, definite=definite))


CONTENT_OF_ANY = b"\x30\x03\x02\x01\x05"
VALUE = Outer(Inner(7, "seven"), (Inner(1), Inner(2, "two")), b"far away", ("any", CONTENT_OF_ANY))


@pytest.mark.parametrize("form", [bytes, long_form, indefinite])
def test_sequence(form: type[bytes]) -> None:
    """A SEQUENCE is read in definite, long and indefinite form, high tag numbers included."""
    octets = OUTER.encode(VALUE)
    assert b"\x9f\x82\x2c" in octets  # [300]
    assert OUTER.decode(form(octets)) == replace(VALUE, choice=("any", form(CONTENT_OF_ANY)))  # ANY stays as it came


def test_unknown_fields_are_skipped() -> None:
    """Unknown fields, primitive or nested, definite or not, are ignored wherever they stand."""
    inner = "a1053003810107"
    unknown = ["850100", "a580a68004010000000000", "bf876803040100", "0500"]
    for octets in unknown:
        content = bytes.fromhex(octets + inner + octets)
        assert OUTER.decode(b"\x30" + bytes([len(content)]) + content) == Outer(Inner(7))
        assert OUTER.decode(b"\x30\x80" + content + b"\x00\x00") == Outer(Inner(7))


def test_optional_fields() -> None:
    """Absent optional fields have their defaults, and are not written."""
    assert OUTER.encode(Outer(Inner(7))).hex() == "3007a1053003810107"
    assert OUTER.decode(bytes.fromhex("3007a1053003810107")) == Outer(Inner(7))


@pytest.mark.parametrize(
    ("octets", "path", "offset", "reason"),
    [
        ("3000", "", 2, "Outer lacks the required field inner"),
        ("3004a1023000", "inner", 6, "Inner lacks the required field number"),
        ("3006a10430028100", "inner.number", 8, "an integer of 0 octets"),
        ("3006a10430028103", "inner.number", 6, "runs past the end"),
        ("300ca1053003810107a205300101", "many", 9, "runs past the end"),
        ("3010a1053003810107a20730038101013000", "many.[1]", 18, "Inner lacks the required field number"),
        ("300ca1053003810107a203020101", "many.[0]", 11, "unexpected identifier 0x2"),
        ("300ca1053003810107a403020101", "choice", 11, "unexpected identifier 0x2"),
        ("300ea1053003810107a4050101000500", "choice", 14, "more than one value under one tag"),
        ("3080a1053003810107", "Outer", 9, "the value ends early"),
        ("3080a18030038101070500", "inner", 9, "end-of-contents expected"),
        ("3080a180300381010700000001ff", "Outer", 11, "end-of-contents with a length"),
        ("3080a1053003810107a2800001ff0000", "many", 11, "end-of-contents with a length"),
        ("3080a1053003810107bf822c8000010000", "far", 13, "end-of-contents with a length"),
        ("300aa1053003810107850500", "Outer", 9, "runs past the end"),
    ],
)
def test_errors_name_the_field(octets: str, path: str, offset: int, reason: str) -> None:
    """An error has the path to the field, the offset of the octet, and a reason."""
    with pytest.raises(BerDecodeError, match=reason) as caught:
        OUTER.decode(bytes.fromhex(octets))
    assert (caught.value.path, caught.value.offset) == (path, offset)
    assert str(caught.value).startswith(f"{path or 'PDU'}: ")
    assert str(caught.value).endswith(f"at byte {offset}")


def test_recursion() -> None:
    """A recursive type is read as deep as the limit allows, and no deeper."""
    tree: Lazy = Lazy((0, 1), lambda: Choice(leaf=Explicit(0, NULL), node=Explicit(1, tree)))
    codec = compile_type(tree)
    value: Any = ("leaf", None)
    for _ in range(60):
        value = ("node", value)
    octets = codec.encode(value)
    assert codec.decode(octets) == codec.decode(indefinite(octets)) == value
    for definite in (True, False):
        with pytest.raises(PduTooLarge, match="nested deeper than 64"):
            codec.decode(nested(b"\xa1", 5000, definite=definite))


def test_variant() -> None:
    """A Variant is written by the class of the value."""
    codec = compile_type(Variant((Inner, INNER), (int, INTEGER)))
    assert codec.decode(codec.encode(Inner(3))) == Inner(3)
    assert codec.decode(codec.encode(5)) == 5
    assert codec.identifiers == {0x30, 0x02}


def test_schema_and_dataclass_must_agree() -> None:
    """A schema that names other fields than its dataclass is refused at once."""
    with pytest.raises(TypeError, match=r"Inner and its schema differ in \{'text'\}"):
        Sequence(Inner, Field("number", INTEGER))


@given(st.builds(Outer, st.builds(Inner, st.integers(-99, 99), st.none() | st.text(st.characters(codec="utf-8")))))
def test_roundtrip(value: Outer) -> None:
    """What is written is read back equal."""
    assert OUTER.decode(OUTER.encode(value)) == value
