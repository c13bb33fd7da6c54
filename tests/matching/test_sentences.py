"""Verdicts in one sentence that a librarian can read, and the field that would decide."""

from __future__ import annotations

import pytest

from locate.citation import Citation
from locate.matching import MatchVerdict
from locate.matching.sentences import deciding_field, sentence
from locate.matching.views import CitationView
from locate.records.bib import BibRecord, Carrier
from tests.matching.build import ISBN, ONLINE, bib, cited, isbn, judge, linked, name, rivers, volume, wanted


@pytest.mark.parametrize(
    ("asked", "record", "expected"),
    [
        (wanted(), rivers(), "The same item: same title, author and year."),
        (wanted(isbn=(ISBN,)), rivers(isbns=(isbn(),)), "The same item: same ISBN, title, author and year."),
        (
            wanted(year=1988),
            rivers(),
            "The same item: same title and author. But note: the year is off by one.",
        ),
        (
            wanted(format="print"),
            rivers(carriers=ONLINE),
            (
                "Same title, author and year, but the record is for the electronic form, "
                "not the print one that is asked for."
            ),
        ),
        (wanted(year=2007), rivers(), "Same title and author, but the year is another one."),
        (
            wanted(volume="3"),
            volume(("Bd. II", "")),
            "Same title, author and year, but the part or volume number is another one.",
        ),
        (
            wanted(volume="2"),
            rivers(extent="3 v."),
            "Same title, author and year, but a part is wanted; the record is for the whole set.",
        ),
        (cited("Cooking with leeks", "Rees", 1950), rivers(), None),
    ],
)
def test_the_sentence_of_a_verdict(asked: Citation, record: BibRecord, expected: str | None) -> None:
    """What agrees comes first, then what spoke against it; another item is named by what differs most."""
    told = judge(asked, record).sentence
    if expected is None:
        assert told.startswith("Another item: the ")
    else:
        assert told == expected


def test_what_is_left_open_is_named() -> None:
    """The sentence says why it cannot tell, and which field would decide."""
    match = judge(wanted(), rivers(linked=(linked("776"),)))
    assert match.sentence == (
        "Cannot tell: the record exists in another format too, and the request does not say which it asks for; "
        "the format would decide."
    )
    assert match.deciding == "format"


def test_a_generic_title_asks_for_its_author() -> None:
    """What a report lacks is the body whose report it is."""
    record = bib("Annual report", names=(name("Severn Water Board", "110"),), years=frozenset([1974]))
    match = judge(cited("Annual report", None, 1974), record)
    assert match.verdict is MatchVerdict.INSUFFICIENT
    assert match.sentence == "Cannot tell: the title is generic and no author was given; the author would decide."


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Citation(), "title"),
        (cited("Rivers"), "year"),
        (cited("Rivers", None, 1987), "author"),
        (cited("Rivers", "Morgan", 1987), "format"),
        (cited("Rivers", "Morgan", 1987, format="print"), "ISBN"),
        (cited("Rivers", "Morgan", 1987, format="print", isbn=(ISBN,)), "record itself"),
    ],
)
def test_the_first_missing_field_would_decide(asked: Citation, expected: str) -> None:
    """Title, year, author, format, a number, in this order; when all are there, only the record can."""
    assert deciding_field(CitationView(asked), ()) == expected


def test_a_field_in_doubt_would_decide_when_none_is_missing() -> None:
    """A request with a contradicted year needs the right one."""
    asked = wanted(year=1990, format="print", isbn=(ISBN,))
    assert deciding_field(CitationView(asked), judge(asked, rivers(isbns=(isbn(),))).evidence) == "right year"


def test_any_edition_needs_no_year() -> None:
    """A request that takes any edition does not lack a year."""
    assert deciding_field(CitationView(cited("Rivers", any_edition=True)), ()) == "author"


@pytest.mark.parametrize("verdict", MatchVerdict)
def test_every_verdict_has_a_sentence(verdict: MatchVerdict) -> None:
    """Whatever was decided can be said of whatever was found."""
    asked = CitationView(wanted())
    for record in (rivers(), bib("Cooking", carriers=frozenset([Carrier.AUDIO])), bib()):
        told = sentence(verdict, asked, judge(wanted(), record).evidence)
        assert told[0].isupper()
        assert told.endswith(".")
