"""BER framing: cut a byte stream into PDUs, and the primitives that every decoder shares.

Decides where one PDU ends and how large and how deep it may be; refuses to know what it means. Only the framer may
say "need more": once a PDU is framed, running out of bytes is an error with an offset. Raises BerDecodeError and
PduTooLarge. Source: ISO/IEC 8825-1 (X.690) §8.1.

An identifier is handed around as one int: its octets read as a big-endian number, the constructed bit included
(0x30 SEQUENCE, 0xBF8149 context 201 constructed). Offsets are 0-based within the PDU.
"""

from __future__ import annotations

from locate.errors import BerDecodeError, PduTooLarge

__all__ = [
    "CONSTRUCTED",
    "CONTEXT",
    "DEFAULT_MAX_DEPTH",
    "DEFAULT_MAX_PDU_BYTES",
    "INDEFINITE",
    "Framer",
    "encode_identifier",
    "encode_length",
    "read_header",
    "skip_value",
]

DEFAULT_MAX_PDU_BYTES = 16 * 1024 * 1024
DEFAULT_MAX_DEPTH = 64

CONSTRUCTED = 0x20
CONTEXT = 0x80
INDEFINITE = -1  # stands for "until end-of-contents" where an end offset is due
_MAX_TAG_OCTETS = 4  # tags up to 2**21 - 1; Z39.50 needs 300
_MAX_LENGTH_OCTETS = 8
_MAX_HEADER_OCTETS = 1 + _MAX_TAG_OCTETS + 1 + _MAX_LENGTH_OCTETS


def encode_identifier(tag_class: int, tag: int, *, constructed: bool) -> bytes:
    """Return the identifier octets; ``tag_class`` is 0x00 universal, 0x40 application, 0x80 context."""
    first = tag_class | (CONSTRUCTED if constructed else 0)
    if tag < 31:
        return bytes((first | tag,))
    octets = [tag & 0x7F]
    while tag := tag >> 7:
        octets.append(tag & 0x7F | 0x80)
    return bytes((first | 0x1F, *reversed(octets)))


def encode_length(length: int) -> bytes:
    """Return the definite-length octets, in the shortest form."""
    if length < 0x80:
        return bytes((length,))
    if length < 0x10000:
        return b"\x81" + length.to_bytes(1, "big") if length < 0x100 else b"\x82" + length.to_bytes(2, "big")
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


def read_header(buf: bytes | bytearray, pos: int) -> tuple[int, int, int]:
    """Read one identifier and length at ``pos``.

    Returns (identifier, start, end): the content is ``buf[start:end]``, ``end`` INDEFINITE for the indefinite form;
    ``end`` may lie beyond the buffer. Raises IndexError when the header itself is not complete, BerDecodeError when
    it is no header.
    """
    at = pos
    first = identifier = buf[pos]
    pos += 1
    if first & 0x1F == 0x1F:
        for _ in range(_MAX_TAG_OCTETS):
            octet = buf[pos]
            pos += 1
            identifier = identifier << 8 | octet
            if octet < 0x80:
                break
        else:
            raise BerDecodeError("tag number of more than four octets", offset=at)
    length = buf[pos]
    pos += 1
    if length < 0x80:
        return identifier, pos, pos + length
    if length == 0x80:
        if not first & CONSTRUCTED:
            raise BerDecodeError("indefinite length on a primitive value", offset=at)
        return identifier, pos, INDEFINITE
    count = length & 0x7F
    if count > _MAX_LENGTH_OCTETS:
        raise BerDecodeError(f"length written in {count} octets", offset=at)
    buf[pos + count - 1]  # IndexError when the length is cut
    return identifier, pos + count, pos + count + int.from_bytes(buf[pos : pos + count], "big")


def skip_value(buf: bytes, pos: int, limit: int, depth: int = 0) -> int:
    """Return the offset just behind the value at ``pos``, which must end at or before ``limit``.

    ``depth`` counts the values open around it. Raises IndexError where the octets end, BerDecodeError, and PduTooLarge
    for indefinite lengths nested beyond the limit.
    """
    end, _, complete = _walk(buf, pos, depth, depth, DEFAULT_MAX_DEPTH, limit)
    if end > limit:
        raise BerDecodeError("a value runs past the end of what holds it", offset=pos)
    if not complete:
        raise IndexError
    return end


def _walk(  # noqa: C901, PLR0912, PLR0917 - one loop, so that no octet is walked twice, and fast
    buf: bytes | bytearray, pos: int, depth: int, around: int, max_depth: int, limit: int
) -> tuple[int, int, bool]:
    """Go from header to header until ``depth``, the count of indefinite lengths open, is down to ``around``.

    Returns (pos, depth, whether it is): when the walk ended because a header is not all there, it may go on from pos.
    It also ends behind the first value that reaches beyond ``limit``.
    """
    try:
        while True:
            first = buf[pos]
            length = buf[pos + 1]
            short = first & 0x1F != 0x1F
            if length < 0x80 and short:
                pos += 2
                if first or depth == around:
                    pos += length
                elif length:
                    raise BerDecodeError("end-of-contents with a length", offset=pos - 2)
                else:
                    depth -= 1
            elif length == 0x82 and short and first:  # a record, mostly
                pos += 4 + (buf[pos + 2] << 8 | buf[pos + 3])
            else:
                content, end = pos + 2, INDEFINITE
                if length != 0x80 or not short or not first & CONSTRUCTED:
                    _, content, end = read_header(buf, pos)
                if end == INDEFINITE:
                    depth += 1
                    if depth > max_depth:
                        raise PduTooLarge(f"values nested deeper than {max_depth} at byte {pos}")
                    pos = content
                    continue
                if not first and depth > around:
                    raise BerDecodeError("end-of-contents with a length", offset=pos)
                pos = end
            if depth == around or pos > limit:
                return pos, depth, True
    except IndexError:
        return pos, depth, False


class Framer:
    """Cut a stream into PDUs without ever walking a byte twice.

    Feed bytes as they come, then take PDUs until None. ``max_pdu_bytes`` bounds one PDU as announced or as received;
    ``max_depth`` the nesting of indefinite-length values. After an error the stream cannot be resynchronised: every
    later call raises the same error.
    """

    def __init__(self, max_pdu_bytes: int = DEFAULT_MAX_PDU_BYTES, max_depth: int = DEFAULT_MAX_DEPTH) -> None:
        self._max_pdu_bytes = max_pdu_bytes
        self._max_depth = max_depth
        self._buffer = bytearray()
        self._refused = b""
        self._pos = 0  # how far the first PDU in the buffer has been walked; may lie beyond the buffer
        self._depth = 0  # indefinite-length values open at _pos
        self._failure: BerDecodeError | PduTooLarge | None = None

    @property
    def pending(self) -> int:
        """Bytes received that belong to a PDU not yet complete."""
        return len(self._buffer)

    @property
    def rest(self) -> bytes:
        """The bytes that are no PDU yet; after an error those that no PDU could be cut from."""
        return self._refused or bytes(self._buffer)

    def feed(self, data: bytes) -> None:
        """Add received bytes; after an error they are dropped."""
        if self._failure is None:
            self._buffer += data

    def next_pdu(self) -> bytes | None:
        """Return the next complete PDU, or None when more bytes are needed. Raises BerDecodeError or PduTooLarge."""
        if self._failure is not None:
            raise self._failure
        try:
            complete = self._is_complete()
        except (BerDecodeError, PduTooLarge) as error:
            self._failure = error
            self._refused = bytes(self._buffer)
            self._buffer.clear()
            raise
        if not complete:
            return None
        pdu = bytes(self._buffer[: self._pos])
        del self._buffer[: self._pos]
        self._pos = 0
        return pdu

    def _is_complete(self) -> bool:
        """Walk on to the end of the first PDU; True when all of it is there."""
        buf, size = self._buffer, len(self._buffer)
        if not size:
            return False
        if not self._pos:
            _refuse_what_is_no_apdu(buf[0])
        if not self._pos or self._depth:
            self._pos, self._depth, complete = _walk(
                buf, self._pos, self._depth, 0, self._max_depth, self._max_pdu_bytes
            )
            if self._pos > self._max_pdu_bytes:
                raise PduTooLarge(f"a PDU of at least {self._pos:,} bytes; the limit is {self._max_pdu_bytes:,}")
            if not complete and size - self._pos >= _MAX_HEADER_OCTETS:
                raise BerDecodeError("a header that does not end", offset=self._pos)
        return bool(self._pos) and not self._depth and self._pos <= size


def _refuse_what_is_no_apdu(first: int) -> None:
    """Every APDU is a context-tagged constructed value with a tag from 20 up (Z39.50-2003 §4.1, PDU)."""
    if first & 0xE0 != 0xA0:
        raise BerDecodeError(f"not the start of an APDU (first byte 0x{first:02x})", offset=0)
