"""Evidence: what one feature of a citation and a record says about their being the same item.

Three-valued, because silence is not disagreement. Pure data.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Agreement", "Evidence", "Match", "MatchVerdict"]


class Agreement(StrEnum):
    """What a comparison found."""

    AGREE = "agree"
    DISAGREE = "disagree"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One compared feature.

    ``feature`` is its name in the weights table; ``weight`` the points it adds (negative when it speaks against);
    ``left`` the citation's value and ``right`` the record's, as shown to a person; ``why`` one plain sentence.
    """

    feature: str
    verdict: Agreement
    weight: int
    left: str
    right: str
    why: str


class MatchVerdict(StrEnum):
    """What the candidate is, seen from the citation."""

    SAME = "same"
    OTHER_EDITION = "other_edition"
    OTHER_FORMAT = "other_format"
    PART_OR_WHOLE = "part_or_whole"
    DIFFERENT = "different"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, slots=True)
class Match:
    """The judgement on one candidate: ``verdict``, ``score`` (the sum of the evidence weights), the ``evidence``, and
    one ``sentence`` that a librarian can read.
    """

    verdict: MatchVerdict
    score: int
    evidence: tuple[Evidence, ...]
    sentence: str
