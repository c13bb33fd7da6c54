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


def skip_value(buf: bytes, pos: int, limit: int, max_depth: int = DEFAULT_MAX_DEPTH) -> int:
    """Return the offset just behind the value at ``pos``, which must end at or before ``limit``."""
    start, depth = pos, 0
    while True:
        identifier, content, end = read_header(buf, pos)
        if end == INDEFINITE:
            depth += 1
            if depth > max_depth:
                raise PduTooLarge(f"values nested deeper than {max_depth} at byte {pos}")
            pos = content
            continue
        if identifier == 0 and depth:
            if end != content:
                raise BerDecodeError("end-of-contents with a length", offset=pos)
            depth -= 1
        pos = end
        if pos > limit:
            raise BerDecodeError("a value runs past the end of what holds it", offset=start)
        if not depth:
            return pos


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
        self._pos = 0  # how far the first PDU in the buffer has been walked; may lie beyond the buffer
        self._depth = 0  # indefinite-length values open at _pos
        self._failure: BerDecodeError | PduTooLarge | None = None

    @property
    def pending(self) -> int:
        """Bytes received that belong to a PDU not yet complete."""
        return len(self._buffer)

    def feed(self, data: bytes) -> None:
        """Add received bytes; after an error they are dropped."""
        if self._failure is None:
            self._buffer += data

    def next_pdu(self) -> bytes | None:
        """Return the next complete PDU, or None when more bytes are needed. Raises BerDecodeError or PduTooLarge."""
        if self._failure is not None:
            raise self._failure
        try:
            complete = self._walk()
        except (BerDecodeError, PduTooLarge) as error:
            self._failure = error
            self._buffer.clear()
            raise
        if not complete:
            return None
        pdu = bytes(self._buffer[: self._pos])
        del self._buffer[: self._pos]
        self._pos = 0
        return pdu

    def _walk(self) -> bool:  # noqa: C901 - one loop, so that no byte is walked twice
        """Advance to the end of the first PDU; True when it is complete."""
        buf, size = self._buffer, len(self._buffer)
        pos, depth = self._pos, self._depth
        if pos and not depth:
            return pos <= size  # walked to its end before all of it had come
        while pos < size:
            if pos == 0 and not depth:
                _refuse_what_is_no_apdu(buf[0])
            try:
                identifier, content, end = read_header(buf, pos)
            except IndexError:
                if size - pos >= _MAX_HEADER_OCTETS:
                    raise BerDecodeError("a header that does not end", offset=pos) from None
                break
            if end == INDEFINITE:
                depth += 1
                if depth > self._max_depth:
                    raise PduTooLarge(f"values nested deeper than {self._max_depth} at byte {pos}")
                end = content
            elif identifier == 0 and depth:
                if end != content:
                    raise BerDecodeError("end-of-contents with a length", offset=pos)
                depth -= 1
            if end > self._max_pdu_bytes:
                raise PduTooLarge(f"a PDU of at least {end:,} bytes; the limit is {self._max_pdu_bytes:,}")
            pos = end
            if not depth:
                self._pos, self._depth = pos, 0
                return pos <= size
        self._pos, self._depth = pos, depth
        return False


def _refuse_what_is_no_apdu(first: int) -> None:
    """Every APDU is a context-tagged constructed value with a tag from 20 up (Z39.50-2003 §4.1, PDU)."""
    if first & 0xE0 != 0xA0:
        raise BerDecodeError(f"not the start of an APDU (first byte 0x{first:02x})", offset=0)
