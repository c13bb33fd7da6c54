"""Queries: the tree, its type-1 form for the wire, and its text form PQF, in one place to import from.

``to_rpn`` decides how a term is encoded and which attribute set a query names as its own; the tree is in
`locate.z3950.querytree`, PQF in `locate.z3950.pqf`. Pure. Source: Z39.50-2003 Appendix 18 (RPNQuery).
"""

from __future__ import annotations

from collections.abc import Iterator

from locate.z3950.apdu import (
    AttributeElement,
    AttributesPlusTerm,
    ComplexAttributeValue,
    ProximityOperator,
    RpnQuery,
    RpnRpnOp,
)
from locate.z3950.oids import BIB1_ATTRIBUTES
from locate.z3950.pqf import parse_pqf, to_pqf
from locate.z3950.querytree import MAX_DEPTH, And, AndNot, Or, Prox, Query, QueryError, ResultSet, Term, Use

__all__ = [
    "MAX_DEPTH",
    "And",
    "AndNot",
    "Or",
    "Prox",
    "Query",
    "QueryError",
    "ResultSet",
    "Term",
    "Use",
    "parse_pqf",
    "to_pqf",
    "to_rpn",
]

_RPN_OPERATORS: dict[type, str] = {And: "and", Or: "or", AndNot: "not"}


def to_rpn(query: Query, charset: str = "utf-8", attribute_set: str = BIB1_ATTRIBUTES) -> RpnQuery:
    """Return the type-1 query. Terms are encoded in ``charset``; characters it lacks become "?".

    A set that all attributes of the query belong to becomes the query's own, which version 2 targets read too.
    """
    found = set(_sets(query))
    own = found.pop() if len(found) == 1 else None
    return RpnQuery(own or attribute_set, _structure(query, charset, own))


def _sets(query: Query) -> Iterator[str | None]:
    """Yield the attribute set of every attribute, None for the query's own."""
    if isinstance(query, Term):
        sets = dict(query.sets)
        yield from (sets.get(kind) for kind, _ in query.attributes)
    elif not isinstance(query, ResultSet):
        yield from _sets(query.left)
        yield from _sets(query.right)


def _structure(query: Query, charset: str, own_set: str | None) -> tuple[str, object]:
    if isinstance(query, Term):
        sets = {kind: oid for kind, oid in query.sets if oid != own_set}
        elements = tuple(AttributeElement(kind, _value(value), sets.get(kind)) for kind, value in query.attributes)
        return "op", ("attr_term", AttributesPlusTerm(elements, _term(query, charset)))
    if isinstance(query, ResultSet):
        return "op", ("result_set", query.name)
    operator: tuple[str, ProximityOperator | None]
    if isinstance(query, Prox):
        unit = ("private" if query.private else "known", query.unit)
        operator = "prox", ProximityOperator(query.distance, query.ordered, query.relation, unit, query.exclusion)
    else:
        operator = _RPN_OPERATORS[type(query)], None
    left, right = (_structure(side, charset, own_set) for side in (query.left, query.right))
    return "rpn_rpn_op", RpnRpnOp(left, right, operator)


def _value(value: int | str) -> tuple[str, object]:
    return ("numeric", value) if isinstance(value, int) else ("complex", ComplexAttributeValue((("text", value),)))


def _term(term: Term, charset: str) -> tuple[str, object]:
    if term.form == "numeric":
        return "numeric", int(term.text)
    if term.form == "string":
        return "character_string", term.text
    return "general", term.text.encode(charset, "replace")
