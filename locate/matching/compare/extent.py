"""Compare publishers and page numbers: weak alone (publishers are equal on 52 % of true pairs), useful together."""

from __future__ import annotations

from typing import Final

from locate.matching.compare.feature import agrees, disagrees, silent
from locate.matching.views import RecordView, View

__all__ = [
    "PAGES_FEATURES",
    "PUBLISHER_FEATURES",
    "compare_pages",
    "compare_publisher",
    "shown_pages",
    "shown_publishers",
]

PUBLISHER_FEATURES: Final = {
    "publisher.silent": silent("The publisher is not known on both sides."),
    "publisher.equal": agrees("The publisher is the same."),
    "publisher.conflict": disagrees("The publisher is written differently."),
}
PAGES_FEATURES: Final = {
    "pages.silent": silent("The number of pages is not known on both sides."),
    "pages.equal": agrees("The number of pages is the same."),
    "pages.near": agrees("The number of pages is nearly the same."),
    "pages.announced": silent("The number of pages is near the one that was announced before publication."),
    "pages.conflict": disagrees("The number of pages is another one."),
}
_NEAR_PAGES: Final = 10


def compare_publisher(wanted: View, record: RecordView) -> str:
    """Compare the beginnings of the publishers' names; abbreviations count as their full words."""
    if not wanted.publishers or not record.publishers:
        return "publisher.silent"
    if not wanted.publisher_heads.isdisjoint(record.publisher_heads):
        return "publisher.equal"
    for ours in wanted.publishers:
        for theirs in record.publishers:
            if all(any(_abbreviates(one, other) for other in theirs) for one in ours[:2]):
                return "publisher.equal"
    return "publisher.conflict"


def _abbreviates(one: str, other: str) -> bool:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return longer.startswith(shorter) and (len(shorter) > 1 or one == other)


def compare_pages(wanted: View, record: RecordView) -> str:
    """Compare the largest page numbers; within ten is the same."""
    ours, theirs = wanted.pages, record.pages
    if not ours or not theirs:
        return "pages.silent"
    distance = abs(ours - theirs)
    if not distance:
        return "pages.equal"
    if distance <= _NEAR_PAGES and distance * 4 < max(ours, theirs):
        return "pages.near"
    early = wanted.is_record and (wanted.announced or record.announced)
    return "pages.announced" if early and distance * 10 < max(ours, theirs) else "pages.conflict"


def shown_publishers(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the publishers of the two sides."""
    right = "; ".join(record.record.publishers)
    if isinstance(wanted, RecordView):
        return "; ".join(wanted.record.publishers), right
    return wanted.citation.publisher or "", right


def shown_pages(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the extent of the two sides."""
    if isinstance(wanted, RecordView):
        return wanted.record.extent, record.record.extent
    return wanted.citation.pages or "", record.record.extent
