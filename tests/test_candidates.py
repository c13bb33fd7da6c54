"""Retrieved records as matching sees them, and what it cannot read."""

from __future__ import annotations

import pytest

from locate.candidates import interpret
from locate.errors import RecordError
from locate.z3950.grs1 import GenericRecord, TaggedElement, encode_grs1
from locate.z3950.oids import GRS1, MARC21, OPAC, SUTRS
from locate.z3950.opac import BIBLIOGRAPHIC_PART, HoldingsAndCirc, OpacRecord, UnreadablePart
from locate.z3950.retrieval import Record

GENERIC = GenericRecord((TaggedElement(("number", 1), ("string", "Ice"), 2),))
HOLDINGS = (HoldingsAndCirc(call_number="A 1"),)
UNREADABLE = UnreadablePart(BIBLIOGRAPHIC_PART, "the value ends early", b"\xa1")


@pytest.mark.parametrize(
    ("found", "reason", "raw"),
    [
        (Record(1, SUTRS, "Ice"), "plain text (SUTRS), which cannot be verified", b"Ice"),
        (
            Record(1, GRS1, GENERIC),
            "a generic record (GRS-1), which cannot be verified; ask this target for marc21 or xml",
            encode_grs1(GENERIC),
        ),
        (Record(1, "1.2.3", b"x"), "record syntax 1.2.3 is not read here", b"x"),
    ],
    ids=["sutrs", "grs1", "unknown"],
)
def test_syntaxes_that_cannot_be_verified(found: Record, reason: str, raw: bytes) -> None:
    """A record that is no MARC in any form is unreadable to matching, with a sentence that says what it is."""
    record, opac = interpret(found)
    assert isinstance(record, RecordError)
    assert (record.reason, record.raw, opac) == (reason, raw, None)


@pytest.mark.parametrize(
    ("unreadable", "reason"),
    [
        ((), "an OPAC record without a bibliographic record"),
        ((UNREADABLE,), "an OPAC record without a bibliographic record: the value ends early"),
    ],
)
def test_opac_record_without_a_bibliographic_record(unreadable: tuple[UnreadablePart, ...], reason: str) -> None:
    """Holdings without a bibliographic record cannot be verified; why it is missing is told, and they are kept."""
    data = OpacRecord(MARC21, None, HOLDINGS, unreadable)
    record, opac = interpret(Record(1, OPAC, data))
    assert isinstance(record, RecordError)
    assert record.reason == reason
    assert opac is data
