"""``zlocate locate``: one citation at the partners of a configuration."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from locate.citation import BorrowingRequest, Citation, read_intent
from locate.cli import citation_options as wanted_by
from locate.cli.exits import Exit

if TYPE_CHECKING:
    from locate.outcome import LocateOutcome

HELP = """Locate one citation at every partner of a configuration, or of --rota.

Example:

\b
  zlocate locate --config partners.toml --format physical \\
    --isbn 9781842778708 --title "The enemy of nature"

Exit code: 0 located, 1 not located (or on your own shelves), 2 usage or configuration, 3 every partner unreachable."""


def locate_request(
    ctx: typer.Context,
    config: wanted_by.ConfigOption,
    title: wanted_by.TitleOption = None,
    author: wanted_by.AuthorOption = None,
    isbn: wanted_by.IsbnOption = None,
    issn: wanted_by.IssnOption = None,
    lccn: wanted_by.LccnOption = None,
    control_number: wanted_by.ControlNumberOption = None,
    year: wanted_by.YearOption = None,
    edition: wanted_by.EditionOption = None,
    any_edition: wanted_by.AnyEditionOption = False,
    publisher: wanted_by.PublisherOption = None,
    volume: wanted_by.VolumeOption = None,
    issue: wanted_by.IssueOption = None,
    pages: wanted_by.PagesOption = None,
    language: wanted_by.LanguageOption = None,
    type_: wanted_by.TypeOption = None,
    format_: wanted_by.FormatOption = None,
    rota: Annotated[
        str | None, typer.Option(metavar="CODES", help="Partners to ask, comma separated, in order; all if left out.")
    ] = None,
    request_id: wanted_by.RequestIdOption = "",
    intent: wanted_by.IntentOption = None,
    override_ownership: Annotated[
        bool, typer.Option("--override-ownership", help="Ask the partners even when your own library has it in.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show searches, candidates and evidence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Build the request, locate it, print the outcome and exit with its code."""
    from locate.cli.logs import configure_logs
    from locate.config import load_config
    from locate.engine import locate

    configure_logs(verbose=ctx.obj)
    citation = Citation.from_mapping(wanted_by.citation_fields(ctx.params))
    codes = tuple(code.strip() for code in (rota or "").split(",") if code.strip())
    request = BorrowingRequest(citation, request_id, codes, read_intent(intent), override_ownership)
    outcome = locate(request, load_config(config, os.environ))
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
