"""The only opener of sockets: a byte stream to a target, with every fault translated at one seam.

Decides nothing about APDUs. Deadlines belong to the caller (`asyncio.timeout`); cancelling any call is safe and the
stream is then to be closed. Raises TargetUnreachable when no connection comes about, TargetClosed when one breaks.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket

from locate.errors import TargetClosed, TargetUnreachable

__all__ = ["Stream", "open_stream"]

_READ_BYTES = 65536


class Stream:
    """A connected TCP stream."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, data: bytes) -> None:
        """Write all of ``data``."""
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError as error:
            raise TargetClosed(f"the connection broke while sending: {_reason(error)}") from error

    async def receive(self) -> bytes:
        """Return the next bytes, at most 64 KiB; empty at end of file."""
        try:
            return await self._reader.read(_READ_BYTES)
        except OSError as error:
            raise TargetClosed(f"the connection broke: {_reason(error)}") from error

    def abort(self) -> None:
        """Drop the connection at once, sending nothing more."""
        self._writer.transport.abort()

    async def close(self) -> None:
        """Flush and close; never raises for a connection that is already gone."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()


async def open_stream(host: str, port: int) -> Stream:
    """Connect to ``host``:``port`` with TCP_NODELAY and keepalive set. Raises TargetUnreachable."""
    try:
        reader, writer = await asyncio.open_connection(host, port)
    except (OSError, UnicodeError) as error:
        raise TargetUnreachable(_reason(error)) from error
    found: socket.socket | None = writer.get_extra_info("socket")
    if found is not None:
        with contextlib.suppress(OSError):
            # A small request must not wait for the acknowledgement of the last one; a dead peer must be noticed.
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            found.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return Stream(reader, writer)


def _reason(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "connection refused; nothing listens on that port"
    if isinstance(error, socket.gaierror):
        return "the host name is not known"
    if isinstance(error, UnicodeError):
        return "the host name is not a valid one"
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return "the target reset the connection"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
