"""The first part of a probe: whether an association comes about, who answers, and what was agreed in Init.

Decides how a failure to connect reads to the person who sets up the partner. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from locate.errors import (
    DiagnosticError,
    InitRejected,
    LocateError,
    RemoteProtocolError,
    Retry,
    TargetClosed,
    TargetTimeout,
    TargetUnreachable,
    Z3950Error,
)
from locate.probe.actions import Connect, Reply, Steps
from locate.probe.findings import Area, Verdict
from locate.probe.knowledge import Knowledge
from locate.text import visible
from locate.z3950.apdu_text import OPTIONS
from locate.z3950.diagnostics import advice, is_bib1, one_line
from locate.z3950.requests import ServerInfo

__all__ = ["connect", "fault_told", "milliseconds"]

_SEARCH = 0
_NO_LOGIN_HELPS = frozenset({1012, 1013, 1016, 1017, 1021})  # Init refused for the address, the database, the service
_PRESENT = 1
_SMALL_MESSAGE_BYTES = 32_768
_ADVICE: dict[type[LocateError], str] = {
    InitRejected: (
        "The server wants a login, or another one than was given: ask the partner for user and password, and give "
        "them with --user and ZLOCATE_PASSWORD; some servers let in known addresses only, so tell them yours."
    ),
    TargetUnreachable: "Check host and port with the partner, and whether a firewall on either side stands between.",
    TargetTimeout: "Something listens there but does not answer: check the port, and whether it wants TLS (--tls).",
    TargetClosed: (
        "It hangs up at once: it may not know your address, be at its limit of sessions, or want TLS (--tls)."
    ),
    RemoteProtocolError: (
        "What listens there does not speak Z39.50: check the port (210, 2100, 7090 and 9991 are usual)."
    ),
}
_WITH_TLS = (
    "Check with the partner which port speaks TLS, and whether its certificate needs --ca-file; or leave out --tls."
)


def connect(known: Knowledge) -> Steps:
    """Open the association and tell who answers."""
    reply = yield Connect()
    if reply.error is not None or reply.skipped:
        told = reply.error.message if isinstance(reply.error, Z3950Error) else reply.skipped or str(reply.error)
        advice = _advice(reply.error, tls=known.target.tls is not None) if reply.error is not None else ""
        known.tell(Area.CONNECTION, "connection", Verdict.FAULT, one_line(told), advice)
        return
    server: ServerInfo = reply.result
    known.server = server
    known.times = tuple(reply.times)
    known.tell(Area.CONNECTION, "connection", Verdict.WORKS, _times(reply.times))
    _tell_server(known, server)


def _tell_server(known: Knowledge, server: ServerInfo) -> None:
    name = " ".join(part for part in (server.name, server.version) if part) or "not said"
    number = f" (implementation {server.implementation_id})" if server.implementation_id else ""
    known.tell(Area.CONNECTION, "server", Verdict.TOLD, one_line(f"{name}{number}"))
    if server.message:
        known.tell(Area.CONNECTION, "message of the day", Verdict.TOLD, one_line(visible(server.message)))
    version = server.protocol_version
    old = "" if version >= 3 else "It speaks version 2: no Close and no segmentation, which the locate can do without."
    known.tell(Area.CONNECTION, "protocol version", Verdict.TOLD, str(version), old)
    names = ", ".join(OPTIONS.get(bit, str(bit)) for bit in sorted(server.options)) or "none"
    missing = {_SEARCH, _PRESENT} - server.options
    unset = "It does not say that it searches or presents; most that leave this out do it all the same."
    known.tell(Area.CONNECTION, "services", Verdict.TOLD, names, unset if missing else "")
    preferred, largest = server.preferred_message_size, server.exceptional_record_size
    small = "Few records fit into one answer; the locate asks for the others again." if _is_small(preferred) else ""
    sizes = f"{preferred:,} bytes preferred, {largest:,} for one record"
    known.tell(Area.CONNECTION, "message size", Verdict.TOLD, sizes, small)
    if server.charset:
        known.tell(Area.CONNECTION, "character set", Verdict.TOLD, f"{server.charset} was agreed on in Init")


def _is_small(size: int) -> bool:
    return 0 < size < _SMALL_MESSAGE_BYTES


def _times(times: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {milliseconds(seconds)}" for name, seconds in times) or "open"


def milliseconds(seconds: float) -> str:
    """Return a time to show: "12 ms", "1.20 s"."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _advice(error: LocateError, *, tls: bool) -> str:
    """Return what to do about a failure to connect; ``tls`` says that it was to be with TLS."""
    kind = type(error)
    if kind is TargetTimeout and isinstance(error, Z3950Error) and error.phase == "connect":
        return "No machine answers there, or a firewall drops the packets: have the partner let your address in."
    if isinstance(error.__cause__, DiagnosticError) and is_bib1(error.__cause__, _NO_LOGIN_HELPS):
        return advice(error.__cause__)
    if kind is InitRejected and error.retry is Retry.LATER:
        return "It lets nobody more in for now, as it says: try again later, and ask the partner when it stays so."
    if tls and isinstance(error, TargetUnreachable | TargetTimeout | TargetClosed):
        return _WITH_TLS
    found = (told for known, told in _ADVICE.items() if issubclass(kind, known))
    return next(found, "Try again, and ask the partner's library when it stays so.")


def fault_told(reply: Reply) -> str:
    """Return in a few words what a reply without a result ended in."""
    if reply.error is None:
        return reply.skipped
    return one_line(reply.error.message if isinstance(reply.error, Z3950Error) else str(reply.error))
