"""Matching: is this candidate the item that is wanted? Evidence, a verdict and a sentence. Pure."""

from __future__ import annotations

from locate.matching.evidence import Agreement, Decision, Evidence, Match, MatchVerdict, Ranked
from locate.matching.matcher import Matcher
from locate.matching.weights import Weights

__all__ = ["Agreement", "Decision", "Evidence", "Match", "MatchVerdict", "Matcher", "Ranked", "Weights"]
