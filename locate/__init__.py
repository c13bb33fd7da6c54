"""Find out whether a partner library holds exactly this item, whether it is on the shelf and may be lent.

Ask partner catalogs over Z39.50, verify every hit, and say why. `Locator` is the asyncio door, `locate` the blocking
one; both return a `LocateOutcome` with one `PartnerOutcome` for every partner of the rota.
"""

from __future__ import annotations

from locate.availability import Availability
from locate.citation import BorrowingRequest, Citation, DocumentType, RequestedFormat
from locate.config import Config, load_config
from locate.engine import Locator, locate
from locate.errors import LocateError
from locate.outcome import Finding, LocateOutcome, PartnerOutcome
from locate.partner import Limits, LocateProfile, Partner, Target

__all__ = [
    "Availability",
    "BorrowingRequest",
    "Citation",
    "Config",
    "DocumentType",
    "Finding",
    "Limits",
    "LocateError",
    "LocateOutcome",
    "LocateProfile",
    "Locator",
    "Partner",
    "PartnerOutcome",
    "RequestedFormat",
    "Target",
    "load_config",
    "locate",
]
