"""The numbers of a record: which field and subfield each one stood in, and its canonical form."""

from __future__ import annotations

import pytest

from tests.records.build import record


def test_qualifiers_of_020_come_from_a_q_and_the_binding_in_c() -> None:
    """What stands in $a, in $q and before the price in $c is one qualifier; a price or a remark alone is none."""
    found = record(
        "020 ##$a0803913060 (v. 2)$q(pbk. ;$qset)$c$9.50",
        "020 ##$a9781842778708$ckart. : DM 19.80",
        "020 ##$a9780198526636$cDM 19.80",
        "020 ##$z1551100177$qebook$cNot for sale.",
    )
    assert [(number.value, number.subfield, number.qualifier) for number in found.isbns] == [
        ("9780803913066", "a", "v. 2; pbk.; set"),
        ("9781842778708", "a", "kart."),
        ("9780198526636", "a", ""),
        ("9781551100173", "z", "ebook"),
    ]


def test_issn_l_and_wrong_issns_keep_their_subfield() -> None:
    """The linking ISSN and the incorrect and cancelled ones are told from the serial's own by their subfield."""
    found = record("022 0#$a0317-8471 (print)$l1050-124x$m0028-0836$y0317-8472$z0036-8075$2z")
    assert [(number.value, number.subfield, number.valid, number.qualifier) for number in found.issns] == [
        ("0317-8471", "a", True, "print"),
        ("1050-124X", "l", True, ""),
        ("0028-0836", "m", True, ""),
        ("0317-8472", "y", False, ""),
        ("0036-8075", "z", True, ""),
    ]


def test_lccns_of_other_systems_spelling_are_found() -> None:
    """Blanks written as ^ do not count; a cancelled number keeps its subfield."""
    found = record("010 ##$a^^2002332484$z   85-2 ")
    assert [(number.value, number.subfield, number.valid) for number in found.lccns] == [
        ("2002332484", "a", True),
        ("85000002", "z", True),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("001 ocm00012345 ", "003 OCoLC"), [("OCoLC", "12345", True)]),
        (("001 00012345", "003 OCLC"), [("OCoLC", "12345", True)]),
        (("001 ocm00012345", "003 NjP"), [("OCoLC", "12345", True)]),
        (("001 o12345", "003 OCoLC"), [("OCoLC", "o12345", False)]),
        (("001 00012345", "003 NjP"), [("NjP", "12345", True)]),
        (("001 00012345",), [("", "12345", True)]),
    ],
)
def test_001_counts_under_its_003(fields: tuple[str, ...], expected: list[tuple[str, str, bool]]) -> None:
    """The agency of 003 makes the digits of 001 a number; OCLC's own prefix does so without it."""
    found = record(*fields)
    assert [(number.source, number.value, number.valid) for number in found.control_numbers] == expected


def test_merged_oclc_numbers_are_equal_evidence() -> None:
    """035 $a, 035 $z and 019 give the same kind of number, with their fields."""
    found = record("019 ##$a077$aMARS", "035 ##$a(OCoLC)ocn000000001$z(OCoLC)2", "035 ##$a(Sirsi) ocm00000003")
    assert [(number.source, number.value, number.tag, number.subfield) for number in found.control_numbers] == [
        ("OCoLC", "1", "035", "a"),
        ("OCoLC", "2", "035", "z"),
        ("OCoLC", "3", "035", "a"),
        ("OCoLC", "77", "019", "a"),
        ("", "MARS", "019", "a"),
    ]


def test_numbers_of_024_are_canonical() -> None:
    """The indicator or $2 names the kind; what is no number of the kind keeps its text and is marked."""
    found = record(
        "024 0#$aUS-SKG-19-12345",
        "024 1#$a794051168320$q(set)",
        "024 2#$aM-2306-7118-7 (pbk.)$zM230671188",
        "024 3#$a5099751607824",
        "024 7#$ahttps://doi.org/10.1000/ABC$2DOI",
        "024 7#$aVD17  12:345$2vd17",
        "024 8#$a24722-1",
        "024 0#$anone",
    )
    assert [(number.source, number.value, number.valid, number.qualifier) for number in found.other_numbers] == [
        ("isrc", "USSKG1912345", True, ""),
        ("upc", "0794051168320", True, "set"),
        ("ismn", "9790230671187", True, "pbk."),
        ("ismn", "9790230671188", False, ""),
        ("ean", "5099751607824", False, ""),
        ("doi", "10.1000/abc", True, ""),
        ("vd17", "VD17 12:345", True, ""),
        ("", "24722-1", True, ""),
        ("isrc", "none", False, ""),
    ]


def test_sudoc_numbers_are_canonical() -> None:
    """086 0_ is a SuDoc number, and so is one of no named scheme that has the form; other schemes keep their text."""
    found = record(
        "086 0#$aY 4.C 73/7:S.HRG.109-1092$zI 29.21:C 42/976",
        "086 ##$ai19.16:888/",
        "086 ##$aPTR 23.2 G326hm$2padocs",
        "086 ##$aHolC",
        "086 1#$aC 3.4:  5",
        "086 0#$anone",
    )
    assert [(n.source, n.value, n.subfield, n.valid) for n in found.other_numbers] == [
        ("sudocs", "Y 4.C 73/7:S HRG 109-1092", "a", True),
        ("sudocs", "I 29.21:C 42/976", "z", True),
        ("sudocs", "I 19.16:888", "a", True),
        ("padocs", "PTR 23.2 G326hm", "a", True),
        ("", "HolC", "a", True),
        ("", "C 3.4: 5", "a", True),
        ("sudocs", "NONE", "a", False),
    ]


def test_item_numbers_of_074_are_none() -> None:
    """The item number of 074 names a selection category of thousands of titles: it is no number of this record."""
    assert (
        record("074 ##$a0431-I-41 (MF)", "086 0#$aA 1.77:209").other_numbers
        == record("086 0#$aA 1.77:209").other_numbers
    )


def test_numbers_of_linking_entries_stay_with_them() -> None:
    """What 776 carries belongs to the other format, in the same canonical forms."""
    found = record("776 08$z0-19-852663-6 (ebook)$x0317-8471$w(OCoLC)ocn000012345$w(DLC)   72209527")
    (linked,) = found.linked
    assert [(number.value, number.source, number.qualifier) for number in linked.numbers] == [
        ("9780198526636", "", "ebook"),
        ("0317-8471", "", ""),
        ("12345", "OCoLC", ""),
        ("72209527", "DLC", ""),
    ]
    assert found.isbns == ()
