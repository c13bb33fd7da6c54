"""``zlocate probe``: the table, the JSON document, the profile it writes, and its exit codes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from locate.demo import sample_folder
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import emulation
from locate.z3950.target.server import ServerOptions, ThreadedServer
from tests.cli.conftest import SECRET
from tests.cli.running import Run

HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n\n'


def at(server: ThreadedServer) -> str:
    """Return a server's database as the command line names it."""
    return f"{server.host}:{server.port}/Default"


def test_table(zlocate: Run) -> None:
    """The table says what was tried, what came of it and what to do, and sentences sum it up; no progress in a pipe."""
    catalog = Catalog.from_files([sample_folder() / "alma.opac.xml"])
    with ThreadedServer({"Default": catalog}, options=ServerOptions(emulation=emulation("alma"))) as server:
        found = zlocate("probe", at(server), COLUMNS="300")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith(f"{at(server)}\n\nconnection ")
    (line,) = [line for line in found.out.splitlines() if line.startswith("LC card number (9)")]
    assert "unsupported use attribute (bib-1 114: 9)" in line
    assert "This server cannot search by LCCN; the locate will use control number, ISBN" in line
    assert "\nNot by: LCCN.\n" in found.out
    assert found.out.rstrip().endswith(" s.")


def test_json(zlocate: Run, koha: ThreadedServer) -> None:
    """--json is one document with the profile in it; a quick probe sends fewer than 15 searches."""
    found = zlocate("probe", at(koha), "--quick", "--json")
    assert (found.code, found.err) == (0, "")
    assert (found.json["quick"], found.json["searches"] < 15) == (True, True)
    assert found.json["profile"].startswith("# Written by zlocate probe of ")


def test_profile(zlocate: Run, koha: ThreadedServer, tmp_path: Path) -> None:
    """The written table, pasted into a configuration, is accepted, and a locate with it finds the record."""
    table = tmp_path / "new.toml"
    found = zlocate("probe", at(koha), "--write-profile", str(table))
    assert found.code == 0
    assert found.out.endswith(f"The partner's table is in {table}; paste it into your configuration.\n")
    alone = zlocate("probe", at(koha), "--write-profile", "-")
    assert alone.out == table.read_text("utf-8")
    config = tmp_path / "partners.toml"
    config.write_text(HEAD + alone.out, "utf-8")
    assert zlocate("config", "check", str(config)).code == 0
    wanted = ("--title", "The musket wars", "--author", "Crosby", "--year", "2001")
    located = zlocate("locate", "--config", str(config), *wanted, "--json")
    assert located.json["partners"][0]["finding"] == "FOUND"


def test_profile_is_not_written_over(zlocate: Run, koha: ThreadedServer, tmp_path: Path) -> None:
    """A file that exists is refused before anything is asked, and stays as it is; so is "-" beside --json."""
    table = tmp_path / "mine.toml"
    table.write_text("mine")
    found = zlocate("probe", at(koha), "--write-profile", str(table))
    assert (found.code, found.out, table.read_text()) == (2, "", "mine")
    assert "exists and is not written over" in " ".join(found.err.split())
    assert zlocate("probe", at(koha), "--write-profile", "-", "--json").code == 2
    nowhere = zlocate("probe", at(koha), "--quick", "--write-profile", str(tmp_path / "no" / "new.toml"))
    assert (nowhere.code, "cannot be written" in nowhere.err) == (2, True)


def test_unreachable(zlocate: Run, closed_port: int, tmp_path: Path) -> None:
    """Nothing listening is exit code 3, with advice in the table and no profile."""
    target, table = f"127.0.0.1:{closed_port}/Default", tmp_path / "new.toml"
    found = zlocate("probe", target, "--write-profile", str(table), COLUMNS="300")
    assert (found.code, table.exists()) == (3, False)
    assert "Check host and port with the partner" in found.out
    assert "there is no profile to write" in found.err
    found = zlocate("probe", target, "--json")
    assert (found.code, found.json["server"]) == (3, None)
    assert found.json["fault"] == f"{target} (connect): connection refused; nothing listens on that port"


def test_nothing_held(zlocate: Run) -> None:
    """A library in which no record is found is exit code 1."""
    with ThreadedServer({"Default": Catalog(())}) as server:
        found = zlocate("probe", at(server))
    assert (found.code, "whether this partner can be located is not known" in found.out) == (1, True)


def test_login(zlocate: Run, locked: ThreadedServer) -> None:
    """A refused login says how to give another one; with the right one the password stands nowhere."""
    refused = zlocate("probe", at(locked), COLUMNS="300")
    assert (refused.code, "The server wants a login" in refused.out) == (3, True)
    found = zlocate("probe", at(locked), "--quick", "--user", "ill", "--json", ZLOCATE_PASSWORD=SECRET)
    assert (found.code, SECRET in found.out + found.err) == (0, False)
    assert 'password_env = "ZLOCATE_PASSWORD"' in found.json["profile"]


def test_progress(zlocate: Run, koha: ThreadedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a line on standard error tells what is under way, and is gone at the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    found = zlocate("probe", at(koha), "--quick")
    assert "\r\x1b[K0 searches: connecting" in found.err
    assert found.err.endswith("\r\x1b[K")


def test_trace(zlocate: Run, koha: ThreadedServer, tmp_path: Path) -> None:
    """--trace writes what passed."""
    trace = tmp_path / "trace.txt"
    assert zlocate("probe", at(koha), "--quick", "--trace", str(trace)).code == 0
    assert trace.read_text("utf-8")
