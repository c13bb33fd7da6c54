"""What records come as: record syntaxes, element sets, and how many fit into one answer.

Decides which combinations are worth a Present and how what came is told: its own syntax counts, not the one asked for.
The records asked for are those of the latest search. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from locate.candidates import interpret
from locate.errors import DiagnosticError, RecordError
from locate.probe.actions import Action, Present, Reply, Steps
from locate.probe.connecting import fault_told
from locate.probe.findings import Area, Verdict
from locate.probe.knowledge import Knowledge
from locate.records import BibRecord
from locate.text import counted
from locate.z3950.diagnostics import SYNTAX_REFUSED, advice, is_bib1
from locate.z3950.oids import RECORD_SYNTAXES, syntax_name
from locate.z3950.opac import OpacRecord
from locate.z3950.retrieval import Fetched, Record

__all__ = ["message_cap", "syntaxes"]

_FULL = "F"
_COMBINATIONS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    ("opac", ("F", "B")),
    ("marc21", ("F", "B", None)),
    ("xml", ("F", "marcxml", "OP")),
    ("unimarc", ("F",)),
    ("sutrs", ("F",)),
    ("grs1", ("F",)),
)
_QUICK = (("opac", ("F",)), ("marc21", ("F",)), ("xml", ("F",)))
_LOCATE_READS = frozenset({"opac", "marc21", "unimarc", "xml"})
_OPAC_RECORDS = 10
_ASKED_AT_ONCE = 20
_FEW = 10  # the records that a locate asks for by default


@dataclass(frozen=True, slots=True)
class _Came:
    """What one combination brought: ``name`` of the syntax that came, whether its MARC could be read, or why not."""

    name: str = ""
    readable: bool = False
    holdings: bool = False
    error: DiagnosticError | None = None
    why: str = ""
    element_set_refused: bool = False


def syntaxes(known: Knowledge) -> Steps:
    """Ask for one record in each record syntax and element set, and for all of them as OPAC records."""
    for syntax, element_sets in _QUICK if known.options.quick else _COMBINATIONS:
        came: dict[str | None, _Came] = {}
        for element_set in element_sets:
            reply, one = yield from _ask(known, syntax, element_set)
            if reply.skipped:
                break
            came[element_set] = one
            known.forms[syntax, element_set] = one.readable and (syntax != "opac" or one.name == "opac")
            if is_bib1(one.error, SYNTAX_REFUSED) or one.why:
                break
        _tell(known, syntax, came)
    if known.forms.get(("opac", _FULL)):
        yield from _opac_records(known)
    elif known.forms.get(("xml", "OP")):
        yield from _opac_records(known, "xml", "OP")
    known.facts.element_sets = known.element_set is not None


def _ask(known: Knowledge, syntax: str, element_set: str | None) -> Generator[Action, Reply, tuple[Reply, _Came]]:
    known.facts.element_sets = True  # each combination is asked for as if nothing had been refused
    reply = yield Present(1, 1, syntax, element_set)
    refused = not known.facts.element_sets
    if isinstance(reply.error, DiagnosticError):
        return reply, _Came(error=reply.error)
    if not isinstance(reply.result, list) or not reply.result:
        return reply, _Came(why=fault_told(reply) or "no record came")
    return reply, _came(reply.result[0], element_set_refused=refused)


def _came(found: Fetched, *, element_set_refused: bool) -> _Came:
    if isinstance(found, DiagnosticError):
        return _Came(error=found)
    if isinstance(found, RecordError):
        return _Came(why=found.reason)
    record, opac = interpret(found)
    return _Came(
        syntax_name(found.syntax),
        isinstance(record, BibRecord),
        bool(opac and opac.holdings),
        element_set_refused=element_set_refused,
    )


def _tell(known: Knowledge, syntax: str, came: dict[str | None, _Came]) -> None:
    if not came:
        return
    what = f"record syntax {syntax}"
    first = next(iter(came.values()))
    good = [each for each in came.values() if each.readable or (each.name and syntax not in _LOCATE_READS)]
    if first.error is not None and not good:
        told = _refusal_advice(known, syntax, first.error)
        known.tell(Area.RECORDS, what, Verdict.REFUSED, first.error.message, told)
        return
    if first.why and not good:
        advice_given = "The connection or the record failed over it; the locate will not ask for it."
        known.tell(Area.RECORDS, what, Verdict.FAULT, first.why, advice_given)
        return
    parts = [_said(name, each) for name, each in came.items()]
    other = next((each.name for each in came.values() if each.name and not _is(syntax, each.name)), "")
    if other:
        told = f"The server answers with {other} whatever is asked; a record is read as what it is."
        known.tell(Area.RECORDS, what, Verdict.LIMITED, "; ".join(parts), told)
        return
    told = ""
    if first.element_set_refused:
        rest = "the locate asks again so by itself" if known.element_set else "the written profile sends none"
        told = f"It comes without an element set; {rest}."
    if syntax not in _LOCATE_READS:
        known.tell(Area.RECORDS, what, Verdict.TOLD, "; ".join(parts), "The locate does not need it.")
    else:
        known.tell(Area.RECORDS, what, Verdict.WORKS if good else Verdict.WRONG, "; ".join(parts), told)


def _said(element_set: str | None, came: _Came) -> str:
    name = f"element set {element_set}" if element_set else "no element set"
    if came.error is not None:
        return f"{name}: {came.error.message}"
    if came.why:
        return f"{name}: {came.why}"
    if came.element_set_refused:
        name = f"{name} is refused, without it"
    held = " with holdings" if came.holdings else ""
    return f"{name}: {came.name}{held}{'' if came.readable else ', not MARC'}"


def _is(syntax: str, name: str) -> bool:
    return RECORD_SYNTAXES.get(syntax) == RECORD_SYNTAXES.get(name) or syntax == name


def _refusal_advice(known: Knowledge, syntax: str, error: DiagnosticError) -> str:
    if syntax == "opac" and is_bib1(error, SYNTAX_REFUSED):
        return "It gives no OPAC records: availability must come from MARC fields, or stays unknown."
    if syntax not in _LOCATE_READS or any(known.forms.values()) or known.records:
        return "The locate does without it."
    return advice(error)


def _opac_records(known: Knowledge, syntax: str = "opac", element_set: str = _FULL) -> Steps:
    count = min(known.hits, _OPAC_RECORDS)
    reply = yield Present(1, count, syntax, element_set)
    for found in reply.result or ():
        if isinstance(found, Record):
            record, opac = interpret(found)
            if isinstance(opac, OpacRecord):
                known.opac.append((record if isinstance(record, BibRecord) else None, opac))


def message_cap(known: Knowledge) -> Steps:
    """Ask for many records at once, and see how many one answer brings."""
    wanted = min(known.hits, _ASKED_AT_ONCE)
    if wanted <= len(known.records):
        return
    reply = yield Present(1, wanted, known.syntax, known.element_set)
    what = f"{wanted} records in one Present"
    if not isinstance(reply.result, list):
        failed = Verdict.REFUSED if isinstance(reply.error, DiagnosticError) else Verdict.FAULT
        verdict = Verdict.NOT_TRIED if reply.skipped else failed
        told = "The locate asks for ten at a time." if reply.error else ""
        known.tell(Area.RECORDS, what, verdict, fault_told(reply), told)
        return
    first = reply.sizes[0] if reply.sizes else len(reply.result)
    if first >= wanted:
        known.tell(Area.RECORDS, what, Verdict.WORKS, f"all {first} came in one answer")
        return
    known.message_cap = known.facts.present_limit or first
    answers = counted(len(reply.sizes), "answer")
    told = (
        "The locate asks again for what is missing."
        if first >= _FEW
        else ("Fewer than the ten that the locate asks for come at once; the written profile asks for as many as come.")
    )
    known.tell(
        Area.RECORDS, what, Verdict.LIMITED, f"{first} in the first answer, {len(reply.result)} in {answers}", told
    )
