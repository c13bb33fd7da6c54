"""What a statement of holdings is read as: segments, their ends and marks, and what is left over."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.availability.parts.statements import NOWHERE, Place, Point, Segment, Span, Statement, read_statement

from .statement_examples import EXAMPLES


def only(text: str) -> Segment:
    """Read a statement that gives one segment."""
    (segment,) = read_statement(text).segments
    return segment


def at(**levels: int | tuple[int, int]) -> Point:
    """Build a point; a number stands for itself, a pair for a combined part."""
    return Point(
        **{name: Span(*(given if isinstance(given, tuple) else (given, given))) for name, given in levels.items()}
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("v.12 no.3 (1995 Mar)", at(volume=12, issue=3, year=1995, month=3), None),
        ("v.1(1970)-v.30(1999)", at(volume=1, year=1970), at(volume=30, year=1999)),
        ("1-49 (1950-1998)", at(volume=1, year=1950), at(volume=49, year=1998)),
        ("v.1:no.1-v.3:no.12", at(volume=1, issue=1), at(volume=3, issue=12)),
        ("v.9:no.2-3  (1987)", at(volume=9, issue=2, year=1987), at(volume=9, issue=3, year=1987)),
        ("2019:Jan.-June", at(year=2019, month=1), at(year=2019, month=6)),
        ("(Jan.-Dec. 1995)", at(year=1995, month=1), at(year=1995, month=12)),
        ("no. 3488-no. 5621/22 (Dec. 2010)", at(issue=3488), at(issue=(5621, 5622), year=2010, month=12)),
        ("v.1 (1970/1971)", at(volume=1, year=(1970, 1971)), None),
        ("1954-56.", at(year=1954), at(year=1956)),
        ("1.Jan.1990-31.Dez.1991", at(year=1990, month=1), at(year=1991, month=12)),
        ("v.12:no.4:pt.2", at(volume=12, issue=4, part=2), None),
        ("v.12 p.1-250", at(volume=12, pages=1), at(volume=12, pages=250)),
        ("Fiscal year 1998-fiscal year 2000.", at(year=1998), at(year=2000)),
        ("Began with: 2003; ceased with: FY 2013.", at(year=2003), at(year=2013)),
        ("Began and ceased with: July 1997.", at(year=1997, month=7), None),
    ],
)  # fmt: skip
def test_the_ends_of_a_segment(text: str, first: Point, last: Point | None) -> None:
    """Each end gets the levels that the text gives it, and those it inherits from the other end."""
    segment = only(text)
    assert (segment.first, segment.last) == (first, last or first)
    assert read_statement(text).understood


def test_a_comma_list_carries_the_upper_levels() -> None:
    """Numbers after a comma stand in the volume before them, and take the year in parentheses with it."""
    first, second = read_statement("v.184:no.1-4, 6  (1999)").segments
    assert (first.last, second.first) == (at(volume=184, issue=4, year=1999), at(volume=184, issue=6, year=1999))
    assert [each.first.volume for each in read_statement("v.5,7,9").segments] == [Span(5, 5), Span(7, 7), Span(9, 9)]


def test_dates_of_a_list_are_paired_or_shared() -> None:
    """As many dates as segments are theirs one by one; one range of dates is that of all together."""
    paired = read_statement("Nr.1-38,40-41 (1979-2012,2013-2016)").segments
    assert [(each.first.year, each.loose_years) for each in paired] == [
        (Span(1979, 1979), False),
        (Span(2013, 2013), False),
    ]
    shared = read_statement("Nr.1-38,40-41 (1979-2016)").segments
    assert all(each.loose_years for each in shared)


def test_the_marks_of_a_segment() -> None:
    """Open ends, doubt, gaps that are named, second numberings and indexes are marked."""
    assert only("v.32-").open_end
    assert only("v.32-").last is NOWHERE
    assert only("-1999").open_start
    assert only("v.1-present").open_end
    assert only("v.<1>-<5>").uncertain
    assert only("v.1-5, scattered").uncertain
    assert only("Index, v. 1/17").extra
    assert read_statement("v.1-9 (lacks v.5)").segments[0].absent
    assert read_statement("v.1-5 = no.1-60").segments[1].alternative
    assert only("Available from 1995. Most recent 18 month(s) not available.").sure_until == 2021


def test_unknown_words_are_left_over() -> None:
    """A text that is not wholly read says so, and numbers after unknown words are uncertain."""
    assert read_statement("v.1-5 at Annex").leftover == ("at", "annex")
    assert not only("v.1-5 at Annex").uncertain
    assert only("on order: v.5").uncertain
    assert not read_statement("").understood
    assert not read_statement("Latest issue only").understood


def test_a_range_that_runs_backwards_bounds_nothing() -> None:
    """A slip such as "v.10-v.2" excludes no volume."""
    assert only("v.10-v.2").first is NOWHERE


def test_the_text_of_a_segment_is_its_piece_of_the_statement() -> None:
    """Each segment quotes the piece that says it, with its caption and its dates."""
    pieces = [each.text for each in read_statement("v.1(1970)-v.30(1999), v.32-; t. 4 v.7").segments]
    assert pieces == ["v.1(1970)-v.30(1999)", "v.32-", "t. 4", "v.7"]


def test_places_in_a_range() -> None:
    """A number lies outside, inside, at an end, or where a bound is not given."""
    segment = only("v.3-v.9 (1999)")
    places = [segment.place(number, "volume") for number in (2, 3, 5, 9, 10)]
    assert places == [Place.OUT, Place.FIRST, Place.INSIDE, Place.LAST, Place.OUT]
    assert segment.place(1995, "year") is Place.UNSURE
    assert segment.place(1, "issue") is Place.SILENT
    assert only("v.3").place(3, "volume") is Place.BOTH


@given(st.text() | st.text("v.no()-,;:/=<>[]?0123456789 Bd", max_size=80))
def test_any_text_gives_a_statement(text: str) -> None:
    """No text raises, and the statement keeps it as it came."""
    found = read_statement(text)
    assert isinstance(found, Statement)
    assert found.text == text


@given(
    st.lists(st.sampled_from([example.text for example in EXAMPLES]), max_size=5), st.sampled_from([", ", "; ", " "])
)
def test_statements_in_a_row_are_read(texts: list[str], separator: str) -> None:
    """Well-formed statements one after the other never raise and give segments where one of them does."""
    joined = read_statement(separator.join(texts))
    if any(read_statement(text).understood for text in texts):
        assert joined.segments


@pytest.mark.parametrize(
    "unit",
    ["(", ")", "((v.1", "v.1-", "-", ",", "1,", "v.1:no.", "1/", "<", "Jan. ", "lacks v.1, ", "most recent 1 ", "= ",
     "v.1 (1990), ", "1 (2,3,4), ", "a", "x ", "9", "[1990]", "2(1990", "v.1(", "until ", "n.", ": / "],
)  # fmt: skip
def test_hostile_texts_of_a_hundred_thousand_characters_are_read(unit: str) -> None:
    """Repeated pieces that invite backtracking or nesting come back, for no token is read again and again."""
    text = unit * (100_000 // len(unit))
    found = read_statement(text)
    assert len(found.segments) <= 1_000
    assert read_statement(text + unit * 20).leftover


def test_a_text_beyond_the_limit_is_not_wholly_read() -> None:
    """What stands after the first hundred thousand characters is left over."""
    found = read_statement("v.1-5" + " " * 100_000 + "v.7")
    assert [each.text for each in found.segments] == ["v.1-5"]
    assert found.leftover == ("...",)
