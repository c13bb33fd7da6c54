"""May this item be requested? A library's lists, preferences and terms of use, applied to one item.

An item is refused when the record says that it is not lent or not for the public, when the library's lists or a
preference below 0 exclude it, or when the terms of use that its rules choose are not requestable. Where a rule asks for
something that the record does not say, and the answer hangs on it, nothing tells: such an item is neither refused nor
free. Knows no request and no status. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from locate.availability.holdings import Item, Status
from locate.availability.kept import Kept
from locate.availability.signs import fold
from locate.supply import Fulfilment, FulfilmentRule, ItemPreferences, PlacePreference

__all__ = ["Judged", "SupplyRules"]

_INPUTS = {
    "library": "library",
    "location": "location",
    "item_policy": "item policy",
    "material_type": "material type",
    "process_type": "process type",
}
_looked_at = attrgetter(
    "library_code",
    "library",
    "temporary_library",
    "location_code",
    "location",
    "temporary_location",
    "collection",
    "policy",
    "material_type",
    "process_type",
    "not_lent",
    "suppressed",
)
"""What the rules look at, so that like copies are judged once."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An item after the library's rules: ``refused`` says why it may not be requested, ``unsure`` what keeps anyone
    from telling; "" is neither. ``preference`` is that of its place, ``terms`` the terms of use and the rule that chose
    them, ``part`` the text by which it has the part that is wanted.
    """

    item: Item
    refused: str = ""
    unsure: str = ""
    preference: int = 0
    terms: str = ""
    part: str = ""

    @property
    def requestable(self) -> bool | None:
        """Whether it may be requested; None when nothing tells."""
        if self.refused:
            return False
        return None if self.unsure else True

    @property
    def status(self) -> Status:
        """The status that counts: that of the item, but never AVAILABLE while nothing tells whether it is to be had."""
        return Status.UNKNOWN if self.unsure and self.item.status is Status.AVAILABLE else self.item.status


class _Rule(NamedTuple):
    """A fulfilment rule, folded."""

    conditions: tuple[tuple[str, frozenset[str]], ...]
    rule: FulfilmentRule
    number: int


class SupplyRules:
    """One library's rules, made ready for many items. ``libraries`` are those that supply; none means all of them."""

    def __init__(self, items: ItemPreferences, fulfilment: Fulfilment, libraries: Iterable[str] = ()) -> None:
        self._allow_locations = _folded(items.allow_locations)
        self._deny_locations = _folded(items.deny_locations)
        self._allow_policies = _folded(items.allow_policies)
        self._deny_policies = _folded(items.deny_policies)
        self._places = sorted(items.places, key=lambda each: not (each.library and each.location))
        self.libraries = tuple(libraries)
        self._libraries = _folded(self.libraries)
        self._rules = [_Rule(tuple(_conditions(rule)), rule, number) for number, rule in enumerate(fulfilment.rules, 1)]
        self._kept: Kept[tuple[str, ...], Judged] = Kept()

    def supplies(self, item: Item) -> bool | None:
        """Tell whether the item's library is one that supplies; None when there is a choice and it names none."""
        if not self._libraries:
            return True
        named = _folded((item.library_code, item.library))
        return not self._libraries.isdisjoint(named) if named else None

    def judge(self, item: Item) -> Judged:
        """Return the item with what the rules say of it."""
        alike = _looked_at(item)
        if (known := self._kept.get(alike)) is None:
            known = self._kept.keep(alike, self._judge(item))
        return Judged(item, known.refused, known.unsure, known.preference, known.terms)

    def _judge(self, item: Item) -> Judged:
        preference = self._preference(item)
        if refused := self._refusal(item, preference):
            return Judged(item, refused=refused, preference=preference)
        unsure = self._missing(item)
        refused, doubt, terms = self._terms(item)
        return Judged(item, refused, "" if refused else unsure or doubt, preference, terms)

    def _refusal(self, item: Item, preference: int) -> str:  # noqa: PLR0911 - one return for each rule, in order
        places, policy = _places_of(item), fold(item.policy)
        if item.suppressed:
            return f"not for the public ({item.suppressed})"
        if item.not_lent:
            return f"not lent ({item.not_lent})"
        if not self._deny_locations.isdisjoint(places):
            return "a location that is on the deny list"
        if policy and policy in self._deny_policies:
            return f"of policy '{item.policy}', which is on the deny list"
        now = _places_now(item)
        if now and self._allow_locations and self._allow_locations.isdisjoint(now):
            return "a location that is not on the allow list"
        if policy and self._allow_policies and policy not in self._allow_policies:
            return f"of policy '{item.policy}', which is not on the allow list"
        return f"a place that supplies nothing (preference {preference})" if preference < 0 else ""

    def _missing(self, item: Item) -> str:
        if self.supplies(item) is None:
            return "its library is not given"
        excludes = any(place.prefer < 0 for place in self._places)
        if not _places_of(item) and (self._allow_locations or self._deny_locations or excludes):
            return "its location is not given"
        if not item.policy and self._allow_policies:
            return "its item policy is not given"
        return ""

    def _preference(self, item: Item) -> int:
        fitting = (each.prefer for each in self._places if _is_at(item, each))
        return next(fitting, 0)

    def _terms(self, item: Item) -> tuple[str, str, str]:
        """Return why the terms of use refuse, what keeps from telling, and which terms they are."""
        if not self._rules:
            return "", "", ""
        missing: list[str] = []
        said: set[bool | None] = set()
        terms = ""
        for conditions, rule, number in self._rules:
            fits, lacking = _fits(item, conditions)
            if fits is False:
                continue
            said.add(rule.terms.is_requestable_for_physical_resource_sharing)
            missing += lacking
            if fits:
                terms = f"terms '{rule.terms.name}' by fulfilment rule {number}"
                break
        else:
            said.add(None)
        if said == {False}:
            return "whose terms of use are not requestable", "", "" if missing else terms
        if said == {True}:
            return "", "", "" if missing else terms
        if not missing:
            return "", "no fulfilment rule chooses its terms of use", ""
        return "", f"its {' and '.join(dict.fromkeys(missing))} is not given, on which its terms of use depend", ""


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(name) for name in names if name)


def _conditions(rule: FulfilmentRule) -> Iterator[tuple[str, frozenset[str]]]:
    for name in (*_INPUTS, "temporary_location"):
        if values := _folded(getattr(rule, name)):
            yield name, values


def _fits(item: Item, conditions: Iterable[tuple[str, frozenset[str]]]) -> tuple[bool | None, list[str]]:
    """Tell whether every condition fits; None with the missing inputs when some cannot be tried and none fails."""
    missing = []
    for name, values in conditions:
        given = _input(item, name)
        if given and values.isdisjoint(given):
            return False, []
        if not given and name == "temporary_location":
            return False, []
        if not given:
            missing.append(_INPUTS[name])
    return (None if missing else True), missing


def _input(item: Item, name: str) -> frozenset[str]:
    if name == "library":
        return _folded((item.temporary_library,) if item.temporary_library else (item.library_code, item.library))
    if name == "location":
        home = (item.location_code, item.location)
        return _folded((item.temporary_location,) if item.temporary_location else home)
    if name == "temporary_location":
        return _folded((item.temporary_location, item.temporary_library))
    return _folded((getattr(item, "policy" if name == "item_policy" else name),))


def _places_now(item: Item) -> frozenset[str]:
    """Return the names of where the item is now: a temporary place stands for the home it replaces."""
    return _input(item, "library") | _input(item, "location") | _folded((item.collection,))


def _places_of(item: Item) -> frozenset[str]:
    """Return every name of a place that the item has."""
    home = (item.library_code, item.library, item.location_code, item.location, item.collection)
    return _folded((*home, item.temporary_location, item.temporary_library))


def _is_at(item: Item, place: PlacePreference) -> bool:
    return (not place.library or fold(place.library) in _input(item, "library")) and (
        not place.location or fold(place.location) in _input(item, "location")
    )
