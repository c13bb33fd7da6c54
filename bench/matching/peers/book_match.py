"""The package book-match: weighted similarity of title, authors, year and language, ISBN before all."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from bench.matching.peers.peer import Description, Side, describe

__all__ = ["BookMatch"]

_METHOD = "book-match"
_LENGTHS = {"isbn_10": 10, "isbn_13": 13}


class BookMatch:
    """`BookMatcher.match` with its default configuration; it accepts from ``auto_accept_threshold``."""

    limit = 0

    def __init__(self) -> None:
        self._library = importlib.import_module("book_match")
        self._matcher = self._library.BookMatcher()
        self.methods: Mapping[str, float | None] = {_METHOD: self._matcher.config.auto_accept_threshold}

    def prepare(self, sides: Sequence[Side]) -> list[Any]:
        """Return a `Book` for each side."""
        return [self._book(describe(side)) for side in sides]

    def _book(self, one: Description) -> Any:
        isbns = {
            name: next((isbn for isbn in one.isbns if len(isbn) == length), None) for name, length in _LENGTHS.items()
        }
        return self._library.Book(
            title=one.title or None,
            authors=one.authors,
            language=one.language or None,
            year=one.year,
            publisher=one.publisher or None,
            **isbns,
        )

    def scores(self, pairs: Sequence[tuple[Any, Any]]) -> dict[str, list[float]]:
        """Return the confidence, 0 to 1."""
        return {_METHOD: [self._matcher.match(left, right).confidence for left, right in pairs]}
