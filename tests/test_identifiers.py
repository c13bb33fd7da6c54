"""Identifiers: what is found in messy text, and that it agrees with python-stdnum on clean numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from stdnum import isbn as stdnum_isbn, issn as stdnum_issn

from locate.identifiers import (
    is_lccn,
    isbn10_to_13,
    isbn13_to_10,
    normalize_lccn,
    parse_control_number,
    parse_isbn,
    parse_issn,
)

bodies9 = st.text("0123456789", min_size=9, max_size=9)
bodies12 = st.builds(
    "{}{}".format, st.sampled_from(["978", "9791"]), st.text("0123456789", min_size=9, max_size=9)
).map(lambda text: text[:12])


@pytest.mark.parametrize(
    ("text", "isbn13", "isbn10", "qualifier"),
    [
        ("0803913060 (pbk.)", "9780803913066", "0803913060", "pbk."),
        ("1-350-25100-3", "9781350251007", "1350251003", ""),
        ("155404295x (lib. bdg. : alk. paper) :", "9781554042951", "155404295X", "lib. bdg. : alk. paper"),
        ("978 0 19 852663 6", "9780198526636", "0198526636", ""),
        ("0 19 852663 6 : £12", "9780198526636", "0198526636", ""),
        ("ISBN-13: 9780198526636", "9780198526636", "0198526636", ""),
        ("ISBN 10 0198526636", "9780198526636", "0198526636", ""),
        ("ISBN0198526636", "9780198526636", "0198526636", ""),
        ("0803913060 25.00", "9780803913066", "0803913060", ""),
        ("198526636", "9780198526636", "0198526636", ""),
        ("9780198526636 (v. 1) (set)", "9780198526636", "0198526636", "v. 1; set"),
        ("1551100177 :", "9781551100173", "1551100177", ""),
        ("9781842778708 pbk", "9781842778708", "1842778706", "pbk"),
        ("978\u20110\u201119\u2011852663\u20116", "9780198526636", "0198526636", ""),
        ("\uff10\uff11\uff19\uff18\uff15\uff12\uff16\uff16\uff13\uff16", "9780198526636", "0198526636", ""),
    ],
)
def test_isbn_is_found_in_messy_text(text: str, isbn13: str, isbn10: str, qualifier: str) -> None:
    """Labels, hyphens, blanks, prices and qualifiers do not hide an ISBN."""
    found = parse_isbn(text)
    assert (found.isbn13, found.isbn10, found.qualifier) == (isbn13, isbn10, qualifier)
    assert found.valid
    assert found.raw == text


@pytest.mark.parametrize("text", ["9.78E+12", "9,78019E+12", "9.780198526636e12", "", "(pbk.)", "v. 2", "12345"])
def test_what_is_no_isbn_gives_no_digits(text: str) -> None:
    """A number mangled by a spreadsheet, a lone qualifier or a short number is no ISBN at all."""
    found = parse_isbn(text)
    assert (found.digits, found.isbn13, found.valid, found.canonical) == ("", None, False, "")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0803913061", "0803913061"),
        ("978-0-19-852663-7 (pbk.)", "9780198526637"),
        ("0-19-852663-x", "019852663X"),
        ("9770198526636", "9770198526636"),
        ("019852663", "019852663"),
    ],
)
def test_a_wrong_isbn_is_kept_as_given(text: str, digits: str) -> None:
    """A wrong check digit, prefix or length leaves the digits as given, marked invalid, without other forms."""
    found = parse_isbn(text)
    assert (found.digits, found.valid, found.isbn13, found.isbn10) == (digits, False, None, None)
    assert found.canonical == digits


def test_prefix_979_has_no_isbn10_and_979_0_is_music() -> None:
    """979 numbers have one form only; those of 979-0 are ISMNs, not ISBNs."""
    assert parse_isbn("9791090636071").isbn10 is None
    assert parse_isbn("9791090636071").valid
    assert not parse_isbn("9790260000438").valid


@given(bodies9)
def test_isbn10_and_13_convert_both_ways(body: str) -> None:
    """Every ISBN-10 goes to its ISBN-13 and back, as python-stdnum says."""
    isbn10 = body + stdnum_isbn._calc_isbn10_check_digit(body)
    isbn13 = isbn10_to_13(isbn10)
    assert isbn13 == stdnum_isbn.to_isbn13(isbn10)
    assert isbn13_to_10(isbn13) == isbn10
    assert parse_isbn(f"{isbn10} (hbk.)").isbn13 == isbn13


@given(
    st.one_of(
        bodies9.flatmap(lambda b: st.sampled_from([b + c for c in "0123456789X"])),
        bodies12.flatmap(lambda b: st.sampled_from([b + c for c in "0123456789"])),
    )
)
def test_isbn_validity_agrees_with_stdnum(digits: str) -> None:
    """A clean number is valid here exactly when python-stdnum says so (979-0 apart, which it lets pass)."""
    if not digits.startswith("9790"):
        assert parse_isbn(digits).valid == stdnum_isbn.is_valid(digits)


@given(bodies9, st.sampled_from(["{}", "ISBN {}", "{} (v. 2)", "{} : $4.50", " {};", "isbn: {}"]), st.booleans())
def test_decoration_never_changes_the_number(body: str, frame: str, hyphens: bool) -> None:  # noqa: FBT001
    """An ISBN is the same number whatever stands around it."""
    isbn10 = body + stdnum_isbn._calc_isbn10_check_digit(body)
    written = "-".join((isbn10[0], isbn10[1:4], isbn10[4:9], isbn10[9])) if hyphens else isbn10
    assert parse_isbn(frame.format(written)).isbn10 == isbn10


@given(st.text(max_size=80))
def test_no_text_makes_a_parser_raise(text: str) -> None:
    """Any text at all gives an answer from every parser."""
    assert parse_isbn(text).raw == text
    assert parse_issn(text).raw == text
    assert parse_control_number(text).raw == text
    assert isinstance(is_lccn(normalize_lccn(text)), bool)


@pytest.mark.parametrize(
    ("text", "issn", "valid"),
    [
        ("0317-8471", "0317-8471", True),
        ("03178471", "0317-8471", True),
        ("ISSN 0317-8471 (online)", "0317-8471", True),
        ("ISSN-L 1050-124x", "1050-124X", True),
        ("0317\u20138471", "0317-8471", True),
        ("0317-8472", "0317-8472", False),
        ("9780198526636", None, False),
        ("none", None, False),
    ],
)
def test_issn(text: str, issn: str | None, valid: bool) -> None:  # noqa: FBT001
    """An ISSN is found with or without hyphen, kept when its check digit is wrong, and not inside a longer number."""
    found = parse_issn(text)
    assert (found.issn, found.valid) == (issn, valid)


@given(st.text("0123456789", min_size=7, max_size=7).flatmap(lambda b: st.sampled_from([b + c for c in "0123456789X"])))
def test_issn_validity_agrees_with_stdnum(digits: str) -> None:
    """An ISSN is valid here exactly when python-stdnum says so."""
    assert parse_issn(digits).valid == stdnum_issn.is_valid(digits)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  2007022227", "2007022227"),
        ("cn 92091009 ", "cn92091009"),
        ("85-2 ", "85000002"),
        ("2001-000002", "2001000002"),
        ("75-425165//r75", "75425165"),
        (" 79139101 /AC/r932", "79139101"),
        ("n78-890351", "n78890351"),
        ("agr 62000298", "agr62000298"),
    ],
)
def test_lccn_is_normalised(text: str, normal: str) -> None:
    """Blanks and what follows a slash go, the serial is padded to six digits, the prefix stays."""
    assert normalize_lccn(text) == normal
    assert is_lccn(normal)
    assert normalize_lccn(normal) == normal


@pytest.mark.parametrize("text", ["", "abc", "85-1234567", "12345"])
def test_what_is_no_lccn_is_said_to_be_none(text: str) -> None:
    """A text of another form comes back stripped and is no LCCN."""
    assert not is_lccn(normalize_lccn(text))


@pytest.mark.parametrize(
    ("text", "source", "number"),
    [
        ("(OCoLC)ocm00012345", "OCoLC", "12345"),
        ("(OCoLC) 00012345 ", "OCoLC", "12345"),
        ("(ocolc)on1234567890", "OCoLC", "1234567890"),
        ("(OCoLC-M)271460", "OCoLC", "271460"),
        ("ocn936082941 ", "OCoLC", "936082941"),
        ("ocm05376864", "OCoLC", "5376864"),
        ("on1234567890", "OCoLC", "1234567890"),
        ("OCLC 12", "OCoLC", "12"),
        ("(DE-101)1023456789", "DE-101", "1023456789"),
        ("( NjP ) 1169430-princetondb", "NjP", "1169430-princetondb"),
        ("00123", "", "123"),
        ("000", "", "0"),
        ("onion", "", "onion"),
        ("(Sirsi) o123", "Sirsi", "o123"),
    ],
)
def test_control_number(text: str, source: str, number: str) -> None:
    """All spellings of an OCLC number are one; bare digits have no source; other agencies keep their own form."""
    found = parse_control_number(text)
    assert (found.source, found.number) == (source, number)
