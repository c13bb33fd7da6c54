"""``zlocate lend``: a partner's request against the own catalog, and what becomes of it."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from locate.citation import Citation, LendingRequest, read_intent
from locate.cli import citation_options as wanted_by
from locate.cli.exits import Exit

if TYPE_CHECKING:
    from locate.lending import LendingOutcome

HELP = """Decide a partner's request by your own catalog: fill it, hold it for staff, or reject it.

Example:

\b
  zlocate lend --config library.toml --partner RIVERSIDE --format print \\
    --isbn 9781842778708 --title "The enemy of nature"

The file has [institution.catalog], where your own catalog is, and [lending], how you lend.

Exit code: 0 fill, 1 hold or reject, 2 usage or configuration, 3 your catalog could not be asked."""


def lend_request(
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
    intent: wanted_by.IntentOption = None,
    partner: Annotated[str, typer.Option(metavar="CODE", help="The library that asks.")] = "",
    level_of_service: Annotated[str, typer.Option(metavar="TEXT", help="The service it wants, in its own word.")] = "",
    request_id: wanted_by.RequestIdOption = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show searches, candidates and copies.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the decision as JSON.")] = False,
) -> None:
    """Build the request, decide it, print the decision and exit with its code."""
    from locate.cli.logs import configure_logs
    from locate.config import load_config
    from locate.engine import lend

    configure_logs(verbose=ctx.obj)
    citation = Citation.from_mapping(wanted_by.citation_fields(ctx.params))
    request = LendingRequest(citation, request_id, partner, level_of_service, read_intent(intent))
    outcome = lend(request, load_config(config, os.environ))
    _show(outcome, explain=explain, as_json=as_json)
    raise typer.Exit(_code(outcome))


def _show(outcome: LendingOutcome, *, explain: bool, as_json: bool) -> None:
    from locate.cli.render import console, print_decision, print_json, print_partner

    if as_json:
        print_json(outcome.to_mapping())
        return
    out = console()
    print_decision(out, outcome, explain=explain)
    if explain and outcome.own is not None:
        print_partner(out, outcome.own)


def _code(outcome: LendingOutcome) -> Exit:
    from locate.lending import Action

    if outcome.decision.action is Action.FILL:
        return Exit.LOCATED
    return Exit.UNREACHABLE if outcome.decision.retry else Exit.NOT_LOCATED
