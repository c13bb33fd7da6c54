"""The probe without IO: what to ask a target next, and what its answers come to.

`Probe` runs its parts one after the other. A driver asks ``next_action()`` what to carry out and hands what became of
it to ``take(reply)``; no socket or clock is touched. What is decided here is what concerns every part: how many
searches there are, that what a connection ended over is asked once more over a new one, and that the probe goes on
after every fault but a target that lets nobody in any more. Raises nothing for anything a target answers: every fault
is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from locate.errors import DiagnosticError, LocalProtocolError, LocateError, TargetClosed
from locate.partner import Target
from locate.probe import charsets, connecting, holding, opening, proving, result_sets, retrieving, searching
from locate.probe.actions import Action, Connect, Present, Reply, Search, Sort, Steps
from locate.probe.advising import summed_up
from locate.probe.findings import ProbeReport
from locate.probe.knowledge import Knowledge, Options
from locate.z3950.facts import TargetFacts

__all__ = ["Probe"]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the probe: what it is about, to be shown while it works, and its steps.

    ``needs_records`` leaves it out when no record was met; ``for_quick`` False leaves it out of a quick probe.
    """

    doing: str
    steps: Callable[[Knowledge], Steps]
    needs_records: bool = True
    for_quick: bool = True


_PARTS = (
    _Part("connecting", connecting.connect, needs_records=False),
    _Part("looking for a first record", opening.first_record, needs_records=False),
    _Part("record syntaxes", retrieving.syntaxes),
    _Part("records in one answer", retrieving.message_cap, for_quick=False),
    _Part("a word that no record has", searching.control),
    _Part("records with numbers to search by", opening.more_records, for_quick=False),
    _Part("use attributes", searching.uses),
    _Part("operators", searching.operators),
    _Part("forms of a title search", searching.title_forms, for_quick=False),
    _Part("character set of queries", charsets.query_charset),
    _Part("named result sets", result_sets.named_sets, for_quick=False),
    _Part("scan, sort and delete", result_sets.other_services, for_quick=False),
    _Part("holdings", holding.holdings),
    _Part("matching", proving.matching),
    _Part("a locate with the profile found", proving.prove),
)
_LAST_PART_SEARCHES = 6  # kept for the proof
_QUICK_LAST_PART_SEARCHES = 2
_MOST_BY_ONE_ACTION = 2  # a search whose records are refused is sent again without them


class Probe:
    """A probe of one target. ``facts`` are to be given to the client, which adds to them; ``searches`` have been sent;
    ``doing`` says what is under way.
    """

    def __init__(self, target: Target, options: Options | None = None) -> None:
        self.target = target
        self.searches = 0
        self.doing = ""
        self._known = Knowledge(target, options or Options())
        self._parts: Iterator[_Part] = iter(_PARTS)
        self._part = _PARTS[0]
        self._steps: Steps | None = None
        self._wanted: Action | None = None  # by the part under way
        self._sent: Action | None = None  # to the driver
        self._latest: Search | None = None
        self._lost = False
        self._restored = True  # False on a fresh connection, until the latest result set is there again
        self._again = False  # the action wanted was sent before, and the connection ended over it
        self._faults = 0
        self._fault: LocateError | None = None
        self._ended = ""
        self._next_part()

    @property
    def facts(self) -> TargetFacts:
        """What the client has learned of the target."""
        return self._known.facts

    # ---- the driver's side ------------------------------------------------------------------------------------------

    def next_action(self) -> Action | None:
        """Return what to do next, None at the end. Call `take` with what became of it before the next call."""
        while self._wanted is not None:
            action = self._first_of_all() or self._wanted
            reason = self._why_not(action)
            if not reason:
                self._sent = action
                return action
            self._feed(Reply(skipped=reason))
        return None

    def take(self, reply: Reply) -> None:
        """Take what became of the action given last; a reply that was not asked for is dropped."""
        sent, self._sent = self._sent, None
        if sent is None or self._wanted is None:
            return
        self.searches += reply.searches
        self._known.slowest_s = max(self._known.slowest_s, reply.elapsed_s)
        error = reply.error
        broken = error is not None and not isinstance(error, DiagnosticError | LocalProtocolError)
        if isinstance(sent, Connect):
            self._lost, self._restored = broken, False
            if broken:
                self._fault = error
                self._ended = "no association comes about"
        elif isinstance(error, TargetClosed) and not self._again:
            # A target may end a connection that it thinks idle or long: what was asked gets a second chance.
            self._lost, self._again = True, True
            self._known.connections_lost += 1
            return
        elif broken:
            self._lost = True
            self._faults += 1
        elif isinstance(sent, Search):
            self._latest, self._restored = sent, True
        if sent is self._wanted or (broken and not isinstance(sent, Connect)):
            self._feed(reply)

    def stop(self, reason: str) -> None:
        """Send nothing more; what is left counts as not tried. ``reason`` completes "not tried: …"."""
        self._ended = self._ended or reason

    def report(self, elapsed_s: float) -> ProbeReport:
        """Return what was found; ``elapsed_s`` seconds is how long it took."""
        known = self._known
        first = self._fault if known.server is None else None
        return summed_up(known, fault=first, ended=self._ended, searches=self.searches, elapsed_s=elapsed_s)

    # ---- parts ------------------------------------------------------------------------------------------------------

    def _next_part(self) -> None:
        """Begin the next part that there is reason for, and that has something to ask."""
        quick = self._known.options.quick
        self._steps, self._wanted = None, None
        for part in self._parts:
            if (quick and not part.for_quick) or (part.needs_records and not self._known.records):
                continue
            self._part, self._faults, self.doing = part, 0, part.doing
            steps = part.steps(self._known)
            self._wanted = next(steps, None)
            if self._wanted is not None:
                self._steps = steps
                return

    def _first_of_all(self) -> Action | None:
        """Return what has to be done before the action that is wanted: to connect, to make its result set anew."""
        if self._lost:
            return Connect()
        latest, wanted = self._latest, self._wanted
        if self._restored or latest is None or not isinstance(wanted, Present | Sort):
            return None
        return None if isinstance(wanted, Present) and wanted.result_set != latest.result_set else latest

    def _feed(self, reply: Reply) -> None:
        assert self._steps is not None
        self._again = False
        try:
            self._wanted = self._steps.send(reply)
        except StopIteration:
            self._next_part()

    def _why_not(self, action: Action) -> str:
        """Return why an action is not carried out; "" when it is."""
        if self._ended:
            return self._ended
        if self._faults > 1:
            return "the connection was lost twice over this"
        if isinstance(action, Search):
            options = self._known.options
            kept = _QUICK_LAST_PART_SEARCHES if options.quick else _LAST_PART_SEARCHES
            if self._part is _PARTS[-1]:
                kept = 0
            if self.searches + kept + _MOST_BY_ONE_ACTION > options.max_searches:
                return f"the limit of {options.max_searches} searches"
        return ""
