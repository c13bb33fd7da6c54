"""In which character set terms have to be sent."""

from __future__ import annotations

from locate.probe import Options, Verdict
from locate.probe.actions import Action, Reply, Search
from locate.z3950.query import Term, to_pqf
from locate.z3950.retrieval import ResultSet
from tests.probe.playing import BOOKS, PlayedTarget, finding, probed, refused

WHAT = "character set of queries"


def only_in(*charsets: str) -> PlayedTarget:
    """Return a target that finds words with other letters than ASCII in these character sets only."""

    def habit(action: Action) -> Reply | None:
        if not isinstance(action, Search) or not isinstance(action.query, Term) or action.query.text.isascii():
            return None
        return None if action.charset in charsets else Reply(ResultSet(0), searches=1)

    return PlayedTarget(habit=habit)


def test_utf_8() -> None:
    """Where UTF-8 works nothing is written into the profile."""
    report = probed(only_in("utf-8"))
    assert finding(report, WHAT).verdict is Verdict.WORKS
    assert report.partner is not None
    assert report.partner.profile is not None
    assert report.partner.profile.query_charset is None
    assert "query_charset" not in report.profile


def test_windows() -> None:
    """No hits for UTF-8 and hits for Windows-1252: the profile sends that, and the advice says why."""
    report = probed(only_in("windows-1252"))
    found = finding(report, WHAT)
    assert found.verdict is Verdict.LIMITED
    assert found.advice == (
        "Terms in utf-8 are answered with no hits and no diagnostic: the written profile sends windows-1252."
    )
    assert 'query_charset = "windows-1252"' in report.profile


def test_none() -> None:
    """Where no character set works the locate is left with numbers, and the advice says so."""
    found = finding(probed(only_in()), WHAT)
    assert (found.verdict, "by their numbers only" in found.advice) == (Verdict.NOTHING, True)


def test_no_such_title() -> None:
    """Without a title that could tell, nothing is claimed."""
    report = probed(PlayedTarget(books=BOOKS[:3]))
    assert finding(report, WHAT).verdict is Verdict.NOT_TRIED
    assert probed(PlayedTarget(books=BOOKS[:3]), Options.quick_one()).searches < 15


def test_no_search_by_title() -> None:
    """A title that could tell, but no search by title: it is not laid to the records."""
    target = PlayedTarget(habit=lambda action: refused(114, "4") if "1=4 " in _pqf(action) else None)
    found = finding(probed(target), WHAT)
    assert (found.verdict, found.advice) == (Verdict.NOT_TRIED, "")
    assert found.result == "utf-8 is taken: there is no search by title to try it"


def _pqf(action: Action) -> str:
    return to_pqf(action.query) if isinstance(action, Search) else ""
