"""Whether an item may be requested: terms of use, lists, preferences and libraries, and the item that is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from locate.availability import (
    Availability,
    Status,
    read_holdings,
)
from locate.availability.rules import best_first
from locate.supply import PlacePreference
from locate.z3950.opac import CircRecord, HoldingsAndCirc

from .build import circ, item, opac
from .build_rules import keeps, lends, supply, verdict

OUT, UNKNOWN = Status.UNAVAILABLE, Status.UNKNOWN
NO_TERMS = "whose terms of use are not requestable"
NO_RULE = "no fulfilment rule chooses its terms of use"


class TestTermsOfUse:
    """Fulfilment rules choose the terms of use, and these say whether an item may be requested."""

    def test_without_rules_terms_of_use_are_not_looked_at(self) -> None:
        """A library without fulfilment rules lends what nothing else refuses, and names no terms."""
        found = supply().judge(item())
        assert (found.requestable, found.refused, found.unsure, found.terms) == (True, "", "", "")

    def test_the_first_rule_that_fits_counts(self) -> None:
        """Rules are tried in order, and a later one that fits too changes nothing."""
        reserve = item(library="Main", location="Reserve", policy="Book")
        found = supply(keeps(location=("reserve",)), lends(item_policy=("book",))).judge(reserve)
        assert (found.requestable, found.refused) == (False, NO_TERMS)
        assert found.terms == "terms 'In house' by fulfilment rule 1"
        turned = supply(lends(item_policy=("book",)), keeps(location=("reserve",))).judge(reserve)
        assert (turned.requestable, turned.terms) == (True, "terms 'Loan' by fulfilment rule 1")

    def test_a_rule_that_does_not_fit_is_passed_over(self) -> None:
        """The number in the sentence is that of the rule in the library's own order, from 1."""
        found = supply(keeps(location=("reserve",)), keeps(item_policy=("map",)), lends()).judge(
            item(location="Stacks", policy="Book")
        )
        assert (found.requestable, found.terms) == (True, "terms 'Loan' by fulfilment rule 3")

    @pytest.mark.parametrize(
        ("condition", "texts"),
        [
            ("library", {"library": "Main Library"}),
            ("library", {"library_code": "MAIN"}),
            ("location", {"location": "Stacks"}),
            ("location", {"location_code": "STK"}),
            ("item_policy", {"policy": "28 Days"}),
            ("material_type", {"material_type": "BOOK"}),
            ("process_type", {"process_type": "Acquisition"}),
            ("temporary_location", {"temporary_location": "Display"}),
            ("temporary_location", {"temporary_library": "Law"}),
        ],
    )
    def test_each_condition(self, condition: str, texts: dict[str, Any]) -> None:
        """A condition fits by one of its values, folded and trimmed, against the text that it names, code or name."""
        (value,) = texts.values()
        rules = supply(keeps(**{condition: ("nothing of these", f"  {value.swapcase()} ")}), lends())
        assert rules.judge(item(**texts)).requestable is False
        other: dict[str, Any] = dict.fromkeys(texts, "another")
        assert rules.judge(item(**other)).requestable is True

    def test_all_conditions_of_a_rule_must_fit(self) -> None:
        """One condition that fails is enough to pass a rule over, even when another cannot be tried."""
        rules = supply(keeps(library=("Law",), item_policy=("book",)), lends())
        assert rules.judge(item(library="Law", policy="Book")).requestable is False
        assert rules.judge(item(library="Main", policy="Book")).requestable is True
        assert rules.judge(item(library="Main")).requestable is True

    @pytest.mark.parametrize(
        ("condition", "named"),
        [
            ("library", "library"),
            ("location", "location"),
            ("item_policy", "item policy"),
            ("material_type", "material type"),
            ("process_type", "process type"),
        ],
    )
    def test_a_missing_input_on_which_the_answer_hangs_leaves_it_open(self, condition: str, named: str) -> None:
        """Where the record does not give what a rule asks for, and the rules differ, nobody can tell."""
        found = supply(keeps(**{condition: ("x",)}), lends()).judge(item())
        assert (found.requestable, found.refused) == (None, "")
        assert found.unsure == f"its {named} is not given, on which its terms of use depend"
        assert found.status is UNKNOWN

    def test_several_missing_inputs_are_named_once_each(self) -> None:
        """The sentence names every input that is missing, in the order of the rules."""
        found = supply(
            keeps(item_policy=("a",)), keeps(item_policy=("b",), material_type=("map",)), lends(library=("Main",))
        ).judge(item(library="Main"))
        assert found.unsure == "its item policy and material type is not given, on which its terms of use depend"

    @pytest.mark.parametrize(("rule", "expected"), [(lends, True), (keeps, False)])
    def test_terms_that_agree_decide_whatever_is_missing(self, rule: Any, expected: bool) -> None:  # noqa: FBT001
        """When every rule that may be the one says the same, the missing input does not matter."""
        found = supply(rule(item_policy=("book",)), rule(material_type=("map",)), rule()).judge(item())
        assert (found.requestable, found.unsure) == (expected, "")

    def test_terms_that_may_not_be_chosen_at_all_leave_it_open(self) -> None:
        """A rule that may fit decides nothing while, if it does not, none does."""
        found = supply(keeps(item_policy=("reference",))).judge(item(library="Main"))
        assert (found.requestable, found.unsure) == (
            None,
            "its item policy is not given, on which its terms of use depend",
        )

    def test_a_sure_rule_before_the_doubtful_one_decides(self) -> None:
        """A missing input that only a later rule asks for is not missed."""
        found = supply(lends(library=("main",)), keeps(item_policy=("x",))).judge(item(library="Main"))
        assert (found.requestable, found.unsure, found.terms) == (True, "", "terms 'Loan' by fulfilment rule 1")

    def test_terms_that_are_not_decided_are_not_named(self) -> None:
        """Where nobody can tell which rule chooses, no sentence says that one of them did."""
        found = verdict(supply(keeps(item_policy=("x",)), lends()), item(library="Main"))
        assert found.verdict is Availability.UNKNOWN
        assert not any("'Loan'" in sentence for sentence in found.evidence)

    def test_no_rule_that_fits_leaves_it_open(self) -> None:
        """A library that has rules, none of which fits, has not said whether the item may be requested."""
        found = supply(lends(library=("Law",))).judge(item(library="Main"))
        assert (found.requestable, found.unsure, found.terms) == (None, NO_RULE, "")
        told = verdict(supply(lends(library=("Law",))), item(library="Main"))
        assert told.verdict is Availability.UNKNOWN
        assert told.reason == (f"One copy at Main: available, but {NO_RULE}. Whether a copy can be had is not known.")

    def test_a_copy_that_is_out_stays_out_whatever_its_terms(self) -> None:
        """Doubt about the terms makes an available copy unknown, and one on loan no better than on loan."""
        found = verdict(supply(keeps(item_policy=("x",)), lends()), item(OUT, library="Main", due_date="2026-12-03"))
        assert found.verdict is Availability.UNAVAILABLE

    def test_a_refusal_of_the_terms_outweighs_what_is_missing(self) -> None:
        """An item that surely may not be requested is refused, though a list could not be applied to it."""
        found = supply(keeps(), allow_policies=("book",)).judge(item())
        assert (found.requestable, found.refused, found.unsure) == (False, NO_TERMS, "")

    def test_the_evidence_names_the_terms(self) -> None:
        """The sentence of an item ends with its terms, the rule that chose them and the rule of its status."""
        found = verdict(supply(lends(item_policy=("book",))), item(library="Main", policy="Book"))
        assert found.evidence == ("Main: available; terms 'Loan' by fulfilment rule 1; test.",)


class TestTemporaryPlaces:
    """Where an item is now, and where it belongs."""

    @pytest.mark.parametrize(
        ("texts", "now", "home"),
        [
            ({"location": "Stacks", "temporary_location": "Reserve"}, "reserve", "stacks"),
            ({"location_code": "STK", "temporary_location": "Reserve"}, "reserve", "stk"),
            ({"library": "Main", "temporary_library": "Law"}, "law", "main"),
            ({"library_code": "MAIN", "temporary_library": "Law"}, "law", "main"),
        ],
    )
    def test_a_temporary_place_replaces_the_home(self, texts: dict[str, Any], now: str, home: str) -> None:
        """Allow lists, preferences and conditions see where the item is now, and not where it belongs."""
        copy = item(**texts)
        at = "library" if "temporary_library" in texts else "location"
        assert supply(allow_locations=(now,)).judge(copy).requestable is True
        assert supply(allow_locations=(home,)).judge(copy).requestable is False
        preferred = [
            PlacePreference(name, "", 7) if at == "library" else PlacePreference("", name, 7) for name in (now, home)
        ]
        assert [supply(places=(place,)).judge(copy).preference for place in preferred] == [7, 0]
        assert supply(keeps(**{at: (now,)}), lends()).judge(copy).requestable is False
        assert supply(keeps(**{at: (home,)}), lends()).judge(copy).requestable is True

    @pytest.mark.parametrize("name", ["Stacks", "Reserve", "STK", "Main", "MAIN", "Law", "Rare books"])
    def test_deny_lists_look_at_both(self, name: str) -> None:
        """A copy is refused when its home or the place where it is now is on the deny list."""
        copy = item(
            library="Main",
            library_code="MAIN",
            location="Stacks",
            location_code="STK",
            temporary_location="Reserve",
            temporary_library="Law",
            collection="Rare books",
        )
        found = supply(deny_locations=(f" {name.upper()}",)).judge(copy)
        assert found.refused == "a location that is on the deny list"

    def test_a_temporary_library_leaves_the_location(self) -> None:
        """A copy that is at another library for a while keeps the name of its location."""
        copy = item(library="Main", location="Reserve", temporary_library="Law")
        assert supply(keeps(library=("law",), location=("reserve",)), lends()).judge(copy).requestable is False
        assert supply(allow_locations=("reserve",)).judge(copy).requestable is True

    def test_a_home_is_no_temporary_location(self) -> None:
        """The condition on a temporary location never fits a copy in its own place, and misses nothing there."""
        rules = supply(keeps(temporary_location=("stacks",)), lends())
        assert rules.judge(item(location="Stacks")).requestable is True
        assert rules.judge(item()).unsure == ""


class TestPreferences:
    """Which places come first, and which never."""

    def test_the_more_specific_place_counts(self) -> None:
        """A place of library and location counts before one of either, wherever it stands in the list."""
        rules = supply(
            places=(
                PlacePreference(prefer=1),
                PlacePreference(library="Main", prefer=2),
                PlacePreference(library="Main", location="Annex", prefer=3),
            )
        )
        assert rules.judge(item(library=" main ", location="ANNEX")).preference == 3
        assert rules.judge(item(library="Main", location="Stacks")).preference == 1
        turned = supply(places=(PlacePreference(library="Main", prefer=2), PlacePreference(prefer=1)))
        assert turned.judge(item(library="Main")).preference == 2
        assert turned.judge(item(library="Law")).preference == 1
        assert supply(places=(PlacePreference("Law", "", 4),)).judge(item(library="Main")).preference == 0

    def test_a_preference_below_zero_excludes(self) -> None:
        """A place that supplies nothing refuses its copies, with the number in the sentence."""
        rules = supply(places=(PlacePreference("Main", "Reserve", -1), PlacePreference("Main", "", 5)))
        found = rules.judge(item(library="Main", location="Reserve"))
        assert (found.requestable, found.preference) == (False, -1)
        assert found.refused == "a place that supplies nothing (preference -1)"
        assert rules.judge(item(library="Main", location="Stacks")).requestable is True

    def test_a_preferred_place_is_chosen_first(self) -> None:
        """Of copies that are in, the one at the best place is asked for, though it stands later and has more holds."""
        far = item(library="Main", location="Stacks")
        near = item(library="Main", location="Annex", temporary_location="Annex desk", holds=4)
        found = verdict(supply(places=(PlacePreference("Main", "annex desk", 9),)), far, near)
        assert (found.verdict, found.item) == (Availability.AVAILABLE, near)
        assert found.item_reason == "Of 2 that are in and may be requested, its place is preferred (9)."

    def test_a_preference_never_beats_being_in(self) -> None:
        """A copy that is in is asked for before one at a better place that is out."""
        near = item(OUT, library="Main", location="Annex")
        far = item(library="Main", location="Stacks")
        found = verdict(supply(places=(PlacePreference("Main", "Annex", 9),)), near, far)
        assert (found.verdict, found.item) == (Availability.AVAILABLE, far)
        assert found.item_reason == "It is the only copy that is in and may be requested."

    def test_the_best_of_equals_in_order(self) -> None:
        """Then physical before electronic, its own place before a temporary one, few holds before many."""
        rules = supply()
        plain, second = item(library="A"), item(library="B")
        waited, moved = item(library="C", holds=2), item(library="D", temporary_library="E")
        online = item(library="F", electronic=True)
        judged = [rules.judge(one) for one in (online, moved, waited, plain, second)]
        assert [one.item for one in best_first(judged)] == [plain, second, waited, moved, online]

    @pytest.mark.parametrize(
        ("chosen", "other", "said"),
        [
            ({}, {"electronic": True}, "it is a physical copy"),
            ({}, {"temporary_location": "Display"}, "it stands in its own place"),
            ({}, {"temporary_library": "Law"}, "it stands in its own place"),
            ({"holds": 1}, {"holds": 3}, "fewer readers wait for it"),
            ({}, {"temporary_location": "A", "holds": 1}, "it stands in its own place and fewer readers wait for it"),
            ({}, {}, "it is the first of equals"),
        ],
    )  # fmt: skip
    def test_the_reason_names_what_decided(self, chosen: dict[str, Any], other: dict[str, Any], said: str) -> None:
        """The reason for the item names each merit that it has before another copy that is in."""
        best = item(library="Main", call_number="chosen", **chosen)
        found = verdict(supply(), best, item(library="Main", call_number="other", **other), physical=False)
        assert (found.item, found.item_reason) == (best, f"Of 2 that are in and may be requested, {said}.")

    def test_the_copy_to_wait_for(self) -> None:
        """Of copies that are all out the one due first is the item, with a reason; an unknown one is not chosen."""
        later, first = item(OUT, due_date="2027-01-05"), item(OUT, due_date="2026-12-03")
        found = verdict(supply(), later, first)
        assert (found.item, found.item_reason) == (
            first,
            "It is the copy that may be requested and is expected first.",
        )
        assert verdict(supply(), item(UNKNOWN)).item_reason == ""


class TestLibraries:
    """Which libraries supply."""

    @pytest.mark.parametrize(
        ("libraries", "texts", "expected"),
        [
            ((), {}, True),
            ((), {"library": "Law"}, True),
            (("Main", "Law"), {"library": " LAW "}, True),
            (("Main",), {"library_code": "main"}, True),
            (("Main",), {"library": "Main Library", "library_code": "MAIN"}, True),
            (("Main",), {"library": "Law"}, False),
            (("Main",), {"location": "Main"}, None),
            (("Main",), {}, None),
        ],
    )
    def test_whether_a_library_supplies(
        self,
        libraries: tuple[str, ...],
        texts: dict[str, Any],
        expected: bool | None,  # noqa: FBT001
    ) -> None:
        """Without a choice every library supplies; an item that names none, where there is one, is not told."""
        assert supply(libraries=libraries).supplies(item(**texts)) is expected

    def test_an_item_of_no_named_library_is_open(self) -> None:
        """It is neither refused nor free, and other doubts do not hide this one."""
        found = supply(keeps(item_policy=("x",)), lends(), libraries=("Main",)).judge(item())
        assert (found.requestable, found.unsure) == (None, "its library is not given")

    def test_other_libraries_do_not_count(self) -> None:
        """A copy that is in elsewhere neither makes the title available nor stands in the reason."""
        found = verdict(supply(libraries=("Main",)), item(OUT, library="Main"), item(library="Law"))
        assert (found.verdict, found.not_held) == (Availability.UNAVAILABLE, False)
        assert "Law" not in found.reason
        assert [one.item.library for one in found.judged] == ["Main"]
        assert verdict(supply(libraries=("Med",)), item(library="Law")).not_held is True


class TestTheRecordsOwnWords:
    """What the record itself says against lending."""

    def test_suppressed_and_not_lent_are_refused_in_its_words(self) -> None:
        """Both are refused whatever the rules say, suppression first."""
        rules = supply(lends(), allow_locations=("main",))
        assert rules.judge(item(library="Main", not_lent="LIB USE ONLY")).refused == "not lent (LIB USE ONLY)"
        hidden = rules.judge(item(library="Main", suppressed="hidden", not_lent="LIB USE ONLY"))
        assert (hidden.refused, hidden.requestable) == ("not for the public (hidden)", False)

    def test_holds_are_kept_and_counted(self) -> None:
        """A copy with readers waiting may be requested, and comes after those without."""
        waited = item(library="Main", holds=12)
        free = item(library="Main", holds=0)
        found = verdict(supply(), waited, free)
        assert found.item is free
        assert [one.item.holds for one in found.judged] == [12, 0]
        assert verdict(supply(), waited).verdict is Availability.AVAILABLE

    def test_a_copy_on_hold_of_an_opac_record(self) -> None:
        """OnHold counts one reader, and a copy that is on its shelf and on hold is not known to be free."""
        on_hold = CircRecord(available_now=False, on_hold=True)
        (only,) = read_holdings(None, opac(HoldingsAndCirc(circulation=(on_hold,))), "opac").items
        assert (only.holds, only.status) == (1, OUT)
        (both,) = read_holdings(
            None, opac(HoldingsAndCirc(circulation=(replace(on_hold, available_now=True),))), "opac"
        ).items
        assert (both.holds, both.status) == (1, UNKNOWN)
        (free,) = read_holdings(None, opac(HoldingsAndCirc(circulation=(circ(now=True),))), "opac").items
        assert free.holds == 0


class TestTheSentence:
    """What a librarian reads."""

    def test_two_copies_one_on_loan_and_one_in_reserve(self) -> None:
        """The copy in Reserve may not be requested by its terms, and the one to wait for is the one on loan."""
        loan = item(OUT, library="Main", location="", due_date="2026-12-03", policy="Book")
        reserve = item(library="Main", location="Reserve", policy="Reserve")
        found = verdict(supply(keeps(item_policy=("reserve",)), lends(item_policy=("book",))), loan, reserve)
        assert (found.verdict, found.item, found.not_held) == (Availability.NOT_REQUESTABLE, loan, False)
        assert found.reason == (
            "2 copies at Main: one on loan until 2026-12-03; one in Reserve, whose terms of use are not requestable "
            "-> not requestable."
        )
        assert found.evidence == (
            "Main: on loan until 2026-12-03; terms 'Loan' by fulfilment rule 2; test.",
            "Main, Reserve: whose terms of use are not requestable; terms 'In house' by fulfilment rule 1; test.",
        )

    def test_only_items_that_may_not_be_requested(self) -> None:
        """When the terms of every item refuse, there is none to wait for."""
        found = verdict(supply(keeps()), item(library="Main"), item(OUT, library="Main", due_date="2026-12-03"))
        assert (found.verdict, found.item) == (Availability.NOT_REQUESTABLE, None)
        assert found.reason == ("2 copies at Main: 2 whose terms of use are not requestable -> not requestable.")

    def test_a_doubtful_copy_beside_one_on_loan(self) -> None:
        """A copy that is in and may perhaps be requested is unknown, and is the item to ask about."""
        loan = item(OUT, library="Main", policy="Book", due_date="2026-12-03")
        doubtful = item(library="Main", location="Desk")
        found = verdict(supply(keeps(item_policy=("reserve",)), lends()), loan, doubtful)
        assert (found.verdict, found.item) == (Availability.UNKNOWN, doubtful)
        assert "one in Desk, available, but its item policy is not given" in found.reason

    def test_each_item_is_judged_in_the_answer(self) -> None:
        """The judged items stand in record order, each with its preference."""
        rules = supply(places=(PlacePreference("Law", "", 2),), deny_locations=("reserve",))
        found = verdict(rules, item(library="Main", location="Reserve"), item(library="Law"))
        assert [(one.item.library, one.requestable, one.preference) for one in found.judged] == [
            ("Main", False, 0),
            ("Law", True, 2),
        ]
