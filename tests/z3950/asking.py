"""Ask an embedded target's responder APDU by APDU."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from locate.z3950.apdu import (
    InitializeRequest,
    PresentRequest,
    PresentResponse,
    SearchRequest,
    SearchResponse,
)
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.retrieval import Record, read_records
from locate.z3950.target.responder import Responder

__all__ = ["INIT", "PRESENT", "SEARCH", "condition", "only_bytes", "only_record", "opened", "present", "search"]

INIT = InitializeRequest(frozenset({0, 1, 2}), frozenset({0, 1, 2, 7, 14}), 1 << 20, 1 << 20, reference_id=b"i")
SEARCH = SearchRequest(
    small_set_upper_bound=0,
    large_set_lower_bound=1,
    medium_set_present_number=0,
    replace_indicator=True,
    result_set_name="default",
    database_names=("Default",),
    query=("type_1", to_rpn(parse_pqf("@attr 1=4 river"))),
)
PRESENT = PresentRequest("default", 1, 1)


def opened(databases: dict[str, Any], request: InitializeRequest = INIT, **settings: Any) -> Responder:
    """Return a responder that has answered Init."""
    made = Responder(databases, **settings)
    made.answers(request)
    return made


def search(responder: Responder, pqf: str = "", **changes: Any) -> SearchResponse:
    """Search with changes to SEARCH."""
    if pqf:
        changes["query"] = ("type_1", to_rpn(parse_pqf(pqf)))
    (answer,) = responder.answers(replace(SEARCH, **changes))
    assert isinstance(answer, SearchResponse)
    return answer


def present(responder: Responder, **changes: Any) -> PresentResponse:
    """Present with changes to PRESENT."""
    (answer,) = responder.answers(replace(PRESENT, **changes))
    assert isinstance(answer, PresentResponse)
    return answer


def condition(answer: SearchResponse | PresentResponse) -> tuple[int, str]:
    """Return condition and addinfo of the non-surrogate diagnostic."""
    assert answer.records is not None
    assert answer.records[0] == "diagnostic"
    return answer.records[1].condition, answer.records[1].addinfo[1]


def only_bytes(answer: SearchResponse | PresentResponse) -> bytes:
    """Return the bytes of the one record of an answer."""
    data = only_record(answer).data
    assert isinstance(data, bytes)
    return data


def only_record(answer: SearchResponse | PresentResponse) -> Record:
    """Return the one record of an answer."""
    (found,) = read_records(answer.records, 1)
    assert isinstance(found, Record)
    return found
