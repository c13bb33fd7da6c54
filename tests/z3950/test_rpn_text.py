"""Type-1 queries in the words of PQF."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from locate.z3950.apdu import AttributeElement, AttributesPlusTerm, ResultSetPlusAttributes, RpnQuery
from locate.z3950.oids import BIB1_ATTRIBUTES, PREFIX
from locate.z3950.query import Query, parse_pqf, to_rpn
from locate.z3950.rpn_text import rpn_text, term_text
from tests.z3950.strategies import queries, rpn_queries, steady


@pytest.mark.parametrize(
    "pqf",
    [
        "history",
        "@attr 1=4 history",
        '@and @attr 1=4 "on the river" @not @attr 1=1003 smith @set earlier',
        "@prox 0 1 1 2 known 2 a b",
        "@prox void 3 0 3 private 9 a b",
        "@attr 1=title x",
        "@attr exp-1 1=1 x",
    ],
)
def test_a_query_reads_as_it_was_written(pqf: str) -> None:
    """A query that PQF can say is shown so that it can be sent again."""
    shown = rpn_text(to_rpn(parse_pqf(pqf)))
    assert to_rpn(parse_pqf(shown)) == to_rpn(parse_pqf(pqf))


@steady
@given(queries)
def test_every_query_is_shown(query: Query) -> None:
    """The text of a query is one line that begins with its operator, if it has one."""
    shown = rpn_text(to_rpn(query))
    assert "\n" not in shown
    assert shown.startswith(("@", '"')) or " " not in shown


@steady
@given(rpn_queries)
def test_nothing_is_too_strange(query: RpnQuery) -> None:
    """Whatever can be decoded can be shown."""
    assert rpn_text(query)


def test_what_pqf_has_no_words_for() -> None:
    """A restricted result set, another attribute set and an unknown arm are named."""
    element = AttributeElement(1, ("numeric", 4))
    restricted = ("op", ("result_attr", ResultSetPlusAttributes("earlier", (element,))))
    assert rpn_text(RpnQuery(BIB1_ATTRIBUTES, restricted)) == "@attr 1=4 @set earlier"
    other = ("op", ("attr_term", AttributesPlusTerm((element,), ("general", b"x"))))
    assert rpn_text(RpnQuery(f"{PREFIX}.3.5", other)) == "@attrset GILS @attr 1=4 x"
    assert rpn_text(("other", None)) == "other"


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        (("general", b"river"), "river"),
        (("general", "Übung".encode()), "Übung"),
        (("general", b"\xdcbung"), "Übung"),
        (("general", b'a "b"\n'), r'"a \"b\"\n"'),
        (("general", b""), '""'),
        (("numeric", 42), "42"),
        (("oid", "1.2.3"), "1.2.3"),
        (("null", None), "(null)"),
    ],
)
def test_terms(term: tuple[str, Any], shown: str) -> None:
    """A term is shown as text, quoted where it must be; one that is no text is named."""
    assert term_text(term) == shown
