"""Take one record apart: the attributes of a `BibRecord`, each computed from the record's content when asked for.

Decides which field answers which question of matching and availability, and nothing about the answer's worth. UNIMARC
is read as far as `unimarc` translates it. Raises nothing, for any content. Source: MARC 21 Bibliographic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from locate.citation import DocumentType
from locate.records import imprint, numbers, titles
from locate.records.bib import BibRecord
from locate.records.carrier import find_carriers
from locate.records.content import Content
from locate.records.elements import (
    TRAILING_ISBD,
    Carrier,
    CarrierEvidence,
    CharsetEvidence,
    DataField,
    FoundNumber,
    LinkedRecord,
    Name,
    Title,
)

__all__ = ["view_record"]

_PERSONS = frozenset({"100", "700"})
_NAME_CODES = {"100": "a", "700": "a", "110": "ab", "710": "ab", "111": "ae", "711": "ae"}
_NUMBER_TAGS = ("024", "027", "028", "086", "088")
_MANUFACTURE = "3"
_LANGUAGE = re.compile(r"[a-z]{3}")
_NO_LANGUAGE = frozenset({"und", "zxx", "mul", "mis"})
_LINK = re.compile(r"([0-9]{3})-?")
# 533: type, place, agency, date, description, series, dates reproduced, notes.
_REPRODUCTION = "abcdefmn"


def view_record(content: Content, *, raw: bytes, syntax: str, warnings: tuple[str, ...] = ()) -> BibRecord:
    """Return the view of one record; nothing is computed yet.

    ``raw`` are the bytes it was read from, ``syntax`` the name of their syntax, ``warnings`` what is to be said beside
    the content's own.
    """
    return BibRecord.read_from(_View(content, warnings), raw=raw, syntax=syntax, leader=content.leader)


class _View:
    """One attribute for each of `BibRecord`, which keeps what it asked for; only what several share is kept here."""

    def __init__(self, content: Content, warnings: tuple[str, ...]) -> None:
        self._content = content
        self._warnings = warnings

    def get(self, *tags: str) -> list[DataField]:
        return self._content.get(*tags)

    @property
    def charset(self) -> CharsetEvidence:
        return self._content.charset

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._content.warnings + self._warnings

    @property
    def control_fields(self) -> tuple[tuple[str, str], ...]:
        return self._content.control_fields

    @property
    def fields(self) -> tuple[DataField, ...]:
        return self._content.fields

    def _control(self, tag: str) -> str:
        """Return the text of the first control field ``tag``, "" when there is none."""
        for found, text in self._content.control_fields:
            if found == tag:
                return text
        return ""

    @property
    def _coded(self) -> str:
        return self._control("008")

    @cached_property
    def _vernacular(self) -> dict[str, list[DataField]]:
        """The 880 fields by the tag that their $6 links to ("245-01/$1")."""
        linked: dict[str, list[DataField]] = {}
        for field in self._content.tagged("880"):
            if found := _LINK.match(field.first("6") or ""):
                linked.setdefault(found.group(1), []).append(field)
        return linked

    # Numbers

    @property
    def control_number(self) -> str | None:
        return self._control("001").strip() or None

    @property
    def control_number_source(self) -> str | None:
        return self._control("003").strip() or None

    @property
    def control_numbers(self) -> tuple[FoundNumber, ...]:
        tagged = self._content.tagged
        number, source = self.control_number, self.control_number_source
        return tuple(numbers.control_numbers(number, source, tagged("035"), tagged("019")))

    @property
    def lccns(self) -> tuple[FoundNumber, ...]:
        return tuple(numbers.lccns(self._content.tagged("010")))

    @property
    def isbns(self) -> tuple[FoundNumber, ...]:
        return tuple(numbers.isbns(self._content.tagged("020")))

    @property
    def issns(self) -> tuple[FoundNumber, ...]:
        return tuple(numbers.issns(self._content.tagged("022")))

    @property
    def other_numbers(self) -> tuple[FoundNumber, ...]:
        return tuple(numbers.other_numbers(self._content.each(_NUMBER_TAGS)))

    @property
    def linked(self) -> tuple[LinkedRecord, ...]:
        return tuple(numbers.linked_records(self._content.each(numbers.LINKING_TAGS)))

    # Titles and names

    @property
    def titles(self) -> tuple[Title, ...]:
        own = self._content.tagged("245")[:1]
        return tuple([titles.title(field) for field in (*own, *self._vernacular.get("245", ()))])

    @property
    def variant_titles(self) -> tuple[str, ...]:
        return titles.variant_titles(self._content, self._vernacular)

    @property
    def contents(self) -> tuple[str, ...]:
        return tuple(titles.contents(self._content.tagged("505")))

    @property
    def volumes(self) -> tuple[str, ...]:
        return titles.volumes(self._content.tagged("245"))

    @property
    def series(self) -> tuple[str, ...]:
        return titles.series(self._content)

    @property
    def names(self) -> tuple[Name, ...]:
        own = [_name(field, field.tag) for field in self._content.each(_NAME_CODES)]
        linked = [
            _name(field, tag, vernacular=True)
            for tag in _NAME_CODES
            if tag in self._vernacular
            for field in self._vernacular[tag]
        ]
        return tuple([name for name in own + linked if name.heading])

    # Edition, imprint and description

    @property
    def edition(self) -> str:
        return _first(self._content, "250", "ab")

    @property
    def _imprints(self) -> list[DataField]:
        found = self._content.each(("260", "264"))
        return [field for field in found if field.tag == "260" or field.ind2 != _MANUFACTURE]

    @property
    def publishers(self) -> tuple[str, ...]:
        return imprint.cleaned(self._imprints, "b")

    @property
    def places(self) -> tuple[str, ...]:
        return imprint.cleaned(self._imprints, "a")

    @property
    def years(self) -> frozenset[int]:
        return imprint.years(self._coded, self._imprints)

    @property
    def date_type(self) -> str:
        return self._coded[6:7]

    @property
    def first_year(self) -> int | None:
        return imprint.first_year(self._coded)

    @property
    def last_year(self) -> int | None:
        return imprint.last_year(self._coded)

    @property
    def extent(self) -> str:
        texts = [text for field in self._content.tagged("300") for text in field.all("a")]
        return "; ".join(texts).strip(TRAILING_ISBD)

    @property
    def pages(self) -> int | None:
        return imprint.page_count(self.extent)

    @property
    def frequency(self) -> str:
        return _first(self._content, "310", "a").strip(TRAILING_ISBD)

    @property
    def coverage(self) -> str:
        return _all(self._content, "362", "a")

    @property
    def reproduction(self) -> str:
        return _all(self._content, "533", _REPRODUCTION)

    # Kind

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_languages(self._coded, self._content.tagged("041"))))

    @property
    def document_type(self) -> DocumentType:
        return _document_type(self._content.leader, self._coded)

    @cached_property
    def _found_carriers(self) -> tuple[frozenset[Carrier], tuple[CarrierEvidence, ...]]:
        return find_carriers(self._content)

    @property
    def carriers(self) -> frozenset[Carrier]:
        return self._found_carriers[0]

    @property
    def carrier_evidence(self) -> tuple[CarrierEvidence, ...]:
        return self._found_carriers[1]


def _first(content: Content, tag: str, codes: str) -> str:
    return "".join([titles.join(field, codes) for field in content.tagged(tag)[:1]])


def _all(content: Content, tag: str, codes: str) -> str:
    return " ".join([text for field in content.tagged(tag) if (text := titles.join(field, codes))])


def _name(field: DataField, tag: str, *, vernacular: bool = False) -> Name:
    heading = titles.join(field, _NAME_CODES[tag]).rstrip(" ,;:")
    return Name(heading, tag, heading.split(",", 1)[0].strip() if tag in _PERSONS else "", vernacular)


def _languages(coded: str, fields: Sequence[DataField]) -> list[str]:
    """Return the language codes of the text: 008/35-37, then 041 $a and $d (older records run them together)."""
    codes = [coded[35:38].lower()]
    for field in fields:
        for text in field.all("ad"):
            bare = text.strip().lower()
            if len(bare) % 3 == 0:
                codes += [bare[at : at + 3] for at in range(0, len(bare), 3)]
    return [code for code in codes if _LANGUAGE.fullmatch(code) and code not in _NO_LANGUAGE]


# Leader/06 (type of record), MARC 21; "g" (projected medium) is told apart by 008/33.
_TYPES: Mapping[str, DocumentType] = {
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
