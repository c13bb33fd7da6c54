"""A target with habits: an honest responder behind what it understands, what it says, and what it asks in between.

Decides when an operation is interrupted by a challenge or a resource control, and when the connection is to end. Like
the honest responder it takes one request and gives its answer, and raises nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from locate.errors import DiagnosticError
from locate.partner import Credentials
from locate.z3950.apdu import (
    AccessControlRequest,
    AccessControlResponse,
    Apdu,
    InitializeRequest,
    InitializeResponse,
    PresentRequest,
    ResourceControlRequest,
    ResourceControlResponse,
    SearchRequest,
    TriggerResourceControlRequest,
    UnknownApdu,
)
from locate.z3950.diagnostics import refusal
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation.answers import given
from locate.z3950.target.emulation.habits import Emulation
from locate.z3950.target.emulation.init import init_given
from locate.z3950.target.emulation.requests import understood
from locate.z3950.target.negotiation import ServiceLimits
from locate.z3950.target.rendering import RecordCache
from locate.z3950.target.responder import Responder

__all__ = ["EmulatedResponder"]

_CHALLENGE = ("simple", b"password?")
_UNKNOWN_APDU = UnknownApdu(0xBF3C, b"\xbf\x3c\x00")  # [60]: no APDU has this tag


class EmulatedResponder:
    """Answers like `Responder`, with the habits of an `Emulation`.

    ``full`` says that the target has no room for one more session. ``hangs_up`` turns True when the connection is to
    end once the answers are sent.
    """

    def __init__(
        self,
        habits: Emulation,
        databases: Mapping[str, Catalog],
        *,
        credentials: Credentials | None,
        limits: ServiceLimits,
        cache: RecordCache,
        full: bool = False,
    ) -> None:
        if habits.message_bytes is not None:
            limits = replace(limits, message_bytes=min(habits.message_bytes, limits.message_bytes))
        self.hangs_up = False
        self._habits = habits
        self._honest = Responder(databases, credentials=credentials, limits=limits, cache=cache)
        self._full = full
        self._admitted = habits.access_password is None
        self._interrupted: SearchRequest | None = None
        self._operations = 0

    @property
    def silent_on_garbage(self) -> bool:
        """True when what is no APDU gets no answer, nor anything after it."""
        return self._habits.silent_on_garbage

    def answers(self, request: Apdu) -> Sequence[Apdu]:
        """Return the APDUs that answer a request, or that interrupt it."""
        interrupted = self._interrupted
        if isinstance(request, SearchRequest):
            return self._search(request)
        if isinstance(request, AccessControlResponse) and interrupted is not None:
            self._admitted = request.security_challenge_response == ("simple", self._password)
            return self._search(interrupted) if self._admitted else self._refused(interrupted, refusal(101))
        if isinstance(request, ResourceControlResponse) and interrupted is not None and self._admitted:
            return self._carry_out(interrupted) if request.continue_flag else self._refused(interrupted, refusal(105))
        return [] if isinstance(request, TriggerResourceControlRequest) else self._carry_out(request)

    @property
    def _password(self) -> bytes:
        return (self._habits.access_password or "").encode()

    def _search(self, request: SearchRequest) -> Sequence[Apdu]:
        self._interrupted = request
        if not self._admitted:
            return [AccessControlRequest(_CHALLENGE, reference_id=request.reference_id)]
        if not self._habits.resource_control:
            return self._carry_out(request)
        asks = self._habits.resource_control == "ask"
        interruption = ResourceControlRequest(asks, reference_id=request.reference_id)
        return [interruption] if asks else [interruption, *self._carry_out(request)]

    def _carry_out(self, request: Apdu) -> Sequence[Apdu]:
        self._interrupted = None
        try:
            answers = self._honest.answers(understood(request, self._habits))
        except DiagnosticError as error:
            return self._refused(request, error)
        if isinstance(request, InitializeRequest):
            full = self._full
            return [
                init_given(answer, request, self._habits, full=full)
                if isinstance(answer, InitializeResponse)
                else answer
                for answer in answers
            ]
        return self._given(answers, request)

    def _refused(self, request: Apdu, error: DiagnosticError) -> Sequence[Apdu]:
        self._interrupted = None
        return self._given([self._honest.refuse(request, error)], request)

    def _given(self, answers: Sequence[Apdu], request: Apdu) -> Sequence[Apdu]:
        """Give the honest answers the target's own form, and count the operation."""
        changed = [given(answer, request, self._habits) for answer in answers]
        self._operations += 1
        self.hangs_up = self._operations == self._habits.close_after_operations
        if isinstance(request, SearchRequest) and self._habits.unknown_apdu:
            changed.insert(0, _UNKNOWN_APDU)
        return changed

    def delay_s(self, request: Apdu) -> float:
        """Return how many seconds the answer to a request takes."""
        if isinstance(request, SearchRequest):
            return self._habits.search_delay_s
        return self._habits.present_delay_s if isinstance(request, PresentRequest) else 0.0
