"""Words that label a part of a work, by kind and language, folded.

The kinds are those that titles number apart: "vol. 2, pt. 1" is two labels. Sources: the captions of RDA appendix B and
the part titles of the records that the project is measured on. ``COUNTS`` are plurals: a number before one says how
many there are ("in 3 parts"), and never which. ``DOTTED`` are the languages that write an ordinal as digits and a stop,
so that a bare number before the word is its number ("2. Teil"); elsewhere it is a count ("a 3 volume set").
"""

from __future__ import annotations

from typing import Final

from locate.matching.tables import word_set

__all__ = ["COUNTS", "DOTTED", "KINDS", "SHORT"]

KINDS: Final = {
    "volume": {
        "cs": "svazek sv",
        "da": "bind bd",
        "de": "band bd",
        "en": "volume vol v",
        "es": "tomo volumen",
        "fi": "nide",
        "fr": "tome t",
        "hu": "kotet",
        "it": "volume",
        "la": "volumen tomus",
        "nl": "dl deel",
        "no": "bind",
        "pl": "tom",
        "ru": "tom",
        "sv": "band bd",
    },
    "part": {
        "cs": "dil cast",
        "da": "del",
        "de": "teil theil tl abteilung abt",
        "en": "part pt",
        "es": "parte",
        "fi": "osa",
        "fr": "partie",
        "hu": "resz",
        "it": "parte",
        "la": "pars",
        "no": "del",
        "pl": "czesc cz",
        "ru": "chast ch",
        "sv": "del avd avdelning",
    },
    "book": {
        "da": "bog",
        "de": "buch",
        "en": "book bk",
        "es": "libro",
        "fr": "livre",
        "it": "libro",
        "la": "liber",
        "nl": "boek",
        "pl": "ksiega",
        "ru": "kniga kn",
        "sv": "bok",
    },
    "series": {
        "de": "reihe folge",
        "en": "series ser",
        "fi": "sarja",
        "fr": "serie",
        "nl": "reeks",
        "ru": "seriia",
        "sv": "foljd",
    },
    "number": {
        "cs": "cislo",
        "da": "hefte",
        "de": "heft hft lieferung lfg nummer nr",
        "en": "number no issue",
        "es": "numero num",
        "fi": "numero vihko",
        "fr": "numero fasc fascicule cahier",
        "hu": "szam",
        "it": "numero fascicolo quaderno",
        "la": "fasciculus",
        "nl": "nummer afl",
        "pl": "zeszyt zesz",
        "ru": "vyp vypusk",
        "sv": "nummer haft hafte",
    },
    "section": {
        "de": "abschnitt kapitel",
        "en": "section sect chapter",
        "fi": "luku",
        "fr": "section chapitre",
    },
    "supplement": {"en": "supplement suppl", "de": "beiheft beil", "fr": "supplement", "la": "supplementum"},
    "phase": {"en": "phase"},
    "level": {"en": "level grade", "de": "stufe", "fr": "niveau"},
    "sheet": {"en": "sheet", "de": "blatt", "fr": "feuille"},
}

COUNTS: Final = {
    "volume": "volumes vols bde bande baende tomes tomos volumi tomi volumenes delen bind nidetta kotetek toma tomov",
    "part": "parts pts teile teilen parties partes parti osaa dily casti chasti chastiakh czesci",
    "book": "books bks bucher livres libros libri boeken knigi",
    "number": "numbers nos issues hefte hefter numeros fascicles cahiers",
    "section": "sections chapters kapiteln chapitres",
    "sheet": "sheets",
    "level": "levels grades",
}

DOTTED: Final = frozenset(["cs", "da", "de", "fi", "hu", "no", "pl", "sv"])

SHORT: Final = word_set("v t no ch cz sv kn")
"""Words too short to be a label before a number word ("no one"), a letter or a single Roman numeral."""
