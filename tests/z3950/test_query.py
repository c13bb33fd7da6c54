"""PQF and the query tree."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.z3950.apdu import (
    AttributeElement,
    AttributesPlusTerm,
    RpnQuery,
    RpnRpnOp,
    SearchRequest,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.oids import BIB1_ATTRIBUTES
from locate.z3950.query import (
    And,
    AndNot,
    Or,
    Query,
    QueryError,
    ResultSet,
    Term,
    Use,
    parse_pqf,
    to_pqf,
    to_rpn,
)
from tests.z3950.strategies import queries, steady


@steady
@given(queries)
def test_roundtrip(query: Query) -> None:
    """Printed PQF parses to the same tree."""
    assert parse_pqf(to_pqf(query)) == query


@steady
@given(st.text(st.sampled_from('@andorterm=149 "\\xé'), max_size=30) | st.text(max_size=30))
def test_any_text(text: str) -> None:
    """Any text is a query or a QueryError with a column inside the text or just behind it."""
    try:
        query = parse_pqf(text)
    except QueryError as error:
        assert 1 <= error.column <= len(text) + 1  # noqa: PT017 - an error is as good an outcome as a tree
        assert str(error) == f"{error.reason} at column {error.column} of the query {text!r}"  # noqa: PT017 - as above
    else:
        assert parse_pqf(to_pqf(query)) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("history", Term("history")),
        ('"a \\"b\\" \\\\ c"', Term('a "b" \\ c')),
        ('""', Term("")),
        ("@attr 1=4 history", Term("history", ((1, 4),))),
        ("@attr 1=4 @attr 4=1 x", Term("x", ((1, 4), (4, 1)))),
        ("@and a b", And(Term("a"), Term("b"))),
        ("@or a @not b c", Or(Term("a"), AndNot(Term("b"), Term("c")))),
        ("@attr 1=4 @and a @attr 2=3 b", And(Term("a", ((1, 4),)), Term("b", ((1, 4), (2, 3))))),
        ("@set default", ResultSet("default")),
        ("@term general x", Term("x")),
        ("@term string @attr", Term("@attr")),
        ('"@and"', Term("@and")),
        ("@attrset bib-1 @attr 1=7 0123456789", Term("0123456789", ((1, 7),))),
        ("@attrset 1.2.840.10003.3.1 x", Term("x")),
        ("  a  ", Term("a")),
        ("a@b", Term("a@b")),
    ],
)
def test_parse(text: str, query: Query) -> None:
    """PQF is parsed as YAZ does."""
    assert parse_pqf(text) == query


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("", 1, "the query ends where a search term is expected"),
        ("   ", 4, "the query ends where a search term is expected"),
        ("@and a", 7, "the query ends where a search term is expected"),
        ("a b", 3, "'b' is left over; join terms with @and or put them in quotes"),
        ('a "b"', 3, "'text' is left over; join terms with @and or put them in quotes"),
        ('@attr 1=4 "abc', 11, "a quote that is not closed"),
        ('"abc\\"', 1, "a quote that is not closed"),
        ("@attr 4 x", 7, "attribute '4' is not two numbers like 1=4"),
        ("@attr 1=x y", 7, "attribute '1=x' is not two numbers like 1=4"),
        ("@attr 1=² y", 7, "attribute '1=²' is not two numbers like 1=4"),
        ("@attr 1=1234567890 y", 7, "attribute '1=1234567890' is not two numbers like 1=4"),
        ("@attr", 6, "the query ends where an attribute such as 1=4 is expected"),
        ("@prox a b", 1, "unknown operator @prox"),
        ("@and a @xyz", 8, "unknown operator @xyz"),
        ("@term null x", 7, "term type 'null' is not supported; general and string are"),
        ("@attrset gils x", 10, "attribute set 'gils' is not supported; only bib-1 is"),
        ("@set", 5, "the query ends where a result set name is expected"),
    ],
)
def test_errors(text: str, column: int, reason: str) -> None:
    """What cannot be parsed is an error with a reason and the 1-based column."""
    with pytest.raises(QueryError) as caught:
        parse_pqf(text)
    assert (caught.value.reason, caught.value.column) == (reason, column)


def test_huge_attribute() -> None:
    """An attribute of thousands of digits is a QueryError too."""
    with pytest.raises(QueryError, match="is not two numbers like 1=4"):
        parse_pqf("@attr 1=" + "9" * 5000 + " x")


@pytest.mark.parametrize("text", ["@and " * 50 + "@attr 1=4 a " * 51, "@and @attr 1=4 a " * 50 + "@attr 1=4 a"])
def test_as_deep_as_allowed(text: str) -> None:
    """A query as deep as PQF allows can be sent and read at the other end."""
    query = parse_pqf(text)
    assert parse_pqf(to_pqf(query)) == query
    rpn = to_rpn(query)
    request = SearchRequest(
        small_set_upper_bound=0,
        large_set_lower_bound=1,
        medium_set_present_number=0,
        replace_indicator=True,
        result_set_name="default",
        database_names=("Default",),
        query=("type_1", rpn),
    )
    assert decode_apdu(encode_apdu(request)) == request


@pytest.mark.parametrize("levels", [51, 5000])
def test_too_deep(levels: int) -> None:
    """A query nested deeper than 50 operators is refused, not a RecursionError."""
    with pytest.raises(QueryError, match="a query nested deeper than 50"):
        parse_pqf("@and " * levels + "a " * (levels + 1))


def test_to_rpn() -> None:
    """The tree becomes the standard's: operands with attributes, operators with two structures."""
    query = And(Term("a", ((Use.TITLE, 4), (4, 1))), AndNot(ResultSet("s"), Term("b")))
    left = ("op", ("attr_term", AttributesPlusTerm(
        (AttributeElement(4, ("numeric", 4)), AttributeElement(4, ("numeric", 1))), ("general", b"a")
    )))  # fmt: skip
    right = RpnRpnOp(
        ("op", ("result_set", "s")),
        ("op", ("attr_term", AttributesPlusTerm((), ("general", b"b")))),
        ("not", None),
    )
    assert to_rpn(query) == RpnQuery(
        BIB1_ATTRIBUTES, ("rpn_rpn_op", RpnRpnOp(left, ("rpn_rpn_op", right), ("and", None)))
    )


@pytest.mark.parametrize(
    ("charset", "octets"), [("utf-8", "é日".encode()), ("latin-1", b"\xe9?"), ("ascii", b"??"), ("cp1255", b"??")]
)
def test_charset(charset: str, octets: bytes) -> None:
    """A term is encoded in the target's charset; what the charset lacks becomes a question mark."""
    assert to_rpn(Term("é日"), charset).rpn == ("op", ("attr_term", AttributesPlusTerm((), ("general", octets))))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (Term("a"), "a"),
        (Term("a b"), '"a b"'),
        (Term("@and"), '"@and"'),
        (Term('"'), '"\\""'),
        (Term("x", ((1, 4), (4, 2))), "@attr 1=4 @attr 4=2 x"),
        (Or(Term("a"), AndNot(Term("b"), ResultSet("r 1"))), '@or a @not b @set "r 1"'),
    ],
)
def test_print(query: Query, text: str) -> None:
    """PQF quotes only what must be."""
    assert to_pqf(query) == text
