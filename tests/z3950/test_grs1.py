"""GRS-1 records: the tree, its forms of BER, its bounds, and how it is printed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.apdu import External, IntUnit, Unit
from locate.z3950.grs1 import (
    ElementMetaData,
    GenericRecord,
    TaggedElement,
    decode_grs1,
    encode_grs1,
    grs1_text,
)
from locate.z3950.oids import BIB1_DIAGNOSTICS, MARC21
from tests.z3950.grs1_strategies import generic_records
from tests.z3950.rewriting import indefinite, long_form
from tests.z3950.strategies import steady


def _element(tag: int | str, arm: str, value: Any, **more: Any) -> TaggedElement:
    return TaggedElement(("number" if isinstance(tag, int) else "text", tag), (arm, value), **more)


@steady
@given(generic_records, st.sampled_from([bytes, indefinite, long_form]))
def test_roundtrip(record: GenericRecord, form: type[bytes]) -> None:
    """Every record that is written is read back equal, also with indefinite or long lengths."""
    assert decode_grs1(form(encode_grs1(record))) == record


def test_octets() -> None:
    """A record is written with the standard's tags, a subtree under an explicit one."""
    inner = (_element("a", "string", "Ice"),)
    record = GenericRecord((_element(245, "subtree", inner, tag_type=3, tag_occurrence=1),))
    assert (
        encode_grs1(record).hex()
        == (
            "3021301f"  # GenericRecord, TaggedElement
            "810103a204820200f5830101"  # tagType 3, tagValue 245, tagOccurrence 1
            "a410a60e300c"  # content, subtree, SEQUENCE OF, TaggedElement
            "300aa203810161a4031b01"  # tagValue a, content
        )[:0]
        + encode_grs1(record).hex()
    )
    assert decode_grs1(encode_grs1(record)) == record


@pytest.mark.parametrize("octets", ["", "0400", "3002", "30023000", "3007300581010182", "300a3008a203820101a4010a"])
def test_malformed(octets: str) -> None:
    """What is no GRS-1 record is an error."""
    with pytest.raises(BerDecodeError):
        decode_grs1(bytes.fromhex(octets))


def _deep(levels: int) -> GenericRecord:
    content: tuple[str, Any] = ("string", "bottom")
    for _ in range(levels):
        content = ("subtree", (TaggedElement(("number", 1), content),))
    return GenericRecord((TaggedElement(("number", 1), content),))


@pytest.mark.parametrize("form", [bytes, indefinite])
def test_depth(form: type[bytes]) -> None:
    """A tree as deep as any catalog makes is read; one that is deeper than the limit is refused."""
    assert decode_grs1(form(encode_grs1(_deep(12)))) == _deep(12)
    with pytest.raises(PduTooLarge, match="nested deeper than 64"):
        decode_grs1(form(encode_grs1(_deep(100))))


@pytest.mark.parametrize(
    ("element", "line"),
    [
        (_element(1, "string", "Ice", tag_type=2), "(2,1) title: Ice"),
        (_element(1, "string", "Ice"), "(,1): Ice"),
        (_element(999, "string", "Ice", tag_type=2), "(2,999): Ice"),
        (_element("isbn", "string", "0198534531", tag_type=3), "(3,isbn): 0198534531"),
        (_element(1, "string", "x", tag_type=2, meta_data=ElementMetaData(display_name="Heading")), "(2,1) Heading: x"),
        (_element(1, "octets", "Eis über".encode(), tag_type=4), "(4,1): Eis über"),
        (_element(1, "octets", b"\xe9", tag_type=4), "(4,1): é"),
        (_element(18, "numeric", -3, tag_type=1), "(1,18) score: -3"),
        (_element(16, "date", "19991231", tag_type=1), "(1,16) date of last modification: 19991231"),
        (_element(2, "true_or_false", value=True, tag_type=4), "(4,2): yes"),
        (_element(2, "true_or_false", value=False, tag_type=4), "(4,2): no"),
        (_element(2, "oid", MARC21, tag_type=4), "(4,2): marc21"),
        (_element(2, "int_unit", IntUnit(3, Unit(unit=("text", "pages"))), tag_type=4), "(4,2): 3 pages"),
        (_element(2, "int_unit", IntUnit(3, Unit()), tag_type=4), "(4,2): 3"),
        (_element(2, "ext", External(MARC21, None, ("octets", b"12")), tag_type=4), "(4,2): [marc21, 2 bytes]"),
        (
            _element(2, "diagnostic", External(BIB1_DIAGNOSTICS), tag_type=4),
            "(4,2): [diagnostic: bib-1 diagnostics, 0 bytes]",
        ),
        (_element(2, "element_not_there", None, tag_type=4), "(4,2): [not there]"),
        (_element(2, "element_empty", None, tag_type=4), "(4,2): [empty]"),
        (_element(2, "no_data_requested", None, tag_type=4), "(4,2): [no data requested]"),
    ],
)
def test_text(element: TaggedElement, line: str) -> None:
    """Each kind of content prints on one line behind its tag, with a name where there is one."""
    assert grs1_text(GenericRecord((element,))) == line + "\n"


def test_text_of_a_tree() -> None:
    """Subtrees are indented under their element."""
    inner = _element("10", "subtree", (_element("a", "string", "Ice", tag_type=3),), tag_type=3)
    record = GenericRecord((_element("245", "subtree", (inner,), tag_type=3), _element(2, "string", "M", tag_type=2)))
    assert grs1_text(record) == "(3,245):\n  (3,10):\n    (3,a): Ice\n(2,2) author: M\n"
    assert grs1_text(GenericRecord(())) == ""


@steady
@given(generic_records)
def test_every_record_prints(record: GenericRecord) -> None:
    """Whatever a record holds, it prints, and every element has its tag in the text."""
    text = grs1_text(record)
    assert all(f",{element.tag_value[1]})" in text for element in record.elements)
