"""Real servers for the quirks that they have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from locate.records import BibRecord, read_record, to_iso2709
from tests.peers.conftest import ztest_server
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import RunningServer, zebra
from tests.played import marcxml

__all__ = ["tides_in_zebra", "ztest_server"]


@pytest.fixture(scope="session")
def tides_in_zebra(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Return a Zebra server over thirty records of "Tide tables" of about 1,000 bytes each."""
    folder = tmp_path_factory.mktemp("tides")
    note = ("520", "a", "x" * 700)
    records = [read_record(marcxml(f"t{number:03}", "Tide tables", fields=[note]), "xml") for number in range(30)]
    catalog = folder / "tides.mrc"
    catalog.write_bytes(b"".join(to_iso2709(record) for record in records if isinstance(record, BibRecord)))
    with peers_or_skip(), zebra({"tides": catalog}, folder / "index") as servers:
        yield servers["tides"]
