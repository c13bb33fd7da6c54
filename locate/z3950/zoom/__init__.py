"""ZOOM: a blocking face over the asyncio client, for scripts, under the names that PyZ3950's users know.

    from locate.z3950 import zoom

    with zoom.Connection("localhost", 9999, databaseName="Default") as conn:
        for record in conn.search(zoom.Query("PQF", "@attr 1=4 winter")):
            print(record)

Positions are 0-based here, as everywhere in Python. Every error raised on purpose is a ZoomError. What differs from
PyZ3950 is listed in docs/z3950-in-python.md. Source: the ZOOM abstract API 1.4, PyZ3950's documentation of its own.
"""

from __future__ import annotations

from locate.z3950.zoom.connection import Connection
from locate.z3950.zoom.errors import (
    Bib1Err,
    ClientNotImplError,
    ConnectionError,  # noqa: A004 - the name that scripts catch
    ProtocolError,
    QuerySyntaxError,
    ServerNotImplError,
    TimedOut,
    UnexpectedCloseError,
    UnknownRecSyn,
    ZoomError,
)
from locate.z3950.zoom.queries import Query, SortKey
from locate.z3950.zoom.records import Record
from locate.z3950.zoom.results import ResultSet
from locate.z3950.zoom.scans import ScanSet

__all__ = [
    "Bib1Err",
    "ClientNotImplError",
    "Connection",
    "ConnectionError",
    "ProtocolError",
    "Query",
    "QuerySyntaxError",
    "Record",
    "ResultSet",
    "ScanSet",
    "ServerNotImplError",
    "SortKey",
    "TimedOut",
    "UnexpectedCloseError",
    "UnknownRecSyn",
    "ZoomError",
]
