"""By what a target can be searched: the verdicts, the forms tried, and the advice on each."""

from __future__ import annotations

import pytest

from locate.partner import StepKind
from locate.probe import ProbeReport, Verdict
from locate.probe.actions import Action, Reply, Search
from locate.z3950.oids import XML
from locate.z3950.query import And, Or, Query, Term
from locate.z3950.retrieval import Record, ResultSet
from tests.probe.playing import BOOKS, PlayedTarget, finding, probed, refused


def terms(query: Query) -> list[Term]:
    """Return the terms of a query."""
    if isinstance(query, Term):
        return [query]
    return [*terms(query.left), *terms(query.right)] if isinstance(query, And | Or) else []


def uses(action: Action) -> set[int]:
    """Return the use attributes of a search."""
    found = terms(action.query) if isinstance(action, Search) else []
    return {int(dict(term.attributes).get(1, 0)) for term in found}


def hits(*numbers: int) -> Reply:
    """Return the answer to a search that finds these books."""
    records = [Record(position, XML, BOOKS[number]) for position, number in enumerate(numbers, 1)]
    return Reply(ResultSet(len(records), list(records)), searches=1, sizes=(len(records),))


def steps(report: ProbeReport) -> dict[str, str]:
    """Return the steps of the recommended profile: kind -> attributes as text, with those of the author."""
    assert report.partner is not None
    assert report.partner.profile is not None
    return {
        step.kind.value: " ".join(f"{kind}={value}" for kind, value in (*step.attributes, *step.author_attributes))
        for step in report.partner.profile.steps
    }


def test_an_attribute_refused() -> None:
    """Diagnostic 114 on 9: no LCCN search, and the advice says what the locate will use."""
    report = probed(PlayedTarget(habit=lambda action: refused(114, "9") if 9 in uses(action) else None))
    found = finding(report, "LC card number (9)")
    assert (found.verdict, found.result) == (Verdict.REFUSED, "unsupported use attribute (bib-1 114: 9)")
    assert found.advice == (
        "This server cannot search by LCCN; the locate will use control number, ISBN, ISSN and title and author."
    )
    assert "lccn" not in steps(report)
    assert "# no step by lccn: unsupported use attribute (bib-1 114: 9)" in report.profile


def test_an_attribute_refused_before_a_record_has_one() -> None:
    """An attribute that no record met has a term for is tried with a made-up one, so that its refusal is known."""
    target = PlayedTarget(BOOKS[1:], habit=lambda action: refused(114, "9") if 9 in uses(action) else None)
    report = probed(target)
    assert finding(report, "LC card number (9)").verdict is Verdict.REFUSED
    assert list(report.not_by) == ["LCCN"]
    report = probed(PlayedTarget(BOOKS[1:]))
    found = finding(report, "LC card number (9)")
    assert (found.verdict, found.result) == (Verdict.NOT_TRIED, "not refused, but no record met has one")
    assert steps(report)["lccn"] == "1=9"


def test_wrong_hits() -> None:
    """Hits without a diagnostic that are not the record searched are told from what works."""
    report = probed(PlayedTarget(habit=lambda action: hits(2) if uses(action) == {7} else None))
    found = finding(report, "ISBN (7)")
    assert (found.verdict, found.hits) == (Verdict.WRONG, 1)
    assert found.advice.startswith(
        "No diagnostic, but wrong hits: the server takes a search by ISBN for something else"
    )
    assert report.partner is not None
    assert steps(report)["isbn"] == "1=1007"
    assert "the locate will use standard identifier (1007) for it" in found.advice
    assert finding(report, "ISBN by standard identifier (1007)").verdict is Verdict.WORKS


def test_no_hits() -> None:
    """A number of its own record that is not found in any form is left out of the profile."""
    report = probed(PlayedTarget(habit=lambda action: hits() if uses(action) & {7, 1007, 1016} else None))
    found = finding(report, "ISBN (7)")
    assert found.verdict is Verdict.NOTHING
    assert "the server does not index it so; the locate will use LCCN" in found.advice
    assert list(report.not_by) == ["ISBN"]


def test_too_much_found() -> None:
    """The record among others that do not hold the term: of use, since the locate checks every record."""
    report = probed(PlayedTarget(habit=lambda action: hits(0, 1, 2, 3) if uses(action) == {7} else None))
    found = finding(report, "ISBN (7)")
    assert (found.verdict, found.result) == (
        Verdict.LIMITED,
        "4 hits, the record among them; 3 of 4 looked at do not hold the term (as ISBN-13)",
    )
    assert steps(report)["isbn"] == "1=7"


def test_a_server_that_finds_anything() -> None:
    """A word that no record has tells a server that does not search at all."""
    report = probed(PlayedTarget(habit=lambda action: hits(0, 1, 2) if uses(action) else None))
    assert finding(report, "a word that no record has").verdict is Verdict.WRONG
    assert report.summary[0] == "The server gives the same records whatever is searched: only these can be located."


def test_hit_counts_that_are_not_true() -> None:
    """Hits without records for a word that no record has: the counts are made up."""
    told = Reply(ResultSet(99_000_000), searches=1)

    def habit(action: Action) -> Reply | None:
        return told if isinstance(action, Search) and terms(action.query)[0].text == "zqxjvwk" else None

    found = finding(probed(PlayedTarget(habit=habit)), "a word that no record has")
    assert (found.verdict, found.result) == (Verdict.LIMITED, "99,000,000 hits, but no record")


def test_the_full_list_of_attributes() -> None:
    """Where words are found only with position and structure, every step gets the full list."""

    def habit(action: Action) -> Reply | None:
        bare = (
            [term for term in terms(action.query) if 3 not in dict(term.attributes)]
            if isinstance(action, Search)
            else []
        )
        return hits() if any(" " in term.text for term in bare) else None

    report = probed(PlayedTarget(habit=habit))
    found = finding(report, "title (4)")
    assert found.verdict is Verdict.WORKS
    assert "the written profile sends the full list of attributes" in found.advice
    assert steps(report)["title"] == "1=4 2=3 3=3 4=6 5=100 6=1 1=1003 2=3 3=3 4=6 5=100 6=1"
    assert steps(report)["isbn"] == "1=7 2=3 3=3 4=1 5=100 6=1"


def test_the_use_attribute_alone() -> None:
    """Where other attributes are refused, the profile sends none of them."""

    def habit(action: Action) -> Reply | None:
        found = terms(action.query) if isinstance(action, Search) else []
        return refused(113, "4") if any(len(term.attributes) > 1 for term in found) else None

    report = probed(PlayedTarget(habit=habit))
    assert "the written profile sends no other" in finding(report, "title (4)").advice
    assert steps(report)["title"] == "1=4 1=1003"


def test_a_title_word_for_word() -> None:
    """A server that finds only words that stand together is told of, and the step is kept."""

    def habit(action: Action) -> Reply | None:
        if not isinstance(action, Search) or not isinstance(action.query, Term) or uses(action) != {4}:
            return None
        text = action.query.text.lower()
        found = [number for number, book in enumerate(BOOKS) if text in book.decode().lower()]
        return hits(*found) if dict(action.query.attributes).get(4) in {None, 1} else refused(118, "6")

    report = probed(PlayedTarget(habit=habit))
    found = finding(report, "title (4)")
    assert found.verdict is Verdict.LIMITED
    assert found.result.endswith("only word for word")
    assert "titles may be missed" in found.advice
    assert "# finds only word for word" in report.profile
    assert steps(report)["title"].startswith("1=4")


def test_the_plainest_form_tells_more_than_a_refusal() -> None:
    """Where the use attribute alone finds nothing and a structure is refused, the advice is not to leave that out."""

    def habit(action: Action) -> Reply | None:
        if not isinstance(action, Search) or not isinstance(action.query, Term) or uses(action) != {21}:
            return None
        return refused(118, "2") if len(action.query.attributes) > 1 else hits()

    found = finding(probed(PlayedTarget(habit=habit)), "subject heading (21)")
    assert (found.verdict, found.query.count("@attr")) == (Verdict.NOTHING, 1)


@pytest.mark.parametrize(("condition", "told"), [(110, "asks for each number by itself"), (3, "may be missed here")])
def test_or_refused(condition: int, told: str) -> None:
    """OR refused: the locate searches each number alone, when the server says that it is the operator."""

    def habit(action: Action) -> Reply | None:
        return refused(condition, "or") if isinstance(action, Search) and isinstance(action.query, Or) else None

    found = finding(probed(PlayedTarget(habit=habit)), "OR")
    assert (found.verdict, told in found.advice) == (Verdict.REFUSED, True)


def test_and_refused() -> None:
    """AND refused: the profile searches by the title alone."""

    def habit(action: Action) -> Reply | None:
        return refused(110, "and") if isinstance(action, Search) and isinstance(action.query, And) else None

    report = probed(PlayedTarget(habit=habit))
    assert finding(report, "title AND author").verdict is Verdict.REFUSED
    assert finding(report, "date of publication (31)").advice.endswith("narrow too many hits by the year here.")
    assert "as it is" not in finding(report, "date of publication (31)").advice
    assert steps(report)["title"] == "1=4 4=6"
    assert "title" in report.located_by


def test_an_author_by_another_attribute() -> None:
    """Where author names are refused, personal names are tried."""

    def habit(action: Action) -> Reply | None:
        if 1003 in uses(action):
            return refused(114, "1003")
        return hits(0) if 1 in uses(action) else None

    report = probed(PlayedTarget(habit=habit))
    assert "the locate will use personal name" in finding(report, "author (1003)").advice
    assert steps(report)["title"] == "1=4 4=6 1=1 4=6"


def test_a_year_that_makes_no_difference() -> None:
    """A year attribute that is ignored is found out by a year that is wrong."""

    def habit(action: Action) -> Reply | None:
        return hits(0) if 31 in uses(action) else None

    found = finding(probed(PlayedTarget(habit=habit)), "date of publication (31)")
    assert (found.verdict, found.result) == (
        Verdict.LIMITED,
        "the year makes no difference: another one finds it too",
    )


def test_ways_to_write_a_number() -> None:
    """An ISSN that is found with its hyphen only is noted; the other attributes are not affected."""

    def habit(action: Action) -> Reply | None:
        written = [term.text for term in terms(action.query)] if isinstance(action, Search) else []
        return hits() if written == ["03178471"] else None

    found = finding(probed(PlayedTarget(habit=habit)), "ISSN (8)")
    assert (found.verdict, found.result) == (
        Verdict.WORKS,
        "1 hit, the record among them (with hyphen); not found without hyphen",
    )


def test_an_oclc_number_by_another_attribute() -> None:
    """The control number step gets the attribute by which OCLC numbers are found."""

    def habit(action: Action) -> Reply | None:
        by_number = isinstance(action, Search) and terms(action.query)[0].text == "70000001"
        return hits() if by_number and uses(action) == {12} else None

    report = probed(PlayedTarget(habit=habit))
    assert finding(report, "OCLC number by system control number (1211)").verdict is Verdict.WORKS
    assert steps(report)[StepKind.CONTROL_NUMBER] == "1=1211"
