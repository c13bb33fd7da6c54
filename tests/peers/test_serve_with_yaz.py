"""Origins that this project did not write search and present from the embedded target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from locate.partner import Credentials
from locate.records import BibRecord, read_opac_xml, read_record
from locate.z3950.opac import HoldingsAndCirc, OpacRecord
from locate.z3950.target.emulation import emulation
from locate.z3950.target.responder import ServiceLimits
from locate.z3950.target.server import ServerOptions, ThreadedServer
from tests.peers.origins import perl_zoom, yaz_client
from tests.z3950.made_up import marc_catalog, marcxml, opac_catalog, xml_catalog

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadedServer]:
    """Return a target with MARC in ``Default`` and holdings in ``Held``."""
    folder = tmp_path_factory.mktemp("serve")
    with ThreadedServer({"Default": marc_catalog(folder), "Held": opac_catalog(folder)}) as running:
        yield running


def at(server: ThreadedServer, database: str) -> str:
    """Return ``host:port/database``."""
    return f"{server.host}:{server.port}/{database}"


@pytest.mark.parametrize("database", ["Default", "Held"])
@pytest.mark.parametrize("syntax", ["usmarc", "xml"])
def test_zoom_reads_marc_and_xml(server: ThreadedServer, database: str, syntax: str) -> None:
    """Perl's ZOOM finds by ISBN and gets the same record in MARC 21 and MARCXML."""
    result = perl_zoom(at(server, database), "@attr 1=7 0-19-853453-1", syntax=syntax, count=2)
    assert (result.hits, result.error) == (2, None)
    records = [read_record(found.raw, "xml" if syntax == "xml" else "marc21") for found in result.records]
    assert [record.control_number for record in records if isinstance(record, BibRecord)] == ["tm001", "tm002"]


def test_zoom_reads_opac(server: ThreadedServer) -> None:
    """ZOOM decodes the OPAC record, bibliographic part, holding and circulation."""
    result = perl_zoom(at(server, "Held"), "@attr 1=12 tm001", syntax="opac")
    opac = read_opac_xml(result.records[0].raw)
    assert isinstance(opac, OpacRecord)
    (holding,) = opac.holdings
    assert isinstance(holding, HoldingsAndCirc)
    assert (holding.local_location, holding.call_number) == ("Main", "GB 1")
    assert holding.circulation[0].available_now
    assert holding.circulation[0].item_id == "it1"
    record = read_record(opac.bibliographic or b"", "xml")
    assert isinstance(record, BibRecord)
    assert record.control_number == "tm001"


def test_zoom_reads_grs1(server: ThreadedServer) -> None:
    """ZOOM shows GRS-1 by its tags."""
    found = perl_zoom(at(server, "Default"), "@attr 1=12 tm001", syntax="grs-1")
    assert (found.error, found.records[0].syntax.lower()) == (None, "grs-1")
    assert b"Mustermann, Max" in found.records[0].raw


def test_zoom_reads_opac_xml_and_sutrs(server: ThreadedServer) -> None:
    """ZOOM gets OPAC XML by its element set, and SUTRS as text."""
    xml = perl_zoom(at(server, "Held"), "@attr 1=12 tm001", syntax="xml", elements="OP")
    assert isinstance(read_opac_xml(xml.records[0].raw), OpacRecord)
    text = perl_zoom(at(server, "Held"), "@attr 1=12 tm001", syntax="sutrs")
    assert text.records[0].raw.startswith(b"Title: Winter on the river")


@pytest.mark.parametrize(
    ("database", "pqf", "syntax", "code"),
    [
        ("Nowhere", "x", "usmarc", 109),
        ("Default", "@attr 1=9999 x", "usmarc", 114),
        ("Default", "@attr 1=title x", "usmarc", 114),
        ("Default", "@prox 0 1 1 2 k 2 a b", "usmarc", 110),
        ("Default", "@attr 1=4 river", "opac", 238),
        ("Default", "@attr 1=4 river", "unimarc", 239),
    ],
)
def test_zoom_understands_the_diagnostics(
    server: ThreadedServer, database: str, pqf: str, syntax: str, code: int
) -> None:
    """ZOOM reports each diagnostic by its Bib-1 number."""
    result = perl_zoom(at(server, database), pqf, syntax=syntax)
    assert result.error is not None
    assert (result.error.code, result.error.diagnostic_set) == (code, "Bib-1")


def test_zoom_logs_in(tmp_path: Path) -> None:
    """ZOOM's user and password open a target that asks for them; without them it is refused."""
    options = ServerOptions(credentials=Credentials(user="ill", password="secret"))
    with ThreadedServer({"Default": xml_catalog(tmp_path)}, options=options) as server:
        good = perl_zoom(at(server, "Default"), "@attr 1=4 river", user="ill", password="secret")
        assert (good.hits, good.error) == (4, None)
        assert perl_zoom(at(server, "Default"), "@attr 1=4 river").error is not None


def test_zoom_pages_through_small_messages(tmp_path: Path) -> None:
    """ZOOM gets all records of a target that answers in parts (partial-2)."""
    catalog = xml_catalog(tmp_path, *(marcxml(f"r{n}", "245$ariver") for n in range(12)))
    with ThreadedServer({"Default": catalog}, options=ServerOptions(limits=ServiceLimits(message_bytes=500))) as server:
        result = perl_zoom(at(server, "Default"), "@attr 1=4 river", count=12)
    assert len([found for found in result.records if found.raw]) == 12


def test_yaz_client_searches_and_presents(server: ThreadedServer) -> None:
    """yaz-client sees options and hits, shows MARC, XML and OPAC records, and its Close is answered."""
    shown = yaz_client(
        at(server, "Held"),
        [
            "find @attr 1=4 @attr 4=6 river",
            "format usmarc",
            "show 1+2",
            "format xml",
            "elements marcxml",
            "show 1",
            "format opac",
            "elements F",
            "show 1",
            "show 9",
            "close",
        ],
    )
    assert "Connection accepted by v3 target." in shown
    assert "Options: search present delSet scan sort namedResultSets" in shown
    assert "Number of hits: 4" in shown
    assert "245    $a Winter on the river" in shown
    assert '<subfield code="a">Winter on the river' in shown
    assert "callNumber: GB 1" in shown
    assert " availableNow: 1" in shown
    assert "[13] Present request out of range" in shown
    assert "Reason: finished" in shown


def test_yaz_client_uses_named_result_sets(server: ThreadedServer) -> None:
    """yaz-client's numbered result sets feed later searches."""
    searches = ["@attr 1=4 river", "@attr 1=1003 mustermann", "@not @set 1 @set 2", "@and @set 2 @attr 1=31 2001"]
    shown = yaz_client(at(server, "Default"), [f"find {search}" for search in searches])
    assert re.findall(r"Number of hits: (\d+), setno (\d)", shown) == [("4", "1"), ("2", "2"), ("2", "3"), ("1", "4")]


def test_yaz_client_scans(server: ThreadedServer) -> None:
    """yaz-client walks through words and headings, sees where its term stands, and is told what is not supported."""
    shown = yaz_client(
        at(server, "Default"),
        [
            "scansize 3",
            "scanpos 2",
            "scan @attr 1=4 river",
            "scan @attr 1=4 @attr 4=1 w",
            "scan @attr 1=31 2005",
            "scan @attr 1=9999 x",
            "scanstep 2",
            "scan @attr 1=4 x",
        ],
    )
    assert "3 entries, position=2\n  pond (1)\n* river (4)\n  studies (1)" in shown
    assert "* winter on the river a history of ice (2)" in shown
    assert "2 entries, position=2\nScan returned code 5\n  2001 (1)\n* 2010 (1)" in shown
    assert "[114] Unsupported Use attribute -- v3 addinfo '9999'" in shown
    assert "[205] Only zero step size supported for Scan" in shown


def test_yaz_client_sorts(server: ThreadedServer) -> None:
    """yaz-client's sort keys, by name and by attribute, order the records; one that is not known is refused."""
    shown = yaz_client(
        at(server, "Default"),
        ["format sutrs", "find @attr 1=4 river", "sort title a", "show 1+4", "sort 1=31 d", "show 1", "sort colour a"],
    )
    assert shown.count("Received SortResponse: status=success") == 2
    titles = re.findall(r"^Title: (\w+)", shown, re.MULTILINE)
    assert titles == ["Anthology", "River", "Winter", "Winter", "Anthology"]
    assert "Received SortResponse: status=failure" in shown
    assert "[207] Cannot sort according to sequence -- v3 addinfo 'colour'" in shown


def test_yaz_client_deletes(server: ThreadedServer) -> None:
    """yaz-client deletes a result set, which is then gone, and is told when there is none."""
    shown = yaz_client(at(server, "Default"), ["find @attr 1=4 river", "delete 1", "show 1", "delete 7"])
    assert "Got deleteResultSetResponse status=0\n1 status=0" in shown
    assert "[30] Specified result set does not exist" in shown
    assert "Got deleteResultSetResponse status=9\n7 status=1" in shown


@pytest.mark.parametrize(("charset", "hits"), [("UTF-8", 1), ("ISO-8859-1", 0)])
def test_zoom_negotiates_a_charset(server: ThreadedServer, charset: str, hits: int) -> None:
    """ZOOM's charset option is agreed on in Init, and decides how the octets of a term are read."""
    found = perl_zoom(at(server, "Default"), "@attr 1=1003 m\u00fcller", charset=charset)
    assert (found.hits, found.error) == (hits, None)


def test_emulated_systems_as_a_stranger_sees_them(tmp_path: Path) -> None:
    """ZOOM meets the habits of each preset: 114 at Alma, first words only at INNOPAC, nothing in UTF-8 at Aleph."""
    catalog = xml_catalog(tmp_path)

    def hits(system: str, pqf: str) -> int | None:
        with ThreadedServer({"Default": catalog}, options=ServerOptions(emulation=emulation(system))) as running:
            found = perl_zoom(at(running, "Default"), pqf)
            return found.hits if found.error is None else -found.error.code

    assert hits("alma", "@attr 1=9 99012345") == -114
    assert hits("innopac", "@attr 1=4 winter") == 2
    assert hits("innopac", "@attr 1=4 @attr 3=3 winter") == 3
    assert hits("aleph", "@attr 1=1003 m\u00fcller") == 0
    assert hits("aleph", "@attr 1=1003 muller") == 1


def test_yaz_client_at_voyager(tmp_path: Path) -> None:
    """At a target that ignores named sets, the older set of yaz-client is the latest one."""
    options = ServerOptions(emulation=emulation("voyager"))
    with ThreadedServer({"Default": xml_catalog(tmp_path)}, options=options) as running:
        shown = yaz_client(
            at(running, "Default"), ["find @attr 1=4 river", "find @attr 1=1003 mustermann", "find @set 1"]
        )
    assert re.findall(r"Number of hits: (\d+), setno (\d)", shown) == [("4", "1"), ("2", "2"), ("2", "3")]
