"""Control numbers: the number of a record in one system, and the agency whose system it is.

Decides whose number it is and its one spelling. Bare digits belong to nobody: the same digits of another system are
another record. Raises nothing for any text. Source: MARC 21 fields 001, 003, 019, 035; OCLC, "Bibliographic Formats
and Standards", control numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from locate.identifiers.plain import plain

__all__ = ["MELINDA", "OCLC", "ControlNumber", "parse_control_number"]

OCLC = "OCoLC"
"""The MARC organization code that marks a control number as OCLC's."""

MELINDA = "FI-MELINDA"
"""The MARC organization code of the Finnish union catalog."""


@dataclass(frozen=True, slots=True)
class ControlNumber:
    """A system control number.

    ``source`` is the agency's code ("OCoLC", "DE-101", "" when not said); ``number`` stands without prefix and, when
    it is all digits, without leading zeros; ``raw`` is the text as given.
    """

    source: str
    number: str
    raw: str

    def __str__(self) -> str:
        return f"({self.source}){self.number}" if self.source else self.number


_NO_SOURCE = re.compile(r"(?:\s*\(\s*\))*\s*")
_WITH_SOURCE = re.compile(r"\(([^()]+)\)(.*)", re.DOTALL)
_OCLC_SOURCE = re.compile(r"(?:ocolc|oclc)(?:-[a-z]+)?", re.IGNORECASE)
_OCLC_BODY = re.compile(r"(?:ocm|ocn|on)?\s*([0-9]+)", re.IGNORECASE)
_OCLC_BARE = re.compile(
    r"(?:ocm|ocn|on|(?:ocolc|oclc)(?:num| ?no\.?| ?number)?\s?[:#-]?"
    r"|info:oclcnum/|https?://(?:www\.)?worldcat\.org/oclc/)\s*([0-9]+)",
    re.IGNORECASE,
)
# The Finnish union catalog Melinda, as its systems write it: FCC before the nine digits, or its base FIN01 as agency.
_MELINDA = re.compile(r"(?:FCC|\(FIN01\)\s*(?:FCC)?)([0-9]{9})", re.IGNORECASE)
# Other systems keep the number under their own code as OCLC exported it: "(Sirsi) ocm36728422".
_OCLC_EXPORTED = re.compile(r"oc[mn]([0-9]{8,})", re.IGNORECASE)
_CHECK_X = re.compile(r"[0-9]-?x\Z")


def parse_control_number(text: str) -> ControlNumber:
    """Take a control number apart: "(OCoLC)ocm00012345", "ocn936082941", "(DE-101)1023456789", "12345".

    The prefixes ocm, ocn and on and the variants (OCLC), (OCoLC-M), (OCoLC-I) all mean OCLC; ocm and ocn with their
    eight digits or more do so after any agency's code. FCC and (FIN01) before nine digits mean FI-MELINDA. Bare digits
    have source "": what system they belong to is not known. Source: MARC 21 fields 001, 003, 019, 035.
    """
    bare = _NO_SOURCE.sub("", plain(text), count=1).rstrip(" .;,")  # linking entries end in ISBD punctuation
    melinda = _MELINDA.fullmatch(bare)
    if melinda:
        return ControlNumber(MELINDA, _canonical(melinda.group(1)), text)
    marked = _WITH_SOURCE.fullmatch(bare)
    if marked is None:
        oclc = _OCLC_BARE.fullmatch(bare)
        return (
            ControlNumber(OCLC, _canonical(oclc.group(1)), text) if oclc else ControlNumber("", _canonical(bare), text)
        )
    source, number = (part.strip() for part in marked.groups())
    oclc = (_OCLC_BODY if _OCLC_SOURCE.fullmatch(source) else _OCLC_EXPORTED).fullmatch(number)
    if oclc:
        return ControlNumber(OCLC, _canonical(oclc.group(1)), text)
    return ControlNumber(OCLC if _OCLC_SOURCE.fullmatch(source) else source, _canonical(number), text)


def _canonical(number: str) -> str:
    """Return ``number`` without leading zeros when it is all digits, and with its check character X in upper case."""
    if number.isascii() and number.isdigit():
        return number.lstrip("0") or "0"
    return number[:-1] + "X" if _CHECK_X.search(number) else number
