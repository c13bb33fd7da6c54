"""From what a probe knows to the partner to configure.

Decides which steps a profile has and with which attributes, and what is said of neither. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from locate.partner import Limits, LocateProfile, Partner, SearchStep, StepKind
from locate.probe.findings import Verdict
from locate.probe.forms import Attributes, number_forms, word_forms
from locate.probe.knowledge import Knowledge, Tried
from locate.probe.picking import DOCUMENT_ID
from locate.probe.profile import partner_code
from locate.probe.searching import NO_RECORD
from locate.z3950.query import Use

__all__ = ["lacks_record", "recommended", "serving", "untried"]

_USES: dict[StepKind, tuple[int, ...]] = {
    StepKind.LCCN: (Use.LCCN,),
    StepKind.CONTROL_NUMBER: (Use.LOCAL_NUMBER, Use.SYSTEM_CONTROL_NUMBER, DOCUMENT_ID),
    StepKind.ISBN: (Use.ISBN,),
    StepKind.ISSN: (Use.ISSN,),
    StepKind.TITLE: (Use.TITLE,),
}
_SLOW_S = 4.0
_DEFAULTS = LocateProfile()


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
        tried = serving(known, kind)
        if tried is not None or untried(known, kind):
            attributes = tried.attributes if tried is not None else _usual(known, kind)
            yield SearchStep(kind, attributes, _author(known) if kind is StepKind.TITLE else ())


def serving(known: Knowledge, kind: StepKind) -> Tried | None:
    """Return what a step can be searched by, as it was seen to work; None when nothing was."""
    if kind is StepKind.CONTROL_NUMBER and known.oclc is not None and known.oclc.verdict.is_usable:
        return known.oclc
    return next((tried for use in _USES[kind] if (tried := known.usable(use))), None)


def untried(known: Knowledge, kind: StepKind) -> bool:
    """Say whether nothing is known of a step, for or against it."""
    found = [known.tried[use] for use in _USES[kind] if use in known.tried]
    return all(tried.verdict is Verdict.NOT_TRIED for tried in found)


def lacks_record(known: Knowledge, kind: StepKind) -> bool:
    """Say whether a step could not be tried since no record met had a term for it."""
    return any(NO_RECORD in known.tried[use].note for use in _USES[kind] if use in known.tried)


def _author(known: Knowledge) -> Attributes:
    """Return the author attributes of the title step: none where they or AND do not work."""
    author = known.usable(Use.AUTHOR_NAME)
    if known.joins is False:
        return ()
    if author is not None:
        return author.attributes
    tried = known.tried.get(Use.AUTHOR_NAME)
    return word_forms(Use.AUTHOR_NAME, known.style)[0] if tried is None or tried.verdict is Verdict.NOT_TRIED else ()


def _usual(known: Knowledge, kind: StepKind) -> Attributes:
    """Return the attributes of a step that could not be tried: those of its kind, in the style of the others."""
    use = next(step.attributes[0][1] for step in _DEFAULTS.steps if step.kind is kind)
    forms = word_forms if kind is StepKind.TITLE else number_forms
    return forms(use, known.style)[0]


def _records_in(known: Knowledge) -> tuple[str | None, tuple[str, ...]]:
    """Return the element set, and the record syntaxes in the order to try them: the one with holdings first."""
    forms = known.forms
    good = [syntax for syntax in ("opac", "marc21", "unimarc", "xml") if forms.get((syntax, "F"))]
    if "marc21" in good and "unimarc" in good:
        good.remove("unimarc")  # one of the two is enough
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
