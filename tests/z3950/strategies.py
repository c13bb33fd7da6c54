"""Hypothesis strategies for every APDU and for the OPAC record.

Values stay within what the standard's ASN.1 allows and an independent encoder can write: no EXTERNAL in the
single-ASN1-type form unless asked for, no text that is not Unicode.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings, strategies as st

from locate.z3950.apdu import (
    Apdu,
    AttributeElement,
    AttributesPlusTerm,
    Close,
    ComplexAttributeValue,
    DefaultDiagFormat,
    External,
    IdPass,
    InitializeRequest,
    InitializeResponse,
    NamePlusRecord,
    OtherInformationUnit,
    PresentRequest,
    PresentResponse,
    ProximityOperator,
    RpnQuery,
    RpnRpnOp,
    SearchRequest,
    SearchResponse,
)
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord, Volume
from locate.z3950.query import And, AndNot, Or, Query, ResultSet, Term

__all__ = ["apdus", "opac_records", "queries", "steady"]

# A busy machine is no failure: no deadline for one example.
steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

integers = st.integers(-(2**31), 2**63 - 1)
sizes = st.integers(0, 2**31 - 1)
octets = st.binary(max_size=40)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
ascii_texts = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
oids = st.lists(st.integers(0, 20000), max_size=5).map(lambda arcs: ".".join(map(str, (1, 2, *arcs))))
bits = st.frozensets(st.integers(0, 40), max_size=8)
references = st.none() | octets


def _optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _arm(name: str, strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, Any]]:
    return st.tuples(st.just(name), strategy)


externals = st.builds(External, _optional(oids), _optional(integers), _arm("octets", octets) | _arm("bits", bits))
other_infos = st.lists(
    st.builds(
        OtherInformationUnit,
        _arm("text", texts) | _arm("binary", octets) | _arm("external", externals) | _arm("oid", oids),
    ),
    max_size=2,
).map(tuple)
id_authentications = (
    _arm("open", ascii_texts)
    | _arm("id_pass", st.builds(IdPass, _optional(texts), _optional(texts), _optional(texts)))
    | _arm("anonymous", st.none())
    | _arm("other", externals)
)
attribute_elements = st.builds(
    AttributeElement,
    integers,
    _arm("numeric", integers)
    | _arm(
        "complex",
        st.builds(
            ComplexAttributeValue,
            st.lists(_arm("text", texts) | _arm("number", integers), min_size=1, max_size=3).map(tuple),
        ),
    ),
    _optional(oids),
)
operands = _arm("result_set", texts) | _arm(
    "attr_term",
    st.builds(
        AttributesPlusTerm,
        st.lists(attribute_elements, max_size=3).map(tuple),
        _arm("general", octets)
        | _arm("numeric", integers)
        | _arm("character_string", texts)
        | _arm("oid", oids)
        | _arm("external", externals)
        | _arm("null", st.none()),
    ),
)
operators = st.sampled_from(["and", "or", "not"]).map(lambda name: (name, None)) | _arm(
    "prox",
    st.builds(
        ProximityOperator,
        integers,
        st.booleans(),
        integers,
        _arm("known", integers) | _arm("private", integers),
        _optional(st.booleans()),
    ),
)
structures: st.SearchStrategy[tuple[str, Any]] = st.recursive(
    _arm("op", operands),
    lambda inner: _arm("rpn_rpn_op", st.builds(RpnRpnOp, inner, inner, operators)),
    max_leaves=4,
)
rpn_queries = st.builds(RpnQuery, oids, structures)
search_queries = (
    _arm("type_1", rpn_queries)
    | _arm("type_101", rpn_queries)
    | _arm("type_2", octets)
    | _arm("type_100", octets)
    | _arm("type_102", octets)
    | _arm("type_104", externals)
)
element_sets = _optional(_arm("generic", texts))
diagnostics = st.builds(DefaultDiagFormat, oids, integers, _arm("v2", ascii_texts) | _arm("v3", texts))
diag_recs = diagnostics | externals
records = (
    _arm(
        "response",
        st.lists(
            st.builds(NamePlusRecord, _arm("retrieval", externals) | _arm("surrogate", diag_recs), _optional(texts)),
            max_size=3,
        ).map(tuple),
    )
    | _arm("diagnostic", diagnostics)
    | _arm("diagnostics", st.lists(diag_recs, max_size=2).map(tuple))
)

init_requests = st.builds(
    InitializeRequest,
    protocol_version=bits,
    options=bits,
    preferred_message_size=sizes,
    exceptional_record_size=sizes,
    id_authentication=_optional(id_authentications),
    implementation_id=_optional(texts),
    implementation_name=_optional(texts),
    implementation_version=_optional(texts),
    user_information=_optional(externals),
    other_info=other_infos,
    reference_id=references,
)
init_responses = st.builds(
    InitializeResponse,
    protocol_version=bits,
    options=bits,
    preferred_message_size=sizes,
    exceptional_record_size=sizes,
    result=st.booleans(),
    implementation_id=_optional(texts),
    implementation_name=_optional(texts),
    implementation_version=_optional(texts),
    user_information=_optional(externals),
    other_info=other_infos,
    reference_id=references,
)
search_requests = st.builds(
    SearchRequest,
    small_set_upper_bound=sizes,
    large_set_lower_bound=sizes,
    medium_set_present_number=sizes,
    replace_indicator=st.booleans(),
    result_set_name=texts,
    database_names=st.lists(texts, max_size=3).map(tuple),
    query=search_queries,
    small_set_element_set_names=element_sets,
    medium_set_element_set_names=element_sets,
    preferred_record_syntax=_optional(oids),
    other_info=other_infos,
    reference_id=references,
)
search_responses = st.builds(
    SearchResponse,
    result_count=integers,
    number_of_records_returned=sizes,
    next_result_set_position=sizes,
    search_status=st.booleans(),
    result_set_status=_optional(integers),
    present_status=_optional(integers),
    records=_optional(records),
    other_info=other_infos,
    reference_id=references,
)
present_requests = st.builds(
    PresentRequest,
    texts,
    integers,
    integers,
    record_composition=_optional(_arm("simple", _arm("generic", texts))),
    preferred_record_syntax=_optional(oids),
    other_info=other_infos,
    reference_id=references,
)
present_responses = st.builds(
    PresentResponse,
    sizes,
    sizes,
    integers,
    records=_optional(records),
    other_info=other_infos,
    reference_id=references,
)
closes = st.builds(Close, integers, _optional(texts), other_infos, references)
apdus: st.SearchStrategy[Apdu] = st.one_of(
    init_requests, init_responses, search_requests, search_responses, present_requests, present_responses, closes
)

_holdings_texts = {
    name: _optional(texts)
    for name in (
        "type_of_record", "encoding_level", "format", "receipt_acq_status", "general_retention", "completeness",
        "date_of_report", "nuc_code", "local_location", "shelving_location", "call_number", "shelving_data",
        "copy_number", "public_note", "reproduction_note", "terms_use_repro", "enum_and_chron",
    )
}  # fmt: skip
_circulations = st.builds(
    CircRecord,
    st.booleans(),
    _optional(texts),
    _optional(texts),
    _optional(texts),
    _optional(texts),
    st.booleans(),
    st.booleans(),
    _optional(texts),
    _optional(texts),
    _optional(texts),
)
_holdings = st.builds(
    HoldingsAndCirc,
    **_holdings_texts,
    volumes=st.lists(st.builds(Volume, _optional(texts), _optional(texts), _optional(texts)), max_size=2).map(tuple),
    circulation=st.lists(_circulations, max_size=2).map(tuple),
)
opac_records = st.builds(
    OpacRecord,
    oids,
    octets,
    st.lists(_holdings | st.builds(MarcHoldings, oids, octets), max_size=2).map(tuple),
)

_terms = st.builds(Term, texts, st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9999)), max_size=3).map(tuple))
queries: st.SearchStrategy[Query] = st.recursive(
    _terms | st.builds(ResultSet, texts),
    lambda inner: st.builds(And, inner, inner) | st.builds(Or, inner, inner) | st.builds(AndNot, inner, inner),
    max_leaves=6,
)
