"""The words beside a number: which carrier, which volume, the whole set, which binding it is for.

Decides what the qualifier of MARC 020 $q, or of the parentheses after a number, says. Words it does not know say
nothing: publishers, places and prices stand there too. It raises nothing; only the first 200 characters of a text are
read. Sources: MARC 21 field 020, ISBD area 8, AACR2 1.8E, RDA 2.15.1.7, and the abbreviations of national cataloging
rules (German, French, Italian, Spanish, Dutch, Scandinavian, Finnish, Slavic) as they stand in real records.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["Qualifier", "read_qualifier"]


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a qualifier says; an empty field says nothing.

    ``carrier`` is "print", "microform", "electronic" (online or a file), "disc" (a tangible electronic medium),
    "audio" or "video"; ``volume`` the number of the part as text: "1", "2a", "1-3" for a range, Roman numerals as
    digits; ``is_set`` True when the number is that of all volumes together; ``binding`` "soft", "hard", "spiral" or
    "loose-leaf".
    """

    carrier: str = ""
    volume: str = ""
    is_set: bool = False
    binding: str = ""


_LONGEST = 200

# Entries of the tables are parted by commas; "*" stands for any further letters. All are folded: small letters
# without marks, blanks for hyphens and full stops.
_DISC: Final = "cd rom*, cdrom*, dvd rom*, disket*, floppy, usb*, computer dis*, optical dis*, flash drive"
_AUDIO: Final = (
    "audio*, cd, cds, compact disc*, mp3*, sound *, cassette*, audiocassette*, musicassette*, tonkassette*, tontrager, "
    "horbuch, livre audio, livre lu, ljudbok, lydbok, lydbog, luisterboek, aanikirja, aanite, aanilevy, "
    "cd aanilevy, playaway, phonodisc*, dvd audio"
)
_VIDEO: Final = "video*, dvd, dvds, vhs, blu ray*, bluray*"
_MICROFORM: Final = "microf*, micro fiche, micro film, micro card, microcard*, microopaque*, mikrof*, mikrokort*, fiche"
_ELECTRONIC: Final = (
    "ebook*, e book*, ebk, ebks, e bk, eisbn, e isbn, ibook*, obook*, epub*, e pub*, pdf*, epdf*, e pdf*, mobi, "
    "mobip*, kindle, adobe*, azw*, html, electron*, elektron*, online*, on line, en ligne, en linea, em linha, "
    "internet, web, website, digital*, numerique, verkko*, sahkoi*, sahkokirja, e kirja*, e bok*, ebok*, e bog*, "
    "e boek*, eboek*, e buch*, e raamat, livre num*, ebook central, myilibrary, download*, streaming"
)
_PRINT: Final = (
    "print, printed, print ed*, print version, printausg*, paper, papers, papier, druck, druckausg*, gedruckt*, "
    "imprime, impreso, stampa, trykt, tryckt, painettu, unbound, sewn, bdg, kunststoff*"
)
_LOOSE_LEAF: Final = (
    "loose leaf, looseleaf, loseblatt*, losebl, feuilles mobiles, irtolehti*, losbladig, losblad, fogli mobili"
)
_SPIRAL: Final = (
    "spiral*, sprial binding, ring bound, ringbound, wire o, comb bound, comb binding, coil bound, kierre*, "
    "ringb, ringbuch, ringheftung"
)
_SOFT: Final = (
    "pbk, pbks, pb, ppbk, p bk, p b, hpk, tb, taschenb*, paperb*, paper back, paper cover*, paper bound, "
    "trade paper, soft, soft cover, soft back, softcover*, softback*, softbound*, wrappers, stapled, br, broch*, "
    "brosch*, bros, broz, brossura, brossurato, kart, kartoniert, kt, geh, geheftet, flexibl*, nid, nidottu, "
    "pehmeakantinen, haft, haftad, hft, heftet, haeft*, rust, rustica, tapa blanda, ing, ingenaaid, capa mole, "
    "pehmekaas*, oblozhka, miekka, ping zhuang, 平装*, 平裝*"
)
_HARD: Final = (
    "hbk, hbks, hb, hdbk, hrdbk, h b, hc, h c, hd bd, hdbd, hard, hard cover, hard back, hardcover*, hardback*, "
    "hardbound*, cloth*, cased, casebound, boards, leather*, library bound, library binding, lib bdg, reinforced *, "
    "bound, board book*, geb, gebunden*, gb, pp, pappb*, lw, ln, leinen, hlw, hln, gewebe, hgewebe, ldr, hldr, kldr, "
    "leder, festeinb*, rel, relie*, reliure, ril, rilegato, cartonato, cartonne, cart, sid, sidottu, kovakantinen, "
    "inb, inbunden, inbd, ib, indb, indbundet, innb, innbundet, enc, encuadernado, encadernado, cartone, tela, "
    "tapa dura, capa dura, vaz, vazano, kovakaas*, pereplet*, twarda, jing zhuang, 精装*, 精裝*"
)
_SET: Final = (
    "set, sets, boxed set, box set, gesamtwerk, gesamtausg*, gesamt, complete, complet, komplett, kplt, koko teos, "
    "koko sarja, obra completa, opera completa, oeuvre complet*, ser, ensemble, hela verket, hele verket, "
    "hele vaerket, samlet, soubor, komplet*, all volumes"
)

_LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})
_WORDS: Final = re.compile(r"[0-9]+(?:-[0-9]+)?[^\W_]*|[^\W_]+|[+&:;]")
_COMES_WITH: Final = re.compile(r" (?:with|mit|und|and|avec|et|con|med|och|inkl|incl|including|plus|\+|&) [^:;]*")
_PAGES: Final = re.compile(r"\b[0-9]+ pp?\b")
_ENCLOSED: Final = re.compile(r"\b(?:cd|dvd) rom beil\w*")

_KINDS: Final = (
    "volumes|volume|volym|vols|vol|v|bands|band|bd|osat|osa|tomes|tome|tomo|tomus|tom|t|teil|tl|teilbd|halbbd|"
    "parts|part|pts|pt|partie|parte|books|book|bks|bk|del|dl|deel|dil|d|svazek|sv|bind|bnd|kotet|kot|fasc|czesc|cz|"
    "kniga|kn|libro|livre|livro"
)
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_ENGLISH: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMERALS: Final = {word: str(at) for words in (_ROMAN, _ENGLISH) for at, word in enumerate(words, start=1)}
_VOLUME: Final = re.compile(
    rf"\b(?:{_KINDS})(?: ?0*([0-9]+(?:-[0-9]+)?[a-z]?)| ({'|'.join(_NUMERALS)}|[a-h](?! book| bk| pub| pdf)))\b"
)
# "1. osa", "2. Bd.": the plural ("2 Bde", "2 osaa") counts the parts instead.
_VOLUME_BEFORE: Final = re.compile(r"\b0*([0-9]+) (?:bd|band|osa|teil|del|dil|svazek|kotet|kot)\b")


def read_qualifier(text: str) -> Qualifier:
    """Read the words beside a number: "v. 1 : pbk." gives carrier "print", volume "1", binding "soft".

    What a "with" or "and" adds only comes with the carrier named beside it: "book with CD : spiral" is print.
    """
    return _read(text[:_LONGEST])


@lru_cache(maxsize=4096)
def _read(text: str) -> Qualifier:
    words = _ENCLOSED.sub("", _PAGES.sub("", " ".join(_WORDS.findall(_fold(text)))))
    return Qualifier(
        carrier=_first(_CARRIERS, _COMES_WITH.sub("", words)) or _first(_CARRIERS, words),
        volume=_volume(words),
        is_set=_IS_SET.search(words) is not None,
        binding=_first(_BINDINGS, words),
    )


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LETTERS)


def _pattern(entries: str) -> re.Pattern[str]:
    """Return the pattern of a table's row, the longest entry first."""
    phrases = sorted((entry.strip() for entry in entries.split(",")), key=len, reverse=True)
    any_of = "|".join(phrases).replace("*", r"\w*")
    return re.compile(rf"\b(?:{any_of})\b")


# The first row that fits decides, so what is more special stands higher: a CD-ROM is no CD, an e-audiobook no e-book.
_CARRIERS: Final = tuple(
    (carrier, _pattern(entries))
    for carrier, entries in (
        ("disc", _DISC),
        ("audio", _AUDIO),
        ("video", _VIDEO),
        ("microform", _MICROFORM),
        ("electronic", _ELECTRONIC),
        ("print", f"{_PRINT}, {_LOOSE_LEAF}, {_SPIRAL}, {_SOFT}, {_HARD}"),  # only what is printed has a binding
    )
)
_BINDINGS: Final = tuple(
    (binding, _pattern(entries))
    for binding, entries in (("loose-leaf", _LOOSE_LEAF), ("spiral", _SPIRAL), ("soft", _SOFT), ("hard", _HARD))
)
_IS_SET: Final = _pattern(_SET)


def _first(rows: Iterable[tuple[str, re.Pattern[str]]], words: str) -> str:
    return next((name for name, pattern in rows if pattern.search(words)), "")


def _volume(words: str) -> str:
    found = _VOLUME.search(words)
    if found:
        return found.group(1) or _NUMERALS.get(found.group(2), found.group(2))
    before = _VOLUME_BEFORE.search(words)
    return before.group(1) if before else ""
