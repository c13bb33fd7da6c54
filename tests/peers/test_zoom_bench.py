"""The measuring programs over ZOOM, in C and in Perl: they do the work that they say they measure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.peers.build import RunError, compile_zoom_bench, perl_zoom_bench, run_program
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import RunningServer

pytestmark = pytest.mark.peers

Command = list[str]


@pytest.fixture(scope="module")
def zoom_c(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Return the compiled program; skip or fail when a compiler or YAZ's headers are missing."""
    with peers_or_skip():
        return [str(compile_zoom_bench(tmp_path_factory.mktemp("zoom_bench")))]


@pytest.fixture(params=["zoom_c", "perl", "ours"])
def client(request: pytest.FixtureRequest) -> Command:
    """Return the command of each measuring program in turn; all take the same modes and arguments."""
    if request.param == "ours":
        return [sys.executable, "-m", "bench.client"]
    with peers_or_skip():
        return perl_zoom_bench() if request.param == "perl" else request.getfixturevalue("zoom_c")


def test_warm_searches_take_one_round_trip_each(client: Command, ztest_server: RunningServer) -> None:
    """Every search brings exactly the records wanted, inside the SearchResponse."""
    before = ztest_server.log_text().count("Present")
    result = run_program(client, "warm", ztest_server.target(), "@attr 1=4 25", 20, 10)
    assert (result["searches"], result["records"]) == (20, 200)
    assert result["wall_s"] >= result["cpu_s"] * 0.5 > 0
    assert ztest_server.log_text().count("Present") == before


def test_many_targets_are_asked_at_once(client: Command, ztest_server: RunningServer, tmp_path: Path) -> None:
    """Each line of the file is one target, and a dead one is counted, not fatal."""
    targets = tmp_path / "targets"
    targets.write_text(f"{ztest_server.target()}\n" * 5 + "127.0.0.1:9/Default\n")
    result = run_program(client, "many", targets, "@attr 1=4 10", 4, 2)
    assert (result["targets"], result["failed"], result["records"]) == (6, 1, 20)
    assert result["cpu_s"] > 0


def test_trips_are_two_searches_on_one_association(client: Command, ztest_server: RunningServer) -> None:
    """The first time includes the connection, the second does not; all of it was done once before."""
    before = ztest_server.log_text()
    result = run_program(client, "trips", ztest_server.target(), "@attr 1=4 10", 3)
    assert result["records"] == 6
    assert min(result["cold_s"], result["warm_s"]) > 0
    after = ztest_server.log_text()
    assert [after.count(line) - before.count(line) for line in ("Init OK", "Search ")] == [2, 4]


def test_records_may_be_left_as_they_came(zoom_c: Command, ztest_server: RunningServer) -> None:
    """The form "ext" finds as many records as "raw"."""
    result = run_program(zoom_c, "warm", ztest_server.target(), "@attr 1=4 25", 5, 10, "ext")
    assert result["records"] == 50


def test_a_captured_response_is_decoded(zoom_c: Command, ztest_server: RunningServer, tmp_path: Path) -> None:
    """The captured PDU is a SearchResponse with the records asked for; both decoders are measured on it."""
    pdu = tmp_path / "response.ber"
    captured = run_program(zoom_c, "capture", ztest_server.target(), "10", 10, "opac", pdu)
    theirs = run_program(zoom_c, "decode", pdu, 100)
    assert captured["pdu_bytes"] == theirs["pdu_bytes"] == pdu.stat().st_size
    assert pdu.read_bytes()[:1] == b"\xb7"
    assert theirs["records"] == 10
    assert theirs["cpu_us_each"] > 0
    for mode in ("decode", "read"):
        ours = run_program([sys.executable, "-m", "bench.client"], mode, pdu, 10)
        assert ours["pdu_bytes"] == theirs["pdu_bytes"]
        assert ours["cpu_us_each"] > 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("warm", "127.0.0.1:9/Default", "1", 1, 1), "(?i)connect failed|connection refused"),
        (("warm",), "usage"),
        (("no-such-mode", 1), "usage"),
    ],
)
def test_failures_are_said_in_a_sentence(client: Command, arguments: tuple[str | int, ...], says: str) -> None:
    """Work that cannot be done raises RunError with the program's own words, in one line."""
    with pytest.raises(RunError, match=says) as raised:
        run_program(client, *arguments)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("file", "says"), [("/dev/null", "not a PDU"), ("/no/such/file", "cannot read")])
def test_a_file_that_is_no_pdu_is_refused(zoom_c: Command, file: str, says: str) -> None:
    """Decoding what is no PDU is said, not measured."""
    with pytest.raises(RunError, match=says):
        run_program(zoom_c, "decode", file, 1)
