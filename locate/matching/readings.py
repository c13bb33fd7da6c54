"""Read the small things that both sides have: language codes and page numbers. Raises nothing."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["UNTOLD", "language_code", "largest_page"]

UNTOLD: Final = frozenset(["und", "mul", "zxx", "   ", "|||", ""])
"""Language codes that say nothing."""

_SAME_LANGUAGE: Final = {
    "deu": "ger", "fra": "fre", "nld": "dut", "ces": "cze", "ell": "gre", "zho": "chi", "ron": "rum", "slk": "slo",
    "scr": "hrv", "scc": "srp", "fas": "per", "isl": "ice", "cym": "wel",
    "en": "eng", "de": "ger", "fr": "fre", "es": "spa", "it": "ita", "nl": "dut", "fi": "fin", "sv": "swe",
    "ru": "rus", "pt": "por", "ja": "jpn", "zh": "chi", "pl": "pol", "da": "dan", "no": "nor",
}  # fmt: skip
_PAGE: Final = re.compile(r"\d{1,5}")


def language_code(code: str) -> str:
    """Return the MARC code of a language given as MARC or ISO 639 code."""
    code = code.strip().casefold()
    return _SAME_LANGUAGE.get(code, code)


def largest_page(text: str) -> int:
    """Return the largest number of up to five digits in ``text``, 0 when it has none."""
    return max(map(int, _PAGE.findall(text)), default=0)
