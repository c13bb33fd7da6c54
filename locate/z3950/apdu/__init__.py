"""The APDUs: one frozen dataclass each, with its ASN.1 above the schema that reads and writes it.

Field names are the standard's in snake_case; a field with a default is OPTIONAL there. Text is str (see
`locate.z3950.schema`), terms and reference identifiers are bytes. Decides nothing. Raises BerDecodeError and
PduTooLarge from ``decode_apdu``. An APDU of a type that is not the standard's is a value, `UnknownApdu`.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from locate.errors import BerDecodeError, UnexpectedApdu
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
from locate.z3950.apdu.duplicates import (
    DUPLICATE_DETECTION_REQUEST,
    DUPLICATE_DETECTION_RESPONSE,
    DuplicateDetectionRequest,
    DuplicateDetectionResponse,
)
from locate.z3950.apdu.extended import (
    EXTENDED_SERVICES_REQUEST,
    EXTENDED_SERVICES_RESPONSE,
    ExtendedServicesRequest,
    ExtendedServicesResponse,
    Permission,
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
    ProximityOperator,
    ResultSetPlusAttributes,
    RpnQuery,
    RpnRpnOp,
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
from locate.z3950.apdu.units import IntUnit, Unit
from locate.z3950.apdu.unknown import UnknownApdu
from locate.z3950.ber import CONSTRUCTED, CONTEXT, read_header, skip_value
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
    "DuplicateDetectionRequest",
    "DuplicateDetectionResponse",
    "ExtendedServicesRequest",
    "ExtendedServicesResponse",
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
    "Permission",
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
    "UnknownApdu",
    "decode_apdu",
    "decode_apdu_prefix",
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
    | ExtendedServicesRequest
    | ExtendedServicesResponse
    | Close
    | DuplicateDetectionRequest
    | DuplicateDetectionResponse
    | UnknownApdu
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
        (ExtendedServicesRequest, Implicit(46, EXTENDED_SERVICES_REQUEST)),
        (ExtendedServicesResponse, Implicit(47, EXTENDED_SERVICES_RESPONSE)),
        (Close, Implicit(48, CLOSE)),
        (DuplicateDetectionRequest, Implicit(49, DUPLICATE_DETECTION_REQUEST)),
        (DuplicateDetectionResponse, Implicit(50, DUPLICATE_DETECTION_RESPONSE)),
    )
)


def decode_apdu(pdu: bytes) -> Apdu:
    """Decode one framed PDU; a type that is not known gives an UnknownApdu.

    Raises BerDecodeError and PduTooLarge, and UnexpectedApdu for a value that no type of APDU can be: one that is not
    context-tagged and constructed.
    """
    apdu, end = decode_apdu_prefix(pdu)
    if end != len(pdu):
        raise BerDecodeError(f"{len(pdu) - end} bytes left over", offset=end)
    return apdu


def decode_apdu_prefix(data: bytes) -> tuple[Apdu, int]:
    """Decode the APDU at the start of ``data``; return it and the offset just behind it.

    Raises as ``decode_apdu``, also when ``data`` does not hold the whole of it.
    """
    try:
        identifier, _, _ = read_header(data, 0)
        if identifier in _CODEC.identifiers:
            return _CODEC.decode_prefix(data)
        if data[0] & 0xE0 != CONTEXT | CONSTRUCTED:
            raise UnexpectedApdu(f"a value of type 0x{identifier:x}, which is no APDU")
        end = skip_value(data, 0, len(data))
    except IndexError:
        raise BerDecodeError("the value ends early", offset=len(data)) from None
    return UnknownApdu(identifier, data[:end]), end


def encode_apdu(apdu: Apdu) -> bytes:
    """Encode one APDU with definite lengths; an UnknownApdu as it came."""
    return apdu.pdu if isinstance(apdu, UnknownApdu) else _CODEC.encode(apdu)
