"""Write and read traces in memory, and put an origin and a session of a target together without a network."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from locate.z3950.apdu import Apdu, IdPass, SearchRequest
from locate.z3950.protocol import Observer, Origin, Signal
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.retrieval import Fetched, Record, ResultSet
from locate.z3950.trace import TraceWriter
from tests.z3950.asking import INIT, PRESENT, SEARCH

__all__ = ["LOGIN", "REQUESTS", "SECRET", "Session", "asked", "converse", "recorder", "started", "told"]

SECRET = "xyzzy-plugh-42"
LOGIN = replace(INIT, id_authentication=("id_pass", IdPass(None, "ill", SECRET)))


class Session(Protocol):
    """The face of a target's session."""

    def receive_data(self, data: bytes) -> None: ...
    def next_answer(self) -> bytes | None: ...


def asked(pqf: str, count: int = 10, reference_id: bytes | None = None) -> SearchRequest:
    """Return a request for the first records of a query."""
    return replace(
        SEARCH,
        query=("type_1", to_rpn(parse_pqf(pqf))),
        small_set_upper_bound=count,
        medium_set_present_number=count,
        large_set_lower_bound=2**31 - 1,
        reference_id=reference_id,
    )


REQUESTS = (INIT, asked("@attr 1=4 river"), PRESENT, asked("@attr 1=5555 x"))


def started() -> tuple[TraceWriter, io.StringIO]:
    """Return a writer and its stream, which has the head already; every look at the clock takes 20 ms."""
    stream = io.StringIO()
    seconds = (number * 0.02 for number in range(10_000))
    writer = TraceWriter(stream, "h:210/Default", lambda: next(seconds), program="zlocate 1.0", begun="2024-05-06")
    return writer, stream


def recorder(session: Session, requests: Iterable[Apdu] = REQUESTS) -> str:
    """Return the trace of requests to a session."""
    writer, stream = started()
    converse(session, requests, writer)
    return stream.getvalue()


def converse(session: Session, requests: Iterable[Apdu], observer: Observer | None = None) -> list[Apdu]:
    """Send requests one after the other and return what came back, as the origin's state table allows it."""
    origin = Origin(observer=observer)
    found: list[Apdu] = []
    for request in requests:
        session.receive_data(origin.send(request))
        while (answer := session.next_answer()) is not None:
            origin.receive_data(answer)
        while not isinstance(event := origin.next_event(), Signal):
            found.append(event)
    return found


def told(found: ResultSet | Fetched) -> object:
    """Return what was found so that it can be compared: a fault by its words, without the target's name."""
    if isinstance(found, ResultSet):
        return found.hits, found.note, [told(each) for each in found.records]
    return found if isinstance(found, Record) else found.diagnostics()[0].rpartition(": ")[2]
