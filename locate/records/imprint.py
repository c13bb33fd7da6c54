"""When and where a record's item was published, and how many pages it has.

Decides which dates are years of publication: 008/07-10, and 008/11-14 where the date type makes it a year of
publication or copyright; every four-digit year of 260 and 264 $c. "19uu" and "198-" give none. Raises nothing, and
takes time linear in the length of the text. Source: MARC 21 Bibliographic 008, 260, 264, 300.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from locate.records.elements import TRAILING_ISBD, DataField

__all__ = ["cleaned", "first_year", "last_year", "page_count", "years"]

# 008/06, MARC 21: the types whose second date is a year of publication, distribution or copyright of this item.
_TWO_DATES: Final = frozenset("cdikmpqrt")
_NO_DATES: Final = frozenset("bn")
_YEAR: Final = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
_CODED_YEARS: Final = {str(year): year for year in range(1000, 2100)}

# 300 $a: numbers (with commas between thousands), and words. Nobody counts a million pages.
_COUNTED: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)|([^\W\d_]+)")
_LONGEST_NUMBER: Final = 6
# "v" alone is more often the abbreviation of a volume.
_ROMAN: Final = re.compile(r"(?!v?\Z)m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})")
_PAGES: Final = frozenset(
    {
        "p",
        "pp",
        "pg",
        "pgs",
        "page",
        "pages",
        "pag",
        "pág",
        "págs",
        "página",
        "páginas",
        "pagina",
        "pagine",
        "paginas",
        "s",
        "ss",
        "seite",
        "seiten",
        "sivu",
        "sivua",
        "sidor",
        "sider",
        "sid",
        "str",
        "strony",
        "stran",
        "strana",
    }
)
_LEAVES: Final = frozenset(
    {"l", "ll", "lvs", "leaf", "leaves", "f", "ff", "folio", "folios", "bl", "blatt", "blätter", "lehti", "lehteä"}
)


def first_year(coded: str) -> int | None:
    """Return the year of 008/07-10, None when the date type says that there is none or it is not a year."""
    return None if coded[6:7] in _NO_DATES else _CODED_YEARS.get(coded[7:11])


def last_year(coded: str) -> int | None:
    """Return the year of 008/11-14, None where the date type makes it something else or it is not a year."""
    return _CODED_YEARS.get(coded[11:15]) if coded[6:7] in _TWO_DATES else None


def years(coded: str, imprints: Sequence[DataField]) -> frozenset[int]:
    """Return the years of publication that 008 and the $c of ``imprints`` give."""
    found = {year for year in (first_year(coded), last_year(coded)) if year is not None}
    for field in imprints:
        for code, text in field.subfields:
            if code == "c":
                found.update(map(int, _YEAR.findall(text)))
    return frozenset(found)


def cleaned(fields: Sequence[DataField], code: str) -> tuple[str, ...]:
    """Return each subfield ``code`` without closing ISBD punctuation and brackets, without repeats."""
    texts = [text.strip(TRAILING_ISBD + "[]") for field in fields for text in field.all(code)]
    return tuple(dict.fromkeys([text for text in texts if text]))


def page_count(extent: str) -> int | None:
    """Return the largest number of pages or leaves in a 300 $a: 300 for "xii, 300 p.", None when it has none.

    Numbers count that stand in front of a word for pages or leaves, with only Roman numbers, "unnumbered" and
    punctuation between, or behind one when none stood before it ("p. 12-34").
    """
    largest: int | None = None
    numbers: list[int] = []
    behind = False
    for digits, word in _COUNTED.findall(extent.lower()):
        if digits:
            number = digits.replace(",", "")
            if len(number) <= _LONGEST_NUMBER:
                numbers.append(int(number))
            if not behind:
                continue
        elif word in _PAGES or word in _LEAVES:
            behind = largest is None and not numbers
        elif word == "unnumbered" or _ROMAN.fullmatch(word):
            continue
        else:
            numbers.clear()
            behind = False
        if numbers:
            largest = max(*numbers, largest or 0)
            numbers.clear()
    return largest
