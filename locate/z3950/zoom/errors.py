"""The exceptions of the ZOOM face, and the one seam where the client's errors become them.

ZoomError                      str() says what and where; __cause__ is the client's error
├── ConnectionError            no connection: unreachable, refused by the target, closed
│   └── TimedOut               no answer within `timeout` seconds
├── ProtocolError              the target broke the protocol, or a record cannot be read
│   └── UnexpectedCloseError   the target closed the association; a ConnectionError as well
├── Bib1Err                    a diagnostic: condition, message, addtlInfo
├── QuerySyntaxError           a query that cannot be parsed, with the column
├── ClientNotImplError         not supported on this side
├── ServerNotImplError         not supported by the target
└── UnknownRecSyn              kept for scripts that catch it; never raised
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from locate.errors import (
    ConfigurationError,
    DiagnosticError,
    InitRejected,
    LocalProtocolError,
    LocateError,
    RecordError,
    RemoteProtocolError,
    TargetClosed,
    TargetTimeout,
    TargetUnreachable,
)
from locate.z3950.diagnostics import condition_text
from locate.z3950.querytree import QueryError

__all__ = [
    "Bib1Err",
    "ClientNotImplError",
    "ConnectionError",
    "ProtocolError",
    "QuerySyntaxError",
    "ServerNotImplError",
    "TimedOut",
    "UnexpectedCloseError",
    "UnknownRecSyn",
    "ZoomError",
    "as_zoom_error",
    "translated",
]


class ZoomError(Exception):
    """Base of every error that the ZOOM face raises on purpose."""


class ConnectionError(ZoomError):  # noqa: A001 - PyZ3950's name
    """There is no connection: the target is unreachable, refused the association, or the connection is closed."""


class TimedOut(ConnectionError):  # noqa: N818 - an extension, named like a state
    """The target did not answer within the option ``timeout``, in seconds; the connection is dropped."""


class ClientNotImplError(ZoomError):
    """What was asked for is not supported here."""


class ServerNotImplError(ZoomError):
    """Kept for scripts that catch it; never raised. What a target does not support it refuses with a diagnostic."""


class QuerySyntaxError(ZoomError):
    """A query that cannot be parsed; the message has the column (1-based)."""


class ProtocolError(ZoomError):
    """The target broke the protocol, gave no record where one was due, or a record that cannot be read."""


class UnexpectedCloseError(ProtocolError, ConnectionError):
    """The target closed the association while an answer was due."""


class UnknownRecSyn(ZoomError):  # noqa: N818 - PyZ3950's name
    """A record syntax that is not known. Never raised: such a record's ``syntax`` is its dotted OID."""


class Bib1Err(ZoomError):  # noqa: N818 - PyZ3950's name
    """A diagnostic from the target: ``condition`` (0 when it gave none), ``message``, ``addtlInfo`` as sent."""

    def __init__(self, condition: int, message: str, addtlInfo: str) -> None:  # noqa: N803 - PyZ3950's name
        self.condition = condition
        self.message = message
        self.addtlInfo = addtlInfo
        super().__init__(condition, message, addtlInfo)

    def __str__(self) -> str:
        return f"Bib1Err: {self.condition} {self.message} {self.addtlInfo}".rstrip()


_KINDS: tuple[tuple[type[LocateError], type[ZoomError]], ...] = (
    (TargetTimeout, TimedOut),
    (TargetUnreachable, ConnectionError),
    (InitRejected, ConnectionError),
    (TargetClosed, UnexpectedCloseError),
    (ConfigurationError, ConnectionError),
    (LocalProtocolError, ClientNotImplError),
    (RemoteProtocolError, ProtocolError),
    (RecordError, ProtocolError),
    (QueryError, QuerySyntaxError),
)


def as_zoom_error(error: LocateError) -> ZoomError:
    """Return the ZOOM form of an error of the client."""
    if isinstance(error, DiagnosticError):
        return Bib1Err(error.condition, condition_text(error.diagnostic_set, error.condition), error.addinfo)
    kind = next((mine for theirs, mine in _KINDS if isinstance(error, theirs)), ZoomError)
    return kind(str(error))


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Raise the client's errors out of the block as ZoomError, the client's own as their cause."""
    try:
        yield
    except LocateError as error:
        raise as_zoom_error(error) from error
