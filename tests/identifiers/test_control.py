"""Control numbers: whose they are, and their one spelling."""

from __future__ import annotations

import pytest

from locate.identifiers import OCLC, parse_control_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(OCoLC)ocm00012345", "12345"),
        ("(OCoLC) 00012345 ", "12345"),
        ("(ocolc)on1234567890", "1234567890"),
        ("(OCoLC-M)271460", "271460"),
        ("(OCLC)ocm00693461", "693461"),
        ("ocn936082941 ", "936082941"),
        ("(OCoLC)883856932 .", "883856932"),
        ("ocm05376864", "5376864"),
        ("on1234567890", "1234567890"),
        ("OCLC 12", "12"),
        ("OCLC no. 12", "12"),
        ("ocolc: 12", "12"),
        ("info:oclcnum/12", "12"),
        ("https://www.worldcat.org/oclc/38915", "38915"),
    ],
)
def test_every_spelling_of_an_oclc_number_is_one(text: str, number: str) -> None:
    """Prefixes, leading zeros, variants of the agency's code and addresses do not count."""
    found = parse_control_number(text)
    assert (found.source, found.number, str(found)) == (OCLC, number, f"(OCoLC){number}")


@pytest.mark.parametrize("text", ["FCC000000666", "(FIN01)000000666", "(FIN01)FCC000000666", "(FI-MELINDA)000000666"])
def test_every_spelling_of_a_melinda_number_is_one(text: str) -> None:
    """The Finnish union catalog's prefix and the name of its base mean the same agency."""
    found = parse_control_number(text)
    assert (found.source, found.number) == ("FI-MELINDA", "666")


@pytest.mark.parametrize(
    ("text", "source", "number"),
    [
        ("(Sirsi) ocm36728422", OCLC, "36728422"),
        ("(CStRLIN)ocn477177230", OCLC, "477177230"),
        ("(Sirsi) o36728422", "Sirsi", "o36728422"),
        ("(NjP)ocm123", "NjP", "ocm123"),
    ],
)
def test_oclc_export_prefix_counts_under_another_agency(text: str, source: str, number: str) -> None:
    """An ocm or ocn number with its eight digits or more is OCLC's even where a system filed it under its own code."""
    found = parse_control_number(text)
    assert (found.source, found.number) == (source, number)


@pytest.mark.parametrize(
    ("text", "number"),
    [("00123", "123"), ("000", "0"), ("onion", "onion"), ("( ) 123", "123"), ("RB(OCoLC)109", "RB(OCoLC)109")],
)
def test_bare_digits_are_nobodys(text: str, number: str) -> None:
    """A number without an agency has source "", and so does one whose parentheses are not in front."""
    found = parse_control_number(text)
    assert (found.source, found.number) == ("", number)


@pytest.mark.parametrize(
    ("text", "source", "number"),
    [
        ("(DE-101)1023456789", "DE-101", "1023456789"),
        ("(DE-599)ZDB123-x", "DE-599", "ZDB123-X"),
        ("( NjP ) 1169430-princetondb", "NjP", "1169430-princetondb"),
        ("(Sirsi) o123", "Sirsi", "o123"),
        ("(DLC)   72209527", "DLC", "72209527"),
    ],
)
def test_other_agencies_keep_their_form(text: str, source: str, number: str) -> None:
    """Only outer blanks and the case of a check character X are levelled."""
    found = parse_control_number(text)
    assert (found.source, found.number) == (source, number)
