"""Print or electronic: made-up records in the layouts that catalogs write, and what a cataloguer says of each."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from locate.availability import ElectronicKind, Form, FormKind, Holdings, Status, read_holdings, tell_form
from locate.availability.holdings import Dropped
from tests.records.build import BLANK_008, record

from .build import held, item

P, E, M, U = FormKind.PHYSICAL, FormKind.ELECTRONIC, FormKind.MIXED, FormKind.UNKNOWN
PORTFOLIO, COLLECTION, DIGITAL = ElectronicKind.PORTFOLIO, ElectronicKind.COLLECTION, ElectronicKind.DIGITAL


@dataclass(frozen=True, slots=True)
class Row:
    """A record: its fields, its leader/06-07, the form of item in its 008, and the form it is held in."""

    says: str
    form: FormKind
    fields: tuple[str, ...]
    kind: str = "am"
    code: str = " "
    at: int = 23
    kinds: tuple[ElectronicKind, ...] = ()
    dialect: str = "alma"
    control: bool = True


TITLE = "245 10$aTidal rivers /$cAnna Morgan."
PAGES = "300 ##$axii, 212 pages :$billustrations ;$c24 cm"
BOOK = (TITLE, PAGES)
RDA_BOOK = (*BOOK, "336 ##$atext$btxt$2rdacontent", "337 ##$aunmediated$bn$2rdamedia", "338 ##$avolume$bnc$2rdacarrier")
ONLINE = (
    TITLE,
    "300 ##$a1 online resource (xii, 212 pages)",
    "336 ##$atext$btxt$2rdacontent",
    "337 ##$acomputer$bc$2rdamedia",
    "338 ##$aonline resource$bcr$2rdacarrier",
)
AACR2_EBOOK = ("006 m     o  d        ", "007 cr cn|||||||||", "245 10$aTidal rivers$h[electronic resource] /", PAGES)
MFHD_BOOK = (*BOOK, "852 ##$bMAIN$cStacks$hGB 1203")


def link(ind2: str, *words: str) -> str:
    """Return an 856 with further subfields before its address."""
    return f"856 4{ind2}{''.join(f'${word}' for word in words)}$uhttps://example.org/tidal-rivers"


ROWS = [
    # -- print --
    Row("a book by AACR2", P, BOOK),
    Row("a book by RDA", P, RDA_BOOK),
    Row("a book without 008", P, BOOK, control=False),
    Row("large print by 008/23", P, BOOK, code="d"),
    Row("a regular print reproduction by 008/23", P, BOOK, code="r"),
    Row("braille by 008/23", P, (TITLE, "300 ##$a3 volumes of braille"), code="f"),
    Row("a manuscript", P, (TITLE, "300 ##$a212 leaves"), kind="tm"),
    Row("a printed score", P, (TITLE, "300 ##$a1 score (24 pages)"), kind="cm"),
    Row("a printed map", P, (TITLE, "300 ##$a1 map :$bcolor ;$c60 x 90 cm"), kind="em"),
    Row("a printed journal", P, ("245 00$aRiver studies.", "300 ##$av. ;$c25 cm"), kind="as"),
    Row("a photocopy by 533", P, (*BOOK, "533 ##$aPhotocopy.$bLondon :$cThe Library,$d1990.")),
    # -- links beside print --
    Row("print, contents by second indicator 2", P, (*BOOK, link("2", "3Table of contents"))),
    Row("print, contents that claim to be a version", P, (*BOOK, link("1", "3Table of contents only"))),
    Row("print, publisher description", P, (*BOOK, link("1", "3Publisher description"))),
    Row("print, contributor biography", P, (*BOOK, link("1", "3Contributor biographical information"))),
    Row("print, cover picture", P, (*BOOK, link("0", "yCover image"))),
    Row("print, sample text", P, (*BOOK, link("1", "3Sample text"))),
    Row("print, a review", P, (*BOOK, link("1", "zReview by H-Net"))),
    Row("print, Inhaltsverzeichnis", P, (*BOOK, link("1", "3Inhaltsverzeichnis", "qapplication/pdf"))),
    Row("print, Klappentext", P, (*BOOK, link("0", "3Klappentext"))),
    Row("print, sommaire", P, (*BOOK, link("1", "3Sommaire"))),
    Row("papers, their finding aid", P, (TITLE, "300 ##$a12 linear feet", link("1", "3Finding aid")), kind="tc"),
    Row("print, a link that says nothing", P, (*BOOK, link("#"))),
    Row("print, a link without display constant", P, (*BOOK, link("8", "zMore"))),
    Row("print, a version without address", P, (*BOOK, "856 41$3Online version")),
    Row("print and the resource itself", M, (*BOOK, link("0"))),
    Row("print and a version of it", M, (*RDA_BOOK, link("1", "zOnline access for members"))),
    Row("print and HathiTrust", M, (*BOOK, link("1", "3HathiTrust Digital Library", "zFull text available online"))),
    Row("print and Volltext", M, (*BOOK, link("0", "3Volltext"))),
    Row("a journal in print and at JSTOR", M, ("245 00$aR.", "300 ##$av.", link("1", "3JSTOR")), kind="as"),
    Row("two links, one to the contents", M, (*BOOK, link("2", "3Table of contents"), link("1", "3Ebook"))),
    Row("a journal online by its coverage", M, ("245 00$aR.", "300 ##$av.", link("1", "3Coverage: 1997-")), kind="as"),
    Row("a link to discover it", M, (*BOOK, link("1", "zDiscover the e-book here"))),
    Row("full text with its abstracts", M, (*BOOK, link("1", "zFull text and abstracts"))),
    # -- online --
    Row("an e-book by RDA", E, ONLINE, code="o"),
    Row("an e-book by RDA, coded as print", E, ONLINE),
    Row("an e-book by AACR2", E, (*AACR2_EBOOK, link("0")), code="s"),
    Row("an e-book by 245 $h and its link alone", E, ("245 10$aR$h[electronic resource]", PAGES, link("0"))),
    Row("an e-book with 347", E, (*ONLINE, "347 ##$atext file$bPDF$2rda"), code="o"),
    Row("an e-book by 300 alone", E, (TITLE, "300 ##$a1 online resource")),
    Row("an e-book, 1 Online-Ressource", E, (TITLE, "300 ##$a1 Online-Ressource (212 Seiten)"), code="o"),
    Row("an e-book and its print in 776", E, (*ONLINE, "776 08$iPrint version:$aMorgan$z9780306406157"), code="o"),
    Row("an e-book and its contents", E, (*ONLINE, link("2", "3Table of contents")), code="o"),
    Row("an e-journal", E, ("245 00$aR.", "300 ##$a1 online resource", "338 ##$bcr"), kind="as", code="o"),
    Row("an online map", E, ("245 00$aRivers.", "300 ##$a1 online resource (1 map)"), kind="em", code="o", at=29),
    Row("a web site", E, ("245 00$aRivers.", "300 ##$a1 online resource", "338 ##$bcr"), kind="ai", code="o"),
    Row("a data set by its link", E, ("245 00$aRivers$h[computer file].", link("0")), kind="mm"),
    Row(
        "streaming video",
        E,
        (
            "006 m     o  c        ",
            "007 cr cna---unuuu",
            "007 vz czazuu",
            "245 00$aRivers.",
            "300 ##$a1 online resource (1 streaming video file (52 min.))",
            "337 ##$acomputer$bc",
            "338 ##$aonline resource$bcr",
            "347 ##$avideo file",
        ),
        kind="gm",
        code="o",
        at=29,
    ),
    Row("a streamed talk", E, (TITLE, "300 ##$a1 online resource (1 audio file)", "338 ##$bcr"), kind="im", code="o"),
    # -- tangible and not print --
    Row(
        "a CD-ROM by RDA",
        P,
        ("245 00$aRivers.", "300 ##$a1 computer disc", "337 ##$acomputer$bc", "338 ##$acomputer disc$bcd"),
        kind="mm",
        code="q",
    ),
    Row(
        "a CD-ROM by AACR2",
        P,
        ("007 co cga---|||||", "245 00$aRivers$h[electronic resource].", "300 ##$a1 CD-ROM ;$c12 cm"),
        kind="mm",
    ),
    Row("a CD-ROM, coded electronic", P, ("007 co |||", TITLE, "300 ##$a1 CD-ROM"), code="s"),
    Row("a book with a CD-ROM in it", P, (TITLE, f"{PAGES} +$e1 CD-ROM (12 cm)")),
    Row("a DVD", P, ("007 vd cvaizu", "245 00$aR.", "300 ##$a1 videodisc (52 min.)", "338 ##$bvd"), kind="gm"),
    Row("a sound disc", P, ("007 sd fsngnn", "245 00$aR.", "300 ##$a1 audio disc", "338 ##$bsd"), kind="im"),
    Row("a microfiche by RDA", P, (TITLE, "300 ##$a3 microfiches", "337 ##$bh", "338 ##$bhe"), code="b"),
    Row(
        "microfilm of a book by 533",
        P,
        ("007 hd afu---buca", "245 10$aR$h[microform] /", PAGES, "533 ##$aMicrofilm.$bAnn Arbor :$cUMI,$d1980."),
        code="a",
    ),
    Row("microfiche and a version online", M, (TITLE, "300 ##$a3 microfiches", "338 ##$bhe", link("1")), code="b"),
    # -- one record for print and online --
    Row("the single record, by 006 and 007", M, ("006 m     o  d        ", "007 cr |||", *BOOK, link("1"))),
    Row("two carriers in 338", M, (*BOOK, "338 ##$avolume$bnc", "338 ##$aonline resource$bcr")),
    # -- reproductions and other forms --
    Row("print, an online version in 776", P, (*BOOK, "776 08$iOnline version:$aMorgan$tTidal rivers")),
    Row("print by 300 and 338, digitised by 533", P, (*RDA_BOOK, "533 ##$aElectronic reproduction.$bParis")),
    Row("print by 300, digitised by 533", P, (*BOOK, "533 ##$aElectronic reproduction.$bParis")),
    Row("print, Digitale Reproduktion", P, (*BOOK, "533 ##$aDigital reproduction$cGöttingen")),
    Row("print, digitised, with its link", M, (*BOOK, "533 ##$aElectronic reproduction.", link("1"))),
    Row(
        "an electronic reproduction, described as one",
        E,
        (*AACR2_EBOOK, "533 ##$aElectronic reproduction.$bParis", link("0")),
        code="s",
    ),
    # -- holdings --
    Row("a book, and a portfolio for it", E, (*BOOK, "AVE ##$8531$eAvailable$mProQuest"), kinds=(PORTFOLIO,)),
    Row(
        "a book on a shelf and as a portfolio",
        M,
        (*BOOK, "AVA ##$bMAIN$cStacks$eavailable$f1$g0", "AVE ##$8531$eAvailable$mProQuest"),
        kinds=(PORTFOLIO,),
    ),
    Row("a book in a collection", E, (*BOOK, "AVE ##$c61123$eAvailable$mEBSCO"), kinds=(COLLECTION,)),
    Row("a digitised book", E, (*BOOK, "AVD ##$b121$dThe repository$eFull text"), kinds=(DIGITAL,)),
    Row(
        "an e-book in all three",
        E,
        (*ONLINE, "AVD ##$b1$dR", "AVE ##$81$eAvailable", "AVE ##$c2$eAvailable", "AVE ##$83$eAvailable"),
        code="o",
        kinds=(PORTFOLIO, COLLECTION, DIGITAL),
    ),
    Row("an e-book of which a copy is on a shelf", M, (*ONLINE, "AVA ##$bMAIN$eavailable$f1$g0"), code="o"),
    Row("an e-book whose shelf is not sure", E, (*ONLINE, "AVA ##$bMAIN$echeck_holdings"), code="o"),
    Row("a book on a shelf", P, MFHD_BOOK, dialect="generic"),
    Row("a book at a place named Online", E, (*BOOK, "852 ##$bMAIN$cOnline"), dialect="generic"),
    Row("a book online and on a shelf", M, (*MFHD_BOOK, "852 ##$bMAIN$cInternet"), dialect="generic"),
    Row("a book of the e-book collection", E, (*BOOK, "852 ##$aMain$bEBOOKS$rIn"), dialect="polaris"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.says)
def test_what_a_cataloguer_says(row: Row) -> None:
    """The form, and the kinds of electronic holdings, of each record of the table are those that a cataloguer sees."""
    f008 = BLANK_008[: row.at] + row.code + BLANK_008[row.at + 1 :] if row.control else None
    found = record(*row.fields, kind=row.kind, f008=f008)
    form = tell_form(found, read_holdings(found, None, row.dialect))
    assert (form.kind, set(form.kinds)) == (row.form, set(row.kinds)), form.evidence
    assert all(sentence.endswith((".", ".tidal-rivers")) for sentence in form.evidence)


def test_the_table_is_large_enough() -> None:
    """The table has every form that a record can tell, many rows, and no two of one name."""
    assert len({row.says for row in ROWS}) == len(ROWS) >= 60
    assert {row.form for row in ROWS} == {P, E, M}


def test_nothing_known_is_unknown() -> None:
    """Without a record and without holdings, and with one that describes nothing, the form is not known."""
    assert tell_form(None, held()) == Form(U)
    bare = record("500 ##$aA note.", f008=None)
    assert tell_form(bare, held()).kind is U


def test_holdings_alone() -> None:
    """Without a record, the holdings decide; one that names no place and no status is no sign of a copy."""
    shelf, online = item(library="Main"), item(library="Web", electronic=True)
    assert tell_form(None, held(shelf)).kind is P
    assert tell_form(None, held(online, online)).kind is E
    assert tell_form(None, held(shelf, online)).kind is M
    assert tell_form(None, held(item(Status.UNKNOWN))).kind is U


def test_holdings_that_a_dialect_leaves_out_still_tell_the_form() -> None:
    """A dropped holding at the internet is a sign of the online version, though it is no holding to ask for."""
    found = record(*BOOK)
    dropped = (Dropped(item(library="Internet", electronic=True), "no shelf"),)
    shelf = item(library="Main")
    assert tell_form(found, Holdings("site", (), dropped=dropped)).kind is E
    assert tell_form(found, Holdings("site", (shelf,), dropped=dropped)).kind is M


def test_kinds_are_named_once_in_order() -> None:
    """Each kind of electronic holding stands once, and one whose kind is not said has none."""
    online = [item(electronic=True, electronic_kind=kind) for kind in (DIGITAL, None, PORTFOLIO, DIGITAL)]
    assert tell_form(None, held(*online)).kinds == (DIGITAL, PORTFOLIO)
    assert tell_form(None, held(online[1])).kinds == ()


def test_the_evidence_names_each_sign() -> None:
    """Every sign of the record, the holdings and the link that counts stand in sentences of their own."""
    found = record(*ONLINE, link("0"), f008=f"{BLANK_008[:23]}o{BLANK_008[24:]}")
    form = tell_form(found, held(item(library="Web", electronic=True)))
    assert form.evidence == (
        "008/23 says electronic: o.",
        "300 $a says electronic: 1 online resource (xii, 212 pages).",
        "338 $b says electronic: cr.",
        "1 of 1 holdings electronic: Web.",
        "856 with second indicator 0 leads to the title online: https://example.org/tidal-rivers.",
    )


def test_the_evidence_of_a_reproduction() -> None:
    """A note of a reproduction is quoted, with the sentence that says what it is worth."""
    form = tell_form(record(*BOOK, "533 ##$aElectronic reproduction."), held())
    assert "533 $a says electronic: Electronic reproduction.." not in form.evidence
    assert form.evidence[-1] == "533 tells of a reproduction, which alone does not make the title electronic."


def test_the_evidence_of_a_link_that_proves_nothing() -> None:
    """A link to the contents is named as one that does not make the title electronic."""
    form = tell_form(record(*BOOK, link("1", "3Table of contents")), held())
    assert form.evidence[-1] == "856 gives a link, which alone does not make the title electronic."
