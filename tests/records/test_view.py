"""The view: each field answers its own question, and what is kept apart stays apart."""

from __future__ import annotations

import pytest

from locate.citation import DocumentType
from locate.records import DataField, FoundNumber, LinkedRecord, Name, PartLabel
from tests.records.build import record


def test_own_isbns_and_those_of_other_formats_are_apart() -> None:
    """020 $a and $z are this record's, with subfield and qualifier; 776 $z belongs to the linked record only."""
    found = record(
        "020 ##$a0803913060 (pbk.)$q(v. 2)$c$9.50",
        "020 ##$z9781842778708",
        "020 ##$a9.78E+12",
        "020 ##$c$5.00",
        "776 08$iOnline version:$tTitle.$z9780198526636$x0317-8471$w(OCoLC)ocn012345",
    )
    assert [(n.value, n.subfield, n.valid, n.qualifier) for n in found.isbns] == [
        ("9780803913066", "a", True, "pbk.; v. 2"),
        ("9781842778708", "z", True, ""),
        ("9.78E+12", "a", False, ""),
    ]
    assert found.linked == (
        LinkedRecord(
            "776",
            "Online version",
            "Title.",
            (
                FoundNumber("9780198526636", "9780198526636", "776", "z"),
                FoundNumber("0317-8471", "0317-8471", "776", "x"),
                FoundNumber("12345", "(OCoLC)ocn012345", "776", "w", source="OCoLC"),
            ),
        ),
    )


def test_linking_entries_without_words_say_what_they_are() -> None:
    """Without $i the relation is the field's own meaning; a series is linked, not this record's title."""
    found = record("780 00$tOld title", "785 00$sNew title", "830 #0$aSeries name ;$v3")
    assert [(each.relation, each.title) for each in found.linked] == [
        ("preceding title", "Old title"),
        ("succeeding title", "New title"),
        ("series", "Series name ;"),
    ]
    assert found.volumes == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("001 ocm00012345 ", "003 OCoLC"), [("OCoLC", "12345", "001")]),
        (("001 00012345", "003 OCoLC"), [("OCoLC", "12345", "001")]),
        (("001 0012345", "003 NjP"), [("NjP", "12345", "001")]),
        (("001 12345",), [("", "12345", "001")]),
        (("035 ##$a(OCoLC)1$z(OCoLC)2$9AAA",), [("OCoLC", "1", "035"), ("OCoLC", "2", "035")]),
        (
            ("019 ##$a77$a78", "035 ##$a(OCoLC)1"),
            [("OCoLC", "1", "035"), ("OCoLC", "77", "019"), ("OCoLC", "78", "019")],
        ),
        (("019 ##$a77", "035 ##$a(DE-1)1"), [("DE-1", "1", "035"), ("", "77", "019")]),
    ],
)
def test_control_numbers_carry_their_source(fields: tuple[str, ...], expected: list[tuple[str, str, str]]) -> None:
    """001 takes the source of 003, 035 $z counts, 019 is OCLC's only in a record with an OCLC number."""
    found = record(*fields)
    assert [(n.source, n.value, n.tag) for n in found.control_numbers] == expected


def test_other_numbers() -> None:
    """ISSNs, LCCNs and numbers of 024-088 are kept with subfield and kind."""
    found = record(
        "010 ##$acn 92091009 $zbad",
        "022 0#$a0317-8471$l1050-124x$yno",
        "024 3#$a4006381333931",
        "024 7#$a10.1000/182$2doi",
        "028 02$aAB 1$bLabel",
        "086 0#$aA 1.2:B 3",
        "088 ##$aR-1",
    )
    assert [(n.value, n.subfield, n.valid) for n in found.lccns] == [("cn92091009", "a", True), ("bad", "z", False)]
    assert [(n.value, n.subfield, n.valid) for n in found.issns] == [
        ("0317-8471", "a", True),
        ("1050-124X", "l", True),
        ("no", "y", False),
    ]
    assert [(n.tag, n.source, n.value) for n in found.other_numbers] == [
        ("024", "ean", "4006381333931"),
        ("024", "doi", "10.1000/182"),
        ("028", "Label", "AB 1"),
        ("086", "sudocs", "A 1.2:B 3"),
        ("088", "", "R-1"),
    ]


def test_title_with_parts_and_its_vernacular() -> None:
    """245 comes first with its parts in order; 880 fields linked to it follow; $n alone are this record's volumes."""
    found = record(
        "245 14$6880-01$aThe work :$bsubtitle.$nPart 2,$pThe name.$n3$h[microform] /$cA. Noun.",
        "490 1#$aSeries ;$vv. 9",
        "300 ##$a3 v. ;$c20 cm",
        "880 14$6245-01$a著作",
        "880 1#$6100-02$a山田, 花子",
        "880 ##$6500-00$aNote",
    )
    title = found.title
    assert (title.proper, title.remainder, title.responsibility) == ("The work :", "subtitle.", "A. Noun.")
    assert (title.medium, title.nonfiling) == ("[microform] /", 4)
    assert title.parts == (PartLabel("Part 2,", "The name."), PartLabel("3", ""))
    assert [each.proper for each in found.titles] == ["The work :", "著作"]
    assert found.volumes == ("Part 2", "3")
    assert found.names == (Name("山田, 花子", "100", "山田", vernacular=True),)


def test_a_record_without_245_has_an_empty_title() -> None:
    """No note or other field lends its text to a missing title."""
    assert record("500 ##$aNote").title.full == ""


def test_names_keep_tag_and_surname() -> None:
    """Persons have a surname, corporate bodies their hierarchy, meetings their name; main entries come first."""
    found = record(
        "700 1#$aOther, Bo,$eeditor", "100 1#$aNoun, Ann,$d1900-", "110 1#$aLand.$bMinistry.$bOffice", "711 2#$aMeeting"
    )
    assert [(n.tag, n.heading, n.surname) for n in found.names] == [
        ("100", "Noun, Ann", "Noun"),
        ("700", "Other, Bo", "Other"),
        ("110", "Land. Ministry. Office", ""),
        ("711", "Meeting", ""),
    ]


def test_variant_titles_and_contents() -> None:
    """Variants come from 130-740 without repeats; contents are 505 $t, or $a cut at dashes without responsibilities."""
    found = record(
        "130 0#$aUniform.$pPart",
        "222 #0$aKey title",
        "246 3#$aVariant$bmore",
        "740 0#$aVariant more",
        "505 00$tFirst /$rA. Noun --$tSecond.",
        "505 0#$aThird / B. Noun -- Fourth--\nstill fourth -- 5. Fifth --",
    )
    assert found.variant_titles == ("Uniform. Part", "Key title", "Variant more")
    assert found.contents == ("First", "Second.", "Third", "Fourth", "still fourth", "5. Fifth")


@pytest.mark.parametrize(
    ("dates", "imprint", "years"),
    [
        ("s2001    ", (), {2001}),
        ("s20010101", (), {2001}),
        ("r20031972", (), {2003, 1972}),
        ("t20172016", (), {2017, 2016}),
        ("m19952001", (), {1995, 2001}),
        ("c19879999", (), {1987}),
        ("d19872001", (), {1987, 2001}),
        ("e20010315", (), {2001}),
        ("s19uu    ", (), set()),
        ("nuuuuuuuu", (), set()),
        ("||||||||||", ("260 ##$c1979, c1978.",), {1979, 1978}),
        ("s1992    ", ("264 #1$c[1991?]", "264 #4$c\u00a91990", "264 #3$c1999"), {1990, 1991, 1992}),
        ("         ", ("260 ##$c198-", "260 ##$c12345"), set()),
    ],
)
def test_years(dates: str, imprint: tuple[str, ...], years: set[int]) -> None:
    """Years come from the dates that the date type makes publication or copyright, and from 260/264 $c."""
    f008 = f"240101{dates:9.9}xx            000 0 eng d"
    assert record(*imprint, f008=f008).years == years


def test_imprint_edition_extent_and_languages() -> None:
    """Publisher and place lose their punctuation, edition and extent keep their words, languages come once."""
    found = record(
        "041 1#$aengfre$hrus",
        "041 0#$ager$dita",
        "250 ##$a2nd ed. /$brev. by B.",
        "260 ##$aParis ;$a[London] :$bPress,$c2001.",
        "264 #3$aTown :$bPrinter",
        "300 ##$axii, 300 p. :$bill.",
    )
    assert (found.places, found.publishers) == (("Paris", "London"), ("Press",))
    assert found.edition == "2nd ed. / rev. by B."
    assert found.extent == "xii, 300 p."
    assert found.languages == ("eng", "fre", "ger", "ita")


@pytest.mark.parametrize(
    ("dates", "coded"),
    [
        ("s2001    ", ("s", 2001, None)),
        ("r20031972", ("r", 2003, 1972)),
        ("m1995uuuu", ("m", 1995, None)),
        ("c19879999", ("c", 1987, None)),
        ("d19872001", ("d", 1987, 2001)),
        ("e20011015", ("e", 2001, None)),
        ("s19uu    ", ("s", None, None)),
        ("nuuuuuuuu", ("n", None, None)),
        ("b        ", ("b", None, None)),
        ("|||||||||", ("|", None, None)),
        ("         ", (" ", None, None)),
    ],
)
def test_coded_dates(dates: str, coded: tuple[str, int | None, int | None]) -> None:
    """Date type and years stand as 008 codes them; what is no year of publication is none."""
    found = record(f008=f"240101{dates}xx            000 0 eng d")
    assert (found.date_type, found.first_year, found.last_year) == coded


def test_a_record_without_008_has_no_coded_dates() -> None:
    """The date type is then empty."""
    found = record("245 10$aTitle", f008=None)
    assert (found.date_type, found.first_year, found.last_year) == ("", None, None)


@pytest.mark.parametrize(
    ("extent", "pages"),
    [
        ("xii, 300 p. :", 300),
        ("300, [20] p., 12 leaves of plates", 300),
        ("1 online resource (xii, 345 pages)", 345),
        ("3 v. (1,234 p.) ;", 1234),
        ("p. 123-145", 145),
        ("S. 12-34", 34),
        ("320 Seiten", 320),
        ("120 leaves", 120),
        ("84, xvi p.", 84),
        ("1 online resource (2 unnumbered pages)", 2),
        ("p. 12-34, ill., 20 cm", 34),
        ("2 p.l., iiii, 345 p.", 345),
        ("1 score (40 p.) + 2 parts", 40),
        ("234 sivua, 8 numeroimatonta kuvasivua", 234),
        ("1 v. (unpaged)", None),
        ("v. <1-3>", None),
        ("2 sound discs (95 min.)", None),
        ("12 maps ; 40 x 50 cm", None),
        ("xii p.", None),
        ("", None),
        ("9" * 5000 + " p.", None),
    ],
)
def test_pages(extent: str, pages: int | None) -> None:
    """The largest number of pages or leaves is read; Roman numbers and numbers of other things are not."""
    assert record(f"300 ##$a{extent}").pages == pages


def test_pages_of_several_extents() -> None:
    """The largest number counts, in whichever 300 $a it stands."""
    assert record("300 ##$a20 p.$a310 p.", "300 ##$a40 p. ;$c900 p.").pages == 310


def test_series_with_their_numbers() -> None:
    """Titles of 440, 490 and 830 come once each, with $v and without closing punctuation."""
    found = record(
        "490 1#$aLecture notes /$x0317-8471 ;$vv. 9",
        "490 0#$aOther series ;",
        "830 #0$aLecture notes /$vv. 9.",
        "440 #0$aOld series.$nA,$pPhysics ;$v3",
        "830 #0$aOther series",
    )
    assert found.series == (
        "Old series. A, Physics ; 3",
        "Lecture notes / v. 9",
        "Other series",
    )


def test_frequency_coverage_and_reproduction() -> None:
    """Frequency is the current one, coverage joins every 362, a reproduction note keeps its words; else all are ""."""
    found = record(
        "310 ##$aMonthly,$b1990-",
        "310 ##$aWeekly",
        "362 0#$aVol. 1, no. 1 (Jan. 1990)-",
        "362 1#$aCeased in 2001.$zSource",
        "533 ##$3v. 1$aMicrofiche.$bAnn Arbor :$cUMI,$d1990.$7s1990",
    )
    assert (found.frequency, found.coverage) == ("Monthly", "Vol. 1, no. 1 (Jan. 1990)- Ceased in 2001.")
    assert found.reproduction == "Microfiche. Ann Arbor : UMI, 1990."
    bare = record("245 00$aTitle")
    assert (bare.frequency, bare.coverage, bare.reproduction, bare.series, bare.pages) == ("", "", "", (), None)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("am", DocumentType.BOOK),
        ("tm", DocumentType.BOOK),
        ("as", DocumentType.SERIAL),
        ("ai", DocumentType.SERIAL),
        ("aa", DocumentType.ARTICLE),
        ("ab", DocumentType.ARTICLE),
        ("cm", DocumentType.SCORE),
        ("em", DocumentType.MAP),
        ("jm", DocumentType.RECORDING),
        ("gm", DocumentType.VIDEO),
        ("km", DocumentType.OTHER),
        ("mm", DocumentType.OTHER),
        ("ms", DocumentType.SERIAL),
    ],
)
def test_document_type(kind: str, expected: DocumentType) -> None:
    """The type of document is read from leader/06 and 07."""
    assert record("245 10$aTitle", kind=kind, f008=None).document_type is expected


def test_all_fields_stay_reachable() -> None:
    """Every data field, local ones too, is kept for the dialects, in record order."""
    found = record("852 40$bMAIN$nAvailable", "952 ##$oQA 1", "852 ##$bWEST")
    assert [field.first("b") for field in found.get("852")] == ["MAIN", "WEST"]
    assert found.fields[1] == DataField("952", " ", " ", (("o", "QA 1"),))
