"""The invariant for texts: queries in their notations, and traces."""

# ruff: noqa: PT017 - an error is one of the outcomes that the invariant allows, and has properties itself

from __future__ import annotations

from dataclasses import replace

from locate.z3950.apdu import decode_apdu, encode_apdu
from locate.z3950.ccl import parse_ccl
from locate.z3950.cql import parse_cql
from locate.z3950.query import Query, QueryError, parse_pqf, to_pqf, to_rpn
from locate.z3950.replay import Recording, ReplaySession
from locate.z3950.trace import TraceError, read_trace
from tests.z3950.asking import INIT, SEARCH

__all__ = ["ccl", "cql", "pqf", "trace"]


def pqf(data: bytes) -> None:
    """Require a query that can be sent and printed, or a QueryError with its column."""
    text = _text(data)
    try:
        query = parse_pqf(text)
    except QueryError as error:
        _points_into(error, text)
    else:
        assert parse_pqf(to_pqf(query)) == query
        _can_be_sent(query)


def cql(data: bytes) -> None:
    """Require the same of CQL."""
    text = _text(data)
    try:
        query = parse_cql(text)
    except QueryError as error:
        _points_into(error, text)
    else:
        assert parse_pqf(to_pqf(query)) == query
        _can_be_sent(query)


def ccl(data: bytes) -> None:
    """Require the same of CCL."""
    text = _text(data)
    try:
        query = parse_ccl(text)
    except QueryError as error:
        _points_into(error, text)
    else:
        assert parse_pqf(to_pqf(query)) == query
        _can_be_sent(query)


def trace(data: bytes) -> None:
    """Require a trace that can be replayed, or a TraceError with its line."""
    try:
        recording = Recording(read_trace(_text(data)))
    except TraceError as error:
        assert error.line >= 1
        return
    session = ReplaySession(recording)
    for request in (INIT, SEARCH):
        session.receive_data(encode_apdu(request))
        while session.next_answer() is not None:
            pass


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _points_into(error: QueryError, text: str) -> None:
    assert 1 <= error.column <= len(text) + 1
    assert error.reason


def _can_be_sent(query: Query) -> None:
    """Require that a target can decode the query."""
    decode_apdu(encode_apdu(replace(SEARCH, query=("type_1", to_rpn(query)))))
