"""Leading articles of titles, by language.

After MARC 21, appendix F (initial definite and indefinite articles), folded as `locate.matching.normalize.fold` leaves
them, and told by the code of ISO 639-1, or of 639-2 where there is none. An article is dropped on both sides of a
comparison and whatever the language is said to be: second indicators and language codes are wrong too often to hang a
key on them. So a word is here only if dropping it hurts no other language: the Greek "to" and "he" are left out, and
so are the Yiddish "di" and the Hawaiian "ke", with which Chinese titles in pinyin begin.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ARTICLES"]

_BY_LANGUAGE: Final = {
    "af": "die n",
    "ar": "al el",
    "ca": "el els la les un una uns unes l",
    "da": "de den det en et",
    "de": "das dem den der des die ein eine einem einen einer eines",
    "en": "a an the",
    "es": "el la las lo los un una unas unos",
    "fr": "l la le les un une",
    "gl": "a as o os un unha",
    "he": "ha",
    "hu": "a az egy",
    "is": "hin hina hinar hinir hinn hinna hinnar hins hinu hinum hid",
    "it": "gli i il l la le lo un una uno",
    "mt": "il",
    "nl": "de een eene het n t",
    "no": "de dei den det ei en et eit",
    "oc": "il l la las le les lo los un una",
    "pt": "a as o os um uma umas uns",
    "ro": "o un",
    "sv": "de den det en ett",
    "yi": "der dos",
}

ARTICLES: Final = frozenset(word for words in _BY_LANGUAGE.values() for word in words.split())
"""The articles of all languages together. Finnish, Polish, Czech, Russian and Latin have none."""
