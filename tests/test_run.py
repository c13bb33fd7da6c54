"""A whole run without IO: its partners, its deadline, its rota, and that nothing makes it raise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from locate.citation import BorrowingRequest, Citation
from locate.errors import LocateError, RecordError, RemoteProtocolError, TargetClosed, TargetTimeout, TargetUnreachable
from locate.outcome import Disposition, Finding
from locate.partner import LocateProfile, OnError, Partner, RunLimits, StepKind, Target
from locate.run import Answer, Event, Fault, LocateRun, Started
from locate.z3950.facts import TargetFacts
from locate.z3950.retrieval import Fetched, ResultSet
from tests.played import BOOK, ISBN, OTHER_ISBN, RIGHT, answer, diagnostic, in_opac, marcxml, play, rivers, surrogate

REQUEST = BorrowingRequest(BOOK, "req-1")


def partners(*codes: str) -> list[Partner]:
    """Return partners, each with a target of its own."""
    return [Partner(code, Target(f"{code}.example")) for code in codes]


def started(*codes: str, **limits: float) -> LocateRun:
    """Return a run that began at time 0."""
    bounds = RunLimits(limits.get("deadline_s", 60.0), int(limits.get("at_once", 50)))
    return LocateRun(REQUEST, partners(*codes), started=0.0, limits=bounds)


class TestPartners:
    """Several partners in one run."""

    def test_every_partner_is_asked_at_once(self) -> None:
        """One search for each, and none while it is outstanding."""
        run = started("a", "b", "c")
        assert [ask.partner.code for ask in run.next_steps(0.0)] == ["a", "b", "c"]
        assert run.next_steps(0.1) == []
        assert not run.done

    def test_no_more_partners_at_once_than_allowed(self) -> None:
        """A partner that was begun goes on before a new one is begun."""
        run = started("a", "b", "c", at_once=2)
        assert [ask.partner.code for ask in run.next_steps(0.0)] == ["a", "b"]
        run.take(Answer("b", answer()), 0.1)
        assert [ask.partner.code for ask in run.next_steps(0.1)] == ["b"]
        run.take(Answer("b", answer(RIGHT)), 0.2)
        assert run.is_done("b")
        assert [ask.partner.code for ask in run.next_steps(0.2)] == ["c"]

    def test_one_partners_fault_leaves_the_others_alone(self) -> None:
        """Each partner has its own outcome."""
        run = started("a", "b")
        run.next_steps(0.0)
        run.take(Fault("a", TargetUnreachable("refused")), 0.1)
        run.take(Answer("b", answer(RIGHT)), 0.2)
        outcome = run.outcome(0.2)
        assert [(p.code, p.finding) for p in outcome.partners] == [("a", Finding.TARGET_ERROR), ("b", Finding.FOUND)]
        assert not outcome.unreachable

    def test_facts_are_kept_for_each_target(self) -> None:
        """What one target refuses, another may take."""
        facts: dict[str, TargetFacts] = {}
        two = partners("a", "b")
        play(BOOK, diagnostic(114), answer(), partners=two, facts=facts)
        assert facts["a.example:210/Default"].refused_uses == {7}
        assert facts["b.example:210/Default"].refused_uses == set()

    def test_a_fault_of_the_drivers_own_side_ends_one_partner(self) -> None:
        """``fail`` ends a partner whatever is outstanding, and not twice."""
        run = started("a", "b")
        run.next_steps(0.0)
        run.fail("a", LocateError("an internal error"), 0.1)
        run.fail("a", TargetTimeout("late"), 0.2)
        run.take(Answer("b", answer(RIGHT)), 0.2)
        outcome = run.outcome(0.3)
        assert (outcome["a"].finding, outcome["b"].finding) == (Finding.TARGET_ERROR, Finding.FOUND)
        assert "an internal error" in outcome["a"].reason

    def test_a_rota_without_partners_is_done_at_once(self) -> None:
        """Nothing to ask, nothing located, and not unreachable either."""
        run = LocateRun(REQUEST, [], started=0.0)
        assert run.done
        assert run.next_steps(0.0) == []
        outcome = run.outcome(0.0)
        assert (outcome.partners, outcome.located, outcome.unreachable) == ((), False, False)


class TestTime:
    """The run's deadline."""

    def test_partners_still_open_at_the_deadline_time_out(self) -> None:
        """Those that are done keep their finding."""
        run = started("a", "b", deadline_s=5)
        run.next_steps(0.0)
        run.take(Answer("a", answer(RIGHT)), 1.0)
        assert run.next_steps(5.0) == []
        assert run.done
        outcome = run.outcome(5.0)
        assert (outcome["a"].finding, outcome["b"].finding) == (Finding.FOUND, Finding.TIMEOUT)
        assert outcome["b"].disposition is Disposition.KEEP_UNVERIFIED
        assert outcome.elapsed_s == 5.0

    def test_no_search_is_given_more_time_than_the_run_has(self) -> None:
        """The deadline bounds what is left for a partner."""
        run = started("a", deadline_s=5)
        (ask,) = run.next_steps(3.0)
        assert (ask.timeout_s, ask.left_s) == (2.0, 2.0)

    def test_waiting_for_a_connection_does_not_count_as_the_partners_time(self) -> None:
        """``Started`` begins the partner's time anew."""
        run = started("a")
        run.next_steps(0.0)
        run.take(Started("a"), 25.0)
        run.take(Answer("a", answer()), 26.0)
        (ask,) = run.next_steps(26.0)
        assert ask.left_s == 29.0
        run.take(Answer("a", answer(RIGHT)), 27.0)
        assert run.outcome(28.0)["a"].elapsed_s == 2.0

    def test_outcome_ends_what_is_open(self) -> None:
        """An outcome can be asked for at any time."""
        run = started("a")
        run.next_steps(0.0)
        assert run.outcome(1.0)["a"].finding is Finding.TIMEOUT

    def test_late_events_are_dropped(self) -> None:
        """What comes after the end changes nothing, nor does an answer that was not asked for."""
        run = started("a")
        run.take(Answer("a", answer(RIGHT)), 0.0)
        assert not run.done
        run.next_steps(0.0)
        run.take(Answer("a", answer(RIGHT)), 0.1)
        run.take(Fault("a", TargetTimeout("late")), 0.2)
        run.take(Answer("a", answer()), 0.3)
        run.take(Started("a"), 0.4)
        assert run.outcome(1.0)["a"].finding is Finding.FOUND
        assert run.outcome(1.0)["a"].elapsed_s == pytest.approx(0.1)


def test_the_rota_puts_available_first_and_unverified_last() -> None:
    """Within a group the order of the rota stays; what is not held is gone."""
    isbn_only = LocateProfile(locate_by=(StepKind.LCCN,))
    rota = partners("late", "lent", "none", "unsure", "out", "unknown", "gone", "in", "later", "skipped", "no_number")
    rota[4] = replace(rota[4], profile=LocateProfile())
    rota[6] = replace(rota[6], on_error=OnError.DROP)
    rota[8] = replace(rota[8], on_error=OnError.RETRY_LATER)
    rota[9] = replace(rota[9], profile=None)
    rota[10] = replace(rota[10], profile=isbn_only)
    doubtful = rivers(fields=[("020", "a", ISBN), ("776", "z", OTHER_ISBN)])  # in what format is not said
    replies: dict[str, ResultSet | LocateError] = {
        "late": TargetTimeout("late"),
        "unsure": answer(doubtful),
        "out": answer(in_opac(RIGHT, ("Main", False))),
        "unknown": answer(RIGHT),
        "gone": TargetUnreachable("refused"),
        "in": answer(in_opac(RIGHT, ("Main", True))),
        "later": TargetUnreachable("refused"),
        "lent": answer(in_opac(RIGHT, ("Main", True))),
    }
    rota[1] = replace(rota[1], items=replace(rota[1].items, deny_locations=("Main",)))
    run = LocateRun(REQUEST, rota, started=0.0)
    while asks := run.next_steps(0.0):
        for ask in asks:
            code = ask.partner.code
            reply = replies.get(code, answer())
            run.take(Fault(code, reply) if isinstance(reply, LocateError) else Answer(code, reply), 0.0)
    outcome = run.outcome(1.0)
    assert outcome["unsure"].finding is Finding.AMBIGUOUS
    assert outcome.rota == ("in", "unknown", "skipped", "out", "unsure", "no_number", "late", "lent")
    assert outcome.to_mapping()["dropped"] == ["none", "gone"]
    assert outcome.to_mapping()["retry_later"] == ["later"]
    with pytest.raises(KeyError):
        outcome["nobody"]


def test_all_partners_at_fault_means_unreachable() -> None:
    """Not one of them could be asked to the end."""
    outcome = play(BOOK, TargetTimeout("late"), TargetClosed("gone"), partners=partners("a", "b")).outcome
    assert outcome.unreachable
    assert not outcome.located
    assert outcome.rota == ("a", "b")


ENTRIES: st.SearchStrategy[Fetched] = st.sampled_from(
    [
        *(in_opac(rivers("r1"), ("Main", up)) for up in (True, False)),
        *(answer(marcxml("x9", "Rivers of Scotland", "Baker, Tom")).records),
        *(answer(rivers("r2", fields=[("020", "a", ISBN)])).records),
        surrogate(238),
        surrogate(14),
        RecordError("is cut off"),
    ]
)
RESULTS = st.builds(ResultSet, st.integers(0, 2000), st.lists(ENTRIES, max_size=3))
FAULTS = st.sampled_from([TargetTimeout("late"), TargetClosed("gone"), RemoteProtocolError("odd"), RecordError("bad")])
REPLIES = RESULTS | FAULTS | st.integers(1, 1030).map(diagnostic)
STEPS = st.tuples(st.sampled_from(["a", "b", "c", "none"]), REPLIES | st.none(), st.floats(0, 3))
CITATIONS = st.sampled_from(
    [
        BOOK,
        Citation(isbn=(ISBN, "x")),
        Citation(title="The rivers"),
        Citation(control_numbers=("(OCoLC)1",), lccn="85000002"),
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(CITATIONS, st.lists(STEPS, max_size=25), st.integers(1, 4))
def test_any_sequence_of_events_ends_in_one_outcome_for_each_partner(
    citation: Citation, steps: list[tuple[str, ResultSet | LocateError | None, float]], at_once: int
) -> None:
    """Asked for or not, late or not, in any order: nothing raises, and every partner has its outcome."""
    rota = [*partners("a", "b", "c"), Partner("none", Target("none.example"), profile=None)]
    run = LocateRun(BorrowingRequest(citation), rota, started=0.0, limits=RunLimits(30.0, at_once))
    now, busy = 0.0, set[str]()
    for code, reply, wait_s in steps:
        asked = {ask.partner.code for ask in run.next_steps(now)}
        assert not asked & busy
        busy |= asked
        assert len(busy) <= at_once
        event: Event = Started(code)
        if reply is not None:
            event = Fault(code, reply) if isinstance(reply, LocateError) else Answer(code, reply)
            busy.discard(code)
        now += wait_s
        run.take(event, now)
    outcome = run.outcome(now)
    assert run.done
    assert [partner.code for partner in outcome.partners] == ["a", "b", "c", "none"]
    assert set(outcome.rota) <= {"a", "b", "c", "none"}
    assert run.next_steps(now) == []
