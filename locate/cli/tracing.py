"""What is shown of the APDUs while a command asks a target: a line for each in the log, and a trace in a file."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Literal

import typer

from locate.cli.logs import apdu_logger
from locate.errors import DiagnosticError, Z3950Error
from locate.partner import Target
from locate.z3950.apdu import Apdu
from locate.z3950.protocol import Observer
from locate.z3950.trace import TraceWriter

__all__ = ["observing"]


@contextlib.contextmanager
def observing(target: Target, trace: Path | None) -> Iterator[Observer | None]:
    """Give what observes an association with ``target``: the log when it is told of APDUs, and ``trace`` if not None.

    The file is written anew when the block is left, however it is left. Raises BadParameter when it cannot be.
    """
    log = apdu_logger(target)
    if trace is None:
        yield log
        return
    _write(trace, "")
    text = io.StringIO()
    writer = TraceWriter(
        text,
        str(target),
        time.monotonic,
        credentials=target.credentials,
        tls=target.tls is not None,
        program=f"zlocate {metadata.version('zlocate')}",
        begun=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    try:
        yield writer if log is None else _both(writer, log)
    except Z3950Error as error:
        if not isinstance(error, DiagnosticError):
            writer.fault(error)
        raise
    finally:
        _write(trace, text.getvalue())


def _both(first: Observer, second: Observer) -> Observer:
    def observe(direction: Literal["sent", "received"], pdu: bytes, apdu: Apdu | None) -> None:
        first(direction, pdu, apdu)
        second(direction, pdu, apdu)

    return observe


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint="--trace") from None
