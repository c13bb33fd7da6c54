"""Small tables of words and letters that the normalisation reads: data, each in one place and with its source."""

from __future__ import annotations

__all__ = ["word_set"]


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``: the readable way to write a set of many words."""
    return frozenset(text.split())
