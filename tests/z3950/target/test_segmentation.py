"""Answers to Present that come in several messages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.z3950.apdu import (
    External,
    NamePlusRecord,
    PresentResponse,
    PresentStatus,
    Segment,
)
from locate.z3950.oids import MARC21, OPAC
from locate.z3950.opac import OpacRecord
from locate.z3950.retrieval import Record, SurrogateDiagnostic, join_fragments, read_records
from locate.z3950.target.responder import Responder, ServiceLimits
from locate.z3950.target.segmentation import SegmentLimits, SizedRecord, pack
from tests.z3950.asking import INIT, PRESENT, opened, search
from tests.z3950.made_up import marcxml, opac_catalog, xml_catalog

LEVEL_1 = frozenset({0, 1, 11})
LEVEL_2 = frozenset({0, 1, 12})
SIZE = 1000
# Six records, the third larger than a message, the fifth larger than three.
LENGTHS = (100, 200, 1500, 300, 3500, 100)


def entry(size: int, fill: bytes = b"x") -> SizedRecord:
    """Return a record of so many bytes."""
    return SizedRecord(NamePlusRecord(("retrieval", External(MARC21, None, ("octets", fill * size))), "Default"), size)


@pytest.fixture(scope="module")
def responders(tmp_path_factory: pytest.TempPathFactory) -> dict[frozenset[int], Responder]:
    """Return responders over six records, by the options of their Init."""
    records = [marcxml(f"s{n}", "245$ariver", "520$a" + "x" * size) for n, size in enumerate(LENGTHS)]
    catalog = xml_catalog(tmp_path_factory.mktemp("segments"), *records)
    made = {}
    for options in (frozenset({0, 1}), LEVEL_1, LEVEL_2, LEVEL_1 | LEVEL_2):
        init = replace(INIT, options=options, preferred_message_size=SIZE, exceptional_record_size=2500)
        made[options] = opened({"Default": catalog}, init)
        search(made[options])
    return made


def present(responder: Responder, count: int = 6, **changes: Any) -> tuple[list[Segment], PresentResponse]:
    """Present from the first record; return the Segments and the answer."""
    request = replace(PRESENT, number_of_records_requested=count, reference_id=b"p", **changes)
    *segments, answer = responder.answers(request)
    assert isinstance(answer, PresentResponse)
    found = [segment for segment in segments if isinstance(segment, Segment)]
    assert len(found) == len(segments)
    return found, answer


def numbers(segments: list[Segment], answer: PresentResponse) -> list[str]:
    """Return what came, all messages together: a control number each, or the condition of a diagnostic."""
    assert answer.records is not None
    entries = [each for segment in segments for each in segment.segment_records] + list(answer.records[1])
    found = []
    for each in read_records(("response", tuple(join_fragments(entries))), 1):
        if isinstance(each, SurrogateDiagnostic):
            found.append(str(each.condition))
        elif isinstance(each, Record) and isinstance(each.data, bytes):
            found.append(each.data[each.data.index(b"\x1e") + 1 :][:2].decode())
    return found


def messages(segments: list[Segment], answer: PresentResponse) -> list[Segment | PresentResponse]:
    """Return all messages of an answer."""
    return [*segments, answer]


def sizes(segment: Segment | PresentResponse) -> int:
    """Return the bytes of records and fragments in a message."""
    entries = segment.segment_records if isinstance(segment, Segment) else (segment.records or ("", ()))[1]
    total = 0
    for each in entries:
        arm, value = each.record
        if arm == "retrieval":
            total += len(value.encoding[1])
        elif arm != "surrogate":
            total += len(value[1].encoding[1] if value[0] == "external" else value[1])
    return total


def test_without_segmentation_one_message(responders: dict[frozenset[int], Responder]) -> None:
    """Without the option the answer is one message, cut with partial-2."""
    segments, answer = present(responders[frozenset({0, 1})])
    assert (segments, answer.present_status, answer.number_of_records_returned) == ([], PresentStatus.PARTIAL_2, 3)
    assert numbers(segments, answer) == ["s0", "s1", "16"]


def test_level_1_sends_whole_records(responders: dict[frozenset[int], Responder]) -> None:
    """Level 1 packs whole records into messages of the agreed size, and says in the last how many came in all."""
    segments, answer = present(responders[LEVEL_1])
    assert numbers(segments, answer) == ["s0", "s1", "16", "s3", "17", "s5"]
    assert (answer.number_of_records_returned, answer.next_result_set_position) == (6, 0)
    assert answer.present_status == PresentStatus.SUCCESS
    assert [segment.number_of_records_returned for segment in segments] == [3]
    assert all(segment.reference_id == b"p" and sizes(segment) <= SIZE for segment in segments)


def test_level_1_gives_a_large_record_alone(responders: dict[frozenset[int], Responder]) -> None:
    """The record that is too large comes when it is asked for alone."""
    segments, answer = present(responders[LEVEL_1], 1, result_set_start_point=3)
    assert (numbers(segments, answer), answer.number_of_records_returned) == (["s2"], 1)


@pytest.mark.parametrize("options", [LEVEL_2, LEVEL_1 | LEVEL_2])
def test_level_2_cuts_records(responders: dict[frozenset[int], Responder], options: frozenset[int]) -> None:
    """Level 2, which wins over level 1, gives every record, the large ones in fragments."""
    segments, answer = present(responders[options])
    assert numbers(segments, answer) == ["s0", "s1", "s2", "s3", "s4", "s5"]
    assert all(sizes(message) <= SIZE for message in messages(segments, answer))
    returned = [segment.number_of_records_returned for segment in segments]
    assert (sum(returned) + 1, answer.number_of_records_returned) == (6, 6)


def test_level_2_obeys_the_request(responders: dict[frozenset[int], Responder]) -> None:
    """maxSegmentSize, maxRecordSize and maxSegmentCount of the request count."""
    level_2 = responders[LEVEL_2]
    small, answer = present(level_2, max_segment_size=150)
    assert all(sizes(message) <= 150 for message in messages(small, answer))
    assert numbers(small, answer) == ["s0", "s1", "s2", "s3", "s4", "s5"]
    bounded, answer = present(level_2, max_record_size=2000)
    assert numbers(bounded, answer) == ["s0", "s1", "s2", "s3", "17", "s5"]
    few, answer = present(level_2, max_segment_count=3)
    assert len(few) + 1 <= 3
    assert (answer.present_status, answer.next_result_set_position) == (PresentStatus.PARTIAL_2, 4)
    assert numbers(few, answer) == ["s0", "s1", "s2"]
    single, answer = present(level_2, max_segment_count=1)
    assert (single, answer.present_status, numbers(single, answer)) == ([], PresentStatus.PARTIAL_2, ["s0", "s1", "16"])


@pytest.mark.parametrize("changes", [{"max_segment_size": 0}, {"max_segment_count": 0}])
def test_segments_that_cannot_be(responders: dict[frozenset[int], Responder], changes: dict[str, int]) -> None:
    """Segments of nothing, or none of them, are diagnostic 242."""
    segments, answer = present(responders[LEVEL_2], **changes)
    assert segments == []
    assert answer.records is not None
    assert answer.records[1].condition == 242


def test_opac_record_in_fragments(tmp_path: Path) -> None:
    """An OPAC record survives being cut."""
    responder = opened({"Default": opac_catalog(tmp_path)}, replace(INIT, options=LEVEL_2))
    search(responder, "@attr 1=12 tm001")
    segments, answer = present(responder, 1, preferred_record_syntax=OPAC, max_segment_size=64)
    assert len(segments) > 5
    entries = [each for segment in segments for each in segment.segment_records] + list((answer.records or ("", ()))[1])
    (found,) = read_records(("response", tuple(join_fragments(entries))), 1)
    assert isinstance(found, Record)
    assert isinstance(found.data, OpacRecord)
    assert len(found.data.holdings) == 1


def test_aggregate_is_bounded(tmp_path: Path) -> None:
    """All segments together keep to the target's own limit."""
    records = [marcxml(f"s{n}", "245$ariver", "520$a" + "x" * 400) for n in range(20)]
    limits = ServiceLimits(message_bytes=1000, aggregate_bytes=3000)
    responder = opened({"Default": xml_catalog(tmp_path, *records)}, replace(INIT, options=LEVEL_1), limits=limits)
    search(responder)
    segments, answer = present(responder, 20)
    assert answer.present_status == PresentStatus.PARTIAL_2
    assert sum(map(sizes, messages(segments, answer))) <= 3000
    assert answer.next_result_set_position == answer.number_of_records_returned + 1


@given(
    lengths=st.lists(st.integers(1, 60), max_size=12),
    segment_bytes=st.integers(1, 40),
    segments=st.integers(1, 30),
    total=st.integers(1, 300),
)
def test_fragments_make_the_record_again(lengths: list[int], segment_bytes: int, segments: int, total: int) -> None:
    """Whatever the sizes, no message is too large, none too many, and the pieces join to the records that were cut."""
    records = [entry(length, bytes([index + 1])) for index, length in enumerate(lengths)]
    packed = pack(records, SegmentLimits(segments, segment_bytes, total, fragments=True))
    assert 1 <= len(packed.segments) <= segments
    assert all(sizes(Segment(0, segment)) <= segment_bytes for segment in packed.segments)
    joined = join_fragments([each for segment in packed.segments for each in segment])
    assert joined == [record.entry for record in records[: packed.records]]
    assert packed.complete == (packed.records == len(records))
