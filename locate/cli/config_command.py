"""``zlocate config check``: whether the file is right, and what it says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from locate.cli.exits import Exit
from locate.cli.render import console, print_json
from locate.config import Config, load_config
from locate.errors import ConfigurationError

HELP = """Check a configuration file and list every problem at once, each with its path.

Example: zlocate config check partners.toml

Exit code: 0 no problem, 2 problems."""


def check(
    file: Annotated[Path, typer.Argument(help="The TOML file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Load the file and print either its partners or its problems."""
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
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("partner", "name", "system", "target", "searched by"):
        table.add_column(heading)
    for partner in config.partners:
        steps = [step.kind for step in partner.profile.steps] if partner.profile else ["not searched"]
        table.add_row(partner.code, partner.name, partner.system, str(partner.target), ", ".join(steps))
    out = console()
    out.print(table)
    out.print(f"No problems: {config.institution.name} with {len(config.partners)} partners.")
