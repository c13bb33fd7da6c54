"""UNIMARC records, from bytes to what matching compares: character sets, non-sorting marks, syntax."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.candidates import interpret
from locate.matching.normalize import compact, title_words
from locate.records import BibRecord, read_record
from locate.records.iso5426 import bears_iso5426, decode_iso5426
from locate.z3950.apdu import External, NamePlusRecord
from locate.z3950.oids import OPAC, UNIMARC
from locate.z3950.opac import HoldingsAndCirc, OpacRecord, encode_opac
from locate.z3950.retrieval import Record, read_records
from tests.peers.requirements import peers_or_skip
from tests.records.build import good, iso2709

GENERAL = "100 ##$a20010101d1999    u  y0frey0103    ba"


def _title(title: bytes, *more: str | tuple[str, bytes]) -> BibRecord:
    return good(read_record(iso2709(GENERAL, ("200", b"1 \x1fa" + title), *more, leader_09=" ", f008=None), "unimarc"))


@pytest.mark.parametrize(
    ("title", "used"),
    [
        (b"\x88Le \x89chat", "utf-8"),
        (b"\x98Le \x9cchat", "utf-8"),
        ("\u0098Le \u009cchat".encode(), "utf-8"),
        ("\u0088Le \u0089chat".encode(), "utf-8"),
        (b"Le chat", "utf-8"),
    ],
)
def test_non_sorting_marks(title: bytes, used: str) -> None:
    """Non-sorting marks, as single bytes or as characters, are no part of the title."""
    record = _title(title)
    assert record.title.proper == "Le chat"
    assert record.charset.used == used
    assert compact(title_words(record.title.proper)) == compact(title_words("Le chat"))


@pytest.mark.parametrize(
    ("title", "used"),
    [
        ("L'été à Łódź".encode(), "utf-8"),
        (b"\x88L'\x89" + "été à Łódź".encode(), "utf-8"),
        ("\u0098L'\u009cété à Łódź".encode(), "utf-8"),
        (b"\x88L'\x89\xc2et\xc2e \xc1a \xe8\xc2od\xc2z", "iso-5426"),
        ("L'été à la plage".encode("latin-1"), "latin-1"),
        (b"\x88L'\x89" + "été à la plage".encode("latin-1"), "latin-1"),
        (b"L'\xe2et\xe2e \xe1a la plage", "marc-8"),
    ],
)
def test_character_sets(title: bytes, used: str) -> None:
    """Every set in which UNIMARC comes is told by its bytes, with and without non-sorting marks."""
    record = _title(title)
    assert record.title.proper in {"L'été à Łódź", "L'été à la plage"}
    assert (record.charset.used, record.charset.wrong_flag) == (used, False)


def test_german_capitals_are_no_iso5426() -> None:
    """Latin-1 capitals that happen to stand before a fitting letter do not make a record ISO 5426."""
    record = _title("Österreich für Anfänger".encode("latin-1"))
    assert record.title.proper == "Österreich für Anfänger"
    assert record.charset.used == "latin-1"


def test_marc21_is_not_read_as_iso5426() -> None:
    """A MARC 21 record is never in ISO 5426, which its leader cannot name."""
    record = good(read_record(iso2709(("245", b"10\x1faL'\xc2et\xc2e"), leader_09=" "), "marc21"))
    assert record.charset.used != "iso-5426"


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"\xc8u\xc9o\xcaa", "üöå"),
        (b"\xd0c \xd0\xc2c", "ç \u1e09"),
        (b"\xa1\xab\xbb\xbf", "¡«»¿"),
        (b"\xe1\xf1\xe9\xf9\xea\xfa\xfb\xe8\xf8", "ÆæØøŒœßŁł"),
        (b"\xddi\xdea", "i\u0361a"),
        (b"e\xc2", "é"),
        (b"\xb3\xe0\xff", "\ufffd" * 3),
        (b"plain", "plain"),
    ],
)
def test_iso5426(octets: bytes, text: str) -> None:
    """Letters, signs and diacritics of ISO 5426 become characters; a free byte is U+FFFD."""
    assert decode_iso5426(octets) == text


@given(st.binary(max_size=200))
def test_iso5426_never_fails(octets: bytes) -> None:
    """Any octets at all make some text."""
    assert isinstance(decode_iso5426(octets), str)
    assert bears_iso5426([octets]) in {True, False}


@pytest.mark.peers
def test_iso5426_as_yaz_reads_it() -> None:
    """YAZ's converter reads the same characters at every byte that the set defines."""
    import subprocess
    import unicodedata

    from tests.peers.servers import program_path

    with peers_or_skip():
        program = program_path("yaz-iconv", package="yaz")
    # YAZ takes 0xDD for the half of a double tilde.
    defined = [
        byte for byte in range(0xA1, 0x100) if byte != 0xDD and "\ufffd" not in decode_iso5426(bytes((byte, 97)))
    ]
    octets = b"|".join(bytes((byte, 97)) for byte in defined)
    command = [program, "-f", "iso5426", "-t", "utf8"]
    theirs = subprocess.run(command, input=octets, capture_output=True, check=True, timeout=10).stdout.decode()
    assert unicodedata.normalize("NFC", theirs).split("|") == [decode_iso5426(bytes((byte, 97))) for byte in defined]
    assert len(defined) > 70


UNIMARC_RECORD = iso2709(
    "001 123456789",
    "010 ##$a978-2-02-000001-7",
    GENERAL,
    ("200", b"1 \x1fa\x88Le \x89vent\x1ffJeanne Nom"),
    "700 #1$aNom$bJeanne",
    leader_09=" ",
    f008=None,
)


def _fetched(syntax: str, encoding: tuple[str, bytes]) -> Record:
    external = External(syntax, None, encoding)  # type: ignore[arg-type] # a pair that the test's parameters made
    (found,) = read_records(("response", (NamePlusRecord(("retrieval", external)),)), 1)
    assert isinstance(found, Record)
    return found


def _check(record: object) -> None:
    assert isinstance(record, BibRecord)
    assert record.syntax == "unimarc"
    assert record.title.proper == "Le vent"
    assert record.control_number == "123456789"
    assert [number.raw for number in record.isbns] == ["978-2-02-000001-7"]
    assert record.names[0].heading == "Nom, Jeanne"


@pytest.mark.parametrize("arm", ["octets", "single", "bits"])
def test_from_the_wire(arm: str) -> None:
    """A record of the UNIMARC syntax, in every form of EXTERNAL, reaches matching as a bibliographic record."""
    size = len(UNIMARC_RECORD).to_bytes(2, "big")
    prefix = {"octets": b"", "bits": b"\x00", "single": b"\x04\x82" + size}[arm]
    record, opac = interpret(_fetched(UNIMARC, (arm, prefix + UNIMARC_RECORD)))
    assert opac is None
    _check(record)


def test_inside_an_opac_record() -> None:
    """The bibliographic record of an OPAC record may be UNIMARC."""
    sent = OpacRecord(UNIMARC, UNIMARC_RECORD, (HoldingsAndCirc(call_number="A 1"),))
    record, opac = interpret(_fetched(OPAC, ("single", encode_opac(sent))))
    assert opac == sent
    _check(record)
