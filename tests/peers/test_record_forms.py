"""Record syntaxes and character sets that only some targets have: GRS-1, and negotiation in Init."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from locate.partner import Target
from locate.z3950.client import connect
from locate.z3950.grs1 import GenericRecord, grs1_text
from locate.z3950.oids import GRS1
from locate.z3950.retrieval import Record
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import RunningServer, ztest

pytestmark = pytest.mark.peers

TIMEOUT_S = 10.0
# yaz-ztest has GRS-1 records in a notation of its own, one after each number.
_GRS1 = """#1
(2,1) Winter on the river
(3,isbn) 0198534531
(4,52) {
(2,7) Paper Press
}
}
#2
(2,1) Anthology of cold tales
}
"""


@pytest.fixture(scope="module")
def grs1_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Return YAZ's test server with two GRS-1 records."""
    workdir = tmp_path_factory.mktemp("grs1")
    (workdir / "dummy-grs").write_text(_GRS1, encoding="ascii")
    with peers_or_skip(), ztest(workdir) as server:
        yield server


async def test_grs1_from_ztest(grs1_server: RunningServer) -> None:
    """GRS-1 records come as trees, one after another."""
    target = Target(grs1_server.host, grs1_server.port, "Default")
    async with await connect(target, timeout_s=TIMEOUT_S) as connection:
        result = await connection.search("2", count=2, syntax="grs1", timeout_s=TIMEOUT_S)
    first, second = result.records
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(first.data, GenericRecord)
    assert isinstance(second.data, GenericRecord)
    assert grs1_text(first.data) == (
        "(2,1) title: Winter on the river\n(3,isbn): 0198534531\n(4,52):\n  (2,7) name: Paper Press\n"
    )
    assert grs1_text(second.data) == "(2,1) title: Anthology of cold tales\n"


@pytest.mark.shared
async def test_grs1_from_zebra(zebra_partners: Mapping[str, RunningServer], shared: Path) -> None:
    """Zebra writes a MARC record as GRS-1: its leader first, and a subtree a data field."""
    server = zebra_partners["gpo"]
    target = Target(server.host, server.port, server.database)
    async with await connect(target, timeout_s=TIMEOUT_S) as connection:
        result = await connection.search("@attr 1=4 water", count=3, syntax="grs1", timeout_s=TIMEOUT_S)
    assert len(result.records) == 3
    for found in result.records:
        assert isinstance(found, Record)
        assert found.syntax == GRS1
        assert isinstance(found.data, GenericRecord)
        leader, *fields = found.data.elements
        assert leader.tag_value == ("text", "leader")
        assert any(field.content[0] == "subtree" for field in fields)
        assert "water" in grs1_text(found.data).lower()
    assert len(result.records) == 3


@pytest.mark.parametrize("charset", ["utf-8", "iso8859-1", "cp1252"])
async def test_charset_negotiation_with_ztest(ztest_server: RunningServer, charset: str) -> None:
    """Whatever is proposed, YAZ's test server selects Latin-1, and that is what is taken to be negotiated."""
    target = Target(ztest_server.host, ztest_server.port, "Default", charset=charset)
    async with await connect(target, timeout_s=TIMEOUT_S) as connection:
        assert connection.server is not None
        assert (connection.server.charset, connection.server.records_too) == ("iso8859-1", False)
        assert (await connection.search("3", count=1, timeout_s=TIMEOUT_S)).hits == 3


@pytest.mark.shared
async def test_charset_negotiation_with_zebra(zebra_partners: Mapping[str, RunningServer]) -> None:
    """Zebra selects the proposed UTF-8, for records too."""
    server = zebra_partners["gpo"]
    target = Target(server.host, server.port, server.database, charset="utf-8")
    async with await connect(target, timeout_s=TIMEOUT_S) as connection:
        assert connection.server is not None
        assert (connection.server.charset, connection.server.records_too) == ("utf-8", True)
