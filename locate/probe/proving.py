"""The proof of a probe: records met are judged as the locate judges them, and a locate runs with the profile found.

Decides which records are cited and how. The locate is `LocateRun` itself, on the probe's own association. Pure; raises
nothing.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from locate.citation import BorrowingRequest, Citation
from locate.matching import Matcher, MatchVerdict
from locate.outcome import PartnerOutcome
from locate.partner import Partner
from locate.probe.actions import Action, Reply, Search, Steps
from locate.probe.findings import Area, Proof, Verdict
from locate.probe.knowledge import Knowledge
from locate.probe.picking import citation_of, foreign_words
from locate.probe.recommending import recommended
from locate.records import BibRecord
from locate.run import Answer, Fault, LocateRun
from locate.text import counted
from locate.z3950.retrieval import ResultSet

__all__ = ["matching", "prove"]

_FOUND = "FOUND"
_TITLE_CHARS = 60


def matching(known: Knowledge) -> Steps:
    """Cite each record met, and see whether the locate takes it for the item cited."""
    matcher = Matcher()
    judged = [(record, matcher.judge(citation_of(record), record)) for record in _citable(known.records)]
    same = sum(match.verdict is MatchVerdict.SAME for _, match in judged)
    result = f"{same} of {counted(len(judged), 'record')} recognised"
    other = next(((record, match) for record, match in judged if match.verdict is not MatchVerdict.SAME), None)
    if other is None:
        known.tell(Area.MATCHING, "records verify", Verdict.WORKS if judged else Verdict.NOT_TRIED, result)
    else:
        record, match = other
        told = f"Not “{record.title.shown[:_TITLE_CHARS]}”: {match.sentence}"
        known.tell(Area.MATCHING, "records verify", Verdict.LIMITED if same else Verdict.WRONG, result, told)
    yield from ()


def _citable(records: list[BibRecord]) -> list[BibRecord]:
    return [record for record in records if record.title.proper]


def prove(known: Knowledge) -> Steps:
    """Locate records that were met with the profile that the probe recommends."""
    partner = recommended(known)
    if partner is None or partner.profile is None or not partner.profile.steps:
        return
    for record, by, citation in _citations(known):
        outcome, skipped = yield from _locate(partner, citation)
        what = f"a locate by {by}"
        if skipped:
            known.tell(Area.MATCHING, what, Verdict.NOT_TRIED, skipped)
            return
        title = record.title.shown
        known.proofs.append(
            Proof(title, by, outcome.finding, outcome.availability, outcome.reason, len(outcome.searches))
        )
        found = outcome.finding == _FOUND
        said = f"{outcome.finding} {outcome.availability}" if found else str(outcome.finding)
        result = f"{said} for “{title[:_TITLE_CHARS]}”, {counted(len(outcome.searches), 'search')}"
        known.tell(
            Area.MATCHING, what, Verdict.WORKS if found else Verdict.WRONG, result, "" if found else outcome.reason
        )


def _citations(known: Knowledge) -> list[tuple[BibRecord, str, Citation]]:
    """Return the records to cite: the first with a number that works, and one by its title alone."""
    matcher = Matcher()
    sure = [
        record
        for record in _citable(known.records)
        if matcher.judge(citation_of(record), record).verdict is MatchVerdict.SAME
    ]
    picked = [tried.pick.record for tried in known.tried.values() if tried.pick is not None and tried.verdict.is_usable]
    numbered = next((record for record in sure if record in picked), next(iter(sure or _citable(known.records)), None))
    found = []
    if numbered is not None:
        found.append((numbered, "everything that its record tells", citation_of(numbered)))
    if not known.options.quick:
        named = [record for record in sure if record.names and record.years]
        foreign = foreign_words(named) if known.charset_matters is not None else None
        titled = foreign.record if foreign is not None else next(iter(named), None)
        if titled is not None:
            found.append((titled, "title, author and year", citation_of(titled, numbers=False)))
    return found


def _locate(partner: Partner, citation: Citation) -> Generator[Action, Reply, tuple[PartnerOutcome, str]]:
    """Run a locate; the second value says why it was not run to its end, "" when it was."""
    assert partner.profile is not None
    alone = replace(partner, limits=replace(partner.limits, partner_s=float("inf")))
    run = LocateRun(BorrowingRequest(citation), [alone], started=0.0)
    skipped = ""
    while not run.done and not skipped:
        for ask in run.next_steps(0.0):
            reply = yield Search(
                ask.query, ask.count, ask.syntax, partner.profile.element_set, partner.profile.query_charset
            )
            skipped = reply.skipped
            if isinstance(reply.result, ResultSet):
                run.take(Answer(partner.code, reply.result), 0.0)
            elif reply.error is not None:
                run.take(Fault(partner.code, reply.error), 0.0)
    return run.outcome(0.0).partners[0], skipped
