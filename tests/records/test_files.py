"""Files of records, told apart by content."""

from __future__ import annotations

from pathlib import Path

import pytest

from locate.errors import ConfigurationError, RecordError
from locate.records import BibRecord, load_file
from tests.records.build import good, iso2709, marcxml, refused


def _write(folder: Path, data: bytes | str) -> Path:
    path = folder / "records"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_iso2709_files_give_their_records_in_order(tmp_path: Path) -> None:
    """Records come in file order with their own bytes; one that is unreadable stands in its place."""
    first, second = iso2709("001 1"), iso2709("001 2")
    loaded = load_file(_write(tmp_path, first + b"\njunk\x1d\n" + second))
    assert [each.syntax for each in loaded] == ["marc21"] * 3
    assert [each.raw for each in loaded] == [first, b"junk\x1d", second]
    assert [isinstance(each.record, BibRecord) for each in loaded] == [True, False, True]
    assert all(each.opac is None for each in loaded)


def test_a_collection_gives_one_record_an_element(tmp_path: Path) -> None:
    """Each record of a MARCXML collection keeps its own element as raw bytes, readable by itself."""
    loaded = load_file(_write(tmp_path, f"<collection>{marcxml('001 1')}{marcxml('001 2')}</collection>"))
    assert [good(each.record).control_number for each in loaded] == ["1", "2"]
    assert b"collection" not in loaded[0].raw
    assert good(each := loaded[1].record).raw == loaded[1].raw
    assert isinstance(each, BibRecord)


def test_opac_records_come_with_their_holdings(tmp_path: Path) -> None:
    """OPAC XML gives the record and the holdings beside it; without a MARC record, an error and the holdings."""
    holding = "<holdings><holding><nucCode>n</nucCode></holding></holdings>"
    one = f"<opacRecord><bibliographicRecord>{marcxml('001 1')}</bibliographicRecord>{holding}</opacRecord>"
    loaded = load_file(_write(tmp_path, f"<records>{one}<opacRecord>{holding}</opacRecord></records>"))
    assert good(loaded[0].record).control_number == "1"
    assert [len(each.opac.holdings) for each in loaded if each.opac] == [1, 1]
    assert "without a bibliographic record" in refused(loaded[1].record).reason


def test_a_document_that_does_not_parse_is_one_error_value(tmp_path: Path) -> None:
    """Broken XML gives one entry that says so and keeps the bytes."""
    (loaded,) = load_file(_write(tmp_path, "<collection><record>"))
    assert refused(loaded.record).raw == b"<collection><record>"


def test_missing_empty_and_unreadable_files_name_themselves(tmp_path: Path) -> None:
    """A file that cannot be read at all is a configuration error with its path and what to do."""
    with pytest.raises(ConfigurationError, match="No such file"):
        load_file(tmp_path / "nowhere.mrc")
    with pytest.raises(ConfigurationError, match="is empty"):
        load_file(_write(tmp_path, b" \n"))
    with pytest.raises(ConfigurationError, match=str(tmp_path)):
        load_file(tmp_path)


# file: (records, of them with OPAC holdings)
SAMPLES = {
    "alma/alma-pitt-extra-eresource-record.xml": (2, 2),
    "alma/alma-princeton-notfound.xml": (0, 0),
    "alma/alma-princeton.xml": (1, 1),
    "alma/ava-bibsys-uio.xml": (1, 0),
    "crosslink/gvi_sru_response.xml": (1, 0),
    "evergreen/evergreen-east-central-with-checked-out-item-status.xml": (1, 0),
    "evergreen/evergreen-lake-agassiz-with-available-item-status.xml": (1, 0),
    "folio/folio-not-requestable.xml": (1, 1),
    "folio/opac-expectedOutput1.xml": (1, 1),
    "folio/opac-expectedOutput2.xml": (1, 1),
    "horizon/horizon-hennepin.xml": (1, 1),
    "horizon/horizon-jhu.xml": (1, 1),
    "koha/koha-chatham.xml": (1, 0),
    "polaris/polaris-with-in-item-status.xml": (1, 0),
    "sharedindex/bibrecord_01.xml": (1, 0),
    "sierra/sierra-laroche.xml": (1, 1),
    "symphony/symphony-stanford.xml": (1, 0),
    "tlc/tlc-eastern.xml": (1, 0),
    "voyager/voyager-yale.xml": (1, 1),
    "wms/wms-lfmm.xml": (1, 1),
    "yaz/generated-opac-record.xml": (1, 1),
    "yaz/test-opac.xml": (1, 1),
}


@pytest.mark.shared
def test_every_sample_file_reads(shared: Path) -> None:
    """Every server response in the samples loads, each with the records and OPAC holdings that it holds."""
    found = {}
    for path in sorted((shared / "samples").rglob("*.xml")):
        loaded = load_file(path)
        assert [each.record for each in loaded if isinstance(each.record, RecordError)] == []
        found[path.relative_to(shared / "samples").as_posix()] = (
            len(loaded),
            sum(each.opac is not None for each in loaded),
        )
    assert found == SAMPLES


@pytest.mark.shared
def test_marc_written_as_lines_is_read(shared: Path) -> None:
    """The one sample that is MARC as lines of text, one subfield a line."""
    (loaded,) = load_file(shared / "samples/folio/expectedMarc1.marc")
    assert isinstance(loaded.record, BibRecord)
    assert [field.tag for field in loaded.record.fields] == ["845", "952"]
