"""Connections of the ZOOM face: opening, closing, waiting, and everything that is not a result set."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from locate.errors import InitRejected, TargetClosed
from locate.partner import Credentials, Tls
from locate.z3950 import zoom
from locate.z3950.client import Connection as Client, ScanEntry, ScanResult
from locate.z3950.diagnostics import refusal
from locate.z3950.retrieval import SurrogateDiagnostic
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ServerOptions, ThreadedServer
from locate.z3950.zoom.waiting import call_soon, wait_for
from tests.z3950.zoom.conftest import Asked

PERL = zoom.Query("PQF", "@attr 1=4 perl")


def test_open_and_close(target: ThreadedServer) -> None:
    """A connection tells who the target is; closed, it keeps what was fetched and says that it is closed."""
    conn = zoom.Connection(target.host, target.port)
    assert conn.targetImplementationName
    conn.databaseName = "harbor"
    found = conn.search(PERL)
    conn.close()
    conn.close()
    assert found[0].syntax == "USMARC"
    with pytest.raises(zoom.ConnectionError, match=r"the connection was closed; connect\(\) opens it again"):
        conn.search(PERL)
    conn.connect()
    assert len(conn.search(PERL)) == len(found)
    conn.close()


def test_connect_later(target: ThreadedServer) -> None:
    """With connect=0 nothing is opened until it is needed."""
    conn = zoom.Connection(target.host, target.port, connect=0, databaseName="harbor")
    assert conn.targetImplementationName is None
    with conn:
        assert len(conn.search(PERL)) > 1
    assert conn.targetImplementationName is not None


def test_a_database_for_each_search(target: ThreadedServer) -> None:
    """The database may change from search to search; a result set stays with the one that it was searched in."""
    with zoom.Connection(target.host, target.port, databaseName="harbor", presentChunk=1) as conn:
        harbor = conn.search(PERL)
        conn.databaseName = "lakeside"
        lakeside = conn.search(PERL)
        assert {record.databaseName for record in harbor} == {"harbor"}
        assert {record.databaseName for record in lakeside} == {"lakeside"}
        conn.databaseName = "harbor+lakeside"
        assert len(conn.search(PERL)) == len(harbor) + len(lakeside)


def test_nobody_there() -> None:
    """A target that is not there is a ConnectionError."""
    with pytest.raises(zoom.ConnectionError, match=r"127\.0\.0\.1:1/Default"):
        zoom.Connection("127.0.0.1", 1)


def test_credentials() -> None:
    """User, password and group go with Init; without them such a target refuses."""
    options = ServerOptions(credentials=Credentials("ill", "secret"))
    with ThreadedServer({"Default": Catalog(())}, options=options) as server:
        with zoom.Connection(server.host, server.port, user="ill", password="secret") as conn:
            assert len(conn.search(PERL)) == 0
        with pytest.raises(zoom.ConnectionError) as caught:
            zoom.Connection(server.host, server.port, user="ill", password="wrong")
    assert isinstance(caught.value.__cause__, InitRejected)


def test_options_of_init() -> None:
    """Charset and TLS become the target's; a charset that nobody knows is refused before anything is sent."""
    conn = zoom.Connection("host", 210, connect=0, charset="latin-1", tls=True, group="g")
    assert conn._target("db").charset == "latin-1"
    assert conn._target("db").tls == Tls()
    assert conn._target("db").credentials == Credentials(None, None, "g")
    conn.tls = Tls(insecure=True)
    assert conn._target("db").tls == Tls(insecure=True)
    conn.charset = "latin-0"
    with pytest.raises(zoom.ClientNotImplError, match="'latin-0' is not known"):
        conn.connect()
    with pytest.raises(zoom.ConnectionError, match="there is no port 65536; ports go up to 65535"):
        zoom.Connection("host", 65_536)


@pytest.mark.parametrize("charset", ["latin-0", "hex"])
def test_a_charset_while_the_connection_is_open(conn: zoom.Connection, charset: str) -> None:
    """A charset counts from the next search on; one that no text can be written in is refused there."""
    conn.charset = charset
    for ask in (conn.search, conn.scan):
        with pytest.raises(zoom.ClientNotImplError, match=f"'{charset}' is not known"):
            ask(PERL)
    conn.charset = "latin-1"
    assert len(conn.search(PERL)) > 1


def test_options_that_pyz3950_has() -> None:
    """Every option of PyZ3950 can be set; what is not one is refused with the nearest name."""
    names = (
        "smallSetUpperBound largeSetLowerBound mediumSetPresentNumber smallSetElementSetNames mediumSetElementSetNames "
        "user password group maximumRecordSize preferredMessageSize lang charset implementationId implementationName "
        "implementationVersion stepSize numberOfEntries responsePosition databaseName namedResultSets "
        "preferredRecordSyntax elementSetName presentChunk targetImplementationId targetImplementationName "
        "targetImplementationVersion host port errCode errMsg addtlInfo"
    )
    conn = zoom.Connection("host", 210, connect=0, **dict.fromkeys(names.split()[:9], None))
    for name in names.split():
        setattr(conn, name, None)
    setattr(conn, "X-mine", 1)
    with pytest.raises(AttributeError, match="unknown option 'databasename'; did you mean 'databaseName'"):
        conn.databasename = "x"
    with pytest.raises(zoom.ClientNotImplError, match="proxy"):
        zoom.Connection("host", 210, connect=0, proxy="x")


@pytest.mark.parametrize("typ", ["PQF", "pqf"])
def test_queries(typ: str) -> None:
    """A query is read when it is made, from text or UTF-8 octets."""
    query = zoom.Query(typ, "@attr 1=4 café")
    assert query.typ == "RPN"
    assert zoom.Query(typ, "@attr 1=4 café".encode()).query == query.query
    assert zoom.Query("CQL", "title = café").query == query.query


@pytest.mark.parametrize(("typ", "text"), [("PQF", "@and a"), ("CQL", "title ="), ("CCL", "ti=")])
def test_queries_that_cannot_be_read(typ: str, text: str) -> None:
    """A query that cannot be read is a QuerySyntaxError with the column."""
    with pytest.raises(zoom.QuerySyntaxError, match=r"expected at column \d+ of the query"):
        zoom.Query(typ, text)


@pytest.mark.parametrize("typ", ["S-CQL", "S-CCL", "C2", "ZSQL", "CQL-TREE"])
def test_notations_that_are_not_supported(typ: str) -> None:
    """A notation that is not supported is refused, with those that are."""
    with pytest.raises(zoom.ClientNotImplError, match=f"{typ} queries are not supported; write the query as PQF"):
        zoom.Query(typ, "x")


def test_scan(conn: zoom.Connection) -> None:
    """A scan gives the terms around one, as dictionaries."""
    conn.numberOfEntries = 5
    conn.responsePosition = 2
    terms = conn.scan(zoom.Query("PQF", "@attr 1=4 perl"))
    assert len(terms) == 5
    assert terms[1] == terms.get_fields(1) == {"term": "perl", "display": "perl", "freq": 4}
    assert (terms.get_term(1), terms.get_field("freq", 1)) == ("perl", 4)
    assert [found["term"] for found in terms] == sorted(found["term"] for found in terms[:])
    assert terms[-1] == terms[4]
    with pytest.raises(IndexError):
        terms[5]
    with pytest.raises(zoom.ClientNotImplError, match="one term"):
        conn.scan(zoom.Query("PQF", "@and a b"))


def test_scan_entries_that_are_no_terms() -> None:
    """A count that the target does not tell is no field; a diagnostic in a term's place is raised there."""
    terms = zoom.ScanSet(ScanResult([ScanEntry("a", "A", None), SurrogateDiagnostic(refusal(228, "x"), 2)]))
    assert terms[0] == {"term": "a", "display": "A"}
    with pytest.raises(zoom.Bib1Err) as caught:
        terms.get_term(1)
    assert caught.value.condition == 228


# ---- waiting --------------------------------------------------------------------------------------------------------


@pytest.fixture
def slow() -> Iterator[ThreadedServer]:
    """Return a target that takes 0.3 seconds for every answer."""
    with ThreadedServer({"Default": Catalog(())}, options=ServerOptions(delay_s=0.3)) as server:
        yield server


def test_timeout(slow: ThreadedServer) -> None:
    """A target that does not answer in time is a TimedOut, which is a ConnectionError; the next search starts anew."""
    conn = zoom.Connection(slow.host, slow.port)
    conn.timeout = 0.05
    with pytest.raises(zoom.TimedOut, match=r"no answer within 0.05 s"):
        conn.search(PERL)
    conn.timeout = 30
    assert len(conn.search(PERL)) == 0
    conn.close()


def test_interrupt(slow: ThreadedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt ends the wait and drops the connection, so that no later answer is taken for another's."""
    main, search = threading.main_thread().ident, Client.search
    clients: list[Client] = []

    async def interrupting(self: Client, *args: object, **options: object) -> object:
        clients.append(self)
        if len(clients) == 1:
            assert main is not None
            signal.pthread_kill(main, signal.SIGINT)
        return await search(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Client, "search", interrupting)
    with zoom.Connection(slow.host, slow.port) as conn:
        with pytest.raises(KeyboardInterrupt):
            conn.search(PERL)
        assert not clients[0].is_open
        assert len(conn.search(PERL)) == 0
    assert clients[1] is not clients[0]


def test_a_connection_closed_while_idle(asked: Asked) -> None:
    """A connection that the target dropped is opened anew, and what it held is searched again."""
    server = ThreadedServer({"Default": Catalog(())}, options=ServerOptions(idle_timeout_s=0.05))
    with server, zoom.Connection(server.host, server.port, connect=0) as conn:
        found = conn.search(PERL)
        deadline = time.monotonic() + 10
        while conn._is_open() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not conn._is_open()
        assert len(conn.search(PERL)) == len(found) == 0
    assert asked.take() == [("search", 20), ("search", 20)]


def test_a_connection_closed_under_a_request(conn: zoom.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warm connection that turns out closed is opened anew once; a fresh one that closes is an error."""
    search = Client.search
    closing = [True]

    async def closed(self: Client, *args: object, **options: object) -> object:
        if closing and closing.pop():
            self.abort()
            raise TargetClosed("gone")
        return await search(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Client, "search", closed)
    assert len(conn.search(PERL)) > 1
    closing += [True, True]
    with pytest.raises(zoom.UnexpectedCloseError, match="gone") as caught:
        conn.search(PERL)
    assert isinstance(caught.value, zoom.ConnectionError)
    assert isinstance(caught.value, zoom.ProtocolError)
    closing.append(True)
    with zoom.Connection(conn.host, conn.port, connect=0) as fresh, pytest.raises(zoom.UnexpectedCloseError):
        fresh.search(PERL)


async def test_inside_a_running_loop(target: ThreadedServer) -> None:
    """It works where an event loop runs already, as in a notebook."""
    assert asyncio.get_running_loop().is_running()
    with zoom.Connection(target.host, target.port, databaseName="harbor") as conn:
        assert len(list(conn.search(PERL))) > 1


def test_threads(conn: zoom.Connection) -> None:
    """Several threads may use one connection: they wait for one another, and each gets its own records."""
    conn.presentChunk = 1

    def ask(word: str) -> tuple[str, list[bytes]]:
        return word, [record.data for record in conn.search(zoom.Query("CQL", f"title = {word}"))]

    words = ["perl", "sense", "history", "journals"] * 5
    expected = dict(map(ask, set(words)))
    with ThreadPoolExecutor(8) as pool:
        assert all(expected[word] == found for word, found in pool.map(ask, words))


def test_a_forgotten_connection_is_dropped(target: ThreadedServer) -> None:
    """A connection that nobody holds any more does not stay open at the target."""
    conn = zoom.Connection(target.host, target.port, databaseName="harbor")
    client = conn._client
    assert client is not None
    assert client.is_open
    conn.search(PERL)
    gc.disable()  # which may come late, or never
    try:
        del conn
        wait_for(asyncio.sleep(0))
        assert not client.is_open
    finally:
        gc.enable()


def test_a_loop_that_has_ended() -> None:
    """Nothing is called on a loop that has ended."""
    loop = asyncio.new_event_loop()
    loop.close()
    call_soon(loop, lambda: pytest.fail("called"))
    call_soon(None, lambda: pytest.fail("called"))


_FORKING = """
import os, signal, sys, threading
from locate.z3950 import zoom
query = zoom.Query("PQF", "@attr 1=4 perl")
conn = zoom.Connection(sys.argv[1], int(sys.argv[2]), databaseName="harbor", timeout=10)
hits = len(conn.search(query))
held, forked = threading.Event(), threading.Event()
def hold():
    with conn._lock:
        held.set()
        forked.wait()
threading.Thread(target=hold).start()
held.wait()
child = os.fork()
if not child:
    signal.alarm(30)
    os._exit(0 if len(conn.search(query)) == hits else 1)
forked.set()
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status) or len(conn.search(query)) != hits)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_fork(target: ThreadedServer) -> None:
    """A child process opens a connection of its own, whoever was using the parent's, which goes on; the script ends
    without a word.
    """
    command = [sys.executable, "-X", "dev", "-c", _FORKING, target.host, str(target.port)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
