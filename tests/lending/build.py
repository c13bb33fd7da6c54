"""Short ways to write what a lending decision is made from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from locate import Action, Citation, DocumentType, LendingDecision, LendingRequest, LendingSettings, RequestedFormat
from locate.availability import ElectronicKind, Form, FormKind, Holdings, Item, Status
from locate.availability.parts.coverage import PartWanted
from locate.lending import Reason, decide
from locate.lending_case import SelfLocate
from locate.outcome import Finding
from locate.supply import Fulfilment, FulfilmentRule, TermsOfUse

__all__ = ["BOOK", "FORM", "REFERENCE", "decided", "online", "request", "settings", "shelf", "told"]

BOOK, REFERENCE = "Book", "Reference"
FORM = Form(FormKind.MIXED)
_TERMS = Fulfilment(
    (
        FulfilmentRule(TermsOfUse("Loan", is_requestable_for_physical_resource_sharing=True), item_policy=(BOOK,)),
        FulfilmentRule(
            TermsOfUse("In house", is_requestable_for_physical_resource_sharing=False), item_policy=(REFERENCE,)
        ),
    )
)


def settings(**switches: Any) -> LendingSettings:
    """Return settings with these switches, whose terms of use go by the item policy."""
    return replace(LendingSettings(fulfilment=_TERMS), **switches)


def shelf(status: str = "available", policy: str = BOOK, **texts: Any) -> Item:
    """Return a copy on a shelf of the library Main; a policy of "" leaves its terms of use open."""
    return Item(Status(status), "test", **{"library": "Main", "policy": policy, **texts})


def online(kind: str | None = "portfolio", *statements: str, **texts: Any) -> Item:
    """Return an electronic holding with these coverage statements."""
    electronic_kind = ElectronicKind(kind) if kind else None
    return Item(
        Status.AVAILABLE, "test", electronic=True, electronic_kind=electronic_kind, statements=statements, **texts
    )


def request(*, article: bool = False, format_: str | None = None, **texts: Any) -> LendingRequest:
    """Return a request for a book, or for an article."""
    kind = DocumentType.ARTICLE if article else DocumentType.BOOK
    return LendingRequest(Citation(title="T", type=kind, format=RequestedFormat(format_) if format_ else None), **texts)


def decided(
    given: LendingSettings,
    *items: Item,
    finding: str = "FOUND",
    asked: LendingRequest | None = None,
    form: Form = FORM,
    part: PartWanted | None = None,
) -> LendingDecision:
    """Return the decision for these items."""
    located = SelfLocate(Finding(finding), Holdings("generic", items), form, part, "The catalog says so.")
    return decide(asked or request(), given, located)


def told(decision: LendingDecision) -> tuple[str, Action, Reason]:
    """Return the row, the action and the reason."""
    return decision.row, decision.action, decision.reason
