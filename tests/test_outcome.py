"""The JSON form of an outcome: it is JSON, and it is what docs/outcome.schema.json says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from locate.availability import Availability
from locate.citation import Citation, RequestedFormat
from locate.errors import LocateError, RecordError, TargetTimeout, TargetUnreachable
from locate.outcome import Disposition, Finding, PartnerOutcome
from locate.partner import Partner, Target
from locate.z3950.retrieval import ResultSet
from tests.played import ISBN, MORGAN, OTHER_ISBN, answer, diagnostic, in_opac, marcxml, play, rivers, surrogate

jsonschema = pytest.importorskip("jsonschema")

BOOK = Citation(
    title="The rivers of northern Wales",
    author=MORGAN,
    year=1987,
    isbn=(ISBN, "12345"),
    edition="1st ed.",
    format=RequestedFormat.PRINT,
)
EBOOK = rivers("e1", online=True, fields=[("020", "a", OTHER_ISBN), ("776", "z", ISBN)])
RIGHT = rivers(fields=[("020", "a", ISBN)])
WRONG = marcxml("", "Rivers of Scotland", "Baker, Tom", year=2001)


@cache
def schema() -> Any:
    """Return the validator of the documented form."""
    path = Path(__file__).parent.parent / "docs" / "outcome.schema.json"
    form = json.loads(path.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(form)
    validator.check_schema(form)
    return validator(form)


def checked(*replies: ResultSet | LocateError, citation: Citation = BOOK) -> dict[str, Any]:
    """Play a run with three partners, one of which has no profile; return its JSON form, validated."""
    partners = [
        Partner("north", Target("north.example"), name="North Library"),
        Partner("south", Target("south.example")),
        Partner("east", Target("east.example"), profile=None),
    ]
    form = play(citation, *replies, partners=partners).outcome.to_mapping()
    copied = json.loads(json.dumps(form))
    assert copied == form
    schema().validate(copied)
    return form


def test_a_found_item_is_told_with_its_record_and_copies() -> None:
    """Everything that a caller shows: record, evidence, items, the searches."""
    form = checked(answer(EBOOK, in_opac(RIGHT, ("Main", False), ("Branch", True))), TargetTimeout("late"))
    assert form["located"] is True
    assert form["rota"] == ["north", "east", "south"]
    north = form["partners"][0]
    assert (north["partner"], north["name"], north["finding"]) == ("north", "North Library", "FOUND")
    assert north["availability"] == "AVAILABLE"
    assert north["record"]["control_number"] == "r1"
    assert north["record"]["item_to_request"]["library"] == "Branch"
    assert [item["status"] for item in north["record"]["items"]] == ["unavailable", "available"]
    assert north["record"]["evidence"]
    assert north["others"][0]["verdict"] == "other_format"
    assert north["others"][0]["items"] is None
    assert north["searches"][0]["hits"] == 2
    assert form["partners"][1]["record"] is None
    assert form["notes"] == [
        "ISBN 12345 holds no number of an ISBN's length; it is not searched by",
    ]


@pytest.mark.parametrize(
    "replies",
    [
        [],
        [answer(RIGHT), answer(WRONG)],
        [diagnostic(114), diagnostic(109)],
        [TargetUnreachable("connection refused"), answer(surrogate(14), RecordError("is cut off"))],
        [answer(in_opac(RIGHT)), answer(EBOOK)],
    ],
)
def test_every_kind_of_finding_has_the_documented_form(replies: list[ResultSet | LocateError]) -> None:
    """Not found, unsupported, errors, nothing known of copies."""
    assert {partner["finding"] for partner in checked(*replies)["partners"]} >= {"SKIPPED"}


ENTRIES = st.sampled_from([surrogate(14), *answer(RIGHT, EBOOK, WRONG, in_opac(RIGHT, ("Main", True))).records])
REPLIES = st.builds(ResultSet, st.integers(0, 99), st.lists(ENTRIES, max_size=2)) | st.sampled_from(
    [TargetTimeout("late"), diagnostic(114), diagnostic(235)]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(st.lists(REPLIES, max_size=8), st.sampled_from([BOOK, Citation(title="Rivers"), Citation(isbn=(OTHER_ISBN,))]))
def test_any_outcome_has_the_documented_form(replies: list[ResultSet | LocateError], citation: Citation) -> None:
    """Whatever the partners answer."""
    checked(*replies, citation=citation)


@pytest.mark.parametrize(
    ("availability", "can_supply"),
    [(each, each not in {Availability.NOT_REQUESTABLE, Availability.ELECTRONIC_ONLY}) for each in Availability],
)
def test_what_is_held_but_not_lent_cannot_be_supplied(availability: Availability, can_supply: bool) -> None:  # noqa: FBT001
    """A copy on loan can be, later."""
    outcome = PartnerOutcome("a", "A", Finding.FOUND, availability, Disposition.KEEP, "")
    assert outcome.can_supply is can_supply
    assert not PartnerOutcome("a", "A", Finding.AMBIGUOUS, availability, Disposition.KEEP, "").can_supply
