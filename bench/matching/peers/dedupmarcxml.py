"""The package dedupmarcxml: similarities of MARC fields, weighed by their mean or by a random forest.

A citation is written as the MARC record that says as much. The forest is asked once for all pairs, where the
package's own function asks it once for each: the answers are the same.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bench.matching.peers.peer import Side
from locate.citation import Citation, DocumentType, RequestedFormat
from locate.records import BibRecord

__all__ = ["Dedupmarcxml", "marc_of_citation"]

_FOREST: Final = "dedupmarcxml, forest"
_MEAN: Final = "dedupmarcxml, mean"
_LEADERS: Final = {
    DocumentType.SERIAL: "as",
    DocumentType.MAP: "em",
    DocumentType.SCORE: "cm",
    DocumentType.VIDEO: "gm",
}
_FORMS: Final = {RequestedFormat.ELECTRONIC: "o", RequestedFormat.MICROFORM: "a"}
_CODED: Final = 40
"""The length of 008."""

Marc = dict[str, Any]
"""A record as `JsonBriefRec` reads it: "leader", control fields as text, data fields as lists of subfields."""


class Dedupmarcxml:
    """`evaluate_records_similarity` of two `JsonBriefRec`; the general forest accepts from 0.5, the mean tells not."""

    methods: Mapping[str, float | None] = {_FOREST: 0.5, _MEAN: None}
    limit = 0

    def __init__(self) -> None:
        self._frames = importlib.import_module("pandas")
        with warnings.catch_warnings(action="ignore"):  # its forests were stored by an earlier scikit-learn
            self._library = importlib.import_module("dedupmarcxml")
            self._forest = importlib.import_module("dedupmarcxml.tools").rf_general_model

    def prepare(self, sides: Sequence[Side]) -> list[Any]:
        """Return a brief record for each side."""
        marcs = (marc_of_citation(side) if isinstance(side, Citation) else _marc_of_record(side) for side in sides)
        return [self._library.JsonBriefRec({"marc": marc}) for marc in marcs]

    def scores(self, pairs: Sequence[tuple[Any, Any]]) -> dict[str, list[float]]:
        """Return the forest's probability and the mean of the similarities, each 0 to 1."""
        alike = [self._library.evaluate_records_similarity(left, right) for left, right in pairs]
        with warnings.catch_warnings(action="ignore"):
            forest = self._forest.predict_proba(self._frames.DataFrame(alike))[:, 1]
        means = [float(self._library.get_similarity_score(one, "mean")) for one in alike]
        return {_FOREST: [float(probability) for probability in forest], _MEAN: means}


def _marc_of_record(record: BibRecord) -> Marc:
    marc: Marc = {"leader": record.leader, "008": "".ljust(_CODED)}
    marc |= dict(reversed(record.control_fields))
    for field in record.fields:
        _add(marc, field.tag, field.subfields)
    return marc


def marc_of_citation(citation: Citation) -> Marc:
    """Return the record that says what the citation says, and nothing else."""
    kind = _LEADERS.get(citation.type or DocumentType.BOOK, "am")
    marc: Marc = {"leader": f"00000n{kind} a2200000 a 4500", "001": "", "008": _coded(citation, kind)}
    _add(marc, "245", [("a", citation.title), ("n", citation.volume)])
    _add(marc, "100", [("a", citation.author)])
    _add(marc, "250", [("a", citation.edition)])
    _add(marc, "264", [("b", citation.publisher), ("c", str(citation.year or ""))])
    for tag, numbers in (("020", citation.isbn), ("022", citation.issn)):
        for number in numbers:
            _add(marc, tag, [("a", number)])
    return marc


def _coded(citation: Citation, kind: str) -> str:
    """Return 008: the year, for a serial its type, the form of item where the kind has it, the language."""
    coded = list("".ljust(_CODED))
    coded[6:11] = ["s", *str(citation.year or "").ljust(4)[:4]]
    if kind == "as":
        coded[21] = "p"
    if citation.format is not None:
        coded[29 if kind[0] in "eg" else 23] = _FORMS.get(citation.format, " ")
    coded[35:38] = (citation.language or "und").ljust(3)[:3]
    return "".join(coded)


def _add(marc: Marc, tag: str, subfields: Iterable[tuple[str, str | None]]) -> None:
    """Add a field with the subfields that hold text; a field without any, or an edition without $a, is left out."""
    said = [{f"n{code}" if code.isdigit() else code: text} for code, text in subfields if text]
    if said and (tag != "250" or any("a" in one for one in said)):
        marc.setdefault(tag, []).append({"sub": said})
