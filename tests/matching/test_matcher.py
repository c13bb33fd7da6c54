"""The matcher: verdicts on the cases that real servers and real citations make hard."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, strategies as st

from locate.citation import Citation
from locate.matching import Agreement, Matcher, MatchVerdict, Weights
from locate.matching.weights import CITATION, DEFAULT
from locate.records.bib import Carrier
from tests.matching.build import (
    ISBN,
    ISSN,
    MORGAN,
    ONLINE,
    OTHER_ISBN,
    SERIAL,
    bib,
    cited,
    features,
    isbn,
    issn,
    journal,
    judge,
    lccn,
    linked,
    name,
    number,
    rivers,
    verdict,
    volume,
    wanted,
)

BOARD = (name("Severn Water Board", "110"),)


class TestKnownFalseHits:
    """The false hits that targets return (locate step, every hit is verified)."""

    def test_isbn_only_in_776_of_the_ebook_is_another_format(self) -> None:
        """The e-book that names the print's ISBN in 776 $z is not the print."""
        record = rivers(carriers=ONLINE, isbns=(isbn(OTHER_ISBN),), linked=(linked("776", isbn(tag="776")),))
        assert verdict(wanted(isbn=(ISBN,), format="print"), record) is MatchVerdict.OTHER_FORMAT
        assert verdict(Citation(isbn=(ISBN,)), record) is not MatchVerdict.SAME

    def test_isbn_only_in_776_of_a_record_without_carriers_is_another_format(self) -> None:
        """Where the record does not show its carrier, a number found only in 776 still says another format."""
        record = rivers(carriers=frozenset(), linked=(linked("776", isbn(tag="776")),))
        assert verdict(wanted(isbn=(ISBN,), format="print"), record) is MatchVerdict.OTHER_FORMAT

    def test_the_other_formats_isbn_does_not_reject_the_right_carrier(self) -> None:
        """A print request that carries the e-book's ISBN still finds the print record, which names it in 776."""
        record = rivers(isbns=(isbn(OTHER_ISBN),), linked=(linked("776", isbn(tag="776")),))
        assert verdict(wanted(isbn=(ISBN,), format="print"), record) is MatchVerdict.SAME

    def test_title_only_in_505_is_a_part(self) -> None:
        """An anthology that lists the title in its contents is not the title."""
        record = bib("Welsh nature writing : an anthology", "Price, Owen", contents=("The rivers of northern Wales",))
        match = judge(wanted(), record)
        assert match.verdict is MatchVerdict.PART_OR_WHOLE
        assert "contents" in match.sentence

    def test_shared_isbn_of_volume_and_set_is_part_or_whole(self) -> None:
        """A volume that carries the set's ISBN is not the set."""
        record = bib("Flora of Anglesey", "Rees, Ifan", parts=(("Vol. 2", "Mosses"),), isbns=(isbn(qualifier="set"),))
        assert verdict(cited("Flora of Anglesey", "Rees", isbn=(ISBN,)), record) is MatchVerdict.PART_OR_WHOLE

    def test_isbn_of_one_volume_in_the_sets_record_is_part_or_whole(self) -> None:
        """The record of a set that lists a volume's ISBN is not the volume."""
        numbers = (isbn(qualifier="v. 1"), isbn(OTHER_ISBN, qualifier="v. 2"))
        record = bib("Flora of Anglesey", "Rees, Ifan", isbns=numbers, extent="2 v.")
        assert verdict(cited("Flora of Anglesey", "Rees", isbn=(ISBN,)), record) is MatchVerdict.PART_OR_WHOLE

    @pytest.mark.parametrize("tag", ["773", "774", "830"])
    def test_host_or_series_number_is_not_the_item(self, tag: str) -> None:
        """A record found through the number of its host or series is a part of what was asked for."""
        record = rivers(linked=(linked(tag, number("555", "OCoLC", tag)),))
        assert verdict(Citation(control_numbers=("(OCoLC)555",)), record) is MatchVerdict.PART_OR_WHOLE

    def test_number_of_the_earlier_title_is_different(self) -> None:
        """A serial that names the wanted ISSN in 780 is its successor, not the serial itself."""
        record = journal(linked=(linked("780", issn(tag="780")),))
        request = Citation(title="River notes", issn=(ISSN,), type=SERIAL)
        assert verdict(request, record) is MatchVerdict.DIFFERENT


class TestFormats:
    """The carrier that is wanted."""

    @pytest.mark.parametrize(
        ("asked", "carriers", "expected"),
        [
            ("print", {Carrier.PRINT}, MatchVerdict.SAME),
            ("print", {Carrier.ELECTRONIC}, MatchVerdict.OTHER_FORMAT),
            ("print", {Carrier.MICROFORM}, MatchVerdict.OTHER_FORMAT),
            ("print", {Carrier.PRINT, Carrier.ELECTRONIC}, MatchVerdict.SAME),
            ("physical", {Carrier.MICROFORM}, MatchVerdict.SAME),
            ("physical", {Carrier.DISC}, MatchVerdict.SAME),
            ("physical", {Carrier.ELECTRONIC}, MatchVerdict.OTHER_FORMAT),
            ("electronic", {Carrier.ELECTRONIC}, MatchVerdict.SAME),
            ("electronic", {Carrier.PRINT}, MatchVerdict.OTHER_FORMAT),
            ("microform", {Carrier.PRINT}, MatchVerdict.OTHER_FORMAT),
            ("any", {Carrier.ELECTRONIC}, MatchVerdict.SAME),
            (None, {Carrier.ELECTRONIC}, MatchVerdict.SAME),
            ("print", set(), MatchVerdict.SAME),
        ],
    )
    def test_requested_format_decides(self, asked: str | None, carriers: set[Carrier], expected: MatchVerdict) -> None:
        """A record without an acceptable carrier is another format; silence on either side decides nothing."""
        assert verdict(wanted(format=asked), rivers(carriers=frozenset(carriers))) is expected

    def test_a_request_without_format_is_asked_for_it(self) -> None:
        """A record that names its e-book in 776 is undecided until the request says a format."""
        record = rivers(linked=(linked("776", isbn(OTHER_ISBN, tag="776")),))
        match = judge(wanted(), record)
        assert match.verdict is MatchVerdict.INSUFFICIENT
        assert match.deciding == "format"
        assert verdict(wanted(format="print"), record) is MatchVerdict.SAME
        assert verdict(wanted(format="any"), record) is MatchVerdict.SAME


class TestEditions:
    """Years and editions."""

    def test_year_off_by_one_is_the_same(self) -> None:
        """A slip of one year with the same author is tolerated."""
        assert verdict(wanted(year=1988), rivers()) is MatchVerdict.SAME

    def test_year_off_by_more_is_another_edition(self) -> None:
        """Twenty years apart is another edition."""
        assert verdict(wanted(year=2007), rivers()) is MatchVerdict.OTHER_EDITION

    def test_any_edition_accepts_another_year_and_edition(self) -> None:
        """Where any edition will do, year and edition do not count."""
        request = wanted(year=2007, edition="3rd ed.", any_edition=True)
        assert verdict(request, rivers(edition="2nd ed.")) is MatchVerdict.SAME

    def test_same_publisher_and_pages_in_another_year_are_a_reprint(self) -> None:
        """A year eight off is a reprint when publisher and pages agree, else another edition."""
        record = rivers(publishers=("Gomer Press",), extent="xii, 240 p.", pages=240)
        assert verdict(wanted(year=1995, publisher="Gomer Press", pages="240 p."), record) is MatchVerdict.REPRINT
        assert verdict(wanted(year=1995, publisher="Gomer Press"), record) is MatchVerdict.OTHER_EDITION

    def test_another_edition_of_another_year_is_another_edition(self) -> None:
        """The third edition of 1995 is not the second of 1987."""
        assert verdict(wanted(year=1995, edition="3"), rivers(edition="2nd ed.")) is MatchVerdict.OTHER_EDITION

    def test_later_printing_with_the_same_isbn_is_not_taken_for_the_first(self) -> None:
        """A record that says it is a reprint, a year later, is not accepted by its shared ISBN."""
        record = rivers(years=frozenset([1988]), edition="1. Aufl., Nachdr.", isbns=(isbn(),))
        assert verdict(wanted(isbn=(ISBN,)), record) is not MatchVerdict.SAME


class TestNumbersAlone:
    """A request of nothing but a number, as a librarian expects it to be answered."""

    def test_the_agencys_control_number_accepts(self) -> None:
        """The OCLC number of the request in 035 of the record is the record."""
        record = rivers(control_numbers=(number("36783841", "OCoLC"),))
        assert verdict(Citation(control_numbers=("ocm36783841",)), record) is MatchVerdict.SAME
        assert verdict(cited(control_numbers=("ocm36783841",), format="print"), record) is MatchVerdict.SAME

    def test_the_lccn_accepts(self) -> None:
        """A Library of Congress number names one record."""
        assert verdict(Citation(lccn="85-2"), rivers(lccns=(lccn(),))) is MatchVerdict.SAME
        assert verdict(cited(lccn="85-2", format="print"), rivers(lccns=(lccn(),))) is MatchVerdict.SAME

    @pytest.mark.parametrize("asked", ["print", "physical"])
    def test_isbn_and_format_accept(self, asked: str) -> None:
        """ISBN and format, both agreeing, are enough when the request knows no more."""
        request = cited(isbn=(ISBN,), format=asked, type=None)
        assert verdict(request, rivers(isbns=(isbn(),))) is MatchVerdict.SAME
        assert verdict(request, rivers(isbns=(isbn(),), carriers=ONLINE)) is MatchVerdict.OTHER_FORMAT

    def test_isbn_alone_does_not_accept(self) -> None:
        """Seven printings share one ISBN: it is not decided by it, and the sentence says what would."""
        match = judge(Citation(isbn=(ISBN,)), rivers(isbns=(isbn(),)))
        assert match.verdict is MatchVerdict.INSUFFICIENT
        assert match.deciding == "title"

    def test_another_isbn_alone_is_another_item(self) -> None:
        """Where the only thing known is contradicted, nothing is left."""
        assert verdict(Citation(isbn=(OTHER_ISBN,)), rivers(isbns=(isbn(),))) is MatchVerdict.DIFFERENT

    def test_issn_alone_accepts_a_serial(self) -> None:
        """The serial's own ISSN (022 $a) is given to one serial in one form."""
        assert verdict(Citation(issn=(ISSN,), type=SERIAL), journal(issns=(issn(),))) is MatchVerdict.SAME
        assert (
            verdict(Citation(issn=(ISSN,)), journal(linked=(linked("780", issn(tag="780")),))) is MatchVerdict.DIFFERENT
        )


class TestNumbers:
    """Numbers beside other things neither accept nor reject alone."""

    def test_wrong_isbn_does_not_reject(self) -> None:
        """When all else agrees, another ISBN is but a note."""
        match = judge(wanted(isbn=(OTHER_ISBN,)), rivers(isbns=(isbn(),)))
        assert match.verdict is MatchVerdict.SAME
        assert match.sentence.endswith("But note: the record has another ISBN.")

    def test_other_agencys_control_number_is_no_agreement(self) -> None:
        """The same digits from another agency identify nothing."""
        record = rivers(control_numbers=(number("36783841", "DE-101"),))
        match = judge(Citation(control_numbers=("(OCoLC)36783841",)), record)
        assert not any(one.feature.startswith("control") and one.verdict is Agreement.AGREE for one in match.evidence)

    def test_issn_and_key_title_accept_a_serial(self) -> None:
        """A serial is known by its ISSN and one of its titles."""
        record = journal("River notes / Welsh Society", issns=(issn(),), variant_titles=("River notes.",))
        assert verdict(Citation(title="River notes", issn=("12345679",), type=SERIAL), record) is MatchVerdict.SAME


class TestTitles:
    """What a title decides, and what it does not."""

    @pytest.mark.parametrize(
        "asked", [Citation(), cited(format="print"), cited("Bread"), cited("Annual report", format="print")]
    )
    def test_a_request_that_says_next_to_nothing_is_undecided(self, asked: Citation) -> None:
        """A short title and a format, or not even that, decide nothing."""
        assert verdict(asked, bib(asked.title or "Rivers of northern Wales")) is MatchVerdict.INSUFFICIENT

    def test_generic_title_needs_the_body(self) -> None:
        """An annual report without its body is undecided, and another body's is another item."""
        record = bib("Annual report", names=BOARD, years=frozenset([1974]))
        assert verdict(cited("Annual report", "Severn Water Board", 1974), record) is MatchVerdict.SAME
        assert verdict(cited("Annual report", None, 1974), record) is MatchVerdict.INSUFFICIENT
        assert verdict(cited("Annual report", "Welsh Library Association", 1974), record) is MatchVerdict.DIFFERENT

    @pytest.mark.parametrize("title", ["stories of the canals and watrways of industrial Montgomery"])
    def test_title_cut_in_a_word_with_a_typing_error_is_the_same(self, title: str) -> None:
        """The form cut the title at 60 characters, inside a word, and a finger slipped."""
        record = bib(
            "Stories of the canals and waterways of industrial Montgomeryshire", MORGAN, years=frozenset([1987])
        )
        assert verdict(cited(title, "Morgan", 1987), record) is MatchVerdict.SAME

    def test_another_title_by_the_same_author_is_another_item(self) -> None:
        """Author and year do not make up for the title."""
        record = bib("Castles of coastal Gwent", MORGAN, years=frozenset([1987]))
        assert verdict(wanted(), record) is not MatchVerdict.SAME

    def test_vernacular_request_meets_the_880_title(self) -> None:
        """A request in Cyrillic is compared with the vernacular title."""
        romanised, vernacular = bib("Reki severnogo Uel\u02b9sa", MORGAN), bib("Реки северного Уэльса")
        record = replace(romanised, titles=romanised.titles + vernacular.titles, years=frozenset([1987]))
        assert verdict(cited("Реки северного Уэльса", None, 1987), record) is MatchVerdict.SAME


class TestParts:
    """Volumes, parts and sets."""

    def test_other_volume_is_a_part(self) -> None:
        """Volume two is not volume three."""
        assert verdict(wanted(volume="3"), volume(("Bd. II", ""))) is MatchVerdict.PART_OR_WHOLE
        assert verdict(wanted(volume="vol. 2"), volume(("Bd. II", ""))) is MatchVerdict.SAME

    def test_set_for_a_volume_is_the_whole(self) -> None:
        """The record of a whole set is not the volume that was asked for."""
        assert verdict(wanted(volume="2"), rivers(extent="3 v.")) is MatchVerdict.PART_OR_WHOLE

    def test_volume_of_a_serial_is_left_to_the_holdings(self) -> None:
        """A volume of a journal does not speak against the journal's record."""
        assert verdict(wanted(type=SERIAL, volume="12"), rivers(document_type=SERIAL)) is MatchVerdict.SAME


class TestRecords:
    """What is wanted may be a whole record."""

    def test_a_record_is_the_same_as_itself(self) -> None:
        """The item in hand finds its own record."""
        assert verdict(rivers(), rivers()) is MatchVerdict.SAME

    def test_a_record_is_judged_on_its_own_scale(self) -> None:
        """A record that says nothing means less than a citation that does not, so the points differ."""
        asked, held = judge(wanted(), rivers()), judge(rivers(), rivers())
        assert "year.equal" in features(wanted(), rivers())
        assert {one.feature: one.weight for one in asked.evidence}["year.equal"] == DEFAULT.citation.points[
            "year.equal"
        ]
        assert {one.feature: one.weight for one in held.evidence}["year.equal"] == DEFAULT.record.points["year.equal"]

    def test_another_volume_is_not_the_item_in_hand(self) -> None:
        """Volume two is not volume three between records either."""
        assert verdict(volume(("Bd. II", "")), volume(("Bd. III", ""))) is not MatchVerdict.SAME


class TestWeights:
    """The numbers can be changed, and the answers follow."""

    def test_a_stricter_line_turns_an_acceptance_into_a_doubt(self) -> None:
        """Nothing is the same any more when no score is enough."""
        strict = Matcher(Weights(citation=replace(CITATION, accept=500, doubt=-500)))
        assert strict.judge(wanted(), rivers()).verdict is MatchVerdict.INSUFFICIENT
        assert Matcher().judge(wanted(), rivers()).verdict is MatchVerdict.SAME

    def test_without_vetoes_the_score_decides(self) -> None:
        """The same points, and no veto: another volume is accepted by what else agrees."""
        points = MappingProxyType({**CITATION.points, "part.number_conflict": 0})
        lenient = Matcher(Weights(citation=replace(CITATION, points=points), vetoes=MappingProxyType({})))
        asked = wanted(volume="3")
        assert lenient.judge(asked, volume(("Bd. II", ""))).verdict is MatchVerdict.SAME

    def test_a_prepared_citation_gives_the_same_match(self) -> None:
        """Preparing once changes nothing but the work."""
        matcher = Matcher()
        assert matcher.judge(matcher.prepare(wanted()), matcher.view(rivers())) == matcher.judge(wanted(), rivers())

    @given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=12), st.text(max_size=12))
    def test_decisions_agree_for_any_text(self, title: str, author: str, edition: str, part: str) -> None:
        """Whatever the text, the fast decision is the explained one."""
        matcher = Matcher()
        record = bib(title, author, edition=edition, parts=((part, title),), extent=part)
        asked = Citation(title=title, author=author, edition=edition, volume=part, isbn=(edition,))
        match = matcher.judge(asked, record)
        decision = matcher.decide(matcher.prepare(asked), matcher.view(record))
        assert decision.verdict is match.verdict
        assert decision.score is None or decision == (match.verdict, match.score, match.probability)
