"""The cascade of searches for a citation, by a locate profile.

The default cascade is LCCN, control number, ISBN, ISSN, title (spec of the locate step: borrowing systems' own order);
a step whose field is absent is left out. Decides the forms in which a number is searched and what
``locate_by`` joins. Refuses to know what a search finds and whether a hit is right. Raises
nothing for any citation, and QueryError for a profile whose ``pqf_prefix`` makes no query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from locate.citation import Citation
from locate.identifiers import OCLC, normalize_lccn, parse_control_number, parse_isbn, parse_issn
from locate.partner import LocateProfile, SearchStep, StepKind
from locate.plan.attempts import Attempt, Plan
from locate.plan.queries import any_of
from locate.plan.titles import title_attempts
from locate.z3950.query import And, Query, Term, parse_pqf, to_pqf

__all__ = ["plan_searches"]

_SHOWN = {
    StepKind.LCCN: "LCCN",
    StepKind.CONTROL_NUMBER: "control number",
    StepKind.ISBN: "ISBN",
    StepKind.ISSN: "ISSN",
}


def plan_searches(citation: Citation, profile: LocateProfile) -> Plan:
    """Plan the searches for ``citation``; no attempts when it has nothing that the profile can search by.

    Raises QueryError when the profile's ``pqf_prefix`` does not make a query.
    """
    notes = tuple(_odd_numbers(citation))
    if profile.locate_by:
        attempts = _combined(citation, profile)
    else:
        attempts = [attempt for step in profile.steps for attempt in _attempts(citation, step)]
    if profile.pqf_prefix:
        attempts = [replace(attempt, query=_prefixed(profile.pqf_prefix, attempt.query)) for attempt in attempts]
    return Plan(tuple(attempts), notes)


def _odd_numbers(citation: Citation) -> Iterator[str]:
    for text in citation.isbn:
        isbn = parse_isbn(text)
        if not isbn.digits:
            yield f"ISBN {text} holds no number of an ISBN's length; it is not searched by"
        elif not isbn.valid:
            yield f"ISBN {text} is not a valid ISBN (wrong check digit or form); it is searched as given"
    for text in citation.issn:
        if not parse_issn(text).valid:
            yield f"ISSN {text} is not a valid ISSN (wrong check digit or form); it is searched as given"


def _attempts(citation: Citation, step: SearchStep) -> list[Attempt]:
    if step.kind is StepKind.TITLE:
        return title_attempts(citation, step)
    forms = _number_forms(citation, step.kind)
    if not forms:
        return []
    query = any_of([Term(text, step.attributes) for text in forms])
    return [Attempt(step.kind, query, _SHOWN[step.kind])]


def _number_forms(citation: Citation, kind: StepKind) -> list[str]:
    """Return every form of the citation's numbers that a catalog may have indexed, without repetition."""
    forms: list[str] = []
    if kind is StepKind.LCCN and citation.lccn:
        forms = [normalize_lccn(citation.lccn)]
    elif kind is StepKind.ISBN:
        for isbn in map(parse_isbn, citation.isbn):
            forms += [form for form in (isbn.isbn13, isbn.isbn10) if form] if isbn.valid else [isbn.digits]
    elif kind is StepKind.ISSN:
        for issn in map(parse_issn, citation.issn):
            number = issn.issn or issn.raw.strip()
            forms += [number, number.replace("-", "")]
    elif kind is StepKind.CONTROL_NUMBER:
        for text in citation.control_numbers:
            control = parse_control_number(text)
            forms += [control.number, text.strip()]
            if control.source == OCLC and control.number.isdigit():
                forms.append(_oclc_with_prefix(control.number))
    return [form for form in dict.fromkeys(forms) if form]


def _oclc_with_prefix(digits: str) -> str:
    """Return an OCLC number as OCLC writes it in 001: ocm and 8 digits, ocn and 9, on and 10 or more."""
    prefix = {9: "ocn"}.get(len(digits), "ocm" if len(digits) < 9 else "on")
    return prefix + digits.zfill(8)


def _combined(citation: Citation, profile: LocateProfile) -> list[Attempt]:
    """AND every field of ``locate_by`` that the citation has (for `locate_by`, "that the citation has" is our rule)."""
    steps = {step.kind: step for step in profile.steps}
    found = [
        attempts[0] for kind in profile.locate_by if kind in steps and (attempts := _attempts(citation, steps[kind]))
    ]
    if not found:
        return []
    query = reduce(And, (attempt.query for attempt in found))
    return [Attempt(found[0].step, query, " and ".join(attempt.label for attempt in found))]


def _prefixed(prefix: str, query: Query) -> Query:
    """Read "prefix query" as one PQF text, as a profile writer means it ("@and @attr 1=… …" or attributes)."""
    return parse_pqf(f"{prefix} {to_pqf(query)}")
