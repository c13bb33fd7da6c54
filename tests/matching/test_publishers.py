"""Publishers' names: the words that name a house, and those that only say that it is one."""

from __future__ import annotations

import pytest

from locate.matching.publishers import publisher_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kustannusosakeyhtiö Otava", ("otava",)),
        ("Éditions Gallimard", ("gallimard",)),
        ("Verlag Herder", ("herder",)),
        ("The Fuga Press", ("fuga", "press")),
        ("Editorial", ("editorial",)),
        ("[publisher not identified]", ()),
    ],
)
def test_the_words_that_name_the_house(text: str, words: tuple[str, ...]) -> None:
    """What every publisher is called names none, unless it is the whole name."""
    assert publisher_words(text) == words
