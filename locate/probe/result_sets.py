"""What a target does with result sets: named ones, sorting and deleting them; and Scan beside them.

The locate needs none of these; who sets up a partner, or writes a program for it, wants to know. Decides how a named
result set that was silently replaced is found out. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Generator

from locate.errors import DiagnosticError, LocalProtocolError
from locate.probe.actions import Action, Delete, Present, Reply, Scan, Search, Sort, Steps
from locate.probe.connecting import fault_told
from locate.probe.findings import Area, Verdict
from locate.probe.forms import plain
from locate.probe.knowledge import Knowledge
from locate.probe.opening import readable
from locate.probe.picking import same_record
from locate.records import BibRecord
from locate.text import counted
from locate.z3950.apdu import DeleteSetStatus
from locate.z3950.query import Query, Term, Use
from locate.z3950.requests import NAMED_RESULT_SETS, SortKey
from locate.z3950.retrieval import ResultSet
from locate.z3950.scan_and_sort import ScanResult, SortResult

__all__ = ["named_sets", "other_services"]

_DELETE, _SCAN, _SORT = 2, 7, 8
_DELETED = {DeleteSetStatus.SUCCESS: "deleted", DeleteSetStatus.DID_NOT_EXIST: "there was none to delete"}
_FIRST, _SECOND = "probe-1", "probe-2"
_WHAT = "named result sets"
_NO_PAIR = "no two searches with different first records"
_HARMLESS = "The locate never goes back to an older result set, so this does no harm."


def named_sets(known: Knowledge) -> Steps:
    """Search twice under two names, then ask for a record of the first result set again."""
    if known.server is None or NAMED_RESULT_SETS not in known.server.options:
        known.tell(Area.RESULT_SETS, _WHAT, Verdict.TOLD, "not offered: one result set is kept", _HARMLESS)
        return
    pair = _two_searches(known)
    if pair is None:
        known.tell(Area.RESULT_SETS, _WHAT, Verdict.NOT_TRIED, _NO_PAIR)
        return
    known.facts.named_sets = True  # or the client would not ask for the older set
    first, fault = yield from _first_of(known, pair[0], _FIRST)
    second, later_fault = yield from _first_of(known, pair[1], _SECOND)
    if first is None or second is None or same_record(first, second):
        known.facts.named_sets = False
        known.tell(Area.RESULT_SETS, _WHAT, Verdict.NOT_TRIED, fault or later_fault or _NO_PAIR)
        return
    reply = yield Present(1, 1, known.syntax, known.element_set, _FIRST)
    again = readable(reply.result) if isinstance(reply.result, list) else []
    known.facts.named_sets = bool(again) and same_record(again[0], first)
    if known.facts.named_sets:
        known.tell(Area.RESULT_SETS, _WHAT, Verdict.WORKS, "an older set is still there after another search")
    elif again:
        told = f"The name is ignored: the latest search's records come under every name. {_HARMLESS}"
        known.tell(Area.RESULT_SETS, _WHAT, Verdict.WRONG, "the older set's name gives the newer set's records", told)
    elif isinstance(reply.error, DiagnosticError):
        known.tell(Area.RESULT_SETS, _WHAT, Verdict.REFUSED, reply.error.message, _HARMLESS)
    elif isinstance(reply.error, LocalProtocolError):
        known.tell(Area.RESULT_SETS, _WHAT, Verdict.NOT_TRIED, "the connection was lost between the two searches")
    else:
        known.tell(Area.RESULT_SETS, _WHAT, Verdict.FAULT, fault_told(reply) or "no record came", _HARMLESS)


def _two_searches(known: Knowledge) -> tuple[Query, Query] | None:
    """Return two searches that brought different records before."""
    if known.seed is None:
        return None
    for use in (Use.ISBN, Use.ISSN, Use.LCCN, Use.LOCAL_NUMBER, Use.TITLE):
        tried = known.usable(use)
        if tried is not None and tried.pick is not None and not same_record(tried.pick.record, known.records[0]):
            return Term(tried.pick.text, tried.attributes), known.seed
    for use in (Use.ISBN, Use.LCCN, Use.LOCAL_NUMBER):
        tried = known.usable(use)
        other = next((each for each in known.records if not same_record(each, known.records[0])), None)
        if tried is not None and use == Use.LOCAL_NUMBER and other is not None and other.control_number:
            return Term(other.control_number, tried.attributes), known.seed
    return None


def _first_of(known: Knowledge, query: Query, name: str) -> Generator[Action, Reply, tuple[BibRecord | None, str]]:
    """Return the first record of a search under a name, and what the search ended in, "" for an answer."""
    reply = yield Search(query, 1, known.syntax, known.element_set, known.charset, result_set=name)
    records = readable(reply.result.records) if isinstance(reply.result, ResultSet) else []
    return records[0] if records else None, fault_told(reply)


def other_services(known: Knowledge) -> Steps:
    """Try Sort, Scan and Delete once each, where Init offers them."""
    options = known.server.options if known.server is not None else frozenset()
    if _SORT in options and known.seed is not None:
        reply = yield Search(known.seed, 1, known.syntax, known.element_set, known.charset)
        if isinstance(reply.result, ResultSet):
            reply = yield Sort(SortKey(plain(Use.TITLE)))
        _tell(known, "sort by title", reply, "sorted" if isinstance(reply.result, SortResult) else "")
    if _SCAN in options:
        title = known.usable(Use.TITLE)
        word = title.pick.text.split()[0] if title is not None and title.pick is not None else "history"
        reply = yield Scan(Term(word, title.attributes[:1] if title is not None else plain(Use.TITLE)), known.charset)
        terms = len(reply.result.entries) if isinstance(reply.result, ScanResult) else 0
        _tell(known, "scan of titles", reply, counted(terms, "term") if terms else "no terms")
    if _DELETE in options:
        reply = yield Delete(_SECOND)
        status = reply.result.get(_SECOND) if isinstance(reply.result, dict) else None
        gone = _DELETED.get(status or 0, f"not deleted (status {status})")
        _tell(known, "delete of a result set", reply, gone)


def _tell(known: Knowledge, what: str, reply: Reply, done: str) -> None:
    if reply.skipped:
        known.tell(Area.RESULT_SETS, what, Verdict.NOT_TRIED, reply.skipped)
    elif isinstance(reply.error, DiagnosticError):
        known.tell(Area.RESULT_SETS, what, Verdict.REFUSED, reply.error.message, "The locate does not need it.")
    elif reply.error is not None:
        told = "The connection ends over this, though Init offers it; the locate does not need it."
        known.tell(Area.RESULT_SETS, what, Verdict.FAULT, fault_told(reply), told)
    else:
        known.tell(Area.RESULT_SETS, what, Verdict.TOLD, done)
