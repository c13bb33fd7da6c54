"""The diagnostic format diag-1: a diagnostic with a structure of its own for each kind of fault.

Decides nothing: what a diagnostic means in Bib-1 is said in `locate.z3950.diag1_meaning`. Pure. ``decode_diag1`` raises
BerDecodeError and PduTooLarge.

Source: Z39.50-2003 Appendix ERR.2, module DiagnosticFormatDiag1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu import AttributeElement
from locate.z3950.apdu.present import SPECIFICATION, Specification
from locate.z3950.apdu.records import DEFAULT_DIAG_FORMAT
from locate.z3950.apdu.rpn import ATTRIBUTE_LIST, TERM
from locate.z3950.schema import (
    ANY,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Sequence,
    SequenceOf,
    compile_type,
)

__all__ = [
    "AttributeProblem",
    "BadSpec",
    "Combination",
    "DatabaseUnavailable",
    "Diagnostic",
    "RecordSyntax",
    "TermProblem",
    "TooMany",
    "Unavailable",
    "decode_diag1",
    "encode_diag1",
]


# DiagnosticFormat ::= SEQUENCE OF SEQUENCE { diagnostic [1] CHOICE { defaultDiagRec [1] IMPLICIT DefaultDiagFormat,
#   explicitDiagnostic [2] DiagFormat } OPTIONAL, message [2] IMPLICIT InternationalString OPTIONAL }
@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One diagnostic: ("default", DefaultDiagFormat), or ("explicit", (arm, value)) as below; and words."""

    diagnostic: tuple[str, Any] | None = None
    message: str | None = None


# tooMany [1000] IMPLICIT SEQUENCE { tooManyWhat [1] IMPLICIT INTEGER, max [2] IMPLICIT INTEGER OPTIONAL }
@dataclass(frozen=True, slots=True)
class TooMany:
    """Too many of what ``what`` numbers (1 argument words … 9 index terms); ``max`` is what the target allows."""

    what: int
    max: int | None = None


# badSpec [1001] IMPLICIT SEQUENCE { spec [1] IMPLICIT Specification, db [2] IMPLICIT DatabaseName OPTIONAL,
#   goodOnes [3] IMPLICIT SEQUENCE OF Specification OPTIONAL }
@dataclass(frozen=True, slots=True)
class BadSpec:
    """An element set name or specification not supported, at all or for ``db``; ``good_ones`` are."""

    spec: Specification
    db: str | None = None
    good_ones: tuple[Specification, ...] = ()


# dbUnavail [1002] IMPLICIT SEQUENCE { db [1] IMPLICIT DatabaseName, why [2] IMPLICIT SEQUENCE {
#   reasonCode [1] IMPLICIT INTEGER OPTIONAL, message [2] IMPLICIT InternationalString OPTIONAL } }
@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why a database cannot be had: 0 does not exist, 1 exists, 2 locked, 3 access denied."""

    reason_code: int | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class DatabaseUnavailable:
    """A database that cannot be had."""

    db: str
    why: Unavailable


# attribute [1004] IMPLICIT SEQUENCE { id [1] IMPLICIT OBJECT IDENTIFIER, type [2] IMPLICIT INTEGER OPTIONAL,
#   value [3] IMPLICIT INTEGER OPTIONAL, term [4] Term OPTIONAL }
@dataclass(frozen=True, slots=True)
class AttributeProblem:
    """What is not supported is the last that is given of attribute set ``id``, type, value and term."""

    id: str
    type: int | None = None
    value: int | None = None
    term: tuple[str, Any] | None = None


# attCombo [1005] IMPLICIT SEQUENCE { unsupportedCombination [1] IMPLICIT AttributeList,
#   recommendedAlternatives [2] IMPLICIT SEQUENCE OF AttributeList OPTIONAL }
@dataclass(frozen=True, slots=True)
class Combination:
    """Attributes not supported together, and lists that are."""

    unsupported: tuple[AttributeElement, ...]
    alternatives: tuple[tuple[AttributeElement, ...], ...] = ()


# term [1006] IMPLICIT SEQUENCE { problem [1] IMPLICIT INTEGER OPTIONAL, term [2] Term }
@dataclass(frozen=True, slots=True)
class TermProblem:
    """A term with a fault: 1 coded value, 2 cannot be parsed, 3 too short, 4 its type."""

    term: tuple[str, Any]
    problem: int | None = None


# recordSyntax [1013] IMPLICIT SEQUENCE { unsupportedSyntax [1] IMPLICIT OBJECT IDENTIFIER,
#   suggestedAlternatives [2] IMPLICIT SEQUENCE OF OBJECT IDENTIFIER OPTIONAL }
@dataclass(frozen=True, slots=True)
class RecordSyntax:
    """A record that cannot be transferred in a syntax (dotted OID), and those in which it can."""

    unsupported: str
    alternatives: tuple[str, ...] = ()


_COMBINATION = Sequence(
    Combination,
    Field("unsupported", Implicit(1, ATTRIBUTE_LIST)),
    Field("alternatives", Implicit(2, SequenceOf(ATTRIBUTE_LIST))),
)
_EXPLICIT = Choice(
    too_many=Implicit(1000, Sequence(TooMany, Field("what", Implicit(1, INTEGER)), Field("max", Implicit(2, INTEGER)))),
    bad_spec=Implicit(
        1001,
        Sequence(
            BadSpec,
            Field("spec", Implicit(1, SPECIFICATION)),
            Field("db", Implicit(2, STRING)),
            Field("good_ones", Implicit(3, SequenceOf(SPECIFICATION))),
        ),
    ),
    db_unavail=Implicit(
        1002,
        Sequence(
            DatabaseUnavailable,
            Field("db", Implicit(1, STRING)),
            Field(
                "why",
                Implicit(
                    2,
                    Sequence(
                        Unavailable,
                        Field("reason_code", Implicit(1, INTEGER)),
                        Field("message", Implicit(2, STRING)),
                    ),
                ),
            ),
        ),
    ),
    un_sup_op=Implicit(1003, INTEGER),
    attribute=Implicit(
        1004,
        Sequence(
            AttributeProblem,
            Field("id", Implicit(1, OBJECT_IDENTIFIER)),
            Field("type", Implicit(2, INTEGER)),
            Field("value", Implicit(3, INTEGER)),
            Field("term", Explicit(4, TERM)),
        ),
    ),
    att_combo=Implicit(1005, _COMBINATION),
    term=Implicit(
        1006, Sequence(TermProblem, Field("problem", Implicit(1, INTEGER)), Field("term", Explicit(2, TERM)))
    ),
    # proximity [1007] CHOICE { resultSets [1], badSet [2], relation [3], unit [4], distance [5], attributes [6],
    #   ordered [7], exclusion [8] }
    proximity=Explicit(
        1007,
        Choice(
            result_sets=Implicit(1, NULL),
            bad_set=Implicit(2, STRING),
            relation=Implicit(3, INTEGER),
            unit=Implicit(4, INTEGER),
            distance=Implicit(5, INTEGER),
            attributes=Explicit(6, ATTRIBUTE_LIST),
            ordered=Implicit(7, NULL),
            exclusion=Implicit(8, NULL),
        ),
    ),
    # scan [1008] CHOICE { nonZeroStepSize [0], specifiedStepSize [1], termList1 [3], termList2 [4], posInResponse [5],
    #   resources [6], endOfList [7] }
    scan=Explicit(
        1008,
        Choice(
            non_zero_step_size=Implicit(0, NULL),
            specified_step_size=Implicit(1, NULL),
            term_list_1=Implicit(3, NULL),
            term_list_2=Implicit(4, SequenceOf(ATTRIBUTE_LIST)),
            pos_in_response=Implicit(5, INTEGER),
            resources=Implicit(6, NULL),
            end_of_list=Implicit(7, NULL),
        ),
    ),
    # sort [1009] CHOICE { sequence [0], noRsName [1], tooMany [2], incompatible [3], generic [4], dbSpecific [5],
    #   sortElement [6], key [7], action [8], illegal [9], inputTooLarge [10], aggregateTooLarge [11] }
    sort=Explicit(
        1009,
        Choice(
            sequence=Implicit(0, NULL),
            no_rs_name=Implicit(1, NULL),
            too_many=Implicit(2, INTEGER),
            incompatible=Implicit(3, NULL),
            generic=Implicit(4, NULL),
            db_specific=Implicit(5, NULL),
            sort_element=Explicit(6, ANY),
            key=Implicit(7, INTEGER),
            action=Implicit(8, NULL),
            illegal=Implicit(9, INTEGER),
            input_too_large=Implicit(10, SequenceOf(STRING)),
            aggregate_too_large=Implicit(11, NULL),
        ),
    ),
    segmentation=Explicit(1010, Choice(segment_count=Implicit(0, NULL), segment_size=Implicit(1, INTEGER))),
    ext_services=Explicit(
        1011, Choice(req=Implicit(1, INTEGER), permission=Implicit(2, INTEGER), immediate=Implicit(3, INTEGER))
    ),
    # accessCtrl [1012] CHOICE { noUser [1], refused [2], simple [3], oid [4], alternative [5], pwdInv [6], pwdExp [7] }
    access_ctrl=Explicit(
        1012,
        Choice(
            no_user=Implicit(1, NULL),
            refused=Implicit(2, NULL),
            simple=Implicit(3, NULL),
            oid=Implicit(4, SequenceOf(OBJECT_IDENTIFIER)),
            alternative=Implicit(5, SequenceOf(OBJECT_IDENTIFIER)),
            pwd_inv=Implicit(6, NULL),
            pwd_exp=Implicit(7, NULL),
        ),
    ),
    record_syntax=Implicit(
        1013,
        Sequence(
            RecordSyntax,
            Field("unsupported", Implicit(1, OBJECT_IDENTIFIER)),
            Field("alternatives", Implicit(2, SequenceOf(OBJECT_IDENTIFIER))),
        ),
    ),
)
_CODEC = compile_type(
    SequenceOf(
        Sequence(
            Diagnostic,
            Field(
                "diagnostic",
                Explicit(1, Choice(default=Implicit(1, DEFAULT_DIAG_FORMAT), explicit=Explicit(2, _EXPLICIT))),
            ),
            Field("message", Implicit(2, STRING)),
        )
    )
)


def decode_diag1(content: bytes) -> tuple[Diagnostic, ...]:
    """Decode a DiagnosticFormat, the whole BER value. Raises BerDecodeError or PduTooLarge."""
    found: tuple[Diagnostic, ...] = _CODEC.decode(content)
    return found


def encode_diag1(diagnostics: tuple[Diagnostic, ...]) -> bytes:
    """Encode a DiagnosticFormat."""
    return _CODEC.encode(diagnostics)
