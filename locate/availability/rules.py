"""What may be had of a partner that holds the title: `assess` gives a verdict, the item to ask for, and why.

In order: copies outside the partner's holdings codes do not count; electronic holdings do not count when a physical
copy is wanted; a copy is refused when the record says that it is not lent, or when the partner's deny and allow lists
say so; of the rest, one that is in decides for AVAILABLE, else one of unknown status for UNKNOWN, else all are out.
Where a list cannot be applied because the record does not name the location or policy, the copy counts as unknown,
never as available. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from locate.availability.electronic import Form, FormKind
from locate.availability.holdings import Availability, Holdings, Item, Status
from locate.availability.signs import fold
from locate.availability.wording import Judged, describe, state, summarize
from locate.partner import ItemPreferences

__all__ = ["Requestability", "assess"]


@dataclass(frozen=True, slots=True)
class Requestability:
    """What may be had: ``verdict``, a sentence ``reason``, the ``item`` to ask for (None when none),
    ``evidence``: one sentence for every item or rule that counted, and whether it is ``held_elsewhere``: only at
    libraries outside the partner's holdings codes.
    """

    verdict: Availability
    reason: str
    item: Item | None = None
    evidence: tuple[str, ...] = ()
    held_elsewhere: bool = False


def assess(
    holdings: Holdings,
    form: Form,
    *,
    preferences: ItemPreferences,
    holdings_codes: tuple[str, ...],
    wants_physical: bool,
) -> Requestability:
    """Judge what may be had of ``holdings``.

    ``holdings_codes`` empty means every library counts. The item of UNAVAILABLE is the one due first, that of UNKNOWN
    the first whose status is not known; NOT_REQUESTABLE and ELECTRONIC_ONLY have none.
    """
    if wants_physical and form.kind is FormKind.ELECTRONIC:
        return _electronic_only(form)
    codes = frozenset(map(fold, holdings_codes))
    held = [item for item in holdings.items if _counts(item, codes)]
    if holdings.items and not held:
        return _elsewhere(holdings, holdings_codes)
    wanted = [item for item in held if not (wants_physical and item.electronic)]
    if held and not wanted:
        return _electronic_only(form)
    if not wanted:
        evidence = (*form.evidence, *holdings.notes)
        return Requestability(
            Availability.UNKNOWN, "The record names no copy, so nothing is known of them.", None, evidence
        )
    lists = _Lists.of(preferences)
    return _choose([lists.judge(item, _missing_library(item, codes)) for item in wanted], holdings)


def _electronic_only(form: Form) -> Requestability:
    reason = "A physical copy is wanted, but only an electronic one is held."
    return Requestability(Availability.ELECTRONIC_ONLY, reason, None, form.evidence)


def _elsewhere(holdings: Holdings, holdings_codes: tuple[str, ...]) -> Requestability:
    libraries = dict.fromkeys(item.library or item.library_code for item in holdings.items)
    wanted = ", ".join(holdings_codes)
    reason = f"Held only by {_some(libraries)}, not by a library this partner supplies from ({wanted})."
    evidence = tuple(f"{item.place}: not among the holdings codes." for item in holdings.items)
    return Requestability(Availability.NOT_REQUESTABLE, reason, None, evidence, held_elsewhere=True)


def _some(names: Iterable[str], limit: int = 5) -> str:
    known = list(names)
    rest = len(known) - limit
    return ", ".join(known[:limit]) + (f" and {rest} more" if rest > 0 else "")


def _counts(item: Item, codes: frozenset[str]) -> bool:
    return not codes or _missing_library(item, codes) or not codes.isdisjoint(_libraries(item))


def _libraries(item: Item) -> set[str]:
    return {fold(name) for name in (item.library_code, item.library) if name}


def _missing_library(item: Item, codes: frozenset[str]) -> bool:
    return bool(codes) and not _libraries(item)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The partner's lists, folded once."""

    allow_locations: frozenset[str]
    deny_locations: frozenset[str]
    allow_policies: frozenset[str]
    deny_policies: frozenset[str]

    @classmethod
    def of(cls, preferences: ItemPreferences) -> _Lists:
        return cls(
            frozenset(map(fold, preferences.allow_locations)),
            frozenset(map(fold, preferences.deny_locations)),
            frozenset(map(fold, preferences.allow_policies)),
            frozenset(map(fold, preferences.deny_policies)),
        )

    def judge(self, item: Item, missing_library: bool) -> Judged:  # noqa: FBT001 - the one fact besides the item
        """Apply the lists to ``item``; what cannot be applied for want of data makes the copy unsure."""
        places = _places(item)
        policy = fold(item.policy)
        if item.not_lent:
            return Judged(item, refused=f"not lent ({item.not_lent})")
        if not self.deny_locations.isdisjoint(places):
            return Judged(item, refused="which this partner does not lend")
        if policy and policy in self.deny_policies:
            return Judged(item, refused=f"of policy '{item.policy}', which this partner does not lend")
        if places and self.allow_locations and self.allow_locations.isdisjoint(places):
            return Judged(item, refused="which is not among the locations this partner lends from")
        if policy and self.allow_policies and policy not in self.allow_policies:
            return Judged(item, refused=f"of policy '{item.policy}', which is not among those this partner lends")
        unsure = self._unsure(places, policy)
        return Judged(item, unsure="its library is not given" if missing_library else unsure)

    def _unsure(self, places: set[str], policy: str) -> str:
        if not places and (self.allow_locations or self.deny_locations):
            return "its location is not given"
        if not policy and self.allow_policies:
            return "its policy is not given"
        return ""


def _places(item: Item) -> set[str]:
    names = (
        item.library_code,
        item.library,
        item.location_code,
        item.location,
        item.temporary_location,
        item.collection,
    )
    return {fold(name) for name in names if name}


def _choose(judged: list[Judged], holdings: Holdings) -> Requestability:
    evidence = (*(describe(one) for one in judged), *holdings.notes)
    summary = summarize(judged)
    lendable = [one for one in judged if not one.refused]
    if not lendable:
        return Requestability(Availability.NOT_REQUESTABLE, f"{summary}. No copy may be requested.", None, evidence)
    states = [(state(one), one) for one in lendable]
    if ready := [one for status, one in states if status is Status.AVAILABLE]:
        best = min(ready, key=lambda one: (one.item.electronic, bool(one.item.temporary_location)))
        return Requestability(Availability.AVAILABLE, f"{summary}.", best.item, evidence)
    if unclear := [one for status, one in states if status is Status.UNKNOWN]:
        reason = f"{summary}. Whether a copy can be had is not known."
        return Requestability(Availability.UNKNOWN, reason, unclear[0].item, evidence)
    first = min(lendable, key=lambda one: (not _is_iso(one.item.due_date), one.item.due_date))
    due = f"; the first is due {first.item.due_date}" if first.item.due_date and len(lendable) > 1 else ""
    return Requestability(Availability.UNAVAILABLE, f"{summary}. No copy can be had now{due}.", first.item, evidence)


def _is_iso(date: str) -> bool:
    return len(date) == 10 and date[4] == date[7] == "-"
