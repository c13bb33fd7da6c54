"""The demo: embedded partners of different systems on loopback over `sample_marc`, and requests that are hard.

Serves four made-up libraries; a fifth partner is down and a sixth answers too slowly. Raises ConfigurationError when
the sample records are not there.
"""

from __future__ import annotations

import contextlib
import socket
import string
import tomllib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from locate.citation import BorrowingRequest, Citation
from locate.config import Config, parse_config
from locate.errors import ConfigurationError, Problem
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ServerOptions, serve

__all__ = ["DemoRequest", "demo_partners", "demo_requests", "sample_folder"]

# Partner code -> the file of records that its target serves.
_FILES = {
    "lakeside": "alma.opac.xml",
    "harbor": "koha.mrc",
    "hilltop": "hilltop.opac.xml",
    "oldtown": "oldtown.mrc",
}
_DOWN = "riverbend"
_SLOW = "meadow"
_SLOW_ANSWER_S = 30.0


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """A request of the demo: what it ``shows``, and the finding ``expected`` of each of the four libraries."""

    request: BorrowingRequest
    shows: str
    expected: Mapping[str, str]


def sample_folder() -> Path:
    """Return the folder of sample records: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "_sample_marc", package.parent / "sample_marc"):
        if (folder / "requests.toml").is_file():
            return folder
    raise ConfigurationError([Problem("", "the sample records (sample_marc) are not installed with this package")])


def demo_requests() -> list[DemoRequest]:
    """Return the demo's requests, in order."""
    tables = tomllib.loads((sample_folder() / "requests.toml").read_text("utf-8"))["request"]
    return [
        DemoRequest(
            BorrowingRequest(Citation.from_mapping(table["citation"]), table["id"]), table["shows"], table["expect"]
        )
        for table in tables
    ]


@contextlib.asynccontextmanager
async def demo_partners() -> AsyncIterator[Config]:
    """Serve the demo's partners inside the block; gives the configuration that reaches them."""
    folder = sample_folder()
    async with AsyncExitStack() as stack:
        ports = {_DOWN: stack.enter_context(_closed_port())}
        for code, name in _FILES.items():
            server = await stack.enter_async_context(serve({"Default": Catalog.from_files([folder / name])}))
            ports[code] = server.port
        slow = await stack.enter_async_context(
            serve({"Default": Catalog(())}, options=ServerOptions(delay_s=_SLOW_ANSWER_S))
        )
        ports[_SLOW] = slow.port
        text = string.Template((folder / "partners.toml").read_text("utf-8"))
        yield parse_config(text.substitute({code: str(port) for code, port in ports.items()}), "partners.toml", {})


@contextlib.contextmanager
def _closed_port() -> Iterator[int]:
    """Give a port of this machine on which nothing listens: bound, so that nobody else takes it, but not listening."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]
