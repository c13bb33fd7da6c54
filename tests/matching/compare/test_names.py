"""Authors: surname before heading, added entries, statements of responsibility, bodies."""

from __future__ import annotations

import pytest

from locate.citation import Citation
from locate.matching.compare import names
from locate.matching.views import CitationView, RecordView
from locate.records.bib import BibRecord
from tests.matching.build import bib, name

DOYLE = bib("Memoirs / Arthur Conan Doyle ; edited by Jane Gower", "Doyle, Arthur Conan, 1859-1930")
ROCHE = bib("Centenary", "De la Roche, Mazo")
MARQUEZ = bib("Cien años", "García Márquez, Gabriel")
CONGRESS = bib("Hearing", names=(name("United States. Congress. House", "110"),))
BOARD = bib("Hearing", names=(name("Severn Water Board. Pollution Committee", "110"),))
TOLSTOY = bib("Война", "Толстой, Лев")


@pytest.mark.parametrize(
    ("author", "record", "expected"),
    [
        ("Doyle", DOYLE, "author.surname"),
        ("Doyel", DOYLE, "author.surname"),
        ("Arthur Conan Doyle", DOYLE, "author.full"),
        ("Doyle, Arthur Conan", DOYLE, "author.full"),
        ("Doyle, Arthur", DOYLE, "author.full"),
        ("A. C. Doyle", DOYLE, "author.surname"),
        ("Doyle, Jr.", DOYLE, "author.surname"),
        ("Gower", DOYLE, "author.responsibility"),
        ("Jane Gower", bib("Memoirs", names=(name("Doyle, A."), name("Gower, Jane", "700"))), "author.added"),
        ("Jane Gower", bib("Memoirs", names=(name("Gower, Jane", "700"),)), "author.full"),
        ("Dickens", DOYLE, "author.conflict"),
        ("John Smith", bib("Poems", "Smith, Mary"), "author.given"),
        ("De la Roche", ROCHE, "author.surname"),
        ("Mazo De la Roche", ROCHE, "author.full"),
        ("Marquez", MARQUEZ, "author.surname"),
        ("Gabriel García Márquez", MARQUEZ, "author.full"),
        ("Толстой", TOLSTOY, "author.surname"),
        ("Tolstoi", TOLSTOY, "author.surname"),
        ("United States", CONGRESS, "author.vague"),
        ("United States. Congress. House", CONGRESS, "author.body"),
        ("Severn Water Board. Pollution Committee", BOARD, "author.body"),
        ("Severn Water Board", BOARD, "author.parent_body"),
        ("Severn Water Board", bib("Hearing / Severn Water Board"), "author.corporate"),
        ("Pollution", BOARD, "author.corporate"),
        ("Welsh Library Association", BOARD, "author.other_body"),
        ("Severn Water Board", DOYLE, "author.mixed"),
        ("Dickens", BOARD, "author.unnamed"),
        ("Doyle", bib("Memoirs"), "author.silent"),
        ("...", DOYLE, "author.silent"),
    ],
)
def test_the_grade_of_a_name(author: str, record: BibRecord, expected: str) -> None:
    """Each kind of likeness has its own row in the table."""
    assert names.compare(CitationView(Citation(author=author)), RecordView(record)) == expected


def test_no_author_is_silence() -> None:
    """A request without an author says nothing."""
    assert names.compare(CitationView(Citation()), RecordView(DOYLE)) == "author.silent"


def test_authors_are_compared_between_records() -> None:
    """A record's first author is looked for in the other, and the other's in its statement of responsibility."""
    gower = RecordView(bib("Memoirs", "Gower, Jane"))
    assert names.compare(RecordView(DOYLE), RecordView(DOYLE)) == "author.full"
    assert names.compare(RecordView(DOYLE), gower) == "author.responsibility"
    assert names.compare(RecordView(ROCHE), gower) == "author.conflict"
