"""A ranking of records for a person to read, as JSON, and as a page.

Decides wording and layout only; the order and the verdicts are the matcher's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from locate.citation import Citation
from locate.matching import Agreement, Evidence, Match, MatchVerdict, Ranked
from locate.matching.page import facts_of, ranking_page
from locate.records import BibRecord
from locate.text import counted

__all__ = ["Ranking", "print_ranking", "verdict_in_words"]

_STYLES = {MatchVerdict.SAME: "green", MatchVerdict.REPRINT: "green", MatchVerdict.INSUFFICIENT: "yellow"}
_NAMED_TIES = 5
_SIGNS = {Agreement.AGREE: "agrees", Agreement.DISAGREE: "disagrees", Agreement.SILENT: "silent"}


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is wanted, and all records ``ranked`` against it, the best first.

    ``sources`` tells by a record's index where it comes from, such as "catalog.mrc, record 3"; ``unreadable`` counts
    the records that could not be read; ``accept`` is the score from which a record is the same.
    """

    wanted: Citation | BibRecord
    ranked: tuple[Ranked, ...]
    sources: Sequence[str]
    unreadable: int
    accept: int

    @property
    def held(self) -> bool:
        """True when a record is the same item, or a reprint of it."""
        return any(one.match.verdict in {MatchVerdict.SAME, MatchVerdict.REPRINT} for one in self.ranked)

    def page(self, top: int) -> str:
        """Return the page of the ``top`` best."""
        return ranking_page(
            self.wanted, self.ranked[:top], self.sources, accept=self.accept, considered=len(self.ranked)
        )

    def to_mapping(self, top: int) -> dict[str, Any]:
        """Return the JSON form, with the ``top`` best."""
        wanted = self.wanted
        shares = Counter(one.rank for one in self.ranked)
        return {
            "held": self.held,
            "citation": wanted.to_mapping() if isinstance(wanted, Citation) else None,
            "reference": None if isinstance(wanted, Citation) else _identified(wanted),
            "accept": self.accept,
            "compared": len(self.ranked),
            "unreadable_records": self.unreadable,
            "candidates": [
                {
                    "rank": one.rank,
                    "tied": shares[one.rank] > 1,
                    "source": self.sources[one.index],
                    **_identified(one.record),
                    **_judged(one.match),
                }
                for one in self.ranked[:top]
            ],
        }


def _identified(record: BibRecord) -> dict[str, Any]:
    return {
        "control_number": record.control_number,
        "control_number_source": record.control_number_source,
        "title": record.title.shown,
        "years": sorted(record.years),
    }


def _judged(match: Match) -> dict[str, Any]:
    return {
        "verdict": match.verdict,
        "score": match.score,
        "probability": round(match.probability, 4),
        "sentence": match.sentence,
        "deciding": match.deciding,
        "evidence": [
            {
                "feature": one.feature,
                "verdict": one.verdict,
                "weight": one.weight,
                "wanted": one.left,
                "record": one.right,
                "why": one.why,
            }
            for one in match.evidence
        ],
    }


def verdict_in_words(verdict: MatchVerdict) -> str:
    """Return a verdict as people write it: "other edition"."""
    return verdict.replace("_", " ")


def print_ranking(out: Console, ranking: Ranking, *, top: int, explain: int, all_evidence: bool) -> None:
    """Print what is wanted, the table of the ``top`` best, ``explain`` of them in full, and the ties.

    Ties of records that are something else altogether are marked in the table and not named.
    """
    wanted = "; ".join(f"{label} {told}" for label, told in facts_of(ranking.wanted))
    out.print(f"Wanted: {wanted}")
    shown = ranking.ranked[:top]
    _print_table(out, ranking.ranked, top)
    rest = len(ranking.ranked) - len(shown)
    if rest:
        out.print(f"Not shown: {counted(rest, 'record')} of lower rank; --top shows more.")
    worth_naming = Counter(one.rank for one in ranking.ranked if one.match.verdict is not MatchVerdict.DIFFERENT)
    for rank, count in worth_naming.items():
        if count > 1 and rank <= shown[-1].rank:
            _print_tie(out, ranking, rank)
    for one in shown[:explain]:
        _print_explained(out, ranking, one, all_evidence=all_evidence)


def _print_table(out: Console, ranked: Sequence[Ranked], top: int) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    for heading in ("rank", "score", "prob."):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict")
    table.add_column("title", ratio=3)
    table.add_column("year")
    table.add_column("control no.", overflow="fold", max_width=14)
    table.add_column("why", ratio=4)
    shares = Counter(one.rank for one in ranked)
    for one in ranked[:top]:
        record, match = one.record, one.match
        rank = f"{one.rank}=" if shares[one.rank] > 1 else str(one.rank)
        table.add_row(
            *(rank, str(match.score), f"{match.probability:.2f}"),
            Text(verdict_in_words(match.verdict), _STYLES.get(match.verdict, "")),
            *(record.title.shown or "(no title)", ", ".join(map(str, sorted(record.years)))),
            *(record.control_number or "", match.sentence),
        )
    out.print(table)


def _print_tie(out: Console, ranking: Ranking, rank: int) -> None:
    tied = [ranking.sources[one.index] for one in ranking.ranked if one.rank == rank]
    rest = f"; {len(tied) - _NAMED_TIES} more" if len(tied) > _NAMED_TIES else ""
    named = "; ".join(tied[:_NAMED_TIES])
    out.print(
        f"Rank {rank} is shared by {counted(len(tied), 'record')}, whose evidence weighs the same: {named}{rest}."
    )


def _print_explained(out: Console, ranking: Ranking, one: Ranked, *, all_evidence: bool) -> None:
    match = one.match
    out.print()
    out.print(f"Rank {one.rank}: {one.record.title.shown or '(no title)'}", style="bold")
    out.print(Padding(ranking.sources[one.index], (0, 0, 0, 2)))
    out.print(Padding(match.sentence, (0, 0, 0, 2)))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, show_footer=True)
    table.add_column("feature", "sum", overflow="fold")
    table.add_column("points", str(match.score), justify="right", no_wrap=True)
    table.add_column("finding", f"same from {ranking.accept}")
    for heading in ("wanted", "record"):
        table.add_column(heading, ratio=3, overflow="fold")
    table.add_column("why", ratio=4)
    for evidence in match.evidence:
        if all_evidence or evidence.weight or evidence.verdict is not Agreement.SILENT:
            table.add_row(*_evidence_row(evidence))
    out.print(table)


def _evidence_row(evidence: Evidence) -> tuple[str, ...]:
    points = f"{evidence.weight:+d}" if evidence.weight else "0"
    return (evidence.feature, points, _SIGNS[evidence.verdict], evidence.left, evidence.right, evidence.why)
