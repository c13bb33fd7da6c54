"""One way a title may be written, in the forms that comparisons need."""

from __future__ import annotations

import pytest

from locate.matching.normalize import title_words
from locate.matching.rarity import rarity
from locate.matching.title_form import MOST_CHARS, MOST_WORDS, TitleForm, telling


def form(text: str) -> TitleForm:
    """Return the form of a title as it stands."""
    return TitleForm.of("full", title_words(text))


def test_the_forms_of_a_title() -> None:
    """Words in order and as a set, a key without blanks, the numbers, and how much it all tells."""
    made = form("The rivers of northern Wales, part II, 1974")
    assert made.words == ("rivers", "of", "northern", "wales", "part", "ii", "1974")
    assert made.known == frozenset(made.words)
    assert made.key == "riversofnorthernwalespartii1974"
    assert "1974" in made.numbers
    assert made.total == pytest.approx(telling(made.words))
    assert made.latin


def test_words_tell_by_their_rarity() -> None:
    """A sum of rarities, of all words or of some; none tell nothing."""
    made = form("The rivers of northern Wales")
    assert telling(["rivers", "of"]) == pytest.approx(rarity("rivers") + rarity("of"))
    assert made.telling(["wales"]) == rarity("wales")
    assert telling([]) == 0


def test_another_script_is_told() -> None:
    """Cyrillic is not Latin, and figures are."""
    assert not form("Война и мир").latin
    assert form("1984").latin


def test_a_long_text_is_cut() -> None:
    """More than a title can be is not compared."""
    assert len(form("word " * 1000).words) == MOST_WORDS
    assert len(form("x" * 10_000).key) == MOST_CHARS


def test_no_words_make_an_empty_form() -> None:
    """A title without words has an empty key and tells nothing."""
    made = TitleForm.of("full", ())
    assert (made.key, made.total, made.numbers) == ("", 0, frozenset())
