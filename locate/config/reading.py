"""Reads one table with its pydantic model and turns every mistake into a `Problem` with its path.

The one seam to pydantic's errors: their text is not used, because it may repeat a value that is a secret. What is
wrong is cut out and the rest read again, so that the checks that follow still see everything that is right.
"""

from __future__ import annotations

import copy
import re
import typing
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from locate.config.tables import FORM_TAGS, Table
from locate.errors import Problem
from locate.names import shortened, unknown_name

__all__ = ["joined", "read_table", "tables_in"]

AnyTable = TypeVar("AnyTable", bound=Table)

MAX_SHOWN_NUMBER = 10**12
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")  # TOML 1.0, "Keys"

# pydantic's error types (pydantic docs, "Validation Errors") that these tables can raise, in words.
SENTENCES = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "finite_number": "must be a finite number",
    "tuple_type": "must be a list in [ ]",
    "list_type": "must be a list of tables: write [[{key}]] above each",
    "dict_type": "must be a table: write [{key}] above its keys",
    "model_type": "must be a table of keys and values",
    "greater_than": "must be greater than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
}
FORMS_OF_KEY = {
    "catalog": "must be a table of keys and values",
    "dialect": "must be a table of keys and values",
    "target": 'must be text ("host:port/database") or a table with host, port, database',
    "profile": "must be a table, or true or false",
    "tls": "must be true or false, or a table with ca_file or insecure",
}


def read_table(model: type[AnyTable], raw: object, path: str, found: list[Problem]) -> AnyTable | None:
    """Return ``raw`` read as ``model``, with every mistake added to ``found`` and its key left unset.

    ``path`` is put before the path of each mistake ("" for the file itself). None: ``raw`` is not a table at all.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
    found.extend(_problem(model, mistake, path) for mistake in mistakes)
    if not isinstance(raw, dict):
        return None
    sound = copy.deepcopy(raw)
    wrong = [_keys(mistake) for mistake in mistakes]
    while True:  # ends: an empty table is right, for no key of a section is required
        for keys in wrong:
            _cut(sound, keys)
        try:
            return model.model_validate(sound)
        except ValidationError as error:  # what was cut out, or is missing, is required: its table goes too
            wrong = [_keys(mistake)[:-1] for mistake in error.errors(include_url=False)]


def joined(path: str, *keys: str | int) -> str:
    """Return ``path`` with ``keys`` after it: ``partners[2].target.port``; positions are 0-based."""
    for key in keys:
        if isinstance(key, int):
            path = f"{path}[{key}]"
        else:
            shown = key if _BARE_KEY.fullmatch(key) else shortened(key)
            path = f"{path}.{shown}" if path else shown
    return path


def _keys(mistake: ErrorDetails) -> tuple[str | int, ...]:
    """Return where the mistake is, as keys and positions in the file."""
    loc = mistake["loc"]
    named = loc[-1:] if mistake["type"] == "extra_forbidden" else ()  # a key as written, whatever it looks like
    return tuple(part for part in loc[: len(loc) - len(named)] if part not in FORM_TAGS) + named


def _problem(model: type[Table], mistake: ErrorDetails, path: str) -> Problem:
    """Put one pydantic error into words."""
    keys = _keys(mistake)
    kind, context = mistake["type"], mistake.get("ctx", {})
    key = str(keys[-1]) if keys else path
    if kind == "extra_forbidden":
        return Problem(joined(path, *keys), unknown_name("key", key, _known_keys(model, keys[:-1])))
    if kind == "value_error":
        return Problem(joined(path, *keys), str(context["error"]))
    if kind in {"model_type", "dict_type"} and key in FORMS_OF_KEY:
        return Problem(joined(path, *keys), FORMS_OF_KEY[key])
    sentence = SENTENCES.get(kind, "is not what this key takes").format(key=key, **context)
    return Problem(joined(path, *keys), sentence + _number_shown(kind, mistake["input"]))


def _number_shown(kind: str, value: object) -> str:
    """Return ", not 70000" for a number out of bounds; "" for all else, which may be long or a secret."""
    bounded = kind in {"greater_than", "greater_than_equal", "less_than_equal"}
    if bounded and isinstance(value, int | float) and abs(value) < MAX_SHOWN_NUMBER:
        return f", not {value}"
    return ""


def _known_keys(model: type[BaseModel], keys: Sequence[str | int]) -> list[str]:
    """Return the keys of the table that stands at ``keys`` below ``model``."""
    of_user = False  # whether the next key is a name of the user's own
    for key in keys:
        if isinstance(key, str) and not of_user:
            annotation = model.model_fields[key].annotation
            (model,) = tables_in(annotation)
            of_user = _is_mapping(annotation)
        elif isinstance(key, str):
            of_user = False
    return list(model.model_fields)


def _is_mapping(annotation: Any) -> bool:
    """Tell whether an annotation is of a table whose keys are names of the user's own."""
    return any(part is dict or typing.get_origin(part) is dict for part in (annotation, *typing.get_args(annotation)))


def tables_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the table models that an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [table for part in typing.get_args(annotation) for table in tables_in(part)]


def _cut(raw: dict[str, Any], keys: Sequence[str | int]) -> None:
    """Remove what stands at ``keys``; a list with a mistake goes as a whole, so that no position moves."""
    if not keys:
        raw.clear()
        return
    at_list = next((index for index, key in enumerate(keys) if isinstance(key, int)), len(keys))
    *above, last = keys[:at_list]
    table: Any = raw
    for key in above:
        table = table.get(key, {})
    table.pop(last, None)
