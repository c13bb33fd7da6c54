"""The state table, driven through both roles."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError, LocalProtocolError, PduTooLarge, RemoteProtocolError, UnexpectedApdu
from locate.z3950.apdu import (
    AccessControlRequest,
    AccessControlResponse,
    Apdu,
    AttributesPlusTerm,
    Close,
    DeleteResultSetRequest,
    DeleteResultSetResponse,
    DuplicateDetectionRequest,
    DuplicateDetectionResponse,
    ExtendedServicesRequest,
    ExtendedServicesResponse,
    InitializeRequest,
    InitializeResponse,
    PresentRequest,
    PresentResponse,
    ResourceControlRequest,
    ResourceControlResponse,
    ResourceReportRequest,
    ResourceReportResponse,
    ScanRequest,
    ScanResponse,
    SearchResponse,
    Segment,
    SortRequest,
    SortResponse,
    TriggerResourceControlRequest,
    encode_apdu,
)
from locate.z3950.protocol import END, NEED_DATA, Association, Origin, State, TargetSide
from tests.z3950.asking import PRESENT, SEARCH
from tests.z3950.rewriting import indefinite
from tests.z3950.strategies import steady

INIT = InitializeRequest(frozenset({2}), frozenset({0, 1}), 1024, 1024)
ACCEPT = InitializeResponse(frozenset({2}), frozenset({0, 1}), 1024, 1024, result=True)
REJECT = InitializeResponse(frozenset({2}), frozenset({0, 1}), 1024, 1024, result=False)
FOUND = SearchResponse(0, 0, 0, search_status=True)
PRESENTED = PresentResponse(0, 0, 0)
CLOSE = Close(0)
SCAN = ScanRequest(("Default",), AttributesPlusTerm((), ("general", b"x")), 5)
SCANNED = ScanResponse(0, 0)
SORT = SortRequest(("default",), "default", ())
SORTED = SortResponse(0)
DELETE = DeleteResultSetRequest(1)
DELETED = DeleteResultSetResponse(0)
REPORT = ResourceReportRequest()
REPORTED = ResourceReportResponse(0)
EXTEND, EXTENDED = ExtendedServicesRequest(1, "1.2.840.10003.9.1", 1), ExtendedServicesResponse(3)
DEDUPLICATE, DEDUPLICATED = DuplicateDetectionRequest(("a",), "b", ()), DuplicateDetectionResponse(1)
SEGMENT = Segment(0, ())
CHALLENGE, REPLY = AccessControlRequest(("simple", b"?")), AccessControlResponse(("simple", b"!"))
COST, GO_ON = ResourceControlRequest(response_required=True), ResourceControlResponse(continue_flag=True)
TRIGGER = TriggerResourceControlRequest(1)
OPERATIONS: dict[State, tuple[Apdu, Apdu]] = {
    State.INITIALIZING: (INIT, ACCEPT),
    State.SEARCHING: (SEARCH, FOUND),
    State.PRESENTING: (PRESENT, PRESENTED),
    State.SCANNING: (SCAN, SCANNED),
    State.SORTING: (SORT, SORTED),
    State.DELETING: (DELETE, DELETED),
    State.REPORTING: (REPORT, REPORTED),
    State.EXTENDING: (EXTEND, EXTENDED),
    State.DEDUPLICATING: (DEDUPLICATE, DEDUPLICATED),
}
INTERRUPTIONS: tuple[Apdu, ...] = (CHALLENGE, REPLY, COST, GO_ON, TRIGGER)

# How an association gets into a state: what origin and target send in turn.
PATHS: dict[State, tuple[Apdu, ...]] = {
    State.IDLE: (),
    State.READY: (INIT, ACCEPT),
    **{state: (INIT, ACCEPT, request) for state, (request, _) in OPERATIONS.items()},
    State.INITIALIZING: (INIT,),
    State.REJECTED: (INIT, REJECT),
    State.CLOSING: (INIT, ACCEPT, CLOSE),
    State.CLOSED: (INIT, ACCEPT, CLOSE, CLOSE),
}
# The whole table: what may come when, and where it leads.
ALLOWED: dict[tuple[State, Apdu], State] = {
    (State.IDLE, INIT): State.INITIALIZING,
    (State.INITIALIZING, REJECT): State.REJECTED,
    (State.PRESENTING, SEGMENT): State.PRESENTING,
    (State.CLOSING, SEGMENT): State.CLOSING,
    (State.CLOSING, CHALLENGE): State.CLOSING,
    (State.CLOSING, COST): State.CLOSING,
    **{(State.CLOSING, answer): State.CLOSING for _, answer in OPERATIONS.values() if answer is not ACCEPT},
    **{(state, answer): State.READY for state, (_, answer) in OPERATIONS.items()},
    **{(State.READY, request): state for state, (request, _) in OPERATIONS.items() if request is not INIT},
    **{(state, apdu): state for state in OPERATIONS for apdu in INTERRUPTIONS},
    **{(state, CLOSE): State.CLOSING for state in PATHS},
    (State.CLOSING, CLOSE): State.CLOSED,
}
del ALLOWED[State.CLOSED, CLOSE]
APDUS = (*(apdu for pair in OPERATIONS.values() for apdu in pair), *INTERRUPTIONS, SEGMENT, REJECT, CLOSE)


FORMS: st.SearchStrategy[Callable[[bytes], bytes]] = st.sampled_from([bytes, indefinite])


def _name(found: object) -> str:
    return found.name if isinstance(found, State) else type(found).__name__


def _receive(side: Association, apdu: Apdu) -> object:
    side.receive_data(encode_apdu(apdu))
    return side.next_event()


def _bring(side: Association, state: State) -> Association:
    """Take the path to a state; the closing pair is opened by the side itself."""
    for apdu in PATHS[state]:
        own = type(apdu) in side._sends or (apdu is CLOSE and side.state is State.READY)
        if own:
            side.send(apdu)
        else:
            assert _receive(side, apdu) == apdu
    assert side.state is state
    return side


@pytest.mark.parametrize("role", [Origin, TargetSide])
@pytest.mark.parametrize("state", State, ids=_name)
@pytest.mark.parametrize("apdu", APDUS, ids=_name)
def test_sending(role: type[Association], state: State, apdu: Apdu) -> None:
    """What the table and the role allow is sent and leads where it says; all else is a LocalProtocolError."""
    side = _bring(role(), state)
    after = ALLOWED.get((state, apdu))
    if after is not None and (apdu is CLOSE or type(apdu) in role._sends):
        assert side.send(apdu) == encode_apdu(apdu)
        assert side.state is after
        return
    with pytest.raises(LocalProtocolError, match=type(apdu).__name__):
        side.send(apdu)
    assert side.state is state


@pytest.mark.parametrize("role", [Origin, TargetSide])
@pytest.mark.parametrize("state", State, ids=_name)
@pytest.mark.parametrize("apdu", APDUS, ids=_name)
def test_receiving(role: type[Association], state: State, apdu: Apdu) -> None:
    """What the table and the role allow is an event; all else is UnexpectedApdu and ends the association."""
    side = _bring(role(), state)
    after = ALLOWED.get((state, apdu))
    if state is State.CLOSED:
        assert _receive(side, apdu) is END
    elif after is not None and type(apdu) not in role._sends:
        assert _receive(side, apdu) == apdu
        assert side.state is after
    else:
        with pytest.raises(UnexpectedApdu, match=f"sent {type(apdu).__name__} while {state.name}"):
            _receive(side, apdu)
        assert side.state is State.CLOSED
        assert side.next_event() is END


def test_messages() -> None:
    """The errors say who did what, and when."""
    with pytest.raises(LocalProtocolError, match=r"^this side does not send InitializeResponse$"):
        Origin().send(ACCEPT)
    with pytest.raises(LocalProtocolError, match=r"^SearchRequest cannot be sent while IDLE$"):
        Origin().send(SEARCH)
    with pytest.raises(UnexpectedApdu, match=r"^the target sent SearchResponse while IDLE$"):
        _receive(Origin(), FOUND)
    with pytest.raises(UnexpectedApdu, match=r"^the origin sent SearchRequest while IDLE$"):
        _receive(TargetSide(), SEARCH)


@steady
@given(st.lists(st.sampled_from(["search", "present"]), max_size=4), st.integers(1, 50))
def test_both_roles_joined(operations: list[str], size: int) -> None:
    """Origin and target joined in memory, in chunks of any size, stay in the same state all the way."""
    origin, target = Origin(), TargetSide()

    def pass_on(octets: bytes, to: Association) -> object:
        for start in range(0, len(octets), size):
            assert to.next_event() is NEED_DATA
            to.receive_data(octets[start : start + size])
        event = to.next_event()
        assert origin.state is target.state
        return event

    script: list[tuple[Apdu, Apdu]] = [(INIT, ACCEPT)]
    script += [(SEARCH, FOUND) if operation == "search" else (PRESENT, PRESENTED) for operation in operations]
    for request, response in [*script, (CLOSE, CLOSE)]:
        assert pass_on(origin.send(request), target) == request
        assert pass_on(target.send(response), origin) == response
    assert (origin.state, origin.next_event(), target.next_event()) == (State.CLOSED, END, END)


def test_answers_while_closing() -> None:
    """After Close, an answer on its way is let through and the Close behind it ends the association."""
    origin = _bring(Origin(), State.SEARCHING)
    origin.send(CLOSE)
    origin.receive_data(encode_apdu(FOUND) + encode_apdu(CLOSE))
    assert [origin.next_event(), origin.next_event(), origin.next_event()] == [FOUND, CLOSE, END]


def test_reference_id() -> None:
    """The response carries the request's referenceId, or none."""
    asked = PresentRequest("default", 1, 1, reference_id=b"7")
    for reference_id in (b"7", None):
        origin = _bring(Origin(), State.READY)
        origin.send(asked)
        assert _receive(origin, PresentResponse(0, 0, 0, reference_id=reference_id)) is not None
        assert origin.state is State.READY


@pytest.mark.parametrize(
    ("asked", "answered", "words"),
    [
        (b"7", b"8", "the target answered request b'8', but b'7' was asked"),
        (None, b"8", "the target answered request b'8', but None was asked"),
    ],
)
def test_wrong_reference_id(asked: bytes | None, answered: bytes, words: str) -> None:
    """An answer to another request is refused."""
    origin = _bring(Origin(), State.READY)
    origin.send(PresentRequest("default", 1, 1, reference_id=asked))
    with pytest.raises(UnexpectedApdu, match=words):
        _receive(origin, PresentResponse(0, 0, 0, reference_id=answered))
    assert origin.state is State.CLOSED


def test_the_target_knows_the_reference_id() -> None:
    """The answering side reads the referenceId of the request in progress."""
    target = _bring(TargetSide(), State.READY)
    assert isinstance(target, TargetSide)
    assert target.reference_id is None
    _receive(target, PresentRequest("default", 1, 1, reference_id=b"7"))
    assert target.reference_id == b"7"


@pytest.mark.parametrize("state", [State.IDLE, State.READY, State.SEARCHING, State.REJECTED], ids=_name)
def test_end_of_file_between_pdus(state: State) -> None:
    """End of file without Close between two PDUs is a normal end, in every state."""
    origin = _bring(Origin(), state)
    origin.receive_data(b"")
    assert origin.next_event() is END
    assert origin.state is State.CLOSED


def test_end_of_file_behind_an_answer() -> None:
    """An answer that came before the end of file is given first."""
    origin = _bring(Origin(), State.SEARCHING)
    origin.receive_data(encode_apdu(FOUND))
    origin.receive_data(b"")
    assert [origin.next_event(), origin.next_event()] == [FOUND, END]


@pytest.mark.parametrize("form", [bytes, indefinite])
def test_end_of_file_inside_a_pdu(form: type[bytes]) -> None:
    """End of file inside a PDU is an error that says how far it had come, never a silent end."""
    pdu = form(encode_apdu(FOUND))
    for received in range(1, len(pdu)):
        origin = _bring(Origin(), State.SEARCHING)
        origin.receive_data(pdu[:received])
        assert origin.next_event() is NEED_DATA
        origin.receive_data(b"")
        with pytest.raises(RemoteProtocolError, match=f"closed the connection {received} bytes into a PDU"):
            origin.next_event()
        assert origin.state is State.CLOSED


def test_limits() -> None:
    """The limits of the framer are those of the association."""
    origin = Origin(max_pdu_bytes=10)
    origin.receive_data(encode_apdu(ACCEPT))
    with pytest.raises(PduTooLarge, match="the limit is 10"):
        origin.next_event()
    origin = Origin(max_depth=2)
    origin.receive_data(b"\xb5\x80\xa1\x80\xa1\x80")
    with pytest.raises(PduTooLarge, match="deeper than 2"):
        origin.next_event()


@pytest.mark.parametrize(
    ("octets", "kind"), [(b"garbage", BerDecodeError), (b"\xb5\x00", BerDecodeError), (b"\xbf\x24\x00", BerDecodeError)]
)
def test_dead_after_an_error(octets: bytes, kind: type[RemoteProtocolError]) -> None:
    """After a remote error nothing is sent or received any more."""
    origin = _bring(Origin(), State.INITIALIZING)
    origin.receive_data(octets)
    with pytest.raises(kind):
        origin.next_event()
    assert _receive(origin, ACCEPT) is END
    with pytest.raises(LocalProtocolError, match="cannot be sent while CLOSED"):
        origin.send(SEARCH)


UNKNOWN = b"\xbf\x63\x03\x80\x01\x05"


def test_unknown_apdus() -> None:
    """An origin drops an APDU of a type that nobody knows and shows it to the observer; a target refuses it."""
    seen: list[object] = []
    origin = Origin(observer=lambda direction, octets, apdu: seen.append((direction, octets, type(apdu).__name__)))
    origin.send(INIT)
    origin.receive_data(UNKNOWN + encode_apdu(ACCEPT))
    assert origin.next_event() == ACCEPT
    assert seen[1:] == [("received", UNKNOWN, "UnknownApdu"), ("received", encode_apdu(ACCEPT), "InitializeResponse")]
    target = _bring(TargetSide(), State.READY)
    target.receive_data(UNKNOWN)
    with pytest.raises(UnexpectedApdu, match="the origin sent an APDU of type 0xbf63, which is not known"):
        target.next_event()


def test_the_observer_sees_what_cannot_be_decoded() -> None:
    """A PDU that is framed but not decoded is shown with its octets and no APDU."""
    seen: list[tuple[str, bytes, object]] = []
    origin = Origin(observer=lambda *each: seen.append(each))
    sent = origin.send(INIT)
    origin.receive_data(b"\xb5\x03\x83\x01")
    assert origin.next_event() is NEED_DATA
    origin.receive_data(b"\x07")
    with pytest.raises(BerDecodeError):
        origin.next_event()
    assert seen == [("sent", sent, INIT), ("received", b"\xb5\x03\x83\x01\x07", None)]


@pytest.mark.parametrize("octets", [b"garbage", b"\xb5\x05\x83"])
def test_the_observer_sees_what_is_no_pdu(octets: bytes) -> None:
    """Bytes that no PDU can be cut from, and those of a PDU that is cut off, are shown before the association ends."""
    seen: list[tuple[str, bytes, object]] = []
    origin = Origin(observer=lambda *each: seen.append(each))
    origin.send(INIT)
    origin.receive_data(octets)
    origin.receive_data(b"")
    with pytest.raises(RemoteProtocolError):
        origin.next_event()
    assert seen[1:] == [("received", octets, None)]


@steady
@given(st.lists(st.sampled_from([FOUND, SEGMENT, CHALLENGE, UNKNOWN]), min_size=1, max_size=5), st.data())
def test_chunks_do_not_matter(apdus: list[Apdu | bytes], data: st.DataObject) -> None:
    """However the octets are cut into chunks, and whatever else a chunk holds, the same events come out."""
    octets = b"".join(each if isinstance(each, bytes) else data.draw(FORMS)(encode_apdu(each)) for each in apdus)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(octets)), max_size=6)))
    outcomes = []
    for edges in ([0, len(octets)], [0, *cuts, len(octets)], list(range(len(octets) + 1))):
        origin = _bring(Origin(), State.PRESENTING)
        events: list[object] = []
        try:
            for start, end in itertools.pairwise(edges):
                if start < end:
                    origin.receive_data(octets[start:end])
                while (event := origin.next_event()) is not NEED_DATA and event is not END:
                    events.append(event)
        except UnexpectedApdu as error:
            events.append(str(error))
        outcomes.append(events)
    assert outcomes[0] == outcomes[1] == outcomes[2]
