"""The independent clients, tried against servers that are just as independent."""

from __future__ import annotations

import pytest

from tests.peers.origins import OriginError, perl_zoom, yaz_client
from tests.peers.servers import RunningServer

pytestmark = pytest.mark.peers


@pytest.mark.parametrize(
    ("syntax", "own_name", "start"),
    [
        ("usmarc", "USmarc", b"0"),
        ("xml", "XML", b"<record xmlns="),
        ("opac", "OPAC", b"<opacRecord>"),
        ("sutrs", "SUTRS", b"This is dummy SUTRS"),
    ],
)
def test_perl_zoom_fetches_in_each_syntax(
    ztest_server: RunningServer, syntax: str, own_name: str, start: bytes
) -> None:
    """Records come back with their position, their own syntax and their bytes."""
    result = perl_zoom(ztest_server.target(), "5", syntax=syntax, count=3)
    assert (result.hits, result.error) == (5, None)
    assert [(record.position, record.syntax) for record in result.records] == [(n, own_name) for n in (1, 2, 3)]
    assert all(record.raw.startswith(start) for record in result.records)


def test_perl_zoom_asks_for_an_element_set(ztest_server: RunningServer) -> None:
    """Element set OP of the test server is an OPAC record in XML, circulation included."""
    (record,) = perl_zoom(ztest_server.target(), "1", syntax="xml", elements="OP").records
    assert b"<availableNow" in record.raw


def test_perl_zoom_fetches_no_more_than_there_are(ztest_server: RunningServer) -> None:
    """More records wanted than hits gives the hits, and no hits gives none."""
    assert len(perl_zoom(ztest_server.target(), "2", count=9).records) == 2
    assert perl_zoom(ztest_server.target(), "0", count=9).records == ()


def test_perl_zoom_reports_a_search_diagnostic(ztest_server: RunningServer) -> None:
    """A refused database is an error value with set, code and additional information."""
    error = perl_zoom(ztest_server.target("Nope"), "5").error
    assert error is not None
    assert (error.code, error.diagnostic_set, error.addinfo) == (109, "Bib-1", "Nope")


def test_perl_zoom_reports_a_present_diagnostic(simple_target: RunningServer) -> None:
    """A syntax refused at Present leaves the hits, and says 239 with records that did not come."""
    result = perl_zoom(simple_target.target(), "2", syntax="opac", user="ill", password="secret")
    assert result.hits == 2
    assert result.error is not None
    assert result.error.code == 239
    assert [record.raw for record in result.records] == [b""]


def test_perl_zoom_reports_its_own_timeout(ztest_server: RunningServer) -> None:
    """A slow database with a short ZOOM timeout is ZOOM's error 10007, long before the script's deadline."""
    error = perl_zoom(ztest_server.target("Slow5"), "5", timeout="1").error
    assert error is not None
    assert (error.diagnostic_set, error.code) == ("ZOOM", 10007)


def test_perl_zoom_reports_an_unreachable_target() -> None:
    """Nobody listening is ZOOM's error 10000."""
    error = perl_zoom("127.0.0.1:9/Default", "5").error
    assert error is not None
    assert error.code == 10000


def test_yaz_client_searches_and_presents(ztest_server: RunningServer) -> None:
    """The client's text tells the hits and shows the record."""
    text = yaz_client(ztest_server.target(), ["find 3", "show 2"])
    assert "Number of hits: 3" in text
    assert "$a How to program a computer" in text


def test_yaz_client_shows_a_failed_connection() -> None:
    """Nobody listening is in the text, not an exception."""
    assert "Not connected" in yaz_client("127.0.0.1:9/Default", ["find 3"])


def test_yaz_client_has_a_deadline(ztest_server: RunningServer) -> None:
    """A client still waiting at its deadline is ended, and the error holds what it had said."""
    with pytest.raises(OriginError, match="Sent searchRequest"):
        yaz_client(ztest_server.target("Slow5"), ["find 3"], timeout_s=1.0)
