"""The locate policy at one partner: the cascade of searches, what is done about a refusal, and the finding.

A step that cannot be built, is not supported or finds nothing verified gives way to the next. A refused attribute,
operator or record syntax is remembered in `TargetFacts` and the search is degraded; a step whose use attribute is
refused counts as unsupported, never as "not found". Pure; raises nothing for anything a target answers.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from locate import reasons
from locate.availability.holdings import Availability
from locate.candidates import Judge, distinct_titles, nearest_first
from locate.citation import Intent
from locate.errors import DiagnosticError, LocateError, TargetClosed, TargetTimeout
from locate.events import Answer, Ask, Event, Fault, Started
from locate.matching import Matcher, MatchVerdict
from locate.matching.views import CitationView
from locate.outcome import Candidate, Disposition, Finding, PartnerOutcome, SearchReport
from locate.partner import OnError, Partner, StepKind
from locate.plan import Attempt, alternatives, minimal, narrowed, plan_searches, truncates, uses_of
from locate.z3950.diagnostics import SYNTAX_REFUSED, UNSUPPORTED_QUERY, is_bib1, refusal
from locate.z3950.facts import TargetFacts
from locate.z3950.query import Query, QueryError, Use, to_pqf
from locate.z3950.retrieval import Fetched, ResultSet, SurrogateDiagnostic

__all__ = ["Answer", "Ask", "Event", "Fault", "PartnerRun", "Started"]

_TOO_MANY_RECORDS = 12
_UNSUPPORTED_USE = 114
_UNSUPPORTED_OPERATOR = 110
_UNSUPPORTED_SYNTAX = 239
# Diagnostics that attributes other than use may be the cause of.
_ATTRIBUTES_AT_FAULT = frozenset({3, 113, 117, 118, 119, 120, 122, 123, 246, 247, 1024, 1056})
# Diagnostics about the query at hand: the next one may do. Others speak of the target as a whole.
_QUERY_AT_FAULT = UNSUPPORTED_QUERY | {4, 5, 6, 7, 8, 9, 10, 11, 12, 108, 124, 125, 126, 127, 234, 1072}


class PartnerRun:
    """The state of one partner in a run."""

    def __init__(
        self,
        partner: Partner,
        citation: CitationView,
        matcher: Matcher,
        facts: TargetFacts,
        *,
        intent: Intent | None = None,
        every_format: bool = False,
    ) -> None:
        self._partner = partner
        self._year = citation.citation.year
        self._facts = facts
        self._judge = Judge(citation, partner, matcher, intent, every_format=every_format)
        self._queue: deque[Attempt] = deque()
        self._current: Attempt | None = None
        self._asked_syntax = ""
        self._refused_syntaxes: set[str] = set()
        self._truncation_refused = False
        self._reports: list[SearchReport] = []
        self._candidates: list[Candidate] = []
        self._unreadable = 0
        self._unverified = ""
        self._ran: set[StepKind] = set()
        self._refusals: list[DiagnosticError] = []
        self._reconnects = 1
        self._started: float | None = None
        self._outcome: PartnerOutcome | None = None
        self.notes: tuple[str, ...] = ()
        if partner.profile is None:
            self._finish(Finding.SKIPPED, "No locate profile is configured; the partner is kept, not verified.", 0.0)
            return
        try:
            plan = plan_searches(citation.citation, partner.profile)
        except QueryError as error:
            self._finish(Finding.TARGET_ERROR, f"The profile's pqf_prefix makes no query: {error}.", 0.0)
            return
        self.notes = plan.notes
        self._queue.extend(plan.attempts)
        self._syntaxes = partner.profile.record_syntaxes
        if not plan.attempts:
            reason = "The citation has nothing that this partner can be searched by."
            self._finish(Finding.NO_USABLE_IDENTIFIER, reason, 0.0)

    @property
    def done(self) -> bool:
        """True when the outcome stands."""
        return self._outcome is not None

    @property
    def begun(self) -> bool:
        """True once a search was asked for."""
        return self._started is not None

    @property
    def busy(self) -> bool:
        """True while an ask is outstanding."""
        return self._current is not None

    @property
    def result(self) -> PartnerOutcome:
        """The outcome; only when done."""
        assert self._outcome is not None, "the partner is not done"
        return self._outcome

    # ---- asking -----------------------------------------------------------------------------------------------------

    def next_ask(self, now: float, run_deadline: float) -> Ask | None:
        """Return the next search, or None when one is outstanding or nothing is left to ask."""
        if self.done or self.busy:
            return None
        profile = self._partner.profile
        assert profile is not None
        if self._started is None:
            self._started = now
        left_s = min(self._started + self._partner.limits.partner_s, run_deadline) - now
        if left_s <= 0:
            self.expire(now)
            return None
        syntax = self._syntax()
        if syntax is None:
            wanted = ", ".join(self._syntaxes)
            self._finish(Finding.TARGET_ERROR, f"The target gives none of the record syntaxes {wanted}.", now)
            return None
        if len(self._reports) < profile.max_searches:
            self._current = self._take_attempt()
        if self._current is None:
            self._conclude(now)
            return None
        self._asked_syntax = syntax
        timeout_s = min(self._partner.limits.operation_s, left_s)
        return Ask(self._partner, self._current.query, profile.max_records, syntax, timeout_s, left_s)

    def _syntax(self) -> str | None:
        refused = self._facts.refused_syntaxes | self._refused_syntaxes
        return next((name for name in self._syntaxes if name not in refused), None)

    def _take_attempt(self) -> Attempt | None:
        """Return the next attempt that the target is not known to refuse, degraded to what it takes."""
        while self._queue:
            attempt = self._queue.popleft()
            if truncates(attempt.query) and (self._truncation_refused or self._facts.minimal_attributes):
                continue
            if self._facts.minimal_attributes:
                attempt = replace(attempt, query=minimal(attempt.query))
            if not self._facts.has_or and _has_or(attempt.query):
                singles = [replace(attempt, query=query) for query in alternatives(attempt.query)]
                self._queue.extendleft(reversed(singles))
                continue
            refused = self._facts.refused_uses.intersection(uses_of(attempt.query))
            if not refused:
                return attempt
            self._refusals.append(refusal(_UNSUPPORTED_USE, str(min(refused))))
        return None

    # ---- taking -----------------------------------------------------------------------------------------------------

    def take(self, event: Event, now: float) -> None:
        """Take one event; events that come after the end, or that nothing was asked for, are dropped."""
        if self.done:
            return
        if isinstance(event, Started):
            self._started = now
            return
        attempt, self._current = self._current, None
        if attempt is None:
            return
        if isinstance(event, Answer):
            self._take_answer(attempt, event.result, now)
        else:
            self._take_fault(attempt, event.error, now)
        if not self.done and not self._queue:
            self._conclude(now)

    def _take_answer(self, attempt: Attempt, result: ResultSet, now: float) -> None:
        if result.records and all(
            isinstance(found, SurrogateDiagnostic) and is_bib1(found, SYNTAX_REFUSED) for found in result.records
        ):
            # A single record that cannot be had in this syntax says little of the target's other records.
            self._refuse_syntax(attempt, lasting=len(result.records) > 1 or _says_unsupported(result.records[0]))
            return
        fresh, unreadable = self._judge.judge(result.records, attempt.label)
        accepted = self._judge.accepted(fresh)
        self._candidates += fresh
        self._unreadable += unreadable
        self._report(attempt, result.hits, len(result.records), len(accepted), result.note)
        if 0 < unreadable == len(result.records) and self._asked_syntax != self._syntaxes[-1]:
            # Whatever came instead of what was asked for, none of it can be read: another syntax may do better.
            self._refuse_syntax(attempt, lasting=False)
            return
        self._ran.add(attempt.step)
        if _supplied(accepted):
            self._conclude(now)
        elif result.hits > len(result.records) and not self._narrow(attempt) and not attempt.is_guess:
            self._unverified = (
                f"{result.hits:,} records answer to the search by {attempt.label}; "
                f"only {len(result.records)} of them were looked at, and none is the item."
            )

    def _narrow(self, attempt: Attempt) -> bool:
        """Ask for the hits of the year next, since all are too many; False when that cannot narrow them."""
        by_date = Use.DATE_OF_PUBLICATION
        if self._year is None or by_date in uses_of(attempt.query) or by_date in self._facts.refused_uses:
            return False
        self._queue.appendleft(narrowed(attempt, self._year))
        return True

    def _take_fault(self, attempt: Attempt, error: LocateError, now: float) -> None:
        if isinstance(error, DiagnosticError):
            self._take_diagnostic(attempt, error, now)
            return
        if isinstance(error, TargetClosed) and self._reconnects and self._reports:
            # A target may drop an association between two searches; once, a fresh one is worth a try.
            self._reconnects -= 1
            self._queue.appendleft(attempt)
            return
        note = " ".join(error.diagnostics())
        self._report(attempt, None, 0, 0, note)
        self.fail(error, now)

    def _take_diagnostic(self, attempt: Attempt, error: DiagnosticError, now: float) -> None:
        if is_bib1(error, SYNTAX_REFUSED):
            self._refuse_syntax(attempt, lasting=True)
            return
        self._report(attempt, None, 0, 0, error.message)
        if not is_bib1(error, _QUERY_AT_FAULT):
            self._finish(Finding.TARGET_ERROR, f"The target refuses: {error.message}.", now)
            return
        self._refusals.append(error)
        if is_bib1(error, {_TOO_MANY_RECORDS}):
            self._narrow(attempt)
        elif is_bib1(error, {_UNSUPPORTED_USE}):
            self._facts.refused_uses.add(_use_meant(error, attempt.query))
        elif is_bib1(error, {_UNSUPPORTED_OPERATOR}) and _has_or(attempt.query):
            self._facts.has_or = False
            self._queue.appendleft(attempt)
        elif is_bib1(error, _ATTRIBUTES_AT_FAULT) and truncates(attempt.query):
            self._truncation_refused = True
        elif is_bib1(error, _ATTRIBUTES_AT_FAULT) and minimal(attempt.query) != attempt.query:
            self._facts.minimal_attributes = True
            self._queue.appendleft(attempt)

    def _refuse_syntax(self, attempt: Attempt, *, lasting: bool) -> None:
        self._refused_syntaxes.add(self._asked_syntax)
        if lasting:
            self._facts.refused_syntaxes.add(self._asked_syntax)
        self._queue.appendleft(attempt)

    def _report(self, attempt: Attempt, hits: int | None, fetched: int, verified: int, note: str) -> None:
        report = SearchReport(attempt.label, to_pqf(attempt.query), hits, fetched, verified, note)
        self._reports.append(report)

    # ---- ending -----------------------------------------------------------------------------------------------------

    def expire(self, now: float) -> None:
        """End as TIMEOUT unless done."""
        if not self.done:
            self._finish(Finding.TIMEOUT, "No complete answer came within the time allowed.", now)

    def fail(self, error: LocateError, now: float) -> None:
        """End with a fault, whatever is outstanding, unless done."""
        if not self.done:
            finding = Finding.TIMEOUT if isinstance(error, TargetTimeout) else Finding.TARGET_ERROR
            self._finish(finding, reasons.fault(error), now)

    def _conclude(self, now: float) -> None:
        """Every executable step ran, or one of them found it."""
        accepted = self._judge.accepted(self._candidates)
        if accepted:
            self._conclude_found(accepted, now)
            return
        nearest = nearest_first(self._candidates)
        undecided = [each for each in nearest if each.match.verdict is MatchVerdict.INSUFFICIENT]
        if undecided:
            self._finish(Finding.AMBIGUOUS, reasons.undecided(undecided[0]), now)
        elif not nearest and any(report.hits for report in self._reports):
            self._finish(Finding.TARGET_ERROR, "The target reports hits but gives no record that can be read.", now)
        elif untried := [step for step in dict.fromkeys(a.step for a in self._queue) if step not in self._ran]:
            # Not every executable step ran: NOT_FOUND would claim too much, and drop the partner.
            reason = f"The limit of searches ({len(self._reports)}) was reached before {', '.join(untried)} was tried."
            self._finish(Finding.UNSUPPORTED, reason, now)
        elif self._unverified:
            self._finish(Finding.AMBIGUOUS, self._unverified, now)
        elif self._ran:
            reason = reasons.not_found(
                nearest, self._reports, self._unreadable, cut=any(not left.is_guess for left in self._queue)
            )
            self._finish(Finding.NOT_FOUND, reason, now)
        elif self._refusals:
            refused = "; ".join(dict.fromkeys(each.message for each in self._refusals))
            self._finish(Finding.UNSUPPORTED, f"The target cannot search by what the citation has: {refused}.", now)
        else:
            self._finish(Finding.NO_USABLE_IDENTIFIER, "Nothing in the citation could be searched by.", now)

    def _conclude_found(self, accepted: list[Candidate], now: float) -> None:
        supplied = _supplied(accepted)
        if not supplied:
            requestability = accepted[0].requestability
            assert requestability is not None
            self._finish(Finding.NOT_FOUND, requestability.reason, now)
            return
        titles = distinct_titles(supplied)
        best = supplied[0]
        found = best.requestability
        assert found is not None
        if len(titles) > 1:
            reason = f"Several titles fit the request: {'; '.join(titles[:3])}."
            self._finish(Finding.AMBIGUOUS, reason, now, chosen=best)
            return
        reason = reasons.found(best, found, self._candidates)
        self._finish(Finding.FOUND, reason, now, chosen=best, verdict=found.verdict)

    def _finish(
        self,
        finding: Finding,
        reason: str,
        now: float,
        *,
        chosen: Candidate | None = None,
        verdict: Availability = Availability.NOT_CHECKED,
    ) -> None:
        self._outcome = PartnerOutcome(
            code=self._partner.code,
            name=self._partner.label,
            finding=finding,
            availability=verdict,
            disposition=_disposition(finding, self._partner.on_error),
            reason=reason,
            chosen=chosen,
            others=tuple(nearest_first(each for each in self._candidates if each is not chosen)),
            searches=tuple(self._reports),
            unreadable=self._unreadable,
            elapsed_s=now - self._started if self._started is not None else 0.0,
        )


def _disposition(finding: Finding, on_error: OnError) -> Disposition:
    """Only NOT_FOUND removes a partner by itself; a fault follows the partner's on_error."""
    if finding in {Finding.TARGET_ERROR, Finding.TIMEOUT}:
        return {
            OnError.KEEP_LAST: Disposition.KEEP_UNVERIFIED,
            OnError.RETRY_LATER: Disposition.RETRY_LATER,
            OnError.DROP: Disposition.DROP,
        }[on_error]
    if finding is Finding.NOT_FOUND:
        return Disposition.DROP
    return Disposition.KEEP if finding is Finding.FOUND else Disposition.KEEP_UNVERIFIED


def _supplied(accepted: list[Candidate]) -> list[Candidate]:
    """Leave out what the partner surely cannot supply: held only at libraries that do not, or without the part."""
    return [each for each in accepted if not (each.requestability and each.requestability.not_held)]


def _says_unsupported(found: Fetched) -> bool:
    return isinstance(found, SurrogateDiagnostic) and is_bib1(found, {_UNSUPPORTED_SYNTAX})


def _has_or(query: Query) -> bool:
    return alternatives(query) != [query]


def _use_meant(error: DiagnosticError, query: Query) -> int:
    """Return the use attribute that diagnostic 114 speaks of: the one in addinfo, else the last of the query."""
    uses = uses_of(query)
    named = error.addinfo.strip().rpartition("=")[2]
    if named.isdigit() and int(named) in uses:
        return int(named)
    return uses[-1] if uses else 0
