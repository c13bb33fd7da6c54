"""Words of edition statements by language, folded; Russian and Ukrainian romanised as ALA-LC does.

Sources: the abbreviations of RDA appendix B and of the national cataloguing rules, and the edition statements of the
records that the project is measured on. A word ending in "*" stands for all words that begin so.
"""

from __future__ import annotations

from typing import Final

__all__ = ["EDITION", "REPRINT", "REVISED"]

EDITION: Final = {
    "ar": "tabah ltbh",
    "ca": "edicio",
    "cs": "vyd vydani",
    "da": "udg udgave",
    "de": "aufl auflage ausg ausgabe",
    "el": "ekd ekdose ekdosi ekdosis",
    "en": "ed eds edition editions edn version",
    "es": "edicion",
    "fi": "painos p laitos",
    "fr": "edition",
    "he": "mahadurah mahad mhdvrh",
    "hu": "kiad kiadas",
    "it": "edizione",
    "ja": "han",
    "ko": "pan",
    "la": "editio",
    "nl": "druk dr uitg uitgave",
    "no": "utg utgave",
    "pl": "wyd wydanie",
    "pt": "edicao",
    "ru": "izd izdanie",
    "sv": "uppl upplaga upplagan utg utgava utgavan",
    "uk": "vyd vydannia vidannia",
    "zh": "ban",
}
"""Words that make a number beside them the number of an edition. Hebrew and Arabic stand with and without vowels."""

REVISED: Final = {
    "cs": "dopl* oprav* preprac* rozs* nove",
    "da": "rev reviderede revideret omarb* foroget forogede ny gennemset",
    "de": "verb* uberarb* neubearb* erw* erg* aktualis* korr* durchges* verm* umgearb* neu neue bearb*",
    "en": "rev revised revision enl enlarged expanded updated update corr corrected cor amended augmented new improved",
    "es": "rev revisada revisado corregida corr aumentada aum* ampl* actualiz* nueva",
    "fi": "uusittu uud uudistettu tark tarkistettu korj* laaj* muut*",
    "fr": "rev revue corr corrigee augm* nouvelle nouv ref* mise",
    "hu": "atdolg* jav* bov*",
    "it": "riv riveduta corretta ampliata aggiornata agg nuova accresciuta rived*",
    "nl": "herz* verm* verb* bijgew* nieuwe herdr",
    "no": "rev revidert omarb* utv utvidet ny",
    "pl": "popr* uzup* zmien* rozsz* nowe",
    "pt": "rev revista revisada aum* ampl* atual* nova",
    "ru": "ispr* dop* dopol* pererab* perer* novoe",
    "sv": "rev reviderad omarb* utokad utok utv* bearb ny",
}
"""Words that say that a text was changed for this edition."""

REPRINT: Final = {
    "de": "nachdr* neudr* druck dr unverand*",
    "da": "oplag opl",
    "en": "repr* printing impression facsim* reissue* reissued",
    "es": "reimpr* facsim* reimp",
    "fr": "tirage reimpr* reed",
    "fi": "lisapainos muuttamaton",
    "it": "ristampa rist ristamp*",
    "nl": "herdr* ongew*",
    "no": "opplag oppl",
    "pl": "dodruk",
    "pt": "reimpr*",
    "sv": "tryckn* nytr*",
}
"""Words that say that a printing changed nothing."""
