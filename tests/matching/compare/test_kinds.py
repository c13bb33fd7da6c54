"""Kinds of document and languages."""

from __future__ import annotations

import pytest

from locate.citation import Citation, DocumentType
from locate.matching.compare import kinds
from locate.matching.views import CitationView, RecordView
from tests.matching.build import bib


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        (DocumentType.BOOK, DocumentType.BOOK, "type.equal"),
        (DocumentType.BOOK, DocumentType.SERIAL, "type.book_serial"),
        (DocumentType.SERIAL, DocumentType.BOOK, "type.book_serial"),
        (DocumentType.BOOK, DocumentType.MAP, "type.conflict"),
        (DocumentType.ARTICLE, DocumentType.SERIAL, "type.silent"),
        (DocumentType.BOOK, DocumentType.OTHER, "type.silent"),
        (None, DocumentType.BOOK, "type.silent"),
    ],
)
def test_the_kind_of_document(wanted: DocumentType | None, known: DocumentType, expected: str) -> None:
    """Kinds conflict unless one of them is vague."""
    record = RecordView(bib("Flora", document_type=known))
    assert kinds.compare_type(CitationView(Citation(type=wanted)), record) == expected


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        ("eng", ("eng",), "language.equal"),
        ("ENG", ("eng",), "language.equal"),
        ("deu", ("ger",), "language.equal"),
        ("en", ("ger", "eng"), "language.equal"),
        ("eng", ("wel",), "language.conflict"),
        ("eng", ("und",), "language.silent"),
        ("zxx", ("eng",), "language.silent"),
        ("eng", (), "language.silent"),
        (None, ("eng",), "language.silent"),
    ],
)
def test_languages(wanted: str | None, known: tuple[str, ...], expected: str) -> None:
    """The codes of ISO 639-1 and both forms of 639-2 are one language; codes for "not told" say nothing."""
    citation = CitationView(Citation(language=wanted))
    assert kinds.compare_language(citation, RecordView(bib("Flora", languages=known))) == expected
