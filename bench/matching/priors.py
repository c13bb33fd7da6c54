"""Points set by hand, towards which the fit is drawn: for features that the labelled pairs hardly show.

Numbers that only a request with a number can bring (the pairs' citations have no LCCN and no control number), and what
the field knows for certain: a control number of the same agency is the same record, a linking field names another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["PRIORS"]

PRIORS: Final[Mapping[str, int]] = {
    "lccn.equal": 60,
    "lccn.cancelled": 20,
    "lccn.conflict": -10,
    "control.equal": 70,
    "control.other_format": -60,
    "control.part": -60,
    "control.other_serial": -60,
    "control.other_edition": -50,
    "control.conflict": -10,
    "issn.equal": 40,
    "issn.weak": 15,
    "issn.other_format": -20,
    "issn.part": -40,
    "issn.other_serial": -50,
    "issn.other_edition": -40,
    "issn.conflict": -20,
    "isbn.equal": 30,
    "isbn.near": 25,
    "isbn.cancelled": 5,
    "isbn.other_format": -20,
    "isbn.part": -40,
    "isbn.other_edition": -30,
    "isbn.of_set": -30,
    "isbn.of_volume": -30,
    "isbn.qualifier_conflict": -40,
    "language.conflict": -40,
    "language.differs": -30,
    "type.conflict": -30,
    "type.book_serial": -15,
    "format.conflict": -60,
    "medium.conflict": -60,
    "publisher_number.equal": 30,
    "publisher_number.conflict": -20,
    "host.other": -40,
    "host.other_place": -40,
    "part.number_conflict": -50,
    "part.name_conflict": -50,
    "part.record_only": -30,
    "part.record_name": -30,
    "part.wanted_only": -30,
    "part.whole_set": -40,
    "title.contents": -40,
    "title.host": -40,
    "title.other_serial": -40,
    "title.other_words": -40,
    "number.with_format": 30,
    "number.other_format": -40,
    "edition.conflict": -30,
    "year.original": -30,
}
