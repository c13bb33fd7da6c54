"""What a diag-1 diagnostic says: the nearest Bib-1 condition with its addinfo, and what else the target told.

Decides which condition an explicit diagnostic stands for, so that callers act on one set only. Where none is certain it
is 100, unspecified, with words as addinfo. Refuses to know what is done about it. Pure; raises nothing.

Source: Z39.50-2003 Appendix ERR.2 for diag-1, DIAG.1 for the conditions, many of which have the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from locate.z3950.apdu import AttributeElement, ComplexAttributeValue, DefaultDiagFormat
from locate.z3950.apdu.present import Specification
from locate.z3950.diag1 import (
    AttributeProblem,
    BadSpec,
    Combination,
    DatabaseUnavailable,
    Diagnostic,
    RecordSyntax,
    TermProblem,
    TooMany,
)
from locate.z3950.oids import BIB1_ATTRIBUTES, BIB1_DIAGNOSTICS, name_of, syntax_name
from locate.z3950.schema import read_text

__all__ = ["as_bib1"]

_UNSPECIFIED = 100

# What each explicit diagnostic becomes: condition, addinfo, and further words.
_Meaning = tuple[int, str, str]

_TOO_MANY = {1: 5, 2: 7, 3: 6, 4: 8, 5: 11, 6: 12, 7: 111, 8: 112, 9: 234}
_UNAVAILABLE = {0: 235, 1: 109, 2: 29, 3: 236}
_OPERATORS = {0: "and", 1: "or", 2: "and-not", 3: "prox"}
_BIB1_TYPES = {1: 114, 2: 117, 3: 119, 4: 118, 5: 120, 6: 122}
_TERM = {1: 124, 2: 127, 4: 229}  # 3, too short, has no condition of its own: 125

# The arms that are CHOICEs: arm and alternative -> condition.
_ALTERNATIVES = {
    ("proximity", "result_sets"): 129,
    ("proximity", "bad_set"): 130,
    ("proximity", "relation"): 131,
    ("proximity", "unit"): 132,
    ("proximity", "distance"): 202,
    ("proximity", "attributes"): 201,
    ("proximity", "ordered"): 203,
    ("proximity", "exclusion"): 204,
    ("scan", "non_zero_step_size"): 205,
    ("scan", "specified_step_size"): 206,
    ("scan", "term_list_1"): 232,
    ("scan", "term_list_2"): 232,
    ("scan", "pos_in_response"): 233,
    ("scan", "resources"): 240,
    ("scan", "end_of_list"): 241,
    ("sort", "sequence"): 207,
    ("sort", "no_rs_name"): 208,
    ("sort", "too_many"): 230,
    ("sort", "incompatible"): 231,
    ("sort", "generic"): 209,
    ("sort", "db_specific"): 210,
    ("sort", "sort_element"): 207,
    ("sort", "action"): 213,
    ("segmentation", "segment_count"): 217,
    ("segmentation", "segment_size"): 242,
    ("access_ctrl", "pwd_inv"): 1011,
    ("access_ctrl", "pwd_exp"): 1022,
}
# The alternatives that are numbers with a meaning each.
_NUMBERED = {
    ("sort", "key"): {1: 211, 2: 212},
    ("sort", "illegal"): {1: 214, 2: 215, 3: 216, 4: 237},
    ("ext_services", "req"): {1: 218, 2: 219, 3: 220, 4: 221},
    ("ext_services", "permission"): {1: 222, 2: 223},
    ("ext_services", "immediate"): {1: 224, 2: 225, 3: 226},
}
# The alternatives without a condition that is certain: the condition, and the words that are its addinfo.
_IN_WORDS = {
    ("sort", "input_too_large"): (_UNSPECIFIED, "a result set is too large to be sorted"),
    ("sort", "aggregate_too_large"): (_UNSPECIFIED, "the result sets are too large to be sorted together"),
    ("access_ctrl", "no_user"): (101, "nobody is there to answer the challenge"),
    ("access_ctrl", "refused"): (101, "the user refuses to answer the challenge"),
    ("access_ctrl", "simple"): (101, "only the simple form of a challenge is supported"),
    ("access_ctrl", "oid"): (101, "the form of the challenge is not supported"),
    ("access_ctrl", "alternative"): (101, "another form of challenge is asked for"),
}
_POSITION_RULES = {1: "must be one", 2: "must be positive", 3: "must not be negative"}


def as_bib1(diagnostic: Diagnostic) -> tuple[DefaultDiagFormat, str]:
    """Return ``diagnostic`` in the default format, and what it says beyond that ("" for nothing)."""
    said = diagnostic.message or ""
    if diagnostic.diagnostic is None:
        return _default(_UNSPECIFIED, said), ""
    form, value = diagnostic.diagnostic
    if form == "default":
        return value, said
    arm, content = value
    condition, addinfo, further = _ARMS[arm](content) if arm in _ARMS else _of_choice(arm, *content)
    return _default(condition, addinfo), "; ".join(part for part in (further, said) if part)


def _default(condition: int, addinfo: str) -> DefaultDiagFormat:
    return DefaultDiagFormat(BIB1_DIAGNOSTICS, condition, ("v3", addinfo))


def _too_many(found: TooMany) -> _Meaning:
    allowed = "" if found.max is None else str(found.max)
    return _TOO_MANY.get(found.what, _UNSPECIFIED), allowed, ""


def _bad_spec(found: BadSpec) -> _Meaning:
    good = ", ".join(filter(None, map(_specification, found.good_ones)))
    further = f"supported: {good}" if good else ""
    name = _specification(found.spec)
    # A name refused for a database or for all is the same to who sent it; a schema without elements is another fault.
    return 1066 if found.spec.element_spec is None else 25, name, further


def _specification(spec: Specification) -> str:
    for kind, value in filter(None, (spec.element_spec, spec.schema)):
        return name_of(value) if kind == "oid" else name_of(value.direct_reference) if kind == "external" else value
    return ""


def _db_unavail(found: DatabaseUnavailable) -> _Meaning:
    condition = 109 if found.why.reason_code is None else _UNAVAILABLE.get(found.why.reason_code, 109)
    return condition, found.db, found.why.message or ""


def _un_sup_op(operator: int) -> _Meaning:
    return 110, _OPERATORS.get(operator, str(operator)), ""


def _attribute(found: AttributeProblem) -> _Meaning:
    if found.type is None:
        return 121, found.id, ""
    if found.term is not None:
        is_use = found.id == BIB1_ATTRIBUTES and found.type == 1 and found.value is not None
        return 115 if is_use else 126, _term_text(found.term), ""
    if found.id != BIB1_ATTRIBUTES:
        return 1024, " ".join(str(part) for part in (found.id, found.type, found.value) if part is not None), ""
    if found.value is None:
        return 113, str(found.type), ""
    if found.type not in _BIB1_TYPES:
        return 1024, f"{found.id} {found.type} {found.value}", ""
    return _BIB1_TYPES[found.type], str(found.value), ""


def _att_combo(found: Combination) -> _Meaning:
    instead = " or ".join(map(_attributes, found.alternatives))
    return 123, _attributes(found.unsupported), f"recommended instead: {instead}" if instead else ""


def _term(found: TermProblem) -> _Meaning:
    further = "the term is too short" if found.problem == 3 else ""
    return _TERM.get(found.problem or 0, 125), _term_text(found.term), further


def _record_syntax(found: RecordSyntax) -> _Meaning:
    return 238, ", ".join(found.alternatives), f"asked for was {syntax_name(found.unsupported)}"


def _of_choice(arm: str, alternative: str, value: Any) -> _Meaning:
    """Read an arm that is a CHOICE itself."""
    key = (arm, alternative)
    if key in _IN_WORDS:
        condition, words = _IN_WORDS[key]
        return condition, words, _shown(value)
    if key in _NUMBERED:
        return _NUMBERED[key].get(value, _UNSPECIFIED), "", ""
    if key == ("scan", "pos_in_response"):
        return _ALTERNATIVES[key], "", _POSITION_RULES.get(value, "")
    if key == ("sort", "sort_element"):
        return _ALTERNATIVES[key], "", "a sort element is not supported"
    return _ALTERNATIVES[key], _shown(value), ""


def _shown(value: Any) -> str:
    """Return a number, a text, a list of texts or object identifiers, or a list of attribute lists, as text."""
    if value is None:
        return ""
    if isinstance(value, (int, str)):
        return str(value)
    if all(isinstance(each, AttributeElement) for each in value):
        return _attributes(value)
    return ", ".join(name_of(each) if isinstance(each, str) else _attributes(each) for each in value)


def _attributes(attributes: Sequence[AttributeElement]) -> str:
    return " ".join(f"{each.type}={_attribute_value(each.value)}" for each in attributes)


def _attribute_value(value: tuple[str, Any]) -> str:
    if isinstance(value[1], ComplexAttributeValue):
        return ",".join(str(part) for _, part in value[1].values)
    return str(value[1])


def _term_text(term: tuple[str, Any]) -> str:
    value = term[1]
    if isinstance(value, bytes):
        return read_text(value)
    return str(value) if isinstance(value, (int, str)) else ""


_ARMS: dict[str, Callable[[Any], _Meaning]] = {
    "too_many": _too_many,
    "bad_spec": _bad_spec,
    "db_unavail": _db_unavail,
    "un_sup_op": _un_sup_op,
    "attribute": _attribute,
    "att_combo": _att_combo,
    "term": _term,
    "record_syntax": _record_syntax,
}
