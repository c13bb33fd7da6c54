"""A target that answers as another one did in a trace, so that a fault reported from elsewhere can be looked at here.

Decides which recorded answer belongs to a request: that of the same request, leaving aside what differs from one
program and one session to the next (referenceId, implementation fields, secrets); else the next one recorded for a
request of that type and not used yet. A trace of several associations is replayed association by association, in turn.
A request that the trace has nothing for is told so, by diagnostic 100 or a Close. Where the recorded target fell silent
or hung up, so does this one. Refuses to know sockets and time. Raises TraceError when the trace holds no request.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle
from typing import Any

from locate.errors import DiagnosticError, RemoteProtocolError
from locate.z3950.apdu import (
    Apdu,
    Close,
    CloseReason,
    DefaultDiagFormat,
    InitializeRequest,
    PresentRequest,
    PresentResponse,
    PresentStatus,
    SearchRequest,
    SearchResponse,
    UnknownApdu,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.apdu_text import one_line
from locate.z3950.ber import Framer
from locate.z3950.diagnostics import refusal
from locate.z3950.masking import masked
from locate.z3950.oids import BIB1_DIAGNOSTICS
from locate.z3950.trace import Entry, Trace, TraceError

__all__ = ["Recording", "ReplaySession"]

_STILL_THERE = frozenset({"TargetTimeout", "DiagnosticError"})  # after any other fault the target is gone
# A trace does not say why the origin began another association. When it did so soon after a request without an answer,
# the target had hung up; an origin that waits in vain waits longer.
_HUNG_UP_WITHIN_S = 5.0
_UNSPECIFIED_ERROR = 100
_MAX_REQUEST_BYTES = 1024 * 1024


@dataclass(slots=True)
class _Exchange:
    """A request as recorded, its ``essence`` to compare by, and the PDUs that came before the next request;
    ``hangs_up`` when the target was gone then.
    """

    request: Apdu
    essence: Apdu
    answers: list[bytes] = field(default_factory=list)
    hangs_up: bool = False


class Recording:
    """The exchanges of a trace, found once, for any number of sessions.

    Raises TraceError when there are none, or when a recorded request is no APDU.
    """

    def __init__(self, trace: Trace) -> None:
        self.exchanges: Sequence[_Exchange] = _exchanges(trace.entries)
        if not self.exchanges:
            raise TraceError("no request was recorded, so there is nothing to replay", line=1)
        begun = {index for index, each in enumerate(self.exchanges) if isinstance(each.request, InitializeRequest)}
        self._starts = cycle(sorted({0} | begun))

    def next_association(self) -> Sequence[_Exchange]:
        """Return all exchanges, those of the association whose turn it is first; the first one follows the last."""
        start = next(self._starts)
        return [*self.exchanges[start:], *self.exchanges[:start]]


def _exchanges(entries: Sequence[Entry]) -> list[_Exchange]:
    found: list[_Exchange] = []
    asked_at_s = 0.0
    for entry in entries:
        if entry.kind == "sent" and entry.octets:
            request = _recorded(entry)
            if found and not found[-1].answers and isinstance(request, InitializeRequest):
                found[-1].hangs_up = entry.at_s - asked_at_s < _HUNG_UP_WITHIN_S
            asked_at_s = entry.at_s
            found.append(_Exchange(request, _essence(request)))
        elif found and entry.kind == "received":
            found[-1].answers.append(entry.octets)
        elif found and entry.kind == "fault":
            found[-1].hangs_up = entry.fault not in _STILL_THERE
    if found and not found[-1].answers and entries[-1].kind == "sent":
        found[-1].hangs_up = True  # the trace breaks off here
    return found


def _recorded(entry: Entry) -> Apdu:
    try:
        return decode_apdu(entry.octets)
    except RemoteProtocolError as error:
        raise TraceError(f"the request cannot be decoded: {error.message}", line=entry.line) from None


def _essence(request: Apdu) -> Apdu:
    """Return a request without what tells programs and sessions apart."""
    shown = masked(request)
    if isinstance(shown, UnknownApdu):
        return shown
    if isinstance(shown, InitializeRequest):
        shown = replace(shown, implementation_id=None, implementation_name=None, implementation_version=None)
    return replace(shown, reference_id=None)


class ReplaySession:
    """One Z-association of the replaying target, without IO: give it bytes, take answers until None.

    ``finished`` turns True when the connection is to be closed once the answers are sent. A recorded answer is used
    once a session, as long as there is another one for the same request. ``delay_s`` is what to wait before an answer.
    """

    delay_s = 0.0

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._exchanges = recording.exchanges
        self._used: set[int] = set()
        self._framer = Framer(_MAX_REQUEST_BYTES)
        self._answers: deque[bytes] = deque()
        self._ended = False

    @property
    def finished(self) -> bool:
        """True when nothing more will be answered."""
        return self._ended and not self._answers

    def receive_data(self, data: bytes) -> None:
        """Add received bytes; empty means end of file."""
        if data:
            self._framer.feed(data)
        else:
            self._ended = True

    def next_answer(self) -> bytes | None:
        """Return the next PDU to send, or None when there is none yet or the session is finished.

        What breaks the protocol is answered by a Close with reason 6.
        """
        while not self._answers and not self._ended:
            try:
                pdu = self._framer.next_pdu()
                if pdu is None:
                    return None
                self._take(decode_apdu(pdu))
            except RemoteProtocolError as error:
                self._end(Close(CloseReason.PROTOCOL_ERROR, error.message))
        return self._answers.popleft() if self._answers else None

    def close(self, reason: int) -> bytes:
        """Return the Close that ends the association from this side; empty when it is over already."""
        if self._ended:
            return b""
        self._end(Close(reason))
        return self._answers.pop()

    def _end(self, close: Close) -> None:
        self._answers.append(encode_apdu(close))
        self._ended = True

    def _take(self, request: Apdu) -> None:
        if isinstance(request, InitializeRequest) and not self._used:
            self._exchanges = self._recording.next_association()
        index = self._find(request)
        if index is None:
            self._refuse(request)
            return
        self._used.add(index)
        exchange = self._exchanges[index]
        self._answers += [_readdressed(answer, exchange.request, request) for answer in exchange.answers]
        self._ended = exchange.hangs_up or isinstance(request, Close)

    def _find(self, request: Apdu) -> int | None:
        """Return the exchange to answer from: the same request not used yet, or used; else the next of that type."""
        essence = _essence(request)
        of_type = [index for index, each in enumerate(self._exchanges) if type(each.request) is type(request)]
        same = [index for index in of_type if self._exchanges[index].essence == essence]
        unused = [index for index in same if index not in self._used] or same[-1:]
        return next(iter(unused or [index for index in of_type if index not in self._used]), None)

    def _refuse(self, request: Apdu) -> None:
        """Say that the trace has no answer, in the form that such a request's answer has."""
        error = refusal(_UNSPECIFIED_ERROR, f"the trace has no answer to {one_line(request)}")
        if isinstance(request, Close):
            self._end(Close(CloseReason.FINISHED, reference_id=request.reference_id))
        elif isinstance(request, SearchRequest):
            failed = SearchResponse(0, 0, 0, search_status=False, records=_diagnostic(error))
            self._answers.append(encode_apdu(replace(failed, reference_id=request.reference_id)))
        elif isinstance(request, PresentRequest):
            refused = PresentResponse(0, 0, PresentStatus.FAILURE, _diagnostic(error))
            self._answers.append(encode_apdu(replace(refused, reference_id=request.reference_id)))
        else:
            self._end(Close(CloseReason.UNSPECIFIED, error.addinfo))


def _diagnostic(error: DiagnosticError) -> tuple[str, Any]:
    addinfo = error.addinfo.encode("ascii", "replace").decode()  # a VisibleString
    return "diagnostic", DefaultDiagFormat(BIB1_DIAGNOSTICS, error.condition, ("v2", addinfo))


def _readdressed(answer: bytes, recorded: Apdu, request: Apdu) -> bytes:
    """Return an answer with the referenceId of the request where it had that of the recorded one.

    An answer that has another referenceId, or that cannot be decoded, stays as it came: that may be the fault looked
    for.
    """
    if recorded.reference_id == request.reference_id:
        return answer
    try:
        apdu = decode_apdu(answer)
    except RemoteProtocolError:
        return answer
    if isinstance(apdu, UnknownApdu) or apdu.reference_id != recorded.reference_id:
        return answer
    return encode_apdu(replace(apdu, reference_id=request.reference_id))
