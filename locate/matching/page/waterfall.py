"""The points of a match as a waterfall: each feature's bar begins where the one before it ended. Inline SVG.

Decides geometry only; colours are the style sheet's. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from locate.matching import Evidence, Match
from locate.matching.page.facts import field_label, finding_label, signed
from locate.matching.page.markup import attribute, text

__all__ = ["waterfall"]

_WIDTH: Final = 760
_LEFT: Final = 200  # pixels for the names of the features
_RIGHT: Final = 56  # pixels for the last bar's number
_TOP: Final = 26
_ROW: Final = 22
_BAR: Final = 14
_NAME_CHARACTERS: Final = 30


@dataclass(frozen=True, slots=True)
class _Scale:
    """Points to pixels: ``low`` points stand at the left end, ``high`` at the right one."""

    low: int
    high: int

    def x(self, points: int) -> float:
        share = (points - self.low) / (self.high - self.low)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


@dataclass(frozen=True, slots=True)
class _Bar:
    """One row: ``name``, the sum ``before`` and ``after``, ``kind`` (up, down, sum), ``number``, ``why``."""

    name: str
    before: int
    after: int
    kind: str
    number: str
    why: str


def waterfall(match: Match, accept: int) -> str:
    """Return the figure: a row for each feature with points, their sum, and the line of ``accept`` points."""
    bars = list(_bars(match))
    sums = [0, accept, *(bar.after for bar in bars)]
    scale = _Scale(min(sums), max(*sums, 1))
    height = _TOP + _ROW * len(bars) + 6
    label = f"Waterfall of points: the features add up to {match.score}, the same item from {accept}."
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    lines = [
        f'<svg class="waterfall" {size} role="img" aria-label="{attribute(label)}">',
        *_guide(scale.x(0), height, "zero", "0"),
        *(line for row, bar in enumerate(bars) for line in _drawn(row, bar, scale)),
        *_guide(scale.x(accept), height, "accept", f"same from {signed(accept, plus='')}"),
        "</svg>",
    ]
    return "\n".join(lines)


def _bars(match: Match) -> Iterator[_Bar]:
    before = 0
    for one in match.evidence:
        if one.weight:
            after = before + one.weight
            yield _Bar(_name(one), before, after, "up" if one.weight > 0 else "down", signed(one.weight), one.why)
            before = after
    yield _Bar("Sum", 0, match.score, "sum", signed(match.score, plus=""), "All points together.")


def _name(one: Evidence) -> str:
    detail = finding_label(one.feature)
    name = f"{field_label(one.feature)} · {detail}" if detail else field_label(one.feature)
    return name if len(name) <= _NAME_CHARACTERS else f"{name[: _NAME_CHARACTERS - 1]}…"


def _guide(x: float, height: int, kind: str, label: str) -> Iterator[str]:
    yield f'<line class="{kind}" x1="{x}" y1="{_TOP - 6}" x2="{x}" y2="{height - 4}"/>'
    yield f'<text class="{kind}" x="{x}" y="{_TOP - 11}" text-anchor="middle">{text(label)}</text>'


def _drawn(row: int, bar: _Bar, scale: _Scale) -> Iterator[str]:
    """Yield the row's name, its bar, the step down to the next row, and the number."""
    top = _TOP + row * _ROW + (_ROW - _BAR) // 2
    base = top + _BAR - 3
    end = scale.x(bar.after)
    left, right = sorted((scale.x(bar.before), end))
    yield f'<text class="name" x="{_LEFT - 12}" y="{base}" text-anchor="end">{text(bar.name)}</text>'
    shape = f'x="{left}" y="{top}" width="{max(right - left, 1):.1f}" height="{_BAR}" rx="2"'
    yield f'<rect class="{bar.kind}" {shape}><title>{text(bar.why)}</title></rect>'
    if bar.kind != "sum":
        yield f'<line class="step" x1="{end}" y1="{top + _BAR}" x2="{end}" y2="{top + _ROW}"/>'
    yield f'<text class="number {bar.kind}" x="{right + 7}" y="{base}">{text(bar.number)}</text>'
