"""Romanisation tables of ALA-LC where they differ from a letter-by-letter transliteration, without their diacritics.

Source: ALA-LC romanization tables of the Library of Congress (Russian, Ukrainian, Belarusian, Bulgarian, Serbian and
Macedonian, Greek, Korean). Every letter is told as it is left after folding, so that "ĭ" is "i" and "š" is "s".
"""

# ruff: noqa: RUF001 - Cyrillic and Greek letters are meant

from __future__ import annotations

from types import MappingProxyType
from typing import Final

__all__ = [
    "CONSONANTS",
    "CYRILLIC",
    "GREEK",
    "GREEK_PAIRS",
    "HANGUL_FINALS",
    "HANGUL_INITIALS",
    "HANGUL_LINKED",
    "HANGUL_VOWELS",
]

_EAST_SLAVIC: Final = "й=i ю=iu я=ia ё=e э=e ь= ъ= х=kh ц=ts ч=ch ш=sh щ=shch ж=zh ы=y ѣ=ie ѳ=f ѵ=y і=i"
_SOUTH_SLAVIC: Final = "ц=c ч=c ш=s ж=z х=h ј=j љ=lj њ=nj ђ=d ћ=c џ=dz ѓ=g ќ=k ѕ=dz"

CYRILLIC: Final = MappingProxyType(
    {
        "ru": _EAST_SLAVIC,
        "uk": f"{_EAST_SLAVIC} г=h ґ=g и=y ї=i є=ie '= ’= ʼ=",
        "be": f"{_EAST_SLAVIC} г=h ґ=g ў=u ё=io '= ’= ʼ=",
        "bg": f"{_EAST_SLAVIC} щ=sht ъ=u",
        "sr": _SOUTH_SLAVIC,
    }
)
"""By language, each letter with what it becomes; a later pair overrides an earlier one."""

GREEK: Final = "β=v γ=g δ=d η=e θ=th ξ=x υ=y φ=ph χ=ch ψ=ps ω=o ρ=r ς=s"
GREEK_PAIRS: Final = "ου=ou αυ=au ευ=eu ηυ=eu υι=ui γγ=ng γκ=nk γξ=nx γχ=nch"
"""Pairs of letters that are not romanised one by one."""

CONSONANTS: Final = (
    "ג=g ד=d ז=z כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s פ=p ף=p צ=s ץ=s ק=k ר=r ש=s א= ב= ה= ו= ח= ט= י= ע= ת= "
    "ج=j خ=k د=d ذ=d ر=r ز=z س=s ش=s ص=s ض=d ظ=z غ=g ف=p ق=q ك=k ل=l م=m ن=n پ=p چ=c ژ=z گ=g "
    "ا= ب= ت= ث= ح= ط= ع= ه= و= ي= ء= "
    "f=p a= b= e= h= i= o= t= u= v= w= y="
)
"""The consonants that Hebrew and Arabic script share with their romanisation, and what is left out on both sides: the
vowels and the letters that may stand for one; "h", which romanisation adds to others; "b", which is "v" in Hebrew too;
and "t", as which Arabic romanises the feminine ending before a noun.
"""

HANGUL_INITIALS: Final = "k kk n t tt r m p pp s ss - ch tch ch k t p h"
"""The initial consonants in the order of Unicode, as McCune-Reischauer writes them at the beginning of a word."""

HANGUL_VOWELS: Final = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i"

HANGUL_FINALS: Final = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p -"
"""The finals (28, the first is none) before a consonant or at the end."""

HANGUL_LINKED: Final = "- g kk ks n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p -"
"""The finals before a silent initial, to which they are drawn over."""
