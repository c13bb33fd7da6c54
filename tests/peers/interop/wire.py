"""A recorder between an origin and a target: which APDUs passed, from whom, and that the connection came to its end.

It names APDUs by the tag of each PDU and looks no further. One connection a recording.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from locate.z3950.ber import Framer, read_header

__all__ = ["Recording", "record"]

_READ_BYTES = 65536
_PATIENCE_S = 15.0
_POLL_S = 0.1
# Z39.50-2003 §4.1, the tags of the APDUs.
_NAMES = {
    0xB4: "Init",
    0xB5: "InitResponse",
    0xB6: "Search",
    0xB7: "SearchResponse",
    0xB8: "Present",
    0xB9: "PresentResponse",
    0xBF23: "Scan",
    0xBF24: "ScanResponse",
    0xBF2B: "Sort",
    0xBF2C: "SortResponse",
    0xBF30: "Close",
}


@dataclass
class Recording:
    """What passed: ``sent`` by the origin and ``received`` by it; ``ended`` once both ends are finished."""

    port: int
    sent: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)
    ended: bool = False


@contextlib.contextmanager
def record(host: str, port: int, *, patience_s: float = _PATIENCE_S) -> Iterator[Recording]:
    """Listen on ``port`` of the recording for one connection, and carry it to ``host``:``port``.

    Leaving the block waits ``patience_s`` seconds for the connection to end, and drops it if it does not.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(_POLL_S)
        recording = Recording(listener.getsockname()[1])
        stop = threading.Event()
        thread = threading.Thread(target=_carry, args=(listener, (host, port), recording, stop))
        thread.start()
        try:
            yield recording
            thread.join(patience_s)
        finally:
            stop.set()
            thread.join()


def _carry(listener: socket.socket, target: tuple[str, int], recording: Recording, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            near, _ = listener.accept()
        except TimeoutError:
            continue
        with near, socket.create_connection(target) as far:
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _both_ways(near, far, recording, stop)
        return


def _both_ways(near: socket.socket, far: socket.socket, recording: Recording, stop: threading.Event) -> None:
    """Carry until both ends are finished; the end of one is handed on to the other."""
    with selectors.DefaultSelector() as selector:
        selector.register(near, selectors.EVENT_READ, (far, Framer(), recording.sent))
        selector.register(far, selectors.EVENT_READ, (near, Framer(), recording.received))
        while selector.get_map() and not stop.is_set():
            for key, _ in selector.select(timeout=_POLL_S):
                source, (sink, framer, names) = key.fileobj, key.data
                assert isinstance(source, socket.socket)
                data = _received(source)
                with contextlib.suppress(OSError):
                    sink.sendall(data) if data else sink.shutdown(socket.SHUT_WR)
                if not data:
                    selector.unregister(source)
                    continue
                framer.feed(data)
                while (pdu := framer.next_pdu()) is not None:
                    identifier, _, _ = read_header(pdu, 0)
                    names.append(_NAMES.get(identifier, f"{identifier:#x}"))
        recording.ended = not selector.get_map()


def _received(source: socket.socket) -> bytes:
    try:
        return source.recv(_READ_BYTES)
    except OSError:
        return b""  # reset: an end like any other here
