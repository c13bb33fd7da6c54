"""Embedded targets in a process of their own: ``python -m bench.target COUNT DELAY_S``.

Serves ``sample_marc/koha.mrc`` on COUNT free ports, prints them on one line, and ends when standard input does. A
search is answered after DELAY_S seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys

from locate.demo import sample_folder
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import Emulation
from locate.z3950.target.server import ServerOptions, serve


async def run(count: int, options: ServerOptions) -> None:
    """Serve until standard input ends."""
    databases = {"Default": Catalog.from_files([sample_folder() / "koha.mrc"], opac=True)}
    async with contextlib.AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(serve(databases, options=options)) for _ in range(count)]
        print(*(server.port for server in servers), flush=True)
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Read the arguments and run."""
    count, delay_s = int(sys.argv[1]), float(sys.argv[2])
    asyncio.run(run(count, ServerOptions(emulation=Emulation(search_delay_s=delay_s))))


if __name__ == "__main__":
    main()
