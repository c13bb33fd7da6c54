"""The words for carriers that catalogs write in 245 $h, 300, 338 and 533, in the languages met in real records.

Decides which words are in a text, case apart; `carrier` decides what they are worth. Sources: RDA carrier terms and
AACR2 general material designations, with their German, French, Spanish, Italian, Finnish, Swedish and Norwegian
counterparts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from locate.records.elements import Carrier

__all__ = ["CARRIER_WORDS", "UNTELLING", "is_photocopy", "is_print_term", "told_by"]


def _any_of(*alternatives: str) -> re.Pattern[str]:
    """Return the pattern of one of ``alternatives``, for text in lower case."""
    return re.compile("|".join(alternatives))


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

_SOME_ELECTRONIC = _any_of(
    r"electronic (?:resource|text|reproduction|journal)",
    r"ressource [ée]lectronique|recurso electr[óo]nico|risorsa elettronica|recurso eletr[ôo]nico",
    r"elektroni(?:nen aineisto|sk ressurs|sk resurs|sche ressource)",
    r"computer file|data file",
    r"\bpdf\b|\bepub\b",
)
_PRINT_TERM = _any_of(r"^(?:volumes?|sheets?|cards?|band|b[äa]nde|nide|volym|bind|volumen|blatt|hefte?)\b")
_PHOTOCOPY = _any_of(r"photocop", r"facsim", r"reprint")

_WORDS = re.compile(r"[^\W\d_]+")
_ROMAN_DIGITS = "ivxlc"
# No word for a carrier has a digit, so that "1 online resource (16 pages)" and "(24 pages)" are searched once.
_ONE_DIGIT = str.maketrans("123456789", "000000000")
_LONGEST_KEPT = 120
UNTELLING = frozenset(
    {
        "p",
        "pp",
        "pages",
        "s",
        "v",
        "vol",
        "vols",
        "volume",
        "volumes",
        "leaf",
        "leaves",
        "unnumbered",
        "unpaged",
        "plates",
        "ill",
        "col",
        "cm",
        "of",
        "and",
        "in",
        "various",
        "pagings",
        "unmediated",
    }
)
"""Words of extents and carrier terms that no word for a carrier holds: a text of nothing else needs no search."""


def _may_tell(text: str) -> bool:
    return any(word not in UNTELLING and word.strip(_ROMAN_DIGITS) for word in _WORDS.findall(text))


def told_by(text: str) -> tuple[tuple[Carrier, ...], bool]:
    """Return the carriers that words of ``text`` name, in the order of `CARRIER_WORDS`, and whether there are others
    for something electronic that may be online or on a disc.
    """
    folded = text.lower().translate(_ONE_DIGIT)
    if not _may_tell(folded):
        return (), False
    return _search(folded) if len(folded) <= _LONGEST_KEPT else _search.__wrapped__(folded)


@lru_cache(maxsize=2048)
def _search(folded: str) -> tuple[tuple[Carrier, ...], bool]:
    named = tuple([carrier for carrier, words in CARRIER_WORDS if words.search(folded)])
    return named, _SOME_ELECTRONIC.search(folded) is not None


def is_print_term(text: str) -> bool:
    """Say whether ``text`` begins with an RDA carrier term (338 $a) of printed items."""
    return _PRINT_TERM.match(text.strip().lower()) is not None


def is_photocopy(text: str) -> bool:
    """Say whether a reproduction note (533 $a) has words for a copy on paper."""
    return _PHOTOCOPY.search(text.lower()) is not None
