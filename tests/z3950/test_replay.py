"""A recorded target answers again as it did."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from locate.errors import TargetClosed, TargetTimeout
from locate.z3950.apdu import (
    Apdu,
    Close,
    CloseReason,
    IdPass,
    InitializeResponse,
    PresentResponse,
    ScanRequest,
    SearchResponse,
    Segment,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.replay import Recording, ReplaySession
from locate.z3950.retrieval import diagnostic_of, read_records
from locate.z3950.target.server import TargetSession
from locate.z3950.trace import Trace, TraceError, TraceWriter, read_trace
from tests.z3950.asking import INIT, PRESENT
from tests.z3950.made_up import marc_catalog
from tests.z3950.recording import LOGIN, REQUESTS, asked, converse, recorder, started
from tests.z3950.strategies import apdus, steady

RIVER = asked("@attr 1=4 river")
ACCEPTED = InitializeResponse(frozenset({2}), frozenset({0, 1}), 1, 1, result=True)


@pytest.fixture
def target(tmp_path: Path) -> TargetSession:
    """Return a session of the embedded target over the made-up records."""
    return TargetSession({"Default": marc_catalog(tmp_path)})


def replaying(*exchanged: tuple[str, Apdu] | Exception | bytes) -> ReplaySession:
    """Return a session over a trace of PDUs ("sent" or "received"), raw octets received, and faults."""
    writer, stream = started()
    for each in exchanged:
        if isinstance(each, Exception):
            writer.fault(each)
        elif isinstance(each, bytes):
            writer("received", each, None)
        elif each[0] == "sent":
            writer("sent", encode_apdu(each[1]), each[1])
        else:
            writer("received", encode_apdu(each[1]), each[1])
    return ReplaySession(Recording(read_trace(stream.getvalue())))


def found(hits: int, reference_id: bytes | None = None) -> SearchResponse:
    """Return an answer with so many hits."""
    return SearchResponse(hits, 0, 1, search_status=True, reference_id=reference_id)


def ask(session: ReplaySession, *requests: Apdu) -> list[Apdu]:
    """Return all answers to requests, without a state table in between."""
    answers: list[Apdu] = []
    for request in requests:
        session.receive_data(encode_apdu(request))
        while (answer := session.next_answer()) is not None:
            answers.append(decode_apdu(answer))
    return answers


def test_the_same_requests_get_the_same_answers(target: TargetSession) -> None:
    """What was recorded of the embedded target comes again, record for record, for every connection."""
    recording = Recording(read_trace(recorder(target)))
    first, second = (converse(ReplaySession(recording), REQUESTS) for _ in range(2))
    again = Recording(read_trace(recorder(ReplaySession(recording))))
    assert [type(apdu) for apdu in first] == [InitializeResponse, SearchResponse, PresentResponse, SearchResponse]
    assert first == second == converse(ReplaySession(again), REQUESTS)
    assert len(read_records(first[1].records, 1)) == 4  # type: ignore[union-attr]


def test_order_does_not_matter(target: TargetSession) -> None:
    """A request is answered by what it asks, not by when."""
    recorded = recorder(target, (INIT, RIVER, asked("@attr 1=4 ice"), asked("@attr 1=4 studies")))
    recording = Recording(read_trace(recorded))
    forward = converse(ReplaySession(recording), (INIT, RIVER, asked("@attr 1=4 ice")))
    backward = converse(ReplaySession(recording), (INIT, asked("@attr 1=4 ice"), RIVER))
    assert forward[1:] == backward[:0:-1]
    assert forward[1] != forward[2]


def test_a_request_asked_twice_is_answered_as_twice_recorded() -> None:
    """Two answers to the same request come in their order, and the last one from then on."""
    session = replaying(("sent", RIVER), ("received", found(3)), ("sent", RIVER), ("received", found(4)))
    assert ask(session, RIVER, RIVER, RIVER) == [found(3), found(4), found(4)]


def test_another_request_of_the_type_gets_the_next_answer() -> None:
    """A request that was not recorded gets the answers of its type that are left, and then diagnostic 100."""
    session = replaying(
        ("sent", INIT), ("received", ACCEPTED), ("sent", RIVER), ("received", found(3)), ("sent", PRESENT)
    )
    other = asked("@attr 1=1003 nobody", reference_id=b"7")
    first, second = ask(session, other, other)
    assert first == found(3, b"7")
    assert isinstance(second, SearchResponse)
    refused = diagnostic_of(second.records)
    assert refused is not None
    assert (second.search_status, second.reference_id, refused.condition) == (False, b"7", 100)
    assert refused.addinfo.startswith("the trace has no answer to SearchRequest default Default @attr 1=1003 nobody")


def test_what_differs_from_session_to_session_is_left_aside() -> None:
    """Reference identifiers, implementation names and passwords do not make another request."""
    named = replace(LOGIN, implementation_name="recorder", implementation_version="1", reference_id=b"a")
    session = replaying(
        ("sent", INIT), ("received", replace(ACCEPTED, result=False)),
        ("sent", named), ("received", replace(ACCEPTED, reference_id=b"a")),
    )  # fmt: skip
    other = replace(LOGIN, id_authentication=("id_pass", IdPass(None, "ill", "another")), reference_id=b"b")
    assert ask(session, other) == [replace(ACCEPTED, reference_id=b"b")]


def test_reference_ids() -> None:
    """An answer gets the new request's referenceId where it had the old one's; a wrong one stays wrong."""
    recorded = asked("x", reference_id=b"1")
    session = replaying(
        ("sent", recorded), ("received", found(1, b"1")), ("sent", recorded), ("received", found(2, b"wrong"))
    )
    assert ask(session, asked("x", reference_id=b"9"), asked("x")) == [found(1, b"9"), found(2, b"wrong")]


def test_answers_in_several_pdus() -> None:
    """Segments come before the answer they belong to."""
    segment = Segment(0, ())
    answer = PresentResponse(0, 1, 0)
    session = replaying(("sent", PRESENT), ("received", segment), ("received", segment), ("received", answer))
    assert ask(session, PRESENT) == [segment, segment, answer]


def test_octets_that_are_no_apdu_come_again() -> None:
    """What the target sent wrongly is sent so again."""
    rubbish = b"\xb7\x02\x30\xff"
    session = replaying(("sent", replace(RIVER, reference_id=b"1")), rubbish)
    session.receive_data(encode_apdu(RIVER))
    assert session.next_answer() == rubbish


def test_silence_is_replayed() -> None:
    """Where the target never answered, the connection stays open without an answer."""
    session = replaying(("sent", RIVER), TargetTimeout("no answer within 10 s"))
    assert ask(session, RIVER) == []
    assert not session.finished
    session.receive_data(b"")
    assert session.finished


@pytest.mark.parametrize("fault", [[TargetClosed("the target closed the connection")], []])
def test_hanging_up_is_replayed(fault: list[Exception]) -> None:
    """Where the target closed the connection, or the trace breaks off, the connection is closed."""
    session = replaying(("sent", RIVER), ("received", found(1)), ("sent", PRESENT), *fault)
    assert ask(session, RIVER) == [found(1)]
    assert not session.finished
    assert ask(session, PRESENT) == []
    assert session.finished


def test_associations_are_replayed_in_turn() -> None:
    """Each Init takes the next association of the trace, where a target that ended the one before does so again."""
    writer, stream = started()
    lost: list[Apdu] = [INIT, ACCEPTED, RIVER]
    for apdu in (*lost, *lost, found(7), Close(0)):
        writer("received" if isinstance(apdu, InitializeResponse | SearchResponse) else "sent", encode_apdu(apdu), apdu)
    recording = Recording(read_trace(stream.getvalue()))
    for _ in range(2):
        first, second = ReplaySession(recording), ReplaySession(recording)
        assert ask(first, INIT, RIVER) == [ACCEPTED]
        assert first.finished
        assert ask(second, INIT, RIVER) == [ACCEPTED, found(7)]
        assert not second.finished


def test_silence_before_another_association() -> None:
    """Where the origin waited long for an answer before it began again, the target had been silent."""
    waited = iter((0.0, 0.0, 10.0))
    stream = io.StringIO()
    writer = TraceWriter(stream, "h:210/D", lambda: next(waited))
    for apdu in (RIVER, INIT):
        writer("sent", encode_apdu(apdu), apdu)
    session = ReplaySession(Recording(read_trace(stream.getvalue())))
    assert ask(session, RIVER) == []
    assert not session.finished


def test_close() -> None:
    """Close is answered as recorded, else with Close, and ends the session."""
    recorded = replaying(("sent", Close(0)), ("received", Close(0, "bye")))
    assert ask(recorded, Close(0)) == [Close(0, "bye")]
    assert recorded.finished
    session = replaying(("sent", INIT), ("received", ACCEPTED))
    assert ask(session, Close(0, reference_id=b"1")) == [Close(CloseReason.FINISHED, reference_id=b"1")]
    assert session.finished
    assert session.close(CloseReason.LACK_OF_ACTIVITY) == b""


def test_a_kind_of_request_that_was_not_recorded() -> None:
    """A request whose kind the trace does not have is told so: a Present with a diagnostic, others by Close."""
    session = replaying(("sent", INIT), ("received", ACCEPTED))
    (refused,) = ask(session, PRESENT)
    assert isinstance(refused, PresentResponse)
    assert "the trace has no answer to PresentRequest" in str(diagnostic_of(refused.records))
    term = asked("x").query[1].rpn[1][1]
    (closed,) = ask(session, ScanRequest(("Default",), term, 5))
    assert isinstance(closed, Close)
    assert closed.diagnostic_information == "the trace has no answer to ScanRequest Default x, 5 terms"
    assert session.finished


def test_what_breaks_the_protocol() -> None:
    """Octets that are no request are answered by a Close with reason 6; a silent origin is closed on request."""
    session = replaying(("sent", INIT), ("received", ACCEPTED))
    session.receive_data(b"\x30\x00")
    answer = session.next_answer()
    assert answer is not None
    assert decode_apdu(answer).close_reason == CloseReason.PROTOCOL_ERROR  # type: ignore[union-attr]
    assert session.finished
    session = replaying(("sent", INIT), ("received", ACCEPTED))
    assert decode_apdu(session.close(CloseReason.LACK_OF_ACTIVITY)) == Close(CloseReason.LACK_OF_ACTIVITY)
    assert session.finished


def test_nothing_to_replay() -> None:
    """A trace without a request, or with one that cannot be read, is refused."""
    with pytest.raises(TraceError, match="no request was recorded"):
        Recording(Trace("h:210/D", ()))
    writer, stream = started()
    writer("received", b"\xb6\x02\x30\xff", None)
    text = stream.getvalue().replace("\n< ", "\n> ")
    with pytest.raises(TraceError, match=r"line 8 of the trace: the request cannot be decoded: "):
        Recording(read_trace(text))


@settings(steady, max_examples=50)
@given(st.lists(apdus, min_size=1, max_size=4), st.lists(apdus, max_size=4))
def test_any_conversation(recorded: list[Apdu], requests: list[Apdu]) -> None:
    """Whatever is asked of whatever was recorded, there are answers or an end, and each can be sent."""
    session = replaying(*(("sent" if index % 2 == 0 else "received", apdu) for index, apdu in enumerate(recorded)))
    for request in requests:
        session.receive_data(encode_apdu(request))
        while (answer := session.next_answer()) is not None:
            assert decode_apdu(answer)
    session.receive_data(b"")
    assert session.next_answer() is None
    assert session.finished
