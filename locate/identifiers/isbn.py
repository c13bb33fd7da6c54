"""The International Standard Book Number, of ten and of thirteen digits, and the SBN before it.

Decides which digits of a messy text are the ISBN and whether its check digit is right. It refuses what a spreadsheet
has mangled ("9.78E+12"): no digits of it can be trusted. Raises nothing for any text. Source: ISO 2108.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from locate.identifiers.check_digits import modulus_10, modulus_11
from locate.identifiers.plain import beside, plain

__all__ = ["Isbn", "isbn10_to_13", "isbn13_to_10", "parse_isbn"]


@dataclass(frozen=True, slots=True)
class Isbn:
    """An ISBN found in a text.

    ``raw`` is the text as given; ``isbn13`` the thirteen digits, None when length, prefix or check digit is wrong;
    ``qualifier`` what stood beside the number ("pbk.", "v. 1; set"), without parentheses; ``digits`` the digits as
    given without separators, "" when the text holds no number.
    """

    raw: str
    isbn13: str | None = None
    qualifier: str = ""
    digits: str = ""

    @property
    def isbn10(self) -> str | None:
        """The ten-digit form, None when the number is not valid or of prefix 979, which has none."""
        return isbn13_to_10(self.isbn13) if self.isbn13 else None

    @property
    def valid(self) -> bool:
        """True when length, prefix and check digit are right."""
        return self.isbn13 is not None

    @property
    def canonical(self) -> str:
        """The ISBN-13, or the digits as given when the number is not valid."""
        return self.isbn13 or self.digits


_FLOAT = re.compile(r"[0-9][.,][0-9]+\s*e\s*\+?[0-9]+", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:e-?)?(?:isbn|sbn)(?:[- ]?\(?1[03](?![0-9])\)?)?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9][0-9-]*(?:[xX](?![0-9A-Za-z]))?")
_BEFORE_X = re.compile(r"[xX]-?[0-9]")
_BEHIND_X = re.compile(r"[0-9][xX][0-9-]*\Z")
_AFTER_X = re.compile(r"[xX]-?\Z")
_NEXT_DIGITS = re.compile(r"[ ]([0-9][0-9-]*[xX]?|[xX])(?![0-9A-Za-z.,])")
_SHORTEST = 8
_SBN = 9


def parse_isbn(text: str) -> Isbn:
    """Find the first ISBN in ``text``, the way it stands in MARC 020 $a or in a request.

    Hyphens, blanks, labels and qualifiers are taken off; a nine-digit SBN whose check digit fits gains its zero. The
    first number of eight digits or more is taken: a wrong check digit or length leaves ``valid`` False and ``digits``
    as given. Source: ISO 2108, MARC 21 field 020.
    """
    if text.isascii() and text.isdigit() and len(text) >= _SHORTEST:
        return Isbn(text, _to_isbn13(text), digits=text)
    bare = plain(text)
    if _FLOAT.search(bare):
        return Isbn(text)
    label = _LABEL.match(bare)
    for found in _DIGITS.finditer(bare, label.end() if label else 0):
        if _BEFORE_X.match(bare, found.end()) or _BEHIND_X.search(bare, max(0, found.start() - 13), found.start()):
            continue  # "97X0000112453": a digit mistyped as X, and no shorter number before or behind it
        digits, end = _join_groups(bare, found)
        if len(digits) == _SBN and _AFTER_X.search(bare, max(0, found.start() - 2), found.start()):
            continue  # "X000000000": ten characters, the first mistyped as X, and no SBN of nine
        if len(digits) >= _SHORTEST:
            return Isbn(text, _to_isbn13(digits), beside(bare[end:]), digits)
    return Isbn(text, qualifier=beside(bare))


def _join_groups(text: str, found: re.Match[str]) -> tuple[str, int]:
    """Return the digits that start at ``found`` and where they end, joining groups set apart by single blanks.

    Groups are joined only when they come to exactly ten or thirteen characters: "0803913060 25" stays two numbers.
    """
    first = found.group().replace("-", "").upper()
    digits, end = first, found.end()
    longest = 13 if first.startswith(("978", "979")) else 10
    while len(digits) < longest and (more := _NEXT_DIGITS.match(text, end)):
        digits += more.group(1).replace("-", "").upper()
        end = more.end()
        if len(digits) == longest:
            return digits, end
    return first, found.end()


def _to_isbn13(digits: str) -> str | None:
    """Return the ISBN-13 of a right ISBN-13, ISBN-10 or SBN, else None."""
    if len(digits) == _SBN:
        digits = "0" + digits
    if len(digits) == 10:
        right = digits[:9].isdigit() and digits[9] == modulus_11(digits[:9])
        return isbn10_to_13(digits) if right else None
    # 979-0 belongs to printed music (ISMN, ISO 10957), not to books.
    fits = len(digits) == 13 and digits.startswith(("978", "979")) and not digits.startswith("9790")
    return digits if fits and digits[:12].isdigit() and digits[12] == modulus_10(digits[:12]) else None


def isbn10_to_13(isbn10: str) -> str:
    """Return the ISBN-13 of a ten-character ISBN-10 without hyphens; its own check digit is not looked at."""
    body = "978" + isbn10[:9]
    return body + modulus_10(body)


def isbn13_to_10(isbn13: str) -> str | None:
    """Return the ISBN-10 of a thirteen-digit ISBN without hyphens, or None when its prefix is not 978."""
    if not isbn13.startswith("978"):
        return None
    body = isbn13[3:12]
    return body + modulus_11(body)
