"""Reads a configuration: TOML text, or the file that holds it.

It decides which library systems are known (those with an availability dialect). It reads no environment of its own:
the variables are an argument. It raises `ConfigurationError` with every problem at once, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from locate.availability import dialect_names
from locate.config.build import build_config
from locate.config.objects import Config
from locate.errors import ConfigurationError
from locate.toml_text import parse_toml, toml_text

__all__ = ["known_systems", "load_config", "parse_config"]


def known_systems() -> frozenset[str]:
    """Return the names a partner's ``system`` may have: one for each availability dialect of this package."""
    return frozenset(dialect_names())


def load_config(path: Path, environ: Mapping[str, str], *, systems: Collection[str] | None = None) -> Config:
    """Read the configuration file at ``path``; it is UTF-8, with or without a byte order mark.

    ``environ`` holds the variables that ``password_env`` and ``open_env`` name. ``systems`` None means
    `known_systems`. Raises `ConfigurationError`, with the path as its source, also when the file cannot be read.
    """
    return parse_config(toml_text(path.read_bytes, str(path)), str(path), environ, systems=systems)


def parse_config(
    text: str, source: str, environ: Mapping[str, str], *, systems: Collection[str] | None = None
) -> Config:
    """Read a configuration from its TOML ``text``. ``source`` is named in errors; the rest is as in `load_config`."""
    raw = parse_toml(text, source)
    config, problems = build_config(raw, environ, known_systems() if systems is None else systems)
    if config is None:
        raise ConfigurationError(problems, source)
    return config
