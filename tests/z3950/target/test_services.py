"""Delete, ResourceReport, ExtendedServices and charset negotiation at the embedded target."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from locate.z3950.apdu import (
    Apdu,
    AttributesPlusTerm,
    Close,
    CloseReason,
    CompSpec,
    DeleteFunction,
    DeleteResultSetRequest,
    DeleteResultSetResponse,
    DeleteSetStatus,
    ExtendedServicesRequest,
    ExtendedServicesResponse,
    InitializeResponse,
    Range,
    ResourceReportRequest,
    ResourceReportResponse,
    ScanRequest,
    ScanResponse,
    SortRequest,
    Specification,
    TriggerResourceControlRequest,
)
from locate.z3950.charset_negotiation import propose, selected
from locate.z3950.oids import MARC21, XML
from locate.z3950.query import Term, to_rpn
from locate.z3950.target.responder import Responder
from tests.z3950.asking import INIT, condition, only_record, opened, present, search
from tests.z3950.made_up import xml_catalog

ALL = replace(INIT, options=frozenset(range(20)))


@pytest.fixture
def responder(tmp_path: Path) -> Responder:
    """Return a responder with all services, and sets "a" and "b"."""
    made = opened({"Default": xml_catalog(tmp_path)}, ALL)
    search(made, result_set_name="a")
    search(made, result_set_name="b")
    return made


def delete(responder: Responder, *names: str, function: int = DeleteFunction.LIST) -> DeleteResultSetResponse:
    """Delete sets."""
    (answer,) = responder.answers(DeleteResultSetRequest(function, names, reference_id=b"d"))
    assert isinstance(answer, DeleteResultSetResponse)
    assert answer.reference_id == b"d"
    return answer


def test_delete_named_sets(responder: Responder) -> None:
    """Each set named gets its status, one that is not there included; the others stay."""
    answer = delete(responder, "a", "none")
    assert answer.delete_operation_status == DeleteSetStatus.NOT_ALL_REQUESTED_DELETED
    assert [(each.id, each.status) for each in answer.delete_list_statuses] == [
        ("a", DeleteSetStatus.SUCCESS),
        ("none", DeleteSetStatus.DID_NOT_EXIST),
    ]
    assert condition(present(responder, result_set_id="a")) == (30, "a")
    assert present(responder, result_set_id="b").number_of_records_returned == 1
    assert delete(responder, "b").delete_operation_status == DeleteSetStatus.SUCCESS


def test_delete_all_sets(responder: Responder) -> None:
    """All sets go at once."""
    answer = delete(responder, function=DeleteFunction.ALL)
    assert (answer.delete_operation_status, answer.bulk_statuses) == (DeleteSetStatus.SUCCESS, ())
    assert condition(present(responder, result_set_id="b")) == (30, "b")


_TERM = AttributesPlusTerm((), ("general", b"x"))


@pytest.mark.parametrize(
    "request_",
    [
        DeleteResultSetRequest(DeleteFunction.ALL),
        ScanRequest(("Default",), _TERM, 1),
        SortRequest(("default",), "default", ()),
        ResourceReportRequest(),
    ],
    ids=lambda request: type(request).__name__,
)
def test_service_that_was_not_negotiated(tmp_path: Path, request_: Apdu) -> None:
    """A service that Init did not agree on is a protocol error, and the answer says so."""
    responder = opened({"Default": xml_catalog(tmp_path)}, replace(INIT, options=frozenset({0, 1})))
    (answer,) = responder.answers(request_)
    assert isinstance(answer, Close)
    assert answer.close_reason == CloseReason.PROTOCOL_ERROR
    assert "was not negotiated" in (answer.diagnostic_information or "")


def test_no_resource_report(responder: Responder) -> None:
    """There is nothing to report, and a trigger for it is passed over."""
    (answer,) = responder.answers(ResourceReportRequest(reference_id=b"r"))
    assert isinstance(answer, ResourceReportResponse)
    assert (answer.resource_report_status, answer.resource_report, answer.reference_id) == (2, None, b"r")
    assert responder.answers(TriggerResourceControlRequest(1)) == []


def test_extended_services_are_refused(responder: Responder) -> None:
    """Item order and the like are diagnostic 221."""
    (answer,) = responder.answers(ExtendedServicesRequest(1, "1.2.840.10003.9.4", 1))
    assert isinstance(answer, ExtendedServicesResponse)
    assert (answer.operation_status, answer.diagnostics[0].condition) == (3, 221)


def test_comp_spec(responder: Responder) -> None:
    """A comp-spec names syntax and element set; ranges and what it says of databases are refused."""
    search(responder)
    generic = Specification(element_spec=("element_set_name", "marcxml"))
    spec = CompSpec(select_alternative_syntax=False, generic=generic, record_syntax=(XML, MARC21))
    assert only_record(present(responder, record_composition=("complex", spec))).syntax == XML
    wrong = replace(spec, generic=Specification(element_spec=("element_set_name", "Q")))
    assert condition(present(responder, record_composition=("complex", wrong))) == (25, "Q")
    assert condition(present(responder, additional_ranges=(Range(3, 1),))) == (243, "")


@pytest.mark.parametrize(
    ("charset", "term", "chosen", "hits"),
    [
        ("utf-8", "müller".encode(), "utf-8", 1),
        ("iso-8859-1", "müller".encode("latin-1"), "iso8859-1", 1),
        ("windows-1252", "müller".encode("cp1252"), "cp1252", 1),
        ("iso-8859-1", "müller".encode(), "iso8859-1", 0),
        ("koi8-r", "müller".encode(), None, 1),
    ],
)
def test_charset_of_terms(tmp_path: Path, charset: str, term: bytes, chosen: str | None, hits: int) -> None:
    """Terms are read in the character set that Init selected; one that is not had leaves it to the bytes."""
    unit = propose([charset], records_in_selected=False)
    responder = Responder({"Default": xml_catalog(tmp_path)})
    (answer,) = responder.answers(replace(ALL, other_info=(unit,)))
    assert isinstance(answer, InitializeResponse)
    assert (selected(answer.other_info).charset, 17 in answer.options) == (chosen, True)
    query = to_rpn(Term("x", ((1, 1003),)))
    operand = AttributesPlusTerm(query.rpn[1][1].attributes, ("general", term))
    found = search(responder, query=("type_1", replace(query, rpn=("op", ("attr_term", operand)))))
    assert found.result_count == hits
    (listed,) = responder.answers(ScanRequest(("Default",), operand, 1))
    assert isinstance(listed, ScanResponse)
    assert listed.entries is not None
    assert [info.term[1] for _, info in listed.entries.entries] == [b"muller" if hits else b"max"]


def test_no_proposal_no_answer(tmp_path: Path) -> None:
    """Without a proposal, or in version 2, nothing is said of character sets."""
    unit = propose(["utf-8"], records_in_selected=False)
    versions = frozenset({0, 1})
    for init in (ALL, replace(ALL, other_info=(unit,), protocol_version=versions)):
        (answer,) = Responder({"Default": xml_catalog(tmp_path)}).answers(init)
        assert isinstance(answer, InitializeResponse)
        assert (answer.other_info, 17 in answer.options) == ((), False)
