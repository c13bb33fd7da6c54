"""The rule that everybody writes first: one ISBN equal, or titles whose words are alike by rapidfuzz."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, utils

from bench.matching.peers.peer import Side, describe

__all__ = ["Naive"]

_METHOD = "ISBN or title > 90"
_EQUAL = 100.0
_Prepared = tuple[str, frozenset[str]]


class Naive:
    """ISBN equal, or `token_set_ratio` of the titles above 90."""

    methods: Mapping[str, float | None] = {_METHOD: math.nextafter(90, 100)}
    limit = 0

    def prepare(self, sides: Sequence[Side]) -> list[_Prepared]:
        """Return each side's title, lower case and without punctuation, and its ISBNs."""
        described = [describe(side) for side in sides]
        return [(utils.default_process(one.title), frozenset(one.isbns)) for one in described]

    def scores(self, pairs: Sequence[tuple[_Prepared, _Prepared]]) -> dict[str, list[float]]:
        """Return 100 for an equal ISBN, else the ratio of the titles, 0 to 100."""
        found = [
            _EQUAL if left_isbns & right_isbns else fuzz.token_set_ratio(left, right)
            for (left, left_isbns), (right, right_isbns) in pairs
        ]
        return {_METHOD: found}
