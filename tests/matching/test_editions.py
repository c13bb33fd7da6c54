"""Edition statements in several languages."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.matching.editions import edition_of, says_reprint
from locate.matching.normalize import fold
from locate.matching.tables.editions import EDITION, REPRINT, REVISED


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
        ("II edizione", 2),
        ("Ed. II", 2),
        ("2. udg.", 2),
        ("Andra upplagan", 2),
        ("3:e uppl.", 3),
        ("4e, herz. druk", 4),
        ("Druhé vydání", 2),
        ("Wyd. 2 popr.", 2),
        ("2. kiadás", 2),
        ("Secunda editio", 2),
        ("Видання 2-ге", 2),
        ("Second American edition", 2),
        ("2., aktualisierte und erw. Aufl.", 2),
        ("3rd ed., 2nd printing", 3),
        ("Edition two", 2),
        ("\u7b2c2\u7248", 2),
        ("\u7b2c\u4e09\u7248.", 3),
        ("Dai 2-han", 2),
        ("Di 2 ban", 2),
        ("\uc81c3\ud310", 3),
        ("2", 2),
        ("two", 2),
        ("10th impression", None),
        ("2. Nachdr.", None),
        ("25th anniversary ed.", None),
        ("Six-volume ed.", None),
        ("1998 ed.", None),
        ("Rev. 4/77", None),
        ("Rev. ed.", None),
        ("Library of Congress public edition", None),
        ("", None),
    ],
)
def test_ordinal_of_an_edition(text: str, ordinal: int | None) -> None:
    """The ordinal is read in every language; a revised edition has none."""
    assert edition_of(text).ordinal == ordinal


@pytest.mark.parametrize(
    ("text", "year"), [("1998 ed.", 1998), ("Rev. 1994", 1994), ("Rev. June 2004.", 2004), ("2nd ed.", None)]
)
def test_an_edition_named_by_its_year(text: str, year: int | None) -> None:
    """A year in the statement names the edition."""
    assert edition_of(text).year == year


@pytest.mark.parametrize(
    "text",
    [
        "Rev. ed.",
        "New and enl. ed.",
        "2., verb. Aufl.",
        "Neubearb.",
        "Nouv. éd., revue et corrigée",
        "Ed. corr. y aum.",
        "Ed. riveduta",
        "Uusittu painos",
        "Omarb. uppl.",
        "Wyd. 2 popr.",
        "2-е изд., испр. и доп.",
        "2e, herz. druk",
        "2. vyd., dopl.",
        "Edição revista",
    ],
)
def test_a_revised_edition_says_so(text: str) -> None:
    """Revision words of ten languages and more are read."""
    assert edition_of(text).revised


@pytest.mark.parametrize("text", ["2nd ed.", "New York ed.", "2. Aufl.", "Library ed.", ""])
def test_a_plain_edition_is_not_revised(text: str) -> None:
    """An ordinal, a place or a kind of edition says nothing of a revision."""
    assert not edition_of(text).revised


def test_the_tables_are_folded() -> None:
    """Every word of the tables stands as folding leaves it, but for the sign of a beginning."""
    words = {
        word.rstrip("*") for table in (EDITION, REVISED, REPRINT) for line in table.values() for word in line.split()
    }
    assert {fold(word) for word in words} == words


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_an_edition_statement(text: str) -> None:
    """No text raises, and an ordinal is at least 1."""
    read = edition_of(text)
    assert read.ordinal is None or read.ordinal >= 1
    assert says_reprint(text) in {True, False}


def test_a_long_statement_takes_linear_time() -> None:
    """A statement of 100 kB is read within the time of a test."""
    assert edition_of("2nd rev. ed., " * 8_000).ordinal == 2
    assert edition_of("\u7b2c" * 100_000).ordinal is None


def test_reprints_are_recognised() -> None:
    """Nachdruck and reprint are printings, a revised edition is not."""
    assert says_reprint("1. Aufl., 2. Nachdr.")
    assert says_reprint("Repr.")
    assert says_reprint("1. Aufl., 2. [Dr.]")
    assert not says_reprint("2nd rev. ed.")
    assert not says_reprint("Large print ed.")
