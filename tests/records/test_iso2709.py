"""ISO 2709: where fields lie when the directory is right, when it is wrong, and when there is none."""

from __future__ import annotations

from pathlib import Path

import pymarc
import pytest
from hypothesis import given, strategies as st

from locate.errors import RecordError
from locate.records import BibRecord, read_record, split_marc, to_iso2709
from locate.records.iso2709_content import Iso2709Content
from tests.records.build import good, iso2709, refused

RECORD = iso2709("001 42", "245 10$aÉtude in blue :$ba tale /$cAnn Noun.", "300 ##$a12 p.")


def test_a_record_is_taken_apart() -> None:
    """Leader, control fields, indicators and subfields come out in record order."""
    found = good(read_record(RECORD, "marc21"))
    assert found.leader[5:9] == "nam "
    assert found.control("001") == found.control_number == "42"
    assert [field.tag for field in found.fields] == ["245", "300"]
    assert (found.fields[0].ind1, found.fields[0].ind2) == ("1", "0")
    assert found.fields[0].subfields == (("a", "Étude in blue :"), ("b", "a tale /"), ("c", "Ann Noun."))
    assert found.raw == RECORD
    assert found.warnings == ()


def test_a_line_break_is_no_content() -> None:
    """Lines inside a subfield are joined, as in XML, so that a record reads the same in both forms."""
    found = good(read_record(iso2709("001 42", "245 10$a\nÉtude\r\n in blue$ba\ttale"), "marc21"))
    assert found.fields[0].subfields == (("a", "Étude in blue"), ("b", "a\ttale"))


_TEXT = st.text(st.sampled_from("aB1 .$\t\n\r\x1d\x07éßŁ\u00a0\u02bb\u0301\u0098\u0416\u4e00\ufb01\x1f"), max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["001", "245", "500"]), _TEXT), min_size=1, max_size=5))
def test_text_decoded_in_one_piece_is_that_of_its_pieces(rows: list[tuple[str, str]]) -> None:
    """A record decoded as a whole has the same indicators, codes and text as one decoded field by field."""
    bodies = [(tag, text.encode()) for tag, text in rows]
    data = iso2709(*bodies, f008=None)
    whole = Iso2709Content(data, "", "a")
    pieces = Iso2709Content(data, "", "a", bodies)
    assert whole.control_fields == pieces.control_fields
    assert whole.fields == pieces.fields
    assert whole.get("500") == pieces.get("500") == list(whole.tagged("500"))


def test_an_offset_beyond_the_directory_is_not_taken_for_a_length() -> None:
    """An offset of six digits runs into the length before it: such an entry does not fit, and a warning says so."""
    bodies = [b"  \x1fa" + b"x" * 9000 + b"\x1e"] * 12 + [b"  \x1faLast\x1e"]
    directory, offset = b"", 0
    for body in bodies:
        directory += b"500%09d" % (len(body) * 100_000 + offset)
        offset += len(body)
    data = b"99999nam a2200181 a 4500" + directory + b"\x1e" + b"".join(bodies) + b"\x1d"
    found = good(read_record(data, "marc21"))
    assert any("directory" in warning for warning in found.warnings)
    assert [len(field.first("a") or "") for field in found.fields] == [9000] * 12 + [4]


@pytest.mark.parametrize("length", [b"00000", b"99999", b"00012"])
def test_the_length_in_the_leader_is_not_believed(length: bytes) -> None:
    """A wrong record length changes nothing."""
    assert good(read_record(length + RECORD[5:], "marc21")).title.proper == "Étude in blue :"


def test_offsets_that_do_not_fit_are_mended() -> None:
    """Offsets counted in characters instead of bytes: the field terminators decide, and a warning says so."""
    wrong = RECORD.replace("Étude".encode(), "ÉÉÉtude".encode())
    found = good(read_record(wrong, "marc21"))
    assert found.title.proper == "ÉÉÉtude in blue :"
    assert found.extent == "12 p."
    assert any("directory" in warning for warning in found.warnings)


def test_tags_longer_than_three_characters_are_read() -> None:
    """Catalogs write local fields as "INST" or "RELATED" and break the twelve-byte entries: the record is read."""
    bodies = {"001": b"42", "245": b"10\x1faTitle", "INST": b"  \x1fa47X", "RELATED": b"  \x1faR"}
    directory, offset = b"", 0
    for tag, body in bodies.items():
        directory += b"%s%04d%05d" % (tag.encode(), len(body) + 1, offset)
        offset += len(body) + 1
    data = b"00000nam a2200000 a 4500" + directory + b"\x1e" + b"\x1e".join(bodies.values()) + b"\x1e\x1d"
    found = good(read_record(data, "marc21"))
    assert [field.tag for field in found.fields] == ["245", "INST", "RELATED"]
    assert next(found.get("INST")).first("a") == "47X"


def test_odd_indicators_and_codes_cost_no_field() -> None:
    """Missing, extra and non-ASCII indicators, an empty subfield and a code that is none are all survived."""
    found = good(
        read_record(
            iso2709(
                ("245", b"\x1faNone"),
                ("246", b"1\x1faOne"),
                ("247", b"123\x1faThree"),
                ("500", "é \x1faOdd".encode()),
                ("501", b"  \x1f\x1faTwo"),
                ("502", "  \x1féx".encode()),
            ),
            "marc21",
        )
    )
    assert [(f.tag, f.ind1, f.ind2) for f in found.fields[:3]] == [
        ("245", " ", " "),
        ("246", "1", " "),
        ("247", "1", "2"),
    ]
    assert found.title.proper == "None"
    assert [f.first("a") for f in found.get("500", "501")] == ["Odd", "Two"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"Hello, world, this is no record at all", "leader"),
        (b"00026nam a2200025 a 4500\x1e\x1d", "empty directory"),
        (b"00026nam a2200025 a 4500001", "field terminator"),
        (b"00100nam a2200061 a 4500245001000000650001000010700001000020\x1eabc\x1e\x1d", "does not fit"),
        (b"00100nam a2200037 a 4500245001000\x1eabc\x1e\x1d", "multiple of 12"),
        (b"00100nam a2200037 a 450024!000900000\x1eabc\x1e\x1d", "tags that are none"),
        (b"LDR 03101cam a2200505Ii 4500\n007     cr cnu\n", "lines of text"),
        (b"=LDR  03101cam a2200505Ii 4500\n=007  cr cnu\n", "lines of text"),
        (b"0" * (17 * 1024 * 1024), "longer than"),
    ],
)
def test_what_is_no_record_is_a_clear_error_value(data: bytes, words: str) -> None:
    """Bytes that are no ISO 2709 record come back as an error with one sentence and the bytes."""
    error = refused(read_record(data, "marc21"))
    assert words in error.reason
    assert error.raw == data
    assert error.syntax == "marc21"


def test_an_unknown_syntax_is_refused_by_name() -> None:
    """A record syntax that is not known here is said to be unknown."""
    assert "'grs-1'" in refused(read_record(RECORD, "grs-1")).reason


def test_split_marc_survives_junk_between_records() -> None:
    """Line ends, NUL and a byte order mark between records, and wrong lengths, do not lose a record."""
    data = b"\xef\xbb\xbf" + RECORD + b"\r\n\x00" + b"00007" + RECORD[5:] + b"\n" + RECORD + b"\n\x1a"
    chunks = list(split_marc(data))
    assert [good(read_record(chunk, "marc21")).control_number for chunk in chunks] == ["42", "42", "42"]


def test_split_marc_yields_what_is_left_over() -> None:
    """A cut record, and text that is no record, are yielded so that reading them says what is wrong."""
    chunks = list(split_marc(RECORD + b"junk\x1d" + RECORD[:60]))
    assert len(chunks) == 3
    assert chunks[0] == RECORD
    refused(read_record(chunks[1], "marc21"))
    refused(read_record(chunks[2], "marc21"))


def test_split_marc_believes_a_length_that_fits() -> None:
    """A record terminator inside a field does not cut a record whose stated length is right."""
    whole = iso2709(("245", b"10\x1faA\x1dB"))
    assert list(split_marc(whole + RECORD)) == [whole, RECORD]


def test_written_records_read_back_the_same() -> None:
    """What is written as ISO 2709 has the same content, in UTF-8 under leader/09 "a"."""
    found = good(read_record(iso2709("245 10$aCafé", leader_09=" ", encoding="latin-1"), "marc21"))
    again = good(read_record(to_iso2709(found), "marc21"))
    assert (again.control_fields, again.fields) == (found.control_fields, found.fields)
    assert (again.charset.used, again.charset.wrong_flag) == ("utf-8", False)
    assert pymarc.Record(data=to_iso2709(found))["245"]["a"] == "Café"


def test_what_iso2709_cannot_carry_is_refused() -> None:
    """A field above 9,999 bytes cannot be written; a tag of four characters is left out."""
    long = good(
        read_record(
            f'<record><datafield tag="520"><subfield code="a">{"x" * 10_000}</subfield></datafield></record>'.encode(),
            "xml",
        )
    )
    with pytest.raises(RecordError, match="field 520"):
        to_iso2709(long)
    odd = good(read_record(b'<record><leader>x</leader><datafield tag="INST"/><datafield tag="245"/></record>', "xml"))
    assert [f.tag for f in good(read_record(to_iso2709(odd), "marc21")).fields] == ["245"]


def test_unimarc_is_read_under_marc21_names() -> None:
    """UNIMARC title, names, imprint, numbers, dates and languages land where MARC 21 has them, with a warning."""
    found = good(
        read_record(
            iso2709(
                "010 ##$a978-2-02-000001-7$bbr.",
                "100 ##$a20010101d1999    u  y0frey0103    ba",
                "101 0#$afre",
                "200 1#$aLe vent$eroman$fJeanne Nom$hTome 2$iLa suite",
                "210 ##$aParis$cUn éditeur$d1999",
                "215 ##$a210 p.",
                "700 #1$aNom$bJeanne",
                "930 ##$aCOTE 1",
                leader_09=" ",
                f008=None,
            ),
            "unimarc",
        )
    )
    assert found.title.full == "Le vent roman Tome 2 La suite"
    assert found.names[0].heading == "Nom, Jeanne"
    assert found.names[0].surname == "Nom"
    assert (found.years, found.languages, found.extent) == (frozenset({1999}), ("fre",), "210 p.")
    assert found.publishers == ("Un éditeur",)
    assert found.isbns[0].raw == "978-2-02-000001-7"
    assert next(found.get("930")).first("a") == "COTE 1"
    assert any("UNIMARC" in warning for warning in found.warnings)
    assert not found.charset.wrong_flag


FILES = {
    "charset/marc8.mrc": 150,
    "charset/utf8.mrc": 150,
    "partners/gpo.mrc": 6000,
    "partners/ht_a.mrc": 6327,
    "partners/ht_b.mrc": 6309,
    "partners/ht_c.mrc": 6340,
    "partners/mixed.mrc": 6882,
    "records/dnb.mrc": 27,
    "records/folio_samples.mrc": 16,
    "records/gbv_kim2017.mrc": 51,
    "records/gpo.mrc": 4882,
    "records/gpo_old.mrc": 657,
    "records/hathitrust_goldfinch.mrc": 18976,
    "records/melinda_fixtures.mrc": 234,
    "records/metafacture_bigsample.mrc": 6,
    "records/psu.mrc": 2,
    "records/temple.mrc": 11,
    "records/uva.mrc": 2,
}
MENDED = {"partners/mixed.mrc": 7}


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_every_real_record_reads(shared: Path, name: str) -> None:
    """Every record of every file reads without error, seven of them with a directory that had to be mended."""
    found = [read_record(chunk, "marc21") for chunk in split_marc((shared / "data" / name).read_bytes())]
    assert [str(error) for error in found if isinstance(error, RecordError)] == []
    assert len(found) == FILES[name]
    mended = [r for r in found if isinstance(r, BibRecord) and any("directory" in w for w in r.warnings)]
    assert len(mended) == MENDED.get(name, 0)
