"""``zlocate search``: one PQF query at one target, the records as they come."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Annotated, Any

import typer

from locate.candidates import interpret
from locate.cli.exits import Exit
from locate.cli.render import print_json
from locate.config import parse_target
from locate.errors import ConfigurationError, DiagnosticError, Problem, RecordError
from locate.partner import Credentials, Target
from locate.records import BibRecord
from locate.z3950.client import ResultSet, ServerInfo, connect
from locate.z3950.oids import RECORD_SYNTAXES, syntax_name
from locate.z3950.opac import HoldingsAndCirc, OpacRecord
from locate.z3950.query import parse_pqf
from locate.z3950.retrieval import Fetched, Record

HELP = """Send one PQF query to a target and show its records.

Examples:

  zlocate search localhost:9999/Default '@attr 1=4 history' --syntax opac --max 3

  zlocate search z3950.example.org:210/catalog '@and @attr 1=1003 kovel @attr 1=4 nature'

A password is read from the environment variable ZLOCATE_PASSWORD.

Exit code: 0 records found, 1 none found or the search refused, 2 usage, 3 the target is unreachable."""


def search(
    target: Annotated[str, typer.Argument(metavar="HOST:PORT/DB", help="The target.")],
    query: Annotated[str, typer.Argument(metavar="PQF", help="The query in prefix notation.")],
    syntax: Annotated[str, typer.Option(help=f"Record syntax: {', '.join(RECORD_SYNTAXES)}.")] = "marc21",
    elements: Annotated[str, typer.Option(help="Element set name; empty for none.")] = "F",
    maximum: Annotated[int, typer.Option("--max", min=0, max=1000, help="Records to fetch.")] = 10,
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds for each operation.")] = 10.0,
    user: Annotated[str | None, typer.Option(help="User name, when the target asks for one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print hits and records as JSON.")] = False,
) -> None:
    """Search, print, and exit."""
    if syntax not in RECORD_SYNTAXES:
        raise ConfigurationError([Problem("--syntax", f"{syntax!r} is not one of {', '.join(RECORD_SYNTAXES)}")])
    parse_pqf(query)
    place = parse_target(target)
    if user is not None:
        place = Target(
            place.host, place.port, place.database, Credentials(user, os.environ.get("ZLOCATE_PASSWORD", ""))
        )
    try:
        server, result = asyncio.run(_search(place, query, maximum, syntax, elements or None, timeout))
    except DiagnosticError as refusal:
        if as_json:
            print_json({"hits": None, "error": str(refusal), "records": []})
        else:
            sys.stderr.write(f"zlocate: {refusal}\n")
        raise typer.Exit(Exit.NOT_LOCATED) from None
    if as_json:
        print_json(_document(server, result))
    else:
        _show(server, result)
    raise typer.Exit(Exit.LOCATED if result.hits else Exit.NOT_LOCATED)


async def _search(
    target: Target, query: str, maximum: int, syntax: str, elements: str | None, timeout_s: float
) -> tuple[ServerInfo | None, ResultSet]:
    async with await connect(target, timeout_s=timeout_s) as connection:
        result = await connection.search(query, count=maximum, syntax=syntax, element_set=elements, timeout_s=timeout_s)
        return connection.server, result


def _document(server: ServerInfo | None, result: ResultSet) -> dict[str, Any]:
    return {
        "server": f"{server.name} {server.version}".strip() if server else "",
        "hits": result.hits,
        "note": result.note,
        "records": [_entry(found) for found in result.records],
    }


def _entry(found: Fetched) -> dict[str, Any]:
    if not isinstance(found, Record):
        return {"error": found.reason if isinstance(found, RecordError) else found.message}
    entry: dict[str, Any] = {"position": found.position, "syntax": syntax_name(found.syntax), "text": _text(found)}
    if isinstance(found.data, OpacRecord):
        entry["holdings"] = [line for holding in found.data.holdings for line in _holding_lines(holding)]
    return entry


def _show(server: ServerInfo | None, result: ResultSet) -> None:
    name = f"{server.name} {server.version}".strip() if server else ""
    write = sys.stdout.write
    write(f"{result.hits:,} hits{f' at {name}' if name else ''}\n")
    for found in result.records:
        if not isinstance(found, Record):
            write(f"\n-- {found.reason if isinstance(found, RecordError) else found.message}\n")
            continue
        write(f"\n-- record {found.position}, {syntax_name(found.syntax)}\n{_text(found)}\n")
        if isinstance(found.data, OpacRecord):
            for holding in found.data.holdings:
                write("".join(f"   {line}\n" for line in _holding_lines(holding)))
    if result.note:
        write(f"\nNote: {result.note}\n")


def _text(found: Record) -> str:
    """Return a record for reading: MARC as lines of fields, XML and text as they are."""
    if isinstance(found.data, str):
        return found.data.rstrip()
    record, _ = interpret(found)
    if isinstance(record, BibRecord) and record.syntax != "xml":
        return _marc_lines(record)
    if isinstance(found.data, OpacRecord):
        return _marc_lines(record) if isinstance(record, BibRecord) else str(record)
    if isinstance(record, RecordError) and record.syntax != "xml":
        return f"{record}\n{found.data[:2000]!r}"
    return found.data.decode("utf-8", "replace").rstrip()


def _marc_lines(record: BibRecord) -> str:
    lines = [f"LDR {record.leader}"]
    lines += [f"{tag}    {text}" for tag, text in record.control_fields]
    for field in record.fields:
        subfields = " ".join(f"${code} {text}" for code, text in field.subfields)
        lines.append(f"{field.tag} {field.ind1}{field.ind2} {subfields}")
    return "\n".join(lines)


def _holding_lines(holding: Any) -> list[str]:
    """Return one line for a holding and one for each of its circulation records."""
    if not isinstance(holding, HoldingsAndCirc):
        return [f"MARC holdings record of {len(holding.data)} bytes"]
    texts = (holding.nuc_code, holding.local_location, holding.shelving_location, holding.call_number)
    notes = (holding.enum_and_chron, holding.public_note)
    lines = ["holding: " + " | ".join(text.strip() for text in (*texts, *notes) if text and text.strip())]
    for circ in holding.circulation:
        state = "in" if circ.available_now else "not in"
        told = (circ.item_id, circ.availability_date, circ.available_thru, circ.restrictions, circ.temporary_location)
        lines.append(" | ".join([f"  copy {state}", *(text.strip() for text in told if text and text.strip())]))
    return lines
