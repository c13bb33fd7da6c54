"""The only opener of sockets and TLS: bytes to and from a target, with every fault translated at one seam.

Decides nothing about APDUs: what is received is handed to a `Receiver` as it comes. Deadlines belong to the caller
(`asyncio.timeout`); cancelling `open_link` leaves nothing behind. Raises TargetUnreachable when no connection comes
about, ConfigurationError for a CA file that cannot be used.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import ipaddress
import socket
import ssl
import threading
from typing import Any, Protocol

from locate.errors import ConfigurationError, Problem, TargetClosed, TargetUnreachable
from locate.partner import Target, Tls

__all__ = ["Link", "Receiver", "open_link", "tls_context"]

_STAGGER_S = 0.25  # before the next address of a host is tried, though the last has not failed yet (RFC 8305 §8)

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (ConnectionRefusedError, "connection refused; nothing listens on that port"),
    (socket.gaierror, "the host name is not known"),
    (UnicodeError, "the host name is not a valid one"),
    (OverflowError, "a port is a number from 1 to 65535"),
    (ConnectionResetError, "the target reset the connection"),
    (BrokenPipeError, "the target reset the connection"),
)


class Receiver(Protocol):
    """Takes what a link receives."""

    def received(self, data: bytes) -> None:
        """Take bytes; empty means end of file."""

    def broken(self, error: TargetClosed) -> None:
        """Take the news that the connection broke; nothing follows."""


class Link(asyncio.Protocol):
    """A connected stream; ``receiver`` gets all that comes."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._transport: asyncio.Transport | None = None
        self._ended = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport, with TCP_NODELAY (asyncio's default) and keepalive set."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        found: socket.socket | None = transport.get_extra_info("socket")
        if found is not None:
            with contextlib.suppress(OSError):
                found.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)  # a dead peer must be noticed

    def data_received(self, data: bytes) -> None:
        """Hand bytes on; what TLS still brings after `close` is dropped."""
        if not self._ended:
            self._receiver.received(data)

    def eof_received(self) -> None:
        """Hand the end of file on; the transport then closes itself."""
        self._ended = True
        self._receiver.received(b"")

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell why, unless the end was told before or came from this side."""
        self._transport = None
        if exc is not None and not self._ended:
            reason = "what came is no TLS" if isinstance(exc, ssl.SSLError) else _reason(exc)
            self._receiver.broken(TargetClosed(f"the connection broke: {reason}"))
        elif not self._ended:
            self._receiver.received(b"")

    def send(self, data: bytes) -> None:
        """Send ``data``, as soon as the socket takes it. A link that is lost takes it and sends nothing."""
        if self._transport is not None:
            self._transport.write(data)

    def close(self) -> None:
        """Send what was written, then close; nothing more is handed on."""
        self._ended = True
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Drop the connection at once; nothing more is handed on."""
        self._ended = True
        if self._transport is not None:
            self._transport.abort()


async def open_link(target: Target, receiver: Receiver) -> Link:
    """Connect to ``target``, with TLS when it says so. Raises TargetUnreachable or ConfigurationError."""
    tls: dict[str, Any] = {}
    if target.tls is not None:
        tls = {"ssl": tls_context(target.tls), "server_hostname": target.host}
    try:
        addresses = await _addresses(target.host, target.port)
        if len(addresses) == 1:
            return await _dial(addresses[0], target.port, receiver, tls)
        return await _dial_first(addresses, target.port, receiver, tls)
    except (OSError, UnicodeError, OverflowError) as error:
        raise TargetUnreachable(_reason(error)) from error


async def _dial(address: str, port: int, receiver: Receiver, tls: dict[str, Any]) -> Link:
    link = Link(receiver)
    try:
        await asyncio.get_running_loop().create_connection(lambda: link, address, port, **tls)
    except BaseException:
        link.abort()  # its end must not be told: the receiver may have another link by now
        raise
    return link


async def _dial_first(addresses: list[str], port: int, receiver: Receiver, tls: dict[str, Any]) -> Link:
    """Try the addresses of a host in turn, a little apart, and take the first that connects (RFC 8305).

    Raises the OSError of the first address when none does.
    """
    dials: list[asyncio.Task[Link]] = []
    pending: set[asyncio.Task[Link]] = set()
    winner: asyncio.Task[Link] | None = None
    try:
        while True:
            if len(dials) < len(addresses):
                dials.append(asyncio.create_task(_dial(addresses[len(dials)], port, receiver, tls)))
                pending.add(dials[-1])
            patience = _STAGGER_S if len(dials) < len(addresses) else None
            done, pending = await asyncio.wait(pending, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            winner = next((dial for dial in dials if dial in done and dial.exception() is None), None)
            if winner is not None:
                return winner.result()
            if not pending and len(dials) == len(addresses):
                return dials[0].result()  # raises what went wrong there
    finally:
        for dial in dials:
            if dial is not winner:
                dial.cancel()
                dial.add_done_callback(_drop)


def _drop(dial: asyncio.Task[Link]) -> None:
    """Drop a connection that came about too late to be wanted."""
    if not dial.cancelled() and dial.exception() is None:
        dial.result().abort()


@functools.lru_cache(maxsize=4096)
def _literal(host: str) -> str:
    """Return the IP address that ``host`` itself is, "" when it is a name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""


async def _addresses(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, in the resolver's order.

    A name is looked up in a thread of its own that nobody waits for: a name server that does not answer must hold up
    neither other look-ups nor the end of the program, as it does in a pool of threads.
    """
    if address := _literal(host):
        return [address]
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def look_up() -> None:
        found: list[str] | Exception
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(info[4][0]) for info in infos))
        except (OSError, UnicodeError) as error:
            found = error
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_settle, answer, found)

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    return await answer


def _settle(answer: asyncio.Future[list[str]], found: list[str] | Exception) -> None:
    if answer.done():
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)


@functools.lru_cache(maxsize=64)
def tls_context(tls: Tls) -> ssl.SSLContext:
    """Return the client side of TLS: certificates and names are verified unless ``tls`` is insecure."""
    try:
        context = ssl.create_default_context(cafile=tls.ca_file)
    except (OSError, ssl.SSLError) as error:
        reason = "it holds no certificate in PEM form" if isinstance(error, ssl.SSLError) else _reason(error)
        raise ConfigurationError([Problem("ca_file", f"{tls.ca_file}: {reason}")]) from None
    if tls.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"the target's TLS certificate does not verify: {error.verify_message}; "
            "name its CA file, or say insecure to go on without"
        )
    if isinstance(error, ssl.SSLError):
        return f"no TLS with this port ({error.reason or error}); it may speak plain Z39.50"
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
