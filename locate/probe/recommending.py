"""From what a probe knows to what to do: the partner to configure, the advice on each attribute, and the summary.

Decides which steps a profile has, with which attributes, and how that is said in plain words. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from locate.errors import LocateError
from locate.partner import Limits, LocateProfile, Partner, SearchStep, StepKind
from locate.probe.findings import Area, Finding, ProbeReport, Verdict
from locate.probe.forms import Attributes, number_forms, word_forms, written
from locate.probe.knowledge import Knowledge, Tried
from locate.probe.picking import DOCUMENT_ID, SUBJECT
from locate.probe.profile import partner_code, to_toml
from locate.probe.searching import AS_A_PHRASE, NO_RECORD
from locate.z3950.attributes import use_name
from locate.z3950.query import Use

__all__ = ["recommend", "recommended"]

_STEP_USES: dict[StepKind, tuple[int | str, ...]] = {
    StepKind.LCCN: (Use.LCCN,),
    StepKind.CONTROL_NUMBER: ("oclc", Use.LOCAL_NUMBER, Use.SYSTEM_CONTROL_NUMBER, DOCUMENT_ID),
    StepKind.ISBN: (Use.ISBN, f"instead of {int(Use.ISBN)}"),
    StepKind.ISSN: (Use.ISSN, f"instead of {int(Use.ISSN)}"),
    StepKind.TITLE: (Use.TITLE,),
}
_NAMES = {
    StepKind.LCCN: "LCCN",
    StepKind.CONTROL_NUMBER: "control number",
    StepKind.ISBN: "ISBN",
    StepKind.ISSN: "ISSN",
    StepKind.TITLE: "title",
}
_AUTHOR_USES: tuple[int | str, ...] = (Use.AUTHOR_NAME, f"instead of {int(Use.AUTHOR_NAME)}")
_ORDER: tuple[int | str, ...] = (
    Use.TITLE,
    Use.AUTHOR_NAME,
    f"instead of {int(Use.AUTHOR_NAME)}",
    Use.ISBN,
    f"instead of {int(Use.ISBN)}",
    Use.ISSN,
    f"instead of {int(Use.ISSN)}",
    Use.LCCN,
    Use.LOCAL_NUMBER,
    Use.SYSTEM_CONTROL_NUMBER,
    "oclc",
    Use.STANDARD_IDENTIFIER,
    DOCUMENT_ID,
    Use.ANY,
    SUBJECT,
    Use.DATE_OF_PUBLICATION,
)
_STEP_OF = {int(Use.LCCN): StepKind.LCCN, int(Use.ISBN): StepKind.ISBN, int(Use.ISSN): StepKind.ISSN}
_NAME_ONE = "Name something that has one with --isbn or --term to have it tried; the profile leaves it as usual."
_SLOW_S = 4.0
_DEFAULTS = LocateProfile()


# ---- the partner ----------------------------------------------------------------------------------------------------


def recommended(known: Knowledge) -> Partner | None:
    """Return the partner as it should be configured; None when no record was met to find out by."""
    if not known.records:
        return None
    element_set, syntaxes = _records_in(known)
    profile = LocateProfile(
        steps=tuple(_steps(known)),
        query_charset=known.charset,
        record_syntaxes=syntaxes,
        element_set=element_set,
        max_records=min(max(known.message_cap, 1), 10) if known.message_cap else _DEFAULTS.max_records,
    )
    limits = Limits()
    if known.slowest_s > _SLOW_S:
        patient = float(round(3 * known.slowest_s))
        limits = Limits(operation_s=patient, partner_s=3 * patient)
    return Partner(partner_code(known.target), known.target, system=known.dialect, profile=profile, limits=limits)


def _steps(known: Knowledge) -> Iterator[SearchStep]:
    for kind in StepKind:
        tried = _usable(known, _STEP_USES[kind])
        if tried is not None:
            author = _usable(known, _AUTHOR_USES) if kind is StepKind.TITLE and known.joins is not False else None
            by_author = author.attributes if author is not None else ()
            if kind is StepKind.TITLE and author is None and _untried(known, _AUTHOR_USES) and known.joins is None:
                by_author = word_forms(Use.AUTHOR_NAME, known.style)[0]
            yield SearchStep(kind, tried.attributes, by_author)
        elif _untried(known, _STEP_USES[kind]):
            yield SearchStep(kind, _usual(known, kind))


def _usable(known: Knowledge, uses: Sequence[int | str]) -> Tried | None:
    return next((tried for use in uses if (tried := known.usable(use))), None)


def _untried(known: Knowledge, uses: Sequence[int | str]) -> bool:
    """Say whether nothing is known against a step, since no record met had a term for it."""
    found = [known.tried[use] for use in uses if use in known.tried]
    return all(tried.verdict is Verdict.NOT_TRIED for tried in found)


def _usual(known: Knowledge, kind: StepKind) -> Attributes:
    """Return the attributes of a step that could not be tried: those of its kind, in the style of the others."""
    use = next(step.attributes[0][1] for step in _DEFAULTS.steps if step.kind is kind)
    forms = word_forms if kind is StepKind.TITLE else number_forms
    return forms(use, known.style)[0]


def _records_in(known: Knowledge) -> tuple[str | None, tuple[str, ...]]:
    """Return the element set, and the record syntaxes in the order to try them: the one with holdings first."""
    forms = known.forms
    good = [syntax for syntax in ("opac", "marc21", "xml") if forms.get((syntax, "F"))]
    if not good:
        if forms.get(("xml", "OP")):
            return "OP", ("xml",)
        known_one = known.syntax if known.syntax in _DEFAULTS.record_syntaxes else "marc21"
        return known.element_set, (known_one,)
    if "opac" in good and known.holdings_from == "marc21":
        good = [*(each for each in good if each != "opac"), "opac"]
    if "opac" not in good and known.opac and forms.get(("xml", "OP")):
        return "OP", ("xml",)
    return known.element_set, tuple(good)


# ---- the report -----------------------------------------------------------------------------------------------------


def recommend(
    known: Knowledge, *, fault: LocateError | None, ended: str, searches: int, elapsed_s: float
) -> ProbeReport:
    """Return the report on everything known."""
    partner = recommended(known)
    steps = partner.profile.steps if partner is not None and partner.profile is not None else ()
    located_by = [name for step in steps if (name := _confirmed(known, step))]
    not_by = [_NAMES[kind] for kind in StepKind if partner is not None and kind not in {step.kind for step in steps}]
    findings = [*_attribute_findings(known, located_by), *known.findings]
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


def _confirmed(known: Knowledge, step: SearchStep) -> str:
    """Return the name of a step that was seen to work, "" for one that could not be tried."""
    if _usable(known, _STEP_USES[step.kind]) is None:
        return ""
    with_author = step.author_attributes and _usable(known, _AUTHOR_USES) is not None
    return "title and author" if with_author else _NAMES[step.kind]


def _attribute_findings(known: Knowledge, located_by: Sequence[str]) -> Iterator[Finding]:
    for key in _ORDER:
        tried = known.tried.get(key)
        if tried is None:
            continue
        form = f" as {written(tried.attributes)}" if tried.verdict.is_usable and len(tried.attributes) > 1 else ""
        yield Finding(
            Area.SEARCHES,
            _what(key, tried),
            tried.verdict,
            f"{tried.note}{form}",
            _advice(known, key, tried, located_by),
            tried.query,
            tried.hits,
        )


def _what(key: int | str, tried: Tried) -> str:
    name = f"{use_name(tried.use)} ({tried.use})"
    if key == "oclc":
        return f"OCLC number by {name}"
    if isinstance(key, str):
        return f"{use_name(int(key.rpartition(' ')[2]))} by {name}"
    return name


def _advice(known: Knowledge, key: int | str, tried: Tried, located_by: Sequence[str]) -> str:
    if tried.verdict is Verdict.WORKS:
        return _advice_on_form(key, tried)
    if tried.verdict is Verdict.LIMITED:
        return _advice_on_limits(key, tried)
    if tried.verdict is Verdict.NOT_TRIED:
        return _NAME_ONE if NO_RECORD in tried.note else ""
    return _advice_on_failure(known, key, tried, located_by)


def _advice_on_limits(key: int | str, tried: Tried) -> str:
    if AS_A_PHRASE in tried.note:
        return "A title is found by a part of it that stands together: give other steps too, titles may be missed."
    if key == Use.DATE_OF_PUBLICATION:
        return "The locate cannot narrow too many hits by the year here."
    return "It may be used: the locate checks every record before it counts."


def _advice_on_form(key: int | str, tried: Tried) -> str:
    if key == Use.TITLE and len(tried.attributes) > 2:
        return (
            "Without position and structure the server looks for a phrase at the beginning of the field (INNOPAC and "
            "others do): the written profile sends the full list of attributes."
        )
    if key == Use.TITLE and len(tried.attributes) == 1:
        return "The server wants the use attribute alone: the written profile sends no other."
    if key == Use.LCCN and "as in the record" in tried.note:
        return "It is found only as it is written in the record; the locate sends LCCNs normalised and may miss some."
    return ""


def _advice_on_failure(known: Knowledge, key: int | str, tried: Tried, located_by: Sequence[str]) -> str:
    name = _term_name(key, tried)
    rest = _instead(known, key, located_by)
    if tried.unsupported:
        return f"This server cannot search by {name}{rest}"
    if tried.verdict is Verdict.REFUSED:
        return f"{tried.advice} It cannot be searched by {name} as it is{rest}"
    if tried.verdict is Verdict.WRONG:
        return f"No diagnostic, but wrong hits: the server takes a search by {name} for something else{rest}"
    if tried.verdict is Verdict.FAULT:
        return f"The connection ends or the server fails over a search by {name}: tell the partner's library{rest}"
    return f"The {name} of its own record is not found in any form tried: the server does not index it so{rest}"


def _term_name(key: int | str, tried: Tried) -> str:
    names = {Use.LCCN: "LCCN", Use.LOCAL_NUMBER: "control number", Use.STANDARD_IDENTIFIER: "standard identifier"}
    if key == "oclc":
        return "OCLC number"
    use = int(key.rpartition(" ")[2]) if isinstance(key, str) else tried.use
    return names.get(Use(use), use_name(use)) if use in set(Use) else use_name(use)


def _instead(known: Knowledge, key: int | str, located_by: Sequence[str]) -> str:
    """Return the end of the sentence that says what the locate does instead."""
    if key == Use.DATE_OF_PUBLICATION:
        return "; the locate cannot narrow too many hits by the year."
    if key in _AUTHOR_USES:
        other = known.usable(_AUTHOR_USES[1])
        return f"; the locate will use {use_name(other.use)}." if other else "; the locate will use the title alone."
    kind = _STEP_OF.get(key) if isinstance(key, int) else None
    kind = StepKind.TITLE if key == Use.TITLE else kind
    replacement = known.usable(f"instead of {int(key)}") if isinstance(key, int) else None
    if replacement is not None:
        return f"; the locate will use {use_name(replacement.use)} ({replacement.use}) for it."
    if kind is None:
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
    if not known.records:
        yield "No record came that could be read: whether this partner can be located is not known."
    elif known.answers_anything:
        yield "The server gives the same records whatever is searched: only these can be located."
    elif located_by:
        yield f"This partner can be located by: {'; '.join(located_by)}."
    else:
        yield "This partner cannot be located: no search brought back the record that its term was taken from."
    if not_by:
        yield f"Not by: {', '.join(not_by)}."
    if untried := [_NAMES[kind] for kind in StepKind if known.records and _untried(known, _STEP_USES[kind])]:
        yield f"Not tried, since no record met has one: {', '.join(untried)}."
    for proof in known.proofs:
        end = f"{proof.finding} {proof.availability}" if proof.finding == "FOUND" else proof.finding
        yield f"With the profile found, a locate by {proof.by} gives {end}."
    if ended and known.server is not None:
        yield f"The probe did not come to its end: {ended}."
