"""Targets over the sample records, a configuration that names them, and a way to run the command line."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from locate.cli.entry import main
from locate.demo import sample_folder
from locate.partner import Credentials
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ServerOptions, ThreadedServer
from tests.cli.running import Result, Run, environment

# A secret that no output may show, and the name of the environment variable that a test keeps it in.
SECRET = "xyzzy-plugh-42"
SECRET_VARIABLE = "LOCATE_TEST_SECRET"


@pytest.fixture
def zlocate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Return a function that runs the command line in this process; keywords set environment variables."""

    def run(*arguments: str, **variables: str) -> Result:
        with monkeypatch.context() as patch:
            for name in set(os.environ) - set(environment()):
                patch.delenv(name)
            for name, value in variables.items():
                patch.setenv(name, value)
            patch.setattr("sys.argv", ["zlocate", *arguments])
            with pytest.raises(SystemExit) as stop:
                main()
        shown = capsys.readouterr()
        return Result(int(stop.value.code or 0), shown.out, shown.err)

    yield run
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def koha() -> Iterator[ThreadedServer]:
    """Return a target that serves the sample records in Koha's dialect, as MARC."""
    with ThreadedServer({"Default": Catalog.from_files([sample_folder() / "koha.mrc"])}) as server:
        yield server


@pytest.fixture(scope="session")
def hilltop() -> Iterator[ThreadedServer]:
    """Return a target that serves sample records with holdings."""
    with ThreadedServer({"Default": Catalog.from_files([sample_folder() / "hilltop.opac.xml"])}) as server:
        yield server


@pytest.fixture(scope="session")
def locked() -> Iterator[ThreadedServer]:
    """Return a target that asks for user ``ill`` and the secret password."""
    options = ServerOptions(credentials=Credentials("ill", SECRET))
    catalog = Catalog.from_files([sample_folder() / "koha.mrc"])
    with ThreadedServer({"Default": catalog}, options=options) as server:
        yield server


@pytest.fixture(scope="session")
def silent() -> Iterator[ThreadedServer]:
    """Return a target that accepts connections and never answers."""
    with ThreadedServer({}, options=ServerOptions(accept_then_silent=True)) as server:
        yield server


@pytest.fixture(scope="session")
def closed_port() -> Iterator[int]:
    """Return a port on which nothing listens."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@pytest.fixture
def partners(tmp_path: Path, koha: ThreadedServer, hilltop: ThreadedServer, closed_port: int) -> Path:
    """Return a configuration of two libraries that answer and one that is down."""
    return written(
        tmp_path / "partners.toml",
        f'code = "harbor"\nname = "Harbor Library"\nsystem = "koha"\ntarget = "127.0.0.1:{koha.port}"',
        f'code = "hilltop"\nsystem = "folio"\ntarget = "127.0.0.1:{hilltop.port}"',
        f'code = "down"\ntarget = "127.0.0.1:{closed_port}"',
    )


@pytest.fixture
def dead(tmp_path: Path, silent: ThreadedServer, closed_port: int) -> Path:
    """Return a configuration of two partners that cannot be asked: one is down, one never answers."""
    return written(
        tmp_path / "dead.toml",
        f'code = "down"\ntarget = "127.0.0.1:{closed_port}"',
        f'code = "mute"\ntarget = "127.0.0.1:{silent.port}"\nlimits = {{ operation_s = 0.2 }}',
    )


@pytest.fixture
def secretive(tmp_path: Path, locked: ThreadedServer, koha: ThreadedServer) -> Path:
    """Return a configuration with secrets in it and in the environment."""
    place = f'host = "127.0.0.1", port = {locked.port}'
    return written(
        tmp_path / "secretive.toml",
        f'code = "locked"\nsystem = "koha"\n'
        f'target = {{ {place}, credentials = {{ user = "ill", password_env = "{SECRET_VARIABLE}" }} }}',
        f'code = "refused"\ntarget = {{ {place}, credentials = {{ user = "not-ill", password = "{SECRET}" }} }}',
        f'code = "open"\ntarget = {{ {place}, credentials = {{ open = "{SECRET}" }} }}',
    )


def written(path: Path, *partners: str) -> Path:
    """Write a configuration of the partners' tables and return its path."""
    head = '[institution]\ncode = "HOME"\nname = "Home Library"\n'
    path.write_text(head + "".join(f"\n[[partners]]\n{partner}\n" for partner in partners), "utf-8")
    return path
