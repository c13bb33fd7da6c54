"""The matcher: verdicts on the cases that real servers and real citations make hard, and which candidate wins."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.citation import Citation, DocumentType
from locate.matching import Agreement, Match, Matcher, MatchVerdict
from locate.matching.matcher import DEFAULT, POINTS, VETOES, Weights
from locate.records.bib import BibRecord, Carrier, FoundNumber
from tests.matching.build import ISBN, OTHER_ISBN, bib, cited, isbn, linked, name, number

RIVERS = "The rivers of northern Wales : a field guide / Anna Morgan"
MORGAN = "Morgan, Anna"
ONLINE = frozenset([Carrier.ELECTRONIC])
MICROFORM = frozenset([Carrier.MICROFORM])


def rivers(**changes: Any) -> BibRecord:
    """Return the record that most tests start from."""
    return bib(RIVERS, MORGAN, **{"years": frozenset([1987]), **changes})


def wanted(**changes: Any) -> Citation:
    """Return the citation that fits it."""
    return cited(**{"title": "Rivers of northern Wales", "author": "Morgan", "year": 1987, **changes})


def judge(citation: Citation, record: BibRecord) -> Match:
    """Judge with the default weights."""
    return Matcher().judge(citation, record)


def verdict(citation: Citation, record: BibRecord) -> MatchVerdict:
    """Return only the verdict."""
    return judge(citation, record).verdict


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
        request = cited("Flora of Anglesey", "Rees", isbn=(ISBN,))
        assert verdict(request, record) is MatchVerdict.PART_OR_WHOLE

    def test_isbn_of_one_volume_in_the_sets_record_is_part_or_whole(self) -> None:
        """The record of a set that lists a volume's ISBN is not the volume."""
        numbers = (isbn(qualifier="v. 1"), isbn(OTHER_ISBN, qualifier="v. 2"))
        record = bib("Flora of Anglesey", "Rees, Ifan", isbns=numbers, extent="2 v.")
        assert verdict(cited("Flora of Anglesey", "Rees", isbn=(ISBN,)), record) is MatchVerdict.PART_OR_WHOLE

    def test_other_agencys_control_number_is_no_agreement(self) -> None:
        """The same digits from another agency identify nothing."""
        request = Citation(control_numbers=("(OCoLC)36783841",))
        record = rivers(control_numbers=(number("36783841", "DE-101"),))
        match = judge(request, record)
        assert match.verdict is not MatchVerdict.SAME
        assert not any(one.feature.startswith("control") and one.verdict is Agreement.AGREE for one in match.evidence)

    @pytest.mark.parametrize("tag", ["773", "774", "830"])
    def test_host_or_series_number_is_not_the_item(self, tag: str) -> None:
        """A record found through the number of its host or series is a part of what was asked for."""
        record = rivers(linked=(linked(tag, number("555", "OCoLC", tag)),))
        assert verdict(Citation(control_numbers=("(OCoLC)555",)), record) is MatchVerdict.PART_OR_WHOLE

    def test_number_of_the_earlier_title_is_different(self) -> None:
        """A serial that names the wanted ISSN in 780 is its successor, not the serial itself."""
        earlier = FoundNumber("1234-5679", "1234-5679", "780", "x")
        record = bib("Welsh rivers review", document_type=DocumentType.SERIAL, linked=(linked("780", earlier),))
        request = Citation(title="River notes", issn=("1234-5679",), type=DocumentType.SERIAL)
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

    def test_sentence_names_both_formats(self) -> None:
        """The sentence says what it is and what was asked for."""
        match = judge(wanted(format="print"), rivers(carriers=ONLINE))
        expected = "Same title, author and year, but this is the e-book or online version; the request asks for print."
        assert match.sentence == expected


class TestEditions:
    """Years and editions."""

    def test_year_off_by_one_is_the_same(self) -> None:
        """A slip of one year with the same author is tolerated."""
        assert verdict(wanted(year=1988), rivers()) is MatchVerdict.SAME

    def test_year_off_by_more_is_another_edition(self) -> None:
        """Twenty years apart is another edition."""
        match = judge(wanted(year=2007), rivers())
        assert match.verdict is MatchVerdict.OTHER_EDITION
        assert match.sentence == "Same title and author, but the year is another one."

    def test_any_edition_accepts_another_year_and_edition(self) -> None:
        """Where any edition will do, year and edition do not count."""
        request = wanted(year=2007, edition="3rd ed.", any_edition=True)
        assert verdict(request, rivers(edition="2nd ed.")) is MatchVerdict.SAME

    def test_reprint_with_same_publisher_and_pages_is_the_same(self) -> None:
        """A year five off is a reprint when publisher and pages agree."""
        record = rivers(publishers=("Gomer Press",), extent="xii, 240 p.")
        assert verdict(wanted(year=1992, publisher="Gomer Press", pages="240 p."), record) is MatchVerdict.SAME
        assert verdict(wanted(year=1992, publisher="Gomer Press"), record) is MatchVerdict.OTHER_EDITION

    def test_other_ordinal_is_another_edition(self) -> None:
        """The third edition is not the second, though the ISBN is shared."""
        request = wanted(edition="3", isbn=(ISBN,))
        assert verdict(request, rivers(edition="2nd ed.", isbns=(isbn(),))) is MatchVerdict.OTHER_EDITION

    def test_other_language_is_another_edition(self) -> None:
        """A translation is not the text."""
        assert verdict(wanted(language="eng"), rivers(languages=("wel",))) is MatchVerdict.OTHER_EDITION

    def test_later_printing_with_the_same_isbn_is_another_edition(self) -> None:
        """A record that says it is a reprint, a year later, is not the first printing."""
        record = rivers(years=frozenset([1988]), edition="1. Aufl., Nachdr.", isbns=(isbn(),))
        assert verdict(wanted(isbn=(ISBN,)), record) is MatchVerdict.OTHER_EDITION


class TestNumbers:
    """Numbers neither accept nor reject alone."""

    def test_wrong_isbn_does_not_reject(self) -> None:
        """When all else agrees, another ISBN is but a note."""
        assert verdict(wanted(isbn=(OTHER_ISBN,)), rivers(isbns=(isbn(),))) is MatchVerdict.SAME

    def test_isbn_alone_does_not_accept(self) -> None:
        """A request of nothing but an ISBN is not decided by it; the sentence says what would."""
        match = judge(Citation(isbn=(ISBN,)), rivers(isbns=(isbn(),)))
        assert match.verdict is MatchVerdict.INSUFFICIENT
        assert match.sentence == "Cannot tell: only the ISBN can be compared, and agrees; the title would decide."

    def test_isbn_and_format_accept_when_nothing_else_is_given(self) -> None:
        """ISBN and format, both agreeing, are enough when the request knows no more."""
        request = cited(isbn=(ISBN,), format="physical", type=None)
        assert verdict(request, rivers(isbns=(isbn(),))) is MatchVerdict.SAME
        assert verdict(request, rivers(isbns=(isbn(),), carriers=ONLINE)) is MatchVerdict.OTHER_FORMAT

    def test_shared_isbn_with_another_title_is_different(self) -> None:
        """An ISBN reused for another book does not make it the same."""
        record = bib("Cooking with leeks", "Price, Owen", isbns=(isbn(),), years=frozenset([1987]))
        assert verdict(wanted(isbn=(ISBN,)), record) is not MatchVerdict.SAME

    def test_wrong_check_digit_is_compared_as_given(self) -> None:
        """Both sides with the same misprinted ISBN agree in it."""
        match = judge(wanted(isbn=("0-306-40615-3",)), rivers(isbns=(isbn("0306406153"),)))
        assert any(one.feature == "isbn.equal" for one in match.evidence)

    def test_same_agencys_control_number_accepts(self) -> None:
        """The OCLC number of the request in 035 of the record is enough."""
        record = rivers(control_numbers=(number("36783841", "OCoLC"),))
        assert verdict(Citation(control_numbers=("ocm36783841",)), record) is MatchVerdict.SAME

    def test_issn_and_key_title_accept_a_serial(self) -> None:
        """A serial is known by its ISSN and one of its titles."""
        own = FoundNumber("1234-5679", "1234-5679", "022", "a")
        serial = DocumentType.SERIAL
        record = bib(
            "River notes / Welsh Society", issns=(own,), document_type=serial, variant_titles=("River notes.",)
        )
        assert verdict(Citation(title="River notes", issn=("12345679",), type=serial), record) is MatchVerdict.SAME


class TestTitles:
    """What a title decides, and what it does not."""

    def test_short_title_inside_a_longer_one_is_refused(self) -> None:
        """The family is not The family reunion, in neither direction, though author and year agree."""
        short, longer = bib("The family", "Gower, Jane"), bib("The family reunion", "Gower, Jane")
        assert verdict(cited("The family", "Gower", 1950), longer) is not MatchVerdict.SAME
        assert verdict(cited("The family reunion", "Gower", 1950), short) is not MatchVerdict.SAME

    def test_generic_title_needs_author_and_year(self) -> None:
        """Annual report of the same body is undecided without a year, and the sentence asks for it."""
        body = name("Severn Water Board", "110")
        record = bib("Annual report", names=(body,), years=frozenset([1974]))
        match = judge(cited("Annual report", "Severn Water Board", format="print"), record)
        assert match.verdict is MatchVerdict.INSUFFICIENT
        assert match.sentence == "Cannot tell: the title is generic and no year was given; the year would decide."
        assert verdict(cited("Annual report", "Severn Water Board", 1974), record) is MatchVerdict.SAME

    def test_title_alone_is_insufficient(self) -> None:
        """A title and a format, without author, year or number, decide nothing."""
        assert verdict(cited("Rivers of northern Wales", format="print"), rivers()) is MatchVerdict.INSUFFICIENT

    def test_title_cut_in_a_word_with_a_typing_error_is_the_same(self) -> None:
        """The form cut the title at 60 characters, inside a word, and a finger slipped."""
        record = bib(
            "Stories of the canals and waterways of industrial Montgomeryshire", MORGAN, years=frozenset([1987])
        )
        request = cited("stories of the canals and watrways of industrial Montgomery", "Morgan", 1987)
        assert verdict(request, record) is MatchVerdict.SAME

    def test_same_title_by_another_author_is_not_accepted(self) -> None:
        """Two books of one title and year by different people are kept apart."""
        record = bib("Introduction to hydrology", "Price, Owen", years=frozenset([1987]), publishers=("Press",))
        request = cited("Introduction to hydrology", "Anna Morgan", 1987, publisher="Press", format="print")
        assert verdict(request, record) is not MatchVerdict.SAME

    def test_map_is_not_the_book(self) -> None:
        """Another kind of document under the same title is another item."""
        assert verdict(wanted(), rivers(document_type=DocumentType.MAP)) is MatchVerdict.DIFFERENT

    def test_vernacular_request_meets_the_880_title(self) -> None:
        """A request in Cyrillic is compared with the vernacular title."""
        vernacular = bib("Реки северного Уэльса").titles
        record = bib("Reki severnogo Uel\u02b9sa", "Morgan, Anna", years=frozenset([1987]))
        record = bib(titles=record.titles + vernacular, names=record.names, years=record.years)
        assert verdict(cited("Реки северного Уэльса", None, 1987), record) is MatchVerdict.SAME


class TestParts:
    """Volumes, parts and sets."""

    def test_other_volume_is_a_part(self) -> None:
        """Volume two is not volume three."""
        record = rivers(titles=bib("Rivers of northern Wales", parts=(("Bd. II", ""),)).titles)
        assert verdict(wanted(volume="3"), record) is MatchVerdict.PART_OR_WHOLE
        assert verdict(wanted(volume="vol. 2"), record) is MatchVerdict.SAME

    def test_other_part_name_is_a_part(self) -> None:
        """The part on Anglesey is not the part on Gwynedd."""
        record = rivers(titles=bib("Rivers of northern Wales", parts=(("", "Anglesey"),)).titles)
        request = wanted(title="Rivers of northern Wales Gwynedd")
        assert verdict(request, record) is MatchVerdict.PART_OR_WHOLE

    def test_set_for_a_volume_is_the_whole(self) -> None:
        """The record of a whole set is not the volume that was asked for."""
        assert verdict(wanted(volume="2"), rivers(extent="3 v.")) is MatchVerdict.PART_OR_WHOLE

    def test_volume_of_a_serial_is_left_to_the_holdings(self) -> None:
        """A volume of a journal does not speak against the journal's record."""
        serial = DocumentType.SERIAL
        record = rivers(document_type=serial)
        assert verdict(wanted(type=serial, volume="12"), record) is MatchVerdict.SAME


class TestRanking:
    """A must beat B."""

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            (rivers(), rivers(years=frozenset([1988]))),
            (rivers(), rivers(years=frozenset([1999]))),
            (rivers(years=frozenset([1988])), rivers(years=frozenset([1995]))),
            (rivers(), rivers(carriers=ONLINE)),
            (rivers(isbns=(isbn(),)), rivers()),
            (rivers(), rivers(isbns=(isbn(OTHER_ISBN),))),
            (rivers(isbns=(isbn(),)), rivers(isbns=(isbn(subfield="z"),))),
            (rivers(), bib("The rivers of northern Wales : a field guide", "Price, Owen", years=frozenset([1987]))),
            (rivers(), rivers(names=(name("Price, Owen"), name(MORGAN, "700")))),
            (rivers(), bib("Rivers of southern Wales", MORGAN, years=frozenset([1987]))),
            (rivers(), rivers(document_type=DocumentType.SERIAL)),
            (rivers(edition="2nd ed."), rivers(edition="4th ed.")),
        ],
    )
    def test_the_better_candidate_scores_higher(self, better: BibRecord, worse: BibRecord) -> None:
        """Of two candidates that differ in one feature, the right one has the higher score."""
        request = wanted(isbn=(ISBN,), format="print", edition="2")
        assert judge(request, better).score > judge(request, worse).score


class TestTable:
    """The table and the evidence."""

    def test_score_is_the_sum_of_the_weights(self) -> None:
        """Nothing but the evidence makes the score."""
        for record in (rivers(), rivers(carriers=MICROFORM, isbns=(isbn(),)), bib("Cooking")):
            match = judge(wanted(isbn=(ISBN,), format="print"), record)
            assert match.score == sum(one.weight for one in match.evidence)

    def test_every_veto_has_a_negative_weight(self) -> None:
        """What forbids acceptance also lowers the score."""
        assert {feature for feature in VETOES if POINTS[feature] >= 0} == set()

    def test_weight_follows_the_verdict(self) -> None:
        """Evidence for never weighs below nothing, evidence that is silent weighs nothing."""
        for one in judge(wanted(isbn=(ISBN,), format="print"), rivers(isbns=(isbn(),))).evidence:
            assert one.weight >= 0 if one.verdict is Agreement.AGREE else one.weight <= 0
            assert one.why.endswith(".")

    def test_weights_can_be_changed(self) -> None:
        """A stricter threshold turns an acceptance into a doubt."""
        strict = Matcher(Weights(DEFAULT.points, accept=500))
        assert strict.judge(wanted(), rivers()).verdict is MatchVerdict.INSUFFICIENT

    def test_format_can_be_asked_for(self) -> None:
        """With ``ask_format``, a record that names its e-book in 776 is undecided until the request says a format."""
        record, strict = rivers(linked=(linked("776", isbn(tag="776")),)), Matcher(Weights(ask_format=True))
        match = strict.judge(wanted(), record)
        assert match.verdict is MatchVerdict.INSUFFICIENT
        assert match.sentence.endswith("the format would decide.")
        assert strict.judge(wanted(format="print"), record).verdict is MatchVerdict.SAME
        assert verdict(wanted(), record) is MatchVerdict.SAME

    def test_prepared_citation_gives_the_same_match(self) -> None:
        """Preparing once changes nothing but the work."""
        matcher = Matcher()
        assert matcher.judge(matcher.prepare(wanted()), rivers()) == matcher.judge(wanted(), rivers())

    @given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=12), st.text(max_size=12))
    def test_any_text_is_judged(self, title: str, author: str, edition: str, volume: str) -> None:
        """No text of a citation or record raises."""
        record = bib(title, author, edition=edition, parts=((volume, title),), extent=volume)
        match = judge(Citation(title=title, author=author, edition=edition, volume=volume, isbn=(edition,)), record)
        assert match.score == sum(one.weight for one in match.evidence)
        assert match.sentence
