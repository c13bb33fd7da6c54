"""One Z-association of the embedded target without IO: bytes in, answers out.

Decides what is answered when the protocol is broken, and when the association is over; what a request is answered is
the responder's. Knows of time only how long an answer is to wait. Raises nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from locate.errors import LocalProtocolError, RemoteProtocolError
from locate.z3950.apdu import Apdu, Close, CloseReason, UnknownApdu, encode_apdu
from locate.z3950.protocol import Signal, State, TargetSide
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import EmulatedResponder
from locate.z3950.target.rendering import RecordCache
from locate.z3950.target.responder import Responder
from locate.z3950.target.server_options import ServerOptions

__all__ = ["TargetSession"]


class TargetSession:
    """One Z-association of the target without IO: give it bytes, take answers until None.

    ``delay_s`` is how many seconds the answer just taken is to wait before it is sent. ``finished`` turns True when
    the connection is to be closed once the answers are sent. ``cache`` may be shared by the sessions of one target;
    ``full`` says that an emulated target has no room for this session.
    """

    def __init__(
        self,
        databases: Mapping[str, Catalog],
        options: ServerOptions | None = None,
        *,
        cache: RecordCache | None = None,
        full: bool = False,
    ) -> None:
        chosen = options or ServerOptions()
        self.finished = False
        self.delay_s = 0.0
        self._side = TargetSide(max_pdu_bytes=chosen.max_pdu_bytes)
        self._delay_s = chosen.delay_s
        self._answers: deque[bytes] = deque()
        self._deaf = False  # an emulated target that says nothing more
        limits, shared = chosen.limits, cache or RecordCache()
        self._emulated: EmulatedResponder | None = None
        if chosen.emulation is not None:
            self._emulated = EmulatedResponder(
                chosen.emulation, databases, credentials=chosen.credentials, limits=limits, cache=shared, full=full
            )
        self._responder = self._emulated or Responder(
            databases, credentials=chosen.credentials, limits=limits, cache=shared
        )

    def receive_data(self, data: bytes) -> None:
        """Add received bytes; empty means end of file."""
        self._side.receive_data(data)
        self.finished = self.finished or (self._deaf and not data)

    def next_answer(self) -> bytes | None:
        """Return the next APDU to send, or None when there is none yet or the session is finished.

        What breaks the protocol is answered by a Close with reason 6.
        """
        self.delay_s = 0.0
        while not (self._answers or self.finished or self._deaf):
            try:
                request = self._side.next_event()
            except RemoteProtocolError as error:
                return self._broken(error)
            if isinstance(request, Signal):
                self.finished = request is Signal.END
                return None
            self._take(request)
        return self._answers.popleft() if self._answers else None

    def _take(self, request: Apdu) -> None:
        """Carry out a request; its answers wait to be taken, and the session may be over behind them."""
        self.delay_s = self._delay_s
        closing = isinstance(request, Close)
        for answer in self._responder.answers(request):
            # An emulated target may send what no association should; the state table is asked about all else.
            self._answers.append(encode_apdu(answer) if isinstance(answer, UnknownApdu) else self._side.send(answer))
            closing = closing or isinstance(answer, Close)
        self.finished = closing or self._side.state in {State.REJECTED, State.CLOSED}
        if self._emulated is not None:
            self.delay_s += self._emulated.delay_s(request)
            self.finished = self.finished or self._emulated.hangs_up

    def _broken(self, error: RemoteProtocolError) -> bytes | None:
        if self._emulated is not None and self._emulated.silent_on_garbage:
            self._deaf = True
            return None
        self.finished = True
        return encode_apdu(Close(CloseReason.PROTOCOL_ERROR, error.message))

    def close(self, reason: int) -> bytes:
        """Return the Close that ends the association from this side; empty when it is over already."""
        self.finished = True
        try:
            return self._side.send(Close(reason))
        except LocalProtocolError:
            return b""
