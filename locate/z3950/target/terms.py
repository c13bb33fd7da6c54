"""The terms of a query as text, when it is known which character set their octets are in.

Decides nothing about what a term means. Octets that are not text of the set become U+FFFD, and so find nothing. Pure;
raises nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from locate.z3950.apdu import AttributesPlusTerm, RpnQuery, RpnRpnOp

__all__ = ["query_in_charset", "term_in_charset"]


def term_in_charset(operand: AttributesPlusTerm, charset: str) -> AttributesPlusTerm:
    """Return a term of octets as one of characters; ``charset`` is a Python codec. Other forms stay."""
    form, value = operand.term
    if form != "general":
        return operand
    return replace(operand, term=("character_string", value.decode(charset, "replace")))


def query_in_charset(query: RpnQuery, charset: str) -> RpnQuery:
    """Return a query whose terms of octets have become characters."""
    return replace(query, rpn=_structure(query.rpn, charset))


def _structure(rpn: tuple[str, Any], charset: str) -> tuple[str, Any]:
    arm, value = rpn
    if arm == "rpn_rpn_op":
        return arm, RpnRpnOp(_structure(value.left, charset), _structure(value.right, charset), value.op)
    kind, operand = value
    return (arm, (kind, term_in_charset(operand, charset))) if kind == "attr_term" else rpn
