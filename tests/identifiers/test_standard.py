"""The kinds of field 024: EAN, UPC, ISMN, ISRC, DOI, URN, Handle, and those without a parser."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from stdnum import ean as stdnum_ean, ismn as stdnum_ismn, isrc as stdnum_isrc

from locate.identifiers import (
    parse_doi,
    parse_gtin,
    parse_handle,
    parse_isbn,
    parse_ismn,
    parse_isrc,
    parse_standard_number,
    parse_urn,
)
from tests.identifiers.damage import damaged

bodies8 = st.text("0123456789", min_size=8, max_size=8)
ismns = st.builds(
    lambda head, body: head + body + stdnum_ean.calc_check_digit("9790" + body), st.sampled_from(["M", "9790"]), bodies8
)
gtins = st.sampled_from([7, 11, 12, 13]).flatmap(
    lambda size: st.text("0123456789", min_size=size, max_size=size).map(
        lambda body: body + stdnum_ean.calc_check_digit(body)
    )
)


@pytest.mark.parametrize(
    ("text", "value", "valid", "qualifier"),
    [
        ("M-2306-7118-7", "9790230671187", True, ""),
        ("m230671187", "9790230671187", True, ""),
        ("979-0-2306-7118-7", "9790230671187", True, ""),
        ("ISMN 979 0 2306 7118 7", "9790230671187", True, ""),
        ("M013430178 (pbk.) :", "9790013430178", stdnum_ismn.is_valid("M013430178"), "pbk."),
        ("M230671188", "9790230671188", False, ""),
        ("M23067118", "", False, ""),
        ("9780198526636", "", False, ""),
    ],
)
def test_ismn(text: str, value: str, valid: bool, qualifier: str) -> None:  # noqa: FBT001
    """M in front and 979-0 are one number; a wrong check digit is kept and marked."""
    found = parse_ismn(text)
    assert (found.value, found.valid, found.qualifier) == (value, valid, qualifier)


@given(ismns.flatmap(lambda number: damaged(number, "0123456789M")))
def test_ismn_validity_is_that_of_stdnum(number: str) -> None:
    """Right or with one character changed, an ISMN is valid exactly when python-stdnum says so."""
    assert parse_ismn(number).valid == stdnum_ismn.is_valid(number)


@pytest.mark.parametrize(
    ("text", "value", "valid"),
    [
        ("794051168320", "0794051168320", True),
        ("0794051168320", "0794051168320", True),
        ("00794051168320", "0794051168320", True),
        ("7 94051 16832 0", "0794051168320", True),
        ("5099751607823 80", "5099751607823", True),
        ("73513537", "0000073513537", True),
        ("98412345678908", "98412345678908", True),
        ("794051168321", "794051168321", False),
        ("2894122812", "2894122812", False),
        ("(set)", "", False),
    ],
)
def test_gtin(text: str, value: str, valid: bool) -> None:  # noqa: FBT001
    """A UPC, the EAN and the GTIN-14 that zeros make of it are one number; a wrong one is kept as given."""
    found = parse_gtin(text)
    assert (found.value, found.valid) == (value, valid)


@given(gtins.flatmap(lambda number: damaged(number, "0123456789")))
def test_gtin_validity_is_that_of_stdnum(number: str) -> None:
    """Right or with one digit changed, an EAN, UPC or GTIN is valid exactly when python-stdnum says so."""
    assert parse_gtin(number).valid == stdnum_ean.is_valid(number)


def test_bar_code_of_a_book_is_its_isbn() -> None:
    """The EAN of a book and its ISBN have the same canonical form."""
    assert parse_gtin("978-0-19-852663-6").value == parse_isbn("0198526636").canonical


@pytest.mark.parametrize("text", ["US-SKG-19-12345", "USSKG1912345", "isrc us skg 19 12345", "US-SKG-19-1234-5"])
def test_isrc(text: str) -> None:
    """Hyphens, blanks, case and label do not count, and python-stdnum accepts what is found."""
    found = parse_isrc(text)
    assert (found.value, found.valid) == ("USSKG1912345", True)
    assert stdnum_isrc.is_valid(found.value)


@pytest.mark.parametrize("text", ["USSKG191234", "1SSKG1912345", "USSKG19123456", ""])
def test_what_is_no_isrc(text: str) -> None:
    """Another length or a digit in the country code makes no ISRC."""
    assert parse_isrc(text).value == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.1000/ABC.Def", "10.1000/abc.def"),
        ("doi:10.1000/abc.def", "10.1000/abc.def"),
        ("https://doi.org/10.1000/abc.def.", "10.1000/abc.def"),
        ("(DOI 10.1000/abc.def)", "10.1000/abc.def"),
        ("10.1016/0021-9991(88)90004-5", "10.1016/0021-9991(88)90004-5"),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("10.1000/", ""),
        ("110.1000/182", ""),
    ],
)
def test_doi(text: str, value: str) -> None:
    """A DOI is found in an address or a sentence; case does not count, its own parentheses stay."""
    found = parse_doi(text)
    assert (found.value, found.valid) == (value, value != "")


@pytest.mark.parametrize(
    ("text", "value", "valid"),
    [
        ("URN:NBN:fi:Lb-2016", "urn:nbn:fi:Lb-2016", True),
        ("http://nbn-resolving.de/urn:nbn:de:101:1-201208105569", "urn:nbn:de:101:1-201208105569", True),
        ("URN:ISBN:978-0-19-852663-6", "urn:isbn:9780198526636", True),
        ("urn:isbn:0-19-852663-7", "urn:isbn:0198526637", False),
        ("urn:ISSN:03178471", "urn:issn:0317-8471", True),
        ("urn:", "", False),
    ],
)
def test_urn(text: str, value: str, valid: bool) -> None:  # noqa: FBT001
    """The namespace is in small letters, the rest as given; a number inside has its canonical form."""
    found = parse_urn(text)
    assert (found.value, found.valid) == (value, valid)


@pytest.mark.parametrize("text", ["2027/mdp.390", "hdl:2027/mdp.390", "https://hdl.handle.net/2027/mdp.390"])
def test_handle(text: str) -> None:
    """A Handle is the same bare, with its scheme and in its resolver's address."""
    assert parse_handle(text).value == "2027/mdp.390"


@pytest.mark.parametrize(
    ("text", "kind", "value", "valid"),
    [
        ("794051168320", "upc", "0794051168320", True),
        ("10.1000/ABC", "DOI", "10.1000/abc", True),
        ("no  number", "isrc", "no number", False),
        (" VD17  12:345 ", "vd17", "VD17 12:345", True),
        ("24722-1", "", "24722-1", True),
    ],
)
def test_kind_names_the_parser(text: str, kind: str, value: str, valid: bool) -> None:  # noqa: FBT001
    """A text of a known kind is read as one, marked when it is none; of another kind its text is kept."""
    found = parse_standard_number(text, kind)
    assert (found.value, found.valid, found.raw) == (value, valid, text)
