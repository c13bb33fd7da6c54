"""What was learned of a target while asking it, so that no later search pays for it again.

Kept for the process, one for a target, shared by every connection to it, and written out or read back as plain data.
Decides nothing: the client and the locate note here what a target refused, and look here before they ask. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

__all__ = ["TargetFacts"]


@dataclass(slots=True)
class TargetFacts:
    """Facts about one target; the defaults are those of a target about which nothing is known.

    ``piggyback`` False: records never come with a Search answer; ``piggyback_refused``: asking for them there is
    refused with a diagnostic. ``element_sets`` False: element set names are refused. ``named_sets`` True: it was seen
    to keep result sets of different names side by side; else a newer one counts as replacing all others.
    ``present_limit``: the most records one Present may ask for, 0 when no limit is known. ``refused_uses``: Bib-1 use
    attributes refused.
    ``has_or`` False: the operator OR is refused. ``minimal_attributes``: attributes other than use are refused.
    ``refused_syntaxes``: record syntaxes, by name, that it cannot give.
    """

    piggyback: bool = True
    piggyback_refused: bool = False
    element_sets: bool = True
    named_sets: bool = False
    present_limit: int = 0
    refused_uses: set[int] = field(default_factory=set)
    has_or: bool = True
    minimal_attributes: bool = False
    refused_syntaxes: set[str] = field(default_factory=set)

    def to_dict(self) -> dict[str, Any]:
        """Return what differs from the defaults, as plain data for JSON; sets become sorted lists."""
        unknown = TargetFacts()
        return {
            each.name: sorted(value) if isinstance(value, set) else value
            for each in fields(self)
            if (value := getattr(self, each.name)) != getattr(unknown, each.name)
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_dict` gave; what is no fact, or not of its type, is left out: it will be learned again."""
        facts = cls()
        for each in fields(cls):
            told, unknown = data.get(each.name), getattr(facts, each.name)
            if isinstance(unknown, set) and isinstance(told, list):
                item = str if each.name == "refused_syntaxes" else int
                setattr(facts, each.name, {value for value in told if type(value) is item})
            elif isinstance(told, int) and type(told) is type(unknown) and told >= 0:  # as bool values are
                setattr(facts, each.name, told)
        return facts
