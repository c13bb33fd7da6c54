"""The query tree: Bib-1 attributes and terms joined by operators, and its text form PQF.

PQF (prefix query format) is the notation of YAZ and of every Z39.50 tool: ``@and @attr 1=4 history @attr 1=1003
"smith, j"``. Parsing gives the tree or a QueryError with the column; printing gives text that parses to the same tree.
Pure. Source: Z39.50-2003 Appendix ATR (Bib-1), YAZ's PQF grammar.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from locate.errors import LocateError
from locate.z3950.apdu import AttributeElement, AttributesPlusTerm, RpnQuery, RpnRpnOp
from locate.z3950.oids import BIB1_ATTRIBUTES

__all__ = ["And", "AndNot", "Or", "Query", "QueryError", "ResultSet", "Term", "Use", "parse_pqf", "to_pqf", "to_rpn"]

_MAX_DEPTH = 50  # with the APDU around it and the term inside, a query stays within ber.DEFAULT_MAX_DEPTH
_MAX_DIGITS = 9  # of an attribute type or value


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
    """PQF text that cannot be parsed; ``column`` is 1-based."""

    def __init__(self, reason: str, *, text: str, column: int) -> None:
        self.reason = reason
        self.column = column
        super().__init__(f"{reason} at column {column} of the query {text!r}")


@dataclass(frozen=True, slots=True)
class Term:
    """A search term with its attributes, (type, value) pairs in order."""

    text: str
    attributes: tuple[tuple[int, int], ...] = ()


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


Query = Term | ResultSet | And | Or | AndNot
_OPERATORS: dict[str, type[And | Or | AndNot]] = {"@and": And, "@or": Or, "@not": AndNot}
_RPN_OPERATORS = {And: "and", Or: "or", AndNot: "not"}


def to_rpn(query: Query, charset: str = "utf-8", attribute_set: str = BIB1_ATTRIBUTES) -> RpnQuery:
    """Return the type-1 query. Terms are encoded in ``charset``; characters it lacks become "?"."""
    return RpnQuery(attribute_set, _structure(query, charset))


def _structure(query: Query, charset: str) -> tuple[str, object]:
    if isinstance(query, Term):
        elements = tuple(AttributeElement(kind, ("numeric", value)) for kind, value in query.attributes)
        return "op", ("attr_term", AttributesPlusTerm(elements, ("general", query.text.encode(charset, "replace"))))
    if isinstance(query, ResultSet):
        return "op", ("result_set", query.name)
    operator = (_RPN_OPERATORS[type(query)], None)
    return "rpn_rpn_op", RpnRpnOp(_structure(query.left, charset), _structure(query.right, charset), operator)


def to_pqf(query: Query) -> str:
    """Print a query as PQF."""
    if isinstance(query, Term):
        return " ".join([*(f"@attr {kind}={value}" for kind, value in query.attributes), _quote(query.text)])
    if isinstance(query, ResultSet):
        return f"@set {_quote(query.name)}"
    return f"@{_RPN_OPERATORS[type(query)]} {to_pqf(query.left)} {to_pqf(query.right)}"


def _quote(text: str) -> str:
    if text and not any(c in ' "\\{}()' or c.isspace() for c in text) and not text.startswith("@"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def parse_pqf(text: str) -> Query:
    """Parse PQF: @and, @or, @not, @attr type=value, @set, @term general, quoted and bare terms.

    @attrset bib-1 is accepted in front. Attributes before an operator apply to the terms below it, as in YAZ.
    Raises QueryError.
    """
    parser = _Parser(text)
    if parser.take_word("@attrset"):
        name, column = parser.token("an attribute set")
        if name.lower() not in {"bib-1", "bib1", BIB1_ATTRIBUTES}:
            raise parser.error(f"attribute set {name!r} is not supported; only bib-1 is", column)
    query = parser.structure((), 0)
    parser.expect_end()
    return query


class _Parser:
    """Recursive descent over PQF tokens."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pos = 0

    def error(self, reason: str, column: int | None = None) -> QueryError:
        return QueryError(reason, text=self._text, column=column or self._pos + 1)

    def structure(self, attributes: tuple[tuple[int, int], ...], depth: int) -> Query:
        if depth > _MAX_DEPTH:
            raise self.error(f"a query nested deeper than {_MAX_DEPTH}")
        while self.take_word("@attr"):
            attributes = (*attributes, self._attribute())
        word, column = self._peek()
        if word in _OPERATORS:
            self.token("")
            left = self.structure(attributes, depth + 1)
            return _OPERATORS[word](left, self.structure(attributes, depth + 1))
        if self.take_word("@set"):
            return ResultSet(self.token("a result set name")[0])
        if self.take_word("@term"):
            kind, column = self.token("a term type")
            if kind not in {"general", "string"}:
                raise self.error(f"term type {kind!r} is not supported; general and string are", column)
        elif word.startswith("@"):
            raise self.error(f"unknown operator {word}", column)
        return Term(self.token("a search term")[0], attributes)

    def _attribute(self) -> tuple[int, int]:
        text, column = self.token("an attribute such as 1=4")
        kind, equals, value = text.partition("=")
        if equals and all(part.isascii() and part.isdigit() and len(part) <= _MAX_DIGITS for part in (kind, value)):
            return int(kind), int(value)
        raise self.error(f"attribute {text!r} is not two numbers like 1=4", column)

    def take_word(self, word: str) -> bool:
        """Consume ``word`` when it is the next bare token."""
        if self._peek()[0] == word:
            self.token("")
            return True
        return False

    def expect_end(self) -> None:
        word, column = self._peek()
        if column <= len(self._text):
            raise self.error(f"{word or 'text'!r} is left over; join terms with @and or put them in quotes", column)

    def _peek(self) -> tuple[str, int]:
        """Return the next token when it is a bare word, "" when it is quoted or missing; and its column."""
        start = self._skip_blanks()
        end = start
        while end < len(self._text) and not self._text[end].isspace():
            end += 1
        word = self._text[start:end]
        return ("" if word.startswith('"') else word), start + 1

    def _skip_blanks(self) -> int:
        start = self._pos
        while start < len(self._text) and self._text[start].isspace():
            start += 1
        return start

    def token(self, expected: str) -> tuple[str, int]:
        """Consume one token; return its text and 1-based column."""
        start = self._pos = self._skip_blanks()
        if start == len(self._text):
            raise self.error(f"the query ends where {expected or 'more'} is expected")
        if self._text[start] != '"':
            word, column = self._peek()
            self._pos = start + len(word)
            return word, column
        out: list[str] = []
        pos = start + 1
        while pos < len(self._text):
            char = self._text[pos]
            if char == '"':
                self._pos = pos + 1
                return "".join(out), start + 1
            if char == "\\" and pos + 1 < len(self._text):
                pos += 1
                char = self._text[pos]
            out.append(char)
            pos += 1
        raise self.error("a quote that is not closed", start + 1)
