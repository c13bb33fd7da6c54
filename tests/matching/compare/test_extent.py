"""Publishers and pages."""

from __future__ import annotations

import pytest

from locate.citation import Citation
from locate.matching.compare import extent
from locate.matching.views import CitationView, RecordView
from tests.matching.build import bib


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        ("Gomer Press", "Gomer Press,", "publisher.equal"),
        ("The Gomer Press", "Gomer", "publisher.equal"),
        ("Univ Press", "University Press of Wales", "publisher.equal"),
        ("Govt Print Off", "U.S. Government Printing Office", "publisher.equal"),
        ("GPO", "U.S. Government Publishing Office", "publisher.equal"),
        ("Seren", "Gomer Press", "publisher.conflict"),
        ("", "Gomer Press", "publisher.silent"),
        ("Seren", "[publisher not identified]", "publisher.silent"),
        ("Seren", "[s.n.]", "publisher.silent"),
    ],
)
def test_publishers(wanted: str, known: str, expected: str) -> None:
    """Abbreviations and the three names of the Government Printing Office are one; "not identified" is none."""
    record = RecordView(bib("Flora", publishers=(known,)))
    assert extent.compare_publisher(CitationView(Citation(publisher=wanted or None)), record) == expected


def test_any_of_the_publishers_may_agree() -> None:
    """A record of two publishers is by either."""
    record = RecordView(bib("Flora", publishers=("Seren", "Gomer Press")))
    assert extent.compare_publisher(CitationView(Citation(publisher="Gomer")), record) == "publisher.equal"


@pytest.mark.parametrize(
    ("wanted", "pages", "expected"),
    [
        ("240 p.", 240, "pages.equal"),
        ("xii, 240 p.", 236, "pages.near"),
        ("240 p.", 250, "pages.near"),
        ("240 p.", 251, "pages.conflict"),
        ("8 p.", 12, "pages.conflict"),
        ("240 p.", 300, "pages.conflict"),
        ("12-30", 300, "pages.silent"),
        ("240 p.", None, "pages.silent"),
        ("one volume", 300, "pages.silent"),
        (None, 300, "pages.silent"),
    ],
)
def test_pages(wanted: str | None, pages: int | None, expected: str) -> None:
    """The largest number counts, within ten of a book that is long enough; an article's page range is no extent."""
    record = RecordView(bib("Flora", extent=f"{pages} p." if pages else "", pages=pages))
    assert extent.compare_pages(CitationView(Citation(pages=wanted)), record) == expected
