"""Where dialects come from: the files of this package, and a site's own settings laid over one of them.

Laid over: tables merge key by key; a status word given here leaves the list that the parent had it in; a field layout
is laid over the one of the parent that has its tag (and its indicators and required subfields, where it names them),
and comes before the others when there is none; every other list is replaced. Knows no record. Raises
ConfigurationError with every problem at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from locate.availability.dialect_checking import check_dialect
from locate.availability.dialect_file import WordKind
from locate.availability.signs import fold
from locate.errors import ConfigurationError, Problem
from locate.names import unknown_name
from locate.toml_text import read_toml

__all__ = ["dialect_names", "dialect_source", "merged"]

_NAMING = ("tag", "ind1", "ind2", "requires")
"""The keys that say which layout is meant."""


@cache
def dialect_names() -> tuple[str, ...]:
    """Return the names of the dialects that come with this package, sorted."""
    folder = resources.files(__package__) / "dialects"
    return tuple(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def dialect_source(name: str) -> Mapping[str, Any]:
    """Return the dialect ``name``, merged. Raises ConfigurationError for an unknown name or a bad file."""
    if name not in dialect_names():
        raise ConfigurationError([Problem("system", unknown_name("dialect", name, dialect_names()))])
    path, source = resources.files(__package__) / "dialects" / f"{name}.toml", f"dialects/{name}.toml"
    return merged(read_toml(path.read_bytes, source), source)


def merged(data: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Check ``data`` by itself and lay it over the dialect that it extends. Raises ConfigurationError."""
    parent = check_dialect(data, source, parents=dialect_names()).extends
    if parent is None:
        return dict(data)
    return _overlay(dialect_source(parent), data)


def _overlay(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in over.items():
        if key == "words":
            out[key] = _overlay_words(base.get(key, {}), value)
        elif key == "fields":
            out[key] = _overlay_fields(base.get(key, ()), value)
        elif isinstance(value, Mapping) and isinstance(base.get(key), Mapping):
            out[key] = _overlay(base[key], value)
        else:
            out[key] = value
    return out


def _overlay_words(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    moved = {fold(word) for words in over.values() for word in words}
    return {
        kind.value: [
            *(word for word in base.get(kind.value, ()) if fold(word) not in moved),
            *over.get(kind.value, ()),
        ]
        for kind in WordKind
    }


def _overlay_fields(base: Iterable[Mapping[str, Any]], over: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    out = list(base)
    first: list[Mapping[str, Any]] = []
    for layout in over:
        named = {key: layout[key] for key in _NAMING if key in layout}
        places = [at for at, known in enumerate(out) if all(known.get(key) == value for key, value in named.items())]
        if places:
            out[places[0]] = _overlay(out[places[0]], layout)
        else:
            first.append(layout)
    return [*first, *out]
