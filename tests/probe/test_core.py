"""The probe as a whole, without a network: what it asks, how it goes on after faults, when it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from locate.errors import InitRejected, RemoteProtocolError, Retry, TargetClosed, TargetTimeout, TargetUnreachable
from locate.partner import Tls
from locate.probe import Area, Options, Probe, Verdict
from locate.probe.actions import Action, Connect, Present, Reply, Search
from locate.z3950.query import Term
from locate.z3950.retrieval import ResultSet
from tests.probe.playing import BOOKS, SERVER, TARGET, PlayedTarget, finding, lost, probed, refused


def use_of(action: Action) -> int:
    """Return the use attribute of a search by a single term, 0 for any other action."""
    if isinstance(action, Search) and isinstance(action.query, Term):
        return int(dict(action.query.attributes).get(1, 0))
    return 0


def test_everything_works() -> None:
    """At a target that has every index, all that the locate needs works, and a locate finds the record."""
    report = probed(PlayedTarget())
    assert list(report.located_by) == ["LCCN", "control number", "ISBN", "ISSN", "title and author"]
    assert (list(report.not_by), report.ended, report.fault, report.is_usable) == ([], "", None, True)
    assert [(proof.by, proof.finding) for proof in report.proofs] == [
        ("everything that its record tells", "FOUND"),
        ("title, author and year", "FOUND"),
    ]
    assert report.summary[0] == ("This partner can be located by: LCCN; control number; ISBN; ISSN; title and author.")


def test_searches_are_few() -> None:
    """A full probe sends 60 searches at most and a quick one fewer than 15, one after the other."""
    full, quick = PlayedTarget(), PlayedTarget()
    report = probed(full)
    assert report.searches == len(full.searches) <= 60
    report = probed(quick, Options.quick_one())
    assert report.searches == len(quick.searches) < 15
    assert report.proofs


@settings(max_examples=60, deadline=None)
@given(st.data(), st.booleans())
def test_any_answers_give_a_report(data: st.DataObject, quick: bool) -> None:  # noqa: FBT001 - given by hypothesis
    """Whatever a target answers, the probe ends within its searches, with findings and without an exception."""
    faults = (
        lost(),
        lost(TargetTimeout("no answer within 1 s")),
        refused(114, "4"),
        refused(3),
        refused(109, "catalog"),
        Reply(ResultSet(0), searches=1),
        Reply(ResultSet(99_000_000), searches=2),
        Reply(error=RemoteProtocolError("rubbish"), searches=1),
    )

    def habit(action: Action) -> Reply | None:
        chosen = data.draw(st.sampled_from((None, None, *faults)))
        if chosen is None or isinstance(action, Search):
            return chosen
        return chosen if chosen.error is not None else None

    options = Options.quick_one() if quick else Options()
    report = probed(PlayedTarget(habit=habit), options)
    assert report.searches <= options.max_searches
    assert report.findings
    assert report.to_mapping()["findings"]


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (TargetUnreachable("connection refused", phase="connect"), "Check host and port with the partner"),
        (TargetTimeout("no answer within 1 s", phase="connect"), "No machine answers there"),
        (TargetTimeout("no answer within 1 s", phase="init"), "does not answer: check the port"),
        (InitRejected("bad logon", phase="init"), "The server wants a login"),
        (TargetClosed("closed", phase="init"), "It hangs up at once"),
        (RemoteProtocolError("not BER", phase="init"), "does not speak Z39.50"),
    ],
)
def test_no_association(error: Exception, advice: str) -> None:
    """A connection that does not come about is one finding with what to do about it, and nothing else is asked."""
    target = PlayedTarget(habit=lambda _action: Reply(error=error))  # type: ignore[arg-type]
    report = probed(target)
    (found,) = report.findings
    assert (found.area, found.verdict) == (Area.CONNECTION, Verdict.FAULT)
    assert advice in found.advice
    assert (report.fault, report.server, report.partner, report.is_usable) == (error, None, None, False)
    assert target.asked == [Connect()]


def test_a_lost_connection_is_opened_again() -> None:
    """A server that hangs up on one attribute, twice, is told of as such; everything else is tried all the same."""
    target = PlayedTarget(habit=lambda action: lost() if use_of(action) == 9 else None)
    report = probed(target)
    found = finding(report, "LC card number (9)")
    assert (found.verdict, found.result) == (Verdict.FAULT, "end of file while an answer was due")
    assert found.advice.startswith("The connection ends or the server fails over a search by LCCN")
    assert target.asked.count(Connect()) == 3
    assert list(report.not_by) == ["LCCN"]
    assert [proof.finding for proof in report.proofs] == ["FOUND", "FOUND"]


def test_a_connection_that_ends_by_chance() -> None:
    """What a connection ended over is asked again over a new one, a Present after its search; nothing is blamed."""
    answered = 0

    def habit(action: Action) -> Reply | None:
        nonlocal answered
        answered = 0 if isinstance(action, Connect) else answered + 1
        return replace(lost(), searches=int(isinstance(action, Search))) if answered > 4 else None

    report = probed(PlayedTarget(habit=habit))
    assert {each.verdict for each in report.findings} <= {
        Verdict.WORKS,
        Verdict.TOLD,
        Verdict.REFUSED,  # record syntaxes that the target has not got
        Verdict.LIMITED,
        Verdict.NOTHING,  # holdings
        Verdict.NOT_TRIED,  # named result sets, which are lost with the connection
    }
    assert finding(report, "connections lost").verdict is Verdict.LIMITED
    assert list(report.located_by) == ["LCCN", "control number", "ISBN", "ISSN", "title and author"]
    assert finding(report, "record syntax xml").verdict is Verdict.WORKS


@pytest.mark.parametrize("good", range(1, 40, 3))
def test_a_target_that_breaks_down(good: int) -> None:
    """When everything but connecting fails from some action on, the probe ends within its searches."""
    done = 0

    def habit(action: Action) -> Reply | None:
        nonlocal done
        done += 1
        return None if done <= good or isinstance(action, Connect) else lost()

    report = probed(PlayedTarget(habit=habit))
    assert report.searches <= 60
    assert report.summary


def test_a_connection_lost_twice_ends_the_part() -> None:
    """A part of the probe over which the connection is lost twice is given up; the next one is not."""
    target = PlayedTarget(habit=lambda action: lost() if use_of(action) in {7, 8} else None)
    report = probed(target)
    assert finding(report, "ISBN (7)").verdict is Verdict.FAULT
    assert finding(report, "ISSN (8)").verdict is Verdict.FAULT
    assert finding(report, "LC card number (9)").verdict is Verdict.NOT_TRIED
    assert "lost twice" in finding(report, "LC card number (9)").result
    assert report.proofs[-1].finding == "FOUND"


def test_a_target_that_lets_nobody_in_again() -> None:
    """When the connection cannot be opened again the probe ends, and says so; what was found before stands."""
    met: list[Action] = []

    def habit(action: Action) -> Reply | None:
        met.append(action)
        if use_of(action) == 9:
            return lost()
        late = isinstance(action, Connect) and len(met) > 1
        return Reply(error=TargetUnreachable("connection refused")) if late else None

    report = probed(PlayedTarget(habit=habit))
    assert report.fault is None
    assert report.ended == "no association comes about"
    assert report.summary[-1] == "The probe did not come to its end: no association comes about."
    assert finding(report, "ISBN (7)").verdict is Verdict.WORKS
    assert "isbn" in report.profile


def test_a_target_that_is_full() -> None:
    """A refusal that will pass is no question of the login."""
    full = InitRejected("maximum number of simultaneous sessions", phase="init")
    full.retry = Retry.LATER
    found = finding(probed(PlayedTarget(habit=lambda _action: Reply(error=full))), "connection")
    assert found.advice.startswith("It lets nobody more in for now")


def test_no_association_with_tls() -> None:
    """Whoever asked for TLS is not told to ask for it, but that the port may not speak it."""
    probe = Probe(replace(TARGET, tls=Tls()))
    probe.next_action()
    probe.take(Reply(error=TargetClosed("closed", phase="init")))
    found = finding(probe.report(1.0), "connection")
    assert "which port speaks TLS" in found.advice


def test_what_was_left_is_not_judged() -> None:
    """What was not tried for want of searches has no advice as if it had failed, and is not laid to the records."""
    for most in range(8, 36, 3):
        report = probed(PlayedTarget(), Options(max_searches=most))
        left = [each for each in report.findings if "the limit of" in each.result]
        assert left
        assert {each.advice for each in left} == {""}
    report = probed(PlayedTarget(), Options(max_searches=14))
    assert "Not tried: LCCN, control number, ISSN." in report.summary
    assert 'attributes = "1=9" },        # not verified\n' in report.profile
    summary = probed(PlayedTarget(), Options(max_searches=12)).summary
    assert summary[0] == "Whether this partner can be located is not known: the probe did not come so far."


def test_stop() -> None:
    """A probe that is stopped asks nothing more, and its report says why."""
    probe, target = Probe(TARGET), PlayedTarget()
    for _ in range(6):
        action = probe.next_action()
        assert action is not None
        probe.take(target.answer(action))
    probe.stop("the time allowed (1 s) is over")
    assert probe.next_action() is None
    assert "The probe did not come to its end: the time allowed (1 s) is over." in probe.report(1.0).summary


def test_what_was_not_asked_for_is_dropped() -> None:
    """A reply without an action outstanding changes nothing."""
    probe = Probe(TARGET)
    probe.take(lost())
    assert probe.next_action() == Connect()


def test_facts_are_shared() -> None:
    """What the client learns is what the probe reads: an element set refused shows in the finding."""
    probe, target = Probe(TARGET), PlayedTarget()
    while (action := probe.next_action()) is not None:
        if isinstance(action, Present) and action.element_set == "marcxml":
            probe.facts.element_sets = False
        probe.take(target.answer(action))
    assert "element set marcxml is refused, without it: xml" in finding(probe.report(0.0), "record syntax xml").result


def test_no_record_at_all() -> None:
    """A library in which nothing is found gives no profile, and advice to name something that it holds."""
    report = probed(PlayedTarget(books=()))
    found = finding(report, "first records")
    assert (found.verdict, report.partner, report.profile, report.is_usable) == (Verdict.NOTHING, None, "", False)
    assert "--isbn or --term" in found.advice


def test_named_terms_come_first() -> None:
    """An ISBN or a term that the person names is searched before any other."""
    target = PlayedTarget(books=BOOKS[:2])
    probed(target, Options(terms=("canals",), isbns=("9999999999",)))
    texts = [search.query.text for search in target.searches if isinstance(search.query, Term)]
    assert list(dict.fromkeys(texts))[:2] == ["9999999999", "canals"]


def test_a_database_that_is_not_there() -> None:
    """A diagnostic about the database ends the search for a first record at once."""
    target = PlayedTarget(habit=lambda action: refused(109, "catalog") if isinstance(action, Search) else None)
    report = probed(target)
    found = finding(report, "first records")
    assert (found.verdict, len(target.searches)) == (Verdict.REFUSED, 1)
    assert "database unavailable (bib-1 109: catalog)" in found.result
    assert found.advice


def test_a_server_that_says_little() -> None:
    """Version 2, unset option bits, small messages and a message of the day are told of."""
    server = replace(
        SERVER, protocol_version=2, options=frozenset(), preferred_message_size=16_000, message="closed\x1b"
    )
    target = PlayedTarget(habit=lambda action: Reply(server) if isinstance(action, Connect) else None)
    report = probed(target)
    assert "version 2" in finding(report, "protocol version").advice
    assert "does not say that it searches" in finding(report, "services").advice
    assert "Few records fit" in finding(report, "message size").advice
    assert "\x1b" not in finding(report, "message of the day").result
    assert finding(report, "named result sets").result == "not offered: one result set is kept"
