"""Both sides normalised: which texts of a citation and of a record are compared."""

from __future__ import annotations

import pytest

from locate.citation import Citation, DocumentType, RequestedFormat
from locate.matching.views import CitationView, RecordView
from locate.records.bib import Carrier
from tests.matching.build import (
    GOVERNMENT,
    ISBN,
    ISSN,
    MORGAN,
    ONLINE,
    OTHER_ISBN,
    SERIAL,
    bib,
    isbn,
    issn,
    journal,
    lccn,
    linked,
    name,
    number,
    rivers,
    volume,
)

ATTRIBUTES = sorted(
    each
    for each in vars(CitationView)
    if not each.startswith("_") and each not in {"citation", "other_keys", "names_volume"}
)


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_both_sides_have_the_same_attributes(attribute: str) -> None:
    """A record can stand where a citation stands, and what is empty is of the same kind on both."""
    cited, held = getattr(CitationView(Citation()), attribute), getattr(RecordView(bib()), attribute)
    assert type(cited) is type(held) or None in {cited, held}


def test_an_empty_citation_has_nothing_to_compare() -> None:
    """Every attribute is there, and none tells anything."""
    view = CitationView(Citation())
    told = [each for each in ATTRIBUTES if getattr(view, each) and each != "edition"]
    assert told == []
    assert view.edition.ordinal is None


def test_a_citation_is_normalised() -> None:
    """Numbers are canonical, the title has no article, the language is MARC's."""
    view = CitationView(
        Citation(
            title="The rivers of northern Wales",
            author="Morgan, Anna",
            isbn=("0-306-40615-2",),
            issn=("12345679",),
            lccn="85-2",
            control_numbers=("ocm00012345", "77"),
            language="en",
            publisher="The Gomer Press Limited",
            pages="xii, 240 p.",
        )
    )
    assert view.full is not None
    assert view.full.key == "riversofnorthernwales"
    assert view.isbns == {ISBN}
    assert view.issns == {ISSN}
    assert view.lccns == {"85000002"}
    assert view.control_numbers == {("ocolc", "12345"), ("", "77")}
    assert view.sourced_numbers == {("ocolc", "12345")}
    assert view.languages == {"eng"}
    assert view.publishers == (("gomer", "press"),)
    assert view.pages == 240
    assert view.has_numbers


@pytest.mark.parametrize(
    ("title", "cut"), [("x" * 35, False), ("x" * 36, True), ("x" * 60, True), ("x" * 61, False), (None, False)]
)
def test_a_title_of_about_sixty_characters_may_be_cut(title: str | None, *, cut: bool) -> None:
    """Request forms end there; shorter and longer titles were typed in full."""
    assert CitationView(Citation(title=title)).maybe_cut is cut


@pytest.mark.parametrize(
    ("title", "key"),
    [("Tke rivers of Wales", "riversofwales"), ("Thx rivers", "rivers"), ("The rivers", None), ("Tke", None)],
)
def test_a_mistyped_article_is_tried_without(title: str, key: str | None) -> None:
    """One letter wrong in "the" at the beginning."""
    assert [form.key for form in CitationView(Citation(title=title)).other_keys] == ([key] if key else [])


def test_the_carriers_that_are_asked_for() -> None:
    """Physical is every tangible one; not said and any are none in particular."""
    asked = {each: CitationView(Citation(format=each)).carriers for each in (*RequestedFormat, None)}
    assert asked[RequestedFormat.PHYSICAL] == frozenset(Carrier) - {Carrier.ELECTRONIC}
    assert asked[RequestedFormat.ANY] == asked[None] == frozenset()


def test_the_volume_field_names_a_part_of_a_book_only() -> None:
    """An article's volume is its journal's."""
    book, article = (
        CitationView(Citation(volume="2", type=kind)) for kind in (DocumentType.BOOK, DocumentType.ARTICLE)
    )
    assert book.labels == {("", "2")}
    assert article.labels == frozenset()
    assert CitationView(Citation(pages="12-30")).pages == 0


def test_the_forms_of_a_records_title() -> None:
    """Whole, with and without parts and subtitle, to its first comma, without brackets, and the variants."""
    record = bib("The rivers, with [some] canals : a guide", parts=(("Pt. 1", "Gwent"),), variant_titles=("Waterways",))
    forms = {form.kind: " ".join(form.words) for form in RecordView(record).forms}
    assert forms == {
        "full": "rivers with some canals a guide pt 1 gwent",
        "parts": "rivers with some canals pt 1 gwent",
        "part_names": "rivers with some canals gwent",
        "subtitle": "rivers with some canals a guide",
        "proper": "rivers with some canals",
        "unbracketed": "rivers with canals",
        "head": "rivers",
        "variant": "waterways",
    }


def test_responsibility_inside_a_records_title_is_cut_at_its_own_names() -> None:
    """The word "by" counts only before a name of the record."""
    full = RecordView(bib("Rivers by Anna Morgan", MORGAN)).full
    other = RecordView(bib("Rivers by night", MORGAN)).full
    assert full is not None
    assert other is not None
    assert (full.words, other.words) == (("rivers",), ("rivers", "by", "night"))


def test_a_record_without_title_has_none_of_its_forms() -> None:
    """Nothing stands for a title that is not there."""
    view = RecordView(bib(variant_titles=("Rivers",)))
    assert view.full is None
    assert view.romanised is None
    assert not view.generic
    assert not view.issue


def test_a_records_names() -> None:
    """1XX is the main author, 7XX another; bodies by their tag; 245 $c gives words."""
    view = RecordView(bib("Rivers / Anna Morgan", MORGAN, names=(name(MORGAN), name("Severn Water Board", "710"))))
    assert [one.surname for one in view.main] == ["morgan"]
    assert [one.corporate for one in view.persons] == [False, True]
    assert view.surnames == {"morgan"}
    assert view.responsibility == {"anna", "morgan"}


def test_only_a_records_own_numbers_are_its_own() -> None:
    """$z is not, and a linking entry is another record."""
    entry = linked("776", isbn(OTHER_ISBN, tag="776"))
    record = rivers(isbns=(isbn(), isbn(OTHER_ISBN, subfield="z")), issns=(issn(subfield="l"),), linked=(entry,))
    view = RecordView(record)
    assert view.isbns == {ISBN}
    assert view.issns == set()
    assert view.linked_numbers == {OTHER_ISBN: ("776", "")}
    assert view.other_forms


def test_a_records_control_numbers_carry_their_agency() -> None:
    """The agency is folded; digits without one are kept apart."""
    view = RecordView(rivers(control_numbers=(number("12345", "OCoLC"), number("77")), lccns=(lccn(),)))
    assert view.control_numbers == {("ocolc", "12345"), ("", "77")}
    assert view.sourced_numbers == {("ocolc", "12345")}
    assert view.lccns == {"85000002"}


def test_the_parts_of_a_record() -> None:
    """Numbers of $n and inside the title; names of $p as words."""
    view = RecordView(volume(("Bd. II", "Anglesey")))
    assert view.labels == {("volume", "2")}
    assert view.part_words == ("anglesey",)
    assert RecordView(bib("Rivers, part 3")).labels == {("part", "3")}


@pytest.mark.parametrize(
    ("title", "serial", "issue"),
    [
        ("Bulletin of Welsh rivers", False, True),
        ("Bulletin of Welsh rivers", True, False),
        ("Bulletin of Welsh rivers, no. 3", False, False),
        ("Rivers of Wales", False, False),
    ],
)
def test_a_book_under_a_periodicals_title_is_one_issue(title: str, *, serial: bool, issue: bool) -> None:
    """A bulletin that is catalogued as a book, without its number in the title, may be any of its issues."""
    record = journal(title) if serial else bib(title)
    assert RecordView(record).issue is issue


def test_what_else_a_record_tells() -> None:
    """Government publication, generic title, kind, carriers."""
    view = RecordView(bib("Annual report", control_fields=GOVERNMENT, carriers=ONLINE, document_type=SERIAL))
    assert view.government
    assert view.generic
    assert view.type is SERIAL
    assert view.carriers == ONLINE
    assert not RecordView(rivers()).government
