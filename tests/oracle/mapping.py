"""Write this project's APDUs and OPAC records as the values that asn1tools takes and gives.

Walks the dataclasses; names are the standard's, mostly the snake_case ones in camelCase. It looks at no schema of the
code under test.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from locate.z3950.apdu import (
    Apdu,
    Close,
    ComplexAttributeValue,
    DefaultDiagFormat,
    External,
    InitializeRequest,
    InitializeResponse,
    OtherInformationUnit,
    PresentRequest,
    PresentResponse,
    SearchRequest,
    SearchResponse,
)
from locate.z3950.opac import MarcHoldings, OpacRecord

__all__ = ["opac_value", "pdu_value"]

_PDUS = {
    InitializeRequest: "initRequest",
    InitializeResponse: "initResponse",
    SearchRequest: "searchRequest",
    SearchResponse: "searchResponse",
    PresentRequest: "presentRequest",
    PresentResponse: "presentResponse",
    Close: "close",
}
# Attributes that are not their camelCase name in the standard.
_NAMES = {
    "direct_reference": "direct-reference",
    "indirect_reference": "indirect-reference",
    "user_information": "userInformationField",
    "type": "attributeType",
    "value": "attributeValue",
    "values": "list",
    "left": "rpn1",
    "right": "rpn2",
    "unit": "proximityUnitCode",
    "availability_date": "availablityDate",
    "circulation": "circulationData",
}
_ARMS = {
    "not": "and-not",
    "generic": "genericElementSetName",
    "v2": "v2Addinfo",
    "v3": "v3Addinfo",
    "response": "responseRecords",
    "diagnostic": "nonSurrogateDiagnostic",
    "diagnostics": "multipleNonSurDiagnostics",
    "retrieval": "retrievalRecord",
    "surrogate": "surrogateDiagnostic",
    "octets": "octet-aligned",
    "bits": "arbitrary",
}
_OTHER_INFO_ARMS = {"text": "characterInfo", "binary": "binaryInfo", "external": "externallyDefinedInfo", "oid": "oid"}
_STRING_OR_NUMERIC_ARMS = {"text": "string", "number": "numeric"}
# Text stays str only where the type is OBJECT IDENTIFIER or VisibleString.
_STR_FIELDS = frozenset({"attribute_set", "diagnostic_set_id", "direct_reference", "preferred_record_syntax"})
_LISTS = frozenset({"database_names", "attributes", "other_info", "volumes", "circulation"})
_STR_ARMS = frozenset({"oid", "open", "v2"})


def pdu_value(apdu: Apdu) -> tuple[str, Any]:
    """Return the value of type PDU."""
    return _PDUS[type(apdu)], _sequence(apdu)


def opac_value(record: OpacRecord) -> dict[str, Any]:
    """Return the value of type OPACRecord."""
    out: dict[str, Any] = {}
    if record.bibliographic is not None:
        out["bibliographicRecord"] = _octets(record.syntax, record.bibliographic)
    if record.holdings:
        out["holdingsData"] = [
            ("marcHoldingsRecord", _octets(holding.syntax, holding.data))
            if isinstance(holding, MarcHoldings)
            else ("holdingsAndCirc", _sequence(holding))
            for holding in record.holdings
        ]
    return out


def _octets(syntax: str, data: bytes) -> dict[str, Any]:
    return {"direct-reference": syntax, "encoding": ("octet-aligned", data)}


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.title() for word in tail)


def _sequence(value: Any) -> dict[str, Any]:
    """Return a dataclass as a dict; fields that have a default and are empty are absent."""
    out: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        found = getattr(value, field.name)
        if field.default is not dataclasses.MISSING and (found is None or found == ()):
            continue
        if isinstance(value, PresentRequest) and field.name == "record_composition":
            out["recordComposition"] = (found[0], _choice(found[1], _ARMS))
        elif field.name in _STR_FIELDS:
            out[_name(field.name)] = found
        elif field.name in _LISTS:
            out[_name(field.name)] = [_value(each) for each in found]
        else:
            out[_name(field.name)] = _field(value, found)
    return out


def _name(attribute: str) -> str:
    return _NAMES.get(attribute) or _camel(attribute)


def _field(holder: Any, found: Any) -> Any:
    if isinstance(holder, OtherInformationUnit):
        return _choice(found, _OTHER_INFO_ARMS)
    if isinstance(holder, ComplexAttributeValue):
        return [_choice(pair, _STRING_OR_NUMERIC_ARMS) for pair in found]
    return _value(found)


def _value(found: Any) -> Any:
    if isinstance(found, str):
        return found.encode()
    if isinstance(found, frozenset):
        size = max(found, default=-1) + 1
        number = sum(1 << (size - 1 - bit) for bit in found)
        octets = (size + 7) // 8
        return (number << (octets * 8 - size)).to_bytes(octets, "big"), size
    if dataclasses.is_dataclass(found):
        return _sequence(found)
    return _choice(found, _ARMS) if isinstance(found, tuple) else found


def _choice(pair: tuple[str, Any], arms: dict[str, str]) -> tuple[str, Any]:
    arm, found = pair
    name = arms.get(arm) or (arm.replace("_", "-") if arm.startswith("type_") else _camel(arm))
    if arm in _STR_ARMS:
        return name, found
    if arm == "surrogate":
        return name, _diagnostic(found)
    if arm == "response":
        return name, [_sequence(each) for each in found]
    if arm == "diagnostics":
        return name, [_diagnostic(each) for each in found]
    return name, _value(found)


def _diagnostic(found: DefaultDiagFormat | External) -> tuple[str, Any]:
    return "defaultFormat" if isinstance(found, DefaultDiagFormat) else "externallyDefined", _sequence(found)
