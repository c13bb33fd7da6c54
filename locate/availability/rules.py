"""What may be had of a partner that holds the title: `assess` gives a verdict, the item to ask for, and why.

In order: copies outside the libraries that supply do not count; electronic holdings do not count when a physical copy
is wanted; items that surely lack the part that is wanted do not count; the library's rules refuse some of the rest
(`locate.availability.requestable`). Of those that may be requested, one that is in decides for AVAILABLE, else one of
unknown status for UNKNOWN; else all are out: NOT_REQUESTABLE when a copy is in but may not be requested, UNAVAILABLE
when none is in. Where a rule cannot be applied because the record does not say what it asks for, the copy counts as
unknown, never as available. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from locate.availability.electronic import Form, FormKind
from locate.availability.holdings import Availability, Holdings, Item, Status
from locate.availability.parts.coverage import PartWanted
from locate.availability.parts.sorting import sort_by_part
from locate.availability.requestable import Judged, SupplyRules
from locate.availability.wording import describe, summarize, why_chosen

__all__ = ["Requestability", "assess", "best_first", "judge_items"]

_WAIT = "It is the copy that may be requested and is expected first."


@dataclass(frozen=True, slots=True)
class Requestability:
    """What may be had: ``verdict``, a sentence ``reason``, the ``item`` to ask for (None when none), ``item_reason``,
    why it is that one; ``judged``, the items that counted, with what the rules say of each, and ``notes``, sentences
    of what else counted. ``not_held``: the partner surely cannot supply it, because it is held only at libraries that
    do not supply, or the part is not held.

    An ``item`` beside NOT_REQUESTABLE is one that may be requested once it is back.
    """

    verdict: Availability
    reason: str
    item: Item | None = None
    notes: tuple[str, ...] = ()
    not_held: bool = False
    item_reason: str = ""
    judged: tuple[Judged, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """One sentence for every item or rule that counted, made when it is asked for."""
        return (*(describe(one) for one in self.judged), *self.notes)


def assess(
    holdings: Holdings, form: Form, *, rules: SupplyRules, wants_physical: bool, part: PartWanted | None = None
) -> Requestability:
    """Judge what may be had of ``holdings``; ``part`` None asks for no part.

    The item of UNAVAILABLE is the one due first, that of UNKNOWN the first whose status is not known; ELECTRONIC_ONLY
    has none.
    """
    if wants_physical and form.kind is FormKind.ELECTRONIC:
        return _electronic_only(form)
    held = [item for item in holdings.items if rules.supplies(item) is not False]
    if holdings.items and not held:
        return _elsewhere(holdings, rules.libraries)
    wanted = [item for item in held if not (wants_physical and item.electronic)]
    if held and not wanted:
        return _electronic_only(form)
    if not wanted:
        notes = (*form.evidence, *holdings.notes)
        return Requestability(
            Availability.UNKNOWN, "The record names no copy, so nothing is known of them.", None, notes
        )
    judged, lacking = judge_items(wanted, holdings, rules, part)
    if not judged:
        return _without_part(lacking, holdings)
    return _choose(judged, holdings)


def judge_items(
    items: Iterable[Item], holdings: Holdings, rules: SupplyRules, part: PartWanted | None
) -> tuple[list[Judged], str]:
    """Judge ``items``, those that surely lack the part left out; the second value says what showed that they do."""
    if part is None or not part.narrows:
        return [rules.judge(item) for item in items], ""
    found = sort_by_part(items, holdings, part)
    if not found.items and found.claimed_by is not None:
        # A holdings statement names the part and no item listed has it: those listed are not all there are.
        return [_unlisted(found.claimed_by, rules)], ""
    judged = []
    for item, text, doubt in found.items:
        one = rules.judge(item)
        judged.append(replace(one, part=text, unsure="" if one.refused else one.unsure or doubt))
    return judged, found.why


def _unlisted(item: Item, rules: SupplyRules) -> Judged:
    """Return the piece that a statement names beside ``item`` and no item is."""
    rule = f"{item.rule.partition(':')[0]}: a holdings statement names the part, and no item is it"
    piece = Item(
        Status.UNKNOWN,
        rule,
        library_code=item.library_code,
        library=item.library,
        location_code=item.location_code,
        location=item.location,
        call_number=item.call_number,
        statements=item.statements,
        source=item.source,
    )
    one = rules.judge(piece)
    return one if one.refused else replace(one, unsure="no item listed is the part, though the statement names it")


def best_first(judged: Iterable[Judged]) -> list[Judged]:
    """Sort items that may be requested: preferred places first, physical before electronic, a copy in its own place
    before one in a temporary place, few holds before many.
    """
    return sorted(
        judged,
        key=lambda one: (
            -one.preference,
            one.item.electronic,
            one.item.is_away,
            one.item.holds,
        ),
    )


def _electronic_only(form: Form) -> Requestability:
    reason = "A physical copy is wanted, but only an electronic one is held."
    return Requestability(Availability.ELECTRONIC_ONLY, reason, None, form.evidence)


def _elsewhere(holdings: Holdings, libraries: Sequence[str]) -> Requestability:
    named = dict.fromkeys(item.library or item.library_code for item in holdings.items)
    reason = f"Held only by {_some(named)}, not by a library this partner supplies from ({', '.join(libraries)})."
    notes = tuple(f"{item.place}: not among the holdings codes." for item in holdings.items)
    return Requestability(Availability.NOT_REQUESTABLE, reason, None, notes, not_held=True)


def _without_part(why: str, holdings: Holdings) -> Requestability:
    reason = f"The part that is wanted is not held. {why}"
    return Requestability(Availability.NOT_REQUESTABLE, reason, None, (why, *holdings.notes), not_held=True)


def _some(names: Iterable[str], limit: int = 5) -> str:
    known = list(names)
    rest = len(known) - limit
    return ", ".join(known[:limit]) + (f" and {rest} more" if rest > 0 else "")


def _choose(judged: list[Judged], holdings: Holdings) -> Requestability:
    verdict, reason, item, why = _verdict(judged, summarize(judged))
    return Requestability(verdict, reason, item, holdings.notes, item_reason=why, judged=tuple(judged))


def _verdict(judged: list[Judged], summary: str) -> tuple[Availability, str, Item | None, str]:
    """Return the verdict, its sentence, the item to ask for and why it is that one."""
    lendable = best_first(one for one in judged if not one.refused)
    if not lendable:
        return Availability.NOT_REQUESTABLE, f"{summary} -> not requestable.", None, ""
    if ready := [one for one in lendable if one.status is Status.AVAILABLE]:
        return Availability.AVAILABLE, f"{summary}.", ready[0].item, why_chosen(ready[0], ready)
    if unclear := [one for one in lendable if one.status is Status.UNKNOWN]:
        return Availability.UNKNOWN, f"{summary}. Whether a copy can be had is not known.", unclear[0].item, ""
    first = min(lendable, key=lambda one: (not _is_iso(one.item.due_date), one.item.due_date))
    wait = _WAIT if first.item.due_date else ""
    if any(one.refused and one.item.status is Status.AVAILABLE for one in judged):
        return Availability.NOT_REQUESTABLE, f"{summary} -> not requestable.", first.item, wait
    known = first.item.due_date
    due = f"; the first is due {known}" if known and len(lendable) > 1 else ""
    return Availability.UNAVAILABLE, f"{summary}. No copy can be had now{due}.", first.item, wait


def _is_iso(date: str) -> bool:
    return len(date) == 10 and date[4] == date[7] == "-"
