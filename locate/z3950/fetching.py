"""How records are got out of a target that does not do as asked.

Decides when a refused Search or Present is asked again in another form: records in the Search answer refused, an
element set or record syntax refused, an answer cut by a message size, a record too large to come among others. What
is learned goes into the target's `TargetFacts`. Refuses to know links, deadlines and what the records say: it is given
a function that asks. Raises DiagnosticError; a fault in one record is a value in the list of records.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from locate.errors import DiagnosticError
from locate.partner import Target
from locate.z3950.apdu import NamePlusRecord, PresentResponse, PresentStatus, RpnQuery, SearchResponse
from locate.z3950.diagnostics import (
    ELEMENT_SET_REFUSED,
    PIGGYBACK_REFUSED,
    RECORD_TOO_LARGE,
    SYNTAX_REFUSED,
    is_bib1,
    unexplained,
)
from locate.z3950.facts import TargetFacts
from locate.z3950.requests import present_request, search_request
from locate.z3950.retrieval import Fetched, ResultSet, SurrogateDiagnostic, diagnostic_of, read_records

__all__ = ["Fetcher", "Form"]

_CHUNK = 50  # records in one answer: targets cap a message at 16,000 to 105,000 bytes
_SYSTEM_ERROR_IN_PRESENTING = 14  # of a whole Present it says nothing about the element set
_TOO_MUCH = RECORD_TOO_LARGE | {12, 31, 32, 217, 242}  # too many records; resources exhausted; no segments so small
_SETS_NOT_NAMED = 22
_WHY_PARTIAL = {
    PresentStatus.PARTIAL_1: "the target's access control kept the others back",
    PresentStatus.PARTIAL_3: "the target's resource control kept the others back",
    PresentStatus.PARTIAL_4: "the target's resource control kept the others back",
}

Search = Callable[..., Awaitable[SearchResponse]]
Present = Callable[..., Awaitable[tuple[PresentResponse, list[NamePlusRecord]]]]


@dataclass(frozen=True, slots=True)
class Form:
    """The form that records are asked for in: ``syntax`` a dotted OID, ``element_set`` a name or None."""

    syntax: str
    element_set: str | None


class Fetcher:
    """Searches at one target and fetches records.

    ``search`` sends a Search and ``present`` a Present, which comes back with the records of its Segments.
    """

    def __init__(self, target: Target, facts: TargetFacts, search: Search, present: Present) -> None:
        self.target = target
        self._facts = facts
        self._ask_search = search
        self._ask_present = present

    # ---- Search -----------------------------------------------------------------------------------------------------

    async def search(self, query: RpnQuery, count: int, form: Form, result_set: str) -> ResultSet:
        """Search and fetch the first ``count`` records, in one round trip where the target allows it."""
        facts = self._facts
        piggyback = not facts.piggyback_refused
        answer = await self._search(query, count, form, result_set, piggyback=piggyback)
        refusal = diagnostic_of(answer.records)
        if not answer.search_status and piggyback and _only_records_refused(refusal):
            answer = await self._search(query, count, form, result_set, piggyback=False)
            if answer.search_status and is_bib1(refusal, PIGGYBACK_REFUSED):
                facts.piggyback, facts.piggyback_refused = False, True
            piggyback = False
            refusal = diagnostic_of(answer.records)
        if not answer.search_status:
            if is_bib1(refusal, {_SETS_NOT_NAMED}):
                facts.named_sets = False
            raise refusal or unexplained()
        result = ResultSet(answer.result_count, self._read(answer.records, 1, form)[:count])
        withheld = facts.piggyback and piggyback and count > 0 and not result.records
        asked_so = facts.element_sets
        await self._complete(result, min(count, answer.result_count), form, result_set)
        if withheld and result.records and facts.element_sets is asked_so:
            facts.piggyback = False  # Present gave, asked in the same way, what Search did not
            facts.piggyback_refused = is_bib1(refusal, PIGGYBACK_REFUSED)
        return result

    async def _search(
        self, query: RpnQuery, count: int, form: Form, result_set: str, *, piggyback: bool
    ) -> SearchResponse:
        # From a target that just does not give records here none are wanted, but the set bounds stay as it takes them.
        request = search_request(
            self.target,
            query,
            min(count, self._facts.present_limit or _CHUNK) if self._facts.piggyback else 0,
            syntax=form.syntax,
            element_set=form.element_set if self._facts.element_sets else None,
            result_set=result_set,
            piggyback=piggyback,
        )
        return await self._ask_search(request)

    async def _complete(self, result: ResultSet, wanted: int, form: Form, result_set: str) -> None:
        """Present until ``wanted`` records are there or the target gives no more."""
        refused_here = bool(form.element_set) and self._facts.element_sets and _element_set_refused(result.records)
        if refused_here:
            form = Form(form.syntax, None)
            result.records.clear()
        await self._refetch_large(result.records, form, result_set)
        try:
            missing = wanted - len(result.records)
            more, why = await self.present(result_set, len(result.records) + 1, missing, form)
            if refused_here and more and not _element_set_refused(more):
                self._facts.element_sets = False
        except DiagnosticError as error:
            if not result.records:
                raise
            more, why = [], error.message
        result.records.extend(more)
        if why:
            result.note = f"only {len(result.records)} of {wanted} records came: {why}"

    # ---- Present ----------------------------------------------------------------------------------------------------

    async def present(self, result_set: str, start: int, count: int, form: Form) -> tuple[list[Fetched], str]:
        """Fetch ``count`` records from ``start`` (1-based), in as many Presents as it takes.

        Returns them, and why there are fewer when the target gives fewer. Raises the diagnostic that refuses the first
        of them.
        """
        records: list[Fetched] = []
        while len(records) < count:
            chunk = min(count - len(records), self._facts.present_limit or _CHUNK)
            try:
                more, why = await self._present(result_set, start + len(records), chunk, form)
            except DiagnosticError as error:
                if not records:
                    raise
                return records, error.message
            records.extend(more)
            if why or not more:
                return records, why or "the target gave no more"
        return records[:count], ""

    async def _present(self, result_set: str, start: int, count: int, form: Form) -> tuple[list[Fetched], str]:
        """Return what one Present brings, asked for without element set or in smaller numbers when refused so."""
        refused_in_bulk = refused_elements = False
        elements = form.element_set if self._facts.element_sets else None
        while True:
            request = present_request(result_set, start, count, syntax=form.syntax, element_set=elements)
            answer, entries = await self._ask_present(request)
            refusal = diagnostic_of(answer.records)
            records = self._read(("response", tuple(entries)), start, form)
            refused_whole = is_bib1(refusal, ELEMENT_SET_REFUSED - {_SYSTEM_ERROR_IN_PRESENTING})
            if elements and (refused_whole or _element_set_refused(records)):
                elements, refused_elements = None, True
            elif count > 1 and is_bib1(refusal, _TOO_MUCH):
                count, refused_in_bulk = (count + 1) // 2, True
            else:
                break
        if refused_elements and records and not _element_set_refused(records):
            self._facts.element_sets = False  # else what was refused was not the element set name
        if refusal is not None:
            raise refusal
        if refused_in_bulk and records:
            self._facts.present_limit = count
        if count > 1:
            await self._refetch_large(records, Form(form.syntax, elements), result_set)
        return records, _WHY_PARTIAL.get(answer.present_status, "") if len(records) < count else ""

    async def _refetch_large(self, records: list[Fetched], form: Form, result_set: str) -> None:
        """Fetch alone what came as "record exceeds preferred message size" otherwise (diagnostics 16, 17)."""
        for index, found in enumerate(records):
            if isinstance(found, SurrogateDiagnostic) and is_bib1(found, RECORD_TOO_LARGE):
                with contextlib.suppress(DiagnosticError):
                    alone, _ = await self._present(result_set, found.position, 1, form)
                    records[index] = alone[0] if alone else found

    def _read(self, records: tuple[str, Any] | None, start: int, form: Form) -> list[Fetched]:
        return read_records(records, start, target=str(self.target), asked=form.syntax)


def _element_set_refused(records: list[Fetched]) -> bool:
    """Say whether there are records and every one of them is a diagnostic about the element set name."""
    return bool(records) and all(
        isinstance(found, DiagnosticError) and is_bib1(found, ELEMENT_SET_REFUSED) for found in records
    )


def _only_records_refused(refusal: DiagnosticError | None) -> bool:
    return is_bib1(refusal, PIGGYBACK_REFUSED | SYNTAX_REFUSED | ELEMENT_SET_REFUSED)
