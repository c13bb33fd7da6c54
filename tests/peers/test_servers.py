"""The harness itself: servers come up, answer, keep their log and are gone afterwards."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pymarc
import pytest

from tests.peers.catalog import fold
from tests.peers.origins import perl_zoom
from tests.peers.requirements import peers_or_skip, require_program
from tests.peers.servers import ProgramMissingError, RunningServer, ServerStartError, simpleserver, zebra, ztest

pytestmark = pytest.mark.peers

TRICKY = (
    ("peer1", "020", [("a", "0803913060 (pbk.)")], "The élite's nature :", "a study"),
    ("peer2", "776", [("z", "9780128159491")], "Theory and nature", ""),
    ("peer3", "505", [("t", "Nature in parts")], "[An anthology]", "in three volumes"),
    ("peer4", "022", [("a", "0028-0836")], "Sa\u02bbdī reads", ""),
    ("peer5", "035", [("a", "(OCoLC)0887605369")], "Numbers", ""),
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalog of five made-up records, each with one habit that real catalogs have."""
    path = tmp_path_factory.mktemp("catalog") / "tiny.mrc"
    with path.open("wb") as out:
        for number, tag, subfields, title, rest in TRICKY:
            record = pymarc.Record(force_utf8=True)
            record.fields += [
                pymarc.Field(tag="001", data=number),
                pymarc.Field(tag="008", data="200512s2021    enka     b    001 0 eng d"),
                _field(tag, subfields),
                _field("245", [("a", title), *([("b", rest)] if rest else [])]),
            ]
            out.write(record.as_marc())
    return path


def _field(tag: str, subfields: list[tuple[str, str]]) -> pymarc.Field:
    return pymarc.Field(tag=tag, subfields=[pymarc.Subfield(code, value) for code, value in subfields])


@pytest.fixture(scope="module")
def tiny_zebra(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Return a Zebra server over the made-up records, stopped with the module."""
    with peers_or_skip(), zebra({"tiny": tiny}, tmp_path_factory.mktemp("zebra")) as servers:
        yield servers["tiny"]


def _stops_listening(server: RunningServer) -> bool:
    """Tell whether nobody listens any more; a child that the server forked may hold the port a moment longer."""
    deadline = time.monotonic() + 5.0
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((server.host, server.port)):
                return True
        time.sleep(0.02)
    return False


def test_ztest_answers_logs_and_is_gone_afterwards(tmp_path: Path) -> None:
    """A server answers inside its block, leaves its log, and no longer listens after it."""
    with peers_or_skip(), ztest(tmp_path) as server:
        assert perl_zoom(server.target(), "7").hits == 7
        assert "Search Default OK 7" in server.log_text()
    assert _stops_listening(server)


def test_server_is_stopped_when_the_block_raises(tmp_path: Path) -> None:
    """An exception inside the block passes through and still ends the server."""
    with pytest.raises(KeyError), peers_or_skip(), ztest(tmp_path) as server:
        raise KeyError
    assert _stops_listening(server)


def test_two_servers_run_side_by_side(tmp_path: Path, ztest_server: RunningServer) -> None:
    """A second server takes another port and its own log."""
    with ztest(tmp_path) as second:
        assert second.port != ztest_server.port
        assert perl_zoom(second.target(), "1").hits == perl_zoom(ztest_server.target(), "1").hits == 1


def test_a_server_that_ends_at_once_is_reported_with_its_log(tmp_path: Path) -> None:
    """A script that dies is a ServerStartError that repeats what the script said."""
    script = tmp_path / "broken.pl"
    script.write_text('die "no such luck\\n";\n')
    with pytest.raises(ServerStartError, match="no such luck"), peers_or_skip(), simpleserver(script, tmp_path):
        pytest.fail("the block must not run")


def test_simpleserver_asks_for_its_password(simple_target: RunningServer) -> None:
    """The SimpleServer target lets the right password in and refuses a wrong one with diagnostic 1014."""
    welcome = perl_zoom(simple_target.target(), "3", user="ill", password="secret", count=2)
    refused = perl_zoom(simple_target.target(), "3", user="ill", password="guess")
    assert (welcome.hits, [record.syntax for record in welcome.records]) == (3, ["USmarc", "USmarc"])
    assert refused.error is not None
    assert refused.error.code == 1014


@pytest.mark.parametrize(
    ("pqf", "found"),
    [
        ("@attr 1=7 0803913060", {"peer1"}),
        ("@attr 1=7 9780128159491", {"peer2"}),
        ("@attr 1=4 nature", {"peer1", "peer2", "peer3"}),
        ('@attr 1=4 "elite nature"', set()),
        ('@attr 1=4 @attr 4=6 "nature elite"', {"peer1"}),
        ('@attr 1=4 "theory and nature"', {"peer2"}),
        ('@attr 1=4 "anthology in three"', {"peer3"}),
        ('@attr 1=4 @attr 4=1 @attr 6=3 "Theory and Nature"', {"peer2"}),
        ("@attr 1=4 @attr 5=1 theor", {"peer2"}),
        ("@attr 1=4 Sadi", {"peer4"}),
        ("@attr 1=8 0028-0836", {"peer4"}),
        ("@attr 1=8 00280836", set()),
        ("@attr 1=12 0887605369", {"peer5"}),
        ("@attr 1=12 peer5", {"peer5"}),
        ("@and @attr 1=31 @attr 4=4 2021 @attr 1=1016 study", {"peer1"}),
    ],
)
def test_zebra_indexes_as_real_servers_do(tiny_zebra: RunningServer, pqf: str, found: set[str]) -> None:
    """Each query finds the records that an ordinary library server would find, false hits included."""
    result = perl_zoom(tiny_zebra.target(), pqf, count=5)
    assert result.error is None
    assert {str(pymarc.Record(record.raw)["001"].data) for record in result.records} == found


def test_zebra_refuses_an_unknown_use_attribute(tiny_zebra: RunningServer) -> None:
    """A use attribute without an index is diagnostic 114."""
    result = perl_zoom(tiny_zebra.target(), "@attr 1=9999 nature")
    assert result.error is not None
    assert (result.error.code, result.error.addinfo) == (114, "9999")


@pytest.mark.parametrize("syntax", ["usmarc", "xml"])
def test_zebra_keeps_characters_whole_in_each_syntax(tiny_zebra: RunningServer, syntax: str) -> None:
    """MARC 21 and MARCXML carry the same UTF-8 text."""
    (record,) = perl_zoom(tiny_zebra.target(), "@attr 1=7 0803913060", syntax=syntax).records
    assert "The élite" in record.raw.decode()


def test_a_catalog_is_indexed_once(tiny: Path, tmp_path: Path) -> None:
    """A second run finds the index of the first by its digest and leaves it as it is."""
    kept = []
    for _ in range(2):
        with peers_or_skip(), zebra({"tiny": tiny}, tmp_path) as servers:
            assert perl_zoom(servers["tiny"].target(), "@attr 1=4 nature").hits == 3
        kept.append({path.name: (path / "zebra.cfg").stat().st_mtime_ns for path in tmp_path.iterdir()})
    assert kept[0] == kept[1]
    assert len(kept[0]) == 1


def test_a_missing_catalog_is_an_error(tmp_path: Path) -> None:
    """A catalog that is not there is reported as such, and nothing is left in the cache."""
    with pytest.raises(FileNotFoundError), peers_or_skip(), zebra({"x": tmp_path / "none.mrc"}, tmp_path / "cache"):
        pytest.fail("the block must not run")
    assert list((tmp_path / "cache").iterdir()) == []


def test_partners_hold_their_whole_catalogs(
    zebra_partners: Mapping[str, RunningServer], catalogs: Mapping[str, Path]
) -> None:
    """Every partner finds as many titles with a word as its file has records with that word in 245 or 505 $t."""
    assert set(zebra_partners) == set(catalogs)
    expected = 0
    with catalogs["gpo"].open("rb") as source:
        for record in pymarc.MARCReader(source, to_unicode=True):
            assert record is not None
            titles = [s.value for f in record.get_fields("245", "246") for s in f.subfields if s.code in "abnp"]
            titles += [v for f in record.get_fields("505") for v in f.get_subfields("t")]
            expected += "budget" in fold(" ".join(titles)).split()
    assert perl_zoom(zebra_partners["gpo"].target(), "@attr 1=4 budget").hits == expected > 20


def test_missing_program_skips_unless_peers_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing program is a skip that says what to install, and a failure with LOCATE_REQUIRE_PEERS=1."""
    monkeypatch.delenv("LOCATE_REQUIRE_PEERS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install yaz"):
        require_program("no-such-program", package="yaz")
    monkeypatch.setenv("LOCATE_REQUIRE_PEERS", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install yaz"):
        require_program("no-such-program", package="yaz")


def test_server_without_its_program_names_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without YAZ on the path, starting yaz-ztest raises ProgramMissingError with the Debian package."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissingError, match="apt-get install yaz"), ztest(tmp_path):
        pytest.fail("the block must not run")
