"""Find out whether a partner library holds exactly this item, whether it is on the shelf and may be lent.

Ask partner catalogs over Z39.50, verify every hit, and say why. `Locator` is the asyncio door, `locate` the blocking
one; both return a `LocateOutcome` with one `PartnerOutcome` for every partner of the rota. A public name is loaded
when it is first used: importing the package alone, as ``zlocate --help`` does, loads nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from locate.availability import Availability
    from locate.citation import BorrowingRequest, Citation, DocumentType, Intent, LendingRequest, RequestedFormat
    from locate.config import Config, load_config
    from locate.engine import Locator, lend, locate
    from locate.errors import LocateError
    from locate.lending import Action, LendingDecision, LendingOutcome
    from locate.lending_settings import LendingSettings
    from locate.outcome import Finding, LocateOutcome, PartnerOutcome
    from locate.partner import Limits, LocateProfile, Partner, Target

__all__ = [
    "Action",
    "Availability",
    "BorrowingRequest",
    "Citation",
    "Config",
    "DocumentType",
    "Finding",
    "Intent",
    "LendingDecision",
    "LendingOutcome",
    "LendingRequest",
    "LendingSettings",
    "Limits",
    "LocateError",
    "LocateOutcome",
    "LocateProfile",
    "Locator",
    "Partner",
    "PartnerOutcome",
    "RequestedFormat",
    "Target",
    "lend",
    "load_config",
    "locate",
]

# The imports above once more, for use at run time (PEP 562).
_HOMES = {
    "locate.availability": ("Availability",),
    "locate.citation": ("BorrowingRequest", "Citation", "DocumentType", "Intent", "LendingRequest", "RequestedFormat"),
    "locate.config": ("Config", "load_config"),
    "locate.engine": ("Locator", "lend", "locate"),
    "locate.errors": ("LocateError",),
    "locate.lending": ("Action", "LendingDecision", "LendingOutcome"),
    "locate.lending_settings": ("LendingSettings",),
    "locate.outcome": ("Finding", "LocateOutcome", "PartnerOutcome"),
    "locate.partner": ("Limits", "LocateProfile", "Partner", "Target"),
}

if not TYPE_CHECKING:  # a type checker knows the names, and is to complain of others

    def __getattr__(name: str) -> Any:
        for home, names in _HOMES.items():
            if name in names:
                return globals().setdefault(name, getattr(import_module(home), name))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
