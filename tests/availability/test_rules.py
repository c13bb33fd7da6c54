"""The verdicts, branch by branch, with the sentences a librarian reads."""

from __future__ import annotations

from typing import Any

import pytest

from locate.availability import (
    Availability,
    Form,
    FormKind,
    Holdings,
    Item,
    Requestability,
    Status,
    SupplyRules,
    assess,
    read_holdings,
    tell_form,
)
from locate.records.bib import Carrier
from locate.supply import Fulfilment, ItemPreferences

from .build import bib, held, item

PHYSICAL = Form(FormKind.PHYSICAL)
OUT = Status.UNAVAILABLE


def judged(
    *items: Item,
    form: Form = PHYSICAL,
    codes: tuple[str, ...] = (),
    physical: bool = True,
    **lists: Any,
) -> Requestability:
    """Assess these items."""
    rules = SupplyRules(ItemPreferences(**lists), Fulfilment(), codes)
    return assess(held(*items), form, rules=rules, wants_physical=physical)


def test_a_copy_on_the_shelf_is_available() -> None:
    """One lendable copy on its shelf decides, and is the item to ask for."""
    copy = item(library="Main", location="Stacks", call_number="PR1", barcode="301")
    found = judged(item(OUT, library="Main", due_date="2026-12-03"), copy)
    assert (found.verdict, found.item) == (Availability.AVAILABLE, copy)
    assert found.reason == "2 copies at Main: one on loan until 2026-12-03; one in Stacks, available."
    assert found.evidence == ("Main: on loan until 2026-12-03; test.", "Main, Stacks (PR1 [301]): available; test.")


def test_the_best_of_several_available_copies() -> None:
    """A copy in its own place is preferred to one in a temporary place, and both to an electronic one."""
    online = item(library="Main", electronic=True)
    moved = item(library="Main", temporary_location="Display")
    home = item(library="Main", location="Stacks")
    assert judged(online, moved, home, physical=False).item is home
    assert judged(online, moved, physical=False).item is moved


def test_one_copy_is_told_as_one() -> None:
    """The sentence for a single copy does not count."""
    assert judged(item(library="Main", location="Stacks")).reason == "One copy at Main: in Stacks, available."
    assert judged(item()).reason == "One copy: available."


def test_like_copies_are_counted_together() -> None:
    """Copies alike in place and state are one phrase, and several libraries are each named."""
    copies = [item(library="Main", location="Stacks", copies=2), item(library="Main", location="Stacks")]
    found = judged(*copies, item(OUT, library="Law", raw_status=("Missing",)))
    assert found.reason == "4 copies: 3 at Main, Stacks, available; one at Law, not available (Missing)."


def test_many_copies_tell_the_available_one_first() -> None:
    """Of more copies than a sentence bears, the one that can be had is told, and long words are cut."""
    out = [item(OUT, library=f"Branch {n}", raw_status=("x" * 500,)) for n in range(9)]
    found = judged(*out, item(library="Law", location="Stacks"))
    assert found.reason.startswith("10 copies: one at Law, Stacks, available; one at Branch 0, not available (xxx")
    assert found.reason.endswith("; 4 more.")
    assert len(found.reason) < 800


def test_all_on_loan_is_unavailable_with_the_earliest_date() -> None:
    """When every lendable copy is out, the one due first is named, wherever it stands in the record."""
    later = item(OUT, library="Main", due_date="2027-01-05")
    first = item(OUT, library="Main", due_date="2026-12-03")
    found = judged(later, item(OUT, library="Main"), first)
    assert (found.verdict, found.item) == (Availability.UNAVAILABLE, first)
    assert found.reason.endswith("No copy can be had now; the first is due 2026-12-03.")


def test_a_copy_that_is_in_but_refused_beside_one_on_loan_is_not_requestable() -> None:
    """What is in may not be requested and what may be requested is out: the copy to wait for is named all the same."""
    loan = item(OUT, library="Main", due_date="2026-12-03")
    found = judged(loan, item(library="Main", location="Reserve"), deny_locations=(" RESERVE ",))
    assert (found.verdict, found.item) == (Availability.NOT_REQUESTABLE, loan)
    assert found.reason == (
        "2 copies at Main: one on loan until 2026-12-03; one in Reserve, a location that is on the deny list "
        "-> not requestable."
    )
    gone = judged(loan, item(OUT, library="Main", location="Reserve"), deny_locations=("reserve",))
    assert (gone.verdict, gone.item) == (Availability.UNAVAILABLE, loan)


def test_unknown_stays_unknown() -> None:
    """An unknown status is never available, not even beside copies that are out."""
    found = judged(item(OUT, library="Main"), item(Status.UNKNOWN, library="Main", raw_status=("Odd",)))
    assert (found.verdict, found.item and found.item.status) == (Availability.UNKNOWN, Status.UNKNOWN)
    assert found.reason == (
        "2 copies at Main: one not available; one status not known (Odd). Whether a copy can be had is not known."
    )


def test_only_refused_copies_are_not_requestable() -> None:
    """When every copy is refused, none may be asked for, whatever its status."""
    found = judged(item(library="Main", not_lent="LIB USE ONLY"), item(OUT, library="Main", not_lent="not for loan"))
    assert (found.verdict, found.item) == (Availability.NOT_REQUESTABLE, None)
    assert found.reason == (
        "2 copies at Main: one not lent (LIB USE ONLY); one not lent (not for loan) -> not requestable."
    )


@pytest.mark.parametrize(
    ("texts", "lists", "verdict"),
    [
        ({"library_code": "REF"}, {"deny_locations": ("ref",)}, Availability.NOT_REQUESTABLE),
        ({"library": "Reference Hall"}, {"deny_locations": ("reference hall",)}, Availability.NOT_REQUESTABLE),
        ({"location_code": "REF"}, {"deny_locations": ("Ref",)}, Availability.NOT_REQUESTABLE),
        ({"temporary_location": "Reserve"}, {"deny_locations": ("reserve",)}, Availability.NOT_REQUESTABLE),
        ({"collection": "RARE"}, {"deny_locations": ("rare",)}, Availability.NOT_REQUESTABLE),
        ({"location": "Stacks"}, {"deny_locations": ("reserve",)}, Availability.AVAILABLE),
        ({"location": "Stacks"}, {"allow_locations": ("stacks",)}, Availability.AVAILABLE),
        ({"location": "Attic"}, {"allow_locations": ("stacks",)}, Availability.NOT_REQUESTABLE),
        (
            {"library": "Main", "location": "Reserve"},
            {"allow_locations": ("main",), "deny_locations": ("reserve",)},
            Availability.NOT_REQUESTABLE,
        ),
        ({"policy": "Day Loan"}, {"deny_policies": ("day loan",)}, Availability.NOT_REQUESTABLE),
        ({"policy": "Book"}, {"allow_policies": ("book",)}, Availability.AVAILABLE),
        ({"policy": "Map"}, {"allow_policies": ("book",)}, Availability.NOT_REQUESTABLE),
        ({}, {"allow_policies": ("book",)}, Availability.UNKNOWN),
        ({}, {"deny_policies": ("book",)}, Availability.AVAILABLE),
        ({}, {"allow_locations": ("stacks",)}, Availability.UNKNOWN),
        ({}, {"deny_locations": ("reserve",)}, Availability.UNKNOWN),
    ],
)
def test_lists(texts: dict[str, Any], lists: dict[str, Any], verdict: Availability) -> None:
    """Deny wins over allow, words compare folded, and a list that cannot be applied makes the copy unknown."""
    assert judged(item(**texts), **lists).verdict is verdict


def test_refusals_say_why() -> None:
    """Each kind of refusal has its own words."""
    texts: dict[str, Any] = {"library": "Main", "location": "Attic", "policy": "Map"}
    assert "of policy 'Map', which is on the deny list" in judged(item(**texts), deny_policies=("map",)).reason
    assert "of policy 'Map', which is not on the allow list" in judged(item(**texts), allow_policies=("x",)).reason
    assert "a location that is not on the allow list" in judged(item(**texts), allow_locations=("x",)).reason
    assert "available, but its item policy is not given" in judged(item(library="M"), allow_policies=("x",)).reason


def test_holdings_codes_restrict_the_libraries() -> None:
    """Only libraries named by code or name count; if none is, the partner does not supply this title."""
    main, law = item(OUT, library_code="MAIN", library="Main Library"), item(library="Law")
    assert judged(main, law, codes=("main",)).verdict is Availability.UNAVAILABLE
    assert judged(main, law, codes=("MAIN LIBRARY",)).verdict is Availability.UNAVAILABLE
    assert judged(main, law, codes=(" law ",)).item is law
    elsewhere = judged(main, law, codes=("Med",))
    assert elsewhere.verdict is Availability.NOT_REQUESTABLE
    assert elsewhere.reason == "Held only by Main Library, Law, not by a library this partner supplies from (Med)."


def test_a_copy_without_a_library_is_unsure_under_holdings_codes() -> None:
    """A copy whose library is not given may be at the right one: it is unknown, neither dropped nor available."""
    found = judged(item(location="Stacks"), codes=("MAIN",))
    assert found.verdict is Availability.UNKNOWN
    assert "available, but its library is not given" in found.reason


def test_electronic_only_when_a_physical_copy_is_wanted() -> None:
    """Electronic holdings do not answer a wish for paper, and do when anything will do."""
    online = item(library="Collection", electronic=True)
    wanted = judged(online, form=Form(FormKind.ELECTRONIC, ("338 $b says electronic: cr.",)))
    assert (wanted.verdict, wanted.item) == (Availability.ELECTRONIC_ONLY, None)
    assert wanted.evidence == ("338 $b says electronic: cr.",)
    assert judged(online, form=Form(FormKind.ELECTRONIC), physical=False).verdict is Availability.AVAILABLE


def test_electronic_items_do_not_count_beside_physical_ones() -> None:
    """Of mixed holdings only the copies on shelves count when paper is wanted."""
    online = item(library="Main", electronic=True)
    mixed = Form(FormKind.MIXED)
    assert judged(online, item(OUT, library="Main"), form=mixed).verdict is Availability.UNAVAILABLE
    only_here = judged(online, item(library="Law"), form=mixed, codes=("Main",))
    assert only_here.verdict is Availability.ELECTRONIC_ONLY


def test_no_item_is_unknown() -> None:
    """A record that names no copy says nothing, and its notes are kept as evidence."""
    found = assess(
        Holdings("koha", notes=("Nothing read.",)),
        PHYSICAL,
        rules=SupplyRules(ItemPreferences(), Fulfilment(), ("MAIN",)),
        wants_physical=True,
    )
    assert (found.verdict, found.evidence) == (Availability.UNKNOWN, ("Nothing read.",))
    assert found.reason == "The record names no copy, so nothing is known of them."


@pytest.mark.parametrize(
    ("carriers", "items", "kind"),
    [
        ({Carrier.PRINT}, (), FormKind.PHYSICAL),
        ({Carrier.DISC}, (), FormKind.PHYSICAL),
        ({Carrier.ELECTRONIC}, (), FormKind.ELECTRONIC),
        ({Carrier.PRINT, Carrier.ELECTRONIC}, (), FormKind.MIXED),
        (set(), (), FormKind.UNKNOWN),
        (set(), (item(library="Main"),), FormKind.PHYSICAL),
        (set(), (item(Status.UNKNOWN, location="Stacks"),), FormKind.PHYSICAL),
        (set(), (item(Status.UNKNOWN),), FormKind.UNKNOWN),
        ({Carrier.PRINT}, (item(electronic=True),), FormKind.ELECTRONIC),
        ({Carrier.PRINT}, (item(electronic=True), item()), FormKind.MIXED),
        ({Carrier.ELECTRONIC}, (item(Status.UNKNOWN, location="E-files"),), FormKind.ELECTRONIC),
        ({Carrier.ELECTRONIC}, (item(Status.UNKNOWN, barcode="301"),), FormKind.MIXED),
    ],
)
def test_form(carriers: set[Carrier], items: tuple[Item, ...], kind: FormKind) -> None:
    """Holdings and carriers together tell physical from electronic; what neither tells is unknown."""
    assert tell_form(bib(carriers=frozenset(carriers)), held(*items)).kind is kind


def test_form_evidence_and_links() -> None:
    """Evidence is in sentences; a link in 856 is named, and proves nothing by itself."""
    linked = tell_form(bib("856 40 $u https://example.org/toc $3 Table of contents"), held())
    assert linked.kind is FormKind.UNKNOWN
    assert linked.evidence == ("856 gives a link, which alone does not make the title electronic.",)
    mixed = tell_form(
        bib(carriers=frozenset({Carrier.PRINT})), held(item(library="Main"), item(library="Web", electronic=True))
    )
    assert mixed.evidence == (
        "338 $b says print: print.",
        "1 of 2 holdings electronic: Web.",
        "1 copy on shelves.",
    )
    assert tell_form(None, held()).kind is FormKind.UNKNOWN


def test_ten_thousand_items_read_and_judged() -> None:
    """A record with 10,000 copies is read and judged copy by copy, and its reason stays short."""
    record = bib(
        *(f"952 $0 0 $1 0 $7 0 $a L{n % 40} $c S{n % 7} $p {n} $q 2026-12-{n % 28 + 1:02}" for n in range(10_000))
    )
    found = read_holdings(record, None, "koha")
    rules = SupplyRules(ItemPreferences(), Fulfilment())
    verdict = assess(found, tell_form(record, found), rules=rules, wants_physical=True)
    assert (len(found.items), len(verdict.evidence)) == (10_000, 10_000)
    assert verdict.verdict is Availability.UNAVAILABLE
    assert verdict.item is not None
    assert verdict.item.due_date == "2026-12-01"
    assert len(verdict.reason) < 500
    assert " more. No copy can be had now; the first is due 2026-12-01." in verdict.reason
