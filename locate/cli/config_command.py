"""``zlocate config check``: whether the file is right, and what it says."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locate.cli.exits import Exit

if TYPE_CHECKING:
    from locate.config import Config
    from locate.partner import Partner

HELP = """Check a configuration file and list every problem at once, each with its path.

Example: zlocate config check partners.toml

Exit code: 0 no problem, 2 problems."""


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The TOML file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Load the file and print either its partners or its problems."""
    from locate.cli.render import print_json
    from locate.config import load_config
    from locate.errors import ConfigurationError

    try:
        config = load_config(file, os.environ)
    except ConfigurationError as error:
        if not as_json:
            raise
        problems = [{"path": problem.path, "message": problem.message} for problem in error.problems]
        print_json({"ok": False, "problems": problems})
        raise typer.Exit(Exit.USAGE) from None
    if as_json:
        codes = [partner.code for partner in config.partners]
        print_json({"ok": True, "problems": [], "institution": config.institution.code, "partners": codes})
    else:
        _show(config)


def _show(config: Config) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from locate.cli.render import console
    from locate.text import counted

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("partner", "name", "system", "target", "searched by"):
        table.add_column(heading)
    for partner in config.partners:
        table.add_row(partner.code, partner.name, partner.system, str(partner.target), _searched_by(partner))
    out = console()
    out.print(table)
    if (catalog := config.institution.catalog) is not None:
        out.print(f"Own catalog: {catalog.target} ({catalog.system}), searched by {_searched_by(catalog)}.")
    out.print(f"No problems: {config.institution.name} with {counted(len(config.partners), 'partner')}.")


def _searched_by(partner: Partner) -> str:
    if partner.profile is None:
        return "not searched"
    return " and ".join(partner.profile.locate_by) or ", ".join(step.kind for step in partner.profile.steps)
