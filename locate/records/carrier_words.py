"""The words for carriers that catalogs write in 245 $h, 300, 338 and 533, in the languages met in real records.

A table and nothing else: `carrier` decides what a word is worth. Sources: RDA carrier terms and AACR2 general material
designations, with their German, French, Spanish, Italian, Finnish, Swedish and Norwegian counterparts.
"""

from __future__ import annotations

import re

from locate.records.bib import Carrier

__all__ = ["CARRIER_WORDS", "PHOTOCOPY", "PRINT_TERM", "SOME_ELECTRONIC"]


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_MICROFORM = _any_of(
    r"micro-?(?:form|fiche|film|opaque|card)",
    r"mikro(?:form|fiche|film|kort|kortti|filmi)",
    r"micro(?:ficha|filme|pel[ií]cula|scheda)",
    r"aperture card",
)
_ONLINE = _any_of(
    r"\bon-?line",
    r"en ligne",
    r"en l[ií]nea",
    r"verkko(?:aineisto|julkaisu)",
    r"streaming",
    r"e-?books?\b",
    r"\bweb\s?sites?\b",
    r"internet resource",
    r"nett(?:ressurs|dokument)",
)
_DISC = _any_of(
    r"cd-?roms?\b",
    r"dvd-?roms?\b",
    r"(?:computer|optical|floppy|data)[\s-]+(?:optical )?(?:laser )?(?:dis[ck]|card|cartridge)",
    r"dis[kq]uettes?\b|disketten?\b",
    r"\busb\b|flash drive",
)
_VIDEO = _any_of(
    r"video-?(?:dis[ck]|cassette|record|tape|reel|kassette|tallenne|levy)",
    r"\bdvds?\b(?!-?\s?(?:rom|audio))",
    r"blu-?ray|\bvhs\b",
    r"film reel|motion picture|filmstrip",
    r"vid[ée]o(?:disque|grabaci)|enregistrement vid|bildtontr",
)
_AUDIO = _any_of(
    r"(?:sound|audio)[\s-]*(?:dis[ck]|recording|cassette|tape|book)",
    r"\bcds?\b(?!-?\s?(?:rom|i\b))|compact dis[ck]|phonodisc",
    r"enregistrement sonore|disque audio|grabaci[óo]n sonora|registrazione sonora",
    r"tontr[äa]ger|[äa][äa]nite|[äa][äa]nilevy",
)
_BRAILLE = _any_of(r"\bbraille\b", r"punktschrift", r"pistekirjoitus")

CARRIER_WORDS: tuple[tuple[Carrier, re.Pattern[str]], ...] = (
    (Carrier.MICROFORM, _MICROFORM),
    (Carrier.ELECTRONIC, _ONLINE),
    (Carrier.DISC, _DISC),
    (Carrier.VIDEO, _VIDEO),
    (Carrier.AUDIO, _AUDIO),
    (Carrier.OTHER, _BRAILLE),
)
"""Words that name one carrier, wherever they stand in the text."""

SOME_ELECTRONIC = _any_of(
    r"electronic (?:resource|text|reproduction|journal)",
    r"ressource [ée]lectronique|recurso electr[óo]nico|risorsa elettronica|recurso eletr[ôo]nico",
    r"elektroni(?:nen aineisto|sk ressurs|sk resurs|sche ressource)",
    r"computer file|data file",
    r"\bpdf\b|\bepub\b",
)
"""Words for something electronic that may be online or on a disc."""

PRINT_TERM = _any_of(r"^(?:volumes?|sheets?|cards?|band|b[äa]nde|nide|volym|bind|volumen|blatt|hefte?)\b")
"""RDA carrier terms (338 $a) of printed items."""

PHOTOCOPY = _any_of(r"photocop", r"facsim", r"reprint")
"""Words of a reproduction note (533 $a) for a copy on paper."""
