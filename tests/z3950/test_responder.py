"""The embedded target's answers, APDU by APDU, and the session around them, byte by byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from locate.partner import Credentials
from locate.records import BibRecord, read_opac_xml, read_record
from locate.z3950.apdu import (
    Apdu,
    Close,
    CloseReason,
    IdPass,
    InitializeRequest,
    InitializeResponse,
    PresentRequest,
    PresentResponse,
    PresentStatus,
    SearchRequest,
    SearchResponse,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.oids import GRS1, MARC21, OPAC, SUTRS, TEXT_XML, XML
from locate.z3950.opac import HoldingsAndCirc, OpacRecord
from locate.z3950.protocol import NEED_DATA, Origin, Signal
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.responder import Responder, ServiceLimits
from locate.z3950.retrieval import Record, SurrogateDiagnostic, read_records
from locate.z3950.server import ServerOptions, TargetSession
from tests.z3950.made_up import RECORDS, marc_catalog, marcxml, opac_catalog, xml_catalog

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


@pytest.fixture
def responder(tmp_path: Path) -> Responder:
    """Return a responder over a MARC catalog and one with holdings, Init done in version 3."""
    return opened({"Default": marc_catalog(tmp_path), "Held": opac_catalog(tmp_path)})


def opened(databases: dict[str, Any], request: InitializeRequest = INIT, **settings: Any) -> Responder:
    """Return a responder that has answered Init."""
    made = Responder(databases, **settings)
    made.answer(request)
    return made


def search(responder: Responder, pqf: str = "", **changes: Any) -> SearchResponse:
    """Search with changes to SEARCH."""
    if pqf:
        changes["query"] = ("type_1", to_rpn(parse_pqf(pqf)))
    answer = responder.answer(replace(SEARCH, **changes))
    assert isinstance(answer, SearchResponse)
    return answer


def present(responder: Responder, **changes: Any) -> PresentResponse:
    """Present with changes to PRESENT."""
    answer = responder.answer(replace(PRESENT, **changes))
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


# ---- Init -----------------------------------------------------------------------------------------------------------


def init(credentials: Credentials | None, given: tuple[str, Any] | None, **changes: Any) -> InitializeResponse:
    """Return the answer to Init under these credentials."""
    answer = Responder({}, credentials=credentials).answer(replace(INIT, id_authentication=given, **changes))
    assert isinstance(answer, InitializeResponse)
    return answer


def test_init_negotiates() -> None:
    """Versions and options are those both sides have; sizes are bounded; the referenceId comes back."""
    answer = init(None, None)
    assert (answer.result, set(answer.protocol_version), set(answer.options)) == (True, {0, 1, 2}, {0, 1, 14})
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
    """Positions outside 1 to the count are diagnostic 13."""
    search(responder)
    answer = present(responder, result_set_start_point=start, number_of_records_requested=count)
    assert condition(answer) == (13, "")
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
    responder.answer(replace(INIT, preferred_message_size=sizes[0] + sizes[1]))
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
    responder.answer(replace(tight, exceptional_record_size=4000))
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


# ---- record syntaxes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("database", ["Default", "Held"])
@pytest.mark.parametrize(
    ("syntax", "elements", "expected"),
    [
        (None, None, MARC21),
        (MARC21, "F", MARC21),
        (MARC21, "b", MARC21),
        (XML, "F", XML),
        (XML, "marcxml", XML),
        (TEXT_XML, None, TEXT_XML),
    ],
)
def test_bibliographic_syntaxes(
    responder: Responder, database: str, syntax: str | None, elements: str | None, expected: str
) -> None:
    """MARC 21 and MARCXML are given from either kind of file, with the same content, under the OID asked for."""
    search(responder, "@attr 1=12 tm001", database_names=(database,))
    simple = ("generic", elements) if elements else None
    found = only_record(present(responder, preferred_record_syntax=syntax, simple=simple))
    assert found.syntax == expected
    assert isinstance(found.data, bytes)
    record = read_record(found.data, "marc21" if expected == MARC21 else "xml")
    assert isinstance(record, BibRecord)
    original = read_record(RECORDS[0].encode(), "xml")
    assert isinstance(original, BibRecord)
    assert record.fields == original.fields
    assert record.control_fields == original.control_fields


def test_marc_file_is_served_as_it_is(tmp_path: Path) -> None:
    """A record kept in MARC 21 goes out byte for byte."""
    responder = opened({"Default": marc_catalog(tmp_path)})
    search(responder, "@attr 1=12 tm001")
    data = only_bytes(present(responder))
    assert (tmp_path / "made_up.mrc").read_bytes().startswith(data)


def test_opac_record_with_holdings(responder: Responder) -> None:
    """OPAC syntax carries the MARC 21 record and the holding with its circulation."""
    search(responder, "@attr 1=12 tm001", database_names=("Held",))
    opac = only_record(present(responder, preferred_record_syntax=OPAC)).data
    assert isinstance(opac, OpacRecord)
    assert opac.syntax == MARC21
    (holding,) = opac.holdings
    assert isinstance(holding, HoldingsAndCirc)
    assert (holding.local_location, holding.circulation[0].available_now) == ("Main", True)
    record = read_record(opac.bibliographic or b"", "marc21")
    assert isinstance(record, BibRecord)
    assert record.control_number == "tm001"


@pytest.mark.parametrize("elements", ["opac", "OP"])
def test_opac_xml(responder: Responder, elements: str) -> None:
    """XML with the element set of holdings gives OPAC XML."""
    search(responder, "@attr 1=12 tm001", database_names=("Held",))
    data = only_bytes(present(responder, preferred_record_syntax=XML, simple=("generic", elements)))
    opac = read_opac_xml(data)
    assert isinstance(opac, OpacRecord)
    assert opac.bibliographic
    assert len(opac.holdings) == 1


def test_opac_without_holdings(tmp_path: Path) -> None:
    """A record without holdings in a catalog that has some, or is told to give OPAC, comes with none."""
    responder = opened({"Default": opac_catalog(tmp_path)})
    search(responder, "@attr 1=12 tm004")
    opac = only_record(present(responder, preferred_record_syntax=OPAC)).data
    assert isinstance(opac, OpacRecord)
    assert opac.holdings == ()


def test_sutrs_is_a_short_text(responder: Responder) -> None:
    """SUTRS says in lines what the record is."""
    search(responder, "@attr 1=12 tm001")
    text = only_record(present(responder, preferred_record_syntax=SUTRS)).data
    assert isinstance(text, str)
    assert text.splitlines()[:2] == ["Title: Winter on the river : a history of ice /", "Author: Mustermann, Max"]
    assert "ISBN: 9780198534532" in text


@pytest.mark.parametrize(
    ("syntax", "elements", "expected"),
    [
        (GRS1, None, (239, GRS1)),
        (OPAC, None, (238, OPAC)),
        (MARC21, "Q", (25, "Q")),
        (MARC21, "opac", (25, "opac")),
        (XML, "opac", (25, "opac")),
        (SUTRS, "marcxml", (25, "marcxml")),
    ],
)
def test_syntaxes_refused(responder: Responder, syntax: str, elements: str | None, expected: tuple[int, str]) -> None:
    """239 for a syntax not served, 238 for OPAC without holdings, 25 for an element set; the search itself stands."""
    simple = ("generic", elements) if elements else None
    found = search(
        responder,
        small_set_upper_bound=99,
        preferred_record_syntax=syntax,
        small_set_element_set_names=simple,
    )
    assert (found.search_status, found.result_count, found.present_status) == (True, 4, PresentStatus.FAILURE)
    assert condition(found) == expected
    assert condition(present(responder, preferred_record_syntax=syntax, simple=simple)) == expected


# ---- the session ----------------------------------------------------------------------------------------------------


def exchange(session: TargetSession, data: bytes) -> list[Apdu]:
    """Give the session bytes and return all its answers."""
    session.receive_data(data)
    answers = []
    while (answer := session.next_answer()) is not None:
        answers.append(decode_apdu(answer))
    return answers


def test_origin_and_target_joined_byte_by_byte(tmp_path: Path) -> None:
    """Init, Search, Present and Close work when every byte comes alone in both directions."""
    origin, session = Origin(), TargetSession({"Default": marc_catalog(tmp_path)})
    answers: list[Apdu] = []
    requests: tuple[Apdu, ...] = (INIT, replace(SEARCH, small_set_upper_bound=2), PRESENT, Close(CloseReason.FINISHED))
    for request in requests:
        for octet in origin.send(request):
            session.receive_data(bytes([octet]))
            answer = session.next_answer()
            for sent in answer or b"":
                assert origin.next_event() is NEED_DATA
                origin.receive_data(bytes([sent]))
        event = origin.next_event()
        assert not isinstance(event, Signal)
        answers.append(event)
    assert [type(answer) for answer in answers] == [InitializeResponse, SearchResponse, PresentResponse, Close]
    assert isinstance(answers[3], Close)
    assert answers[3].close_reason == CloseReason.RESPONSE_TO_PEER
    assert session.finished


def test_pipelined_requests_are_answered_in_order(tmp_path: Path) -> None:
    """Requests that arrive in one piece get their answers one by one."""
    session = TargetSession({"Default": marc_catalog(tmp_path)})
    answers = exchange(session, encode_apdu(INIT) + encode_apdu(SEARCH) + encode_apdu(PRESENT))
    assert [type(answer) for answer in answers] == [InitializeResponse, SearchResponse, PresentResponse]
    assert not session.finished


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.0\r\n\r\n",
        b"\xb4\x84\xff\xff\xff\xff",
        b"\xb4\x03\x83\x05\x00",
        b"\xb4" + b"\x80\x30" * 200,
        encode_apdu(SEARCH),
        encode_apdu(INIT) + encode_apdu(INIT),
        encode_apdu(INIT) + b"\xbf\x23\x00",
        encode_apdu(INIT) + encode_apdu(PresentResponse(0, 0, 0)),
    ],
    ids=["http", "4 GiB", "malformed", "nested", "no Init", "Init twice", "Scan", "an answer"],
)
def test_what_breaks_the_protocol_is_closed(tmp_path: Path, data: bytes) -> None:
    """Malformed, too large, unknown or misplaced APDUs get a Close with reason 6, and the session is over."""
    session = TargetSession({"Default": xml_catalog(tmp_path)})
    answer = exchange(session, data)[-1]
    assert isinstance(answer, Close)
    assert answer.close_reason == CloseReason.PROTOCOL_ERROR
    assert answer.diagnostic_information
    assert session.finished
    assert exchange(session, encode_apdu(INIT)) == []


def test_request_above_the_limit_is_closed(tmp_path: Path) -> None:
    """A request larger than max_pdu_bytes is refused as soon as its length is read."""
    session = TargetSession({"Default": xml_catalog(tmp_path)}, ServerOptions(max_pdu_bytes=100))
    answer = exchange(session, b"\xb4\x82\x01\x00")[-1]
    assert isinstance(answer, Close)
    assert "limit is 100" in (answer.diagnostic_information or "")


def test_refused_init_ends_the_session(tmp_path: Path) -> None:
    """After Init was refused the connection is of no more use."""
    options = ServerOptions(credentials=Credentials(user="ill", password="secret"))
    session = TargetSession({"Default": xml_catalog(tmp_path)}, options)
    (answer,) = exchange(session, encode_apdu(INIT))
    assert isinstance(answer, InitializeResponse)
    assert not answer.result
    assert session.finished


def test_end_of_file_ends_the_session(tmp_path: Path) -> None:
    """End of file without Close is a normal end."""
    session = TargetSession({"Default": xml_catalog(tmp_path)})
    assert exchange(session, encode_apdu(INIT))
    assert exchange(session, b"") == []
    assert session.finished
    assert session.close(CloseReason.SHUTDOWN) == b""
