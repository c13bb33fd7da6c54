"""The query tree: terms with attributes, named result sets, and the operators that join them.

What every notation of a query is read into, and what the wire's type-1 query is made from. Decides nothing, and knows
nothing of what an attribute means to a target. Pure.
Source: Z39.50-2003 §3.7 (type-1 query) and Appendix ATR (Bib-1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from locate.errors import LocateError

__all__ = ["MAX_DEPTH", "And", "AndNot", "Or", "Prox", "Query", "QueryError", "ResultSet", "Term", "Use", "set_names"]

MAX_DEPTH = 50
"""Operators above a term; with the APDU around it and the term inside, a query stays within ber.DEFAULT_MAX_DEPTH."""


class Use(IntEnum):
    """Bib-1 use attributes that a locate needs."""

    TITLE = 4
    ISBN = 7
    ISSN = 8
    LCCN = 9
    LOCAL_NUMBER = 12
    DATE_OF_PUBLICATION = 31
    AUTHOR_NAME = 1003
    STANDARD_IDENTIFIER = 1007
    ANY = 1016
    SYSTEM_CONTROL_NUMBER = 1211


class QueryError(LocateError):
    """A query text that cannot be parsed; ``column`` is 1-based."""

    def __init__(self, reason: str, *, text: str, column: int) -> None:
        self.reason = reason
        self.column = column
        super().__init__(f"{reason} at column {column} of the query {text!r}")


@dataclass(frozen=True, slots=True)
class Term:
    """A search term with its attributes, (type, value) pairs in order; a value is a number, or a text such as "title".

    ``sets`` names, as (type, dotted OID), the attribute set of the types that are not of the query's own set.
    ``form`` is how the term goes over the wire: "general" (octets, what targets expect), "string" or "numeric".
    """

    text: str
    attributes: tuple[tuple[int, int | str], ...] = ()
    sets: tuple[tuple[int, str], ...] = ()
    form: str = "general"


@dataclass(frozen=True, slots=True)
class ResultSet:
    """A named result set of the same Z-association as an operand."""

    name: str


@dataclass(frozen=True, slots=True)
class And:
    """Both."""

    left: Query
    right: Query


@dataclass(frozen=True, slots=True)
class Or:
    """Either."""

    left: Query
    right: Query


@dataclass(frozen=True, slots=True)
class AndNot:
    """The first without the second."""

    left: Query
    right: Query


@dataclass(frozen=True, slots=True)
class Prox:
    """Both, near each other: ``distance`` in ``unit`` (2 word, 3 sentence, 4 paragraph, 8 element), compared by
    ``relation`` (1 less than, 2 at most, 3 exactly, 4 at least, 5 more than, 6 not).

    ``ordered`` wants the left one first; ``exclusion`` True finds what is not so near, None leaves it unsaid;
    ``private`` says that the unit is the target's own. Source: Z39.50-2003 §3.7.2.
    """

    left: Query
    right: Query
    distance: int = 1
    ordered: bool = False
    relation: int = 2
    unit: int = 2
    exclusion: bool | None = None
    private: bool = False


Query = Term | ResultSet | And | Or | AndNot | Prox


def set_names(query: Query) -> Iterator[str]:
    """Give the names of the result sets that a query has as operands."""
    if isinstance(query, ResultSet):
        yield query.name
    elif not isinstance(query, Term):
        yield from set_names(query.left)
        yield from set_names(query.right)
