"""PQF, prefix query format: the query notation of YAZ and of every Z39.50 tool, parsed and printed.

``@and @attr 1=4 history @attr 1=1003 "smith, j"``. Parsing gives the tree or a QueryError with the column; printing
gives text that parses to the same tree. Knows the names of the attribute sets. Pure.
Source: YAZ's PQF grammar; the registry of attribute sets of the Z39.50 Maintenance Agency (Library of Congress).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from locate.z3950.oids import BIB1_ATTRIBUTES, PREFIX
from locate.z3950.querytree import MAX_DEPTH, And, AndNot, Or, Prox, Query, QueryError, ResultSet, Term

__all__ = ["parse_pqf", "to_pqf"]

_MAX_ATTRIBUTES = 100  # of one term, those before the operators above it included
_MAX_DIGITS = 9  # of an attribute type or value, and of a proximity's distance
_ATTRIBUTE_SETS = {
    name: f"{PREFIX}.3.{arc}"
    for arc, name in enumerate(
        (
            *("bib-1", "exp-1", "ext-1", "ccl-1", "gils", "stas", "collections", "cimi", "geo", "zbig", "util", "xd-1"),
            *("zthes", "fin-1", "dan-1", "holdings", "marc", "bib-2", "zeerex"),
        ),
        start=1,
    )
}
_SET_NAMES = {oid: name for name, oid in _ATTRIBUTE_SETS.items()}
_EXCLUSION: dict[str, bool | None] = {"0": False, "1": True, "void": None}
_Value = TypeVar("_Value")
_DOTTED_OID = re.compile(r"[012](?:\.\d{1,9}){1,30}", re.ASCII)
_BARE = re.compile(r"(?:\\.|\S)*", re.DOTALL)
_QUOTED = {
    '"': re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL),
    "{": re.compile(r"\{((?:\\.|[^}\\])*)\}", re.DOTALL),
}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_OPERATORS: dict[str, type[And | Or | AndNot]] = {"@and": And, "@or": Or, "@not": AndNot}
_WORDS = {operator: word for word, operator in _OPERATORS.items()}


def to_pqf(query: Query) -> str:
    """Print a query as PQF."""
    if isinstance(query, Term):
        sets = dict(query.sets)
        unnamed = BIB1_ATTRIBUTES if sets else None  # a set once named holds for the attributes behind it
        words = [_print_attribute(kind, value, sets.get(kind, unnamed)) for kind, value in query.attributes]
        form = [] if query.form == "general" else [f"@term {query.form}"]
        return " ".join([*words, *form, _quote(query.text)])
    if isinstance(query, ResultSet):
        return f"@set {_quote(query.name)}"
    if isinstance(query, Prox):
        exclusion = "void" if query.exclusion is None else int(query.exclusion)
        unit = f"{'private' if query.private else 'known'} {query.unit}"
        operator = f"@prox {exclusion} {query.distance} {int(query.ordered)} {query.relation} {unit}"
    else:
        operator = _WORDS[type(query)]
    return f"{operator} {to_pqf(query.left)} {to_pqf(query.right)}"


def _print_attribute(kind: int, value: int | str, attribute_set: str | None) -> str:
    named = f"{_SET_NAMES.get(attribute_set, attribute_set)} " if attribute_set else ""
    return f"@attr {named}{_quote(f'{kind}={value}')}"


def _quote(text: str) -> str:
    if text and not any(c in ' "\\{}()' or c.isspace() for c in text) and not text.startswith("@"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def parse_pqf(text: str) -> Query:
    """Parse PQF: @and, @or, @not, @prox, @attr [set] type=value, @set, @term general, string or numeric; bare terms,
    and terms in double quotes or braces; a backslash before any character that stands for itself; @attrset in front.

    Attributes before an operator apply to the terms below it, unless a term has its own of the same type; a set named
    before an attribute holds for the attributes behind it; all as in YAZ. Two attributes of one type on one term are
    both kept, where YAZ keeps the last. Raises QueryError.
    """
    parser = _Parser(text)
    attribute_set = BIB1_ATTRIBUTES
    if parser.take_word("@attrset"):
        attribute_set = parser.attribute_set(*parser.token("an attribute set"))
    query = parser.structure((), attribute_set, 0)
    parser.expect_end()
    return query


@dataclass(frozen=True, slots=True)
class _Attribute:
    """An attribute as read, with the set that it belongs to."""

    type: int
    value: int | str
    attribute_set: str


class _Parser:
    """Recursive descent over PQF tokens."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pos = 0

    def error(self, reason: str, column: int | None = None) -> QueryError:
        return QueryError(reason, text=self._text, column=column or self._pos + 1)

    def structure(self, inherited: tuple[_Attribute, ...], attribute_set: str, depth: int) -> Query:
        """Read one structure; ``inherited`` attributes stood before the operators above it."""
        if depth > MAX_DEPTH:
            raise self.error(f"a query nested deeper than {MAX_DEPTH}")
        own: tuple[_Attribute, ...] = ()
        while self.take_word("@attr"):
            attribute = self._attribute(attribute_set, own)
            attribute_set = attribute.attribute_set
            own = (*own, attribute)
            if len(own) + len(inherited) > _MAX_ATTRIBUTES:
                raise self.error(f"more than {_MAX_ATTRIBUTES} attributes of one term")
        types = {attribute.type for attribute in own}
        attributes = (*(each for each in inherited if each.type not in types), *own)
        word, column = self._peek()
        if word in _OPERATORS or word == "@prox":
            self.token("")
            parameters = self._proximity() if word == "@prox" else None
            left = self.structure(attributes, attribute_set, depth + 1)
            right = self.structure(attributes, attribute_set, depth + 1)
            return Prox(left, right, *parameters) if parameters else _OPERATORS[word](left, right)
        if self.take_word("@set"):
            return ResultSet(self.token("a result set name")[0])
        form = self._form() if self.take_word("@term") else "general"
        if form == "general" and word.startswith("@") and word != "@term":
            raise self.error(f"unknown operator {word}", column)
        return self._term(attributes, form)

    def _term(self, attributes: tuple[_Attribute, ...], form: str) -> Term:
        text, column = self.token("a search term")
        if form == "numeric" and not re.fullmatch(rf"-?\d{{1,{_MAX_DIGITS}}}", text, re.ASCII):
            raise self.error(f"term {text!r} is not a number of at most {_MAX_DIGITS} digits", column)
        pairs = tuple((each.type, each.value) for each in attributes)
        sets = {each.type: each.attribute_set for each in attributes if each.attribute_set != BIB1_ATTRIBUTES}
        return Term(text, pairs, tuple(sets.items()), form)

    def _form(self) -> str:
        form, column = self.token("a term type")
        if form not in {"general", "string", "numeric"}:
            raise self.error(f"term type {form!r} is not supported; general, string and numeric are", column)
        return form

    def _attribute(self, attribute_set: str, own: tuple[_Attribute, ...]) -> _Attribute:
        text, column = self.token("an attribute such as 1=4")
        if "=" not in text and not text.isdigit():
            attribute_set = self.attribute_set(text, column)
            text, column = self.token("an attribute such as 1=4")
        kind, _, value = text.partition("=")
        if not _is_number(kind) or not value or (value.isascii() and value.isdigit() and not _is_number(value)):
            raise self.error(f"attribute {text!r} is not of the form 1=4 or 1=title", column)
        if any(each.type == int(kind) and each.attribute_set != attribute_set for each in own):
            raise self.error(f"attribute type {kind} of two attribute sets in one term", column)
        return _Attribute(int(kind), int(value) if _is_number(value) else value, attribute_set)

    def attribute_set(self, name: str, column: int) -> str:
        """Return the OID of an attribute set given by name ("exp-1", "exp1", "Exp-1") or as a dotted OID."""
        folded = name.lower().replace("-", "")
        for known, oid in _ATTRIBUTE_SETS.items():
            if folded == known.replace("-", ""):
                return oid
        if _DOTTED_OID.fullmatch(name):
            return name
        known_sets = ", ".join(_ATTRIBUTE_SETS)
        raise self.error(f"attribute set {name!r} is not known; known are {known_sets}, and dotted OIDs", column)

    def _proximity(self) -> tuple[int, bool, int, int, bool | None, bool]:
        """Read exclusion, distance, ordered, relation, which-code and unit-code; return what Prox takes."""
        exclusion = self._one_of("exclusion", _EXCLUSION)
        distance = self._number("distance")
        ordered = self._one_of("ordered", {"0": False, "1": True})
        relation = self._one_of("relation", {str(number): number for number in range(1, 7)})
        which = {"k": False, "known": False, "1": False, "p": True, "private": True, "2": True}
        private = self._one_of("which-code", which)
        return distance, ordered, relation, self._number("unit-code"), exclusion, private

    def _one_of(self, name: str, values: Mapping[str, _Value]) -> _Value:
        word, column = self.token(f"the {name} of @prox")
        if word not in values:
            raise self.error(f"{word!r} is no {name} of @prox; it is one of {', '.join(values)}", column)
        return values[word]

    def _number(self, name: str) -> int:
        word, column = self.token(f"the {name} of @prox")
        if not _is_number(word):
            raise self.error(f"{word!r} is no {name} of @prox; it is a number", column)
        return int(word)

    # ---- tokens

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
        return ("" if self._text[start : start + 1] in _QUOTED else self._bare(start)), start + 1

    def _bare(self, start: int) -> str:
        """Return the bare word at ``start``, with its escapes."""
        found = _BARE.match(self._text, start)
        return found[0] if found else ""

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
        if self._text[start] in _QUOTED:
            found = _QUOTED[self._text[start]].match(self._text, start)
            if found is None:
                name = "quote" if self._text[start] == '"' else "brace"
                raise self.error(f"a {name} that is not closed", start + 1)
            word, self._pos = found[1], found.end()
        else:
            word = self._bare(start)
            self._pos = start + len(word)
        return _ESCAPED.sub(r"\1", word), start + 1


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS
