"""Start real Z39.50 servers on the loopback interface and always stop them.

Three implementations that this project did not write: YAZ's test server, Zebra over MARC files, and any script over
Perl's SimpleServer. Every helper is a context manager: it takes a free port, waits until the server accepts a
connection, keeps the server's log in a file, and ends the server with its whole process group, first by asking and
then by force. It knows nothing of pytest, so that benchmarks may use it. Raises ProgramMissingError when a program
is not installed, IndexingError when Zebra refuses a catalog, ServerStartError when a server does not come up.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.peers import zebra_setup

__all__ = [
    "ProgramMissingError",
    "RunningServer",
    "ServerStartError",
    "program_path",
    "simpleserver",
    "zebra",
    "ztest",
]

HOST = "127.0.0.1"
START_DEADLINE_S = 15.0
STOP_DEADLINE_S = 3.0
_POLL_S = 0.02
_START_ATTEMPTS = 3
_SCAN_WORDS = ("ATLAS", "BRIDGE", "CLOUD", "ENGINE", "FOREST", "GLACIER", "HISTORY", "ISLAND", "SEA", "SHIP", "STAR")


class ProgramMissingError(LookupError):
    """A program or module that a peer needs is not installed; the message names the Debian package to install."""

    def __init__(self, program: str, package: str) -> None:
        self.program = program
        self.package = package
        super().__init__(f"{program} is not installed: apt-get install {package}")


class ServerStartError(RuntimeError):
    """A server that ended, or accepted no connection, before the start deadline; the message ends with its log."""


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that accepts connections: where it listens, the database to ask, and the file its log goes to."""

    name: str
    port: int
    log: Path
    database: str = "Default"
    host: str = HOST

    def target(self, database: str | None = None) -> str:
        """Return ``host:port/database``; None means the server's own default database."""
        return f"{self.host}:{self.port}/{self.database if database is None else database}"

    def log_text(self) -> str:
        """Return what the server has logged so far; bytes that are not UTF-8 are replaced."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""


def program_path(program: str, *, package: str) -> str:
    """Return the full path of an installed program. Raises ProgramMissingError naming the Debian package."""
    found = shutil.which(program)
    if found is None:
        raise ProgramMissingError(program, package)
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _accepts(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1.0):
            return True
    except OSError:
        return False


def _wait_until_accepting(process: subprocess.Popen[bytes], server: RunningServer) -> None:
    deadline = time.monotonic() + START_DEADLINE_S
    while not _accepts(server.port):
        if process.poll() is not None:
            raise ServerStartError(f"{server.name} ended with status {process.returncode}:\n{server.log_text()}")
        if time.monotonic() > deadline:
            raise ServerStartError(
                f"{server.name} accepted no connection on port {server.port} within {START_DEADLINE_S} s:\n"
                f"{server.log_text()}"
            )
        time.sleep(_POLL_S)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and the children it forked, one for each connection, with it."""
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal_number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_DEADLINE_S)
            return


@contextlib.contextmanager
def _launched(
    name: str,
    command: Callable[[int], list[str]],
    log: Path,
    *,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[RunningServer]:
    """Run ``command(port)`` until the block ends; a port that was taken in the meantime costs another attempt."""
    log.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, _START_ATTEMPTS + 1):
        server = RunningServer(name, _free_port(), log)
        with log.open("ab") as out:
            process = subprocess.Popen(
                command(server.port),
                cwd=cwd,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            try:
                _wait_until_accepting(process, server)
            except ServerStartError:
                if process.poll() is None or attempt == _START_ATTEMPTS:
                    raise
                continue
            yield server
            return
        finally:
            _stop(process)


@contextlib.contextmanager
def ztest(workdir: Path) -> Iterator[RunningServer]:
    """Run yaz-ztest; its log goes to ``workdir``.

    Databases: ``Default``; ``Slow`` and ``Slow5`` wait before they answer; ``Default?search-delay=S`` and the like;
    any other name is answered with diagnostic 109. A numeric term is the number of hits. Scan walks through a few
    words; the start term ``SD`` gives a surrogate diagnostic in the third place.
    """
    program = program_path("yaz-ztest", package="yaz")
    # A word and its count a line, in capitals; without the file yaz-ztest ends a connection that scans.
    (workdir / "dummy-words").write_text("".join(f"{word}:{len(word)}\n" for word in _SCAN_WORDS))

    def command(port: int) -> list[str]:
        return [program, "-v", "log,request", f"tcp:{HOST}:{port}"]

    with _launched("yaz-ztest", command, workdir / "yaz-ztest.log", cwd=workdir) as server:
        yield server


@contextlib.contextmanager
def simpleserver(script: Path, workdir: Path, environment: Mapping[str, str] | None = None) -> Iterator[RunningServer]:
    """Run a Perl script that hands its arguments to SimpleServer's ``launch_server``; its log goes to ``workdir``.

    ``environment`` is added to this process's own. Raises ProgramMissingError when Perl or the module is missing.
    """
    perl = program_path("perl", package="perl")
    probe = subprocess.run([perl, "-MNet::Z3950::SimpleServer", "-e1"], capture_output=True, check=False)
    if probe.returncode:
        raise ProgramMissingError("Net::Z3950::SimpleServer", "libnet-z3950-simpleserver-perl")

    def command(port: int) -> list[str]:
        return [perl, str(script), "-v", "log,request", f"tcp:{HOST}:{port}"]

    log = workdir / f"{script.stem}.log"
    with _launched(script.stem, command, log, cwd=workdir, environment=environment) as server:
        yield server


@contextlib.contextmanager
def zebra(catalogs: Mapping[str, Path], workdir: Path) -> Iterator[dict[str, RunningServer]]:
    """Index every catalog and run one zebrasrv for each: partner code -> server, database ``Default``.

    ``catalogs`` maps a partner code to a file of ISO 2709 records in UTF-8. Indexes are kept in ``workdir`` under a
    digest of set-up and catalog and are used again by later runs; ``workdir`` may be removed at any time between runs.
    """
    zebraidx = program_path("zebraidx", package="idzebra-2.0")
    zebrasrv = program_path("zebrasrv", package="idzebra-2.0")
    modules = zebra_setup.module_folder()
    if modules is None:
        raise ProgramMissingError("Zebra's grs.marcxml filter", "idzebra-2.0")
    workdir.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        indexing = {
            code: pool.submit(zebra_setup.ensure_index, catalog, workdir, zebraidx, modules)
            for code, catalog in catalogs.items()
        }
        folders = {code: future.result() for code, future in indexing.items()}

    def command(config: Path, port: int) -> list[str]:
        return [zebrasrv, "-c", str(config), "-v", "log,request", f"tcp:{HOST}:{port}"]

    with contextlib.ExitStack() as stack:
        servers = {}
        for code, folder in folders.items():
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zebrasrv-")))
            start = functools.partial(command, zebra_setup.own_config(folder, scratch))
            log = scratch / "zebrasrv.log"
            servers[code] = stack.enter_context(_launched(f"zebrasrv {code}", start, log, cwd=folder))
        yield servers
