"""CCL, the Common Command Language, as much of it as PyZ3950 read: for scripts that come from there.

``au="Lem, Stanislaw" and ti=solaris``: qualifiers, relations, and, or, not of equal precedence, parentheses, words
that follow one another as one term. New queries are better written in CQL. What cannot be read is a QueryError with
the column, what was expected there, and the nearest known name. Pure.
Source: ISO 8777:1993; the qualifiers are PyZ3950's and four more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from locate.names import unknown_name
from locate.z3950.querytree import MAX_DEPTH, And, AndNot, Or, Query, QueryError, ResultSet, Term, Use

__all__ = ["parse_ccl"]

# Qualifier -> (type, value) of its Bib-1 attribute.
_QUALIFIERS: dict[str, tuple[int, int]] = {
    "ti": (1, Use.TITLE),
    "au": (1, Use.AUTHOR_NAME),
    "isbn": (1, Use.ISBN),
    "issn": (1, Use.ISSN),
    "lccn": (1, Use.LCCN),
    "su": (1, 21),
    "id": (1, Use.LOCAL_NUMBER),
    "date": (1, Use.DATE_OF_PUBLICATION),
    "any": (1, Use.ANY),
    "fif": (3, 1),
    "aif": (3, 3),
    "rtrunc": (5, 1),
    "notrunc": (5, 100),
}
_RELATIONS = {"<": 1, "<=": 2, "=": 3, ">=": 4, ">": 5, "<>": 6}
_OPERATORS: dict[str, type[And | Or | AndNot]] = {"and": And, "or": Or, "not": AndNot}
_TOKEN = re.compile(
    r"""(?P<blank>\s+) | (?P<pair>\([0-9]{1,9},[0-9]{1,9}\)) | (?P<symbol><=|>=|<>|[()=<>])
    | "(?P<string>[^"]*)" | (?P<open>") | (?P<word>[^\s()=<>"]+)""",
    re.VERBOSE,
)
_NAME = re.compile(r"\([0-9]+,[0-9]+\)|[^,]+")
_PAIR = re.compile(r"\(([0-9]+),([0-9]+)\)")


def parse_ccl(text: str) -> Query:
    """Parse CCL. A term without a qualifier is looked for anywhere (Bib-1 use attribute 1016).

    Qualifiers are named (ti, au, isbn, …) or written as (type,value), several joined by commas; ``set=name`` is a
    named result set. Raises QueryError.
    """
    parser = _Parser(text)
    query = parser.find(0)
    parser.expect_end()
    return query


@dataclass(frozen=True, slots=True)
class _Token:
    """A token: ``kind`` is word, string, pair (a qualifier in numbers), symbol or end; ``column`` is 1-based."""

    kind: str
    text: str
    column: int


class _Parser:
    """Recursive descent over the tokens; whether a word is a qualifier shows only behind it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._split())
        self._at = 0
        self._operators = 0

    def _split(self) -> Iterator[_Token]:
        for found in _TOKEN.finditer(self._text):
            kind = str(found.lastgroup)
            if kind == "open":
                raise QueryError("a quote that is not closed", text=self._text, column=found.start() + 1)
            if kind != "blank":
                yield _Token(kind, found[kind], found.start() + 1)
        yield _Token("end", "", len(self._text) + 1)

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _error(self, reason: str, token: _Token | None = None) -> QueryError:
        return QueryError(reason, text=self._text, column=(token or self._next).column)

    def find(self, depth: int) -> Query:
        """Read elements joined by operators, from left to right."""
        if depth > MAX_DEPTH:
            raise self._error(f"a query nested deeper than {MAX_DEPTH}")
        found = self._element(depth)
        while (operator := self._operator()) is not None:
            self._operators += 1
            if self._operators > MAX_DEPTH:
                raise self._error(f"a query of more than {MAX_DEPTH} operators")
            self._at += 1
            found = operator(found, self._element(depth))
        return found

    def _operator(self) -> type[And | Or | AndNot] | None:
        return _OPERATORS.get(self._next.text.lower()) if self._next.kind == "word" else None

    def _element(self, depth: int) -> Query:
        if self._next.kind == "symbol" and self._next.text == "(":
            self._at += 1
            found = self.find(depth + 1)
            if self._next.text != ")" or self._next.kind != "symbol":
                raise self._error("')' is expected")
            self._at += 1
            return found
        first = self._next
        qualifiers = self._qualifiers()
        if not qualifiers:
            return Term(self._value(), ((1, Use.ANY),))
        relation = self._tokens[self._at - 1].text
        if [name.lower() for name in qualifiers] == ["set"]:
            return ResultSet(self._value())
        attributes = [self._attribute(name, first) for name in qualifiers]
        if relation != "=":
            attributes.append((2, _RELATIONS[relation]))
        return Term(self._value(), tuple(attributes))

    def _qualifiers(self) -> list[str]:
        """Take the qualifiers and the relation behind them; take nothing and return none when there is no relation."""
        at, text = self._at, ""
        while self._tokens[at].kind in {"word", "pair"} and (not text or "," in (text[-1], self._tokens[at].text[0])):
            text += self._tokens[at].text
            at += 1
        relation = self._tokens[at]
        if not text or relation.kind != "symbol" or relation.text not in _RELATIONS:
            return []
        self._at = at + 1
        return _NAME.findall(text)

    def _attribute(self, name: str, first: _Token) -> tuple[int, int]:
        if pair := _PAIR.fullmatch(name):
            return int(pair[1]), int(pair[2])
        if name.lower() not in _QUALIFIERS:
            raise self._error(unknown_name("qualifier", name, _QUALIFIERS), first)
        return _QUALIFIERS[name.lower()]

    def _value(self) -> str:
        """Take the words up to an operator, a parenthesis or the end; they are one term."""
        words = []
        while self._next.kind in {"word", "string"} and self._operator() is None:
            words.append(self._next.text)
            self._at += 1
        if not words:
            raise self._error(f"a search term is expected{f', not {self._next.text!r}' if self._next.text else ''}")
        return " ".join(words)

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise self._error(f"{self._next.text!r} is left over; put text with such signs in quotes")
