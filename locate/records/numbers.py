"""The numbers of a record, each in its canonical form with the subfield it stood in.

Decides which fields hold this record's own numbers (010, 020, 022, 024, 027, 028, 086, 088, 001/019/035) and which
belong to another record (linking entries 760-787 and 830). Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from locate.identifiers import OCLC, is_lccn, normalize_lccn, parse_control_number, parse_isbn, parse_issn
from locate.records.bib import DataField, FoundNumber, LinkedRecord

__all__ = ["control_numbers", "isbns", "issns", "lccns", "linked_records", "other_numbers"]

_RELATIONS = {
    "760": "main series",
    "762": "subseries",
    "765": "original language",
    "767": "translation",
    "770": "supplement",
    "772": "supplement parent",
    "773": "host item",
    "774": "constituent unit",
    "775": "other edition",
    "776": "other form",
    "777": "issued with",
    "780": "preceding title",
    "785": "succeeding title",
    "786": "data source",
    "787": "related item",
    "830": "series",
}
LINKING_TAGS = tuple(_RELATIONS)
# MARC 21 field 024, first indicator.
_KINDS_024 = {"0": "isrc", "1": "upc", "2": "ismn", "3": "ean", "4": "sici"}


def isbns(fields: Iterable[DataField]) -> Iterator[FoundNumber]:
    """Yield the ISBNs of 020 $a and $z; $q joins the qualifier. A text without any digits is skipped."""
    for field in fields:
        beside = "; ".join(text.strip("() :;") for text in field.all("q"))
        for code, text in field.subfields:
            if code in "az" and (found := _isbn(text, field.tag, code, beside)):
                yield found


def _isbn(text: str, tag: str, code: str, beside: str = "") -> FoundNumber | None:
    isbn = parse_isbn(text)
    value = isbn.canonical or text.strip()
    if not any(char.isdigit() for char in value):
        return None
    qualifier = "; ".join(part for part in (isbn.qualifier, beside) if part)
    return FoundNumber(value, text, tag, code, valid=isbn.valid, qualifier=qualifier)


def issns(fields: Iterable[DataField]) -> Iterator[FoundNumber]:
    """Yield the ISSNs of 022: $a own, $l linking, $m cancelled linking, $y incorrect, $z cancelled."""
    for field in fields:
        for code, text in field.subfields:
            if code in "almyz" and text.strip():
                yield _issn(text, field.tag, code)


def _issn(text: str, tag: str, code: str) -> FoundNumber:
    issn = parse_issn(text)
    return FoundNumber(issn.issn or text.strip(), text, tag, code, valid=issn.valid)


def lccns(fields: Iterable[DataField]) -> Iterator[FoundNumber]:
    """Yield the LCCNs of 010 $a and $z."""
    for field in fields:
        for code, text in field.subfields:
            if code in "az" and (value := normalize_lccn(text)):
                yield FoundNumber(value, text, field.tag, code, valid=is_lccn(value))


def control_numbers(
    number: str | None, source: str | None, own: Iterable[DataField], merged: Iterable[DataField]
) -> Iterator[FoundNumber]:
    """Yield 001 under its 003, 035 $a and $z, then 019 $a.

    019 is OCLC's field for the numbers of merged records: its numbers are OCLC's when the record has another OCLC
    number, and of no known source otherwise.
    """
    has_oclc = False
    if number:
        parsed = parse_control_number(number)
        agency = source or ""
        where = parsed.source or (OCLC if agency.upper() == OCLC.upper() else agency)
        has_oclc = where == OCLC
        yield FoundNumber(parsed.number, number, "001", "", source=where)
    for field in own:
        for code, text in field.subfields:
            if code in "az" and text.strip():
                parsed = parse_control_number(text)
                has_oclc = has_oclc or parsed.source == OCLC
                yield FoundNumber(parsed.number, text, field.tag, code, source=parsed.source)
    for field in merged:
        for text in field.all("a"):
            if text.strip():
                parsed = parse_control_number(text)
                where = parsed.source or (OCLC if has_oclc and parsed.number.isdigit() else "")
                yield FoundNumber(parsed.number, text, field.tag, "a", source=where)


def other_numbers(fields: Iterable[DataField]) -> Iterator[FoundNumber]:
    """Yield 024, 027, 028, 086 and 088 $a and $z; ``source`` is the kind or agency where the field names it."""
    for field in fields:
        source = field.first("2") or ""
        if field.tag == "024":
            source = _KINDS_024.get(field.ind1, source)
        elif field.tag == "028":
            source = field.first("b") or ""
        elif field.tag == "086" and field.ind1 == "0":
            source = "sudocs"
        for code, text in field.subfields:
            if code in "az" and (value := " ".join(text.split())):
                yield FoundNumber(value, text, field.tag, code, source=source, qualifier=field.first("q") or "")


def linked_records(fields: Iterable[DataField]) -> Iterator[LinkedRecord]:
    """Yield the linking entries; ``relation`` is $i where given, else the field's own meaning in words."""
    for field in fields:
        relation = (field.first("i") or "").strip(" :") or _RELATIONS[field.tag]
        title = field.first("t") or field.first("s") or (field.first("a") if field.tag == "830" else None) or ""
        yield LinkedRecord(field.tag, relation, title.strip(), tuple(_linked_numbers(field)))


def _linked_numbers(field: DataField) -> Iterator[FoundNumber]:
    for code, text in field.subfields:
        if code == "z":
            found = _isbn(text, field.tag, code)
            if found:
                yield found
        elif code == "x" and text.strip():
            yield _issn(text, field.tag, code)
        elif code == "w" and text.strip():
            parsed = parse_control_number(text)
            yield FoundNumber(parsed.number, text, field.tag, code, source=parsed.source)
