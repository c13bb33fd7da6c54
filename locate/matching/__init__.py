"""Matching: is this candidate the item that was asked for? Evidence, a verdict and a sentence. Pure."""

from __future__ import annotations

from locate.matching.evidence import Agreement, Evidence, Match, MatchVerdict
from locate.matching.matcher import Matcher

__all__ = ["Agreement", "Evidence", "Match", "MatchVerdict", "Matcher"]
