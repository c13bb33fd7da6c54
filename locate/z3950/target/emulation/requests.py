"""A request as a target with habits understands it.

Decides what such a target refuses to understand, and what it takes for something else. Pure; raises DiagnosticError for
what it refuses.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from locate.z3950.apdu import (
    Apdu,
    AttributeElement,
    AttributesPlusTerm,
    InitializeRequest,
    PresentRequest,
    RpnQuery,
    RpnRpnOp,
    ScanRequest,
    SearchRequest,
    SortRequest,
)
from locate.z3950.diagnostics import refusal
from locate.z3950.target.emulation.habits import Emulation
from locate.z3950.target.negotiation import Option
from locate.z3950.target.result_sets import DEFAULT_SET
from locate.z3950.target.terms import term_in_charset

__all__ = ["understood"]

_USE, _POSITION, _STRUCTURE = 1, 3, 4
_FIRST_IN_FIELD, _PHRASE = 1, 1
_ISSN_USES = frozenset({8, 1007})
_TYPE_REFUSED = {2: 117, 3: 119, 4: 118, 5: 120, 6: 122}
_ISSN = re.compile(rb"\s*\d{4}(-?)\d{3}[\dXx]\s*")


def understood(request: Apdu, habits: Emulation) -> Apdu:
    """Return the request that the honest target is to answer instead. Raises DiagnosticError."""
    if isinstance(request, SearchRequest):
        return _search(request, habits)
    if isinstance(request, PresentRequest):
        return _present(request, habits)
    if isinstance(request, ScanRequest):
        return replace(request, term_list_and_start_point=_term(request.term_list_and_start_point, habits))
    if isinstance(request, InitializeRequest) and habits.query_charset:
        # One that reads terms in its own character set knows nothing of negotiating another.
        return replace(request, options=request.options - {Option.NEGOTIATION}, other_info=())
    if isinstance(request, SortRequest) and habits.ignores_named_sets:
        return replace(request, input_result_set_names=(DEFAULT_SET,), sorted_result_set_name=DEFAULT_SET)
    return request


def _search(request: SearchRequest, habits: Emulation) -> SearchRequest:
    if habits.small_set_needed and request.small_set_upper_bound < 1:
        raise refusal(100, "smallSetUpperBound")
    kind, query = request.query
    if isinstance(query, RpnQuery):
        query = replace(query, rpn=_structure(query.rpn, habits))
    changed = replace(request, query=(kind, query))
    if habits.ignores_named_sets:
        changed = replace(changed, result_set_name=DEFAULT_SET, replace_indicator=True)
    if habits.element_sets:
        changed = replace(changed, small_set_element_set_names=None, medium_set_element_set_names=None)
    if habits.given_syntax:
        changed = replace(changed, preferred_record_syntax=habits.given_syntax)
    return changed


def _present(request: PresentRequest, habits: Emulation) -> PresentRequest:
    changed, count = request, request.number_of_records_requested
    if habits.present_limit is not None and count > habits.present_limit:
        if habits.present_limit_refused:
            raise refusal(12, str(habits.present_limit))
        changed = replace(changed, number_of_records_requested=habits.present_limit)
    if habits.records_held is not None:
        held = max(habits.records_held - request.result_set_start_point + 1, 0)
        changed = replace(changed, number_of_records_requested=min(changed.number_of_records_requested, held))
    if habits.element_sets == "non-surrogate" and request.record_composition is not None:
        raise refusal(24, str(request.record_composition[1][1]) if request.record_composition[0] == "simple" else "")
    if habits.ignores_named_sets:
        changed = replace(changed, result_set_id=DEFAULT_SET)
    if habits.element_sets:
        changed = replace(changed, record_composition=None)
    if habits.given_syntax:
        changed = replace(changed, preferred_record_syntax=habits.given_syntax)
    return changed


# ---- queries --------------------------------------------------------------------------------------------------------


def _structure(rpn: tuple[str, Any], habits: Emulation) -> tuple[str, Any]:
    arm, value = rpn
    if arm == "rpn_rpn_op":
        operator = value.op[0]
        if operator in habits.refused_operators:
            raise refusal(110, operator)
        return arm, RpnRpnOp(_structure(value.left, habits), _structure(value.right, habits), value.op)
    kind, operand = value
    if kind == "attr_term":
        return arm, (kind, _term(operand, habits))
    if kind == "result_set" and habits.ignores_named_sets:
        return arm, (kind, DEFAULT_SET)
    return rpn


def _term(operand: AttributesPlusTerm, habits: Emulation) -> AttributesPlusTerm:
    attributes = operand.attributes
    if habits.max_attributes is not None and len(attributes) > habits.max_attributes:
        raise refusal(123, f"{len(attributes)} attributes")
    for attribute in attributes:
        _require_supported(attribute, habits)
    found = operand
    if habits.position_required:
        attributes = _with_default(attributes, _POSITION, _FIRST_IN_FIELD)
        found = replace(found, attributes=_with_default(attributes, _STRUCTURE, _PHRASE))
    if habits.issn_hyphen and any(_value(each, _USE) in _ISSN_USES for each in attributes):
        form, octets = found.term
        found = replace(found, term=(form, _issn(octets, habits))) if form == "general" else found
    return term_in_charset(found, habits.query_charset) if habits.query_charset else found


def _require_supported(attribute: AttributeElement, habits: Emulation) -> None:
    if attribute.type in habits.unsupported_types:
        raise refusal(_TYPE_REFUSED.get(attribute.type, 113), str(_value(attribute, attribute.type)))
    if _value(attribute, _USE) in habits.unsupported_uses:
        raise refusal(114, str(_value(attribute, _USE)))


def _value(attribute: AttributeElement, kind: int) -> int | None:
    """Return the number that an attribute gives its type, None when it is not of this type or no number."""
    form, value = attribute.value
    return value if attribute.type == kind and form == "numeric" else None


def _with_default(attributes: tuple[AttributeElement, ...], kind: int, value: int) -> tuple[AttributeElement, ...]:
    if any(attribute.type == kind for attribute in attributes):
        return attributes
    return (*attributes, AttributeElement(kind, ("numeric", value)))


def _issn(octets: bytes, habits: Emulation) -> bytes:
    """Return the term, empty for an ISSN that is not written as the index has it."""
    match = _ISSN.fullmatch(octets)
    fits = match is None or bool(match[1]) == (habits.issn_hyphen == "needed")
    return octets if fits else b""
