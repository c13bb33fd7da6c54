"""The Superintendent of Documents classification number of United States government publications (SuDoc).

Decides one form for the many ways in which catalogs space, capitalise and punctuate the same number, and whether a
text has the form of one. The item number of field 074 is no SuDoc number: it names a selection category that
thousands of titles share. Raises nothing for any text. Source: U.S. Government Publishing Office, "Superintendent of
Documents (SuDocs) Classification Scheme"; MARC 21 field 086.
"""

from __future__ import annotations

import re

from locate.identifiers.number import StandardNumber
from locate.identifiers.plain import plain

__all__ = ["parse_sudoc"]

_LABEL = re.compile(r"^\W*su-?docs?(?: (?:no|number|class))?(?:\W+|(?=[0-9]))", re.IGNORECASE)
_RUNS = re.compile(r"[0-9]+|[^\W\d_]+|[\W_]+")
# An author symbol, its number and a series ("Y 4.C 73/7:"); a Congress and session ("94-2:H.RP.1142"); the journals and
# the record of Congress ("XJS:", "X 96-2:").
_FORM = re.compile(r"(?:[A-Z]{1,5} [0-9]{1,3}\.[0-9A-Z][^:]*|[0-9]{1,3}-[1-4]|X(?:JH|JS)?(?: [0-9]{1,3}-[1-4])?):.*")


def parse_sudoc(text: str) -> StandardNumber:
    """Read a SuDoc number: "Y4.C73/7:s. hrg.109-1092" gives "Y 4.C 73/7:S HRG 109-1092".

    The value is in capitals; colon, slash and hyphen keep apart what they keep apart; anything else between two runs
    of letters or digits is a full stop after digits in the class stem, before the colon, and a blank elsewhere. What
    ends it is dropped, except the colon of a bare class stem ("MS 2.1:").
    """
    pieces: list[str] = []
    between = ""
    in_stem = True
    for run in _RUNS.findall(_LABEL.sub("", plain(text)).upper()):
        if not run[0].isalnum():
            between = run
            continue
        if pieces:
            mark = _mark(between, after_digits_of_stem=in_stem and pieces[-1].isdigit())
            in_stem = in_stem and mark != ":"
            pieces.append(mark)
        pieces.append(run)
        between = ""
    if in_stem and pieces and ":" in between:
        pieces.append(":")
    value = "".join(pieces)
    return StandardNumber(text, value, valid=_FORM.fullmatch(value) is not None)


def _mark(between: str, *, after_digits_of_stem: bool) -> str:
    """Return what stands in the value for the signs found ``between`` two runs of letters or digits."""
    for sign in ":/-":
        if sign in between:
            return sign
    return "." if after_digits_of_stem else " "
