"""Compare the media of two records of sound or moving image: who has no player for LPs is not helped by one."""

from __future__ import annotations

from typing import Final

from locate.matching.compare.feature import disagrees, silent
from locate.matching.views import RecordView, View

__all__ = ["FEATURES", "compare", "shown"]

FEATURES: Final = {
    "medium.silent": silent("No other medium is named."),
    "medium.conflict": disagrees("The records are for different media: {left} and {right}."),
}


def compare(wanted: View, record: RecordView) -> str:
    """Compare what the two records may be for; a citation asks for no medium."""
    if not isinstance(wanted, RecordView) or not wanted.media or not record.media:
        return "medium.silent"
    return "medium.conflict" if wanted.media.isdisjoint(record.media) else "medium.silent"


def shown(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the media of the two sides."""
    ours = wanted.media if isinstance(wanted, RecordView) else ()
    return " or ".join(sorted(ours)), " or ".join(sorted(record.media))
