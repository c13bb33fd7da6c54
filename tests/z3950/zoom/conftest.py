"""A target in a thread, and connections to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from locate.demo import sample_folder
from locate.z3950 import zoom
from locate.z3950.client import Connection as Client
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ThreadedServer

__all__ = ["Asked"]


@pytest.fixture(scope="session")
def target() -> Iterator[ThreadedServer]:
    """Return a target with two libraries of the sample records: ``harbor`` in MARC 21, ``lakeside`` with holdings."""
    catalogs = {
        "harbor": Catalog.from_files([sample_folder() / "koha.mrc"]),
        "lakeside": Catalog.from_files([sample_folder() / "alma.opac.xml"]),
    }
    with ThreadedServer(catalogs) as server:
        yield server


@pytest.fixture
def conn(target: ThreadedServer) -> Iterator[zoom.Connection]:
    """Return a connection to the database ``harbor``."""
    with zoom.Connection(target.host, target.port, databaseName="harbor") as opened:
        yield opened


class Asked:
    """What the client was asked for: ("search", count) or ("present", start, count)."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def take(self) -> list[tuple[object, ...]]:
        """Return the calls since the last time."""
        calls, self.calls = self.calls, []
        return calls


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Return a log of the searches and Presents of every client."""
    log = Asked()
    search, present = Client.search, Client.present

    async def logged_search(self: Client, *args: object, **options: object) -> object:
        log.calls.append(("search", options["count"]))
        return await search(self, *args, **options)  # type: ignore[arg-type]

    async def logged_present(self: Client, start: int, count: int, **options: object) -> object:
        log.calls.append(("present", start, count))
        return await present(self, start, count, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Client, "search", logged_search)
    monkeypatch.setattr(Client, "present", logged_present)
    return log
