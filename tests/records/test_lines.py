"""MARC written out as lines of text is read in the three ways that people save it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from locate.errors import RecordError
from locate.records import BibRecord, load_file, to_lines
from locate.records.lines import begins_with_lines, iso2709_of_lines
from tests.records.build import good, record, refused

FORMS = {
    "this package's and YAZ's": (
        "LDR 00000nam a2200000 a 4500\n001    17\n245 10 $a A title : $b the rest\n300    $a 9 p.\n"
    ),
    "MarcEdit's": "=LDR  00000nam a2200000 a 4500\n=001  17\n=245  10$aA title :$bthe rest\n=300  \\\\$a9 p.\n",
    "MARC::Record's": (
        "LDR 00000nam a2200000 a 4500\n001     17\n245 10 _aA title :\n       _bthe rest\n300    _a9 p.\n"
    ),
}


def read(folder: Path, text: str | bytes) -> list[BibRecord | RecordError]:
    """Return the records of a file with this text."""
    path = folder / "lines"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [one.record for one in load_file(path)]


@pytest.mark.parametrize("form", FORMS)
def test_each_way_of_writing_is_read(tmp_path: Path, form: str) -> None:
    """Control fields, indicators and subfields come out the same."""
    (found,) = read(tmp_path, FORMS[form])
    one = good(found)
    assert one.control_number == "17"
    assert [(field.tag, field.ind1, field.ind2, field.subfields) for field in one.fields] == [
        ("245", "1", "0", (("a", "A title :"), ("b", "the rest"))),
        ("300", " ", " ", (("a", "9 p."),)),
    ]


def test_what_the_package_writes_it_reads(tmp_path: Path) -> None:
    """A record shown as lines, saved and read again, is the same record."""
    shown = record("001 5", "020 ##$a9780306406157", "245 10$aÉtudes :$bthe costs")
    (found,) = read(tmp_path, to_lines(shown))
    assert good(found).fields == shown.fields


def test_a_sum_of_money_begins_no_subfield(tmp_path: Path) -> None:
    """A dollar sign without a code and a blank behind it is text."""
    (found,) = read(tmp_path, "LDR x\n245 10 $a Costs $10.00 $b each\n")
    assert good(found).fields[0].subfields == (("a", "Costs $10.00"), ("b", "each"))


def test_several_records_and_a_bad_one_between(tmp_path: Path) -> None:
    """A leader begins a record; a line that is no field is an error in its record's place, with its number."""
    text = "LDR x\n245 10 $a One\nLDR x\nnonsense\n\nLDR x\n245 10 $a Three\n"
    first, second, third = read(tmp_path, "\ufeff" + text)
    assert (good(first).title.shown, good(third).title.shown) == ("One", "Three")
    assert refused(second).reason == "line 2 is no field of MARC in lines: 'nonsense'"


def test_a_subfield_line_before_any_field_is_an_error(tmp_path: Path) -> None:
    """There is no field that it could belong to."""
    (found,) = read(tmp_path, "LDR x\n       _bthe rest\n")
    assert "line 2 is no field" in refused(found).reason


def test_other_files_are_not_lines() -> None:
    """ISO 2709 and XML begin otherwise."""
    assert begins_with_lines(b"\xef\xbb\xbf\n=LDR  00000")
    assert not begins_with_lines(b"00026nam a22")
    assert not begins_with_lines(b"<record>LDR </record>")


@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_errors(data: bytes) -> None:
    """Whatever stands behind the leader, nothing is raised."""
    for found in iso2709_of_lines(b"LDR x\n" + data):
        assert isinstance(found, bytes | RecordError)
