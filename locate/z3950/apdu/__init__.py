"""The APDUs: one frozen dataclass each, with its ASN.1 above the schema that reads and writes it.

Field names are the standard's in snake_case; a field with a default is OPTIONAL there. Text is str (see
`locate.z3950.schema`), terms and reference identifiers are bytes. Decides nothing. Raises BerDecodeError and
PduTooLarge from ``decode_apdu``, UnexpectedApdu for an APDU that this package does not know.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from locate.errors import UnexpectedApdu
from locate.z3950.apdu.access import (
    ACCESS_CONTROL_REQUEST,
    ACCESS_CONTROL_RESPONSE,
    AccessControlRequest,
    AccessControlResponse,
)
from locate.z3950.apdu.close import CLOSE, Close, CloseReason
from locate.z3950.apdu.delete import (
    DELETE_REQUEST,
    DELETE_RESPONSE,
    DeleteFunction,
    DeleteResultSetRequest,
    DeleteResultSetResponse,
    DeleteSetStatus,
    ListStatus,
)
from locate.z3950.apdu.external import External, InfoCategory, OtherInformationUnit
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
    SEGMENT,
    CompSpec,
    DatabaseSpecification,
    PresentRequest,
    PresentResponse,
    PresentStatus,
    Range,
    Segment,
    Specification,
)
from locate.z3950.apdu.records import DatabaseElementSet, DefaultDiagFormat, NamePlusRecord
from locate.z3950.apdu.resource import (
    RESOURCE_CONTROL_REQUEST,
    RESOURCE_CONTROL_RESPONSE,
    RESOURCE_REPORT_REQUEST,
    RESOURCE_REPORT_RESPONSE,
    TRIGGER_RESOURCE_CONTROL_REQUEST,
    ResourceControlRequest,
    ResourceControlResponse,
    ResourceReportRequest,
    ResourceReportResponse,
    TriggerResourceControlRequest,
)
from locate.z3950.apdu.rpn import (
    AttributeElement,
    AttributesPlusTerm,
    ComplexAttributeValue,
    IntUnit,
    ProximityOperator,
    ResultSetPlusAttributes,
    RpnQuery,
    RpnRpnOp,
    Unit,
)
from locate.z3950.apdu.scan import (
    SCAN_REQUEST,
    SCAN_RESPONSE,
    ByDatabase,
    ListEntries,
    OccurrenceByAttributes,
    ScanRequest,
    ScanResponse,
    ScanStatus,
    TermInfo,
)
from locate.z3950.apdu.search import SEARCH_REQUEST, SEARCH_RESPONSE, SearchRequest, SearchResponse
from locate.z3950.apdu.sort import (
    SORT_REQUEST,
    SORT_RESPONSE,
    DatabaseSort,
    SortAttributes,
    SortKeySpec,
    SortRelation,
    SortRequest,
    SortResponse,
    SortStatus,
)
from locate.z3950.ber import read_header
from locate.z3950.schema import Implicit, Variant, compile_type

__all__ = [
    "AccessControlRequest",
    "AccessControlResponse",
    "Apdu",
    "AttributeElement",
    "AttributesPlusTerm",
    "ByDatabase",
    "Close",
    "CloseReason",
    "CompSpec",
    "ComplexAttributeValue",
    "DatabaseElementSet",
    "DatabaseSort",
    "DatabaseSpecification",
    "DefaultDiagFormat",
    "DeleteFunction",
    "DeleteResultSetRequest",
    "DeleteResultSetResponse",
    "DeleteSetStatus",
    "External",
    "IdPass",
    "InfoCategory",
    "InitializeRequest",
    "InitializeResponse",
    "IntUnit",
    "ListEntries",
    "ListStatus",
    "NamePlusRecord",
    "OccurrenceByAttributes",
    "OtherInformationUnit",
    "PresentRequest",
    "PresentResponse",
    "PresentStatus",
    "ProximityOperator",
    "Range",
    "ResourceControlRequest",
    "ResourceControlResponse",
    "ResourceReportRequest",
    "ResourceReportResponse",
    "ResultSetPlusAttributes",
    "RpnQuery",
    "RpnRpnOp",
    "ScanRequest",
    "ScanResponse",
    "ScanStatus",
    "SearchRequest",
    "SearchResponse",
    "Segment",
    "SortAttributes",
    "SortKeySpec",
    "SortRelation",
    "SortRequest",
    "SortResponse",
    "SortStatus",
    "Specification",
    "TermInfo",
    "TriggerResourceControlRequest",
    "Unit",
    "decode_apdu",
    "encode_apdu",
]

Apdu = (
    InitializeRequest
    | InitializeResponse
    | SearchRequest
    | SearchResponse
    | PresentRequest
    | PresentResponse
    | DeleteResultSetRequest
    | DeleteResultSetResponse
    | AccessControlRequest
    | AccessControlResponse
    | ResourceControlRequest
    | ResourceControlResponse
    | TriggerResourceControlRequest
    | ResourceReportRequest
    | ResourceReportResponse
    | ScanRequest
    | ScanResponse
    | SortRequest
    | SortResponse
    | Segment
    | Close
)

_CODEC = compile_type(
    Variant(
        (InitializeRequest, Implicit(20, INITIALIZE_REQUEST)),
        (InitializeResponse, Implicit(21, INITIALIZE_RESPONSE)),
        (SearchRequest, Implicit(22, SEARCH_REQUEST)),
        (SearchResponse, Implicit(23, SEARCH_RESPONSE)),
        (PresentRequest, Implicit(24, PRESENT_REQUEST)),
        (PresentResponse, Implicit(25, PRESENT_RESPONSE)),
        (DeleteResultSetRequest, Implicit(26, DELETE_REQUEST)),
        (DeleteResultSetResponse, Implicit(27, DELETE_RESPONSE)),
        (AccessControlRequest, Implicit(28, ACCESS_CONTROL_REQUEST)),
        (AccessControlResponse, Implicit(29, ACCESS_CONTROL_RESPONSE)),
        (ResourceControlRequest, Implicit(30, RESOURCE_CONTROL_REQUEST)),
        (ResourceControlResponse, Implicit(31, RESOURCE_CONTROL_RESPONSE)),
        (TriggerResourceControlRequest, Implicit(32, TRIGGER_RESOURCE_CONTROL_REQUEST)),
        (ResourceReportRequest, Implicit(33, RESOURCE_REPORT_REQUEST)),
        (ResourceReportResponse, Implicit(34, RESOURCE_REPORT_RESPONSE)),
        (ScanRequest, Implicit(35, SCAN_REQUEST)),
        (ScanResponse, Implicit(36, SCAN_RESPONSE)),
        (SortRequest, Implicit(43, SORT_REQUEST)),
        (SortResponse, Implicit(44, SORT_RESPONSE)),
        (Segment, Implicit(45, SEGMENT)),
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
