"""What passes between a locate run and its driver: a search to send, and what became of it.

Pure data. Decides nothing; refuses to know how a search is carried out. Raises nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from locate.errors import LocateError
from locate.partner import Partner
from locate.z3950.query import Query
from locate.z3950.retrieval import ResultSet

__all__ = ["Answer", "Ask", "Event", "Fault", "Started"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One search to send: ``count`` records wanted with the answer.

    ``timeout_s`` seconds for one operation (connecting, or the search with its records); ``left_s`` seconds for all of
    it, from when a connection is granted.
    """

    partner: Partner
    query: Query
    count: int
    syntax: str
    timeout_s: float
    left_s: float = math.inf


@dataclass(frozen=True, slots=True)
class Started:
    """The partner's connection was granted; its time begins to run."""

    partner_code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to the partner's outstanding ask."""

    partner_code: str
    result: ResultSet


@dataclass(frozen=True, slots=True)
class Fault:
    """The fault that the partner's outstanding ask ended in."""

    partner_code: str
    error: LocateError


Event = Started | Answer | Fault
