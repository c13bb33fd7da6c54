"""Result sets of the ZOOM face: a sequence over records that are fetched when they are asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.errors import DiagnosticError, RecordError
from locate.z3950 import zoom
from locate.z3950.client import Connection as Client
from locate.z3950.diagnostics import refusal
from locate.z3950.grs1 import GenericRecord, TaggedElement
from locate.z3950.oids import GRS1, MARC21, OPAC
from locate.z3950.opac import HoldingsAndCirc, MarcHoldings, OpacRecord, Volume
from locate.z3950.retrieval import Fetched, Record, ResultSet, SurrogateDiagnostic
from locate.z3950.target.server import ThreadedServer
from tests.z3950.zoom.conftest import Asked

PERL = zoom.Query("PQF", "@attr 1=4 perl")
ALL = zoom.Query("CQL", "date >= 1000")


def title(record: zoom.Record) -> bytes:
    """Return the bytes of a MARC record from its title on."""
    data: bytes = record.data
    return data[data.index(b"\x1fa") :]


def test_a_sequence(conn: zoom.Connection) -> None:
    """A result set has a length, records by index from either end, slices, and an order to go through."""
    found = conn.search(ALL)
    records = list(found)
    assert len(found) == len(records) > 20
    assert bool(found)
    assert [record.data for record in found[2:9:3]] == [records[at].data for at in (2, 5, 8)]
    assert found[-1].data == records[-1].data
    assert [record.data for record in found[-2:]] == [record.data for record in records[-2:]]
    assert len({record.data for record in records}) == len(records)
    for outside in (len(found), -len(found) - 1):
        with pytest.raises(IndexError, match="0-based"):
            found[outside]


def test_no_hits(conn: zoom.Connection) -> None:
    """A search that finds nothing is an empty sequence."""
    found = conn.search(zoom.Query("PQF", "@attr 1=4 nosuchword"))
    assert (len(found), bool(found), list(found), found[:5]) == (0, False, [], [])


def test_records(conn: zoom.Connection) -> None:
    """A record has its data, its syntax under ZOOM's name, its database, and prints as lines of fields."""
    record = conn.search(zoom.Query("PQF", "@attr 1=12 1004"))[0]
    assert (record.syntax, record.databaseName, record.is_surrogate_diag()) == ("USMARC", "harbor", False)
    assert isinstance(record.data, bytes)
    assert str(record).startswith("Rec: USMARC LDR ")
    assert "\n245 10 $a Programming perl" in str(record)
    assert repr(record) == "<zoom.Record USMARC 1 of harbor>"


def test_opac_records_have_the_standards_names(target: ThreadedServer) -> None:
    """An OPAC record shows its MARC record and its holdings under the standard's names; what was not sent is absent."""
    with zoom.Connection(target.host, target.port) as conn:
        conn.databaseName = "lakeside"
        conn.preferredRecordSyntax = "OPAC"
        record = conn.search(zoom.Query("PQF", "@attr 1=12 991000010008"))[0]
    assert record.syntax == "OPAC"
    syntax, data = record.data.bibliographicRecord.direct_reference, record.data.bibliographicRecord.encoding
    assert (syntax, data[0]) == (MARC21, "octet-aligned")
    assert b"The musket wars" in data[1]
    ((kind, holding),) = record.data.holdingsData
    assert kind == "holdingsAndCirc"
    assert holding.circulationData[0].availableNow is False
    assert hasattr(holding, "callNumber")
    assert not hasattr(holding, "copyNumber")
    assert "Bibliographic LDR" in str(record)
    assert "\tcallNumber: " in str(record)
    assert "\t\tavailableNow: False" in str(record)


def test_records_come_with_the_search(conn: zoom.Connection, asked: Asked) -> None:
    """The first chunk comes with the search; a later record costs one Present, and its neighbours nothing."""
    conn.presentChunk = 5
    found = conn.search(ALL)
    assert [found[at].data for at in range(5)]
    assert asked.take() == [("search", 5)]
    assert found[12].data
    assert found[10].data
    assert found[14].data
    assert asked.take() == [("present", 11, 5)]
    last = len(found) - 1
    start = last - last % 5
    assert found[last].data
    assert asked.take() == [("present", start + 1, last - start + 1)]


def test_chunk_zero_has_a_bound(conn: zoom.Connection, asked: Asked) -> None:
    """A presentChunk of 0 asks for many at once, and not for as many as there are hits."""
    conn.search(ALL).presentChunk = 0
    conn.presentChunk = 0
    conn.search(ALL)
    assert asked.take() == [("search", 20), ("search", 50)]


def test_options_of_a_result_set(conn: zoom.Connection, asked: Asked) -> None:
    """A result set takes its options from the connection until it is given its own; each form is fetched for itself."""
    found = conn.search(PERL)
    conn.presentChunk = 3
    assert found.presentChunk == 3
    found.preferredRecordSyntax = "XML"
    found.elementSetName = "marcxml"
    assert (found[0].syntax, conn.preferredRecordSyntax) == ("XML", "USMARC")
    assert found[0].data.lstrip().startswith(b"<")
    assert str(found[0]).startswith("Rec: XML <")
    found.preferredRecordSyntax = "marc21"
    found.elementSetName = "F"
    assert found[0].syntax == "USMARC"
    assert asked.take() == [("search", 20), ("present", 1, 3)]


def test_an_older_result_set_is_searched_again(conn: zoom.Connection, asked: Asked) -> None:
    """After another search an older result set gives its own records: what is kept at once, others by a new search."""
    conn.presentChunk = 2
    perl, everything = conn.search(PERL), conn.search(ALL)
    expected = [title(record) for record in everything[:6]]
    assert asked.take()[0] == ("search", 2)
    assert b"erl" in title(perl[0])
    assert asked.take() == []
    assert b"erl" in title(perl[2])
    assert asked.take() == [("search", 0), ("present", 3, min(2, len(perl) - 2))]
    perl.preferredRecordSyntax = "XML"
    everything.preferredRecordSyntax = "XML"
    assert b"erl" in perl[0].data
    assert asked.take() == [("present", 1, 2)]
    assert b"erl" not in everything[1].data
    assert asked.take() == [("search", 2)]
    assert b"erl" in perl[0].data
    everything.preferredRecordSyntax = "marc21"
    assert [title(record) for record in everything[:6]] == expected
    assert asked.take() == []
    assert perl[2].data
    assert asked.take() == [("search", 0), ("present", 3, min(2, len(perl) - 2))]
    assert [title(record) for record in everything[:8]][:6] == expected
    assert asked.take() == [("search", 0), ("present", 7, 2)]


def test_two_result_sets_by_turns(conn: zoom.Connection) -> None:
    """Records asked for by turns from two result sets are never each other's."""
    conn.presentChunk = 1
    one, other = conn.search(PERL), conn.search(zoom.Query("CQL", "title = the"))
    mixed = [(title(one[at]), title(other[at])) for at in range(min(len(one), len(other), 4))]
    assert len(mixed) > 1
    assert all(b"erl" in left and b"he " in right for left, right in mixed)


def test_a_set_that_changed_meanwhile(conn: zoom.Connection) -> None:
    """When the repeated search finds another number of records, nothing of the old ones is shown any more."""
    conn.presentChunk = 1
    found = conn.search(ALL)
    before = len(found)
    conn.search(PERL)
    found._tree = PERL.query
    assert b"erl" in title(found[1])
    assert len(found) < before
    assert b"erl" in title(found[0])
    conn.search(ALL)
    found._tree = zoom.Query("PQF", "@attr 1=4 nosuchword").query
    with pytest.raises(IndexError):
        found[len(found) - 1]
    assert len(found) == 0


def test_kept_records_are_bounded(conn: zoom.Connection, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many records are kept; an old one is fetched again."""
    monkeypatch.setattr("locate.z3950.zoom.results._KEPT_RECORDS", 4)
    conn.presentChunk = 2
    found = conn.search(ALL)
    first = found[0].data
    for at in range(10):
        assert found[at].data
    assert len(found._kept) == 4
    asked.take()
    assert found[0].data == first
    assert asked.take() == [("present", 1, 2)]


def test_sorting(conn: zoom.Connection, asked: Asked) -> None:
    """Sorting gives a new result set in the order asked for, which survives another search as well."""
    conn.presentChunk = 50
    found = conn.search(ALL)
    key = zoom.SortKey(sequence=zoom.Query("PQF", "@attr 1=4 x"))
    ascending = [record.data for record in found.sort([key])]
    key.relation = "descending"
    by_title = found.sort([key])
    descending = [record.data for record in by_title]
    assert descending == ascending[::-1] != [record.data for record in found]
    conn.search(PERL)
    asked.take()
    by_title.preferredRecordSyntax = "XML"
    assert b"Years of dust" in by_title[0].data
    assert asked.take() == [("search", 0), ("present", 1, len(found))]
    key.relation = "ascending"
    assert [record.data for record in conn.sort([by_title], [key])] == ascending


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"type": "private", "sequence": "/card/name"}, "type 'private' is not supported"),
        ({"sequence": "title"}, "a Query of one term"),
        ({"sequence": zoom.Query("PQF", "@and a b")}, "a Query of one term"),
        ({"sequence": PERL, "relation": "ascendingByFrequency"}, "'ascendingByFrequency' is not supported"),
        ({"sequence": PERL, "missingValueAction": "abort"}, "missingValueAction"),
    ],
)
def test_sort_keys_that_are_not_supported(conn: zoom.Connection, options: dict[str, object], what: str) -> None:
    """A sort key that cannot be sent is refused, and says what can."""
    with pytest.raises(zoom.ClientNotImplError, match=what):
        conn.search(PERL).sort([zoom.SortKey(**options)])


def test_sorting_several_sets(conn: zoom.Connection) -> None:
    """Merging result sets needs named ones, which are not used."""
    found = conn.search(PERL)
    with pytest.raises(zoom.ClientNotImplError, match="one result set can be sorted at a time, not 2"):
        conn.sort([found, found], [])


def test_a_sort_field_by_name(conn: zoom.Connection) -> None:
    """A sort key may be a name that the target knows."""
    found = conn.search(PERL).sort([zoom.SortKey(type="sortField", sequence="title", caseInsensitive=0)])
    assert len(found) == len(conn.search(PERL))
    assert zoom.SortKey(type="sortField", sequence="title", caseInsensitive=0).for_client().case_sensitive


def test_delete(conn: zoom.Connection) -> None:
    """A deleted result set gives what is here already and nothing else; deleting one twice or late does no harm."""
    conn.presentChunk = 2
    found = conn.search(ALL)
    found.delete()
    found.delete()
    assert found[1].data
    with pytest.raises(zoom.ZoomError, match="the result set was deleted; search again"):
        found[5]
    older, newer = conn.search(ALL), conn.search(PERL)
    older.delete()
    assert newer[2].data
    assert len(conn.search(ALL)) == len(older)


def test_delete_where_there_is_nothing_to_delete(conn: zoom.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent when the connection was opened anew meanwhile, or to a target that does not offer Delete."""
    sent: list[str] = []

    async def delete(self: Client, *names: str, **options: object) -> dict[str, int]:
        sent.extend(names)
        return {}

    monkeypatch.setattr(Client, "delete", delete)
    found = conn.search(PERL)
    assert conn._client is not None
    conn._client.abort()
    found.delete()
    found = conn.search(PERL)
    assert conn._client.server is not None
    conn._client.server = replace(conn._client.server, options=frozenset({0, 1}))
    found.delete()
    assert sent == []
    conn._client.server = replace(conn._client.server, options=frozenset({0, 1, 2}))
    conn.search(PERL).delete()
    assert sent == ["default"]


def test_a_diagnostic_in_a_records_place(conn: zoom.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A surrogate diagnostic is raised where its record is asked for, and the records around it can be had."""
    spoil(monkeypatch, 1, SurrogateDiagnostic(refusal(14, "no"), 2))
    found = conn.search(ALL)
    assert found[0].data != found[2].data
    with pytest.raises(zoom.Bib1Err) as caught:
        found[1]
    told = caught.value
    assert (told.condition, told.message, told.addtlInfo) == (14, "system error in presenting records", "no")
    assert str(told) == "Bib1Err: 14 system error in presenting records no"


def test_a_record_that_cannot_be_read(conn: zoom.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that cannot be read is a ProtocolError where it stands."""
    spoil(monkeypatch, 0, RecordError("odd bytes", syntax="opac"))
    with pytest.raises(zoom.ProtocolError, match="odd bytes"):
        conn.search(ALL)[0]


def spoil(monkeypatch: pytest.MonkeyPatch, at: int, instead: Fetched) -> None:
    """Put something else in the place of a search's record."""
    search = Client.search

    async def spoiled(self: Client, *args: object, **options: object) -> ResultSet:
        found = await search(self, *args, **options)  # type: ignore[arg-type]
        found.records[at] = instead
        return found

    monkeypatch.setattr(Client, "search", spoiled)


def test_records_that_cannot_be_had_so(conn: zoom.Connection) -> None:
    """A syntax that the target has no records in does not fail the search, only the records."""
    conn.preferredRecordSyntax = "SGML"
    found = conn.search(PERL)
    assert len(found) > 1
    with pytest.raises(zoom.Bib1Err) as caught:
        found[0]
    assert caught.value.condition in {227, 238, 239}
    assert conn.errCode == caught.value.condition
    found.preferredRecordSyntax = "USMARC"
    assert found[0].syntax == "USMARC"


def test_a_chunk_that_is_refused(conn: zoom.Connection, monkeypatch: pytest.MonkeyPatch, asked: Asked) -> None:
    """When a target refuses several records at once, the one that is wanted is asked for alone."""
    present = Client.present

    async def one_only(self: Client, start: int, count: int, **options: object) -> list[Fetched]:
        if count > 1:
            raise refusal(13)
        return await present(self, start, count, **options)  # type: ignore[arg-type]

    conn.presentChunk = 4
    found = conn.search(ALL)
    monkeypatch.setattr(Client, "present", one_only)
    assert found[6].data
    assert asked.take() == [("search", 4), ("present", 7, 1)]

    async def none_at_all(self: Client, start: int, count: int, **options: object) -> list[Fetched]:
        raise refusal(13, str(start))

    monkeypatch.setattr(Client, "present", none_at_all)
    for chunk in (4, 1):
        conn.presentChunk = chunk
        with pytest.raises(zoom.Bib1Err) as caught:
            found[9]
        assert (caught.value.condition, caught.value.addtlInfo) == (13, "10")


def test_a_target_that_gives_none(conn: zoom.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Present that brings nothing is said to be one, and ends an iteration instead of going on for ever."""

    async def nothing(self: Client, start: int, count: int, **options: object) -> list[Fetched]:
        return []

    conn.presentChunk = 2
    found = conn.search(ALL)
    monkeypatch.setattr(Client, "present", nothing)
    with pytest.raises(zoom.ProtocolError, match=r"no record at position 2 \(0-based\) of"):
        list(found)


def test_a_partial_chunk(conn: zoom.Connection, monkeypatch: pytest.MonkeyPatch, asked: Asked) -> None:
    """What a target leaves out of a chunk is asked for from there on."""
    present = Client.present

    async def two_at_most(self: Client, start: int, count: int, **options: object) -> list[Fetched]:
        return await present(self, start, min(count, 2), **options)  # type: ignore[arg-type]

    conn.presentChunk = 5
    found = conn.search(ALL)
    expected = [record.data for record in conn.search(ALL)[:10]]
    monkeypatch.setattr(Client, "present", two_at_most)
    asked.take()
    assert [found[at].data for at in range(10)] == expected
    assert asked.take() == [("search", 0), ("present", 6, 2), ("present", 8, 2), ("present", 10, 1)]


def test_unknown_syntaxes_keep_their_oid(conn: zoom.Connection) -> None:
    """A record syntax may be asked for by its OID; one that nobody knows is refused with the nearest name."""
    conn.preferredRecordSyntax = MARC21
    found = conn.search(PERL)
    assert found[0].syntax == "USMARC"
    assert zoom.Record(found[0]._found._replace(syntax="1.2.3")).syntax == "1.2.3"
    found.preferredRecordSyntax = "USMARK"
    with pytest.raises(zoom.ClientNotImplError, match="did you mean 'USMARC'"):
        found[0]


def test_odd_records_print() -> None:
    """What is no MARC in spite of its syntax, and plain text, print as they came."""
    assert str(zoom.Record(Record(1, MARC21, b"not \xe9 MARC"))) == "Rec: USMARC not � MARC"
    assert str(zoom.Record(Record(1, "1.2.840.10003.5.101", "a\nb"))) == "Rec: SUTRS a\nb"


def test_other_opac_records() -> None:
    """An OPAC record may have MARC holdings, and no bibliographic record."""
    holding = MarcHoldings(MARC21, b"not MARC")
    record = zoom.Record(
        Record(1, OPAC, OpacRecord(MARC21, None, (holding, HoldingsAndCirc(volumes=(Volume("v.1"),)))))
    )
    assert not hasattr(record.data, "bibliographicRecord")
    ((kind, marc), (_, other)) = record.data.holdingsData
    assert (kind, marc.direct_reference, marc.encoding) == (
        "marcHoldingsRecord",
        MARC21,
        ("octet-aligned", b"not MARC"),
    )
    assert [volume.enumeration for volume in other.volumes] == ["v.1"]
    assert str(record) == "Rec: OPAC Holdings 0: not MARC\nHoldings 1:\n\tvolumes:\n\t\tenumeration: v.1"


def test_grs1_records() -> None:
    """A GRS-1 record is given as its tree, and prints a line an element."""
    tree = GenericRecord((TaggedElement(("text", "title"), ("string", "Ice"), 3),))
    record = zoom.Record(Record(1, GRS1, tree))
    assert (record.syntax, record.data) == ("GRS-1", tree)
    assert str(record).startswith("Rec: GRS-1 (3,title)")
    assert "Ice" in str(record)


def test_no_such_attribute(conn: zoom.Connection) -> None:
    """A misspelt option is an AttributeError, on reading and on setting, and says what was meant."""
    found = conn.search(PERL)
    with pytest.raises(AttributeError, match="has no attribute 'presentChunks'"):
        _ = found.presentChunks
    with pytest.raises(AttributeError, match="did you mean 'presentChunk'"):
        found.presentChunks = 5
    with pytest.raises(zoom.ClientNotImplError, match="piggyback"):
        found.piggyback = 1


def test_the_cause_is_kept(conn: zoom.Connection) -> None:
    """A ZoomError keeps the client's error as its cause."""
    with pytest.raises(zoom.Bib1Err) as caught:
        conn.search(zoom.Query("PQF", "@attr 1=9999 x"))
    assert isinstance(caught.value.__cause__, DiagnosticError)
    assert caught.value.condition == 114
