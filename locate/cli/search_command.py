"""``zlocate search``: one query at one target, the records as they come."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import asyncio
from dataclasses import dataclass
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
from locate.z3950.oids import RECORD_SYNTAXES

if TYPE_CHECKING:
    from locate.partner import Target
    from locate.z3950.client import ResultSet, ServerInfo, SortKey
    from locate.z3950.protocol import Observer
    from locate.z3950.query import Query

HELP = """Send one query to a target and show its records.

Examples:

\b
  zlocate search localhost:9999/Default '@attr 1=4 history' --max 3
  zlocate search z3950.example.org:210/catalog --syntax opac \\
    '@and @attr 1=1003 kovel @attr 1=4 nature'
  zlocate search localhost:9999/Default --cql 'title = history' \\
    --sort date:desc --trace report.txt

Left out, the port is 210 and the database Default. A password is read from the environment variable ZLOCATE_PASSWORD.
A trace holds no password, and zlocate replay answers from it.

Exit code: 0 records found, 1 none found or the search refused, 2 usage, 3 the target could not be asked."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What to search for, and how its records shall come."""

    query: Query
    maximum: int
    syntax: str
    elements: str | None
    sort: list[SortKey]
    timeout_s: float


def search(
    target: TargetArgument,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="The query in prefix notation (PQF), or see --cql.")],
    ctx: typer.Context,
    cql: Annotated[bool, typer.Option("--cql", help="The query is CQL.")] = False,
    syntax: Annotated[
        str, typer.Option(metavar="NAME", help=f"Record syntax: {', '.join(RECORD_SYNTAXES)}.")
    ] = "marc21",
    elements: Annotated[str, typer.Option(metavar="NAME", help="Element set name; empty for none.")] = "F",
    maximum: Annotated[int, typer.Option("--max", min=0, max=1000, metavar="N", help="Records to fetch.")] = 10,
    sort: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Have it sorted: a name (title) or attributes (1=4); :desc reverses."),
    ] = None,
    timeout: TimeoutOption = 10.0,
    user: UserOption = None,
    tls: TlsOption = False,
    ca_file: CaFileOption = None,
    insecure: InsecureOption = False,
    trace: TraceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print hits and records as JSON.")] = False,
) -> None:
    """Search, print, and exit."""
    from locate.cli.logs import configure_logs
    from locate.cli.records import document, print_records
    from locate.cli.render import faults_as_json, print_json
    from locate.cli.tracing import observing
    from locate.names import unknown_name

    configure_logs(verbose=ctx.obj)
    if syntax not in RECORD_SYNTAXES:
        raise typer.BadParameter(unknown_name("record syntax", syntax, RECORD_SYNTAXES), param_hint="--syntax")
    wish = _Wish(
        _parsed(query, cql=cql), maximum, syntax, elements or None, [_sort_key(key) for key in sort or ()], timeout
    )
    place = named_target(target, user, tls=tls, ca_file=ca_file, insecure=insecure)
    nothing: dict[str, Any] = {"server": "", "hits": None, "error": "", "records": []}
    with faults_as_json(nothing, as_json=as_json), observing(place, trace) as observer:
        server, result = asyncio.run(_search(place, wish, observer))
    if as_json:
        print_json(document(server, result))
    else:
        print_records(server, result)
    raise typer.Exit(Exit.LOCATED if result.hits else Exit.NOT_LOCATED)


def _parsed(query: str, *, cql: bool) -> Query:
    from locate.z3950.cql import parse_cql
    from locate.z3950.query import parse_pqf

    return parse_cql(query) if cql else parse_pqf(query)


def _sort_key(text: str) -> SortKey:
    """Return the sort key that ``title``, ``1=4`` or ``1=31,4=5:desc`` stands for."""
    from locate.z3950.client import SortKey

    field, _, direction = text.partition(":")
    if not field or direction not in {"", "asc", "desc"}:
        raise typer.BadParameter(f"{text!r} is no sort key; write title, 1=4 or 1=31:desc", param_hint="--sort")
    if "=" not in field:
        return SortKey(field, descending=direction == "desc")
    try:
        attributes = tuple(
            (int(kind), int(value)) for kind, _, value in (each.partition("=") for each in field.split(","))
        )
    except ValueError:
        raise typer.BadParameter(f"{text!r} has an attribute that is no number", param_hint="--sort") from None
    return SortKey(attributes, descending=direction == "desc")


async def _search(target: Target, wish: _Wish, observer: Observer | None) -> tuple[ServerInfo | None, ResultSet]:
    from locate.z3950.client import connect

    async with await connect(target, timeout_s=wish.timeout_s, observer=observer) as connection:
        first = 0 if wish.sort else wish.maximum
        result = await connection.search(
            wish.query, count=first, syntax=wish.syntax, element_set=wish.elements, timeout_s=wish.timeout_s
        )
        count = min(result.hits, wish.maximum)
        if wish.sort and count:
            await connection.sort(wish.sort, timeout_s=wish.timeout_s)
            result.records = await connection.present(
                1, count, syntax=wish.syntax, element_set=wish.elements, timeout_s=wish.timeout_s
            )
        return connection.server, result
