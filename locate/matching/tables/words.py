"""Words that tell little about a title, folded, and what stands in brackets without belonging to it.

``STOP`` are articles, prepositions and conjunctions; ``GENERIC`` the words that make up titles of many different works
("Annual report"). How rare any other word is says `locate.matching.rarity`.
"""

from __future__ import annotations

from typing import Final

from locate.matching.tables import word_set

__all__ = ["BY", "DONE", "GENERIC", "MEDIUM", "NOTES", "RESPONSIBILITY", "STOP"]

STOP: Final = word_set(
    "a an and as at by for from in into its of on or the to with "
    "und der die das des dem den im von zu zur zum mit et le la les l de du d en dans pour sur par "
    "el los las y del di il e i da dei della o do dos het een van te och av pa om til for og"
)

GENERIC: Final = word_set(
    "annual report reports proceedings transactions bulletin journal newsletter yearbook jahresbericht jahrbuch "
    "bericht berichte rapport annuel rapports actes memoirs memoir papers working paper technical circular "
    "publication publications collected complete selected works work writings poems poetry plays stories short "
    "letters essays speeches hearings hearing statistics statistical abstract catalog catalogue directory index "
    "handbook manual guide minutes monthly weekly quarterly biennial review magazine news special occasional "
    "series monographs monograph studies notes zeitschrift mitteilungen werke gesammelte schriften briefe gedichte "
    "oeuvres completes poesies obras completas opere anales annales annals archives archiv autobiography biography "
    "vuosikertomus arsberattelse informe anual boletin memoria conference symposium constitution"
)

MEDIUM: Final = frozenset(
    {
        "electronic resource",
        "electronic journal",
        "computer file",
        "microform",
        "microfiche",
        "microfilm",
        "text",
        "large print",
        "braille",
        "map",
        "cartographic material",
        "manuscript",
        "music",
        "sound recording",
        "videorecording",
        "motion picture",
        "graphic",
        "slide",
        "kit",
        "elektronische ressource",
        "mikroform",
        "ressource electronique",
        "recurso electronico",
        "risorsa elettronica",
        "elektronisk resurs",
        "elektronisk ressurs",
        "elektronisk ressource",
        "elektroninen aineisto",
        "verkkoaineisto",
        "elektronicky zdroj",
        "dokument elektroniczny",
        "elektronnyi resurs",
        "texte imprime",
        "texto impreso",
        "testo a stampa",
    }
)
"""General material designations (245 $h of AACR2 and its translations) that stand inside $a or in a citation."""

NOTES: Final = ("with list of", "with lists of", "with bibliograph", "with reference", "with illus")
"""How a cataloguer's bracketed note begins, which is not on the title page: "[with lists of references]"."""

BY: Final = frozenset(["by", "von", "par", "por", "af", "av", "door"])
"""Words before an author's name; "di" and "de" are left out, for they belong to names and to titles."""

DONE: Final = word_set(
    "edited ed compiled comp translated tr trans written collected selected arranged illustrated revised and"
)
"""What an English statement of responsibility says before "by"."""

RESPONSIBILITY: Final = word_set(
    "by edited ed eds compiled comp translated trans tr written selected arranged illustrated prepared "
    "von vom hrsg herausgegeben bearb bearbeitet ubers par publie traduit por editado compilado traducido "
    "di af av udg utg red redigerad oversat door bewerkt vertaald przez opracowal"
)
"""How a bracketed or punctuated statement of responsibility begins, in English, German, French, Spanish, Italian, the
Nordic languages, Dutch and Polish: "Your health [by] Dean"."""
