"""Figures as lines of text: a measure against its bar, and plain tables.

Decides whether a bar is met; knows nothing of how the figures came about. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Check", "Measure", "at_least", "at_most", "measures_table", "table"]


@dataclass(frozen=True, slots=True)
class Check:
    """One figure held against its bar: at least ``limit``, or, when ``most`` is true, at most.

    ``form`` is how the figure and the bar are written (".3f", ".1%", ",.0f"), ``name`` what the figure is.
    """

    name: str
    figure: float
    limit: float
    most: bool = False
    form: str = ".4f"

    @property
    def met(self) -> bool:
        """Whether the figure meets the bar."""
        return self.figure <= self.limit if self.most else self.figure >= self.limit

    @property
    def shown(self) -> str:
        """The figure, with its name."""
        return f"{self.name} {format(self.figure, self.form)}".strip()

    @property
    def bar(self) -> str:
        """The bar, as it is written in the table."""
        limit = f"{self.limit:g}" if self.form.endswith("f") and self.limit < 1000 else format(self.limit, self.form)
        return f"{'<=' if self.most else '>='} {limit}"


def at_least(name: str, figure: float, limit: float, form: str = ".4f") -> Check:
    """Return a check whose figure must not be below ``limit``."""
    return Check(name, figure, limit, form=form)


def at_most(name: str, figure: float, limit: float, form: str = ".4f") -> Check:
    """Return a check whose figure must not be above ``limit``."""
    return Check(name, figure, limit, most=True, form=form)


@dataclass(frozen=True, slots=True)
class Measure:
    """A row: what is measured, the figures with their bars, and ``beside``, figures that no bar is set for.

    Without checks the row is not there to be met: ``beside`` says why.
    """

    name: str
    checks: tuple[Check, ...] = ()
    beside: str = ""

    @property
    def met(self) -> bool:
        """Whether every bar is met; False when there is nothing to hold against one."""
        return bool(self.checks) and all(check.met for check in self.checks)

    def to_mapping(self) -> dict[str, Any]:
        """Return the row as JSON-ready values."""
        return {
            "name": self.name,
            "figures": [
                {"name": one.name, "figure": one.figure, "bar": one.bar, "met": one.met} for one in self.checks
            ],
            "beside": self.beside,
            "met": self.met,
        }

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the row: name, figures, bars, met or missed, beside."""
        shown = ", ".join(check.shown for check in self.checks) or "-"
        bars = ", ".join(check.bar for check in self.checks)
        verdict = ("met" if self.met else "missed") if self.checks else "not there"
        return (self.name, shown, bars, verdict, self.beside)


def measures_table(measures: Iterable[Measure]) -> list[str]:
    """Return the table of measures as lines."""
    return table(("measure", "figure", "bar", "", "beside"), [one.cells() for one in measures], texts=5)


def table(heading: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> list[str]:
    """Return lines with columns as wide as they must be: the first ``texts`` to the left, the others to the right."""
    lines = [heading, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(_aligned(cells, widths, texts)).rstrip() for cells in lines]


def _aligned(cells: Sequence[str], widths: Sequence[int], texts: int) -> Iterable[str]:
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        yield cell.ljust(width) if index < texts else cell.rjust(width)
