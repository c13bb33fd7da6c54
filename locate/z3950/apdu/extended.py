"""Extended services: create, change or delete a task package at the target.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.apdu.external import EXTERNAL, OTHER_INFO, REFERENCE_ID, External, OtherInformationUnit
from locate.z3950.apdu.records import DIAG_REC, ELEMENT_SET_NAME
from locate.z3950.apdu.units import INT_UNIT, IntUnit
from locate.z3950.schema import INTEGER, OBJECT_IDENTIFIER, STRING, Field, Implicit, Sequence, SequenceOf

__all__ = [
    "EXTENDED_SERVICES_REQUEST",
    "EXTENDED_SERVICES_RESPONSE",
    "ExtendedServicesRequest",
    "ExtendedServicesResponse",
    "Permission",
]


# Permissions ::= SEQUENCE OF SEQUENCE { userId [1] IMPLICIT InternationalString OPTIONAL,
#   allowableFunctions [2] IMPLICIT SEQUENCE OF INTEGER }
@dataclass(frozen=True, slots=True)
class Permission:
    """What ``user_id`` may do with a task package: 1 delete it, 2 modify its contents, 3 modify its permissions, 4
    present it, 5 invoke it.
    """

    allowable_functions: tuple[int, ...]
    user_id: str | None = None


# ExtendedServicesRequest ::= SEQUENCE { referenceId OPTIONAL, function [3] IMPLICIT INTEGER, packageType [4] IMPLICIT
#   OBJECT IDENTIFIER, packageName [5], userId [6] IMPLICIT InternationalString OPTIONAL, retentionTime [7] IMPLICIT
#   IntUnit OPTIONAL, permissions [8] IMPLICIT Permissions OPTIONAL, description [9] IMPLICIT InternationalString
#   OPTIONAL, taskSpecificParameters [10] IMPLICIT EXTERNAL OPTIONAL, waitAction [11] IMPLICIT INTEGER,
#   elements ElementSetName OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class ExtendedServicesRequest:
    """Create (``function`` 1), delete (2) or modify (3) a task package; ``package_type`` is the service's dotted OID.

    ``wait_action``: 1 wait for the task, 2 wait if possible, 3 do not wait, 4 do not return the package.
    """

    function: int
    package_type: str
    wait_action: int
    package_name: str | None = None
    user_id: str | None = None
    retention_time: IntUnit | None = None
    permissions: tuple[Permission, ...] = ()
    description: str | None = None
    task_specific_parameters: External | None = None
    elements: str | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# ExtendedServicesResponse ::= SEQUENCE { referenceId OPTIONAL, operationStatus [3] IMPLICIT INTEGER, diagnostics [4]
#   IMPLICIT SEQUENCE OF DiagRec OPTIONAL, taskPackage [5] IMPLICIT EXTERNAL OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class ExtendedServicesResponse:
    """Answer ExtendedServices; ``operation_status`` 1 done, 2 accepted, 3 failure."""

    operation_status: int
    diagnostics: tuple[Any, ...] = ()
    task_package: External | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


_PERMISSIONS = SequenceOf(
    Sequence(
        Permission,
        Field("user_id", Implicit(1, STRING)),
        Field("allowable_functions", Implicit(2, SequenceOf(INTEGER))),
    )
)
EXTENDED_SERVICES_REQUEST = Sequence(
    ExtendedServicesRequest,
    Field("reference_id", REFERENCE_ID),
    Field("function", Implicit(3, INTEGER)),
    Field("package_type", Implicit(4, OBJECT_IDENTIFIER)),
    Field("package_name", Implicit(5, STRING)),
    Field("user_id", Implicit(6, STRING)),
    Field("retention_time", Implicit(7, INT_UNIT)),
    Field("permissions", Implicit(8, _PERMISSIONS)),
    Field("description", Implicit(9, STRING)),
    Field("task_specific_parameters", Implicit(10, EXTERNAL)),
    Field("wait_action", Implicit(11, INTEGER)),
    Field("elements", ELEMENT_SET_NAME),
    Field("other_info", OTHER_INFO),
)
EXTENDED_SERVICES_RESPONSE = Sequence(
    ExtendedServicesResponse,
    Field("reference_id", REFERENCE_ID),
    Field("operation_status", Implicit(3, INTEGER)),
    Field("diagnostics", Implicit(4, SequenceOf(DIAG_REC))),
    Field("task_package", Implicit(5, EXTERNAL)),
    Field("other_info", OTHER_INFO),
)
