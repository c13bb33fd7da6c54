"""What is wanted: a citation, and the requests that carry one.

A citation is what an interlibrary-loan request knows of an item. Every field may be absent; absent means "not
said", never "none". Decides how text from outside becomes a field (docs/citation.md has the table). Nothing here
searches or judges. Raises CitationError for a value that cannot be meant.
"""
# ruff: noqa: PLC0415 - locate.names loads rapidfuzz, which only a mistake needs

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from locate.errors import CitationError

__all__ = ["BorrowingRequest", "Citation", "DocumentType", "Intent", "LendingRequest", "RequestedFormat", "read_intent"]


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


class Intent(StrEnum):
    """How much of a set or serial is wanted: the whole, one part of it, or any."""

    WHOLE = "whole"
    VOLUME = "volume"
    ANY = "any"


_YEAR = re.compile(r"\d{4}")
# What stands where a year is not known: "19uu", "198-?" (any digit), "uuuu", "[n.d.]", "s.a.", "o. J.", "in press".
_NO_YEAR = re.compile(r"\d|^[\W_]*(?:u*|n\W*d|s\W*a|o\W*j|no date|undated|in press|forthcoming)[\W_]*$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")

_Reader = Callable[[str, Any], Any]
"""The name of a field and its value as given; returns None when absent, raises CitationError."""


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

        A string where a list is meant is a list of one; a number where text is meant is that text. The year of a text
        is its first four digits: 1950 of "ca. 1950", 1850 of "1850-55", none of "19uu" and "n.d.". Empty texts, empty
        lists and None count as absent, and so does a language without a letter ("|||"). Raises CitationError naming
        the field, with the nearest known name when a field or a word of ``type`` or ``format`` is misspelt.
        """
        if not isinstance(data, Mapping):
            raise CitationError(f"a citation is an object of fields and values, not {_kind(data)}")
        unknown = sorted(str(name) for name in data.keys() - _READERS.keys())
        if unknown:
            raise _unknown_field(unknown[0])
        given = {name: value for name, value in data.items() if value not in (None, "", [], ())}
        values = {name: _READERS[name](name, value) for name, value in given.items()}
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


def _text(name: str, value: Any) -> str | None:
    """Return text, or a whole number as text; an identifier or a title may look like a number in JSON or TOML."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise CitationError(f"{name} is text, not {_kind(value)}")
    return value.strip() or None


def _texts(name: str, value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(text for item in items if item is not None and (text := _text(name, item)))


def _year(name: str, value: Any) -> int | None:
    """Return the first four digits of a text, None when it says that the year is not known."""
    text = _text(name, value)
    if text is None:
        return None
    found = _YEAR.fullmatch(text) if isinstance(value, int) else _YEAR.search(text)
    if found is not None:
        return int(found.group()) or None
    if isinstance(value, str) and _NO_YEAR.search(text):
        return None
    raise CitationError(f"year {_quoted(text)} has no four digits")


def _language(name: str, value: Any) -> str | None:
    text = _text(name, value)
    return text if text and _LETTER.search(text) else None


def _flag(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise CitationError(f"{name} is true or false, not {_kind(value)}")


def _word_of(words: type[StrEnum]) -> _Reader:
    """Return the reader of a field whose values are the words of an enumeration."""

    def read(name: str, value: Any) -> StrEnum | None:
        text = _text(name, value)
        if text is None:
            return None
        try:
            return words(text.casefold())
        except ValueError:
            raise _unknown_word(name, text, words) from None

    return read


def _kind(value: Any) -> str:
    """Say what stands where another kind of value is meant."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str | int | float):
        return f"the {'text' if isinstance(value, str) else 'number'} {_quoted(str(value))}"
    return "an object" if isinstance(value, Mapping) else f"a {type(value).__name__}"


def _quoted(text: str) -> str:
    from locate.names import shortened

    return shortened(text)


def _unknown_field(name: str) -> CitationError:
    from locate.names import unknown_name

    return CitationError(unknown_name("citation field", name, _READERS))


def _unknown_word(name: str, text: str, words: type[StrEnum]) -> CitationError:
    from locate.names import nearest

    close = nearest(text, map(str, words))
    advice = f"; did you mean {close!r}?" if close else ""
    return CitationError(f"{name} {_quoted(text)} is not one of {', '.join(words)}{advice}")


_READERS: Mapping[str, _Reader] = {
    **{each.name: _text for each in fields(Citation)},
    "isbn": _texts,
    "issn": _texts,
    "control_numbers": _texts,
    "year": _year,
    "language": _language,
    "type": _word_of(DocumentType),
    "format": _word_of(RequestedFormat),
    "any_edition": _flag,
}
"""How each field is read; most are plain text."""


def read_intent(text: str | None) -> Intent | None:
    """Return the intent that ``text`` names, in any case; None for None. Raises CitationError for any other word."""
    return None if text is None else _word_of(Intent)("intent", text)


@dataclass(frozen=True, slots=True)
class BorrowingRequest:
    """A request to borrow: an identifier of the caller's own, the citation, and the partner codes to ask, in order.

    An empty ``rota`` means every configured partner, in configuration order. ``intent`` None means "one part" when the
    citation names a part or is of an article, else "any". ``override_ownership``: ask the partners even when the own
    catalog has it available.
    """

    citation: Citation
    request_id: str = ""
    rota: tuple[str, ...] = field(default=())
    intent: Intent | None = None
    override_ownership: bool = False


@dataclass(frozen=True, slots=True)
class LendingRequest:
    """A partner's request to borrow from this library.

    ``partner`` is the code of the library that asks, ``level_of_service`` its own word for the service it wants
    ("Express"); "" means not said. ``intent`` is as in a `BorrowingRequest`.
    """

    citation: Citation
    request_id: str = ""
    partner: str = ""
    level_of_service: str = ""
    intent: Intent | None = None

    @property
    def is_digital(self) -> bool:
        """True when only an electronic copy will do."""
        return self.citation.format is RequestedFormat.ELECTRONIC
