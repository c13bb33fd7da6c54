"""The two origins of this project: the asyncio client, and the ZOOM face for scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from locate.errors import DiagnosticError, RecordError
from locate.partner import Target
from locate.z3950 import zoom
from locate.z3950.client import Connection, ScanEntry, SortKey, connect
from locate.z3950.grs1 import GenericRecord, TaggedElement
from locate.z3950.oids import syntax_name
from locate.z3950.opac import HoldingsAndCirc, OpacRecord
from locate.z3950.retrieval import Fetched, SurrogateDiagnostic
from tests.peers.interop.reading import facts_of_lines, facts_of_marc, facts_of_xml
from tests.peers.interop.steps import (
    Answer,
    Hits,
    Present,
    Record,
    Records,
    Refused,
    Scan,
    Search,
    Sort,
    Sorted,
    Step,
    Terms,
)

__all__ = ["run_client", "run_zoom_face"]

TIMEOUT_S = 10.0
_ZOOM_NAMES = {"marc21": "USMARC", "grs1": "GRS-1"}


# ---- the client ------------------------------------------------------------------------------------------------------


def run_client(host: str, port: int, database: str, steps: Sequence[Step]) -> list[Answer]:
    """Run the steps with `locate.z3950.client`."""

    async def run() -> list[Answer]:
        async with await connect(Target(host, port, database), timeout_s=TIMEOUT_S) as connection:
            return [await _answer(connection, step) for step in steps]

    return asyncio.run(run())


async def _answer(connection: Connection, step: Step) -> Answer:
    try:
        return await _carried_out(connection, step)
    except DiagnosticError as error:
        return Refused(error.condition, error.addinfo)


async def _carried_out(connection: Connection, step: Step) -> Answer:
    match step:
        case Search(pqf):
            return Hits((await connection.search(pqf, count=0, timeout_s=TIMEOUT_S)).hits)
        case Present(start, count, syntax, elements):
            found = await connection.present(start, count, syntax=syntax, element_set=elements, timeout_s=TIMEOUT_S)
            return Records(tuple(map(_shown, found)))
        case Scan(pqf, count, position):
            listed = await connection.scan(pqf, count=count, position=position, timeout_s=TIMEOUT_S)
            return Terms(tuple((e.term, e.occurrences or 0) for e in listed.entries if isinstance(e, ScanEntry)))
        case Sort(use, descending):
            await connection.sort([SortKey(((1, use),), descending)], timeout_s=TIMEOUT_S)
            return Sorted()


def _shown(found: Fetched) -> Record:
    if isinstance(found, SurrogateDiagnostic | RecordError):
        raise found
    name = syntax_name(found.syntax)
    if isinstance(found.data, OpacRecord):
        assert found.data.bibliographic is not None
        calls = [each.call_number for each in found.data.holdings if isinstance(each, HoldingsAndCirc)]
        return Record(name, (*facts_of_marc(found.data.bibliographic), *filter(None, calls)))
    return Record(name, _facts(name, found.data))


def _facts(syntax: str, data: Any) -> tuple[str, ...]:
    """Return the facts of a record that is no OPAC record, as both faces give it."""
    if isinstance(data, GenericRecord):
        return tuple(_leaves(data.elements))
    if isinstance(data, str):
        return facts_of_lines(data)
    return facts_of_xml(data) if syntax == "xml" else facts_of_marc(data)


def _leaves(elements: Sequence[TaggedElement]) -> Iterator[str]:
    for element in elements:
        kind, value = element.content
        if kind == "subtree":
            yield from _leaves(value)
        else:
            yield str(value).strip()


# ---- the ZOOM face ---------------------------------------------------------------------------------------------------


def run_zoom_face(host: str, port: int, database: str, steps: Sequence[Step]) -> list[Answer]:
    """Run the steps with `locate.z3950.zoom`; a position outside the result set is an IndexError, 13 here."""
    answers: list[Answer] = []
    with zoom.Connection(host, port, databaseName=database, timeout=TIMEOUT_S) as connection:
        found: zoom.ResultSet | None = None
        for step in steps:
            try:
                answer, found = _zoomed(connection, found, step)
            except zoom.Bib1Err as error:
                answer = Refused(error.condition, error.addtlInfo)
            except IndexError:
                answer = Refused(13)
            answers.append(answer)
    return answers


def _zoomed(
    connection: zoom.Connection, found: zoom.ResultSet | None, step: Step
) -> tuple[Answer, zoom.ResultSet | None]:
    match step:
        case Search(pqf):
            found = connection.search(zoom.Query("PQF", pqf))
            return Hits(len(found)), found
        case Scan(pqf, count, position):
            connection.numberOfEntries, connection.responsePosition = count, position
            listed = connection.scan(zoom.Query("PQF", pqf))
            return Terms(tuple((entry["term"], entry.get("freq", 0)) for entry in listed)), found
        case Sort(use, descending):
            assert found is not None
            key = zoom.SortKey(sequence=zoom.Query("PQF", f"@attr 1={use} x"))
            key.relation = "descending" if descending else "ascending"
            return Sorted(), found.sort([key])
        case Present(start, count, syntax, elements):
            assert found is not None
            found.elementSetName = elements
            found.preferredRecordSyntax = _ZOOM_NAMES.get(syntax, syntax.upper())
            return Records(tuple(_zoom_record(found[at]) for at in range(start - 1, start - 1 + count))), found


def _zoom_record(record: zoom.Record) -> Record:
    own_names = {name: own for own, name in _ZOOM_NAMES.items()}
    syntax = own_names.get(record.syntax, record.syntax.lower())
    if syntax != "opac":
        return Record(syntax, _facts(syntax, record.data))
    calls = [holding.callNumber for _, holding in record.data.holdingsData if hasattr(holding, "callNumber")]
    return Record(syntax, (*facts_of_marc(record.data.bibliographicRecord.encoding[1]), *calls))
