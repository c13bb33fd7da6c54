"""How much the words of titles tell."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from bench.rarity import check, counts, split, table, titles_of
from locate.matching.normalize import fold
from locate.matching.rarity import LEAST, MOST, TITLES, is_stop, rarity


@pytest.mark.parametrize(
    ("word", "least", "most"),
    [
        ("the", LEAST, LEAST),
        ("of", LEAST, LEAST),
        ("und", LEAST, LEAST),
        ("report", 0.25, 0.35),
        ("annual", 0.25, 0.35),
        ("jahresbericht", 0.25, 0.35),
        ("states", 0.25, 0.4),
        ("water", 0.4, 0.7),
        ("physics", 0.9, 1.05),
        ("xyzzy", MOST, MOST),
        ("7", 0.8, 0.8),
        ("21st", 0.8, 0.8),
        ("1950", 0.7, 0.7),
        ("1970s", 0.7, 0.7),
        ("94720", 1.1, 1.1),
        ("", LEAST, LEAST),
    ],
)
def test_a_word_tells_as_much_as_it_is_rare(word: str, least: float, most: float) -> None:
    """Function words tell nothing, forms of publication little, subject words by their rarity, unknown ones most."""
    assert least <= rarity(word) <= most


def test_every_word_is_within_the_scale() -> None:
    """No word of the table is below a function word or above an unknown word, and none is a function word."""
    for word in _listed():
        assert LEAST <= rarity(word) <= MOST, word
        assert not is_stop(word), word


def test_the_table_is_plain_folded_words_most_frequent_first() -> None:
    """Each line is a folded word and its count of titles; the counts fall, and the header says whence they come."""
    lines = (resources.files("locate.matching") / "words.txt").read_text("utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    assert lines[: len(header)] == header
    assert "public domain" in " ".join(header)
    assert "CC0" in " ".join(header)
    assert "python -m bench.rarity" in " ".join(header)
    listed = _listed()
    assert 2_500 <= len(listed) <= 3_500
    assert all(fold(word) == word and re.fullmatch(r"\S+", word) for word in listed)
    assert list(listed.values()) == sorted(listed.values(), reverse=True)
    assert all(0 < count < TITLES for count in listed.values())


def test_function_words_are_told_from_all_others() -> None:
    """A function word and the empty word are stops; a frequent word that means something is none."""
    assert all(map(is_stop, ("the", "der", "los", "och", "")))
    assert not any(map(is_stop, ("report", "states", "1950", "xyzzy")))


def test_a_title_is_counted_once_for_each_of_its_words() -> None:
    """A word counts once a title; function words, numbers and single letters do not count."""
    assert counts(["the water of water", "water law 1950 x"]) == {"water": 2, "law": 1}


def test_the_table_holds_shares_of_a_hundred_thousand_titles() -> None:
    """Counts become counts in 100,000 titles; equal ones stand in the order of the alphabet."""
    assert table(["water law", "water"], 10) == ["water 100000", "law 50000"]
    assert table(["law water"], 1) == ["law 100000"]


def test_held_out_titles_are_not_counted() -> None:
    """Every n-th title goes to the check, all others to the table."""
    assert split(["a", "b", "c", "d", "e"], 2) == (["b", "d"], ["a", "c", "e"])


@pytest.mark.shared
def test_the_table_holds_for_titles_that_it_was_not_counted_from(shared: Path) -> None:
    """Most words of held-out titles are listed, and their rarest words single a title out better than the longest."""
    kept, held_out = split(titles_of(shared / "data", ("partners/gpo",)), 10)
    found = check(kept, held_out, 3000)
    assert found.known > 0.7
    assert 0.8 < found.mean < 1.1
    assert found.sharing["rarest"] < found.sharing["longest"] / 2


def _listed() -> dict[str, int]:
    lines = (resources.files("locate.matching") / "words.txt").read_text("utf-8").splitlines()
    return {word: int(count) for word, count in (line.split() for line in lines if not line.startswith("#"))}
