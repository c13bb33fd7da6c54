"""What a dialect file can say: marks, suppression, drops, temporary places, conflicts, patterns."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from locate.availability import (
    Availability,
    ElectronicKind,
    Status,
    SupplyRules,
    assess,
    parse_dialect,
    read_holdings,
    tell_form,
)
from locate.records.bib import BibRecord
from locate.supply import Fulfilment, FulfilmentRule, ItemPreferences, TermsOfUse
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings
from tests.records.build import iso2709, record as marc

from .build import bib, circ, fields_of, opac, read_field

IN, OUT, UNKNOWN = Status.AVAILABLE, Status.UNAVAILABLE, Status.UNKNOWN
MARC21 = "1.2.840.10003.5.10"
HOLDINGS_008 = "2401010p    8   4001uueng0000000"
COPIES = ("852 ##$bMAIN$cStacks", "876 ##$p301$jAvailable", "876 ##$p302$jOdd")
KOHA = "952 $0 0 $1 0 $7 0 $a MAIN $b MAIN $p 301"


def coded(position: int, code: str) -> str:
    """Return the 008 of a holdings record with one code in it."""
    return HOLDINGS_008[:position] + code + HOLDINGS_008[position + 1 :]


def verdict(record: BibRecord, dialect: str) -> tuple[Availability, str]:
    """Return what may be had by this record alone, and why."""
    found = read_holdings(record, None, dialect)
    rules = SupplyRules(ItemPreferences(), Fulfilment())
    told = assess(found, tell_form(record, found), rules=rules, wants_physical=False)
    return told.verdict, told.reason


class TestMarks:
    """Codes of a record that speak of all its copies."""

    @pytest.mark.parametrize("kind", ["ux", "vx", "xx", "yx"])
    def test_a_holdings_record_that_will_not_lend(self, kind: str) -> None:
        """008/20 b of a holdings record refuses all its copies, and leaves their status."""
        found = marc(*COPIES, kind=kind, f008=coded(20, "b"))
        items = read_holdings(found, None, "generic").items
        assert [one.status for one in items] == [IN, UNKNOWN]
        assert {one.not_lent for one in items} == {"the lending policy is: will not lend"}
        assert verdict(found, "generic")[0] is Availability.NOT_REQUESTABLE

    @pytest.mark.parametrize("code", ["a", "c", "l", "u", "|", " "])
    def test_other_lending_policies_refuse_nothing(self, code: str) -> None:
        """Only the code that says so keeps a copy from being lent."""
        found = read_holdings(marc(*COPIES, kind="xx", f008=coded(20, code)), None, "generic")
        assert {one.not_lent for one in found.items} == {""}

    def test_a_bibliographic_record_has_other_codes(self) -> None:
        """The same positions of the 008 of a book and of its leader say nothing of lending."""
        found = read_holdings(marc(*COPIES, kind="am", f008=coded(20, "b")), None, "generic")
        assert {one.not_lent for one in found.items} == {""}

    def test_a_holdings_record_on_order(self) -> None:
        """008/06 3 says that a copy of which nothing else tells is on order; another code says nothing."""
        (bare,) = read_holdings(marc("852 ##$bMAIN", kind="xx", f008=coded(6, "3")), None, "generic").items
        assert fields_of(bare, "status", "rule") == (OUT, "generic: 008/06 is 3 (on order)")
        (held,) = read_holdings(marc("852 ##$bMAIN", kind="xx", f008=coded(6, "4")), None, "generic").items
        assert held.status is UNKNOWN

    def test_a_status_word_counts_before_the_code_of_the_record(self) -> None:
        """A copy that says that it is in is in, and one whose word no table knows stays unknown."""
        first, second = read_holdings(marc(*COPIES, kind="xx", f008=coded(6, "3")), None, "generic").items
        assert (first.status, second.status) == (IN, UNKNOWN)

    def test_a_deleted_holdings_record(self) -> None:
        """Leader/05 d of a holdings record hides its copies."""
        data = iso2709(*COPIES, kind="xx", f008=HOLDINGS_008)
        deleted = data[:5] + b"d" + data[6:]
        found = read_holdings(None, opac(MarcHoldings(MARC21, deleted)), "generic")
        assert {one.suppressed for one in found.items} == {"the holdings record is deleted"}
        plain = read_holdings(None, opac(MarcHoldings(MARC21, data)), "generic")
        assert {one.suppressed for one in plain.items} == {""}

    def test_marks_of_each_marc_holdings_record_of_an_opac_record(self) -> None:
        """Each holdings record inside an OPAC record speaks of its own copies only."""
        keeps = MarcHoldings(MARC21, iso2709(*COPIES[:2], kind="xx", f008=coded(20, "b")))
        lends = MarcHoldings(MARC21, iso2709(*COPIES[:2], kind="xx", f008=coded(20, "a")))
        found = read_holdings(None, opac(keeps, lends), "alma")
        assert [bool(one.not_lent) for one in found.items] == [True, False]

    def test_koha_hides_a_record(self) -> None:
        """942 $n 1 hides all copies of a record from the public; any other value does not."""
        hidden = bib(KOHA, KOHA, "942 $c BK $n 1")
        found = read_holdings(hidden, None, "koha")
        assert [one.suppressed for one in found.items] == ["hidden in the public catalog"] * 2
        assert verdict(hidden, "koha") == (
            Availability.NOT_REQUESTABLE,
            "2 copies at MAIN: 2 not for the public (hidden in the public catalog) -> not requestable.",
        )
        for shown in (bib(KOHA, "942 $c BK $n 0"), bib(KOHA, "942 $c BK"), bib(KOHA)):
            assert read_holdings(shown, None, "koha").items[0].suppressed == ""

    def test_a_mark_of_the_record_counts_for_its_opac_holdings(self) -> None:
        """A site whose records hide their copies by a code of the title hides those of the OPAC record too."""
        mark = {"tag": "998", "code": "e", "values": ["n"], "kind": "suppressed", "say": "hidden"}
        site = parse_dialect({"extends": "sierra", "marks": [mark]}, "site")
        holding = HoldingsAndCirc(local_location="Main", public_note="AVAILABLE")
        (hidden,) = read_holdings(bib("998 $e n"), opac(holding), site).items
        assert (hidden.status, hidden.suppressed) == (IN, "hidden")

    def test_a_mark_does_not_replace_the_words_of_a_copy(self) -> None:
        """What a copy says of itself is quoted before what its record says of all."""
        found = marc("852 ##$bMAIN", "876 ##$p1$jAvailable$hReference", kind="xx", f008=coded(20, "b"))
        (only,) = read_holdings(found, None, "generic").items
        assert only.not_lent == "Reference"


class TestSuppression:
    """Words and flags that say that the public does not see a copy."""

    @pytest.mark.parametrize("word", ["Suppressed", "HIDDEN", "staff only", "Not for public display"])
    def test_suppression_words(self, word: str) -> None:
        """Such a word hides the copy and says nothing of the shelf."""
        found = read_field("generic", f"876 $j {word} $p 301")
        assert fields_of(found, "status", "suppressed", "raw_status") == (UNKNOWN, word, (word,))

    def test_a_suppression_word_beside_available_now(self) -> None:
        """A copy that is in and hidden keeps its status, and may not be requested."""
        holding = HoldingsAndCirc(local_location="Main", circulation=(circ(now=True, restrictions="Staff only"),))
        found = read_holdings(None, opac(holding), "opac")
        assert fields_of(found.items[0], "status", "suppressed") == (IN, "Staff only")
        rules = SupplyRules(ItemPreferences(), Fulfilment())
        told = assess(found, tell_form(None, found), rules=rules, wants_physical=True)
        assert told.verdict is Availability.NOT_REQUESTABLE
        assert told.reason == "One copy at Main: not for the public (Staff only) -> not requestable."

    def test_suppression_by_a_policy_word_and_by_a_flag(self) -> None:
        """A policy subfield and a flag may hide a copy as a status word does."""
        layout = {
            "tag": "949",
            "status": ["s"],
            "policy_words": ["p"],
            "flags": [{"code": "f", "name": "staff view", "positive": "suppressed"}],
        }
        words = {"available": ["in"], "suppressed": ["secret"]}
        site = parse_dialect({"words": words, "fields": [layout]}, "site")
        items = read_holdings(bib("949 $s in $p secret", "949 $s in $f 1", "949 $s in $f 0"), None, site).items
        assert [one.suppressed for one in items] == ["secret", "staff view", ""]
        assert items[0].status is items[2].status is IN


class TestDrop:
    """Holdings that are none."""

    def test_a_dropped_holding_is_left_out_with_its_reason(self) -> None:
        """Holdings whose text fits are left out, and kept aside with the sentence that says why."""
        site = parse_dialect(
            {
                "extends": "horizon",
                "drop": [
                    {"text": "library", "match": "internet", "say": "the internet is no library"},
                    {"text": "location", "match": "Test ?", "say": "a test"},
                    {"text": "call_number", "match": "*ERESOURCE*", "say": "a resource"},
                ],
            },
            "site",
        )
        kept = HoldingsAndCirc(local_location="Main", shelving_location="Tests", circulation=(circ(now=True),))
        net = HoldingsAndCirc(local_location=" INTERNET ", circulation=(circ(now=True),))
        test = HoldingsAndCirc(local_location="Main", shelving_location="test 1", circulation=(circ(now=True),))
        called = HoldingsAndCirc(local_location="Main", call_number="an eresource", circulation=(circ(now=True),))
        found = read_holdings(None, opac(kept, net, test, called), site)
        assert [one.location for one in found.items] == ["Tests"]
        assert [one.why for one in found.dropped] == ["the internet is no library", "a test", "a resource"]
        assert [one.item.library for one in found.dropped] == ["INTERNET", "Main", "Main"]

    def test_when_all_are_dropped_no_copy_is_named(self) -> None:
        """A record of dropped holdings only says nothing of copies."""
        drop = [{"text": "library_code", "match": "X*", "say": "an exhibition"}]
        site = parse_dialect({"extends": "koha", "drop": drop}, "site")
        found = read_holdings(bib(KOHA.replace("$a MAIN", "$a XPO")), None, site)
        assert (found.items, len(found.dropped)) == ((), 1)


class TestTemporaryPlaces:
    """What a temporary place stands for, and what is none."""

    TEXTS: ClassVar[dict[str, Any]] = {"local_location": "Main", "shelving_location": "Stacks"}

    def read(self, temporary: str, **settings: Any) -> tuple[object, ...]:
        """Return the two temporary places of a copy, by these settings."""
        site = parse_dialect({"extends": "opac", "temporary": settings}, "site")
        holding = HoldingsAndCirc(**self.TEXTS, circulation=(circ(now=True, temporary_location=temporary),))
        (only,) = read_holdings(None, opac(holding), site).items
        return fields_of(only, "temporary_location", "temporary_library")

    def test_it_replaces_the_location_or_the_library(self) -> None:
        """The dialect says which of the two a temporary place stands for; by default it is the location."""
        assert self.read("Reserve") == ("Reserve", "")
        assert self.read("Reserve", replaces="location") == ("Reserve", "")
        assert self.read("Law", replaces="library") == ("", "Law")

    @pytest.mark.parametrize("home", ["Main", " stacks "])
    def test_a_home_is_not_temporary(self, home: str) -> None:
        """A temporary place that is the copy's own is none."""
        assert self.read(home) == self.read(home, replaces="library") == ("", "")

    def test_words_that_name_no_place(self) -> None:
        """Words such as "none" are no place, and a site has its own."""
        assert self.read("None") == self.read(" - ") == ("", "")
        assert self.read("Nowhere", unless=["NOWHERE"]) == ("", "")
        assert self.read("None", unless=["nowhere"]) == ("None", "")

    def test_a_koha_copy_at_another_branch(self) -> None:
        """952 $b is the library where the copy is, and stands in the sentence."""
        away = read_field("koha", KOHA.replace("$b MAIN", "$b BRANCH"))
        assert fields_of(away, "library_code", "temporary_library", "place") == ("MAIN", "BRANCH", "BRANCH")
        assert read_field("koha", KOHA).temporary_library == ""


class TestConflicts:
    """Signs against each other."""

    @pytest.mark.parametrize(
        ("conflict", "now", "note", "status"),
        [
            (None, True, "Checked out", UNKNOWN),
            ("unknown", True, "Checked out", UNKNOWN),
            ("words", True, "Checked out", OUT),
            ("available_now", True, "Checked out", IN),
            (None, False, "Available", UNKNOWN),
            ("words", False, "Available", IN),
            ("available_now", False, "Available", OUT),
            ("words", True, "A gift of the family", IN),
            ("words", False, "Checked out", OUT),
        ],
    )
    def test_available_now_against_the_public_note(
        self,
        conflict: str | None,
        now: bool,  # noqa: FBT001
        note: str,
        status: Status,
    ) -> None:
        """AvailableNow 1 beside "Checked out" is unknown, unless the dialect says which of them counts."""
        rule = {"opac": {"conflict": conflict}} if conflict else {}
        site = parse_dialect({"extends": "opac", **rule}, "site")
        holding = HoldingsAndCirc(local_location="Main", public_note=note, circulation=(circ(now=now),))
        (only,) = read_holdings(None, opac(holding), site).items
        assert only.status is status
        if status is UNKNOWN:
            assert only.rule.endswith(", which contradict each other")

    def test_two_words_against_each_other_stay_unknown(self) -> None:
        """Where words rule and contradict one another, nothing tells."""
        site = parse_dialect({"extends": "opac", "opac": {"conflict": "words"}}, "site")
        holding = HoldingsAndCirc(public_note="Available", circulation=(circ(now=True, restrictions="Lost"),))
        assert read_holdings(None, opac(holding), site).items[0].status is UNKNOWN

    def test_an_unknown_word_is_never_outvoted(self) -> None:
        """A word that no table knows makes a status unknown whatever rules."""
        for conflict in ("available_now", "words"):
            site = parse_dialect({"extends": "opac", "opac": {"conflict": conflict}}, "site")
            holding = HoldingsAndCirc(circulation=(circ(now=True, restrictions="Zzz"),))
            assert read_holdings(None, opac(holding), site).items[0].status is UNKNOWN

    def test_the_first_status_subfield_that_says_something(self) -> None:
        """With "first", the order of the subfields in the layout decides; silent words are passed over."""
        layout: dict[str, Any] = {"tag": "949", "status": ["s", "x"]}
        words = {"available": ["in"], "unavailable": ["out"], "silent": ["-"]}
        texts = ("949 $x in $s out", "949 $x out $s in", "949 $x out $s -", "949 $x in $s odd")
        first = parse_dialect({"words": words, "fields": [{**layout, "conflict": "first"}]}, "site")
        plain = parse_dialect({"words": words, "fields": [layout]}, "site")
        assert [one.status for one in read_holdings(bib(*texts), None, first).items] == [OUT, IN, OUT, UNKNOWN]
        assert [one.status for one in read_holdings(bib(*texts), None, plain).items] == [UNKNOWN, UNKNOWN, OUT, UNKNOWN]


class TestPatterns:
    """Forms of status words."""

    SITE = parse_dialect(
        {
            "dates": ["%d.%m.%Y"],
            "fields": [{"tag": "949", "status": ["s"]}],
            "patterns": [
                {
                    "match": r"entliehen bis (?P<due>[\d.]+)( \((?P<holds>\d+) vormerkung(en)?\))?",
                    "kind": "unavailable",
                },
                {"match": r"(?P<holds>\d+) vormerkungen", "kind": "unavailable"},
                {"match": "präsenz.*", "kind": "not_lent", "say": "in the reading room only"},
                {"match": "dienst.*", "kind": "suppressed", "say": "for the staff"},
                {"match": "regal \\d+", "kind": "available"},
                {"match": "[-.]+", "kind": "silent"},
            ],
        },
        "site",
    )

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("entliehen bis 03.12.2026", (OUT, "2026-12-03", 0, "", "")),
            ("Entliehen  bis 03.12.2026 (2 Vormerkungen)", (OUT, "2026-12-03", 2, "", "")),
            ("entliehen bis 31.02.2026", (OUT, "31.02.2026", 0, "", "")),
            ("7 Vormerkungen", (OUT, "", 7, "", "")),
            ("999999999 Vormerkungen", (OUT, "", 0, "", "")),
            ("Präsenzbestand", (OUT, "", 0, "in the reading room only", "")),
            ("Dienstexemplar", (UNKNOWN, "", 0, "", "for the staff")),
            ("Regal 12", (IN, "", 0, "", "")),
            ("Regal 12 links", (UNKNOWN, "", 0, "", "")),
            ("---", (UNKNOWN, "", 0, "", "")),
        ],
    )
    def test_each_kind(self, word: str, expected: tuple[object, ...]) -> None:
        """A pattern is held against the whole word, its groups give due date and holds, its words what is shown."""
        (only,) = read_holdings(bib(f"949 $s {word}"), None, self.SITE).items
        assert fields_of(only, "status", "due_date", "holds", "not_lent", "suppressed") == expected

    def test_sierra_counts_holds(self) -> None:
        """The holds of Sierra's due note are counted, and kept with the due date."""
        holding = HoldingsAndCirc(local_location="Main", public_note="DUE 12-03-26 +2 HOLDS")
        (only,) = read_holdings(None, opac(holding), "sierra").items
        assert fields_of(only, "status", "due_date", "holds") == (OUT, "2026-12-03", 2)

    def test_holds_of_a_text(self) -> None:
        """An item text may give the number of holds; the greater of the two counts."""
        site = parse_dialect(
            {"fields": [{"tag": "949", "text": {"holds": "h"}, "status": ["s"]}], "words": {"available": ["in"]}},
            "site",
        )
        items = read_holdings(bib("949 $s in $h 3", "949 $s in $h many"), None, site).items
        assert [one.holds for one in items] == [3, 0]


def test_electronic_kinds() -> None:
    """AVE with $8 is a portfolio, without it a collection, AVD a digital object; a site gives its own fields one."""
    record = bib("AVE $8 1 $e Available", "AVE $c 2 $e Available", "AVD $b 3")
    for name in ("alma", "generic"):
        kinds = [one.electronic_kind for one in read_holdings(record, None, name).items]
        assert kinds == [ElectronicKind.PORTFOLIO, ElectronicKind.COLLECTION, ElectronicKind.DIGITAL]
    layout = {"tag": "956", "kind": "electronic", "electronic_kind": "digital", "text": {"location": "a"}}
    site = parse_dialect({"extends": "koha", "fields": [layout]}, "site")
    (only,) = read_holdings(bib("956 $a Scans"), None, site).items
    assert (only.electronic, only.electronic_kind, only.location) == (True, ElectronicKind.DIGITAL, "Scans")
    assert read_field("gvi", "924 1# $b DE-1 $d e").electronic_kind is None


def test_ten_thousand_items_with_fulfilment_rules() -> None:
    """A record with 10,000 copies is judged by a hundred rules, each copy by its own."""
    record = bib(*(f"952 $0 0 $1 0 $7 0 $a L{n % 50} $c S{n % 9} $y P{n % 120} $p {n}" for n in range(10_000)))
    loan = TermsOfUse("Loan", is_requestable_for_physical_resource_sharing=True)
    keep = TermsOfUse("Keep", is_requestable_for_physical_resource_sharing=False)
    fulfilment = Fulfilment(
        (
            *(FulfilmentRule(keep, item_policy=(f"p{n}",), location=("s1", "s2")) for n in range(98)),
            FulfilmentRule(keep, library=("l49",)),
            FulfilmentRule(loan),
        )
    )
    found = read_holdings(record, None, "koha")
    rules = SupplyRules(ItemPreferences(), fulfilment)
    told = assess(found, tell_form(record, found), rules=rules, wants_physical=True)
    assert (told.verdict, len(told.judged)) == (Availability.AVAILABLE, 10_000)
    refused = sum(n % 50 == 49 or (n % 120 < 98 and n % 9 in {1, 2}) for n in range(10_000))
    assert sum(bool(one.refused) for one in told.judged) == refused
    assert len(told.reason) < 600


def test_a_renewable_copy_says_nothing_more() -> None:
    """That a loan can be renewed changes neither status nor holds."""
    holding = HoldingsAndCirc(circulation=(CircRecord(available_now=False, renewable=True),))
    (only,) = read_holdings(None, opac(holding), "opac").items
    assert fields_of(only, "status", "holds") == (OUT, 0)
