"""Records of the embedded target in every record syntax and element set."""

from __future__ import annotations

from pathlib import Path

import pytest

from locate.records import BibRecord, read_opac_xml, read_record
from locate.z3950.apdu import External, PresentStatus
from locate.z3950.grs1 import GenericRecord
from locate.z3950.oids import GRS1, MARC21, OPAC, SUTRS, TEXT_XML, UNIMARC, XML
from locate.z3950.opac import HoldingsAndCirc, OpacRecord, decode_opac
from locate.z3950.target.catalog import Catalog, Entry
from locate.z3950.target.rendering import RecordCache, Renderer, renderer_for
from locate.z3950.target.responder import Responder
from tests.z3950.asking import condition, only_bytes, only_record, opened, present, search
from tests.z3950.made_up import RECORDS, marc_catalog, opac_catalog


@pytest.fixture
def responder(tmp_path: Path) -> Responder:
    """Return a responder over a MARC catalog and one with holdings, Init done in version 3."""
    return opened({"Default": marc_catalog(tmp_path), "Held": opac_catalog(tmp_path)})


@pytest.mark.parametrize("database", ["Default", "Held"])
@pytest.mark.parametrize(
    ("syntax", "elements", "expected"),
    [
        (None, None, MARC21),
        (MARC21, "F", MARC21),
        (MARC21, "b", MARC21),
        (XML, "F", XML),
        (XML, "marcxml", XML),
        (TEXT_XML, None, TEXT_XML),
    ],
)
def test_bibliographic_syntaxes(
    responder: Responder, database: str, syntax: str | None, elements: str | None, expected: str
) -> None:
    """MARC 21 and MARCXML are given from either kind of file, with the same content, under the OID asked for."""
    search(responder, "@attr 1=12 tm001", database_names=(database,))
    names = ("generic", elements) if elements else None
    found = only_record(
        present(responder, preferred_record_syntax=syntax, record_composition=names and ("simple", names))
    )
    assert found.syntax == expected
    assert isinstance(found.data, bytes)
    record = read_record(found.data, "marc21" if expected == MARC21 else "xml")
    assert isinstance(record, BibRecord)
    original = read_record(RECORDS[0].encode(), "xml")
    assert isinstance(original, BibRecord)
    assert record.fields == original.fields
    assert record.control_fields == original.control_fields


def test_marc_file_is_served_as_it_is(tmp_path: Path) -> None:
    """A record kept in MARC 21 goes out byte for byte."""
    responder = opened({"Default": marc_catalog(tmp_path)})
    search(responder, "@attr 1=12 tm001")
    data = only_bytes(present(responder))
    assert (tmp_path / "made_up.mrc").read_bytes().startswith(data)


def test_opac_record_with_holdings(responder: Responder) -> None:
    """OPAC syntax carries the MARC 21 record and the holding with its circulation."""
    search(responder, "@attr 1=12 tm001", database_names=("Held",))
    opac = only_record(present(responder, preferred_record_syntax=OPAC)).data
    assert isinstance(opac, OpacRecord)
    assert opac.syntax == MARC21
    (holding,) = opac.holdings
    assert isinstance(holding, HoldingsAndCirc)
    assert (holding.local_location, holding.circulation[0].available_now) == ("Main", True)
    record = read_record(opac.bibliographic or b"", "marc21")
    assert isinstance(record, BibRecord)
    assert record.control_number == "tm001"


@pytest.mark.parametrize("elements", ["opac", "OP"])
def test_opac_xml(responder: Responder, elements: str) -> None:
    """XML with the element set of holdings gives OPAC XML."""
    search(responder, "@attr 1=12 tm001", database_names=("Held",))
    data = only_bytes(
        present(responder, preferred_record_syntax=XML, record_composition=("simple", ("generic", elements)))
    )
    opac = read_opac_xml(data)
    assert isinstance(opac, OpacRecord)
    assert opac.bibliographic
    assert len(opac.holdings) == 1


def test_opac_without_holdings(tmp_path: Path) -> None:
    """A record without holdings in a catalog that has some, or is told to give OPAC, comes with none."""
    responder = opened({"Default": opac_catalog(tmp_path)})
    search(responder, "@attr 1=12 tm004")
    opac = only_record(present(responder, preferred_record_syntax=OPAC)).data
    assert isinstance(opac, OpacRecord)
    assert opac.holdings == ()


def test_sutrs_is_a_short_text(responder: Responder) -> None:
    """SUTRS says in lines what the record is."""
    search(responder, "@attr 1=12 tm001")
    text = only_record(present(responder, preferred_record_syntax=SUTRS)).data
    assert isinstance(text, str)
    assert text.splitlines()[:2] == ["Title: Winter on the river : a history of ice /", "Author: Mustermann, Max"]
    assert "ISBN: 9780198534532" in text


def test_grs1_holds_the_elements_of_tag_set_g(responder: Responder) -> None:
    """GRS-1 names title, author, date and number by their tags."""
    search(responder, "@attr 1=12 tm001")
    record = only_record(present(responder, preferred_record_syntax=GRS1)).data
    assert isinstance(record, GenericRecord)
    assert [(element.tag_type, element.tag_value[1], element.content[1]) for element in record.elements] == [
        (2, 1, "Winter on the river : a history of ice /"),
        (2, 2, "Mustermann, Max"),
        (2, 3, "Exampleton"),
        (2, 4, "1999"),
        (2, 5, "tm001"),
    ]


def test_converted_records_are_kept(tmp_path: Path) -> None:
    """A record asked for again is not converted again, until others have taken its room."""
    catalog = marc_catalog(tmp_path)
    made: list[int] = []
    renderer = renderer_for(catalog, XML, None)

    def render(entry: Entry) -> External:
        made.append(1)
        return renderer.render(entry)

    counting = Renderer(renderer.form, render)
    cache = RecordCache(max_bytes=3000)
    first = cache.find(catalog, 0, counting)
    assert (cache.find(catalog, 0, counting), len(made)) == (first, 1)
    for number in range(1, 5):
        cache.find(catalog, number, counting)
    assert (cache.find(catalog, 0, counting), len(made)) == (first, 6)
    tiny = RecordCache(max_bytes=1)
    assert tiny.find(catalog, 0, counting) == first


@pytest.mark.parametrize(
    ("syntax", "elements", "expected"),
    [
        (UNIMARC, None, (239, UNIMARC)),
        (GRS1, "marcxml", (25, "marcxml")),
        (OPAC, None, (238, OPAC)),
        (MARC21, "Q", (25, "Q")),
        (MARC21, "opac", (25, "opac")),
        (XML, "opac", (25, "opac")),
        (SUTRS, "marcxml", (25, "marcxml")),
    ],
)
def test_syntaxes_refused(responder: Responder, syntax: str, elements: str | None, expected: tuple[int, str]) -> None:
    """239 for a syntax not served, 238 for OPAC without holdings, 25 for an element set; the search itself stands."""
    names = ("generic", elements) if elements else None
    found = search(
        responder,
        small_set_upper_bound=99,
        preferred_record_syntax=syntax,
        small_set_element_set_names=names,
    )
    assert (found.search_status, found.result_count, found.present_status) == (True, 4, PresentStatus.FAILURE)
    assert condition(found) == expected
    assert (
        condition(present(responder, preferred_record_syntax=syntax, record_composition=names and ("simple", names)))
        == expected
    )


@pytest.mark.parametrize("name", ["alma.opac.xml", "hilltop.opac.xml", "koha.mrc", "oldtown.mrc", "extra.xml"])
def test_sample_records_come_in_every_syntax(name: str) -> None:
    """Every sample record is read, found by its own number, and given in each syntax with the same title."""
    catalog = Catalog.from_files([Path(__file__).parents[3] / "sample_marc" / name], opac=True)
    assert catalog.problems == ()
    responder = opened({"Default": catalog})
    for number in range(len(catalog)):
        entry = catalog.entry(number)
        original = read_record(entry.raw, entry.syntax)
        assert isinstance(original, BibRecord)
        found = search(responder, f'@attr 1=12 "{original.control_number}"')
        assert found.result_count >= 1
        renderers = [renderer_for(catalog, oid, None) for oid in (MARC21, XML)]
        for render, syntax in zip(renderers, ("marc21", "xml"), strict=True):
            given_back = read_record(render.render(entry).encoding[1], syntax)
            assert isinstance(given_back, BibRecord)
            assert given_back.titles == original.titles
        opac = decode_opac(renderer_for(catalog, OPAC, None).render(entry).encoding[1])
        assert len(opac.holdings) == len(entry.holdings or ())
