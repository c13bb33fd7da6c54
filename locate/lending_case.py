"""One lending request with what the own catalog holds for it, sorted and counted: what the lending table looks at.

Decides which holdings count (rows 3 and 4 of the table: suppressed items, libraries that do not supply, electronic
holdings that are ignored) and what is known of the rest, in three values. Pure; raises nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache

from locate.availability.electronic import Form, FormKind, tell_form
from locate.availability.holdings import Holdings, Item, Status
from locate.availability.parts.coverage import Fit, PartWanted, fit_texts
from locate.availability.requestable import Judged, SupplyRules
from locate.availability.rules import judge_items
from locate.availability.signs import fold
from locate.candidates import wanted_part
from locate.citation import LendingRequest
from locate.lending_settings import ElectronicRule, LendingSettings, Licence, Permits
from locate.matching import MatchVerdict
from locate.outcome import Candidate, Finding, PartnerOutcome
from locate.reasons import NOT_ASKED
from locate.supply import Fulfilment, ItemPreferences

__all__ = ["Case", "Counters", "SelfLocate", "available_and_requestable", "self_locate"]

_ONLINE = Item(Status.UNKNOWN, "the record describes an electronic resource", electronic=True)
"""The holding of an electronic title whose record says nothing of holdings."""


@dataclass(frozen=True, slots=True)
class SelfLocate:
    """What the search of the own catalog came to; ``reason`` is its sentence. ``part`` None asks for no part."""

    finding: Finding
    holdings: Holdings = field(default_factory=lambda: Holdings(""))
    form: Form = field(default_factory=lambda: Form(FormKind.UNKNOWN))
    part: PartWanted | None = None
    reason: str = ""


def self_locate(own: PartnerOutcome, request: LendingRequest) -> SelfLocate:
    """Return what the search of the own catalog came to, from its outcome as if it were a partner's.

    A catalog often has the e-book or the online journal on a record of its own. Such a record is another format of the
    item, and its holdings are electronic holdings of it: beside those of the record that is the item, or alone. A
    record that says nothing of copies is one copy of which nothing is known (both the project's rule).
    """
    twins = [(other.record, found) for other in own.others if (found := _online(other))]
    online = [item for _, found in twins for item in found]
    chosen = own.chosen if own.finding is Finding.FOUND else None
    if chosen is not None and chosen.holdings is not None:
        part = wanted_part(request.citation, chosen.record, request.intent)
        form = tell_form(chosen.record, chosen.holdings)
        items = chosen.holdings.items
        if not items and not chosen.holdings.dropped and form.kind is not FormKind.ELECTRONIC:
            items = (Item(Status.UNKNOWN, "the record says nothing of copies"),)
        holdings = replace(chosen.holdings, items=(*items, *online))
        return SelfLocate(own.finding, holdings, form, part, own.reason)
    if twins and own.finding is Finding.NOT_FOUND:
        part = wanted_part(request.citation, twins[0][0], request.intent)
        return SelfLocate(Finding.FOUND, Holdings("", tuple(online)), Form(FormKind.ELECTRONIC), part, own.reason)
    reason = own.reason.removeprefix(f"{NOT_ASKED}: ")  # the sentence of a partner; this is the own catalog
    return SelfLocate(own.finding, reason=reason[:1].upper() + reason[1:])


def _online(candidate: Candidate) -> list[Item]:
    """Return the holdings of a candidate that is the item in electronic form, none when it is not."""
    if candidate.match.verdict is not MatchVerdict.OTHER_FORMAT or candidate.holdings is None:
        return []
    if tell_form(candidate.record, candidate.holdings).kind is not FormKind.ELECTRONIC:
        return []
    items = [replace(item, electronic=True) for item in candidate.holdings.items]
    return items or [_ONLINE]


@dataclass(frozen=True, slots=True)
class Counters:
    """What a decision was made from, in copies.

    ``suppressed``, ``not_supplying`` and ``without_part`` do not count further; ``electronic`` is counted before any is
    ignored. The rest count the physical copies that remain.
    """

    suppressed: int = 0
    not_supplying: int = 0
    without_part: int = 0
    electronic: int = 0
    electronic_ignored: int = 0
    physical: int = 0
    available: int = 0
    unavailable: int = 0
    unknown: int = 0
    requestable: int = 0
    not_requestable: int = 0
    requestable_unknown: int = 0
    available_and_requestable: int = 0

    def to_mapping(self) -> dict[str, int]:
        """Return the JSON form."""
        return asdict(self)


def available_and_requestable(one: Judged) -> bool | None:
    """Tell whether an item is in and may be requested; None when either is not known and the other does not fail."""
    if one.item.status is Status.UNAVAILABLE or one.requestable is False:
        return False
    return True if one.item.status is Status.AVAILABLE and one.requestable else None


class Case:
    """A request, the settings, and the holdings sorted by them."""

    def __init__(self, request: LendingRequest, settings: LendingSettings, located: SelfLocate) -> None:
        self.request = request
        self.settings = settings
        self.located = located
        rules = _supply_rules(settings.items, settings.fulfilment, settings.supply_from)
        shown = [item for item in located.holdings.items if not item.suppressed]
        supplied = [item for item in shown if rules.supplies(item) is not False]
        all_online = located.form.kind is FormKind.ELECTRONIC
        self.electronic = [item for item in supplied if item.electronic or all_online]
        if all_online and not located.holdings.items:
            self.electronic = [_ONLINE]
        physical = [item for item in supplied if not (item.electronic or all_online)]
        self.physical, _ = judge_items(physical, located.holdings, rules, located.part)
        self.counters = self._counted(located.holdings.items, shown, supplied, physical)

    @property
    def ignores_electronic(self) -> bool:
        """Whether electronic holdings count as none for this request."""
        only_physical = self.settings.ignore_electronic_for_physical_only and self.request.citation.wants_physical
        return self.settings.ignore_electronic or only_physical

    @property
    def item_rules_apply(self) -> bool:
        """Whether available and requestable items are asked for at all."""
        return not self.request.is_digital or self.settings.item_rules_for_digital

    def fitting_electronic(self) -> Item | None:
        """Return the first electronic holding, of those not ignored, whose coverage surely has the part wanted."""
        if self.ignores_electronic:
            return None
        return next((item for item in self.electronic if self._coverage(item) is Fit.FITS), None)

    def rule_for_electronic(self) -> ElectronicRule | None:
        """Return the electronic rejection rule that decides, None when none does.

        For each holding the first rule that matches decides. One holding that a rule keeps is enough to keep the
        request; it is rejected only when rules reject every holding (project's rule).
        """
        rules = [self._first_rule(item) for item in self.electronic]
        kept = next((rule for rule in rules if rule is not None and not rule.reject), None)
        return kept or (rules[0] if rules and None not in rules else None)

    def _first_rule(self, item: Item) -> ElectronicRule | None:
        facts = {
            "partner": self.request.partner,
            "citation_type": self.request.citation.type or "",
            "requested_format": self.request.citation.format or "",
            "level_of_service": self.request.level_of_service,
            "licence_permits_ill": _permits(item, self.settings.licences),
            "electronic_kind": item.electronic_kind or "",
            "coverage_fits": self._coverage(item),
        }
        return next((rule for rule in self.settings.electronic_rules if _matches(rule, facts)), None)

    def _coverage(self, item: Item) -> Fit:
        part = self.located.part
        if part is None or not part.names_a_part:
            return Fit.CANNOT_TELL
        return fit_texts(part, item.statements).fit

    def _counted(self, held: Iterable[Item], shown: list[Item], supplied: list[Item], physical: list[Item]) -> Counters:
        counts: Counter[object] = Counter()
        for one in self.physical:
            copies = one.item.copies
            counts["physical"] += copies
            counts[one.item.status] += copies
            counts[one.requestable] += copies
            counts["both"] += copies if available_and_requestable(one) else 0
        electronic = _copies(self.electronic)
        return Counters(
            suppressed=_copies(held) - _copies(shown),
            not_supplying=_copies(shown) - _copies(supplied),
            without_part=_copies(physical) - counts["physical"],
            electronic=electronic,
            electronic_ignored=electronic if self.ignores_electronic else 0,
            physical=counts["physical"],
            available=counts[Status.AVAILABLE],
            unavailable=counts[Status.UNAVAILABLE],
            unknown=counts[Status.UNKNOWN],
            requestable=counts[True],
            not_requestable=counts[False],
            requestable_unknown=counts[None],
            available_and_requestable=counts["both"],
        )


@lru_cache(maxsize=16)
def _supply_rules(items: ItemPreferences, fulfilment: Fulfilment, libraries: tuple[str, ...]) -> SupplyRules:
    """Return a library's rules, made ready once for all its requests."""
    return SupplyRules(items, fulfilment, libraries)


def _copies(items: Iterable[Item]) -> int:
    return sum(item.copies for item in items)


def _permits(item: Item, licences: Iterable[Licence]) -> Permits:
    names = {fold(name) for name in (item.location, item.collection, item.library, item.library_code) if name}
    return next((each.permits_ill for each in licences if fold(each.resource) in names), Permits.UNKNOWN)


def _matches(rule: ElectronicRule, facts: dict[str, str]) -> bool:
    return all(
        not (wanted := getattr(rule, name)) or fold(fact) in {fold(each) for each in wanted}
        for name, fact in facts.items()
    )
