"""How a library lends: the switches of the lending decision, its rules for electronic holdings, and its licences.

Frozen data; `locate.config` builds it from TOML and `locate.lending` goes by it. All is off by default, so that nothing
is rejected and nothing is sent by itself. Decides nothing; raises nothing. Source: the vendor's lending settings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from locate.supply import Fulfilment, ItemPreferences

__all__ = ["ElectronicRule", "LendingSettings", "Licence", "Permits"]


class Permits(StrEnum):
    """Whether a licence permits interlibrary loan."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Licence:
    """Whether the licence of a ``resource`` permits interlibrary loan.

    ``resource`` is the name of a collection, an interface or a library of electronic holdings, compared case-folded and
    trimmed.
    """

    resource: str
    permits_ill: Permits


@dataclass(frozen=True, slots=True)
class ElectronicRule:
    """What becomes of a request for which only electronic holdings are there: rejected, or kept for staff.

    An empty condition fits everything; else one of its values must be the request's or the holding's. ``coverage_fits``
    has the values "fits", "does_not_fit" and "cannot_tell". (Inputs and outcome are the project's rule.)
    """

    reject: bool
    reason: str = ""
    partner: tuple[str, ...] = ()
    citation_type: tuple[str, ...] = ()
    requested_format: tuple[str, ...] = ()
    level_of_service: tuple[str, ...] = ()
    licence_permits_ill: tuple[str, ...] = ()
    electronic_kind: tuple[str, ...] = ()
    coverage_fits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LendingSettings:
    """The settings of lending. ``supply_from`` names the libraries that supply, none means all; ``items`` and
    ``fulfilment`` say which items may be requested. ``item_rules_for_digital`` applies the three rules about available
    and requestable items to digital requests too.
    """

    temporarily_inactive: bool = False
    automatic_locate: bool = True
    reject_when_locate_fails: bool = False
    ignore_electronic: bool = False
    ignore_electronic_for_physical_only: bool = False
    prefer_electronic_for_articles: bool = False
    reject_when_only_electronic: bool = False
    reject_when_no_available: bool = False
    reject_when_no_requestable: bool = False
    item_rules_for_digital: bool = False
    auto_request_lending: bool = False
    supply_from: tuple[str, ...] = ()
    electronic_rules: tuple[ElectronicRule, ...] = ()
    licences: tuple[Licence, ...] = ()
    items: ItemPreferences = field(default_factory=ItemPreferences)
    fulfilment: Fulfilment = field(default_factory=Fulfilment)
