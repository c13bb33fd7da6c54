"""Availability: what a partner's record tells of its copies, and what of them may be had.

`read_holdings` turns a record into items by the dialect of its system, `tell_form` says whether they are physical or
electronic, `assess` gives the verdict. No IO, no clock.
"""

from __future__ import annotations

from locate.availability.dialect import Dialect, load_dialect, load_dialect_file, parse_dialect, partner_dialect
from locate.availability.dialect_sources import dialect_names
from locate.availability.electronic import Form, FormKind, tell_form
from locate.availability.holdings import Availability, ElectronicKind, Holdings, Item, Status
from locate.availability.reading import read_holdings
from locate.availability.requestable import Judged, SupplyRules
from locate.availability.rules import Requestability, assess

__all__ = [
    "Availability",
    "Dialect",
    "ElectronicKind",
    "Form",
    "FormKind",
    "Holdings",
    "Item",
    "Judged",
    "Requestability",
    "Status",
    "SupplyRules",
    "assess",
    "dialect_names",
    "load_dialect",
    "load_dialect_file",
    "parse_dialect",
    "partner_dialect",
    "read_holdings",
    "tell_form",
]
