"""Compare publishers and page numbers: weak alone (publishers are equal on 52 % of true pairs), useful together.

Only the year's near veto listens to both: a reprint with the same publisher and the same pages may pass.
"""

from __future__ import annotations

import re
from typing import Final

from locate.matching.compare.finding import Finding, agree, disagree, silent
from locate.matching.normalize import fold
from locate.matching.views import CitationView, RecordView

__all__ = ["compare_pages", "compare_publisher"]

_GPO: Final = re.compile(
    r"\b(?:us )?(?:gpo|(?:govt|government|gov) (?:print\w*|pub\w*)(?: off\w*)?|"
    r"supt of docs|superintendent of documents)\b"
)
_PAGE: Final = re.compile(r"\d{1,5}")
_NEAR_PAGES: Final = 10


def compare_publisher(citation: CitationView, record: RecordView) -> Finding:
    """Compare the beginning of the publisher's name; abbreviations count as their full words."""
    left, right = citation.citation.publisher or "", "; ".join(record.record.publishers)
    wanted = _words(left)
    if not wanted or not right:
        return silent("publisher.silent", left, right, "The publisher is not known on both sides.")
    for known in map(_words, record.record.publishers):
        if known and all(any(_abbreviates(one, other) for other in known) for one in wanted[:2]):
            return agree("publisher.equal", left, right, "The publisher is the same.")
    return disagree("publisher.conflict", left, right, "The publisher is written differently.")


def _words(text: str) -> list[str]:
    words = _GPO.sub("us gpo", fold(text)).split()
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _abbreviates(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and (len(shorter) > 1 or one == other)


def compare_pages(citation: CitationView, record: RecordView) -> Finding:
    """Compare the largest page number of a book; within ten is the same."""
    left, right = citation.citation.pages or "", record.record.extent
    ours, theirs = _largest(left), _largest(right)
    if not ours or not theirs or "-" in left:
        return silent("pages.silent", left, right, "The number of pages is not known on both sides.")
    if abs(ours - theirs) <= _NEAR_PAGES:
        return agree("pages.equal", left, right, "The number of pages is the same.")
    return disagree("pages.conflict", left, right, "The number of pages is another one.")


def _largest(text: str) -> int:
    return max(map(int, _PAGE.findall(text)), default=0)
