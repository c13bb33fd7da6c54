"""Compare the kind of document (book, serial, map ...) and the language.

A book is not a serial; but an article is found through the record of its journal or collection, so it is silent.
"""

from __future__ import annotations

from typing import Final

from locate.citation import DocumentType
from locate.matching.compare.feature import agrees, disagrees, silent
from locate.matching.views import RecordView, View

__all__ = ["LANGUAGE_FEATURES", "TYPE_FEATURES", "compare_language", "compare_type", "shown_languages", "shown_types"]

TYPE_FEATURES: Final = {
    "type.silent": silent("The kind of document cannot be compared."),
    "type.equal": agrees("The kind of document is the same."),
    "type.book_serial": disagrees("One is a book, the other a serial."),
    "type.conflict": disagrees("The kind of document is another one: {right}, not {left}."),
}
LANGUAGE_FEATURES: Final = {
    "language.silent": silent("The language is not known on both sides."),
    "language.equal": agrees("The language is the same."),
    "language.conflict": disagrees("The language is another one."),
    "language.differs": disagrees("The records are for different languages: {left} and {right}."),
}
_VAGUE: Final = frozenset([DocumentType.ARTICLE, DocumentType.OTHER])
_BOOK_SERIAL: Final = frozenset([DocumentType.BOOK, DocumentType.SERIAL])


def compare_type(wanted: View, record: RecordView) -> str:
    """Compare the document types."""
    if isinstance(wanted, RecordView) and _program_and_text(wanted, record):
        return "type.conflict"
    ours, theirs = wanted.type, record.type
    if ours is None or theirs is None or ours in _VAGUE or theirs in _VAGUE:
        return "type.silent"
    if ours is theirs:
        return "type.equal"
    return "type.book_serial" if ours in _BOOK_SERIAL and theirs in _BOOK_SERIAL else "type.conflict"


def _program_and_text(wanted: RecordView, record: RecordView) -> bool:
    """Say whether one record is for a computer file and the other for text (leader/06), and no carrier joins them."""
    differ = wanted.text if record.program else wanted.program and record.text
    return differ and wanted.carriers.isdisjoint(record.carriers)


def compare_language(wanted: View, record: RecordView) -> str:
    """Compare the languages, MARC or ISO 639 codes."""
    ours, theirs = wanted.languages, record.languages
    if not ours or not theirs:
        return "language.silent"
    if not ours.isdisjoint(theirs):
        return "language.equal"
    return "language.differs" if wanted.is_record else "language.conflict"


def shown_types(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the document types of the two sides."""
    return wanted.type or "", record.type or ""


def shown_languages(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the languages of the two sides."""
    return ", ".join(sorted(wanted.languages)), ", ".join(sorted(record.languages))
