"""Part designations in several languages."""

from __future__ import annotations

import pytest

from locate.matching.labels import ANY_KIND, conflict, labels_in, volume_labels


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Volume II", ("volume", "2")),
        ("Bd. 2", ("volume", "2")),
        ("tome 2", ("volume", "2")),
        ("2. Teil", ("part", "2")),
        ("Second part", ("part", "2")),
        ("pt. B", ("part", "b")),
        ("2", (ANY_KIND, "2")),
        ("42072F5TF024", (ANY_KIND, "42072f5tf024")),
    ],
)
def test_one_label_is_read(text: str, label: tuple[str, str]) -> None:
    """A kind in any of the languages and a number in any form give one label."""
    assert volume_labels(text) == {label}


def test_kind_words_without_number_are_no_labels() -> None:
    """A volume of essays has no number."""
    assert labels_in(["volume", "of", "essays"]) == frozenset()
    assert volume_labels("") == frozenset()


def test_conflict_needs_the_same_kind_or_an_unnamed_one() -> None:
    """Volume 2 and part 3 do not contradict each other; volume 2 and 3 do, and so do a bare 2 and volume 3."""
    two, three, part = volume_labels("vol. 2"), volume_labels("Bd. 3"), volume_labels("part 3")
    assert conflict(two, three)
    assert not conflict(two, part)
    assert conflict(volume_labels("2"), three)
    assert not conflict(two, frozenset())
