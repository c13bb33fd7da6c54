"""What a plan is made of: one search to try, and all of them in order.

Decides nothing and knows no citation. Raises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from locate.partner import StepKind
from locate.z3950.query import And, Query, Term, Use

__all__ = ["Attempt", "Plan", "narrowed"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One search to try: the ``step`` it belongs to, its ``query``, and what it searches by in words.

    ``is_guess`` marks a search by a part of the title: it finds much that is not meant.
    """

    step: StepKind
    query: Query
    label: str
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The attempts in order, and ``notes`` to show: odd numbers searched as given, fields that gave no search."""

    attempts: tuple[Attempt, ...]
    notes: tuple[str, ...] = ()


def narrowed(attempt: Attempt, year: int) -> Attempt:
    """Return the attempt with the year of publication added."""
    date = Term(str(year), ((1, Use.DATE_OF_PUBLICATION),))
    return replace(attempt, query=And(attempt.query, date), label=f"{attempt.label} and year")
