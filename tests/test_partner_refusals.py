"""The locate policy at one partner, without IO: refused searches, faults, and records that cannot be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.citation import BorrowingRequest, Citation
from locate.errors import DiagnosticError, InitRejected, RecordError, TargetClosed, TargetTimeout, TargetUnreachable
from locate.outcome import Disposition, Finding
from locate.partner import DEFAULT_STEPS, Limits, LocateProfile, OnError
from locate.run import Answer, Fault, LocateRun
from locate.z3950.facts import TargetFacts
from locate.z3950.oids import MARC21, OPAC, SUTRS
from locate.z3950.opac import OpacRecord
from locate.z3950.retrieval import Record
from tests.played import (
    BOOK,
    BY_TITLE,
    ISBN,
    ISBN_ONLY,
    PARTNER,
    RIGHT,
    answer,
    by,
    diagnostic,
    marcxml,
    play,
    rivers,
    surrogate,
)


class TestRefusals:
    """What a target does not support."""

    def test_too_many_records_are_narrowed_by_year(self) -> None:
        """Diagnostic 12 asks for a narrower search, and the year gives one."""
        played = play(BY_TITLE, diagnostic(12), answer(rivers()))
        assert by(played.partner.searches) == ["title and author", "title and author and year"]
        assert played.partner.finding is Finding.FOUND

    def test_refused_use_attribute_is_remembered_across_runs(self) -> None:
        """Diagnostic 114 costs one search in the process, not one a request."""
        facts: dict[str, TargetFacts] = {}
        first = play(BOOK, diagnostic(114, "7"), answer(rivers()), facts=facts)
        assert first.partner.finding is Finding.FOUND
        assert first.partner.searches[0].hits is None
        assert "unsupported use attribute" in first.partner.searches[0].note
        second = play(BOOK, answer(rivers()), facts=facts)
        assert by(second.partner.searches) == ["title and author"]
        assert facts[str(PARTNER.target)].refused_uses == {7}

    def test_all_steps_refused_is_unsupported_and_keeps_the_partner(self) -> None:
        """Unsupported is not "not found"."""
        partner = replace(PARTNER, profile=ISBN_ONLY)
        facts: dict[str, TargetFacts] = {}
        for replies in ([diagnostic(114)], []):
            played = play(BOOK, *replies, partners=[partner], facts=facts)
            assert played.partner.finding is Finding.UNSUPPORTED
            assert played.partner.disposition is Disposition.KEEP_UNVERIFIED
            assert "unsupported use attribute (bib-1 114" in played.partner.reason
        assert len(played.asks) == 0

    @pytest.mark.parametrize("condition", [120, 3])
    def test_refused_truncation_costs_nothing_else(self, condition: int) -> None:
        """A target that does not truncate keeps all other attributes, and the cascade goes on."""
        facts: dict[str, TargetFacts] = {}
        wanted = Citation(title="Recreation", author="Morgan")
        played = play(wanted, answer(), diagnostic(condition), facts=facts)
        assert by(played.partner.searches) == ["title and author", "beginning of the title and author", "title"]
        assert not facts[str(PARTNER.target)].minimal_attributes
        assert played.partner.finding is Finding.NOT_FOUND

    def test_a_target_without_other_attributes_is_not_asked_to_truncate(self) -> None:
        """Without its attribute the beginning of a word would be taken for the word."""
        facts = {str(PARTNER.target): TargetFacts(minimal_attributes=True)}
        played = play(Citation(title="Recreation", author="Morgan"), facts=facts)
        assert by(played.partner.searches) == ["title and author", "title"]

    def test_refused_author_leaves_the_title_alone(self) -> None:
        """When 1003 is refused, searches without the author still run, and none with it."""
        played = play(BY_TITLE, diagnostic(114, "1003"), answer(), answer(rivers()))
        assert by(played.partner.searches) == ["title and author", "part of the title and year", "title"]
        assert played.partner.finding is Finding.FOUND

    @pytest.mark.parametrize(("addinfo", "refused"), [("1=4", 4), ("4", 4), ("", 1003), ("99", 1003), ("title", 1003)])
    def test_the_refused_attribute_is_the_named_one_or_the_last(self, addinfo: str, refused: int) -> None:
        """Addinfo names it in several ways; without it, the last of the query is meant."""
        facts: dict[str, TargetFacts] = {}
        play(BY_TITLE, diagnostic(114, addinfo), facts=facts)
        assert refused in facts[str(PARTNER.target)].refused_uses

    def test_no_or_means_one_search_for_each_form(self) -> None:
        """Diagnostic 110 splits the search, now and in later runs."""
        facts: dict[str, TargetFacts] = {}
        played = play(BOOK, diagnostic(110), answer(), answer(RIGHT), facts=facts)
        assert played.queries[1:] == [f"@attr 1=7 {ISBN}", "@attr 1=7 0306406152"]
        assert played.partner.finding is Finding.FOUND
        assert not any("@or" in query for query in play(BOOK, facts=facts).queries)

    def test_no_or_is_learned_by_overlapping_runs_alike(self) -> None:
        """A search that was under way when another run learned it is split too, not given up."""
        facts = {str(PARTNER.target): TargetFacts()}
        partner = replace(PARTNER, profile=ISBN_ONLY)
        runs = [LocateRun(BorrowingRequest(BOOK), [partner], started=0.0, facts=facts) for _ in range(2)]
        for run in runs:
            assert len(run.next_steps(0.0)) == 1
        for run in runs:
            run.take(Fault("north", diagnostic(110)), 0.1)
        for run in runs:
            assert len(run.next_steps(0.2)) == 1
            run.take(Answer("north", answer(RIGHT)), 0.3)
            assert run.outcome(0.3)["north"].finding is Finding.FOUND
        assert facts[str(PARTNER.target)].minimal_attributes is False

    @pytest.mark.parametrize("condition", [118, 123, 113, 1024])
    def test_refused_attributes_are_left_out(self, condition: int) -> None:
        """Structure and the like are dropped for the target, now and later; use attributes and all words stay."""
        facts: dict[str, TargetFacts] = {}
        played = play(BY_TITLE, diagnostic(condition), answer(rivers()), facts=facts)
        title = "@and @and @attr 1=4 rivers @attr 1=4 northern @attr 1=4 Wales"
        assert played.queries[1] == f"@and {title} @attr 1=1003 Morgan"
        assert played.partner.finding is Finding.FOUND
        assert not any("4=6" in query for query in play(BY_TITLE, facts=facts).queries)

    @pytest.mark.parametrize(
        "unreadable",
        [Record(1, SUTRS, "A text"), Record(1, OPAC, OpacRecord(MARC21, None)), Record(1, MARC21, b"no record")],
        ids=["another syntax", "empty", "broken"],
    )
    def test_an_answer_without_a_readable_record_gives_way_to_the_next_syntax(self, unreadable: Record) -> None:
        """What cannot be read in one record syntax is asked for in the next; nothing of it is learned for good."""
        facts: dict[str, TargetFacts] = {}
        played = play(BOOK, answer(unreadable), answer(RIGHT), facts=facts)
        assert [ask.syntax for ask in played.asks] == ["opac", "marc21"]
        assert played.partner.finding is Finding.FOUND
        assert played.partner.unreadable == 1
        assert facts[str(PARTNER.target)].refused_syntaxes == set()

    def test_records_that_no_syntax_makes_readable(self) -> None:
        """Once every record syntax was tried, hits without a readable record are a target error."""
        broken = answer(Record(1, MARC21, b"no record"))
        partner = replace(PARTNER, profile=ISBN_ONLY)
        played = play(BOOK, broken, broken, broken, partners=[partner])
        assert [ask.syntax for ask in played.asks] == ["opac", "marc21", "xml"]
        assert played.partner.finding is Finding.TARGET_ERROR

    @pytest.mark.parametrize("condition", [107, 110, 115, 121])
    def test_other_refusals_do_not_cost_the_attributes(self, condition: int) -> None:
        """What attributes are not the cause of does not degrade later searches."""
        facts: dict[str, TargetFacts] = {}
        partner = replace(PARTNER, profile=LocateProfile(steps=DEFAULT_STEPS[-1:]))
        played = play(Citation(title="Walden"), diagnostic(condition), partners=[partner], facts=facts)
        assert facts[str(PARTNER.target)].minimal_attributes is False
        assert played.partner.finding is Finding.UNSUPPORTED

    @pytest.mark.parametrize("condition", [4, 125, 126, 1072])
    def test_a_query_at_fault_gives_way_to_the_next(self, condition: int) -> None:
        """A term that the target cannot take says nothing of the target."""
        played = play(BOOK, diagnostic(condition), answer(rivers()))
        assert played.partner.finding is Finding.FOUND

    @pytest.mark.parametrize("condition", [1, 2, 13, 109, 235, 1010])
    def test_other_diagnostics_are_target_errors(self, condition: int) -> None:
        """A missing database or a system error ends the partner, and the reason is in words."""
        played = play(BOOK, diagnostic(condition))
        assert played.partner.finding is Finding.TARGET_ERROR
        assert played.partner.disposition is Disposition.KEEP_UNVERIFIED
        assert f"(bib-1 {condition})" in played.partner.reason

    @pytest.mark.parametrize("condition", [12, 110, 113, 114, 239])
    def test_a_number_of_another_set_is_no_bib1_diagnostic(self, condition: int) -> None:
        """A condition of another set is not taken for the bib-1 one of the same number: nothing is learned."""
        facts: dict[str, TargetFacts] = {}
        other = DiagnosticError("no", diagnostic_set="1.2.840.10003.4.3", condition=condition)
        played = play(BOOK, other, facts=facts)
        assert played.partner.finding is Finding.TARGET_ERROR
        assert facts[str(PARTNER.target)] == TargetFacts()

    @pytest.mark.parametrize("condition", [238, 239, 227, 106])
    def test_refused_record_syntax_gives_way_to_the_next(self, condition: int) -> None:
        """The search is repeated with the next syntax, which is kept for the target."""
        facts: dict[str, TargetFacts] = {}
        played = play(BOOK, diagnostic(condition), answer(RIGHT), facts=facts)
        assert [ask.syntax for ask in played.asks] == ["opac", "marc21"]
        assert played.queries[0] == played.queries[1]
        assert play(BOOK, answer(RIGHT), facts=facts).asks[0].syntax == "marc21"

    def test_syntax_refused_in_every_record_gives_way_too(self) -> None:
        """Some targets refuse the syntax record by record."""
        facts: dict[str, TargetFacts] = {}
        played = play(BOOK, answer(surrogate(238), surrogate(238, 2)), answer(RIGHT), facts=facts)
        assert [ask.syntax for ask in played.asks] == ["opac", "marc21"]
        assert facts[str(PARTNER.target)].refused_syntaxes == {"opac"}

    @pytest.mark.parametrize(("condition", "kept"), [(238, set()), (239, {"opac"})])
    def test_one_record_says_little_of_the_others(self, condition: int, kept: set[str]) -> None:
        """One record that cannot be had in a syntax does not cost the target that syntax for good."""
        facts: dict[str, TargetFacts] = {}
        played = play(BOOK, answer(surrogate(condition)), answer(RIGHT), facts=facts)
        assert [ask.syntax for ask in played.asks] == ["opac", "marc21"]
        assert facts[str(PARTNER.target)].refused_syntaxes == kept

    def test_no_syntax_left_is_a_target_error(self) -> None:
        """A target that gives none of the syntaxes cannot be verified."""
        played = play(BOOK, *[diagnostic(239)] * 3)
        assert played.partner.finding is Finding.TARGET_ERROR
        assert "opac, marc21, xml" in played.partner.reason

    def test_one_surrogate_among_records_is_counted(self) -> None:
        """A record that cannot be had does not spoil the others."""
        played = play(BOOK, answer(surrogate(238), RIGHT))
        assert (played.partner.finding, played.partner.unreadable) == (Finding.FOUND, 1)

    def test_a_prefix_that_makes_no_query_is_that_partners_fault(self) -> None:
        """One partner's profile never fails the run."""
        bad = replace(PARTNER, code="bad", profile=LocateProfile(pqf_prefix="@and"))
        played = play(BOOK, answer(RIGHT), partners=[bad, PARTNER])
        assert played.outcome["bad"].finding is Finding.TARGET_ERROR
        assert "pqf_prefix" in played.outcome["bad"].reason
        assert played.outcome["north"].finding is Finding.FOUND


class TestFaults:
    """What goes wrong with the connection."""

    def test_a_timeout_ends_the_partner(self) -> None:
        """No further search is sent to a target that does not answer."""
        played = play(BOOK, TargetTimeout("no answer within 10 s", target="north.example:210/Default", phase="search"))
        assert played.partner.finding is Finding.TIMEOUT
        assert len(played.asks) == 1
        assert "no answer within 10 s" in played.partner.reason
        assert played.partner.searches[0].hits is None

    @pytest.mark.parametrize(
        "error", [TargetUnreachable("connection refused"), InitRejected("refused"), TargetClosed("gone")]
    )
    def test_a_fault_before_any_answer_is_a_target_error(self, error: Exception) -> None:
        """The first search is not repeated."""
        played = play(BOOK, error)  # type: ignore[arg-type]
        assert played.partner.finding is Finding.TARGET_ERROR
        assert len(played.asks) == 1

    def test_an_association_lost_after_an_answer_is_opened_again_once(self) -> None:
        """A target may drop the association between two searches; twice is a fault."""
        played = play(BOOK, answer(), TargetClosed("gone"), answer(rivers()))
        assert played.partner.finding is Finding.FOUND
        assert played.queries[1] == played.queries[2]
        again = play(BOOK, answer(), TargetClosed("gone"), TargetClosed("gone"))
        assert again.partner.finding is Finding.TARGET_ERROR
        assert len(again.asks) == 3

    @pytest.mark.parametrize(
        ("on_error", "disposition", "rota"),
        [
            (OnError.KEEP_LAST, Disposition.KEEP_UNVERIFIED, ("north",)),
            (OnError.RETRY_LATER, Disposition.RETRY_LATER, ()),
            (OnError.DROP, Disposition.DROP, ()),
        ],
    )
    @pytest.mark.parametrize("error", [TargetTimeout("late"), TargetUnreachable("refused")])
    def test_on_error_says_what_becomes_of_the_partner(
        self, error: Exception, on_error: OnError, disposition: Disposition, rota: tuple[str, ...]
    ) -> None:
        """A fault follows the partner's own setting."""
        played = play(BOOK, error, partners=[replace(PARTNER, on_error=on_error)])  # type: ignore[arg-type]
        assert played.partner.disposition is disposition
        assert played.outcome.rota == rota

    def test_the_partners_time_bounds_its_searches(self) -> None:
        """Each search gets what is left of the time, and none when it is over."""
        partner = replace(PARTNER, limits=Limits(operation_s=4, partner_s=8))
        played = play(BOOK, partners=[partner], step_s=3)
        assert [ask.timeout_s for ask in played.asks] == [4, 4, 2]
        assert [ask.left_s for ask in played.asks] == [8, 5, 2]
        assert played.partner.finding is Finding.TIMEOUT
        assert len(played.partner.searches) == 3


class TestUnreadable:
    """Records that cannot be verified."""

    def test_hits_without_a_readable_record_are_no_proof_of_absence(self) -> None:
        """Plain text cannot be verified, so the partner is not dropped."""
        text = Record(1, SUTRS, "The rivers of northern Wales")
        played = play(BY_TITLE, *[answer(text)] * 3)
        assert played.partner.finding is Finding.TARGET_ERROR
        assert played.partner.disposition is Disposition.KEEP_UNVERIFIED
        assert played.partner.unreadable == 3

    def test_hits_without_any_record_are_no_proof_either(self) -> None:
        """A target that counts but gives nothing has not been searched to the end."""
        assert play(BY_TITLE, answer(hits=3)).partner.finding is Finding.TARGET_ERROR

    def test_an_unreadable_record_is_told_beside_the_others(self) -> None:
        """The reason counts what could not be read."""
        wrong = marcxml("x9", "Rivers of Scotland", "Baker, Tom", year=2001)
        played = play(BY_TITLE, answer(wrong, RecordError("is cut off", raw=b"0")))
        assert played.partner.finding is Finding.NOT_FOUND
        assert "1 could not be read." in played.partner.reason
