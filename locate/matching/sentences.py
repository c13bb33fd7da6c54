"""Say a verdict in one sentence that a librarian can read, and name the field that would decide.

Decides only wording: what agreed, what spoke against it, and, when nothing could decide, which field would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from locate.matching.evidence import Agreement, Evidence, MatchVerdict
from locate.matching.interactions import SAME_TITLE
from locate.matching.views import CitationView, View

__all__ = ["deciding_field", "sentence"]

_NOUNS: Final = {
    "control": "control number",
    "lccn": "LCCN",
    "isbn": "ISBN",
    "issn": "ISSN",
    "title": "title",
    "author": "author",
    "year": "year",
    "edition": "edition",
    "part": "part",
    "publisher_number": "publisher number",
}
_OPENINGS: Final = {
    MatchVerdict.REPRINT: "A reprint",
    MatchVerdict.OTHER_EDITION: "Another edition",
    MatchVerdict.OTHER_FORMAT: "Another format",
    MatchVerdict.PART_OR_WHOLE: "A part or the whole of what is asked for",
    MatchVerdict.SAME_WORK: "The same work",
    MatchVerdict.DIFFERENT: "Another item",
}
# Which evidence explains a verdict, by the beginnings of its features' names.
_REASONS: Final = {
    MatchVerdict.REPRINT: ("reprint.", "year.", "edition."),
    MatchVerdict.OTHER_FORMAT: (
        *("format.", "medium.", "number."),
        *("isbn.other_format", "isbn.qualifier", "issn.other_format", "control.other_format"),
    ),
    MatchVerdict.PART_OR_WHOLE: (
        *("part.", "title.contents", "title.host", "inside."),
        *("control.part", "isbn.part", "isbn.of", "issn.part"),
    ),
    MatchVerdict.OTHER_EDITION: (
        *("edition.", "year.", "slip.", "language.", "title.other_words"),
        *("isbn.other_edition", "issn.other_edition", "control.other_edition"),
    ),
    MatchVerdict.DIFFERENT: (
        *("host.", "type.conflict"),
        *("title.other_serial", "control.other_serial", "issn.other_serial"),
    ),
}
_FIELDS_OF_OPEN: Final = {
    "format.open": "format",
    "open.issue": "issue",
    "open.generic": "author",
    "open.number": "title",
    "open.year": "year",
    "open.year_person": "year",
    "open.year_government": "year",
    "open.year_government_long": "year",
}


def sentence(verdict: MatchVerdict, wanted: View, evidence: Sequence[Evidence]) -> str:
    """Return the sentence for ``verdict``, without names of features or points."""
    stands = _nouns(evidence, Agreement.AGREE)
    agreed = [noun for noun in _NOUNS if noun in stands]
    if evidence[0].feature not in SAME_TITLE:
        agreed = [noun for noun in agreed if noun != "title"]
    against = _against(evidence)
    if verdict is MatchVerdict.SAME:
        same = f"The same item: {_same(agreed) if agreed else 'the titles are alike'}."
        notes = [one.why for one in against if one.weight < 0][:1]
        return f"{same} But note: {_lower(notes[0])}" if notes else same
    if verdict is MatchVerdict.INSUFFICIENT:
        doubt = _doubt(wanted, evidence, agreed)
        return f"Cannot tell: {doubt}; the {deciding_field(wanted, evidence)} would decide."
    strongest = next(iter(against), None)
    if strongest is None:
        return f"{_OPENINGS[verdict]}: too little agrees with the request."
    reason = next((one for one in against if one.feature.startswith(_REASONS.get(verdict, ()))), strongest)
    if verdict is MatchVerdict.DIFFERENT or "title" not in agreed:
        return f"{_OPENINGS[verdict]}: {_lower(reason.why)}"
    return f"S{_same(agreed)[1:]}, but {_lower(reason.why)}"


def deciding_field(wanted: View, evidence: Sequence[Evidence]) -> str:
    """Name the field that the request does not give, or gives in doubt, and that would decide."""
    if not isinstance(wanted, CitationView):
        return "item in hand"
    named = [_FIELDS_OF_OPEN[one.feature] for one in evidence if one.feature in _FIELDS_OF_OPEN]
    given = wanted.citation
    doubts = _nouns(evidence, Agreement.DISAGREE)
    missing = [
        name
        for name, value in (
            ("title", given.title),
            ("year", given.year or given.any_edition),
            ("author", given.author),
            ("volume", given.volume or "part" not in doubts),
            ("format", given.format),
            ("ISBN", given.isbn or given.issn or given.lccn or given.control_numbers),
        )
        if not value
    ]
    doubted = [_NOUNS[noun] for noun in ("title", "author", "year") if noun in doubts]
    return next(iter([*named, *missing, *(f"right {noun}" for noun in doubted)]), "record itself")


def _doubt(wanted: View, evidence: Sequence[Evidence], agreed: list[str]) -> str:
    if wanted.generic and isinstance(wanted, CitationView):
        lacking = " and ".join(name for name in ("author", "year") if getattr(wanted.citation, name) is None)
        return f"the title is generic and no {lacking} was given" if lacking else "the title is generic"
    opened = [one.why for one in evidence if one.feature in _FIELDS_OF_OPEN]
    against = opened or [one.why for one in _against(evidence)]
    if against:
        return _lower(against[0]).rstrip(".")
    if len(agreed) == 1:
        return f"only the {_NOUNS[agreed[0]]} can be compared, and agrees"
    return "too little can be compared"


def _against(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence against, the heaviest first."""
    return sorted((one for one in evidence if one.verdict is Agreement.DISAGREE), key=lambda one: one.weight)


def _nouns(evidence: Iterable[Evidence], verdict: Agreement) -> set[str]:
    """Return the kinds of evidence in which one stands with this verdict."""
    return {one.feature.partition(".")[0] for one in evidence if one.verdict is verdict}


def _same(nouns: Sequence[str]) -> str:
    words = [_NOUNS[noun] for noun in nouns]
    return f"same {_join(words)}" if words else "nothing speaks against it"


def _join(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _lower(text: str) -> str:
    """Begin ``text`` with a small letter, unless its first word is an abbreviation ("ISBN")."""
    return text if text[1:2].isupper() else text[0].lower() + text[1:]
