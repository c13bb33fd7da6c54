"""A record as a target with habits sends it: with a wrong flag, in another character set, without holdings, broken.

Decides how the honest record is spoilt. Pure. Raises nothing: a record that cannot be read is left as it is.
"""

from __future__ import annotations

from dataclasses import replace

from locate.errors import BerDecodeError
from locate.records import BibRecord, Carrier, read_record
from locate.z3950.apdu import External
from locate.z3950.oids import MARC21, OPAC
from locate.z3950.opac import OpacRecord, decode_opac, encode_opac
from locate.z3950.target.emulation.habits import Emulation

__all__ = ["spoilt"]

_NO_OPAC_RECORD = b"\x30\x05\xa1\x08\x01\x01\xff"  # its bibliographicRecord runs past its end
_LEADER_BYTES, _ENTRY_BYTES, _FLAG = 24, 12, 9
_FIELD_END = b"\x1e"


def spoilt(external: External, habits: Emulation, *, first: bool) -> External:
    """Return a record as these habits have it; ``first`` says that it is the first of its answer."""
    arm, octets = external.encoding
    if external.direct_reference == OPAC:
        if habits.broken_opac and first:
            return replace(external, encoding=(arm, _NO_OPAC_RECORD))
        return replace(external, encoding=(arm, _opac(octets, habits)))
    if external.direct_reference == MARC21:
        return replace(external, encoding=(arm, _marc(octets, habits)))
    return external


def _opac(octets: bytes, habits: Emulation) -> bytes:
    try:
        record = decode_opac(octets)
    except BerDecodeError:
        return octets
    bibliographic = record.bibliographic and _marc(record.bibliographic, habits)
    changed = replace(record, bibliographic=bibliographic)
    if not habits.electronic_holdings and _is_only_online(record):
        changed = replace(changed, holdings=())
    return octets if changed == record else encode_opac(changed)


def _is_only_online(record: OpacRecord) -> bool:
    found = read_record(record.bibliographic or b"", "marc21")
    return isinstance(found, BibRecord) and found.carriers == {Carrier.ELECTRONIC}


def _marc(octets: bytes, habits: Emulation) -> bytes:
    if habits.record_charset is not None:
        octets = _in_charset(octets, habits.record_charset)
    if habits.leader_09 is not None:
        octets = octets[:_FLAG] + habits.leader_09.encode("ascii") + octets[_FLAG + 1 :]
    return octets


def _in_charset(octets: bytes, charset: str) -> bytes:
    """Return an ISO 2709 record in UTF-8 with its text in another character set; what that lacks becomes "?"."""
    base = octets.find(_FIELD_END) + 1
    entries = [octets[at : at + _ENTRY_BYTES] for at in range(_LEADER_BYTES, base - 1, _ENTRY_BYTES)]
    fields = octets[base:-1].split(_FIELD_END)[:-1]
    if len(entries) != len(fields):
        return octets
    directory, body = b"", b""
    for entry, field in zip(entries, fields, strict=True):
        text = field.decode("utf-8", "replace").encode(charset, "replace") + _FIELD_END
        directory += entry[:3] + b"%04d%05d" % (len(text), len(body))
        body += text
    return b"%05d" % (base + len(body) + 1) + octets[5:_LEADER_BYTES] + directory + _FIELD_END + body + octets[-1:]
