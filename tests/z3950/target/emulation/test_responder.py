"""A whole association with a target that has habits: Init, interruptions, and the end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from locate.z3950.apdu import (
    AccessControlRequest,
    AccessControlResponse,
    Apdu,
    Close,
    CloseReason,
    InitializeResponse,
    ResourceControlRequest,
    ResourceControlResponse,
    SearchResponse,
    TriggerResourceControlRequest,
    UnknownApdu,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.init_reason import init_reason
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import PRESETS, EmulatedResponder, Emulation
from locate.z3950.target.negotiation import ServiceLimits
from locate.z3950.target.rendering import RecordCache
from locate.z3950.target.server import ServerOptions, TargetSession
from tests.z3950.asking import INIT, PRESENT, SEARCH, condition
from tests.z3950.made_up import xml_catalog
from tests.z3950.strategies import apdus
from tests.z3950.target.emulation.asking import Asker


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the made-up records."""
    return xml_catalog(tmp_path_factory.mktemp("responder"))


# ---- Init -----------------------------------------------------------------------------------------------------------


def test_options_of_init(catalog: Catalog) -> None:
    """Search may be left out though it works, segmentation though it is asked for; interruptions are announced."""
    asker = Asker(Emulation(search_option=False, segmentation=False), catalog)
    assert asker.init.options.isdisjoint({0, 11, 12})
    assert asker.search().result_count == 4
    interrupting = Asker(Emulation(access_password="x", resource_control="ask"), catalog)
    assert interrupting.init.options >= {5, 6}
    assert Asker(Emulation(access_password="x"), catalog, options=frozenset({0, 1})).init.options == {0, 1}


@pytest.mark.parametrize(
    ("habits", "code", "text"),
    [
        (Emulation(init_refusal="diagnostic"), 1014, "Init"),
        (Emulation(init_refusal="oclc"), 1014, "Bad logon."),
        (Emulation(init_refusal="text"), None, "authentication is needed here"),
        (Emulation(init_refusal="silent"), None, ""),
    ],
)
def test_refusals_of_init(catalog: Catalog, habits: Emulation, code: int | None, text: str) -> None:
    """Init is refused in each of the forms that systems have, and the session is over."""
    asker = Asker(habits, catalog)
    reason = init_reason(asker.init.user_information, asker.init.other_info)
    assert not asker.init.result
    assert (reason.diagnostic.condition if reason.diagnostic else None) == code
    assert text in " ".join(reason.texts)
    assert asker.session.finished


def test_init_without_oid(catalog: Catalog) -> None:
    """An EXTERNAL without an OID comes with an Init that is otherwise good."""
    asker = Asker(Emulation(init_without_oid=True), catalog)
    assert asker.init.result
    assert asker.init.user_information is not None
    assert asker.init.user_information.direct_reference is None


def test_no_room(catalog: Catalog) -> None:
    """A target that is full refuses Init with 1015."""
    asker = Asker(Emulation(max_sessions=1), catalog, full=True)
    reason = init_reason(asker.init.user_information)
    assert (asker.init.result, reason.diagnostic and reason.diagnostic.condition) == (False, 1015)


# ---- interruptions --------------------------------------------------------------------------------------------------


def test_access_control(catalog: Catalog) -> None:
    """The first search is challenged; the right password lets it and all later ones through."""
    asker = Asker(Emulation(access_password="sesame"), catalog)
    (challenge,) = asker.ask(replace(SEARCH, reference_id=b"s"))
    assert isinstance(challenge, AccessControlRequest)
    assert (challenge.security_challenge[0], challenge.reference_id) == ("simple", b"s")
    (answer,) = asker.ask(AccessControlResponse(("simple", b"sesame"), reference_id=b"s"))
    assert isinstance(answer, SearchResponse)
    assert (answer.result_count, answer.reference_id) == (4, b"s")
    assert asker.search().result_count == 4


@pytest.mark.parametrize("response", [("simple", b"guess"), None])
def test_access_denied(catalog: Catalog, response: tuple[str, bytes] | None) -> None:
    """A wrong password, or none, is diagnostic 101, and the next search is challenged again."""
    asker = Asker(Emulation(access_password="sesame"), catalog)
    asker.ask(SEARCH)
    (answer,) = asker.ask(AccessControlResponse(response))
    assert isinstance(answer, SearchResponse)
    assert condition(answer) == (101, "")
    assert isinstance(asker.ask(SEARCH)[0], AccessControlRequest)


def test_resource_control_tells(catalog: Catalog) -> None:
    """A report that wants no answer comes before the answer to the search."""
    asker = Asker(Emulation(resource_control="tell"), catalog)
    report, answer = asker.ask(SEARCH)
    assert isinstance(report, ResourceControlRequest)
    assert not report.response_required
    assert isinstance(answer, SearchResponse)


@pytest.mark.parametrize(("goes_on", "hits"), [(True, 4), (False, 0)])
def test_resource_control_asks(catalog: Catalog, *, goes_on: bool, hits: int) -> None:
    """The search goes on when the origin says so, and is diagnostic 105 when it does not."""
    asker = Asker(Emulation(resource_control="ask"), catalog)
    (question,) = asker.ask(SEARCH)
    assert isinstance(question, ResourceControlRequest)
    assert question.response_required
    (answer,) = asker.ask(ResourceControlResponse(continue_flag=goes_on))
    assert isinstance(answer, SearchResponse)
    assert (answer.search_status, answer.result_count) == (goes_on, hits)
    assert goes_on or condition(answer) == (105, "")


def test_challenge_and_question(catalog: Catalog) -> None:
    """Both may interrupt the same search."""
    asker = Asker(Emulation(access_password="sesame", resource_control="ask", unknown_apdu=True), catalog)
    asker.ask(SEARCH)
    assert isinstance(asker.ask(AccessControlResponse(("simple", b"sesame")))[0], ResourceControlRequest)
    odd, answer = asker.ask(ResourceControlResponse(continue_flag=True))
    assert isinstance(odd, UnknownApdu)
    assert isinstance(answer, SearchResponse)


# ---- the end --------------------------------------------------------------------------------------------------------


def test_close_after_operations(catalog: Catalog) -> None:
    """After its number of operations the target is gone, without a Close."""
    asker = Asker(Emulation(close_after_operations=2), catalog)
    asker.search()
    assert not asker.session.finished
    asker.present()
    assert asker.session.finished
    assert asker.ask(PRESENT) == []


def test_close_is_answered(catalog: Catalog) -> None:
    """A target with habits answers a Close as any other."""
    asker = Asker(Emulation(unknown_apdu=True), catalog)
    (answer,) = asker.ask(Close(CloseReason.FINISHED))
    assert isinstance(answer, Close)
    assert asker.session.finished


def test_silent_on_garbage(catalog: Catalog) -> None:
    """What is no APDU gets nothing, nor does anything after it, until the origin gives up."""
    asker = Asker(Emulation(silent_on_garbage=True), catalog)
    assert asker.ask(b"\xff\xff\xff\xff") == []
    assert asker.ask(SEARCH) == []
    assert not asker.session.finished
    asker.ask(b"")
    assert asker.session.finished


def test_delays(catalog: Catalog) -> None:
    """Only the service that is slow waits."""
    options = ServerOptions(delay_s=0.5, emulation=Emulation(search_delay_s=2.0, present_delay_s=1.0))
    session = TargetSession({"Default": catalog}, options)
    delays = []
    for request in (INIT, SEARCH, PRESENT):
        session.receive_data(encode_apdu(request))
        assert session.next_answer()
        delays.append(session.delay_s)
    assert delays == [0.5, 2.5, 1.5]


@pytest.mark.parametrize("name", PRESETS)
def test_presets_work(catalog: Catalog, name: str) -> None:
    """With every preset a full association works: Init, a search with full attributes or few, Present, Close."""
    asker = Asker(PRESETS[name], catalog)
    assert isinstance(asker.init, InitializeResponse)
    assert asker.init.result
    pqf = "@attr 1=4 river" if PRESETS[name].unsupported_types else "@attr 1=4 @attr 3=3 @attr 4=2 river"
    assert asker.search(pqf).result_count == 4
    assert asker.present(1, 4).number_of_records_returned == 4
    assert isinstance(asker.ask(Close(CloseReason.FINISHED))[0], Close)


_ALL_AT_ONCE = Emulation(
    unsupported_uses=frozenset({9}),
    position_required=True,
    query_charset="windows-1252",
    issn_hyphen="needed",
    ignores_named_sets=True,
    element_sets="surrogate",
    leader_09=" ",
    record_charset="latin-1",
    electronic_holdings=False,
    broken_opac=True,
    records_held=2,
    claimed_hits=99,
    present_limit=3,
    resource_control="ask",
    access_password="x",
    unknown_apdu=True,
    v2_addinfo=True,
    two_diagnostics=True,
    diag_1=True,
)


@given(
    habits=st.sampled_from([*PRESETS.values(), _ALL_AT_ONCE, Emulation(piggyback="refused", resource_control="tell")]),
    requests=st.lists(apdus, max_size=5),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_request_raises(catalog: Catalog, habits: Emulation, requests: list[Apdu]) -> None:
    """Whatever APDUs come after Init, a target with habits answers or closes, and every answer decodes."""
    asker = Asker(habits, catalog)
    for request in requests:
        asker.ask(request)
    responder = EmulatedResponder(
        habits, {"Default": catalog}, credentials=None, limits=ServiceLimits(), cache=RecordCache()
    )
    for request in (INIT, *requests):
        for answer in responder.answers(request):
            assert decode_apdu(encode_apdu(answer))


def test_trigger_does_not_end_an_interrupted_search(catalog: Catalog) -> None:
    """A trigger in the middle of an interrupted search is passed over, and the search goes on."""
    asker = Asker(Emulation(resource_control="ask"), catalog)
    asker.ask(SEARCH)
    assert asker.ask(TriggerResourceControlRequest(1)) == []
    (answer,) = asker.ask(ResourceControlResponse(continue_flag=True))
    assert isinstance(answer, SearchResponse)
