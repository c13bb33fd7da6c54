"""From a citation and a locate profile to the searches to try, in order. Pure."""

from __future__ import annotations

from locate.plan.attempts import Attempt, Plan, narrowed
from locate.plan.queries import alternatives, minimal, truncates, uses_of
from locate.plan.searches import plan_searches

__all__ = ["Attempt", "Plan", "alternatives", "minimal", "narrowed", "plan_searches", "truncates", "uses_of"]
