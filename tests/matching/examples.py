"""For every feature the smallest made-up pair that shows it: what is wanted, and the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from locate.citation import Citation, DocumentType
from locate.records.bib import BibRecord, Carrier, DataField, FoundNumber
from tests.matching.build import (
    GOVERNMENT,
    ISBN,
    ISSN,
    MICROFORM,
    MORGAN,
    ONLINE,
    OTHER_ISBN,
    OTHER_ISSN,
    SERIAL,
    bib,
    cited,
    isbn,
    issn,
    journal,
    lccn,
    linked,
    name,
    number,
    rivers,
    volume,
    wanted,
)

__all__ = ["EXAMPLES", "Pair"]

Pair = tuple[Citation | BibRecord, BibRecord]
"""What is wanted and the record."""

WATER: Final = bib("Water quality in the Severn basin : results of a survey")
WALKS: Final = bib("Walks along the rivers and canals of northern Wales")
LONG: Final = bib(
    "Distribution and variability of bacteria in the rivers and canals of Montgomeryshire and Radnorshire"
)
CONGRESS: Final = bib("Hearing", names=(name("United States. Congress. House", "110"),))
BOARD: Final = bib("Hearing", names=(name("Severn Water Board. Pollution Committee", "110"),))
CONTROL: Final = "(OCoLC)36783841"
LIBRARY: Final = (name("Welsh Library Association", "110"),)
SHORT: Final = bib("Bread", MORGAN, years=frozenset([1988]))
REPRINT_008: Final = (("008", "820101r19721895"),)
OPEN_RUN: Final = (("008", "820101c19509999"),)


def _title(text: str, record: BibRecord) -> Pair:
    return cited(text), record


def _linked(tag: str, *, kind: str) -> Pair:
    """Return a request for a number that the record has only in a linking entry."""
    if kind == "isbn":
        return cited(isbn=(ISBN,)), rivers(isbns=(isbn(OTHER_ISBN),), linked=(linked(tag, isbn(tag=tag)),))
    if kind == "issn":
        return Citation(issn=(ISSN,)), journal(linked=(linked(tag, issn(tag=tag)),))
    return cited(control_numbers=(CONTROL,)), rivers(linked=(linked(tag, number("36783841", "OCoLC", tag)),))


_TITLES: Final[Mapping[str, Pair]] = {
    "title.silent": (Citation(), WATER),
    "title.equal": _title("Water quality in the Severn basin results of a survey", WATER),
    "title.near": _title("Watar quality in the Severn basin results of a survey", WATER),
    "title.proper": _title("WATER QUALITY IN THE SEVERN BASIN", WATER),
    "title.proper_near": _title("Watar quality in the Severn basin", WATER),
    "title.variant": _title("Wales : northern rivers", rivers(variant_titles=("Wales, northern rivers",))),
    "title.other_words": _title("Afonydd gogledd Cymru", rivers(variant_titles=("Afonydd gogledd Cymru",))),
    "title.head": _title("Lady Charlotte", bib("Lady Charlotte, a political biography")),
    "title.cut": _title("Distribution and variability of bacteria in the rivers and c", LONG),
    "title.begins": _title("Distribution and variability of bacteria", LONG),
    "title.begins_short": _title("Distribution and variability", LONG),
    "title.longer": _title("Rivers of northern Wales floods", bib("Rivers of northern Wales")),
    "title.words": _title("Field guide, northern Wales rivers", rivers()),
    "title.words_proper": _title("Wales: northern rivers", rivers()),
    "title.similar": _title("Floods, storms, Wales, northern rivers", rivers()),
    "title.more": _title("Floods, Wales, northern rivers", rivers()),
    "title.inside": _title("Wales and its rivers", bib("Rivers of northern Wales")),
    "title.less": _title(
        "Rivers, castles, canals, northern Wales", bib("Rivers, castles, canals and otters of northern Wales")
    ),
    "title.subtitle": _title("Water quality in the Severn basin a bibliography of maps", WATER),
    "title.other_rest": _title("Water quality in the Severn basin limestone", WATER),
    "title.swapped": _title("Walks along rivers and canals of coastal Wales", WALKS),
    "title.contained": _title("A reunion of the family in Montgomeryshire castles", bib("The family")),
    "title.conflict": _title("Cooking with leeks", WATER),
    "title.contents": _title("Water quality studies", bib("Essays", contents=("Water quality studies / A. Morgan",))),
    "title.host": _title(
        "Water quality studies", bib("Cooking", linked=(linked("773", title="Water quality studies"),))
    ),
    "title.other_serial": _title("River notes", journal(linked=(linked("780", title="River notes"),))),
}

_AUTHORS: Final[Mapping[str, Pair]] = {
    "author.silent": (cited("Rivers"), rivers()),
    "author.full": (wanted(author="Anna Morgan"), rivers()),
    "author.surname": (wanted(author="Morgan"), rivers()),
    "author.added": (wanted(author="Morgan"), rivers(names=(name("Price, Owen"), name(MORGAN, "700")))),
    "author.responsibility": (wanted(author="Morgan"), rivers(names=(name("Price, Owen"),))),
    "author.given": (wanted(author="Owen Morgan"), rivers()),
    "author.body": (cited(author="Severn Water Board. Pollution Committee"), BOARD),
    "author.parent_body": (cited(author="Severn Water Board"), BOARD),
    "author.vague": (cited(author="United States"), CONGRESS),
    "author.corporate": (cited(author="Pollution"), BOARD),
    "author.mixed": (cited(author="Severn Water Board"), rivers()),
    "author.unnamed": (cited(author="Dickens"), BOARD),
    "author.other_body": (cited(author="Welsh Library Association"), BOARD),
    "author.conflict": (cited(author="Dickens"), rivers()),
}

_DATES: Final[Mapping[str, Pair]] = {
    "year.not_said": (wanted(year=None), rivers()),
    "year.silent": (wanted(), rivers(years=frozenset())),
    "year.any": (wanted(year=2007, any_edition=True), rivers()),
    "year.equal": (wanted(), rivers()),
    "year.equal_first": (wanted(), rivers(years=frozenset([1987, 1990]))),
    "year.equal_last": (wanted(), rivers(years=frozenset([1985, 1987]))),
    "year.within": (Citation(year=1987), journal(years=frozenset([1950]), control_fields=OPEN_RUN)),
    "year.off_by_one": (wanted(year=1988), rivers()),
    "year.off_by_two": (wanted(year=1989), rivers()),
    "year.off_by_few": (wanted(year=1992), rivers()),
    "year.conflict": (wanted(year=2007), rivers()),
    "year.original": (wanted(year=1895), rivers(years=frozenset([1895, 1972]), control_fields=REPRINT_008)),
}

_EDITIONS: Final[Mapping[str, Pair]] = {
    "edition.silent": (wanted(), rivers()),
    "edition.any": (wanted(edition="3rd ed.", any_edition=True), rivers(edition="2nd ed.")),
    "edition.unclear": (wanted(edition="Library ed."), rivers(edition="Rev. ed.")),
    "edition.equal": (wanted(edition="2"), rivers(edition="2nd ed.")),
    "edition.record_later": (rivers(), rivers(edition="2nd ed.")),
    "edition.wanted_later": (wanted(edition="2"), rivers()),
    "edition.reprint": (wanted(edition="1. Aufl."), rivers(edition="1. Aufl., Nachdr.")),
    "edition.conflict": (wanted(edition="3rd ed."), rivers(edition="2nd ed.")),
}

_FORMATS: Final[Mapping[str, Pair]] = {
    "format.silent": (wanted(), rivers()),
    "format.any": (wanted(format="any"), rivers()),
    "format.open": (wanted(), rivers(linked=(linked("776"),))),
    "format.equal": (wanted(format="print"), rivers()),
    "format.uncommon": (wanted(format="print"), rivers(carriers=frozenset([Carrier.OTHER]))),
    "format.differs": (rivers(), rivers(carriers=ONLINE)),
    "format.conflict": (wanted(format="print"), rivers(carriers=ONLINE)),
}

_PARTS: Final[Mapping[str, Pair]] = {
    "part.silent": (wanted(), rivers()),
    "part.equal": (wanted(volume="2"), volume(("Bd. II", ""))),
    "part.number_conflict": (wanted(volume="3"), volume(("Bd. II", ""))),
    "part.name_conflict": (wanted(title="Rivers of northern Wales Gwynedd"), volume(("", "Anglesey"))),
    "part.record_only": (wanted(), volume(("Bd. II", ""))),
    "part.record_name": (wanted(), volume(("", "Anglesey"))),
    "part.wanted_only": (wanted(volume="2"), rivers(extent="210 p.")),
    "part.whole_set": (wanted(volume="2"), rivers(extent="3 v.")),
}

_NUMBERS: Final[Mapping[str, Pair]] = {
    "isbn.silent": (wanted(), rivers(isbns=(isbn(),))),
    "isbn.equal": (wanted(isbn=(ISBN,)), rivers(isbns=(isbn(),))),
    "isbn.conflict": (wanted(isbn=(OTHER_ISBN,)), rivers(isbns=(isbn(),))),
    "isbn.other_format": _linked("776", kind="isbn"),
    "isbn.part": _linked("773", kind="isbn"),
    "isbn.other_serial": _linked("785", kind="isbn"),
    "isbn.other_edition": _linked("775", kind="isbn"),
    "isbn.related": _linked("787", kind="isbn"),
    "isbn.near": (wanted(isbn=("9780306406158",)), rivers(isbns=(isbn(),))),
    "isbn.cancelled": (wanted(isbn=(ISBN,)), rivers(isbns=(isbn(subfield="z"),))),
    "isbn.other_carrier": (wanted(isbn=(ISBN,), format="print"), rivers(isbns=(isbn(qualifier="ebook"),))),
    "isbn.of_set": (wanted(isbn=(ISBN,)), volume(("Bd. II", ""), isbns=(isbn(qualifier="set"),))),
    "isbn.of_volume": (
        wanted(isbn=(ISBN,)),
        rivers(isbns=(isbn(qualifier="v. 1"), isbn(OTHER_ISBN, qualifier="v. 2"))),
    ),
    "issn.silent": (Citation(issn=(ISSN,)), journal()),
    "issn.equal": (Citation(issn=("12345679",)), journal(issns=(issn(),))),
    "issn.conflict": (Citation(issn=(ISSN,)), journal(issns=(issn(OTHER_ISSN),))),
    "issn.other_format": _linked("776", kind="issn"),
    "issn.part": _linked("830", kind="issn"),
    "issn.other_serial": _linked("780", kind="issn"),
    "issn.other_edition": _linked("775", kind="issn"),
    "issn.related": _linked("787", kind="issn"),
    "issn.weak": (Citation(issn=(ISSN,)), journal(issns=(issn(subfield="l"),))),
    "lccn.silent": (wanted(), rivers(lccns=(lccn(),))),
    "lccn.equal": (wanted(lccn="85-2"), rivers(lccns=(lccn(),))),
    "lccn.conflict": (wanted(lccn="85-3"), rivers(lccns=(lccn(),))),
    "lccn.cancelled": (wanted(lccn="85-2"), rivers(lccns=(lccn(subfield="z"),))),
    "control.silent": (wanted(), rivers(control_numbers=(number("36783841", "OCoLC"),))),
    "control.equal": (wanted(control_numbers=(CONTROL,)), rivers(control_numbers=(number("36783841", "OCoLC"),))),
    "control.conflict": (wanted(control_numbers=(CONTROL,)), rivers(control_numbers=(number("9", "OCoLC"),))),
    "control.other_format": _linked("776", kind="control"),
    "control.part": _linked("774", kind="control"),
    "control.other_serial": _linked("780", kind="control"),
    "control.other_edition": _linked("767", kind="control"),
    "control.related": _linked("787", kind="control"),
    "control.other_agency": (
        wanted(control_numbers=(CONTROL,)),
        rivers(control_numbers=(number("36783841", "DE-101"),)),
    ),
}

_KINDS: Final[Mapping[str, Pair]] = {
    "type.silent": (wanted(type=DocumentType.ARTICLE), rivers()),
    "type.equal": (wanted(), rivers()),
    "type.book_serial": (wanted(), rivers(document_type=SERIAL)),
    "type.conflict": (wanted(), rivers(document_type=DocumentType.MAP)),
    "language.silent": (wanted(), rivers(languages=("eng",))),
    "language.equal": (wanted(language="en"), rivers(languages=("eng",))),
    "language.conflict": (wanted(language="eng"), rivers(languages=("wel",))),
    "language.differs": (rivers(languages=("eng",)), rivers(languages=("wel",))),
    "publisher.silent": (wanted(), rivers(publishers=("Gomer Press",))),
    "publisher.equal": (wanted(publisher="Gomer Pr."), rivers(publishers=("Gomer Press",))),
    "publisher.conflict": (wanted(publisher="Seren"), rivers(publishers=("Gomer Press",))),
    "pages.silent": (wanted(pages="12-30"), rivers(extent="xii, 240 p.", pages=240)),
    "pages.equal": (wanted(pages="240 p."), rivers(extent="xii, 240 p.", pages=240)),
    "pages.near": (wanted(pages="240 p."), rivers(extent="xii, 236 p.", pages=236)),
    "pages.conflict": (wanted(pages="240 p."), rivers(extent="300 p.", pages=300)),
}

_BODY: Final = bib(
    "Hearing on the rivers", names=(name("United States. Congress. House", "110"),), years=frozenset([1988])
)
_LONG_TITLE: Final = "Distribution and variability of bacteria in rivers, canals and estuaries of Montgomeryshire"
_STATE: Final[Mapping[str, Any]] = {"years": frozenset([1988]), "control_fields": GOVERNMENT}

_INTERACTIONS: Final[Mapping[str, Pair]] = {
    "telling.much": _title(_LONG_TITLE, bib(_LONG_TITLE)),
    "telling.little": _title("Bread", bib("Bread")),
    "telling.generic": _title("Annual report", bib("Annual report")),
    "open.year": (wanted(author=None, year=None), rivers()),
    "open.year_person": (wanted(year=None), rivers()),
    "open.year_government": (wanted(year=None), rivers(control_fields=GOVERNMENT)),
    "open.year_government_long": (cited(_LONG_TITLE), bib(_LONG_TITLE, control_fields=GOVERNMENT)),
    "slip.body": (wanted(author=None, year=1988), rivers()),
    "slip.government": (wanted(author=None), rivers(carriers=MICROFORM, **_STATE)),
    "slip.government_long": (cited(_LONG_TITLE, None, 1987), bib(_LONG_TITLE, **_STATE)),
    "slip.government_print": (wanted(), rivers(**_STATE)),
    "slip.parent_body": (
        cited("Hearing on the rivers", "United States", 1987),
        bib("Hearing on the rivers", names=CONGRESS.names, **_STATE),
    ),
    "slip.edition": (wanted(year=1988), rivers(edition="2nd ed.")),
    "slip.short": (cited("Bread", "Morgan", 1987), SHORT),
    "slip.number": (wanted(year=1988, isbn=(ISBN,)), rivers(isbns=(isbn(),))),
    "open.issue": _title("Bulletin of Welsh rivers", bib("Bulletin of Welsh rivers")),
    "reprint.pages": (
        wanted(year=1995, publisher="Gomer Press", pages="240 p."),
        rivers(publishers=("Gomer Press",), extent="240 p.", pages=240),
    ),
    "title.unconfirmed": _title("Walks along rivers and canals of coastal Wales", WALKS),
    "serial.title": (Citation(title="Welsh rivers review supplement"), journal()),
    "serial.year": (
        Citation(title="Welsh rivers review", year=1970),
        journal(years=frozenset([1980]), control_fields=(("008", "820101c19809999"),)),
    ),
    "inside.other_year": _title("Wales and its rivers", bib("Rivers of northern Wales")),
    "open.generic": _title("Annual report", bib("Annual report")),
    "generic.other_author": (cited("Annual report", "Severn Water Board"), bib("Annual report", names=LIBRARY)),
    "open.number": (cited(isbn=(ISBN,)), rivers(isbns=(isbn(),))),
    "number.other_title": (cited("Cooking with leeks", isbn=(ISBN,)), rivers(isbns=(isbn(),))),
    "number.with_format": (cited(isbn=(ISBN,), format="print"), rivers(isbns=(isbn(),))),
    "number.other_format": (
        wanted(isbn=(ISBN,), format="print"),
        rivers(carriers=frozenset(), linked=(linked("776", isbn(tag="776")),)),
    ),
}

_PROOF: Final = {"leader": "00000nam a22000008a 4500"}
"""The leader of a record made before publication (leader/17 "8")."""


def _of_two(left: dict[str, Any], right: dict[str, Any], kind: DocumentType = DocumentType.BOOK) -> Pair:
    """Return two records that differ in what is given."""
    return rivers(document_type=kind, **left), rivers(document_type=kind, **right)


def _track(host: str, place: str) -> dict[str, Any]:
    """Return what the record of a component part says of its host."""
    field = DataField("773", "0", " ", (("t", "Songs"), ("g", place), ("w", f"(OCoLC){host}")))
    return {"fields": (field,), "linked": (linked("773", number(host, "OCoLC", "773"), title="Songs"),)}


def _recorded(label: str, value: str) -> dict[str, Any]:
    """Return a recording's publisher number."""
    return {"other_numbers": (FoundNumber(value, value, "028", "a", source=label),)}


_RECORDS: Final[Mapping[str, Pair]] = {
    "year.announced": _of_two({**_PROOF, "years": frozenset([1988])}, {}),
    "pages.announced": _of_two({**_PROOF, "pages": 260, "extent": "260 p."}, {"pages": 240, "extent": "240 p."}),
    "isbn.qualifier_conflict": _of_two(
        {"isbns": (isbn(qualifier="PDF"),), "carriers": ONLINE},
        {"isbns": (isbn(qualifier="EPUB"),), "carriers": ONLINE},
    ),
    "medium.silent": _of_two({}, {}),
    "medium.conflict": _of_two({"extent": "1 LP"}, {"extent": "1 CD"}, DocumentType.RECORDING),
    "host.silent": _of_two({}, _track("1", "2")),
    "host.other": _of_two(_track("1", "2"), _track("3", "2")),
    "host.other_place": _of_two(_track("1", "2"), _track("1", "3")),
    "publisher_number.silent": _of_two({}, _recorded("Sain", "123")),
    "publisher_number.equal": _of_two(_recorded("Sain", "123"), _recorded("", "Sain 123")),
    "publisher_number.unclear": _of_two(_recorded("Sain", "123"), _recorded("Fflach", "123")),
    "publisher_number.conflict": _of_two(_recorded("Sain", "123"), _recorded("Sain", "124")),
    "alone.title": (bib("Castles of Gwent", isbns=(isbn(),)), bib("Castles of Gwent", isbns=(isbn(OTHER_ISBN),))),
}

EXAMPLES: Final[Mapping[str, Pair]] = {
    **_TITLES,
    **_RECORDS,
    **_AUTHORS,
    **_DATES,
    **_EDITIONS,
    **_FORMATS,
    **_PARTS,
    **_NUMBERS,
    **_KINDS,
    **_INTERACTIONS,
}
