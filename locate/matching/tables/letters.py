"""Letters that Unicode does not decompose but readers and cataloguers write otherwise."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

__all__ = ["DROPPED", "LETTERS", "MARKS_KEPT"]

LETTERS: Final = MappingProxyType(
    {
        # Latin: what ASCII catalogs write (ALA-LC, and NACO normalisation for the Polish and Nordic letters).
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "\u0259": "e", "\u01dd": "e", "\u0253": "b", "\u0257": "d", "\u0199": "k",
        # Arabic script: letters that Persian and Urdu write with another code, and that Arabic catalogs confuse.
        "\u06cc": "\u064a", "\u0649": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647", "\u06c1": "\u0647",
        "\u06d5": "\u0647",
        "&": " and ",
    }
)  # fmt: skip
"""What stands for a letter after decomposition and case folding."""

DROPPED: Final = (
    "'`\u2018\u2019\u201b\u2032\u00b4"  # apostrophes and what stands for them
    "\u00b7"  # middle dot of Catalan "l·l"
    "\u05f3\u05f4"  # Hebrew geresh and gershayim
    "\u0640"  # Arabic tatweel
    "\u0098\u009c"  # marks of non-sorting characters
)
"""Characters that vanish without parting a word, besides modifier letters, combining marks and format characters."""

MARKS_KEPT: Final = "\u3099\u309a"
"""Combining marks that make another letter: the voicing marks of kana."""
