"""Read numbers as title pages write them: digits, ordinals, Roman numerals and number words of several languages.

Decides only what number a word means. Raises nothing; a word that is no number gives None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["number_of", "numbers_in", "roman"]

_ROMAN_FORM: Final = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# Words that are well-formed Roman numerals but are words, initials or units first.
_NOT_ROMAN: Final = frozenset(
    ["mix", "mi", "di", "dix", "li", "cc", "cd", "dc", "md", "mm", "ml", "dl", "cm", "mc", "id"]
)
_ORDINAL_DIGITS: Final = re.compile(
    r"0*(\d{1,4})(?:st|nd|rd|th|d|e|er|ere|re|eme|me|nde|de|ste|te|a|o|as|ai|i|izd|oe|ja|ii)?"
)
_WORDS: Final = {
    word: number
    for number, spellings in {
        1: "first one eins erste ersten erster premiere premier primera primer prima primo eerste forsta forste "
        "ensimmainen pervoe pervyi",
        2: "second two zwei zweite zweiten zweiter deux deuxieme seconde segunda segundo seconda secondo tweede andra "
        "anden toinen vtoroe vtoroi druhe drugie",
        3: "third three drei dritte dritten dritter trois troisieme tercera tercero terza terzo terceira derde tredje "
        "kolmas tretie treti",
        4: "fourth four vierte vierten vierter quatrieme cuarta cuarto quarta quarto vierde fjarde fjerde neljas "
        "chetvertoe",
        5: "fifth five funfte funften cinquieme quinta quinto vijfde femte viides piatoe",
        6: "sixth six sechste sechsten sixieme sexta sexto sesta sesto zesde sjatte sjette kuudes shestoe",
        7: "seventh seven siebte siebten siebente septieme septima septimo settima zevende sjunde syvende seitsemas",
        8: "eighth eight achte achten huitieme octava octavo ottava achtste attonde ottende kahdeksas",
        9: "ninth nine neunte neunten neuvieme novena noveno nona negende nionde niende yhdeksas",
        10: "tenth ten zehnte zehnten dixieme decima decimo tiende tionde kymmenes",
        11: "eleventh eleven elfte onzieme",
        12: "twelfth twelve zwolfte douzieme",
    }.items()
    for word in spellings.split()
}


def roman(word: str) -> int | None:
    """Return the value of a lower-case Roman numeral, or None when ``word`` is not a well-formed one."""
    if not word or not _ROMAN_FORM.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[char] for char in word]
    following = [*values[1:], 0]
    return sum(-one if one < then else one for one, then in zip(values, following, strict=True))


def number_of(word: str, *, bare_roman: bool = True) -> int | None:
    """Return the number that a folded word means ("2nd", "2e", "ii", "zweite"), or None.

    ``bare_roman`` False refuses single letters ("i", "v", "x"), which are rarely numbers outside a part label.
    """
    match = _ORDINAL_DIGITS.fullmatch(word)
    if match:
        return int(match[1])
    if word in _WORDS:
        return _WORDS[word]
    if word in _NOT_ROMAN or (len(word) == 1 and not bare_roman):
        return None
    return roman(word)


def numbers_in(words: Iterable[str]) -> frozenset[str]:
    """Return the numbers that tell titles apart: every word with a digit, and Roman numerals of two letters or more.

    Number words stay out: "One hundred eighth Congress" differs in a word already.
    """
    found: set[str] = set()
    for word in words:
        if any(char.isdigit() for char in word):
            match = _ORDINAL_DIGITS.fullmatch(word)
            found.add(match[1] if match else word)
        elif len(word) > 1 and word not in _NOT_ROMAN and word not in _WORDS and (value := roman(word)) is not None:
            found.add(str(value))
    return frozenset(found)
