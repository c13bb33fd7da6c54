"""``zlocate serve``: what it serves, what it refuses, and how it is stopped."""

from __future__ import annotations

import json
import re
import signal
import socket
from pathlib import Path

import pytest
import trustme

from locate.demo import sample_folder
from tests.cli.running import Run, start
from tests.records.build import iso2709

KOHA = str(sample_folder() / "koha.mrc")
PERL = "@attr 1=4 perl"


def test_serves_until_interrupted(zlocate: Run) -> None:
    """It says where it listens, answers there, and ends at Ctrl-C with exit code 0 and no traceback."""
    server = start("serve", KOHA, "--port", "0", "--database", "Emulated")
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        told = re.fullmatch(r"27 records at (127\.0\.0\.1:\d+/Emulated); stop with Ctrl-C\n", line)
        assert told, line
        assert zlocate("search", told[1], PERL, "--max", "1").code == 0
        server.send_signal(signal.SIGINT)
        assert server.communicate(timeout=10) == ("", "")
        assert server.returncode == 0
    finally:
        server.kill()


def test_json_line(zlocate: Run) -> None:
    """--json says what is served as one line, then serves; plain MARC is given as OPAC records too."""
    server = start("serve", KOHA, "--port", "0", "--json")
    try:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        assert (told["host"], told["database"], told["records"]) == ("127.0.0.1", "Default", 27)
        place = f"{told['host']}:{told['port']}/{told['database']}"
        found = zlocate("search", place, PERL, "--max", "1", "--syntax", "opac", "--json")
        assert found.json["records"][0]["syntax"] == "opac"
    finally:
        server.kill()
        server.communicate()


def test_no_opac(zlocate: Run) -> None:
    """With --no-opac, plain MARC is refused as OPAC records, as by a target that has none."""
    server = start("serve", KOHA, "--port", "0", "--no-opac", "--json")
    try:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        place = f"{told['host']}:{told['port']}/{told['database']}"
        refused = zlocate("search", place, PERL, "--syntax", "opac", "--json")
        assert refused.code == 1
        assert "record not available in requested syntax (bib-1 238" in refused.json["error"]
    finally:
        server.kill()
        server.communicate()


def test_emulated_system(zlocate: Run) -> None:
    """With --emulate the target has the habits of a system: at Alma the LCCN is no use attribute."""
    server = start("serve", KOHA, "--port", "0", "--emulate", "Alma", "--json")
    try:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        place = f"{told['host']}:{told['port']}/{told['database']}"
        assert zlocate("search", place, PERL, "--max", "1").code == 0
        refused = zlocate("search", place, "@attr 1=9 99012345", "--json")
        assert "bib-1 114: 9" in refused.json["error"]
    finally:
        server.kill()
        server.communicate()


def test_tls(zlocate: Run, tmp_path: Path) -> None:
    """With a certificate and its key the target serves TLS."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    issued = authority.issue_cert("127.0.0.1")
    issued.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    issued.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    files = ("--tls-cert", str(tmp_path / "cert.pem"), "--tls-key", str(tmp_path / "key.pem"))
    server = start("serve", KOHA, "--port", "0", *files, "--json")
    try:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        place = f"{told['host']}:{told['port']}/{told['database']}"
        assert zlocate("search", place, PERL, "--max", "1", "--ca-file", str(tmp_path / "ca.pem")).code == 0
        assert zlocate("search", place, PERL, "--timeout", "2").code == 3
    finally:
        server.kill()
        server.communicate()


def test_certificate_that_cannot_be_used(zlocate: Run, tmp_path: Path) -> None:
    """A certificate that is not there is named, exit code 2."""
    found = zlocate("serve", KOHA, "--port", "0", "--tls-cert", str(tmp_path / "none.pem"))
    assert (found.code, found.out) == (2, "")
    assert re.fullmatch(r"zlocate: tls: .*none\.pem or its key cannot be read: No such file.*\n", found.err)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "the record file cannot be read: No such file or directory"),
        (b"", "the record file is empty; give a file of MARC records or MARCXML"),
    ],
)
def test_files_that_cannot_be_read(zlocate: Run, tmp_path: Path, content: bytes | None, reason: str) -> None:
    """A file that is missing or empty is named with the reason, exit code 2."""
    path = tmp_path / "records.mrc"
    if content is not None:
        path.write_bytes(content)
    found = zlocate("serve", KOHA, str(path), "--port", "0")
    assert (found.code, found.out, found.err) == (2, "", f"zlocate: {path}: {reason}\n")


def test_no_record_in_the_files(zlocate: Run, tmp_path: Path) -> None:
    """A file without a readable record is not served, and its first faults are told."""
    path = tmp_path / "records.mrc"
    path.write_bytes(b"this is no MARC\x1d" * 30)
    found = zlocate("serve", str(path), "--port", "0")
    assert (found.code, found.out) == (2, "")
    assert f"zlocate: left out: {path}, record 1: does not begin with a MARC leader\n" in found.err
    assert found.err.count("left out") == 11
    assert "no record in them can be read" in " ".join(found.err.split())


def test_records_left_out(tmp_path: Path) -> None:
    """A record that cannot be read is told of and left out; the others are served."""
    path = tmp_path / "records.mrc"
    path.write_bytes(iso2709("001 1", "245 00$aFirst") + b"rubbish\x1d" + iso2709("001 2", "245 00$aSecond"))
    server = start("serve", str(path), "--port", "0")
    assert server.stdout is not None
    assert server.stdout.readline().startswith("2 records at ")
    server.kill()
    assert f"left out: {path}, record 2: " in server.communicate()[1]


def test_port_in_use(zlocate: Run) -> None:
    """A port that is taken, or an address of another machine, is a sentence and exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = zlocate("serve", KOHA, "--port", str(port))
    assert (found.code, found.out) == (2, "")
    assert re.fullmatch(rf"zlocate: port: cannot listen on 127\.0\.0\.1:{port}: .*in use.*\n", found.err, re.IGNORECASE)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "FILE"),
        ((KOHA, "--port", "65536"), "--port"),
        ((KOHA, "--delay", "-1"), "--delay"),
        ((KOHA, "--database", " "), "--database"),
        ((KOHA, "--emulate", "voyger"), "did you mean 'voyager'?"),
        ((KOHA, "--tls-key", "key.pem"), "--tls-cert"),
    ],
)
def test_bad_options(zlocate: Run, arguments: tuple[str, ...], named: str) -> None:
    """An option that cannot be meant is named, exit code 2."""
    found = zlocate("serve", *arguments)
    assert (found.code, found.out, named in found.err) == (2, "", True)
