"""TLS verified by default, and host names with several addresses or none."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from pathlib import Path

import pytest
import trustme

from locate.errors import ConfigurationError, TargetTimeout, TargetUnreachable
from locate.partner import Target, Tls
from locate.z3950.client import connect
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import Server, ServerOptions, serve
from locate.z3950.transport import open_link
from tests.adversity.hostile import ACCEPT, Peer, found, hostile, stall


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return a certificate authority that nobody else trusts."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    """Return the file of the authority's certificate."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def _options(authority: trustme.CA, name: str) -> ServerOptions:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return ServerOptions(tls=context)


def _target(server: Server, tls: Tls | None) -> Target:
    return Target(server.host, server.port, tls=tls)


async def test_a_certificate_of_a_named_authority(authority: trustme.CA, ca_file: str) -> None:
    """With the CA file, the association comes about and searches work."""
    options = _options(authority, "127.0.0.1")
    async with (
        serve({"Default": Catalog(())}, options=options) as server,
        await connect(_target(server, Tls(ca_file=ca_file))) as connection,
    ):
        assert (await connection.search("x")).hits == 0


@pytest.mark.parametrize("name", ["127.0.0.1", "z3950.example.org"])
async def test_a_certificate_that_does_not_verify(authority: trustme.CA, ca_file: str, name: str) -> None:
    """An unknown authority, or another host's name, is refused with a sentence that says what to do."""
    tls = Tls() if name == "127.0.0.1" else Tls(ca_file=ca_file)
    async with serve({"Default": Catalog(())}, options=_options(authority, name)) as server:
        with pytest.raises(TargetUnreachable) as caught:
            await connect(_target(server, tls))
        assert "the target's TLS certificate does not verify: " in str(caught.value)
        assert str(caught.value).endswith("; name its CA file, or say insecure to go on without")


async def test_insecure_takes_any_certificate(authority: trustme.CA) -> None:
    """Only when it is asked for, a certificate is not looked at."""
    async with (
        serve({"Default": Catalog(())}, options=_options(authority, "z3950.example.org")) as server,
        await connect(_target(server, Tls(insecure=True))) as connection,
    ):
        assert (await connection.search("x")).hits == 0


async def test_tls_with_a_plain_target() -> None:
    """A port that speaks plain Z39.50 is told as such, and not waited for."""
    async with serve({"Default": Catalog(())}) as server:
        with pytest.raises(TargetUnreachable, match=r"it may speak plain Z39\.50|closed the connection"):
            await connect(_target(server, Tls(insecure=True)), timeout_s=5)


async def test_a_silent_tls_target() -> None:
    """A handshake that is never answered ends with the deadline."""
    async with hostile(stall) as running:
        target = Target(running.target.host, running.target.port, tls=Tls(insecure=True))
        with pytest.raises(TargetTimeout, match=r"\(connect\): no answer within 0.2 s"):
            await connect(target, timeout_s=0.2)


@pytest.mark.parametrize("content", [None, "no certificate"])
async def test_a_ca_file_that_cannot_be_used(tmp_path: Path, content: str | None) -> None:
    """A CA file that is missing or holds none is a mistake of the configuration, with its path."""
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigurationError, match=str(path)):
        await connect(Target("127.0.0.1", 1, tls=Tls(ca_file=str(path))))


# ---- names


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str] | float]:
    """Return the names that are known: name -> addresses, or seconds that the look-up takes."""
    known: dict[str, list[str] | float] = {}

    def look_up(host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        found = known[host]
        if isinstance(found, float):
            time.sleep(found)
            raise socket.gaierror(socket.EAI_AGAIN, "too late")
        return [(0, 0, 0, "", (address, port)) for address in found]

    monkeypatch.setattr("locate.z3950.transport.socket.getaddrinfo", look_up)
    return known


async def test_the_next_address_is_tried(resolver: dict[str, list[str] | float]) -> None:
    """A host whose first address does not take connections is reached at its next one."""
    resolver["both.example"] = ["127.0.0.2", "127.0.0.1"]
    async with (
        serve({"Default": Catalog(())}) as server,
        await connect(Target("both.example", server.port)) as connection,
    ):
        assert (await connection.search("x")).hits == 0


async def test_no_address_takes_connections(resolver: dict[str, list[str] | float]) -> None:
    """When no address does, the reason is that of the first."""
    resolver["none.example"] = ["127.0.0.1", "127.0.0.2"]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(TargetUnreachable, match="connection refused"):
            await connect(Target("none.example", taken.getsockname()[1]))


async def test_a_silent_address_does_not_hold_up_the_next(resolver: dict[str, list[str] | float]) -> None:
    """An address that never answers costs a quarter of a second, not the whole deadline."""
    resolver["slow.example"] = ["192.0.2.1", "127.0.0.1"]
    loop = asyncio.get_running_loop()
    connected = loop.create_connection

    async def create(factory: object, host: str, port: int, **options: object) -> object:
        if host == "192.0.2.1":
            await asyncio.Event().wait()
        return await connected(factory, host, port, **options)  # type: ignore[call-overload]

    loop.create_connection = create  # type: ignore[method-assign, assignment]
    async with (
        serve({"Default": Catalog(())}) as server,
        await connect(Target("slow.example", server.port), timeout_s=5) as connection,
    ):
        assert connection.is_open


async def test_two_addresses_that_connect_at_once(
    resolver: dict[str, list[str] | float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is used; the other is dropped, and its end is not taken for that of the one in use."""
    resolver["both.example"] = ["127.0.0.1", "127.0.0.2"]
    monkeypatch.setattr("locate.z3950.transport._STAGGER_S", 0.001)
    loop = asyncio.get_running_loop()
    connected, begun, gone = loop.create_connection, asyncio.Barrier(2), asyncio.Event()

    async def create(factory: object, host: str, port: int, **options: object) -> object:
        pair = await connected(factory, "127.0.0.1", port, **options)  # type: ignore[call-overload]
        await begun.wait()
        return pair

    async def script(peer: Peer) -> None:
        if await peer.ask() is None:
            gone.set()
            return
        await peer.answer(ACCEPT)
        await peer.exchange(found(3))
        await stall(peer)

    loop.create_connection = create  # type: ignore[method-assign, assignment]
    async with (
        hostile(script) as running,
        await connect(Target("both.example", running.target.port), timeout_s=5) as connection,
    ):
        async with asyncio.timeout(5):
            await gone.wait()
        assert (await connection.search("x", count=0)).hits == 3
        connection.abort()


async def test_an_address_given_up_while_it_connects(
    resolver: dict[str, list[str] | float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that was made, but not yet handed over, when another won ends without a word to the receiver."""
    resolver["both.example"] = ["127.0.0.1", "127.0.0.2"]
    monkeypatch.setattr("locate.z3950.transport._STAGGER_S", 0.001)
    loop = asyncio.get_running_loop()
    connected, made = loop.create_connection, asyncio.Event()

    async def create(factory: object, host: str, port: int, **options: object) -> object:
        if host == "127.0.0.1":
            await made.wait()
        pair = await connected(factory, "127.0.0.1", port, **options)  # type: ignore[call-overload]
        if host == "127.0.0.2":
            made.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                pair[0].close()
                raise
        return pair

    loop.create_connection = create  # type: ignore[method-assign, assignment]
    async with (
        serve({"Default": Catalog(())}) as server,
        await connect(Target("both.example", server.port), timeout_s=5) as connection,
    ):
        assert (await connection.search("x")).hits == 0


class _Ignored:
    def received(self, data: bytes) -> None:
        """Take bytes."""

    def broken(self, error: Exception) -> None:
        """Take an error."""


def test_a_look_up_without_end_holds_up_nothing(resolver: dict[str, list[str] | float]) -> None:
    """Neither the deadline nor the end of the event loop waits for a name server that does not answer."""
    resolver["lost.example"] = 5.0

    async def look_up() -> None:
        async with asyncio.timeout(0.1):
            await open_link(Target("lost.example"), _Ignored())

    started = time.monotonic()
    with pytest.raises(TimeoutError):
        asyncio.run(look_up())
    assert time.monotonic() - started < 4
