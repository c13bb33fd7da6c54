"""The invariant for what comes over the wire: PDUs, the association in both roles, and what an APDU tells."""

# ruff: noqa: PT017 - an error is one of the outcomes that the invariant allows, and has properties itself

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator

from locate.errors import BerDecodeError, DiagnosticError, PduTooLarge, RecordError, RemoteProtocolError
from locate.partner import Credentials
from locate.records import read_records_xml
from locate.z3950.access_control import challenge_with, decode_prompts
from locate.z3950.apdu import (
    AccessControlRequest,
    Apdu,
    Close,
    External,
    InitializeRequest,
    InitializeResponse,
    OtherInformationUnit,
    PresentResponse,
    ScanResponse,
    SearchResponse,
    Segment,
    SortResponse,
    decode_apdu,
    decode_apdu_prefix,
    encode_apdu,
)
from locate.z3950.apdu_text import one_line, tree
from locate.z3950.ber import Framer
from locate.z3950.charset_negotiation import answer, proposed, selected
from locate.z3950.diagnostics import advice, diagnostic_error
from locate.z3950.grs1 import GenericRecord, grs1_text
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
from locate.z3950.opac import OpacRecord
from locate.z3950.protocol import NEED_DATA, Association, Origin, Signal, State, TargetSide
from locate.z3950.requests import server_info
from locate.z3950.retrieval import Record, SurrogateDiagnostic, diagnostic_of, join_fragments, read_records
from locate.z3950.scan_and_sort import scanned, sorted_set
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.session import TargetSession
from tests.z3950.asking import INIT
from tests.z3950.made_up import OPAC_XML, RECORDS, collection

__all__ = [
    "answers",
    "decoder",
    "diagnostics",
    "encoder",
    "framer",
    "init",
    "origin",
    "printing",
    "prompts",
    "session",
    "target_side",
]

_MAX_PDU_BYTES = 16 * 1024  # small, so that the limit itself is met
_CREDENTIALS = Credentials(user="ill", password="secret")
_ENCODINGS = ("single", "octets", "bits")
_DIAGNOSTIC_FORMS = (BIB1_DIAGNOSTICS, DIAG1, DIAGNOSTIC_CONTAINER, None)
_INIT_FORMS = (USER_INFO_1, OCLC_USER_INFORMATION, SUTRS, DIAG1, CHARSET_NEGOTIATION_3, None)
_STATES = tuple(State)


def _chunks(data: bytes, size: int) -> Iterator[bytes]:
    """Cut ``data`` into chunks of ``size`` octets, 0 meaning one."""
    step = size or max(len(data), 1)
    for start in range(0, len(data), step):
        yield data[start : start + step]


def framer(data: bytes) -> None:
    """Require that the octets come back in order or are kept, or a failure for good. The first octet sizes reads."""
    size, data = (data[0] if data else 0), data[1:]
    framer, out = Framer(max_pdu_bytes=_MAX_PDU_BYTES), b""
    try:
        for chunk in _chunks(data, size):
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


def _decoded(data: bytes) -> Apdu | None:
    try:
        return decode_apdu(data)
    except BerDecodeError as error:
        assert 0 <= error.offset <= len(data)
        assert str(error).endswith(f"at byte {error.offset}")
    except RemoteProtocolError as error:
        assert str(error)
    return None


def decoder(data: bytes) -> None:
    """Require an APDU or an error with its place, and that the two ways of decoding agree."""
    whole = _decoded(data)
    try:
        first, end = decode_apdu_prefix(data)
    except RemoteProtocolError:
        assert whole is None
    else:
        assert 0 < end <= len(data)
        assert whole == first if end == len(data) else whole is None


def encoder(data: bytes) -> None:
    """Require that what was decoded can be written, and reads the same again."""
    apdu = _decoded(data)
    if apdu is not None:
        assert decode_apdu(encode_apdu(apdu)) == apdu
        encode_apdu(masked(apdu))


def printing(data: bytes) -> None:
    """Require that what was decoded can be shown, in one line and in full, and steers no terminal."""
    apdu = _decoded(data)
    if apdu is not None:
        line, lines = one_line(apdu), tree(apdu)
        assert line.isprintable()
        assert all(each.isprintable() for each in lines.split("\n"))


# ---- what an APDU tells


def answers(data: bytes) -> None:
    """Require that what was decoded tells the client a value or a diagnostic."""
    apdu = _decoded(data)
    if apdu is not None:
        _read_answer(apdu)


def _read_answer(apdu: Apdu) -> None:
    match apdu:
        case SearchResponse() | PresentResponse():
            _read_records(apdu.records)
            error = diagnostic_of(apdu.records)
            assert error is None or advice(error)
        case Segment():
            _read_records(("response", tuple(join_fragments(apdu.segment_records))))
        case InitializeResponse():
            told = init_reason(apdu.user_information, apdu.other_info)
            assert server_info(apdu, told.message_of_the_day).protocol_version in {1, 2, 3}
        case InitializeRequest():
            proposal = proposed(apdu.other_info)
            assert proposal is None or answer(proposal, ["utf-8"], ["eng"])
        case ScanResponse():
            with contextlib.suppress(DiagnosticError):
                assert len(scanned(apdu, "utf-8").entries) <= len(apdu.entries.entries if apdu.entries else ())
        case SortResponse():
            with contextlib.suppress(DiagnosticError):
                sorted_set(apdu)
        case AccessControlRequest():
            challenge_with(_CREDENTIALS, apdu)
        case Close():
            assert apdu.reason_name


def _read_records(records: tuple[str, object] | None) -> None:
    for position, found in enumerate(read_records(records, 1, target="h:210/D"), 1):
        assert isinstance(found, Record | SurrogateDiagnostic | RecordError)
        assert found.position == position
        assert str(found)
        if isinstance(found, Record):
            assert isinstance(found.data, bytes | str | OpacRecord | GenericRecord)
            if isinstance(found.data, GenericRecord):
                grs1_text(found.data)


def _external(data: bytes, forms: tuple[str | None, ...]) -> External:
    """Return an EXTERNAL of one of ``forms``; the first octet says of which, and how its content is encoded."""
    chosen = data[0] if data else 0
    return External(forms[chosen % len(forms)], None, (_ENCODINGS[chosen // 16 % 3], data[1:]))  # type: ignore[arg-type] # one of the three


def init(data: bytes) -> None:
    """Require texts and negotiation from the information fields of Init: what cannot be read there is left out."""
    external = _external(data, _INIT_FORMS)
    units = (OtherInformationUnit(("external", external)), OtherInformationUnit(("binary", data[1:])))
    told = init_reason(external, units)
    assert all(text.isprintable() for text in (*told.texts, told.message_of_the_day))
    assert selected(units) is not None
    proposal = proposed(units)
    assert proposal is None or answer(proposal, ["utf-8", "iso-8859-1"], ["eng"], records_too=True)


def diagnostics(data: bytes) -> None:
    """Require words and advice for every diagnostic."""
    error = diagnostic_error(_external(data, _DIAGNOSTIC_FORMS))
    assert str(error)
    assert advice(error)


def prompts(data: bytes) -> None:
    """Require that a challenge is prompts or a RemoteProtocolError, and is answered or left."""
    external = _external(data, (None,))
    with contextlib.suppress(RemoteProtocolError):
        decode_prompts(external)
    response = challenge_with(_CREDENTIALS, AccessControlRequest(("external", external)))
    assert response is None or encode_apdu(response)


# ---- the association


def origin(data: bytes) -> None:
    """Hold the origin's side to the promise, in any state and however the octets are cut."""
    _association(Origin(max_pdu_bytes=_MAX_PDU_BYTES), data)


def target_side(data: bytes) -> None:
    """Hold the target's side to it."""
    _association(TargetSide(max_pdu_bytes=_MAX_PDU_BYTES), data)


def _association(side: Association, data: bytes) -> None:
    """Require events and an end, or a RemoteProtocolError that is one; the first octets are state and size of reads."""
    head, data = data[:2].ljust(2, b"\0"), data[2:]
    side.state = _STATES[head[0] % len(_STATES)]
    for chunk in (*_chunks(data, head[1]), b""):
        side.receive_data(chunk)
        try:
            while not isinstance(side.next_event(), Signal):
                pass
        except RemoteProtocolError as error:
            assert str(error)
            assert side.state is State.CLOSED
            break
    assert side.next_event() in set(Signal) - {NEED_DATA}


@functools.cache
def _catalogs() -> dict[str, Catalog]:
    loaded = read_records_xml(collection(OPAC_XML, *RECORDS[1:]))
    assert isinstance(loaded, list)
    return {"Default": Catalog(loaded)}


def session(data: bytes) -> None:
    """Require whole APDUs of the embedded target, and an end.

    The first octet sizes the reads; its high bit omits Init.
    """
    first, data = (data[0] if data else 0), data[1:]
    served = TargetSession(_catalogs())
    opening = [] if first & 0x80 else [encode_apdu(INIT)]
    for chunk in (*opening, *_chunks(data, first & 0x7F), b""):
        served.receive_data(chunk)
        while (answered := served.next_answer()) is not None:
            decode_apdu(answered)
    assert served.finished
