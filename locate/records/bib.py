"""The bibliographic record as matching and availability see it: read from bytes, taken apart when asked.

`BibRecord` is a view of one MARC record with the parts that a decision needs already taken apart. What is kept apart
matters: an ISBN of field 020 is this item's own number, one of 776 $z belongs to another format of it, and a title in
505 $t is a part's title.

A record that was read holds its bytes; each attribute is computed when it is first asked for, and kept. Threads may
share a record: two that ask at once compute the same value twice. One that is built by keyword (or by
`dataclasses.replace`, which asks for every attribute) holds what it was given. The two are one type, equal when their
attributes are. This module decides nothing and raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from locate.citation import DocumentType
from locate.records.as_pymarc import PymarcRecord, as_pymarc
from locate.records.elements import (
    Carrier,
    CarrierEvidence,
    CharsetEvidence,
    DataField,
    FoundNumber,
    LinkedRecord,
    Name,
    PartLabel,
    Title,
)

__all__ = [
    "BibRecord",
    "Carrier",
    "CarrierEvidence",
    "CharsetEvidence",
    "DataField",
    "FoundNumber",
    "LinkedRecord",
    "Name",
    "PartLabel",
    "Source",
    "Title",
]


class Source(Protocol):
    """What a record that was read computes its attributes from: an object with one attribute for each of them."""

    def get(self, *tags: str) -> list[DataField]:
        """Return the data fields with one of ``tags``, in record order."""


class _WhenAsked:
    """An attribute of `BibRecord` that a record that was read takes from its source once, and keeps.

    It stands behind the record's own attributes: Python comes here only for one that the record does not hold yet.
    ``default`` is the value in a record built without it; without one the attribute must be given.
    """

    def __init__(self, *default: object) -> None:
        self._default = default
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, record: BibRecord | None, owner: type | None = None) -> object:
        if record is None:  # `dataclass` asks for the default in this way
            if not self._default:
                raise AttributeError(self._name)
            return self._default[0]
        value = record.__dict__[self._name] = getattr(record._source, self._name)  # noqa: SLF001 - one of its parts
        return value


def _when_asked(*default: object) -> Any:
    return _WhenAsked(*default)


@dataclass(frozen=True, repr=False)
class BibRecord:
    """One bibliographic record, taken apart.

    ``raw`` are the bytes it was read from, ``syntax`` "marc21", "unimarc" or "xml".

    ``isbns``, ``issns``, ``lccns``, ``control_numbers`` and ``other_numbers`` hold this record's own numbers (020, 022,
    010, 001/035/019, 024/027/028/086/088), each with its subfield: $z is a cancelled or another format's number.
    Numbers of linking entries stand only in ``linked``.

    ``titles[0]`` is 245, further ones its 880 vernacular forms; ``variant_titles`` are 130/210/222/240/246/247/730/740;
    ``contents`` the single titles of 505; ``volumes`` the $n of 245. ``series`` are the titles of 440, 490 and 830,
    each with its $v, without repeats.

    ``years`` is the set of all years of publication that 008, 260/264 and copyright give. ``date_type`` is 008/06, ""
    without an 008. ``first_year`` is 008/07-10, None when the date type says that there is no date; ``last_year`` is
    008/11-14 where the date type makes it a year of publication or copyright, else None. What is no year of 1000 to
    2099 ("19uu", "9999" of what is still published) is None.

    ``edition`` is $a and $b of the first 250, ``extent`` every 300 $a, and ``pages`` the largest number of pages or
    leaves in it, None when it has none; Roman numbers do not count. ``frequency`` is $a of the first 310, ``coverage``
    every 362 $a (which dates and numbers were published), ``reproduction`` every 533 without its control subfields (as
    what this copy was made); each is "" when absent.

    ``carriers`` is empty when nothing tells; ``carrier_evidence`` are all signs. ``fields`` are all data fields in
    record order (for dialects), ``control_fields`` pairs of tag and text. ``warnings`` say what had to be mended.
    """

    raw: bytes
    syntax: str
    leader: str
    control_number: str | None = _when_asked()
    control_number_source: str | None = _when_asked()
    titles: tuple[Title, ...] = _when_asked()
    charset: CharsetEvidence = _when_asked()  # noqa: RUF009 - a descriptor, which is to be shared
    control_fields: tuple[tuple[str, str], ...] = _when_asked(())
    fields: tuple[DataField, ...] = _when_asked(())
    lccns: tuple[FoundNumber, ...] = _when_asked(())
    isbns: tuple[FoundNumber, ...] = _when_asked(())
    issns: tuple[FoundNumber, ...] = _when_asked(())
    control_numbers: tuple[FoundNumber, ...] = _when_asked(())
    other_numbers: tuple[FoundNumber, ...] = _when_asked(())
    variant_titles: tuple[str, ...] = _when_asked(())
    contents: tuple[str, ...] = _when_asked(())
    linked: tuple[LinkedRecord, ...] = _when_asked(())
    names: tuple[Name, ...] = _when_asked(())
    edition: str = _when_asked("")
    publishers: tuple[str, ...] = _when_asked(())
    places: tuple[str, ...] = _when_asked(())
    years: frozenset[int] = _when_asked(frozenset())
    extent: str = _when_asked("")
    languages: tuple[str, ...] = _when_asked(())
    document_type: DocumentType = _when_asked(DocumentType.OTHER)  # noqa: RUF009 - likewise
    carriers: frozenset[Carrier] = _when_asked(frozenset())
    carrier_evidence: tuple[CarrierEvidence, ...] = _when_asked(())
    volumes: tuple[str, ...] = _when_asked(())
    warnings: tuple[str, ...] = _when_asked(())
    series: tuple[str, ...] = _when_asked(())
    pages: int | None = _when_asked(None)
    reproduction: str = _when_asked("")
    frequency: str = _when_asked("")
    coverage: str = _when_asked("")
    date_type: str = _when_asked("")
    first_year: int | None = _when_asked(None)
    last_year: int | None = _when_asked(None)
    _source: Source | None = field(default=None, init=False, compare=False)

    @classmethod
    def read_from(cls, source: Source, *, raw: bytes, syntax: str, leader: str) -> BibRecord:
        """Return a record whose other attributes are those of ``source``, each asked for once and only when needed."""
        record = object.__new__(cls)
        record.__dict__.update(raw=raw, syntax=syntax, leader=leader, _source=source)
        return record

    def __repr__(self) -> str:
        return f"<BibRecord {self.syntax} {self.control_number}: {self.title.shown!r}>"

    @property
    def title(self) -> Title:
        """The 245, or an empty Title."""
        return self.titles[0] if self.titles else Title()

    def get(self, *tags: str) -> Iterator[DataField]:
        """Yield the data fields with one of ``tags``, in record order."""
        if self._source is not None:
            return iter(self._source.get(*tags))
        return (found for found in self.fields if found.tag in tags)

    def control(self, tag: str) -> str | None:
        """Return the text of the first control field ``tag`` ("008"), or None."""
        for found, text in self.control_fields:
            if found == tag:
                return text
        return None

    def to_pymarc(self) -> PymarcRecord:
        """Return a new ``pymarc.Record`` of the same leader, fields and text, for programs that work with pymarc.

        The text is decoded, so that ``as_marc()`` writes UTF-8. Every call makes a record of its own.
        """
        return as_pymarc(self.leader, self.control_fields, self.fields)
