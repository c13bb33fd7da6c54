"""The Z-association without IO: bytes in, events out, and a table that says what may come when.

Theory of operation. An association runs through the states of `State`; every APDU, sent or received, is a step
(state, APDU type) -> state. Because origin and target see the same APDUs in the same order, one table serves both
roles; a role only decides which types it may send. One operation is in progress at a time: this implementation does
not offer concurrent operations, and stock servers punish pipelining (each small reply waits for a delayed ACK).

    IDLE --InitializeRequest--> INITIALIZING --InitializeResponse--> READY, or REJECTED when result is false
    READY --SearchRequest--> SEARCHING --SearchResponse--> READY, and so for every operation of `_OPERATIONS`
    in any operation --AccessControlRequest, AccessControlResponse, ResourceControl…, TriggerResourceControl-->
    the same state: the target interrupts the operation, which goes on when it has been answered
    PRESENTING --Segment--> PRESENTING, as often as it takes; the PresentResponse is the last
    any open state --Close--> CLOSING --Close--> CLOSED ("a system receiving a Close APDU ... shall issue a Close",
    Z39.50-2003 §3.2.11.1); while CLOSING, answers to the aborted operation may still arrive and are dropped.

`send` returns bytes or raises LocalProtocolError; `receive_data` never raises; `next_event` gives an APDU,
NEED_DATA, or END (end of file, a normal end without Close), or raises RemoteProtocolError, after which the
association is dead. An APDU of a type that the standard does not have, or that came after it, is dropped by an origin.
Nothing here knows sockets or time.

Nearly every chunk that a socket gives is one whole PDU, so a chunk that comes when nothing is pending is decoded as it
is, and only when that does not succeed is it framed first; both ways give the same events.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Final, Literal

from locate.errors import LocalProtocolError, RemoteProtocolError, UnexpectedApdu
from locate.z3950.apdu import (
    AccessControlRequest,
    AccessControlResponse,
    Apdu,
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
    SearchRequest,
    SearchResponse,
    Segment,
    SortRequest,
    SortResponse,
    TriggerResourceControlRequest,
    UnknownApdu,
    decode_apdu,
    decode_apdu_prefix,
    encode_apdu,
)
from locate.z3950.ber import DEFAULT_MAX_DEPTH, DEFAULT_MAX_PDU_BYTES, Framer

__all__ = ["END", "NEED_DATA", "Association", "Observer", "Origin", "Signal", "State", "TargetSide"]

# Told of every PDU, sent and received: its octets, and the APDU, None when it could not be decoded.
Observer = Callable[[Literal["sent", "received"], bytes, Apdu | UnknownApdu | None], None]


class State(Enum):
    """Where a Z-association stands."""

    IDLE = auto()
    INITIALIZING = auto()
    READY = auto()
    SEARCHING = auto()
    PRESENTING = auto()
    DELETING = auto()
    SCANNING = auto()
    SORTING = auto()
    REPORTING = auto()
    EXTENDING = auto()
    DEDUPLICATING = auto()
    REJECTED = auto()
    CLOSING = auto()
    CLOSED = auto()


class Signal(Enum):
    """What `Association.next_event` gives when there is no APDU."""

    NEED_DATA = auto()
    END = auto()


NEED_DATA: Final = Signal.NEED_DATA
END: Final = Signal.END

_OPERATIONS: Final[tuple[tuple[type[Apdu], State, type[Apdu]], ...]] = (
    (SearchRequest, State.SEARCHING, SearchResponse),
    (PresentRequest, State.PRESENTING, PresentResponse),
    (DeleteResultSetRequest, State.DELETING, DeleteResultSetResponse),
    (ScanRequest, State.SCANNING, ScanResponse),
    (SortRequest, State.SORTING, SortResponse),
    (ResourceReportRequest, State.REPORTING, ResourceReportResponse),
    (ExtendedServicesRequest, State.EXTENDING, ExtendedServicesResponse),
    (DuplicateDetectionRequest, State.DEDUPLICATING, DuplicateDetectionResponse),
)
_BUSY: Final = (State.INITIALIZING, *(state for _, state, _ in _OPERATIONS))
_INTERRUPTIONS: Final[frozenset[type[Apdu]]] = frozenset({AccessControlRequest, ResourceControlRequest})
_INTERRUPTIONS_ANSWERED: Final[frozenset[type[Apdu]]] = frozenset({AccessControlResponse, ResourceControlResponse})
_REQUESTS: Final[frozenset[type[Apdu]]] = frozenset({InitializeRequest, *(request for request, _, _ in _OPERATIONS)})
_RESPONSES: Final[frozenset[type[Apdu]]] = frozenset({InitializeResponse, *(response for *_, response in _OPERATIONS)})

_STEPS: Final[dict[tuple[State, type[Apdu]], State]] = {
    (State.IDLE, InitializeRequest): State.INITIALIZING,
    (State.INITIALIZING, InitializeResponse): State.READY,
    **{(State.READY, request): state for request, state, _ in _OPERATIONS},
    **{(state, response): State.READY for _, state, response in _OPERATIONS},
    **{(state, kind): state for state in _BUSY for kind in _INTERRUPTIONS | _INTERRUPTIONS_ANSWERED},
    **{(state, TriggerResourceControlRequest): state for state in _BUSY},
    (State.PRESENTING, Segment): State.PRESENTING,
    **{(State.CLOSING, kind): State.CLOSING for kind in _RESPONSES - {InitializeResponse} | _INTERRUPTIONS | {Segment}},
    **{(state, Close): State.CLOSING for state in State if state not in {State.CLOSING, State.CLOSED}},
    (State.CLOSING, Close): State.CLOSED,
}


class Association:
    """One side of a Z-association. Use `Origin` or `TargetSide`."""

    _sends: frozenset[type[Apdu]]
    _peer: str
    _tolerant = False

    def __init__(
        self,
        *,
        max_pdu_bytes: int = DEFAULT_MAX_PDU_BYTES,
        max_depth: int = DEFAULT_MAX_DEPTH,
        observer: Observer | None = None,
    ) -> None:
        self.state = State.IDLE
        self._observer = observer
        self._max_pdu_bytes = max_pdu_bytes
        self._framer = Framer(max_pdu_bytes, max_depth)
        self._chunk = b""  # received when nothing was pending, and not yet looked at
        self._reference_id: bytes | None = None
        self._ended = False

    def send(self, apdu: Apdu) -> bytes:
        """Take the step of sending ``apdu``; return its bytes. Raises LocalProtocolError when it may not be sent."""
        kind = type(apdu)
        if kind is not Close and kind not in self._sends:
            raise LocalProtocolError(f"this side does not send {kind.__name__}")
        after = self._after(apdu)
        if after is None:
            raise LocalProtocolError(f"{kind.__name__} cannot be sent while {self.state.name}")
        try:
            octets = encode_apdu(apdu)
        except UnicodeEncodeError:
            message = f"a text in the {kind.__name__} holds what is no Unicode character and cannot be sent"
            raise LocalProtocolError(message) from None
        self._take(apdu, after)
        if self._observer is not None:
            self._observer("sent", octets, apdu)
        return octets

    def receive_data(self, data: bytes) -> None:
        """Add received bytes; empty means end of file."""
        if not data:
            self._ended = True
        elif self._chunk or self._framer.pending or len(data) > self._max_pdu_bytes:
            self._frame_chunk()
            self._framer.feed(data)
        else:
            self._chunk = data

    def next_event(self) -> Apdu | Signal:
        """Return the next APDU received, NEED_DATA or END. Raises RemoteProtocolError."""
        if self.state is State.CLOSED:
            return END
        try:
            while True:
                apdu = self._next_apdu()
                if isinstance(apdu, Signal):
                    return apdu
                if not isinstance(apdu, UnknownApdu):
                    break
                if not self._tolerant:
                    raise UnexpectedApdu(f"{self._peer} sent an APDU of type 0x{apdu.identifier:x}, which is not known")
            after = self._after(apdu)
            if after is None or type(apdu) in self._sends:
                raise UnexpectedApdu(f"{self._peer} sent {type(apdu).__name__} while {self.state.name}")
            self._check_reference(apdu)
        except RemoteProtocolError:
            self.state = State.CLOSED
            raise
        self._take(apdu, after)
        return apdu

    def _next_apdu(self) -> Apdu | UnknownApdu | Signal:
        """Decode the next PDU and show it to the observer."""
        if self._chunk:
            try:
                apdu, end = decode_apdu_prefix(self._chunk)
            except RemoteProtocolError:
                self._frame_chunk()
            else:
                if self._observer is not None:
                    self._observer("received", self._chunk[:end], apdu)
                self._chunk = self._chunk[end:]
                self._frame_chunk()  # there is more only where PDUs are many and small: cutting bytes would be slow
                return apdu
        try:
            framed = self._framer.next_pdu()
            if framed is None:
                return self._no_pdu()
        except RemoteProtocolError:
            if self._observer is not None:
                self._observer("received", self._framer.rest, None)  # no PDU, but what a trace is read for
            raise
        found: Apdu | UnknownApdu | None = None
        try:
            found = decode_apdu(framed)
        finally:
            if self._observer is not None:
                self._observer("received", framed, found)
        return found

    def _frame_chunk(self) -> None:
        """Leave it to the framer where the PDUs of the chunk end."""
        if self._chunk:
            self._framer.feed(self._chunk)
            self._chunk = b""

    def _no_pdu(self) -> Signal:
        if not self._ended:
            return NEED_DATA
        if self._framer.pending:
            raise RemoteProtocolError(f"{self._peer} closed the connection {self._framer.pending} bytes into a PDU")
        self.state = State.CLOSED
        return END

    def _after(self, apdu: Apdu) -> State | None:
        if isinstance(apdu, InitializeResponse) and not apdu.result and self.state is State.INITIALIZING:
            return State.REJECTED
        return _STEPS.get((self.state, type(apdu)))

    def _take(self, apdu: Apdu, after: State) -> None:
        if type(apdu) in _REQUESTS:
            self._reference_id = apdu.reference_id
        self.state = after

    def _check_reference(self, apdu: Apdu) -> None:
        """Require the referenceId of the request in all that answers it (§3.4); targets that leave it out are
        tolerated.
        """
        found = apdu.reference_id
        if found is None or found == self._reference_id or type(apdu) not in _RESPONSES | _INTERRUPTIONS | {Segment}:
            return
        raise UnexpectedApdu(f"{self._peer} answered request {found!r}, but {self._reference_id!r} was asked")


class Origin(Association):
    """The side that asks."""

    _sends = _REQUESTS | _INTERRUPTIONS_ANSWERED | {TriggerResourceControlRequest}
    _peer = "the target"
    _tolerant = True

    def _no_pdu(self) -> Signal:
        if self.state is State.READY and self._framer.pending:
            # They would be taken for the beginning of the next answer.
            raise UnexpectedApdu(f"{self._peer} sent {self._framer.pending} bytes that nobody asked for")
        return super()._no_pdu()


class TargetSide(Association):
    """The side that answers. ``reference_id`` is that of the request in progress, to be put into the answer."""

    _sends = _RESPONSES | _INTERRUPTIONS | {Segment}
    _peer = "the origin"

    @property
    def reference_id(self) -> bytes | None:
        """The referenceId of the request in progress; None when it has none."""
        return self._reference_id
