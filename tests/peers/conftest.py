"""Session fixtures: real servers, started once, and stopped whatever happens."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.peers.requirements import peers_or_skip
from tests.peers.servers import RunningServer, simpleserver, zebra, ztest

PARTNERS = ("ht_a", "mixed", "gpo")


@pytest.fixture(scope="session")
def ztest_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Return YAZ's test server."""
    with peers_or_skip(), ztest(tmp_path_factory.mktemp("ztest")) as server:
        yield server


@pytest.fixture(scope="session")
def peer_cache() -> Path:
    """Return where indexes outlive a run: ``LOCATE_PEER_CACHE``, or this user's folder among the temporary ones."""
    named = os.environ.get("LOCATE_PEER_CACHE")
    return Path(named) if named else Path(tempfile.gettempdir()) / f"zlocate-peers-{os.getuid()}"


@pytest.fixture(scope="session")
def catalogs(shared: Path) -> Mapping[str, Path]:
    """Return partner code -> file of MARC records, for the three partners of the tests."""
    return {code: shared / "data" / "partners" / f"{code}.mrc" for code in PARTNERS}


@pytest.fixture(scope="session")
def zebra_partners(catalogs: Mapping[str, Path], peer_cache: Path) -> Iterator[Mapping[str, RunningServer]]:
    """Return partner code -> Zebra server over that partner's catalog."""
    with peers_or_skip(), zebra(catalogs, peer_cache) as servers:
        yield servers


@pytest.fixture
def simple_target(tmp_path: Path) -> Iterator[RunningServer]:
    """Return a SimpleServer target that asks for user ``ill`` and password ``secret``."""
    script = Path(__file__).with_name("simple_target.pl")
    environment = {"SIMPLE_USER": "ill", "SIMPLE_PASSWORD": "secret"}
    with peers_or_skip(), simpleserver(script, tmp_path, environment) as server:
        yield server
