"""Compare parts: volume and part numbers ($n, $p, inside the title, the volume field) of both sides.

Another number or name on both sides is another part. A number on one side only is a part against a whole, or a
gap in the citation; for a serial or an article the volume field means an issue, which holdings decide.
"""

from __future__ import annotations

import re
from typing import Final

from locate.citation import DocumentType
from locate.matching.compare.finding import Finding, agree, disagree, silent
from locate.matching.compare.titles import unmatched
from locate.matching.labels import Label, conflict
from locate.matching.normalize import weight
from locate.matching.numerals import number_of
from locate.matching.views import CitationView, RecordView

__all__ = ["compare"]

_SET: Final = re.compile(r"\b(?:[2-9]|\d\d+)\s*(?:v\b|vol|volumes|bd|bde|bände|t\b|tomes|osa)", re.IGNORECASE)


def compare(citation: CitationView, record: RecordView) -> Finding:  # noqa: PLR0911 - one return for each outcome
    """Compare the parts that the citation and the record name."""
    ours, theirs = citation.labels, record.labels
    left, right = _show(ours), _show(theirs) or "; ".join(p.name for p in record.record.title.parts if p.name)
    if conflict(ours, theirs):
        return disagree("part.number_conflict", left, right, "The part or volume number is another one.")
    named = _names(citation, record)
    if named is not None:
        return named
    if ours and theirs:
        return agree("part.equal", left, right, "The part or volume number is the same.")
    if theirs and record.record.title.parts and not citation.maybe_cut:
        return disagree("part.record_only", left, right, "The record is for a part; the request names none.")
    if ours and citation.citation.volume and citation.citation.type not in {DocumentType.SERIAL, DocumentType.ARTICLE}:
        if _SET.search(record.record.extent):
            return disagree("part.whole_set", left, record.record.extent, "The record is for the whole set.")
        return disagree("part.citation_only", left, right, "The request asks for a part; the record names none.")
    return silent("part.silent", left, right, "No part is named on both sides.")


def _names(citation: CitationView, record: RecordView) -> Finding | None:
    """Compare $p with the words that the citation's title has beyond the title proper."""
    if not record.part_words or citation.title is None:
        return None
    wanted = citation.title.words
    left, right = citation.citation.title or "", " ".join(record.part_words)
    if (citation.citation.volume or "").strip():
        wanted = (*wanted, *(citation.citation.volume or "").casefold().split())
    missing = unmatched(record.part_words, wanted)
    if weight(missing) <= weight(record.part_words) / 2:
        return None
    rest = [word for word in unmatched(wanted, record.full.words) if number_of(word) is None]
    if weight(rest) >= 1 and weight(unmatched(record.proper.words, wanted)) < 1:
        return disagree("part.name_conflict", left, right, "The title goes on with the name of another part.")
    if citation.maybe_cut or citation.labels & record.labels:
        return None
    return disagree("part.record_only", left, right, "The record is for a named part; the request names none.")


def _show(labels: frozenset[Label]) -> str:
    return "; ".join(" ".join(filter(None, label)) for label in sorted(labels))
