"""Rewrite definite BER into the other forms that the standard allows: indefinite lengths, constructed strings.

Knows nothing of ASN.1 types except the universal string tags; written apart from the code under test, so that an
error there is not repeated here.
"""

from __future__ import annotations

__all__ = ["indefinite", "long_form", "nested"]


def _split(data: bytes, pos: int) -> tuple[bytes, int, int]:
    """Return (identifier octets, content start, content end) of the definite value at ``pos``."""
    start = pos
    if data[pos] & 0x1F == 0x1F:
        pos += 1
        while data[pos] & 0x80:
            pos += 1
    pos += 1
    identifier = data[start:pos]
    length = data[pos]
    pos += 1
    if length > 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[pos : pos + count], "big")
        pos += count
    return identifier, pos, pos + length


def _definite_length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


def indefinite(data: bytes) -> bytes:
    """Give every constructed value of ``data`` (definite BER values, one behind the other) an indefinite length."""
    out, pos = bytearray(), 0
    while pos < len(data):
        identifier, start, end = _split(data, pos)
        content = data[start:end]
        if identifier[0] & 0x20:
            out += identifier + b"\x80" + indefinite(content) + b"\x00\x00"
        else:
            out += identifier + _definite_length(len(content)) + content
        pos = end
    return bytes(out)


def long_form(data: bytes) -> bytes:
    """Write every length of ``data`` in four octets, as some targets do whatever the size."""
    out, pos = bytearray(), 0
    while pos < len(data):
        identifier, start, end = _split(data, pos)
        content = long_form(data[start:end]) if identifier[0] & 0x20 else data[start:end]
        out += identifier + b"\x84" + len(content).to_bytes(4, "big") + content
        pos = end
    return bytes(out)


def nested(identifier: bytes, levels: int, *, definite: bool) -> bytes:
    """Return ``levels`` constructed values of the same identifier, each the only content of the one around it."""
    if not definite:
        return (identifier + b"\x80") * levels + b"\x00\x00" * levels
    out = b""
    for _ in range(levels):
        out = identifier + _definite_length(len(out)) + out
    return out
