"""What a comparison returns: a finding, named as in the table of weights but not yet weighed.

A comparison sees facts; the points they are worth stand in one table in `locate.matching.matcher`, and nowhere else.
"""

from __future__ import annotations

from typing import NamedTuple

from locate.matching.evidence import Agreement

__all__ = ["Finding", "agree", "disagree", "silent"]


class Finding(NamedTuple):
    """One compared feature before weighing: ``feature`` names its row in the table of weights ("title.equal")."""

    feature: str
    verdict: Agreement
    left: str
    right: str
    why: str


def agree(feature: str, left: str, right: str, why: str) -> Finding:
    """Return a finding that speaks for the candidate."""
    return Finding(feature, Agreement.AGREE, left, right, why)


def disagree(feature: str, left: str, right: str, why: str) -> Finding:
    """Return a finding that speaks against the candidate."""
    return Finding(feature, Agreement.DISAGREE, left, right, why)


def silent(feature: str, left: str, right: str, why: str) -> Finding:
    """Return a finding that says nothing, with the reason why it cannot."""
    return Finding(feature, Agreement.SILENT, left, right, why)
