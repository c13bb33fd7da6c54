"""The numbers under bar codes: EAN, UPC and the other lengths of the Global Trade Item Number.

Decides which digits of a text are the number, whether its check digit is right, and its thirteen-digit form, so that
a UPC and the EAN that a zero makes of it are equal. Raises nothing for any text. Source: GS1 General Specifications.
"""

from __future__ import annotations

import re

from locate.identifiers.check_digits import modulus_10
from locate.identifiers.number import StandardNumber
from locate.identifiers.plain import beside, plain

__all__ = ["parse_gtin"]

_GROUPS = re.compile(r"[0-9](?:[ -]*[0-9])*")
_FIRST = re.compile(r"[0-9]+(?:-[0-9]+)*")
_NOT_DIGITS = str.maketrans("", "", " -")
_LENGTHS = frozenset({8, 12, 13, 14})


def parse_gtin(text: str) -> StandardNumber:
    """Find the first EAN, UPC or GTIN in ``text``; the value of a right one is of thirteen digits.

    Only a GTIN-14 of a larger package keeps its fourteen. A wrong check digit or length is kept as given. The EAN of
    a book is its ISBN-13, of printed music its ISMN.
    """
    bare = plain(text)
    found = _GROUPS.search(bare)
    if found is None:
        return StandardNumber(text)
    digits = found.group().translate(_NOT_DIGITS)
    if not _is_right(digits) and (first := _FIRST.match(bare, found.start())):
        found, digits = first, first.group().replace("-", "")
    qualifier = beside(bare[found.end() :])
    if not _is_right(digits):
        return StandardNumber(text, digits, qualifier=qualifier)
    value = digits.removeprefix("0") if len(digits) == 14 else digits.zfill(13)
    return StandardNumber(text, value, valid=True, qualifier=qualifier)


def _is_right(digits: str) -> bool:
    return len(digits) in _LENGTHS and digits[-1] == modulus_10(digits[:-1])
