"""The documented form of a lending decision, to hold outcomes against."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from referencing import Registry, Resource

from locate import LendingOutcome

__all__ = ["DOCS", "form", "valid", "validator"]

DOCS = Path(__file__).parents[2] / "docs"


@cache
def form(name: str) -> dict[str, Any]:
    """Return a schema of the documentation."""
    read: dict[str, Any] = json.loads((DOCS / name).read_text("utf-8"))
    return read


@cache
def validator() -> Any:
    """Return the validator of docs/lending.schema.json, which refers to docs/outcome.schema.json."""
    others = [(name, Resource.from_contents(form(name))) for name in ("outcome.schema.json", "lending.schema.json")]
    registry: Registry[Any] = Registry().with_resources(others)
    return Draft202012Validator(form("lending.schema.json"), registry=registry)


def valid(outcome: LendingOutcome) -> dict[str, Any]:
    """Return the JSON form, which must have the documented form before and after a trip through JSON."""
    mapping = outcome.to_mapping()
    copied: dict[str, Any] = json.loads(json.dumps(mapping))
    assert copied == mapping
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(copied)] == []
    return copied
