"""What is told of a citation or a record in a few named facts, and the names of compared fields in words.

Decides wording only. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from locate.citation import Citation
from locate.records.bib import BibRecord

__all__ = ["facts_of", "field_label", "finding_label", "shown_years", "signed"]

_MINUS = "\N{MINUS SIGN}"

_LABELS = {
    "isbn": "ISBN",
    "issn": "ISSN",
    "lccn": "LCCN",
    "control": "Control number",
    "control_numbers": "Control number",
    # Features that only several fields together give.
    "number": "Numbers",
    "telling": "Words of the title",
    "alone": "Nothing else",
    "open": "Not said",
    "slip": "Year off by one",
}


def field_label(name: str) -> str:
    """Return the name of a citation's field or of a feature ("isbn.equal") in words: "ISBN"."""
    field = name.partition(".")[0]
    return _LABELS.get(field) or field.replace("_", " ").capitalize()


def finding_label(feature: str) -> str:
    """Return what a feature found in words: "off by one" of "year.off_by_one"; "" when it found nothing."""
    found = feature.partition(".")[2]
    return "" if found == "silent" else found.replace("_", " ")


def signed(points: int, *, plus: str = "+") -> str:
    """Return points with their sign, that of more than none being ``plus``."""
    return f"{plus if points > 0 else _MINUS if points < 0 else ''}{abs(points)}"


def facts_of(wanted: Citation | BibRecord) -> list[tuple[str, str]]:
    """Return what is known of ``wanted`` as (label, text), the texts as given, what is not known left out."""
    if isinstance(wanted, Citation):
        given = wanted.to_mapping().items()
        return [
            (field_label(name), _joined(value) if isinstance(value, list) else _said(value)) for name, value in given
        ]
    found = [
        ("Title", wanted.title.shown),
        ("Author", _joined(name.heading for name in wanted.names)),
        ("ISBN", _joined(number.value for number in wanted.isbns)),
        ("ISSN", _joined(number.value for number in wanted.issns)),
        ("LCCN", _joined(number.value for number in wanted.lccns)),
        ("Control number", wanted.control_number or ""),
        ("Year", shown_years(wanted)),
        ("Edition", wanted.edition),
        ("Publisher", _joined(wanted.publishers)),
        ("Extent", wanted.extent),
        ("Language", _joined(wanted.languages)),
        ("Type", str(wanted.document_type)),
        ("Format", _joined(sorted(wanted.carriers))),
    ]
    return [(label, text) for label, text in found if text]


def shown_years(record: BibRecord) -> str:
    """Return the years of publication, the first first: "1987, 1989"; "" when there is none."""
    return _joined(str(year) for year in sorted(record.years))


def _said(value: object) -> str:
    return "yes" if value is True else str(value)


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(texts)
