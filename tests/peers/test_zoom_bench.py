"""The C measuring program: it compiles, and does the work that it says it measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.peers.build import RunError, compile_zoom_bench, run_zoom_bench
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import RunningServer

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the compiled program; skip or fail when a compiler or YAZ's headers are missing."""
    with peers_or_skip():
        return compile_zoom_bench(tmp_path_factory.mktemp("zoom_bench"))


def test_warm_searches_take_one_round_trip_each(program: Path, ztest_server: RunningServer) -> None:
    """Every search brings exactly the records wanted, inside the SearchResponse."""
    before = ztest_server.log_text().count("Present")
    result = run_zoom_bench(program, "warm", ztest_server.target(), "25", 20, 10)
    assert (result["searches"], result["records"]) == (20, 200)
    assert result["wall_s"] >= result["cpu_s"] * 0.5 > 0
    assert ztest_server.log_text().count("Present") == before


def test_many_targets_are_asked_at_once(program: Path, ztest_server: RunningServer, tmp_path: Path) -> None:
    """Each line of the file is one target, and a dead one is counted, not fatal."""
    targets = tmp_path / "targets"
    targets.write_text(f"{ztest_server.target()}\n" * 5 + "127.0.0.1:9/Default\n")
    result = run_zoom_bench(program, "many", targets, "10", 4)
    assert (result["targets"], result["failed"], result["records"]) == (6, 1, 20)


def test_a_captured_response_is_decoded(program: Path, ztest_server: RunningServer, tmp_path: Path) -> None:
    """The captured PDU is a SearchResponse with the records asked for, and decoding it is measured."""
    pdu = tmp_path / "response.ber"
    captured = run_zoom_bench(program, "capture", ztest_server.target(), "10", 10, "usmarc", pdu)
    result = run_zoom_bench(program, "decode", pdu, 100)
    assert captured["pdu_bytes"] == result["pdu_bytes"] == pdu.stat().st_size
    assert pdu.read_bytes()[:1] == b"\xb7"
    assert result["records"] == 10
    assert result["wall_us_each"] > 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("warm", "127.0.0.1:9/Default", "1", 1, 1), "Connect failed"),
        (("decode", "/dev/null", 1), "not a PDU"),
        (("decode", "/no/such/file", 1), "cannot read"),
        (("warm",), "usage"),
    ],
)
def test_failures_are_said_in_a_sentence(program: Path, arguments: tuple[str | int, ...], says: str) -> None:
    """Work that cannot be done raises RunError with the program's own words."""
    with pytest.raises(RunError, match=says):
        run_zoom_bench(program, *arguments)
