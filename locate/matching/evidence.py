"""What the matcher says: evidence, verdict, and the judgement that joins them.

Evidence is three-valued, because silence is not disagreement. Pure data.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from locate.records.bib import BibRecord

__all__ = ["Agreement", "Decision", "Evidence", "Match", "MatchVerdict", "Ranked"]


class Agreement(StrEnum):
    """What a comparison found."""

    AGREE = "agree"
    DISAGREE = "disagree"
    SILENT = "silent"


class Evidence(NamedTuple):
    """One compared feature.

    ``feature`` is its name in the table of weights; ``weight`` the points it adds (negative when it speaks against);
    ``left`` the value that is wanted and ``right`` the record's, as shown to a person; ``why`` one plain sentence.
    """

    feature: str
    verdict: Agreement
    weight: int
    left: str
    right: str
    why: str


class MatchVerdict(StrEnum):
    """What the candidate is, seen from what is wanted.

    ``REPRINT`` is the same publication printed again in another year, ``SAME_WORK`` the same work in another form
    that nothing names better, ``INSUFFICIENT`` a candidate that what is known neither accepts nor rejects.
    """

    SAME = "same"
    REPRINT = "reprint"
    OTHER_EDITION = "other_edition"
    OTHER_FORMAT = "other_format"
    PART_OR_WHOLE = "part_or_whole"
    SAME_WORK = "same_work"
    DIFFERENT = "different"
    INSUFFICIENT = "insufficient"


class Decision(NamedTuple):
    """A verdict without its explanation.

    ``score`` is the sum of points, None when title and author ruled the candidate out before the rest was compared;
    ``probability`` (0 to 1) is that of the same item.
    """

    verdict: MatchVerdict
    score: int | None
    probability: float


@dataclass(frozen=True, slots=True)
class Match:
    """The judgement on one candidate.

    ``verdict``; ``score``, the sum of the evidence's weights; ``probability`` (0 to 1) that this is the same item;
    the ``evidence``; one ``sentence`` that a librarian can read; ``deciding``, the field that would decide, ""
    unless the verdict is ``INSUFFICIENT``.
    """

    verdict: MatchVerdict
    score: int
    probability: float
    evidence: tuple[Evidence, ...]
    sentence: str
    deciding: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of several candidates: ``index`` is its 0-based place in what was given, ``rank`` its 1-based place in the
    order, the best first; candidates that nothing tells apart share a rank.
    """

    index: int
    rank: int
    record: BibRecord
    match: Match
