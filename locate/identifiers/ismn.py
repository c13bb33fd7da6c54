"""The International Standard Music Number, with M in front (until 2007) and with 979-0.

Decides which digits of a text are the ISMN and whether the check digit is right; both forms have the same one. Raises
nothing for any text. Source: ISO 10957.
"""

from __future__ import annotations

import re

from locate.identifiers.check_digits import modulus_10
from locate.identifiers.number import StandardNumber
from locate.identifiers.plain import beside, plain

__all__ = ["parse_ismn"]

_ISMN = re.compile(r"(?<![0-9A-Za-z])(?:M|979[ .-]?0)((?:[ .-]?[0-9]){9})(?![0-9A-Za-z])", re.IGNORECASE)
_NOT_DIGITS = str.maketrans("", "", " .-")


def parse_ismn(text: str) -> StandardNumber:
    """Find the first ISMN in ``text``; its value is of thirteen digits, "M-2306-7118-7" gives "9790230671187"."""
    bare = plain(text)
    found = _ISMN.search(bare)
    if found is None:
        return StandardNumber(text)
    digits = "9790" + found.group(1).translate(_NOT_DIGITS)
    right = digits[12] == modulus_10(digits[:12])
    return StandardNumber(text, digits, valid=right, qualifier=beside(bare[found.end() :]))
