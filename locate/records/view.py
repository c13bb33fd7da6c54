"""Take one record apart: `MarcContent` to `BibRecord`.

Decides which field answers which question of matching and availability, and nothing about the answer's worth. What
it does beyond copying text:

- titles: 245, then the 880 fields linked to it; `volumes` are the $n of 245 alone. The $v of 490 and 830 numbers
  the item in a series, and a count in 300 $a ("3 v.") says how many there are: neither is this record's volume;
- years: 008/07-10, and 008/11-14 where the date type makes it a year of publication or copyright; every four-digit
  year of 260 and 264 $c except manufacture. "19uu" and "198-" give none;
- contents: each $t of 505, else $a cut at " -- ", without statements of responsibility.

UNIMARC is read as far as `unimarc` translates it. Raises nothing. Source: MARC 21 Bibliographic.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from locate.citation import DocumentType
from locate.records import numbers
from locate.records.bib import TRAILING_ISBD, BibRecord, DataField, Name, PartLabel, Title
from locate.records.carrier import find_carriers
from locate.records.content import MarcContent

__all__ = ["view_record"]

_Tags = Mapping[str, Sequence[DataField]]

_PERSONS = frozenset({"100", "700"})
_NAME_CODES = {"100": "a", "700": "a", "110": "ab", "710": "ab", "111": "ae", "711": "ae"}
_VARIANTS = {
    "130": "anp",
    "210": "a",
    "222": "a",
    "240": "anp",
    "246": "abnp",
    "247": "abnp",
    "730": "anp",
    "740": "anp",
}
_NUMBER_TAGS = ("024", "027", "028", "086", "088")
# 008/06, MARC 21: the types whose second date is a year of publication, distribution or copyright of this item.
_TWO_DATES = frozenset("cdikmpqrt")
_NO_DATES = frozenset("bn")
_YEAR = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
_CODED_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_MANUFACTURE = "3"
_CONTENTS_CUT = re.compile(r" --|-- |--$")
_LANGUAGE = re.compile(r"[a-z]{3}")
_NO_LANGUAGE = frozenset({"und", "zxx", "mul", "mis"})
_LINK = re.compile(r"([0-9]{3})-?")


def view_record(content: MarcContent, *, raw: bytes, syntax: str) -> BibRecord:
    """Return the view of one record. ``raw`` are the bytes it was read from, ``syntax`` the name of their syntax."""
    grouped: defaultdict[str, list[DataField]] = defaultdict(list)
    for field in content.fields:
        grouped[field.tag].append(field)
    by_tag: _Tags = dict(grouped)
    vernacular = _linked_880(by_tag.get("880", ()))
    control = dict(reversed(content.control_fields))  # the first of a repeated tag counts
    number = control.get("001", "").strip() or None
    source = control.get("003", "").strip() or None
    coded = control.get("008", "")
    carriers, signs = find_carriers(content.leader, content.control_fields, by_tag)
    imprints = [f for f in _each(by_tag, ("260", "264")) if f.tag == "260" or f.ind2 != _MANUFACTURE]
    return BibRecord(
        raw=raw,
        syntax=syntax,
        leader=content.leader,
        control_number=number,
        control_number_source=source,
        titles=tuple(_title(f) for f in (*by_tag.get("245", ())[:1], *vernacular.get("245", ()))),
        charset=content.charset,
        control_fields=content.control_fields,
        fields=content.fields,
        lccns=tuple(numbers.lccns(by_tag.get("010", ()))),
        isbns=tuple(numbers.isbns(by_tag.get("020", ()))),
        issns=tuple(numbers.issns(by_tag.get("022", ()))),
        control_numbers=tuple(
            numbers.control_numbers(number, source, by_tag.get("035", ()), by_tag.get("019", ())),
        ),
        other_numbers=tuple(numbers.other_numbers(_each(by_tag, _NUMBER_TAGS))),
        variant_titles=tuple(dict.fromkeys(_variants(by_tag, vernacular))),
        contents=tuple(title for f in by_tag.get("505", ()) for title in _contents(f)),
        linked=tuple(numbers.linked_records(_each(by_tag, numbers.LINKING_TAGS))),
        names=tuple(_names(by_tag, vernacular)),
        edition=_join(by_tag.get("250", ())[:1], "ab"),
        publishers=_parts(imprints, "b"),
        places=_parts(imprints, "a"),
        years=frozenset(_years(coded, imprints)),
        extent="; ".join(text for f in by_tag.get("300", ()) for text in f.all("a")).strip(TRAILING_ISBD),
        languages=tuple(dict.fromkeys(_languages(coded, by_tag.get("041", ())))),
        document_type=_document_type(content.leader, coded),
        carriers=carriers,
        carrier_evidence=signs,
        volumes=tuple(n.strip(TRAILING_ISBD) for f in by_tag.get("245", ())[:1] for n in f.all("n")),
        warnings=content.warnings,
    )


def _each(by_tag: _Tags, tags: Iterable[str]) -> list[DataField]:
    return [field for tag in tags if tag in by_tag for field in by_tag[tag]]


def _linked_880(fields: Sequence[DataField]) -> dict[str, list[DataField]]:
    """Group the 880 fields by the tag that their $6 links to ("245-01/$1")."""
    linked: dict[str, list[DataField]] = {}
    for field in fields:
        found = _LINK.match(field.first("6") or "")
        if found:
            linked.setdefault(found.group(1), []).append(field)
    return linked


def _title(field: DataField) -> Title:
    parts: list[PartLabel] = []
    pending = ""
    for code, text in field.subfields:
        if code == "n":
            if pending:
                parts.append(PartLabel(number=pending))
            pending = text.strip()
        elif code == "p":
            parts.append(PartLabel(pending, text.strip()))
            pending = ""
    if pending:
        parts.append(PartLabel(number=pending))
    return Title(
        proper=_join([field], "a"),
        remainder=_join([field], "b"),
        responsibility=_join([field], "c"),
        medium=_join([field], "h"),
        parts=tuple(parts),
        nonfiling=int(field.ind2) if field.ind2.isdecimal() else 0,
    )


def _join(fields: Sequence[DataField], codes: str) -> str:
    """Return the texts of the subfields in ``codes``, in record order, joined by single blanks."""
    return " ".join(stripped for field in fields for text in field.all(codes) if (stripped := text.strip()))


def _parts(fields: Sequence[DataField], code: str) -> tuple[str, ...]:
    """Return each subfield ``code`` without closing ISBD punctuation and brackets, without repeats."""
    texts = (text.strip(TRAILING_ISBD + "[]") for field in fields for text in field.all(code))
    return tuple(dict.fromkeys(text for text in texts if text))


def _variants(by_tag: _Tags, vernacular: _Tags) -> Iterator[str]:
    for tag, codes in _VARIANTS.items():
        for field in (*by_tag.get(tag, ()), *vernacular.get(tag, ())):
            text = _join([field], codes)
            if text:
                yield text


def _contents(field: DataField) -> Iterator[str]:
    titles = field.all("t")
    if not titles:
        titles = [part for text in field.all("a") for part in _CONTENTS_CUT.split(" ".join(text.split()))]
    for title in titles:
        bare = title.split(" / ", 1)[0].strip(TRAILING_ISBD + "-")
        if bare:
            yield bare


def _names(by_tag: _Tags, vernacular: _Tags) -> Iterator[Name]:
    for linked, source in ((False, by_tag), (True, vernacular)):
        for tag, codes in _NAME_CODES.items():
            for field in source.get(tag, ()):
                heading = _join([field], codes).rstrip(" ,;:")
                if heading:
                    surname = heading.split(",", 1)[0].strip() if tag in _PERSONS else ""
                    yield Name(heading, tag, surname, vernacular=linked)


def _years(coded: str, imprints: Sequence[DataField]) -> Iterator[int]:
    date_type = coded[6:7]
    if date_type not in _NO_DATES and _CODED_YEAR.fullmatch(coded, 7, 11):
        yield int(coded[7:11])
    if date_type in _TWO_DATES and _CODED_YEAR.fullmatch(coded, 11, 15):
        yield int(coded[11:15])
    for field in imprints:
        for text in field.all("c"):
            for found in _YEAR.finditer(text):
                yield int(found.group())


def _languages(coded: str, fields: Sequence[DataField]) -> Iterator[str]:
    """Yield the language codes of the text: 008/35-37, then 041 $a and $d (older records run them together)."""
    codes = [coded[35:38].lower()]
    for field in fields:
        for text in field.all("ad"):
            bare = text.strip().lower()
            if len(bare) % 3 == 0:
                codes += [bare[at : at + 3] for at in range(0, len(bare), 3)]
    return (code for code in codes if _LANGUAGE.fullmatch(code) and code not in _NO_LANGUAGE)


# Leader/06 (type of record), MARC 21; "g" (projected medium) is told apart by 008/33.
_TYPES = {
    "c": DocumentType.SCORE,
    "d": DocumentType.SCORE,
    "e": DocumentType.MAP,
    "f": DocumentType.MAP,
    "i": DocumentType.RECORDING,
    "j": DocumentType.RECORDING,
}
_MOVING = frozenset("fmv |")


def _document_type(leader: str, coded: str) -> DocumentType:
    kind, level = leader[6:7], leader[7:8]
    if kind in _TYPES:
        return _TYPES[kind]
    if level in {"s", "i"}:
        return DocumentType.SERIAL
    if kind in {"a", "t"}:
        return DocumentType.ARTICLE if level in {"a", "b"} else DocumentType.BOOK
    if kind == "g" and (coded[33:34] or " ") in _MOVING:
        return DocumentType.VIDEO
    return DocumentType.OTHER
