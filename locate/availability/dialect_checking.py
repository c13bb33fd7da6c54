"""Checks a dialect mapping against its form, and puts every mistake into words with its path.

Raises ConfigurationError with all problems at once; pydantic's own texts are used only where nothing better is known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_args

from pydantic import ValidationError

from locate.availability.dialect_file import (
    DialectFile,
    Drop,
    Electronic,
    FieldLayout,
    Flag,
    Mark,
    OpacLayout,
    Pattern,
    Telling,
    Temporary,
    TextName,
    WordKind,
    Words,
)
from locate.availability.signs import fold
from locate.errors import ConfigurationError, Problem
from locate.names import nearest, unknown_name

__all__ = ["check_dialect"]

_KEYS = sorted(
    {
        key
        for model in (
            DialectFile,
            Words,
            Pattern,
            Flag,
            FieldLayout,
            Mark,
            Temporary,
            Drop,
            Telling,
            OpacLayout,
            Electronic,
        )
        for key in model.model_fields
    }
    | set(get_args(TextName))
)


def check_dialect(data: Mapping[str, Any], source: str, *, parents: Collection[str] | None = None) -> DialectFile:
    """Check a dialect mapping. Raises ConfigurationError with every problem; ``source`` names where it came from.

    ``parents`` are the dialects that it may extend; None leaves that unchecked.
    """
    try:
        checked = DialectFile.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError([_problem(entry) for entry in error.errors()], source=source) from None
    problems = _twice(checked.words)
    if parents is not None and checked.extends is not None and checked.extends not in parents:
        problems.append(Problem("extends", unknown_name("dialect", checked.extends, parents)))
    if problems:
        raise ConfigurationError(problems, source=source)
    return checked


def _twice(words: Words) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for kind in WordKind:
        for word in getattr(words, kind):
            first = seen.setdefault(fold(word), kind)
            if first != kind:
                problems.append(Problem(f"words.{kind}", f"{word!r} stands in words.{first} too; keep it in one"))
    return problems


# pydantic's error types (pydantic docs, "Validation Errors") that a dialect can raise, in words.
_SENTENCES = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "greater_than_equal": "is too small a number",
    "less_than_equal": "is too large a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list in [ ]",
    "too_short": "must not be an empty list",
    "dict_type": "must be a table of keys and values",
    "model_type": "must be a table of keys and values",
    "string_too_short": "must not be empty",
    "string_too_long": "must be one character",
}


def _problem(entry: Any) -> Problem:
    path = ""
    for step in entry["loc"]:
        if step != "[key]":
            path += f"[{step}]" if isinstance(step, int) else f"{'.' if path else ''}{step}"
    message = _SENTENCES.get(entry["type"], entry["msg"].removeprefix("Value error, "))
    if entry["type"] in {"literal_error", "enum"}:
        message = f"must be {entry['ctx']['expected']}"
    name = str(entry["loc"][-1] if entry["loc"][-1] != "[key]" else entry["loc"][-2])
    if entry["type"] == "extra_forbidden" or entry["loc"][-1] == "[key]":
        near = nearest(name, _KEYS)
        message = "unknown key" + (f"; did you mean {near!r}?" if near else "")
    elif entry["type"] == "string_pattern_mismatch":
        message = f"{entry['input']!r} has not the form {entry['ctx']['pattern']}"
    return Problem(path, message)
