"""Sort carried out over the embedded target's result sets.

Decides which sort keys there are (title, author, date of publication, record number; by Bib-1 attributes or by name),
how texts compare, and where a record without a value goes. It refuses to know where result sets are kept. Raises
DiagnosticError with the condition for the origin. Source: Z39.50-2003 §3.2.7 (Sort).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from locate.z3950.apdu import SortKeySpec, SortRelation
from locate.z3950.diagnostics import refusal
from locate.z3950.oids import BIB1_ATTRIBUTES
from locate.z3950.schema import read_text
from locate.z3950.target.catalog import SortValues
from locate.z3950.target.indexing import split_words
from locate.z3950.target.result_sets import Hits

__all__ = ["sort"]

_MAX_KEYS = 8
_MINDS_CASE, _IGNORES_CASE = 0, 1
_Field = Callable[[SortValues], str]
_TITLE, _AUTHOR, _DATE, _NUMBER = map(attrgetter, ("title", "author", "date", "number"))
_BY_NAME: dict[str, _Field] = {
    "title": _TITLE,
    "author": _AUTHOR,
    "date": _DATE,
    "year": _DATE,
    "number": _NUMBER,
}
# Bib-1 use attributes: title, author names, dates, local number.
_BY_USE: dict[int, _Field] = {4: _TITLE, 1: _AUTHOR, 1003: _AUTHOR, 30: _DATE, 31: _DATE, 12: _NUMBER}


@dataclass(frozen=True, slots=True)
class _Key:
    """One sort key: the value's ``field``, told to the origin as ``name``. ``missing`` stands in for a value that a
    record lacks; None ends the sort.
    """

    field: _Field
    name: str
    descending: bool
    minds_case: bool
    missing: str | None

    def value(self, values: SortValues) -> tuple[str, ...]:
        text = self.field(values)
        if not text:
            if self.missing is None:
                raise refusal(207, f"a record has no {self.name}")
            text = self.missing
        return tuple(text.split()) if self.minds_case else tuple(split_words(text))


def sort(hits: Hits, sequence: Sequence[SortKeySpec]) -> Hits:
    """Return the records of ``hits`` ordered by the keys of ``sequence``, the first counting most.

    Records that compare equal keep their order. Raises DiagnosticError: 207 for a key that is not there and for a
    record without a value where that ends the sort, 210 for keys by database, 211, 212, 214, 215 for a sequence that
    cannot be meant.
    """
    keys = [_read_key(spec) for spec in sequence]
    if not keys:
        raise refusal(207, "no sort key")
    if len(keys) > _MAX_KEYS:
        raise refusal(211, str(_MAX_KEYS))
    if len({key.field for key in keys}) < len(keys):
        raise refusal(212)
    found = [hits.at(position) for position in range(1, hits.size + 1)]
    values = [part.catalog.sort_values(number) for part, number in found]
    order = list(range(hits.size))
    for key in reversed(keys):
        compared = [key.value(each) for each in values]
        order.sort(key=compared.__getitem__, reverse=key.descending)
    return hits.reordered(order)


def _read_key(spec: SortKeySpec) -> _Key:
    arm, element = spec.sort_element
    if arm == "database_specific":
        raise refusal(210)
    field, name = _read_element(element)
    if spec.sort_relation in {SortRelation.ASCENDING_BY_FREQUENCY, SortRelation.DESCENDING_BY_FREQUENCY}:
        raise refusal(207, "by frequency")
    if spec.sort_relation not in {SortRelation.ASCENDING, SortRelation.DESCENDING}:
        raise refusal(214, str(spec.sort_relation))
    if spec.case_sensitivity not in {_MINDS_CASE, _IGNORES_CASE}:
        raise refusal(215, str(spec.case_sensitivity))
    return _Key(
        field,
        name,
        descending=spec.sort_relation == SortRelation.DESCENDING,
        minds_case=spec.case_sensitivity == _MINDS_CASE,
        missing=_read_missing(spec.missing_value_action),
    )


def _read_element(element: tuple[str, Any]) -> tuple[_Field, str]:
    """Return what a generic sort key sorts by, and its name."""
    form, value = element
    if form == "field":
        name = value.strip().casefold()
        if name not in _BY_NAME:
            raise refusal(207, value)
        return _BY_NAME[name], name
    if form != "attributes":
        raise refusal(207, "element specification")
    if value.id != BIB1_ATTRIBUTES:
        raise refusal(121, value.id)
    for attribute in value.list:
        if attribute.type == 1 and attribute.value[0] == "numeric" and attribute.value[1] in _BY_USE:
            return _BY_USE[attribute.value[1]], f"value for use attribute {attribute.value[1]}"
    raise refusal(207, ", ".join(f"{attribute.type}={attribute.value[1]}" for attribute in value.list))


def _read_missing(action: tuple[str, Any] | None) -> str | None:
    """Return what counts as the value of a record without one: nothing by default, so that it sorts first."""
    if action is None or action[0] == "null":
        return ""
    return None if action[0] == "abort" else read_text(action[1])
