"""A must beat B: of two candidates for one request the right one stands first."""

from __future__ import annotations

from typing import Any

import pytest

from locate.citation import Citation, DocumentType
from locate.matching import Matcher, MatchVerdict
from locate.records.bib import BibRecord, Carrier
from tests.matching.build import (
    ISBN,
    ISSN,
    MICROFORM,
    MORGAN,
    ONLINE,
    OTHER_ISBN,
    SERIAL,
    bib,
    cited,
    isbn,
    issn,
    journal,
    lccn,
    linked,
    name,
    number,
    rivers,
    volume,
    wanted,
)

Row = tuple[Citation, BibRecord, BibRecord]


def of(year: int, **changes: Any) -> BibRecord:
    """Return the field guide as published in ``year``."""
    return rivers(years=frozenset([year]), **changes)


def titled(title: str, **changes: Any) -> BibRecord:
    """Return another book of the same author and year."""
    return bib(title, MORGAN, **{"years": frozenset([1987]), **changes})


PRINT = wanted(format="print")
SECOND = wanted(edition="2")
ANTHOLOGY = titled("Welsh nature writing : an anthology", contents=("The rivers of northern Wales / Anna Morgan",))
REVIEW = Citation(title="Welsh rivers review", type=SERIAL, issn=(ISSN,))
REPORT = cited("Annual report", "Severn Water Board", 1974)
BOARD = (name("Severn Water Board", "110"),)

BEATS: dict[str, Row] = {
    "print over e-book for a print request": (PRINT, rivers(), rivers(carriers=ONLINE)),
    "print over microform for a print request": (PRINT, rivers(), rivers(carriers=MICROFORM)),
    "e-book over print for an electronic request": (wanted(format="electronic"), rivers(carriers=ONLINE), rivers()),
    "microform over print for a microform request": (wanted(format="microform"), rivers(carriers=MICROFORM), rivers()),
    "disc over online for a physical request": (
        wanted(format="physical"),
        rivers(carriers=frozenset([Carrier.DISC])),
        rivers(carriers=ONLINE),
    ),
    "a record of several forms over one of the wrong form": (
        PRINT,
        rivers(carriers=frozenset([Carrier.PRINT, Carrier.ELECTRONIC])),
        rivers(carriers=ONLINE),
    ),
    "a record of unknown form over one of the wrong form": (
        PRINT,
        rivers(carriers=frozenset()),
        rivers(carriers=ONLINE),
    ),
    "right volume over other volume": (wanted(volume="2"), volume(("Bd. II", "")), volume(("Bd. III", ""))),
    "right volume over the whole set": (wanted(volume="2"), volume(("Bd. II", "")), rivers(extent="3 v.")),
    "the work over one volume of it": (wanted(), rivers(), volume(("Bd. II", ""))),
    "right part name over other part name": (
        wanted(title="Rivers of northern Wales Gwynedd"),
        volume(("", "Gwynedd")),
        volume(("", "Anglesey")),
    ),
    "same edition over other edition": (SECOND, rivers(edition="2nd ed."), rivers(edition="4th ed.")),
    "same edition over none named": (SECOND, rivers(edition="2nd ed."), rivers()),
    "first edition over its reprint": (
        wanted(edition="1"),
        rivers(edition="1. Aufl."),
        rivers(edition="1. Aufl., Nachdr."),
    ),
    "main author over added author": (
        wanted(),
        rivers(names=(name(MORGAN), name("Price, Owen", "700"))),
        bib("The rivers of northern Wales", "Price, Owen", years=frozenset([1987])),
    ),
    "added author over another author": (
        wanted(),
        rivers(names=(name("Price, Owen"), name(MORGAN, "700"))),
        bib("The rivers of northern Wales", "Price, Owen", years=frozenset([1987])),
    ),
    "same given name over another given name": (
        wanted(author="Anna Morgan"),
        rivers(),
        rivers(names=(name("Morgan, Owen"),), titles=bib("The rivers of northern Wales").titles),
    ),
    "same person over another person": (
        wanted(),
        rivers(),
        bib("The rivers of northern Wales", "Price, Owen", years=frozenset([1987])),
    ),
    "same body over another body": (
        REPORT,
        bib("Annual report", names=BOARD, years=frozenset([1974])),
        bib("Annual report", names=(name("Welsh Library Association", "110"),), years=frozenset([1974])),
    ),
    "right year of a report over the next": (
        REPORT,
        bib("Annual report", names=BOARD, years=frozenset([1974])),
        bib("Annual report", names=BOARD, years=frozenset([1975])),
    ),
    "exact title over another title": (wanted(), rivers(), titled("Castles of coastal Gwent")),
    "exact title over a longer one": (
        cited("Castles of coastal Gwent", "Morgan", 1987),
        titled("Castles of coastal Gwent"),
        titled("Ruined castles and mansions of coastal Gwent and Anglesey"),
    ),
    "right number in the title over another": (
        cited("Report 3", "Morgan", 1987),
        titled("Report 3"),
        titled("Report 4"),
    ),
    "title proper over a title with one word changed": (
        wanted(),
        rivers(),
        titled("The castles of northern Wales"),
    ),
    "variant title over another title": (
        cited("Welsh northern rivers", "Morgan", 1987),
        rivers(variant_titles=("Welsh northern rivers",)),
        titled("Castles of coastal Gwent"),
    ),
    "same year over off by one": (wanted(), of(1987), of(1988)),
    "same year over twelve years off": (wanted(), of(1987), of(1999)),
    "off by one over off by two": (wanted(), of(1988), of(1989)),
    "off by one over eight years off": (wanted(), of(1988), of(1995)),
    "the printing over the original of a reprint": (
        wanted(year=1895),
        of(1895),
        rivers(years=frozenset([1895, 1972]), control_fields=(("008", "820101r19721895"),)),
    ),
    "single work over the anthology that contains it": (wanted(), rivers(), ANTHOLOGY),
    "the work over an item of which it is the host": (
        cited("Welsh rivers review"),
        bib("Welsh rivers review"),
        bib("Otters", linked=(linked("773", title="Welsh rivers review"),)),
    ),
    "same language over a translation": (
        wanted(language="eng"),
        rivers(languages=("eng",)),
        rivers(languages=("wel",)),
    ),
    "book over map": (wanted(), rivers(), rivers(document_type=DocumentType.MAP)),
    "book over serial": (wanted(), rivers(), rivers(document_type=SERIAL)),
    "same LCCN over none": (wanted(lccn="85-2"), rivers(lccns=(lccn(),)), rivers()),
    "no LCCN over another one": (wanted(lccn="85-3"), rivers(), rivers(lccns=(lccn(),))),
    "same ISBN over another": (
        wanted(isbn=(ISBN,)),
        rivers(isbns=(isbn(),)),
        rivers(isbns=(isbn(OTHER_ISBN),)),
    ),
    "own ISBN over that of the e-book": (
        wanted(isbn=(ISBN,), format="print"),
        rivers(isbns=(isbn(),)),
        rivers(carriers=frozenset(), linked=(linked("776", isbn(tag="776")),)),
    ),
    "volume over the set by the number of one volume": (
        wanted(isbn=(ISBN,), volume="1"),
        volume(("Vol. 1", ""), isbns=(isbn(qualifier="v. 1"),)),
        rivers(isbns=(isbn(qualifier="v. 1"), isbn(OTHER_ISBN, qualifier="v. 2"))),
    ),
    "control number of the agency over the same digits of another": (
        Citation(control_numbers=("(OCoLC)36783841",)),
        rivers(control_numbers=(number("36783841", "OCoLC"),)),
        rivers(control_numbers=(number("36783841", "DE-101"),)),
    ),
    "own ISSN over that of the earlier title": (
        REVIEW,
        journal(issns=(issn(),)),
        journal("Welsh rivers", linked=(linked("780", issn(tag="780")),)),
    ),
    "own ISSN over that of the online version": (
        REVIEW,
        journal(issns=(issn(),)),
        journal(carriers=ONLINE, linked=(linked("776", issn(tag="776")),)),
    ),
    "same publisher over another": (
        wanted(publisher="Gomer Press"),
        rivers(publishers=("Gomer Press",)),
        rivers(publishers=("Seren",)),
    ),
}


@pytest.mark.parametrize("row", BEATS)
@pytest.mark.parametrize("turned", [False, True], ids=["first", "last"])
def test_the_right_candidate_stands_first(row: str, turned: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    """Wherever the right candidate stood among what was given, it comes out alone on rank 1."""
    asked, better, worse = BEATS[row]
    ranked = Matcher().rank(asked, [worse, better] if turned else [better, worse])
    assert [one.rank for one in ranked] == [1, 2]
    assert ranked[0].record is better
    assert ranked[0].index == int(turned)


def test_equal_candidates_share_a_rank() -> None:
    """Two copies of one record share the first rank, and the next one is the third."""
    ranked = Matcher().rank(wanted(), [of(1999), rivers(), rivers()])
    assert [(one.index, one.rank) for one in ranked] == [(1, 1), (2, 1), (0, 3)]


def test_what_is_held_comes_before_what_is_not_whatever_the_score() -> None:
    """A poor record of the item stands before a rich one of its e-book."""
    record = bib("The rivers of northern Wales", MORGAN, carriers=frozenset())
    ebook = rivers(carriers=ONLINE, isbns=(isbn(),), languages=("eng",), edition="2nd ed.")
    ranked = Matcher().rank(wanted(format="print", isbn=(ISBN,), language="eng", edition="2"), [ebook, record])
    assert [one.match.verdict for one in ranked] == [MatchVerdict.SAME, MatchVerdict.OTHER_FORMAT]


def test_ranking_nothing_gives_nothing() -> None:
    """No candidates, no ranks."""
    assert Matcher().rank(wanted(), []) == ()


def test_ranking_takes_a_record_as_what_is_wanted() -> None:
    """The item in hand finds its own record before that of another year."""
    ranked = Matcher().rank(rivers(), [of(1995), rivers()])
    assert [one.index for one in ranked] == [1, 0]


def test_a_prepared_request_ranks_the_same() -> None:
    """Preparing once changes nothing but the work."""
    matcher = Matcher()
    records = [rivers(), of(1999), volume(("Bd. II", ""))]
    assert matcher.rank(matcher.prepare(wanted()), records) == matcher.rank(wanted(), records)
