"""One background event loop for all blocking callers: hand it a coroutine, wait for what comes of it.

Decides where the asyncio client runs when its caller has no event loop, or one that is busy running the caller (as in
a notebook). Refuses to know what is asked. Raises what the coroutine raises; an interrupt while waiting cancels the
coroutine and lets it clean up first.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
import weakref
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, TypeVar

__all__ = ["Loop", "ProcessLock", "call_soon", "current_loop", "wait_for"]

Loop = asyncio.AbstractEventLoop

_SETTLE_S = 1.0  # for a cancelled operation to drop its connection
_Result = TypeVar("_Result")


class ProcessLock:
    """A lock that is free in a child process after a fork: the thread that held it is not there to let it go."""

    def __init__(self) -> None:
        self.renew()
        _locks.add(self)

    def renew(self) -> None:
        """Become a lock that nobody holds."""
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._lock.release()


_locks: weakref.WeakSet[ProcessLock] = weakref.WeakSet()


def _renew_locks() -> None:
    for lock in list(_locks):
        lock.renew()


if hasattr(os, "register_at_fork"):  # where there is a fork
    os.register_at_fork(after_in_child=_renew_locks)


class _Background:
    """An event loop in a daemon thread, started on first use, and again in the child after a fork."""

    def __init__(self) -> None:
        self._lock = ProcessLock()
        self._thread: threading.Thread | None = None
        self._loop: Loop | None = None

    def loop(self) -> Loop:
        with self._lock:
            if self._loop is None or self._thread is None or not self._thread.is_alive():
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="z3950-zoom", daemon=True)
                self._thread.start()
            return self._loop

    def stop(self) -> None:
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None or not thread.is_alive():
            return
        loop.call_soon_threadsafe(loop.call_soon, loop.stop)  # behind what the calls before it have called
        thread.join(_SETTLE_S)
        if not thread.is_alive():
            loop.close()


_background = _Background()
atexit.register(_background.stop)


def current_loop() -> Loop:
    """Return the loop that operations run on now; after a fork it is another than before."""
    return _background.loop()


def call_soon(loop: Loop | None, function: Callable[[], object]) -> None:
    """Call ``function`` on ``loop``, which may have ended: then there is nothing left to call it for."""
    if loop is not None and not loop.is_closed():
        loop.call_soon_threadsafe(function)


def wait_for(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine on the background loop and return its result.

    When the wait is interrupted (Ctrl-C), the coroutine is cancelled, and the interrupt goes on once it has ended.
    """
    settled = threading.Event()

    async def settling() -> _Result:
        try:
            return await coroutine
        finally:
            settled.set()

    future = asyncio.run_coroutine_threadsafe(settling(), _background.loop())
    try:
        return future.result()
    except BaseException:
        if not future.done():
            future.cancel()
            settled.wait(_SETTLE_S)
        raise
