"""What a target with habits makes of its answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from locate.errors import RecordError
from locate.records import BibRecord, read_record
from locate.z3950.apdu import (
    PresentRequest,
    PresentStatus,
    ScanRequest,
    ScanResponse,
    Segment,
    SortRequest,
    SortResponse,
)
from locate.z3950.diagnostics import diagnostic_error
from locate.z3950.oids import MARC21, OPAC, XML
from locate.z3950.opac import OpacRecord
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.retrieval import Record, SurrogateDiagnostic, diagnostic_of, read_records
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import Emulation
from tests.z3950.asking import condition, only_bytes, only_record
from tests.z3950.made_up import marc_catalog, marcxml, opac_catalog, xml_catalog
from tests.z3950.target.emulation.asking import Asker

_NAMES = ("simple", ("generic", "F"))
_START = to_rpn(parse_pqf("@attr 1=9999 x")).rpn[1][1]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the made-up records, the first with a holding."""
    return opac_catalog(tmp_path_factory.mktemp("answers"))


# ---- records that come, or do not -----------------------------------------------------------------------------------


def test_piggyback_refused_or_silent(catalog: Catalog) -> None:
    """Records never come with a Search: refused with 1005, or just not there; Present gives them."""
    refusing = Asker(Emulation(piggyback="refused"), catalog)
    answer = refusing.search(small_set_upper_bound=9)
    assert (answer.search_status, answer.result_count, condition(answer)) == (True, 4, (1005, ""))
    silent = Asker(Emulation(piggyback="silent"), catalog)
    answer = silent.search(small_set_upper_bound=9)
    assert (answer.result_count, answer.records, answer.number_of_records_returned) == (4, None, 0)
    for asker in (refusing, silent):
        assert asker.present(1, 4).number_of_records_returned == 4
        assert asker.search().records is None


def test_element_set_refused_record_by_record(catalog: Catalog) -> None:
    """Every record is surrogate 25 as long as an element set is named."""
    asker = Asker(Emulation(element_sets="surrogate"), catalog)
    answer = asker.search(small_set_upper_bound=9, small_set_element_set_names=("generic", "B"))
    found = read_records(answer.records, 1)
    assert [(type(each), getattr(each, "condition", 0)) for each in found] == [(SurrogateDiagnostic, 25)] * 4
    (named,) = read_records(asker.present(record_composition=_NAMES).records, 1)
    assert isinstance(named, SurrogateDiagnostic)
    assert only_record(asker.present()).syntax == MARC21


def test_element_set_refused_as_a_whole(catalog: Catalog) -> None:
    """One non-surrogate diagnostic 24 stands for all records; the search itself is good."""
    asker = Asker(Emulation(element_sets="non-surrogate"), catalog)
    answer = asker.search(small_set_upper_bound=9, small_set_element_set_names=("generic", "B"))
    assert (answer.result_count, condition(answer)) == (4, (24, "B"))
    assert condition(asker.present(record_composition=_NAMES)) == (24, "F")
    assert only_record(asker.present()).syntax == MARC21


def test_fewer_records_than_hits(catalog: Catalog) -> None:
    """Behind the records held nothing comes, and nothing is said of it."""
    asker = Asker(Emulation(records_held=3), catalog)
    answer = asker.search(small_set_upper_bound=9)
    assert (answer.result_count, answer.number_of_records_returned) == (4, 3)
    part = asker.present(2, 3)
    assert (part.number_of_records_returned, part.present_status) == (2, PresentStatus.SUCCESS)
    none = asker.present(4)
    assert (none.number_of_records_returned, none.present_status) == (0, PresentStatus.SUCCESS)


def test_claimed_hits(catalog: Catalog) -> None:
    """A search may claim any number of hits."""
    answer = Asker(Emulation(claimed_hits=99_000_000), catalog).search(small_set_upper_bound=9)
    assert (answer.result_count, answer.number_of_records_returned, answer.next_result_set_position) == (
        99_000_000,
        4,
        5,
    )


def test_present_limit(catalog: Catalog) -> None:
    """A Present gives a part of what it is asked for, or is refused with 12."""
    asker = Asker(Emulation(present_limit=2), catalog)
    asker.search()
    part = asker.present(1, 4)
    assert (part.number_of_records_returned, part.present_status) == (2, PresentStatus.PARTIAL_2)
    assert part.next_result_set_position == 3
    assert asker.present(1, 2).present_status == PresentStatus.SUCCESS
    refusing = Asker(Emulation(present_limit=2, present_limit_refused=True), catalog)
    refusing.search()
    assert condition(refusing.present(1, 3)) == (12, "2")
    assert refusing.present(1, 2).present_status == PresentStatus.SUCCESS


def test_message_cap(catalog: Catalog) -> None:
    """Answers keep to the target's own message size, and Init says so."""
    asker = Asker(Emulation(message_bytes=500), catalog, options=frozenset({0, 1}))
    assert asker.init.preferred_message_size == 500
    asker.search()
    assert asker.present(1, 4).present_status == PresentStatus.PARTIAL_2


def test_segments_have_habits_too(catalog: Catalog) -> None:
    """What is changed of records is changed in Segments as well."""
    asker = Asker(Emulation(leader_09=" ", message_bytes=500), catalog, options=frozenset({0, 1, 11}))
    asker.search()
    first, *_ = asker.ask(PresentRequest("default", 1, 4))
    assert isinstance(first, Segment)
    found = read_records(("response", first.segment_records), 1)
    assert all(isinstance(each, Record) and each.data[9:10] == b" " for each in found)  # type: ignore[index]


# ---- records that are not what they should be -----------------------------------------------------------------------


def test_another_syntax(catalog: Catalog) -> None:
    """Records come in one syntax, whatever was asked, with a Search and by Present."""
    asker = Asker(Emulation(given_syntax=XML), catalog)
    answer = asker.search("@attr 1=12 tm001", small_set_upper_bound=1, preferred_record_syntax=MARC21)
    assert only_record(answer).syntax == XML
    assert only_record(asker.present(preferred_record_syntax=OPAC)).syntax == XML


@pytest.mark.parametrize(
    ("habits", "flag", "used"),
    [
        (Emulation(leader_09=" "), b" ", "utf-8"),
        (Emulation(record_charset="latin-1"), b"a", "latin-1"),
        (Emulation(leader_09=" ", record_charset="latin-1"), b" ", "latin-1"),
    ],
)
def test_mislabelled_charset(tmp_path: Path, habits: Emulation, flag: bytes, used: str) -> None:
    """The leader claims one character set and the text is in another; the record is whole all the same."""
    catalog = xml_catalog(tmp_path, marcxml("x1", "245$aÉtudes d'été en forêt", "700$aMüller, Jürgen."))
    asker = Asker(habits, catalog)
    asker.search("@attr 1=12 x1")
    data = only_bytes(asker.present())
    record = read_record(data, "marc21")
    assert isinstance(record, BibRecord)
    assert (data[9:10], int(data[:5])) == (flag, len(data))
    assert (record.title.full, record.names[0].heading) == ("Études d'été en forêt", "Müller, Jürgen.")
    assert (record.charset.used, record.charset.wrong_flag) == (used, True)


def test_electronic_titles_without_holdings(tmp_path: Path) -> None:
    """An item that is only online loses its holdings; a printed one keeps them."""
    holding = "<holdings><holding><localLocation>Main</localLocation></holding></holdings>"
    made = [
        f"<opacRecord><bibliographicRecord>{record}</bibliographicRecord>{holding}</opacRecord>"
        for record in (
            marcxml("e1", "245$aRiver online", "338$aonline resource$bcr"),
            marcxml("p1", "245$aRiver", "300$a200 pages", "338$avolume$bnc"),
        )
    ]
    made[0] = made[0].replace("000 0 eng", "o00 0 eng").replace("xxu           o", "xxu     o     0")
    asker = Asker(Emulation(electronic_holdings=False), xml_catalog(tmp_path, *made))
    asker.search()
    answer = asker.present(1, 2, preferred_record_syntax=OPAC)
    holdings = [
        len(each.data.holdings)
        for each in read_records(answer.records, 1)
        if isinstance(each, Record) and isinstance(each.data, OpacRecord)
    ]
    assert holdings == [0, 1]


def test_broken_opac(catalog: Catalog) -> None:
    """The first OPAC record of an answer cannot be decoded; the others can, and so can other syntaxes."""
    asker = Asker(Emulation(broken_opac=True), catalog)
    asker.search()
    first, second = read_records(asker.present(1, 2, preferred_record_syntax=OPAC).records, 1)
    assert isinstance(first, RecordError)
    assert isinstance(second, Record)
    assert only_record(asker.present()).syntax == MARC21


# ---- diagnostics ----------------------------------------------------------------------------------------------------


def test_v2_addinfo(tmp_path: Path) -> None:
    """Diagnostics keep the form of version 2 in version 3, surrogate ones included."""
    catalog = xml_catalog(tmp_path, marcxml("long", "245$ariver", "520$a" + "x" * 20_000))
    asker = Asker(Emulation(v2_addinfo=True), catalog)
    refused = asker.search("@attr 1=9999 x")
    assert refused.records is not None
    assert refused.records[1].addinfo == ("v2", "9999")
    asker.search()
    answer = asker.present()
    assert answer.records is not None
    assert answer.records[1][0].record[1].addinfo[0] == "v2"


@pytest.mark.parametrize("habits", [Emulation(two_diagnostics=True), Emulation(diag_1=True)])
def test_several_and_structured_diagnostics(catalog: Catalog, habits: Emulation) -> None:
    """Search, Scan and Sort tell the same in two diagnostics, or in the form of diag-1."""
    asker = Asker(habits, catalog)
    refused = asker.search("@attr 1=9999 x")
    assert refused.records is not None
    assert refused.records[0] == "diagnostics"
    error = diagnostic_of(refused.records)
    assert error is not None
    assert (error.condition, error.addinfo) == (114, "9999")
    (scanned,) = asker.ask(ScanRequest(("Default",), _START, 1))
    assert isinstance(scanned, ScanResponse)
    assert scanned.entries is not None
    (sorted_,) = asker.ask(SortRequest(("none",), "none", ()))
    assert isinstance(sorted_, SortResponse)
    for diagnostics, expected in ((scanned.entries.nonsurrogate_diagnostics, 114), (sorted_.diagnostics, 30)):
        assert len(diagnostics) == (2 if habits.two_diagnostics else 1)
        assert diagnostic_error(diagnostics[0]).condition == expected


def test_structured_surrogate(catalog: Catalog) -> None:
    """A surrogate diagnostic may be diag-1 too."""
    asker = Asker(Emulation(diag_1=True, element_sets="surrogate"), catalog)
    asker.search()
    (found,) = read_records(asker.present(record_composition=_NAMES).records, 1)
    assert isinstance(found, SurrogateDiagnostic)
    assert found.condition == 25


def test_honest_without_habits(tmp_path: Path) -> None:
    """An emulation without habits answers just as the honest target."""
    catalog = marc_catalog(tmp_path)
    emulated, honest = Asker(Emulation(), catalog), Asker(None, catalog)
    assert emulated.init == honest.init
    assert emulated.search(small_set_upper_bound=9) == honest.search(small_set_upper_bound=9)
    assert emulated.search("@attr 1=9999 x") == honest.search("@attr 1=9999 x")
    for asker in (emulated, honest):
        asker.search()
    assert emulated.present(1, 4, preferred_record_syntax=XML) == honest.present(1, 4, preferred_record_syntax=XML)
    assert emulated.present(9) == honest.present(9)
