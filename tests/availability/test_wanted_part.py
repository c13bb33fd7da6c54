"""Which items have the part that is wanted, and what that makes of the verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.availability import (
    Availability,
    Status,
    SupplyRules,
    assess,
    read_holdings,
    tell_form,
)
from locate.availability.parts import PartWanted, sort_by_part
from locate.candidates import wanted_part
from locate.citation import Citation, DocumentType, Intent
from locate.outcome import Disposition, Finding
from locate.partner import LocateProfile
from locate.supply import Fulfilment, ItemPreferences
from locate.z3950.oids import OPAC, XML
from locate.z3950.opac import CircRecord, HoldingsAndCirc, OpacRecord
from locate.z3950.retrieval import Record
from tests.played import BOOK, ISBN, MORGAN, PARTNER, answer, play
from tests.records.build import marcxml, record as marc

from .build import held, item
from .build_parts import ANY, WHOLE, judged, kept, part, said, shelf

OUT, UNKNOWN = Status.UNAVAILABLE, Status.UNKNOWN


# -- one item after the other ---------------------------------------------------------------------------------------


def test_items_are_sorted_by_what_they_say_of_themselves() -> None:
    """An item with the part is kept with the text that shows it, one without it is left out."""
    second = shelf(enumeration="v.2", chronology="1991")
    found = sort_by_part((shelf(enumeration="v.1", copies=3), second), held(), part("2"))
    assert found.items == ((second, "v.2 1991", ""),)
    assert found.claimed_by is None


def test_an_item_says_more_than_its_holding_and_that_more_than_the_record() -> None:
    """The enumeration of a piece counts before the statements of its holding, and these before the record's."""
    piece = shelf("v.1-v.20", enumeration="v.3", barcode="piece")
    holding = shelf("v.4-v.9", barcode="holding")
    silent = shelf(barcode="silent")
    everything = said((piece, holding, silent), "v.1-v.20")
    assert kept(everything, part("3")) == {"piece": True, "silent": True}
    assert kept(everything, part("5")) == {"holding": True, "silent": True}
    assert kept(everything, part("12")) == {"silent": True}
    assert kept(everything, part("21")) == {}


def test_an_item_of_which_nothing_tells_is_kept_in_doubt() -> None:
    """Where neither the item nor a statement names parts, or the text cannot be read, the item may have it."""
    found = sort_by_part((shelf(),), held(), part("2"))
    ((_, text, doubt),) = found.items
    assert (text, bool(doubt), found.claimed_by) == ("", True, None)
    assert kept(held(shelf(enumeration="ask at the desk", barcode="odd")), part("2")) == {"odd": False}


@pytest.mark.parametrize(
    ("enumeration", "chronology", "wanted", "fits"),
    [
        ("v.12", "", part("12"), True),
        ("Bd. 12", "", part("XII"), True),
        ("v.12 no.3", "1995 Mar.", part("12", "3", 1995), True),
        ("v.12", "1995", part("12", "3", 1995), True),
        ("", "1995", part(year=1995), True),
        ("v.12 no.3", "", part("12", "4"), None),
        ("", "1996", part(year=1995), None),
        ("v.13", "", part("12"), None),
        ("c.2", "", part("12"), False),
    ],
)
def test_the_enumeration_and_chronology_of_an_item(
    enumeration: str,
    chronology: str,
    wanted: PartWanted,
    fits: bool | None,  # noqa: FBT001
) -> None:
    """An item surely has the part (True), may have it (False) or surely lacks it (None), by its own text."""
    found = kept(held(shelf(enumeration=enumeration, chronology=chronology)), wanted)
    assert found == ({} if fits is None else {"": fits})


# -- the verdict ----------------------------------------------------------------------------------------------------


class TestVerdict:
    """What may be had when one part is wanted."""

    def test_only_the_items_with_the_part_count(self) -> None:
        """Volume 1 is in and volume 2 on loan: who wants volume 2 has to wait, and reads of volume 2 alone."""
        first = shelf(enumeration="v.1")
        second = item(OUT, library="Main", enumeration="v.2", due_date="2026-12-03")
        found = judged(held(first, second), part("2"))
        assert (found.verdict, found.item) == (Availability.UNAVAILABLE, second)
        assert [one.item for one in found.judged] == [second]
        assert found.reason == "One copy at Main: on loan until 2026-12-03. No copy can be had now."
        assert judged(held(first, second), part("1")).item is first

    def test_the_piece_that_decided_stands_in_the_sentence(self) -> None:
        """The place of each item is told with the text that shows that it has the part."""
        found = judged(
            held(shelf(enumeration="v.2", location="Stacks"), shelf(enumeration="v.2", location="Annex")), part("2")
        )
        assert found.reason == ("2 copies at Main: one in Stacks (v.2), available; one in Annex (v.2), available.")

    def test_none_left_is_not_held(self) -> None:
        """When every item surely lacks the part, the partner does not hold it, with the text that says so."""
        found = judged(held(shelf(enumeration="v.1"), shelf(enumeration="v.3")), part("2"))
        assert (found.verdict, found.not_held, found.item) == (Availability.NOT_REQUESTABLE, True, None)
        assert found.reason.startswith("The part that is wanted is not held. Volume 2 is not among what is held: ")
        assert found.judged == ()

    def test_a_statement_that_excludes_the_part_is_enough(self) -> None:
        """Items that name no part are left out when the record's statements surely exclude it."""
        found = judged(said((shelf(),), "v.1-v.10"), part("12"))
        assert found.not_held is True
        assert found.reason == ('The part that is wanted is not held. Volume 12 is not among what is held: "v.1-v.10".')

    @pytest.mark.parametrize("status", list(Status))
    def test_claimed_by_statements_and_listed_nowhere_is_unknown(self, status: Status) -> None:
        """When the items listed are other parts, their status says nothing of the one that is claimed."""
        found = judged(said((item(status, library="Main", enumeration="v.1"),), "v.1-v.9"), part("5"))
        assert (found.verdict, found.not_held) == (Availability.UNKNOWN, False)

    def test_claimed_by_statements_while_the_other_parts_are_refused_is_unknown(self) -> None:
        """That volume 1 is for reference only does not say that volume 5 is."""
        reference = shelf(enumeration="v.1", not_lent="reference")
        found = judged(said((reference,), "v.1-v.9"), part("5"))
        assert found.verdict is Availability.UNKNOWN

    def test_claimed_by_statements_says_so(self) -> None:
        """The reason says that the statement names a part that no item listed is."""
        found = judged(said((shelf(enumeration="v.1"),), "v.1-v.9"), part("5"))
        assert "no item listed is the part, though the statement names it" in found.reason

    def test_nothing_said_is_unknown(self) -> None:
        """A copy of which nothing tells that it is the part is never available, and the reason reads well."""
        found = judged(held(shelf()), part("5"))
        assert (found.verdict, found.not_held, found.item) == (Availability.UNKNOWN, False, shelf())
        assert ".." not in found.reason
        assert ", but The" not in found.reason

    def test_a_sure_copy_counts_before_a_doubtful_one(self) -> None:
        """The item that says that it is the part is asked for, though the other stands first."""
        sure = shelf(enumeration="v.5")
        found = judged(held(shelf(), sure), part("5"))
        assert (found.verdict, found.item) == (Availability.AVAILABLE, sure)
        assert found.item_reason == "It is the only copy that is in and may be requested."

    def test_a_doubtful_copy_beside_one_on_loan_is_unknown(self) -> None:
        """The part is out, and a copy that may be it is in: nobody can tell."""
        found = judged(held(item(OUT, library="Main", enumeration="v.5"), shelf()), part("5"))
        assert found.verdict is Availability.UNKNOWN

    def test_a_refused_item_with_the_part_is_refused(self) -> None:
        """The library's lists apply to the items that have the part, and to no other."""
        reserve, stacks = shelf(enumeration="v.5", location="Reserve"), shelf(enumeration="v.1", location="Stacks")
        found = judged(held(reserve, stacks), part("5"), deny_locations=("reserve",))
        assert (found.verdict, found.not_held, len(found.judged)) == (Availability.NOT_REQUESTABLE, False, 1)
        assert "a location that is on the deny list" in found.reason

    def test_other_libraries_are_left_out_first(self) -> None:
        """The part at a library that does not supply is not held here."""
        law = item(library="Law", enumeration="v.5")
        found = judged(held(law, shelf(enumeration="v.1")), part("5"), "Main")
        assert found.not_held is True

    def test_no_part_is_wanted(self) -> None:
        """Without a part, and where any copy will do, enumerations and statements do not matter."""
        pieces = said((shelf(enumeration="v.1"),), "v.1-v.9")
        for wanted in (None, ANY, PartWanted(pages="3-9"), PartWanted(intent=Intent.VOLUME)):
            assert judged(pieces, wanted).verdict is Availability.AVAILABLE

    def test_the_whole_set(self) -> None:
        """Who wants the whole is not served by one piece; a statement without a gap serves; else nobody can tell."""
        one_piece = judged(held(shelf(enumeration="v.2")), WHOLE)
        assert one_piece.not_held is True
        assert "One piece of a set, and the whole set is wanted" in one_piece.reason
        assert judged(said((shelf(),), "v.1-v.4"), WHOLE).verdict is Availability.AVAILABLE
        assert judged(said((shelf(),), "v.1, v.3"), WHOLE).verdict is Availability.UNKNOWN
        assert judged(held(shelf()), WHOLE).verdict is Availability.UNKNOWN

    def test_the_whole_set_piece_by_piece_is_unknown(self) -> None:
        """A statement claims the whole set while the items are its pieces: no single item is it."""
        pieces = said((shelf(enumeration="v.1"), shelf(enumeration="v.2")), "v.1-v.2")
        assert judged(pieces, WHOLE).verdict is Availability.UNKNOWN


# -- from the request to the part -----------------------------------------------------------------------------------

SERIAL_008 = "850101d19802005enkmr p       0   a0eng d"


class TestWantedPart:
    """Which part of the record found a citation asks for."""

    SET = marc("245 10$aRivers.", "300 ##$a5 v.")
    VOLUME = marc("245 10$aRivers.$nBd. 2.", "300 ##$a210 p.")
    SERIAL = marc("245 00$aStudies in river ice.", "300 ##$av.", kind="as", f008=SERIAL_008)
    SECTION = marc("245 00$aStudies in river ice.$nSeries B,$pHydrology.", kind="as", f008=SERIAL_008)

    def test_a_volume_of_a_set(self) -> None:
        """The volume is wanted; year, issue and pages are those of the book, not parts of the set."""
        citation = Citation(title="Rivers", volume=" 2 ", issue="3", pages="1-9", year=1987)
        assert wanted_part(citation, self.SET, None) == PartWanted("2", intent=Intent.VOLUME)

    def test_a_record_that_is_itself_the_part(self) -> None:
        """Every copy of the record for volume 2 is volume 2, whatever its items say of themselves."""
        wanted = wanted_part(Citation(title="Rivers", volume="2", year=1987), self.VOLUME, None)
        assert (wanted.narrows, wanted.intent) == (False, Intent.VOLUME)
        assert judged(held(shelf()), wanted).verdict is Availability.AVAILABLE

    def test_a_book_without_a_volume(self) -> None:
        """A request for a book asks for no part of it."""
        assert wanted_part(Citation(title="Rivers", year=1987), self.SET, None) == PartWanted(intent=Intent.ANY)

    def test_a_serial_is_told_by_the_record(self) -> None:
        """Where the record is a serial's, volume, issue, year and pages are its parts, though the request says book."""
        citation = Citation(title="Studies in river ice", volume="12", issue="3", year=1991, pages="7-9")
        assert wanted_part(citation, self.SERIAL, None) == PartWanted("12", "3", 1991, "7-9", Intent.VOLUME)
        assert wanted_part(replace(citation, type=DocumentType.BOOK), self.SERIAL, None).issue == "3"

    def test_an_article_wants_one_part(self) -> None:
        """An article stands in one issue, also when the request names none, and then nothing narrows."""
        article = Citation(title="Studies in river ice", type=DocumentType.ARTICLE)
        assert wanted_part(article, self.SERIAL, None) == PartWanted(intent=Intent.VOLUME)
        dated = replace(article, year=1991)
        assert wanted_part(dated, self.SET, None) == PartWanted(year=1991, intent=Intent.VOLUME)

    def test_a_section_of_a_serial_is_no_volume(self) -> None:
        """Series B is the title of the serial: its volumes are still to be told apart."""
        article = Citation(title="Studies in river ice", volume="12", year=1991, type=DocumentType.ARTICLE)
        assert wanted_part(article, self.SECTION, None) == PartWanted("12", year=1991, intent=Intent.VOLUME)

    @pytest.mark.parametrize("intent", list(Intent))
    def test_the_intent_of_the_request_is_kept(self, intent: Intent) -> None:
        """What the request says of its intent stands, whatever the record is."""
        citation = Citation(title="Rivers", volume="2")
        for found in (self.SET, self.VOLUME, self.SERIAL):
            assert wanted_part(citation, found, intent).intent is intent


# -- through a whole locate -----------------------------------------------------------------------------------------

_SERIAL = marcxml(
    "001 s1",
    f"008 {SERIAL_008}",
    "022 ##$a0305-4470",
    "245 00$aStudies in river ice.",
    "264 #1$aLondon :$bIce Press,$c1980-2005.",
    "300 ##$av. ;$c25 cm",
    leader="00000nas a2200000 a 4500",
).encode()
_SET = marcxml(
    "001 s2",
    "008 850101s1987    enk           001 0 eng d",
    f"020 ##$a{ISBN}",
    f"100 1#$a{MORGAN}",
    "245 14$aThe rivers of northern Wales :$ba field guide.",
    "300 ##$a5 v. ;$c25 cm",
).encode()
ARTICLE = Citation(title="Studies in river ice", issn=("0305-4470",), volume="5", year=1985, type=DocumentType.ARTICLE)
SETS_TOO = replace(PARTNER, profile=LocateProfile(accept=("same", "reprint", "part_or_whole")))


def pieces(data: bytes, *texts: str | None) -> Record:
    """Return an OPAC record whose copies at Main are all in and have these enumerations."""
    holdings = tuple(
        HoldingsAndCirc(local_location="Main", circulation=(CircRecord(available_now=True, enum_and_chron=text),))
        for text in texts
    )
    return Record(1, OPAC, OpacRecord(XML, data, holdings))


@pytest.mark.parametrize(
    ("texts", "finding", "availability"),
    [
        (("v.1", "v.5 (1985)"), Finding.FOUND, Availability.AVAILABLE),
        (("v.1", None), Finding.FOUND, Availability.UNKNOWN),
        ((None,), Finding.FOUND, Availability.UNKNOWN),
        (("v.1", "v.2"), Finding.NOT_FOUND, Availability.NOT_CHECKED),
    ],
)
def test_an_article_at_a_partner(texts: tuple[str | None, ...], finding: Finding, availability: Availability) -> None:
    """A partner that surely lacks the volume is not found; one of which nothing tells is kept as unknown."""
    partner = play(ARTICLE, answer(pieces(_SERIAL, *texts))).partner
    assert (partner.finding, partner.availability) == (finding, availability)
    assert (partner.disposition is Disposition.DROP) is (finding is Finding.NOT_FOUND)


def test_the_reason_of_a_partner_without_the_volume() -> None:
    """The partner's reason says that the part is not held, and the title is kept among the records seen."""
    partner = play(ARTICLE, answer(pieces(_SERIAL, "v.1 (1981)"))).partner
    assert partner.reason.startswith("The part that is wanted is not held. Volume 5")
    assert [other.record.control_number for other in partner.others] == ["s1"]
    assert partner.can_supply is False


def test_a_volume_of_a_set_at_a_partner() -> None:
    """Where the profile takes the record of a set, its items say whether the volume is there."""
    wanted = replace(BOOK, volume="5")
    there = play(wanted, answer(pieces(_SET, "v.1", "v.5")), partners=[SETS_TOO]).partner
    assert (there.finding, there.availability) == (Finding.FOUND, Availability.AVAILABLE)
    lacking = play(wanted, answer(pieces(_SET, "v.1", "v.2")), partners=[SETS_TOO]).partner
    assert (lacking.finding, lacking.disposition) == (Finding.NOT_FOUND, Disposition.DROP)


def test_the_form_does_not_hide_the_part() -> None:
    """Holdings read from a record and told by its form are judged by the part as those made by hand are."""
    found = marc("245 00$aStudies in river ice.", "AVA ##$bMAIN$eavailable$tv.1-4", kind="as", f008=SERIAL_008)
    holdings = read_holdings(found, None, "alma")
    rules = SupplyRules(ItemPreferences(), Fulfilment())
    form = tell_form(found, holdings)
    assert assess(holdings, form, rules=rules, wants_physical=True, part=part("5")).not_held is True
    assert assess(holdings, form, rules=rules, wants_physical=True, part=part("4")).verdict is Availability.AVAILABLE
