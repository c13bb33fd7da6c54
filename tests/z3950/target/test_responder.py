"""The embedded target's answers to Init, Search and Present, APDU by APDU."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from locate.partner import Credentials
from locate.z3950.apdu import (
    IdPass,
    InitializeResponse,
    PresentStatus,
)
from locate.z3950.oids import XML
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.retrieval import Record, SurrogateDiagnostic, read_records
from locate.z3950.target.responder import Responder, ServiceLimits
from tests.z3950.asking import INIT, condition, only_bytes, only_record, opened, present, search
from tests.z3950.made_up import RECORDS, marc_catalog, marcxml, opac_catalog, xml_catalog


@pytest.fixture
def responder(tmp_path: Path) -> Responder:
    """Return a responder over a MARC catalog and one with holdings, Init done in version 3."""
    return opened({"Default": marc_catalog(tmp_path), "Held": opac_catalog(tmp_path)})


# ---- Init -----------------------------------------------------------------------------------------------------------


def init(credentials: Credentials | None, given: tuple[str, Any] | None, **changes: Any) -> InitializeResponse:
    """Return the answer to Init under these credentials."""
    (answer,) = Responder({}, credentials=credentials).answers(replace(INIT, id_authentication=given, **changes))
    assert isinstance(answer, InitializeResponse)
    return answer


def test_init_negotiates() -> None:
    """Versions and options are those both sides have; sizes are bounded; the referenceId comes back."""
    answer = init(None, None)
    assert (answer.result, set(answer.protocol_version), set(answer.options)) == (True, {0, 1, 2}, {0, 1, 2, 7, 14})
    assert answer.reference_id == b"i"
    huge = init(None, None, preferred_message_size=1 << 40, exceptional_record_size=0)
    assert huge.preferred_message_size == ServiceLimits().message_bytes
    assert huge.exceptional_record_size == ServiceLimits().record_bytes
    second = init(None, None, protocol_version=frozenset({0, 1}), options=frozenset({0}))
    assert (second.result, set(second.protocol_version), set(second.options)) == (True, {0, 1}, {0})


def test_init_without_common_version_is_refused() -> None:
    """An origin that only speaks version 1 is told so."""
    answer = init(None, None, protocol_version=frozenset({0}))
    assert not answer.result
    assert "versions 2 and 3" in answer.other_info[0].information[1]


@pytest.mark.parametrize(
    ("required", "given", "accepted"),
    [
        (None, ("id_pass", IdPass(None, "any", "one")), True),
        (Credentials(user="ill", password="secret"), ("id_pass", IdPass(None, "ill", "secret")), True),
        (Credentials(user="ill", password="secret"), ("open", "ill/secret"), True),
        (Credentials(user="ill", password="secret"), ("id_pass", IdPass(None, "ill", "wrong")), False),
        (Credentials(user="ill", password="secret"), ("id_pass", IdPass("g", "ill", "secret")), False),
        (Credentials(user="ill", password="secret", group="g"), ("id_pass", IdPass("g", "ill", "secret")), True),
        (Credentials(user="ill", password="secret"), ("anonymous", None), False),
        (Credentials(user="ill", password="secret"), None, False),
        (Credentials(open="tokén"), ("open", "tokén"), True),
        (Credentials(open="token"), ("open", "other"), False),
        (Credentials(open="token"), ("id_pass", IdPass(None, "token", None)), False),
        (Credentials(anonymous=True), ("anonymous", None), True),
        (Credentials(anonymous=True), ("open", "/"), False),
    ],
)
def test_credentials(required: Credentials | None, given: tuple[str, Any] | None, *, accepted: bool) -> None:
    """Only the right form with the right words gets in; a refusal carries its reason as text."""
    answer = init(required, given)
    assert answer.result is accepted
    assert [unit.information[0] for unit in answer.other_info] == ([] if accepted else ["text"])


# ---- Search ---------------------------------------------------------------------------------------------------------


def test_search_counts(responder: Responder) -> None:
    """A search without piggyback gives the count and points at the first record."""
    answer = search(responder, reference_id=b"s")
    assert (answer.search_status, answer.result_count, answer.number_of_records_returned) == (True, 4, 0)
    assert (answer.next_result_set_position, answer.records, answer.reference_id) == (1, None, b"s")
    assert search(responder, "@attr 1=4 nowhere").next_result_set_position == 0


@pytest.mark.parametrize(
    ("bounds", "returned", "following"),
    [
        ((4, 5, 1), 4, 0),
        ((10, 20, 1), 4, 0),
        ((3, 5, 2), 2, 3),
        ((0, 100, 9), 4, 0),
        ((3, 4, 2), 0, 1),
        ((0, 1, 0), 0, 1),
        ((0, 9, -1), 0, 1),
    ],
)
def test_piggyback_bounds(responder: Responder, bounds: tuple[int, int, int], returned: int, following: int) -> None:
    """Of four hits, small sets come whole, medium ones in part, large ones not at all."""
    small, large, medium = bounds
    answer = search(
        responder, small_set_upper_bound=small, large_set_lower_bound=large, medium_set_present_number=medium
    )
    assert (answer.number_of_records_returned, answer.next_result_set_position) == (returned, following)
    assert len(read_records(answer.records, 1)) == returned
    assert answer.present_status == (PresentStatus.SUCCESS if returned else None)


def test_piggyback_takes_the_element_set_of_its_bound(responder: Responder) -> None:
    """The small set's element set name does not speak for a medium set."""
    names: dict[str, Any] = {
        "small_set_element_set_names": ("generic", "Q"),
        "medium_set_element_set_names": ("generic", "F"),
    }
    medium = search(responder, large_set_lower_bound=99, medium_set_present_number=1, **names)
    assert medium.number_of_records_returned == 1
    small = search(responder, small_set_upper_bound=99, **names)
    assert (small.search_status, small.result_count, small.present_status) == (True, 4, PresentStatus.FAILURE)
    assert condition(small) == (25, "Q")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"database_names": ("Nowhere",)}, (109, "Nowhere")),
        ({"database_names": ("Default", "Nowhere")}, (109, "Nowhere")),
        ({"database_names": ()}, (109, "")),
        ({"query": ("type_1", to_rpn(parse_pqf("@attr 1=9999 x")))}, (114, "9999")),
        ({"query": ("type_1", to_rpn(parse_pqf("@set other")))}, (30, "other")),
        ({"query": ("type_2", b"find x")}, (107, "2")),
    ],
)
def test_search_diagnostics(responder: Responder, changes: dict[str, Any], expected: tuple[int, str]) -> None:
    """A search that fails says why, and leaves no result set."""
    search(responder)
    answer = search(responder, **changes)
    assert (answer.search_status, answer.result_count, answer.result_set_status) == (False, 0, 3)
    assert condition(answer) == expected
    assert condition(present(responder)) == (30, "default")


def test_type_101_is_a_query_too(responder: Responder) -> None:
    """The extended RPN of type 101 is carried out like type 1."""
    assert search(responder, query=("type_101", to_rpn(parse_pqf("@attr 1=4 river")))).result_count == 4


def test_databases_match_in_any_case_and_add_up(responder: Responder) -> None:
    """Two databases in one search give the hits of both, each record with its database's own name."""
    answer = search(responder, database_names=("DEFAULT", "held", "Held"), small_set_upper_bound=99)
    assert answer.result_count == 8
    names = [found.database for found in read_records(answer.records, 1) if isinstance(found, Record)]
    assert names == ["Default"] * 4 + ["Held"] * 4
    assert search(responder, "@set default", database_names=("held",), result_set_name="b").result_count == 4
    assert search(responder, "@set b", database_names=("default",), result_set_name="c").result_count == 0


def test_named_result_sets(responder: Responder) -> None:
    """Sets live side by side, feed later searches, even the one that replaces them, and obey replaceIndicator."""
    search(responder, result_set_name="a")
    search(responder, "@attr 1=4 anthology", result_set_name="b")
    assert search(responder, "@not @set a @set b").result_count == 3
    assert search(responder, "@and @set default @attr 1=8 03785955").result_count == 1
    assert condition(search(responder, result_set_name="a", replace_indicator=False)) == (21, "a")
    assert (
        only_record(present(responder, result_set_id="b")).data
        == only_record(present(responder, result_set_id="a", result_set_start_point=3)).data
    )


def test_oldest_result_set_is_dropped(tmp_path: Path) -> None:
    """Beyond the limit the oldest set goes; searching anew under a name makes it the youngest."""
    responder = opened({"Default": xml_catalog(tmp_path)}, limits=ServiceLimits(result_sets=2))
    for name in ("a", "b", "a", "c"):
        search(responder, result_set_name=name)
    assert condition(present(responder, result_set_id="b")) == (30, "b")
    assert present(responder, result_set_id="a").present_status == PresentStatus.SUCCESS


def test_result_set_names_must_be_negotiated(tmp_path: Path) -> None:
    """Without the option only "default" is a name."""
    plain = replace(INIT, options=frozenset({0, 1}))
    responder = opened({"Default": xml_catalog(tmp_path)}, plain)
    assert condition(search(responder, result_set_name="a")) == (22, "a")
    assert search(responder).search_status


# ---- Present --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "count"), [(0, 1), (5, 1), (1, 5), (4, 2), (1, -1), (-3, 1), (1, 2**31 - 1)])
def test_present_out_of_range(responder: Responder, start: int, count: int) -> None:
    """Positions outside 1 to the count are diagnostic 13 with the position asked for."""
    search(responder)
    answer = present(responder, result_set_start_point=start, number_of_records_requested=count)
    assert condition(answer) == (13, str(start))
    assert (answer.present_status, answer.number_of_records_returned) == (PresentStatus.FAILURE, 0)


def test_present_pages(responder: Responder) -> None:
    """Pages follow each other by nextResultSetPosition, which is 0 behind the last record."""
    search(responder)
    first = present(responder, number_of_records_requested=3)
    assert (first.number_of_records_returned, first.next_result_set_position) == (3, 4)
    last = present(responder, result_set_start_point=4)
    assert (last.number_of_records_returned, last.next_result_set_position) == (1, 0)


def test_addinfo_has_the_form_of_the_version(tmp_path: Path) -> None:
    """Version 2 gets v2Addinfo, version 3 v3Addinfo."""
    catalog = xml_catalog(tmp_path)
    for versions, form in ((frozenset({0, 1}), "v2"), (frozenset({0, 1, 2}), "v3")):
        responder = opened({"Default": catalog}, replace(INIT, protocol_version=versions))
        answer = present(responder)
        assert answer.records is not None
        assert answer.records[1].addinfo == (form, "default")


def test_message_size_cuts_with_partial_2(responder: Responder) -> None:
    """Records that do not fit stay behind, and asking on from there gives them."""
    search(responder)
    sizes = [len(only_bytes(present(responder, result_set_start_point=n))) for n in (1, 2, 3, 4)]
    responder.answers(replace(INIT, preferred_message_size=sizes[0] + sizes[1]))
    answer = present(responder, number_of_records_requested=4)
    assert (answer.present_status, answer.number_of_records_returned) == (PresentStatus.PARTIAL_2, 2)
    assert answer.next_result_set_position == 3
    piggyback = search(responder, small_set_upper_bound=9)
    assert (piggyback.present_status, piggyback.number_of_records_returned) == (PresentStatus.PARTIAL_2, 2)


def test_record_above_message_size(tmp_path: Path) -> None:
    """Among others a record too large is surrogate 16; alone it comes while the exceptional size allows, else 17."""
    catalog = xml_catalog(tmp_path, marcxml("big", "245$ariver " + "x" * 5000), marcxml("small", "245$ariver"))
    tight = replace(INIT, preferred_message_size=2000, exceptional_record_size=9000)
    responder = opened({"Default": catalog}, tight)
    answer = search(responder, small_set_upper_bound=9)
    big, small = read_records(answer.records, 1)
    assert isinstance(big, SurrogateDiagnostic)
    assert (big.condition, big.position) == (16, 1)
    assert isinstance(small, Record)
    assert len(only_bytes(present(responder))) > 5000
    responder.answers(replace(tight, exceptional_record_size=4000))
    (refused,) = read_records(present(responder).records, 1)
    assert isinstance(refused, SurrogateDiagnostic)
    assert refused.condition == 17


def test_record_that_does_not_convert_is_surrogate_14(tmp_path: Path) -> None:
    """A field too long for ISO 2709 costs its own record only, and not in XML."""
    catalog = xml_catalog(tmp_path, marcxml("long", "245$ariver", "520$a" + "x" * 20_000), RECORDS[3])
    responder = opened({"Default": catalog})
    first, second = read_records(search(responder, small_set_upper_bound=9).records, 1)
    assert isinstance(first, SurrogateDiagnostic)
    assert first.condition == 14
    assert "520" in first.addinfo
    assert isinstance(second, Record)
    assert only_record(present(responder, preferred_record_syntax=XML)).syntax == XML
