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


@pytest.mark.parametrize(
    ("author", "record", "expected"),
    [
        ("Doyle", DOYLE, "author.surname"),
        ("Arthur Conan Doyle", DOYLE, "author.full"),
        ("Doyle, Arthur Conan", DOYLE, "author.full"),
        ("A. C. Doyle", DOYLE, "author.full"),
        ("Gower", DOYLE, "author.added"),
        ("Jane Gower", bib("Memoirs", names=(name("Doyle, A."), name("Gower, Jane", "700"))), "author.added"),
        ("Dickens", DOYLE, "author.conflict"),
        ("De la Roche", ROCHE, "author.surname"),
        ("Mazo De la Roche", ROCHE, "author.full"),
        ("Marquez", MARQUEZ, "author.surname"),
        ("Gabriel García Márquez", MARQUEZ, "author.full"),
        ("Congress", CONGRESS, "author.corporate"),
        ("United States", CONGRESS, "author.corporate"),
        ("United States. Congress", CONGRESS, "author.body"),
        ("Severn Water Board", CONGRESS, "author.other_body"),
        ("Dickens", CONGRESS, "author.unnamed"),
        ("Doyle", bib("Memoirs"), "author.silent"),
        ("Толстой", bib("Война", "Толстой, Лев"), "author.surname"),
        ("Tolstoi", bib("Война", "Толстой, Лев"), "author.surname"),
    ],
)
def test_the_grade_of_a_name(author: str, record: BibRecord, expected: str) -> None:
    """Each kind of likeness has its own row in the table."""
    assert names.compare(CitationView(Citation(author=author)), RecordView(record)).feature == expected


def test_same_surname_with_other_given_name_is_another_person() -> None:
    """John Smith is not Mary Smith."""
    record = RecordView(bib("Poems", "Smith, Mary"))
    assert names.compare(CitationView(Citation(author="John Smith")), record).feature == "author.conflict"


def test_no_author_is_silence() -> None:
    """A request without an author says nothing."""
    assert names.compare(CitationView(Citation()), RecordView(DOYLE)).feature == "author.silent"
