"""Edition statements in several languages."""

from __future__ import annotations

import pytest

from locate.citation import Citation
from locate.matching.compare import editions
from locate.matching.compare.editions import edition_of, says_reprint
from locate.matching.views import CitationView, RecordView
from tests.matching.build import bib


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("2nd ed.", 2),
        ("2d ed., rev.", 2),
        ("Second edition", 2),
        ("2., überarb. Aufl.", 2),
        ("Zweite Auflage", 2),
        ("2e éd.", 2),
        ("Deuxième édition", 2),
        ("2 painos", 2),
        ("2. painos", 2),
        ("3-e izd.", 3),
        ("\u0418\u0437\u0434. 3-\u0435", 3),
        ("2a ed.", 2),
        ("Tercera edición", 3),
        ("2. uppl.", 2),
        ("2", 2),
        ("Rev. ed.", None),
        ("Library of Congress public edition", None),
        ("", None),
    ],
)
def test_ordinal_of_an_edition(text: str, ordinal: int | None) -> None:
    """The ordinal is read in every language; a revised edition has none."""
    assert edition_of(text).ordinal == ordinal


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        ("2", "2nd ed.", "edition.equal"),
        ("1", "", "edition.silent"),
        ("1st ed.", "1. Aufl.", "edition.equal"),
        ("3rd ed.", "2nd ed.", "edition.conflict"),
        ("3rd ed.", "", "edition.one_sided"),
        ("Rev. ed.", "Rev. and enl. ed.", "edition.silent"),
        ("rev ed", "Rev. ed.", "edition.equal"),
        ("1998", "1998 ed.", "edition.equal"),
        ("1998 ed.", "2004 ed.", "edition.conflict"),
        ("", "2nd ed.", "edition.silent"),
    ],
)
def test_the_grade_of_an_edition(wanted: str, known: str, expected: str) -> None:
    """Ordinals decide, then years, then words; a first edition is as good as none said."""
    citation = CitationView(Citation(edition=wanted or None))
    assert editions.compare(citation, RecordView(bib("Rivers", edition=known))).feature == expected


def test_reprints_are_recognised() -> None:
    """Nachdruck and reprint are printings, a revised edition is not."""
    assert says_reprint("1. Aufl., 2. Nachdr.")
    assert says_reprint("Repr.")
    assert not says_reprint("2nd rev. ed.")
