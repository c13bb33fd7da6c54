"""CQL, the Contextual Query Language, read into the query tree: for people at a command line and for scripts.

The part of CQL 1.2 that a Bib-1 target can carry out: ``dc.title all "winter ice" and date >= 1999``. Decides the
grammar; which attributes stand for what is in `locate.z3950.cql_bib1`. What is not supported is a QueryError with the
column, what was expected there, and the nearest known name. Pure.
Source: CQL 1.2 (Library of Congress): indexes, relations and modifiers, and, or, not and prox, of equal precedence.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from locate.names import nearest, shortened
from locate.z3950.cql_bib1 import (
    NAMED_RELATIONS,
    Refused,
    attributes_of,
    clause,
    modifier_attribute,
    unit_code,
    use_attribute,
)
from locate.z3950.querytree import MAX_DEPTH, And, AndNot, Or, Prox, Query, QueryError, ResultSet, Term, Use

__all__ = ["parse_cql"]

_TOKEN = re.compile(
    r"""(?P<blank>\s+) | (?P<symbol><=|>=|<>|==|[()=<>/]) | "(?P<string>(?:[^"\\]|\\.)*)"
    | (?P<open>") | (?P<word>(?:\\.|[^\s()=<>/"])+)""",
    re.VERBOSE | re.DOTALL,
)
_COMPARISONS = {"<": 1, "<=": 2, "=": 3, ">=": 4, ">": 5, "<>": 6}
_RELATION_SYMBOLS = frozenset({*_COMPARISONS, "=="})
_BOOLEANS: dict[str, type[And | Or | AndNot | Prox]] = {"and": And, "or": Or, "not": AndNot, "prox": Prox}
_RESULT_SET = frozenset({"resultsetid", "cql.resultsetid"})
_JOIN = "join terms with and, or, not or prox, or put words that belong together in quotes"


def parse_cql(text: str) -> Query:
    """Parse CQL. A term without an index is looked for anywhere (Bib-1 use attribute 1016). Raises QueryError.

    ``all`` and ``any`` become their words joined by and, or; ``within "a b"`` becomes >= a and <= b;
    ``cql.resultSetId = name`` names a result set. Names and keywords are read without regard to case.
    """
    parser = _Parser(text)
    query = parser.query(0)
    parser.expect_end()
    return query


@dataclass(frozen=True, slots=True)
class _Token:
    """A token: ``kind`` is word, string (its text without the quotes), symbol or end; ``column`` is 1-based."""

    kind: str
    text: str
    column: int

    @property
    def keyword(self) -> str:
        """The text in lower case when it is a bare word, else ""."""
        return self.text.lower() if self.kind == "word" else ""

    def is_symbol(self, *symbols: str) -> bool:
        return self.kind == "symbol" and self.text in symbols


class _Parser:
    """Recursive descent with one token of look-ahead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._operators = 0
        self._tokens = self._split()
        self._token = next(self._tokens)

    def _split(self) -> Iterator[_Token]:
        for found in _TOKEN.finditer(self._text):
            kind = str(found.lastgroup)
            if kind == "open":
                raise QueryError("a quote that is not closed", text=self._text, column=found.start() + 1)
            if kind != "blank":
                yield _Token(kind, found[kind], found.start() + 1)
        end = len(self._text) + 1
        while True:
            yield _Token("end", "", end)

    def _take(self) -> _Token:
        taken, self._token = self._token, next(self._tokens)
        return taken

    def _error(self, reason: str, token: _Token | None = None) -> QueryError:
        return QueryError(reason, text=self._text, column=(token or self._token).column)

    @contextlib.contextmanager
    def _at(self, token: _Token) -> Iterator[None]:
        """Turn a refusal inside the block into an error at ``token``."""
        try:
            yield
        except Refused as refused:
            raise self._error(str(refused), token) from None

    # ---- grammar

    def query(self, depth: int) -> Query:
        """Read clauses joined by booleans, from left to right."""
        if depth > MAX_DEPTH:
            raise self._error(f"a query nested deeper than {MAX_DEPTH}")
        found = self._clause(depth)
        while (boolean := self._token.keyword) in _BOOLEANS:
            self._count(self._take(), 1)
            join = self._proximity() if boolean == "prox" else self._plain(boolean)
            found = join(found, self._clause(depth))
        return found

    def _count(self, token: _Token, operators: int) -> None:
        self._operators += operators
        if self._operators > MAX_DEPTH:
            raise self._error(f"a query of more than {MAX_DEPTH} operators; the words of any and all count too", token)

    def _plain(self, boolean: str) -> Callable[[Query, Query], Query]:
        if self._token.is_symbol("/"):
            raise self._error(f"a modifier of {boolean}, which is not supported; only prox may have some")
        return _BOOLEANS[boolean]

    def _clause(self, depth: int) -> Query:
        if self._token.is_symbol("("):
            self._take()
            found = self.query(depth + 1)
            if not self._token.is_symbol(")"):
                raise self._left_over() if self._token.kind != "end" else self._error("')' is missing")
            self._take()
            return found
        if self._token.is_symbol(">"):
            raise self._error("a prefix assignment, which is not supported; the prefixes dc, bath, rec and cql are set")
        if self._token.keyword in {*_BOOLEANS, "sortby"}:
            raise self._error(f"a search term or an index is expected, not {self._token.text!r}")
        first = self._term("a search term or an index")
        if not self._at_relation():
            with self._at(first):
                return clause({1: Use.ANY}, "=", first.text)
        return self._related(first)

    def _at_relation(self) -> bool:
        return self._token.is_symbol(*_RELATION_SYMBOLS) or _relation(self._token) in NAMED_RELATIONS

    def _related(self, index: _Token) -> Query:
        relation_token = self._take()
        relation = relation_token.text if relation_token.kind == "symbol" else _relation(relation_token)
        modifiers = list(self._modifiers())
        term = self._term("a search term")
        if index.text.lower() in _RESULT_SET:
            if relation not in {"=", "=="} or modifiers:
                raise self._error("a result set is named with = and no modifier", relation_token)
            return ResultSet(term.text)
        with self._at(index):
            use = use_attribute(index.text)
        with self._at(relation_token):
            attributes = attributes_of(use, relation, modifiers)
        with self._at(term):
            found = clause(attributes, relation, term.text)
        self._count(term, _operators_of(found))
        return found

    def _term(self, expected: str) -> _Token:
        if self._token.kind in {"word", "string"}:
            return self._take()
        if self._token.kind == "end":
            raise self._error(f"the query ends where {expected} is expected")
        raise self._error(f"{expected} is expected, not {self._token.text!r}; put text with such signs in quotes")

    def _modifiers(self) -> Iterator[tuple[int, int]]:
        for name, comparison, _ in self._modifier_list():
            if comparison:
                raise self._error(f"a value of the modifier {name.text}, which is not supported", comparison)
            with self._at(name):
                attribute = modifier_attribute(name.text)
            if attribute is not None:
                yield attribute

    def _modifier_list(self) -> Iterator[tuple[_Token, _Token | None, _Token | None]]:
        """Yield each modifier's name, and its comparison and value when it has them."""
        while self._token.is_symbol("/"):
            self._take()
            name = self._term("the name of a modifier")
            if self._token.is_symbol(*_RELATION_SYMBOLS):
                comparison = self._take()
                yield name, comparison, self._term("the value of the modifier")
            else:
                yield name, None, None

    def _proximity(self) -> Callable[[Query, Query], Query]:
        relation, distance, unit, ordered = 2, None, 2, False
        for name, comparison, value in self._modifier_list():
            keyword = name.text.lower()
            if keyword == "distance" and comparison and value and comparison.text in _COMPARISONS:
                if not re.fullmatch("[0-9]{1,9}", value.text):
                    raise self._error(f"the distance {shortened(value.text)} is not a number", value)
                relation, distance = _COMPARISONS[comparison.text], int(value.text)
            elif keyword == "unit" and comparison and value and comparison.text == "=":
                with self._at(value):
                    unit = unit_code(value.text)
            elif keyword in {"ordered", "unordered"} and comparison is None:
                ordered = keyword == "ordered"
            else:
                raise self._error("a modifier of prox is one of distance<=3, unit=word, ordered, unordered", name)
        near = distance if distance is not None else int(unit == 2)  # CQL 1.2: the next word, or the same sentence
        return lambda left, right: Prox(left, right, near, ordered, relation, unit, exclusion=False)

    # ---- the end

    def expect_end(self) -> None:
        if self._token.kind != "end":
            raise self._left_over()

    def _left_over(self) -> QueryError:
        token = self._token
        if token.keyword == "sortby":
            return self._error("sortby, which a search cannot carry out; sort the result set after the search")
        if token.is_symbol(")"):
            return self._error("')' without '('")
        if token.is_symbol("/"):
            return self._error("a modifier where none can stand; put text with '/' in quotes")
        meant = nearest(token.keyword, (*_BOOLEANS, *NAMED_RELATIONS)) if token.keyword else None
        return self._error(f"{token.text!r} is left over; " + (f"did you mean {meant!r}?" if meant else _JOIN))


def _relation(token: _Token) -> str:
    return token.keyword.removeprefix("cql.")


def _operators_of(query: Query) -> int:
    """Return how many operators join the terms of a clause."""
    count = 0
    while not isinstance(query, Term | ResultSet):
        query, count = query.left, count + 1
    return count
