"""``zlocate replay``: a trace as a target that answers as the recorded one did."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from locate.z3950.replay import Recording
    from locate.z3950.target.server import Server
    from locate.z3950.trace import Trace

HELP = """Answer requests as a target did in a trace of zlocate search, scan or probe (--trace), until Ctrl-C.

Example:

\b
  zlocate replay report.txt --port 9999
  zlocate search localhost:9999/Default '@attr 1=4 history'

The same request gets the same answer; another one of its kind the next answer of that kind. Where the recorded target
fell silent or hung up, so does this one. A trace of several connections is replayed connection by connection.

Exit code: 0 stopped by Ctrl-C, 2 a file or an address that cannot be used."""


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The trace.")],
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="PORT", help="Port to listen on; 0 takes a free one.")
    ] = 9999,
    host: Annotated[str, typer.Option(metavar="HOST", help="Address to listen on.")] = "127.0.0.1",
    as_json: Annotated[bool, typer.Option("--json", help="Say what is served as one line of JSON.")] = False,
) -> None:
    """Read the trace, say what is served, and serve."""
    from locate.text import visible
    from locate.z3950.replay import Recording
    from locate.z3950.trace import read_trace

    try:
        text = file.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}", param_hint="FILE") from None
    trace = read_trace(text)
    recording = Recording(trace)
    if trace.damage:
        sys.stderr.write(f"zlocate: {visible(trace.damage)}; what stands before it is served\n")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(trace, recording, (host, port), as_json=as_json))


async def _serve(trace: Trace, recording: Recording, address: tuple[str, int], *, as_json: bool) -> None:
    from locate.z3950.replay import ReplaySession
    from locate.z3950.target.server import serve_sessions

    async with serve_sessions(lambda: ReplaySession(recording), *address) as server:
        _announce(server, trace, len(recording.exchanges), as_json=as_json)
        await server.serve_forever()


def _announce(server: Server, trace: Trace, requests: int, *, as_json: bool) -> None:
    from locate.partner import Target
    from locate.text import counted, visible

    database = trace.target.partition("/")[2]
    if as_json:
        facts = {"host": server.host, "port": server.port, "recorded_at": trace.target, "requests": requests}
        sys.stdout.write(json.dumps(facts | {"database": database}) + "\n")
    else:
        where = Target(server.host, server.port, database)
        told = f"{counted(requests, 'request')} recorded at {trace.target}, replayed at {where}"
        sys.stdout.write(f"{visible(told)}; stop with Ctrl-C\n")
    sys.stdout.flush()
