"""Targets that do not give the records as asked: what can be had is had, what cannot is said."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import pytest

from locate.errors import DiagnosticError, LocalProtocolError, RecordError, Retry
from locate.z3950.apdu import (
    Apdu,
    External,
    NamePlusRecord,
    PresentRequest,
    PresentResponse,
    SearchRequest,
    SearchResponse,
)
from locate.z3950.client import Connection, ResultSet, connect
from locate.z3950.oids import OPAC, XML
from locate.z3950.retrieval import Fetched, Record, SurrogateDiagnostic
from tests.adversity.hostile import (
    Catalog,
    Habit,
    HostileTarget,
    Script,
    diagnostic,
    found,
    hostile,
    presented,
    record,
    surrogate,
)

TIMEOUT_S = 5.0


@contextlib.asynccontextmanager
async def _connected(script: Script) -> AsyncIterator[tuple[HostileTarget, Connection]]:
    async with hostile(script) as target, await connect(target.target, timeout_s=TIMEOUT_S) as connection:
        yield target, connection


async def _search(connection: Connection, count: int = 5, element_set: str | None = "F") -> ResultSet:
    return await connection.search("x", count=count, element_set=element_set, timeout_s=TIMEOUT_S)


def _is_complete(records: list[Fetched], count: int, start: int = 1) -> bool:
    """Say whether the records are the ``count`` from position ``start``, each in its place."""
    return [(each.position, each.data) for each in records if isinstance(each, Record)] == [
        (position, b"record %d" % position) for position in range(start, start + count)
    ]


async def test_all_in_one_answer() -> None:
    """A target that behaves is asked once."""
    async with _connected(Catalog(100)) as (target, connection):
        result = await _search(connection)
        assert (result.hits, result.note) == (100, "")
        assert _is_complete(result.records, 5)
        assert (target.searches(), target.presents()) == ([5], [])


async def test_present_behind_a_search() -> None:
    """Records further down are presented by their positions."""
    async with _connected(Catalog(100)) as (_, connection):
        await _search(connection)
        assert _is_complete(await connection.present(40, 3, timeout_s=TIMEOUT_S), 3, start=40)


async def test_ninety_nine_million_hits() -> None:
    """A huge hit count without records costs one Present, and memory for none."""
    nothing = found(99_000_000)

    def habit(request: SearchRequest | PresentRequest) -> Apdu:
        return nothing if isinstance(request, SearchRequest) else presented()

    async with _connected(Catalog(0, habit)) as (target, connection):
        result = await _search(connection)
        assert (result.hits, result.records) == (99_000_000, [])
        assert result.note == "only 0 of 5 records came: the target gave no more"
        assert target.presents() == [(1, 5)]
        assert connection.is_open


async def test_fewer_records_than_hits() -> None:
    """A target that stops giving records is not asked for ever."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu | None:
        return presented() if isinstance(request, PresentRequest) else None

    async with _connected(Catalog(100, habit, per_answer=2)) as (target, connection):
        result = await _search(connection)
        assert _is_complete(result.records, 2)
        assert result.note == "only 2 of 5 records came: the target gave no more"
        assert target.presents() == [(3, 3)]


async def test_no_hits() -> None:
    """Nothing found is an empty result, and nothing is presented."""
    async with _connected(Catalog(0)) as (target, connection):
        result = await _search(connection)
        assert (result.hits, result.records, result.note) == (0, [], "")
        assert target.presents() == []


async def test_negative_hits() -> None:
    """A hit count below zero, an overflow of the target's, presents nothing."""
    async with _connected(Catalog(0, lambda _request: found(-5))) as (target, connection):
        assert (await _search(connection)).records == []
        assert target.presents() == []


async def test_one_record_at_a_time() -> None:
    """A target that gives partial-2 and one record an answer is asked until all are there."""
    async with _connected(Catalog(100, per_answer=1)) as (target, connection):
        result = await _search(connection)
        assert _is_complete(result.records, 5)
        assert target.presents() == [(2, 4), (3, 3), (4, 2), (5, 1)]


async def test_diagnostic_half_way() -> None:
    """A diagnostic after some records keeps them, with a note."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu | None:
        return diagnostic(PresentResponse, 31) if isinstance(request, PresentRequest) else None

    async with _connected(Catalog(100, habit, per_answer=2)) as (_, connection):
        result = await _search(connection)
        assert _is_complete(result.records, 2)
        assert result.note == "only 2 of 5 records came: resources exhausted, no results available (bib-1 31)"
        assert connection.is_open


async def test_piggyback_refused() -> None:
    """Piggyback refused with diagnostic 1005: searched again without, presented, and remembered."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu | None:
        refused = isinstance(request, SearchRequest) and request.medium_set_present_number > 0
        return diagnostic(SearchResponse, 1005) if refused else None

    async with _connected(Catalog(100, habit)) as (target, connection):
        assert _is_complete((await _search(connection)).records, 5)
        assert (target.searches(), target.presents()) == ([5, 0], [(1, 5)])
        assert _is_complete((await _search(connection)).records, 5)
        assert (target.searches(), target.presents()) == ([5, 0, 0], [(1, 5), (1, 5)])


async def test_piggyback_ignored() -> None:
    """Piggyback ignored without a word: presented, and remembered."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu | None:
        return found(100) if isinstance(request, SearchRequest) else None

    async with _connected(Catalog(100, habit)) as (target, connection):
        assert _is_complete((await _search(connection)).records, 5)
        assert _is_complete((await _search(connection)).records, 5)
        assert (target.searches(), target.presents()) == ([5, 0], [(1, 5), (1, 5)])


@pytest.mark.parametrize("piggybacked", [True, False])
async def test_surrogate_16_fetched_alone(piggybacked: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A record too large for the message is fetched alone and stands in its place."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu | None:
        if isinstance(request, SearchRequest):
            several = [record(1), surrogate(16), record(3)]
            return found(3, *several) if piggybacked else found(3)
        if request.number_of_records_requested == 3:
            return presented(record(1), surrogate(16), record(3), status=2)
        return None

    async with _connected(Catalog(3, habit)) as (target, connection):
        result = await _search(connection)
        assert _is_complete(result.records, 3)
        assert target.presents() == ([] if piggybacked else [(1, 3)]) + [(2, 1)]


@pytest.mark.parametrize(
    "alone",
    [presented(surrogate(17)), presented(), diagnostic(PresentResponse, 17)],
    ids=["surrogate", "none", "fails"],
)
async def test_surrogate_16_alone_too(alone: Apdu) -> None:
    """A record that is too large even alone stays a diagnostic in its place, and is asked for once."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu | None:
        if isinstance(request, SearchRequest):
            return found(3, record(1), surrogate(16), record(3))
        return alone

    async with _connected(Catalog(3, habit)) as (target, connection):
        before, large, after = (await _search(connection)).records
        assert isinstance(before, Record)
        assert isinstance(after, Record)
        assert (before.data, after.data) == (b"record 1", b"record 3")
        assert isinstance(large, SurrogateDiagnostic)
        assert large.condition in {16, 17}
        assert large.position == 2
        assert target.presents() == [(2, 1)]
        assert connection.is_open


def _refuse_element_set(with_search: Apdu, with_present: Apdu) -> Habit:
    """Return a habit: these answers as long as an element set name is asked for."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu | None:
        if isinstance(request, SearchRequest):
            return with_search if request.medium_set_element_set_names else None
        return with_present if request.record_composition else None

    return habit


@pytest.mark.parametrize("condition", [24, 25, 26])
async def test_element_set_refused(condition: int) -> None:
    """An element set name refused with a non-surrogate diagnostic is left out, and that is remembered."""
    habit = _refuse_element_set(diagnostic(SearchResponse, condition), diagnostic(PresentResponse, condition))
    async with _connected(Catalog(100, habit)) as (target, connection):
        assert _is_complete((await _search(connection)).records, 5)
        assert _is_complete(await connection.present(6, 2, timeout_s=TIMEOUT_S), 2, start=6)
        assert [apdu.record_composition for apdu in target.asked if isinstance(apdu, PresentRequest)][1:] == [
            None,
            None,
        ]


async def test_element_set_refused_in_a_search_that_succeeds() -> None:
    """An element set name refused by the Present inside a successful search is left out of the Present that follows."""
    refused = SearchResponse(
        100, 0, 1, search_status=True, present_status=5, records=diagnostic(PresentResponse, 25).records
    )
    habit = _refuse_element_set(refused, diagnostic(PresentResponse, 25))
    async with _connected(Catalog(100, habit)) as (target, connection):
        result = await _search(connection)
        assert result.hits == 100
        assert _is_complete(result.records, 5)
        assert target.presents() == [(1, 5), (1, 5)]
        assert _is_complete((await _search(connection)).records, 5)
        assert target.presents() == [(1, 5), (1, 5)], "the next search brings its records again"


@pytest.mark.parametrize("condition", [14, 25])
async def test_element_set_refused_record_by_record(condition: int) -> None:
    """An element set name refused with a surrogate diagnostic in every record is left out, and that is remembered."""
    habit = _refuse_element_set(found(100, *[surrogate(condition)] * 5), presented(*[surrogate(condition)] * 5))
    async with _connected(Catalog(100, habit)) as (target, connection):
        assert _is_complete((await _search(connection)).records, 5)
        assert _is_complete(await connection.present(6, 2, timeout_s=TIMEOUT_S), 2, start=6)
        assert [apdu.record_composition for apdu in target.asked if isinstance(apdu, PresentRequest)] == [None, None]


async def test_element_set_refused_in_present_record_by_record() -> None:
    """The same in a Present: presented again without the element set name."""
    habit = _refuse_element_set(found(100), presented(*[surrogate(14)] * 5))
    async with _connected(Catalog(100, habit)) as (target, connection):
        assert _is_complete((await _search(connection)).records, 5)
        assert target.presents() == [(1, 5), (1, 5)]


async def test_some_records_fail() -> None:
    """Diagnostics in some records only are values; the element set name is not blamed."""
    async with _connected(Catalog(3, lambda _request: found(3, record(1), surrogate(14, "broken"), record(3)))) as (
        target,
        connection,
    ):
        _, broken, _ = (await _search(connection)).records
        assert isinstance(broken, SurrogateDiagnostic)
        assert str(broken) == f"{target.target} (present): system error in presenting records (bib-1 14: broken)"
        assert target.presents() == []


async def test_every_record_fails_whatever_is_asked() -> None:
    """Diagnostics in every record, with and without element set name, come back as values after one more try."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu:
        answers = [surrogate(14)] * 2
        return found(2, *answers) if isinstance(request, SearchRequest) else presented(*answers)

    async with _connected(Catalog(2, habit)) as (target, connection):
        records = (await _search(connection)).records
        assert [type(each) for each in records] == [SurrogateDiagnostic] * 2
        assert target.presents() == [(1, 2)]


async def test_not_a_record() -> None:
    """A record that is no record, and one of another syntax than asked, do not hide the others."""
    opac = NamePlusRecord(("retrieval", External(OPAC, None, ("single", b"\x30\x05nope"))))
    xml = NamePlusRecord(("retrieval", External(XML, None, ("octets", b"<record/>"))))
    marc = NamePlusRecord(("retrieval", External("1.2.840.10003.5.10", None, ("octets", b"not MARC at all"))))
    async with _connected(Catalog(4, lambda _request: found(4, opac, xml, marc, record(4)))) as (_, connection):
        broken, other, strange, good = (await _search(connection)).records
        assert isinstance(broken, RecordError)
        assert (broken.syntax, broken.raw) == ("opac", b"\x30\x05nope")
        assert isinstance(other, Record)
        assert (other.syntax, other.data) == (XML, b"<record/>")
        assert isinstance(strange, Record)
        assert strange.data == b"not MARC at all"
        assert isinstance(good, Record)
        assert (good.position, good.data) == (4, b"record 4")
        assert connection.is_open


async def test_search_fails() -> None:
    """A failed search is a DiagnosticError with the target's words, and the connection goes on."""
    answers: list[Apdu] = [found(0), diagnostic(SearchResponse, 114, "9")]
    async with _connected(Catalog(0, lambda _request: answers.pop())) as (target, connection):
        with pytest.raises(DiagnosticError) as caught:
            await _search(connection)
        assert str(caught.value) == f"{target.target} (search): unsupported use attribute (bib-1 114: 9)"
        assert (caught.value.condition, caught.value.retry) == (114, Retry.NEVER)
        assert connection.is_open
        assert (await _search(connection)).hits == 0


async def test_search_fails_without_a_word() -> None:
    """A failed search without a diagnostic says just that."""
    silent = SearchResponse(0, 0, 0, search_status=False)
    async with _connected(Catalog(0, lambda _request: silent)) as (_, connection):
        with pytest.raises(DiagnosticError, match=r"the target reports failure without a diagnostic$") as caught:
            await _search(connection)
        assert caught.value.condition == 0


async def test_present_fails() -> None:
    """A refused Present is a DiagnosticError, and the connection goes on."""

    def habit(request: SearchRequest | PresentRequest) -> Apdu | None:
        return diagnostic(PresentResponse, 30) if isinstance(request, PresentRequest) else None

    async with _connected(Catalog(9, habit)) as (target, connection):
        await _search(connection)
        with pytest.raises(DiagnosticError) as caught:
            await connection.present(6, 1, timeout_s=TIMEOUT_S)
        assert str(caught.value) == f"{target.target} (present): specified result set does not exist (bib-1 30)"
        assert _is_complete((await _search(connection)).records, 5)


async def test_more_records_than_asked() -> None:
    """Of a target that gives more records than asked for, no more than asked for are taken."""
    async with _connected(Catalog(9, lambda _request: found(9, *(record(n) for n in range(1, 10))))) as (_, connection):
        assert _is_complete((await _search(connection, count=2)).records, 2)


@pytest.mark.parametrize("syntax", ["foo", "1", "1.2.", "1.2.840.10003.5.10x"])
async def test_unknown_record_syntax(syntax: str) -> None:
    """A record syntax that is no name and no OID is refused here, and the connection stays usable."""
    async with _connected(Catalog(3)) as (_, connection):
        with pytest.raises(LocalProtocolError, match="is not known; known are marc21"):
            await connection.search("x", syntax=syntax)
        assert _is_complete((await _search(connection)).records, 3)


@pytest.mark.parametrize("held_back", [False, True], ids=["in the Search answer", "in a Present"])
async def test_one_bad_record_says_nothing_of_element_sets(held_back: bool) -> None:  # noqa: FBT001 - as above
    """A record that cannot be presented without an element set name either leaves the target asked with one."""
    bad = surrogate(14, "broken")

    def habit(request: SearchRequest | PresentRequest) -> Apdu:
        if isinstance(request, PresentRequest):
            return presented(bad)
        return found(1) if held_back else found(1, bad)

    async with _connected(Catalog(1, habit)) as (_, connection):
        (entry,) = (await _search(connection, 1)).records
        assert isinstance(entry, SurrogateDiagnostic)
        assert connection.facts.element_sets


async def test_surrogate_16_of_a_single_hit() -> None:
    """The one record of a search may be larger than a Search answer takes; a Present for it alone may bring it."""
    habit: Habit = lambda request: found(1, surrogate(16)) if isinstance(request, SearchRequest) else None  # noqa: E731
    async with _connected(Catalog(1, habit)) as (target, connection):
        result = await _search(connection)
        assert _is_complete(result.records, 1)
        assert target.presents() == [(1, 1)]


async def test_a_negative_number_of_records() -> None:
    """It is refused before anything is sent, and the connection stays good."""
    async with _connected(Catalog(3)) as (target, connection):
        with pytest.raises(LocalProtocolError, match="-1 records cannot be asked for"):
            await _search(connection, -1)
        await _search(connection, 0)
        with pytest.raises(LocalProtocolError, match="-1 records cannot be asked for"):
            await connection.present(1, -1)
        assert (target.searches(), target.presents()) == ([0], [])
