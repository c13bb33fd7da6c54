"""The table of a benchmark: figures of each round, bars, and whether the figures meet them.

Decides nothing about what is measured. Every figure shown is the median of the rounds, and a ratio is that of two
medians, so that a reader can check it in the table.
"""

from __future__ import annotations

import operator
import statistics
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

__all__ = ["OURS", "PERL", "ZOOM_C", "Bar", "Row", "at_least", "at_most", "below", "lines"]

OURS: Final = "ours"
ZOOM_C: Final = "ZOOM C"
PERL: Final = "Perl ZOOM"
_RELATIONS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure of ours must be: compared as it is, or, when ``against`` names a client, its ratio to that one's.

    ``text`` replaces the words that say so, where they would not be the ones the bar was given in.
    """

    relation: str
    limit: float
    against: str = ""
    text: str = ""

    def __str__(self) -> str:
        factor = f" x {self.against}" if self.against else ""
        return self.text or f"{self.relation} {self.limit:g}{factor}"


def at_most(limit: float, against: str = "", text: str = "") -> Bar:
    """Return the bar "at most"."""
    return Bar("<=", limit, against, text)


def at_least(limit: float, against: str = "") -> Bar:
    """Return the bar "at least"."""
    return Bar(">=", limit, against)


def below(limit: float, against: str = "", text: str = "") -> Bar:
    """Return the bar "less than"."""
    return Bar("<", limit, against, text)


@dataclass
class Row:
    """One line: a piece of work, its ``unit``, its bars, and for each client one figure a round."""

    work: str
    unit: str
    bars: Sequence[Bar] = ()
    figures: dict[str, list[float]] = field(default_factory=dict)

    def add(self, client: str, figure: float) -> None:
        """Add the next round's figure of a client."""
        self.figures.setdefault(client, []).append(figure)

    def median(self, client: str) -> float | None:
        """Return the median of a client's figures; None when it does not do this work."""
        return statistics.median(self.figures[client]) if self.figures.get(client) else None

    def ratio(self, against: str) -> float | None:
        """Return ours / theirs, of the medians; None when either does not do this work."""
        ours, theirs = self.median(OURS), self.median(against)
        return ours / theirs if ours is not None and theirs else None

    def meets(self, bar: Bar) -> bool:
        """Compare the figures with ``bar``."""
        figure = self.ratio(bar.against) if bar.against else self.median(OURS)
        return figure is not None and _RELATIONS[bar.relation](figure, bar.limit)

    def to_mapping(self) -> dict[str, Any]:
        """Return the row for JSON, every figure included."""
        return {
            "work": self.work,
            "unit": self.unit,
            "medians": {client: self.median(client) for client in self.figures},
            "ratios": {other: self.ratio(other) for other in self.figures if other != OURS},
            "bars": [{"bar": str(bar), "meets": self.meets(bar)} for bar in self.bars],
            "figures": self.figures,
        }

    def cells(self, clients: Sequence[str]) -> tuple[str, ...]:
        """Return the row's texts, in the order of the heading: figures of the clients, ratios to all but the first."""
        return (
            self.work,
            *(_shown(self.median(client)) for client in clients),
            self.unit,
            *(_shown(self.ratio(other)) for other in clients[1:]),
            ", ".join(map(str, self.bars)),
            ", ".join("meets" if self.meets(bar) else "misses" for bar in self.bars),
        )


def lines(rows: Iterable[Row], clients: Sequence[str] = (OURS, ZOOM_C, PERL)) -> list[str]:
    """Return the table as lines of text, its columns as wide as they must be; ``clients`` begins with ours."""
    heading = ("work", *clients, "unit", *(f"/ {other}" for other in clients[1:]), "bar", "")
    table = [heading, *(row.cells(clients) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    texts = (0, 1 + len(clients), len(heading) - 2, len(heading) - 1)
    return ["  ".join(_aligned(cells, widths, texts)).rstrip() for cells in table]


def _aligned(cells: Sequence[str], widths: Sequence[int], texts: Container[int]) -> Iterable[str]:
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        yield cell.ljust(width) if index in texts else cell.rjust(width)


def _shown(figure: float | None) -> str:
    if figure is None:
        return "-"
    decimals = 0 if abs(figure) >= 100 else 1 if abs(figure) >= 10 else 2
    return f"{figure:,.{decimals}f}"
