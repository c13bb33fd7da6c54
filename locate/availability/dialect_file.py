"""Dialect files: how one library system writes holdings, as data.

A dialect is a TOML file of this package (`dialects/<name>.toml`) or a mapping of the same form from a site's own
configuration. This module loads, checks and merges them; it never sees a record. A mistake raises ConfigurationError
with all problems of the file at once, each with its path; so does a name that no file has.

    label      the system's name, for people
    extends    the dialect whose settings this one starts from: tables merge key by key, lists are replaced, and a
               status word given here leaves the list that the parent had it in
    dates      forms of due dates (strptime), tried in order; a date in none of them is kept as written
    [words]    available | unavailable | not_lent | silent: status words, compared case-folded and trimmed
    [[patterns]]   match (regular expression over the whole word), kind, say; a group named ``due`` is the due date
    [opac]     text: item text -> holding.* or circulation.* of the OPAC record; status: where status words stand;
               maybe_status: where some sites put one, so that an unknown word there counts as none; conflict: which
               of available_now and words wins (else unknown); empty: what an OPAC record without holdings means
    [[fields]] one layout of a MARC field: tag, ind1, ind2, requires (subfields that must be there), kind, fallback
               (read only when no copy was found by the others), text, status, maybe_status, policy_words, flags,
               due_means_out, copies, copies_out, summary
    [electronic]   names of locations (with * and ?): always, or only without_circulation
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from locate.errors import ConfigurationError, Problem
from locate.names import nearest
from locate.z3950.opac import CircRecord, HoldingsAndCirc

__all__ = [
    "DialectFile",
    "Electronic",
    "FieldLayout",
    "Flag",
    "OpacLayout",
    "Pattern",
    "WordKind",
    "Words",
    "check_dialect",
    "dialect_names",
    "dialect_source",
    "merged",
]


class WordKind(StrEnum):
    """What a status word says: on the shelf, not on the shelf, never lent, or nothing of either."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    NOT_LENT = "not_lent"
    SILENT = "silent"


_PATHS = frozenset(
    f"{prefix}.{found.name}"
    for prefix, kind in (("holding", HoldingsAndCirc), ("circulation", CircRecord))
    for found in dataclass_fields(kind)
    if found.default is None  # the texts; the rest are booleans and lists
)


def _opac_path(path: str) -> str:
    if path not in _PATHS:
        near = nearest(path, _PATHS)
        hint = f"; did you mean {near!r}?" if near else ""
        raise ValueError(f"{path!r} is no text of the OPAC record{hint}")
    return path


def _regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from None
    return text


def _date_form(form: str) -> str:
    sample = datetime(2026, 12, 3, tzinfo=UTC)
    try:
        read = datetime.strptime(sample.strftime(form), form).replace(tzinfo=UTC)
    except ValueError:
        read = None
    if read != sample:
        raise ValueError(f"{form!r} is not a date form with day, month and year, such as '%Y-%m-%d'")
    return form


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_TextName = Literal[
    "library_code",
    "library",
    "location_code",
    "location",
    "temporary_location",
    "collection",
    "call_number",
    "barcode",
    "policy",
    "copy",
    "enumeration",
    "due_date",
    "note",
]
_Code = Annotated[str, Field(pattern=r"^[0-9a-z]$")]
_Codes = Annotated[str, Field(pattern=r"^[0-9a-z]+$")]
_Path = Annotated[str, AfterValidator(_opac_path)]
_Paths = Annotated[tuple[_Path, ...], BeforeValidator(_listed)]
_CodeChoices = Annotated[tuple[_Codes, ...], BeforeValidator(_listed)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """Status words by what they say; ``silent`` words say nothing, every other word makes a status unknown."""

    available: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()
    not_lent: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


class Pattern(_Strict):
    """A form of status word; ``say`` replaces the word where a person reads it."""

    match: Annotated[str, AfterValidator(_regular_expression)]
    kind: WordKind
    say: str = ""


class Flag(_Strict):
    """A subfield with a number, 0 for "no": ``name`` says what else it means. A required flag that is absent leaves
    the copy's status unknown.
    """

    code: _Code
    name: str
    positive: Literal["unavailable", "not_lent"] = "unavailable"
    negative: Literal["unavailable", "not_lent"] = "unavailable"
    required: bool = False


class FieldLayout(_Strict):
    """One layout of a MARC field. ``text`` gives for an item text the subfields to join, or a list of such choices of
    which the first that is present counts. A ``location`` lends its texts to the items that name it by $8.
    """

    tag: Annotated[str, Field(pattern=r"^[0-9A-Z]{3}$")]
    kind: Literal["item", "electronic", "location", "summary"] = "item"
    ind1: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    ind2: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    requires: _Codes | None = None
    fallback: bool = False
    text: dict[_TextName, _CodeChoices] = {}
    status: tuple[_Code, ...] = ()
    maybe_status: tuple[_Code, ...] = ()
    policy_words: tuple[_Code, ...] = ()
    flags: tuple[Flag, ...] = ()
    due_means_out: bool = False
    copies: _Code | None = None
    copies_out: _Code | None = None
    summary: _Codes | None = None


class OpacLayout(_Strict):
    """Where the OPAC record's texts go, and where status words stand in it."""

    text: dict[_TextName, _Paths] = {}
    status: _Paths = ()
    maybe_status: _Paths = ()
    conflict: Literal["unknown", "available_now", "words"] = "unknown"
    empty: Literal["unknown", "electronic"] = "unknown"


class Electronic(_Strict):
    """Names of places that are no shelf."""

    always: tuple[str, ...] = ()
    without_circulation: tuple[str, ...] = ()


class DialectFile(_Strict):
    """A whole dialect, checked."""

    label: str = ""
    extends: str | None = None
    dates: tuple[Annotated[str, AfterValidator(_date_form)], ...] = ()
    words: Words = Words()
    patterns: tuple[Pattern, ...] = ()
    opac: OpacLayout = OpacLayout()
    fields: tuple[FieldLayout, ...] = ()
    electronic: Electronic = Electronic()


_KEYS = sorted(
    {
        key
        for model in (DialectFile, Words, Pattern, Flag, FieldLayout, OpacLayout, Electronic)
        for key in model.model_fields
    }
    | set(_TextName.__args__)  # type: ignore[attr-defined]
)


@cache
def dialect_names() -> tuple[str, ...]:
    """Return the names of the dialects that come with this package, sorted."""
    folder = resources.files(__package__) / "dialects"
    return tuple(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def dialect_source(name: str) -> Mapping[str, Any]:
    """Return the dialect ``name``, merged. Raises ConfigurationError for an unknown name or a bad file."""
    if name not in dialect_names():
        near = nearest(name, dialect_names())
        hint = f"did you mean {near!r}? " if near else ""
        known = ", ".join(dialect_names())
        raise ConfigurationError([Problem("system", f"there is no dialect {name!r}; {hint}known are {known}")])
    path = resources.files(__package__) / "dialects" / f"{name}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([Problem("", str(error))], source=f"dialects/{name}.toml") from None
    return merged(data, f"dialects/{name}.toml")


def merged(data: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Check ``data`` by itself and lay it over the dialect that it extends. Raises ConfigurationError."""
    checked = check_dialect(data, source)
    if checked.extends is None:
        return dict(data)
    return _overlay(dialect_source(checked.extends), data)


def check_dialect(data: Mapping[str, Any], source: str) -> DialectFile:
    """Check a dialect mapping. Raises ConfigurationError with every problem; ``source`` names where it came from."""
    try:
        checked = DialectFile.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError([_problem(entry) for entry in error.errors()], source=source) from None
    problems = _twice(checked.words)
    if checked.extends is not None and checked.extends not in dialect_names():
        problems.append(Problem("extends", f"there is no dialect {checked.extends!r}"))
    if problems:
        raise ConfigurationError(problems, source=source)
    return checked


def _twice(words: Words) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for kind in WordKind:
        for word in getattr(words, kind):
            first = seen.setdefault(word.strip().casefold(), kind)
            if first != kind:
                problems.append(Problem(f"words.{kind}", f"{word!r} stands in words.{first} too; keep it in one"))
    return problems


def _problem(entry: Any) -> Problem:
    path = ""
    for step in entry["loc"]:
        if step != "[key]":
            path += f"[{step}]" if isinstance(step, int) else f"{'.' if path else ''}{step}"
    message = entry["msg"].removeprefix("Value error, ")
    name = str(entry["loc"][-1] if entry["loc"][-1] != "[key]" else entry["loc"][-2])
    if entry["type"] == "extra_forbidden" or entry["loc"][-1] == "[key]":
        near = nearest(name, _KEYS)
        message = "unknown key" + (f"; did you mean {near!r}?" if near else "")
    elif entry["type"] == "string_pattern_mismatch":
        message = f"{entry['input']!r} has not the form {entry['ctx']['pattern']}"
    return Problem(path, message)


def _overlay(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in over.items():
        if key == "words":
            out[key] = _overlay_words(base.get(key, {}), value)
        elif isinstance(value, Mapping) and isinstance(base.get(key), Mapping):
            out[key] = _overlay(base[key], value)
        else:
            out[key] = value
    return out


def _overlay_words(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    moved = {word.strip().casefold() for words in over.values() for word in words}
    return {
        kind.value: [
            *(word for word in base.get(kind.value, ()) if word.strip().casefold() not in moved),
            *over.get(kind.value, ()),
        ]
        for kind in WordKind
    }
