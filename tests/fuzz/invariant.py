"""What holds for whatever comes in from outside: a value, a need for more, or the declared error; nothing else.

One function an area, each given arbitrary octets: it reads them as that area does, lets the declared errors pass and
requires what a value promises. Anything that leaves such a function is an escape, that is, a bug. Shared by the
hypothesis suite, the campaign and the atheris target, so that all three mean the same; how inputs are made, and how
long one may take, is theirs.
"""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from locate.errors import BerDecodeError, PduTooLarge, RecordError, RemoteProtocolError
from locate.partner import Credentials
from locate.records import (
    BibRecord,
    read_opac_xml,
    read_record,
    read_records_xml,
    split_marc,
    to_marcxml,
    write_opac_xml,
)
from locate.z3950.access_control import decode_prompts
from locate.z3950.apdu import Apdu, External, OtherInformationUnit, decode_apdu, decode_apdu_prefix, encode_apdu
from locate.z3950.apdu_text import one_line, tree
from locate.z3950.catalog import Catalog
from locate.z3950.ccl import parse_ccl
from locate.z3950.charset_negotiation import decode_negotiation, encode_negotiation, proposed, selected
from locate.z3950.cql import parse_cql
from locate.z3950.diag1 import decode_diag1, encode_diag1
from locate.z3950.diagnostics import advice, diagnostic_error
from locate.z3950.grs1 import decode_grs1, encode_grs1, grs1_text
from locate.z3950.init_reason import init_reason
from locate.z3950.masking import masked
from locate.z3950.oids import (
    BIB1_DIAGNOSTICS,
    CHARSET_NEGOTIATION_3,
    DIAG1,
    DIAGNOSTIC_CONTAINER,
    OCLC_USER_INFORMATION,
    SUTRS,
    USER_INFO_1,
)
from locate.z3950.opac import OpacRecord, decode_opac, encode_opac
from locate.z3950.protocol import END, NEED_DATA, Association, Origin, Signal, State, TargetSide
from locate.z3950.query import Query, QueryError, parse_pqf, to_pqf, to_rpn
from locate.z3950.replay import Recording, ReplaySession
from locate.z3950.session import TargetSession
from locate.z3950.trace import TraceError, TraceWriter, read_trace
from tests.fuzz.answers import read_answer
from tests.z3950.asking import INIT, SEARCH

__all__ = ["AREAS", "check"]

_MAX_PDU_BYTES = 64 * 1024  # small, so that the limit itself is met
_CREDENTIALS = Credentials(user="ill", password="secret")
_FORMS = (BIB1_DIAGNOSTICS, DIAG1, DIAGNOSTIC_CONTAINER, USER_INFO_1, OCLC_USER_INFORMATION, SUTRS, None)
_ENCODINGS = ("single", "octets", "bits")


def check(area: str, data: bytes) -> None:
    """Read ``data`` as ``area`` does. Whatever is raised is a bug."""
    AREAS[area](data)


# ---- bytes to APDUs


def _framer(data: bytes) -> None:
    """The framer gives the octets back in order, keeps the rest, or fails for good; however they are cut."""
    from locate.z3950.ber import Framer

    size, data = data[:1], data[1:]
    framer, out = Framer(max_pdu_bytes=_MAX_PDU_BYTES), b""
    try:
        for chunk in _chunks(data, size[0] if size else 0):
            framer.feed(chunk)
            while (pdu := framer.next_pdu()) is not None:
                assert pdu
                out += pdu
    except (BerDecodeError, PduTooLarge) as error:
        assert str(error)
        assert framer.pending == 0
    else:
        assert data.startswith(out)
        assert framer.pending == len(data) - len(out)
