"""The page that explains matches to a person: one HTML document that needs nothing else. Pure: data in, text out."""

from __future__ import annotations

from locate.matching.page.document import pairs_page, ranking_page
from locate.matching.page.facts import facts_of, field_label

__all__ = ["facts_of", "field_label", "pairs_page", "ranking_page"]
