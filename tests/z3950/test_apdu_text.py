"""APDUs as one line and as a tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from locate.text import visible
from locate.z3950.apdu import (
    AccessControlRequest,
    AccessControlResponse,
    Apdu,
    AttributeElement,
    AttributesPlusTerm,
    Close,
    CloseReason,
    DefaultDiagFormat,
    DeleteFunction,
    DeleteResultSetRequest,
    DeleteResultSetResponse,
    External,
    IdPass,
    InitializeResponse,
    ListEntries,
    ListStatus,
    NamePlusRecord,
    OtherInformationUnit,
    PresentRequest,
    PresentResponse,
    PresentStatus,
    ResourceControlResponse,
    ScanRequest,
    ScanResponse,
    SearchResponse,
    Segment,
    SortKeySpec,
    SortRequest,
    SortResponse,
    SortStatus,
    TermInfo,
    UnknownApdu,
    decode_apdu,
)
from locate.z3950.apdu_text import LINE_CHARACTERS, OPTIONS, hex_dump, one_line, printable, tree
from locate.z3950.oids import BIB1_DIAGNOSTICS, MARC21, PREFIX
from locate.z3950.query import parse_pqf, to_rpn
from tests.wire.samples import NAMES, load
from tests.z3950.asking import INIT, SEARCH
from tests.z3950.strategies import apdus, steady

SECRET = "xyzzy-plugh-42"
REFUSED = DefaultDiagFormat(BIB1_DIAGNOSTICS, 13, ("v2", "99"))
OTHER = DefaultDiagFormat(BIB1_DIAGNOSTICS, 100, ("v3", "why"))
MALFORMED = DefaultDiagFormat(BIB1_DIAGNOSTICS, 108)
RECORD = NamePlusRecord(("retrieval", External(MARC21, None, ("octets", b"0" * 100))), "Books")
START = AttributesPlusTerm((AttributeElement(1, ("numeric", 4)),), ("general", b"river"))
ACCEPTED = InitializeResponse(frozenset({1}), frozenset({0, 1}), 1, 1, result=True, implementation_name="Maker")
TITLE = ("type_1", to_rpn(parse_pqf("@attr 1=4 river")))


def entry(term: bytes) -> tuple[str, TermInfo]:
    """Return an entry of a term list."""
    return "term", TermInfo(("general", term))


LINES: list[tuple[Apdu, str]] = [
    (INIT, "InitializeRequest version 1+2+3, search present delSet scan namedResultSets"),
    (ACCEPTED, "InitializeResponse accepted, version 2, Maker, search present"),
    (
        replace(ACCEPTED, result=False, other_info=(OtherInformationUnit(("text", "no licence left")),)),
        "InitializeResponse refused, no licence left, version 2, Maker, search present",
    ),
    (replace(SEARCH, query=TITLE), "SearchRequest default Default @attr 1=4 river, no records"),
    (
        replace(
            SEARCH,
            query=TITLE,
            database_names=("a", "b"),
            small_set_upper_bound=10,
            small_set_element_set_names=("generic", "F"),
            preferred_record_syntax=MARC21,
        ),
        "SearchRequest default a+b @attr 1=4 river, up to 10 records, marc21 F",
    ),
    (replace(SEARCH, query=("type_2", b"find x")), "SearchRequest default Default type_2 'find x', no records"),
    (SearchResponse(12, 1, 2, search_status=True, records=("response", (RECORD,))), "SearchResponse 12 hits, 1 record"),
    (
        SearchResponse(0, 0, 0, search_status=False, records=("diagnostic", replace(REFUSED, condition=114))),
        "SearchResponse failed, 0 hits, 0 records, unsupported use attribute (bib-1 114: 99)",
    ),
    (
        SearchResponse(0, 0, 0, search_status=False, records=("diagnostics", (OTHER, OTHER, MALFORMED))),
        "SearchResponse failed, 0 hits, 0 records, unspecified error (bib-1 100: why), malformed query (bib-1 108)",
    ),
    (
        PresentRequest(
            "default", 11, 5, record_composition=("simple", ("generic", "B")), preferred_record_syntax="1.2.3"
        ),
        "PresentRequest default from 11, 5 records, 1.2.3 B",
    ),
    (
        PresentResponse(1, 2, PresentStatus.PARTIAL_2, ("response", (NamePlusRecord(("surrogate", REFUSED)),))),
        "PresentResponse 1 record, partial-2, surrogate present request out of range (bib-1 13: 99)",
    ),
    (PresentResponse(0, 1, 77), "PresentResponse 0 records, status 77"),
    (Segment(1, (RECORD,)), "Segment 1 record"),
    (
        ScanRequest(("Default",), START, 20, step_size=0, preferred_position_in_response=3),
        "ScanRequest Default @attr 1=4 river, 20 terms, position 3, step 0",
    ),
    (
        ScanResponse(0, 2, entries=ListEntries((entry(b"river"), ("surrogate", REFUSED), entry(b"rivers")))),
        "ScanResponse 2 terms, river to rivers",
    ),
    (
        ScanResponse(6, 0, entries=ListEntries((), (REFUSED,))),
        "ScanResponse failure, 0 terms, present request out of range (bib-1 13: 99)",
    ),
    (
        SortRequest(("a",), "b", (SortKeySpec(("generic", ("field", "title")), 0, 1),)),
        "SortRequest a into b, by 1 key",
    ),
    (SortResponse(SortStatus.SUCCESS), "SortResponse success"),
    (
        SortResponse(SortStatus.FAILURE, diagnostics=(replace(REFUSED, condition=207),)),
        "SortResponse failure, cannot sort according to sequence (bib-1 207: 99)",
    ),
    (DeleteResultSetRequest(DeleteFunction.LIST, ("a", "b")), "DeleteResultSetRequest a+b"),
    (DeleteResultSetRequest(DeleteFunction.ALL), "DeleteResultSetRequest all result sets"),
    (DeleteResultSetResponse(9, (ListStatus("a", 1),)), "DeleteResultSetResponse status 9, a 1"),
    (Close(CloseReason.LACK_OF_ACTIVITY, "120 s\nwithout"), r"Close lack of activity, 120 s\nwithout"),
    (AccessControlRequest(("simple", b"who?")), "AccessControlRequest"),
    (ResourceControlResponse(continue_flag=True), "ResourceControlResponse continue_flag True"),
    (UnknownApdu(0xBF40, b"\xbf\x40\x00"), "UnknownApdu of type 0xbf40, 3 bytes"),
]


@pytest.mark.parametrize(("apdu", "line"), LINES, ids=[line for _, line in LINES])
def test_one_line(apdu: Apdu, line: str) -> None:
    """Each APDU is told in one line: what is asked, what came, and the diagnostics by name."""
    assert one_line(apdu) == line


def test_a_line_ends() -> None:
    """A long query is cut."""
    long = replace(SEARCH, query=("type_1", to_rpn(parse_pqf("x" * 500))))
    assert len(one_line(long)) == LINE_CHARACTERS
    assert one_line(long).endswith("x…")


def test_tree_of_a_request() -> None:
    """The tree shows every field that is set, OIDs with their names, and a query as its parts."""
    query = parse_pqf('@and @attr 1=4 "on ice" @set earlier')
    apdu = replace(SEARCH, query=("type_1", to_rpn(query)), preferred_record_syntax=MARC21, reference_id=b"\x00\x01")
    assert tree(apdu) == (
        "SearchRequest\n"
        "  small_set_upper_bound: 0\n"
        "  large_set_lower_bound: 1\n"
        "  medium_set_present_number: 0\n"
        "  replace_indicator: True\n"
        "  result_set_name: default\n"
        "  database_names: Default\n"
        "  query: type_1:\n"
        "    attribute_set: 1.2.840.10003.3.1 (bib-1 attributes)\n"
        "    rpn: rpn_rpn_op:\n"
        '      left: op: attr_term: @attr 1=4 "on ice"\n'
        "      right: op: result_set: earlier\n"
        "      op: and\n"
        "  preferred_record_syntax: 1.2.840.10003.5.10 (marc21)\n"
        "  reference_id: 00 01"
    )


def test_tree_of_an_init() -> None:
    """Versions and options are named; a password is not shown, a user name is."""
    shown = tree(replace(INIT, id_authentication=("id_pass", IdPass("group", "ill", SECRET))))
    assert "  protocol_version: version 1+2+3\n  options: search present delSet scan namedResultSets\n" in shown
    assert "  id_authentication: id_pass:\n    group_id: group\n    user_id: ill\n    password: ***\n" in shown
    assert "\n    rpn" not in shown
    assert tree(replace(INIT, options=frozenset({8, 30}))).splitlines()[2] == "  options: sort 30"
    assert {9, 22}.isdisjoint(OPTIONS)


def test_tree_of_records() -> None:
    """Records are told by syntax and length, and shown when they are asked for, cut when they are long."""
    answer = SearchResponse(
        1, 1, 0, search_status=True, records=("response", (RECORD, NamePlusRecord(("surrogate", REFUSED))))
    )
    shown = tree(answer)
    assert "  records: response: 2\n    1: marc21, 100 bytes, database Books\n    2:\n" in shown
    assert "      record: surrogate: present request out of range (bib-1 13: 99)" in shown
    assert f"encoding: octets: '{'0' * 100}'\n" in tree(answer, records=True)
    long = NamePlusRecord(("retrieval", External(MARC21, None, ("octets", b"0" * 5000))))
    assert "0'… (5,000 bytes)" in tree(replace(answer, records=("response", (long,))), records=True)


def test_tree_of_lists() -> None:
    """Lists of simple values stand in one line, others are numbered from 1; a reason of Close is named."""
    listed = tree(DeleteResultSetResponse(9, (ListStatus("a", 1), ListStatus("b", 0))))
    assert "\n  delete_list_statuses: 2\n    1:\n      id: a\n      status: 1\n    2:\n      id: b\n" in listed
    assert "  result_set_list: a, b" in tree(DeleteResultSetRequest(0, ("a", "b")))
    assert tree(Close(2)) == "Close\n  close_reason: 2 (system problem)"


@steady
@given(apdus)
def test_every_apdu_is_shown(apdu: Apdu) -> None:
    """Line and tree of any APDU hold no control character, and the line is one line of bounded length."""
    line, shown = one_line(apdu), tree(apdu, records=True)
    assert line.startswith(type(apdu).__name__)
    assert len(line) <= LINE_CHARACTERS
    assert "\n" not in line
    assert visible(line + shown) == line + shown
    assert shown.splitlines() == shown.split("\n")


@pytest.mark.parametrize("name", NAMES)
def test_samples(name: str) -> None:
    """What a real server sent is shown, its records in brief."""
    apdu = decode_apdu(load(name))
    shown = tree(apdu)
    assert shown.startswith(type(apdu).__name__)
    assert len(shown) < 1000


@steady
@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=20).map("Zq7{}".format))
def test_secrets_are_not_shown(secret: str) -> None:
    """No text of an APDU holds its password or the answer to a challenge; a mark tells them from a field's name."""
    told: list[Apdu] = [
        replace(INIT, id_authentication=("id_pass", IdPass(None, "", secret))),
        replace(INIT, id_authentication=("open", secret)),
        replace(INIT, id_authentication=("other", External(f"{PREFIX}.8.1", None, ("octets", secret.encode())))),
        AccessControlResponse(("simple", secret.encode())),
    ]
    for apdu in told:
        assert secret not in one_line(apdu)
        assert secret not in tree(apdu, records=True)
        assert "***" in tree(apdu)


def test_printable() -> None:
    """What a terminal does not show is written as an escape; letters of any script stay."""
    assert printable("Übung\x1b[1m\u2028\n") == r"Übung\x1b[1m\u2028\n"


def test_hex_dump() -> None:
    """Octets stand in lines of 16, with their offset and what is ASCII among them."""
    assert hex_dump(b"") == ""
    assert hex_dump(bytes(range(0x3C, 0x4C)) + b"\x00z").splitlines() == [
        "000000  3c 3d 3e 3f 40 41 42 43 44 45 46 47 48 49 4a 4b  |<=>?@ABCDEFGHIJK|",
        "000010  00 7a                                            |.z|",
    ]
