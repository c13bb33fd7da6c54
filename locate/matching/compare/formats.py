"""Compare the carrier that is wanted with the carriers the record shows.

"Physical" is any tangible form. A record that covers several carriers fits when one of them is wanted. Without a
wish, or without a sign in the record, carriers are silent; but when no format is asked for and the record names
another form of itself (776), what is wanted stays open.
"""

from __future__ import annotations

from typing import Final

from locate.matching.compare.feature import agrees, disagrees, silent
from locate.matching.views import CitationView, RecordView, View
from locate.records.bib import Carrier

__all__ = ["FEATURES", "compare", "shown"]

FEATURES: Final = {
    "format.silent": silent("The format is not known on both sides."),
    "format.any": silent("Any format will do."),
    "format.open": disagrees(
        "The record exists in another format too, and the request does not say which it asks for."
    ),
    "format.equal": agrees("The record is for the form that is asked for."),
    "format.uncommon": silent("The record's format is of an uncommon kind."),
    "format.differs": disagrees("The records are for different forms: {left} and {right}."),
    "format.conflict": disagrees("The record is for the {right} form, not the {left} one that is asked for."),
}


def compare(wanted: View, record: RecordView) -> str:
    """Compare the carriers that are wanted with the record's."""
    ours, theirs = wanted.carriers, record.carriers
    if not ours:
        if isinstance(wanted, CitationView) and wanted.citation.format is None:
            return "format.open" if record.other_forms else "format.silent"
        return "format.any"
    if not theirs:
        return "format.silent"
    if not ours.isdisjoint(theirs):
        return "format.equal"
    if wanted.is_record:
        return "format.differs"
    return "format.uncommon" if theirs == {Carrier.OTHER} else "format.conflict"


def shown(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the format that is asked for and the carriers of the record."""
    right = ", ".join(sorted(record.carriers))
    if isinstance(wanted, RecordView):
        return ", ".join(sorted(wanted.carriers)), right
    return wanted.citation.format or "", right
