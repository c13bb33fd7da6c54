"""The media of recordings: what words and 007 tell, and what only they tell apart."""

from __future__ import annotations

import pytest

from locate.matching import Matcher, MatchVerdict
from locate.matching.compare.extent import compare_pages
from locate.matching.media import Medium, media
from locate.matching.views import RecordView
from tests.matching.build import bib


@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        ("1 CD-äänilevy", {Medium.CD}),
        ("1 LP-levy", {Medium.LP}),
        ("2 ljudskivor", {Medium.CD, Medium.LP}),
        ("1 sound disc", {Medium.CD, Medium.LP}),
        ("1 videocassette (90 min.)", {Medium.VIDEOCASSETTE}),
        ("1 cassette", {Medium.CASSETTE, Medium.VIDEOCASSETTE}),
        ("1 videodisc (DVD)", {Medium.DVD}),
        ("1 CD-ROM", set()),
        ("285 p.", set()),
    ],
)
def test_the_media_that_an_extent_names(extent: str, expected: set[Medium]) -> None:
    """A general word leaves open which of its media it is; a book has none."""
    assert media(bib("Rivers", extent=extent)) == expected


@pytest.mark.parametrize(
    ("coded", "expected"),
    [
        ("sd fsngnnmmned", {Medium.CD}),
        ("sd bsmennmplu", {Medium.LP}),
        ("sd |||||||", {Medium.CD, Medium.LP}),
        ("ss lsnjlcmpne", {Medium.CASSETTE}),
        ("vd cvaizq", {Medium.DVD}),
        ("vd csaizq", {Medium.BLU_RAY}),
        ("vf cbahos", {Medium.VIDEOCASSETTE}),
        ("ta", set()),
    ],
)
def test_the_media_that_007_codes(coded: str, expected: set[Medium]) -> None:
    """The speed tells a CD from an LP, the format a DVD from a Blu-ray disc."""
    assert media(bib("Rivers", control_fields=(("007", coded),))) == expected


def test_007_of_a_disc_in_a_book_is_not_the_books() -> None:
    """Where pages are counted, the disc comes with the book."""
    assert media(bib("Rivers", extent="285 p.", pages=285, control_fields=(("007", "sd fsngnnmmned"),))) == set()


def test_words_are_made_certain_by_007() -> None:
    """A sound disc with the speed of a CD is a CD."""
    assert media(bib("Rivers", extent="1 sound disc", control_fields=(("007", "sd fsngnnmmned"),))) == {Medium.CD}


def test_recording_on_another_medium_is_another_format() -> None:
    """CD and LP of one recording are two items, and the sentence names both; a sound disc may be either."""
    cd, lp, disc = (bib("Rivers", years=frozenset([1999]), extent=one) for one in ("1 CD", "1 LP", "1 sound disc"))
    match = Matcher().judge(cd, lp)
    assert match.verdict is MatchVerdict.OTHER_FORMAT
    assert "CD and LP" in match.sentence
    assert Matcher().judge(cd, disc).verdict is MatchVerdict.SAME


def test_the_number_of_discs_is_no_number_of_pages() -> None:
    """Two records of one recording may count what belongs to it in other ways."""
    one, two = (RecordView(bib("Rivers", extent=extent)) for extent in ("1 CD", "2 CDs + 1 booklet"))
    assert compare_pages(one, two) == "pages.silent"
