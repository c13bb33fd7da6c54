"""The embedded target over TCP, asked by this project's own origin."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from locate.errors import (
    ConfigurationError,
    DiagnosticError,
    InitRejected,
    TargetClosed,
    TargetTimeout,
    TargetUnreachable,
    Z3950Error,
)
from locate.partner import Credentials, Target
from locate.z3950.apdu import (
    Close,
    CloseReason,
    InitializeRequest,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.client import Connection, connect
from locate.z3950.oids import MARC21, SUTRS, XML
from locate.z3950.opac import OpacRecord
from locate.z3950.retrieval import Record, SurrogateDiagnostic
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import Emulation
from locate.z3950.target.responder import ServiceLimits
from locate.z3950.target.server import Server, ServerOptions, ThreadedServer, serve
from tests.z3950.made_up import RECORDS, marc_catalog, marcxml, opac_catalog, xml_catalog

INIT = InitializeRequest(frozenset({0, 1, 2}), frozenset({0, 1, 14}), 1 << 20, 1 << 20)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """Return a target with a MARC database ``Default`` and one with holdings, ``Held``."""
    async with serve({"Default": marc_catalog(tmp_path), "Held": opac_catalog(tmp_path)}) as running:
        yield running


def target(
    server: Server | ThreadedServer, database: str = "Default", credentials: Credentials | None = None
) -> Target:
    """Return how to reach a server's database."""
    return Target(server.host, server.port, database, credentials)


@contextlib.asynccontextmanager
async def connected(server: Server, database: str = "Default") -> AsyncIterator[Connection]:
    """Open an association and close it in order."""
    async with await connect(target(server, database), timeout_s=5) as connection:
        yield connection


async def raw(server: Server, data: bytes) -> bytes:
    """Send bytes and return all that comes until the target closes."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    try:
        writer.write(data)
        async with asyncio.timeout(5):
            return await reader.read()
    finally:
        writer.transport.abort()


async def test_search_with_records_in_the_answer(server: Server) -> None:
    """One search brings hits and records, and Init says who answers."""
    async with connected(server) as connection:
        assert connection.server is not None
        assert (connection.server.name, connection.server.protocol_version) == ("zlocate embedded target", 3)
        result = await connection.search("@attr 1=4 river", count=10)
        assert (result.hits, [type(found) for found in result.records]) == (4, [Record] * 4)


@pytest.mark.parametrize(("syntax", "oid"), [("marc21", MARC21), ("xml", XML), ("sutrs", SUTRS)])
async def test_syntaxes(server: Server, syntax: str, oid: str) -> None:
    """Each syntax comes as asked from both databases."""
    for database in ("Default", "held"):
        async with connected(server, database) as connection:
            (found,) = (await connection.search("@attr 1=9 99012345", syntax=syntax)).records
            assert isinstance(found, Record)
            assert found.syntax == oid


async def test_opac(server: Server) -> None:
    """OPAC records bring the holdings; a catalog without them refuses with diagnostic 238 and still tells the hits."""
    async with connected(server, "Held") as connection:
        result = await connection.search("@attr 1=7 0198534531", syntax="opac")
        assert [isinstance(found, Record) and isinstance(found.data, OpacRecord) for found in result.records] == [
            True
        ] * 2
    async with connected(server) as connection:
        with pytest.raises(DiagnosticError) as caught:
            await connection.search("@attr 1=7 0198534531", syntax="opac")
        assert caught.value.condition == 238
        assert (await connection.search("@attr 1=7 0198534531", count=0)).hits == 2


async def test_element_set_refused_is_retried_without(server: Server) -> None:
    """The origin gets its records though the target does not know the element set."""
    async with connected(server) as connection:
        result = await connection.search("@attr 1=4 river", element_set="Q")
        assert [type(found) for found in result.records] == [Record] * 4


@pytest.mark.parametrize(
    ("database", "pqf", "syntax", "condition"),
    [
        ("Nowhere", "x", "marc21", 109),
        ("Default", "@attr 1=9999 x", "marc21", 114),
        ("Default", "@set other", "marc21", 30),
        ("Default", "@attr 1=4 river", "unimarc", 239),
    ],
)
async def test_diagnostics(server: Server, database: str, pqf: str, syntax: str, condition: int) -> None:
    """Diagnostics arrive as such, and the association goes on."""
    async with connected(server, database) as connection:
        with pytest.raises(DiagnosticError) as caught:
            await connection.search(pqf, syntax=syntax)
        assert caught.value.condition == condition
        assert connection.is_open


async def test_present_pages_and_range(server: Server) -> None:
    """Later records come by Present; past the end is diagnostic 13."""
    async with connected(server) as connection:
        await connection.search("@attr 1=4 river", count=1)
        assert [found.position for found in await connection.present(2, 3) if isinstance(found, Record)] == [2, 3, 4]
        with pytest.raises(DiagnosticError) as caught:
            await connection.present(4, 2)
        assert caught.value.condition == 13


async def test_small_messages_are_paged_through(tmp_path: Path) -> None:
    """A target that sends little at a time gives everything in the end, the record that exceeds it included."""
    many = [marcxml(f"r{n}", "245$ariver") for n in range(20)]
    catalog = xml_catalog(tmp_path, *many, marcxml("big", "245$ariver " + "x" * 3000))
    options = ServerOptions(limits=ServiceLimits(message_bytes=1000))
    async with serve({"Default": catalog}, options=options) as server, connected(server) as connection:
        result = await connection.search("@attr 1=4 river", count=21)
        assert [type(found) for found in result.records] == [Record] * 21


async def test_unconvertible_record_is_a_value(tmp_path: Path) -> None:
    """One record that cannot be written as MARC 21 is surrogate 14 in its place; its neighbour comes."""
    catalog = xml_catalog(tmp_path, marcxml("long", "245$ariver", "520$a" + "x" * 20_000), RECORDS[3])
    async with serve({"Default": catalog}) as server, connected(server) as connection:
        first, second = (await connection.search("@attr 1=4 river")).records
        assert isinstance(first, SurrogateDiagnostic)
        assert first.condition == 14
        assert isinstance(second, Record)


@pytest.mark.parametrize(
    "credentials",
    [Credentials(user="ill", password="secret"), Credentials(open="token"), Credentials(anonymous=True)],
    ids=["idPass", "open", "anonymous"],
)
async def test_authentication(tmp_path: Path, credentials: Credentials) -> None:
    """Each form of idAuthentication opens a target that asks for it; without it Init is refused with the reason."""
    options = ServerOptions(credentials=credentials)
    async with serve({"Default": xml_catalog(tmp_path)}, options=options) as server:
        async with await connect(target(server, credentials=credentials)) as connection:
            assert (await connection.search("@attr 1=4 river")).hits == 4
        with pytest.raises(InitRejected, match="authentication is required"):
            await connect(target(server))
        with pytest.raises(InitRejected, match="wrong"):
            await connect(target(server, credentials=Credentials(user="ill", password="guess")))


async def test_garbage_is_answered_by_close(server: Server) -> None:
    """What is no APDU gets Close with reason 6 even when more bytes follow than are read."""
    answer = decode_apdu(await raw(server, b"GET / HTTP/1.0\r\n\r\n" + b"x" * 300_000))
    assert isinstance(answer, Close)
    assert answer.close_reason == CloseReason.PROTOCOL_ERROR


async def test_connections_are_bounded(tmp_path: Path) -> None:
    """Beyond max_connections a connection is dropped; when one ends there is room again."""
    async with serve({"Default": xml_catalog(tmp_path)}, options=ServerOptions(max_connections=1)) as server:
        async with connected(server):
            with pytest.raises(Z3950Error):
                await connect(target(server), timeout_s=2)
        for _ in range(50):
            with contextlib.suppress(Z3950Error):
                async with connected(server):
                    return
            await asyncio.sleep(0.02)
        pytest.fail("no room though the first association was closed")


async def test_no_room_for_another_connection_is_logged_once(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Out of open files: one line with advice and no traceback; what else goes wrong in the loop is told as ever."""
    loop = asyncio.get_running_loop()
    full = {"message": "socket.accept() out of system resource", "exception": OSError(errno.EMFILE, "")}
    for context in (full, full, {"message": "another fault"}):
        loop.call_exception_handler(context)
    assert [record.exc_info for record in caplog.records if record.name != "asyncio"] == [None]
    assert "connections wait to be accepted: Too many open files; end some" in caplog.text
    assert "another fault" in caplog.text
    await server._stop()
    assert loop.get_exception_handler() is None


async def test_idle_connection_is_closed(tmp_path: Path) -> None:
    """An origin that says nothing is told Close (lack of activity), before Init and after."""
    async with serve({"Default": xml_catalog(tmp_path)}, options=ServerOptions(idle_timeout_s=0.1)) as server:
        for data in (b"", encode_apdu(INIT)):
            answer = await raw(server, data)
            assert answer.endswith(encode_apdu(Close(CloseReason.LACK_OF_ACTIVITY)))


async def test_slow_and_silent_targets(tmp_path: Path) -> None:
    """A slow target answers after its delay; a silent one accepts and never answers."""
    catalog = xml_catalog(tmp_path)
    async with serve({"Default": catalog}, options=ServerOptions(delay_s=0.1)) as server:
        started = time.monotonic()
        async with connected(server) as connection:
            assert (await connection.search("@attr 1=4 river")).hits == 4
            assert time.monotonic() - started > 0.2
            with pytest.raises(TargetTimeout):
                await connection.search("@attr 1=4 river", timeout_s=0.02)
    async with serve({"Default": catalog}, options=ServerOptions(accept_then_silent=True)) as server:
        with pytest.raises(TargetTimeout):
            await connect(target(server), timeout_s=0.1)


async def test_many_targets_and_origins_in_one_loop(tmp_path: Path) -> None:
    """Four targets serve ten origins each at once."""
    catalog = marc_catalog(tmp_path)

    async def ask(server: Server) -> int:
        async with connected(server) as connection:
            return (await connection.search("@attr 1=4 river")).hits

    async with contextlib.AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(serve({"Default": catalog})) for _ in range(4)]
        assert len({server.port for server in servers}) == 4
        assert await asyncio.gather(*(ask(server) for server in servers * 10)) == [4] * 40


async def test_hundreds_of_origins_at_once(tmp_path: Path) -> None:
    """Three hundred origins that come at the same moment are served at the same time by a slow target."""
    options = ServerOptions(emulation=Emulation(search_delay_s=0.5))

    async def ask(server: Server) -> int:
        async with await connect(target(server), timeout_s=20) as connection:
            return (await connection.search("@attr 1=4 river", timeout_s=20)).hits

    async with serve({"Default": marc_catalog(tmp_path)}, options=options) as server:
        started = time.monotonic()
        assert await asyncio.gather(*(ask(server) for _ in range(300))) == [4] * 300
        assert time.monotonic() - started < 300 * 0.5 / 10


async def test_leaving_the_block_drops_everything(tmp_path: Path) -> None:
    """After the block open associations are gone and the port is closed."""
    async with serve({"Default": xml_catalog(tmp_path)}) as server:
        connection = await connect(target(server))
    with pytest.raises(TargetClosed):
        await connection.search("@attr 1=4 river")
    with pytest.raises(TargetUnreachable):
        await connect(target(server))


async def test_serve_forever_ends_with_its_task(server: Server) -> None:
    """serve_forever waits until it is cancelled."""
    task = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0.01)
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_port_in_use_is_a_configuration_error() -> None:
    """An address that cannot be listened on is named."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"cannot listen on 127.0.0.1:{port}"):
            async with serve({"Default": Catalog(())}, port=port):
                pytest.fail("it cannot listen")
        with pytest.raises(ConfigurationError), ThreadedServer({"Default": Catalog(())}, port=port):
            pytest.fail("it cannot listen")


def test_threaded_server(tmp_path: Path) -> None:
    """Without an event loop of one's own the target runs in a thread."""
    with ThreadedServer({"Default": xml_catalog(tmp_path)}) as server:

        async def ask() -> int:
            async with await connect(target(server)) as connection:
                return (await connection.search("@attr 1=1003 mustermann")).hits

        assert asyncio.run(ask()) == 2
