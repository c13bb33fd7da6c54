"""Availability: what a partner's record tells of its copies, and what of them may be had.

`read_holdings` turns a record into items by the dialect of its system, `tell_form` says whether they are physical or
electronic, `assess` gives the verdict. No IO, no clock.
"""

from __future__ import annotations

from locate.availability.dialect import Dialect, load_dialect, parse_dialect
from locate.availability.dialect_sources import dialect_names
from locate.availability.electronic import Form, FormKind, tell_form
from locate.availability.holdings import Availability, Holdings, Item, Status
from locate.availability.reading import read_holdings
from locate.availability.rules import Requestability, assess

__all__ = [
    "Availability",
    "Dialect",
    "Form",
    "FormKind",
    "Holdings",
    "Item",
    "Requestability",
    "Status",
    "assess",
    "dialect_names",
    "load_dialect",
    "parse_dialect",
    "read_holdings",
    "tell_form",
]
