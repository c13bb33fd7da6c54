"""The Z-association without IO: bytes in, events out, and a table that says what may come when.

Theory of operation. An association runs through the states of `State`; every APDU, sent or received, is a step
(state, APDU type) -> state. Because origin and target see the same APDUs in the same order, one table serves both
roles; a role only decides which types it may send. One operation is in progress at a time: this implementation does
not offer concurrent operations, and stock servers punish pipelining (each small reply waits for a delayed ACK).

    IDLE --InitializeRequest--> INITIALIZING --InitializeResponse--> READY, or REJECTED when result is false
    READY --SearchRequest--> SEARCHING --SearchResponse--> READY
    READY --PresentRequest--> PRESENTING --PresentResponse--> READY
    any open state --Close--> CLOSING --Close--> CLOSED ("a system receiving a Close APDU ... shall issue a Close",
    Z39.50-2003 §3.2.11.1); while CLOSING, answers to the aborted operation may still arrive and are dropped.

`send` returns bytes or raises LocalProtocolError; `receive_data` never raises; `next_event` gives an APDU,
NEED_DATA, or END (end of file, a normal end without Close), or raises RemoteProtocolError, after which the
association is dead. Nothing here knows sockets or time.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from locate.errors import LocalProtocolError, RemoteProtocolError, UnexpectedApdu
from locate.z3950.apdu import (
    Apdu,
    Close,
    InitializeRequest,
    InitializeResponse,
    PresentRequest,
    PresentResponse,
    SearchRequest,
    SearchResponse,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.ber import DEFAULT_MAX_DEPTH, DEFAULT_MAX_PDU_BYTES, Framer

__all__ = ["END", "NEED_DATA", "Association", "Origin", "Signal", "State", "TargetSide"]


class State(Enum):
    """Where a Z-association stands."""

    IDLE = auto()
    INITIALIZING = auto()
    READY = auto()
    SEARCHING = auto()
    PRESENTING = auto()
    REJECTED = auto()
    CLOSING = auto()
    CLOSED = auto()


class Signal(Enum):
    """What `Association.next_event` gives when there is no APDU."""

    NEED_DATA = auto()
    END = auto()


NEED_DATA: Final = Signal.NEED_DATA
END: Final = Signal.END

_STEPS: Final[dict[tuple[State, type[Apdu]], State]] = {
    (State.IDLE, InitializeRequest): State.INITIALIZING,
    (State.INITIALIZING, InitializeResponse): State.READY,
    (State.READY, SearchRequest): State.SEARCHING,
    (State.SEARCHING, SearchResponse): State.READY,
    (State.READY, PresentRequest): State.PRESENTING,
    (State.PRESENTING, PresentResponse): State.READY,
    (State.CLOSING, SearchResponse): State.CLOSING,
    (State.CLOSING, PresentResponse): State.CLOSING,
    **{(state, Close): State.CLOSING for state in State if state not in {State.CLOSING, State.CLOSED}},
    (State.CLOSING, Close): State.CLOSED,
}

_REQUESTS: Final[frozenset[type[Apdu]]] = frozenset({InitializeRequest, SearchRequest, PresentRequest})
_RESPONSES: Final[frozenset[type[Apdu]]] = frozenset({InitializeResponse, SearchResponse, PresentResponse})


class Association:
    """One side of a Z-association. Use `Origin` or `TargetSide`."""

    _sends: frozenset[type[Apdu]]
    _peer: str

    def __init__(self, *, max_pdu_bytes: int = DEFAULT_MAX_PDU_BYTES, max_depth: int = DEFAULT_MAX_DEPTH) -> None:
        self.state = State.IDLE
        self._framer = Framer(max_pdu_bytes, max_depth)
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
        octets = encode_apdu(apdu)
        self._take(apdu, after)
        return octets

    def receive_data(self, data: bytes) -> None:
        """Add received bytes; empty means end of file."""
        if data:
            self._framer.feed(data)
        else:
            self._ended = True

    def next_event(self) -> Apdu | Signal:
        """Return the next APDU received, NEED_DATA or END. Raises RemoteProtocolError."""
        if self.state is State.CLOSED:
            return END
        try:
            pdu = self._framer.next_pdu()
            if pdu is None:
                return self._no_pdu()
            apdu = decode_apdu(pdu)
            after = self._after(apdu)
            if after is None or type(apdu) in self._sends:
                raise UnexpectedApdu(f"{self._peer} sent {type(apdu).__name__} while {self.state.name}")
            self._check_reference(apdu)
        except RemoteProtocolError:
            self.state = State.CLOSED
            raise
        self._take(apdu, after)
        return apdu

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
        """Require the referenceId of the request in its response (§3.4); targets that leave it out are tolerated."""
        found = apdu.reference_id
        if type(apdu) in _RESPONSES and found is not None and found != self._reference_id:
            raise UnexpectedApdu(f"{self._peer} answered request {found!r}, but {self._reference_id!r} was asked")


class Origin(Association):
    """The side that asks."""

    _sends = _REQUESTS
    _peer = "the target"


class TargetSide(Association):
    """The side that answers. ``reference_id`` is that of the request in progress, to be put into the answer."""

    _sends = _RESPONSES
    _peer = "the origin"

    @property
    def reference_id(self) -> bytes | None:
        """The referenceId of the request in progress; None when it has none."""
        return self._reference_id
