"""Parts, formats, kinds, languages, publishers and pages."""

from __future__ import annotations

from typing import Any

import pytest

from locate.citation import Citation, DocumentType, RequestedFormat
from locate.matching.compare import formats, kinds, parts, publishers
from locate.matching.views import CitationView, RecordView
from locate.records.bib import Carrier
from tests.matching.build import bib


@pytest.mark.parametrize(
    ("title", "volume", "labels", "extent", "expected"),
    [
        ("Flora", "2", (("Vol. 2", ""),), "", "part.equal"),
        ("Flora", "2", (("Vol. 3", ""),), "", "part.number_conflict"),
        ("Flora", None, (("Vol. 3", ""),), "", "part.record_only"),
        ("Flora part 2", None, (("Part II", "Mosses"),), "", "part.equal"),
        ("Flora mosses", None, (("", "Mosses"),), "", "part.silent"),
        ("Flora ferns", None, (("", "Mosses"),), "", "part.name_conflict"),
        ("Flora", "2", (), "3 v.", "part.whole_set"),
        ("Flora", "2", (), "210 p.", "part.citation_only"),
        ("Flora", None, (), "210 p.", "part.silent"),
    ],
)
def test_the_grade_of_a_part(
    title: str, volume: str | None, labels: tuple[tuple[str, str], ...], extent: str, expected: str
) -> None:
    """Numbers and names of parts on both sides, on one side, on none."""
    citation = CitationView(Citation(title=title, volume=volume, type=DocumentType.BOOK))
    assert parts.compare(citation, RecordView(bib("Flora", parts=labels, extent=extent))).feature == expected


def test_physical_accepts_every_tangible_carrier() -> None:
    """Only what cannot be put into a parcel is refused."""
    assert formats.acceptable(RequestedFormat.PHYSICAL) == frozenset(Carrier) - {Carrier.ELECTRONIC}
    assert formats.acceptable(None) == frozenset(Carrier)


def test_uncommon_carrier_is_silent() -> None:
    """A carrier of no known kind neither fits nor conflicts."""
    record = RecordView(bib("Flora", carriers=frozenset([Carrier.OTHER])))
    citation = CitationView(Citation(format=RequestedFormat.PRINT))
    assert formats.compare(citation, record).feature == "format.silent"


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        (DocumentType.BOOK, DocumentType.BOOK, "type.equal"),
        (DocumentType.BOOK, DocumentType.SERIAL, "type.book_serial"),
        (DocumentType.BOOK, DocumentType.MAP, "type.conflict"),
        (DocumentType.ARTICLE, DocumentType.SERIAL, "type.silent"),
        (None, DocumentType.BOOK, "type.silent"),
    ],
)
def test_the_kind_of_document(wanted: DocumentType | None, known: DocumentType, expected: str) -> None:
    """Kinds conflict unless one of them is vague."""
    record = RecordView(bib("Flora", document_type=known))
    assert kinds.compare_type(CitationView(Citation(type=wanted)), record).feature == expected


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        ("eng", ("eng",), "language.equal"),
        ("deu", ("ger",), "language.equal"),
        ("en", ("ger", "eng"), "language.equal"),
        ("eng", ("wel",), "language.conflict"),
        ("eng", ("und",), "language.silent"),
        (None, ("eng",), "language.silent"),
    ],
)
def test_languages(wanted: str | None, known: tuple[str, ...], expected: str) -> None:
    """The codes of ISO 639-1 and both forms of 639-2 are one language."""
    citation = CitationView(Citation(language=wanted))
    assert kinds.compare_language(citation, RecordView(bib("Flora", languages=known))).feature == expected


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        ("Gomer Press", "Gomer Press,", "publisher.equal"),
        ("Univ Press", "University Press of Wales", "publisher.equal"),
        ("Govt Print Off", "U.S. Government Printing Office", "publisher.equal"),
        ("GPO", "U.S. Government Publishing Office", "publisher.equal"),
        ("Seren", "Gomer Press", "publisher.conflict"),
        ("", "Gomer Press", "publisher.silent"),
    ],
)
def test_publishers(wanted: str, known: str, expected: str) -> None:
    """Abbreviations and the three names of the Government Printing Office are one."""
    record = RecordView(bib("Flora", publishers=(known,)))
    assert publishers.compare_publisher(CitationView(Citation(publisher=wanted or None)), record).feature == expected


@pytest.mark.parametrize(
    ("pages", "extent", "expected"),
    [
        ("240 p.", "xii, 236 p.", "pages.equal"),
        ("240 p.", "300 p.", "pages.conflict"),
        ("12-30", "300 p.", "pages.silent"),
        (None, "300 p.", "pages.silent"),
    ],
)
def test_pages(pages: str | None, extent: str, expected: str) -> None:
    """The largest number counts, within ten; an article's page range is no extent."""
    changes: dict[str, Any] = {"extent": extent}
    assert (
        publishers.compare_pages(CitationView(Citation(pages=pages)), RecordView(bib("Flora", **changes))).feature
        == expected
    )
