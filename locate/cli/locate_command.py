"""``zlocate locate``: one citation at the partners of a configuration."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locate.citation import BorrowingRequest, Citation, DocumentType, RequestedFormat
from locate.cli.exits import Exit

if TYPE_CHECKING:
    from locate.outcome import LocateOutcome

HELP = """Locate one citation at every partner of a configuration, or of --rota.

Example:

\b
  zlocate locate --config partners.toml --format physical \\
    --isbn 9781842778708 --title "The enemy of nature"

Exit code: 0 located, 1 not located, 2 usage or configuration, 3 every partner unreachable."""

ConfigOption = Annotated[
    Path,
    typer.Option("--config", "-c", envvar="ZLOCATE_CONFIG", metavar="FILE", help="TOML file that names the partners."),
]


def locate_request(
    ctx: typer.Context,
    config: ConfigOption,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title, as cited.")] = None,
    author: Annotated[str | None, typer.Option(metavar="TEXT", help="Author: a surname or a full name.")] = None,
    isbn: Annotated[list[str] | None, typer.Option(metavar="ISBN", help="May be given several times.")] = None,
    issn: Annotated[list[str] | None, typer.Option(metavar="ISSN", help="May be given several times.")] = None,
    lccn: Annotated[str | None, typer.Option(metavar="LCCN", help="Library of Congress control number.")] = None,
    control_number: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER", help="With its source, such as (OCoLC)36783841; may be given several times."),
    ] = None,
    year: Annotated[str | None, typer.Option(metavar="YEAR", help="Year of publication.")] = None,
    edition: Annotated[str | None, typer.Option(metavar="TEXT", help="Edition statement, such as 2nd ed.")] = None,
    any_edition: Annotated[bool, typer.Option("--any-edition", help="Another edition will do.")] = False,
    publisher: Annotated[str | None, typer.Option(metavar="TEXT", help="Publisher.")] = None,
    volume: Annotated[str | None, typer.Option(metavar="TEXT", help="Volume wanted.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="MARC language code, such as eng.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help=f"Kind of document: {', '.join(DocumentType)}.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"Carrier wanted: {', '.join(RequestedFormat)}. Physical is any tangible one.",
        ),
    ] = None,
    rota: Annotated[
        str | None, typer.Option(metavar="CODES", help="Partners to ask, comma separated, in order; all if left out.")
    ] = None,
    request_id: Annotated[str, typer.Option(metavar="TEXT", help="Your own number of the request.")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show searches, candidates and evidence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Build the request, locate it, print the outcome and exit with its code."""
    from locate.cli.logs import configure_logs
    from locate.config import load_config
    from locate.engine import locate

    configure_logs(verbose=ctx.obj)
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
    outcome = locate(BorrowingRequest(citation, request_id, codes), load_config(config, os.environ))
    _show(outcome, explain=explain, as_json=as_json)
    raise typer.Exit(_code(outcome))


def _show(outcome: LocateOutcome, *, explain: bool, as_json: bool) -> None:
    from locate.cli.render import console, print_explanation, print_json, print_outcome

    if as_json:
        print_json(outcome.to_mapping())
        return
    out = console()
    print_outcome(out, outcome)
    if explain:
        print_explanation(out, outcome)


def _code(outcome: LocateOutcome) -> Exit:
    if outcome.located:
        return Exit.LOCATED
    return Exit.UNREACHABLE if outcome.unreachable else Exit.NOT_LOCATED
