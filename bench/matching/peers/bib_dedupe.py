"""The package bib-dedupe: rules over similarities, made for the articles of a literature review.

Its blocking is left out, since the pairs are given; preparing and matching are the package's own, in one process.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from bench.matching.peers.peer import Description, Side, describe

__all__ = ["BibDedupe"]

_METHOD = "bib-dedupe"
_SCORES = {"duplicate": 1.0, "maybe": 0.5}


class BibDedupe:
    """`prep` and `match`: "duplicate" scores 1, "maybe" 0.5; by default only the first is accepted."""

    methods: Mapping[str, float | None] = {_METHOD: 1.0}
    limit = 1000

    def __init__(self) -> None:
        self._frames = importlib.import_module("pandas")
        with warnings.catch_warnings(action="ignore"):  # it sets an option that pandas has given up
            self._library = importlib.import_module("bib_dedupe.bib_dedupe")

    def prepare(self, sides: Sequence[Side]) -> list[Any]:
        """Return a prepared row, field by name, for each side."""
        rows = [_row(str(number), describe(side)) for number, side in enumerate(sides)]
        with warnings.catch_warnings(action="ignore"):
            prepared = self._library.prep(self._frames.DataFrame(rows), verbosity_level=0, cpu=1)
        rows_found: list[Any] = prepared.to_dict("records")
        return rows_found

    def scores(self, pairs: Sequence[tuple[Any, Any]]) -> dict[str, list[float]]:
        """Return the scores of the labels given."""
        rows = [_joined(left, right) for left, right in pairs]
        with warnings.catch_warnings(action="ignore"):
            found = self._library.match(self._frames.DataFrame(rows), verbosity_level=0, cpu=1)
        labels = {(row["ID_1"], row["ID_2"]): row["duplicate_label"] for row in found.to_dict("records")}
        return {_METHOD: [_SCORES.get(labels.get((left["ID"], right["ID"]), ""), 0.0) for left, right in pairs]}


def _row(identifier: str, one: Description) -> dict[str, str]:
    """Return the fields by the package's names; a book's title is also its container."""
    return {
        "ID": identifier,
        "ENTRYTYPE": "book",
        "title": one.title,
        "author": " and ".join(one.authors),
        "year": str(one.year or ""),
        "volume": one.volume,
    }


def _joined(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{name}_1": value for name, value in left.items()} | {f"{name}_2": value for name, value in right.items()}
