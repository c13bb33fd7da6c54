"""Make two spellings of the same words comparable.

Decides how text is folded: which marks, articles and punctuation do not count, how words are weighed by their
rarity, and where a statement of responsibility inside a title begins. It knows nothing of citations or records and
raises nothing: any text gives a result, in time linear to its length, and text without letters or digits gives an
empty one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from locate.matching.scripts import ala_lc, consonants
from locate.matching.tables import word_set
from locate.matching.tables.articles import ARTICLES
from locate.matching.tables.letters import DROPPED, LETTERS, MARKS_KEPT
from locate.matching.tables.words import BY, DONE, GENERIC, MEDIUM, NOTES, RESPONSIBILITY, STOP

__all__ = [
    "compact",
    "cut_responsibility",
    "fold",
    "is_generic",
    "is_latin",
    "romanise",
    "skeleton",
    "strip_article",
    "title_words",
    "word_set",
]


# Measured on the labelled pairs and left out, for fewer than one true pair in a thousand gets equal keys by them: "oe",
# "ae", "ue" and "aa" for ö, ä, ü and å; "und" and "et" for "&"; and ", by A. Author" without a known author, which cuts
# titles wrongly too.

# MARC-8 escape sequences that a wrong conversion left in the text (MARC 21 Specifications, character sets, part 2),
# and East Asian runs that lost the escape character itself: "$1" and three bytes a character, up to "(B".
_ESCAPE: Final = re.compile(r"\x1b(?:[(),\-.$]{1,2}[0-9A-Z!]{1,2}|[sgpb]|)|\$1(?:[!-~]{3}){1,80}?\(B")
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# Non-sorting characters: what stands between the two marks is the article (MARC 21 appendix on U+0098 and U+009C;
# "<<Der>>" and "¬Der¬" are how German union catalogs export the same).
_NON_SORTING: Final = re.compile("(?:\x98[^\x9c]{0,12}\x9c|<<[^<>]{1,12}>>|¬[^¬]{1,12}¬) ?")
_ELISION: Final = re.compile(r"(?<!\w)([ldcnsLDCNS]|dell|all|nell|sull|un|qu)['\u2019\u02bc](?=\w)")
# A word character outside the Latin blocks of Unicode, or the micro sign, which is a Greek letter inside one.
_NOT_LATIN: Final = re.compile(
    "(?![\u00aa-\u00b4\u00b6-\u02ff\u1e00-\u1eff\u2c60-\u2c7f\ufb00-\ufb06])[^\\W\\d_\x00-\x7f]"
)
_INITIALS: Final = re.compile(r"(?<!\w)([^\W\d_](?: [^\W\d_])+)(?!\w)")

_APOSTROPHES: Final = b"'`"
_ASCII: Final = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)) + bytes(128)


_RARE: Final = 0x10000  # characters from here on are not remembered, so that the table stays small


class _Folding(dict[int, str]):
    """What each character folds to, worked out when it is first met: a table for `str.translate`.

    One character at a time is enough, for folding drops the marks that Unicode would put in order, and it keeps a
    field of nothing but combining marks from taking quadratic time.
    """

    def __missing__(self, code: int) -> str:
        folded = "".join(map(_fold_char, unicodedata.normalize("NFKD", chr(code))))
        if code < _RARE:
            self[code] = folded
        return folded


def _fold_char(char: str) -> str:
    lower = char.casefold()
    if lower in LETTERS:
        return LETTERS[lower]
    if char in DROPPED:
        return ""
    kind = unicodedata.category(char)
    if kind[0] == "M":  # marks that Unicode gives no combining class are vowel signs, part of the word
        return char if char in MARKS_KEPT or not unicodedata.combining(char) else ""
    if kind == "Cf" or "\u02b0" <= char <= "\u02ff":
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    return lower if char.isalnum() else " "


_FOLDING: Final = _Folding()


def fold(text: str) -> str:
    """Return ``text`` as lower-case words parted by single blanks: no marks, no punctuation, "&" as "and".

    Diacritics, ligature half marks, modifier letters and MARC-8 escapes go; apostrophes join ("today's" is "todays")
    except after an elided article ("l'art" is "l art"); runs of initials join ("U. S." is "us"). Idempotent.
    """
    return _fold_known(text) if len(text) <= _LONG else _fold(text)


def _fold(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text).replace("&", " and ")
    if "\x1b" in text or ("$1" in text and "(B" in text):
        text = _ESCAPE.sub("", text)
    if text.isascii():
        if "'" in text:
            text = _ELISION.sub(r"\1 ", text)
        words = text.encode("ascii").translate(_ASCII, _APOSTROPHES).decode("ascii").split()
    else:
        words = _ELISION.sub(r"\1 ", text).translate(_FOLDING).split()
    folded = " ".join(words)
    if 1 in map(len, words):
        return _INITIALS.sub(lambda run: run[0].replace(" ", ""), folded)
    return folded


# A judgement folds some 22 texts, three of five of them seen before (names, subtitles, notes): remembering them saves
# 7 % of its time. Long texts are not kept, for they are rare and would be paid for in memory.
_LONG: Final = 400
_fold_known: Final = lru_cache(maxsize=8192)(_fold)


def romanise(text: str) -> str:
    """Return the folded Latin transliteration of ``text``, as near to ALA-LC as letters alone allow; Latin text comes
    back merely folded. Hebrew and Arabic come without their unwritten vowels.
    """
    folded = fold(text)
    return folded if is_latin(folded) else fold(anyascii(ala_lc(text)))


def skeleton(text: str) -> str:
    """Return a key that a Hebrew or Arabic text shares with its romanisation: ``text`` folded to its consonants.

    Too weak a key within one script; where the scripts differ it is all there is: four of five romanised fields have
    the skeleton of the field in Hebrew or Arabic script (``python -m bench.normalisation``).
    """
    return consonants(fold(text))


def is_latin(text: str) -> bool:
    """Say whether every letter of ``text`` is Latin; text without letters counts as Latin."""
    return text.isascii() or not any(map(str.isalpha, _NOT_LATIN.findall(text)))


def strip_article(words: Sequence[str]) -> tuple[str, ...]:
    """Return ``words`` without one leading article; a single word stays, for it may be the whole title."""
    return tuple(words[1:]) if len(words) > 1 and words[0] in ARTICLES else tuple(words)


def title_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a title without its leading article, bracketed medium and embedded responsibility.

    Both sides of a comparison must pass through here: an article is dropped on both or the keys do not meet.
    """
    if not text.isascii() or "<<" in text:
        text = _NON_SORTING.sub("", text)
    if "[" in text:
        text = _without_brackets(text)
    head, slash, _ = text.partition(" / ")
    if slash and head.strip():
        text = head
    return strip_article(fold(text).split())


def _without_brackets(text: str) -> str:
    """Drop the brackets that hold a medium or a cataloguer's note; cut before one that opens a responsibility."""
    first, *others = text.split("[")
    kept = [first]
    for piece in others:
        inside, closed, after = piece.partition("]")
        beginning = fold(inside[:60])
        if beginning.partition(" ")[0] in RESPONSIBILITY and any(part.strip() for part in kept):
            break
        note = closed and (beginning in MEDIUM or beginning.startswith(NOTES))
        kept.append(after if note else f" {piece}")
    return "".join(kept)


def cut_responsibility(words: Sequence[str], surnames: Collection[str]) -> tuple[str, ...]:
    """Cut ``words`` before a "by", "von", "par" ... that is followed, within six words, by one of the folded
    ``surnames``, and before the participles that lead to it ("collected and edited by").
    """
    for at, word in enumerate(words):
        if at and word in BY and any(after in surnames for after in words[at + 1 : at + 7]):
            while at > 2 and words[at - 1] in DONE:
                at -= 1  # noqa: PLW2901 - the loop ends here
            return tuple(words[:at])
    return tuple(words)


def compact(words: Sequence[str]) -> str:
    """Join words without blanks, so that "water quality", "waterq uality" and "water-quality" are one key."""
    return "".join(words)


def is_generic(words: Sequence[str]) -> bool:
    """Say whether a title has no word of its own: "Annual report", "Proceedings", "Collected poems, 1950"."""
    return all(word in GENERIC or word in STOP or word.isdigit() for word in words)
