"""The commands and their groups."""

from __future__ import annotations

from typing import Annotated

import typer

from locate.cli import config_command, demo_command, locate_command, search_command, serve_command
from locate.cli.render import quiet_logs, version_text

app = typer.Typer(
    name="zlocate",
    help="Ask partner libraries' catalogs over Z39.50: do you hold exactly this, is it in, may it be lent?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(version_text())
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[  # noqa: ARG001 - typer has called _version by now
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what happens to standard error.")] = False,
) -> None:
    quiet_logs(verbose=verbose)


app.command("locate", help=locate_command.HELP)(locate_command.locate_request)
app.command("search", help=search_command.HELP)(search_command.search)
app.command("serve", help=serve_command.HELP)(serve_command.serve_files)
app.command("demo", help=demo_command.HELP)(demo_command.demo)
config_app = typer.Typer(help="Look after the configuration file.", no_args_is_help=True, rich_markup_mode=None)
config_app.command("check", help=config_command.HELP)(config_command.check)
app.add_typer(config_app, name="config")
