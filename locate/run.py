"""The locate policy without IO: which search comes next at each partner, and what the answers come to.

`LocateRun` holds one `PartnerRun` for every partner. A driver asks ``next_steps(now)`` for the searches that can be
sent, carries them out in any way it likes, and hands each answer or fault to ``take(event, now)``; times are seconds of
any one clock. No socket, clock or random source is touched, so a locate can be replayed exactly. Raises nothing for
anything a target does: every fault becomes part of a `PartnerOutcome`.
"""

from __future__ import annotations

from collections.abc import Sequence

from locate.citation import BorrowingRequest
from locate.errors import LocateError
from locate.matching import Matcher
from locate.matching.views import CitationView
from locate.outcome import LocateOutcome
from locate.partner import Partner, RunLimits
from locate.partner_run import Answer, Ask, Event, Fault, PartnerRun, Started
from locate.z3950.facts import TargetFacts

__all__ = ["Answer", "Ask", "Event", "Fault", "LocateRun", "Started"]


class LocateRun:
    """One request at all partners of its rota. ``facts`` carries what earlier runs learned of each target;
    ``every_format`` reads the holdings of other formats of the item too, for the lending decision.
    """

    def __init__(
        self,
        request: BorrowingRequest,
        partners: Sequence[Partner],
        *,
        started: float,
        limits: RunLimits | None = None,
        matcher: Matcher | None = None,
        facts: dict[str, TargetFacts] | None = None,
        every_format: bool = False,
    ) -> None:
        self._request = request
        self._started = started
        self._limits = limits or RunLimits()
        known = facts if facts is not None else {}
        judge = matcher or Matcher()
        prepared = CitationView(request.citation)
        self._partners = {
            partner.code: PartnerRun(
                partner,
                prepared,
                judge,
                known.setdefault(str(partner.target), TargetFacts()),
                intent=request.intent,
                every_format=every_format,
            )
            for partner in partners
        }

    @property
    def deadline(self) -> float:
        """The time at which the run ends whatever is still open."""
        return self._started + self._limits.deadline_s

    @property
    def done(self) -> bool:
        """True when every partner has its outcome."""
        return all(partner.done for partner in self._partners.values())

    def next_steps(self, now: float) -> list[Ask]:
        """Return the searches to send now: at most one for each partner, and no more partners than allowed at once."""
        if now >= self.deadline:
            self.expire(now)
            return []
        busy = sum(partner.busy for partner in self._partners.values())
        asks: list[Ask] = []
        # Partners already being asked go on before new ones are begun.
        for partner in sorted(self._partners.values(), key=lambda each: not each.begun):
            if busy + len(asks) >= self._limits.max_partners_at_once:
                break
            ask = partner.next_ask(now, self.deadline)
            if ask is not None:
                asks.append(ask)
        return asks

    def take(self, event: Event, now: float) -> None:
        """Take the answer to an ask, or its fault."""
        self._partners[event.partner_code].take(event, now)

    def fail(self, partner_code: str, error: LocateError, now: float) -> None:
        """End a partner with a fault of the driver's own side."""
        self._partners[partner_code].fail(error, now)

    def is_done(self, partner_code: str) -> bool:
        """Return whether the partner has its outcome; its connection is then no longer needed."""
        return self._partners[partner_code].done

    def expire(self, now: float) -> None:
        """End every partner that is not done as TIMEOUT."""
        for partner in self._partners.values():
            partner.expire(now)

    def outcome(self, now: float) -> LocateOutcome:
        """Return the outcome; partners still open are ended first."""
        self.expire(now)
        runs = self._partners.values()
        notes = dict.fromkeys(note for run in runs for note in run.notes)
        return LocateOutcome(
            request=self._request,
            partners=tuple(run.result for run in runs),
            notes=tuple(notes),
            elapsed_s=now - self._started,
        )
