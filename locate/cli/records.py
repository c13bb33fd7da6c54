"""Retrieved records for reading and as JSON: MARC as lines of fields, GRS-1 as a tree, XML and text
as they came, holdings in words.
"""

from __future__ import annotations

import sys
from typing import Any

from locate.candidates import interpret
from locate.errors import RecordError
from locate.records import BibRecord, to_lines
from locate.text import counted, visible
from locate.z3950.client import ResultSet, ServerInfo
from locate.z3950.grs1 import GenericRecord, grs1_text
from locate.z3950.oids import syntax_name
from locate.z3950.opac import HoldingsAndCirc, MarcHoldings, OpacRecord
from locate.z3950.retrieval import Fetched, Record, SurrogateDiagnostic

__all__ = ["document", "heading", "print_records", "server_name"]

_SHOWN_BYTES = 2000


def document(server: ServerInfo | None, result: ResultSet) -> dict[str, Any]:
    """Return the JSON form of a search's result."""
    return {
        "server": server_name(server),
        "hits": result.hits,
        "note": result.note,
        "records": [_entry(found) for found in result.records],
    }


def print_records(server: ServerInfo | None, result: ResultSet) -> None:
    """Print the hits and the records for a person."""
    blocks = [heading(result.hits, "hit", server)]
    blocks += [_block(found) for found in result.records]
    if result.note:
        blocks.append(f"Note: {result.note}")
    sys.stdout.write(visible("\n\n".join(blocks)) + "\n")


def heading(count: int, noun: str, server: ServerInfo | None) -> str:
    """Return what a target gave in one line, such as "3 hits at Zebra"."""
    name = server_name(server)
    return f"{counted(count, noun)}{f' at {name}' if name else ''}"


def server_name(server: ServerInfo | None) -> str:
    """Return what a target calls itself, "" when it does not say."""
    return f"{server.name} {server.version}".strip() if server else ""


def _entry(found: Fetched) -> dict[str, Any]:
    if not isinstance(found, Record):
        return {"error": _why_not(found)}
    entry: dict[str, Any] = {"position": found.position, "syntax": syntax_name(found.syntax), "text": _text(found)}
    if isinstance(found.data, OpacRecord):
        entry["holdings"] = _holdings(found.data)
    return entry


def _block(found: Fetched) -> str:
    if not isinstance(found, Record):
        return f"-- {_why_not(found)}"
    doubt = " as asked for; the record does not say" if found.guessed else ""
    lines = [f"-- record {found.position}, {syntax_name(found.syntax)}{doubt}", _text(found)]
    if isinstance(found.data, OpacRecord):
        lines += [f"   {line}" for line in _holdings(found.data)]
    return "\n".join(lines)


def _why_not(found: SurrogateDiagnostic | RecordError) -> str:
    """Return why there is no record in a record's place."""
    return found.reason if isinstance(found, RecordError) else found.message


def _text(found: Record) -> str:
    if isinstance(found.data, str):
        return found.data.rstrip()
    if isinstance(found.data, GenericRecord):
        return grs1_text(found.data).rstrip()
    record, _ = interpret(found)
    if isinstance(record, BibRecord) and (record.syntax != "xml" or isinstance(found.data, OpacRecord)):
        return to_lines(record)
    if isinstance(found.data, OpacRecord):
        return str(record)
    if isinstance(record, RecordError) and record.syntax != "xml":
        return f"{record}\n{found.data[:_SHOWN_BYTES]!r}"
    return found.data.decode("utf-8", "replace").rstrip()


def _holdings(opac: OpacRecord) -> list[str]:
    return [line for holding in opac.holdings for line in _holding_lines(holding)]


def _holding_lines(holding: HoldingsAndCirc | MarcHoldings) -> list[str]:
    """Return one line for a holding and one for each of its circulation records."""
    if not isinstance(holding, HoldingsAndCirc):
        return [f"MARC holdings record of {len(holding.data)} bytes"]
    place = (holding.nuc_code, holding.local_location, holding.shelving_location, holding.call_number)
    lines = [f"holding: {_joined(*place, holding.enum_and_chron, holding.public_note)}"]
    for circ in holding.circulation:
        state = "copy in" if circ.available_now else "copy not in"
        told = (circ.item_id, circ.availability_date, circ.available_thru, circ.restrictions, circ.temporary_location)
        lines.append(f"  {_joined(state, *told)}")
    return lines


def _joined(*texts: str | None) -> str:
    return " | ".join(text.strip() for text in texts if text and text.strip())
