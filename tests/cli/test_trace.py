"""``--trace`` and the APDU log: what a person can send with a report, and what is never in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from locate.cli.logs import apdu_logger, configure_logs
from locate.partner import Target
from locate.z3950.apdu import Close, PresentRequest, SearchResponse, decode_apdu, encode_apdu
from locate.z3950.target.server import ThreadedServer
from locate.z3950.trace import Trace, read_trace
from tests.cli.conftest import SECRET
from tests.cli.running import Run
from tests.cli.test_search import PERL, at
from tests.z3950.recording import LOGIN, SECRET as PASSWORD

TARGET = Target("h", 210, "D")


@pytest.fixture
def trace_file(tmp_path: Path) -> Path:
    """Return where a trace is to go."""
    return tmp_path / "report.txt"


@pytest.fixture
def logs() -> Iterator[None]:
    """Leave the logging of other tests alone."""
    yield
    structlog.reset_defaults()


def read(path: Path) -> Trace:
    """Read a trace that a command wrote."""
    return read_trace(path.read_text("utf-8"))


def test_a_search_is_traced(zlocate: Run, koha: ThreadedServer, trace_file: Path) -> None:
    """The output is that of the search alone, and the file has all that passed, to the Close."""
    plain = zlocate("search", at(koha), PERL, "--max", "2")
    assert zlocate("search", at(koha), PERL, "--max", "2", "--trace", str(trace_file)) == plain
    trace = read(trace_file)
    assert (trace.target, trace.tls, trace.damage) == (at(koha), False, "")
    assert re.fullmatch(r"zlocate \d+\.\d+\.\d+.*", trace.program)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", trace.begun)
    assert [entry.kind for entry in trace.entries] == ["sent", "received"] * 3
    assert isinstance(decode_apdu(trace.entries[3].octets), SearchResponse)
    assert isinstance(decode_apdu(trace.entries[4].octets), Close)


def test_the_file_is_written_anew(zlocate: Run, koha: ThreadedServer, trace_file: Path) -> None:
    """An earlier trace is replaced."""
    for _ in range(2):
        zlocate("search", at(koha), PERL, "--max", "0", "--trace", str(trace_file))
    assert len(read(trace_file).entries) == 6


def test_a_search_that_is_refused(zlocate: Run, koha: ThreadedServer, trace_file: Path) -> None:
    """A diagnostic is in the trace as the target's answer, and is no fault."""
    assert zlocate("search", at(koha), "@attr 1=5555 x", "--trace", str(trace_file)).code == 1
    assert "SearchResponse failed, 0 hits, 0 records, unsupported use attribute (bib-1 114" in trace_file.read_text()
    assert "fault" not in [entry.kind for entry in read(trace_file).entries]


def test_a_target_that_falls_silent(zlocate: Run, silent: ThreadedServer, trace_file: Path) -> None:
    """A timeout is written down behind what was sent."""
    assert zlocate("search", at(silent), PERL, "--timeout", "0.2", "--trace", str(trace_file)).code == 3
    sent, fault = read(trace_file).entries
    assert (sent.kind, fault.kind, fault.fault) == ("sent", "fault", "TargetTimeout")
    assert fault.text == f"{at(silent)} (init): no answer within 0.2 s"


def test_a_target_that_cannot_be_reached(zlocate: Run, closed_port: int, trace_file: Path) -> None:
    """A connection that did not come about is a trace with nothing but the fault."""
    target = f"127.0.0.1:{closed_port}/Default"
    assert zlocate("search", target, PERL, "--json", "--trace", str(trace_file)).code == 3
    (fault,) = read(trace_file).entries
    assert (fault.fault, "connection refused" in fault.text) == ("TargetUnreachable", True)


@pytest.mark.parametrize("user", ["ill", "not-ill"])
def test_no_password(zlocate: Run, locked: ThreadedServer, trace_file: Path, user: str) -> None:
    """A trace holds the user's name and never the password, whether it was right or wrong."""
    zlocate("search", at(locked), PERL, "--user", user, "--trace", str(trace_file), ZLOCATE_PASSWORD=SECRET)
    text = trace_file.read_text("utf-8")
    assert f"    user_id: {user}\n#     password: ***\n" in text
    assert SECRET not in text
    assert all(SECRET.encode() not in entry.octets for entry in read(trace_file).entries)


def test_a_file_that_cannot_be_written(zlocate: Run, koha: ThreadedServer, tmp_path: Path) -> None:
    """A place that cannot be written to is named before the target is asked, exit code 2."""
    found = zlocate("search", at(koha), PERL, "--trace", str(tmp_path))
    assert (found.code, found.out) == (2, "")
    assert f"{tmp_path} cannot be written: Is a directory" in found.err.replace("\n", " ")


def test_one_line_an_apdu(logs: None, capsys: pytest.CaptureFixture[str]) -> None:
    """At debug every APDU is a line on standard error, its secrets masked; what cannot be decoded is told of."""
    configure_logs(verbose=2)
    observer = apdu_logger(TARGET)
    assert observer is not None
    observer("sent", encode_apdu(LOGIN), LOGIN)
    observer("received", b"\xb5\x02\x30\xff", None)
    shown = capsys.readouterr()
    first, second = shown.err.splitlines()
    assert shown.out == ""
    assert "debug" in first
    assert "InitializeRequest version 1+2+3, authentication id_pass user ill" in first
    assert re.search(r"direction=sent octets=\d+ target=h:210/D", first)
    assert PASSWORD not in shown.err
    assert "no APDU that can be decoded" in second


@pytest.mark.parametrize("verbose", [0, 1])
def test_no_line_below_debug(logs: None, verbose: int) -> None:
    """Unless APDUs are asked for, nothing looks at them."""
    configure_logs(verbose=verbose)
    assert apdu_logger(TARGET) is None


def test_trace_and_log_together(zlocate: Run, koha: ThreadedServer, trace_file: Path) -> None:
    """The log does not keep the trace from being written, and standard output is the same."""
    found = zlocate("-vv", "search", at(koha), PERL, "--max", "1", "--trace", str(trace_file))
    assert found.err.count("direction=sent") == found.err.count("direction=received") == 3
    assert found.out == zlocate("search", at(koha), PERL, "--max", "1").out
    assert len(read(trace_file).entries) == 6


def test_sorted_search_is_traced(zlocate: Run, koha: ThreadedServer, trace_file: Path) -> None:
    """Search, Sort and Present each have their line."""
    zlocate("search", at(koha), PERL, "--max", "1", "--sort", "title", "--trace", str(trace_file))
    sent = [decode_apdu(entry.octets) for entry in read(trace_file).entries if entry.kind == "sent"]
    assert [type(apdu).__name__ for apdu in sent] == [
        "InitializeRequest", "SearchRequest", "SortRequest", "PresentRequest", "Close",
    ]  # fmt: skip
    assert isinstance(sent[3], PresentRequest)
