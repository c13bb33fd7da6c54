"""A small made-up catalog for the tests of the embedded target, as MARCXML and OPAC XML."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from locate.records import BibRecord, load_file, read_record, to_iso2709
from locate.z3950.target.catalog import Catalog

__all__ = ["OPAC_XML", "RECORDS", "collection", "marc_catalog", "marc_file", "marcxml", "opac_catalog", "xml_catalog"]

_NAMESPACE = "http://www.loc.gov/MARC21/slim"
_CODED = "240101s{year}    xxu           000 0 eng d"


def marcxml(number: str, *fields: str, year: str = "1999") -> str:
    """Return a record; each field is ``tag$a text$b text`` with blank indicators."""
    parts = [
        "<leader>00000nam a2200000 i 4500</leader>",
        f'<controlfield tag="001">{number}</controlfield>',
        f'<controlfield tag="008">{_CODED.format(year=year)}</controlfield>',
    ]
    for field in fields:
        tag, *subfields = field.split("$")
        inner = "".join(f'<subfield code="{text[0]}">{escape(text[1:].strip())}</subfield>' for text in subfields)
        parts.append(f'<datafield tag="{tag}" ind1=" " ind2=" ">{inner}</datafield>')
    return f'<record xmlns="{_NAMESPACE}">{"".join(parts)}</record>'


# All publications are made up; the numbers have right check digits.
RECORDS = (
    marcxml(
        "tm001",
        "010$a   99012345 ",
        "020$a0-19-853453-1 (pbk.)",
        "035$a(OCoLC)ocm00012345",
        "100$aMustermann, Max,$d1950-",
        "245$aWinter on the river :$ba history of ice /$cMax Mustermann.",
        "260$aExampleton :$bPaper Press,$c1999.",
        "650$aIce$xHistory.",
        "776$iOnline version:$z9781402894626",
        year="1999",
    ),
    marcxml(
        "tm002",
        "020$a9781402894626",
        "035$a(DE-101)12345",
        "100$aMustermann, Max,$d1950-",
        "245$aWinter on the river$h[electronic resource] :$ba history of ice /$cMax Mustermann.",
        "776$iPrint version:$z0198534531",
        year="2001",
    ),
    marcxml(
        "tm003",
        "245$aAnthology of cold tales /$cedited by Erika Beispiel.",
        "505$tThe frozen pond /$rA. Nobody --$tWinter on the river /$rB. Nobody.",
        "700$aBeispiel, Erika.",
        "700$aMüller, Jürgen.",
        year="2010",
    ),
    marcxml(
        "tm004",
        "022$a0378-5955",
        "024$a4006381333931",
        "245$aRiver studies.",
        "780$tStream studies$x2049-3630",
        year="19uu",
    ),
    marcxml(
        "tm005",
        "245$aÉtudes d'hiver.",
        "880$6245-01$aЗимние этюды.",  # noqa: RUF001 - Cyrillic is meant
        year="1985",
    ),
)

_HOLDING = """<holdings><holding><localLocation>Main</localLocation><callNumber>GB 1</callNumber><circulations>
<circulation><availableNow value="1"/><itemId>it1</itemId><renewable value="0"/><onHold value="0"/></circulation>
</circulations></holding></holdings>"""
OPAC_XML = f"<opacRecord><bibliographicRecord>{RECORDS[0]}</bibliographicRecord>{_HOLDING}</opacRecord>"


def collection(*records: str) -> bytes:
    """Return a MARCXML collection of ``records``, whatever they are."""
    return f"<collection>{''.join(records)}</collection>".encode()


def marc_file(folder: Path) -> Path:
    """Write the made-up records as ISO 2709 and return the file."""
    path = folder / "made_up.mrc"
    records = [read_record(record.encode(), "xml") for record in RECORDS]
    path.write_bytes(b"".join(to_iso2709(record) for record in records if isinstance(record, BibRecord)))
    return path


def _catalog(folder: Path, *records: str) -> Catalog:
    path = folder / "made_up.xml"
    path.write_bytes(collection(*records))
    return Catalog(load_file(path))


def marc_catalog(folder: Path) -> Catalog:
    """Return the records as a catalog over ISO 2709, without holdings."""
    return Catalog.from_files([marc_file(folder)])


def xml_catalog(folder: Path, *records: str) -> Catalog:
    """Return records, by default the made-up ones, as a catalog over MARCXML."""
    return _catalog(folder, *(records or RECORDS))


def opac_catalog(folder: Path) -> Catalog:
    """Return the records as a catalog whose first record came with a holding, as OPAC XML."""
    return _catalog(folder, OPAC_XML, *RECORDS[1:])
