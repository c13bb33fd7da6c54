"""What the search of the own catalog comes to for the lending table: records of another format beside the item's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate import Availability, Citation, DocumentType, LendingRequest, PartnerOutcome, RequestedFormat
from locate.availability import FormKind, Holdings, Item, Status
from locate.availability.holdings import Dropped
from locate.lending import Reason, decide
from locate.lending_case import self_locate
from locate.matching import Match, Matcher, MatchVerdict
from locate.outcome import Candidate, Disposition, Finding
from locate.records.bib import Carrier
from tests.availability.build import bib, item

from .build import online, settings

REQUEST = LendingRequest(Citation(title="A title", type=DocumentType.BOOK, format=RequestedFormat.PRINT))


def matched(verdict: MatchVerdict) -> Match:
    """Return a match with this verdict."""
    return replace(Matcher().judge(REQUEST.citation, bib("245 10 $a A title")), verdict=verdict)


def candidate(verdict: MatchVerdict, carrier: Carrier, *items: Item) -> Candidate:
    """Return a candidate of this carrier with these items."""
    record = bib("245 10 $a A title", carriers=frozenset({carrier}))
    return Candidate(record, matched(verdict), "title", 1, Holdings("alma", items))


def own(finding: Finding, chosen: Candidate | None, *others: Candidate) -> PartnerOutcome:
    """Return the outcome of the own catalog."""
    availability = Availability.AVAILABLE if chosen else Availability.NOT_CHECKED
    return PartnerOutcome("home", "Home", finding, availability, Disposition.KEEP, "Said.", chosen, others)


EBOOK = candidate(MatchVerdict.OTHER_FORMAT, Carrier.ELECTRONIC, online())
PRINT = candidate(MatchVerdict.SAME, Carrier.PRINT, item(library="Main"))


def test_an_ebook_record_alone_is_an_electronic_holding() -> None:
    """Print is asked for and only the e-book is there: the title is held, electronically."""
    located = self_locate(own(Finding.NOT_FOUND, None, EBOOK), REQUEST)
    assert (located.finding, located.form.kind) == (Finding.FOUND, FormKind.ELECTRONIC)
    rejected = decide(REQUEST, settings(ignore_electronic=True, reject_when_only_electronic=True), located)
    assert rejected.reason is Reason.ONLY_ELECTRONIC


def test_an_ebook_record_without_items_counts_as_one() -> None:
    """A catalog that writes no holdings of its e-books still holds them."""
    bare = candidate(MatchVerdict.OTHER_FORMAT, Carrier.ELECTRONIC)
    (only,) = self_locate(own(Finding.NOT_FOUND, None, bare), REQUEST).holdings.items
    assert (only.electronic, only.status) == (True, Status.UNKNOWN)


def test_an_ebook_record_beside_the_print_one_adds_its_holdings() -> None:
    """Both count, each as what it is."""
    located = self_locate(own(Finding.FOUND, PRINT, EBOOK), REQUEST)
    assert [held.electronic for held in located.holdings.items] == [False, True]
    assert decide(REQUEST, settings(), located).counters.electronic == 1


@pytest.mark.parametrize(
    "other",
    [
        candidate(MatchVerdict.OTHER_FORMAT, Carrier.MICROFORM, item(library="Main")),
        candidate(MatchVerdict.DIFFERENT, Carrier.ELECTRONIC, online()),
        replace(EBOOK, holdings=None),
    ],
    ids=["microform", "another title", "holdings not read"],
)
def test_other_records_are_no_holdings_of_it(other: Candidate) -> None:
    """A microform is not electronic, another title is not this one, and what was not read is not known."""
    located = self_locate(own(Finding.NOT_FOUND, None, other), REQUEST)
    assert (located.finding, located.holdings.items, located.reason) == (Finding.NOT_FOUND, (), "Said.")


def test_a_record_that_says_nothing_of_copies_rejects_nothing() -> None:
    """Whether there is a copy is not known, so staff decide; where copies were dropped it is known."""
    strict = settings(reject_when_no_available=True, reject_when_no_requestable=True)
    silent = self_locate(own(Finding.FOUND, candidate(MatchVerdict.SAME, Carrier.PRINT)), REQUEST)
    assert decide(REQUEST, strict, silent).reason is Reason.STATUS_UNKNOWN
    assert PRINT.holdings is not None
    dropped = replace(PRINT.holdings, items=(), dropped=(Dropped(item(), "no holding"),))
    none = self_locate(own(Finding.FOUND, replace(PRINT, holdings=dropped)), REQUEST)
    assert decide(REQUEST, strict, none).reason is Reason.NO_AVAILABLE_ITEMS


def test_a_fault_stays_a_fault() -> None:
    """A catalog that gave no answer is not searched in what it gave before."""
    assert self_locate(own(Finding.TIMEOUT, None, EBOOK), REQUEST).finding is Finding.TIMEOUT
    assert self_locate(own(Finding.AMBIGUOUS, PRINT), REQUEST).holdings.items == ()
