"""Standard numbers by the kind that a record names: MARC 21 field 024, first indicator or $2.

Decides which parser reads which kind. A kind without a parser keeps its text: nothing is known against it. Raises
nothing for any text.
"""

from __future__ import annotations

from collections.abc import Callable

from locate.identifiers.gtin import parse_gtin
from locate.identifiers.ismn import parse_ismn
from locate.identifiers.isrc import parse_isrc
from locate.identifiers.number import StandardNumber
from locate.identifiers.persistent import parse_doi, parse_handle, parse_urn
from locate.identifiers.plain import plain

__all__ = ["parse_standard_number"]

# The codes are those of the Library of Congress, "Standard Identifier Source Codes", and the words of 024's indicator.
_PARSERS: dict[str, Callable[[str], StandardNumber]] = {
    "doi": parse_doi,
    "ean": parse_gtin,
    "gtin-14": parse_gtin,
    "hdl": parse_handle,
    "ismn": parse_ismn,
    "isrc": parse_isrc,
    "upc": parse_gtin,
    "urn": parse_urn,
}


def parse_standard_number(text: str, kind: str) -> StandardNumber:
    """Read ``text`` as a number of ``kind`` ("ean", "doi", "ismn" ...; case does not count).

    A text that holds no number of the kind, or whose kind has no parser, comes back with plain characters and single
    blanks; only the first is not valid.
    """
    parser = _PARSERS.get(kind.lower())
    if parser is None:
        return StandardNumber(text, plain(text), valid=True)
    found = parser(text)
    return found if found.value else StandardNumber(text, plain(text))
