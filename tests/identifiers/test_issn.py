"""ISSNs: what is found in messy text, and that validity is python-stdnum's."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from stdnum import issn as stdnum_issn

from locate.identifiers import parse_issn
from tests.identifiers.damage import damaged

issns = st.text("0123456789", min_size=7, max_size=7).map(lambda body: body + stdnum_issn.calc_check_digit(body))


@pytest.mark.parametrize(
    ("text", "issn", "valid", "qualifier"),
    [
        ("0317-8471", "0317-8471", True, ""),
        ("03178471", "0317-8471", True, ""),
        ("ISSN 0317-8471 (online)", "0317-8471", True, "online"),
        ("pISSN0317-8471 print", "0317-8471", True, "print"),
        ("e-ISSN: 0317 8471", "0317-8471", True, ""),
        ("ISSN-L 1050-124x", "1050-124X", True, ""),
        ("0317\u20138471", "0317-8471", True, ""),
        ("0317-8472", "0317-8472", False, ""),
        ("9780198526636", None, False, ""),
        ("none", None, False, ""),
    ],
)
def test_issn(text: str, issn: str | None, valid: bool, qualifier: str) -> None:  # noqa: FBT001
    """An ISSN is found with or without hyphen, kept when its check digit is wrong, and not inside a longer number."""
    found = parse_issn(text)
    assert (found.issn, found.valid, found.qualifier) == (issn, valid, qualifier)


@given(issns.flatmap(lambda number: damaged(number, "0123456789X")))
def test_validity_after_one_wrong_digit_is_that_of_stdnum(digits: str) -> None:
    """Right or with one digit changed, an ISSN is valid exactly when python-stdnum says so."""
    assert parse_issn(digits).valid == stdnum_issn.is_valid(digits)
    assert parse_issn(f"{digits[:4]}-{digits[4:]} (print)").valid == stdnum_issn.is_valid(digits)
