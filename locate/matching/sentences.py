"""Say a verdict in one sentence that a librarian can read.

Decides only wording: what agreed, what spoke against it, and, when nothing could decide, which field would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from locate.matching.evidence import Agreement, Evidence, MatchVerdict
from locate.matching.views import CitationView

__all__ = ["deciding_field", "sentence"]

_NOUNS = {
    "control": "control number",
    "lccn": "LCCN",
    "isbn": "ISBN",
    "issn": "ISSN",
    "title": "title",
    "author": "author",
    "year": "year",
    "edition": "edition",
    "part": "part",
    "format": "format",
}
_OPENINGS = {
    MatchVerdict.OTHER_EDITION: "Another edition",
    MatchVerdict.OTHER_FORMAT: "Another format",
    MatchVerdict.PART_OR_WHOLE: "A part or the whole of what is asked for",
    MatchVerdict.DIFFERENT: "Another item",
}


def sentence(verdict: MatchVerdict, citation: CitationView, evidence: Sequence[Evidence]) -> str:
    """Return the sentence for ``verdict``, without names of features or points."""
    agreed = [noun for noun in _NOUNS if _stands(evidence, noun, Agreement.AGREE)]
    if verdict is MatchVerdict.SAME:
        against = [one.why for one in _against(evidence) if one.weight < -2][:1]
        same = f"The same item: {_same(agreed)}."
        return f"{same} But note: {_lower(against[0])}" if against else same
    if verdict is MatchVerdict.INSUFFICIENT:
        return (
            f"Cannot tell: {_doubt(citation, evidence, agreed)}; the {deciding_field(citation, evidence)} would decide."
        )
    strongest = min(_against(evidence), key=lambda one: one.weight, default=None)
    if strongest is None:
        return f"{_OPENINGS[verdict]}: too little agrees with the request."
    reason = next((one for one in _against(evidence) if _explains(one, verdict)), strongest)
    if verdict is MatchVerdict.DIFFERENT or not _stands(evidence, "title", Agreement.AGREE):
        return f"{_OPENINGS[verdict]}: {_lower(reason.why)}"
    return f"S{_same(agreed)[1:]}, but {_lower(reason.why)}"


def deciding_field(citation: CitationView, evidence: Sequence[Evidence]) -> str:
    """Name the field that the request does not give, or gives in doubt, and that would decide."""
    given = citation.citation
    if _format_is_open(evidence):
        return "format"
    missing = [
        name
        for name, value in (
            ("title", given.title),
            ("year", given.year or given.any_edition),
            ("author", given.author),
            ("volume", given.volume or not _stands(evidence, "part", Agreement.DISAGREE)),
            ("format", given.format),
            ("ISBN", given.isbn or given.issn or given.lccn or given.control_numbers),
        )
        if not value
    ]
    doubted = [_NOUNS[noun] for noun in ("title", "author", "year") if _stands(evidence, noun, Agreement.DISAGREE)]
    if missing:
        return missing[0]
    return f"right {doubted[0]}" if doubted else "record itself"


def _doubt(citation: CitationView, evidence: Sequence[Evidence], agreed: list[str]) -> str:
    if citation.generic:
        lacking = " and ".join(name for name in ("author", "year") if getattr(citation.citation, name) is None)
        return f"the title is generic and no {lacking} was given" if lacking else "the title is generic"
    if _format_is_open(evidence):
        return "the record exists in another format too, and the request does not say which it asks for"
    against = [one.why for one in _against(evidence)]
    if against:
        return _lower(against[0]).rstrip(".")
    if len(agreed) == 1:
        return f"only the {_NOUNS[agreed[0]]} can be compared, and agrees"
    return "too little can be compared"


def _format_is_open(evidence: Iterable[Evidence]) -> bool:
    return any(one.feature == "format.not_said" for one in evidence)


def _explains(one: Evidence, verdict: MatchVerdict) -> bool:
    starts = {
        MatchVerdict.OTHER_FORMAT: ("format.", "number.", "isbn.other_format"),
        MatchVerdict.PART_OR_WHOLE: (
            *("part.", "title.contents", "title.host", "title.numbers"),
            *("control.part", "isbn.part", "isbn.of", "issn.part"),
        ),
        MatchVerdict.OTHER_EDITION: ("edition.", "year.", "language.", "isbn.other_edition", "control.other_edition"),
        MatchVerdict.DIFFERENT: ("title.other_serial", "control.other_serial", "issn.other_serial", "type.conflict"),
    }
    return one.feature.startswith(starts.get(verdict, ()))


def _against(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence against, the heaviest first."""
    return sorted((one for one in evidence if one.verdict is Agreement.DISAGREE), key=lambda one: one.weight)


def _stands(evidence: Iterable[Evidence], noun: str, verdict: Agreement) -> bool:
    return any(one.verdict is verdict and one.feature.partition(".")[0] == noun for one in evidence)


def _same(nouns: Sequence[str]) -> str:
    words = [_NOUNS[noun] for noun in nouns if noun != "format"]
    return f"same {_join(words)}" if words else "nothing speaks against it"


def _join(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
