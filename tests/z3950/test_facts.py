"""What was learned of a target, written out and read back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.z3950.facts import TargetFacts

FACTS = st.builds(
    TargetFacts,
    piggyback=st.booleans(),
    piggyback_refused=st.booleans(),
    element_sets=st.booleans(),
    named_sets=st.booleans(),
    present_limit=st.integers(0, 1000),
    refused_uses=st.sets(st.integers(1, 9999), max_size=4),
    has_or=st.booleans(),
    minimal_attributes=st.booleans(),
    refused_syntaxes=st.sets(st.sampled_from(["opac", "marc21", "xml"])),
)


@given(FACTS)
def test_facts_survive_json(facts: TargetFacts) -> None:
    """Whatever was learned comes back."""
    assert TargetFacts.from_dict(json.loads(json.dumps(facts.to_dict()))) == facts


def test_what_is_not_known_is_not_written() -> None:
    """A target about which nothing is known has nothing to tell."""
    assert TargetFacts().to_dict() == {}
    assert TargetFacts(has_or=False).to_dict() == {"has_or": False}


@pytest.mark.parametrize(
    "data",
    [
        {"colour": "red"},
        {"has_or": "false"},
        {"has_or": 0},
        {"present_limit": "ten"},
        {"present_limit": True},
        {"present_limit": -5},
        {"present_limit": None},
        {"refused_uses": 7},
        {"refused_uses": "7"},
        {"refused_uses": ["7", None, True]},
        {"refused_syntaxes": [7]},
    ],
)
def test_what_is_no_fact_is_left_out(data: dict[str, Any]) -> None:
    """It will be learned again."""
    assert TargetFacts.from_dict(data) == TargetFacts()
