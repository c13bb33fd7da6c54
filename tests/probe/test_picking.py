"""Terms from records, and whether a hit holds them."""

from __future__ import annotations

from locate.citation import RequestedFormat
from locate.probe.picking import (
    Pick,
    author_word,
    citation_of,
    fits,
    foreign_words,
    oclc_number,
    phrase_pick,
    picks_for,
    same_record,
    search_words,
    title_pick,
)
from locate.records import BibRecord, read_record
from tests.played import marcxml
from tests.probe.playing import BOOKS


def read(raw: bytes) -> BibRecord:
    """Return a record that can be read."""
    record = read_record(raw, "xml")
    assert isinstance(record, BibRecord)
    return record


RECORDS = [read(book) for book in BOOKS]


def test_what_the_locate_would_send() -> None:
    """Title words and the author's name are those of the locate's own searches."""
    assert search_words("A short history of rivers", "Morgan, Anna") == (["short", "history", "rivers"], "Morgan")
    assert search_words("") == ([], "")
    assert author_word(RECORDS[0]) == "Morgan"
    assert author_word(RECORDS[2]) == ""


def test_title_words_are_out_of_order() -> None:
    """The words of a title are reversed and without the first, so that a phrase does not pass for a list of words."""
    pick = title_pick(RECORDS)
    assert pick is not None
    assert (pick.text, pick.record) == ("bridges rivers history", RECORDS[0])
    assert title_pick([]) is None


def test_words_in_ascii_come_first() -> None:
    """Before the character set is known, terms have no letter outside ASCII where a record offers one."""
    assert [pick.text for pick in picks_for(1003, [RECORDS[3], RECORDS[0]])] == ["Morgan"]
    assert [pick.text for pick in picks_for(1003, [RECORDS[3]])] == ["Müller"]
    foreign = foreign_words(RECORDS)
    assert foreign is not None
    assert foreign.text == "großen"
    assert foreign_words(RECORDS[:3]) is None


def test_forms_of_numbers() -> None:
    """Every way to write a number is a pick of its own, the record's own way first."""
    assert [(pick.text, pick.form) for pick in picks_for(7, RECORDS)] == [
        ("9780306406157", "as ISBN-13"),
        ("0306406152", "as ISBN-10"),
    ]
    assert [pick.text for pick in picks_for(8, RECORDS)] == ["0317-8471", "03178471"]
    assert [pick.text for pick in picks_for(1211, RECORDS)] == ["70000001", "(OCoLC)70000001"]
    assert [pick.text for pick in picks_for(31, RECORDS)] == ["1987"]
    assert picks_for(8, RECORDS[:1]) == []
    assert oclc_number(RECORDS[0]) == "70000001"


def test_phrase() -> None:
    """A phrase is a title proper in plain letters, word for word."""
    pick = phrase_pick(RECORDS)
    assert pick is not None
    assert pick.text == "History of the northern canals"
    assert phrase_pick(RECORDS[3:]) is None


def test_fits() -> None:
    """A record holds a number in either form of an ISBN, and all words in any field; nothing less will do."""
    assert fits(Pick("0306406152", RECORDS[0], is_number=True), RECORDS[0])
    assert not fits(Pick("0306406152", RECORDS[0], is_number=True), RECORDS[1])
    assert fits(Pick("rivers morgan", RECORDS[0]), RECORDS[0])
    assert not fits(Pick("rivers canals", RECORDS[0]), RECORDS[0])


def test_same_record() -> None:
    """Records are one when their control number is, else when title, years and ISBNs are."""
    assert same_record(RECORDS[0], read(BOOKS[0].replace(b"</record>", b"</record> ")))
    assert not same_record(RECORDS[0], RECORDS[1])
    bare = [read(BOOKS[number].replace(b'tag="001"', b'tag="002"')) for number in (0, 0, 1)]
    assert same_record(bare[0], bare[1])
    assert not same_record(bare[0], bare[2])


def test_citations() -> None:
    """A citation says what a careful request would; without numbers it has none."""
    citation = citation_of(RECORDS[0])
    assert (citation.isbn, citation.lccn, citation.control_numbers, citation.year) == (
        ("9780306406157",),
        "2001000001",
        ("(OCoLC)70000001",),
        1987,
    )
    plain = citation_of(RECORDS[0], numbers=False)
    assert (plain.isbn, plain.lccn, plain.control_numbers) == ((), None, ())
    assert plain.title == "A short history of rivers and bridges"
    online = citation_of(read(marcxml("1", "Rivers", "Morgan, Anna", online=True)))
    assert online.format is RequestedFormat.ELECTRONIC
