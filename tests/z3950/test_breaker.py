"""The circuit breaker: when a target is left alone, and how it comes back."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from locate.errors import (
    BerDecodeError,
    DiagnosticError,
    InitRejected,
    LocalProtocolError,
    TargetClosed,
    TargetSuspended,
    TargetTimeout,
    TargetUnreachable,
    Z3950Error,
)
from locate.z3950.breaker import Breaker, BreakerPolicy, BreakerState

POLICY = BreakerPolicy(failures_to_open=3, cooldown_s=10.0, max_cooldown_s=60.0, fair_wait_s=2.0)
REFUSED = TargetUnreachable("connection refused")


def fail(breaker: Breaker, now: float, times: int = 1) -> None:
    """Let so many attempts fail."""
    for _ in range(times):
        assert breaker.take(REFUSED, now, waited_s=5.0, connecting=True)


def opened() -> Breaker:
    """Return a breaker that opened at 0."""
    breaker = Breaker(POLICY)
    fail(breaker, 0.0, times=3)
    return breaker


def test_faults_in_a_row_open_it() -> None:
    """The last fault that is still borne is one less than the limit; an answer between starts the count again."""
    breaker = Breaker(POLICY)
    fail(breaker, 0.0, times=2)
    breaker.take(None, 1.0, waited_s=5.0, connecting=False)
    fail(breaker, 2.0, times=2)
    assert breaker.admit(3.0)
    fail(breaker, 3.0)
    assert not breaker.admit(3.0)


def test_after_the_cooldown_one_caller_tries_it() -> None:
    """All others are refused until that attempt has ended."""
    breaker = opened()
    assert not breaker.admit(9.9)
    assert breaker.admit(10.0)
    assert [breaker.admit(10.0 + seconds) for seconds in (0, 100)] == [False, False]
    breaker.take(None, 11.0, waited_s=5.0, connecting=False)
    assert breaker.admit(11.0)
    assert breaker.failures == 0


def test_every_failed_attempt_doubles_the_cooldown_to_its_limit() -> None:
    """And a recovered target begins with the short one again."""
    breaker, now, waits = opened(), 0.0, []
    for _ in range(5):
        wait_s = breaker.suspension(now, "t").retry_in_s
        waits.append(wait_s)
        now += wait_s
        assert breaker.admit(now)
        fail(breaker, now)
    assert waits == [10.0, 20.0, 40.0, 60.0, 60.0]
    breaker.take(None, now, waited_s=5.0, connecting=False)
    fail(breaker, now, times=3)
    assert breaker.suspension(now, "t").retry_in_s == 10.0


def test_an_attempt_without_a_result_lets_the_next_caller_try() -> None:
    """As when it was cancelled."""
    breaker = opened()
    assert breaker.admit(10.0)
    breaker.abandon()
    assert breaker.admit(10.0)


def test_giving_up_changes_nothing_unless_an_attempt_is_on_its_way() -> None:
    """A closed breaker stays closed, an open one keeps its cooldown."""
    breaker = Breaker(POLICY)
    breaker.abandon()
    assert breaker.admit(0.0)
    breaker = opened()
    breaker.abandon()
    assert not breaker.admit(9.9)


def test_faults_of_attempts_from_before_do_not_prolong_the_cooldown() -> None:
    """They were on their way when it opened."""
    breaker = opened()
    fail(breaker, 5.0, times=4)
    assert breaker.admit(10.0)


def test_an_answer_to_an_attempt_from_before_closes_it() -> None:
    """The target answers, whatever was thought of it."""
    breaker = opened()
    breaker.take(None, 5.0, waited_s=5.0, connecting=False)
    assert breaker.admit(5.0)


DIAGNOSTIC = DiagnosticError("no", diagnostic_set="1.2", condition=1)


@pytest.mark.parametrize(
    ("fault", "waited_s", "connecting", "opens"),
    [
        (REFUSED, 5.0, True, True),
        (TargetTimeout("late"), 2.0, True, True),
        (TargetTimeout("late"), 2.0, False, True),
        (TargetTimeout("late"), 1.9, False, False),
        (TargetClosed("gone"), 5.0, True, True),
        (TargetClosed("gone"), 5.0, False, False),
        (InitRejected("no"), 5.0, True, False),
        (DIAGNOSTIC, 5.0, False, False),
        (BerDecodeError("odd", offset=0), 5.0, True, False),
        (LocalProtocolError("not now"), 5.0, False, False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Z3950Error) else str(value),
)
def test_only_silence_opens_it(fault: Z3950Error, waited_s: float, connecting: bool, opens: bool) -> None:  # noqa: FBT001 - a table
    """What was sent is an answer, whatever it says; a short deadline and a lost association blame nobody."""
    breaker = Breaker(POLICY)
    for _ in range(3):
        breaker.take(fault, 0.0, waited_s=waited_s, connecting=connecting)
    assert (breaker.state is BreakerState.OPEN) is opens


@pytest.mark.parametrize("fault", [None, InitRejected("no"), DIAGNOSTIC, BerDecodeError("odd", offset=0)])
def test_anything_the_target_sends_closes_it(fault: Z3950Error | None) -> None:
    """The one attempt of a half-open breaker got an answer."""
    breaker = opened()
    assert breaker.admit(10.0)
    assert breaker.take(fault, 10.0, waited_s=5.0, connecting=True)
    assert breaker.state is BreakerState.CLOSED


@pytest.mark.parametrize("fault", [TargetTimeout("late"), TargetClosed("gone"), LocalProtocolError("not now")])
def test_what_proves_nothing_leaves_it_half_open(fault: Z3950Error) -> None:
    """The caller is told that its attempt is still undecided."""
    breaker = opened()
    assert breaker.admit(10.0)
    assert not breaker.take(fault, 10.0, waited_s=0.1, connecting=False)
    assert breaker.state is BreakerState.HALF_OPEN


def test_the_error_says_what_failed_and_when_it_is_tried_again() -> None:
    """In seconds; or that someone is trying it."""
    breaker = opened()
    error = breaker.suspension(2.6, "h:210/D")
    assert isinstance(error, TargetSuspended)
    assert str(error) == (
        "h:210/D: not asked, since the last 3 attempts failed (connection refused); it is tried again in 7 s"
    )
    assert (error.failures, error.last_fault) == (3, "connection refused")
    assert error.retry_in_s == pytest.approx(7.4)
    assert breaker.admit(12.0)
    assert str(breaker.suspension(12.0, "h:210/D")).endswith("; it is being tried again now")


class BreakerMachine(RuleBasedStateMachine):
    """Callers that keep to the rules, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.breaker = Breaker(POLICY)
        self.now = 0.0
        self.asking = 0
        self.trying = False
        self.in_a_row = 0

    @rule(seconds=st.floats(0, 100))
    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    @rule()
    def ask(self) -> None:
        """Ask if allowed; a prediction is kept."""
        before, expected = self.breaker.state, not self.breaker.is_suspended(self.now)
        assert self.breaker.admit(self.now) is expected
        if expected:
            self.asking += 1
            self.trying = self.trying or before is BreakerState.OPEN

    @precondition(lambda self: self.asking and not self.trying)
    @rule(answers=st.booleans())
    def end(self, answers: bool) -> None:  # noqa: FBT001 - a drawn value
        """End an attempt made while the breaker was closed."""
        self._end(answers=answers)

    @precondition(lambda self: self.trying)
    @rule(answers=st.booleans())
    def end_the_one(self, answers: bool) -> None:  # noqa: FBT001 - a drawn value
        """End the attempt of the half-open breaker."""
        self.trying = False
        self._end(answers=answers)
        assert self.breaker.is_suspended(self.now) is not answers

    @precondition(lambda self: self.trying)
    @rule()
    def give_up(self) -> None:
        """Cancel the attempt of the half-open breaker."""
        self.trying = False
        self.asking -= 1
        self.breaker.abandon()
        assert not self.breaker.is_suspended(self.now)

    def _end(self, *, answers: bool) -> None:
        self.asking -= 1
        self.in_a_row = 0 if answers else self.in_a_row + 1
        self.breaker.take(None if answers else REFUSED, self.now, waited_s=5.0, connecting=True)

    @invariant()
    def is_consistent(self) -> None:
        """Hold that it is half-open exactly while one caller tries, never opens early, and has a limit."""
        assert (self.breaker.state is BreakerState.HALF_OPEN) is self.trying
        assert self.breaker.failures == self.in_a_row
        if self.in_a_row < POLICY.failures_to_open:
            assert self.breaker.state is BreakerState.CLOSED
        assert self.breaker.suspension(self.now, "t").retry_in_s <= POLICY.max_cooldown_s + 1e-6


TestBreakerMachine = BreakerMachine.TestCase
