"""A second reading of the lending order, naive on purpose: plain dictionaries, one condition after the other.

It shares no code with the package. An item is a dictionary with "electronic", "suppressed", "supplies" (True, False or
None), "status" and "requestable" (True, False or None) and, when electronic, "rule" (True rejects, False keeps, None is
no rule) and "covers".
"""

from __future__ import annotations

from typing import Any

__all__ = ["naive"]


def naive(  # noqa: C901, PLR0911, PLR0912 - naive on purpose
    switches: dict[str, Any], asked: dict[str, Any], finding: str, items: list[dict[str, Any]]
) -> tuple[str, str]:
    """Return the action and the reason."""
    if switches["temporarily_inactive"]:
        return "REJECT", "temporarily_inactive"
    if not switches["automatic_locate"]:
        return "HOLD", "created"
    if finding in ("NOT_FOUND", "AMBIGUOUS", "NO_USABLE_IDENTIFIER"):
        return ("REJECT" if switches["reject_when_locate_fails"] else "HOLD"), "locate_failed"
    if finding != "FOUND":
        return "HOLD", "catalog_not_asked"
    left = []
    for item in items:
        if item["suppressed"]:
            continue
        if item["supplies"] is False:
            continue
        left.append(item)
    electronic = [item for item in left if item["electronic"]]
    physical = [item for item in left if not item["electronic"]]
    ignoring = False
    if switches["ignore_electronic"]:
        ignoring = True
    if switches["ignore_electronic_for_physical_only"] and asked["physical"]:
        ignoring = True
    if asked["article"] and switches["prefer_electronic_for_articles"] and not ignoring:
        for item in electronic:
            if item["covers"]:
                return "FILL", "filled_electronically"
    if len(physical) == 0:
        if len(electronic) > 0:
            rules = [item["rule"] for item in electronic]
            if False in rules:
                return "HOLD", "electronic_rule"
            if None not in rules:
                return "REJECT", "electronic_rule"
            if switches["reject_when_only_electronic"]:
                return "REJECT", "only_electronic"
            if ignoring:
                return ("REJECT" if switches["reject_when_locate_fails"] else "HOLD"), "locate_failed"
            return "HOLD", "only_electronic"
        if switches["reject_when_no_available"]:
            return "REJECT", "no_available_items"
        if switches["reject_when_no_requestable"]:
            return "REJECT", "no_requestable_items"
        return "HOLD", "nothing_held"
    statuses = [item["status"] for item in physical]
    if set(statuses) == {"unknown"}:
        return "HOLD", "status_unknown"
    may = [
        False if item["requestable"] is False else (None if item["supplies"] is None else item["requestable"])
        for item in physical
    ]
    if not asked["digital"] or switches["item_rules_for_digital"]:
        if switches["reject_when_no_available"] and "available" not in statuses:
            if "unknown" in statuses:
                return "HOLD", "status_unknown"
            return "REJECT", "no_available_items"
        if switches["reject_when_no_requestable"] and True not in may:
            if None in may:
                return "HOLD", "status_unknown"
            return "REJECT", "no_requestable_items"
        if switches["reject_when_no_available"] and switches["reject_when_no_requestable"]:
            surely = any(status == "available" and yes is True for status, yes in zip(statuses, may, strict=True))
            perhaps = any(
                status != "unavailable" and yes is not False for status, yes in zip(statuses, may, strict=True)
            )
            if not surely:
                return ("HOLD", "status_unknown") if perhaps else ("REJECT", "no_available_requestable_items")
    for status, yes in zip(statuses, may, strict=True):
        if status == "available" and yes is True:
            return "FILL", "being_processed" if switches["auto_request_lending"] else "created_lending_request"
    return "HOLD", "created_lending_request"
