"""A type-1 query as it came over the wire, in the words of PQF, for people.

Unlike `locate.z3950.pqf` it shows every query that can be decoded, whatever an origin sent, and is not read back:
what PQF has no words for is named by its arm. Pure; raises nothing. Source: Z39.50-2003 Appendix 18 (RPNQuery).
"""

from __future__ import annotations

import json
from typing import Any

from locate.z3950.apdu import AttributeElement, AttributesPlusTerm, ResultSetPlusAttributes, RpnQuery, RpnRpnOp
from locate.z3950.oids import BIB1_ATTRIBUTES, name_of
from locate.z3950.schema import read_text

__all__ = ["rpn_text", "term_text"]


def rpn_text(query: RpnQuery | tuple[str, Any]) -> str:
    """Return a query, or a structure of one, such as ``@and @attr 1=4 history @attr 1=1003 smith``."""
    if isinstance(query, RpnQuery):
        named = "" if query.attribute_set == BIB1_ATTRIBUTES else f"@attrset {_set_name(query.attribute_set)} "
        return named + rpn_text(query.rpn)
    arm, value = query
    if isinstance(value, RpnRpnOp):
        operator, details = value.op
        return " ".join((f"@{operator}", *_proximity(details), rpn_text(value.left), rpn_text(value.right)))
    if arm == "op":
        return _operand(value)
    return str(arm)


def _proximity(details: Any) -> list[str]:
    if details is None:
        return []
    exclusion = "void" if details.exclusion is None else int(details.exclusion)
    kind, unit = details.unit
    return [
        str(exclusion),
        str(details.distance),
        str(int(details.ordered)),
        str(details.relation_type),
        kind,
        str(unit),
    ]


def _operand(operand: tuple[str, Any]) -> str:
    arm, value = operand
    if isinstance(value, AttributesPlusTerm):
        return " ".join((*map(_attribute, value.attributes), term_text(value.term)))
    if isinstance(value, ResultSetPlusAttributes):
        return " ".join((*map(_attribute, value.attributes), f"@set {_quoted(value.result_set)}"))
    return f"@set {_quoted(str(value))}" if arm == "result_set" else str(arm)


def _attribute(element: AttributeElement) -> str:
    named = f"{_set_name(element.attribute_set)} " if element.attribute_set else ""
    arm, value = element.value
    shown = value if arm == "numeric" else "/".join(str(each) for _, each in value.values)
    return f"@attr {named}{_quoted(f'{element.type}={shown}')}"


def _set_name(oid: str) -> str:
    return name_of(oid).removesuffix(" attributes")


def term_text(term: tuple[str, Any]) -> str:
    """Return a term: its text, quoted where PQF quotes it, or what it is when it is no text."""
    arm, value = term
    if arm == "general" and isinstance(value, bytes):
        return _quoted(read_text(value))
    if isinstance(value, str | int):
        return _quoted(str(value))
    return f"({arm})"


def _quoted(text: str) -> str:
    plain = text and text.isprintable() and not any(letter in ' "\\{}()' for letter in text) and text[0] != "@"
    return text if plain else json.dumps(text, ensure_ascii=False)
