"""The two check digits that library numbers use.

Decides nothing but arithmetic: both functions take ASCII digits only, which the callers' patterns see to.
"""

from __future__ import annotations

__all__ = ["modulus_10", "modulus_11"]

_ZERO = ord("0")


def modulus_10(body: str) -> str:
    """Return the check digit of ``body``: weights 3 and 1 in turn from the right, modulo 10.

    Source: GS1 General Specifications, section 7.9; the ISBN-13 (ISO 2108) and the ISMN (ISO 10957) use it.
    """
    codes = body.encode("ascii")[::-1]
    heavy, light = codes[::2], codes[1::2]
    total = 3 * (sum(heavy) - _ZERO * len(heavy)) + sum(light) - _ZERO * len(light)
    return str(-total % 10)


def modulus_11(body: str) -> str:
    """Return the check character of ``body``, "X" for ten: weights from the right 2, 3, 4 ..., modulo 11.

    Source: ISO 2108 (the ISBN-10, nine digits before it), ISO 3297 (the ISSN, seven).
    """
    rest = -sum(weight * int(digit) for weight, digit in enumerate(reversed(body), start=2)) % 11
    return "X" if rest == 10 else str(rest)
