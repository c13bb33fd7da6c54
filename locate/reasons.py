"""The sentence of a partner's outcome: what was found or not, in words for a librarian.

Decides only wording. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from locate.availability.rules import Requestability
from locate.errors import LocateError, Z3950Error
from locate.matching import MatchVerdict
from locate.outcome import Candidate, SearchReport
from locate.records.bib import BibRecord
from locate.text import counted

__all__ = ["NOT_ASKED", "fault", "found", "judged", "not_found", "undecided"]

NOT_ASKED = "The partner could not be asked to the end"
_NAMED_FORMATS = 3
_TITLE_CHARS = 80
# What to add to the request, by the field that would decide (`locate.matching.Match.deciding`).
_TO_ADD = {
    "format": "Add the format to the request: print, microform, electronic, or physical for any tangible one.",
    **{name: f"Add the {name} to the request." for name in ("author", "ISBN", "issue", "title", "volume", "year")},
}


def found(best: Candidate, requestability: Requestability, candidates: Sequence[Candidate]) -> str:
    """Say why ``best`` is the item, what may be had of it, and which other formats are held beside it."""
    others = [each.record for each in candidates if each.match.verdict is MatchVerdict.OTHER_FORMAT]
    named = [f"{' and '.join(sorted(each.carriers))} {_number(each)}".strip() for each in others[:_NAMED_FORMATS]]
    beside = f" Another format is held too: {', '.join(named)}." if named else ""
    return f"{best.match.sentence} {requestability.reason}{beside}"


def judged(candidate: Candidate) -> str:
    """Name a candidate and say what it was judged to be."""
    name = candidate.record.title.shown or "an untitled record"
    return f"\u201c{name[:_TITLE_CHARS]}\u201d {_number(candidate.record)}".rstrip() + f": {candidate.match.sentence}"


def undecided(candidate: Candidate) -> str:
    """Name a candidate that nothing decides and say why, and what to add to the request where a field would decide."""
    return f"{judged(candidate)} {_TO_ADD.get(candidate.match.deciding, '')}".rstrip()


def not_found(nearest: Sequence[Candidate], reports: Sequence[SearchReport], unreadable: int, *, cut: bool) -> str:
    """Say what was looked at and what came nearest; ``cut`` when the limit of searches ended it."""
    limit = " The limit of searches was reached before everything was tried." if cut else ""
    if not nearest:
        return f"Nothing found in {counted(sum(report.hits is not None for report in reports), 'search')}.{limit}"
    damaged = f" {unreadable} could not be read." if unreadable else ""
    looked = f"{counted(len(nearest), 'record')} looked at, none is the item."
    return f"{looked}{damaged}{limit} Nearest: {judged(nearest[0])}"


def fault(error: LocateError) -> str:
    """Say what kept the partner from being asked to the end."""
    told = error.message if isinstance(error, Z3950Error) else str(error)
    return f"{NOT_ASKED}: {told}."


def _number(record: BibRecord) -> str:
    return f"({record.control_number})" if record.control_number else ""
