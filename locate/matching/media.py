"""Tell the media of sound and moving image apart: CD and LP, cassette and reel, DVD and Blu-ray.

Decides which media a record can be for, from 300 $a and 007; "1 sound disc" may be a CD or an LP. 007 of a record
that counts pages describes what comes with the book, and is left aside. Knows no other carriers, which
`locate.records.carrier` tells apart. Raises nothing. Source: MARC 21 Bibliographic 007 (sound recording, /01 and /03;
videorecording, /01 and /04).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from locate.records.bib import BibRecord

__all__ = ["Medium", "media"]


class Medium(StrEnum):
    """What a player must be able to play."""

    CD = "CD"
    LP = "LP"
    CASSETTE = "sound cassette"
    REEL = "sound tape reel"
    DVD = "DVD"
    BLU_RAY = "Blu-ray"
    LASERDISC = "laserdisc"
    VIDEOCASSETTE = "videocassette"


_SOUND_DISCS: Final = frozenset([Medium.CD, Medium.LP])
_VIDEODISCS: Final = frozenset([Medium.DVD, Medium.BLU_RAY, Medium.LASERDISC])
_CASSETTES: Final = frozenset([Medium.CASSETTE, Medium.VIDEOCASSETTE])
_WORDS: Final = tuple(
    (re.compile(pattern), frozenset(named))
    for pattern, named in (
        (r"\bcds?\b(?!-?\s?(?:rom|i\b))|compact dis[ck]", [Medium.CD]),
        (r"\blps?\b|\bvinyl", [Medium.LP]),
        (r"(?:sound|audio)[\s-]*dis[ck]|äänilevy|ljudskiv|schallplatte|disque sonore", _SOUND_DISCS),
        (r"(?:sound|audio|ääni|ljud)[\s-]*[ck]ass?ett", [Medium.CASSETTE]),
        (r"(?:sound|audio)[\s-]*(?:tape )?reel|äänikela|ljudband", [Medium.REEL]),
        (r"\bdvds?\b(?!-?\s?(?:rom|audio))", [Medium.DVD]),
        (r"blu-?ray", [Medium.BLU_RAY]),
        (r"laserdis[ck]", [Medium.LASERDISC]),
        (r"video[\s-]*(?:dis[ck]|levy|skiv)", _VIDEODISCS),
        (r"video[\s-]*[ck]ass?ett|\bvhs\b", [Medium.VIDEOCASSETTE]),
        (r"[ck]ass?ett", _CASSETTES),
    )
)
_SOUND_007: Final = {"d": _SOUND_DISCS, "s": frozenset([Medium.CASSETTE]), "t": frozenset([Medium.REEL])}
_SPEED_007: Final = {"f": frozenset([Medium.CD]), **dict.fromkeys("abcd", frozenset([Medium.LP]))}
_VIDEO_007: Final = {"d": _VIDEODISCS, "f": frozenset([Medium.VIDEOCASSETTE])}
_FORMAT_007: Final = {
    "v": frozenset([Medium.DVD]),
    "s": frozenset([Medium.BLU_RAY]),
    "g": frozenset([Medium.LASERDISC]),
    **dict.fromkeys("abcj", frozenset([Medium.VIDEOCASSETTE])),
}
_NOTHING: Final[frozenset[Medium]] = frozenset()


def media(record: BibRecord) -> frozenset[Medium]:
    """Return the media that ``record`` may be for; empty when nothing tells, as for every book."""
    told = _told(record.extent)
    coded = _NOTHING if record.pages else _coded(record)
    return told & coded or told or coded


def _told(extent: str) -> frozenset[Medium]:
    """Return what the words name; a general one ("sound disc") says nothing beside one of its kinds ("CD")."""
    folded = extent.lower()
    named = [media for pattern, media in _WORDS if pattern.search(folded)]
    return _NOTHING.union(*(one for one in named if not any(other < one for other in named)))


def _coded(record: BibRecord) -> frozenset[Medium]:
    found = _NOTHING
    for tag, text in record.control_fields:
        if tag == "007" and text[:1] == "s":
            kind = _SOUND_007.get(text[1:2], _NOTHING)
            found |= _SPEED_007.get(text[3:4], kind) if kind == _SOUND_DISCS else kind
        elif tag == "007" and text[:1] == "v":
            found |= _FORMAT_007.get(text[4:5]) or _VIDEO_007.get(text[1:2], _NOTHING)
    return found
