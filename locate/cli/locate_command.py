"""``zlocate locate``: one citation at the partners of a configuration."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from locate.citation import BorrowingRequest, Citation, DocumentType, RequestedFormat
from locate.cli.exits import Exit
from locate.cli.render import console, print_explanation, print_json, print_outcome
from locate.config import load_config
from locate.engine import Locator
from locate.outcome import LocateOutcome

HELP = """Locate one citation at every partner of a configuration, or of --rota.

Example: zlocate locate --config partners.toml --isbn 9781842778708 --title "The enemy of nature" --format physical

Exit code: 0 located, 1 not located, 2 usage or configuration, 3 every partner unreachable."""

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", envvar="ZLOCATE_CONFIG", help="The TOML file that names the partners.")
]


def locate_request(
    config: ConfigOption,
    title: Annotated[str | None, typer.Option(help="Title, as cited.")] = None,
    author: Annotated[str | None, typer.Option(help="Author: a surname or a full name.")] = None,
    isbn: Annotated[list[str] | None, typer.Option(help="ISBN; may be given several times.")] = None,
    issn: Annotated[list[str] | None, typer.Option(help="ISSN; may be given several times.")] = None,
    lccn: Annotated[str | None, typer.Option(help="Library of Congress control number.")] = None,
    control_number: Annotated[
        list[str] | None, typer.Option(help="Control number with its source, such as (OCoLC)36783841.")
    ] = None,
    year: Annotated[str | None, typer.Option(help="Year of publication.")] = None,
    edition: Annotated[str | None, typer.Option(help="Edition statement, such as 2nd ed.")] = None,
    any_edition: Annotated[bool, typer.Option("--any-edition", help="Another edition will do.")] = False,
    publisher: Annotated[str | None, typer.Option(help="Publisher.")] = None,
    volume: Annotated[str | None, typer.Option(help="Volume wanted.")] = None,
    language: Annotated[str | None, typer.Option(help="Language as a MARC code, such as eng.")] = None,
    type_: Annotated[DocumentType | None, typer.Option("--type", help="Kind of document.")] = None,
    format_: Annotated[
        RequestedFormat | None, typer.Option("--format", help="Carrier wanted; physical is any tangible one.")
    ] = None,
    rota: Annotated[str | None, typer.Option(help="Codes of the partners to ask, comma separated, in order.")] = None,
    request_id: Annotated[str, typer.Option(help="The caller's own number of the request.")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show searches, candidates and evidence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Build the request, locate it, print the outcome and exit with its code."""
    citation = Citation.from_mapping(
        {
            "title": title,
            "author": author,
            "isbn": isbn or [],
            "issn": issn or [],
            "lccn": lccn,
            "control_numbers": control_number or [],
            "year": year,
            "edition": edition,
            "any_edition": any_edition,
            "publisher": publisher,
            "volume": volume,
            "language": language,
            "type": type_,
            "format": format_,
        }
    )
    codes = tuple(code.strip() for code in (rota or "").split(",") if code.strip())
    locator = Locator(load_config(config, os.environ))
    outcome = asyncio.run(locator.locate(BorrowingRequest(citation, request_id, codes)))
    if as_json:
        print_json(outcome.to_mapping())
    else:
        out = console()
        print_outcome(out, outcome)
        if explain:
            print_explanation(out, outcome)
    raise typer.Exit(exit_code(outcome))


def exit_code(outcome: LocateOutcome) -> Exit:
    """Return the exit code of an outcome."""
    if outcome.located:
        return Exit.LOCATED
    return Exit.UNREACHABLE if outcome.unreachable else Exit.NOT_LOCATED
