"""MARC-8 to Unicode, by the mapping tables of the Library of Congress that pymarc carries.

Decides which character each byte means under the escape sequences seen so far, and counts the bytes that mean none.
It refuses to know whether a text is MARC-8 at all (see `charset`). It never raises: what no table knows becomes
U+FFFD. The state machine is this project's own because pymarc's writes to stderr and raises on odd escapes.
Source: MARC 21 Specifications, Character Sets and Encoding Options, part 2 (MARC-8) and ISO 2022.
"""

from __future__ import annotations

import re
from typing import Final

from locate.records.as_pymarc import CODESETS as _SETS, ODD_MAP as _ODD
from locate.records.content import nfc

__all__ = ["decode_marc8"]

_LATIN: Final = 0x42
_ANSEL: Final = 0x45
_EAST_ASIAN: Final = 0x31
_UNKNOWN: Final = "\ufffd"

# The halves of the ligature and of the double tilde as the one mark over two letters that Unicode has for them.
_DOUBLE_MARKS: Final = {0xFE20: 0x0361, 0xFE21: None, 0xFE22: 0x0360, 0xFE23: None}

# ISO 2022: ESC, intermediate bytes 0x20-0x2F, one final byte 0x30-0x7E.
_ESCAPE = re.compile(rb"\x1b([\x20-\x2f]{0,3})([\x30-\x7e]?)")
_PLAIN = re.compile(rb"[\x20-\x7e]+")


def decode_marc8(data: bytes) -> tuple[str, int]:
    """Return the text of ``data`` in NFC, and how many characters no table knew (each stands as U+FFFD).

    ``data`` is one subfield: every subfield begins in Basic Latin (G0) and ANSEL (G1).
    """
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii"), 0
    out: list[str] = []
    marks: list[str] = []  # combining characters, which MARC-8 writes before their base
    g0, g1 = _LATIN, _ANSEL
    position, unknown = 0, 0
    while position < len(data):
        byte = data[position]
        if byte == 0x1B:
            g0, g1, position = _designate(data, position, g0, g1)
            continue
        if g0 == _LATIN and not marks and (run := _PLAIN.match(data, position)):
            out.append(run.group().decode("ascii"))
            position = run.end()
            continue
        char, combining, width = _lookup(data, position, g0, g1)
        position += width
        unknown += char == _UNKNOWN
        if combining:
            marks.append(char)
        elif char:
            out += (char, *marks)
            marks.clear()
    # Marks left over at the end stand before no letter, and are dropped.
    return nfc("".join(out).translate(_DOUBLE_MARKS)), unknown


def _designate(data: bytes, position: int, g0: int, g1: int) -> tuple[int, int, int]:
    """Return the sets in force after the escape sequence at ``position``, and where it ends.

    A sequence that designates no set known here changes nothing and is dropped.
    """
    found = _ESCAPE.match(data, position)
    assert found is not None  # the caller saw ESC, and everything after it is optional
    between, final = found.groups()
    end = found.end()
    code = final[0] if final else 0
    if not between:
        if code == 0x73:  # "s": back to ASCII after Greek symbols, subscripts or superscripts
            return _LATIN, g1, end
        return (code if code in _SETS else g0), g1, end
    if code not in _SETS:
        return g0, g1, end
    if between.rstrip(b"!") in {b")", b"-", b"$)", b"$-"}:
        return g0, code, end
    return code, g1, end


def _lookup(data: bytes, position: int, g0: int, g1: int) -> tuple[str, bool, int]:
    """Return the character at ``position``, whether it combines with the next, and its width in bytes."""
    byte = data[position]
    if byte <= 0x20:
        return chr(byte), False, 1
    in_force = g1 if byte > 0x80 else g0
    if in_force == _EAST_ASIAN:
        # The tables hold the seven-bit form; in G1 each of the three bytes has its high bit set.
        code, width = int.from_bytes(bytes(b & 0x7F for b in data[position : position + 3])), 3
    else:
        code, width = byte, 1
    table = _SETS[in_force]
    entry = table.get(code) or (table.get(code ^ 0x80) if width == 1 else None)
    if entry is not None:
        return chr(entry[0]), bool(entry[1]), width
    if code in _ODD:
        return chr(_ODD[code]), False, width
    if 0x80 <= byte < 0xA0:
        return "", False, 1
    return _UNKNOWN, False, width
