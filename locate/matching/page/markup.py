"""Text made fit for HTML: escaped, without control characters, long values cut with the whole in a title.

The one place where text from outside becomes markup. Raises nothing.
"""

from __future__ import annotations

from html import escape
from typing import Final

from locate.text import visible

__all__ = ["NOTHING", "attribute", "text", "value"]

SHOWN_CHARACTERS: Final = 160
NOTHING: Final = '<span class="nothing">&ndash;</span>'


def text(content: str) -> str:
    """Return ``content`` as HTML text."""
    return escape(visible(content), quote=False)


def attribute(content: str) -> str:
    """Return ``content`` for an attribute's value in double quotes."""
    return escape(visible(content))


def value(content: str) -> str:
    """Return a value of a citation or a record as an element of its own, its direction by its own letters.

    More than 160 characters are cut, and then the title holds all of them; a dash stands for an empty text.
    """
    if not content.strip():
        return NOTHING
    if len(content) <= SHOWN_CHARACTERS:
        return f'<bdi dir="auto">{text(content)}</bdi>'
    return f'<bdi dir="auto" title="{attribute(content)}">{text(content[:SHOWN_CHARACTERS].rstrip())}…</bdi>'
