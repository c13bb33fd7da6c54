"""Vetoes first, then the score, then what is left open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.citation import Citation
from locate.matching import MatchVerdict
from locate.matching.verdict import ASKS_MORE, OTHER_TITLE, decide
from locate.matching.weights import CITATION, VETOES
from tests.matching.build import ISBN, features, isbn, verdict
from tests.matching.examples import EXAMPLES, Pair

SURE = 500
"""A score that nothing but a veto or an open question refuses."""


def decided(*found: str, score: int = SURE) -> MatchVerdict:
    """Return the verdict on these features, title, author and year first."""
    return decide(found, score, CITATION, VETOES)


def with_isbn(pair: Pair) -> Pair:
    """Return a pair with the same ISBN on both sides."""
    asked, record = pair
    assert isinstance(asked, Citation)
    return replace(asked, isbn=(ISBN,)), replace(record, isbns=(isbn(),))


@pytest.mark.parametrize("veto", VETOES)
def test_no_score_outweighs_a_veto(veto: str) -> None:
    """However much agrees, the candidate is what the veto says."""
    assert decided("title.equal", "author.full", "year.equal", veto) is VETOES[veto]


@pytest.mark.parametrize("veto", sorted(VETOES.keys() - {"part.name_conflict"}))
def test_the_made_up_pair_of_a_veto_is_refused(veto: str) -> None:
    """The smallest pair that shows the veto is what the veto says."""
    found = features(*EXAMPLES[veto])
    strongest = next(one for one in VETOES if one in found)
    assert verdict(*EXAMPLES[veto]) is VETOES[strongest] is VETOES[veto]


def test_another_named_part_with_the_same_number_is_a_part() -> None:
    """The part on Gwynedd under the set's ISBN is not the part on Anglesey, but a part of the same set."""
    assert verdict(*with_isbn(EXAMPLES["part.name_conflict"])) is MatchVerdict.PART_OR_WHOLE


def test_the_stronger_veto_names_the_candidate() -> None:
    """Of two vetoes the earlier in the table counts: the e-book of another volume is another volume."""
    found = ("title.equal", "author.full", "year.equal", "format.conflict", "part.number_conflict")
    assert decided(*found) is MatchVerdict.PART_OR_WHOLE


@pytest.mark.parametrize("title", sorted(OTHER_TITLE))
def test_a_veto_on_another_title_is_another_item(title: str) -> None:
    """The second volume of something else is no volume of what is wanted, unless a number agrees."""
    assert decided(title, "author.full", "year.equal", "part.number_conflict") is MatchVerdict.DIFFERENT
    assert (
        decided(title, "author.full", "year.equal", "part.number_conflict", "isbn.equal")
        is VETOES["part.number_conflict"]
    )


def test_a_veto_on_a_like_title_by_another_author_is_another_item() -> None:
    """A like title is the item's only when the author does not contradict it."""
    assert decided("title.less", "author.conflict", "year.equal", "format.conflict") is MatchVerdict.DIFFERENT
    assert decided("title.less", "author.full", "year.equal", "format.conflict") is MatchVerdict.OTHER_FORMAT


@pytest.mark.parametrize("score", [0, 1, SURE])
def test_from_the_line_on_it_is_the_same(score: int) -> None:
    """Zero is enough."""
    assert decided("title.equal", "author.full", "year.equal", score=score) is MatchVerdict.SAME


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (("title.equal", "author.silent", "year.not_said"), MatchVerdict.SAME),
        (("title.equal", "author.silent", "year.not_said", "telling.little"), MatchVerdict.INSUFFICIENT),
        (("title.equal", "author.silent", "year.not_said", "telling.generic"), MatchVerdict.INSUFFICIENT),
        (("title.equal", "author.silent", "year.equal", "telling.little"), MatchVerdict.SAME),
        (("title.less", "author.silent", "year.not_said", "format.equal", "type.equal"), MatchVerdict.INSUFFICIENT),
        (("title.less", "author.full", "year.not_said"), MatchVerdict.SAME),
        (("title.silent", "author.silent", "year.not_said"), MatchVerdict.INSUFFICIENT),
        (("title.silent", "author.silent", "year.not_said", "lccn.equal"), MatchVerdict.SAME),
    ],
)
def test_a_title_that_says_little_needs_something_beside_it(found: tuple[str, ...], expected: MatchVerdict) -> None:
    """Form, kind and language are shared by most records; author, year or a number makes it the same item."""
    assert decided(*found) is expected


@pytest.mark.parametrize("asks", sorted(ASKS_MORE))
def test_an_open_question_is_not_decided_by_any_score(asks: str) -> None:
    """Whatever agrees, a person must say which form or which issue is wanted."""
    assert decided("title.equal", "author.full", "year.equal", asks) is MatchVerdict.INSUFFICIENT
    assert features(*EXAMPLES[asks]).count(asks) == 1
    assert verdict(*EXAMPLES[asks]) is MatchVerdict.INSUFFICIENT


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (("year.equal", "format.differs"), MatchVerdict.OTHER_FORMAT),
        (("year.conflict", "reprint.pages"), MatchVerdict.REPRINT),
        (("year.conflict",), MatchVerdict.OTHER_EDITION),
        (("year.off_by_two",), MatchVerdict.OTHER_EDITION),
        (("year.off_by_few",), MatchVerdict.OTHER_EDITION),
        (("year.equal", "edition.conflict"), MatchVerdict.OTHER_EDITION),
        (("year.equal", "edition.record_later"), MatchVerdict.OTHER_EDITION),
        (("year.equal", "edition.wanted_later"), MatchVerdict.OTHER_EDITION),
        (("year.equal", "edition.reprint"), MatchVerdict.OTHER_EDITION),
        (("year.equal", "language.conflict"), MatchVerdict.OTHER_EDITION),
        (("year.equal", "type.conflict"), MatchVerdict.DIFFERENT),
        (("year.not_said", "open.year"), MatchVerdict.INSUFFICIENT),
    ],
)
def test_what_misses_the_line_under_the_same_title_is_named(found: tuple[str, ...], expected: MatchVerdict) -> None:
    """Same title and no other author: what speaks against it says what it is instead."""
    assert decided("title.equal", "author.surname", *found, score=-1) is expected


@pytest.mark.parametrize(
    ("title", "author", "score", "expected"),
    [
        ("title.less", "author.full", CITATION.doubt, MatchVerdict.INSUFFICIENT),
        ("title.less", "author.full", CITATION.doubt - 1, MatchVerdict.DIFFERENT),
        ("title.less", "author.conflict", CITATION.doubt, MatchVerdict.DIFFERENT),
        ("title.conflict", "author.full", CITATION.doubt - 1, MatchVerdict.DIFFERENT),
        ("title.equal", "author.conflict", CITATION.doubt, MatchVerdict.INSUFFICIENT),
        ("title.equal", "author.conflict", CITATION.doubt - 1, MatchVerdict.SAME_WORK),
    ],
)
def test_below_the_line_of_doubt_it_is_another_item(
    title: str, author: str, score: int, expected: MatchVerdict
) -> None:
    """What comes near is left to a person; what does not is another item, or the same work of the same year."""
    assert decided(title, author, "year.equal", score=score) is expected
