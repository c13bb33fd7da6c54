"""Names taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.matching.persons import person


@pytest.mark.parametrize(
    ("text", "surname", "names"),
    [
        ("Doyle, Arthur Conan, 1859-1930", "doyle", ("arthur", "conan")),
        ("Arthur Conan Doyle", "doyle", ("arthur", "conan")),
        ("Doyle", "doyle", ()),
        ("A. C. Doyle", "doyle", ("a", "c")),
        ("De la Roche, Mazo", "delaroche", ("mazo",)),
        ("García Márquez, Gabriel", "garciamarquez", ("gabriel",)),
        ("Martin Luther King, Jr.", "king", ("martin", "luther")),
        ("King Jr.", "king", ()),
        ("Лев Толстой", "tolstoi", ("lev",)),
        ("Jr.", "jr", ()),
    ],
)
def test_a_persons_name(text: str, surname: str, names: tuple[str, ...]) -> None:
    """Before the comma or last stands the surname; dates and suffixes are no names."""
    read = person(text)
    assert (read.surname, read.given, read.corporate) == (surname, names, False)


@pytest.mark.parametrize(
    "text",
    ["United States. Congress", "University of Wales", "Severn Water Board", "Rivers (Conference)", "Universität Wien"],
)
def test_a_bodys_name_is_known_by_its_words(text: str) -> None:
    """A body has words and no surname."""
    read = person(text)
    assert read.corporate
    assert read.surname == ""
    assert read.words


def test_the_tag_of_a_heading_comes_before_its_words() -> None:
    """A person called Bank is one, and a body with a person's name is one."""
    assert person("Bank, Mary", corporate=False).surname == "bank"
    assert person("Anna Morgan", corporate=True).corporate


@pytest.mark.parametrize("text", ["", " ", ",", "...", "?,!"])
def test_a_name_without_letters_has_no_words(text: str) -> None:
    """Nothing is left to compare."""
    read = person(text)
    assert read.words == ()
    assert read.surname == ""


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_a_name(text: str) -> None:
    """No text raises, and what has a surname is a person with words."""
    read = person(text)
    assert not read.surname or (read.words and not read.corporate)
