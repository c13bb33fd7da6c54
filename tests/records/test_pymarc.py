"""Held against pymarc: the same leader, tags, indicators, codes and text on every real record, or a known reason."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pymarc
import pytest

from locate.records import read_record, split_marc
from tests.records.build import good, marcxml, record

Field: TypeAlias = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
"""Tag, indicators, and subfields as (code, text); a control field has no indicators and one subfield of code ""."""

ORDER = "control fields stand before data fields"
INDICATORS = "an indicator that is no printable ASCII character is a blank"
LINES = "a line break inside a text is a blank"
CONTROLS = "control characters and non-sorting marks are no text"
HALVES = "the two halves of a ligature are one mark over two letters"
ESCAPES = "MARC-8 escape sequences in a record flagged as UTF-8 are decoded; pymarc leaves them in the text"
MARC8 = "pymarc's MARC-8 reader adds a character after an escape sequence to ASCII, or for a byte without meaning"
NO_DIRECTORY = "pymarc refuses the directory; the fields are cut at their ends"
NO_INDICATORS = "pymarc refuses an indicator that is not ASCII"

DIFFERENCES: dict[str, dict[str, int]] = {
    "charset/marc8.mrc": {HALVES: 1, MARC8: 8},
    "charset/utf8.mrc": {ESCAPES: 15},
    "partners/ht_a.mrc": {LINES: 1, CONTROLS: 1},
    "partners/ht_c.mrc": {LINES: 1, CONTROLS: 1},
    "partners/mixed.mrc": {ORDER: 10, INDICATORS: 4, LINES: 52, CONTROLS: 399, NO_DIRECTORY: 7, NO_INDICATORS: 1},
    "records/dnb.mrc": {CONTROLS: 15},
    "records/gpo.mrc": {LINES: 1},
    "records/hathitrust_goldfinch.mrc": {LINES: 2, CONTROLS: 2},
    "records/melinda_fixtures.mrc": {ORDER: 20},
}
FILES = (
    "charset/marc8.mrc",
    "charset/utf8.mrc",
    "partners/gpo.mrc",
    "partners/ht_a.mrc",
    "partners/ht_b.mrc",
    "partners/ht_c.mrc",
    "partners/mixed.mrc",
    "records/dnb.mrc",
    "records/folio_samples.mrc",
    "records/gbv_kim2017.mrc",
    "records/gpo.mrc",
    "records/gpo_old.mrc",
    "records/hathitrust_goldfinch.mrc",
    "records/melinda_fixtures.mrc",
    "records/metafacture_bigsample.mrc",
    "records/psu.mrc",
    "records/temple.mrc",
    "records/uva.mrc",
)


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_decoding_equals_pymarcs(shared: Path, name: str) -> None:
    """Every record of every file has the content that pymarc reads, but for the counted reasons in the table."""
    reasons: Counter[str] = Counter()
    for chunk in split_marc((shared / "data" / name).read_bytes()):
        reasons.update(_reasons(chunk))
    assert reasons == DIFFERENCES.get(name, {})


def _reasons(chunk: bytes) -> list[str]:
    """Return why ``chunk`` reads otherwise with pymarc; fail when nothing known explains it."""
    found = good(read_record(chunk, "marc21"))
    try:
        theirs = _quietly_read(chunk)
    except pymarc.exceptions.RecordDirectoryInvalid:
        assert any("directory" in warning for warning in found.warnings)
        return [NO_DIRECTORY]
    except UnicodeDecodeError:
        return [NO_INDICATORS]
    ours = found.to_pymarc()
    assert str(ours.leader) == str(theirs.leader)
    expected, seen = _fields(ours), _fields(theirs)
    if seen == expected:
        return []
    expected, seen = _composed(expected), _composed(seen)
    reasons = []
    for reason, mend in MENDS.items():
        if seen == expected:
            break
        before, seen = seen, mend(seen)
        if seen != before:
            reasons.append(reason)
    if seen == expected:
        return reasons
    assert b"\x1b" in chunk, (
        found.control_number,
        [pair for pair in zip(seen, expected, strict=True) if len({*pair}) > 1],
    )
    if chunk[9:10] == b"a":
        assert any("\x1b" in text for _, _, subfields in _fields(theirs) for _, text in subfields)
        return [ESCAPES]
    return [MARC8]


def _quietly_read(chunk: bytes) -> pymarc.Record:
    with contextlib.redirect_stderr(io.StringIO()):
        return pymarc.Record(data=chunk, hide_utf8_warnings=True)


@pytest.fixture(autouse=True)
def _no_log() -> None:
    logging.getLogger("pymarc").setLevel(logging.CRITICAL)


def _fields(record: pymarc.Record) -> list[Field]:
    return [
        (field.tag, (), (("", field.data or ""),))
        if field.control_field
        else (field.tag, tuple(field.indicators or ()), tuple([(s.code, s.value) for s in field.subfields]))
        for field in record.fields
    ]


def _each_text(fields: list[Field], change: Callable[[str], str]) -> list[Field]:
    return [(tag, marks, tuple([(code, change(text)) for code, text in subs])) for tag, marks, subs in fields]


def _composed(fields: list[Field]) -> list[Field]:
    return _each_text(fields, lambda text: unicodedata.normalize("NFC", text))


def _control_first(fields: list[Field]) -> list[Field]:
    return sorted(fields, key=lambda field: bool(field[1]))


def _blank_indicators(fields: list[Field]) -> list[Field]:
    return [
        (tag, tuple([mark if mark.isascii() and mark.isprintable() else " " for mark in marks]), subfields)
        for tag, marks, subfields in fields
    ]


def _one_line(text: str) -> str:
    if not re.search(r"[\r\n]", text):
        return text
    return " ".join(line.strip() for line in re.split(r"[\r\n]+", text.strip("\r\n\t")))


def _without_controls(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]", "", text))


def _whole_marks(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub("[\ufe21\ufe23]", "", text).replace("\ufe20", "\u0361"))


MENDS: dict[str, Callable[[list[Field]], list[Field]]] = {
    ORDER: _control_first,
    INDICATORS: _blank_indicators,
    LINES: lambda fields: _each_text(fields, _one_line),
    CONTROLS: lambda fields: _each_text(fields, _without_controls),
    HALVES: lambda fields: _each_text(fields, _whole_marks),
}


def test_a_record_in_pymarcs_form() -> None:
    """Leader, fields and text are the same, and pymarc writes what is then read back the same."""
    found = record("001 42", "245 10$aÉtude in blue :$ba tale", "500 ##$aNote")
    made = found.to_pymarc()
    assert str(made.leader) == found.leader
    assert made["245"].indicators == pymarc.Indicators("1", "0")
    assert made["245"].subfields == [pymarc.Subfield("a", "Étude in blue :"), pymarc.Subfield("b", "a tale")]
    again = good(read_record(made.as_marc(), "marc21"))
    assert (again.control_fields, again.fields) == (found.control_fields, found.fields)
    made.remove_fields("245")
    assert found.to_pymarc()["245"]["b"] == "a tale"


def test_fields_that_pymarc_would_take_for_others() -> None:
    """XML says by its elements what is a control field; the tag does not decide it."""
    text = marcxml("245 10$aTitle").replace("</leader>", '</leader><controlfield tag="FMT">BK</controlfield>')
    text = text.replace(
        "</record>", '<datafield tag="004" ind1="1" ind2=" "><subfield code="a">x</subfield></datafield></record>'
    )
    made = good(read_record(text.encode(), "xml")).to_pymarc()
    assert made["FMT"].data == "BK"
    assert made["004"].subfields == [pymarc.Subfield("a", "x")]
    assert made["004"].indicators == pymarc.Indicators("1", " ")


def test_made_up_records_are_themselves_well_formed() -> None:
    """The tests' own records are readable by pymarc, so that what they show is not an artefact."""
    assert pymarc.Record(data=record("245 10$aTitle").raw)["245"]["a"] == "Title"
