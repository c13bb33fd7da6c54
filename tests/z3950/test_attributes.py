"""Names of Bib-1 attributes."""

from __future__ import annotations

import pytest

from locate.z3950.attributes import TYPES, USES, VALUES, attribute_name, type_name, use_name
from locate.z3950.query import Use


def test_complete() -> None:
    """The attributes of the standard are all there, and those that the locate and its probe ask for."""
    assert {*range(1, 64), *range(1000, 1029), *range(1030, 1037), 1211} == set(USES)
    assert set(USES) >= set(Use)
    assert set(VALUES) == set(TYPES) - {1}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (7, "ISBN"),
        (9, "LC card number"),
        (31, "date of publication"),
        (1007, "standard identifier"),
        (1211, "system control number"),
        (9999, "use attribute 9999"),
    ],
)
def test_use_name(value: int, name: str) -> None:
    """A use attribute has the name of what it searches."""
    assert use_name(value) == name


def test_names_are_apart() -> None:
    """No two use attributes, and no two values of one type, have the same name."""
    for names in (USES, *VALUES.values()):
        assert len(set(names.values())) == len(names)
        assert all(name.strip() == name != "" for name in names.values())


@pytest.mark.parametrize(
    ("kind", "value", "phrase"),
    [
        (1, 9, "use attribute 9 (LC card number)"),
        (1, 9999, "use attribute 9999"),
        (2, 5, "relation 5 (greater than)"),
        (3, 1, "position 1 (first in field)"),
        (4, 4, "structure 4 (year)"),
        (5, 100, "truncation 100 (do not truncate)"),
        (6, 3, "completeness 3 (complete field)"),
        (4, 77, "structure 77"),
        (9, 1, "attribute type 9 1"),
    ],
)
def test_attribute_name(kind: int, value: int, phrase: str) -> None:
    """An attribute is named by type, value and what the value means."""
    assert attribute_name(kind, value) == phrase


def test_type_name() -> None:
    """Types have names, those that Bib-1 lacks a number."""
    assert type_name(4) == "structure"
    assert type_name(14) == "attribute type 14"
