"""A record read or built: the same type, computed when asked, equal when its attributes are."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from locate.records import BibRecord, DataField, Title, load_file, read_record
from locate.records.bib import CharsetEvidence
from locate.records.charset import Decoding, choose_decoding
from tests.records.build import everything, good, iso2709, marcxml, record

FIELDS = ("001 42", "020 ##$a9780306406157", "100 1#$aNoun, Ann", "245 10$aÉtude in blue :$ba tale", "852 ##$bMAIN")
RAW = iso2709(*FIELDS)


def test_nothing_is_decoded_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading chooses no character set; the first attribute does, once, and is kept."""
    asked: list[bytes] = []

    def choose(data: bytes, leader_09: str) -> Decoding:
        asked.append(data)
        return choose_decoding(data, leader_09)

    monkeypatch.setattr("locate.records.iso2709_content.choose_decoding", choose)
    found = good(read_record(RAW, "marc21"))
    assert asked == []
    titles = found.titles
    assert titles[0].proper == "Étude in blue :"
    assert found.titles is titles
    assert everything(found)
    assert asked == [RAW]


def test_a_record_not_asked_holds_its_bytes_only() -> None:
    """What is kept of a record that was read and never looked at is little more than its bytes."""
    assert len(pickle.dumps(good(read_record(RAW, "marc21")))) < len(RAW) + 500


COPIES: list[Callable[[BibRecord], BibRecord]] = [
    copy.copy,
    copy.deepcopy,
    replace,
    lambda found: pickle.loads(pickle.dumps(found)),
]


@pytest.mark.parametrize("made", COPIES, ids=["copy", "deepcopy", "replace", "pickle"])
@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize(
    ("data", "syntax"),
    [(RAW, "marc21"), (RAW, "unimarc"), (marcxml(*FIELDS).encode(), "xml")],
    ids=["marc21", "unimarc", "xml"],
)
def test_a_copy_is_equal(made: Callable[[BibRecord], BibRecord], asked: bool, data: bytes, syntax: str) -> None:  # noqa: FBT001
    """Copies of a record, made before or after its attributes were asked for, have all of them."""
    found = good(read_record(data, syntax))
    if asked:
        assert everything(found)
    again = made(found)
    assert again == found
    assert hash(again) == hash(found)
    assert everything(again) == everything(found)
    assert list(again.get("852")) == list(found.get("852"))


def test_records_differ_by_any_attribute() -> None:
    """Two records are equal when all of their attributes are, however they came about."""
    found = good(read_record(RAW, "marc21"))
    assert found == good(read_record(RAW, "marc21"))
    assert replace(found, pages=3) != found
    assert replace(found, raw=b"") != found


def test_a_changed_copy_shows_what_it_was_given() -> None:
    """`get` and `control` of a changed copy look into the fields that it was given."""
    changed = replace(record(*FIELDS), fields=(DataField("852", " ", " ", (("b", "WEST"),)),), control_fields=())
    assert [field.first("b") for field in changed.get("852", "245")] == ["WEST"]
    assert changed.control("001") is None
    assert changed.title.proper == "Étude in blue :"


def test_a_record_is_built_by_keyword() -> None:
    """What is not given has its default; the parts that a record cannot be without must be given."""
    charset = CharsetEvidence("utf-8", "utf-8")
    built = BibRecord(
        raw=b"",
        syntax="marc21",
        leader=" " * 24,
        control_number=None,
        control_number_source=None,
        titles=(Title("Étude"),),
        charset=charset,
    )
    assert (built.title.proper, built.isbns, built.pages, built.years) == ("Étude", (), None, frozenset())
    assert list(built.get("245")) == []
    with pytest.raises(TypeError, match="titles"):
        BibRecord(raw=b"", syntax="marc21", leader="", control_number=None, control_number_source=None, charset=charset)


def test_a_record_is_frozen_and_knows_its_attributes() -> None:
    """No attribute can be set, and one that does not exist is an error."""
    found = record(*FIELDS)
    with pytest.raises(FrozenInstanceError):
        found.pages = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="isbn10s"):
        found.isbn10s  # type: ignore[attr-defined]  # noqa: B018


def test_a_record_shows_itself_in_one_line() -> None:
    """The representation names syntax, control number and title."""
    assert repr(record(*FIELDS)) == "<BibRecord marc21 42: 'Étude in blue : a tale'>"


def test_threads_share_a_record() -> None:
    """Threads that ask for everything at once all see the same values."""
    expected = everything(good(read_record(RAW, "marc21")))
    with ThreadPoolExecutor(8) as pool:
        for _ in range(20):
            found = good(read_record(RAW, "marc21"))
            assert all(seen == expected for seen in pool.map(everything, [found] * 8))


def test_fields_of_several_tags_come_in_record_order() -> None:
    """`get` yields the fields as they stand in the record, whatever the order of the tags asked for."""
    data = iso2709("852 ##$b1", "245 00$aTitle", "852 ##$b2", "020 ##$a3")
    for found in (
        record("852 ##$b1", "245 00$aTitle", "852 ##$b2", "020 ##$a3"),
        replace(good(read_record(data, "marc21"))),
    ):
        assert [field.first("b") or field.tag for field in found.get("020", "852", "999")] == ["1", "2", "020"]
        assert list(found.get()) == []
        assert [field.tag for field in found.fields] == ["852", "245", "852", "020"]


def test_the_record_of_an_opac_record_keeps_the_whole_as_its_bytes(tmp_path: Path) -> None:
    """A record inside an OPAC record is read like any other; its bytes are those of the OPAC record."""
    file = tmp_path / "one.xml"
    file.write_text(
        f"<opacRecord><bibliographicRecord>{marcxml('001 1', '245 10$aTitle')}</bibliographicRecord></opacRecord>"
    )
    (loaded,) = load_file(file)
    found = good(loaded.record)
    assert found.title.proper == "Title"
    assert found.raw == loaded.raw
    assert found.raw.startswith(b"<opacRecord>")
