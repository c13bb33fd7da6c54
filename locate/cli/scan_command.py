"""``zlocate scan``: the terms of an index at one target."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from locate.cli.exits import Exit
from locate.cli.options import (
    CaFileOption,
    InsecureOption,
    TargetArgument,
    TimeoutOption,
    TlsOption,
    TraceOption,
    UserOption,
    named_target,
)

if TYPE_CHECKING:
    from locate.partner import Target
    from locate.z3950.client import ScanEntry, ScanResult, ServerInfo
    from locate.z3950.protocol import Observer
    from locate.z3950.query import Query
    from locate.z3950.retrieval import SurrogateDiagnostic

HELP = """List the terms of an index around a term, each with the number of its records.

Example: zlocate scan localhost:9999/Default '@attr 1=4 history' --max 5

Exit code: 0 terms found, 1 none found or the scan refused, 2 usage, 3 the target could not be asked."""


def scan(
    target: TargetArgument,
    term: Annotated[str, typer.Argument(metavar="PQF", help="The term with its attributes in prefix notation.")],
    ctx: typer.Context,
    maximum: Annotated[int, typer.Option("--max", min=1, max=1000, metavar="N", help="Terms to fetch.")] = 20,
    position: Annotated[int, typer.Option(min=0, metavar="N", help="Where in the list the term shall stand.")] = 1,
    step: Annotated[int | None, typer.Option(min=0, metavar="N", help="Terms to leave out between two.")] = None,
    timeout: TimeoutOption = 10.0,
    user: UserOption = None,
    tls: TlsOption = False,
    ca_file: CaFileOption = None,
    insecure: InsecureOption = False,
    trace: TraceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the terms as JSON.")] = False,
) -> None:
    """Scan, print, and exit."""
    from locate.cli.logs import configure_logs
    from locate.cli.render import faults_as_json, print_json
    from locate.cli.tracing import observing
    from locate.z3950.query import parse_pqf

    configure_logs(verbose=ctx.obj)
    tree = parse_pqf(term)
    place = named_target(target, user, tls=tls, ca_file=ca_file, insecure=insecure)
    nothing: dict[str, Any] = {"server": "", "position": None, "error": "", "terms": []}
    with faults_as_json(nothing, as_json=as_json), observing(place, trace) as observer:
        server, result = asyncio.run(_scan(place, tree, (maximum, position, step), timeout, observer))
    if as_json:
        print_json(_document(server, result))
    else:
        _print(server, result)
    raise typer.Exit(Exit.LOCATED if result.entries else Exit.NOT_LOCATED)


async def _scan(
    target: Target, term: Query, window: tuple[int, int, int | None], timeout_s: float, observer: Observer | None
) -> tuple[ServerInfo | None, ScanResult]:
    from locate.z3950.client import connect

    count, position, step = window
    async with await connect(target, timeout_s=timeout_s, observer=observer) as connection:
        found = await connection.scan(term, count=count, position=position, step_size=step, timeout_s=timeout_s)
        return connection.server, found


def _document(server: ServerInfo | None, result: ScanResult) -> dict[str, Any]:
    from locate.cli.records import server_name

    return {
        "server": server_name(server),
        "position": result.position,
        "step_size": result.step_size,
        "note": result.note,
        "terms": [_entry(found) for found in result.entries],
    }


def _entry(found: ScanEntry | SurrogateDiagnostic) -> dict[str, Any]:
    from locate.z3950.client import ScanEntry

    if not isinstance(found, ScanEntry):
        return {"error": found.message}
    return {"term": found.term, "display": found.display, "occurrences": found.occurrences}


def _print(server: ServerInfo | None, result: ScanResult) -> None:
    from locate.cli.records import heading
    from locate.text import visible

    lines = [heading(len(result.entries), "term", server)]
    lines += [_line(found) for found in result.entries]
    if result.note:
        lines.append(f"Note: {result.note}")
    sys.stdout.write(visible("\n".join(lines)) + "\n")


def _line(found: ScanEntry | SurrogateDiagnostic) -> str:
    from locate.z3950.client import ScanEntry

    if not isinstance(found, ScanEntry):
        return f"{'--':>9}  {found.message}"
    occurrences = "?" if found.occurrences is None else f"{found.occurrences:,}"
    return f"{occurrences:>9}  {found.display}"
