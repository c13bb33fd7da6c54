"""What every other matcher is measured through, and the plain description that most of them ask for.

Decides which text of a record or a citation stands for title, author and year where a matcher wants one of each.
Raises nothing; a matcher's own module raises ModuleNotFoundError when the package is not installed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from locate.citation import Citation
from locate.identifiers import parse_isbn
from locate.records import BibRecord

__all__ = ["Description", "Peer", "Side", "describe"]

Side = Citation | BibRecord


class Peer(Protocol):
    """Another matcher.

    ``methods`` are its ways to judge, each with the score from which it accepts (None when it names none). ``limit`` is
    how many pairs of a set and kind it is given, 0 for all.
    """

    methods: Mapping[str, float | None]
    limit: int

    def prepare(self, sides: Sequence[Side]) -> list[Any]:
        """Return each side in the form that the matcher takes."""
        ...

    def scores(self, pairs: Sequence[tuple[Any, Any]]) -> dict[str, list[float]]:
        """Return, for each method, the scores of the pairs of prepared sides; higher is more alike."""
        ...


@dataclass(frozen=True, slots=True)
class Description:
    """A record or a citation in plain words; empty, or None for ``year``, where nothing is said.

    ``title`` has its parts and no closing punctuation; ``isbns`` are written without hyphens, as ISBN-13 where they
    are right.
    """

    title: str
    authors: tuple[str, ...] = ()
    isbns: tuple[str, ...] = ()
    year: int | None = None
    language: str = ""
    publisher: str = ""
    volume: str = ""


def describe(side: Side) -> Description:
    """Return the description of one side."""
    return _of_citation(side) if isinstance(side, Citation) else _of_record(side)


def _of_citation(citation: Citation) -> Description:
    return Description(
        title=citation.title or "",
        authors=(citation.author,) if citation.author else (),
        isbns=tuple(number for text in citation.isbn if (number := parse_isbn(text).canonical)),
        year=citation.year,
        language=citation.language or "",
        publisher=citation.publisher or "",
        volume=citation.volume or "",
    )


def _of_record(record: BibRecord) -> Description:
    coded = (record.control("008") or "")[7:11]
    names = dict.fromkeys(name.heading.rstrip(" ,.") for name in record.names if not name.vernacular)
    return Description(
        title=record.title.shown,
        authors=tuple(names),
        isbns=tuple(number.value for number in record.isbns if number.subfield == "a"),
        year=int(coded) if coded.isascii() and coded.isdigit() else min(record.years, default=None),
        language=next(iter(record.languages), ""),
        publisher=next(iter(record.publishers), ""),
        volume=next(iter(record.volumes), ""),
    )
