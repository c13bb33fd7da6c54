"""CCL into the query tree."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.z3950.ccl import parse_ccl
from locate.z3950.query import QueryError, parse_pqf, to_pqf
from tests.z3950.strategies import steady


@pytest.mark.parametrize(
    ("ccl", "pqf"),
    [
        ("isbn=0253333490", "@attr 1=7 0253333490"),
        ('ti="1066 and all that"', '@attr 1=4 "1066 and all that"'),
        ("au=Gould, Stephen Jay", '@attr 1=1003 "Gould, Stephen Jay"'),
        ("winter ice", '@attr 1=1016 "winter ice"'),
        ("TI = ice AND au = x", "@and @attr 1=4 ice @attr 1=1003 x"),
        ("a or b and c", "@and @or @attr 1=1016 a @attr 1=1016 b @attr 1=1016 c"),
        ("a not (ti=b or lccn=c)", "@not @attr 1=1016 a @or @attr 1=4 b @attr 1=9 c"),
        ("(1,1032)=x", "@attr 1=1032 x"),
        ("ti,fif=x", "@attr 1=4 @attr 3=1 x"),
        ("ti, rtrunc = x", "@attr 1=4 @attr 5=1 x"),
        ("(1,4),(4,6)=a b", '@attr 1=4 @attr 4=6 "a b"'),
        ("ti,(5,1)=x", "@attr 1=4 @attr 5=1 x"),
        ("date >= 1990", "@attr 1=31 @attr 2=4 1990"),
        ("date<>1990", "@attr 1=31 @attr 2=6 1990"),
        ("set=mine and ti=x", "@and @set mine @attr 1=4 x"),
        ('ti=a "b c" d', '@attr 1=4 "a b c d"'),
    ],
)
def test_parse(ccl: str, pqf: str) -> None:
    """CCL is read as PyZ3950 reads it."""
    assert parse_ccl(ccl) == parse_pqf(pqf)


@pytest.mark.parametrize(
    ("ccl", "column", "reason"),
    [
        ("", 1, "a search term is expected"),
        ("ti=", 4, "a search term is expected"),
        ("a and", 6, "a search term is expected"),
        ("and a", 1, "a search term is expected, not 'and'"),
        ("ti==x", 4, "a search term is expected, not '='"),
        ("(a", 3, "')' is expected"),
        ("a)", 2, "')' is left over; put text with such signs in quotes"),
        ("a ti=x", 5, "'=' is left over; put text with such signs in quotes"),
        ('ti="x', 4, "a quote that is not closed"),
        ("a and isnb=x", 7, "unknown qualifier 'isnb'; did you mean 'isbn'?"),
    ],
)
def test_errors(ccl: str, column: int, reason: str) -> None:
    """What cannot be read is an error with the column and what was expected there."""
    with pytest.raises(QueryError) as caught:
        parse_ccl(ccl)
    assert (caught.value.reason, caught.value.column) == (reason, column)


@pytest.mark.parametrize("text", [" and ".join(["a"] * 52), "(" * 60 + "a" + ")" * 60, "(" * 5000])
def test_too_large(text: str) -> None:
    """More operators or deeper nesting is refused, and is not a RecursionError."""
    with pytest.raises(QueryError, match=r"more than 50 operators|nested deeper than 50"):
        parse_ccl(text)


_PARTS = st.sampled_from(
    ["ti", "au", ",", "(1,4)", "set", "and", "not", "(", ")", "=", "<", "a", '"b c"', '"', "é", " "]
)


@steady
@given(st.lists(_PARTS, max_size=12).map("".join) | st.lists(_PARTS, max_size=12).map(" ".join) | st.text(max_size=30))
def test_any_text(text: str) -> None:
    """Any text is a query, which PQF can print, or a QueryError with a column inside the text or just behind it."""
    try:
        query = parse_ccl(text)
    except QueryError as error:
        assert 1 <= error.column <= len(text) + 1  # noqa: PT017 - an error is as good an outcome as a tree
    else:
        parse_pqf(to_pqf(query))
