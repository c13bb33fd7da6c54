"""One request and its answer on an open link: the asyncio side of `protocol.Origin`.

Decides what is done about everything that is no answer: Segments are gathered, a security challenge and a resource
control are answered, a Close is answered and ends the association, and whatever comes while nothing was asked does so
too. Refuses to know what a request is for. Raises TargetClosed and RemoteProtocolError; deadlines are the caller's.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from locate.errors import PduTooLarge, RemoteProtocolError, TargetClosed, TargetTimeout, Z3950Error
from locate.partner import Target
from locate.z3950.apdu import (
    AccessControlRequest,
    AccessControlResponse,
    Apdu,
    Close,
    CloseReason,
    DeleteResultSetResponse,
    InitializeResponse,
    NamePlusRecord,
    PresentResponse,
    ResourceControlRequest,
    ResourceControlResponse,
    ScanResponse,
    SearchResponse,
    Segment,
    SortResponse,
)
from locate.z3950.protocol import END, Observer, Origin, Signal, State
from locate.z3950.transport import Link, open_link

__all__ = ["Challenge", "Exchange"]

# Answers a security challenge; None refuses to.
Challenge = Callable[[AccessControlRequest], AccessControlResponse | None]

_MAX_INTERRUPTIONS = 1000  # Segments, challenges and resource controls before one answer
_MAX_ANSWER_BYTES = 64 * 1024 * 1024  # of one answer with all its Segments
_CLOSE_PATIENCE_S = 1.0
_Answer = TypeVar(
    "_Answer",
    InitializeResponse,
    SearchResponse,
    PresentResponse,
    DeleteResultSetResponse,
    ScanResponse,
    SortResponse,
)


class Exchange:
    """The association with one target over one link: a `transport.Receiver`.

    ``segments`` are the records of the Segments that came before the last answer.
    """

    def __init__(self, target: Target, *, observer: Observer | None = None, challenge: Challenge) -> None:
        self.segments: list[NamePlusRecord] = []
        self._target = target
        self._origin = Origin(observer=observer)
        self._challenge = challenge
        self._link: Link | None = None
        self._events: deque[Apdu] = deque()
        self._failure: Z3950Error | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._received_bytes = 0
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._deadline: float | None = None  # of the operation in progress, in the loop's time
        self._timeout_s = 0.0

    @property
    def is_open(self) -> bool:
        """True while a request can be sent: not once the target closed, or said something unasked."""
        ready = self._link is not None and self._origin.state is State.READY
        return ready and self._failure is None and not self._events

    async def connect(self) -> None:
        """Open the link. Raises TargetUnreachable or ConfigurationError."""
        self._link = await open_link(self._target, self)

    # ---- the deadline -----------------------------------------------------------------------------------------------

    def begin(self, timeout_s: float) -> None:
        """Let what is asked from now on fail with TargetTimeout ``timeout_s`` seconds from now.

        One timer serves all operations of a connection: it is moved only when it fires before its time has come.
        """
        self._timeout_s = timeout_s
        self._deadline = deadline = self._loop.time() + timeout_s
        if self._timer is None or self._timer.when() > deadline:
            self._set_timer(deadline)

    def end(self) -> None:
        """End the operation: no deadline is left."""
        self._deadline = None

    def _set_timer(self, when: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(when, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        if self._deadline is None:
            return
        if self._deadline > self._loop.time():
            self._set_timer(self._deadline)
        else:
            self._fail(TargetTimeout(f"no answer within {self._timeout_s:g} s"))
            self._wake()

    # ---- asking -----------------------------------------------------------------------------------------------------

    async def ask(self, request: Apdu, answer_type: type[_Answer]) -> _Answer:
        """Send ``request`` and wait for its answer; what comes before it is dealt with."""
        if self._link is None or self._failure is not None:
            raise self._failure or TargetClosed("the connection is closed")
        self.segments = []
        self._received_bytes = 0
        self._link.send(self._origin.send(request))
        for _ in range(_MAX_INTERRUPTIONS):
            answer = await self._next()
            if isinstance(answer, answer_type):
                return answer
            self._interrupted(answer)
        raise RemoteProtocolError(f"the target interrupted an operation {_MAX_INTERRUPTIONS:,} times")

    def _interrupted(self, apdu: Apdu) -> None:
        """Deal with what is no answer. Raises TargetClosed for a Close."""
        response: Apdu
        if isinstance(apdu, Segment):
            self.segments.extend(apdu.segment_records)
        elif isinstance(apdu, AccessControlRequest):
            response = self._challenge(apdu) or AccessControlResponse()
            self._reply(replace(response, reference_id=apdu.reference_id))
        elif isinstance(apdu, ResourceControlRequest):
            if apdu.response_required:
                self._reply(ResourceControlResponse(continue_flag=True, reference_id=apdu.reference_id))
        elif isinstance(apdu, Close):
            raise _closed(apdu)
        else:
            raise RemoteProtocolError(f"the target sent {type(apdu).__name__} instead of an answer")

    def _reply(self, response: Apdu) -> None:
        """Answer an interruption, unless the target did not wait for that and has ended the operation."""
        if self._origin.state not in {State.READY, State.REJECTED}:
            self._send(response)

    def _send(self, apdu: Apdu) -> None:
        if self._link is not None:
            self._link.send(self._origin.send(apdu))

    async def _next(self) -> Apdu:
        """Return the next APDU. Raises what ended the association once nothing is left."""
        while not self._events:
            if self._failure is not None:
                raise self._failure
            self._waiter = self._loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._events.popleft()

    # ---- receiving --------------------------------------------------------------------------------------------------

    def received(self, data: bytes) -> None:
        """Take bytes from the link; empty means end of file."""
        origin, state = self._origin, self._origin.state
        origin.receive_data(data)
        self._received_bytes += len(data)
        try:
            if self._received_bytes > _MAX_ANSWER_BYTES:
                raise PduTooLarge(f"an answer of more than {_MAX_ANSWER_BYTES:,} bytes in all")
            while not isinstance(event := origin.next_event(), Signal):
                self._events.append(event)
                if isinstance(event, Close):
                    self._answer_close(event)
                    break
            else:
                if event is END:
                    instead = "" if state is State.READY else " instead of answering"
                    self._fail(TargetClosed(f"the target closed the connection{instead}"))
        except RemoteProtocolError as error:
            self._fail(error)
        self._wake()

    def broken(self, error: TargetClosed) -> None:
        """Take the news that the connection broke."""
        self._fail(error)
        self._wake()

    def _answer_close(self, close: Close) -> None:
        """Answer a Close with one (§3.2.11.1), unless it is itself the answer; then close the link."""
        if self._origin.state is State.CLOSING:
            self._send(Close(CloseReason.FINISHED, reference_id=close.reference_id))
        link, self._link = self._link, None
        if link is not None:
            link.close()  # which still sends that
        self._fail(_closed(close))

    def _fail(self, error: Z3950Error) -> None:
        """End the association at once; what was not sent yet would only hold the connection open."""
        self._failure = self._failure or error
        link, self._link = self._link, None
        if link is not None:
            link.abort()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # ---- ending -----------------------------------------------------------------------------------------------------

    async def close(self) -> None:
        """Send Close, wait for the target's at most a second, and drop the link."""
        link = self._link
        try:
            if self.is_open:
                self._send(Close(CloseReason.FINISHED))
                with contextlib.suppress(Z3950Error, TimeoutError):
                    async with asyncio.timeout(_CLOSE_PATIENCE_S):
                        while not isinstance(await self._next(), Close):
                            pass
        finally:
            if link is not None:
                link.abort()  # which the target's Close only began to close
            self.abort()

    def abort(self) -> None:
        """Drop the link at once; whoever waits for an answer gets TargetClosed."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        link, self._link = self._link, None
        if link is not None:
            link.abort()
        self._failure = self._failure or TargetClosed("the connection was dropped on this side")
        self._wake()


def _closed(close: Close) -> TargetClosed:
    detail = f": {close.diagnostic_information}" if close.diagnostic_information else ""
    return TargetClosed(f"the target closed the association ({close.reason_name}){detail}")
