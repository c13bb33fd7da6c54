"""Citations located in a pool of records: what counts as a hit, what is counted, and that it does not fall back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.locate_catalogs import asked
from bench.locate_pool import HATHI, Pool, Query, Tally, accepted_name, labelled, load, locate_in, tally
from locate import Citation, Finding, LocateProfile
from locate.matching import Matcher
from locate.outcome import PartnerOutcome
from locate.records import LoadedRecord, read_records_xml
from tests.peers.degrade import Sampled
from tests.played import BY_TITLE, play, rivers

PROFILE = LocateProfile()


def pool(*numbers: str) -> Pool:
    """Return a pool of one book under several numbers."""
    loaded: dict[str, LoadedRecord] = {}
    for number in numbers:
        found = read_records_xml(rivers(number))
        assert isinstance(found, list)
        loaded[f"koha:{number}"] = found[0]
    return Pool(loaded)


def outcome() -> PartnerOutcome:
    """Return what came of a locate that found nothing, in five searches."""
    return play(BY_TITLE).partner


def test_the_record_that_a_citation_was_drawn_from_is_no_hit() -> None:
    """Of two records of the item the other one is found; alone, its own is found only where it is held."""
    other = Query(BY_TITLE, "koha:r1", frozenset({"koha:r2"}))
    found, seen = locate_in(pool("r1", "r2"), other, PROFILE, Matcher())
    assert found.chosen is not None
    assert found.chosen.record.control_number == "r2"
    assert seen == {"koha:r2"}
    assert locate_in(pool("r1"), Query(BY_TITLE, "koha:r1", frozenset()), PROFILE, Matcher())[1] == set()
    assert locate_in(pool("r1"), Query(BY_TITLE, "koha:r1", frozenset({"koha:r1"})), PROFILE, Matcher())[1]


@pytest.mark.parametrize(
    ("held", "chosen", "seen", "counted"),
    [
        ({"a:1"}, "a:1", {"a:1"}, "right"),
        ({"a:1"}, "a:2", {"a:1", "a:2"}, "wrong"),
        ({"a:1"}, None, {"a:1"}, "rejected"),
        ({"a:1"}, None, {"a:3"}, "not_found"),
        (set[str](), "a:2", {"a:2"}, "false"),
        (set[str](), None, {"a:2"}, ""),
    ],
)
def test_each_outcome_is_counted_once(held: set[str], chosen: str | None, seen: set[str], counted: str) -> None:
    """Right, the wrong one, rejected, not found, or accepted though none is held; else nothing but asked."""
    found = Tally()
    found.take(Query(Citation(title="x"), "a:0", frozenset(held)), outcome(), chosen, seen)
    kinds = {kind: getattr(found, kind) for kind in ("right", "wrong", "rejected", "not_found", "false")}
    assert {kind for kind, count in kinds.items() if count} == ({counted} if counted else set())
    assert (found.asked, found.held, len(found.misses)) == (1, len(held), int(counted not in {"", "right"}))


def test_only_what_is_found_counts_as_accepted() -> None:
    """The likeliest record of an ambiguous outcome is shown, and accepted by nobody."""
    (found, _) = locate_in(pool("r1"), Query(BY_TITLE, "koha:r1", frozenset({"koha:r1"})), PROFILE, Matcher())
    assert found.chosen is not None
    names = {found.chosen.record.raw: "koha:r1"}
    assert accepted_name(found, names) == "koha:r1"
    assert accepted_name(replace(found, finding=Finding.AMBIGUOUS), names) is None
    assert accepted_name(outcome(), names) is None


def test_a_citation_of_which_nothing_is_left_is_not_asked() -> None:
    """A record with a title of one letter may be degraded to an empty citation, which no request can carry."""
    whole = Sampled(Citation(title="Rivers"), "r1", "ht_a", frozenset({"r1"}))
    empty = Sampled(Citation(), "r2", "ht_a", frozenset({"r2"}))
    assert asked([whole, empty]) == [whole]


def test_shares_of_nothing_are_the_best_ones() -> None:
    """Nothing asked, nothing wrong."""
    found = Tally()
    assert (found.precision, found.recall, found.false_accepts) == (1.0, 1.0, 0.0)
    found = Tally(asked=10, held=6, right=3, wrong=1, false=2)
    assert (found.precision, found.recall, found.false_accepts) == (0.5, 0.5, 0.5)


@pytest.mark.shared
def test_the_searches_find_what_is_held(shared: Path) -> None:
    """Among the 19,000 records of one source, one labelled citation in a hundred at most is found by no search."""
    loaded = load([shared / "data" / "records" / f"{HATHI}.mrc"])
    names = {record.raw: name for name, record in loaded.items()}
    found = tally(Pool(loaded), labelled(shared / "data"), PROFILE, names)
    assert found.asked > 150
    assert found.not_found <= found.held // 100
    assert found.searches <= 2.5 * found.asked
