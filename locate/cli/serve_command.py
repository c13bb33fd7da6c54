"""``zlocate serve``: files of records as a Z39.50 target, to emulate a partner."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from locate.z3950.catalog import Catalog
from locate.z3950.server import ServerOptions, serve

HELP = """Serve MARC, MARCXML or OPAC XML files as a Z39.50 target, until interrupted.

Example: zlocate serve catalog.mrc --port 9999

Then: zlocate search localhost:9999/Default '@attr 1=4 history'"""


def serve_files(
    files: Annotated[list[Path], typer.Argument(help="Files of records, told apart by content.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 9999,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    database: Annotated[str, typer.Option(help="Name of the database.")] = "Default",
    opac: Annotated[bool, typer.Option("--opac", help="Give OPAC records even from plain MARC.")] = False,
    delay: Annotated[float, typer.Option(min=0, help="Seconds to wait before each answer.")] = 0.0,
) -> None:
    """Load the files, say what is served, and serve."""
    catalog = Catalog.from_files(files, opac=opac)
    for problem in catalog.problems:
        sys.stderr.write(f"zlocate: left out: {problem}\n")
    asyncio.run(_serve(catalog, host, port, database, ServerOptions(delay_s=delay)))


async def _serve(catalog: Catalog, host: str, port: int, database: str, options: ServerOptions) -> None:
    async with serve({database: catalog}, host, port, options) as server:
        sys.stdout.write(f"{len(catalog)} records at {host}:{server.port}/{database}; stop with Ctrl-C\n")
        sys.stdout.flush()
        await server.serve_forever()
