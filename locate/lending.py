"""The lending decision: an incoming request is filled, held for staff, or rejected, by the holdings of the own catalog.

`decide` goes down `TABLE` in order: the first row that fires decides. A condition is True, False, or None where nothing
tells; None holds the request, for nothing is rejected on what is not known. Rows 3 and 4 of the order leave holdings
out and decide nothing by themselves: they are in `locate.lending_case`. Pure; raises nothing. Source: the vendor's
lending settings and training material; what those leave open is marked as the project's rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from locate.availability.holdings import Item, Status
from locate.availability.requestable import Judged
from locate.availability.rules import best_first
from locate.availability.wording import describe, summarize, why_chosen
from locate.citation import DocumentType, LendingRequest
from locate.lending_case import Case, Counters, SelfLocate, available_and_requestable
from locate.lending_settings import LendingSettings
from locate.outcome import FORMAT_VERSION, Finding, PartnerOutcome, item_mapping

__all__ = [
    "TABLE",
    "Action",
    "LendingDecision",
    "LendingOutcome",
    "Reason",
    "Row",
    "decide",
    "move_request_cancelled",
    "needs_catalog",
]


class Action(StrEnum):
    """What becomes of a lending request."""

    FILL = "FILL"
    HOLD = "HOLD"
    REJECT = "REJECT"


class Reason(StrEnum):
    """Why: the code of a decision."""

    TEMPORARILY_INACTIVE = "temporarily_inactive"
    CREATED = "created"
    LOCATE_FAILED = "locate_failed"
    CATALOG_NOT_ASKED = "catalog_not_asked"
    FILLED_ELECTRONICALLY = "filled_electronically"
    ELECTRONIC_RULE = "electronic_rule"
    ONLY_ELECTRONIC = "only_electronic"
    NOTHING_HELD = "nothing_held"
    STATUS_UNKNOWN = "status_unknown"
    NO_AVAILABLE_ITEMS = "no_available_items"
    NO_REQUESTABLE_ITEMS = "no_requestable_items"
    NO_AVAILABLE_REQUESTABLE_ITEMS = "no_available_requestable_items"
    BEING_PROCESSED = "being_processed"
    CREATED_LENDING_REQUEST = "created_lending_request"
    MOVE_REQUEST_CANCELLED = "move_request_cancelled"


@dataclass(frozen=True, slots=True)
class LendingDecision:
    """A decision: ``row`` of the order that fired, ``sentence`` for a person, ``item`` to send (None when none) and
    ``item_reason``, why that one. ``retry``: ask the catalog again later. ``move_request``: the item is requested by
    itself. ``held`` are the copies and electronic holdings that counted, ``notes`` what could not be read.
    """

    action: Action
    reason: Reason
    row: str
    sentence: str
    counters: Counters = field(default_factory=Counters)
    item: Item | None = None
    item_reason: str = ""
    retry: bool = False
    move_request: bool = False
    held: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """One sentence for each copy and each electronic holding, made when it is asked for."""
        return (*(describe(one) for one in self.held), *self.notes)

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form, without the item."""
        return {
            "decision": self.action,
            "reason": self.reason,
            "row": self.row,
            "sentence": self.sentence,
            "retry": self.retry,
            "move_request": self.move_request,
            "item_reason": self.item_reason,
            "counters": self.counters.to_mapping(),
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class LendingOutcome:
    """A lending request with its decision; ``own`` is what the search of the own catalog came to, None without one;
    ``notes`` say what was odd in the citation.
    """

    request: LendingRequest
    decision: LendingDecision
    own: PartnerOutcome | None = None
    notes: tuple[str, ...] = ()

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form."""
        item = self.decision.item
        return {
            "format_version": FORMAT_VERSION,
            "request_id": self.request.request_id,
            "partner": self.request.partner,
            "citation": self.request.citation.to_mapping(),
            "notes": list(self.notes),
            **self.decision.to_mapping(),
            "item": item_mapping(item) if item else None,
            "own_catalog": self.own.to_mapping() if self.own else None,
        }


def needs_catalog(settings: LendingSettings) -> bool:
    """Tell whether the decision looks at the catalog at all."""
    return settings.automatic_locate and not settings.temporarily_inactive


class _Ruling(NamedTuple):
    """What a row says, before the counters are put beside it."""

    action: Action
    reason: Reason
    sentence: str
    item: Item | None = None
    item_reason: str = ""
    retry: bool = False
    move_request: bool = False


class Row(NamedTuple):
    """One row: its number in the order, whether it fires (None: nothing tells), and what it then says."""

    number: str
    fires: Callable[[Case], bool | None]
    says: Callable[[Case], _Ruling]


def decide(request: LendingRequest, settings: LendingSettings, located: SelfLocate) -> LendingDecision:
    """Decide what becomes of ``request``; ``located`` is what the search of the own catalog came to."""
    case = Case(request, settings, located)
    held = (*case.physical, *(Judged(item) for item in case.electronic))
    notes = located.holdings.notes
    for row in TABLE:
        fires = row.fires(case)
        if fires is False:
            continue
        ruling = _not_known(case) if fires is None else row.says(case)
        return LendingDecision(**ruling._asdict(), row=row.number, counters=case.counters, held=held, notes=notes)
    raise AssertionError("the last row always fires")


def move_request_cancelled(decision: LendingDecision) -> LendingDecision:
    """Return what becomes of a request whose move request was cancelled: it is rejected."""
    return LendingDecision(
        Action.REJECT,
        Reason.MOVE_REQUEST_CANCELLED,
        decision.row,
        "The move request for the item was cancelled.",
        decision.counters,
        held=decision.held,
        notes=decision.notes,
    )


# ---- whether a row fires ---------------------------------------------------------------------------------------------

_FAILED = frozenset({Finding.NOT_FOUND, Finding.AMBIGUOUS, Finding.NO_USABLE_IDENTIFIER})


def _failed(case: Case) -> bool:
    return case.located.finding in _FAILED


def _not_asked(case: Case) -> bool:
    """Tell whether the catalog gave no answer: TARGET_ERROR, TIMEOUT, UNSUPPORTED, and SKIPPED (project's rule)."""
    return case.located.finding is not Finding.FOUND


def _article_online(case: Case) -> bool:
    is_article = case.request.citation.type is DocumentType.ARTICLE
    prefers = case.settings.prefer_electronic_for_articles
    return is_article and prefers and case.fitting_electronic() is not None


def _only_electronic(case: Case) -> bool:
    return not case.physical and bool(case.electronic)


def _nothing(case: Case) -> bool:
    return not case.physical and not case.electronic


def _all_unknown(case: Case) -> bool:
    return all(one.item.status is Status.UNKNOWN for one in case.physical)


def _none(case: Case, test: Callable[[Judged], bool | None]) -> bool | None:
    """Tell whether no item passes ``test``; None when none surely does and one may."""
    passed = [test(one) for one in case.physical]
    if any(passed):
        return False
    return None if None in passed else True


def _is_in(one: Judged) -> bool | None:
    return {Status.AVAILABLE: True, Status.UNAVAILABLE: False, Status.UNKNOWN: None}[one.item.status]


def _none_available(case: Case) -> bool | None:
    wanted = case.item_rules_apply and case.settings.reject_when_no_available
    return wanted and _none(case, _is_in)


def _none_requestable(case: Case) -> bool | None:
    wanted = case.item_rules_apply and case.settings.reject_when_no_requestable
    return wanted and _none(case, lambda one: one.requestable)


def _none_both(case: Case) -> bool | None:
    both = case.settings.reject_when_no_available and case.settings.reject_when_no_requestable
    return case.item_rules_apply and both and _none(case, available_and_requestable)


# ---- what a row says -------------------------------------------------------------------------------------------------


def _reject(reason: Reason, sentence: str) -> Callable[[Case], _Ruling]:
    return lambda case: _Ruling(Action.REJECT, reason, _told(case, sentence))


def _hold(reason: Reason, sentence: str, *, retry: bool = False) -> Callable[[Case], _Ruling]:
    return lambda case: _Ruling(Action.HOLD, reason, _told(case, sentence), retry=retry)


def _told(case: Case, sentence: str) -> str:
    """Return the sentence with what is held, or with what the search came to, in front."""
    if case.physical:
        return f"{summarize(case.physical)}. {sentence}"
    return sentence if case.located.finding is Finding.FOUND else f"{sentence} {case.located.reason}".rstrip()


def _locate_failed(case: Case) -> _Ruling:
    action = Action.REJECT if case.settings.reject_when_locate_fails else Action.HOLD
    return _Ruling(action, Reason.LOCATE_FAILED, _told(case, "The catalog search did not find exactly this."))


def _ignored_electronic(case: Case) -> _Ruling:
    return _locate_failed(case)._replace(sentence="Only electronic holdings, which this library ignores.")


def _fill_electronically(case: Case) -> _Ruling:
    item = case.fitting_electronic()
    sentence = "An article, and an electronic holding covers it."
    return _Ruling(Action.FILL, Reason.FILLED_ELECTRONICALLY, sentence, item, "Its coverage has the part wanted.")


def _by_rule(case: Case) -> _Ruling:
    rule = case.rule_for_electronic()
    assert rule is not None
    action = Action.REJECT if rule.reject else Action.HOLD
    said = rule.reason or ("a rule rejects these" if rule.reject else "a rule keeps these for staff")
    return _Ruling(action, Reason.ELECTRONIC_RULE, f"Only electronic holdings: {said}.")


def _not_known(case: Case) -> _Ruling:
    why = "; ".join(dict.fromkeys(one.unsure for one in case.physical if one.unsure))
    said = f"What can be had is not known{f' ({why})' if why else ''}, so staff decide."
    return _hold(Reason.STATUS_UNKNOWN, said)(case)


def _choose(case: Case) -> _Ruling:
    """Choose the item to send: one that is in and may be requested.

    Where there is none, the settings do not reject and nothing can be sent by itself: the request is kept for staff,
    with the item that comes nearest (project's rule).
    """
    ready = best_first(one for one in case.physical if available_and_requestable(one))
    summary = f"{summarize(case.physical)}."
    if not ready:
        near = [one for one in case.physical if one.requestable is not False]
        nearest = min(near, key=lambda one: one.item.status.rank, default=None)
        sentence = f"{summary} No copy is surely in and requestable, so staff decide."
        item = nearest.item if nearest else None
        return _Ruling(Action.HOLD, Reason.CREATED_LENDING_REQUEST, sentence, item)
    auto = case.settings.auto_request_lending
    reason = Reason.BEING_PROCESSED if auto else Reason.CREATED_LENDING_REQUEST
    why = why_chosen(ready[0], ready)
    return _Ruling(Action.FILL, reason, summary, ready[0].item, why, move_request=auto)


# ---- the order -------------------------------------------------------------------------------------------------------

TABLE: tuple[Row, ...] = (
    Row(
        "0",
        lambda case: case.settings.temporarily_inactive,
        _reject(Reason.TEMPORARILY_INACTIVE, "This library does not lend at present."),
    ),
    Row(
        "1",
        lambda case: not case.settings.automatic_locate,
        _hold(Reason.CREATED, "The catalog is not searched by itself."),
    ),
    Row("2", _failed, _locate_failed),
    Row("2", _not_asked, _hold(Reason.CATALOG_NOT_ASKED, "The catalog could not be asked.", retry=True)),
    # 3 and 4: suppressed items, libraries that do not supply, ignored electronic holdings (`locate.lending_case`)
    Row("5", _article_online, _fill_electronically),
    Row("6", lambda case: _only_electronic(case) and case.rule_for_electronic() is not None, _by_rule),
    Row(
        "6",
        lambda case: _only_electronic(case) and case.settings.reject_when_only_electronic,
        _reject(Reason.ONLY_ELECTRONIC, "Only electronic holdings."),
    ),
    Row("6", lambda case: _only_electronic(case) and case.ignores_electronic, _ignored_electronic),
    Row("6", _only_electronic, _hold(Reason.ONLY_ELECTRONIC, "Only electronic holdings.")),
    Row(
        "6",
        lambda case: _nothing(case) and case.settings.reject_when_no_available,
        _reject(Reason.NO_AVAILABLE_ITEMS, "The title is there, and no copy that counts."),
    ),
    Row(
        "6",
        lambda case: _nothing(case) and case.settings.reject_when_no_requestable,
        _reject(Reason.NO_REQUESTABLE_ITEMS, "The title is there, and no copy that counts."),
    ),
    Row("6", _nothing, _hold(Reason.NOTHING_HELD, "The title is there, and no copy that counts.")),
    Row("7", _all_unknown, _not_known),
    Row("8", _none_available, _reject(Reason.NO_AVAILABLE_ITEMS, "No copy is in.")),
    Row("9", _none_requestable, _reject(Reason.NO_REQUESTABLE_ITEMS, "No copy may be requested.")),
    Row(
        "10",
        _none_both,
        _reject(Reason.NO_AVAILABLE_REQUESTABLE_ITEMS, "No copy that is in may be requested."),
    ),
    Row("11", lambda _case: True, _choose),
)
