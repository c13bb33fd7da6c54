"""Record syntaxes, element sets, named result sets and how many records come at once."""

from __future__ import annotations

from locate.probe import Verdict
from locate.probe.actions import Action, Delete, Present, Reply, Scan, Search, Sort
from locate.z3950.diagnostics import refusal
from locate.z3950.grs1 import GenericRecord
from locate.z3950.oids import GRS1, MARC21, SUTRS, XML
from locate.z3950.retrieval import Fetched, Record, ResultSet, SurrogateDiagnostic
from tests.probe.playing import BOOKS, PlayedTarget, finding, lost, probed


def presenting(syntax: str, found: Fetched) -> PlayedTarget:
    """Return a target that gives ``found`` for one record in a syntax."""

    def habit(action: Action) -> Reply | None:
        if isinstance(action, Present) and action.syntax == syntax and action.count == 1:
            return Reply([found], sizes=(1,))
        return None

    return PlayedTarget(habit=habit)


def test_what_the_locate_cannot_read() -> None:
    """Plain text and generic records are told of as what they are."""
    report = probed(presenting("sutrs", Record(1, SUTRS, "Title: x")))
    assert finding(report, "record syntax sutrs").result == "element set F: sutrs, not MARC"
    report = probed(presenting("grs1", Record(1, GRS1, GenericRecord(()))))
    assert finding(report, "record syntax grs1").verdict is Verdict.TOLD


def test_another_syntax_than_asked() -> None:
    """A record that comes in another syntax is limited, and both are named."""
    report = probed(presenting("unimarc", Record(1, XML, BOOKS[0])))
    found = finding(report, "record syntax unimarc")
    assert (found.verdict, found.result) == (Verdict.LIMITED, "element set F: xml")
    assert "answers with xml whatever is asked" in found.advice


def test_refused_and_broken() -> None:
    """A surrogate diagnostic counts as a refusal; a connection that ends over a syntax is a fault of that syntax."""
    report = probed(presenting("opac", SurrogateDiagnostic(refusal(238, "opac"), 1)))
    found = finding(report, "record syntax opac")
    assert (found.verdict, "availability must come from MARC fields" in found.advice) == (Verdict.REFUSED, True)

    def habit(action: Action) -> Reply | None:
        return lost() if isinstance(action, Present) and action.syntax == "grs1" else None

    report = probed(PlayedTarget(habit=habit))
    assert finding(report, "record syntax grs1").verdict is Verdict.FAULT
    assert report.is_usable


def test_records_that_cannot_be_read() -> None:
    """Hits whose records are rubbish end in a finding that says what came."""
    rubbish = Record(1, MARC21, b"rubbish")

    def habit(action: Action) -> Reply | None:
        return Reply(ResultSet(1, [rubbish]), searches=1) if isinstance(action, Search) else None

    report = probed(PlayedTarget(habit=habit))
    found = finding(report, "first records")
    assert (found.verdict, report.is_usable) == (Verdict.FAULT, False)
    assert "(marc21)" in found.result


def test_hits_without_records() -> None:
    """Hits that bring no record in any syntax are told of."""

    def habit(action: Action) -> Reply | None:
        if isinstance(action, Search):
            return Reply(ResultSet(12), searches=1)
        return Reply([]) if isinstance(action, Present) else None

    found = finding(probed(PlayedTarget(habit=habit)), "first records")
    assert (found.result, found.hits) == ("hits, but no record", 12)


def test_few_records_at_once() -> None:
    """A target that gives five records in an answer: the profile asks for no more."""
    many = tuple(BOOKS[0].replace(b"1001", b"%d" % number) for number in range(2001, 2031))

    def habit(action: Action) -> Reply | None:
        if isinstance(action, Present) and action.count > 5:
            return Reply([Record(position, XML, many[position]) for position in range(20)], sizes=(5, 5, 5, 5))
        return None

    report = probed(PlayedTarget(many, habit=habit))
    found = finding(report, "20 records in one Present")
    assert (found.verdict, found.result) == (Verdict.LIMITED, "5 in the first answer, 20 in 4 answers")
    assert "max_records = 5" in report.profile
    assert finding(probed(PlayedTarget(many)), "20 records in one Present").verdict is Verdict.WORKS


def test_named_sets_ignored() -> None:
    """A set asked for by its name that gives the newer search's records is found out, and does no harm."""

    def habit(action: Action) -> Reply | None:
        if isinstance(action, Present) and action.result_set == "probe-1":
            return Reply([Record(1, XML, BOOKS[3])], sizes=(1,))
        return None

    found = finding(probed(PlayedTarget(habit=habit)), "named result sets")
    assert found.verdict is Verdict.WRONG
    assert "the latest search's records come under every name" in found.advice
    assert "does no harm" in found.advice
    assert finding(probed(PlayedTarget()), "named result sets").verdict is Verdict.WORKS


def test_other_services() -> None:
    """Scan, sort and delete are tried once each, again when the connection ends over one, which is told of."""
    target = PlayedTarget(habit=lambda action: lost() if isinstance(action, Scan) else None)
    report = probed(target)
    assert [sum(isinstance(each, kind) for each in target.asked) for kind in (Scan, Sort, Delete)] == [2, 1, 1]
    assert finding(report, "scan of titles").verdict is Verdict.FAULT
    assert finding(report, "sort by title").result == "sorted"
    assert finding(report, "delete of a result set").result == "deleted"


def test_no_set_to_delete() -> None:
    """A set that is gone is told of in words; named sets that cannot be told apart are not tried."""
    target = PlayedTarget(BOOKS[:1], lambda action: Reply({"probe-2": 1}) if isinstance(action, Delete) else None)
    report = probed(target)
    assert finding(report, "delete of a result set").result == "there was none to delete"
    found = finding(report, "named result sets")
    assert (found.verdict, found.result) == (Verdict.NOT_TRIED, "no two searches with different first records")
