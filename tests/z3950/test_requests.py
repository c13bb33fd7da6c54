"""What the origin asks, field by field."""

from __future__ import annotations

import pytest

from locate.errors import LocalProtocolError
from locate.partner import Credentials, Target
from locate.z3950.apdu import IdPass, InitializeResponse, SortAttributes, decode_apdu, encode_apdu
from locate.z3950.charset_negotiation import answer, proposed
from locate.z3950.oids import BIB1_ATTRIBUTES, MARC21
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.requests import (
    NAMED_RESULT_SETS,
    SortKey,
    initialize_request,
    present_request,
    scan_request,
    search_request,
    server_info,
    sort_request,
    syntax_oid,
)

TARGET = Target("z3950.example.org", database="main+serials")
QUERY = to_rpn(parse_pqf("@attr 1=4 river"))


@pytest.mark.parametrize(
    ("credentials", "expected"),
    [
        (None, None),
        (Credentials(user="ill", password="secret"), ("id_pass", IdPass(None, "ill", "secret"))),
        (Credentials(user="ill", group="staff"), ("id_pass", IdPass("staff", "ill", None))),
        (Credentials(open="token"), ("open", "token")),
        (Credentials(anonymous=True), ("anonymous", None)),
    ],
)
def test_authentication(credentials: Credentials | None, expected: object) -> None:
    """Each form of credentials is its arm of idAuthentication; none sends none."""
    request = initialize_request(Target("h", credentials=credentials), "tests")
    assert request.id_authentication == expected
    assert request.implementation_name == "tests"


def test_init_proposes_versions_and_services() -> None:
    """Init proposes versions 1 to 3 and every service, but a character set only where the target names one."""
    request = initialize_request(TARGET, "tests")
    assert request.protocol_version == {0, 1, 2}
    assert request.options >= {0, 1, 2, 7, 8, NAMED_RESULT_SETS}
    assert 17 not in request.options
    assert request.other_info == ()


def test_a_character_set_is_proposed_and_read_back() -> None:
    """A target's charset is proposed in negotiation-3, and what the target selects is told."""
    request = initialize_request(Target("h", charset="utf-8"), "tests")
    assert 17 in request.options
    proposal = proposed(request.other_info)
    assert proposal is not None
    selected = answer(proposal, ["utf-8"], records_too=True)
    response = InitializeResponse(frozenset({0, 1, 2}), frozenset({0, 1}), 1, 1, result=True, other_info=(selected,))
    told = server_info(response)
    assert (told.charset, told.records_too, told.protocol_version) == ("utf-8", True, 3)


@pytest.mark.parametrize(
    ("count", "piggyback", "bounds"),
    [
        (10, True, (10, 2**31 - 1, 10)),
        (1, True, (1, 2**31 - 1, 1)),
        (0, True, (1, 2, 0)),
        (10, False, (0, 1, 0)),
        (0, False, (0, 1, 0)),
    ],
)
def test_set_bounds(count: int, piggyback: bool, bounds: tuple[int, int, int]) -> None:  # noqa: FBT001 - a parameter
    """The first records come with the answer whatever the size of the set; smallSetUpperBound is 0 only where records
    in the answer are refused, and always below largeSetLowerBound.
    """
    request = search_request(
        TARGET, QUERY, count, syntax=MARC21, element_set="F", result_set="default", piggyback=piggyback
    )
    assert (
        request.small_set_upper_bound,
        request.large_set_lower_bound,
        request.medium_set_present_number,
    ) == bounds
    assert request.database_names == ("main", "serials")
    assert (request.preferred_record_syntax is not None) is piggyback
    assert (request.small_set_element_set_names is not None) is piggyback


def test_requests_survive_the_wire() -> None:
    """What is built can be encoded and decoded."""
    requests = (
        initialize_request(Target("h", charset="utf-8", credentials=Credentials("ill", "secret")), "tests"),
        search_request(TARGET, QUERY, 5, syntax=MARC21, element_set=None, result_set="a", piggyback=True),
        present_request("a", 1, 5, syntax=MARC21, element_set="F"),
        scan_request(TARGET, parse_pqf("@attr 1=4 river"), 5, step_size=0, position=2, charset="utf-8"),
        sort_request([SortKey("title"), SortKey(((1, 31),), descending=True)], ["a", "b"], "c"),
    )
    for request in requests:
        assert decode_apdu(encode_apdu(request)) == request


def test_a_scan_starts_from_one_term() -> None:
    """Terms joined by an operator are no start term."""
    with pytest.raises(LocalProtocolError, match="a scan starts from one term"):
        scan_request(TARGET, parse_pqf("@and a b"), 5, step_size=None, position=1, charset="utf-8")


def test_sort_keys() -> None:
    """A key is a name or attributes; direction and case are said for each."""
    by_name, by_date = sort_request(
        [SortKey("title", case_sensitive=True), SortKey(((1, 31), (4, 5)), descending=True)], ["a"], "a"
    ).sort_sequence
    assert (by_name.sort_element, by_name.sort_relation, by_name.case_sensitivity) == (
        ("generic", ("field", "title")),
        0,
        0,
    )
    kind, (arm, attributes) = by_date.sort_element
    assert (kind, arm, by_date.sort_relation, by_date.case_sensitivity) == ("generic", "attributes", 1, 1)
    assert isinstance(attributes, SortAttributes)
    assert attributes.id == BIB1_ATTRIBUTES
    assert [(each.type, each.value) for each in attributes.list] == [(1, ("numeric", 31)), (4, ("numeric", 5))]
    with pytest.raises(LocalProtocolError, match="at least one key"):
        sort_request([], ["a"], "a")


def test_syntaxes() -> None:
    """A record syntax is a known name or a dotted OID; another name is refused with the known ones."""
    assert syntax_oid("marc21") == syntax_oid(MARC21) == MARC21
    with pytest.raises(LocalProtocolError, match=r"record syntax 'marc22' is not known; known are .*unimarc"):
        syntax_oid("marc22")
