"""``zlocate replay``: a trace serves as the target it was taken from."""

from __future__ import annotations

import contextlib
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from locate.z3950.target.server import ThreadedServer
from tests.cli.running import Run, start
from tests.cli.test_search import PERL, at


@contextlib.contextmanager
def replayed(file: Path, *, told: str = "") -> Iterator[str]:
    """Serve a trace in a process and give its target; check that it ends at Ctrl-C, having ``told`` so much."""
    server = start("replay", str(file), "--port", "0", "--json")
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line, server.communicate()[1]
        facts = json.loads(line)
        yield f"{facts['host']}:{facts['port']}/{facts['database']}"
        server.send_signal(signal.SIGINT)
        assert server.communicate(timeout=10) == ("", told)
        assert server.returncode == 0
    finally:
        server.kill()
        server.communicate()


@pytest.fixture
def trace_file(zlocate: Run, koha: ThreadedServer, tmp_path: Path) -> Path:
    """Return the trace of a search for two records."""
    path = tmp_path / "report.txt"
    assert zlocate("search", at(koha), PERL, "--max", "2", "--trace", str(path)).code == 0
    return path


def test_a_report_can_be_looked_at(zlocate: Run, koha: ThreadedServer, trace_file: Path) -> None:
    """The recorded search gives the same output again, as often as it is asked; another one is told it is not there."""
    with replayed(trace_file) as target:
        for _ in range(2):
            assert zlocate("search", target, PERL, "--max", "2") == zlocate("search", at(koha), PERL, "--max", "2")
        missing = zlocate("scan", target, PERL)
        assert missing.code == 3
        assert "the trace has no answer to ScanRequest Default @attr 1=4 perl" in missing.err


def test_what_it_says(koha: ThreadedServer, trace_file: Path) -> None:
    """It tells how many requests were recorded, where, and where it answers."""
    server = start("replay", str(trace_file), "--port", "0")
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        told = re.escape(f"3 requests recorded at {at(koha)}, replayed at 127.0.0.1:")
        assert re.fullmatch(told + r"\d+/Default; stop with Ctrl-C\n", line)
    finally:
        server.kill()
        server.communicate()


def test_a_trace_that_breaks_off(zlocate: Run, trace_file: Path) -> None:
    """What is left of a trace is served, and the loss is told."""
    text = trace_file.read_text("utf-8")
    trace_file.write_text(text[: text.rindex("\n>") + 40], "utf-8")
    line = text[: text.rindex("\n>")].count("\n") + 2
    loss = f"zlocate: line {line} of the trace: the PDU of line {line} has 0 of "
    server = start("replay", str(trace_file), "--port", "0", "--json")
    try:
        assert server.stdout is not None
        facts = json.loads(server.stdout.readline())
        assert facts["requests"] == 2
        assert zlocate("search", f"127.0.0.1:{facts['port']}/Default", PERL, "--max", "2").code == 0
    finally:
        server.kill()
        assert server.communicate()[1].startswith(loss)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, " cannot be read: No such file or directory"),
        (b"", "zlocate: line 1 of the trace: '' does not begin a trace; give a file that zlocate search --trace has"),
        (b"\xff\x00", "does not begin a trace"),
        (b"# zlocate trace 1\n", "no request was recorded, so there is nothing to replay"),
        (b"# zlocate trace 1\nx\n> 0.000 s, 0 bytes: x\n", "zlocate: line 2 of the trace: 'x' is no line of a trace"),
    ],
)
def test_what_cannot_be_replayed(zlocate: Run, tmp_path: Path, content: bytes | None, message: str) -> None:
    """A file that is missing or no trace is told of, exit code 2."""
    path = tmp_path / "t.txt"
    if content is not None:
        path.write_bytes(content)
    found = zlocate("replay", str(path), "--port", "0")
    assert (found.code, found.out) == (2, "")
    assert message in " ".join(found.err.split()) or message in found.err


def test_an_address_that_cannot_be_used(zlocate: Run, koha: ThreadedServer, trace_file: Path) -> None:
    """A port that is taken is named, exit code 2."""
    found = zlocate("replay", str(trace_file), "--port", str(koha.port))
    assert (found.code, f"cannot listen on 127.0.0.1:{koha.port}" in found.err) == (2, True)
