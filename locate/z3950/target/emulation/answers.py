"""An answer as a target with habits gives it.

Decides what becomes of the honest answer: its records, its diagnostics and its numbers. Pure; raises
nothing, since all that it changes was made by the honest target.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from locate.z3950.apdu import (
    Apdu,
    DefaultDiagFormat,
    External,
    NamePlusRecord,
    PresentRequest,
    PresentResponse,
    PresentStatus,
    ScanResponse,
    SearchRequest,
    SearchResponse,
    Segment,
    SortResponse,
)
from locate.z3950.diag1 import Diagnostic, encode_diag1
from locate.z3950.oids import BIB1_DIAGNOSTICS, DIAG1
from locate.z3950.target.emulation.habits import Emulation
from locate.z3950.target.emulation.records import spoilt

__all__ = ["given"]


def given(answer: Apdu, request: Apdu, habits: Emulation) -> Apdu:
    """Return what the target sends instead of the honest ``answer`` to ``request``, which is the origin's own."""
    name = _element_set(request)
    if isinstance(answer, SearchResponse):
        changed = _search(answer, name, habits)
        return replace(changed, records=_records(changed.records, name, habits))
    if isinstance(answer, PresentResponse) and isinstance(request, PresentRequest):
        presented = _present(answer, request, habits)
        return replace(presented, records=_records(presented.records, name, habits))
    if isinstance(answer, Segment):
        return replace(answer, segment_records=_entries(answer.segment_records, name, habits))
    if isinstance(answer, ScanResponse) and answer.entries:
        found = _diagnostics(answer.entries.nonsurrogate_diagnostics, habits)
        return replace(answer, entries=replace(answer.entries, nonsurrogate_diagnostics=found))
    if isinstance(answer, SortResponse):
        return replace(answer, diagnostics=_diagnostics(answer.diagnostics, habits))
    return answer


# ---- Search and Present ---------------------------------------------------------------------------------------------


def _search(answer: SearchResponse, name: str, habits: Emulation) -> SearchResponse:
    if not answer.search_status:
        return answer
    if habits.claimed_hits is not None:
        following = answer.number_of_records_returned + 1
        answer = replace(answer, result_count=habits.claimed_hits, next_result_set_position=following)
    records = answer.records
    if records is None:
        return answer
    if habits.piggyback == "silent":
        answer = replace(answer, records=None, present_status=None)
        return replace(answer, number_of_records_returned=0, next_result_set_position=1)
    if habits.piggyback == "refused":
        return _records_refused(answer, 1005, "")
    if habits.element_sets == "non-surrogate" and name:
        return _records_refused(answer, 24, name)
    if habits.records_held is not None and records[0] == "response":
        held = records[1][: habits.records_held]
        answer = replace(answer, records=("response", held), number_of_records_returned=len(held))
    return answer


def _records_refused(answer: SearchResponse, condition: int, addinfo: str) -> SearchResponse:
    diagnostic = DefaultDiagFormat(BIB1_DIAGNOSTICS, condition, ("v3", addinfo))
    return replace(
        answer,
        records=("diagnostic", diagnostic),
        present_status=PresentStatus.FAILURE,
        number_of_records_returned=0,
        next_result_set_position=1,
    )


def _present(answer: PresentResponse, request: PresentRequest, habits: Emulation) -> PresentResponse:
    limited = habits.present_limit is not None and request.number_of_records_requested > habits.present_limit
    if limited and answer.present_status == PresentStatus.SUCCESS:
        return replace(answer, present_status=PresentStatus.PARTIAL_2)
    return answer


def _element_set(request: Apdu) -> str:
    """Return the element set name that a request asks for, "" for none."""
    if isinstance(request, PresentRequest) and request.record_composition is not None:
        return str(request.record_composition[1][1]) if request.record_composition[0] == "simple" else ""
    if isinstance(request, SearchRequest):
        names = request.small_set_element_set_names or request.medium_set_element_set_names
        return str(names[1]) if names else ""
    return ""


# ---- records and diagnostics ----------------------------------------------------------------------------------------


def _records(records: tuple[str, Any] | None, name: str, habits: Emulation) -> tuple[str, Any] | None:
    if records is None:
        return None
    arm, value = records
    if arm == "response":
        return arm, _entries(value, name, habits)
    if habits.two_diagnostics or habits.diag_1:
        return "diagnostics", _diagnostics((value,), habits)
    return arm, _addinfo(value, habits)


def _entries(entries: tuple[NamePlusRecord, ...], name: str, habits: Emulation) -> tuple[NamePlusRecord, ...]:
    found = []
    for index, entry in enumerate(entries):
        arm, value = entry.record
        if habits.element_sets == "surrogate" and name:
            arm, value = "surrogate", DefaultDiagFormat(BIB1_DIAGNOSTICS, 25, ("v3", name))
        if arm == "surrogate":
            value = _diag_1(value) if habits.diag_1 else _addinfo(value, habits)
        elif arm == "retrieval":
            value = spoilt(value, habits, first=index == 0)
        found.append(replace(entry, record=(arm, value)))
    return tuple(found)


def _diagnostics(diagnostics: tuple[Any, ...], habits: Emulation) -> tuple[Any, ...]:
    found: list[Any] = [_addinfo(each, habits) for each in diagnostics]
    if found and habits.two_diagnostics:
        found.append(replace(found[0], condition=100, addinfo=(found[0].addinfo[0], "see the first diagnostic")))
    return tuple(map(_diag_1, found)) if habits.diag_1 else tuple(found)


def _addinfo(diagnostic: DefaultDiagFormat, habits: Emulation) -> DefaultDiagFormat:
    return replace(diagnostic, addinfo=("v2", diagnostic.addinfo[1])) if habits.v2_addinfo else diagnostic


def _diag_1(diagnostic: DefaultDiagFormat) -> External:
    return External(DIAG1, None, ("single", encode_diag1((Diagnostic(("default", diagnostic)),))))
