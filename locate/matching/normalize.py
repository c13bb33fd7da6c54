"""Make two spellings of the same words comparable.

Decides how text is folded: which marks, articles and punctuation do not count, how words are weighed by their
rarity, and where a statement of responsibility inside a title begins. It knows nothing of citations or records and
raises nothing: any text gives a result, and text without letters or digits gives an empty one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

from anyascii import anyascii

__all__ = [
    "compact",
    "cut_responsibility",
    "fold",
    "is_generic",
    "is_latin",
    "romanise",
    "strip_article",
    "title_words",
    "weight",
    "word_set",
    "word_weight",
]


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``: the readable way to write a set of many words."""
    return frozenset(text.split())


# MARC-8 escape sequences that a wrong conversion left in the text (MARC 21 Specifications, character sets, part 2).
_ESCAPE: Final = re.compile(r"\x1b(?:[(),\-.$]{1,2}[0-9A-Z!]{1,2}|[sgpb]|)")
# Non-sorting characters: what stands between the two marks is the article (MARC 21 appendix on U+0098 and U+009C).
_NON_SORTING: Final = re.compile("\x98[^\x9c]{0,12}\x9c ?")
# A bracketed or ISBD statement of responsibility inside a title: "Your health [by] Dean", "Poems / by X".
_EMBEDDED: Final = re.compile(
    r"\s+/\s.*$|[,;:]?\s*\[\s*(?:by|von|par|por|di|af|av|edited|ed\.|comp)\b.*$", re.IGNORECASE
)
_MEDIUM: Final = re.compile(
    r"\[(?:electronic resource|microform|text|computer file|map|cartographic material)\]", re.IGNORECASE
)
_ELISION: Final = re.compile(r"(?<!\w)([ldcnsLDCNS]|dell|all|nell|sull|un|qu)['\u2019\u02bc](?=\w)")
_DROPPED: Final = re.compile(
    "['\u2018\u2019`\u02b9-\u02bf\u02c8\u02ca\u02cb\ufe20-\ufe23\u00b7\u0098\u009c\u200b-\u200f]"
)
_NOT_WORD: Final = re.compile(r"[\W_]+")
_INITIALS: Final = re.compile(r"(?<!\w)([a-z](?: [a-z])+)(?!\w)")
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "&": " and "}
)

# Where the ALA-LC romanisation that catalogs use differs from what anyascii writes.
_CYRILLIC: Final = str.maketrans({"й": "i", "ю": "iu", "я": "ia", "ё": "e", "э": "e", "ь": "", "ъ": "", "\u0445": "kh"})

# Leading articles (after MARC 21 appendix F, initial definite and indefinite articles), folded.
ARTICLES: Final = word_set(
    "the a an der die das dem den des ein eine einem einen einer le la les l un une el lo los las una il gli i uno "
    "o os as um uma de het een t det en ett et ei den az egy hin hinn"
)
_STOP: Final = word_set(
    "a an and as at by for from in into its of on or the to with und der die das des dem den in im von zu zur zum mit "
    "et le la les l de du d des en dans pour sur par el los las y del di il e i da dei della o do dos het een van te "
    "och av på i om til for og"
)
# Words that stand in so many titles that they tell little.
_COMMON: Final = word_set(
    "report reports hearing hearings before committee subcommittee congress session senate house representatives "
    "united states us department national american federal annual bulletin journal proceedings papers study studies "
    "history introduction guide handbook manual review analysis research series edition volume part first second "
    "third new one hundred accompany act bill together views including cost estimate congressional budget office "
    "document documents collection selected works use public state social program information development "
    "systems system service services general law management science data geschichte histoire bericht beitrage"
)
_GENERIC: Final = word_set(
    "annual report reports proceedings transactions bulletin journal newsletter yearbook jahresbericht jahrbuch "
    "bericht berichte rapport annuel rapports actes memoirs memoir papers working paper technical circular "
    "publication publications collected complete selected works work writings poems poetry plays stories short "
    "letters essays speeches hearings hearing statistics statistical abstract catalog catalogue directory index "
    "handbook manual guide minutes monthly weekly quarterly biennial review magazine news special occasional "
    "series monographs monograph studies notes zeitschrift mitteilungen werke gesammelte schriften briefe gedichte "
    "oeuvres completes poesies obras completas opere anales annales annals archives archiv autobiography biography "
    "vuosikertomus arsberattelse informe anual boletin memoria conference symposium constitution"
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return ``text`` as lower-case words parted by single blanks: no marks, no punctuation, "&" as "and".

    Diacritics, ligature half marks, modifier letters and MARC-8 escapes go; apostrophes join ("today's" is "todays")
    except after an elided article ("l'art" is "l art"); runs of initials join ("U. S." is "us").
    """
    text = _ELISION.sub(r"\1 ", _ESCAPE.sub("", text))
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = _DROPPED.sub("", text).casefold().translate(_LETTERS)
    text = _NOT_WORD.sub(" ", text).strip()
    return _INITIALS.sub(lambda run: run.group().replace(" ", ""), text)


def romanise(text: str) -> str:
    """Return the folded Latin transliteration of ``text``; Latin text comes back merely folded."""
    if is_latin(text):
        return fold(text)
    return fold(anyascii(unicodedata.normalize("NFC", text).casefold().translate(_CYRILLIC)))


def is_latin(text: str) -> bool:
    """Say whether every letter of ``text`` is Latin; text without letters counts as Latin."""
    return text.isascii() or all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x2000 for char in text if char.isalpha())


def strip_article(words: Sequence[str]) -> tuple[str, ...]:
    """Return ``words`` without one leading article; a single word stays, for it may be the whole title."""
    return tuple(words[1:]) if len(words) > 1 and words[0] in ARTICLES else tuple(words)


def title_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a title without its leading article, bracketed medium and embedded responsibility.

    Both sides of a comparison must pass through here: an article is dropped on both or the keys do not meet.
    """
    text = _EMBEDDED.sub("", _MEDIUM.sub(" ", _NON_SORTING.sub("", text)))
    return strip_article(fold(text).split())


def cut_responsibility(words: Sequence[str], surnames: Collection[str]) -> tuple[str, ...]:
    """Cut ``words`` before a "by" that is followed, within six words, by one of the folded ``surnames``."""
    for at, word in enumerate(words):
        if at and word == "by" and any(after in surnames for after in words[at + 1 : at + 7]):
            return tuple(words[:at])
    return tuple(words)


def compact(words: Sequence[str]) -> str:
    """Join words without blanks, so that "water quality", "waterq uality" and "water-quality" are one key."""
    return "".join(words)


def word_weight(word: str) -> float:
    """Return how much ``word`` tells, 0.1 (a stop word) to 1.2 (a number); an ordinary word is 1."""
    if word in _STOP:
        return 0.1
    if word in _COMMON:
        return 0.4
    return 1.2 if word[0].isdigit() else 1.0


def weight(words: Sequence[str]) -> float:
    """Return the sum of the word weights; 0 for no words."""
    return sum(map(word_weight, words))


def is_generic(words: Sequence[str]) -> bool:
    """Say whether a title has no word of its own: "Annual report", "Proceedings", "Collected poems, 1950"."""
    return all(word in _GENERIC or word in _STOP or word.isdigit() for word in words)
