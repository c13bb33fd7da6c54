"""The numbers that a verdict hangs on: the points of every feature, the vetoes, and what a score means.

The points are in ``weights.txt`` beside this module, as ``python -m bench.matching fit`` learnt them from labelled
pairs, with the counts behind each. They differ for a citation and for a whole record, for a citation leaves more out.
Raises nothing but what a damaged installation would.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Final

from locate.matching.evidence import MatchVerdict

__all__ = ["CITATION", "DEFAULT", "RECORD", "VETOES", "Scale", "Weights"]

_FILE: Final = "weights.txt"

VETOES: Final[Mapping[str, MatchVerdict]] = MappingProxyType(
    {
        "control.other_format": MatchVerdict.OTHER_FORMAT,
        "control.other_serial": MatchVerdict.DIFFERENT,
        "control.other_edition": MatchVerdict.OTHER_EDITION,
        "control.part": MatchVerdict.PART_OR_WHOLE,
        "title.contents": MatchVerdict.PART_OR_WHOLE,
        "title.host": MatchVerdict.PART_OR_WHOLE,
        "title.other_serial": MatchVerdict.DIFFERENT,
        "title.other_words": MatchVerdict.OTHER_EDITION,
        "issn.other_serial": MatchVerdict.DIFFERENT,
        "isbn.part": MatchVerdict.PART_OR_WHOLE,
        "issn.part": MatchVerdict.PART_OR_WHOLE,
        "isbn.other_edition": MatchVerdict.OTHER_EDITION,
        "issn.other_edition": MatchVerdict.OTHER_EDITION,
        "part.number_conflict": MatchVerdict.PART_OR_WHOLE,
        "part.name_conflict": MatchVerdict.PART_OR_WHOLE,
        "part.whole_set": MatchVerdict.PART_OR_WHOLE,
        "part.wanted_only": MatchVerdict.PART_OR_WHOLE,
        "part.record_only": MatchVerdict.PART_OR_WHOLE,
        "part.record_name": MatchVerdict.PART_OR_WHOLE,
        "isbn.of_set": MatchVerdict.PART_OR_WHOLE,
        "isbn.of_volume": MatchVerdict.PART_OR_WHOLE,
        "isbn.qualifier_conflict": MatchVerdict.OTHER_FORMAT,
        "format.conflict": MatchVerdict.OTHER_FORMAT,
        "number.other_format": MatchVerdict.OTHER_FORMAT,
        "medium.conflict": MatchVerdict.OTHER_FORMAT,
        "host.other": MatchVerdict.DIFFERENT,
        "host.other_place": MatchVerdict.DIFFERENT,
        "language.conflict": MatchVerdict.OTHER_EDITION,
        "generic.other_author": MatchVerdict.DIFFERENT,
        "inside.other_year": MatchVerdict.PART_OR_WHOLE,
        "year.original": MatchVerdict.REPRINT,
    }
)
"""The features that forbid ``same``, the strongest first, and what the candidate is instead."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a score means for one kind of wanted item.

    ``points`` per feature; ``accept`` the score from which a candidate without veto is the same; ``doubt`` the score
    from which one that is not accepted is worth a person's look ("insufficient"); ``knots`` pairs of a score and the
    share of true pairs about it, rising, between which probabilities are interpolated.
    """

    points: Mapping[str, int]
    accept: int
    doubt: int
    knots: tuple[tuple[int, float], ...]

    def probability(self, score: int) -> float:
        """Return the probability (0 to 1) that a candidate of this score is the same item."""
        at = bisect_right(self.knots, (score, 2.0))
        if at == 0:
            return self.knots[0][1]
        if at == len(self.knots):
            return self.knots[-1][1]
        (low, below), (high, above) = self.knots[at - 1], self.knots[at]
        return below + (above - below) * (score - low) / (high - low)


def _read(text: str) -> tuple[Scale, Scale]:
    """Read the two scales from the text of the file: one line for each feature, threshold and knot."""
    points: tuple[dict[str, int], dict[str, int]] = ({}, {})
    levels: tuple[dict[str, int], dict[str, int]] = ({}, {})
    knots: tuple[list[tuple[int, float]], list[tuple[int, float]]] = ([], [])
    for line in text.splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if words[0] in {"accept", "doubt"}:
            for each, value in zip(levels, words[1:3], strict=True):
                each[words[0]] = int(value)
        elif words[0] in {"citation", "record"}:
            knots[words[0] == "record"].append((int(words[1]), float(words[2])))
        else:
            points[0][words[0]], points[1][words[0]] = int(words[1]), int(words[4])
    made = [
        Scale(own, level["accept"], level["doubt"], tuple(sorted(knot)))
        for own, level, knot in zip(points, levels, knots, strict=True)
    ]
    return made[0], made[1]


CITATION, RECORD = _read(resources.files(__package__).joinpath(_FILE).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Weights:
    """All numbers of a matcher: the scale for citations, the one for whole records, and the vetoes in their order."""

    citation: Scale = CITATION
    record: Scale = RECORD
    vetoes: Mapping[str, MatchVerdict] = field(default_factory=lambda: VETOES)

    @property
    def accept(self) -> int:
        """The score from which a candidate is the same as what a citation asks for."""
        return self.citation.accept


DEFAULT: Final = Weights()
