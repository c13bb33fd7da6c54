"""Our origin against YAZ's test server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from locate.errors import DiagnosticError, LocalProtocolError, Retry, TargetTimeout
from locate.partner import Credentials, Target
from locate.z3950.client import Connection, ScanEntry, SortKey, connect
from locate.z3950.oids import MARC21, OPAC, SUTRS, XML
from locate.z3950.opac import HoldingsAndCirc, OpacRecord
from locate.z3950.retrieval import Record, SurrogateDiagnostic
from tests.peers.servers import RunningServer

pytestmark = pytest.mark.peers

TIMEOUT_S = 10.0


def _target(server: RunningServer, database: str = "Default") -> Target:
    return Target(server.host, server.port, database)


@pytest.fixture
async def connection(ztest_server: RunningServer) -> AsyncIterator[Connection]:
    """Return a Z-association with the database Default."""
    async with await connect(_target(ztest_server), timeout_s=TIMEOUT_S) as opened:
        yield opened


async def test_init(connection: Connection) -> None:
    """Init tells who the target is and what it can do."""
    assert connection.server is not None
    assert connection.server.name.endswith("GFS/YAZ")
    assert connection.server.protocol_version == 3
    assert {0, 1} <= connection.server.options
    assert connection.is_open


@pytest.mark.parametrize(
    "credentials",
    [
        Credentials("ill", "secret"),
        Credentials("ill", "secret", "group"),
        Credentials(open="ill/secret"),
        Credentials(anonymous=True),
    ],
    ids=["id_pass", "group", "open", "anonymous"],
)
async def test_credentials(ztest_server: RunningServer, credentials: Credentials) -> None:
    """Every form of idAuthentication is understood by the target."""
    target = Target(ztest_server.host, ztest_server.port, "Default", credentials)
    async with await connect(target, timeout_s=TIMEOUT_S) as opened:
        assert (await opened.search("3", count=1)).hits == 3


async def test_marc21(connection: Connection) -> None:
    """MARC records come with the search, in the order of their positions."""
    result = await connection.search("@attr 1=4 25", count=25, timeout_s=TIMEOUT_S)
    assert (result.hits, result.note) == (25, "")
    records = [record for record in result.records if isinstance(record, Record)]
    assert [record.position for record in records] == list(range(1, 26))
    assert {(record.syntax, record.database) for record in records} == {(MARC21, "Default")}
    for record in records:
        assert isinstance(record.data, bytes)
        assert int(record.data[:5]) == len(record.data)
        assert record.data.endswith(b"\x1d")


async def test_present(connection: Connection) -> None:
    """Present gives the records at the positions asked for."""
    searched = await connection.search("25", count=10, timeout_s=TIMEOUT_S)
    again = await connection.present(4, 3, timeout_s=TIMEOUT_S)
    assert again == searched.records[3:6]


async def test_opac(connection: Connection) -> None:
    """OPAC records have holdings with circulation."""
    result = await connection.search("25", count=3, syntax="opac", timeout_s=TIMEOUT_S)
    assert len(result.records) == 3
    for record in result.records:
        assert isinstance(record, Record)
        assert record.syntax == OPAC
        assert isinstance(record.data, OpacRecord)
        assert (record.data.bibliographic or b"").endswith(b"\x1d")
        (holding,) = record.data.holdings
        assert isinstance(holding, HoldingsAndCirc)
        assert [circulation.available_now for circulation in holding.circulation] == [True]


@pytest.mark.parametrize(("element_set", "root"), [("marcxml", b"<record "), ("OP", b"<opacRecord>")])
async def test_xml(connection: Connection, element_set: str, root: bytes) -> None:
    """XML records come in the schema that the element set name asks for."""
    result = await connection.search("5", count=2, syntax="xml", element_set=element_set, timeout_s=TIMEOUT_S)
    assert len(result.records) == 2
    for record in result.records:
        assert isinstance(record, Record)
        assert record.syntax == XML
        assert isinstance(record.data, bytes)
        assert record.data.lstrip().startswith(root)


async def test_sutrs(connection: Connection) -> None:
    """SUTRS records are text."""
    result = await connection.search("5", count=1, syntax="sutrs", timeout_s=TIMEOUT_S)
    assert result.records == [Record(1, SUTRS, "This is dummy SUTRS record number 1\n", "Default")]


async def test_records_that_cannot_be_presented(connection: Connection) -> None:
    """A syntax that this target has no records in makes a diagnostic in each record's place."""
    result = await connection.search("5", count=2, syntax="grs1", timeout_s=TIMEOUT_S)
    assert [type(found) for found in result.records] == [SurrogateDiagnostic, SurrogateDiagnostic]
    assert {found.condition for found in result.records if isinstance(found, SurrogateDiagnostic)} == {14}
    assert connection.is_open


async def test_ninety_nine_million_hits(connection: Connection) -> None:
    """A huge hit count is a number like any other."""
    result = await connection.search("99000000", count=3, timeout_s=TIMEOUT_S)
    assert (result.hits, len(result.records)) == (99_000_000, 3)


async def test_no_records_wanted(connection: Connection) -> None:
    """A search for no records gives the count alone."""
    result = await connection.search("7", count=0, timeout_s=TIMEOUT_S)
    assert (result.hits, result.records, result.note) == (7, [], "")


async def test_small_messages(ztest_server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """With messages that hold few records, all come all the same, one way or the other."""
    monkeypatch.setattr("locate.z3950.requests._MESSAGE_BYTES", 3000)
    async with await connect(_target(ztest_server), timeout_s=TIMEOUT_S) as opened:
        result = await opened.search("25", count=20, timeout_s=TIMEOUT_S)
        records = [record for record in result.records if isinstance(record, Record)]
        assert [record.position for record in records] == list(range(1, 21))


@pytest.mark.parametrize("text", ["@and @attr 1=4 3 @attr 1=1003 4", "@or 3 4", "@not 3 @and 4 5", '@attr 4=1 "3 4"'])
async def test_queries(connection: Connection, text: str) -> None:
    """Queries of every shape are understood."""
    assert (await connection.search(text, count=0, timeout_s=TIMEOUT_S)).hits >= 0
    assert connection.is_open


async def test_present_past_the_end(connection: Connection) -> None:
    """Present past the end is diagnostic 13, and the association goes on."""
    await connection.search("5", count=1, timeout_s=TIMEOUT_S)
    with pytest.raises(DiagnosticError, match=r"\(present\): present request out of range \(bib-1 13") as caught:
        await connection.present(6, 1, timeout_s=TIMEOUT_S)
    assert caught.value.condition == 13
    assert len(await connection.present(5, 1, timeout_s=TIMEOUT_S)) == 1


async def test_present_without_a_search(connection: Connection) -> None:
    """Present without a result set is refused before it is sent, and the connection stays good."""
    with pytest.raises(LocalProtocolError, match="there is no result set 'default' on this connection"):
        await connection.present(1, 1, timeout_s=TIMEOUT_S)
    assert (await connection.search("5", count=2, timeout_s=TIMEOUT_S)).hits == 5


async def test_scan(connection: Connection) -> None:
    """Scan gives terms around the start term, with how often each occurs; a surrogate diagnostic is a value."""
    found = await connection.scan("@attr 1=4 history", count=3, position=2, timeout_s=TIMEOUT_S)
    assert [entry.term for entry in found.entries if isinstance(entry, ScanEntry)] == ["GLACIER", "HISTORY", "ISLAND"]
    assert found.position == 2
    assert [entry.occurrences for entry in found.entries if isinstance(entry, ScanEntry)] == [7, 7, 6]
    refused = await connection.scan("@attr 1=4 SD", count=4, position=3, timeout_s=TIMEOUT_S)
    assert [type(entry) for entry in refused.entries] == [ScanEntry, ScanEntry, SurrogateDiagnostic, ScanEntry]


async def test_sort_and_delete(connection: Connection) -> None:
    """A result set is sorted, by a name or by attributes, and deleted; then it cannot be presented."""
    await connection.search("5", count=0, timeout_s=TIMEOUT_S)
    await connection.sort([SortKey("title"), SortKey(((1, 31),), descending=True)], timeout_s=TIMEOUT_S)
    assert len(await connection.present(1, 2, timeout_s=TIMEOUT_S)) == 2
    assert await connection.delete("default", timeout_s=TIMEOUT_S) == {"default": 0}
    with pytest.raises(LocalProtocolError, match="search again"):
        await connection.present(1, 1, timeout_s=TIMEOUT_S)


async def test_unknown_database(ztest_server: RunningServer) -> None:
    """A database that is not there is diagnostic 109 with its name."""
    target = _target(ztest_server, "nowhere")
    async with await connect(target, timeout_s=TIMEOUT_S) as opened:
        with pytest.raises(DiagnosticError) as caught:
            await opened.search("5", timeout_s=TIMEOUT_S)
        assert str(caught.value) == f"{target} (search): database unavailable (bib-1 109: nowhere)"
        assert (caught.value.condition, caught.value.retry) == (109, Retry.LATER)
        assert opened.is_open


async def test_slow_database(ztest_server: RunningServer) -> None:
    """A search that takes longer than its deadline is TargetTimeout, on time, and the connection is dropped."""
    target = _target(ztest_server, "Slow5")
    opened = await connect(target, timeout_s=TIMEOUT_S)
    started = time.monotonic()
    with pytest.raises(TargetTimeout) as caught:
        await opened.search("5", timeout_s=1.0)
    assert time.monotonic() - started < 4.0  # the answer would come after 5
    assert str(caught.value) == f"{target} (search): no answer within 1 s"
    assert not opened.is_open


async def test_many_connections(ztest_server: RunningServer) -> None:
    """Ten associations at once each get their own answers."""

    async def one(hits: int) -> tuple[int, int]:
        async with await connect(_target(ztest_server), timeout_s=TIMEOUT_S) as opened:
            result = await opened.search(str(hits), count=2, timeout_s=TIMEOUT_S)
            return result.hits, len(result.records)

    assert await asyncio.gather(*map(one, range(10, 20))) == [(hits, 2) for hits in range(10, 20)]
