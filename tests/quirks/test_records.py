"""Quirks of records and result sets: how many come, in which form, and under which name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.errors import LocalProtocolError, RecordError
from locate.outcome import Finding
from locate.partner import LocateProfile, Target
from locate.records import BibRecord, read_record
from locate.z3950.client import Connection, SortKey, connect
from locate.z3950.facts import TargetFacts
from locate.z3950.oids import MARC21, OPAC, XML
from locate.z3950.retrieval import Fetched, Record
from locate.z3950.target.emulation import PRESETS, Emulation
from locate.z3950.target.server import ServerOptions, ThreadedServer
from locate.z3950.zoom import Bib1Err, Connection as ZoomConnection, Query
from tests.peers.servers import RunningServer
from tests.played import ISBN, marcxml, rivers
from tests.quirks.habited import TIMEOUT_S, connected, locate_twice, many
from tests.test_engine import BOOK, HOLDS, catalog

TIDES = "@attr 1=4 @attr 4=6 tide"
RIVERS = "@attr 1=4 rivers"
BREAD = "@attr 1=4 bread"
SIZES = (100, 30_000, 100)


def _numbers(records: list[Fetched]) -> list[str | None]:
    """Return the control numbers of records in MARC 21."""
    found = [
        read_record(each.data, "marc21") for each in records if isinstance(each, Record) and type(each.data) is bytes
    ]
    return [each.control_number for each in found if isinstance(each, BibRecord)]


# ---- 4, 5: messages that hold little -------------------------------------------------------------------------------


@pytest.mark.peers
async def test_zebra_with_small_messages(tides_in_zebra: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Zebra gives what fits and says partial-2: the client asks on until all that were wanted are there."""
    monkeypatch.setattr("locate.z3950.requests._MESSAGE_BYTES", 4000)
    target = Target(tides_in_zebra.host, tides_in_zebra.port, tides_in_zebra.database)
    async with await connect(target, timeout_s=TIMEOUT_S) as connection:
        result = await connection.search("@attr 1=4 tide", count=20, timeout_s=TIMEOUT_S)
        assert (result.hits, result.note) == (30, "")
        assert [each.position for each in result.records if isinstance(each, Record)] == list(range(1, 21))
        assert len(set(_numbers(result.records))) == 20


@pytest.mark.parametrize("syntax", ["marc21", "opac", "xml"])
@pytest.mark.parametrize("segmentation", [True, False])
@pytest.mark.parametrize(
    "cap", [16_000, PRESETS["loc"].message_bytes, PRESETS["symphony"].message_bytes, PRESETS["oclc"].message_bytes]
)
async def test_all_records_come_from_a_target_that_caps_messages(cap: int, segmentation: bool, syntax: str) -> None:  # noqa: FBT001
    """Sixty records of 4,000 bytes each come through messages of any of the known sizes, in order, each once."""
    habits = Emulation(message_bytes=cap, segmentation=segmentation)
    async with connected(habits, many(60, 4000)) as connection:
        result = await connection.search(TIDES, count=60, syntax=syntax, timeout_s=TIMEOUT_S)
        assert (result.hits, result.note) == (60, "")
        assert [each.position for each in result.records if isinstance(each, Record)] == list(range(1, 61))
        if syntax == "marc21":
            assert _numbers(result.records) == [f"t{number:03}" for number in range(60)]


async def test_a_record_larger_than_a_message_is_fetched_alone() -> None:
    """What does not fit among others comes by itself, in its place."""
    held = catalog(
        *(marcxml(f"t{n}", "Tide tables", fields=[("520", "a", "x" * size)]) for n, size in enumerate(SIZES))
    )
    async with connected(Emulation(message_bytes=16_000, segmentation=False), held) as connection:
        records = (await connection.search(TIDES, count=9, syntax="xml", timeout_s=TIMEOUT_S)).records
        assert [each.position for each in records if isinstance(each, Record)] == [1, 2, 3]


async def test_a_target_that_refuses_many_records_at_once_is_asked_for_few() -> None:
    """Too many records for one Present are diagnostic 12: fewer are asked for, then and later."""
    habits = Emulation(piggyback="silent", present_limit=7, present_limit_refused=True)
    facts = TargetFacts()
    async with connected(habits, many(30, 10), facts) as connection:
        result = await connection.search(TIDES, count=30, timeout_s=TIMEOUT_S)
        assert _numbers(result.records) == [f"t{number:03}" for number in range(30)]
    assert 0 < facts.present_limit <= 7


# ---- 6, 7: records in the answer to a search -----------------------------------------------------------------------


@pytest.mark.parametrize("piggyback", ["", "silent"])
@pytest.mark.parametrize("count", [0, 1, 3])
async def test_small_set_upper_bound_is_never_nought(piggyback: str, count: int) -> None:
    """A target that wants a smallSetUpperBound gets one, whether records are wanted or not, and whether they come."""
    habits = Emulation(small_set_needed=True, piggyback="silent" if piggyback else "")
    async with connected(habits, many(3, 10)) as connection:
        for _ in range(3):
            result = await connection.search(TIDES, count=count, timeout_s=TIMEOUT_S)
            assert (result.hits, len(result.records)) == (3, count)


@pytest.mark.parametrize("piggyback", ["refused", "silent"])
async def test_piggyback_that_does_not_work_is_found_out(piggyback: str) -> None:
    """Refused or passed over, the records are presented; a refusal is not provoked again."""
    habits = Emulation(piggyback="refused" if piggyback == "refused" else "silent")
    facts = TargetFacts()
    async with connected(habits, facts=facts) as connection:
        for _ in range(2):
            assert _numbers((await connection.search(RIVERS, timeout_s=TIMEOUT_S)).records) == ["r1"]
    assert (facts.piggyback, facts.piggyback_refused) == (False, piggyback == "refused")
    first, second = await locate_twice(habits)
    assert (first.finding, second.finding) == (Finding.FOUND, Finding.FOUND)


# ---- 8, 23: hit counts ---------------------------------------------------------------------------------------------


async def test_records_that_are_counted_but_not_held() -> None:
    """Two records of four hits come: they are given with a note, and the target is not asked for ever."""
    async with connected(Emulation(records_held=2), many(4, 10)) as connection:
        result = await connection.search(TIDES, count=4, timeout_s=TIMEOUT_S)
        assert (result.hits, _numbers(result.records)) == (4, ["t000", "t001"])
        assert result.note == "only 2 of 4 records came: the target gave no more"
    first, _ = await locate_twice(Emulation(records_held=0))
    assert first.finding is Finding.TARGET_ERROR
    assert first.reason == "The target reports hits but gives no record that can be read."


async def test_ninety_nine_million_hits() -> None:
    """A count of 99 million costs nothing: the record is located, and a result set of that length is a sequence."""
    habits = Emulation(claimed_hits=99_000_000)
    first, second = await locate_twice(habits)
    assert (first.finding, first.searches[0].hits, second.finding) == (Finding.FOUND, 99_000_000, Finding.FOUND)


def test_a_sequence_of_ninety_nine_million() -> None:
    """The ZOOM face gives the length, and the last position is asked for alone."""
    with (
        ThreadedServer(
            {"Default": HOLDS}, options=ServerOptions(emulation=Emulation(claimed_hits=99_000_000))
        ) as server,
        ZoomConnection(server.host, server.port) as connection,
    ):
        found = connection.search(Query("PQF", RIVERS))
        assert len(found) == 99_000_000
        with pytest.raises(Bib1Err):
            found[-1]


# ---- 9, 10, 14, 17: forms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["surrogate", "non-surrogate"])
async def test_a_target_without_element_sets(how: str) -> None:
    """An element set name refused in every record or for all of them is left out, now and later."""
    habits = Emulation(element_sets="surrogate" if how == "surrogate" else "non-surrogate")
    facts = TargetFacts()
    async with connected(habits, many(3, 10), facts) as connection:
        assert len(_numbers((await connection.search(TIDES, timeout_s=TIMEOUT_S)).records)) == 3
    assert facts.element_sets is False
    first, second = await locate_twice(habits)
    assert (first.finding, second.finding) == (Finding.FOUND, Finding.FOUND)


@pytest.mark.parametrize("syntax", [MARC21, OPAC, XML])
async def test_a_record_is_read_by_its_own_syntax(syntax: str) -> None:
    """Whatever is asked for, what comes is read as what it says it is."""
    habits = Emulation(given_syntax=syntax)
    async with connected(habits) as connection:
        for asked in ("marc21", "opac", "xml"):
            (record,) = (await connection.search(RIVERS, syntax=asked, timeout_s=TIMEOUT_S)).records
            assert isinstance(record, Record)
            assert record.syntax == syntax
    first, _ = await locate_twice(habits)
    assert first.finding is Finding.FOUND


@pytest.mark.parametrize(("leader_09", "charset"), [(" ", None), ("a", "latin-1"), (" ", "latin-1"), (" ", "utf-8")])
async def test_a_record_in_another_character_set_than_it_says(leader_09: str, charset: str | None) -> None:
    """The record is told by its bytes, its letters are right, and the outcome says which character set it was."""
    held = catalog(marcxml("b1", "Flüsse im nördlichen Wallis", "Müller, Jürgen", fields=[("020", "a", ISBN)]))
    habits = Emulation(leader_09=leader_09, record_charset=charset)
    citation = replace(BOOK, title="Flüsse im nördlichen Wallis", author="Müller, Jürgen")
    for syntax in ("opac", "marc21"):
        first, _ = await locate_twice(habits, citation, held, LocateProfile(record_syntaxes=(syntax,)))
        assert first.finding is Finding.FOUND
        assert first.chosen is not None
        assert first.chosen.record.title.shown == "Flüsse im nördlichen Wallis"
        assert first.chosen.record.charset.used == (charset or "utf-8")
        assert first.to_mapping()["record"]["charset"] == (charset or "utf-8")


async def test_an_opac_record_that_cannot_be_decoded() -> None:
    """It is a value in its place, the other comes, and the connection goes on."""
    held = catalog(rivers("r1"), rivers("r2", fields=[("020", "a", ISBN)]))
    async with connected(Emulation(broken_opac=True), held) as connection:
        for _ in range(2):
            broken, good = (await connection.search(RIVERS, syntax="opac", timeout_s=TIMEOUT_S)).records
            assert isinstance(broken, RecordError)
            assert isinstance(good, Record)
    first, _ = await locate_twice(Emulation(broken_opac=True), replace(BOOK, isbn=()), held)
    assert (first.finding, first.unreadable) == (Finding.FOUND, 1)


# ---- 11: names of result sets --------------------------------------------------------------------------------------


async def _two_sets(connection: Connection) -> None:
    await connection.search(RIVERS, count=0, result_set="rivers", timeout_s=TIMEOUT_S)
    await connection.search(BREAD, count=0, result_set="bread", timeout_s=TIMEOUT_S)


@pytest.mark.parametrize("offers", [True, False])
async def test_an_older_result_set_is_never_presented(offers: bool) -> None:  # noqa: FBT001
    """A target that keeps one set under whatever name, and may say that it keeps more, cannot give the wrong one."""
    async with connected(Emulation(ignores_named_sets=True, offers_named_sets=offers)) as connection:
        await _two_sets(connection)
        assert _numbers(await connection.present(1, 1, result_set="bread", timeout_s=TIMEOUT_S)) == ["x"]
        with pytest.raises(LocalProtocolError, match="search again"):
            await connection.present(1, 1, result_set="rivers", timeout_s=TIMEOUT_S)
        with pytest.raises(LocalProtocolError, match="search again"):
            await connection.search("@and @set rivers @attr 1=4 wales", timeout_s=TIMEOUT_S)
        with pytest.raises(LocalProtocolError, match="search again"):
            await connection.sort([SortKey("title")], inputs=["rivers"], output="sorted", timeout_s=TIMEOUT_S)
        assert connection.is_open


async def test_result_sets_are_kept_where_that_was_seen() -> None:
    """At a target that is known to keep sets by their names, an older one is presented, searched in and sorted."""
    async with connected(Emulation(), facts=TargetFacts(named_sets=True)) as connection:
        await _two_sets(connection)
        assert _numbers(await connection.present(1, 1, result_set="rivers", timeout_s=TIMEOUT_S)) == ["r1"]
        within = await connection.search("@and @set rivers @attr 1=4 wales", result_set="both", timeout_s=TIMEOUT_S)
        assert within.hits == 1
        await connection.sort([SortKey("title")], inputs=["rivers"], output="sorted", timeout_s=TIMEOUT_S)
        assert _numbers(await connection.present(1, 1, result_set="bread", timeout_s=TIMEOUT_S)) == ["x"]


def test_voyager_and_two_result_sets() -> None:
    """Two result sets of the ZOOM face, read by turns at a target that keeps one, are never each other's."""
    with (
        ThreadedServer({"Default": HOLDS}, options=ServerOptions(emulation=PRESETS["voyager"])) as server,
        ZoomConnection(server.host, server.port, presentChunk=1) as connection,
    ):
        first, second = (connection.search(Query("PQF", text)) for text in (RIVERS, BREAD))
        first.preferredRecordSyntax = second.preferredRecordSyntax = "XML"
        for _ in range(2):
            assert b"r1" in first[0].data
            assert b"Bread" in second[0].data
