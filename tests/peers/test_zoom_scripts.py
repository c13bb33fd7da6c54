"""Scripts as PyZ3950's users write them, at targets that this project did not write.

Each does what such scripts do, in their words; only the import is this project's.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import pymarc
import pytest

from locate.z3950 import zoom
from tests.peers.servers import RunningServer

pytestmark = pytest.mark.peers


def test_search_and_print(ztest_server: RunningServer, capsys: pytest.CaptureFixture[str]) -> None:
    """Connect, name database and syntax, search, print every record, close."""
    conn = zoom.Connection(ztest_server.host, ztest_server.port)
    conn.databaseName = "Default"
    conn.preferredRecordSyntax = "USMARC"
    query = zoom.Query("CCL", 'ti="3"')
    res = conn.search(query)
    for r in res:
        print(str(r))  # noqa: T201 - as scripts do
    conn.close()
    printed = capsys.readouterr().out
    assert printed.count("Rec: USMARC LDR") == len(res) == 3
    assert "\n245 10 $a How to program a computer" in printed


def test_pymarc_reads_the_data(ztest_server: RunningServer) -> None:
    """Give a record's data to pymarc, if its syntax is the one wanted."""
    conn = zoom.Connection(ztest_server.host, ztest_server.port, databaseName="Default", preferredRecordSyntax="USMARC")
    results = conn.search(zoom.Query("PQF", "@attr 1=7 5"))
    titles = [pymarc.Record(data=result.data).title for result in results if result.syntax == "USMARC"]
    conn.close()
    assert len(titles) == 5
    assert str(titles[0]).startswith("How to program a computer")


def test_holdings_of_opac_records(ztest_server: RunningServer) -> None:
    """Take an OPAC record apart by the standard's names."""
    conn = zoom.Connection(ztest_server.host, ztest_server.port)
    conn.preferredRecordSyntax = "OPAC"
    res = conn.search(zoom.Query("PQF", "@attr 1=12 5"))
    record = res[0]
    marc = pymarc.Record(data=record.data.bibliographicRecord.encoding[1])
    assert marc["245"]["a"]
    for typ, holding in record.data.holdingsData:
        assert typ == "holdingsAndCirc"
        assert holding.typeOfRecord == "u"
        assert not hasattr(holding, "copyNumber") or isinstance(holding.copyNumber, str)
        assert holding.circulationData[0].availableNow is True
    assert "availableNow: True" in str(record)
    conn.close()


@pytest.mark.parametrize(
    ("syntax", "element_set", "name"),
    [("SUTRS", "F", "SUTRS"), ("XML", "marcxml", "XML"), ("USMARC", "F", "USMARC"), ("OPAC", "F", "OPAC")],
)
def test_every_syntax_of_one_result_set(ztest_server: RunningServer, syntax: str, element_set: str, name: str) -> None:
    """Set a syntax and an element set on the result set, then take its records."""
    with zoom.Connection(ztest_server.host, ztest_server.port) as conn:
        res = conn.search(zoom.Query("PQF", "2"))
        res.preferredRecordSyntax = syntax
        res.elementSetName = element_set
        assert [r.syntax for r in res] == [name, name]


def test_two_result_sets_side_by_side(ztest_server: RunningServer) -> None:
    """Compare two result sets of one connection, record by record."""
    conn = zoom.Connection(ztest_server.host, ztest_server.port)
    res1 = conn.search(zoom.Query("CCL", "au=25"))
    res2 = conn.search(zoom.Query("CCL", "ti=30"))
    for i in range(max(len(res1), len(res2))):
        if i < len(res1):
            assert res1[i].data == res2[i].data  # this server's records depend on nothing but their place
    assert (len(res1), len(res2)) == (25, 30)
    conn.close()


def test_ninety_nine_million_hits(ztest_server: RunningServer) -> None:
    """The last record of a huge result set costs no more than the first."""
    conn = zoom.Connection(ztest_server.host, ztest_server.port)
    res = conn.search(zoom.Query("PQF", "99000000"))
    assert len(res) == 99_000_000
    assert res[98_999_999].syntax == res[-1].syntax == "USMARC"
    assert len(res._kept) < 100
    conn.close()


def test_scan(ztest_server: RunningServer) -> None:
    """Scan with the wanted term in the middle, and show the terms."""
    conn = zoom.Connection(ztest_server.host, ztest_server.port)
    conn.numberOfEntries = 3
    conn.responsePosition = 2
    results = conn.scan(zoom.Query("PQF", '@attr 1=4 "history"'))
    assert [rec.get("display") for rec in results] == ["GLACIER", "HISTORY", "ISLAND"]
    assert [rec["term"] for rec in results[0:2]] == ["GLACIER", "HISTORY"]
    conn.close()


def test_sort(ztest_server: RunningServer) -> None:
    """Sort a result set by the attributes of a query."""
    conn = zoom.Connection(ztest_server.host, ztest_server.port)
    rs = conn.search(zoom.Query("pqf", "@attr 1=4 5"))
    sk = zoom.SortKey()
    sk.sequence = zoom.Query("pqf", "@attr 1=4 x")
    sk.relation = "descending"
    rs2 = conn.sort([rs], [sk])
    assert len(rs2) == len(rs)
    assert rs2[0].syntax == "USMARC"
    rs2.delete()
    conn.close()


def test_a_diagnostic(ztest_server: RunningServer) -> None:
    """A diagnostic is a Bib1Err with its parts, and the connection goes on."""
    conn = zoom.Connection(ztest_server.host, ztest_server.port)
    conn.databaseName = "nosuch"
    with pytest.raises(zoom.Bib1Err) as caught:
        conn.search(zoom.Query("PQF", "1"))
    assert (caught.value.condition, caught.value.addtlInfo) == (109, "nosuch")
    assert (conn.errCode, conn.errMsg, conn.addtlInfo) == (109, "database unavailable", "nosuch")
    conn.databaseName = "Default"
    assert len(conn.search(zoom.Query("PQF", "1"))) == 1
    conn.close()


def test_login(simple_target: RunningServer) -> None:
    """User and password go with the connection; a wrong one is a ConnectionError."""
    conn = zoom.Connection(simple_target.host, simple_target.port, user="ill", password="secret")
    assert len(conn.search(zoom.Query("PQF", "3"))) == 3
    conn.close()
    with pytest.raises(zoom.ConnectionError):
        zoom.Connection(simple_target.host, simple_target.port, user="ill", password="guess")


@pytest.mark.shared
def test_search_by_isbn_at_zebra(zebra_partners: Mapping[str, RunningServer], catalogs: Mapping[str, Path]) -> None:
    """Look up ISBNs one after another in a real catalog, in each notation, and read what comes."""
    with catalogs["mixed"].open("rb") as file:
        found = (record.isbn for record in pymarc.MARCReader(file) if record and record.isbn)
        wanted = [isbn.split()[0] for isbn in islice(found, 5)]
    assert wanted
    server = zebra_partners["mixed"]
    conn = zoom.Connection(server.host, server.port)
    conn.databaseName = server.database
    conn.preferredRecordSyntax = "USMARC"
    for isbn in wanted:
        for query in (("PQF", f"@attr 1=7 {isbn}"), ("CQL", f"isbn = {isbn}"), ("CCL", f"isbn={isbn}")):
            res = conn.search(zoom.Query(*query))
            assert isbn in {number.split()[0] for record in res for number in isbns(record)}
    conn.close()


def isbns(record: zoom.Record) -> list[str]:
    """Return the ISBNs of a record as pymarc reads them."""
    marc = pymarc.Record(data=record.data)
    return [value for field in marc.get_fields("020") for value in field.get_subfields("a", "z")]


@pytest.mark.shared
def test_scan_and_sort_at_zebra(zebra_partners: Mapping[str, RunningServer]) -> None:
    """Walk through an index, search by one of its terms, and count the same."""
    server = zebra_partners["ht_a"]
    with zoom.Connection(server.host, server.port, databaseName=server.database, numberOfEntries=5) as conn:
        for entry in conn.scan(zoom.Query("PQF", "@attr 1=4 nature")):
            assert entry["freq"] == len(conn.search(zoom.Query("CQL", f'title = "{entry["term"]}"')))
