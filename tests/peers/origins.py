"""Drive Z39.50 clients that this project did not write: yaz-client, and Perl's ZOOM.

They ask a target the way a stranger would. Nothing is judged here: yaz-client's text comes back as it is, and ZOOM's
result as plain values. Raises OriginError when a client itself fails or outlasts its deadline; a target's diagnostics
are values.
"""

from __future__ import annotations

import base64
import functools
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.peers.requirements import require_perl_module, require_program

__all__ = ["OriginError", "ZoomError", "ZoomRecord", "ZoomResult", "perl_script", "perl_zoom", "yaz_client"]

_ZOOM_SCRIPT = Path(__file__).with_name("zoom.pl")


class OriginError(RuntimeError):
    """A client that could not be run to its end; the message holds what it printed."""


@dataclass(frozen=True, slots=True)
class ZoomError:
    """A diagnostic, or a fault of the connection (codes from 10000 on), as ZOOM reports it."""

    code: int
    diagnostic_set: str
    message: str
    addinfo: str


@dataclass(frozen=True, slots=True)
class ZoomRecord:
    """One record: ``position`` is 1-based; ``raw`` holds its bytes, or for OPAC records the XML that ZOOM makes.

    ``error`` is a surrogate diagnostic in the record's place. No syntax, no bytes and no error: nothing came.
    """

    position: int
    syntax: str = ""
    raw: bytes = b""
    error: ZoomError | None = None


@dataclass(frozen=True, slots=True)
class ZoomResult:
    """A search and its first records; ``error`` says why the connection, the search or the Present failed."""

    hits: int = 0
    records: tuple[ZoomRecord, ...] = ()
    error: ZoomError | None = None


def yaz_client(target: str, commands: Sequence[str], *, timeout_s: float = 20.0) -> str:
    """Connect yaz-client to ``target`` (``host:port/database``), give it the commands and ``quit``; return its output.

    Bytes that are not UTF-8 are replaced. A refused Init or connection is in the text. Raises OriginError when the
    client is still running after ``timeout_s`` seconds.
    """
    program = require_program("yaz-client", package="yaz")
    script = "".join(f"{line}\n" for line in [f"open {target}", *commands, "quit"])
    return _output([program, "-f", "/dev/null"], script.encode(), timeout_s, accept_failure=True)


def perl_zoom(
    target: str,
    pqf: str,
    *,
    syntax: str = "usmarc",
    elements: str | None = None,
    count: int = 1,
    timeout_s: float = 20.0,
    **options: str,
) -> ZoomResult:
    """Search ``target`` with Perl's ZOOM and fetch up to ``count`` records from the first on.

    ``options`` are ZOOM connection options by their own names (``user``, ``password``, ``presentChunk``, …). Raises
    OriginError when the script fails or outlasts ``timeout_s`` seconds.
    """
    settings = {"syntax": syntax, "count": str(count), **options}
    if elements is not None:
        settings["elements"] = elements
    arguments = [target, pqf, *(f"{name}={value}" for name, value in settings.items())]
    return _result(json.loads(perl_script(_ZOOM_SCRIPT, "", arguments, timeout_s=timeout_s)))


def perl_script(script: Path, stdin: str, arguments: Sequence[str] = (), *, timeout_s: float = 20.0) -> str:
    """Run a script over Perl's ZOOM and return what it prints.

    Raises OriginError when it fails or outlasts ``timeout_s`` seconds.
    """
    return _output([_perl_with_zoom(), str(script), *arguments], stdin.encode(), timeout_s)


@functools.cache
def _perl_with_zoom() -> str:
    require_perl_module("ZOOM", package="libnet-z3950-zoom-perl")
    return require_program("perl", package="perl")


def _output(command: list[str], stdin: bytes, timeout_s: float, *, accept_failure: bool = False) -> str:
    try:
        done = subprocess.run(
            command, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout_s, check=False
        )
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode("utf-8", "replace")
        raise OriginError(f"{command[0]} still ran after {timeout_s} s:\n{said}") from None
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode and not accept_failure:
        raise OriginError(f"{command[0]} ended with status {done.returncode}:\n{text}")
    return text


def _error(data: dict[str, Any] | None) -> ZoomError | None:
    return ZoomError(data["code"], data["set"], data["message"], data["addinfo"]) if data else None


def _result(data: dict[str, Any]) -> ZoomResult:
    records = tuple(
        ZoomRecord(
            item["position"],
            item.get("syntax", ""),
            base64.b64decode(item.get("raw", "")),
            _error(item.get("error")),
        )
        for item in data.get("records", ())
    )
    return ZoomResult(data.get("hits", 0), records, _error(data.get("error")))
