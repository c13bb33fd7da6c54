"""LCCNs: one form for every spelling. python-stdnum has no LCCN, so its rules stand here by example."""

from __future__ import annotations

import pytest

from locate.identifiers import is_lccn, normalize_lccn


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  2007022227", "2007022227"),
        ("cn 92091009 ", "cn92091009"),
        ("CN 92091009", "cn92091009"),
        ("^^2002332484", "2002332484"),
        ("^^^76951523^/HE", "76951523"),
        ("###85000002#", "85000002"),
    ],
)
def test_blanks_go_and_the_prefix_stays(text: str, normal: str) -> None:
    """Blanks, also written ^ or #, do not count; the alphabetic prefix does, in small letters."""
    assert normalize_lccn(text) == normal
    assert is_lccn(normal)


@pytest.mark.parametrize(("text", "normal"), [("75-425165//r75", "75425165"), (" 79139101 /AC/r932", "79139101")])
def test_what_follows_a_slash_is_cut(text: str, normal: str) -> None:
    """Suffixes and revision dates behind a slash are not part of the number."""
    assert normalize_lccn(text) == normal
    assert is_lccn(normal)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("85-2 ", "85000002"),
        ("2001-000002", "2001000002"),
        ("n78-890351", "n78890351"),
        ("agr 62-298", "agr62000298"),
        ("85\u20112", "85000002"),
    ],
)
def test_serial_after_a_hyphen_is_padded(text: str, normal: str) -> None:
    """The serial number after a hyphen is filled up to six digits."""
    assert normalize_lccn(text) == normal
    assert is_lccn(normal)


@pytest.mark.parametrize("text", ["", "abc", "85-1234567", "12345", "abcd85000002", "123456789"])
def test_what_is_no_lccn_is_said_to_be_none(text: str) -> None:
    """A text of another form comes back stripped and is no LCCN."""
    assert not is_lccn(normalize_lccn(text))
