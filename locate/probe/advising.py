"""The report of a probe: advice on each use attribute, in plain words, and the summary.

Decides only how things are said. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from locate.errors import LocateError
from locate.partner import SearchStep, StepKind
from locate.probe.findings import Area, Finding, ProbeReport, Verdict
from locate.probe.forms import written
from locate.probe.knowledge import Knowledge, Tried
from locate.probe.picking import DOCUMENT_ID, SUBJECT
from locate.probe.profile import to_toml
from locate.probe.recommending import lacks_record, recommended, serving, untried
from locate.probe.searching import AS_A_PHRASE, NO_RECORD
from locate.z3950.attributes import use_name
from locate.z3950.query import Use

__all__ = ["summed_up"]

_NAMES = {
    StepKind.LCCN: "LCCN",
    StepKind.CONTROL_NUMBER: "control number",
    StepKind.ISBN: "ISBN",
    StepKind.ISSN: "ISSN",
    StepKind.TITLE: "title",
}
_USE_NAMES: dict[int, str] = {
    Use.LCCN: "LCCN",
    Use.LOCAL_NUMBER: "control number",
    Use.ANY: "words anywhere",
}
_STEPS: dict[int, StepKind] = {
    Use.LCCN: StepKind.LCCN,
    Use.ISBN: StepKind.ISBN,
    Use.ISSN: StepKind.ISSN,
    Use.TITLE: StepKind.TITLE,
}
_ORDER = (
    Use.TITLE,
    Use.AUTHOR_NAME,
    Use.ISBN,
    Use.ISSN,
    Use.LCCN,
    Use.LOCAL_NUMBER,
    Use.SYSTEM_CONTROL_NUMBER,
    Use.STANDARD_IDENTIFIER,
    DOCUMENT_ID,
    Use.ANY,
    SUBJECT,
    Use.DATE_OF_PUBLICATION,
)
_NAME_ONE = "Name something that has one with --isbn or --term to have it tried; the profile leaves it as usual."
_NO_YEAR = "The locate cannot narrow too many hits by the year here."


def summed_up(
    known: Knowledge, *, fault: LocateError | None, ended: str, searches: int, elapsed_s: float
) -> ProbeReport:
    """Return the report on everything known."""
    partner = recommended(known)
    steps = partner.profile.steps if partner is not None and partner.profile is not None else ()
    located_by = [name for step in steps if (name := _confirmed(known, step))]
    not_by = [_NAMES[kind] for kind in StepKind if partner is not None and kind not in {step.kind for step in steps}]
    findings = [*_attribute_findings(known, located_by), *known.findings, *_lost_connections(known)]
    order = list(Area)
    return ProbeReport(
        known.target,
        known.server,
        sorted(findings, key=lambda finding: order.index(finding.area)),
        proofs=tuple(known.proofs),
        located_by=located_by,
        not_by=not_by,
        summary=tuple(_summary(known, located_by, not_by, ended)),
        partner=partner,
        profile=to_toml(partner, known) if partner is not None else "",
        fault=fault,
        ended=ended,
        quick=known.options.quick,
        searches=searches,
        elapsed_s=elapsed_s,
        times=known.times,
    )


def _lost_connections(known: Knowledge) -> Iterator[Finding]:
    if known.connections_lost:
        times = "once" if known.connections_lost == 1 else f"{known.connections_lost} times"
        told = (
            "The server ends connections that are in use: the locate searches again over a new one, which takes longer."
        )
        yield Finding(Area.CONNECTION, "connections lost", Verdict.LIMITED, times, told)


def _confirmed(known: Knowledge, step: SearchStep) -> str:
    """Return the name of a step that was seen to work, "" for one that could not be tried."""
    if serving(known, step.kind) is None:
        return ""
    return "title and author" if step.author_attributes and known.usable(Use.AUTHOR_NAME) else _NAMES[step.kind]


def _attribute_findings(known: Knowledge, located_by: Sequence[str]) -> Iterator[Finding]:
    for tried in _all_tried(known):
        form = f" as {written(tried.attributes)}" if tried.verdict.is_usable and len(tried.attributes) > 1 else ""
        name = f"{use_name(tried.use)} ({tried.use})"
        yield Finding(
            Area.SEARCHES,
            f"{tried.sought} by {name}" if tried.sought else name,
            tried.verdict,
            f"{tried.note}{form}",
            _advice(known, tried, located_by),
            tried.query,
            tried.hits,
        )


def _all_tried(known: Knowledge) -> Iterator[Tried]:
    for use in _ORDER:
        found = [known.tried.get(use), known.instead.get(use)]
        if use == Use.SYSTEM_CONTROL_NUMBER:
            found.append(known.oclc)
        yield from (tried for tried in found if tried is not None)


# ---- advice ---------------------------------------------------------------------------------------------------------


def _advice(known: Knowledge, tried: Tried, located_by: Sequence[str]) -> str:
    if tried.verdict is Verdict.WORKS:
        return _advice_on_form(tried)
    if tried.verdict is Verdict.LIMITED:
        return _advice_on_limits(tried)
    if tried.verdict is Verdict.NOT_TRIED:
        return _NAME_ONE if NO_RECORD in tried.note else ""
    return _advice_on_failure(tried, _instead(known, tried, located_by))


def _advice_on_limits(tried: Tried) -> str:
    if AS_A_PHRASE in tried.note:
        return "A title is found by a part of it that stands together: give other steps too, titles may be missed."
    if tried.use == Use.DATE_OF_PUBLICATION:
        return _NO_YEAR
    return "It may be used: the locate checks every record before it counts."


def _advice_on_form(tried: Tried) -> str:
    if tried.use == Use.TITLE and len(tried.attributes) > 2:
        return (
            "Without position and structure the server looks for a phrase at the beginning of the field (INNOPAC and "
            "others do): the written profile sends the full list of attributes."
        )
    if tried.use == Use.TITLE and len(tried.attributes) == 1:
        return "The server wants the use attribute alone: the written profile sends no other."
    if tried.use == Use.LCCN and "(as in the record)" in tried.note:
        return "It is found only as it is written in the record; the locate sends LCCNs normalised and may miss some."
    return ""


def _advice_on_failure(tried: Tried, rest: str) -> str:
    name = tried.sought or _USE_NAMES.get(tried.use) or use_name(tried.use)
    if tried.unsupported:
        return f"This server cannot search by {name}{rest}"
    if tried.verdict is Verdict.REFUSED and tried.use == Use.DATE_OF_PUBLICATION:
        return f"{tried.advice} {_NO_YEAR}"  # it is ANDed to a title: either may be what is refused
    if tried.verdict is Verdict.REFUSED:
        return f"{tried.advice} It cannot be searched by {name} as it is{rest}"
    if tried.verdict is Verdict.WRONG:
        return f"No diagnostic, but wrong hits: the server takes a search by {name} for something else{rest}"
    if tried.verdict is Verdict.FAULT:
        return f"The connection ends or the server fails over a search by {name}: tell the partner's library{rest}"
    told = f"A search by {name} does not find the record that its term is from, in any form tried"
    return f"{told}: the server does not index it so{rest}"


def _instead(known: Knowledge, tried: Tried, located_by: Sequence[str]) -> str:
    """Return the end of the sentence that says what the locate does instead."""
    other = None if tried.sought else known.usable(tried.use)
    if other is not None:
        return f"; the locate will use {use_name(other.use)} ({other.use}) for it."
    if tried.use == Use.DATE_OF_PUBLICATION:
        return "; the locate cannot narrow too many hits by the year."
    if tried.use == Use.AUTHOR_NAME:
        return "; the locate will use the title alone."
    kind = _STEPS.get(tried.use)
    if kind is None or tried.sought:
        return "; the locate does without it."
    others = [name for name in located_by if name != _NAMES[kind]]
    return f"; the locate will use {_listed(others)}." if others else "."


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


# ---- the summary ----------------------------------------------------------------------------------------------------


def _summary(known: Knowledge, located_by: Sequence[str], not_by: Sequence[str], ended: str) -> Iterator[str]:
    if known.server is None:
        yield "No association: nothing could be tried."
        return
    open_ones = [kind for kind in StepKind if known.records and untried(known, kind)]
    lacking = [_NAMES[kind] for kind in open_ones if lacks_record(known, kind)]
    left = [_NAMES[kind] for kind in open_ones if not lacks_record(known, kind)]
    yield _first_sentence(known, located_by, left)
    if not_by:
        yield f"Not by: {', '.join(not_by)}."
    if lacking:
        yield f"Not tried, since no record met has one: {', '.join(lacking)}."
    if left:
        yield f"Not tried: {', '.join(left)}."
    for proof in known.proofs:
        end = f"{proof.finding} {proof.availability}" if proof.finding == "FOUND" else proof.finding
        yield f"With the profile found, a locate by {proof.by} gives {end}."
    if ended and known.server is not None:
        yield f"The probe did not come to its end: {ended}."


def _first_sentence(known: Knowledge, located_by: Sequence[str], left: Sequence[str]) -> str:
    """Return whether the partner can be located; ``left`` are the steps that the probe did not come to."""
    if not known.records:
        return "No record came that could be read: whether this partner can be located is not known."
    if known.answers_anything:
        return "The server gives the same records whatever is searched: only these can be located."
    if located_by:
        return f"This partner can be located by: {'; '.join(located_by)}."
    if left:
        return "Whether this partner can be located is not known: the probe did not come so far."
    return "This partner cannot be located: no search brought back the record that its term was taken from."
