"""Citations and records for the matching tests: made-up books in few words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from locate.citation import Citation, DocumentType, RequestedFormat
from locate.matching import Match, Matcher, MatchVerdict
from locate.matching.comparisons import find
from locate.matching.views import RecordView
from locate.records.bib import (
    BibRecord,
    Carrier,
    CharsetEvidence,
    FoundNumber,
    LinkedRecord,
    Name,
    PartLabel,
    Title,
)

ISBN = "9780306406157"
OTHER_ISBN = "9781861972712"
ISSN = "1234-5679"
OTHER_ISSN = "2049-3630"
RIVERS = "The rivers of northern Wales : a field guide / Anna Morgan"
MORGAN = "Morgan, Anna"
ONLINE = frozenset([Carrier.ELECTRONIC])
MICROFORM = frozenset([Carrier.MICROFORM])
SERIAL = DocumentType.SERIAL
GOVERNMENT = (("008", "870101s1987    xxu          f000 0 eng d"),)
"""The control fields of a publication of the federal government (008/28 "f")."""

_RECORD = BibRecord(
    raw=b"",
    syntax="marc21",
    leader="00000nam a2200000 a 4500",
    control_number="1",
    control_number_source=None,
    titles=(),
    charset=CharsetEvidence("utf-8", "utf-8"),
    document_type=DocumentType.BOOK,
    carriers=frozenset([Carrier.PRINT]),
)
_MATCHER = Matcher()


def bib(title: str = "", author: str = "", *, parts: tuple[tuple[str, str], ...] = (), **changes: Any) -> BibRecord:
    """Return a printed book; ``title`` is "proper : remainder / responsibility", ``author`` a 100 heading."""
    body, _, responsibility = title.partition(" / ")
    proper, _, remainder = body.partition(" : ")
    labels = tuple(PartLabel(number, name) for number, name in parts)
    titles = (Title(proper, remainder, responsibility, parts=labels),) if title else ()
    names = (name(author),) if author else ()
    return replace(_RECORD, **{"titles": titles, "names": names, **changes})


def rivers(**changes: Any) -> BibRecord:
    """Return the record of Anna Morgan's field guide of 1987, from which most tests start."""
    return bib(RIVERS, MORGAN, **{"years": frozenset([1987]), **changes})


def volume(*parts: tuple[str, str], **changes: Any) -> BibRecord:
    """Return the record of a part of the field guide; ``parts`` are pairs of $n and $p."""
    return rivers(titles=bib("The rivers of northern Wales", parts=parts).titles, **changes)


def journal(title: str = "Welsh rivers review", author: str = "", **changes: Any) -> BibRecord:
    """Return the record of a serial."""
    return bib(title, author, **{"document_type": SERIAL, **changes})


def name(heading: str, tag: str = "100") -> Name:
    """Return a heading."""
    return Name(heading, tag, heading.partition(",")[0] if tag[1:] == "00" else "")


def isbn(value: str = ISBN, *, subfield: str = "a", qualifier: str = "", tag: str = "020") -> FoundNumber:
    """Return an ISBN as a record holds it."""
    return FoundNumber(value, value, tag, subfield, qualifier=qualifier)


def issn(value: str = ISSN, *, subfield: str = "a", tag: str = "022") -> FoundNumber:
    """Return an ISSN as a record holds it."""
    return FoundNumber(value, value, tag, subfield)


def lccn(value: str = "85000002", *, subfield: str = "a") -> FoundNumber:
    """Return an LCCN as a record holds it."""
    return FoundNumber(value, value, "010", subfield)


def number(value: str, source: str = "", tag: str = "035") -> FoundNumber:
    """Return a control number as a record holds it."""
    return FoundNumber(value, value, tag, "a", source=source)


def linked(tag: str, *numbers: FoundNumber, title: str = "") -> LinkedRecord:
    """Return a linking entry."""
    return LinkedRecord(tag, title=title, numbers=numbers)


def cited(title: str | None = None, author: str | None = None, year: int | None = None, **more: Any) -> Citation:
    """Return a citation of a book."""
    more.setdefault("type", DocumentType.BOOK)
    if "format" in more and more["format"] is not None:
        more["format"] = RequestedFormat(more["format"])
    return Citation(title=title, author=author, year=year, **more)


def wanted(**changes: Any) -> Citation:
    """Return the citation that fits `rivers`."""
    return cited(**{"title": "Rivers of northern Wales", "author": "Morgan", "year": 1987, **changes})


def judge(asked: Citation | BibRecord, record: BibRecord) -> Match:
    """Judge with the default weights."""
    return _MATCHER.judge(asked, record)


def verdict(asked: Citation | BibRecord, record: BibRecord) -> MatchVerdict:
    """Return only the verdict."""
    return judge(asked, record).verdict


def features(asked: Citation | BibRecord, record: BibRecord) -> list[str]:
    """Return the names of all features of a pair."""
    return find(_MATCHER.prepare(asked), RecordView(record))


def feature(kind: str, asked: Citation | BibRecord, record: BibRecord) -> str:
    """Return the first feature of one kind ("title", "isbn") of a pair."""
    return next(found for found in features(asked, record) if found.startswith(f"{kind}."))
