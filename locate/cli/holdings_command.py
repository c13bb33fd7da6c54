"""``zlocate holdings``: what a saved response or a target's records say of copies, raw beside parsed."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from locate.cli.exits import Exit
from locate.cli.options import (
    CaFileOption,
    InsecureOption,
    TimeoutOption,
    TlsOption,
    TraceOption,
    UserOption,
    named_target,
)
from locate.z3950.oids import RECORD_SYNTAXES

if TYPE_CHECKING:
    from locate.availability import Dialect
    from locate.cli.holdings_view import Came
    from locate.partner import Target
    from locate.z3950.client import Connection, ServerInfo
    from locate.z3950.protocol import Observer
    from locate.z3950.query import Query
    from locate.z3950.retrieval import Fetched

HELP = """Show what records say of their copies beside what is read from it.

Examples:

\b
  zlocate holdings response.xml
  zlocate holdings records.mrc --dialect koha --json
  zlocate holdings records.mrc --config partners.toml --partner HILLTOP
  zlocate holdings localhost:9999/Default '@attr 1=4 history' --guess

SOURCE is a file (MARC, MARCXML, OPAC XML or an SRU response), or with a query a target, HOST:PORT/DB. A target is asked
for opac, else marc21, else xml. Left out, the dialect is guessed from the records. Status words that the dialect does
not know stand at the end, as a piece of a dialect file.

Exit code: 0 items found, 1 no record or no item, 2 usage, 3 the target could not be asked."""

_SYNTAXES = ("opac", "marc21", "xml")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What to search for, and in which syntaxes its records may come, the best first."""

    query: Query
    maximum: int
    syntaxes: tuple[str, ...]
    elements: str | None
    timeout_s: float


def holdings(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A file of records, or a target.")],
    ctx: typer.Context,
    query: Annotated[
        str | None, typer.Argument(metavar="PQF", help="With a target: the query in prefix notation.")
    ] = None,
    dialect: Annotated[
        str | None, typer.Option(metavar="NAME", help="Read by this dialect, such as koha, or by a file of your own.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", "-c", metavar="FILE", help="With --partner: the configuration.")
    ] = None,
    partner: Annotated[
        str | None, typer.Option(metavar="CODE", help="Read as this partner of the configuration is read.")
    ] = None,
    guess: Annotated[bool, typer.Option("--guess", help="Show how likely each dialect is; read by the best.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show all items of a record, not the first 50.")] = False,
    syntax: Annotated[
        str | None, typer.Option(metavar="NAME", help="Ask the target for this record syntax alone.")
    ] = None,
    elements: Annotated[
        str, typer.Option("--element-set", metavar="NAME", help="Element set name; empty for none.")
    ] = "F",
    maximum: Annotated[int, typer.Option("--max-records", min=1, max=1000, metavar="N", help="Records to fetch.")] = 10,
    timeout: TimeoutOption = 10.0,
    user: UserOption = None,
    tls: TlsOption = False,
    ca_file: CaFileOption = None,
    insecure: InsecureOption = False,
    trace: TraceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print items, guesses and unknown words as JSON.")] = False,
) -> None:
    """Read, print, and exit."""
    from locate.cli.logs import configure_logs
    from locate.cli.render import faults_as_json
    from locate.cli.tracing import observing
    from locate.z3950.query import parse_pqf

    configure_logs(verbose=ctx.obj)
    told = _told_dialect(dialect, config, partner, guess=guess)
    file = _named_file(source, query)
    if file is not None:
        came, head = _from_file(file), ""
    else:
        wish = _Wish(parse_pqf(query or ""), maximum, _syntaxes(syntax), elements or None, timeout)
        place = named_target(source, user, tls=tls, ca_file=ca_file, insecure=insecure)
        with faults_as_json(_nothing(), as_json=as_json), observing(place, trace) as observer:
            came, head = asyncio.run(_from_target(place, wish, observer))
    raise typer.Exit(_show(came, head or source, told, ranking=guess, everything=everything, as_json=as_json))


# ---- what to read ---------------------------------------------------------------------------------------------------


def _told_dialect(name: str | None, config: Path | None, partner: str | None, *, guess: bool) -> Dialect | None:
    """Return the dialect of a name, a file or a partner, None to guess.

    Raises ConfigurationError for a name that no dialect has, a file that is none, and a partner that is not there.
    """
    from locate.availability import load_dialect, load_dialect_file, partner_dialect
    from locate.config import load_config

    if (config is None) is not (partner is None):
        raise typer.BadParameter("a partner is named by --config and --partner together", param_hint="--partner")
    if sum((name is not None, partner is not None, guess)) > 1:
        raise typer.BadParameter("the dialect is told, a partner's, or guessed; give one of them", param_hint="--guess")
    if config is not None and partner is not None:
        return partner_dialect(load_config(config, os.environ).partner(partner))
    if name is not None and name.endswith(".toml"):
        return load_dialect_file(Path(name))
    return None if name is None else load_dialect(name)


def _syntaxes(name: str | None) -> tuple[str, ...]:
    from locate.names import unknown_name

    if name is not None and name not in RECORD_SYNTAXES:
        raise typer.BadParameter(unknown_name("record syntax", name, RECORD_SYNTAXES), param_hint="--syntax")
    return _SYNTAXES if name is None else (name,)


def _named_file(source: str, query: str | None) -> Path | None:
    """Return the file that is meant, None when it is a target: one has a query, the other has none."""
    path = Path(source)
    try:
        is_file, is_there = path.is_file(), path.exists()
    except OSError:  # a name too long for a file is none
        is_file = is_there = False
    if is_file and query is not None:
        raise typer.BadParameter(f"{source} is a file, and a file takes no query", param_hint="PQF")
    if query is None and not is_there and _may_be_target(source):
        told = f"there is no file {source}; a target takes a query too, such as '@attr 1=4 history'"
        raise typer.BadParameter(told, param_hint="SOURCE")
    return None if query is not None else path


def _may_be_target(source: str) -> bool:
    host, colon, rest = source.partition(":")
    return bool(host and colon and rest[:1].isdecimal())


def _from_file(path: Path) -> list[Came]:
    """Read a saved response. Raises ConfigurationError when it is missing, unreadable or empty."""
    from locate.cli.holdings_view import Came
    from locate.records import load_file

    return [Came.of(loaded.record, loaded.opac) for loaded in load_file(path)]


async def _from_target(target: Target, wish: _Wish, observer: Observer | None) -> tuple[list[Came], str]:
    """Search, and fetch the records in the first of the syntaxes that they can be read in; the text is a heading."""
    from locate.cli.records import heading
    from locate.z3950.client import connect

    async with await connect(target, timeout_s=wish.timeout_s, observer=observer) as connection:
        found = await connection.search(wish.query, count=0, timeout_s=wish.timeout_s)
        count = min(found.hits, wish.maximum)
        came = await _fetched(connection, wish, count) if count else []
        server: ServerInfo | None = connection.server
        return came, heading(found.hits, "hit", server)


async def _fetched(connection: Connection, wish: _Wish, count: int) -> list[Came]:
    from locate.errors import DiagnosticError
    from locate.z3950.diagnostics import SYNTAX_REFUSED, is_bib1

    came: list[Came] = []
    for syntax in wish.syntaxes:
        try:
            found = await connection.present(
                1, count, syntax=syntax, element_set=wish.elements, timeout_s=wish.timeout_s
            )
        except DiagnosticError as error:
            if (syntax == wish.syntaxes[-1] and not came) or not is_bib1(error, SYNTAX_REFUSED):
                raise
            continue
        came = [_came(each) for each in found]
        if any(each.record is not None or each.opac is not None for each in came):
            break
    return came


def _came(fetched: Fetched) -> Came:
    from locate.candidates import interpret
    from locate.cli.holdings_view import Came
    from locate.errors import RecordError
    from locate.z3950.retrieval import Record

    if not isinstance(fetched, Record):
        return Came(None, None, fetched.reason if isinstance(fetched, RecordError) else fetched.message)
    return Came.of(*interpret(fetched))


# ---- what to show ---------------------------------------------------------------------------------------------------


def _nothing() -> dict[str, Any]:
    return {"dialect": "", "sure": None, "guesses": [], "records": [], "unknown_words": []}


def _show(came: list[Came], head: str, told: Dialect | None, *, ranking: bool, everything: bool, as_json: bool) -> Exit:
    from locate.cli.holdings_text import report_lines
    from locate.cli.holdings_view import document, report
    from locate.cli.render import console, print_json
    from locate.text import visible

    if not came:
        if as_json:
            print_json(_nothing())
        else:
            sys.stdout.write(visible(f"{head}: the response holds no record.\n"))
        return Exit.NOT_LOCATED
    found = report(came, told)
    if as_json:
        print_json(document(found))
    else:
        sys.stdout.write(visible(f"{head}\n"))
        for line in report_lines(found, width=console().width, ranking=ranking, everything=everything):
            sys.stdout.write(visible(f"{line}\n"))
    return Exit.LOCATED if found.items else Exit.NOT_LOCATED
