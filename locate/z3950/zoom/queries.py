"""A query and a sort key as ZOOM has them.

Decides which notations are read: PQF, CQL and CCL, each into the same query tree. Pure. Raises QuerySyntaxError for
a text that cannot be read and ClientNotImplError for a notation that is not supported.
"""
# ruff: noqa: N815 - the names of options are those of the ZOOM binding

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from locate.z3950 import querytree
from locate.z3950.ccl import parse_ccl
from locate.z3950.cql import parse_cql
from locate.z3950.pqf import parse_pqf
from locate.z3950.requests import SortKey as ClientSortKey
from locate.z3950.zoom.errors import ClientNotImplError, translated
from locate.z3950.zoom.options import Checked

__all__ = ["Query", "SortKey"]

_NOTATIONS: Mapping[str, Callable[[str], querytree.Query]] = {"PQF": parse_pqf, "CQL": parse_cql, "CCL": parse_ccl}


class Query:
    """A query: ``typ`` names its notation, "PQF", "CQL" or "CCL", case ignored; ``query`` is its text.

    Afterwards ``query`` is the tree that was read, and ``typ`` is "RPN", what goes over the wire.
    """

    def __init__(self, typ: str, query: str | bytes) -> None:
        notation = typ.upper()
        if notation not in _NOTATIONS:
            raise ClientNotImplError(f"{typ} queries are not supported; write the query as {' or '.join(_NOTATIONS)}")
        text = query.decode("utf-8", "replace") if isinstance(query, bytes) else query
        with translated():
            self.query = _NOTATIONS[notation](text)
        self.typ = "RPN"


class SortKey(Checked):
    """A key to sort by.

    ``type`` "accessPoint": ``sequence`` is a Query of one term, whose attributes say what to sort by. ``type``
    "sortField", an extension: ``sequence`` is a name that the target knows. ``relation`` is "ascending" or
    "descending".
    """

    _options: ClassVar[frozenset[str]] = frozenset(
        {"relation", "caseInsensitive", "missingValueAction", "missingValueData", "type", "sequence"}
    )
    relation: str = "ascending"
    caseInsensitive: int = 1
    missingValueAction: str = ""
    missingValueData: str = ""
    type: str = "accessPoint"
    sequence: Query | str = ""

    def __init__(self, **options: Any) -> None:
        self._set(options.items())

    def for_client(self) -> ClientSortKey:
        """Return the key as the client takes it. Raises ClientNotImplError."""
        if self.relation not in {"ascending", "descending"}:
            raise ClientNotImplError(f"sorting {self.relation!r} is not supported; ascending and descending are")
        if self.missingValueAction or self.missingValueData:
            raise ClientNotImplError("missingValueAction and missingValueData are not supported")
        return ClientSortKey(self._field(), self.relation == "descending", not self.caseInsensitive)

    def _field(self) -> str | tuple[tuple[int, int], ...]:
        if self.type == "sortField" and isinstance(self.sequence, str):
            return self.sequence
        if self.type != "accessPoint":
            raise ClientNotImplError(
                f"a sort key of type {self.type!r} is not supported; accessPoint and sortField are"
            )
        term = self.sequence.query if isinstance(self.sequence, Query) else None
        if not isinstance(term, querytree.Term):
            raise ClientNotImplError("an accessPoint is a Query of one term, such as Query('PQF', '@attr 1=4 x')")
        return tuple((kind, value) for kind, value in term.attributes if isinstance(value, int))
