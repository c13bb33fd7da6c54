"""``zlocate search``: one PQF query at one target, the records as they come."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from locate.cli.exits import Exit, exit_code
from locate.errors import Z3950Error
from locate.z3950.oids import RECORD_SYNTAXES

if TYPE_CHECKING:
    from locate.partner import Target
    from locate.z3950.client import ResultSet, ServerInfo

HELP = """Send one PQF query to a target and show its records.

Examples:

\b
  zlocate search localhost:9999/Default '@attr 1=4 history' --max 3
  zlocate search z3950.example.org:210/catalog --syntax opac \\
    '@and @attr 1=1003 kovel @attr 1=4 nature'

Left out, the port is 210 and the database Default. A password is read from the environment variable ZLOCATE_PASSWORD.

Exit code: 0 records found, 1 none found or the search refused, 2 usage, 3 the target could not be asked."""


def search(
    target: Annotated[str, typer.Argument(metavar="HOST:PORT/DB", help="The target.")],
    query: Annotated[str, typer.Argument(metavar="PQF", help="The query in prefix notation.")],
    syntax: Annotated[
        str, typer.Option(metavar="NAME", help=f"Record syntax: {', '.join(RECORD_SYNTAXES)}.")
    ] = "marc21",
    elements: Annotated[str, typer.Option(metavar="NAME", help="Element set name; empty for none.")] = "F",
    maximum: Annotated[int, typer.Option("--max", min=0, max=1000, metavar="N", help="Records to fetch.")] = 10,
    timeout: Annotated[float, typer.Option(min=0.01, metavar="SECONDS", help="For each operation.")] = 10.0,
    user: Annotated[str | None, typer.Option(metavar="NAME", help="User name, when the target asks for one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print hits and records as JSON.")] = False,
) -> None:
    """Search, print, and exit."""
    from locate.cli.records import document, print_records
    from locate.cli.render import print_json
    from locate.config import parse_target
    from locate.names import unknown_name
    from locate.partner import Credentials
    from locate.z3950.query import parse_pqf

    if syntax not in RECORD_SYNTAXES:
        raise typer.BadParameter(unknown_name("record syntax", syntax, RECORD_SYNTAXES), param_hint="--syntax")
    parse_pqf(query)
    place = parse_target(target)
    if user is not None:
        place = replace(place, credentials=Credentials(user, os.environ.get("ZLOCATE_PASSWORD", "")))
    try:
        server, result = asyncio.run(_search(place, query, maximum, syntax, elements or None, timeout))
    except Z3950Error as error:
        if not as_json:
            raise
        print_json({"server": "", "hits": None, "error": str(error), "records": []})
        raise typer.Exit(exit_code(error)) from None
    if as_json:
        print_json(document(server, result))
    else:
        print_records(server, result)
    raise typer.Exit(Exit.LOCATED if result.hits else Exit.NOT_LOCATED)


async def _search(
    target: Target, query: str, maximum: int, syntax: str, elements: str | None, timeout_s: float
) -> tuple[ServerInfo | None, ResultSet]:
    from locate.z3950.client import connect

    async with await connect(target, timeout_s=timeout_s) as connection:
        result = await connection.search(query, count=maximum, syntax=syntax, element_set=elements, timeout_s=timeout_s)
        return connection.server, result
