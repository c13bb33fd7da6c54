"""One test a dialect, on records written by hand in its layout."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.availability import Dialect, Status, dialect_names, load_dialect, parse_dialect, read_holdings
from locate.records.bib import BibRecord, Carrier
from locate.z3950.oids import MARC21
from locate.z3950.opac import (
    BIBLIOGRAPHIC_PART,
    CircRecord,
    HoldingsAndCirc,
    OpacRecord,
    UnreadablePart,
    Volume,
)

from .build import bib, circ, field, fields_of, opac, read_field

KOHA = "952 $0 0 $1 0 $4 0 $7 0 $a MAIN $b MAIN $c STACK $8 ADULT $o 813 K $p 301 $y BOOK"


def test_opac_reads_availability_from_circulation() -> None:
    """A holding with two circulation records gives two items, one in and one out with its due date."""
    holding = HoldingsAndCirc(
        nuc_code="DLC",
        local_location="Main",
        shelving_location="Stacks",
        call_number=" PS1 .A1 ",
        circulation=(
            circ(now=True, item_id="1", availability_date="20130129"),
            circ(now=False, item_id="2", availability_date="20261203"),
        ),
    )
    first, second = read_holdings(None, opac(holding), "opac").items
    names = ("status", "library_code", "library", "location", "call_number", "barcode", "due_date")
    assert fields_of(first, *names) == (Status.AVAILABLE, "DLC", "Main", "Stacks", "PS1 .A1", "1", "")
    assert fields_of(second, *names) == (Status.UNAVAILABLE, "DLC", "Main", "Stacks", "PS1 .A1", "2", "2026-12-03")
    assert first.rule == "opac: availableNow is 1"


def test_opac_contradiction_is_unknown() -> None:
    """AvailableNow 1 beside a word that means out is UNKNOWN, and the rule names both signs."""
    holding = HoldingsAndCirc(circulation=(circ(now=True, restrictions="Checked out"),))
    (only,) = read_holdings(None, opac(holding), "opac").items
    assert only.status is Status.UNKNOWN
    assert only.rule == ("opac: availableNow is 1 and restrictions reads 'Checked out', which contradict each other")


@pytest.mark.parametrize(("conflict", "status"), [("available_now", Status.AVAILABLE), ("words", Status.UNAVAILABLE)])
def test_a_dialect_may_say_which_sign_rules(conflict: str, status: Status) -> None:
    """A site that says which of two contradicting signs counts gets the status of that one."""
    site = parse_dialect({"extends": "opac", "opac": {"conflict": conflict}}, "site")
    holding = HoldingsAndCirc(circulation=(circ(now=True, restrictions="Checked out"),))
    assert read_holdings(None, opac(holding), site).items[0].status is status


def test_opac_copy_on_hold_is_not_available() -> None:
    """AvailableNow 1 on a copy that another reader has on hold is a contradiction."""
    holding = HoldingsAndCirc(circulation=(CircRecord(available_now=True, on_hold=True),))
    assert read_holdings(None, opac(holding), "opac").items[0].status is Status.UNKNOWN


def test_opac_without_circulation_or_without_holdings_is_unknown() -> None:
    """A holding without circulation, and an OPAC record without holdings, each give one item of UNKNOWN status."""
    (bare,) = read_holdings(None, opac(HoldingsAndCirc(local_location="Main")), "opac").items
    assert fields_of(bare, "status", "library") == (Status.UNKNOWN, "Main")
    assert bare.rule == "opac: the holding has no circulation record"
    (none,) = read_holdings(None, opac(), "opac").items
    assert fields_of(none, "status", "rule") == (Status.UNKNOWN, "opac: the OPAC record has no holdings")


def test_opac_volumes_are_summaries() -> None:
    """Volume lines become summary holdings; blank ones and repetitions do not."""
    volumes = (Volume("v.1", "1990"), Volume("       ", "     "), Volume("v.1", "1990"), Volume(enum_and_chron="v.2"))
    assert read_holdings(None, opac(HoldingsAndCirc(volumes=volumes)), "opac").summaries == ("v.1 1990", "v.2")


def test_voyager_item_id_is_no_barcode() -> None:
    """Voyager's itemId is a record number; temporaryLocation is where the copy is."""
    holding = HoldingsAndCirc(
        nuc_code="lsfdra",
        local_location="Shelving Facility",
        circulation=(circ(now=True, item_id="211398", temporary_location="24-Hour Reserve"),),
    )
    (only,) = read_holdings(None, opac(holding), "voyager").items
    assert fields_of(only, "status", "barcode", "library_code", "place") == (
        Status.AVAILABLE,
        "",
        "lsfdra",
        "24-Hour Reserve",
    )


def test_folio_status_and_temporary_location() -> None:
    """FOLIO repeats the shelving location as temporary one, and puts the status into restrictions."""
    holding = HoldingsAndCirc(
        nuc_code="Some University",
        local_location="Main Library",
        shelving_location="Olin",
        circulation=(
            circ(now=True, available_thru="Book", temporary_location="Olin "),
            circ(now=False, restrictions="Aged to lost", temporary_location="Olin Reserve"),
            circ(now=False, restrictions="Restricted"),
        ),
    )
    first, second, third = read_holdings(None, opac(holding), "folio").items
    assert fields_of(first, "status", "policy", "temporary_location") == (Status.AVAILABLE, "Book", "")
    assert fields_of(second, "status", "temporary_location") == (Status.UNAVAILABLE, "Olin Reserve")
    assert fields_of(third, "status", "not_lent") == (Status.UNAVAILABLE, "Restricted")


def test_folio_online_without_circulation_is_electronic() -> None:
    """A holding at "Online" is electronic when nothing circulates there, and a copy when something does."""
    bare = HoldingsAndCirc(local_location="Main", shelving_location="Online")
    item = HoldingsAndCirc(local_location="Main", shelving_location="Online", circulation=(circ(now=False),))
    first, second = read_holdings(None, opac(bare, item), "folio").items
    assert (first.electronic, second.electronic) == (True, False)


@pytest.mark.parametrize(
    ("note", "status", "due", "not_lent"),
    [
        ("AVAILABLE", Status.AVAILABLE, "", ""),
        (" check  shelves ", Status.AVAILABLE, "", ""),
        ("CHECK SHELF", Status.AVAILABLE, "", ""),
        ("DUE 01-11-23", Status.UNAVAILABLE, "2023-01-11", ""),
        ("DUE 12-03-26 +2 HOLDS", Status.UNAVAILABLE, "2026-12-03", ""),
        ("DUE 13-13-26", Status.UNAVAILABLE, "13-13-26", ""),
        ("LIB USE ONLY", Status.UNAVAILABLE, "", "LIB USE ONLY"),
        ("AVAILABLE +1 HOLD", Status.UNKNOWN, "", ""),
        ("ASK AT DESK", Status.UNKNOWN, "", ""),
    ],
)
@pytest.mark.parametrize("dialect", ["sierra", "millennium"])
def test_sierra_reads_the_public_note(dialect: str, note: str, status: Status, due: str, not_lent: str) -> None:
    """Sierra's status stands in publicNote; a due date is month, day, year."""
    holding = HoldingsAndCirc(local_location="Circulation", call_number="813", public_note=note)
    (only,) = read_holdings(None, opac(holding), dialect).items
    assert fields_of(only, "status", "due_date", "not_lent", "location") == (status, due, not_lent, "Circulation")


def test_horizon_status_words_by_site() -> None:
    """Horizon's other places count only when they hold a status word, and a status word is no place name."""
    texts = {"local_location": "Eisenhower", "shelving_data": "MSEL Books"}
    agree = HoldingsAndCirc(**texts, circulation=(circ(now=True, available_thru="Available", item_id=" "),))  # type: ignore[arg-type]
    oppose = HoldingsAndCirc(local_location="Central", shelving_data="Lost", circulation=(circ(now=True),))
    internet = HoldingsAndCirc(local_location="Internet", circulation=(circ(now=True),))
    first, second, third = read_holdings(None, opac(agree, oppose, internet), "horizon").items
    assert fields_of(first, "status", "location", "barcode") == (Status.AVAILABLE, "MSEL Books", "")
    assert fields_of(second, "status", "location") == (Status.UNKNOWN, "")
    assert third.electronic


def test_wms_is_a_plain_opac_record() -> None:
    """WorldShare names the branch in localLocation."""
    holding = HoldingsAndCirc(local_location="LFMM", shelving_location="General", circulation=(circ(now=False),))
    (only,) = read_holdings(None, opac(holding), "wms").items
    assert fields_of(only, "status", "library", "location") == (Status.UNAVAILABLE, "LFMM", "General")


def test_alma_opac_policy_and_due_date() -> None:
    """Alma gives the item policy in availableThru and dates as month/day/year."""
    holding = HoldingsAndCirc(
        local_location="Firestone", circulation=(circ(now=False, available_thru="Gen", availability_date="12/03/2026"),)
    )
    (only,) = read_holdings(None, opac(holding), "alma").items
    assert fields_of(only, "status", "policy", "due_date") == (Status.UNAVAILABLE, "Gen", "2026-12-03")


@pytest.mark.parametrize("dialect", ["alma", "generic"])
@pytest.mark.parametrize(
    ("said", "copies", "out", "expected"),
    [
        ("available", "1", "0", [(Status.AVAILABLE, 1)]),
        ("Available", "3", "1", [(Status.AVAILABLE, 2), (Status.UNAVAILABLE, 1)]),
        ("unavailable", "2", "2", [(Status.UNAVAILABLE, 2)]),
        ("check_holdings", "4", "1", [(Status.UNKNOWN, 4)]),
        ("available", "2", "2", [(Status.UNKNOWN, 2)]),
        ("unavailable", "2", "1", [(Status.UNKNOWN, 2)]),
        ("available", "many", "", [(Status.AVAILABLE, 1)]),
    ],
)
def test_alma_ava(dialect: str, said: str, copies: str, out: str, expected: list[tuple[Status, int]]) -> None:
    """AVA counts copies: those out are items of their own, and counts against the word make it unknown."""
    text = f"AVA $b UREAL $q Science $j k475 $c Samling 42 $d FA 1 $e {said} $f {copies} $g {out} $t v.1-9"
    found = read_holdings(bib(text), None, dialect)
    assert [(item.status, item.copies) for item in found.items] == expected
    names = ("library_code", "library", "location_code", "location", "call_number")
    assert fields_of(found.items[0], *names) == ("UREAL", "Science", "k475", "Samling 42", "FA 1")
    assert found.summaries == ("v.1-9",)


def test_alma_electronic_fields_are_never_physical() -> None:
    """AVE and AVD are electronic items beside the OPAC holdings; the e of AVD is a label, not a status."""
    record = bib("AVE $l ULS $m Collection $e Available $s 1990-", "AVE $e Not Available", "AVD $d repo $e Available")
    holding = HoldingsAndCirc(local_location="Main", circulation=(circ(now=True),))
    found = read_holdings(record, opac(holding), "alma")
    assert [(item.electronic, item.status) for item in found.items] == [
        (False, Status.AVAILABLE),
        (True, Status.AVAILABLE),
        (True, Status.UNAVAILABLE),
        (True, Status.UNKNOWN),
    ]
    assert found.items[3].note == "Available"


def test_alma_title_without_holdings() -> None:
    """An Alma OPAC record without holdings is electronic when the title is, and unknown when it is not."""
    online = read_holdings(bib(carriers=frozenset({Carrier.ELECTRONIC})), opac(), "alma").items
    printed = read_holdings(bib(carriers=frozenset({Carrier.PRINT})), opac(), "alma").items
    assert [(item.electronic, item.status) for item in online + printed] == [
        (True, Status.UNKNOWN),
        (False, Status.UNKNOWN),
    ]


def test_aleph_ava() -> None:
    """Aleph's AVA names the sublibrary in $b."""
    found = read_field("aleph", "AVA $a ABC01 $b MAIN $c Stacks $d PR 1 $e unavailable $f 2 $g 2 $j STK")
    assert fields_of(found, "status", "library_code", "location", "copies") == (Status.UNAVAILABLE, "MAIN", "Stacks", 2)


@pytest.mark.parametrize(
    ("change", "status", "not_lent"),
    [
        ({}, Status.AVAILABLE, ""),
        ({"k": "Checked Out"}, Status.AVAILABLE, ""),
        ({"0": "1"}, Status.UNAVAILABLE, ""),
        ({"1": "2"}, Status.UNAVAILABLE, ""),
        ({"4": "1"}, Status.UNAVAILABLE, ""),
        ({"5": "1"}, Status.UNAVAILABLE, "restricted"),
        ({"7": "1"}, Status.UNAVAILABLE, "not for loan"),
        ({"7": "-1"}, Status.UNAVAILABLE, ""),
        ({"q": "2026-12-03"}, Status.UNAVAILABLE, ""),
        ({"7": "yes"}, Status.UNKNOWN, ""),
        ({"7": None}, Status.UNKNOWN, ""),
        ({"4": None}, Status.AVAILABLE, ""),
        ({"7": None, "1": "1"}, Status.UNAVAILABLE, ""),
    ],
)
def test_koha_952(change: dict[str, str | None], status: Status, not_lent: str) -> None:
    """A Koha copy is in when every flag is 0 and no due date stands; $k is not read, a missing flag is not guessed."""
    subfields = {**dict(field(KOHA).subfields), **change}
    text = "952" + "".join(f" ${code} {value}" for code, value in subfields.items() if value is not None)
    found = read_field("koha", text)
    assert fields_of(found, "status", "not_lent") == (status, not_lent)
    assert found.due_date == change.get("q", "")


def test_koha_texts_and_rules() -> None:
    """Koha's texts go where they belong, and the rule names the flags that were read."""
    found = read_field("koha", KOHA)
    names = ("library_code", "temporary_library", "location", "collection", "call_number", "barcode", "policy")
    assert fields_of(found, *names) == ("MAIN", "", "STACK", "ADULT", "813 K", "301", "BOOK")
    assert found.rule == "koha: 952 $0 $1 $4 $7 are all 0"
    assert read_field("koha", KOHA.replace("$7 0", "$7 2")).rule == "koha: 952 $7 is not 0 (not for loan)"
    assert read_field("koha", KOHA.replace("$b MAIN", "$b BRANCH")).temporary_library == "BRANCH"


def test_evergreen_both_layouts() -> None:
    """Evergreen's 852 over Z39.50 has $n, that of marc_export $s and flags in $x; any other 852 is not a copy."""
    live = read_field("evergreen", "852 4# $a Main $b HAWLEY $c PAR $d FERTILE $g 335 $k LARGE PRINT $n Available")
    names = ("status", "library_code", "temporary_library", "location", "call_number", "barcode")
    assert fields_of(live, *names) == (Status.AVAILABLE, "HAWLEY", "FERTILE", "Main", "LARGE PRINT PAR", "335")
    exported = read_field("evergreen", "852 $b BR1 $c Stacks $j FIC A $p 991 $s Available $x noncirculating")
    assert fields_of(exported, "status", "not_lent", "barcode") == (Status.AVAILABLE, "noncirculating", "991")
    assert read_field("evergreen", "852 4# $b X $n Reshelving").status is Status.UNAVAILABLE
    assert read_holdings(bib("852 $a DLC"), None, "evergreen").items == ()


@pytest.mark.parametrize(
    ("word", "status"),
    [("In", Status.AVAILABLE), ("Out", Status.UNAVAILABLE), ("Held", Status.UNAVAILABLE), ("Inn", Status.UNKNOWN)],
)
def test_polaris_852(word: str, status: Status) -> None:
    """Polaris gives the status in $r; $o counts nothing beside a barcode."""
    found = read_field("polaris", f"852 $a Main Library $b Juvenile $h j574 $o 3 $p 312 $r {word} $w Hardcover")
    assert fields_of(found, "status", "library", "location", "policy", "copies") == (
        status,
        "Main Library",
        "Juvenile",
        "Hardcover",
        1,
    )


def test_symphony_926_and_999() -> None:
    """Symphony's current location is the status; only a listed shelf is one, and a home location says nothing."""
    shelf = read_field("symphony", "926 $a SAL3 $b STACKS $c HV1 $d STKS-MONO $f 2")
    assert fields_of(shelf, "status", "library_code", "policy", "copies") == (Status.AVAILABLE, "SAL3", "STKS-MONO", 2)
    assert read_field("symphony", "926 $a SAL3 $b CHECKEDOUT").status is Status.UNAVAILABLE
    assert read_field("symphony", "926 $a SAL3 $b NEW-ROOM").status is Status.UNKNOWN
    assert read_field("symphony", "999 $a HV1 $i 361 $l STACKS $m MAIN").status is Status.UNKNOWN
    both = read_holdings(bib("999 $a HV1 $i 361 $m MAIN", "926 $a SAL3 $b STACKS"), None, "symphony")
    assert [item.library_code for item in both.items] == ["SAL3"]


def test_tlc_982() -> None:
    """TLC says y or n; an e-book says y too and is told by its location."""
    book = read_field("tlc", "982 $1 y $a WSTACK $b Warner Library $c STACKS $i 300 $m PQ2 $s A")
    assert fields_of(book, "status", "library", "location", "barcode") == (
        Status.AVAILABLE,
        "Warner Library",
        "STACKS",
        "300",
    )
    assert read_field("tlc", "982 $1 n $b Warner Library").status is Status.UNAVAILABLE
    assert read_field("tlc", "982 $1 y $b Warner Library $c E-BOOK (DDA)").electronic


def test_shared_indexes_tell_policy_and_no_status() -> None:
    """Reservoir's 999 and GVI's 924 say whether a copy is lent, never whether it is in."""
    loan = read_field("reservoir", "999 11 $s US-A $i A College $a GEN $b 301 $c H62 $p LOANABLE")
    assert fields_of(loan, "status", "not_lent", "library", "location") == (Status.UNKNOWN, "", "A College", "GEN")
    refused = read_field("reservoir", "999 11 $s US-B $a REF $p UNLOANABLE")
    assert fields_of(refused, "status", "not_lent") == (Status.UNKNOWN, "UNLOANABLE")
    copy = read_field("gvi", "924 1# $a 40 $b DE-705 $d b")
    assert fields_of(copy, "status", "not_lent", "electronic") == (Status.UNKNOWN, "copies only", True)
    assert read_field("gvi", "924 0# $b DE-21 $d d").not_lent == "no interlending"
    assert read_field("gvi", "924 0# $b DE-21 $d c").not_lent == ""


def test_generic_items_find_their_location_by_link() -> None:
    """An 876 takes its place from the 852 that its $8 names; an 852 without items is one of unknown status."""
    record = bib(
        "852 $8 1 $a DLC $b MAIN $c Stacks $h PR1 $i .A2",
        "852 $8 2 $b SCI $c Desk",
        "852 $8 3 $b ARCH",
        "866 $8 0 $a v.1-10",
        "876 $8 1.1 $p 301 $j Available",
        "876 $8 1.2 $p 302 $j Checked out",
        "876 $8 2.1 $p 303 $j Shelved by the window",
        "878 $8 2.2 $p 304 $j Available $h Library use only",
    )
    found = read_holdings(record, None, "generic")
    assert [fields_of(item, "barcode", "library", "location", "status", "not_lent") for item in found.items] == [
        ("301", "MAIN", "Stacks", Status.AVAILABLE, ""),
        ("302", "MAIN", "Stacks", Status.UNAVAILABLE, ""),
        ("303", "SCI", "Desk", Status.UNKNOWN, ""),
        ("304", "SCI", "Desk", Status.AVAILABLE, "Library use only"),
        ("", "ARCH", "", Status.UNKNOWN, ""),
    ]
    assert found.items[0].call_number == "PR1 .A2"
    assert found.summaries == ("v.1-10",)
    assert found.items[4].rule == "generic: 852 says where, not whether it is in"


def test_generic_single_location_needs_no_link() -> None:
    """With one 852 in the record, its items need no $8."""
    (only,) = read_holdings(bib("852 $b MAIN", "876 $p 1 $j On shelf"), None, "generic").items
    assert fields_of(only, "library", "status") == ("MAIN", Status.AVAILABLE)


def test_opac_holdings_count_before_the_fields_of_the_record() -> None:
    """The 852 of the bibliographic record is not counted again when the OPAC record has holdings."""
    holding = HoldingsAndCirc(local_location="Main", circulation=(circ(now=True),))
    (only,) = read_holdings(bib("852 $b MAIN"), opac(holding), "generic").items
    assert only.library == "Main"
    (fallback,) = read_holdings(bib("852 $b MAIN"), opac(), "generic").items
    assert fallback.library == "MAIN"


def test_nothing_said_is_no_item_and_a_note() -> None:
    """A record without holdings in a form that the dialect knows gives no item, and says so."""
    found = read_holdings(bib("245 $a Title"), None, "koha")
    assert (found.items, found.notes) == ((), ("The record has no holdings that the dialect koha knows.",))
    assert read_holdings(None, None, "koha").items == ()


def _with_status(dialect: Dialect, word: str) -> list[tuple[BibRecord | None, OpacRecord | None]]:
    """Return a record for every place where ``dialect`` has status words, with ``word`` in it and all else well."""
    records: list[tuple[BibRecord | None, OpacRecord | None]] = []
    for path in dialect.opac.status:
        part, _, name = path.partition(".")
        texts = {"restrictions": word} if part == "circulation" else {}
        place = {name: word} if part == "holding" else {}
        holding = HoldingsAndCirc(**place, circulation=(circ(now=True, **texts),))  # type: ignore[arg-type]
        records.append((None, opac(holding)))
    for tag, layouts in dialect.layouts.items():
        for layout in layouts:
            head = f"{tag} {layout.ind1 or '#'}{layout.ind2 or '#'}"
            needed = "".join(f" ${code} 1" for code in layout.requires or "" if code not in layout.status)
            records += [(bib(f"{head} ${code} {word}{needed}"), None) for code in layout.status]
    return records


@given(word=st.text(alphabet=st.characters(exclude_categories=("C", "Z"), exclude_characters="$"), min_size=1))
def test_unknown_words_never_read_available(word: str) -> None:
    """Whatever the dialect and wherever a status word stands, a word of no table reads UNKNOWN."""
    for name in dialect_names():
        dialect = load_dialect(name)
        if dialect.word(word, "").known:
            continue
        for record, with_opac in _with_status(dialect, word):
            statuses = {item.status for item in read_holdings(record, with_opac, dialect).items}
            assert statuses == {Status.UNKNOWN}, name


def test_a_holding_that_cannot_be_read_is_unknown() -> None:
    """A part of an OPAC record that did not decode is an item of UNKNOWN status with a note; the rest is read."""
    lost = UnreadablePart("holding 2", "a value runs past the end of what holds it at byte 9", b"")
    record = OpacRecord(MARC21, None, (HoldingsAndCirc(circulation=(circ(now=True),)),), (lost,))
    found = read_holdings(None, record, "opac")
    assert [item.status for item in found.items] == [Status.AVAILABLE, Status.UNKNOWN]
    assert found.items[1].rule == "opac: holding 2 cannot be read"
    assert found.notes == ("Holding 2 cannot be read: a value runs past the end of what holds it at byte 9.",)


def test_an_unreadable_bibliographic_part_is_no_item() -> None:
    """When the bibliographic part alone is lost, its holdings count and a note says what is missing."""
    lost = UnreadablePart(BIBLIOGRAPHIC_PART, "no record", b"")
    found = read_holdings(
        None, OpacRecord(MARC21, None, (HoldingsAndCirc(circulation=(circ(now=True),)),), (lost,)), "opac"
    )
    assert [item.status for item in found.items] == [Status.AVAILABLE]
    assert len(found.notes) == 1
