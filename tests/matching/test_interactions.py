"""What only two features together can say: each shows with both, and not with one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from locate.citation import DocumentType, RequestedFormat
from locate.matching.interactions import FEATURES
from locate.records.bib import Carrier
from tests.matching.build import ISBN, SERIAL, features, isbn
from tests.matching.examples import EXAMPLES

_UNGOVERNED: dict[str, Any] = {"control_fields": ()}

_PRINTED: dict[str, Any] = {"carriers": frozenset([Carrier.PRINT])}

WITHOUT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "telling.much": ({"title": "Rivers and canals of Wales"}, {}),
    "telling.little": ({"title": "Cooking with leeks"}, {}),
    "telling.generic": ({"title": "Annual report of the Severn trout survey"}, {}),
    "open.year": ({"author": "Morgan"}, {}),
    "open.year_person": ({"year": 1987}, {}),
    "open.year_government": ({}, _UNGOVERNED),
    "open.year_government_long": ({}, _UNGOVERNED),
    "slip.body": ({"author": "Morgan"}, {}),
    "slip.government": ({}, _PRINTED),
    "slip.government_long": ({}, _UNGOVERNED),
    "slip.government_print": ({}, _UNGOVERNED),
    "slip.parent_body": ({"author": "United States. Congress. House"}, {}),
    "slip.edition": ({}, {"edition": ""}),
    "slip.short": ({}, {"years": frozenset([1987])}),
    "slip.number": ({"isbn": ()}, {}),
    "open.issue": ({}, {"document_type": SERIAL}),
    "reprint.pages": ({"pages": None}, {}),
    "title.unconfirmed": ({"isbn": (ISBN,)}, {"isbns": (isbn(),)}),
    "serial.title": ({}, {"document_type": DocumentType.BOOK}),
    "serial.year": ({}, {"document_type": DocumentType.BOOK}),
    "inside.other_year": ({"year": 1987}, {"years": frozenset([1987])}),
    "open.generic": ({"isbn": (ISBN,)}, {"isbns": (isbn(),)}),
    "generic.other_author": ({"author": "Welsh Library Association"}, {}),
    "alone.title": ({}, {"isbns": ()}),
    "open.number": ({"format": RequestedFormat.PRINT}, {}),
    "number.other_title": ({"isbn": ()}, {}),
    "number.with_format": ({"format": None}, {}),
    "number.other_format": ({}, {"carriers": frozenset([Carrier.PRINT])}),
}
"""To each interaction one change of the citation and the record that takes one of its two sides away."""


def test_every_interaction_is_taken_apart() -> None:
    """The table has a row for each interaction."""
    assert WITHOUT.keys() == FEATURES.keys()


@pytest.mark.parametrize("feature", FEATURES)
def test_an_interaction_needs_both_of_its_sides(feature: str) -> None:
    """The made-up pair shows it; with one side taken away it does not."""
    asked, record = EXAMPLES[feature]
    of_citation, of_record = WITHOUT[feature]
    assert feature in features(asked, record)
    assert feature not in features(replace(asked, **of_citation), replace(record, **of_record))
