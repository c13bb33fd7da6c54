"""Records and diagnostics, as Search and Present return them.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import DATABASE_NAME, EXTERNAL, External
from locate.z3950.schema import (
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
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
    "ELEMENT_SET_NAME",
    "ELEMENT_SET_NAMES",
    "NAME_PLUS_RECORD",
    "RECORDS",
    "DatabaseElementSet",
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
#   retrievalRecord [1] EXTERNAL, surrogateDiagnostic [2] DiagRec, startingFragment [3], intermediateFragment [4],
#   finalFragment [5] FragmentSyntax } }
# FragmentSyntax ::= CHOICE { externallyTagged EXTERNAL, notExternallyTagged OCTET STRING }
# DiagRec ::= CHOICE { defaultFormat DefaultDiagFormat, externallyDefined EXTERNAL }
@dataclass(frozen=True, slots=True)
class NamePlusRecord:
    """One entry of a record list, ``name`` being the database. ``record`` is ("retrieval", External), ("surrogate",
    diagnostic) with a DefaultDiagFormat or an External; or, under level 2 segmentation, ("starting", fragment),
    ("intermediate", fragment) or ("final", fragment), a fragment being ("external", External) or ("octets", bytes).
    """

    record: tuple[str, Any]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DatabaseElementSet:
    """The element set name for the records of one database."""

    db_name: str
    esn: str


DEFAULT_DIAG_FORMAT = Sequence(
    DefaultDiagFormat,
    Field("diagnostic_set_id", OBJECT_IDENTIFIER),
    Field("condition", INTEGER),
    Field("addinfo", Choice(v2=VISIBLE_STRING, v3=STRING)),
)
DIAG_REC = Variant((DefaultDiagFormat, DEFAULT_DIAG_FORMAT), (External, EXTERNAL))
_FRAGMENT = Choice(external=EXTERNAL, octets=OCTET_STRING)
NAME_PLUS_RECORD = Sequence(
    NamePlusRecord,
    Field("name", Implicit(0, STRING)),
    Field(
        "record",
        Explicit(
            1,
            Choice(
                retrieval=Explicit(1, EXTERNAL),
                surrogate=Explicit(2, DIAG_REC),
                starting=Explicit(3, _FRAGMENT),
                intermediate=Explicit(4, _FRAGMENT),
                final=Explicit(5, _FRAGMENT),
            ),
        ),
    ),
)
# Records ::= CHOICE { responseRecords [28] IMPLICIT SEQUENCE OF NamePlusRecord, nonSurrogateDiagnostic [130] IMPLICIT
#   DefaultDiagFormat, multipleNonSurDiagnostics [205] IMPLICIT SEQUENCE OF DiagRec }
RECORDS = Choice(
    response=Implicit(28, SequenceOf(NAME_PLUS_RECORD)),
    diagnostic=Implicit(130, DEFAULT_DIAG_FORMAT),
    diagnostics=Implicit(205, SequenceOf(DIAG_REC)),
)
# ElementSetNames ::= CHOICE { genericElementSetName [0] IMPLICIT InternationalString, databaseSpecific [1] IMPLICIT
#   SEQUENCE OF SEQUENCE { dbName DatabaseName, esn ElementSetName } }
# ElementSetName ::= [103] IMPLICIT InternationalString
ELEMENT_SET_NAME = Implicit(103, STRING)
ELEMENT_SET_NAMES = Choice(
    generic=Implicit(0, STRING),
    database_specific=Implicit(
        1,
        SequenceOf(
            Sequence(DatabaseElementSet, Field("db_name", DATABASE_NAME), Field("esn", ELEMENT_SET_NAME)),
        ),
    ),
)
