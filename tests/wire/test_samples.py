"""Every sample, fed whole, octet by octet and with a tail, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from locate.errors import RemoteProtocolError
from locate.z3950.apdu import (
    Apdu,
    Close,
    DefaultDiagFormat,
    DeleteResultSetResponse,
    DeleteSetStatus,
    ExtendedServicesResponse,
    InitializeRequest,
    InitializeResponse,
    ListEntries,
    ListStatus,
    PresentResponse,
    ScanResponse,
    SearchResponse,
    SortResponse,
    TermInfo,
    decode_apdu,
)
from locate.z3950.ber import Framer
from locate.z3950.charset_negotiation import NEGOTIATION_MODEL, CharsetChoice, proposed, selected
from locate.z3950.diagnostics import condition_text
from locate.z3950.grs1 import GenericRecord, grs1_text
from locate.z3950.oids import BIB1_DIAGNOSTICS, GRS1, MARC21, OPAC, SUTRS, XML
from locate.z3950.opac import CircRecord, HoldingsAndCirc, OpacRecord
from locate.z3950.retrieval import Record, SurrogateDiagnostic, diagnostic_of, read_records
from tests.wire.samples import NAMES, load


def _records(name: str, start: int = 1) -> list[Record]:
    answer = decode_apdu(load(name))
    assert isinstance(answer, SearchResponse | PresentResponse)
    found = read_records(answer.records, start)
    return [record for record in found if isinstance(record, Record)]


def test_readme_names_every_sample() -> None:
    """The README has a line for each sample and the folder a sample for each line."""
    text = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
    assert {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")} == {
        f"{name}.hex" for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_whole(name: str) -> None:
    """A sample fed at once is one PDU, and nothing is left."""
    framer = Framer()
    framer.feed(load(name))
    assert framer.next_pdu() == load(name)
    assert framer.next_pdu() is None
    assert framer.pending == 0


@pytest.mark.parametrize("name", NAMES)
def test_octet_by_octet(name: str) -> None:
    """A sample fed octet by octet is complete with its last octet and not before."""
    framer = Framer()
    for index, octet in enumerate(load(name), 1):
        assert framer.next_pdu() is None
        framer.feed(bytes([octet]))
        assert framer.pending == index
    assert framer.next_pdu() == load(name)


@pytest.mark.parametrize("name", NAMES)
def test_with_a_tail(name: str) -> None:
    """What follows a PDU in the same read is kept for the next one."""
    framer = Framer()
    framer.feed(load(name) + load("close_response")[:7])
    assert framer.next_pdu() == load(name)
    assert framer.next_pdu() is None
    assert framer.pending == 7
    framer.feed(load("close_response")[7:])
    assert framer.next_pdu() == load("close_response")


@pytest.mark.parametrize("name", NAMES)
def test_cut_anywhere_is_an_error(name: str) -> None:
    """Once a PDU counts as framed, running out of octets anywhere is an error and never a value."""
    pdu = load(name)
    for end in range(0, len(pdu), 1 + len(pdu) // 200):
        with pytest.raises(RemoteProtocolError):
            decode_apdu(pdu[:end])


def test_init_response() -> None:
    """The Init response gives result, versions, options, sizes and the implementation's names."""
    answer = decode_apdu(load("init_response"))
    assert isinstance(answer, InitializeResponse)
    assert answer.result
    assert answer.protocol_version == {0, 1, 2}
    assert answer.options == {0, 1, 14}
    assert (answer.preferred_message_size, answer.exceptional_record_size) == (1 << 20, 1 << 20)
    assert (answer.implementation_id, answer.implementation_name) == ("81", "GFS/YAZ")
    assert (answer.implementation_version or "").startswith("5.34.0")


def test_marc21() -> None:
    """Two MARC records keep their bytes, position, database and their own syntax."""
    answer = decode_apdu(load("search_marc21"))
    assert isinstance(answer, SearchResponse)
    assert (answer.result_count, answer.number_of_records_returned, answer.next_result_set_position) == (5, 2, 3)
    assert answer.reference_id == b"42"
    first, second = _records("search_marc21")
    assert (first.position, second.position) == (1, 2)
    assert (first.syntax, first.database) == (MARC21, "Default")
    assert isinstance(first.data, bytes)
    assert first.data.startswith(b"00366nam ")
    assert first.data.endswith(b"\x1e\x1d")
    assert len(first.data) == 366


def test_opac() -> None:
    """The OPAC record has its bibliographic record, one holding and one circulation record."""
    (record,) = _records("search_opac")
    assert record.syntax == OPAC
    assert isinstance(record.data, OpacRecord)
    assert record.data.syntax == MARC21
    assert len(record.data.bibliographic or b"") == 366
    (holding,) = record.data.holdings
    assert isinstance(holding, HoldingsAndCirc)
    assert holding.nuc_code == "s-FM/GC"
    assert (holding.local_location or "").startswith("Main or Science/Business Reading Rms")
    (circulation,) = holding.circulation
    assert isinstance(circulation, CircRecord)
    assert circulation.available_now
    assert circulation.item_id == "1226176"


@pytest.mark.parametrize(("name", "root"), [("search_marcxml", b"<record "), ("search_opac_xml", b"<opacRecord>")])
def test_xml(name: str, root: bytes) -> None:
    """XML records come as bytes under the XML syntax."""
    (record,) = _records(name)
    assert record.syntax == XML
    assert isinstance(record.data, bytes)
    assert record.data.startswith(root)


def test_sutrs() -> None:
    """A SUTRS record is text."""
    (record,) = _records("search_sutrs")
    assert (record.syntax, record.data) == (SUTRS, "This is dummy SUTRS record number 1\n")


def test_grs1() -> None:
    """A GRS-1 record is a tree of tagged elements, which prints as one line an element."""
    (record,) = _records("search_grs1")
    assert record.syntax == GRS1
    assert isinstance(record.data, GenericRecord)
    assert [(element.tag_type, element.tag_value[1]) for element in record.data.elements] == [
        (1, 1),
        (2, 1),
        (2, 2),
        (3, "isbn"),
        (4, 52),
        (2, 4),
    ]
    assert grs1_text(record.data) == (
        "(1,1) schema identifier: 1.2.840.10003.13.2\n"
        "(2,1) title: Winter on the river : a history of ice\n"
        "(2,2) author: Mustermann, Max\n"
        "(3,isbn): 0198534531\n"
        "(4,52):\n"
        "  (2,7) name: Paper Press\n"
        "  (3,place): Exampleton\n"
        "(2,4) publication date: 1999\n"
    )


def test_no_records() -> None:
    """A search that asked for none has a count and no records."""
    answer = decode_apdu(load("search_without_records"))
    assert isinstance(answer, SearchResponse)
    assert (answer.result_count, answer.search_status, answer.records) == (5, True, None)


@pytest.mark.parametrize(
    ("name", "condition", "addinfo"), [("search_unknown_database", 109, "nowhere"), ("present_out_of_range", 13, "6")]
)
def test_non_surrogate(name: str, condition: int, addinfo: str) -> None:
    """A non-surrogate diagnostic is one error with condition and addinfo, and there are no records."""
    answer = decode_apdu(load(name))
    assert isinstance(answer, SearchResponse | PresentResponse)
    assert read_records(answer.records, 1) == []
    error = diagnostic_of(answer.records)
    assert error is not None
    assert (error.diagnostic_set, error.condition, error.addinfo) == (BIB1_DIAGNOSTICS, condition, addinfo)
    assert error.message == f"{condition_text(BIB1_DIAGNOSTICS, condition)} (bib-1 {condition}: {addinfo})"


def test_surrogate() -> None:
    """A surrogate diagnostic stands in its record's place, with the position."""
    answer = decode_apdu(load("search_surrogate"))
    assert isinstance(answer, SearchResponse)
    assert diagnostic_of(answer.records) is None
    (found,) = read_records(answer.records, 1)
    assert isinstance(found, SurrogateDiagnostic)
    assert (found.condition, found.position) == (16, 1)
    assert str(found) == "(present): record exceeds preferred message size (bib-1 16)"


def test_present() -> None:
    """Positions of presented records count from the start point of the request."""
    (record,) = _records("present_marc21", start=2)
    assert record.position == 2


def test_close() -> None:
    """Close gives its reason and the target's own words."""
    answer = decode_apdu(load("close_response"))
    assert isinstance(answer, Close)
    assert (answer.reason_name, answer.diagnostic_information) == ("finished", "Association terminated by client")


def test_charset_proposal() -> None:
    """What YAZ's client proposes is read: Unicode as ISO 10646, other sets by name, and languages."""
    request = decode_apdu(load("init_charset_request"))
    assert isinstance(request, InitializeRequest)
    assert NEGOTIATION_MODEL in request.options
    proposal = proposed(request.other_info)
    assert proposal is not None
    assert [arm for arm, _ in proposal.charsets] == ["iso10646", "private", "private"]
    assert proposal.charsets[0][1].encoding_level == "1.0.10646.1.0.8"
    assert [charset[1].encoding for _, charset in proposal.charsets[1:]] == [
        ("octets", b"iso-8859-1"),
        ("octets", b"windows-1252"),
    ]
    assert (proposal.languages, proposal.records_in_selected) == (("eng", "ger"), True)


def test_charset_answer() -> None:
    """What YAZ's target selects is read: a set by its name, and records not in it."""
    answer = decode_apdu(load("init_charset_response"))
    assert isinstance(answer, InitializeResponse)
    assert NEGOTIATION_MODEL in answer.options
    assert selected(answer.other_info) == CharsetChoice("iso8859-1", None, records_too=False)


def _term(text: bytes, count: int) -> tuple[str, TermInfo]:
    return "term", TermInfo(("general", text), global_occurrences=count)


_REFUSED = ("surrogate", DefaultDiagFormat(BIB1_DIAGNOSTICS, 233, ("v2", "SD for Scan Term")))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "scan_response",
            ScanResponse(
                0,
                3,
                step_size=0,
                position_of_term=1,
                entries=ListEntries((_term(b"ATLAS", 5), _term(b"BRIDGE", 6), _term(b"CLOUD", 5))),
                reference_id=b"42",
            ),
        ),
        (
            "scan_surrogate",
            ScanResponse(
                0,
                3,
                step_size=0,
                position_of_term=3,
                entries=ListEntries((_term(b"HISTORY", 7), _term(b"ISLAND", 6), _REFUSED)),
                reference_id=b"42",
            ),
        ),
        ("sort_response", SortResponse(0, reference_id=b"42")),
        (
            "delete_response",
            DeleteResultSetResponse(
                DeleteSetStatus.DID_NOT_EXIST,
                (ListStatus("default", DeleteSetStatus.SUCCESS), ListStatus("other", DeleteSetStatus.SUCCESS)),
                reference_id=b"42",
            ),
        ),
        ("extended_services_response", ExtendedServicesResponse(1, reference_id=b"42")),
    ],
)
def test_other_services(name: str, expected: Apdu) -> None:
    """The answers to Scan, Sort, Delete and extended services give all their fields."""
    assert decode_apdu(load(name)) == expected
