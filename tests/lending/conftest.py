"""The own catalog, served."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from locate.z3950.target.server import ThreadedServer

from .own_catalog import catalog


@pytest.fixture(scope="package")
def port() -> Iterator[int]:
    """Return the port where the own catalog is served."""
    with ThreadedServer({"own": catalog()}) as server:
        yield server.port
