"""Citations and records for the matching tests: made-up books in few words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from locate.citation import Citation, DocumentType, RequestedFormat
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


def bib(title: str = "", author: str = "", *, parts: tuple[tuple[str, str], ...] = (), **changes: Any) -> BibRecord:
    """Return a printed book; ``title`` is "proper : remainder / responsibility", ``author`` a 100 heading."""
    body, _, responsibility = title.partition(" / ")
    proper, _, remainder = body.partition(" : ")
    labels = tuple(PartLabel(number, name) for number, name in parts)
    titles = (Title(proper, remainder, responsibility, parts=labels),) if title else ()
    names = (name(author),) if author else ()
    return replace(_RECORD, **{"titles": titles, "names": names, **changes})


def name(heading: str, tag: str = "100") -> Name:
    """Return a heading."""
    return Name(heading, tag, heading.partition(",")[0] if tag[1:] == "00" else "")


def isbn(value: str = ISBN, *, subfield: str = "a", qualifier: str = "", tag: str = "020") -> FoundNumber:
    """Return an ISBN as a record holds it."""
    return FoundNumber(value, value, tag, subfield, qualifier=qualifier)


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
