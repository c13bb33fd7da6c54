"""The International Standard Recording Code.

Decides only the form, two letters, three letters or digits, seven digits: it has no check digit, and who may use which
country code changes with the registration agency. Raises nothing for any text. Source: ISO 3901.
"""

from __future__ import annotations

import re

from locate.identifiers.number import StandardNumber
from locate.identifiers.plain import plain

__all__ = ["parse_isrc"]

_ISRC = re.compile(r"(?<![0-9A-Z])[A-Z]{2}[ -]?[A-Z0-9]{3}[ -]?[0-9](?:[ -]?[0-9]){6}(?![0-9A-Z])")
_SEPARATORS = str.maketrans("", "", " -")


def parse_isrc(text: str) -> StandardNumber:
    """Find the first ISRC in ``text``; its value is of twelve capitals and digits, without hyphens."""
    bare = plain(text).upper()
    found = _ISRC.search(bare)
    if found is None:
        return StandardNumber(text)
    return StandardNumber(text, found.group().translate(_SEPARATORS), valid=True)
