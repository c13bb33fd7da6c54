"""Folding: two spellings of the same words meet, different words stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.matching.normalize import (
    compact,
    cut_responsibility,
    fold,
    is_generic,
    is_latin,
    romanise,
    strip_article,
    title_words,
    weight,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Études & essais :", "etudes and essais"),
        ("Law \u0026 order", "law and order"),
        ("Today's news", "Todays news"),
        ("U. S. history", "U.S. history"),
        ("Vasil\u02b9ev, \u02bbAlī", "Vasilev, Ali"),
        ("I\ufe20U\ufe21riĭ", "IUrii"),
        ("Łódź", "Lodz"),
        ("Straße", "strasse"),
        ("Cafe\u0301", "Café"),
        ("Caf\x1bs\xe9", "Café"),
        ("water--quality", "water quality"),
        ("cœur", "coeur"),
    ],
)
def test_spellings_of_one_text_fold_alike(one: str, other: str) -> None:
    """Marks, case, punctuation and romanisation signs do not count."""
    assert fold(one) == fold(other)


def test_different_words_stay_apart() -> None:
    """Folding loses no letters or digits."""
    assert fold("Part 2") != fold("Part 3")
    assert fold("Reki") != fold("Peki")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The rivers of Wales", "rivers of wales"),
        ("rivers of Wales", "rivers of wales"),
        ("Der Fluss", "fluss"),
        ("L'art roman", "art roman"),
        ("Les misérables", "miserables"),
        ("El río", "rio"),
        ("A", "a"),
        ("\x98Die\x9c Zeit", "zeit"),
        ("Your health [by] Dean Williams", "your health"),
        ("Poems / by Anna Morgan", "poems"),
        ("Rivers [electronic resource]", "rivers"),
    ],
)
def test_title_words_drop_article_responsibility_and_medium(title: str, words: str) -> None:
    """What does not name the work is dropped, on both sides alike."""
    assert " ".join(title_words(title)) == words


def test_a_word_alone_is_no_article() -> None:
    """A title of one word keeps it, whatever it is."""
    assert strip_article(("die",)) == ("die",)


def test_responsibility_is_cut_only_before_the_author() -> None:
    """The word "by" belongs to the title unless the author's name follows."""
    assert cut_responsibility(("poems", "by", "anna", "morgan"), {"morgan"}) == ("poems",)
    assert cut_responsibility(("death", "by", "water"), {"morgan"}) == ("death", "by", "water")


def test_romanise_gives_latin_letters() -> None:
    """Cyrillic becomes comparable with its transliteration."""
    assert romanise("Война и мир") == "voina i mir"
    assert is_latin("Études")
    assert not is_latin("Война")


def test_generic_titles_have_no_word_of_their_own() -> None:
    """Annual report is generic, Annual report on leeks is not."""
    assert is_generic(title_words("Annual report, 1974"))
    assert is_generic(title_words("Collected poems"))
    assert not is_generic(title_words("Annual report on leeks"))


def test_rare_words_weigh_more() -> None:
    """One rare word outweighs several stop words and common words."""
    assert weight(["hydrology"]) > weight(["of", "the"]) + weight(["report"])


def test_compact_hides_lost_blanks() -> None:
    """A blank in the wrong place does not count."""
    assert compact(("waterq", "uality")) == compact(("water", "quality"))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folding is idempotent for every text."""
    assert fold(fold(text)) == fold(text)
