"""PQF, CQL and CCL mean here what they mean to YAZ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.z3950.ccl import parse_ccl
from locate.z3950.cql import parse_cql
from locate.z3950.query import Query, QueryError, ResultSet, Term, parse_pqf
from tests.peers.libyaz import read_ccl, read_cql, read_pqf
from tests.peers.requirements import peers_or_skip

pytestmark = pytest.mark.peers

# What YAZ's properties add to every term: equal, anywhere, phrase or word, not truncated, incomplete subfield.
_ASSUMED = {(2, 3), (3, 3), (4, 1), (4, 2), (4, 6), (4, 105), (4, 108), (5, 100), (6, 1)}


def normal(query: Query, *, without: frozenset[tuple[int, int | str]] = frozenset()) -> Query:
    """Return a query with the attributes of each term in the order of their types."""
    if isinstance(query, Term):
        attributes = tuple(sorted(set(query.attributes) - without, key=str))
        return replace(query, attributes=attributes, sets=tuple(sorted(query.sets)))
    if isinstance(query, ResultSet):
        return query
    return replace(query, left=normal(query.left, without=without), right=normal(query.right, without=without))


@pytest.mark.parametrize(
    "pqf",
    [
        "x",
        '"a \\"b\\" c"',
        "@attr 1=4 x",
        "@attr 1=4 @attr 4=6 @and a @attr 1=7 @or b c",
        "@not @set one @attr 1=title x",
        "@attrset exp-1 @attr 1=1 x",
        "@attr Exp1 1=1 @attr 2=3 x",
        "@attr gils 1=1 @and x @attr bib-1 1=4 y",
        "@attr exp-1 1=1 @attr bib-1 2=3 x",
        "@attr 1.2.840.10003.3.18 1=4 x",
        "@prox 0 3 1 2 k 2 a b",
        "@prox 1 3 0 2 private 7 a b",
        "@term numeric 5",
        "@attr 1=4 @term string x",
        "@and @attr 1=4 {winter ice} {}",
        '{a "b" c}',
        '"@and"',
        "winter\\ ice",
        '\\"a\\\\b',
    ],
)
def test_pqf(pqf: str) -> None:
    """What YAZ prints of a query it has parsed is the query that is parsed here."""
    with peers_or_skip():
        printed = read_pqf(pqf)
    assert printed is not None
    assert normal(parse_pqf(printed)) == normal(parse_pqf(pqf))


@pytest.mark.parametrize("pqf", ["", "@and a", "@attr 4 x", "@attr exq 1=4 x", "@prox a b", "a b", "@xyz a"])
def test_no_pqf(pqf: str) -> None:
    """What YAZ cannot parse is refused here."""
    with peers_or_skip():
        assert read_pqf(pqf) is None
    with pytest.raises(QueryError):
        parse_pqf(pqf)


@pytest.mark.parametrize(
    "cql",
    [
        "ice",
        '"winter ice"',
        "title = ice",
        "dc.title = ice",
        "creator = x",
        "dc.subject = x",
        "dc.publisher = x",
        "dc.editor = x",
        "dc.language = x",
        "dc.description = x",
        "dc.resourceType = x",
        "dc.format = x",
        "dc.source = x",
        "dc.resourceIdentifier = x",
        "rec.id = x",
        "bath.isbn = x",
        "bath.issn = x",
        "bath.name = x",
        "bath.personalName = x",
        "bath.corporateName = x",
        "bath.conferenceName = x",
        "bath.uniformTitle = x",
        "bath.keyTitle = x",
        "bath.topicalSubject = x",
        "bath.genreForm = x",
        "bath.geographicName = x",
        "bath.notes = x",
        "bath.possessingInstitution = x",
        "cql.serverChoice = x",
        'title any "a b"',
        'title all "a b"',
        "title = and",
        "a and b or c not d",
        "a or (b and c)",
        "title > 5 and title <> 6",
        "title < 5 or title <= 5 or title >= 6",
        "title = a*",
        "title = *a",
        "title = *a*",
        "title = a?b",
        "title = a?b*c",
        r"title = a\*b",
        'title = "^a"',
        'title any "^a b*"',
        "title =/stem x",
        "title =/relevant x",
        "title =/phonetic x",
        "title =/fuzzy x",
        "title =/regexp x",
        "a prox b",
        "a prox/unit=sentence/distance<3/ordered b",
        "a prox/distance=2 b",
    ],
)
def test_cql(cql: str) -> None:
    """The same indexes, relations, masks and booleans give the same attributes, but for those that every target
    assumes.
    """
    with peers_or_skip():
        printed = read_cql(cql)
    assert printed is not None
    assumed = frozenset(_ASSUMED)
    assert normal(parse_cql(cql), without=assumed) == normal(parse_pqf(printed), without=assumed)


@pytest.mark.parametrize("cql", ["", "(a", "a)", "a and", "title =", "nosuchindex = x", "title =/nosuch x"])
def test_no_cql(cql: str) -> None:
    """What YAZ refuses is refused here."""
    with peers_or_skip():
        assert read_cql(cql) is None
    with pytest.raises(QueryError):
        parse_cql(cql)


@pytest.mark.parametrize(
    "ccl",
    [
        "isbn=0253333490",
        'ti="1066 and all that"',
        "au=Gould, Stephen Jay",
        "winter ice",
        "a or b and c",
        "ti=a not (au=b or c)",
        "set=mine",
    ],
)
def test_ccl(ccl: str) -> None:
    """CCL with the same qualifiers is the same query."""
    with peers_or_skip():
        printed = read_ccl(ccl, {"ti": "1=4", "au": "1=1003", "isbn": "1=7", "term": "1=1016"})
    assert printed is not None
    assert normal(parse_ccl(ccl)) == normal(parse_pqf(printed))
