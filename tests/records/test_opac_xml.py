"""OPAC XML: holdings and circulation as gateways write them, read and written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from locate.errors import RecordError
from locate.records import read_opac_xml, read_record, to_marcxml, write_opac_xml
from locate.z3950.oids import XML
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord, Volume
from tests.records.build import good, marcxml, record, refused

OPAC = """<opacRecord><bibliographicRecord>{bib}</bibliographicRecord><holdings>{holdings}</holdings></opacRecord>"""


def _read(document: str) -> OpacRecord:
    found = read_opac_xml(document.encode())
    assert isinstance(found, OpacRecord), found
    return found


def test_a_holding_is_read_as_sent() -> None:
    """Texts come as sent, blanks included; empty and absent elements are both None."""
    inner = "<nucCode>n</nucCode><callNumber>PS 1 </callNumber><format/><publicNote>DUE 01-11-23</publicNote>"
    holding = f"<holding>{inner}</holding>"
    found = _read(OPAC.format(bib=marcxml("245 10$aT"), holdings=holding))
    assert found.holdings == (HoldingsAndCirc(nuc_code="n", call_number="PS 1 ", public_note="DUE 01-11-23"),)
    assert found.syntax == XML
    assert good(read_record(found.bibliographic or b"", "xml")).title.proper == "T"


@pytest.mark.parametrize("name", ["availablityDate", "availabilityDate"])
def test_circulation_in_both_spellings_of_the_date(name: str) -> None:
    """The standard's misspelt element and the right one mean the same; flags are read from value."""
    line = (
        f'<circulation><availableNow value="0"/><{name}>20300101</{name}><itemId> </itemId><renewable value=""/>'
        '<onHold value="1"/><temporaryLocation>Reserve</temporaryLocation></circulation>'
    )
    found = _read(OPAC.format(bib="", holdings=f"<holding><circulations>{line}</circulations></holding>"))
    holding = found.holdings[0]
    assert isinstance(holding, HoldingsAndCirc)
    assert holding.circulation == (
        CircRecord(
            available_now=False,
            availability_date="20300101",
            item_id=" ",
            renewable=False,
            on_hold=True,
            temporary_location="Reserve",
        ),
    )
    assert found.bibliographic is None


def test_marc_holdings_inside_opac_xml_are_kept_as_marcxml() -> None:
    """A holding in MARC, wrapped or bare, becomes MARC holdings with the XML syntax."""
    inner = marcxml("852 0#$bMAIN")
    for holdings in (inner, f"<marcHoldingsRecord>{inner}</marcHoldingsRecord>"):
        found = _read(OPAC.format(bib=marcxml("245 10$aT"), holdings=holdings))
        (holding,) = found.holdings
        assert isinstance(holding, MarcHoldings)
        assert next(good(read_record(holding.data, "xml")).get("852")).first("b") == "MAIN"


def test_what_is_no_opac_record_is_an_error_value() -> None:
    """A document without an opacRecord, and one that does not parse, come back as errors."""
    assert "no opacRecord" in refused(read_opac_xml(marcxml("245 10$aT").encode())).reason
    assert "well-formed" in refused(read_opac_xml(b"<opacRecord>")).reason


def test_a_bibliographic_record_that_is_no_marc_spoils_nothing_else() -> None:
    """Holdings are read although the bibliographic part is something else, and reading that part says so."""
    found = _read(OPAC.format(bib="<dc><title>x</title></dc>", holdings="<holding><nucCode>n</nucCode></holding>"))
    assert len(found.holdings) == 1
    assert isinstance(read_record(found.bibliographic or b"", "xml"), RecordError)


allowed = st.characters(min_codepoint=0x20, max_codepoint=0x2FF, exclude_categories=("Cc", "Cs"))
texts = st.none() | st.text(allowed, min_size=1, max_size=8)
circulations = st.builds(
    CircRecord,
    available_now=st.booleans(),
    availability_date=texts,
    available_thru=texts,
    restrictions=texts,
    item_id=texts,
    renewable=st.booleans(),
    on_hold=st.booleans(),
    enum_and_chron=texts,
    midspine=texts,
    temporary_location=texts,
)
volumes = st.builds(Volume, enumeration=texts, chronology=texts, enum_and_chron=texts)
holdings = st.builds(
    HoldingsAndCirc,
    type_of_record=texts,
    nuc_code=texts,
    local_location=texts,
    shelving_location=texts,
    call_number=texts,
    public_note=texts,
    enum_and_chron=texts,
    volumes=st.lists(volumes, max_size=2).map(tuple),
    circulation=st.lists(circulations, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(holdings, max_size=3))
def test_what_is_written_reads_back_the_same(given_holdings: list[HoldingsAndCirc]) -> None:
    """Any OPAC record written as OPAC XML reads back equal, its MARC record included."""
    bib = to_marcxml(record("245 10$aTitle & <more>"))
    opac = OpacRecord(XML, bib, tuple(given_holdings))
    assert read_opac_xml(write_opac_xml(opac, bib)) == opac


def test_marc_holdings_are_written_when_they_are_xml() -> None:
    """MARC holdings in XML survive a round trip; those in ISO 2709 have no place in OPAC XML."""
    data = to_marcxml(record("852 0#$bMAIN", f008=None))
    opac = OpacRecord(XML, None, (MarcHoldings(XML, data), MarcHoldings("1.2.840.10003.5.10", b"x")))
    again = read_opac_xml(write_opac_xml(opac, None))
    assert isinstance(again, OpacRecord)
    assert len(again.holdings) == 1
    assert again.bibliographic is None


def test_a_bibliographic_record_that_is_no_xml_is_not_written() -> None:
    """The writer refuses bytes that do not parse."""
    with pytest.raises(RecordError):
        write_opac_xml(OpacRecord(XML, None), b"no xml")


# file: (holdings, circulation records, call number of the first holding)
SAMPLES = {
    "alma/alma-princeton.xml": (1, 1, "HG2481 .C42 1997"),
    "folio/opac-expectedOutput2.xml": (1, 1, "G1046.C3<L56>2009eb"),
    "horizon/horizon-hennepin.xml": (1, 1, "YEVTUSH"),
    "sierra/sierra-laroche.xml": (1, 0, "813.54 P648my 2003 "),
    "voyager/voyager-yale.xml": (1, 1, "PS3561 O646 W5 1979 (LC)"),
    "wms/wms-lfmm.xml": (1, 1, "PS3557.R48935 S67 2018, "),
    "yaz/test-opac.xml": (1, 1, "MLCM 89/00602 (N)"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", SAMPLES)
def test_real_opac_records_round_trip(shared: Path, name: str) -> None:
    """Real gateways' OPAC XML is read with its holdings, and is the same after being written and read again."""
    found = read_opac_xml((shared / "samples" / name).read_bytes())
    assert isinstance(found, OpacRecord)
    held = [each for each in found.holdings if isinstance(each, HoldingsAndCirc)]
    call_number = " ".join((held[0].call_number or "").split()) if "alma" in name else held[0].call_number
    assert (len(held), sum(len(each.circulation) for each in held), call_number) == SAMPLES[name]
    again = read_opac_xml(write_opac_xml(found, found.bibliographic))
    assert again == found
