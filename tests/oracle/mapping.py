"""Write this project's values as the values that asn1tools takes and gives, led by the ASN.1 it judges by.

Names are the standard's, mostly the snake_case ones in camelCase; the exceptions stand in two tables. It looks at no
schema of the code under test.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from locate.z3950.apdu import Apdu
from locate.z3950.charset_negotiation import Iso2022Proposal
from locate.z3950.grs1 import GenericRecord
from locate.z3950.opac import MarcHoldings, OpacRecord
from tests.oracle.specifications import Specification

__all__ = ["Mapping"]

# The attribute of an ASN.1 name that is not its snake_case form.
_ATTRIBUTES = {
    "attributeType": "type",
    "attributeValue": "value",
    "availablityDate": "availability_date",
    "circulationData": "circulation",
    "class": "variant_class",
    "list": "values",
    "prefResourceReportFormat": "preferred_resource_report_format",
    "proposedCharSets": "charsets",
    "proposedEnvironment": "environment",
    "proposedInitialSets": "initial_sets",
    "proposedLeftAndRight": "left_and_right",
    "proposedSets": "sets",
    "proposedlanguages": "languages",
    "proximityUnitCode": "unit",
    "recordsInSelectedCharSets": "records_in_selected",
    "rpn1": "left",
    "rpn2": "right",
    "selectedCharSets": "charset",
    "selectedEnvironment": "environment",
    "selectedLanguage": "language",
    "selectedLeftAndRight": "left_and_right",
    "selectedSets": "sets",
    "selectedinitialSet": "initial_set",
    "type": "variant_type",
    "userInformationField": "user_information",
}
# The alternative of an ASN.1 name that is not its snake_case form.
_ARMS = {
    "and-not": "not",
    "arbitrary": "bits",
    "binaryInfo": "binary",
    "characterInfo": "text",
    "datbaseSpecific": "database_specific",
    "externalEspec": "external",
    "externallyDefined": "external",
    "externallyDefinedInfo": "external",
    "externallySpecified": "external",
    "externallyTagged": "external",
    "finalFragment": "final",
    "genericElementSetName": "generic",
    "intermediateFragment": "intermediate",
    "internationalString": "string",
    "leastConmprehensive": "least_comprehensive",
    "missingValueData": "data",
    "multipleNonSurDiagnostics": "diagnostics",
    "nonSurrogateDiagnostic": "diagnostic",
    "notExternallyTagged": "octets",
    "numeric": "number",
    "objectIdentifier": "oid",
    "octet-aligned": "octets",
    "octetString": "octets",
    "previouslyAgreedUpon": "agreed",
    "responseRecords": "response",
    "retrievalRecord": "retrieval",
    "simpleForm": "simple",
    "single-ASN1-type": "single",
    "sortAttributes": "attributes",
    "sortfield": "field",
    "startingFragment": "starting",
    "string": "text",
    "surrogateDiagnostic": "surrogate",
    "termInfo": "term",
    "v2Addinfo": "v2",
    "v3Addinfo": "v3",
}


class Mapping:
    """Values of the types of one specification."""

    def __init__(self, specification: Specification) -> None:
        self._types = specification.types

    def pdu(self, apdu: Apdu) -> Any:
        """Return the value of type PDU."""
        return self.value("PDU", apdu)

    def opac(self, record: OpacRecord) -> Any:
        """Return the value of type OPACRecord."""
        out: dict[str, Any] = {}
        if record.bibliographic is not None:
            out["bibliographicRecord"] = _octets(record.syntax, record.bibliographic)
        if record.holdings:
            out["holdingsData"] = [
                ("marcHoldingsRecord", _octets(holding.syntax, holding.data))
                if isinstance(holding, MarcHoldings)
                else ("holdingsAndCirc", self.value("HoldingsAndCircData", holding))
                for holding in record.holdings
            ]
        return out

    def grs1(self, record: GenericRecord) -> Any:
        """Return the value of type GenericRecord."""
        return self.value("GenericRecord", record.elements)

    def value(self, name: str, found: Any) -> Any:
        """Return ``found`` as the value of the type ``name``."""
        return self._of({"type": name}, found)

    def _of(self, kind: dict[str, Any], found: Any) -> Any:
        while kind["type"] in self._types:
            kind = self._types[kind["type"]]
        name = kind["type"]
        if name in {"SEQUENCE", "SET"}:
            return self._sequence(kind["members"], found)
        if name == "SEQUENCE OF":
            return [self._of(kind["element"], each) for each in found]
        if name == "CHOICE":
            return self._choice(kind["members"], found)
        if name == "BIT STRING":
            return _bits(found)
        return found.encode() if name == "OCTET STRING" and isinstance(found, str) else found

    def _sequence(self, members: list[dict[str, Any]], found: Any) -> dict[str, Any]:
        """Return a dataclass as a dict; optional members that are empty are absent."""
        attributes = {field.name for field in dataclasses.fields(found)}
        out: dict[str, Any] = {}
        for member in members:
            snake = _snake(member["name"])
            value = getattr(found, snake if snake in attributes else _ATTRIBUTES[member["name"]])
            if not (member.get("optional") and value in (None, ())):
                out[member["name"]] = self._of(member, value)
        return out

    def _choice(self, members: list[dict[str, Any]], found: Any) -> tuple[str, Any]:
        if not isinstance(found, tuple):
            member = next(member for member in members if _is_of(found, member))
            return member["name"], self._of(member, found)
        arm, value = found
        member = next(member for member in members if arm in {_snake(member["name"]), _ARMS.get(member["name"])})
        return member["name"], self._of(member, value)


def _is_of(found: Any, member: dict[str, Any]) -> bool:
    """Say whether an alternative that has no name in Python is the one of this value's class."""
    if member["type"] == "SEQUENCE":  # Iso2022
        return bool(isinstance(found, Iso2022Proposal) == (member["name"] == "originProposal"))
    return bool(member["type"] == type(found).__name__)


def _octets(syntax: str, data: bytes) -> dict[str, Any]:
    return {"direct-reference": syntax, "encoding": ("octet-aligned", data)}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").lower()


def _bits(found: frozenset[int] | bytes) -> tuple[bytes, int]:
    """Return named bits, or the content octets of a BIT STRING, as octets and their number of bits."""
    if isinstance(found, bytes):
        return found[1:], 8 * (len(found) - 1) - found[0]
    size = max(found, default=-1) + 1
    number = sum(1 << (size - 1 - bit) for bit in found)
    octets = (size + 7) // 8
    return (number << (octets * 8 - size)).to_bytes(octets, "big"), size
