"""The locate policy at one partner, without IO: the cascade, the refusals, and the finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.availability import Availability
from locate.citation import Citation, RequestedFormat
from locate.outcome import Disposition, Finding
from locate.partner import LocateProfile, StepKind
from locate.z3950.facts import TargetFacts
from tests.played import (
    BOOK,
    BY_TITLE,
    ISBN,
    ISBN_ONLY,
    MORGAN,
    OTHER_ISBN,
    PARTNER,
    RIGHT,
    TITLE,
    answer,
    by,
    diagnostic,
    in_opac,
    marcxml,
    play,
    rivers,
)


class TestCascade:
    """Which search comes next."""

    def test_the_first_verified_hit_ends_the_search(self) -> None:
        """Found by ISBN, no title search is sent."""
        played = play(BOOK, answer(RIGHT))
        assert played.partner.finding is Finding.FOUND
        assert by(played.partner.searches) == ["ISBN"]
        assert played.partner.chosen is not None
        assert played.partner.chosen.record.control_number == "r1"
        assert played.partner.disposition is Disposition.KEEP

    def test_no_hits_fall_to_the_next_step(self) -> None:
        """An ISBN that the catalog lacks leads to the title."""
        played = play(BOOK, answer(), answer(rivers()))
        assert played.partner.finding is Finding.FOUND
        assert by(played.partner.searches) == ["ISBN", "title and author"]
        assert [search.hits for search in played.partner.searches] == [0, 1]

    def test_hits_that_do_not_verify_fall_to_the_next_step(self) -> None:
        """A wrong record under the right number is not the item."""
        wrong = marcxml("x9", "Bread baking at home", "Baker, Tom", year=2001, fields=[("020", "a", ISBN)])
        played = play(BOOK, answer(wrong), answer(rivers()))
        assert played.partner.finding is Finding.FOUND
        assert [search.verified for search in played.partner.searches] == [0, 1]
        assert [other.record.control_number for other in played.partner.others] == ["x9"]

    def test_nothing_anywhere_is_not_found_and_drops_the_partner(self) -> None:
        """Every step ran and brought nothing."""
        played = play(BOOK)
        assert played.partner.finding is Finding.NOT_FOUND
        assert played.partner.disposition is Disposition.DROP
        assert played.partner.reason == "Nothing found in 5 searches."
        assert played.outcome.rota == ()

    def test_the_same_record_met_again_is_judged_once(self) -> None:
        """A record that several searches bring stands once among the others."""
        wrong = marcxml("x9", "Rivers of Scotland", "Baker, Tom", year=2001)
        played = play(BY_TITLE, answer(wrong), answer(wrong), answer(wrong))
        assert len(played.partner.others) == 1
        assert played.partner.reason.startswith(
            "1 record looked at, none is the item. Nearest: \u201cRivers of Scotland"
        )

    def test_searches_stop_at_max_searches_and_the_reason_says_so(self) -> None:
        """A profile bounds what one request costs the target."""
        partner = replace(PARTNER, profile=LocateProfile(max_searches=2))
        played = play(BOOK, partners=[partner])
        assert len(played.asks) == 2
        assert "The limit of searches was reached" in played.partner.reason

    def test_hits_that_were_not_looked_at_are_no_miss(self) -> None:
        """A title with 4,000 hits, ten of them looked at, is not known to be absent: the partner stays in the rota."""
        wrong = marcxml("x9", "Rivers of Scotland", "Baker, Tom", year=2001)
        played = play(Citation(title="Report"), answer(wrong, hits=4000))
        assert by(played.partner.searches) == ["title"]
        assert played.partner.finding is Finding.AMBIGUOUS
        assert played.partner.disposition is Disposition.KEEP_UNVERIFIED
        assert played.partner.reason == (
            "4,000 records answer to the search by title; only 1 of them were looked at, and none is the item."
        )

    def test_hits_of_a_guess_need_not_all_be_looked_at(self) -> None:
        """A search by a part of the title finds much that is not meant; what is left of it does not count."""
        wrong = marcxml("x9", "Salmon and trout in Scotland", "Baker, Tom", year=2001)
        played = play(Citation(title=f"{TITLE} and Scotland"), answer(), answer(wrong, hits=4000))
        assert by(played.partner.searches) == ["title", "part of the title"]
        assert played.partner.finding is Finding.NOT_FOUND

    def test_a_step_that_the_limit_left_untried_is_not_a_miss(self) -> None:
        """NOT_FOUND says that every executable step ran; a partner of which that is not true stays in the rota."""
        partner = replace(PARTNER, profile=LocateProfile(max_searches=1))
        played = play(replace(BOOK, isbn=("9780306406157",)), partners=[partner])
        assert played.partner.finding is Finding.UNSUPPORTED
        assert played.partner.reason == "The limit of searches (1) was reached before title was tried."
        assert played.partner.disposition is Disposition.KEEP_UNVERIFIED

    def test_only_max_records_are_asked_for(self) -> None:
        """The profile bounds the records of each search."""
        partner = replace(PARTNER, profile=LocateProfile(max_records=3))
        assert {ask.count for ask in play(BOOK, partners=[partner]).asks} == {3}

    def test_too_many_hits_are_narrowed_by_year(self) -> None:
        """More hits than can be verified: those of the year first, then the rest of the cascade."""
        wrong = marcxml("x9", "Rivers of Scotland", "Baker, Tom", year=2001)
        played = play(BY_TITLE, answer(wrong, hits=500), answer(rivers()))
        assert by(played.partner.searches) == ["title and author", "title and author and year"]
        assert played.queries[1] == f"@and {played.queries[0]} @attr 1=31 1987"
        assert played.partner.finding is Finding.FOUND

    def test_without_a_year_there_is_no_narrowing(self) -> None:
        """A citation without a year goes on with the next search."""
        wrong = marcxml("x9", "Rivers of Scotland", "Baker, Tom", year=2001)
        played = play(Citation(title=TITLE, author=MORGAN), answer(wrong, hits=500))
        assert not any("1=31" in query for query in played.queries)

    def test_a_target_that_refuses_years_is_not_asked_again(self) -> None:
        """The date attribute refused once is remembered, and the cascade goes on."""
        wrong = marcxml("x9", "Rivers of Scotland", "Baker, Tom", year=2001)
        facts: dict[str, TargetFacts] = {}
        played = play(BY_TITLE, answer(wrong, hits=50), diagnostic(114), answer(wrong, hits=50), facts=facts)
        assert sum("1=31" in query for query in played.queries) == 1
        assert facts[str(PARTNER.target)].refused_uses == {31}
        assert played.partner.finding is Finding.NOT_FOUND

    def test_locate_by_sends_one_search(self) -> None:
        """All named fields in one query, and nothing else."""
        partner = replace(PARTNER, profile=LocateProfile(locate_by=(StepKind.ISBN, StepKind.TITLE)))
        played = play(BOOK, partners=[partner])
        assert len(played.asks) == 1
        assert played.partner.finding is Finding.NOT_FOUND


class TestKnownFalseHits:
    """What real servers return and must not get through."""

    @pytest.mark.parametrize("wanted", [RequestedFormat.PRINT, RequestedFormat.PHYSICAL])
    def test_the_ebook_that_names_the_print_isbn(self, wanted: RequestedFormat) -> None:
        """An ISBN index over 776 $z returns the e-book for a print ISBN."""
        ebook = rivers("e1", online=True, fields=[("020", "a", OTHER_ISBN), ("776", "z", ISBN)])
        played = play(replace(BOOK, format=wanted), answer(ebook))
        assert played.partner.finding is Finding.NOT_FOUND
        assert played.partner.others[0].match.verdict == "other_format"

    def test_the_ebook_under_an_isbn_alone(self) -> None:
        """With nothing but the print's ISBN, the e-book that names it is not taken for it."""
        ebook = rivers("e1", online=True, fields=[("020", "a", OTHER_ISBN), ("776", "z", ISBN)])
        assert play(Citation(isbn=(ISBN,)), answer(ebook)).partner.finding is not Finding.FOUND

    def test_the_anthology_that_lists_the_title(self) -> None:
        """A title index over 505 $t returns what contains the title."""
        anthology = marcxml("a1", "Welsh nature writing", "Price, Owen", year=1987, fields=[("505", "t", TITLE)])
        played = play(BY_TITLE, answer(anthology))
        assert played.partner.finding is Finding.NOT_FOUND
        assert played.partner.others[0].match.verdict == "part_or_whole"

    def test_the_same_number_of_another_agency(self) -> None:
        """A control-number index that drops prefixes returns another agency's record."""
        other = marcxml("36783841", "Bread baking", "Baker, Tom", fields=[("035", "a", "(DE-101)36783841")])
        played = play(replace(BY_TITLE, isbn=(), control_numbers=("(OCoLC)36783841",)), answer(other))
        assert played.partner.finding is Finding.NOT_FOUND
        alone = play(Citation(control_numbers=("(OCoLC)36783841",)), answer(other))
        assert alone.partner.finding is not Finding.FOUND

    def test_the_article_that_names_its_host(self) -> None:
        """A control-number index over 773 $w returns a part for the whole."""
        part = marcxml("p1", "Trout of the Dee", MORGAN, fields=[("773", "w", "(OCoLC)36783841"), ("773", "t", TITLE)])
        played = play(replace(BY_TITLE, control_numbers=("(OCoLC)36783841",)), answer(part))
        assert played.partner.finding is Finding.NOT_FOUND

    def test_the_decorated_isbn_is_the_item(self) -> None:
        """An ISBN stored as "0306406152 (pbk.)" is no false hit but the number itself."""
        played = play(BOOK, answer(rivers(fields=[("020", "a", "0306406152 (pbk.)")])))
        assert played.partner.finding is Finding.FOUND
        assert played.partner.chosen is not None
        assert "ISBN" in played.partner.chosen.match.sentence

    def test_the_print_wins_over_the_ebook(self) -> None:
        """Both come for one ISBN; the print is chosen and the e-book is kept as another format."""
        ebook = rivers("e1", online=True, fields=[("020", "a", OTHER_ISBN), ("776", "z", ISBN)])
        played = play(replace(BOOK, format=RequestedFormat.PHYSICAL), answer(ebook, RIGHT))
        assert played.partner.chosen is not None
        assert played.partner.chosen.record.control_number == "r1"
        assert [each.match.verdict for each in played.partner.others] == ["other_format"]


class TestFindings:
    """What verified records come to."""

    def test_availability_comes_with_the_finding(self) -> None:
        """A copy that is in makes the partner AVAILABLE, with the item to ask for."""
        played = play(BOOK, answer(in_opac(RIGHT, ("Main", False), ("Branch", True))))
        assert played.partner.availability is Availability.AVAILABLE
        assert played.partner.chosen is not None
        assert played.partner.chosen.requestability is not None
        assert played.partner.chosen.requestability.item is not None
        assert played.partner.chosen.requestability.item.place == "Branch"
        assert played.outcome.located

    def test_of_two_copies_catalogued_twice_the_one_that_is_in_counts(self) -> None:
        """The same book under two records: the first is on loan, the second is in."""
        played = play(BY_TITLE, answer(in_opac(rivers("r1"), ("Main", False)), in_opac(rivers("r2"), ("Main", True))))
        assert played.partner.finding is Finding.FOUND
        assert played.partner.chosen is not None
        assert played.partner.chosen.record.control_number == "r2"
        assert [other.record.control_number for other in played.partner.others] == ["r1"]

    def test_a_copy_that_is_in_does_not_beat_a_far_better_match(self) -> None:
        """Availability decides only between records that match about alike."""
        loose = marcxml("r2", "The rivers of northern Wales", year=1987)
        tight = rivers("r1", fields=[("250", "a", "2nd ed."), ("260", "b", "Gomer Press,")])
        request = replace(BY_TITLE, edition="2nd ed.", publisher="Gomer")
        played = play(request, answer(in_opac(loose, ("Main", True)), in_opac(tight, ("Main", False))))
        assert played.partner.chosen is not None
        assert played.partner.chosen.record.control_number == "r1"

    def test_two_distinct_titles_are_ambiguous(self) -> None:
        """Two titles that fit about equally are both shown, and the partner is kept unverified."""
        one = marcxml("r1", "The rivers of northern Wales", MORGAN)
        two = marcxml("r2", "The rivers of the northern Wales", MORGAN, fields=[("020", "a", ISBN)])
        other = marcxml("r3", "Bread baking", "Baker, Tom", fields=[("020", "a", OTHER_ISBN)])
        request = Citation(isbn=(ISBN, OTHER_ISBN), format=RequestedFormat.PRINT)
        played = play(request, answer(two, other, one))
        assert played.partner.finding is Finding.AMBIGUOUS
        assert played.partner.reason.startswith("Several titles fit the request: ")
        assert played.partner.disposition is Disposition.KEEP_UNVERIFIED
        assert played.partner.availability is Availability.NOT_CHECKED

    def test_too_little_to_tell_is_ambiguous(self) -> None:
        """What is said does not tell the print from the e-book: the record is shown with what would decide."""
        played = play(Citation(title=TITLE), answer(rivers(fields=[("776", "z", OTHER_ISBN)])))
        assert played.partner.finding is Finding.AMBIGUOUS
        assert "would decide" in played.partner.reason
        assert played.partner.chosen is None
        assert played.partner.others[0].match.verdict == "insufficient"

    def test_too_little_to_tell_does_not_stop_the_cascade(self) -> None:
        """A doubtful record of one step gives way to the sure one of a later step."""
        doubtful = marcxml("d1", "Bread baking", "Baker, Tom", year=2001, fields=[("020", "a", ISBN)])
        played = play(BOOK, answer(doubtful), answer(rivers()))
        assert played.partner.finding is Finding.FOUND

    def test_a_field_that_would_decide_is_asked_for(self) -> None:
        """A record that names another form of itself is not decided without a format: the reason says what to add."""
        both = rivers(fields=[("776", "z", OTHER_ISBN)])
        played = play(BY_TITLE, answer(both))
        assert played.partner.finding is Finding.AMBIGUOUS
        assert played.partner.others[0].match.deciding == "format"
        assert played.partner.reason.endswith(
            " Add the format to the request: print, microform, electronic, or physical for any tangible one."
        )
        assert play(replace(BY_TITLE, format=RequestedFormat.PRINT), answer(both)).partner.finding is Finding.FOUND

    def test_a_reprint_counts_as_held(self) -> None:
        """A reprint is found though its score is negative, unless the profile wants exactly the same."""
        reprint = rivers(year=1990).replace(b"870512s1990    ", b"870512r19901987")
        played = play(BY_TITLE, answer(reprint))
        assert played.partner.finding is Finding.FOUND
        assert played.partner.chosen is not None
        assert (played.partner.chosen.match.verdict, played.partner.chosen.match.score < 0) == ("reprint", True)
        assert "the record is for a reprint" in played.partner.reason
        strict = replace(PARTNER, profile=LocateProfile(accept=("same",)))
        assert play(BY_TITLE, answer(reprint), partners=[strict]).partner.finding is Finding.NOT_FOUND

    def test_another_edition_counts_when_the_request_and_the_profile_allow_it(self) -> None:
        """A partner whose other editions will do is found with one, for a request that takes any edition."""
        later = rivers(year=2005, fields=[("250", "a", "3rd ed."), ("775", "z", ISBN)])
        request = replace(BOOK, edition="1st ed.")
        lenient = [replace(PARTNER, profile=LocateProfile(accept=("same", "other_edition")))]
        assert play(request, answer(later), partners=lenient).partner.finding is Finding.NOT_FOUND
        request = replace(request, any_edition=True)
        assert play(request, answer(later), partners=lenient).partner.finding is Finding.FOUND
        strict = [replace(PARTNER, profile=LocateProfile(accept=("same",)))]
        assert play(request, answer(later), partners=strict).partner.finding is Finding.NOT_FOUND

    def test_held_only_outside_the_holdings_codes_is_not_found(self) -> None:
        """Success is restricted to the named libraries, and the reason names the others."""
        partner = replace(PARTNER, holdings_codes=("branch",))
        played = play(BOOK, answer(in_opac(RIGHT, ("Main", True))), partners=[partner])
        assert played.partner.finding is Finding.NOT_FOUND
        assert played.partner.reason.startswith("Held only by Main, not by a library this partner supplies from")
        found = play(BOOK, answer(in_opac(RIGHT, ("Main", True), ("BRANCH", True))), partners=[partner])
        assert found.partner.finding is Finding.FOUND

    def test_held_outside_the_holdings_codes_goes_on_to_the_next_step(self) -> None:
        """Another record of the same item may stand at the right library."""
        partner = replace(PARTNER, holdings_codes=("branch",))
        replies = answer(in_opac(RIGHT, ("Main", True))), answer(in_opac(rivers("r2"), ("Branch", True)))
        played = play(BOOK, *replies, partners=[partner])
        assert played.partner.finding is Finding.FOUND
        assert played.partner.chosen is not None
        assert played.partner.chosen.record.control_number == "r2"

    def test_a_partner_without_profile_is_skipped_and_kept(self) -> None:
        """It cannot be asked, so it stays, unverified."""
        played = play(BOOK, partners=[replace(PARTNER, profile=None)])
        assert played.partner.finding is Finding.SKIPPED
        assert played.partner.disposition is Disposition.KEEP_UNVERIFIED
        assert played.asks == []

    def test_no_usable_identifier_is_said_without_a_search(self) -> None:
        """A partner that is searched by ISBN only cannot be asked for a title."""
        played = play(BY_TITLE, partners=[replace(PARTNER, profile=ISBN_ONLY)])
        assert played.partner.finding is Finding.NO_USABLE_IDENTIFIER
        assert played.asks == []
        assert played.partner.disposition is Disposition.KEEP_UNVERIFIED

    def test_odd_numbers_are_noted_once_for_all_partners(self) -> None:
        """The note is about the citation, not about a partner."""
        two = [PARTNER, replace(PARTNER, code="south")]
        assert len(play(Citation(title=TITLE, isbn=("1234567891",)), partners=two).outcome.notes) == 1
