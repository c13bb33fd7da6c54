"""Compare the carrier that is wanted with the carriers the record shows.

"Physical" is any tangible form. A record that covers several carriers fits when one of them is wanted. Without a
wish, or without a sign in the record, carriers are silent.
"""

from __future__ import annotations

from typing import Final

from locate.citation import RequestedFormat
from locate.matching.compare.finding import Finding, agree, disagree, silent
from locate.matching.views import CitationView, RecordView
from locate.records.bib import BibRecord, Carrier

__all__ = ["CARRIER_WORDS", "acceptable", "compare", "compare_siblings"]

CARRIER_WORDS: Final = {
    Carrier.PRINT: "the print",
    Carrier.MICROFORM: "the microform",
    Carrier.ELECTRONIC: "the e-book or online version",
    Carrier.DISC: "a disc",
    Carrier.AUDIO: "a sound recording",
    Carrier.VIDEO: "a video",
    Carrier.OTHER: "another form",
}
_WANTED: Final = {
    RequestedFormat.PHYSICAL: frozenset(carrier for carrier in Carrier if carrier.is_tangible),
    RequestedFormat.PRINT: frozenset([Carrier.PRINT]),
    RequestedFormat.MICROFORM: frozenset([Carrier.MICROFORM]),
    RequestedFormat.ELECTRONIC: frozenset([Carrier.ELECTRONIC]),
}


def acceptable(wanted: RequestedFormat | None) -> frozenset[Carrier]:
    """Return the carriers that satisfy ``wanted``; all of them when nothing is asked."""
    return _WANTED.get(wanted, frozenset(Carrier)) if wanted else frozenset(Carrier)


def compare(citation: CitationView, record: RecordView) -> Finding:
    """Compare the requested format with the record's carriers."""
    wanted, carriers = citation.citation.format, record.record.carriers
    left, right = wanted or "", ", ".join(sorted(carriers))
    if wanted is None or wanted is RequestedFormat.ANY:
        return silent("format.silent", left, right, "The request does not ask for a format.")
    if not carriers:
        return silent("format.silent", left, right, "The record does not show its format.")
    if carriers & acceptable(wanted):
        return agree("format.equal", left, right, f"The record is for the {wanted} form that is asked for.")
    if carriers == {Carrier.OTHER}:
        return silent("format.silent", left, right, "The record's format is of an uncommon kind.")
    words = " and ".join(CARRIER_WORDS[carrier] for carrier in sorted(carriers))
    return disagree("format.conflict", left, right, f"This is {words}; the request asks for {wanted}.")


def compare_siblings(citation: CitationView, record: BibRecord) -> Finding | None:
    """Return a finding when no format is asked for and the record names another format of itself (776), else None."""
    if citation.citation.format is not None or not any(entry.tag == "776" for entry in record.linked):
        return None
    right = ", ".join(sorted(record.carriers))
    why = "The record exists in another format too, and the request does not say which it asks for."
    return silent("format.not_said", "", right, why)
