"""The Library of Congress control number.

Decides the one form under which two spellings of an LCCN are equal, and whether a text has the form of one: it bears
no check digit. Raises nothing for any text. Source: Library of Congress, "The LCCN Namespace".
"""

from __future__ import annotations

import re

from locate.identifiers.plain import ascii_lower, plain

__all__ = ["is_lccn", "normalize_lccn"]

_LCCN = re.compile(r"[a-z]{0,3}[0-9]{8}|[a-z]{0,2}[0-9]{10}")
# Library systems write the blanks of field 010 as "^", documentation as "#".
_BLANKS = re.compile(r"[\s^#]+")
_SERIAL_DIGITS = 6


def normalize_lccn(text: str) -> str:
    """Return the normalised LCCN: blanks off, cut at "/", the serial after a hyphen zero-padded to six digits.

    The alphabetic prefix is kept, in lower case. "" for a text without anything. A text that is no LCCN comes back
    stripped of blanks, and `is_lccn` says no to it. Source: Library of Congress, "The LCCN Namespace".
    """
    bare = ascii_lower(_BLANKS.sub("", plain(text))).split("/", 1)[0]
    head, hyphen, serial = bare.partition("-")
    if hyphen and serial.isascii() and serial.isdigit() and len(serial) <= _SERIAL_DIGITS:
        return head + serial.zfill(_SERIAL_DIGITS)
    return bare


def is_lccn(normalized: str) -> bool:
    """Say whether a normalised LCCN has the form of one: a prefix of up to three letters, then 8 or 10 digits."""
    return _LCCN.fullmatch(normalized) is not None
