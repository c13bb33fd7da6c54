"""ISO 2709: bytes to `MarcContent` and back, and the cutting of a file into records.

Decides where each field lies. The directory is believed when it fits the field terminators; when it does not (wrong
offsets after a transcoding, tags longer than three characters as "INST"), the terminators decide and a warning says
so. The record length in the leader is never believed. What a field's bytes say is for `iso2709_content` to read, when
somebody asks. Raises RecordError, with the bytes, for what cannot be read, and for content that does not fit into
ISO 2709 when writing. Source: ISO 2709:2008, MARC 21 Record Structure.

The walk is this project's own: pymarc's reader gives up the whole record on such directories and on one odd
indicator, and costs twice the time. The tests hold it against pymarc on every record that both can read.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

from locate.errors import RecordError
from locate.records.content import MAX_RECORD_BYTES, Content
from locate.records.elements import DataField
from locate.records.iso2709_content import ENTRY_BYTES, FIELD_END, LEADER_BYTES, Iso2709Content, RawField, printable

__all__ = ["decode_iso2709", "encode_iso2709", "split_marc"]

_RECORD_END = b"\x1d"
_LONGEST_RECORD = 99_999
_LONGEST_FIELD = 9_999
_JUNK = b"\x00\t\n\r \x1a\xef\xbb\xbf"
_JUNK_RUN = re.compile(rb"[%b]+" % re.escape(_JUNK))
_TAG = re.compile(r"[0-9A-Za-z]{3,}")
_MARC_LINES = re.compile(rb"\s*=?LDR\s")

# An entry's length and offset, behind its tag.
_ENTRY = struct.Struct("3x9s")


def split_marc(data: bytes) -> Iterator[bytes]:
    """Yield the records of an ISO 2709 file, each with its terminator, in file order.

    Line ends, NUL and other junk between records are skipped. A record ends where its leader says when a record
    terminator (0x1D) stands there, else at the next terminator. What is left without a terminator is yielded as it
    is, so that reading it says what is wrong with it.
    """
    position, end = 0, len(data)
    while position < end:
        if junk := _JUNK_RUN.match(data, position):
            position = junk.end()
            continue
        stop = _stated_end(data, position)
        if stop is None:
            found = data.find(_RECORD_END, position)
            stop = end if found < 0 else found + 1
        yield data[position:stop]
        position = stop


def _stated_end(data: bytes, position: int) -> int | None:
    length = data[position : position + 5]
    if not length.isdigit():
        return None
    stop = position + int(length)
    fits = int(length) > LEADER_BYTES and data[stop - 1 : stop] == _RECORD_END
    # Another leader must follow, or this is a terminator of a later record that the length happens to hit.
    follows = data[stop : stop + 64].lstrip(_JUNK)[:5]
    return stop if fits and (not follows or follows.isdigit()) else None


def decode_iso2709(data: bytes, syntax: str = "marc21") -> Iso2709Content:
    """Find the fields of one ISO 2709 record; their text is decoded when it is asked for.

    ``syntax`` is "marc21" or "unimarc". Raises RecordError; time and memory are linear in ``len(data)``.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise RecordError(f"is longer than {MAX_RECORD_BYTES:,} bytes", raw=data, syntax=syntax)
    record = data.lstrip(_JUNK)
    if not record:
        raise RecordError("is empty", raw=data, syntax=syntax)
    if _MARC_LINES.match(record):
        reason = "is MARC written out as lines of text (LDR …), not ISO 2709; convert it to ISO 2709 or MARCXML first"
        raise RecordError(reason, raw=data, syntax=syntax)
    if len(record) <= LEADER_BYTES or not record[:5].isdigit():
        raise RecordError("does not begin with a MARC leader", raw=data, syntax=syntax)
    leader = printable(record[:LEADER_BYTES].decode("latin-1"))
    try:
        fields, warnings = _locate_fields(record)
    except ValueError as error:
        raise RecordError(str(error), raw=data, syntax=syntax) from None
    return Iso2709Content(record, leader, "" if syntax == "unimarc" else leader[9], fields, warnings)


def _locate_fields(record: bytes) -> tuple[Sequence[RawField] | None, tuple[str, ...]]:
    """Return the fields, None when they lie in the order of the directory, and warnings. Raises ValueError."""
    base = record.find(FIELD_END, LEADER_BYTES) + 1
    if not base:
        raise ValueError("has no field terminator after its directory")
    directory = record[LEADER_BYTES : base - 1]
    if not directory:
        raise ValueError("has an empty directory")
    if _is_entries(directory):
        if _lie_in_order(record, base, directory):
            return None, ()
        fields = _by_directory(record, base, directory.decode("ascii"))
        if fields is not None:
            return fields, ()
    return _by_terminators(record, base, directory), ("the directory does not fit; fields were cut at their ends",)


def _is_entries(directory: bytes) -> bool:
    return len(directory) % ENTRY_BYTES == 0 and directory.isascii() and directory.isalnum()


def _lie_in_order(record: bytes, base: int, directory: bytes) -> bool:
    """Say whether the fields follow one another without gaps, just as the directory says: nearly every record's do."""
    if len(record) > _LONGEST_RECORD:  # an offset may have six digits, and no entry says so
        return False
    count = len(directory) // ENTRY_BYTES
    bodies = record[base:].split(FIELD_END, count)
    if len(bodies) <= count:
        return False
    offset = 0
    for body, (entry,) in zip(bodies, _ENTRY.iter_unpack(directory), strict=False):
        length = len(body) + 1
        if not entry.isdigit() or int(entry) != length * 100_000 + offset:
            return False
        offset += length
    return True


def _by_directory(record: bytes, base: int, text: str) -> list[RawField] | None:
    """Return the fields where the directory ``text`` says, or None when an entry does not end on a terminator."""
    fields = []
    try:
        for at in range(0, len(text), ENTRY_BYTES):
            start = base + int(text[at + 7 : at + 12])
            stop = start + int(text[at + 3 : at + 7]) - 1
            if stop < start or record[stop] != FIELD_END[0]:
                return None
            fields.append((text[at : at + 3], record[start:stop]))
    except (ValueError, IndexError):
        return None
    return fields


def _by_terminators(record: bytes, base: int, directory: bytes) -> list[RawField]:
    """Return the fields as the terminators cut them, with the directory's tags in order. Raises ValueError."""
    bodies = record[base:].removesuffix(_RECORD_END).split(b"\x1e")
    if bodies and not bodies[-1].strip():
        bodies.pop()
    text = directory.decode("latin-1")
    tags = _tags_by_lengths(text, bodies) or _tags_by_entries(text)
    if len(tags) != len(bodies):
        raise ValueError(f"has a directory that does not fit: {len(tags)} tags for {len(bodies)} fields")
    return list(zip(tags, bodies, strict=True))


def _tags_by_lengths(text: str, bodies: list[bytes]) -> list[str] | None:
    """Return the tags that stand before each field's true length and offset, whatever the tags' own lengths."""
    tags, cursor, offset = [], 0, 0
    for body in bodies:
        length = len(body) + 1
        position = text.find(f"{length:04d}{offset:05d}", cursor + 3, cursor + 40)
        if position < 0 or not _TAG.fullmatch(text, cursor, position):
            return None
        tags.append(text[cursor:position])
        cursor = position + 9
        offset += length
    return tags if cursor == len(text) else None


def _tags_by_entries(text: str) -> list[str]:
    """Return the tags of twelve-character entries, in the order of their offsets."""
    if len(text) % ENTRY_BYTES:
        raise ValueError("has a directory whose length is no multiple of 12")
    entries = [text[at : at + ENTRY_BYTES] for at in range(0, len(text), ENTRY_BYTES)]
    if not all(_TAG.fullmatch(entry, 0, 3) for entry in entries):
        raise ValueError("has a directory with tags that are none")
    return [entry[:3] for entry in sorted(entries, key=lambda entry: entry[7:])]


def encode_iso2709(content: Content) -> bytes:
    """Encode ``content`` as MARC 21 in UTF-8 (leader/09 "a", lengths and offsets computed).

    Fields whose tag has not three ASCII characters are left out: the directory has no room for them. Raises
    RecordError when a field passes 9,999 bytes or the record 99,999.
    """
    directory: list[str] = []
    bodies: list[bytes] = []
    offset = 0
    for tag, text in [*content.control_fields, *((f.tag, _field_text(f)) for f in content.fields)]:
        if len(tag) != 3 or not tag.isascii():
            continue
        body = text.encode("utf-8", "replace") + b"\x1e"
        if len(body) > _LONGEST_FIELD:
            raise RecordError(f"field {tag} ({len(body)} bytes) does not fit into ISO 2709", syntax="marc21")
        directory.append(f"{tag}{len(body):04d}{offset:05d}")
        bodies.append(body)
        offset += len(body)
    base = LEADER_BYTES + ENTRY_BYTES * len(directory) + 1
    length = base + offset + 1
    if length > _LONGEST_RECORD:
        raise RecordError(f"a record of {length} bytes does not fit into ISO 2709", syntax="marc21")
    old = printable(content.leader)
    leader = f"{length:05d}{old[5:9]}a22{base:05d}{old[17:20]}4500"
    return (leader + "".join(directory)).encode("ascii") + b"\x1e" + b"".join(bodies) + _RECORD_END


def _field_text(field: DataField) -> str:
    return field.ind1 + field.ind2 + "".join(f"\x1f{code}{text}" for code, text in field.subfields)
