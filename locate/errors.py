"""The whole error tree.

    LocateError                       .retry: never | later | elsewhere; .diagnostics(): plain words
    ├── ConfigurationError            every problem at once, each with its path
    ├── CitationError                 a citation that cannot be searched at all
    ├── RecordError                   one record that cannot be read; keeps its bytes; often a value, not raised
    └── Z3950Error                    .target, .phase
        ├── TargetUnreachable         no TCP or TLS connection
        ├── TargetSuspended           not asked at all: it did not answer lately
        ├── TargetTimeout             the deadline of an operation passed
        ├── InitRejected              the target said no to the Z-association
        ├── TargetClosed              Close or end of file while an answer was due
        ├── DiagnosticError           a non-surrogate diagnostic: set, condition, addinfo
        └── ProtocolError
            ├── LocalProtocolError    this side asked for something the state does not allow
            └── RemoteProtocolError   the other side broke the protocol
                ├── BerDecodeError    path to the field and byte offset
                ├── PduTooLarge       more bytes or deeper nesting than the limits allow
                └── UnexpectedApdu    well-formed, but not what may come now

This module decides nothing and imports nothing of the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "BerDecodeError",
    "CitationError",
    "ConfigurationError",
    "DiagnosticError",
    "InitRejected",
    "LocalProtocolError",
    "LocateError",
    "PduTooLarge",
    "Problem",
    "ProtocolError",
    "RecordError",
    "RemoteProtocolError",
    "Retry",
    "TargetClosed",
    "TargetSuspended",
    "TargetTimeout",
    "TargetUnreachable",
    "UnexpectedApdu",
    "Z3950Error",
]


class Retry(StrEnum):
    """Whether asking again can help."""

    NEVER = "never"
    LATER = "later"
    ELSEWHERE = "elsewhere"


class LocateError(Exception):
    """Base of every error this package raises on purpose."""

    retry: Retry = Retry.NEVER

    def diagnostics(self) -> list[str]:
        """Return what happened in plain words, one sentence an entry, for a person to read."""
        return [str(self)]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a configuration: ``path`` such as ``partners[2].target.port``, and a sentence."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class ConfigurationError(LocateError):
    """A configuration with at least one problem; ``problems`` holds all of them."""

    def __init__(self, problems: Sequence[Problem], source: str = "") -> None:
        self.problems = tuple(problems)
        self.source = source
        head = f"{source}: " if source else ""
        count = len(self.problems)
        super().__init__(f"{head}{count} problem{'' if count == 1 else 's'}: " + "; ".join(map(str, self.problems)))

    def diagnostics(self) -> list[str]:
        """Return one line a problem."""
        return [str(problem) for problem in self.problems]


class CitationError(LocateError):
    """A citation with a field that cannot be understood, or with nothing to search by."""


class RecordError(LocateError):
    """One record that cannot be read.

    ``raw`` keeps its bytes as received; ``syntax`` names the record syntax ("marc21", "xml", …);
    ``reason`` is one sentence. In a list of records it stands as a value in the record's place; ``position`` is then
    that place in the result set (1-based), so that the record can be fetched again; 0 where there is no result set.
    """

    def __init__(self, reason: str, *, raw: bytes = b"", syntax: str = "", position: int = 0) -> None:
        self.reason = reason
        self.raw = raw
        self.syntax = syntax
        self.position = position
        super().__init__(f"unreadable {syntax or 'unknown'} record ({len(raw)} bytes): {reason}")


class Z3950Error(LocateError):
    """A fault of one Z-association.

    ``target`` is ``host:port/database``; ``phase`` is connect, init, search or present.
    """

    retry = Retry.LATER

    def __init__(self, message: str, *, target: str = "", phase: str = "") -> None:
        self.message = message
        self.target = target
        self.phase = phase
        super().__init__(message)

    def __str__(self) -> str:
        where = " ".join(part for part in (self.target, f"({self.phase})" if self.phase else "") if part)
        return f"{where}: {self.message}" if where else self.message


class TargetUnreachable(Z3950Error):  # noqa: N818 - the standard's word, as all below
    """No connection: name unknown, refused, no route, TLS refused."""


class TargetSuspended(Z3950Error):  # noqa: N818
    """The target was not asked, because it did not answer the last ``failures`` times in a row.

    ``last_fault`` tells how the last attempt ended; ``retry_in_s`` seconds from now it may be asked again, 0 while
    another caller is trying it.
    """

    def __init__(self, *, failures: int, last_fault: str, retry_in_s: float, target: str = "") -> None:
        self.failures = failures
        self.last_fault = last_fault
        self.retry_in_s = retry_in_s
        times = "the last attempt" if failures == 1 else f"the last {failures} attempts"
        again = f"it is tried again in {max(round(retry_in_s), 1)} s" if retry_in_s else "it is being tried again now"
        super().__init__(f"not asked, since {times} failed ({last_fault}); {again}", target=target)


class TargetTimeout(Z3950Error):  # noqa: N818
    """The deadline of the operation passed before the target answered."""


class InitRejected(Z3950Error):  # noqa: N818
    """The target answered Init with result = false; the message carries its reason when it gave one."""

    retry = Retry.NEVER


class TargetClosed(Z3950Error):  # noqa: N818
    """The target closed the Z-association (Close APDU or end of file) while an answer was due."""


class DiagnosticError(Z3950Error):
    """A non-surrogate diagnostic: ``diagnostic_set`` (dotted OID), ``condition``, ``addinfo`` as text."""

    retry = Retry.NEVER

    def __init__(
        self,
        message: str,
        *,
        diagnostic_set: str,
        condition: int,
        addinfo: str = "",
        target: str = "",
        phase: str = "",
    ) -> None:
        self.diagnostic_set = diagnostic_set
        self.condition = condition
        self.addinfo = addinfo
        super().__init__(message, target=target, phase=phase)


class ProtocolError(Z3950Error):
    """One side broke the protocol."""

    retry = Retry.NEVER


class LocalProtocolError(ProtocolError):
    """This side asked for something that the state of the Z-association does not allow."""


class RemoteProtocolError(ProtocolError):
    """The other side sent what the standard does not allow."""

    retry = Retry.LATER


class BerDecodeError(RemoteProtocolError):
    """Bytes that are not the ASN.1 type due: ``path`` names the field, ``offset`` the byte in the PDU (0-based)."""

    def __init__(self, reason: str, *, offset: int, path: str = "") -> None:
        self.reason = reason
        self.offset = offset
        self.path = path
        super().__init__(f"{path or 'PDU'}: {reason} at byte {offset}")


class PduTooLarge(RemoteProtocolError):  # noqa: N818
    """A PDU above ``max_pdu_bytes`` or nested deeper than ``max_depth``."""


class UnexpectedApdu(RemoteProtocolError):  # noqa: N818
    """A well-formed APDU that may not come in this state."""
