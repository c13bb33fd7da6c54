"""Configuration: one TOML file becomes frozen domain objects, or a `ConfigurationError` with every problem at once.

`loading` reads the text, `reading` checks each table against its pydantic model in `tables`, `build` merges the
defaults and finds what only the whole file shows, `target` reads ``host:port/database`` for the command line too.
Nothing here opens a connection. Secrets stand in no message and in no repr.
"""

from __future__ import annotations

from locate.config.loading import known_systems, load_config, parse_config
from locate.config.objects import Config, Institution
from locate.config.target import parse_target

__all__ = [
    "Config",
    "Institution",
    "known_systems",
    "load_config",
    "parse_config",
    "parse_target",
]
