"""ISBNs: what is found in messy text, and that validity is python-stdnum's."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from stdnum import ean as stdnum_ean, isbn as stdnum_isbn

from locate.identifiers import isbn10_to_13, isbn13_to_10, parse_isbn
from tests.identifiers.damage import damaged

bodies9 = st.text("0123456789", min_size=9, max_size=9)
isbns10 = bodies9.map(lambda body: body + stdnum_isbn._calc_isbn10_check_digit(body))
isbns13 = st.one_of(
    isbns10.map(stdnum_isbn.to_isbn13),
    st.text("0123456789", min_size=8, max_size=8).map(
        lambda body: f"9791{body}{stdnum_ean.calc_check_digit('9791' + body)}"
    ),
)


@pytest.mark.parametrize(
    ("text", "isbn13", "isbn10", "qualifier"),
    [
        ("0803913060 (pbk.)", "9780803913066", "0803913060", "pbk."),
        ("1-350-25100-3", "9781350251007", "1350251003", ""),
        ("155404295x (lib. bdg. : alk. paper) :", "9781554042951", "155404295X", "lib. bdg. : alk. paper"),
        ("978 0 19 852663 6", "9780198526636", "0198526636", ""),
        ("978  0 19 852663  6", "9780198526636", "0198526636", ""),
        ("0 19 852663 6 : £12", "9780198526636", "0198526636", ""),
        ("ISBN-13: 9780198526636", "9780198526636", "0198526636", ""),
        ("ISBN (13) 978 0 19 852663 6", "9780198526636", "0198526636", ""),
        ("ISBN 10 0198526636", "9780198526636", "0198526636", ""),
        ("ISBN0198526636", "9780198526636", "0198526636", ""),
        ("0803913060 25.00", "9780803913066", "0803913060", ""),
        ("9780198526636 (v. 1) (set)", "9780198526636", "0198526636", "v. 1; set"),
        ("1551100177 :", "9781551100173", "1551100177", ""),
        ("9781842778708 pbk", "9781842778708", "1842778706", "pbk"),
        ("978\u20110\u201119\u2011852663\u20116", "9780198526636", "0198526636", ""),
        ("\uff10\uff11\uff19\uff18\uff15\uff12\uff16\uff16\uff13\uff16", "9780198526636", "0198526636", ""),
        (
            "\u0669\u0667\u0668\u0660\u0661\u0669\u0668\u0665\u0662\u0666\u0666\u0663\u0666",
            "9780198526636",
            "0198526636",
            "",
        ),
        ("\u200e9780198526636", "9780198526636", "0198526636", ""),
    ],
)
def test_isbn_is_found_in_messy_text(text: str, isbn13: str, isbn10: str, qualifier: str) -> None:
    """Labels, hyphens, blanks, prices, qualifiers and digits of other scripts do not hide an ISBN."""
    found = parse_isbn(text)
    assert (found.isbn13, found.isbn10, found.qualifier) == (isbn13, isbn10, qualifier)
    assert found.valid
    assert found.raw == text


def test_leading_number_is_taken() -> None:
    """Of two numbers in one 020 $a the first counts; the second may be another edition's."""
    assert parse_isbn("0803913060 9780198526636").isbn10 == "0803913060"
    assert parse_isbn("0803913061 (invalid) 9780198526636").digits == "0803913061"


def test_ten_and_thirteen_digits_are_one_number() -> None:
    """Both forms of an ISBN have the same canonical form."""
    assert parse_isbn("0-19-852663-6").canonical == parse_isbn("978-0-19-852663-6").canonical == "9780198526636"


def test_sbn_gains_its_zero() -> None:
    """A nine-digit SBN, or an ISBN whose zero a spreadsheet took, is the ISBN with the zero."""
    assert parse_isbn("198526636").isbn13 == "9780198526636"
    assert parse_isbn("SBN 19-852663-6").isbn13 == "9780198526636"


@pytest.mark.parametrize("text", ["9.78E+12", "9,78019E+12", "9.780198526636e12", "9.78E12 (pbk.)"])
def test_what_a_spreadsheet_mangled_is_refused(text: str) -> None:
    """A number in exponential notation has lost its digits: it is no ISBN at all."""
    found = parse_isbn(text)
    assert (found.digits, found.isbn13, found.valid, found.canonical) == ("", None, False, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(pbk.)",
        "v. 2",
        "12345",
        "97X0198526636",
        "9791387141X04",
        "X198526636",
        "x-19-852663-6 (pbk.)",
        "X000000000",
    ],
)
def test_what_is_no_isbn_gives_no_digits(text: str) -> None:
    """A lone qualifier, a short number, and what stands behind a digit mistyped as X are no ISBN."""
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


@given(st.one_of(isbns10, isbns13))
def test_every_right_isbn_is_valid(digits: str) -> None:
    """What python-stdnum makes with its own check digits is valid here."""
    assert parse_isbn(digits).valid
    assert parse_isbn(digits).canonical == stdnum_isbn.compact(digits, convert=True)


@given(st.one_of(isbns10, isbns13).flatmap(lambda digits: damaged(digits, "0123456789X")))
def test_validity_after_one_wrong_digit_is_that_of_stdnum(digits: str) -> None:
    """With one digit changed an ISBN is valid exactly when python-stdnum says so (979-0 apart, which it lets pass)."""
    is_music = len(digits) == 13 and digits.startswith("9790")
    assert parse_isbn(digits).valid == (stdnum_isbn.is_valid(digits) and not is_music)


@given(bodies9, st.sampled_from(["{}", "ISBN {}", "{} (v. 2)", "{} : $4.50", " {};", "isbn: {}"]), st.booleans())
def test_decoration_never_changes_the_number(body: str, frame: str, hyphens: bool) -> None:  # noqa: FBT001
    """An ISBN is the same number whatever stands around it."""
    isbn10 = body + stdnum_isbn._calc_isbn10_check_digit(body)
    written = "-".join((isbn10[0], isbn10[1:4], isbn10[4:9], isbn10[9])) if hyphens else isbn10
    assert parse_isbn(frame.format(written)).isbn10 == isbn10
