"""Single issues of periodicals: a request must name one, a record is one."""

from __future__ import annotations

from locate.matching import Matcher, MatchVerdict
from tests.matching.build import bib, cited


def test_two_records_of_one_issue_are_the_same() -> None:
    """What a request leaves open is not open between two records."""
    one, two = (bib("Rivers newsletter", "Tamm, Liis", years=frozenset([1999]), pages=48) for _ in range(2))
    assert Matcher().judge(one, two).verdict is MatchVerdict.SAME


def test_a_request_without_an_issue_stays_open() -> None:
    """The record may be for another issue than the one that is meant."""
    issue = bib("Rivers newsletter", "Tamm, Liis", years=frozenset([1999]))
    assert Matcher().judge(cited("Rivers newsletter", "Tamm", 1999), issue).verdict is MatchVerdict.INSUFFICIENT
