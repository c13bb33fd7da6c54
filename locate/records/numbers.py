"""The numbers of a record, each in its canonical form with the subfield it stood in.

Decides which fields hold this record's own numbers (010, 020, 022, 024, 027, 028, 086, 088, 001/019/035) and which
belong to another record (linking entries 760-787 and 830). The subfield says what a number is worth: one of $z (and of
022 $l, $m and $y) is weaker than one of $a, except that merged OCLC numbers (035 $z, 019) count like the present one.
Raises nothing. Source: MARC 21 Bibliographic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from locate.identifiers import (
    OCLC,
    ControlNumber,
    is_lccn,
    normalize_lccn,
    parse_control_number,
    parse_isbn,
    parse_issn,
    parse_standard_number,
    parse_sudoc,
    read_qualifier,
)
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
_SUDOC = "sudocs"


def isbns(fields: Iterable[DataField]) -> Iterator[FoundNumber]:
    """Yield the ISBNs of 020 $a and $z; $q and the binding in $c join the qualifier. A text without any digits is
    skipped.
    """
    for field in fields:
        beside = "; ".join([*_beside(field), *_bindings(field)])
        for code, text in field.subfields:
            if code in "az" and (found := _isbn(text, field.tag, code, beside)):
                yield found


def _beside(field: DataField) -> Iterator[str]:
    return (text.strip("() :;") for text in field.all("q"))


def _bindings(field: DataField) -> Iterator[str]:
    """Yield what stands before the price in 020 $c where it names a carrier ("kart. : DM 9.80"), a German custom."""
    heads = (text.split(" :", 1)[0].strip() for text in field.all("c"))
    return (head for head in heads if read_qualifier(head).carrier)


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
    return FoundNumber(issn.issn or text.strip(), text, tag, code, valid=issn.valid, qualifier=issn.qualifier)


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
    number, and of no known source otherwise. An OCLC number that is not all digits is not valid.
    """
    has_oclc = False
    if number:
        parsed = parse_control_number(number)
        if source and not parsed.source:
            parsed = parse_control_number(f"({source.strip('() ')}){number}")
        has_oclc = parsed.source == OCLC
        yield _control(parsed, number, "001", "")
    for field in own:
        for code, text in field.subfields:
            if code in "az" and text.strip():
                parsed = parse_control_number(text)
                has_oclc = has_oclc or parsed.source == OCLC
                yield _control(parsed, text, field.tag, code)
    for field in merged:
        for text in field.all("a"):
            if text.strip():
                parsed = parse_control_number(text)
                if has_oclc and not parsed.source and parsed.number.isdigit():
                    parsed = parse_control_number(f"({OCLC}){text}")
                yield _control(parsed, text, field.tag, "a")


def _control(parsed: ControlNumber, text: str, tag: str, code: str) -> FoundNumber:
    valid = parsed.source != OCLC or parsed.number.isdigit()
    return FoundNumber(parsed.number, text, tag, code, valid=valid, source=parsed.source)


def other_numbers(fields: Iterable[DataField]) -> Iterator[FoundNumber]:
    """Yield 024, 027, 028, 086 and 088 $a and $z; ``source`` is the kind or agency where the field names it.

    Numbers of a known kind in 024 and SuDoc class numbers in 086 stand in their canonical form. An 086 that names no
    scheme is a SuDoc number when it has the form of one.
    """
    for field in fields:
        beside = "; ".join(_beside(field))
        for code, text in field.subfields:
            if code in "az" and text.strip():
                yield _other(field, code, text, beside)


def _other(field: DataField, code: str, text: str, beside: str) -> FoundNumber:
    source, value, valid = (field.first("2") or "").strip(), " ".join(text.split()), True
    if field.tag == "024":
        source = _KINDS_024.get(field.ind1, source.lower())
        number = parse_standard_number(text, source)
        value, valid = number.value, number.valid
        beside = "; ".join(part for part in (number.qualifier, beside) if part)
    elif field.tag == "028":
        source = field.first("b") or ""
    elif field.tag == "086" and not source and field.ind1 in "0 ":
        number = parse_sudoc(text)
        if field.ind1 == "0" or number.valid:
            source, value, valid = _SUDOC, number.value or value, number.valid
    return FoundNumber(value, text, field.tag, code, valid=valid, source=source, qualifier=beside)


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
            yield _control(parse_control_number(text), text, field.tag, code)
