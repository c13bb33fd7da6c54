"""Standard and control numbers as they stand in records and requests: ISBN, ISSN, LCCN, control numbers.

Decides what the number is inside messy field text, whether its check digit or form is right, and its one canonical
form, so that two spellings of one number compare equal. It refuses to guess: a number with a wrong check digit is
kept as given and marked, and what a spreadsheet has mangled ("9.78E+12") is no number at all. It knows nothing of
records, and no function here raises for any text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = [
    "OCLC",
    "ControlNumber",
    "Isbn",
    "Issn",
    "is_lccn",
    "isbn10_to_13",
    "isbn13_to_10",
    "normalize_lccn",
    "parse_control_number",
    "parse_isbn",
    "parse_issn",
]

OCLC = "OCoLC"
"""The MARC organization code that marks a control number as OCLC's."""


@dataclass(frozen=True, slots=True)
class Isbn:
    """An ISBN found in a text.

    ``raw`` is the text as given; ``isbn13`` and ``isbn10`` are the two forms without hyphens, None when the check
    digit is wrong, and ``isbn10`` also None for a number of prefix 979, which has no such form. ``valid`` says that
    length, prefix and check digit are right. ``qualifier`` is what stood beside the number ("pbk.", "v. 1; set"),
    without parentheses. ``digits`` are the digits as given without separators, "" when the text holds no number.
    """

    raw: str
    isbn13: str | None = None
    isbn10: str | None = None
    valid: bool = False
    qualifier: str = ""
    digits: str = ""

    @property
    def canonical(self) -> str:
        """The ISBN-13, or the digits as given when the number is not valid."""
        return self.isbn13 or self.digits


@dataclass(frozen=True, slots=True)
class Issn:
    """An ISSN found in a text.

    ``raw`` is the text as given; ``issn`` is written 1234-5679, None when the text holds none; ``valid`` says that
    its check digit is right (a wrong one is kept as given).
    """

    raw: str
    issn: str | None = None
    valid: bool = False


@dataclass(frozen=True, slots=True)
class ControlNumber:
    """A system control number.

    ``source`` is the agency's code ("OCoLC", "DE-101", "" when not said); ``number`` stands without prefix and, when
    it is all digits, without leading zeros; ``raw`` is the text as given.
    """

    source: str
    number: str
    raw: str

    def __str__(self) -> str:
        return f"({self.source}){self.number}" if self.source else self.number


_DASHES = str.maketrans(dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7", "-"))
_FLOAT = re.compile(r"[0-9][.,][0-9]+\s*e\s*\+?[0-9]+", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:e-?)?(?:isbn|sbn)(?:[- ]?1[03](?![0-9]))?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9][0-9-]*(?:[xX](?![0-9A-Za-z]))?")
_NEXT_DIGITS = re.compile(r"[ ]([0-9][0-9-]*[xX]?|[xX])(?![0-9A-Za-z.,])")
_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ISBN_LENGTHS = frozenset({10, 13})
_SHORTEST_ISBN = 8


def parse_isbn(text: str) -> Isbn:
    """Find the first ISBN in ``text``, the way it stands in MARC 020 $a or in a request.

    Hyphens, blanks, labels and qualifiers are taken off; a nine-digit SBN whose check digit fits gains its zero. A
    wrong check digit or length leaves ``valid`` False and ``digits`` as given. Source: ISO 2108, MARC 21 field 020.
    """
    folded = _fold(text)
    label = _LABEL.match(folded)
    start = label.end() if label else 0
    if _FLOAT.search(folded):
        return Isbn(text)
    found = _DIGITS.search(folded, start)
    if found is None:
        return Isbn(text, qualifier=_qualifier(folded))
    digits, end = _join_groups(folded, found)
    if len(digits) < _SHORTEST_ISBN:
        return Isbn(text, qualifier=_qualifier(folded))
    qualifier = _qualifier(folded[end:])
    isbn13 = _to_isbn13(digits)
    if isbn13 is None:
        return Isbn(text, qualifier=qualifier, digits=digits)
    return Isbn(text, isbn13, isbn13_to_10(isbn13), valid=True, qualifier=qualifier, digits=digits)


def _fold(text: str) -> str:
    """Return ``text`` with full-width digits, odd dashes and odd blanks made plain."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)


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


def _qualifier(rest: str) -> str:
    """Return what stands beside a number: parenthesised texts, else plain words before a price or colon."""
    inside = [part.strip() for part in _PARENTHESES.findall(rest)]
    if any(inside):
        return "; ".join(part for part in inside if part)
    words = rest.split(":", 1)[0].strip(" ;,/-()[]")
    return words if any(char.isalpha() for char in words) and len(words) < 80 else ""


def _to_isbn13(digits: str) -> str | None:
    """Return the ISBN-13 of a right ISBN-13, ISBN-10 or SBN, else None."""
    if len(digits) == 9:
        digits = "0" + digits
    if len(digits) not in _ISBN_LENGTHS:
        return None
    if len(digits) == 10:
        return isbn10_to_13(digits) if _is_isbn10(digits) else None
    # 979-0 belongs to printed music (ISMN, ISO 10957), not to books.
    fits = digits.isdigit() and digits.startswith(("978", "979")) and not digits.startswith("9790")
    return digits if fits and digits[12] == _ean_check(digits[:12]) else None


def isbn10_to_13(isbn10: str) -> str:
    """Return the ISBN-13 of a ten-character ISBN-10 without hyphens; its own check digit is not looked at."""
    body = "978" + isbn10[:9]
    return body + _ean_check(body)


def isbn13_to_10(isbn13: str) -> str | None:
    """Return the ISBN-10 of a thirteen-digit ISBN without hyphens, or None when its prefix is not 978."""
    if not isbn13.startswith("978"):
        return None
    body = isbn13[3:12]
    return body + _modulus_11(body)


def _is_isbn10(digits: str) -> bool:
    return digits[:9].isdigit() and digits[9] == _modulus_11(digits[:9])


def _ean_check(body: str) -> str:
    total = sum(map(int, body[::2])) + 3 * sum(map(int, body[1::2]))
    return str(-total % 10)


def _modulus_11(body: str) -> str:
    """Return the check character of ISO 2108 (nine digits) and ISO 3297 (seven): weights down to 2, modulo 11."""
    weights = range(len(body) + 1, 1, -1)
    rest = -sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


_ISSN = re.compile(r"(?<![0-9A-Za-z-])([0-9]{4})\s?-?\s?([0-9]{3}[0-9xX])(?![0-9A-Za-z])")
_ISSN_LABEL = re.compile(r"^\W*e?-?issn(?:-l)?\W*", re.IGNORECASE)


def parse_issn(text: str) -> Issn:
    """Find the first ISSN in ``text``. A wrong check digit is kept as given, with ``valid`` False. Source: ISO 3297."""
    folded = _ISSN_LABEL.sub("", _fold(text))
    found = _ISSN.search(folded)
    if found is None:
        return Issn(text)
    digits = (found.group(1) + found.group(2)).upper()
    return Issn(text, f"{digits[:4]}-{digits[4:]}", valid=digits[7] == _modulus_11(digits[:7]))


_LCCN = re.compile(r"[a-z]{0,3}[0-9]{8}|[a-z]{0,2}[0-9]{10}")
_LCCN_SERIAL_DIGITS = 6


def normalize_lccn(text: str) -> str:
    """Return the normalised LCCN: blanks off, cut at "/", the serial after a hyphen zero-padded to six digits.

    The alphabetic prefix is kept, in lower case. "" for a text without anything. A text that is no LCCN comes back
    stripped of blanks, and `is_lccn` says no to it. Source: Library of Congress, "The LCCN Namespace".
    """
    bare = "".join(_fold(text).split()).lower().split("/", 1)[0]
    head, hyphen, serial = bare.partition("-")
    if hyphen and serial.isdigit() and len(serial) <= _LCCN_SERIAL_DIGITS:
        return head + serial.zfill(_LCCN_SERIAL_DIGITS)
    return bare


def is_lccn(normalized: str) -> bool:
    """Say whether a normalised LCCN has the form of one: a prefix of up to three letters, then 8 or 10 digits."""
    return _LCCN.fullmatch(normalized) is not None


_WITH_SOURCE = re.compile(r"\s*\(([^()]+)\)(.*)", re.DOTALL)
_OCLC_SOURCE = re.compile(r"(?:ocolc|oclc)(?:-[a-z]+)?", re.IGNORECASE)
_OCLC_BODY = re.compile(r"(?:ocm|ocn|on)?\s*([0-9]+)\s*", re.IGNORECASE)
_OCLC_BARE = re.compile(r"\s*(?:ocm|ocn|on|(?:ocolc|oclc)[:#-]?)\s*([0-9]+)\s*", re.IGNORECASE)


def parse_control_number(text: str) -> ControlNumber:
    """Take a control number apart: "(OCoLC)ocm00012345", "ocn936082941", "(DE-101)1023456789", "12345".

    The prefixes ocm, ocn and on and the variants (OCLC), (OCoLC-M), (OCoLC-I) all mean OCLC. Bare digits have source
    "": what system they belong to is not known. Source: MARC 21 fields 001, 003, 019, 035.
    """
    marked = _WITH_SOURCE.match(text)
    if marked is None:
        bare = _OCLC_BARE.fullmatch(text)
        return ControlNumber(OCLC, _unpadded(bare.group(1)), text) if bare else ControlNumber("", _unpadded(text), text)
    source, number = (part.strip() for part in marked.groups())
    if _OCLC_SOURCE.fullmatch(source):
        body = _OCLC_BODY.fullmatch(number)
        return ControlNumber(OCLC, _unpadded(body.group(1) if body else number), text)
    return ControlNumber(source, _unpadded(number), text)


def _unpadded(number: str) -> str:
    bare = number.strip()
    return (bare.lstrip("0") or "0") if bare.isascii() and bare.isdigit() else bare
