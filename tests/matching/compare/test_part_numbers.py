"""Part numbers that stand in the title, without a word that says what they number."""

from __future__ import annotations

import pytest

from locate.matching import Matcher, MatchVerdict
from locate.matching.compare import parts
from locate.matching.views import CitationView, RecordView
from tests.matching.build import bib, cited

NUMBERED = bib("Weed", "Sarto, Aino", parts=(("1", ""),), years=frozenset([2011]))


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Weed 1", "part.equal"), ("Weed", "part.record_only"), ("Weed 2", "part.record_only")],
)
def test_bare_number_in_a_citation_is_the_part(title: str, expected: str) -> None:
    """Who writes "Weed 1" asks for part 1; another number or none is not that part."""
    assert parts.compare(CitationView(cited(title)), RecordView(NUMBERED)) == expected


def test_bare_number_in_the_title_proper_is_the_part_of_the_other_record() -> None:
    """One cataloguer puts the number into $n and the other into $a: they describe one item."""
    inside = bib("Weed 1 : the adventure begins", "Sarto, Aino", years=frozenset([2011]))
    assert parts.compare(RecordView(inside), RecordView(NUMBERED)) == "part.equal"
    assert parts.compare(RecordView(NUMBERED), RecordView(inside)) == "part.equal"
    assert Matcher().judge(inside, NUMBERED).verdict is MatchVerdict.SAME


def test_same_part_name_needs_no_number() -> None:
    """A part that both records name alike is the same part, though one of them does not number it."""
    named = bib("Flora", parts=(("", "Mosses"),))
    numbered = bib("Flora", parts=(("Part 2", "Mosses"),))
    assert parts.compare(RecordView(numbered), RecordView(named)) == "part.equal"
    assert parts.compare(RecordView(named), RecordView(numbered)) == "part.equal"
