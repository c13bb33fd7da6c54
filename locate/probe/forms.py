"""Forms of a search: the lists of Bib-1 attributes that one use attribute is tried with, the plainest first.

Decides which forms there are and in what order they are worth a search. Pure data and pure functions; raises nothing.
Source: Bib-1 (Z39.50-2003 Appendix ATR); which forms real servers want is in docs/quirks.md [12, 21].
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Attributes", "Style", "full", "number_forms", "plain", "style_of", "word_forms", "written"]

Attributes = tuple[tuple[int, int], ...]

_PHRASE, _WORD, _WORD_LIST = 1, 2, 6


class Style(StrEnum):
    """What a server wants besides the use attribute: nothing, a structure where it matters, or every type."""

    BARE = "bare"
    PLAIN = "plain"
    FULL = "full"


def plain(use: int, structure: int | None = None) -> Attributes:
    """Return use and, when given, structure."""
    return ((1, use),) if structure is None else ((1, use), (4, structure))


def full(use: int, structure: int) -> Attributes:
    """Return an attribute of every type: equal, any position, the structure, not truncated, incomplete subfield."""
    return ((1, use), (2, 3), (3, 3), (4, structure), (5, 100), (6, 1))


def word_forms(use: int, style: Style) -> list[Attributes]:
    """Return the forms in which a list of words is searched, the one that fits ``style`` first."""
    forms = {
        Style.PLAIN: [plain(use, _WORD_LIST)],
        Style.FULL: [full(use, _WORD_LIST), full(use, _WORD)],
        Style.BARE: [plain(use), plain(use, _WORD)],
    }
    return _ordered(forms, style)


def number_forms(use: int, style: Style) -> list[Attributes]:
    """Return the forms in which a number is searched, the one that fits ``style`` first."""
    forms = {
        Style.PLAIN: [plain(use)],
        Style.FULL: [full(use, _PHRASE), full(use, _WORD)],
        Style.BARE: [((1, use), (5, 1)), plain(use, _WORD)],
    }
    if style is Style.BARE:
        return [plain(use), *forms[Style.BARE], *forms[Style.FULL]]
    return _ordered(forms, style)


def _ordered(forms: dict[Style, list[Attributes]], style: Style) -> list[Attributes]:
    return [form for key in sorted(forms, key=lambda each: each is not style) for form in forms[key]]


def style_of(attributes: Attributes) -> Style:
    """Return the style that a list of attributes is of."""
    if len(attributes) == 1:
        return Style.BARE
    return Style.FULL if len(attributes) > 2 else Style.PLAIN


def written(attributes: Attributes) -> str:
    """Return attributes as a profile has them: "1=4 4=6"."""
    return " ".join(f"{kind}={value}" for kind, value in attributes)
