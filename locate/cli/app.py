"""The commands and their groups.

A command imports what it needs when it is called, so that ``--help`` and a mistyped option are answered at once.
"""

from __future__ import annotations

import sys
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from locate.cli import (
    config_command,
    demo_command,
    holdings_command,
    lend_command,
    locate_command,
    match_command,
    probe_command,
    replay_command,
    scan_command,
    search_command,
    serve_command,
)
from locate.cli.exits import Exit

HELP = """Ask partner libraries' catalogs over Z39.50: do you hold exactly this, is it in, may it be lent?

Example: zlocate demo

Every command has --help with an example, and --json."""


class _Group(TyperGroup):
    """Says with the exit code when a command was interrupted or its reader went away."""

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            raise typer.Exit(Exit.INTERRUPTED) from None
        except BrokenPipeError:
            raise typer.Exit(Exit.CLOSED_PIPE) from None
        return result


app = typer.Typer(
    name="zlocate",
    cls=_Group,
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"zlocate {metadata.version('zlocate')}")
        raise typer.Exit


@app.callback()
def _common(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
    verbose: Annotated[
        int,
        typer.Option("--verbose", "-v", count=True, help="Log errors to standard error; -vv every APDU too."),
    ] = 0,
) -> None:
    ctx.obj = verbose  # for the commands that log


CONFIG_HELP = """Look after the configuration file.

Example: zlocate config check partners.toml"""

app.command("locate", help=locate_command.HELP, short_help="Locate one citation at the partners.")(
    locate_command.locate_request
)
app.command("lend", help=lend_command.HELP, short_help="Decide a partner's request by your own catalog.")(
    lend_command.lend_request
)
app.command("match", help=match_command.HELP, short_help="Rank records of files against a citation, and explain.")(
    match_command.match
)
app.command(
    "holdings", help=holdings_command.HELP, short_help="Show copies as records tell of them, and as they are read."
)(holdings_command.holdings)
app.command("search", help=search_command.HELP, short_help="Send one query to a target.")(search_command.search)
app.command("scan", help=scan_command.HELP, short_help="List the terms of an index at a target.")(scan_command.scan)
app.command("probe", help=probe_command.HELP, short_help="Find out what a target can do, and how to set it up.")(
    probe_command.probe
)
app.command("serve", help=serve_command.HELP, short_help="Serve files of records as a target.")(
    serve_command.serve_files
)
app.command("replay", help=replay_command.HELP, short_help="Answer as a target did in a trace.")(replay_command.replay)
app.command("demo", help=demo_command.HELP, short_help="Locate hard cases at six partners on this machine.")(
    demo_command.demo
)
config_app = typer.Typer(
    help=CONFIG_HELP, short_help="Look after the configuration file.", no_args_is_help=True, rich_markup_mode=None
)
config_app.command("check", help=config_command.HELP, short_help="Check a file and list every problem.")(
    config_command.check
)
app.add_typer(config_app, name="config")
