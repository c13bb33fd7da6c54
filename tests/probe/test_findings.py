"""The report as JSON is what docs/probe.schema.json and docs/probe.md say."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from locate.errors import TargetUnreachable
from locate.probe import Area, Verdict
from locate.probe.actions import Reply
from tests.probe.playing import PlayedTarget, probed

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "probe.schema.json").read_text("utf-8"))


def test_reports_are_valid() -> None:
    """A full report and one without an association are valid, also after a trip through JSON."""
    Draft202012Validator.check_schema(SCHEMA)
    unreachable = PlayedTarget(habit=lambda _action: Reply(error=TargetUnreachable("connection refused")))
    for target in (PlayedTarget(), unreachable):
        document = json.loads(json.dumps(probed(target).to_mapping()))
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []


@pytest.mark.parametrize("path", [(), ("server",), ("findings", 0), ("proofs", 0)])
def test_keys_are_exact(path: tuple[str | int, ...]) -> None:
    """A key too many is refused at every level, and so is each key left out."""
    validator = Draft202012Validator(SCHEMA)

    def part(document: Any) -> Any:
        for step in path:
            document = document[step]
        return document

    document = probed(PlayedTarget()).to_mapping()
    part(document)["surprise"] = 1
    assert not validator.is_valid(document)
    del part(document)["surprise"]
    for key in list(part(document)):
        kept = part(document).pop(key)
        assert not validator.is_valid(document), key
        part(document)[key] = kept


@pytest.mark.parametrize(("name", "enum"), [("area", Area), ("verdict", Verdict)])
def test_values_are_the_codes_own(name: str, enum: type[StrEnum]) -> None:
    """Each enumeration of the schema has exactly the values of the code, and the page explains them."""
    page = (DOCS / "probe.md").read_text("utf-8")
    assert SCHEMA["$defs"][name]["enum"] == [str(value) for value in enum]
    assert [value for value in enum if f"`{value}`" not in page] == []


def test_every_key_is_explained() -> None:
    """Every key of the schema stands in docs/probe.md."""
    tables = [SCHEMA, *SCHEMA["$defs"].values()]
    keys = {key for table in tables for key in table.get("properties", {})}
    page = (DOCS / "probe.md").read_text("utf-8")
    assert sorted(key for key in keys if f"`{key}`" not in page) == []
