"""The benchmark of Z39.50: its canned target answers as one should, and each piece of work can be done."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.answers import RECORDS, indefinite, write_answers
from bench.peers.targets import canned
from bench.table import OURS
from bench.works import WORKS
from bench.z3950 import report, run
from locate.z3950.apdu import (
    Apdu,
    Close,
    InitializeRequest,
    InitializeResponse,
    PresentResponse,
    SearchResponse,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.ber import Framer
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.retrieval import Record, read_records
from tests.peers.requirements import peers_or_skip
from tests.z3950.asking import PRESENT, SEARCH

_INIT = InitializeRequest(frozenset({0, 1, 2}), frozenset({0, 1}), 1024 * 1024, 1024 * 1024)
_SEARCH = replace(SEARCH, query=("type_1", to_rpn(parse_pqf("x"), "utf-8")))
_CLOSE = Close(0)


@pytest.fixture(scope="module")
def canned_target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Return the address of a canned target; skip or fail when there is no compiler."""
    with peers_or_skip(), canned(tmp_path_factory.mktemp("canned")) as target:
        yield address(target)


def address(target: str) -> tuple[str, int]:
    """Return host and port of HOST:PORT/DATABASE."""
    host, _, port = target.partition("/")[0].partition(":")
    return host, int(port)


def ask(connection: socket.socket, request: bytes) -> Apdu:
    """Send one request and read one answer."""
    connection.sendall(request)
    framer = Framer()
    while (pdu := framer.next_pdu()) is None:
        data = connection.recv(65536)
        assert data, "the target closed"
        framer.feed(data)
    return decode_apdu(pdu)


def test_the_answers_are_indefinite_and_hold_real_records(tmp_path: Path) -> None:
    """About 12 kB with ten readable records, every constructed value of indefinite length."""
    init, search, _ = (file.read_bytes() for file in write_answers(tmp_path))
    response = decode_apdu(search)
    assert isinstance(response, SearchResponse)
    assert all(isinstance(record, Record) for record in read_records(response.records, 1))
    assert 11_000 < len(search) < 13_000
    assert search == indefinite(encode_apdu(response))
    assert (init[1], search[1], search.count(b"\x30\x80")) == (0x80, 0x80, RECORDS)


@pytest.mark.peers
def test_each_request_has_its_answer(canned_target: tuple[str, int]) -> None:
    """Init, Search, Present and Close are answered in their kind, and Close ends the connection."""
    with socket.create_connection(canned_target, timeout=5) as connection:
        assert isinstance(ask(connection, encode_apdu(_INIT)), InitializeResponse)
        assert isinstance(ask(connection, encode_apdu(_SEARCH)), SearchResponse)
        assert isinstance(ask(connection, encode_apdu(PRESENT)), PresentResponse)
        assert isinstance(ask(connection, encode_apdu(_CLOSE)), Close)
        assert connection.recv(1) == b""


@pytest.mark.peers
def test_a_reference_id_comes_back(canned_target: tuple[str, int]) -> None:
    """The referenceId of a request stands in its answer, and in no other."""
    with socket.create_connection(canned_target, timeout=5) as connection:
        named = ask(connection, encode_apdu(replace(_INIT, reference_id=b"one")))
        searched = ask(connection, encode_apdu(replace(_SEARCH, reference_id=b"\x00\x01")))
        assert (named.reference_id, searched.reference_id) == (b"one", b"\x00\x01")
        assert ask(connection, encode_apdu(PRESENT)).reference_id is None


@pytest.mark.peers
def test_a_request_may_come_in_pieces_and_in_either_form(canned_target: tuple[str, int]) -> None:
    """Requests are framed by their lengths: sent octet by octet, or with indefinite lengths, they are answered once."""
    with socket.create_connection(canned_target, timeout=5) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ask(connection, encode_apdu(_INIT))
        for request in (encode_apdu(_SEARCH), indefinite(encode_apdu(_SEARCH))):
            for octet in request[:-1]:
                connection.sendall(bytes((octet,)))
            assert isinstance(ask(connection, request[-1:]), SearchResponse)


@pytest.mark.peers
def test_a_delayed_target_keeps_only_searches_waiting(tmp_path: Path) -> None:
    """Two searches sent together are both answered one delay later."""
    with peers_or_skip(), canned(tmp_path, search_delay_ms=200) as target:
        connections = [socket.create_connection(address(target), timeout=5) for _ in range(2)]
        try:
            for connection in connections:
                ask(connection, encode_apdu(_INIT))
                connection.sendall(encode_apdu(_SEARCH))
            started = time.monotonic()
            assert isinstance(ask(connections[0], b""), SearchResponse)
            assert time.monotonic() - started > 0.1
            assert isinstance(ask(connections[1], b""), SearchResponse)
        finally:
            for connection in connections:
                connection.close()


@pytest.mark.peers
@pytest.mark.parametrize("name", WORKS)
def test_each_work_gives_a_figure_a_row(name: str) -> None:
    """One small round gives every row a figure of ours, and of each client that does the work, ready for JSON."""
    with peers_or_skip():
        works = run([name], 1, quick=True)
    rows = json.loads(json.dumps(report(works, 1)))["works"][name]
    assert rows
    for row in rows:
        assert set(row) == {"work", "unit", "medians", "ratios", "bars", "figures"}
        assert len(row["figures"][OURS]) == 1
        assert all(set(bar) == {"bar", "meets"} for bar in row["bars"])
    assert set(rows[0]["figures"]) == set(WORKS[name].clients)


@pytest.mark.peers
def test_a_missing_compiler_is_said_in_one_sentence(tmp_path: Path) -> None:
    """The command ends with the line that installs what is missing, not with a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.z3950", "--rounds", "1", "--only", "warm"],
        cwd=Path(__file__).parents[2],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == "bench.z3950: cc is not installed: apt-get install gcc"
