"""Make the text around a number plain, so that one pattern reads it however it was typed.

Decides which characters mean the same digit, letter, dash or blank, and which words stand beside a number as its
qualifier. It knows no number and raises nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["ascii_lower", "beside", "plain"]

_DASHES = frozenset("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_LOWER = {ord(upper): upper.lower() for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LONGEST_WORDS = 80


def plain(text: str) -> str:
    """Return ``text`` with the digits of every script, full-width letters and odd dashes as ASCII, blanks squeezed.

    Each character is looked at alone and what has no ASCII form stays, so a plain text comes back as it is.
    """
    return " ".join((text if text.isascii() else "".join(map(_plain_char, text))).split())


@lru_cache(maxsize=1024)
def _plain_char(char: str) -> str:
    if char in _DASHES:
        return "-"
    if char in _INVISIBLE:
        return ""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    compatible = unicodedata.normalize("NFKC", char)
    return compatible if compatible.isascii() else char


def ascii_lower(text: str) -> str:
    """Return ``text`` with the letters A to Z in lower case and all others as they are."""
    return text.translate(_LOWER)


def beside(rest: str) -> str:
    """Return the qualifier in what follows a number: the texts in parentheses, else the words before a colon.

    "(v. 1) (set)" gives "v. 1; set", "pbk. : $8.00" gives "pbk."; "" when there is none.
    """
    inside = [part.strip() for part in _PARENTHESES.findall(rest)]
    if any(inside):
        return "; ".join(part for part in inside if part)
    words = rest.split(":", 1)[0].strip(" ;,/-()[]")
    return words if len(words) < _LONGEST_WORDS and any(map(str.isalpha, words)) else ""
