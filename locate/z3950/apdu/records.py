"""Records and diagnostics, as Search and Present return them.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import EXTERNAL, External
from locate.z3950.schema import (
    INTEGER,
    OBJECT_IDENTIFIER,
    STRING,
    VISIBLE_STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Sequence,
    SequenceOf,
    Variant,
)

__all__ = [
    "DEFAULT_DIAG_FORMAT",
    "DIAG_REC",
    "ELEMENT_SET_NAMES",
    "NAME_PLUS_RECORD",
    "RECORDS",
    "DefaultDiagFormat",
    "NamePlusRecord",
]


# DefaultDiagFormat ::= SEQUENCE { diagnosticSetId OBJECT IDENTIFIER, condition INTEGER,
#   addinfo CHOICE { v2Addinfo VisibleString, v3Addinfo InternationalString } }
@dataclass(frozen=True, slots=True)
class DefaultDiagFormat:
    """A diagnostic: set (dotted OID), ``condition`` number, ``addinfo`` as (form, text), form v2 or v3.

    Some targets leave addinfo out, which the standard does not allow; it is read as empty.
    """

    diagnostic_set_id: str
    condition: int
    addinfo: tuple[str, str] = ("v2", "")


# NamePlusRecord ::= SEQUENCE { name [0] IMPLICIT DatabaseName OPTIONAL, record [1] CHOICE {
#   retrievalRecord [1] EXTERNAL, surrogateDiagnostic [2] DiagRec, … fragments under level 2 segmentation } }
# DiagRec ::= CHOICE { defaultFormat DefaultDiagFormat, externallyDefined EXTERNAL }
@dataclass(frozen=True, slots=True)
class NamePlusRecord:
    """One entry of a record list: ``record`` is ("retrieval", External) or ("surrogate", diagnostic), a diagnostic
    being a DefaultDiagFormat or an External; ``name`` the database.
    """

    record: tuple[str, Any]
    name: str | None = None


DEFAULT_DIAG_FORMAT = Sequence(
    DefaultDiagFormat,
    Field("diagnostic_set_id", OBJECT_IDENTIFIER),
    Field("condition", INTEGER),
    Field("addinfo", Choice(v2=VISIBLE_STRING, v3=STRING)),
)
DIAG_REC = Variant((DefaultDiagFormat, DEFAULT_DIAG_FORMAT), (External, EXTERNAL))
NAME_PLUS_RECORD = Sequence(
    NamePlusRecord,
    Field("name", Implicit(0, STRING)),
    Field("record", Explicit(1, Choice(retrieval=Explicit(1, EXTERNAL), surrogate=Explicit(2, DIAG_REC)))),
)
# Records ::= CHOICE { responseRecords [28] IMPLICIT SEQUENCE OF NamePlusRecord, nonSurrogateDiagnostic [130] IMPLICIT
#   DefaultDiagFormat, multipleNonSurDiagnostics [205] IMPLICIT SEQUENCE OF DiagRec }
RECORDS = Choice(
    response=Implicit(28, SequenceOf(NAME_PLUS_RECORD)),
    diagnostic=Implicit(130, DEFAULT_DIAG_FORMAT),
    diagnostics=Implicit(205, SequenceOf(DIAG_REC)),
)
# ElementSetNames ::= CHOICE { genericElementSetName [0] IMPLICIT InternationalString, databaseSpecific [1] … }
ELEMENT_SET_NAMES = Choice(generic=Implicit(0, STRING))
