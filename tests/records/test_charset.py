"""The character set of a record is what its bytes say, whatever the leader claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from locate.records import read_record, split_marc
from locate.records.content import clean_text, nfc
from locate.records.marc8 import decode_marc8
from tests.records.build import good, iso2709

TITLE = "245 10$aLe café près de l'été à Łódź"


def test_utf8_as_declared() -> None:
    """UTF-8 under leader/09 "a" is read as such, and nothing is said against the leader."""
    record = good(read_record(iso2709(TITLE), "marc21"))
    assert record.title.proper == "Le café près de l'été à Łódź"
    assert (record.charset.used, record.charset.declared, record.charset.wrong_flag) == ("utf-8", "utf-8", False)


def test_utf8_under_a_marc8_flag() -> None:
    """UTF-8 under a blank leader/09 is still UTF-8, and the flag is called wrong."""
    record = good(read_record(iso2709(TITLE, leader_09=" "), "marc21"))
    assert record.title.proper == "Le café près de l'été à Łódź"
    assert (record.charset.used, record.charset.declared, record.charset.wrong_flag) == ("utf-8", "marc-8", True)
    assert "leader/09" in record.charset.why


@pytest.mark.parametrize(("leader_09", "wrong"), [(" ", False), ("a", True)])
def test_marc8_under_either_flag(leader_09: str, wrong: bool) -> None:  # noqa: FBT001
    """MARC-8 diacritics are recognised by what they stand before, under the right flag and the wrong one."""
    title = b"10\x1faLe caf\xe2e pr\xe1es de l'\xe2et\xe2e, \xa1\xe2od\xe2z"
    record = good(read_record(iso2709(("245", title), leader_09=leader_09), "marc21"))
    assert record.title.proper == "Le café près de l'été, Łódź"
    assert (record.charset.used, record.charset.wrong_flag) == ("marc-8", wrong)


@pytest.mark.parametrize("leader_09", [" ", "a"])
def test_latin1_under_either_flag(leader_09: str) -> None:
    """Latin-1 text is neither UTF-8 nor sensible MARC-8: it is read as Latin-1 and the flag is called wrong."""
    fields = ("245 10$aBücher über Städte in Südtirol, création française à côté", "260 ##$bÉditions Générales")
    record = good(read_record(iso2709(*fields, leader_09=leader_09, encoding="latin-1"), "marc21"))
    assert record.title.proper == "Bücher über Städte in Südtirol, création française à côté"
    assert (record.charset.used, record.charset.wrong_flag) == ("latin-1", True)


def test_one_damaged_subfield_does_not_spoil_the_rest() -> None:
    """A byte that is no UTF-8 costs its own subfield only; the record says so."""
    fields = (TITLE, "260 ##$bÉditions", ("500", b"  \x1faMus\xe9e"))
    record = good(read_record(iso2709(*fields), "marc21"))
    assert record.title.proper == "Le café près de l'été à Łódź"
    assert next(record.get("500")).first("a") == "Musée"
    assert record.charset.wrong_flag
    assert any("1 subfield" in warning for warning in record.warnings)


def test_marc8_escapes_inside_utf8_are_decoded_again() -> None:
    """Escape sequences that a conversion to UTF-8 left behind become the characters they stood for."""
    record = good(read_record(iso2709("245 10$aL'été : CO\x1bb2\x1bs et \x1bga\x1bs-rays"), "marc21"))
    assert record.title.proper == "L'été : CO₂ et \u03b1-rays"
    assert record.charset.used == "utf-8"
    assert record.warnings


def test_seven_bit_marc8_under_a_utf8_flag_is_called_wrong() -> None:
    """Only ASCII bytes, but with MARC-8 escapes: the bytes contradict leader/09 "a"."""
    record = good(read_record(iso2709("245 10$aN\x1bb2\x1bs"), "marc21"))
    assert (record.title.proper, record.charset.used, record.charset.wrong_flag) == ("N₂", "marc-8", True)


def test_ascii_is_as_declared() -> None:
    """With only ASCII every claim is right."""
    for flag, used in ((" ", "marc-8"), ("a", "utf-8"), ("z", "utf-8")):
        evidence = good(read_record(iso2709("245 10$aPlain", leader_09=flag), "marc21")).charset
        assert (evidence.used, evidence.wrong_flag) == (used, False)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        (b"\xe8uber", "über"),
        (b"\xe2\xe8u", "ú\u0308"),
        (b"\x1b(NmOSKWA\x1b(B!", "\u041c\u043e\u0441\u043a\u0432\u0430!"),
        (b"\x1b)N\xed\xef", "\u041c\u041e"),
        (b"\x1b(2\x60\x61", "\u05d0\u05d1"),
        (b"\x1b$1!0!\x1b(B.", "\u4e00."),
        (b"\x1b$1!0", "\ufffd"),
        (b"H\x1bb2\x1bsO", "H₂O"),
        (b"\xebi\xeceu", "i\u0361eu"),
        (b"a\x1b", "a"),
        (b"a\x1b(", "a"),
        (b"\x88The \x89end", "\x98The \x9cend"),
        (b"e\xe2", "e"),
    ],
)
def test_marc8_state_machine(data: bytes, text: str) -> None:
    """Combining marks follow their letter, escapes switch sets, and cut escapes are dropped."""
    assert decode_marc8(data)[0] == text


def test_marc8_counts_what_no_table_knows() -> None:
    """A byte without a meaning becomes U+FFFD and is counted."""
    assert decode_marc8(b"a\xfcb\xfdc") == ("a\ufffdb\ufffdc", 2)


def test_non_sorting_marks_and_controls_leave_the_text() -> None:
    """The ISO 6630 marks around an article, and control characters, are no part of a text."""
    record = good(read_record(iso2709("245 04$a\x98Der\x9c Zauber\x07berg", "700 1#$a\x88La\x89 Fontaine"), "marc21"))
    assert record.title.proper == "Der Zauberberg"
    assert record.names[0].heading == "La Fontaine"
    assert clean_text("a\ud800b") == "ab"


def test_text_is_nfc_and_long_runs_of_marks_cost_linear_time() -> None:
    """Decomposed text is composed; a hostile run of combining marks is normalised in slices."""
    assert clean_text("Cafe\u0301") == "Café"
    hostile = "a" + "\u0301\u0323" * 100_000
    assert len(nfc(hostile)) <= len(hostile)
    assert nfc("e\u0301 " * 2000) == "é " * 2000


@pytest.mark.shared
def test_marc8_twin_reads_like_its_utf8_twin(shared: Path) -> None:
    """145 of 150 records in MARC-8 give the very text of their UTF-8 twins; in the other five the twin is damaged."""
    marc8, utf8 = (
        [good(read_record(chunk, "marc21")) for chunk in split_marc((shared / "data/charset" / name).read_bytes())]
        for name in ("marc8.mrc", "utf8.mrc")
    )
    assert {record.charset.used for record in marc8} == {"marc-8"}
    assert len(marc8) == len(utf8) == 150
    differing = [a.control_number for a, b in zip(marc8, utf8, strict=True) if a.fields != b.fields]
    assert differing == ["001075857", "001075865", "001075882", "001075883", "001075884"]
