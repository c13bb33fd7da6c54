"""What is wanted: a citation, and the requests that carry one.

A citation is what an interlibrary-loan request knows of an item. Every field may be absent; absent means "not
said", never "none". Nothing here searches or judges. Raises CitationError for a value that cannot be meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from locate.errors import CitationError

__all__ = ["BorrowingRequest", "Citation", "DocumentType", "RequestedFormat"]


class DocumentType(StrEnum):
    """The kind of document, as a request says it."""

    BOOK = "book"
    SERIAL = "serial"
    ARTICLE = "article"
    MAP = "map"
    SCORE = "score"
    RECORDING = "recording"
    VIDEO = "video"
    OTHER = "other"


class RequestedFormat(StrEnum):
    """The carrier the patron wants: ``physical`` is any tangible form, ``any`` is no wish at all."""

    PHYSICAL = "physical"
    PRINT = "print"
    MICROFORM = "microform"
    ELECTRONIC = "electronic"
    ANY = "any"


_LIST_FIELDS = frozenset({"isbn", "issn", "control_numbers"})
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A bibliographic citation.

    ``isbn``, ``issn`` and ``control_numbers`` are tuples, as given, not yet checked; a control number may carry its
    source in parentheses, "(OCoLC)36783841". ``year`` is the year of publication. ``format`` None means "not said".
    ``any_edition`` True accepts another edition of the same work.
    """

    title: str | None = None
    author: str | None = None
    isbn: tuple[str, ...] = ()
    issn: tuple[str, ...] = ()
    lccn: str | None = None
    control_numbers: tuple[str, ...] = ()
    year: int | None = None
    edition: str | None = None
    publisher: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    language: str | None = None
    type: DocumentType | None = None
    format: RequestedFormat | None = None
    any_edition: bool = False

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Self:
        """Build a citation from JSON-like data with the field names of this class.

        A string where a list is meant is a list of one; a year may be text that contains four digits; empty strings
        and None count as absent. Raises CitationError naming the field.
        """
        known = {f.name for f in fields(cls)}
        unknown = sorted(set(data) - known)
        if unknown:
            raise CitationError(f"unknown citation field {unknown[0]!r}; known are {', '.join(sorted(known))}")
        values = {name: _coerce(name, value) for name, value in data.items() if value not in (None, "", [], ())}
        return cls(**{name: value for name, value in values.items() if value is not None})

    def to_mapping(self) -> dict[str, Any]:
        """Return the fields that are present, as JSON-ready values, in declaration order."""
        out: dict[str, Any] = {}
        for f in fields(self):
            value = getattr(self, f.name)
            if value not in (None, (), False):
                out[f.name] = list(value) if isinstance(value, tuple) else value
        return out

    @property
    def is_empty(self) -> bool:
        """True when nothing is present that a catalog could be searched by."""
        return not (self.title or self.isbn or self.issn or self.lccn or self.control_numbers)

    @property
    def wants_physical(self) -> bool:
        """True when only a tangible carrier will do."""
        return self.format in {RequestedFormat.PHYSICAL, RequestedFormat.PRINT, RequestedFormat.MICROFORM}


def _coerce(name: str, value: Any) -> Any:
    if name in _LIST_FIELDS:
        items = value if isinstance(value, list | tuple) else [value]
        return tuple(text for item in items if item is not None and (text := _text(name, item)))
    if name == "year":
        match = _YEAR.search(str(value))
        if match is None:
            raise CitationError(f"year {value!r} has no four digits")
        return int(match.group())
    if name == "any_edition":
        if isinstance(value, bool):
            return value
        raise CitationError(f"any_edition {value!r} is not true or false")
    if name in {"type", "format"}:
        enum = DocumentType if name == "type" else RequestedFormat
        try:
            return enum(str(value).strip().lower())
        except ValueError:
            raise CitationError(f"{name} {value!r} is not one of {', '.join(enum)}") from None
    return _text(name, value) or None


def _text(name: str, value: Any) -> str:
    """Return text, or a number as text; an identifier or a title may look like a number in JSON or TOML."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).strip()
    raise CitationError(f"{name} {value!r} is not text")


@dataclass(frozen=True, slots=True)
class BorrowingRequest:
    """A request to borrow: an identifier of the caller's own, the citation, and the partner codes to ask, in order.

    An empty ``rota`` means every configured partner, in configuration order.
    """

    citation: Citation
    request_id: str = ""
    rota: tuple[str, ...] = field(default=())
