"""Judge whether a candidate is the item that is wanted, and rank several candidates.

Every comparison becomes a piece of evidence; the score is the sum of their points and nothing else. A veto names what
the candidate is instead. What is known and cannot decide is answered "insufficient", never guessed. Nothing here reads
a socket or a clock, and nothing here raises for any citation or record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from locate.citation import Citation
from locate.matching.comparisons import COMPARISONS, FEATURES, SPECIAL, find
from locate.matching.evidence import Decision, Evidence, Match, MatchVerdict, Ranked
from locate.matching.sentences import deciding_field, sentence
from locate.matching.verdict import decide
from locate.matching.views import CitationView, RecordView, View
from locate.matching.weights import DEFAULT, Scale, Weights
from locate.records.bib import BibRecord

__all__ = ["Matcher"]

_ANOTHER: Final = Decision(MatchVerdict.DIFFERENT, None, 0.0)
_ORDER: Final = tuple(MatchVerdict)


class Matcher:
    """Judges candidates by a table of weights. Has no state but that table, and may be shared between threads."""

    def __init__(self, weights: Weights = DEFAULT) -> None:
        self.weights = weights

    def prepare(self, wanted: Citation | BibRecord) -> View:
        """Return what is wanted with its normalised forms, to be judged against many records."""
        return CitationView(wanted) if isinstance(wanted, Citation) else RecordView(wanted)

    def view(self, record: BibRecord) -> RecordView:
        """Return a record with its normalised forms, to be judged against many wanted items."""
        return RecordView(record)

    def decide(self, wanted: View, record: RecordView) -> Decision:
        """Return verdict, score and probability of a prepared pair, without the explanation."""
        found = find(wanted, record, briefly=True)
        if not found:
            return _ANOTHER
        scale = self._scale(wanted)
        score = sum(map(scale.points.__getitem__, found))
        verdict = decide(found, score, scale, self.weights.vetoes)
        return Decision(verdict, score, scale.probability(score))

    def judge(self, wanted: Citation | BibRecord | View, record: BibRecord | RecordView) -> Match:
        """Return the verdict on ``record`` with its evidence, a sentence and the field that would decide."""
        ours = self.prepare(wanted) if isinstance(wanted, Citation | BibRecord) else wanted
        theirs = RecordView(record) if isinstance(record, BibRecord) else record
        found = find(ours, theirs)
        scale = self._scale(ours)
        evidence = tuple(self._explained(found, ours, theirs, scale))
        score = sum(one.weight for one in evidence)
        verdict = decide(found, score, scale, self.weights.vetoes)
        return Match(
            verdict,
            score,
            scale.probability(score),
            evidence,
            sentence(verdict, ours, evidence),
            deciding_field(ours, evidence) if verdict is MatchVerdict.INSUFFICIENT else "",
        )

    def rank(self, wanted: Citation | BibRecord | View, records: Sequence[BibRecord]) -> tuple[Ranked, ...]:
        """Return the judged ``records``, the best first: by verdict, then by score. Equal ones share a rank."""
        ours = self.prepare(wanted) if isinstance(wanted, Citation | BibRecord) else wanted
        judged = [(index, record, self.judge(ours, record)) for index, record in enumerate(records)]
        judged.sort(key=lambda each: _key(each[2]))
        ranked: list[Ranked] = []
        for index, record, match in judged:
            tied = ranked and _key(ranked[-1].match) == _key(match)
            ranked.append(Ranked(index, ranked[-1].rank if tied else len(ranked) + 1, record, match))
        return tuple(ranked)

    def _scale(self, wanted: View) -> Scale:
        return self.weights.record if wanted.is_record else self.weights.citation

    def _explained(self, found: Sequence[str], ours: View, theirs: RecordView, scale: Scale) -> Iterable[Evidence]:
        points = scale.points
        compared = len(COMPARISONS) if ours.special else len(COMPARISONS) - SPECIAL
        for at, feature in enumerate(found):
            agreement, why = FEATURES[feature]
            left, right = COMPARISONS[at].shown(ours, theirs) if at < compared else ("", "")
            if "{" in why:
                why = why.format(left=left, right=right)
            yield Evidence(feature, agreement, points[feature], left, right, why)


def _key(match: Match) -> tuple[bool, int, int]:
    held = match.verdict in {MatchVerdict.SAME, MatchVerdict.REPRINT}
    return not held, -match.score if held else _ORDER.index(match.verdict), -match.score
