"""Language codes and page numbers."""

from __future__ import annotations

import pytest

from locate.matching.readings import UNTOLD, language_code, largest_page


@pytest.mark.parametrize(
    ("code", "expected"), [("deu", "ger"), ("de", "ger"), (" ENG ", "eng"), ("cym", "wel"), ("xyz", "xyz"), ("", "")]
)
def test_one_language_has_one_code(code: str, expected: str) -> None:
    """ISO 639-1, both forms of 639-2 and old MARC codes become the MARC code; others stay."""
    assert language_code(code) == expected


def test_codes_that_say_nothing_stay_themselves() -> None:
    """Undetermined, many and none are not a language."""
    assert {"und", "mul", "zxx", ""} <= UNTOLD


@pytest.mark.parametrize(
    ("text", "expected"),
    [("xii, 240 p.", 240), ("240, [12] p.", 240), ("2 v.", 2), ("one", 0), ("", 0), ("9" * 9, 99999)],
)
def test_the_largest_number_is_that_of_the_pages(text: str, expected: int) -> None:
    """Of several numbers the largest counts; Roman ones do not."""
    assert largest_page(text) == expected
