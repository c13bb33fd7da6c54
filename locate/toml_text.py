"""A TOML document that a person wrote: its text from a file, and the text read, with every fault in words.

Decides how a file that is no TOML is told of. Raises ConfigurationError, with ``source`` as its source, and nothing
else; an error is raised without its cause, which may hold the whole text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

from locate.errors import ConfigurationError, Problem

__all__ = ["parse_toml", "read_toml", "toml_text"]

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def read_toml(read: Callable[[], bytes], source: str) -> dict[str, Any]:
    """Return the TOML document of the file that ``read`` gives the bytes of. Raises as the two functions below do."""
    return parse_toml(toml_text(read, source), source)


def toml_text(read: Callable[[], bytes], source: str) -> str:
    """Return the text of the file that ``read`` gives the bytes of: UTF-8, with or without a byte order mark.

    Raises ConfigurationError when it cannot be read or is not UTF-8.
    """
    try:
        return read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem("", f"line {line}: the file is not UTF-8 here; save it as UTF-8")
    except OSError as error:
        problem = Problem("", f"cannot read the file: {error.strerror or type(error).__name__}")
    raise ConfigurationError([problem], source)


def parse_toml(text: str, source: str) -> dict[str, Any]:
    """Return the TOML document ``text``. Raises ConfigurationError when it is none."""
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
