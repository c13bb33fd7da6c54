"""Hypothesis strategies for every APDU, for OPAC records, for charset negotiation and for queries."""

from __future__ import annotations

from hypothesis import HealthCheck, settings, strategies as st

from locate.z3950 import apdu as z, charset_negotiation as cn
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord, Volume
from locate.z3950.query import And, AndNot, Or, Query, ResultSet, Term
from tests.z3950.pieces import (
    arm,
    ascii_texts,
    attribute_lists,
    attributes_plus_terms,
    bits,
    diag_recs,
    diagnostics,
    element_sets,
    externals,
    int_units,
    integers,
    names_plus_records,
    octets,
    oids,
    optional,
    other_infos,
    records,
    rpn_queries,
    search_queries,
    sizes,
    specifications,
    terms,
    texts,
    tuples,
)

__all__ = [
    "APDUS",
    "apdus",
    "charset_negotiations",
    "diagnostics",
    "opac_records",
    "queries",
    "rpn_queries",
    "steady",
]

# A busy machine is no failure: no deadline for one example.
steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

_booleans = st.booleans()
_ends = {"other_info": other_infos, "reference_id": optional(octets)}
_search_ends = {"additional_search_info": other_infos, **_ends}
_init = {
    "protocol_version": bits,
    "options": bits,
    "preferred_message_size": sizes,
    "exceptional_record_size": sizes,
    "implementation_id": optional(texts),
    "implementation_name": optional(texts),
    "implementation_version": optional(texts),
    "user_information": optional(externals),
    **_ends,
}
_id_authentications = (
    arm("open", ascii_texts)
    | arm("id_pass", st.builds(z.IdPass, optional(texts), optional(texts), optional(texts)))
    | arm("anonymous", st.none())
    | arm("other", externals)
)
_comp_specs = st.builds(
    z.CompSpec,
    _booleans,
    optional(specifications),
    tuples(st.builds(z.DatabaseSpecification, texts, specifications)),
    tuples(oids),
)
_list_statuses = tuples(st.builds(z.ListStatus, texts, integers))
_challenges = arm("simple", octets) | arm("external", externals)
_occurrences = st.builds(
    z.OccurrenceByAttributes,
    attribute_lists.filter(bool),
    optional(
        arm("global", integers)
        | arm("by_database", tuples(st.builds(z.ByDatabase, texts, optional(integers), other_infos)))
    ),
    other_infos,
)
_term_infos = st.builds(
    z.TermInfo,
    terms,
    optional(texts),
    attribute_lists,
    tuples(attributes_plus_terms, most=1),
    optional(integers),
    tuples(_occurrences),
    other_infos,
)
_list_entries = st.builds(
    z.ListEntries, tuples(arm("term", _term_infos) | arm("surrogate", diag_recs)), tuples(diag_recs)
)
_sort_keys = (
    arm("field", texts)
    | arm("element_spec", specifications)
    | arm("attributes", st.builds(z.SortAttributes, oids, attribute_lists))
)
_sort_key_specs = st.builds(
    z.SortKeySpec,
    arm("generic", _sort_keys) | arm("database_specific", tuples(st.builds(z.DatabaseSort, texts, _sort_keys))),
    integers,
    integers,
    optional(arm("abort", st.none()) | arm("null", st.none()) | arm("data", octets)),
)


def _words(*names: str) -> st.SearchStrategy[tuple[str, None]]:
    return st.sampled_from(names).map(lambda name: (name, None))


# Every type of APDU that the standard has.
APDUS: dict[type[z.Apdu], st.SearchStrategy[z.Apdu]] = {
    z.InitializeRequest: st.builds(z.InitializeRequest, id_authentication=optional(_id_authentications), **_init),
    z.InitializeResponse: st.builds(z.InitializeResponse, result=_booleans, **_init),
    z.SearchRequest: st.builds(
        z.SearchRequest,
        small_set_upper_bound=sizes,
        large_set_lower_bound=sizes,
        medium_set_present_number=sizes,
        replace_indicator=_booleans,
        result_set_name=texts,
        database_names=tuples(texts),
        query=search_queries,
        small_set_element_set_names=optional(element_sets),
        medium_set_element_set_names=optional(element_sets),
        preferred_record_syntax=optional(oids),
        **_search_ends,
    ),
    z.SearchResponse: st.builds(
        z.SearchResponse,
        result_count=integers,
        number_of_records_returned=sizes,
        next_result_set_position=sizes,
        search_status=_booleans,
        result_set_status=optional(integers),
        present_status=optional(integers),
        records=optional(records),
        **_search_ends,
    ),
    z.PresentRequest: st.builds(
        z.PresentRequest,
        texts,
        integers,
        integers,
        additional_ranges=tuples(st.builds(z.Range, integers, integers)),
        record_composition=optional(arm("simple", element_sets) | arm("complex", _comp_specs)),
        preferred_record_syntax=optional(oids),
        max_segment_count=optional(sizes),
        max_record_size=optional(sizes),
        max_segment_size=optional(sizes),
        **_ends,
    ),
    z.PresentResponse: st.builds(z.PresentResponse, sizes, sizes, integers, records=optional(records), **_ends),
    z.DeleteResultSetRequest: st.builds(z.DeleteResultSetRequest, integers, result_set_list=tuples(texts), **_ends),
    z.DeleteResultSetResponse: st.builds(
        z.DeleteResultSetResponse,
        integers,
        delete_list_statuses=_list_statuses,
        number_not_deleted=optional(integers),
        bulk_statuses=_list_statuses,
        delete_message=optional(texts),
        **_ends,
    ),
    z.AccessControlRequest: st.builds(z.AccessControlRequest, _challenges, **_ends),
    z.AccessControlResponse: st.builds(
        z.AccessControlResponse, optional(_challenges), diagnostic=optional(diag_recs), **_ends
    ),
    z.ResourceControlRequest: st.builds(
        z.ResourceControlRequest,
        _booleans,
        suspended_flag=optional(_booleans),
        resource_report=optional(externals),
        partial_results_available=optional(integers),
        triggered_request_flag=optional(_booleans),
        **_ends,
    ),
    z.ResourceControlResponse: st.builds(
        z.ResourceControlResponse, _booleans, result_set_wanted=optional(_booleans), **_ends
    ),
    z.TriggerResourceControlRequest: st.builds(
        z.TriggerResourceControlRequest,
        integers,
        preferred_resource_report_format=optional(oids),
        result_set_wanted=optional(_booleans),
        **_ends,
    ),
    z.ResourceReportRequest: st.builds(
        z.ResourceReportRequest, optional(octets), preferred_resource_report_format=optional(oids), **_ends
    ),
    z.ResourceReportResponse: st.builds(
        z.ResourceReportResponse, integers, resource_report=optional(externals), **_ends
    ),
    z.ScanRequest: st.builds(
        z.ScanRequest,
        tuples(texts),
        attributes_plus_terms,
        integers,
        attribute_set=optional(oids),
        step_size=optional(integers),
        preferred_position_in_response=optional(integers),
        **_ends,
    ),
    z.ScanResponse: st.builds(
        z.ScanResponse,
        integers,
        integers,
        step_size=optional(integers),
        position_of_term=optional(integers),
        entries=optional(_list_entries),
        attribute_set=optional(oids),
        **_ends,
    ),
    z.SortRequest: st.builds(z.SortRequest, tuples(texts), texts, tuples(_sort_key_specs), **_ends),
    z.SortResponse: st.builds(
        z.SortResponse,
        integers,
        result_set_status=optional(integers),
        diagnostics=tuples(diag_recs),
        result_count=optional(integers),
        **_ends,
    ),
    z.Segment: st.builds(z.Segment, sizes, tuples(names_plus_records), **_ends),
    z.ExtendedServicesRequest: st.builds(
        z.ExtendedServicesRequest,
        integers,
        oids,
        integers,
        package_name=optional(texts),
        user_id=optional(texts),
        retention_time=optional(int_units),
        permissions=tuples(st.builds(z.Permission, tuples(integers), optional(texts))),
        description=optional(texts),
        task_specific_parameters=optional(externals),
        elements=optional(texts),
        **_ends,
    ),
    z.ExtendedServicesResponse: st.builds(
        z.ExtendedServicesResponse,
        integers,
        diagnostics=tuples(diag_recs),
        task_package=optional(externals),
        **_ends,
    ),
    z.Close: st.builds(
        z.Close,
        integers,
        diagnostic_information=optional(texts),
        resource_report_format=optional(oids),
        resource_report=optional(externals),
        **_ends,
    ),
    z.DuplicateDetectionRequest: st.builds(
        z.DuplicateDetectionRequest,
        tuples(texts),
        texts,
        tuples(
            arm("number_of_entries", integers)
            | arm("percent_of_entries", integers)
            | _words("duplicates_only", "discard_rs_duplicates")
        ),
        applicable_portion_of_record=optional(externals),
        duplicate_detection_criteria=tuples(
            arm("level_of_match", integers)
            | arm("regular_expression", externals)
            | _words("case_sensitive", "punctuation_sensitive", "rs_duplicates")
        ),
        clustering=optional(_booleans),
        sort_criteria=tuples(
            arm("preferred_databases", tuples(texts))
            | _words("most_comprehensive", "least_comprehensive", "most_recent", "oldest", "least_cost")
        ),
        **_ends,
    ),
    z.DuplicateDetectionResponse: st.builds(
        z.DuplicateDetectionResponse,
        integers,
        result_set_count=optional(integers),
        diagnostics=tuples(diag_recs),
        **_ends,
    ),
}
apdus: st.SearchStrategy[z.Apdu] = st.one_of(*APDUS.values())

_HOLDINGS_TEXTS = (
    "type_of_record", "encoding_level", "format", "receipt_acq_status", "general_retention", "completeness",
    "date_of_report", "nuc_code", "local_location", "shelving_location", "call_number", "shelving_data",
    "copy_number", "public_note", "reproduction_note", "terms_use_repro", "enum_and_chron",
)  # fmt: skip
_CIRC_TEXTS = (
    "availability_date", "available_thru", "restrictions", "item_id", "enum_and_chron", "midspine",
    "temporary_location",
)  # fmt: skip
_circulations = st.builds(
    CircRecord,
    available_now=_booleans,
    renewable=_booleans,
    on_hold=_booleans,
    **{name: optional(texts) for name in _CIRC_TEXTS},
)
_holdings = st.builds(
    HoldingsAndCirc,
    **{name: optional(texts) for name in _HOLDINGS_TEXTS},
    volumes=tuples(st.builds(Volume, optional(texts), optional(texts), optional(texts))),
    circulation=tuples(_circulations),
)
opac_records = st.builds(OpacRecord, oids, octets, tuples(_holdings | st.builds(MarcHoldings, oids, octets)))

_left_and_right = st.builds(cn.LeftAndRight, integers, optional(integers))
_environments = _words("seven_bit", "eight_bit")
_initial_sets = st.builds(cn.InitialSet, integers, *[optional(integers)] * 5)
_charsets = arm("iso10646", st.builds(cn.Iso10646, oids, optional(oids))) | arm(
    "private", arm("via_oid", tuples(oids)) | arm("external", externals) | arm("agreed", st.none())
)
_iso2022_proposals = st.builds(
    cn.Iso2022Proposal, tuples(integers), tuples(_initial_sets), _left_and_right, optional(_environments)
)
_iso2022_responses = st.builds(cn.Iso2022Response, _environments, tuples(integers), _initial_sets, _left_and_right)
charset_negotiations = st.builds(
    cn.OriginProposal,
    tuples(_charsets | arm("iso2022", _iso2022_proposals)),
    tuples(texts),
    optional(_booleans),
) | st.builds(
    cn.TargetResponse,
    optional(_charsets | arm("iso2022", _iso2022_responses) | arm("none", st.none())),
    optional(texts),
    optional(_booleans),
)

_query_terms = st.builds(
    Term, texts, st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9999)), max_size=3).map(tuple)
)
queries: st.SearchStrategy[Query] = st.recursive(
    _query_terms | st.builds(ResultSet, texts),
    lambda inner: st.builds(And, inner, inner) | st.builds(Or, inner, inner) | st.builds(AndNot, inner, inner),
    max_leaves=6,
)
