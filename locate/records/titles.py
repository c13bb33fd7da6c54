"""The titles of a record, each from the field that holds it.

Decides which subfields make a title, and cuts contents notes into the titles they list. What a title is worth, and
what in it names a part, is for matching to say. Raises nothing. Source: MARC 21 Bibliographic 130, 210-247, 440, 490,
505, 730, 740, 830.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from locate.records.content import Content
from locate.records.elements import TRAILING_ISBD, DataField, PartLabel, Title

__all__ = ["contents", "join", "series", "title", "variant_titles", "volumes"]

_VARIANTS: Final = {
    "130": "anp",
    "210": "a",
    "222": "a",
    "240": "anp",
    "246": "abnp",
    "247": "abnp",
    "730": "anp",
    "740": "anp",
}
_SERIES: Final = ("440", "490", "830")
_CONTENTS_CUT: Final = re.compile(r" --|-- |--$")


def join(field: DataField, codes: str) -> str:
    """Return the texts of the subfields in ``codes``, in record order, joined by single blanks."""
    return " ".join([stripped for code, text in field.subfields if code in codes and (stripped := text.strip())])


def title(field: DataField) -> Title:
    """Return the title of a 245, or of an 880 linked to one; each $p joins the $n before it."""
    texts: dict[str, list[str]] = {"a": [], "b": [], "c": [], "h": []}
    parts: list[PartLabel] = []
    pending = ""
    for code, text in field.subfields:
        bare = text.strip()
        if code in texts:
            if bare:
                texts[code].append(bare)
        elif code == "n":
            if pending:
                parts.append(PartLabel(number=pending))
            pending = bare
        elif code == "p":
            parts.append(PartLabel(pending, bare))
            pending = ""
    if pending:
        parts.append(PartLabel(number=pending))
    proper, remainder, responsibility, medium = (" ".join(found) for found in texts.values())
    return Title(
        proper,
        remainder,
        responsibility,
        medium,
        parts=tuple(parts),
        nonfiling=int(field.ind2) if field.ind2.isdecimal() else 0,
    )


def volumes(fields: Sequence[DataField]) -> tuple[str, ...]:
    """Return the $n of 245.

    The $v of 490 and 830 numbers the item in a series, and a count in 300 $a ("3 v.") says how many there are: neither
    is this record's volume.
    """
    return tuple([number.strip(TRAILING_ISBD) for field in fields[:1] for number in field.all("n")])


def variant_titles(content: Content, vernacular: Mapping[str, Sequence[DataField]]) -> tuple[str, ...]:
    """Return the titles of 130 to 740, each tag followed by the 880 fields linked to it, without repeats."""
    found = [(field.tag, field) for field in content.each(_VARIANTS)]
    if vernacular:
        found += [(tag, field) for tag in _VARIANTS if tag in vernacular for field in vernacular[tag]]
        found.sort(key=itemgetter(0))  # which is the order of the table
    texts = [join(field, _VARIANTS[tag]) for tag, field in found]
    return tuple(dict.fromkeys([text for text in texts if text]))


def series(content: Content) -> tuple[str, ...]:
    """Return the titles of 440, 490 and 830, each with its parts and $v, unpunctuated at the end, without repeats."""
    texts = (join(field, "anpv").strip(TRAILING_ISBD + ".") for field in content.each(_SERIES))
    return tuple(dict.fromkeys(text for text in texts if text))


def contents(fields: Sequence[DataField]) -> Iterator[str]:
    """Yield the titles of 505: each $t, else $a cut at " -- ", without statements of responsibility."""
    for field in fields:
        titles = field.all("t")
        if not titles:
            titles = [part for text in field.all("a") for part in _CONTENTS_CUT.split(" ".join(text.split()))]
        for each in titles:
            bare = each.split(" / ", 1)[0].strip(TRAILING_ISBD + "-")
            if bare:
                yield bare
