"""The type-1 query carried out over the embedded target's indexes.

Decides what each Bib-1 attribute means here, and which diagnostic answers the ones that mean nothing here. Without a
use attribute a term is looked for anywhere; without a structure attribute it is a phrase, though a list of terms is
then one of words. It knows no result sets beyond the ones handed in, and no records. Raises DiagnosticError with the
condition and addinfo for the origin.
Source: Z39.50-2003 Appendix ATR (Bib-1) and Appendix ERR.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu import AttributeElement, AttributesPlusTerm, RpnQuery
from locate.z3950.diagnostics import refusal
from locate.z3950.oids import BIB1_ATTRIBUTES
from locate.z3950.query import Use
from locate.z3950.schema import read_text
from locate.z3950.target.indexing import RecordIndexes, Terms, WordIndex, mask_pattern, number_keys, split_words

__all__ = ["list_terms", "search"]

# What one request may cost; a masked word is compared with every word of an index.
_MAX_TERM_CHARACTERS = 10_000
_MAX_MASKED_WORDS = 10
_MAX_OPERATORS = 100
_EQUAL = 3
_PHRASE = 1
_WORDS = frozenset({2, 6})  # structure: word, word list
_RIGHT = 1
_MASKED = 101
# Attribute type -> (the values supported besides use, the diagnostic for the others).
_SUPPORTED: dict[int, tuple[frozenset[int], int]] = {
    2: (frozenset({1, 2, 3, 4, 5}), 117),
    3: (frozenset({1, 2, 3}), 119),
    4: (frozenset({1, 2, 3, 4, 5, 6}), 118),
    5: (frozenset({1, 100, 101}), 120),
    6: (frozenset({1, 2, 3}), 122),
}
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class _Attributes:
    """The attributes of one term, with the defaults for those left out."""

    use: int = Use.ANY
    relation: int = _EQUAL
    position: int = 3
    structure: int = _PHRASE
    truncation: int = 100
    completeness: int = 1


_NAMES = {1: "use", 2: "relation", 3: "position", 4: "structure", 5: "truncation", 6: "completeness"}


def search(query: RpnQuery, indexes: RecordIndexes, result_sets: Mapping[str, Collection[int]]) -> set[int]:
    """Return the numbers of the records that satisfy ``query``.

    ``result_sets`` are the named sets that it may refer to. Raises DiagnosticError.
    """
    if _operators(query.rpn) > _MAX_OPERATORS:
        raise refusal(6, f"at most {_MAX_OPERATORS}")
    return _structure(query.rpn, query.attribute_set, indexes, result_sets)


def list_terms(start: AttributesPlusTerm, attribute_set: str, indexes: RecordIndexes) -> tuple[Terms, str]:
    """Return the terms of the index that a start term's attributes name, and the start term as it stands there.

    Headings for a phrase and for the first position in a field, words otherwise. Raises DiagnosticError.
    """
    attributes = _read_attributes(start.attributes, attribute_set)
    words = split_words(_text(start.term))
    if attributes.use == Use.DATE_OF_PUBLICATION:
        return indexes.years.terms(), "".join(words)
    if attributes.use in indexes.numbers:
        return indexes.numbers[Use(attributes.use)].terms(), "".join(words)
    if attributes.use not in indexes.words:
        raise refusal(114, str(attributes.use))
    index = indexes.words[attributes.use]
    phrase = ("numeric", _PHRASE) in [element.value for element in start.attributes if element.type == 4]
    headings = phrase or attributes.position == 1
    return index.headings() if headings else index.words(), " ".join(words)


def _operators(rpn: tuple[str, Any]) -> int:
    arm, value = rpn
    return 1 + _operators(value.left) + _operators(value.right) if arm == "rpn_rpn_op" else 0


def _structure(
    rpn: tuple[str, Any], attribute_set: str, indexes: RecordIndexes, result_sets: Mapping[str, Collection[int]]
) -> set[int]:
    arm, value = rpn
    if arm == "rpn_rpn_op":
        operator = value.op[0]
        if operator == "prox":
            raise refusal(110, "prox")
        left = _structure(value.left, attribute_set, indexes, result_sets)
        right = _structure(value.right, attribute_set, indexes, result_sets)
        if operator == "and":
            return left & right
        return left | right if operator == "or" else left - right
    kind, operand = value
    if kind == "result_set":
        if operand not in result_sets:
            raise refusal(30, operand)
        return set(result_sets[operand])
    return _term(operand, attribute_set, indexes)


def _term(operand: AttributesPlusTerm, attribute_set: str, indexes: RecordIndexes) -> set[int]:
    attributes = _read_attributes(operand.attributes, attribute_set)
    text = _text(operand.term)
    if attributes.use == Use.DATE_OF_PUBLICATION:
        return _by_date(text, attributes, indexes)
    if attributes.relation != _EQUAL:
        raise refusal(117, str(attributes.relation))
    if attributes.use in indexes.numbers:
        masked = attributes.truncation in {_RIGHT, _MASKED}
        given = f"{text}#" if attributes.truncation == _RIGHT else text
        return indexes.numbers[Use(attributes.use)].with_key(number_keys(attributes.use, given, masked=masked))
    if attributes.use in indexes.words:
        return _by_words(text, attributes, indexes.words[attributes.use])
    raise refusal(114, str(attributes.use))


def _read_attributes(elements: Sequence[AttributeElement], attribute_set: str) -> _Attributes:
    """Read an attribute list; of a repeated type the last one counts."""
    found: dict[str, int] = {}
    for element in elements:
        used_set = element.attribute_set or attribute_set
        if used_set != BIB1_ATTRIBUTES:
            raise refusal(121, used_set)
        if element.type not in _NAMES:
            raise refusal(113, str(element.type))
        form, value = element.value
        allowed, condition = _SUPPORTED.get(element.type, (None, 114))
        if form != "numeric":
            raise refusal(condition, ",".join(str(part) for _, part in value.values))
        if allowed is not None and value not in allowed:
            raise refusal(condition, str(value))
        found[_NAMES[element.type]] = value
    return _Attributes(**found)


def _text(term: tuple[str, Any]) -> str:
    """Return a term as text: UTF-8 when its octets are that, else Latin-1. Raises diagnostics 11 and 229."""
    form, value = term
    if form not in {"general", "character_string", "numeric", "date_time"}:
        raise refusal(229, form)
    text = read_text(value) if form == "general" else str(value)
    if len(text) > _MAX_TERM_CHARACTERS:
        raise refusal(11, f"at most {_MAX_TERM_CHARACTERS:,}")
    return text


def _by_date(text: str, attributes: _Attributes, indexes: RecordIndexes) -> set[int]:
    year = text.strip()
    if attributes.truncation in {_RIGHT, _MASKED} and attributes.relation == _EQUAL:
        given = f"{year}#" if attributes.truncation == _RIGHT else year
        return indexes.years.with_key(number_keys(attributes.use, given, masked=True))
    if not (year.isascii() and _YEAR.fullmatch(year)):
        raise refusal(126, text)
    return indexes.years.with_year(attributes.relation, year)


def _by_words(text: str, attributes: _Attributes, index: WordIndex) -> set[int]:
    words = split_words(text.replace("#", " ") if attributes.truncation != _MASKED else text, masked=True)
    if words and attributes.truncation == _RIGHT:
        words[-1] += "#"
    if sum("#" in word for word in words) > _MAX_MASKED_WORDS:
        raise refusal(7, f"at most {_MAX_MASKED_WORDS}")
    anywhere = attributes.position == 3 and attributes.completeness == 1
    if anywhere and (attributes.structure in _WORDS or len(words) == 1):
        return index.with_words(words)
    return index.with_phrase(words, _phrase(words, attributes))


def _phrase(words: Sequence[str], attributes: _Attributes) -> re.Pattern[str]:
    """Return the pattern of adjacent words in a field of a WordIndex.

    Position (1 first in field, 2 first in subfield) and completeness (2 complete subfield, 3 complete field) tie it
    to the edges; words of a complete subfield do not cross into the next.
    """
    between = " " if attributes.completeness == 2 else r" (?:\| )?"
    body = between.join(map(mask_pattern, words))
    if attributes.position == 1 or attributes.completeness == 3:
        start = "^ "
    elif attributes.position == 2 or attributes.completeness == 2:
        start = r"(?:^|\|) "
    else:
        start = " "
    end = {2: r" (?:\||$)", 3: " $"}.get(attributes.completeness, " ")
    return re.compile(start + body + end, re.MULTILINE)
