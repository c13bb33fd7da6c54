"""Which items a library supplies: its lists and preferences, and the terms of use that its rules choose.

Frozen data; `locate.config` builds it from TOML and `locate.availability.requestable` applies it. A library's rules see
the item alone, never a patron: whether something may be lent to another library is settled before one is known.
Decides nothing; raises nothing. Source for terms of use: the vendor's pages on fulfilment units.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fulfilment", "FulfilmentRule", "ItemPreferences", "PlacePreference", "TermsOfUse"]


@dataclass(frozen=True, slots=True)
class PlacePreference:
    """How gladly a place supplies: ``prefer`` above 0 comes first, below 0 never.

    ``library`` and ``location`` are compared with an item's codes and names, case-folded and trimmed; "" is any. Where
    several fit an item, the one that names both counts, and of equals the first.
    """

    library: str = ""
    location: str = ""
    prefer: int = 0


@dataclass(frozen=True, slots=True)
class ItemPreferences:
    """Which items may be asked for: allow and deny lists over location and policy, compared case-folded and trimmed.

    A location entry is compared with an item's library code, library, location code, location and temporary location.
    An empty allow list allows all; deny wins over allow. ``places`` say where to ask first, and where never.
    """

    allow_locations: tuple[str, ...] = ()
    deny_locations: tuple[str, ...] = ()
    allow_policies: tuple[str, ...] = ()
    deny_policies: tuple[str, ...] = ()
    places: tuple[PlacePreference, ...] = ()


@dataclass(frozen=True, slots=True)
class TermsOfUse:
    """Terms of use of a request, by name, and the one thing of them that counts here."""

    name: str
    is_requestable_for_physical_resource_sharing: bool


@dataclass(frozen=True, slots=True)
class FulfilmentRule:
    """Chooses ``terms`` for the items that fit every condition; an empty condition fits all.

    Each condition lists texts, of which one must be the item's, compared case-folded and trimmed. A library or location
    is where the item is now; ``temporary_location`` is compared only with a place that is not its home.
    """

    terms: TermsOfUse
    library: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    item_policy: tuple[str, ...] = ()
    material_type: tuple[str, ...] = ()
    process_type: tuple[str, ...] = ()
    temporary_location: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A library's rules in order: the first that fits an item chooses its terms of use.

    No rule at all means that terms of use are not looked at. Where there are rules and none fits, nothing tells
    whether the item may be requested.
    """

    rules: tuple[FulfilmentRule, ...] = ()
