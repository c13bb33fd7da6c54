"""Reads a configuration: TOML text, or the file that holds it.

It decides how a file that is no TOML is told of, and which library systems are known (those with an availability
dialect). It reads no environment of its own: the variables are an argument. It raises `ConfigurationError` with every
problem at once, and nothing else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from locate.availability import dialect_names
from locate.config.build import build_config
from locate.config.objects import Config
from locate.errors import ConfigurationError, Problem

__all__ = ["known_systems", "load_config", "parse_config"]

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def known_systems() -> frozenset[str]:
    """Return the names a partner's ``system`` may have: one for each availability dialect of this package."""
    return frozenset(dialect_names())


def load_config(path: Path, environ: Mapping[str, str], *, systems: Collection[str] | None = None) -> Config:
    """Read the configuration file at ``path``; it is UTF-8, with or without a byte order mark.

    ``environ`` holds the variables that ``password_env`` and ``open_env`` name. ``systems`` None means
    `known_systems`. Raises `ConfigurationError`, with the path as its source, also when the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem("", f"line {line}: the file is not UTF-8 here; save it as UTF-8")
    except OSError as error:
        problem = Problem("", f"cannot read the file: {error.strerror or type(error).__name__}")
    else:
        return parse_config(text, str(path), environ, systems=systems)
    raise ConfigurationError([problem], str(path))


def parse_config(
    text: str, source: str, environ: Mapping[str, str], *, systems: Collection[str] | None = None
) -> Config:
    """Read a configuration from its TOML ``text``. ``source`` is named in errors; the rest is as in `load_config`."""
    raw = _parsed(text, source)
    config, problems = build_config(raw, environ, known_systems() if systems is None else systems)
    if config is None:
        raise ConfigurationError(problems, source)
    return config


def _parsed(text: str, source: str) -> dict[str, Any]:
    """Return the TOML document; a syntax error is raised without its cause, which may hold the whole text."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        message = "tables or lists are nested too deep"
    except tomllib.TOMLDecodeError as error:
        message = _with_position(str(error), text)
    except ValueError:  # Python's bound on the digits of a whole number
        message = "a number has too many digits"
    raise ConfigurationError([Problem("", f"not TOML: {message}")], source)


def _with_position(message: str, text: str) -> str:
    """Return the parser's message with its 1-based line and column in front."""
    position = _POSITION.search(message)
    if position is None:
        return message
    if position["line"] is None:
        lines = text.split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    else:
        line, column = int(position["line"]), int(position["column"])
    return f"line {line}, column {column}: {message[: position.start()]}"
