"""Delete: drop named result sets.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass

from locate.z3950.apdu.external import OTHER_INFO, REFERENCE_ID, RESULT_SET_ID, OtherInformationUnit
from locate.z3950.schema import INTEGER, STRING, Field, Implicit, Sequence, SequenceOf

__all__ = [
    "DELETE_REQUEST",
    "DELETE_RESPONSE",
    "DeleteFunction",
    "DeleteResultSetRequest",
    "DeleteResultSetResponse",
    "DeleteSetStatus",
    "ListStatus",
]


class DeleteFunction:
    """Values of deleteFunction."""

    LIST = 0
    ALL = 1


class DeleteSetStatus:
    """Values of DeleteSetStatus (Z39.50-2003 §3.2.4.1.4)."""

    SUCCESS = 0
    DID_NOT_EXIST = 1
    PREVIOUSLY_DELETED_BY_TARGET = 2
    SYSTEM_PROBLEM_AT_TARGET = 3
    ACCESS_NOT_ALLOWED = 4
    RESOURCE_CONTROL_AT_ORIGIN = 5
    RESOURCE_CONTROL_AT_TARGET = 6
    BULK_DELETE_NOT_SUPPORTED = 7
    NOT_ALL_DELETED_ON_BULK_DELETE = 8
    NOT_ALL_REQUESTED_DELETED = 9
    IN_USE = 10


# DeleteResultSetRequest ::= SEQUENCE { referenceId OPTIONAL, deleteFunction [32] IMPLICIT INTEGER,
#   resultSetList SEQUENCE OF ResultSetId OPTIONAL, otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class DeleteResultSetRequest:
    """Drop the result sets of ``result_set_list``, or all of them (``delete_function`` DeleteFunction.ALL)."""

    delete_function: int
    result_set_list: tuple[str, ...] = ()
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


# ListStatuses ::= SEQUENCE OF SEQUENCE { id ResultSetId, status DeleteSetStatus }
@dataclass(frozen=True, slots=True)
class ListStatus:
    """What became of one result set; ``status`` is one of DeleteSetStatus."""

    id: str
    status: int


# DeleteResultSetResponse ::= SEQUENCE { referenceId OPTIONAL, deleteOperationStatus [0] IMPLICIT DeleteSetStatus,
#   deleteListStatuses [1] IMPLICIT ListStatuses OPTIONAL, numberNotDeleted [34] IMPLICIT INTEGER OPTIONAL,
#   bulkStatuses [35] IMPLICIT ListStatuses OPTIONAL, deleteMessage [36] IMPLICIT InternationalString OPTIONAL,
#   otherInfo OPTIONAL }
@dataclass(frozen=True, slots=True)
class DeleteResultSetResponse:
    """Answer Delete. ``delete_list_statuses`` speaks of the sets named in the request, ``bulk_statuses`` of those that
    deleting all left alone.
    """

    delete_operation_status: int
    delete_list_statuses: tuple[ListStatus, ...] = ()
    number_not_deleted: int | None = None
    bulk_statuses: tuple[ListStatus, ...] = ()
    delete_message: str | None = None
    other_info: tuple[OtherInformationUnit, ...] = ()
    reference_id: bytes | None = None


_LIST_STATUSES = SequenceOf(
    Sequence(ListStatus, Field("id", RESULT_SET_ID), Field("status", Implicit(33, INTEGER))),
)
DELETE_REQUEST = Sequence(
    DeleteResultSetRequest,
    Field("reference_id", REFERENCE_ID),
    Field("delete_function", Implicit(32, INTEGER)),
    Field("result_set_list", SequenceOf(RESULT_SET_ID)),
    Field("other_info", OTHER_INFO),
)
DELETE_RESPONSE = Sequence(
    DeleteResultSetResponse,
    Field("reference_id", REFERENCE_ID),
    Field("delete_operation_status", Implicit(0, INTEGER)),
    Field("delete_list_statuses", Implicit(1, _LIST_STATUSES)),
    Field("number_not_deleted", Implicit(34, INTEGER)),
    Field("bulk_statuses", Implicit(35, _LIST_STATUSES)),
    Field("delete_message", Implicit(36, STRING)),
    Field("other_info", OTHER_INFO),
)
