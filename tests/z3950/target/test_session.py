"""One Z-association of the embedded target: bytes in, answers out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from locate.partner import Credentials
from locate.z3950.apdu import (
    Apdu,
    AttributesPlusTerm,
    Close,
    CloseReason,
    InitializeResponse,
    PresentResponse,
    ScanRequest,
    SearchResponse,
    Segment,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.protocol import NEED_DATA, Origin, Signal
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ServerOptions, TargetSession
from tests.z3950.asking import INIT, PRESENT, SEARCH, opened
from tests.z3950.made_up import marc_catalog, xml_catalog
from tests.z3950.strategies import apdus


def exchange(session: TargetSession, data: bytes) -> list[Apdu]:
    """Give the session bytes and return all its answers."""
    session.receive_data(data)
    answers = []
    while (answer := session.next_answer()) is not None:
        answers.append(decode_apdu(answer))
    return answers


def test_origin_and_target_joined_byte_by_byte(tmp_path: Path) -> None:
    """Init, Search, Present and Close work when every byte comes alone in both directions."""
    origin, session = Origin(), TargetSession({"Default": marc_catalog(tmp_path)})
    answers: list[Apdu] = []
    requests: tuple[Apdu, ...] = (INIT, replace(SEARCH, small_set_upper_bound=2), PRESENT, Close(CloseReason.FINISHED))
    for request in requests:
        for octet in origin.send(request):
            session.receive_data(bytes([octet]))
            answer = session.next_answer()
            for sent in answer or b"":
                assert origin.next_event() is NEED_DATA
                origin.receive_data(bytes([sent]))
        event = origin.next_event()
        assert not isinstance(event, Signal)
        answers.append(event)
    assert [type(answer) for answer in answers] == [InitializeResponse, SearchResponse, PresentResponse, Close]
    assert isinstance(answers[3], Close)
    assert answers[3].close_reason == CloseReason.FINISHED
    assert session.finished


def test_pipelined_requests_are_answered_in_order(tmp_path: Path) -> None:
    """Requests that arrive in one piece get their answers one by one."""
    session = TargetSession({"Default": marc_catalog(tmp_path)})
    answers = exchange(session, encode_apdu(INIT) + encode_apdu(SEARCH) + encode_apdu(PRESENT))
    assert [type(answer) for answer in answers] == [InitializeResponse, SearchResponse, PresentResponse]
    assert not session.finished


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.0\r\n\r\n",
        b"\xb4\x84\xff\xff\xff\xff",
        b"\xb4\x03\x83\x05\x00",
        b"\xb4" + b"\x80\x30" * 200,
        encode_apdu(SEARCH),
        encode_apdu(INIT) + encode_apdu(INIT),
        encode_apdu(INIT) + b"\xbf\x23\x00",
        encode_apdu(INIT) + encode_apdu(PresentResponse(0, 0, 0)),
    ],
    ids=["http", "4 GiB", "malformed", "nested", "no Init", "Init twice", "Scan", "an answer"],
)
def test_what_breaks_the_protocol_is_closed(tmp_path: Path, data: bytes) -> None:
    """Malformed, too large, unknown or misplaced APDUs get a Close with reason 6, and the session is over."""
    session = TargetSession({"Default": xml_catalog(tmp_path)})
    answer = exchange(session, data)[-1]
    assert isinstance(answer, Close)
    assert answer.close_reason == CloseReason.PROTOCOL_ERROR
    assert answer.diagnostic_information
    assert session.finished
    assert exchange(session, encode_apdu(INIT)) == []


def test_request_above_the_limit_is_closed(tmp_path: Path) -> None:
    """A request larger than max_pdu_bytes is refused as soon as its length is read."""
    session = TargetSession({"Default": xml_catalog(tmp_path)}, ServerOptions(max_pdu_bytes=100))
    answer = exchange(session, b"\xb4\x82\x01\x00")[-1]
    assert isinstance(answer, Close)
    assert "limit is 100" in (answer.diagnostic_information or "")


def test_one_request_several_answers(tmp_path: Path) -> None:
    """Segments come before the answer to Present, each taken by itself, all with the request's referenceId."""
    catalog = xml_catalog(tmp_path)
    init = replace(INIT, options=frozenset({0, 1, 11}), preferred_message_size=800)
    session = TargetSession({"Default": catalog})
    requests: tuple[Apdu, ...] = (
        init,
        SEARCH,
        replace(PRESENT, number_of_records_requested=4, reference_id=b"p"),
    )
    answers = exchange(session, b"".join(map(encode_apdu, requests)))
    assert [type(answer) for answer in answers[2:]] == [Segment, PresentResponse]
    assert {answer.reference_id for answer in answers[2:]} == {b"p"}


def test_service_not_negotiated_closes(tmp_path: Path) -> None:
    """A Scan that Init did not agree on ends the association by a Close, and nothing more is answered."""
    session = TargetSession({"Default": xml_catalog(tmp_path)})
    scan = ScanRequest(("Default",), AttributesPlusTerm((), ("general", b"x")), 1)
    requests: tuple[Apdu, ...] = (replace(INIT, options=frozenset({0, 1})), scan, SEARCH)
    answers = exchange(session, b"".join(map(encode_apdu, requests)))
    assert [type(answer) for answer in answers] == [InitializeResponse, Close]
    assert session.finished
    assert exchange(session, encode_apdu(SEARCH)) == []


def test_refused_init_ends_the_session(tmp_path: Path) -> None:
    """After Init was refused the connection is of no more use."""
    options = ServerOptions(credentials=Credentials(user="ill", password="secret"))
    session = TargetSession({"Default": xml_catalog(tmp_path)}, options)
    (answer,) = exchange(session, encode_apdu(INIT))
    assert isinstance(answer, InitializeResponse)
    assert not answer.result
    assert session.finished


def test_end_of_file_ends_the_session(tmp_path: Path) -> None:
    """End of file without Close is a normal end."""
    session = TargetSession({"Default": xml_catalog(tmp_path)})
    assert exchange(session, encode_apdu(INIT))
    assert exchange(session, b"") == []
    assert session.finished
    assert session.close(CloseReason.SHUTDOWN) == b""


@given(requests=st.lists(apdus, max_size=4), tail=st.binary(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_request_raises(requests: list[Apdu], tail: bytes) -> None:
    """Whatever APDUs and bytes come after Init, the session answers or closes, and every answer decodes."""
    responder, session = opened({"Default": Catalog(())}), TargetSession({"Default": Catalog(())})
    data = b"".join(encode_apdu(request) for request in (INIT, *requests))
    assert exchange(session, data + tail)
    for request in requests:
        for answer in responder.answers(request):
            assert decode_apdu(encode_apdu(answer))
