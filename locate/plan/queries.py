"""Queries taken apart and put together again, for targets that refuse a part of them.

Decides what is left of a query without OR or without attributes, and which attributes a query uses. It knows no
citation and no target. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from locate.z3950.query import And, AndNot, Or, Query, ResultSet, Term

__all__ = ["RIGHT_TRUNCATION", "alternatives", "any_of", "minimal", "truncates", "uses_of"]

RIGHT_TRUNCATION = (5, 1)
"""Bib-1 attribute type truncation, right."""

_WORD_LIST = (4, 6)  # Bib-1 attribute type structure


def any_of(queries: Sequence[Query]) -> Query:
    """Join one or more queries by OR as a flat tree, since targets bound the depth of a query."""
    if len(queries) == 1:
        return queries[0]
    half = (len(queries) + 1) // 2
    return Or(any_of(queries[:half]), any_of(queries[half:]))


def uses_of(query: Query) -> list[int]:
    """Return the use attributes of a query, left to right, without repetition."""
    if isinstance(query, Term):
        return [value for kind, value in query.attributes if kind == 1 and isinstance(value, int)]
    if isinstance(query, ResultSet):
        return []
    return list(dict.fromkeys(uses_of(query.left) + uses_of(query.right)))


def truncates(query: Query) -> bool:
    """Say whether a term of the query is truncated on the right."""
    if isinstance(query, Term):
        return RIGHT_TRUNCATION in query.attributes
    return not isinstance(query, ResultSet) and (truncates(query.left) or truncates(query.right))


def minimal(query: Query) -> Query:
    """Return the query with use attributes only, for a target that refuses the others.

    A word list becomes its words joined by AND: without its structure attribute it would be taken for a phrase.
    """
    if isinstance(query, ResultSet):
        return query
    if not isinstance(query, Term):
        return replace(query, left=minimal(query.left), right=minimal(query.right))
    uses = tuple(pair for pair in query.attributes if pair[0] == 1)
    words = query.text.split() if _WORD_LIST in query.attributes else []
    terms: list[Query] = [replace(query, text=word, attributes=uses) for word in words]
    return reduce(And, terms or [replace(query, attributes=uses)])


def alternatives(query: Query) -> list[Query]:
    """Return the queries that together find what ``query`` finds, without OR, for a target that has no OR."""
    if isinstance(query, Or):
        return alternatives(query.left) + alternatives(query.right)
    if isinstance(query, And):
        return [And(left, right) for left in alternatives(query.left) for right in alternatives(query.right)]
    if isinstance(query, AndNot):
        return [reduce(AndNot, alternatives(query.right), left) for left in alternatives(query.left)]
    return [query]
