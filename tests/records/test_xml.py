"""XML: every wrapping that records come in, and documents that mean harm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from locate.errors import RecordError
from locate.records import Carrier, read_record, read_records_xml, to_marcxml
from tests.records.build import good, iso2709, marcxml, refused

FIELDS = ("001 42", "245 10$aÉtude :$ba tale")
SRU = '<s:searchRetrieveResponse xmlns:s="http://www.loc.gov/zing/srw/"><s:records>{}</s:records></s:searchRetrieveResponse>'
SRU_RECORD = "<s:record><s:recordSchema>marcxml</s:recordSchema><s:recordData>{}</s:recordData></s:record>"
PREFIXED = (
    '<marc:collection xmlns:marc="http://www.loc.gov/MARC21/slim"><marc:record><marc:controlfield tag="001">42'
    '</marc:controlfield><marc:datafield tag="245" ind1="1" ind2="0"><marc:subfield code="a">Étude :</marc:subfield>'
    '<marc:subfield code="b">a tale</marc:subfield></marc:datafield></marc:record></marc:collection>'
)
TURBO = (
    '<r xmlns="http://www.indexdata.com/turbomarc"><l>00000nam a2200000 a 4500</l><c001>42</c001>'
    '<d245 i1="1" i2="0"><sa>Étude :</sa><sb>a tale</sb></d245></r>'
)
OAI = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><header><identifier>x</identifier>'
    "</header><metadata>{}</metadata></record></GetRecord></OAI-PMH>"
)


@pytest.mark.parametrize(
    "document",
    [
        marcxml(*FIELDS),
        marcxml(*FIELDS, namespace=False),
        PREFIXED,
        TURBO,
        SRU.format(SRU_RECORD.format(marcxml(*FIELDS))),
        SRU.format(SRU_RECORD.format(marcxml(*FIELDS).replace("<", "&lt;"))),
        OAI.format(marcxml(*FIELDS)),
        f"<bib><mms_id>1</mms_id><holdings/>{marcxml(*FIELDS, namespace=False)}</bib>",
        f"<opacRecord><bibliographicRecord>{TURBO}</bibliographicRecord></opacRecord>",
        "\ufeff<?xml version='1.0' encoding='UTF-8'?>\n<!-- a comment -->\n" + marcxml(*FIELDS),
    ],
)
def test_a_record_is_found_in_every_wrapping(document: str) -> None:
    """MARCXML with or without namespace, turbomarc, SRU, OAI-PMH, Alma and OPAC XML all give the same record."""
    found = good(read_record(document.encode(), "xml"))
    assert (found.control_number, found.title.proper, found.title.remainder) == ("42", "Étude :", "a tale")
    assert found.fields[0].ind1 == "1"
    assert found.syntax == "xml"


def test_an_oai_record_without_marc_is_no_record() -> None:
    """The record element of OAI-PMH and of SRU is not taken for a MARC record."""
    assert "holds no MARC record" in refused(read_record(OAI.format("<dc>x</dc>").encode(), "xml")).reason


def test_of_several_records_the_first_is_read_with_a_warning() -> None:
    """A response with two records says so when only one is asked for."""
    document = f"<collection>{marcxml('245 10$aOne')}{marcxml('245 10$aTwo')}</collection>"
    found = good(read_record(document.encode(), "xml"))
    assert found.title.proper == "One"
    assert any("2 records" in warning for warning in found.warnings)


def test_a_bad_record_among_good_ones_stands_in_its_place() -> None:
    """A diagnostic in the place of a record, or an empty record, is an error value; the others are read."""
    diagnostic = "<diagnostic><message>Record temporarily unavailable</message></diagnostic>"
    empty = '<record xmlns="http://www.loc.gov/MARC21/slim"/>'
    inner = "".join(SRU_RECORD.format(each) for each in (marcxml(*FIELDS), diagnostic, empty, marcxml(*FIELDS)))
    loaded = read_records_xml(SRU.format(inner).encode())
    assert not isinstance(loaded, RecordError)
    assert [isinstance(each.record, RecordError) for each in loaded] == [False, True, True, False]
    assert "temporarily unavailable" in refused(loaded[1].record).reason
    assert "without leader and fields" in refused(loaded[2].record).reason


def test_wrong_and_missing_encodings_are_survived() -> None:
    """Latin-1 bytes under no or a UTF-8 declaration are read as Latin-1 and said to be wrongly flagged."""
    for head, wrong in (("", True), ('<?xml version="1.0" encoding="UTF-8"?>', True)):
        found = good(read_record((head + marcxml(*FIELDS)).encode("latin-1"), "xml"))
        assert found.title.proper == "Étude :"
        assert (found.charset.used, found.charset.wrong_flag) == ("latin-1", wrong)
    declared = '<?xml version="1.0" encoding="ISO-8859-1"?>' + marcxml(*FIELDS)
    assert not good(read_record(declared.encode("latin-1"), "xml")).charset.wrong_flag
    lying = good(read_record(declared.encode("utf-8"), "xml"))
    assert (lying.title.proper, lying.charset.used, lying.charset.wrong_flag) == ("Étude :", "utf-8", True)


def test_characters_that_xml_forbids_are_dropped() -> None:
    """Control characters, raw or as references, make a document ill-formed: it is read without them."""
    document = marcxml("245 10$aA\x1bB&#x1b;C&#7;D&amp;E").encode()
    assert good(read_record(document, "xml")).title.proper == "ABCD&E"


def test_line_breaks_of_pretty_printing_are_one_blank() -> None:
    """Text broken over lines by a formatter is joined again; leader blanks stay."""
    document = marcxml("245 10$a\n   A title\n   in two lines\n  ", leader="     nam a22      a 4500")
    found = good(read_record(document.encode(), "xml"))
    assert found.title.proper == "A title in two lines"
    assert found.leader == "     nam a22      a 4500"


def test_the_syntax_named_may_be_wrong() -> None:
    """XML sent as MARC 21, and MARC 21 sent as XML, are read as what they are, with a warning."""
    assert "bytes are xml" in good(read_record(marcxml(*FIELDS).encode(), "marc21")).warnings[0]
    assert "bytes are marc21" in good(read_record(iso2709(*FIELDS), "xml")).warnings[0]


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9))
    + "]>"
)


@pytest.mark.parametrize(
    "document",
    [
        f"{BOMB}<record><leader>&a8;</leader></record>",
        f"<!--<a-->{BOMB}<record><leader>&a8;</leader></record>",
        f'<!--<a-->{BOMB}<record><controlfield tag="&a8;"/></record>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><record><leader>x</leader></record>',
        '<!--<a--><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]><record><leader>&f;</leader></record>',
        "<a>" * 100_000,
        "<record>" * 300 + "<leader>x</leader>" + "</record>" * 300,
        f"<record><leader>{'x' * 12_000_000}</leader></record>",
        "<record><leader>&undefined;</leader></record>",
        "<record><leader>cut",
        "no markup at all",
        "",
    ],
)
def test_hostile_documents_are_refused_quickly(document: str) -> None:
    """Entity bombs, DTDs, external entities, deep nesting and huge texts end in an error value within a second."""
    data = document.encode()
    started = time.process_time()
    error = refused(read_record(data, "xml"))
    assert time.process_time() - started < 1
    assert error.raw == data
    assert "\n" not in error.reason


def test_marcxml_is_written_and_read_back() -> None:
    """A record written as MARCXML has the same content, whatever syntax it came in."""
    source = good(read_record(iso2709(*FIELDS, ("500", b"  \x1faA <b> & \x07c\x1f\x01odd")), "marc21"))
    again = good(read_record(to_marcxml(source), "xml"))
    assert (again.leader, again.control_fields, again.fields) == (source.leader, source.control_fields, source.fields)


@pytest.mark.shared
def test_pitt_holds_the_print_and_names_the_e_book(shared: Path) -> None:
    """Of the two records for one ISBN, the first is print, the second online."""
    loaded = read_records_xml((shared / "samples/alma/alma-pitt-extra-eresource-record.xml").read_bytes())
    assert not isinstance(loaded, RecordError)
    assert [good(each.record).carriers for each in loaded] == [{Carrier.PRINT}, {Carrier.ELECTRONIC}]
    assert "9781842778708" in {isbn.value for isbn in good(loaded[0].record).isbns}
