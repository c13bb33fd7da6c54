"""Compare the kind of document (book, serial, map ...) and the language.

A book is not a serial; but an article is found through the record of its journal or collection, so it is silent.
"""

from __future__ import annotations

from typing import Final

from locate.citation import DocumentType
from locate.matching.compare.finding import Finding, agree, disagree, silent
from locate.matching.views import CitationView, RecordView

__all__ = ["compare_language", "compare_type"]

_VAGUE: Final = frozenset([DocumentType.ARTICLE, DocumentType.OTHER])
_UNTOLD: Final = frozenset(["und", "mul", "zxx", "   ", "|||", ""])
# Bibliographic against terminology codes of ISO 639-2, and codes that MARC has given up.
_SAME_LANGUAGE: Final = {
    "deu": "ger", "fra": "fre", "nld": "dut", "ces": "cze", "ell": "gre", "zho": "chi", "ron": "rum", "slk": "slo",
    "scr": "hrv", "scc": "srp", "fas": "per", "isl": "ice", "cym": "wel",
    "en": "eng", "de": "ger", "fr": "fre", "es": "spa", "it": "ita", "nl": "dut", "fi": "fin", "sv": "swe",
    "ru": "rus", "pt": "por", "ja": "jpn", "zh": "chi", "pl": "pol", "da": "dan", "no": "nor",
}  # fmt: skip


def compare_type(citation: CitationView, record: RecordView) -> Finding:
    """Compare the citation's document type with the record's."""
    wanted, known = citation.citation.type, record.record.document_type
    left, right = wanted or "", known.value
    if wanted is None or wanted in _VAGUE or known in _VAGUE:
        return silent("type.silent", left, right, "The kind of document cannot be compared.")
    if wanted is known:
        return agree("type.equal", left, right, "The kind of document is the same.")
    if {wanted, known} == {DocumentType.BOOK, DocumentType.SERIAL}:
        return disagree("type.book_serial", left, right, f"The request is for a {wanted}, the record for a {known}.")
    return disagree("type.conflict", left, right, f"The request is for a {wanted}, the record for a {known}.")


def compare_language(citation: CitationView, record: RecordView) -> Finding:
    """Compare the citation's language, a MARC or ISO 639 code, with the record's."""
    wanted = _code(citation.citation.language or "")
    known = [_code(code) for code in record.record.languages if _code(code) not in _UNTOLD]
    left, right = wanted, ", ".join(known)
    if wanted in _UNTOLD or not known:
        return silent("language.silent", left, right, "The language is not known on both sides.")
    if wanted in known:
        return agree("language.equal", left, right, "The language is the same.")
    return disagree("language.conflict", left, right, "The language is another one.")


def _code(code: str) -> str:
    code = code.strip().casefold()
    return _SAME_LANGUAGE.get(code, code)
