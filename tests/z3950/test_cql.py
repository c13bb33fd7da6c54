"""CQL into the query tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from locate.z3950.apdu import decode_apdu, encode_apdu
from locate.z3950.cql import parse_cql
from locate.z3950.cql_bib1 import INDEXES
from locate.z3950.query import Or, QueryError, ResultSet, Term, parse_pqf, to_pqf, to_rpn
from tests.z3950.asking import SEARCH
from tests.z3950.strategies import steady

JOIN = "join terms with and, or, not or prox, or put words that belong together in quotes"


@pytest.mark.parametrize(
    ("cql", "pqf"),
    [
        # terms
        ("ice", "@attr 1=1016 ice"),
        ('"winter ice"', '@attr 1=1016 "winter ice"'),
        (r'"a \"b\" \\ c"', r'@attr 1=1016 "a \"b\" \\ c"'),
        (r"title = a\*b\?\^", "@attr 1=4 a*b?^"),
        ("title = and", "@attr 1=4 and"),
        ("  ice  ", "@attr 1=1016 ice"),
        # indexes
        ("title = ice", "@attr 1=4 ice"),
        ("TITLE=ice", "@attr 1=4 ice"),
        ("dc.creator = x", "@attr 1=1003 x"),
        ("isbn = 0198534531", "@attr 1=7 0198534531"),
        ("bath.issn = 0378-5955", "@attr 1=8 0378-5955"),
        ("rec.id = 12", "@attr 1=12 12"),
        ("cql.serverChoice = x", "@attr 1=1016 x"),
        ('"dc.title" = x', "@attr 1=4 x"),
        ("cql.resultSetId = mine", "@set mine"),
        # relations
        ("title == x", "@attr 1=4 @attr 3=1 @attr 4=1 @attr 6=3 x"),
        ("title exact x", "@attr 1=4 @attr 3=1 @attr 4=1 @attr 6=3 x"),
        ("isbn == 1", "@attr 1=7 1"),
        ('title adj "a b"', '@attr 1=4 @attr 4=1 "a b"'),
        ("title scr x", "@attr 1=4 x"),
        ('title cql.any "a b"', "@or @attr 1=4 a @attr 1=4 b"),
        ('title all "a b c"', "@and @and @attr 1=4 a @attr 1=4 b @attr 1=4 c"),
        ("title any a", "@attr 1=4 a"),
        ("any any a", "@attr 1=1016 a"),
        ("date < 1990", "@attr 1=31 @attr 2=1 1990"),
        ("date <= 1990", "@attr 1=31 @attr 2=2 1990"),
        ("date >= 1990", "@attr 1=31 @attr 2=4 1990"),
        ("date > 1990", "@attr 1=31 @attr 2=5 1990"),
        ("date <> 1990", "@attr 1=31 @attr 2=6 1990"),
        ('date within "1990 2000"', "@and @attr 1=31 @attr 2=4 1990 @attr 1=31 @attr 2=2 2000"),
        # relation modifiers
        ("title =/stem x", "@attr 1=4 @attr 2=101 x"),
        ("title = / cql.relevant /word x", "@attr 1=4 @attr 2=102 @attr 4=2 x"),
        ("title =/ignoreCase/masked x", "@attr 1=4 x"),
        ('title =/unmasked "a*b?"', "@attr 1=4 @attr 5=100 a*b?"),
        ('title =/regexp "a.*"', "@attr 1=4 @attr 5=102 a.*"),
        ('title any/fuzzy "a b"', "@or @attr 1=4 @attr 5=103 a @attr 1=4 @attr 5=103 b"),
        # masks and anchors
        ("title = wint*", "@attr 1=4 @attr 5=1 wint"),
        ("title = *nter", "@attr 1=4 @attr 5=2 nter"),
        ("title = *nt*", "@attr 1=4 @attr 5=3 nt"),
        ("title = w*r", "@attr 1=4 @attr 5=101 w#r"),
        ("title = *n*r*", "@attr 1=4 @attr 5=101 #n#r#"),
        ("title = w?nt*", "@attr 1=4 @attr 5=104 w#nt?"),
        ('title any "wint* ice"', "@or @attr 1=4 @attr 5=1 wint @attr 1=4 ice"),
        ('title = "^winter ice"', '@attr 1=4 @attr 3=1 "winter ice"'),
        ('title = "^winter^"', "@attr 1=4 @attr 3=1 @attr 6=3 winter"),
        ('title = "^wint*"', "@attr 1=4 @attr 3=1 @attr 5=1 wint"),
        ("title = a^b", "@attr 1=4 a^b"),
        # booleans, from left to right
        ("a and b", "@and @attr 1=1016 a @attr 1=1016 b"),
        ("a OR b Not c", "@not @or @attr 1=1016 a @attr 1=1016 b @attr 1=1016 c"),
        ("a or (b and c)", "@or @attr 1=1016 a @and @attr 1=1016 b @attr 1=1016 c"),
        ("((a))", "@attr 1=1016 a"),
        ("title=a and author=b", "@and @attr 1=4 a @attr 1=1003 b"),
        # proximity
        ("a prox b", "@prox 0 1 0 2 known 2 @attr 1=1016 a @attr 1=1016 b"),
        ("a prox/unit=sentence b", "@prox 0 0 0 2 known 3 @attr 1=1016 a @attr 1=1016 b"),
        ("a prox/distance<3/unit=word/ordered b", "@prox 0 3 1 1 known 2 @attr 1=1016 a @attr 1=1016 b"),
        ("a prox/unordered/distance=0/unit=element b", "@prox 0 0 0 3 known 8 @attr 1=1016 a @attr 1=1016 b"),
    ],
)  # fmt: skip
def test_parse(cql: str, pqf: str) -> None:
    """Each part of CQL becomes the attributes that Bib-1 has for it, and no others."""
    assert parse_cql(cql) == parse_pqf(pqf)


@pytest.mark.parametrize(
    ("cql", "column", "reason"),
    [
        ("", 1, "the query ends where a search term or an index is expected"),
        ("a or", 5, "the query ends where a search term or an index is expected"),
        ("title =", 8, "the query ends where a search term is expected"),
        ("title = )", 9, "a search term is expected, not ')'; put text with such signs in quotes"),
        ("and b", 1, "a search term or an index is expected, not 'and'"),
        ("a and or", 7, "a search term or an index is expected, not 'or'"),
        ("a b", 3, f"'b' is left over; {JOIN}"),
        ("a prx b", 3, "'prx' is left over; did you mean 'prox'?"),
        ('title withn "1 2"', 7, "'withn' is left over; did you mean 'within'?"),
        ("(a", 3, "')' is missing"),
        ("(a b)", 4, f"'b' is left over; {JOIN}"),
        ("a)", 2, "')' without '('"),
        ("1990/2000", 5, "a modifier where none can stand; put text with '/' in quotes"),
        ('x and "y', 7, "a quote that is not closed"),
        ("a sortby date", 3, "sortby, which a search cannot carry out; sort the result set after the search"),
        ("> dc = x", 1, "a prefix assignment, which is not supported; the prefixes dc, bath, rec and cql are set"),
        ("a and/rel x", 6, "a modifier of and, which is not supported; only prox may have some"),
        ("ibsn = 1", 1, "unknown index 'ibsn'; did you mean 'isbn'?"),
        ("dc.tittle = 1", 1, "unknown index 'dc.tittle'; did you mean 'dc.title'?"),
        ("dc.isbn = 1", 1, "the context set 'dc' has no index 'isbn'; did you mean 'isbn' without it?"),
        ("marc.title = 1", 1, "unknown context set 'marc'; known: bath, cql, dc, rec, srw"),
        ("a and title =/stam x", 15, "unknown relation modifier 'stam'; did you mean 'stem'?"),
        ("title =/fuzzy=2 x", 14, "a value of the modifier fuzzy, which is not supported"),
        ("title =/", 9, "the query ends where the name of a modifier is expected"),
        ("date </stem x", 6, "two relation attributes (1 and 101) are asked for in one term"),
        ("date within 1990", 13, 'within takes two bounds in quotes, such as "1990 2000"'),
        ('title = ""', 9, "an empty term"),
        ("title = *", 9, "a term of nothing but masks and anchors"),
        ("title = ^", 9, "a term of nothing but masks and anchors"),
        ("title = a^", 9, 'Bib-1 cannot anchor a term at the end of a field alone; "^…^" asks for the complete field'),
        ("title = c#*m", 9, "'#' and '?' cannot stand for themselves in a term with masks inside"),
        ("resultSetId any x", 13, "a result set is named with = and no modifier"),
        ("a prox/unit=wrod b", 13, "unknown unit of proximity 'wrod'; did you mean 'word'?"),
        ("a prox/distance<=x b", 18, "the distance 'x' is not a number"),
        ("a prox/near b", 8, "a modifier of prox is one of distance<=3, unit=word, ordered, unordered"),
        ("a prox/distance b", 8, "a modifier of prox is one of distance<=3, unit=word, ordered, unordered"),
    ],
)  # fmt: skip
def test_errors(cql: str, column: int, reason: str) -> None:
    """What is not CQL, or has no counterpart, is an error with its column, what was expected, and the nearest name."""
    with pytest.raises(QueryError) as caught:
        parse_cql(cql)
    assert (caught.value.reason, caught.value.column) == (reason, column)


def test_a_blank_term() -> None:
    """A term of blanks is as empty as one of no characters, with any relation."""
    for relation in ("=", "any", "=="):
        with pytest.raises(QueryError, match="an empty term"):
            parse_cql(f'title {relation} "  "')


@pytest.mark.parametrize("index", sorted(INDEXES))
def test_every_index(index: str) -> None:
    """Every index of the table can be searched, and its attribute comes first."""
    term = parse_cql(f"{index} = x")
    assert isinstance(term, Term)
    assert term.attributes == ((1, INDEXES[index]),)


def test_a_set_name_keeps_its_case() -> None:
    """The name of a result set is the caller's own."""
    assert parse_cql("cql.resultSetId == Mine or x") == Or(ResultSet("Mine"), Term("x", ((1, 1016),)))


@pytest.mark.parametrize(
    "cql",
    [" and ".join(["a"] * 51), 'title any "' + "a " * 51 + '"', "a or " * 24 + 'title all "' + "a " * 27 + '"'],
)
def test_as_large_as_allowed(cql: str) -> None:
    """A query with as many operators as allowed can be sent and read at the other end."""
    request = replace(SEARCH, query=("type_1", to_rpn(parse_cql(cql))))
    assert decode_apdu(encode_apdu(request)) == request


@pytest.mark.parametrize(
    "cql", [" and ".join(["a"] * 52), 'title any "' + "a " * 52 + '"', "(" * 60 + "a" + ")" * 60, "(" * 5000]
)
def test_too_large(cql: str) -> None:
    """More operators or deeper nesting is refused, and is not a RecursionError."""
    with pytest.raises(QueryError, match=r"more than 50 operators|nested deeper than 50"):
        parse_cql(cql)


_PARTS = st.sampled_from(
    (
        *("title", "dc.date", "any", "all", "within", "and", "or", "not", "prox", "stem", "unit", "sortby"),
        *("(", ")", "=", "==", "<", "/", "a", "a*", "^a", "?", "#", '"a b"', '"', "\\", "1990", " ", "é"),
    )
)


@steady
@given(st.lists(_PARTS, max_size=12).map(" ".join) | st.text(max_size=30))
def test_any_text(text: str) -> None:
    """Any text is a query, which PQF can print, or a QueryError with a column inside the text or just behind it."""
    try:
        query = parse_cql(text)
    except QueryError as error:
        assert 1 <= error.column <= len(text) + 1  # noqa: PT017 - an error is as good an outcome as a tree
    else:
        assert parse_pqf(to_pqf(query)) == query
