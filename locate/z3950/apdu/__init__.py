"""The APDUs: one frozen dataclass each, with its ASN.1 above the schema that reads and writes it.

Field names are the standard's in snake_case; a field with a default is OPTIONAL there. Text is str (see
`locate.z3950.schema`), terms and reference identifiers are bytes. Decides nothing. Raises BerDecodeError and
PduTooLarge from ``decode_apdu``, UnexpectedApdu for an APDU that this package does not know.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from locate.errors import UnexpectedApdu
from locate.z3950.apdu.close import CLOSE, Close, CloseReason
from locate.z3950.apdu.external import External, OtherInformationUnit
from locate.z3950.apdu.init import (
    INITIALIZE_REQUEST,
    INITIALIZE_RESPONSE,
    IdPass,
    InitializeRequest,
    InitializeResponse,
)
from locate.z3950.apdu.present import (
    PRESENT_REQUEST,
    PRESENT_RESPONSE,
    PresentRequest,
    PresentResponse,
    PresentStatus,
)
from locate.z3950.apdu.records import DefaultDiagFormat, NamePlusRecord
from locate.z3950.apdu.rpn import (
    AttributeElement,
    AttributesPlusTerm,
    ComplexAttributeValue,
    ProximityOperator,
    RpnQuery,
    RpnRpnOp,
)
from locate.z3950.apdu.search import SEARCH_REQUEST, SEARCH_RESPONSE, SearchRequest, SearchResponse
from locate.z3950.ber import read_header
from locate.z3950.schema import Implicit, Variant, compile_type

__all__ = [
    "Apdu",
    "AttributeElement",
    "AttributesPlusTerm",
    "Close",
    "CloseReason",
    "ComplexAttributeValue",
    "DefaultDiagFormat",
    "External",
    "IdPass",
    "InitializeRequest",
    "InitializeResponse",
    "NamePlusRecord",
    "OtherInformationUnit",
    "PresentRequest",
    "PresentResponse",
    "PresentStatus",
    "ProximityOperator",
    "RpnQuery",
    "RpnRpnOp",
    "SearchRequest",
    "SearchResponse",
    "decode_apdu",
    "encode_apdu",
]

Apdu = (
    InitializeRequest | InitializeResponse | SearchRequest | SearchResponse | PresentRequest | PresentResponse | Close
)

_CODEC = compile_type(
    Variant(
        (InitializeRequest, Implicit(20, INITIALIZE_REQUEST)),
        (InitializeResponse, Implicit(21, INITIALIZE_RESPONSE)),
        (SearchRequest, Implicit(22, SEARCH_REQUEST)),
        (SearchResponse, Implicit(23, SEARCH_RESPONSE)),
        (PresentRequest, Implicit(24, PRESENT_REQUEST)),
        (PresentResponse, Implicit(25, PRESENT_RESPONSE)),
        (Close, Implicit(48, CLOSE)),
    )
)


def decode_apdu(pdu: bytes) -> Apdu:
    """Decode one framed PDU. Raises BerDecodeError, PduTooLarge, or UnexpectedApdu for a type not known here."""
    try:
        identifier, _, _ = read_header(pdu, 0)
    except IndexError:
        identifier = 0
    if identifier not in _CODEC.identifiers and identifier:
        raise UnexpectedApdu(f"an APDU of type 0x{identifier:x}, which this side does not use")
    apdu: Apdu = _CODEC.decode(pdu)
    return apdu


def encode_apdu(apdu: Apdu) -> bytes:
    """Encode one APDU with definite lengths."""
    return _CODEC.encode(apdu)
