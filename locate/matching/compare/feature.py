"""What a comparison can find: features by name, each with its meaning in words. Their points stand in one table."""

from __future__ import annotations

from typing import NamedTuple

from locate.matching.evidence import Agreement

__all__ = ["Feature", "agrees", "disagrees", "silent"]


class Feature(NamedTuple):
    """What a feature says: for, against or nothing, and ``why`` in one sentence."""

    agreement: Agreement
    why: str


def agrees(why: str) -> Feature:
    """Return a feature that speaks for the candidate."""
    return Feature(Agreement.AGREE, why)


def disagrees(why: str) -> Feature:
    """Return a feature that speaks against the candidate."""
    return Feature(Agreement.DISAGREE, why)


def silent(why: str) -> Feature:
    """Return a feature that says nothing, with the reason why it cannot."""
    return Feature(Agreement.SILENT, why)
