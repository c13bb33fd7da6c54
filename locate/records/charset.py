"""Which character set a MARC record is in, decided by its bytes; leader/09 is only a claim.

The order is: strict UTF-8 when the bytes allow it; else what leader/09 claims, when the bytes bear it out; else
Latin-1, which always decodes. A UNIMARC record, whose leader claims nothing, may be in ISO 5426 instead of MARC-8,
and may hold non-sorting marks of ISO 6630 as single bytes amid UTF-8 (SUDOC's does). The answer says which was used,
whether the leader lied, and why. MARC-8 escape sequences left inside UTF-8 text are decoded again. Knows nothing of
fields; raises nothing. `plain_text` says whether a record's text can be decoded in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from locate.records.content import clean_text
from locate.records.elements import CharsetEvidence
from locate.records.iso5426 import bears_iso5426, decode_iso5426
from locate.records.marc8 import decode_marc8

__all__ = ["Decoding", "choose_decoding", "plain_text"]

_LEADER_09 = {"a": "utf-8", " ": "marc-8"}
_CHUNKS = re.compile(rb"[\x1d-\x1f]")
_ESCAPED_RUN = re.compile("\x1b[\x00-\x7f]*")
_ESCAPE = b"\x1b"
# 0x88, 0x89, 0x98 and 0x9C, where no UTF-8 sequence holds them.
_STRAY_MARKS = frozenset("\udc88\udc89\udc98\udc9c")
_STRAY_BYTES = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to read a record's bytes: ``decode`` turns one subfield's bytes into clean text; ``evidence`` says why.

    ``in_one_piece`` is True when every byte is strict UTF-8 and none escapes to another set, so that `plain_text` may
    be asked for the text of the whole.
    """

    decode: Callable[[bytes], str]
    evidence: CharsetEvidence
    warnings: tuple[str, ...] = ()
    in_one_piece: bool = False


def choose_decoding(data: bytes, leader_09: str) -> Decoding:
    """Decide how the record ``data`` (whole, ISO 2709) is to be read.

    ``leader_09`` is leader position 9, or "" where it claims nothing (UNIMARC). A leader/09 other than "a" and blank
    claims no set that is known here: ``declared`` is then that character.
    """
    declared = _LEADER_09.get(leader_09, leader_09)
    if data.isascii():
        return _ascii(declared, escapes=_ESCAPE in data)
    if _is_utf8(data):
        return _utf8(declared, escapes=_ESCAPE in data)
    if not declared and _has_only_stray_marks(data):
        return Decoding(_from_marked_utf8, _evidence("utf-8", declared, "UTF-8 but for non-sorting marks of one byte"))
    broken, whole = _count_chunks(data)
    if whole >= max(1, len(broken)):
        return _damaged_utf8(declared, len(broken))
    return _in_no_unicode(broken, declared)


def _in_no_unicode(broken: list[bytes], declared: str) -> Decoding:
    if not declared and bears_iso5426(broken):
        why = "the bytes from 0xC0 up combine as ISO 5426 does"
        return Decoding(_from_iso5426, _evidence("iso-5426", declared, why))
    if _bears_marc8(broken, claimed=declared == "marc-8"):
        return Decoding(_from_marc8, _evidence("marc-8", declared, "the bytes above 0x7F combine as MARC-8 does"))
    why = "the bytes above 0x7F are neither UTF-8 nor sensible MARC-8"
    return Decoding(_from_latin1, _evidence("latin-1", declared, why))


def _evidence(used: str, declared: str, why: str) -> CharsetEvidence:
    lied = declared not in {"", used}
    return CharsetEvidence(used, declared, lied, why + (f", though leader/09 says {declared}" if lied else ""))


@lru_cache
def _ascii(declared: str, *, escapes: bool) -> Decoding:
    if escapes:
        return Decoding(_from_marc8, _evidence("marc-8", declared, "seven-bit bytes with MARC-8 escape sequences"))
    used = declared if declared in {"utf-8", "marc-8"} else "utf-8"
    evidence = CharsetEvidence(used, declared, why="only ASCII, which every set reads alike")
    return Decoding(_from_ascii, evidence, in_one_piece=True)


@lru_cache
def _utf8(declared: str, *, escapes: bool) -> Decoding:
    evidence = _evidence("utf-8", declared, "every byte is strict UTF-8")
    if not escapes:
        return Decoding(_from_utf8, evidence, in_one_piece=True)
    return Decoding(_from_escaped_utf8, evidence, ("MARC-8 escape sequences inside UTF-8 text were decoded again",))


def _damaged_utf8(declared: str, count: int) -> Decoding:
    """Most of the text is UTF-8: only the subfields that are not are read as Latin-1."""
    why = f"UTF-8 except in {count} subfield{'' if count == 1 else 's'}, read as Latin-1"
    return Decoding(_from_damaged_utf8, CharsetEvidence("utf-8", declared, wrong_flag=True, why=why), (why,))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_only_stray_marks(data: bytes) -> bool:
    """Say whether non-sorting marks are all that keeps the bytes from being UTF-8."""
    return set(_STRAY_BYTES.findall(data.decode("utf-8", "surrogateescape"))) <= _STRAY_MARKS


def _count_chunks(data: bytes) -> tuple[list[bytes], int]:
    """Return the non-ASCII stretches between delimiters that are not UTF-8, and how many are."""
    broken = []
    whole = 0
    for chunk in _CHUNKS.split(data):
        if chunk.isascii():
            continue
        if _is_utf8(chunk):
            whole += 1
        else:
            broken.append(chunk)
    return broken, whole


# ANSEL: 0xE0-0xFE combine with the character after them, 0xA1-0xC8 stand alone.
_ANSEL_PAIR = re.compile(rb"[\xe0-\xfe]+([\x20-\x7e]?)")
_ANSEL_HALVES = frozenset(b"\xeb\xec\xfa\xfb")


def _bears_marc8(chunks: list[bytes], *, claimed: bool) -> bool:
    r"""Say whether the bytes make sense as MARC-8.

    A diacritic of ANSEL stands before its letter, and the two mostly have one precomposed character: "\xe2e" is é.
    Latin-1 text has its accented letters before consonants, blanks and ends. More than half of the diacritics must
    compose (half, when leader/09 claims MARC-8 anyway), and hardly any character may be unknown.
    """
    good = bad = unknown = total = 0
    for chunk in chunks:
        if _ESCAPE in chunk:  # an escape sequence decides: Latin-1 has none
            return True
        unknown += decode_marc8(chunk)[1]
        total += sum(byte > 0x7F for byte in chunk)
        for found in _ANSEL_PAIR.finditer(chunk):
            if _composes(found.group(), found.group(1)):
                good += 1
            else:
                bad += 1
    if unknown * 4 > total:
        return False
    return good >= bad if claimed else good > bad


def _composes(pair: bytes, base: bytes) -> bool:
    if not base.isalpha():
        return False
    if pair[0] in _ANSEL_HALVES:
        return True
    return len(decode_marc8(pair)[0]) < len(pair)


_ASCII_TEXT = bytes([*range(0x20, 0x7F), 0x1E, 0x1F])
# The UTF-8 of U+00A0 to U+02FF: no control characters, and nothing that NFC would compose.
_LATIN_TEXT = re.compile(rb"(?:\xc2[\xa0-\xbf]|[\xc3-\xcb][\x80-\xbf])*")
# Where an indicator or a subfield code should stand.
_ODD_MARK = re.compile(rb"\x1f[\x80-\xff]|\x1e[^\x1f]?[\x80-\xff]")


def plain_text(data: bytes) -> str | None:
    """Return the text of a record's fields, delimiters inside, when each piece of it is clean as it stands; else None.

    ``data`` begins at the terminator of the directory and is strict UTF-8. Text is clean without control characters,
    combining marks and scripts that have them (nothing beyond U+02FF), and when every indicator and code is ASCII.
    """
    data = data.removesuffix(b"\x1d")
    beyond = data.translate(None, _ASCII_TEXT)
    if not beyond:
        return data.decode("ascii")
    if _LATIN_TEXT.fullmatch(beyond) is None or _ODD_MARK.search(data):
        return None
    return data.decode("utf-8")


def _from_ascii(data: bytes) -> str:
    return clean_text(data.decode("ascii", "replace"))


def _from_utf8(data: bytes) -> str:
    return clean_text(data.decode("utf-8", "replace"))


def _from_marked_utf8(data: bytes) -> str:
    return clean_text(data.decode("utf-8", "surrogateescape"))


def _from_iso5426(data: bytes) -> str:
    return clean_text(decode_iso5426(data))


def _from_escaped_utf8(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    if "\x1b" in text:
        text = _ESCAPED_RUN.sub(lambda run: decode_marc8(run.group().encode("ascii"))[0], text)
    return clean_text(text)


def _from_damaged_utf8(data: bytes) -> str:
    try:
        return clean_text(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _from_latin1(data)


def _from_marc8(data: bytes) -> str:
    return clean_text(decode_marc8(data)[0])


def _from_latin1(data: bytes) -> str:
    return clean_text(data.decode("latin-1"))
