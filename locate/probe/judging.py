"""What a search came to, seen from the record that its term was taken from.

"No diagnostic" is not "works": the record itself has to be among the hits, or, where there are more hits than were
fetched, those fetched have to hold what was searched. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from locate.errors import DiagnosticError
from locate.probe.actions import Action, Reply, Search
from locate.probe.connecting import fault_told
from locate.probe.findings import Verdict
from locate.probe.knowledge import Knowledge
from locate.probe.opening import RECORDS, readable
from locate.probe.picking import Pick, fits, same_record
from locate.text import counted
from locate.z3950.query import Query, to_pqf
from locate.z3950.retrieval import ResultSet

__all__ = ["Judged", "search_for"]


@dataclass(frozen=True, slots=True)
class Judged:
    """The ``verdict`` on one search and what was seen; ``hits`` None when there was no answer."""

    verdict: Verdict
    note: str
    query: str
    hits: int | None = None
    error: DiagnosticError | None = None


def search_for(
    known: Knowledge, query: Query, pick: Pick, *, charset: str | None = None, result_set: str = "default"
) -> Generator[Action, Reply, Judged]:
    """Search, and judge the hits by ``pick``."""
    reply = yield Search(
        query, RECORDS, known.syntax, known.element_set, charset or known.charset, result_set=result_set
    )
    text = to_pqf(query)
    if isinstance(reply.error, DiagnosticError):
        return Judged(Verdict.REFUSED, reply.error.message, text, error=reply.error)
    if reply.error is not None:
        return Judged(Verdict.FAULT, fault_told(reply), text)
    if not isinstance(reply.result, ResultSet):
        return Judged(Verdict.NOT_TRIED, fault_told(reply), text)
    verdict, note = _judge(reply.result, pick)
    return Judged(verdict, note, text, reply.result.hits)


def _judge(result: ResultSet, pick: Pick) -> tuple[Verdict, str]:
    hits = counted(result.hits, "hit")
    if not result.hits:
        return Verdict.NOTHING, "no hits"
    records = readable(result.records)
    strange = [record for record in records if not fits(pick, record)]
    mostly = bool(records) and 2 * len(strange) <= len(records)
    verdict, note = Verdict.WRONG, f"{hits}, but not the record that the term was taken from"
    if not records:
        note = f"{hits}, but no record that can be read"
    elif any(same_record(pick.record, record) for record in records):
        verdict, note = Verdict.WORKS, f"{hits}, the record among them"
        if not mostly:
            verdict, note = Verdict.LIMITED, f"{note}; {len(strange)} of {len(records)} looked at do not hold the term"
    elif mostly and result.hits > len(result.records):
        verdict, note = Verdict.WORKS, f"{hits}; those looked at hold the term"
    elif mostly:
        verdict, note = Verdict.LIMITED, f"{hits} that hold the term, but not the record it was taken from"
    return verdict, note
