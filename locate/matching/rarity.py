"""How much a word of a title tells, by how rare it is in the titles of catalogs.

Decides the rarity of single folded words, from three sources: counts of words in the titles of open catalog records
(``words.txt`` beside this module, built by ``python -m bench.rarity``), short lists of function words and of words for
forms of publication, and the form of a number. The counts are of titles that are nearly all English: a word of another
language is either on a list or counts as rare. It refuses to know whether words agree. Raises nothing.
"""

from __future__ import annotations

import math
import re
from functools import cache
from importlib import resources
from typing import Final

__all__ = ["LEAST", "MOST", "TITLES", "is_listed", "is_stop", "rarity"]

LEAST: Final = 0.05
"""The rarity of a function word."""

MOST: Final = 1.25
"""The rarity of a word that the table does not hold."""

TITLES: Final = 100_000
"""The counts of ``words.txt`` are of so many titles."""

_LIST: Final = "words.txt"

# Information is -log2 of the share of titles that hold the word, in bits. These bits tell nothing, and so many tell 1:
# "of" stands in one title of two (1 bit), "states" in one of 16 (0.34), "water" in one of 50 (0.54), "physics" in one
# of 500 (0.95); a word in one of 2,500 or fewer is past the end of the table.
_BITS_OF_NOTHING: Final = 1.3
_BITS_OF_ONE: Final = 8.0

_FUNCTION_WORDS_BY_LANGUAGE: Final = {
    "English": "a an and as at be but by for from his her how in into is it its my no not of on or our s so than that "
    "the their this to up upon was were what when which who with your",
    "German": "als am an auf aus bei bis das dem den der des die durch ein eine einem einen einer eines fur im in ins "
    "ist mit nach oder sich uber um und unter vom von vor wie zu zum zur",
    "French": "au aux avec ce ces d dans de des du elle en est et l la le les leur ou par pour qu que qui sa se ses "
    "son sous sur un une",
    "Spanish": "al como con de del e el en entre es la las lo los para por que se sin sobre su sus un una unas unos y",
    "Italian": "agli ai al alla alle ai che con da dagli dai dal dalla dei del dell della delle degli di e ed gli i "
    "il in la le lo nei nel nella per su sul sulla tra un una uno",
    "Portuguese": "a ao aos as com da das de do dos e em na nas no nos o os para pela pelo por sobre um uma",
    "Dutch": "aan bij de der door een en het met naar of om op over te tot uit van voor",
    "Scandinavian": "af att av den det en ei er et ett for fra fran i med och og om pa som til till ved",
    "Finnish": "eli ja on sen sekä seka tai",
    "Latin": "ab ac ad atque cum de et ex in per pro quae quam qui seu sive sub ut vel",
    "Russian": "dlia i iz k na o ob ot po pri s so v vo za",
    "Polish and Czech": "dla do i na o od po pro se u v w z za ze",
}
# Words for the form of a publication and of its parts: whole titles are made of them, and such titles are shared by
# items that have nothing else in common. They tell less than their frequency says.
_FORMS_BY_LANGUAGE: Final = {
    "English": "abstracts annual annals annuals appendix archives article articles bibliography biennial bulletin "
    "bulletins catalog catalogue catalogs catalogues circular collected collection collections complete compendium "
    "conference congress correspondence directory document documents edition essays guide handbook index "
    "introduction journal lectures letters magazine manual memoir memoirs minutes monograph monographs monthly news "
    "newsletter notes occasional paper papers part parts poems proceedings publication publications "
    "quarterly reader readings report reports review reviews revised selected selections series special statistical "
    "statistics studies study summary supplement survey symposium technical textbook transactions treatise vol volume "
    "volumes weekly works workshop writings yearbook",
    "German": "abhandlungen aufsatze band bande beitrag beitrage bericht berichte blatter einfuhrung festschrift "
    "gesammelte geschichte grundlagen handbuch heft hrsg jahrbuch jahresbericht lehrbuch mitteilungen schriften "
    "studien tagung teil untersuchungen verzeichnis werke zeitschrift",
    "French": "actes annales annuaire annuel bulletin cahiers catalogue colloque etude etudes histoire introduction "
    "journal manuel melanges memoires oeuvres partie rapport rapports recherches recueil revue tome traite volume",
    "Spanish": "actas anales anuario boletin congreso cuadernos ensayos estudio estudios historia informe introduccion "
    "manual memoria memorias obras parte revista tomo volumen",
    "Italian": "annali atti bollettino congresso convegno introduzione manuale memorie opere parte quaderni "
    "rivista saggi scritti storia studi studio volume",
    "Portuguese": "anais boletim estudo estudos introducao manual memorias obras relatorio revista",
    "Other": "acta arsberattelse arsmelding bd ezhegodnik jaarboek jaarverslag nide osa sbornik sobranie sochineniia "
    "tidskrift tidsskrift tom trudy tutkimuksia verslag vestnik vuosikertomus vuosikirja",
}
_OF_A_FORM: Final = 0.35

_YEAR: Final = re.compile(r"1[4-9][0-9]{2}|20[0-9]{2}")
_OF_A_YEAR: Final = 0.7
_OF_A_SHORT_NUMBER: Final = 0.8
_OF_A_LONG_NUMBER: Final = 1.1

_FUNCTION_WORDS: Final = frozenset(word for words in _FUNCTION_WORDS_BY_LANGUAGE.values() for word in words.split())
_FORMS: Final = frozenset(word for words in _FORMS_BY_LANGUAGE.values() for word in words.split())


def rarity(word: str) -> float:
    """Return how much a folded ``word`` tells, from 0.05 ("the") over 1 (an average telling word) to 1.25 (unheard of).

    ``word`` is one word as `locate.matching.normalize.fold` leaves it: lower case, no diacritics. A word for a form of
    publication ("report", "jahrbuch") has at most 0.35, a year 0.7, another number of up to three digits 0.8, a
    longer number 1.1. The empty word has 0.05.
    """
    found = _table().get(word)
    return found if found is not None else _unlisted(word)


def is_listed(word: str) -> bool:
    """Say whether a folded word is one of the 3,000 most frequent of titles: a word, and no slip of another."""
    return word in _table()


def is_stop(word: str) -> bool:
    """Say whether a folded word is a function word of one of twelve languages, or empty: it tells nothing."""
    return not word or word in _FUNCTION_WORDS


def _unlisted(word: str) -> float:
    if not word:
        return LEAST
    if not word[0].isdigit():
        return MOST
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")  # "3rd", "1970s"
    if _YEAR.fullmatch(digits):
        return _OF_A_YEAR
    return _OF_A_SHORT_NUMBER if len(digits) <= 3 else _OF_A_LONG_NUMBER


@cache
def _table() -> dict[str, float]:
    """Read the counts once; a line is a word and a whole number, "#" begins a comment."""
    lines = (resources.files(__package__) / _LIST).read_text("utf-8").splitlines()
    counted = (line.split() for line in lines if not line.startswith("#"))
    table = {word: _of_count(int(count)) for word, count in counted}
    for word in _FORMS:
        table[word] = min(table.get(word, MOST), _OF_A_FORM)
    return table | dict.fromkeys(_FUNCTION_WORDS, LEAST)


def _of_count(count: int) -> float:
    """Return the rarity of a word that so many of 100,000 titles hold."""
    bits = math.log2(TITLES / count)
    return min(MOST, max(LEAST, (bits - _BITS_OF_NOTHING) / _BITS_OF_ONE))
