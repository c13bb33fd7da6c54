"""What CQL's indexes, relations, modifiers, masks and anchors stand for in Bib-1.

Decides the attributes, and sends none that says only what every target assumes. Knows nothing of CQL's grammar. Raises
Refused, with a reason, for what Bib-1 has no counterpart for. Pure data and functions.
Source: the Dublin Core and Bath context sets of CQL, Z39.50-2003 Appendix ATR, the Bath Profile 2.0; the use
attributes are those of YAZ's CQL-to-RPN conversion where it has the index, except dates (31, of publication).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from locate.names import unknown_name
from locate.z3950.querytree import And, Or, Query, Term, Use

__all__ = [
    "INDEXES",
    "NAMED_RELATIONS",
    "Refused",
    "attributes_of",
    "clause",
    "modifier_attribute",
    "unit_code",
    "use_attribute",
]


class Refused(Exception):  # noqa: N818 - said of a part of a query; the parser makes the error, with the column
    """A part of a query that has no counterpart in Bib-1."""


# Context set -> index -> Bib-1 use attribute. A bare name means the first set that has it.
_CONTEXT_SETS: dict[str, dict[str, int]] = {
    "dc": {
        "title": 4,
        "creator": 1003,
        "author": 1003,
        "contributor": 1003,
        "editor": 1020,
        "publisher": 1018,
        "subject": 21,
        "description": 62,
        "date": 31,
        "language": 54,
        "type": 1031,
        "resourcetype": 1031,
        "format": 1034,
        "source": 1019,
        "identifier": 1007,
        "resourceidentifier": 12,
    },
    "bath": {
        "isbn": 7,
        "issn": 8,
        "standardidentifier": 1007,
        "name": 1002,
        "personalname": 1,
        "corporatename": 2,
        "conferencename": 3,
        "uniformtitle": 6,
        "keytitle": 33,
        "topicalsubject": 1079,
        "genreform": 1075,
        "geographicname": 58,
        "notes": 63,
        "possessinginstitution": 1044,
    },
    "rec": {"id": 12, "identifier": 12},
    "cql": {"serverchoice": 1016, "anywhere": 1016, "anyindexes": 1016, "keywords": 1016},
    "srw": {"serverchoice": 1016},
}
_BARE = {
    "lccn": 9,
    "any": 1016,
    "keyword": 1016,
    "series": 5,
    "callnumber": 53,
    "place": 59,
    "note": 63,
    "abstract": 62,
    "year": 31,
}

_WITHOUT_SET = {name: use for names in (*reversed(_CONTEXT_SETS.values()), _BARE) for name, use in names.items()}
INDEXES: Mapping[str, int] = {
    **_WITHOUT_SET,
    **{f"{prefix}.{name}": use for prefix, names in _CONTEXT_SETS.items() for name, use in names.items()},
}
"""Index name, lower case -> Bib-1 use attribute."""

# Numbers stand alone in their field: a complete field says no more than the number, and some targets refuse it there.
_NUMBERS = frozenset({Use.ISBN, Use.ISSN, Use.LCCN, Use.LOCAL_NUMBER, Use.STANDARD_IDENTIFIER})

# Relation -> attributes. Types: 2 relation, 3 position, 4 structure, 5 truncation, 6 completeness.
_EXACT = {3: 1, 4: 1, 6: 3}  # a phrase, first in field, the complete field: the Bath Profile's exact match
_RELATIONS: dict[str, dict[int, int]] = {
    "=": {},
    "scr": {},
    "adj": {4: 1},
    "==": _EXACT,
    "exact": _EXACT,
    "<": {2: 1},
    "<=": {2: 2},
    ">=": {2: 4},
    ">": {2: 5},
    "<>": {2: 6},
    "all": {},
    "any": {},
    "within": {},
}
NAMED_RELATIONS = frozenset(name for name in _RELATIONS if name.isalpha())
_MODIFIERS: dict[str, tuple[int, int] | None] = {
    "phonetic": (2, 100),
    "stem": (2, 101),
    "relevant": (2, 102),
    "word": (4, 2),
    "isodate": (4, 5),
    "uri": (4, 104),
    "string": (4, 108),
    "number": (4, 109),
    "unmasked": (5, 100),
    "regexp": (5, 102),
    "fuzzy": (5, 103),
    "masked": None,  # and the next two: what CQL and targets do anyway
    "ignorecase": None,
    "ignoreaccents": None,
}
_UNITS = {"word": 2, "sentence": 3, "paragraph": 4, "element": 8}
_NAMES = {2: "relation", 3: "position", 4: "structure", 5: "truncation", 6: "completeness"}
_RIGHT, _LEFT, _BOTH = 1, 2, 3  # truncation
_ANY_NUMBER = 101  # "#" in the term is any number of characters
_Z3958 = 104  # "#" is one character, "?" any number


def use_attribute(index: str) -> int:
    """Return the use attribute of an index, case ignored. Raises Refused."""
    if index.lower() in INDEXES:
        return INDEXES[index.lower()]
    prefix, dot, bare = index.lower().rpartition(".")
    if dot and prefix not in _CONTEXT_SETS:
        raise Refused(unknown_name("context set", prefix, _CONTEXT_SETS))
    if dot and bare in INDEXES:
        raise Refused(f"the context set {prefix!r} has no index {bare!r}; did you mean {bare!r} without it?")
    known = [name for name in INDEXES if name.startswith(f"{prefix}.")] if dot else [*_WITHOUT_SET]
    raise Refused(unknown_name("index", index, known))


def modifier_attribute(name: str) -> tuple[int, int] | None:
    """Return the (type, value) of a relation modifier, None when it needs no attribute. Raises Refused."""
    bare = name.lower().removeprefix("cql.")
    if bare not in _MODIFIERS:
        raise Refused(unknown_name("relation modifier", name, _MODIFIERS))
    return _MODIFIERS[bare]


def unit_code(name: str) -> int:
    """Return the code of a unit of proximity. Raises Refused."""
    if name.lower() not in _UNITS:
        raise Refused(unknown_name("unit of proximity", name, _UNITS))
    return _UNITS[name.lower()]


def attributes_of(use: int, relation: str, modifiers: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the attributes, type -> value, that a clause asks for before its term is looked at. Raises Refused."""
    attributes = {1: use}
    asked = {} if relation in {"==", "exact"} and use in _NUMBERS else _RELATIONS[relation]
    for kind, value in (*asked.items(), *modifiers):
        _add(attributes, kind, value)
    return attributes


def clause(attributes: Mapping[int, int], relation: str, text: str) -> Query:
    """Return the query of one search clause: a term, or for all, any and within the terms joined.

    ``text`` is the term as written, with its escapes. Raises Refused.
    """
    signs = _read(text)
    if relation not in {"all", "any", "within"}:
        return _term(attributes, signs)
    words = _words(signs)
    if relation == "within":
        if len(words) != 2:
            raise Refused('within takes two bounds in quotes, such as "1990 2000"')
        return And(_term({**attributes, 2: 4}, words[0]), _term({**attributes, 2: 2}, words[1]))
    terms: list[Query] = [_term(attributes, word) for word in words or [signs]]
    return reduce(And if relation == "all" else Or, terms)


class _Sign(NamedTuple):
    """One character of a term; ``is_mark`` when it stands unescaped as one of * ? ^."""

    char: str
    is_mark: bool


def _read(text: str) -> list[_Sign]:
    signs: list[_Sign] = []
    chars = iter(text)
    for char in chars:
        if char == "\\":
            signs.append(_Sign(next(chars, "\\"), is_mark=False))
        else:
            signs.append(_Sign(char, is_mark=char in "*?^"))
    return signs


def _words(signs: Sequence[_Sign]) -> list[list[_Sign]]:
    words: list[list[_Sign]] = [[]]
    for sign in signs:
        if sign.char.isspace():
            words.append([])
        else:
            words[-1].append(sign)
    return [word for word in words if word]


def _term(attributes: Mapping[int, int], signs: Sequence[_Sign]) -> Term:
    found = dict(attributes)
    marked = any(sign.is_mark for sign in signs)
    signs = _anchored(found, list(signs))
    text = _masked(found, signs) if found.get(5) is None else "".join(sign.char for sign in signs)
    if not text.strip():
        raise Refused("a term of nothing but masks and anchors" if marked else "an empty term")
    return Term(text, tuple(sorted(found.items())))


def _anchored(attributes: dict[int, int], signs: list[_Sign]) -> list[_Sign]:
    """Take the anchors off and put what they mean into ``attributes``."""
    anchor = _Sign("^", is_mark=True)
    first = signs[:1] == [anchor]
    last = len(signs) > 1 and signs[-1] == anchor
    if last and not first:
        raise Refused('Bib-1 cannot anchor a term at the end of a field alone; "^…^" asks for the complete field')
    if first:
        _add(attributes, 3, 1)
    if last:
        _add(attributes, 6, 3)
    return signs[1 if first else 0 : -1 if last else None]


def _masked(attributes: dict[int, int], signs: Sequence[_Sign]) -> str:
    """Return the term's text with masks written as Bib-1 has them, and put the truncation into ``attributes``."""
    star = _Sign("*", is_mark=True)
    inner = list(signs)
    left = inner[:1] == [star]
    right = len(inner) > 1 and inner[-1] == star
    inner = inner[1 if left else 0 : -1 if right else None]
    marks = {sign.char for sign in inner if sign.is_mark} - {"^"}
    if not marks:
        if left or right:
            _add(attributes, 5, _BOTH if left and right else _LEFT if left else _RIGHT)
        return "".join(sign.char for sign in inner)
    if any(sign.char in "#?" and not sign.is_mark for sign in signs):
        raise Refused("'#' and '?' cannot stand for themselves in a term with masks inside")
    single = "?" in marks
    _add(attributes, 5, _Z3958 if single else _ANY_NUMBER)
    written = {"*": "?", "?": "#"} if single else {"*": "#"}
    return "".join(written.get(sign.char, sign.char) if sign.is_mark else sign.char for sign in signs)


def _add(attributes: dict[int, int], kind: int, value: int) -> None:
    if attributes.setdefault(kind, value) != value:
        raise Refused(f"two {_NAMES[kind]} attributes ({attributes[kind]} and {value}) are asked for in one term")
