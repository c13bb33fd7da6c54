"""``zlocate serve``: files of records as a Z39.50 target, to emulate a partner."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from locate.z3950.target.catalog import Catalog
    from locate.z3950.target.emulation import Emulation
    from locate.z3950.target.server import Server, ServerOptions

HELP = """Serve MARC, MARCXML or OPAC XML files as a Z39.50 target until Ctrl-C.

Example:

\b
  zlocate serve catalog.mrc --port 9999
  zlocate search localhost:9999/Default '@attr 1=4 history'

--emulate gives the target the habits of a real system: alma, aleph, innopac, loc, oclc, symphony or voyager.

Exit code: 0 stopped by Ctrl-C, 2 a file or an address that cannot be used."""

_SHOWN_PROBLEMS = 10


def serve_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of records, told apart by content.")],
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="PORT", help="Port to listen on; 0 takes a free one.")
    ] = 9999,
    host: Annotated[str, typer.Option(metavar="HOST", help="Address to listen on.")] = "127.0.0.1",
    database: Annotated[str, typer.Option(metavar="NAME", help="Name of the database.")] = "Default",
    opac: Annotated[
        bool, typer.Option("--opac/--no-opac", help="Give plain MARC as OPAC records too, with no holdings.")
    ] = True,
    delay: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="Wait before each answer.")] = 0.0,
    emulate: Annotated[
        str | None, typer.Option("--emulate", metavar="SYSTEM", help="Behave as this system's servers do.")
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="Serve TLS with this certificate (PEM).")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="Its private key, when in a file of its own.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say what is served as one line of JSON.")] = False,
) -> None:
    """Load the files, say what is served, and serve."""
    from locate.z3950.target.catalog import Catalog
    from locate.z3950.target.server import ServerOptions, tls_context

    if tls_key is not None and tls_cert is None:
        raise typer.BadParameter("a key needs its certificate: give --tls-cert too", param_hint="--tls-key")
    options = ServerOptions(
        delay_s=delay,
        emulation=_habits(emulate),
        tls=tls_context(tls_cert, tls_key) if tls_cert is not None else None,
    )
    if not database.strip():
        raise typer.BadParameter("a database needs a name", param_hint="--database")
    catalog = Catalog.from_files(files, opac=opac)
    _tell_problems(catalog)
    if not len(catalog):
        raise typer.BadParameter("no record in them can be read; give MARC, MARCXML or OPAC XML", param_hint="FILE")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(catalog, (host, port), database, options, as_json=as_json))


def _habits(system: str | None) -> Emulation | None:
    """Return the habits to emulate, None for none."""
    from locate.errors import ConfigurationError
    from locate.z3950.target.emulation import emulation

    try:
        return emulation(system) if system is not None else None
    except ConfigurationError as error:
        raise typer.BadParameter(error.problems[0].message, param_hint="--emulate") from None


def _tell_problems(catalog: Catalog) -> None:
    from locate.text import visible

    for problem in catalog.problems[:_SHOWN_PROBLEMS]:
        sys.stderr.write(f"zlocate: left out: {visible(str(problem))}\n")
    if len(catalog.problems) > _SHOWN_PROBLEMS:
        sys.stderr.write(f"zlocate: left out: {len(catalog.problems) - _SHOWN_PROBLEMS:,} more\n")


async def _serve(
    catalog: Catalog, address: tuple[str, int], database: str, options: ServerOptions, *, as_json: bool
) -> None:
    from locate.z3950.target.server import serve

    async with serve({database: catalog}, *address, options) as server:
        _announce(server, database, len(catalog), as_json=as_json)
        await server.serve_forever()


def _announce(server: Server, database: str, records: int, *, as_json: bool) -> None:
    from locate.partner import Target
    from locate.text import counted

    if as_json:
        facts = {"host": server.host, "port": server.port, "database": database, "records": records}
        sys.stdout.write(json.dumps(facts) + "\n")
    else:
        where = Target(server.host, server.port, database)
        sys.stdout.write(f"{counted(records, 'record')} at {where}; stop with Ctrl-C\n")
    sys.stdout.flush()
