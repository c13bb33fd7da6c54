"""The sample records: what is built matches what is written, and what is written is sound."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from lxml import etree
from pymarc import MARCReader, Record
from stdnum import isbn, issn

from locate.availability.holdings import Availability
from locate.citation import Citation

SAMPLES = Path(__file__).resolve().parents[2] / "sample_marc"
PARTNERS = ("lakeside", "harbor", "hilltop", "oldtown")
SLIM = "{http://www.loc.gov/MARC21/slim}"


def _load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_marc_build", SAMPLES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BUILD = _load_build()


def _sources() -> Iterator[tuple[str, str, Any]]:
    """Yield partner, built file and source record, for every record."""
    for partner, target, _ in BUILD.SERVED:
        text = (SAMPLES / "source" / f"{partner}.mrk").read_text(encoding="utf-8")
        for record in BUILD.parse_source(text, partner):
            yield partner, target, record


RECORDS = list(_sources())


def _texts(record: Any, tag: str, codes: str) -> list[str]:
    return [text for one in record.fields if one.tag == tag for code, text in one.subfields if code in codes]


def _manifest() -> list[tuple[str, ...]]:
    lines = (SAMPLES / "MANIFEST.md").read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("|")]
    files = {target for _, target, _ in RECORDS}
    return [row for row in rows if row[0] in files]


def _requests() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = tomllib.loads((SAMPLES / "requests.toml").read_text(encoding="utf-8"))["request"]
    return loaded


def _read_marc(name: str) -> list[Record | None]:
    with (SAMPLES / name).open("rb") as handle:
        return list(MARCReader(handle))


def _read_xml(name: str) -> list[Any]:
    return list(etree.parse(str(SAMPLES / name)).iter(f"{SLIM}record"))


class TestBuild:
    """The build script."""

    def test_built_files_match_their_sources(self) -> None:
        """Every committed file is what its source builds."""
        for name, data in BUILD.build_all().items():
            assert (SAMPLES / name).read_bytes() == data, f"{name}: run sample_marc/build.py"

    def test_check_says_which_file_differs_and_a_build_mends_it(self, tmp_path: Path) -> None:
        """--check exits 1 naming a changed file and writes nothing; a plain run writes it again."""
        copy = tmp_path / "sample_marc"
        shutil.copytree(SAMPLES, copy, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / "koha.mrc").write_bytes(b"changed")

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, str(copy / "build.py"), *arguments]
            return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

        checked = run("--check")
        assert (checked.returncode, checked.stdout.split(":")[0]) == (1, "koha.mrc")
        assert (copy / "koha.mrc").read_bytes() == b"changed"
        assert run().returncode == 0
        assert run("--check").returncode == 0

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("245 no equals sign", r"x:1: not a field line"),
            ("=LDR  short\n=001  1", r"needs =LDR of 24 characters"),
            ("=LDR  00000nam\\a2200000\\i\\4500\n=245  10aTitle", r"x:2: field 245 needs two indicators"),
            ("=LDR  00000nam\\a2200000\\i\\4500\n=245  10$a$bB", r"x:2: field 245 has an empty subfield"),
            ("=CIR  availableNow=1", r"x:1: =CIR stands before any =HOL"),
            ("=HOL  shelf=Main", r"x:1: unknown element 'shelf'"),
        ],
    )
    def test_a_bad_source_line_is_named(self, text: str, message: str) -> None:
        """A source that cannot be read is refused with its line and what to do."""
        with pytest.raises(BUILD.SourceError, match=message):
            BUILD.parse_source(text, "x")

    def test_marc8_puts_marks_first_and_calls_ascii_back(self) -> None:
        """A combining mark precedes its letter; another script is called by escape and left by escape."""
        assert BUILD.to_marc8("Étude") == b"\xe2Etude"
        assert BUILD.to_marc8("Йод") == b"\x1b(NjOD\x1b(B"
        with pytest.raises(BUILD.SourceError, match=r"U\+4E00"):
            BUILD.to_marc8("\u4e00")


class TestContent:
    """The records and the manifest."""

    def test_at_least_eighty_records_read(self) -> None:
        """Every record of every built file reads, and there are at least 80."""
        marc = [record for name in ("koha.mrc", "oldtown.mrc") for record in _read_marc(name)]
        xml = [record for name in ("alma.opac.xml", "hilltop.opac.xml", "extra.xml") for record in _read_xml(name)]
        assert None not in marc
        assert len(marc) + len(xml) == len(RECORDS) >= 80

    def test_manifest_names_every_record_once(self) -> None:
        """File and 001 of each record stand in exactly one manifest line, and no line names a record that is not."""
        named = Counter((row[0], row[1]) for row in _manifest())
        held = Counter((target, record.control_number) for _, target, record in RECORDS)
        assert named == held
        assert set(held.values()) == {1}

    def test_manifest_titles_are_those_of_the_records(self) -> None:
        """The title column is 245 $a $b $n $p of the record, without closing punctuation."""
        titles = {
            (target, record.control_number): " ".join(_texts(record, "245", "abnp")).rstrip(" /:;=").replace("  ", " ")
            for _, target, record in RECORDS
        }
        for row in _manifest():
            assert row[2] == titles[row[0], row[1]]
            assert row[3]
            assert row[4]

    def test_made_up_publications_have_no_standard_number(self) -> None:
        """A line that says made-up belongs to a record without ISBN, ISSN, LCCN or 035, which says so in a 500."""
        made_up = {(row[0], row[1]) for row in _manifest() if row[4] == "made-up"}
        assert made_up
        for _, target, record in RECORDS:
            if (target, record.control_number) in made_up:
                assert not {one.tag for one in record.fields} & {"010", "020", "022", "024", "035"}
                assert "Made-up publication" in " ".join(_texts(record, "500", "a"))

    def test_numbers_marked_valid_have_right_check_digits(self) -> None:
        """Each ISBN in 020 $a and each ISSN in 022 $a is valid."""
        isbns = [text.split()[0] for _, _, record in RECORDS for text in _texts(record, "020", "a")]
        issns = [text for _, _, record in RECORDS for text in _texts(record, "022", "a")]
        assert [number for number in isbns if not isbn.is_valid(number)] == []
        assert [number for number in issns if not issn.is_valid(number)] == []
        assert len(isbns) > 80

    def test_every_record_names_a_made_up_agency(self) -> None:
        """003 begins with XX-Demo, so that no local number passes for a real one; 008 has 40 characters."""
        for _, _, record in RECORDS:
            controls = {one.tag: one.data for one in record.fields if one.data}
            assert controls["003"].startswith("XX-Demo")
            assert len(controls["008"]) == 40

    def test_linked_fields_point_at_each_other(self) -> None:
        """Each 880 $6 names a field whose own $6 names it back."""
        link = re.compile(r"(\d{3})-(\d\d)")
        for _, _, record in RECORDS:
            pairs = []
            for one in record.fields:
                for code, text in one.subfields:
                    if code == "6" and (found := link.match(text)):
                        pairs.append((one.tag, found[1], found[2]))
            back = {(named, tag, number) for tag, named, number in pairs}
            assert back == set(pairs), record.control_number

    @pytest.mark.parametrize(
        ("tag", "codes"),
        [
            ("086", "a"),
            ("041", "h"),
            ("240", "a"),
            ("505", "t"),
            ("533", "a"),
            ("776", "z"),
            ("780", "x"),
            ("785", "x"),
        ],
    )
    def test_hard_cases_are_there(self, tag: str, codes: str) -> None:
        """The fields that make a locate hard occur in two records at least."""
        assert len([1 for _, _, record in RECORDS if _texts(record, tag, codes)]) >= 2

    @pytest.mark.parametrize("script", ["CYRILLIC", "HEBREW", "ARABIC", "CJK", "HIRAGANA"])
    def test_scripts_are_there(self, script: str) -> None:
        """Each script occurs in an 880 field."""
        text = "".join(text for _, _, record in RECORDS for text in _texts(record, "880", "abc"))
        assert any(unicodedata.name(char, "").startswith(script) for char in text)


class TestForms:
    """The built files, read by other means than the build's."""

    def test_old_town_is_marc8(self) -> None:
        """Old Town's leaders do not claim UTF-8, its bytes are not UTF-8, and its Cyrillic reads."""
        data = (SAMPLES / "oldtown.mrc").read_bytes()
        assert all(one[9:10] == b" " for one in data.split(b"\x1d") if one)
        assert b"\x1b(N" in data
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")
        titles = [one.get("b") for record in _read_marc("oldtown.mrc") if record for one in record.get_fields("880")]
        assert "исследования и переводы /" in titles

    def test_harbor_is_utf8_with_items(self) -> None:
        """Harbor's leaders claim UTF-8, and each print record has a 952 with the flags that Koha writes."""
        for record in _read_marc("koha.mrc"):
            assert record is not None
            assert str(record.leader)[9] == "a"
            for item in record.get_fields("952"):
                assert {"0", "1", "7", "a", "p", "y"} <= {one.code for one in item.subfields}
        assert sum(bool(record and record.get_fields("952")) for record in _read_marc("koha.mrc")) >= 20

    @pytest.mark.parametrize("name", ["alma.opac.xml", "hilltop.opac.xml"])
    def test_opac_records_have_the_layout_of_a_gateway(self, name: str) -> None:
        """The wrapper holds opacRecord elements, each a MARCXML record and holdings; flags are value attributes."""
        root = etree.parse(str(SAMPLES / name)).getroot()
        assert root.tag == "opacRecords"
        assert all([child.tag for child in one] == ["bibliographicRecord", "holdings"] for one in root)
        now = {element.get("value") for element in root.iter("availableNow")}
        assert now == {"0", "1"}

    def test_barcodes_are_unique(self) -> None:
        """No barcode occurs twice, over all partners."""
        barcodes = [
            text for _, _, record in RECORDS for text in _texts(record, "952", "p") + _texts(record, "876", "p")
        ]
        for _, _, record in RECORDS:
            barcodes += [pairs["itemId"] for holding in record.holdings for pairs in holding.circulations]
        assert [code for code, times in Counter(barcodes).items() if times > 1] == []


class TestRequests:
    """The demo's requests."""

    def test_each_has_a_citation_and_an_expectation_for_every_partner(self) -> None:
        """Citations load, ids are unique, and each partner's expectation is one of the known outcomes."""
        known = {"NOT_FOUND", *(f"FOUND/{one}" for one in Availability if one is not Availability.NOT_CHECKED)}
        loaded = _requests()
        assert len({one["id"] for one in loaded}) == len(loaded) >= 12
        for one in loaded:
            assert set(one) == {"id", "shows", "citation", "expect"}
            assert not Citation.from_mapping(one["citation"]).is_empty
            assert tuple(one["expect"]) == PARTNERS
            assert set(one["expect"].values()) <= known

    def test_only_the_bad_check_digit_request_has_a_wrong_isbn(self) -> None:
        """Every other request's ISBN and ISSN is valid."""
        wrong = [one["id"] for one in _requests() if not all(map(isbn.is_valid, one["citation"].get("isbn", ())))]
        assert wrong == ["bad-check-digit"]
        assert all(issn.is_valid(number) for one in _requests() for number in one["citation"].get("issn", ()))

    def test_outcomes_of_every_kind_are_shown(self) -> None:
        """Together the requests show every outcome, and one that no partner holds."""
        seen = {value for one in _requests() for value in one["expect"].values()}
        assert {"NOT_FOUND", "FOUND/UNKNOWN", "FOUND/NOT_REQUESTABLE", "FOUND/ELECTRONIC_ONLY"} <= seen
        assert any(set(one["expect"].values()) == {"NOT_FOUND"} for one in _requests())
