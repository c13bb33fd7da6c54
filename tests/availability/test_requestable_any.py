"""Any items and any rules of a library, against a plain reading of what the rules say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings, strategies as st

from locate.availability import (
    Item,
    Judged,
    Status,
    SupplyRules,
)
from locate.supply import Fulfilment, FulfilmentRule, ItemPreferences, PlacePreference

from .build import item
from .build_rules import IN_HOUSE, LOAN, keeps, lends, supply

NO_TERMS = "whose terms of use are not requestable"
OUT, UNKNOWN = Status.UNAVAILABLE, Status.UNKNOWN


_TEXT = st.sampled_from(("", "a", "B", " b "))
_LIST = st.lists(st.sampled_from(("A", "b", "c")), max_size=2).map(tuple)
_PLACE = st.builds(PlacePreference, _TEXT, _TEXT, st.integers(-1, 2))
_PREFERENCES = st.builds(
    ItemPreferences,
    allow_locations=_LIST,
    deny_locations=st.sampled_from(((), ("c",))),
    allow_policies=_LIST,
    deny_policies=st.sampled_from(((), ("c",))),
    places=st.lists(_PLACE, max_size=3).map(tuple),
)
_CONDITIONS = ("library", "location", "item_policy", "material_type", "process_type", "temporary_location")
_RULE = st.builds(FulfilmentRule, st.sampled_from((LOAN, IN_HOUSE)), **dict.fromkeys(_CONDITIONS, _LIST))
_FULFILMENT = st.lists(_RULE, max_size=4).map(lambda rules: Fulfilment(tuple(rules)))
_LIBRARIES = st.sampled_from(((), ("a",), ("A", "c")))
_TEXTS = (
    "library_code",
    "library",
    "location_code",
    "location",
    "temporary_location",
    "temporary_library",
    "collection",
    "policy",
    "material_type",
    "process_type",
)
_ITEM = st.builds(
    Item,
    st.sampled_from(tuple(Status)),
    st.just("test"),
    barcode=st.sampled_from(("1", "2")),
    not_lent=st.sampled_from(("", "", "", "reference")),
    suppressed=st.sampled_from(("", "", "", "hidden")),
    **dict.fromkeys(_TEXTS, _TEXT),
)


def _folded(*texts: str) -> set[str]:
    return {text.strip().casefold() for text in texts if text}


def _library_now(copy: Item) -> set[str]:
    return _folded(copy.temporary_library) or _folded(copy.library_code, copy.library)


def _location_now(copy: Item) -> set[str]:
    return _folded(copy.temporary_location) or _folded(copy.location_code, copy.location)


def _inputs(copy: Item) -> dict[str, set[str]]:
    return {
        "library": _library_now(copy),
        "location": _location_now(copy),
        "item_policy": _folded(copy.policy),
        "material_type": _folded(copy.material_type),
        "process_type": _folded(copy.process_type),
        "temporary_location": _folded(copy.temporary_location, copy.temporary_library),
    }


def _asked(rules: Fulfilment, name: str) -> set[str]:
    return {value for rule in rules.rules for value in _folded(*getattr(rule, name))}


def _missing(copy: Item, rules: Fulfilment) -> list[str]:
    """Return the inputs that rules ask for and the item does not give."""
    return [name for name in _CONDITIONS[:-1] if _asked(rules, name) and not _inputs(copy)[name]]


def _possible_terms(copy: Item, rules: Fulfilment) -> Iterator[bool | None]:
    """Yield what the rules say for each value that a missing input may have; None where no rule fits."""
    inputs, missing = _inputs(copy), _missing(copy, rules)
    for values in product(*(sorted(_asked(rules, name) | {"something else"}) for name in missing)):
        world = inputs | {name: {value} for name, value in zip(missing, values, strict=True)}
        for rule in rules.rules:
            wanted = {name: _folded(*getattr(rule, name)) for name in _CONDITIONS}
            if all(not each or each & world[name] for name, each in wanted.items()):
                yield rule.terms.is_requestable_for_physical_resource_sharing
                break
        else:
            yield None


def _preference(copy: Item, places: tuple[PlacePreference, ...]) -> int:
    fitting = [
        place
        for place in places
        if (not place.library or _folded(place.library) & _library_now(copy))
        and (not place.location or _folded(place.location) & _location_now(copy))
    ]
    both = [place for place in fitting if place.library and place.location]
    return (both or fitting)[0].prefer if fitting else 0


def _refused(copy: Item, lists: ItemPreferences) -> bool:
    now = _library_now(copy) | _location_now(copy) | _folded(copy.collection)
    ever = now | _folded(copy.library_code, copy.library, copy.location_code, copy.location)
    policy = _folded(copy.policy)
    allowed, allowed_policies = _folded(*lists.allow_locations), _folded(*lists.allow_policies)
    return bool(
        copy.suppressed
        or copy.not_lent
        or ever & _folded(*lists.deny_locations)
        or policy & _folded(*lists.deny_policies)
        or (allowed and now and not now & allowed)
        or (allowed_policies and policy and not policy & allowed_policies)
        or _preference(copy, lists.places) < 0
    )


def _open(copy: Item, lists: ItemPreferences, libraries: tuple[str, ...]) -> bool:
    """Tell whether something other than the terms of use cannot be applied to the item."""
    nowhere = not any(getattr(copy, name) for name in _TEXTS[:7])
    return (
        bool(libraries and not _folded(copy.library_code, copy.library))
        or bool(nowhere and (lists.allow_locations or lists.deny_locations))
        or bool(lists.allow_policies and not copy.policy)
    )


def _plain_reading(copy: Item, lists: ItemPreferences, rules: Fulfilment, libraries: tuple[str, ...]) -> bool | None:
    terms = set(_possible_terms(copy, rules)) if rules.rules else {True}
    if _refused(copy, lists) or terms == {False}:
        return False
    return None if terms != {True} or _open(copy, lists, libraries) else True


@settings(max_examples=300)
@given(_ITEM, _PREFERENCES, _FULFILMENT, _LIBRARIES)
def test_any_item_is_judged_as_the_rules_read(
    copy: Item, lists: ItemPreferences, rules: Fulfilment, libraries: tuple[str, ...]
) -> None:
    """An item may be requested, or not, only when that holds whatever the record leaves out."""
    found = SupplyRules(lists, rules, libraries).judge(copy)
    expected = _plain_reading(copy, lists, rules, libraries)
    assert found.item is copy
    assert found.preference == _preference(copy, lists.places)
    assert not (found.refused and found.unsure)
    if _missing(copy, rules) and found.requestable is None:
        return  # with rules that shadow one another, more may be left open than must be
    assert found.requestable is expected, (found, expected)


@given(st.lists(_ITEM, max_size=12), _PREFERENCES, _FULFILMENT, _LIBRARIES)
def test_like_items_judged_once_are_judged_the_same(
    copies: list[Item], lists: ItemPreferences, rules: Fulfilment, libraries: tuple[str, ...]
) -> None:
    """One set of rules asked for many items gives each the answer that it would give it alone."""
    together = SupplyRules(lists, rules, libraries)
    found = [together.judge(copy) for copy in copies]
    alone = [SupplyRules(lists, rules, libraries).judge(copy) for copy in copies]
    assert found == alone
    assert all(one.item is copy for one, copy in zip(found, copies, strict=True))


def test_more_kinds_of_items_than_are_remembered() -> None:
    """Rules asked for more kinds of items than they keep answers of go on answering right."""
    rules = supply(keeps(library=("L7",)), lends())
    judged = [rules.judge(item(library=f"L{number}")) for number in range(9_000)]
    assert [one.item.library for one in judged if not one.requestable] == ["L7"]
    assert rules.judge(item(library="L7")) == Judged(
        item(library="L7"), refused=NO_TERMS, terms="terms 'In house' by fulfilment rule 1"
    )
