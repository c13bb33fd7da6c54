"""What one input may cost, and what became of it.

Too slow is what takes too long by the clock and in the processor's time, so that a busy machine is no failure; memory
is the largest that the process ever had, so that what is freed again is seen too. Runs in the main thread of a process,
for the alarm that ends an endless loop.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

__all__ = ["MAX_BYTES", "MAX_SECONDS", "Escape", "HangError", "alarmed", "measured", "peak_bytes", "shrunk"]

MAX_SECONDS = 1.0
MAX_BYTES = 64 * 1024 * 1024
_HANG_SECONDS = 10.0
_SHRINKING_STEPS = 2000


@dataclass(frozen=True, slots=True)
class Escape:
    """An input that broke the invariant: ``kind`` tells one bug from another, ``text`` is for people."""

    area: str
    data: bytes
    kind: str
    text: str


class HangError(BaseException):
    """Raised in the middle of whatever does not end. No handler of the code under test catches it."""


@contextlib.contextmanager
def alarmed() -> Iterator[None]:
    """Let an input that takes ten seconds of the processor's time end in an escape."""

    def ring(_signal: int, _frame: object) -> None:
        raise HangError(f"no end after {_HANG_SECONDS:g} s")

    before = signal.signal(signal.SIGVTALRM, ring)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def peak_bytes() -> int:
    """Return the most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measured(area: str, check: Callable[[bytes], None], data: bytes) -> tuple[float, Escape | None]:
    """Give ``data`` to ``check``; return the seconds it took and the escape if there was one. Needs `alarmed`."""
    peak, started, busy_s = peak_bytes(), time.perf_counter(), time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _HANG_SECONDS)
    try:
        check(data)
    except (Exception, HangError) as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{type(error).__name__} in {place.name}"
        return time.perf_counter() - started, Escape(area, data, kind, "".join(traceback.format_exception(error)))
    took = time.perf_counter() - started
    grown = peak_bytes() - peak
    if grown > MAX_BYTES:  # asked first: to get so much memory may take long, and is then not the cause
        return took, Escape(area, data, "memory", f"{grown:,} bytes of memory for {len(data):,} bytes")
    if took > MAX_SECONDS and time.process_time() - busy_s > MAX_SECONDS:
        return took, Escape(area, data, "slow", f"{took:.1f} s for {len(data):,} bytes")
    return took, None


def shrunk(escape: Escape, check: Callable[[bytes], None]) -> Escape:
    """Return the escape with an input as small as taking pieces out of it makes it. Needs `alarmed`."""
    if escape.kind in {"memory", "slow"} or escape.kind.startswith("HangError"):
        return escape
    data, piece, steps = escape.data, len(escape.data) // 2, 0
    while piece and steps < _SHRINKING_STEPS:
        at, before = 0, len(data)
        while at < len(data) and steps < _SHRINKING_STEPS:
            steps += 1
            smaller = data[:at] + data[at + piece :]
            _, found = measured(escape.area, check, smaller)
            if found is not None and found.kind == escape.kind:
                data = smaller
            else:
                at += piece
        if len(data) == before:
            piece //= 2
    return replace(escape, data=data)
