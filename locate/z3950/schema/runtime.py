"""What the functions of `locate.z3950.schema.reading` call: the errors they raise, and the rare work.

Decides the words of every decode error. Raises BerDecodeError, PduTooLarge for nesting beyond the limit, and IndexError
where the octets end, which the callers translate. Source: X.690 §8.1 and §8.7.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.ber import CONSTRUCTED, DEFAULT_MAX_DEPTH, INDEFINITE, read_header, skip_value
from locate.z3950.schema import primitives

__all__ = ["READING", "ends_early", "unexpected"]

_EOC = b"\x00\x00"


def ends_early(offset: int, path: str = "") -> BerDecodeError:
    """Return the error for octets that end within the value at ``offset``."""
    return BerDecodeError("the value ends early", offset=offset, path=path)


def _cut_short(buf: bytes, pos: int, name: str, own: str) -> BerDecodeError:
    """Return the error for octets that end in the field ``name`` at ``pos``, or in its identifier."""
    return ends_early(pos, name if pos + 1 < len(buf) else own)


def _overrun(offset: int) -> BerDecodeError:
    """Return the error for a value at ``offset`` that is longer than what holds it."""
    return BerDecodeError("a value runs past the end of what holds it", offset=offset)


def _extent(buf: bytes, pos: int, limit: int) -> tuple[int, int]:
    """Return where the content of the value at ``pos`` starts and ends, for lengths in the long form."""
    _, start, stop = read_header(buf, pos)
    if stop > limit:
        raise _overrun(pos)
    return start, stop


def unexpected(buf: bytes, pos: int, limit: int) -> BerDecodeError:
    """Return the error for a value at ``pos`` that is not of the type due."""
    if pos >= limit:
        return ends_early(pos)
    identifier, content, stop = read_header(buf, pos)
    if content > limit or stop > limit:
        return _overrun(pos)
    return BerDecodeError(f"unexpected identifier 0x{identifier:x}", offset=pos)


def _inside(error: BerDecodeError, name: str) -> BerDecodeError:
    """Return ``error`` with ``name`` before its path."""
    path = f"{name}.{error.path}" if error.path and name else error.path or name
    return BerDecodeError(error.reason, offset=error.offset, path=path)


def _lacks(cls: str, fields: Mapping[str, object], offset: int) -> BerDecodeError:
    """Return the error for a SEQUENCE of ``cls`` without the first of ``fields`` that is MISSING."""
    name = next(name for name, value in fields.items() if value is _MISSING)
    return BerDecodeError(f"{cls} lacks the required field {name}", offset=offset)


def _too_deep(offset: int) -> PduTooLarge:
    return PduTooLarge(f"values nested deeper than {DEFAULT_MAX_DEPTH} at byte {offset}")


def _not_empty(offset: int, limit: int) -> BerDecodeError:
    """Return the error for end-of-contents at ``offset`` that is more than two zero octets, or reaches beyond."""
    return _overrun(offset) if offset + 2 > limit else BerDecodeError("end-of-contents with a length", offset=offset)


def _not_closed(offset: int, limit: int) -> BerDecodeError:
    """Return the error for anything but end-of-contents at ``offset``."""
    return _overrun(offset) if offset + 2 > limit else BerDecodeError("end-of-contents expected", offset=offset)


def _not_alone(offset: int) -> BerDecodeError:
    return BerDecodeError("more than one value under one tag", offset=offset)


def _any_value(buf: bytes, start: int, end: int, limit: int, depth: int) -> tuple[bytes, int]:
    """Return the content of an explicit tag as it came, and the offset behind the tagged value."""
    if end != INDEFINITE:
        return buf[start:end], end
    stop = skip_value(buf, start, limit, depth)
    if buf[stop : stop + 2] != _EOC or stop + 2 > limit:
        raise _not_closed(stop, limit)
    return buf[start:stop], stop + 2


def _text_segments(buf: bytes, pos: int, limit: int, depth: int) -> tuple[str, int]:
    """Read the constructed string at ``pos`` as text."""
    octets, stop = _segments(buf, pos, limit, depth)
    return primitives.read_text(octets), stop


def _bit_segments(buf: bytes, pos: int, limit: int, depth: int) -> tuple[bytes, int]:
    """Join the segments of a BIT STRING, each of which begins with its count of unused bits (X.690 §8.6.4)."""
    return _segments(buf, pos, limit, depth, _joined_bits)


def _joined_bits(parts: list[bytes]) -> bytes:
    return b"".join((parts[-1][:1] if parts else b"", *(part[1:] for part in parts)))


def _segments(
    buf: bytes, pos: int, limit: int, depth: int, join: Callable[[list[bytes]], bytes] = b"".join
) -> tuple[bytes, int]:
    """Join the segments of the constructed string at ``pos``; return them and the offset behind it (X.690 §8.7.3.2)."""
    _, start, end = read_header(buf, pos)
    if end > limit:
        raise _overrun(pos)
    if depth > DEFAULT_MAX_DEPTH:
        raise _too_deep(start)
    parts: list[bytes] = []
    at, inner_limit = start, limit if end == INDEFINITE else end
    while at != end:
        identifier, content, stop = read_header(buf, at)
        if identifier == 0 and end == INDEFINITE:
            if stop != at + 2:
                raise _not_empty(at, inner_limit)
            at = stop
            break
        if stop > inner_limit:
            raise _overrun(at)
        if buf[at] & CONSTRUCTED:
            part, stop = _segments(buf, at, inner_limit, depth + 1, join)
        else:
            part = buf[content:stop]
        parts.append(part)
        at = stop
    if at > limit:
        raise _overrun(pos)
    return join(parts), at


_MISSING: Any = object()

READING: Mapping[str, Any] = {
    **primitives.READING,
    "BerDecodeError": BerDecodeError,
    "MISSING": _MISSING,
    "any_value": _any_value,
    "bit_segments": _bit_segments,
    "cut_short": _cut_short,
    "ends_early": ends_early,
    "extent": _extent,
    "inside": _inside,
    "lacks": _lacks,
    "not_alone": _not_alone,
    "not_closed": _not_closed,
    "not_empty": _not_empty,
    "octet_segments": _segments,
    "skip_value": skip_value,
    "text_segments": _text_segments,
    "too_deep": _too_deep,
    "unexpected": unexpected,
}
