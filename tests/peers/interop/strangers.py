"""The two origins of others: yaz-client, whose text is read, and Perl's ZOOM, driven by a script."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.peers.interop.reading import (
    facts_of_lines,
    facts_of_marc,
    facts_of_marc_text,
    facts_of_opac_xml,
    facts_of_xml,
)
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
from tests.peers.origins import perl_script, yaz_client

__all__ = ["run_perl_zoom", "run_yaz_client"]

_PROMPT = "Z> "
_OWN_NAMES = {"usmarc": "marc21", "grs-1": "grs1"}
_NAMES = {own: name for name, own in _OWN_NAMES.items()}
_STEPS_SCRIPT = Path(__file__).with_name("zoom_steps.pl")

_DIAGNOSTIC = re.compile(r"^ +\[(\d+)\] .*? -- v[23] addinfo '(.*)'$", re.MULTILINE)
_HITS = re.compile(r"^Number of hits: (\d+)", re.MULTILINE)
_TERM = re.compile(r"^[ *] (.*) \((\d+)\)$", re.MULTILINE)
_RECORD = re.compile(r"\[\w*\]Record type: (\S+)\n(.*?)(?=\[\w*\]Record type: |nextResultSetPosition)", re.DOTALL)
_ESCAPED = re.compile(rb"\\X([0-9A-F]{2})")  # an octet above 127 in a text record
_CALL_NUMBER = re.compile(r"^callNumber: (.*)$", re.MULTILINE)


# ---- yaz-client ------------------------------------------------------------------------------------------------------


def run_yaz_client(host: str, port: int, database: str, steps: Sequence[Step]) -> list[Answer]:
    """Run the steps with yaz-client, and Close after them."""
    script = [(number, command) for number, step in enumerate(steps) for command in _commands(step)]
    text = yaz_client(f"{host}:{port}/{database}", [*(command for _, command in script), "close"])
    _banner, _opened, *replies, closed, _farewell = text.split(_PROMPT)
    assert "Target has closed the association." in closed
    last = {number: reply for (number, _), reply in zip(script, replies, strict=True)}
    return [_read(step, last[number]) for number, step in enumerate(steps)]


def _commands(step: Step) -> list[str]:
    """Return the commands of a step; the reply to the last one is its answer."""
    match step:
        case Search(pqf):
            return [f"find {pqf}"]
        case Present(start, count, syntax, elements):
            return [f"format {_NAMES.get(syntax, syntax)}", f"elements {elements}", f"show {start}+{count}"]
        case Scan(pqf, count, position):
            return [f"scansize {count}", f"scanpos {position}", f"scan {pqf}"]
        case Sort(use, descending):
            return [f"sort 1={use} {'d' if descending else 'a'}i"]


def _read(step: Step, reply: str) -> Answer:
    if refused := _DIAGNOSTIC.search(reply):
        return Refused(int(refused[1]), refused[2])
    match step:
        case Search():
            hits = _HITS.search(reply)
            assert hits is not None, reply
            return Hits(int(hits[1]))
        case Present():
            return Records(tuple(_shown(syntax, text) for syntax, text in _RECORD.findall(reply)))
        case Scan():
            return Terms(tuple((term, int(count)) for term, count in _TERM.findall(reply)))
        case Sort():
            assert "Received SortResponse: status=success" in reply, reply
            return Sorted()


def _shown(name: str, text: str) -> Record:
    syntax = _own_name(name)
    if syntax == "opac":
        return Record(syntax, (*facts_of_marc_text(text), *_CALL_NUMBER.findall(text)))
    read: Callable[[str], tuple[str, ...]] = {"marc21": facts_of_marc_text, "xml": facts_of_xml}.get(
        syntax, facts_of_lines
    )
    return Record(syntax, read(_unescaped(text) if syntax == "sutrs" else text))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), text.encode()).decode()


def _own_name(name: str) -> str:
    return _OWN_NAMES.get(name.lower(), name.lower())


# ---- Perl's ZOOM -----------------------------------------------------------------------------------------------------


def run_perl_zoom(host: str, port: int, database: str, steps: Sequence[Step]) -> list[Answer]:
    """Run the steps with Perl's ZOOM."""
    asked = [{"do": type(step).__name__, **_in_perl(step)} for step in steps]
    request = {"target": f"{host}:{port}/{database}", "steps": asked}
    told = json.loads(perl_script(_STEPS_SCRIPT, json.dumps(request)))
    assert len(told) == len(steps), told
    return [_perl_answer(step, answer) for step, answer in zip(steps, told, strict=True)]


def _in_perl(step: Step) -> dict[str, Any]:
    content = asdict(step)
    if isinstance(step, Present):
        content["syntax"] = _NAMES.get(step.syntax, step.syntax)
    return content


def _perl_answer(step: Step, told: dict[str, Any]) -> Answer:
    if "error" in told:
        return Refused(told["error"]["code"], told["error"]["addinfo"])
    match step:
        case Search():
            return Hits(told["hits"])
        case Present():
            return Records(tuple(_perl_record(each) for each in told["records"]))
        case Scan():
            return Terms(tuple((base64.b64decode(term).decode(), count) for term, count in told["terms"]))
        case Sort():
            return Sorted()


def _perl_record(told: dict[str, str]) -> Record:
    syntax, raw = _own_name(told["syntax"]), base64.b64decode(told["raw"])
    if syntax == "marc21":
        return Record(syntax, facts_of_marc(raw))
    if syntax == "xml":
        return Record(syntax, facts_of_xml(raw))
    if syntax == "opac":
        return Record(syntax, facts_of_opac_xml(raw))
    return Record(syntax, facts_of_lines(raw.decode()))
