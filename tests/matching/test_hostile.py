"""Bad input: a verdict with its reasons for anything, and never in time by the square of its length."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from locate.citation import Citation, DocumentType, RequestedFormat
from locate.matching import Match, Matcher, MatchVerdict
from locate.matching.comparisons import COMPARISONS
from locate.records.bib import BibRecord, FoundNumber, LinkedRecord, Name, PartLabel, Title
from tests.matching.build import (
    ISBN,
    ISSN,
    MORGAN,
    ONLINE,
    OTHER_ISBN,
    OTHER_ISSN,
    SERIAL,
    bib,
    cited,
    isbn,
    issn,
    judge,
    lccn,
    name,
    number,
    rivers,
    wanted,
)
from tests.records.build import record as read

CONTROL_CHARACTERS = "\x00\x01\x07\x1b\x1d\x1e\x1f\x7f\x85\u2028\ufeff\ufffd"
HEBREW = "\u05ea\u05d5\u05dc\u05d3\u05d5\u05ea \u05d4\u05e0\u05d4\u05e8\u05d5\u05ea"
ARABIC = "\u062a\u0627\u0631\u064a\u062e \u0627\u0644\u0623\u0646\u0647\u0627\u0631"
TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)


def whole(match: Match) -> None:
    """Assert that a match is complete: a verdict, a reason for each comparison, a sentence, a score that adds up."""
    assert match.verdict in set(MatchVerdict)
    assert len(match.evidence) >= len(COMPARISONS)
    assert match.sentence.endswith(".")
    assert match.score == sum(one.weight for one in match.evidence)
    assert 0 <= match.probability <= 1
    assert bool(match.deciding) == (match.verdict is MatchVerdict.INSUFFICIENT)


def filled_citation(text: str) -> Citation:
    """Return a citation with ``text`` in every field that takes text."""
    return Citation(
        title=text,
        author=text,
        isbn=(text,),
        issn=(text,),
        lccn=text,
        control_numbers=(text, f"(OCoLC){text}"),
        year=1987,
        edition=text,
        publisher=text,
        volume=text,
        issue=text,
        pages=text,
        language=text,
        type=DocumentType.BOOK,
        format=RequestedFormat.PRINT,
    )


def filled_record(text: str) -> BibRecord:
    """Return a record with ``text`` in every field that matching reads."""
    link = LinkedRecord("773", title=text, numbers=(FoundNumber(text, text, "773", "z"),))
    return rivers(
        titles=(Title(text, text, text, parts=(PartLabel(text, text),)),),
        names=(Name(text, "100", text), Name(text, "710")),
        edition=text,
        publishers=(text,),
        extent=text,
        languages=(text,),
        variant_titles=(text,),
        contents=(text,),
        linked=(link, replace(link, tag="780")),
        isbns=(isbn(text, qualifier=text),),
        issns=(issn(text),),
        lccns=(lccn(text),),
        control_numbers=(number(text, text),),
        control_fields=(("008", text),),
    )


@pytest.mark.parametrize(
    ("asked", "record"),
    [
        (cited(None, "Morgan", 1987), rivers()),
        (wanted(), rivers(titles=())),
        (wanted(), rivers(titles=(Title(),))),
        (wanted(), rivers(titles=(Title(" / "),))),
        (Citation(), bib()),
        (Citation(), rivers()),
        (cited("Bread"), bib("Bread")),
        (cited("?"), bib("!")),
        (cited("The"), bib("A")),
        (cited(" "), bib(" ")),
        (wanted(author=","), rivers(names=(name(","),))),
        (wanted(author="Jr."), rivers(names=(name("III"),))),
        (wanted(title="x" * 2000), rivers()),
        (wanted(title="word " * 400), bib("word " * 400)),
        (wanted(), bib("word " * 400, MORGAN)),
        (wanted(title=f"Rivers{CONTROL_CHARACTERS}of northern Wales"), rivers()),
        (filled_citation(CONTROL_CHARACTERS), filled_record(CONTROL_CHARACTERS)),
        (filled_citation("\ud800"), filled_record("\udfff")),
        (cited(HEBREW, HEBREW), bib(HEBREW, HEBREW)),
        (cited(ARABIC, ARABIC), bib(HEBREW, HEBREW)),
        (wanted(year=0), rivers(years=frozenset([9999]))),
        (wanted(year=1950, type=SERIAL), rivers(document_type=SERIAL, control_fields=(("008", "870101c19uu9999"),))),
        (wanted(), rivers(control_fields=(("008", ""),))),
        (bib(), bib()),
        (bib(), rivers()),
        (rivers(), bib()),
    ],
)
def test_a_verdict_with_reasons_for_anything(asked: Citation | BibRecord, record: BibRecord) -> None:
    """What is missing, blank, endless or broken is judged like anything else."""
    whole(judge(asked, record))


def test_an_all_blank_record_is_not_the_item() -> None:
    """A record in which every field is blank agrees with nothing."""
    match = judge(wanted(isbn=(ISBN,)), filled_record(" "))
    whole(match)
    assert match.verdict is not MatchVerdict.SAME


def test_a_record_without_245_is_judged_by_the_rest() -> None:
    """A record that was read without a title has none to compare, and says so."""
    match = judge(wanted(), read("100 1#$aMorgan, Anna"))
    whole(match)
    assert match.evidence[0].feature == "title.silent"


def test_ten_isbns_that_contradict_each_other() -> None:
    """One of ten numbers agrees, whatever the other nine and their qualifiers say."""
    numbers = tuple(isbn(f"97803064061{at:02}", qualifier=f"v. {at} (set) ebook pbk.") for at in range(9))
    match = judge(wanted(isbn=(ISBN,)), rivers(isbns=(*numbers, isbn())))
    whole(match)
    assert "isbn.equal" in {one.feature for one in match.evidence}


def test_right_to_left_titles_are_compared() -> None:
    """Hebrew meets Hebrew, Arabic meets Arabic, and one is not the other."""
    for text, other in ((HEBREW, ARABIC), (ARABIC, HEBREW)):
        assert judge(cited(text), bib(text)).evidence[0].feature == "title.equal"
        assert judge(cited(text), bib(other)).evidence[0].feature == "title.conflict"


def test_a_year_that_is_not_known_is_silent() -> None:
    """What "19uu" says of the year is no year, on either side."""
    asked = Citation.from_mapping({"title": "Rivers of northern Wales", "author": "Morgan", "year": "19uu"})
    record = read("245 10$aRivers of northern Wales", f008="240101s19uu    xx            000 0 eng d")
    assert judge(asked, rivers()).evidence[2].feature == "year.not_said"
    assert judge(wanted(), record).evidence[2].feature == "year.silent"


def test_where_everything_disagrees_it_is_another_item() -> None:
    """No field agrees, and the sentence says what is worst."""
    asked = wanted(
        isbn=(ISBN,),
        issn=(ISSN,),
        lccn="85-2",
        control_numbers=("(OCoLC)1",),
        edition="3rd ed.",
        publisher="Gomer Press",
        volume="2",
        pages="240 p.",
        language="eng",
        format="print",
    )
    record = bib(
        "Cooking with leeks",
        "Price, Owen",
        parts=(("Vol. 3", ""),),
        years=frozenset([1950]),
        isbns=(isbn(OTHER_ISBN),),
        issns=(issn(OTHER_ISSN),),
        lccns=(lccn("60000001"),),
        control_numbers=(number("2", "OCoLC"),),
        edition="2nd ed.",
        publishers=("Seren",),
        extent="80 p.",
        pages=80,
        languages=("wel",),
        carriers=ONLINE,
        document_type=DocumentType.MAP,
    )
    match = judge(asked, record)
    whole(match)
    assert all(one.verdict != "agree" for one in match.evidence)
    assert match.verdict is MatchVerdict.DIFFERENT
    assert match.probability < 0.01


@given(TEXTS, TEXTS)
def test_any_text_in_every_field(one: str, other: str) -> None:
    """No text of a citation or record raises, whichever field it stands in."""
    whole(judge(filled_citation(one), filled_record(other)))
    whole(judge(filled_record(one), filled_record(other)))


SHAPES: dict[str, Callable[[int], str]] = {
    "different words": lambda size: " ".join(f"w{at * 7919 % 99991:05}x" for at in range(size // 8)),
    "short words": lambda size: "a b c " * (size // 6),
    "numbers": lambda size: "1 " * (size // 2),
    "part labels": lambda size: "part 1 " * (size // 7),
    "responsibilities": lambda size: "edited by x " * (size // 12),
    "brackets": lambda size: "[" * size,
    "parentheses": lambda size: "(" * size,
    "commas": lambda size: "ab, " * (size // 4),
    "stops": lambda size: "word. " * (size // 6),
    "ampersands": lambda size: "&" * size,
    "blanks": lambda size: f"x{' ' * size}y",
    "combining marks": lambda size: "a" + "\u0301" * size,
    "Hebrew": lambda size: f"{HEBREW} " * (size // 14),
    "Cyrillic": lambda size: "\u043c\u0438\u0440 \u0438 " * (size // 6),
    "Greek": lambda size: "\u03bb\u03cc\u03b3\u03bf\u03c2 " * (size // 6),
}
RUNS: dict[str, Callable[[int], str]] = {
    "one letter": lambda size: "a" * size,
    "one word": lambda size: "abcdefghij" * (size // 10),
    "digits": lambda size: "9" * size,
    "East Asian": lambda size: "\u7b2c" * size,
}
"""Shapes that have no end of a word in them."""

LONG = 50_000
MOST_SECONDS = 1.0
"""Process time for one judgement of fields of 50,000 characters, some five times what was measured."""

AT_LEAST_SECONDS = 0.5
"""Below this a ratio of two times is noise."""


def seconds(asked: Citation | BibRecord, record: BibRecord) -> float:
    """Return the process time that judging takes."""
    matcher = Matcher()
    begun = time.process_time()
    matcher.judge(asked, record)
    return time.process_time() - begun


PAIRS: dict[str, Callable[[str], tuple[Citation | BibRecord, BibRecord]]] = {
    "citation": lambda text: (filled_citation(text), rivers()),
    "record": lambda text: (wanted(isbn=(ISBN,), edition="2", volume="2"), filled_record(text)),
    "records": lambda text: (filled_record(text), filled_record(f"{text}b")),
}


def judged_in_linear_time(side: str, shape: Callable[[int], str]) -> None:
    """Assert that 50,000 characters take less than a second, and about twice the time of half of them."""
    half, full = (seconds(*PAIRS[side](shape(size))) for size in (LONG // 2, LONG))
    assert full < MOST_SECONDS
    assert full < max(4 * half, AT_LEAST_SECONDS)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("side", PAIRS)
def test_long_fields_are_judged_in_linear_time(side: str, shape: str) -> None:
    """No text makes judging take time by the square of its length, on either side."""
    judged_in_linear_time(side, SHAPES[shape])


@pytest.mark.parametrize("shape", RUNS)
def test_a_long_run_in_a_citation_is_judged_in_linear_time(shape: str) -> None:
    """Neither does a request without a blank."""
    judged_in_linear_time("citation", RUNS[shape])
