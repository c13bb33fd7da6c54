"""A result set as a sequence: records are fetched when they are asked for, some at a time, and kept for a while.

Decides what is fetched and what is kept. Nothing is ever sized by the number of hits. It never shows another search's
records: when the target no longer holds this result set - a later search replaced it, or the connection was opened
anew - the search is made again first (and sorted again). Refuses to know how a target is asked. Raises ZoomError.
"""
# ruff: noqa: N815 - the names of options are those of the ZOOM binding

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, overload

from locate.errors import DiagnosticError
from locate.z3950 import retrieval
from locate.z3950.client import Connection as Client, SortKey as ClientSortKey
from locate.z3950.querytree import Query as Tree
from locate.z3950.zoom.errors import ProtocolError, ZoomError, as_zoom_error
from locate.z3950.zoom.options import Checked, client_syntax
from locate.z3950.zoom.queries import SortKey
from locate.z3950.zoom.records import Record

if TYPE_CHECKING:
    from locate.z3950.zoom.connection import Connection

__all__ = ["ResultSet"]

_KEPT_RECORDS = 1000  # of one result set
_ALL_AT_ONCE = 50  # what presentChunk 0 means: more would not fit into one message of most targets
_DELETE_SUPPORTED = 2  # bit of Init's options


class ResultSet(Checked):
    """The records of a search, 0-based: ``len``, an index, a slice, iteration. Made by Connection.search.

    ``preferredRecordSyntax``, ``elementSetName`` and ``presentChunk`` are the connection's unless they are set here.
    """

    _options: ClassVar[frozenset[str]] = frozenset({"preferredRecordSyntax", "elementSetName", "presentChunk"})
    preferredRecordSyntax: str
    elementSetName: str | None
    presentChunk: int

    def __init__(
        self, connection: Connection, tree: Tree, database: str, sorts: tuple[tuple[ClientSortKey, ...], ...] = ()
    ) -> None:
        self._connection = connection
        self._tree = tree
        self._database = database
        self._sorts = sorts
        self._hits = 0
        self._deleted = False
        self._kept: OrderedDict[tuple[str, str | None, int], retrieval.Fetched] = OrderedDict()

    def __getattr__(self, name: str) -> Any:
        """Return the connection's option where this result set has none of its own."""
        if name in self._options:
            return getattr(self._connection, name)
        raise AttributeError(f"a ResultSet has no attribute {name!r}")

    # ---- the sequence -----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Return the number of hits, as the target counts them."""
        return self._hits

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        """Return a record or a list of records, fetching what is not there yet.

        Raises IndexError outside the result set, Bib1Err for a diagnostic in a record's place, ProtocolError for a
        record that cannot be read or that does not come.
        """
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._hits))]
        position = index + self._hits if index < 0 else index
        self._check_range(position)
        key = self._key(position)
        if key not in self._kept:
            if self._deleted:
                raise ZoomError("the result set was deleted; search again")
            self._connection._ask(lambda client: self._fetch(client, position), self._database)  # noqa: SLF001 - kin
        found = self._kept.get(key)
        if isinstance(found, retrieval.Record):
            return Record(found)
        if found is None:
            raise ProtocolError(f"the target gave no record at position {position} (0-based) of {self._hits}")
        raise as_zoom_error(found) from found

    def __iter__(self) -> Iterator[Record]:
        position = 0
        while position < self._hits:
            yield self[position]
            position += 1

    def __bool__(self) -> bool:
        return self._hits > 0

    def delete(self) -> None:
        """Give the result set up, at the target too when it holds it and supports that; records fetched before stay."""
        self._deleted = True
        if self._connection._live is self:  # noqa: SLF001
            self._connection._ask(self._delete, self._database)  # noqa: SLF001

    def sort(self, keys: Sequence[SortKey]) -> ResultSet:
        """Return a new result set with the same records, sorted by the target, by the first key first."""
        return self._connection.sort([self], keys)

    # ---- asking the target ------------------------------------------------------------------------------------------

    def _check_range(self, position: int) -> None:
        if not 0 <= position < self._hits:
            raise IndexError(f"position {position} (0-based) of a result set of {self._hits}")

    def _key(self, position: int) -> tuple[str, str | None, int]:
        return client_syntax(self.preferredRecordSyntax), self.elementSetName or None, position

    @property
    def _chunk(self) -> int:
        return min(self.presentChunk, _KEPT_RECORDS) if self.presentChunk > 0 else _ALL_AT_ONCE

    async def _make(self, client: Client, count: int = 0) -> None:
        """Search, and sort where that was asked for, so that the target holds this result set."""
        connection = self._connection
        connection._live = None  # noqa: SLF001
        try:
            found = await self._search(client, 0 if self._sorts else count)
        except DiagnosticError as error:
            if error.phase != "present":
                raise
            found = await self._search(client, 0)  # the search succeeds; it is the records that cannot be had so
        hits = found.hits
        for keys in self._sorts:
            ordered = await client.sort(keys, timeout_s=connection.timeout)
            hits = hits if ordered.hits is None else ordered.hits
        if hits != self._hits:
            self._kept.clear()
        self._hits = max(hits, 0)
        connection._live = self  # noqa: SLF001
        self._keep(0, found.records)

    async def _search(self, client: Client, count: int) -> retrieval.ResultSet:
        syntax, element_set, _ = self._key(0)
        return await client.search(
            self._tree,
            count=count,
            syntax=syntax,
            element_set=element_set,
            charset=self._connection._charset,  # noqa: SLF001
            timeout_s=self._connection.timeout,
        )

    async def _order(self, client: Client, source: ResultSet) -> None:
        """Make this result set by sorting ``source``, which the target may hold."""
        connection = self._connection
        if connection._live is not source:  # noqa: SLF001
            await self._make(client)
            return
        connection._live = None  # noqa: SLF001
        ordered = await client.sort(self._sorts[-1], timeout_s=connection.timeout)
        self._hits = source._hits if ordered.hits is None else ordered.hits
        connection._live = self  # noqa: SLF001

    async def _fetch(self, client: Client, position: int) -> None:
        """Fetch the record at ``position`` (0-based), with those of its chunk that are not there yet."""
        chunk, key = self._chunk, self._key
        if self._connection._live is not self:  # noqa: SLF001
            await self._make(client, chunk if position < chunk else 0)
            self._check_range(position)
            if key(position) in self._kept:
                return
        start = position - position % chunk
        end = min(start + chunk, self._hits)
        while start < position and key(start) in self._kept:
            start += 1
        try:
            await self._present(client, start, end - start)
        except DiagnosticError:
            if end - start == 1:
                raise
        if key(position) not in self._kept:
            await self._present(client, position, 1)

    async def _present(self, client: Client, start: int, count: int) -> None:
        syntax, element_set, _ = self._key(start)
        timeout_s = self._connection.timeout
        self._keep(
            start,
            await client.present(start + 1, count, syntax=syntax, element_set=element_set, timeout_s=timeout_s),
        )

    def _keep(self, start: int, records: Sequence[retrieval.Fetched]) -> None:
        for position, found in enumerate(records, start):
            self._kept[self._key(position)] = found
        while len(self._kept) > _KEPT_RECORDS:
            self._kept.popitem(last=False)

    async def _delete(self, client: Client) -> None:
        if self._connection._live is not self:  # noqa: SLF001
            return
        self._connection._live = None  # noqa: SLF001
        if client.server is not None and _DELETE_SUPPORTED in client.server.options:
            await client.delete("default", timeout_s=self._connection.timeout)
