"""Hostile depths and sizes in what APDUs carry: a fault in one record is its own, and memory has its bounds."""

from __future__ import annotations

import dataclasses
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from locate.errors import PduTooLarge, RecordError
from locate.z3950.apdu import (
    AccessControlRequest,
    Apdu,
    External,
    NamePlusRecord,
    PresentResponse,
    ScanResponse,
    SearchResponse,
    Segment,
    encode_apdu,
)
from locate.z3950.client import connect
from locate.z3950.grs1 import GenericRecord, TaggedElement, encode_grs1
from locate.z3950.oids import DIAG1, GRS1, OPAC, SUTRS, USER_INFO_1
from locate.z3950.retrieval import Record, SurrogateDiagnostic
from tests.adversity.hostile import ACCEPT, Peer, found, hostile, record, stall
from tests.adversity.operations import OPERATIONS, answering, attempt
from tests.z3950.rewriting import indefinite, nested

_MIB = 1024 * 1024


def _in_record(syntax: str | None, content: bytes) -> NamePlusRecord:
    return NamePlusRecord(("retrieval", External(syntax, None, ("single", content))), "Default")


def _deep_grs1(levels: int) -> bytes:
    """Return a GRS-1 record whose subtrees are nested, with definite lengths all of them."""
    element = TaggedElement(("number", 1), ("element_empty", None))
    for _ in range(levels):
        element = TaggedElement(("number", 1), ("subtree", (element,)))
    return encode_grs1(GenericRecord((element,)))


_DEEP = {
    "opac": _in_record(OPAC, nested(b"\xa1", 5000, definite=True)),
    "grs1": _in_record(GRS1, nested(b"\x30", 5000, definite=True)),
    "grs1, a tree": _in_record(GRS1, _deep_grs1(100)),
    "sutrs in segments": _in_record(SUTRS, nested(b"\x3b", 5000, definite=True)),
    "marc in segments": _in_record("1.2.840.10003.5.10", nested(b"\x24", 5000, definite=True)),
    "no syntax": _in_record(None, nested(b"\x24", 5000, definite=True)),
}


@pytest.mark.parametrize("name", ["search", "present"])
@pytest.mark.parametrize("deep", _DEEP)
async def test_a_record_nested_too_deep(name: str, deep: str) -> None:
    """It is an error in its own place, which says where; the record behind it is read."""
    records = (_DEEP[deep], record(2))
    answer: Apdu = found(2, *records) if name == "search" else PresentResponse(2, 0, 0, records=("response", records))
    async with hostile(answering(answer, then=stall)) as target:
        connection, result = await attempt(target, OPERATIONS[name])
        first, second = result.records if name == "search" else result
        assert isinstance(first, RecordError)
        assert "at byte" in first.reason
        assert first.position == 1
        assert isinstance(second, Record)
        assert second.data == b"record 2"
        assert connection.is_open
        connection.abort()


@pytest.mark.parametrize("deep", [name for name in _DEEP if name != "grs1, a tree"])
async def test_indefinite_lengths_nested_too_deep(deep: str) -> None:
    """In indefinite lengths the end of a record is not even known: the answer is refused, and exhausts no stack."""
    whole = indefinite(encode_apdu(found(1, record(1))))
    content = nested(_DEEP[deep].record[1].encoding[1][:1], 5000, definite=False)
    answer = whole.replace(b"\x81\x08record 1", b"\xa0\x80" + content + b"\x00\x00")
    async with hostile(answering(answer, then=stall)) as target:
        connection, error = await attempt(target, OPERATIONS["search"])
        assert type(error) is PduTooLarge
        assert "nested deeper than 64" in error.message
        assert not connection.is_open


async def test_fragments_nested_too_deep() -> None:
    """Fragments in segments within segments are a record that cannot be read, or octets; the answer stays whole."""
    deep = nested(b"\x24", 100, definite=True)
    pieces = [
        NamePlusRecord((arm, ("external", External(SUTRS, None, ("single", deep))))) for arm in ("starting", "final")
    ]
    answers = (Segment(2, tuple(pieces)), PresentResponse(1, 0, 0, records=("response", (record(2),))))
    async with hostile(answering(*answers, then=stall)) as target:
        connection, (first, second) = await attempt(target, OPERATIONS["present"])
        assert isinstance(first, Record | RecordError)
        assert isinstance(second, Record)
        assert connection.is_open
        connection.abort()


async def test_diagnostics_and_information_nested_too_deep() -> None:
    """What is told in Init, in a diagnostic and in a challenge costs nothing when it cannot be read."""
    deep = External(DIAG1, None, ("single", nested(b"\x30", 5000, definite=True)))
    told = External(USER_INFO_1, None, ("single", nested(b"\xbf\x81\x49", 5000, definite=True)))

    async def script(peer: Peer) -> None:
        await peer.exchange(dataclasses.replace(ACCEPT, user_information=told))
        await peer.exchange(AccessControlRequest(("external", deep)), found(1, NamePlusRecord(("surrogate", deep))))
        await stall(peer)

    async with hostile(script) as target:
        connection = await connect(target.target, timeout_s=20)
        (only,) = (await connection.search("x", count=1, timeout_s=20)).records
        assert isinstance(only, SurrogateDiagnostic)
        assert "bib-1 100" in str(only)
        assert connection.is_open
        connection.abort()


# ---- memory


@contextmanager
def _at_most(limit: int) -> Iterator[None]:
    """Require that no more than ``limit`` bytes more are in use at any time."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < limit, f"{peak:,} bytes"


async def test_memory_for_the_largest_pdu() -> None:
    """A record of nearly the largest PDU is read with a few copies of it at any time."""
    large = NamePlusRecord(("retrieval", External(SUTRS, None, ("octets", bytes(15 * _MIB)))))
    script = answering(found(1, large), then=stall)
    async with hostile(script) as target:
        with _at_most(80 * _MIB):  # both ends are in this process
            connection, result = await attempt(target, OPERATIONS["search"])
        assert len(result.records[0].data) == 15 * _MIB
        connection.abort()


@pytest.mark.parametrize("beginning", [b"\xb7\x84\x00\xff\xff\xf0", b"\xb7\x80"], ids=["definite", "indefinite"])
async def test_memory_for_a_pdu_without_end(beginning: bytes) -> None:
    """Of a PDU beyond the limit no more is kept than the limit, in a few copies."""
    block = b"\x9f\x60\x82\xff\xff" + bytes(65535)

    async def endless(peer: Peer) -> None:
        while True:
            await peer.answer(block)

    async with hostile(answering(beginning, then=endless)) as target:
        with _at_most(80 * _MIB):
            connection, error = await attempt(target, OPERATIONS["search"])
        assert not connection.is_open
        assert isinstance(error, Exception)


async def test_memory_for_what_an_answer_claims() -> None:
    """Counts of records, hits and terms beyond all measure cost nothing, in any operation."""
    most = 2**63 - 1
    claims: dict[str, Apdu] = {
        "search": SearchResponse(
            99_000_000, most, most, search_status=True, records=("response", (record(1), record(2)))
        ),
        "present": PresentResponse(most, most, 0, records=("response", (record(1), record(2)))),
        "scan": ScanResponse(0, most, step_size=most, position_of_term=most, entries=OPERATIONS["scan"].answer.entries),
    }
    for name, answer in claims.items():
        async with hostile(answering(answer, then=stall)) as target:
            with _at_most(4 * _MIB):
                connection, result = await attempt(target, OPERATIONS[name])
            entries = result if name == "present" else getattr(result, "records" if name == "search" else "entries")
            assert len(entries) == 2
            connection.abort()
