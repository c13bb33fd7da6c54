"""The embedded target over TCP: TLS, the further services, slowness, and the ends of connections."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from locate.errors import ConfigurationError, InitRejected, TargetClosed, TargetTimeout, Z3950Error
from locate.partner import Target, Tls
from locate.z3950.apdu import (
    Close,
    CloseReason,
    InitializeResponse,
    SearchResponse,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.client import ScanEntry, SortKey, connect
from locate.z3950.protocol import Origin
from locate.z3950.retrieval import Record
from locate.z3950.target.emulation import Emulation
from locate.z3950.target.responder import ServiceLimits
from locate.z3950.target.server import ServerOptions, serve, tls_context
from tests.z3950.asking import SEARCH
from tests.z3950.made_up import marcxml, xml_catalog
from tests.z3950.target.test_server import INIT, connected, raw, target


async def test_scan_sort_and_delete(tmp_path: Path) -> None:
    """This project's own origin scans, sorts and deletes."""
    async with serve({"Default": xml_catalog(tmp_path)}) as server, connected(server) as connection:
        found = await connection.scan("@attr 1=4 riv", count=2)
        assert [(each.term, each.occurrences) for each in found.entries if isinstance(each, ScanEntry)] == [
            ("river", 4),
            ("studies", 1),
        ]
        await connection.search("@attr 1=4 river", count=0)
        await connection.sort([SortKey("date", descending=True)])
        (first,) = await connection.present(1, 1, syntax="sutrs")
        assert isinstance(first, Record)
        assert "2010" in str(first.data)
        assert await connection.delete("default") == {"default": 0}


async def test_segments_over_the_wire(tmp_path: Path) -> None:
    """A target of small messages gives all records of one Present, in segments."""
    many = [marcxml(f"r{n}", "245$ariver", "520$a" + "x" * 400 * n) for n in range(12)]
    options = ServerOptions(limits=ServiceLimits(message_bytes=1000))
    async with serve({"Default": xml_catalog(tmp_path, *many)}, options=options) as server, connected(server) as found:
        await found.search("@attr 1=4 river", count=0)
        records = await found.present(1, 12)
        assert [type(each) for each in records] == [Record] * 12


async def test_tls(tmp_path: Path) -> None:
    """With a certificate the target serves TLS, and a plain origin gets nowhere."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    certificate = tmp_path / "server.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    options = ServerOptions(tls=tls_context(certificate))
    async with serve({"Default": xml_catalog(tmp_path)}, options=options) as server:
        secure = Target(server.host, server.port, tls=Tls(str(tmp_path / "ca.pem")))
        async with await connect(secure) as connection:
            assert (await connection.search("@attr 1=4 river")).hits == 4
        with pytest.raises(Z3950Error):
            await connect(target(server), timeout_s=2)


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), ("nothing", "holds no certificate")])
def test_certificates_that_cannot_be_used(tmp_path: Path, content: str | None, said: str) -> None:
    """A certificate that is missing, or none, is named."""
    path = tmp_path / "server.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigurationError, match=f"server.pem.*{said}"):
        tls_context(path)


async def test_sessions_are_counted_after_their_end(tmp_path: Path) -> None:
    """Beyond its sessions an emulated target refuses Init with 1015, while one has only just ended too."""
    catalog = xml_catalog(tmp_path)
    habits = Emulation(max_sessions=1, session_linger_s=60.0)
    async with serve({"Default": catalog}, options=ServerOptions(emulation=habits)) as server:
        async with connected(server):
            with pytest.raises(InitRejected, match="1015"):
                await connect(target(server))
        with pytest.raises(InitRejected):
            await connect(target(server))
    habits = Emulation(max_sessions=1)
    async with serve({"Default": catalog}, options=ServerOptions(emulation=habits)) as server:
        async with connected(server):
            assert server.connections == 1
        for _ in range(500):
            if server.connections:
                await asyncio.sleep(0.01)
        async with connected(server) as connection:
            assert connection.is_open


async def test_a_session_refused_does_not_count(tmp_path: Path) -> None:
    """An origin that keeps asking a full target is let in once the sessions that counted are over."""
    habits = Emulation(max_sessions=1, session_linger_s=0.2)
    options = ServerOptions(emulation=habits)
    async with serve({"Default": xml_catalog(tmp_path)}, options=options) as server:
        async with connected(server):
            pass
        for _ in range(500):
            with contextlib.suppress(InitRejected):
                async with connected(server):
                    return
            await asyncio.sleep(0.01)
        pytest.fail("the refused sessions keep the target full")


async def test_connection_dropped_without_close(tmp_path: Path) -> None:
    """An emulated target hangs up without a Close, after its operations or when nothing is asked."""
    catalog = xml_catalog(tmp_path)
    after_one = Emulation(close_after_operations=1)
    async with serve({"Default": catalog}, options=ServerOptions(emulation=after_one)) as server:
        connection = await connect(target(server))
        assert (await connection.search("@attr 1=4 river")).hits == 4
        with pytest.raises(TargetClosed):
            await connection.search("@attr 1=4 river")
    when_idle = Emulation(close_when_idle_s=0.05)
    async with serve({"Default": catalog}, options=ServerOptions(emulation=when_idle)) as server:
        answer = decode_apdu(await raw(server, encode_apdu(INIT)))
        assert isinstance(answer, InitializeResponse)


async def test_only_the_slow_service_waits(tmp_path: Path) -> None:
    """A delay of Present leaves Init and Search alone."""
    habits = Emulation(present_delay_s=30.0)
    async with (
        serve({"Default": xml_catalog(tmp_path)}, options=ServerOptions(emulation=habits)) as server,
        connected(server) as connection,
    ):
        assert (await connection.search("@attr 1=4 river", count=1)).hits == 4
        with pytest.raises(TargetTimeout):
            await connection.present(2, 1, timeout_s=0.1)


async def test_requests_wait_while_an_answer_does(tmp_path: Path) -> None:
    """Requests sent on while an answer is delayed are answered in order, and none is lost."""
    async with serve({"Default": xml_catalog(tmp_path)}, options=ServerOptions(delay_s=0.05)) as server:
        close = encode_apdu(Close(CloseReason.FINISHED))
        answer = await raw(server, encode_apdu(INIT) + encode_apdu(SEARCH) + encode_apdu(SEARCH) + close)
    side = Origin()
    side.send(INIT)
    side.receive_data(answer)
    found = [side.next_event()]
    for request in (SEARCH, SEARCH, Close(CloseReason.FINISHED)):
        side.send(request)
        found.append(side.next_event())
    assert [type(each) for each in found] == [InitializeResponse, SearchResponse, SearchResponse, Close]


async def test_answers_that_nobody_reads(tmp_path: Path) -> None:
    """An origin that asks for much and reads nothing is dropped after its time."""
    catalog = xml_catalog(tmp_path, *(marcxml(f"r{n}", "245$ariver", "520$a" + "x" * 9000) for n in range(60)))
    options = ServerOptions(idle_timeout_s=0.3)
    request = encode_apdu(replace(SEARCH, small_set_upper_bound=99))
    async with serve({"Default": catalog}, options=options) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port, limit=1)
        writer.write(encode_apdu(INIT) + request * 100)
        for _ in range(100):
            await asyncio.sleep(0.05)
            if not server.connections:
                break
        assert server.connections == 0
        writer.transport.abort()
        assert not reader.at_eof()
