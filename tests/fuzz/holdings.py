"""The invariant for holdings: any record gives items by any dialect, and a judgement of them; nothing is raised."""

from __future__ import annotations

import zlib

from locate.availability import Status, SupplyRules, assess, dialect_names, read_holdings, tell_form
from locate.availability.guess import guess_dialect
from locate.availability.parts import PartWanted
from locate.citation import Intent
from locate.records import BibRecord
from locate.supply import Fulfilment, FulfilmentRule, ItemPreferences, PlacePreference, TermsOfUse
from locate.z3950.opac import OpacRecord

__all__ = ["judged"]

_LOAN = TermsOfUse("Loan", is_requestable_for_physical_resource_sharing=True)
_RULES = SupplyRules(
    ItemPreferences(deny_locations=("Reserve",), allow_policies=("Book",), places=(PlacePreference("MAIN", "", -1),)),
    Fulfilment((FulfilmentRule(_LOAN, location=("Stacks",), item_policy=("Book",)),)),
    ("MAIN",),
)
_PARTS = (None, PartWanted("3", "2", 1995, "1-9", Intent.VOLUME), PartWanted(intent=Intent.WHOLE))


def judged(record: BibRecord | None, opac: OpacRecord | None, data: bytes) -> None:
    """Read and judge the holdings by a dialect and with a wish that ``data`` chooses."""
    choice = zlib.crc32(data)
    names = dialect_names()
    found = read_holdings(record, opac, names[choice % len(names)])
    for item in found.items:
        assert item.rule
        assert item.copies >= 0
        assert item.due_date == "" or item.status is Status.UNAVAILABLE
    part = _PARTS[choice % len(_PARTS)]
    verdict = assess(found, tell_form(record, found), rules=_RULES, wants_physical=bool(choice & 1), part=part)
    assert verdict.reason
    assert len(verdict.evidence) >= len(verdict.judged)
    if choice % 16 == 0:
        assert guess_dialect([(record, opac)])
