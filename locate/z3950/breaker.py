"""When a target that does not answer is left alone for a while: a circuit breaker for one host and port.

Decides from answers and faults, in the order they are told, whether the target may be asked. A breaker is closed
(ask), open (leave alone until the cooldown is over) or half-open (one attempt is on its way; its end decides). Pure:
``now`` is seconds of any one clock. `Breaker.suspension` makes the error to raise; nothing is raised here.

Only silence counts as a fault, for that is what a breaker can spare its callers: a diagnostic, a refused Init and even
bytes that break the protocol come from a target that answers, and quickly. So a refused Init closes the breaker; what
it says is the caller's to heed (`InitRejected.retry` is "never"). Neither good nor bad is a fault that may be the
caller's own: a deadline too short to blame anyone, a cancelled operation, an association lost after Init was answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from locate.errors import (
    DiagnosticError,
    InitRejected,
    RemoteProtocolError,
    TargetClosed,
    TargetSuspended,
    TargetTimeout,
    TargetUnreachable,
    Z3950Error,
)

__all__ = ["Breaker", "BreakerPolicy", "BreakerState"]


class BreakerState(Enum):
    """Where a breaker stands."""

    CLOSED = auto()
    OPEN = auto()
    HALF_OPEN = auto()


@dataclass(frozen=True, slots=True)
class BreakerPolicy:
    """When a breaker opens and for how long.

    ``failures_to_open`` faults in a row open it for ``cooldown_s`` seconds, which double with every attempt that fails
    after that, up to ``max_cooldown_s``. A timeout counts when the target had at least ``fair_wait_s`` seconds.
    """

    failures_to_open: int = 3
    cooldown_s: float = 30.0
    max_cooldown_s: float = 600.0
    fair_wait_s: float = 2.0


class Breaker:
    """The breaker of one host and port."""

    def __init__(self, policy: BreakerPolicy | None = None) -> None:
        self.state = BreakerState.CLOSED
        self.failures = 0  # in a row
        self._policy = policy or BreakerPolicy()
        self._cooldown_s = self._policy.cooldown_s
        self._retry_at = 0.0
        self._last_fault = ""

    def is_suspended(self, now: float) -> bool:
        """Return whether `admit` would refuse; changes nothing."""
        return self.state is BreakerState.HALF_OPEN or (self.state is BreakerState.OPEN and now < self._retry_at)

    def admit(self, now: float) -> bool:
        """Return whether the target may be asked now.

        When the cooldown is over the first caller gets True and the breaker is half-open: that caller must tell the end
        of its attempt by `take` or `abandon`, and until then all others get False.
        """
        if self.is_suspended(now):
            return False
        if self.state is BreakerState.OPEN:
            self.state = BreakerState.HALF_OPEN
        return True

    def take(self, fault: Z3950Error | None, now: float, *, waited_s: float, connecting: bool) -> bool:
        """Take the end of an attempt or of a search; None is an answer. Return whether it decided anything.

        ``waited_s`` is the time the target had; ``connecting`` tells that no answer ever came on the connection.
        """
        if fault is None or isinstance(fault, DiagnosticError | InitRejected | RemoteProtocolError):
            self._close()
        elif (
            isinstance(fault, TargetUnreachable)
            or (isinstance(fault, TargetClosed) and connecting)
            or (isinstance(fault, TargetTimeout) and waited_s >= self._policy.fair_wait_s)
        ):
            self._count(fault.message, now)
        else:
            return False
        return True

    def abandon(self) -> None:
        """Give up the one attempt of a half-open breaker without a result: the next caller may try at once."""
        if self.state is BreakerState.HALF_OPEN:
            self.state = BreakerState.OPEN

    def suspension(self, now: float, target: str) -> TargetSuspended:
        """Return the error for a caller that is refused; ``target`` is named in it."""
        return TargetSuspended(
            failures=self.failures,
            last_fault=self._last_fault,
            retry_in_s=max(self._retry_at - now, 0.0),
            target=target,
        )

    def _close(self) -> None:
        self.state = BreakerState.CLOSED
        self.failures = 0
        self._cooldown_s = self._policy.cooldown_s

    def _count(self, fault: str, now: float) -> None:
        self.failures += 1
        self._last_fault = fault
        if self.state is BreakerState.HALF_OPEN:
            self._cooldown_s = min(2 * self._cooldown_s, self._policy.max_cooldown_s)
        elif self.state is BreakerState.OPEN or self.failures < self._policy.failures_to_open:
            return  # while open, these are attempts from before: they do not prolong it
        self.state = BreakerState.OPEN
        self._retry_at = now + self._cooldown_s
