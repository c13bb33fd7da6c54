"""Either side of a comparison: what is wanted may be a citation or a record, what is held is a record."""

from __future__ import annotations

from locate.matching.citation_view import CitationView, acceptable
from locate.matching.record_view import RecordView

__all__ = ["CitationView", "RecordView", "View", "acceptable"]

View = CitationView | RecordView
