"""The JSON form of a lending decision: it is what docs/lending.schema.json says, which refers to that of an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from locate import Action, Citation, LendingRequest, lend
from locate.lending import Reason
from locate.lending_case import Counters

from .own_catalog import IN, NONE, config, request
from .schema import DOCS, form, valid, validator


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of a schema that is of an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


def test_the_schema_is_one() -> None:
    """It is a valid JSON Schema 2020-12, every object in it closes its keys, and no key of it may be absent."""
    schema = form("lending.schema.json")
    Draft202012Validator.check_schema(schema)
    assert set(schema["required"]) == set(schema["properties"])
    assert [each.get("description") for each in objects(schema) if each.get("additionalProperties") is not False] == []


@pytest.mark.parametrize(("key", "enum"), [("decision", Action), ("reason", Reason)])
def test_values_are_the_codes_own(key: str, enum: type[StrEnum]) -> None:
    """The schema has the values of the code, and the page names each of them."""
    assert form("lending.schema.json")["properties"][key]["enum"] == [str(value) for value in enum]
    page = (DOCS / "lending.md").read_text("utf-8")
    assert [value for value in enum if value not in page and value is not Reason.MOVE_REQUEST_CANCELLED] == []


def test_a_decision_in_json(port: int) -> None:
    """Request, decision, item and the whole search of the own catalog are told; counters have all their keys."""
    found = valid(lend(request(IN), config(port, f"{NONE}auto_request_lending = true")))
    assert (found["request_id"], found["partner"], found["format_version"]) == ("L-7", "NORTH", 1)
    assert (found["decision"], found["reason"], found["row"]) == ("FILL", "being_processed", "11")
    assert (found["move_request"], found["retry"]) == (True, False)
    assert found["citation"]["title"] == "The glass orchards of Tarnmoor"
    assert (found["item"]["barcode"], found["item"]["policy"]) == ("1", "Book")
    assert sorted(found["counters"]) == sorted(each.name for each in fields(Counters))
    assert (found["own_catalog"]["partner"], found["own_catalog"]["finding"]) == ("HOME", "FOUND")
    (item,) = found["own_catalog"]["record"]["items"]
    assert (item["requestable"], item["terms"]) == (True, "terms 'Loan' by fulfilment rule 1")


def test_a_decision_without_a_search_in_json() -> None:
    """What was not looked for is null; a request that says nothing of itself has empty texts."""
    found = valid(lend(LendingRequest(Citation()), config(1, "temporarily_inactive = true")))
    assert (found["item"], found["own_catalog"], found["citation"]) == (None, None, {})
    assert (found["request_id"], found["partner"]) == ("", "")
    assert set(found["counters"].values()) == {0}


@pytest.mark.parametrize("path", [(), ("counters",), ("item",), ("own_catalog",)])
def test_keys_are_exact(port: int, path: tuple[str, ...]) -> None:
    """A key too many is refused at every level, and so is each key left out."""
    outcome = lend(request(IN), config(port))

    def changed() -> tuple[dict[str, Any], dict[str, Any]]:
        whole = part = outcome.to_mapping()
        for step in path:
            part = part[step]
        return whole, part

    whole, part = changed()
    keys = list(part)
    part["surprise"] = 1
    assert not validator().is_valid(whole)
    for key in keys:
        whole, part = changed()
        del part[key]
        assert not validator().is_valid(whole), key
