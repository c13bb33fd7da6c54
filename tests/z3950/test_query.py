"""PQF and the query tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from locate.z3950.apdu import (
    AttributeElement,
    AttributesPlusTerm,
    ComplexAttributeValue,
    ProximityOperator,
    RpnQuery,
    RpnRpnOp,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.oids import BIB1_ATTRIBUTES, PREFIX
from locate.z3950.query import (
    And,
    AndNot,
    Or,
    Prox,
    Query,
    QueryError,
    ResultSet,
    Term,
    Use,
    parse_pqf,
    to_pqf,
    to_rpn,
)
from tests.z3950.asking import SEARCH
from tests.z3950.strategies import queries, steady

EXP1 = f"{PREFIX}.3.2"


@steady
@given(queries)
def test_roundtrip(query: Query) -> None:
    """Printed PQF parses to the same tree."""
    assert parse_pqf(to_pqf(query)) == query


_FULL_TERMS = st.builds(
    Term,
    st.text(max_size=10),
    st.dictionaries(
        st.integers(1, 12),
        st.integers(0, 9999) | st.text(st.sampled_from('ab "=\\@é'), min_size=1, max_size=5),
        max_size=3,
    ).map(lambda found: tuple(found.items())),
    form=st.sampled_from(["general", "string"]),
)
_FULL_QUERIES: st.SearchStrategy[Query] = st.recursive(
    _FULL_TERMS
    | _FULL_TERMS.map(lambda term: replace(term, sets=tuple((kind, EXP1) for kind, _ in term.attributes[:2]))),
    lambda inner: st.builds(
        Prox,
        inner,
        inner,
        distance=st.integers(0, 99),
        ordered=st.booleans(),
        relation=st.integers(1, 6),
        unit=st.integers(1, 11),
        exclusion=st.none() | st.booleans(),
        private=st.booleans(),
    ),
    max_leaves=4,
)


@steady
@given(_FULL_QUERIES)
def test_roundtrip_of_the_rare_parts(query: Query) -> None:
    """So it does with proximity, named attribute values, other attribute sets and term types."""
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
        ("@term string @attr", Term("@attr", form="string")),
        ("@attr 1=31 @term numeric 1999", Term("1999", ((1, 31),), form="numeric")),
        ("@attr 1=title x", Term("x", ((1, "title"),))),
        ('@attr "1=my title" x', Term("x", ((1, "my title"),))),
        ("@attr 1=² x", Term("x", ((1, "²"),))),
        ("@attr 1=4 @and a @attr 1=7 b", And(Term("a", ((1, 4),)), Term("b", ((1, 7),)))),
        ("@attr exp1 1=1 x", Term("x", ((1, 1),), ((1, EXP1),))),
        ("@attr Exp-1 1=1 @attr 2=3 x", Term("x", ((1, 1), (2, 3)), ((1, EXP1), (2, EXP1)))),
        ("@attr exp-1 1=1 @attr bib-1 2=3 x", Term("x", ((1, 1), (2, 3)), ((1, EXP1),))),
        ("@attrset exp-1 @or @attr 1=1 x y", Or(Term("x", ((1, 1),), ((1, EXP1),)), Term("y"))),
        (f"@attr {EXP1} 1=1 x", Term("x", ((1, 1),), ((1, EXP1),))),
        ("@prox 0 3 1 2 k 2 a b", Prox(Term("a"), Term("b"), 3, ordered=True, exclusion=False)),
        ("@prox void 1 0 3 known 4 a b", Prox(Term("a"), Term("b"), relation=3, unit=4)),
        ("@prox 1 1 0 2 private 2 a b", Prox(Term("a"), Term("b"), exclusion=True, private=True)),
        ('"@and"', Term("@and")),
        ("@attrset bib-1 @attr 1=7 0123456789", Term("0123456789", ((1, 7),))),
        ("@attrset 1.2.840.10003.3.1 x", Term("x")),
        ("  a  ", Term("a")),
        ("a@b", Term("a@b")),
        ("@attr 1=4 {winter ice}", Term("winter ice", ((1, 4),))),
        ('{a "b\\} c}', Term('a "b} c')),
        ("@and {@or} {}", And(Term("@or"), Term(""))),
        ("a{b", Term("a{b")),
        ("winter\\ ice", Term("winter ice")),
        ("\\@and", Term("@and")),
        ('\\"a\\\\', Term('"a\\')),
        ("a\\", Term("a\\")),
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
        ("@and a {b", 8, "a brace that is not closed"),
        ('"a"b', 4, "'b' is left over; join terms with @and or put them in quotes"),
        ("@attr 4 x", 7, "attribute '4' is not of the form 1=4 or 1=title"),
        ("@attr 1= y", 7, "attribute '1=' is not of the form 1=4 or 1=title"),
        ("@attr x=1 y", 7, "attribute 'x=1' is not of the form 1=4 or 1=title"),
        ("@attr ²=1 y", 7, "attribute '²=1' is not of the form 1=4 or 1=title"),
        ("@attr 1=1234567890 y", 7, "attribute '1=1234567890' is not of the form 1=4 or 1=title"),
        ("@attr exp-1 x", 13, "attribute 'x' is not of the form 1=4 or 1=title"),
        ("@attr exp-1 1=4 @attr bib-1 1=5 x", 29, "attribute type 1 of two attribute sets in one term"),
        ("@attr", 6, "the query ends where an attribute such as 1=4 is expected"),
        ("@prox a b", 7, "'a' is no exclusion of @prox; it is one of 0, 1, void"),
        ("@prox 0 x", 9, "'x' is no distance of @prox; it is a number"),
        ("@prox 0 1 0 7", 13, "'7' is no relation of @prox; it is one of 1, 2, 3, 4, 5, 6"),
        ("@prox 0 1 0 2 z", 15, "'z' is no which-code of @prox; it is one of k, known, 1, p, private, 2"),
        ("@prox 0 1 0 2 k 2 a", 20, "the query ends where a search term is expected"),
        ("@and a @xyz", 8, "unknown operator @xyz"),
        ("@term null x", 7, "term type 'null' is not supported; general, string and numeric are"),
        ("@term numeric x", 15, "term 'x' is not a number of at most 9 digits"),
        ("@attrset", 9, "the query ends where an attribute set is expected"),
        ("@set", 5, "the query ends where a result set name is expected"),
    ],
)
def test_errors(text: str, column: int, reason: str) -> None:
    """What cannot be parsed is an error with a reason and the 1-based column."""
    with pytest.raises(QueryError) as caught:
        parse_pqf(text)
    assert (caught.value.reason, caught.value.column) == (reason, column)


@pytest.mark.parametrize("text", ["@attrset gilz x", "@attr gilz 1=4 x"])
def test_unknown_attribute_set(text: str) -> None:
    """An attribute set that has no name here is refused with the names that there are."""
    with pytest.raises(
        QueryError, match=r"attribute set 'gilz' is not known; known are bib-1, exp-1, .*zeerex"
    ) as caught:
        parse_pqf(text)
    assert caught.value.column == text.index("gilz") + 1


def test_huge_attribute() -> None:
    """An attribute of thousands of digits is a QueryError too."""
    with pytest.raises(QueryError, match="is not of the form 1=4"):
        parse_pqf("@attr 1=" + "9" * 5000 + " x")


@pytest.mark.parametrize("text", ["@and " * 50 + "@attr 1=4 a " * 51, "@and @attr 1=4 a " * 50 + "@attr 1=4 a"])
def test_as_deep_as_allowed(text: str) -> None:
    """A query as deep as PQF allows can be sent and read at the other end."""
    query = parse_pqf(text)
    assert parse_pqf(to_pqf(query)) == query
    rpn = to_rpn(query)
    request = replace(SEARCH, query=("type_1", rpn))
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
        (Prox(Term("a"), Term("b"), 3), "@prox void 3 0 2 known 2 a b"),
        (Term("5", ((1, "year"),), form="numeric"), "@attr 1=year @term numeric 5"),
        (Term("x", ((1, 1), (2, 3)), ((1, EXP1),)), "@attr exp-1 1=1 @attr bib-1 2=3 x"),
    ],
)
def test_print(query: Query, text: str) -> None:
    """PQF quotes only what must be."""
    assert to_pqf(query) == text


def _operand(term: Term) -> AttributesPlusTerm:
    operand = to_rpn(term).rpn[1][1]
    assert isinstance(operand, AttributesPlusTerm)
    return operand


def test_proximity_on_the_wire() -> None:
    """Proximity carries its parameters in the standard's order."""
    rpn = to_rpn(Prox(Term("a"), Term("b"), 3, ordered=True, relation=1, unit=4, exclusion=False)).rpn[1]
    assert rpn.op == ("prox", ProximityOperator(3, True, 1, ("known", 4), False))  # noqa: FBT003 - the standard's order


def test_named_attribute_values_on_the_wire() -> None:
    """A named value goes as the complex arm, a number as the numeric one."""
    assert _operand(Term("x", ((1, "title"), (4, 2)))).attributes == (
        AttributeElement(1, ("complex", ComplexAttributeValue((("text", "title"),)))),
        AttributeElement(4, ("numeric", 2)),
    )


@pytest.mark.parametrize(
    ("form", "sent"),
    [("general", ("general", b"12")), ("string", ("character_string", "12")), ("numeric", ("numeric", 12))],
)
def test_term_types_on_the_wire(form: str, sent: tuple[str, object]) -> None:
    """A term goes over the wire as the type that it is given."""
    assert _operand(Term("12", form=form)).term == sent


def test_the_query_names_its_own_set() -> None:
    """One attribute set is named once, for the whole query, as every version reads it; of two, each is named."""
    one = to_rpn(parse_pqf("@attrset exp-1 @and @attr 1=1 x @attr 1=3 y"))
    assert one.attribute_set == EXP1
    assert one.rpn[1].left[1][1].attributes == (AttributeElement(1, ("numeric", 1)),)
    two = to_rpn(parse_pqf("@and @attr exp-1 1=1 x @attr 1=4 y"))
    assert two.attribute_set == BIB1_ATTRIBUTES
    assert two.rpn[1].left[1][1].attributes == (AttributeElement(1, ("numeric", 1), EXP1),)
    assert two.rpn[1].right[1][1].attributes == (AttributeElement(1, ("numeric", 4)),)


def test_too_many_attributes_of_one_term() -> None:
    """Attributes pile up in front of a term, and those above an operator count for every term below: 100 at most."""
    assert parse_pqf("@attr 1=4 " * 100 + "x")
    for text in ("@attr 1=4 " * 101 + "x", "@attr 1=4 " * 60 + "@and a " + "@attr 2=3 " * 60 + "b"):
        with pytest.raises(QueryError, match="more than 100 attributes of one term"):
            parse_pqf(text)
