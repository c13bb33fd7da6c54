"""ISO 5426 to Unicode: the extended Latin set of UNIMARC records that are not in Unicode.

Decides which character each byte means, and how far a text makes sense as ISO 5426. A diacritic stands before its
letter, as in MARC-8, but at other bytes. Raises nothing: a byte that the set leaves free becomes U+FFFD, and the
non-sorting marks of ISO 6630 (0x88, 0x89) are dropped. Source: ISO 5426:1983, ISO 6630:1986.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from locate.records.content import nfc

__all__ = ["bears_iso5426", "decode_iso5426"]

_FREE: Final = "\ufffd"
_DROPPED: Final = frozenset(b"\x88\x89\x98\x9c\xde")  # non-sorting marks, and the right half of a ligature
# 0xA1 to 0xBF, 0xC0 to 0xDF (combining) and 0xE0 to 0xFF; "?" is free.
_SIGNS: Final = (
    "\u00a1\u201e\u00a3$\u00a5\u2020\u00a7\u2032\u2018\u201c\u00ab\u266d\u00a9\u2117\u00ae"
    "\u02bb\u02bc\u201a???\u2021\u00b7\u2033\u2019\u201d\u00bb\u266f\u02b9\u02ba\u00bf"
)
_MARKS: Final = (
    "\u0309\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0308\u030a\u0315\u0313\u030b\u031b\u030c"
    "\u0327\u031c\u0326\u0328\u0325\u032e\u0323\u0324\u0332\u0333\u0329\u032d?\u0361??"
)
_LETTERS: Final = "?ÆĐ???Ĳ?ŁØŒ?Þ????æđð?ıĳ?łøœßþ???"
_CHARACTERS: Final = {
    0xA1 + index: _FREE if char == "?" else char for index, char in enumerate(_SIGNS + _MARKS + _LETTERS)
}
_PAIR: Final = re.compile(rb"([\xc0-\xdd])([A-Za-z])")
_HIGH: Final = re.compile(rb"[\xc0-\xff]")


def decode_iso5426(data: bytes) -> str:
    """Return the text of ``data`` in NFC."""
    out: list[str] = []
    marks: list[str] = []
    for byte in data:
        if 0xC0 <= byte <= 0xDD:
            marks.append(_CHARACTERS[byte])
        elif byte not in _DROPPED:
            out += (chr(byte) if byte < 0x80 else _CHARACTERS.get(byte, _FREE), *marks)
            marks.clear()
    return nfc("".join(out + marks))


def bears_iso5426(chunks: Iterable[bytes]) -> bool:
    """Say whether most bytes from 0xC0 up are diacritics that compose with the letter behind them.

    Latin-1 has its capitals with diacritics there, before consonants and vowels alike, and its small letters.
    """
    good = total = 0
    for chunk in chunks:
        total += len(_HIGH.findall(chunk))
        good += sum(_composes(mark, letter) for mark, letter in _PAIR.findall(chunk))
    return good > total - good


def _composes(mark: bytes, letter: bytes) -> bool:
    return len(unicodedata.normalize("NFC", letter.decode("ascii") + _CHARACTERS[mark[0]])) == 1
