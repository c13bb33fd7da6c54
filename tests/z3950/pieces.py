"""Hypothesis strategies for what APDUs and records are made of: EXTERNAL, queries, diagnostics, records.

Values stay within what the standard's ASN.1 allows and an independent encoder can write: no EXTERNAL in the
single-ASN1-type form, no text that is not Unicode.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from locate.z3950.apdu import (
    AttributeElement,
    AttributesPlusTerm,
    ComplexAttributeValue,
    DatabaseElementSet,
    DefaultDiagFormat,
    External,
    InfoCategory,
    IntUnit,
    NamePlusRecord,
    OtherInformationUnit,
    ProximityOperator,
    ResultSetPlusAttributes,
    RpnQuery,
    RpnRpnOp,
    Specification,
    Unit,
)

__all__ = [
    "arm",
    "ascii_texts",
    "attribute_lists",
    "attributes_plus_terms",
    "bits",
    "diag_recs",
    "diagnostics",
    "element_sets",
    "externals",
    "int_units",
    "integers",
    "names_plus_records",
    "octets",
    "oids",
    "optional",
    "other_infos",
    "records",
    "rpn_queries",
    "search_queries",
    "sizes",
    "specifications",
    "strings_or_numbers",
    "terms",
    "texts",
    "times",
    "tuples",
    "units",
]

integers = st.integers(-(2**31), 2**63 - 1)
sizes = st.integers(0, 2**31 - 1)
octets = st.binary(max_size=40)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
ascii_texts = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
times = st.datetimes().map(lambda time: f"{time:%Y%m%d%H%M%S}")
oids = st.lists(st.integers(0, 20000), max_size=5).map(lambda arcs: ".".join(map(str, (1, 2, *arcs))))
bits = st.frozensets(st.integers(0, 40), max_size=8)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give None or what ``strategy`` gives."""
    return st.none() | strategy


def arm(name: str, strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, Any]]:
    """Give a value of a CHOICE in the alternative ``name``."""
    return st.tuples(st.just(name), strategy)


def tuples(strategy: st.SearchStrategy[Any], *, least: int = 0, most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """Give a value of a SEQUENCE OF."""
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def _bit_string(content: bytes, unused: int) -> bytes:
    """Return the content octets of a BIT STRING whose unused bits are zero."""
    if not content:
        return b"\x00"
    return bytes((unused,)) + content[:-1] + bytes((content[-1] >> unused << unused,))


externals = st.builds(
    External,
    optional(oids),
    optional(integers),
    arm("octets", octets) | arm("bits", st.builds(_bit_string, octets, st.integers(0, 7))),
)
other_infos = tuples(
    st.builds(
        OtherInformationUnit,
        arm("text", texts) | arm("binary", octets) | arm("external", externals) | arm("oid", oids),
        optional(st.builds(InfoCategory, integers, optional(oids))),
    )
)
strings_or_numbers = arm("text", texts) | arm("number", integers)
units = st.builds(Unit, optional(texts), optional(strings_or_numbers), optional(strings_or_numbers), optional(integers))
int_units = st.builds(IntUnit, integers, units)
attribute_elements = st.builds(
    AttributeElement,
    integers,
    arm("numeric", integers)
    | arm("complex", st.builds(ComplexAttributeValue, tuples(strings_or_numbers, least=1), tuples(integers))),
    optional(oids),
)
attribute_lists = tuples(attribute_elements, most=3)
terms = (
    arm("general", octets)
    | arm("numeric", integers)
    | arm("character_string", texts)
    | arm("oid", oids)
    | arm("date_time", times)
    | arm("external", externals)
    | arm("integer_and_unit", int_units)
    | arm("null", st.none())
)
attributes_plus_terms = st.builds(AttributesPlusTerm, attribute_lists, terms)
operands = (
    arm("result_set", texts)
    | arm("attr_term", attributes_plus_terms)
    | arm("result_attr", st.builds(ResultSetPlusAttributes, texts, attribute_lists))
)
operators = st.sampled_from(["and", "or", "not"]).map(lambda name: (name, None)) | arm(
    "prox",
    st.builds(
        ProximityOperator,
        integers,
        st.booleans(),
        integers,
        arm("known", integers) | arm("private", integers),
        optional(st.booleans()),
    ),
)
structures: st.SearchStrategy[tuple[str, Any]] = st.recursive(
    arm("op", operands), lambda inner: arm("rpn_rpn_op", st.builds(RpnRpnOp, inner, inner, operators)), max_leaves=4
)
rpn_queries = st.builds(RpnQuery, oids, structures)
search_queries = (
    arm("type_1", rpn_queries)
    | arm("type_101", rpn_queries)
    | arm("type_2", octets)
    | arm("type_100", octets)
    | arm("type_102", octets)
    | arm("type_104", externals)
)
element_sets = arm("generic", texts) | arm("database_specific", tuples(st.builds(DatabaseElementSet, texts, texts)))
specifications = st.builds(
    Specification,
    optional(arm("oid", oids) | arm("uri", texts)),
    optional(arm("element_set_name", texts) | arm("external", externals)),
)
diagnostics = st.builds(DefaultDiagFormat, oids, integers, arm("v2", ascii_texts) | arm("v3", texts))
diag_recs = diagnostics | externals
_fragments = arm("external", externals) | arm("octets", octets)
names_plus_records = st.builds(
    NamePlusRecord,
    arm("retrieval", externals)
    | arm("surrogate", diag_recs)
    | arm("starting", _fragments)
    | arm("intermediate", _fragments)
    | arm("final", _fragments),
    optional(texts),
)
records = (
    arm("response", tuples(names_plus_records, most=3))
    | arm("diagnostic", diagnostics)
    | arm("diagnostics", tuples(diag_recs))
)
