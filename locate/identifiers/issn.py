"""The International Standard Serial Number; the linking ISSN (ISSN-L) has the same form.

Decides which digits of a text are the ISSN and whether its check digit is right. Whether it is a serial's own number
or its ISSN-L is said by the field it stood in, not by the number. Raises nothing for any text. Source: ISO 3297.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from locate.identifiers.check_digits import modulus_11
from locate.identifiers.plain import beside, plain

__all__ = ["Issn", "parse_issn"]


@dataclass(frozen=True, slots=True)
class Issn:
    """An ISSN found in a text.

    ``raw`` is the text as given; ``issn`` is written 1234-5679, None when the text holds none; ``valid`` says that
    its check digit is right (a wrong one is kept as given); ``qualifier`` is what stood beside it ("online").
    """

    raw: str
    issn: str | None = None
    valid: bool = False
    qualifier: str = ""


_ISSN = re.compile(r"(?<![0-9A-Za-z-])([0-9]{4})\s?-?\s?([0-9]{3}[0-9xX])(?![0-9A-Za-z])")
_LABEL = re.compile(r"^\W*[ep]?-?issn(?:-?l)?\W*", re.IGNORECASE)


def parse_issn(text: str) -> Issn:
    """Find the first ISSN in ``text``. A wrong check digit is kept as given, with ``valid`` False. Source: ISO 3297."""
    bare = _LABEL.sub("", plain(text))
    found = _ISSN.search(bare)
    if found is None:
        return Issn(text)
    digits = (found.group(1) + found.group(2)).upper()
    right = digits[7] == modulus_11(digits[:7])
    return Issn(text, f"{digits[:4]}-{digits[4:]}", valid=right, qualifier=beside(bare[found.end() :]))
