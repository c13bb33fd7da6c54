"""Configuration of lending: what a right file becomes, and what a partner's own settings of its dialect change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from locate.availability import Item, Status, partner_dialect, read_holdings
from locate.config import Config, Institution, load_config, parse_config
from locate.config.reading import tables_in
from locate.config.tables import BorrowingTable, CatalogTable, LendingTable
from locate.errors import ConfigurationError
from locate.lending_settings import ElectronicRule, LendingSettings, Licence, Permits
from locate.partner import Limits, LocateProfile, Partner, SearchStep, StepKind, Target
from locate.supply import Fulfilment, FulfilmentRule, ItemPreferences, PlacePreference, TermsOfUse
from locate.z3950.opac import CircRecord, HoldingsAndCirc
from tests.availability.build import bib, opac

DOCS = Path(__file__).parent.parent / "docs"
HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n'
CATALOG = '[institution.catalog]\ntarget = "own.example.org:2100/own"\nsystem = "alma"\n'
PARTNER = '[[partners]]\ncode = "P"\ntarget = "p.example.org"\n'
REQUESTABLE = "is_requestable_for_physical_resource_sharing"
LOAN = TermsOfUse("Loan", is_requestable_for_physical_resource_sharing=True)
IN_HOUSE = TermsOfUse("In house", is_requestable_for_physical_resource_sharing=False)


def read(text: str) -> Config:
    """Return the configuration that ``text`` is, after the head and before a partner P."""
    return parse_config(f"{HEAD}{text}\n{PARTNER}", "test.toml", {})


def read_partner(body: str, defaults: str = "") -> Partner:
    """Return the partner P with ``body`` in its table."""
    return parse_config(f"{HEAD}{defaults}\n{PARTNER}{body}", "test.toml", {}).partner("P")


FULL = f"""
[institution.catalog]
target = "own.example.org:2100/own"
system = "koha"
on_error = "retry_later"
limits = {{ connections = 3 }}
items = {{ deny_policies = ["Reference"], places = [{{ location = " Annex ", prefer = -1 }}] }}

[institution.catalog.fulfilment]
terms.Loan = {{ {REQUESTABLE} = true }}
terms."In house" = {{ {REQUESTABLE} = false }}
rules = [
  {{ terms = "In house", library = ["LAW"], location = ["A", " B "], item_policy = ["C"] }},
  {{ terms = "In house", temporary_location = ["D"] }},
  {{ terms = "Loan" }},
]

[institution.catalog.dialect.words]
available = ["Reshelving"]

[institution.catalog.profile]
steps = [{{ kind = "isbn" }}]

[borrowing]
check_own_catalog = true

[lending]
temporarily_inactive = true
automatic_locate = false
reject_when_locate_fails = true
ignore_electronic = true
ignore_electronic_for_physical_only = true
prefer_electronic_for_articles = true
reject_when_only_electronic = true
reject_when_no_available = true
reject_when_no_requestable = true
item_rules_for_digital = true
auto_request_lending = true
supply_from = ["MAIN", " LAW "]
licences = [
  {{ resource = "Example Press", permits_ill = "yes" }},
  {{ resource = "Other Press", permits_ill = "no" }},
  {{ resource = "Old Press", permits_ill = "unknown" }},
]

[[lending.electronic_rules]]
reject = false
reason = "the licence permits it"
licence_permits_ill = ["yes", "unknown"]

[[lending.electronic_rules]]
reject = true
partner = ["NORTH"]
citation_type = ["book", "article"]
requested_format = ["print"]
level_of_service = ["Express"]
electronic_kind = ["portfolio", "collection", "digital"]
coverage_fits = ["fits", "does_not_fit", "cannot_tell"]
"""


class TestRight:
    """What a right file becomes."""

    def test_every_key_reaches_its_object(self) -> None:
        """The own catalog is a partner with the institution's code; its items and terms are those of lending too."""
        items = ItemPreferences(deny_policies=("Reference",), places=(PlacePreference("", "Annex", -1),))
        fulfilment = Fulfilment(
            (
                FulfilmentRule(IN_HOUSE, library=("LAW",), location=("A", "B"), item_policy=("C",)),
                FulfilmentRule(IN_HOUSE, temporary_location=("D",)),
                FulfilmentRule(LOAN),
            )
        )
        config = read(FULL)
        catalog = config.institution.catalog
        assert config.institution == Institution("HOME", "Home Library", None, catalog)
        assert catalog is not None
        assert catalog.on_error == "retry_later"
        assert (catalog.code, catalog.label, catalog.system) == ("HOME", "Home Library", "koha")
        assert catalog.target == Target("own.example.org", 2100, "own")
        assert catalog.profile == LocateProfile(steps=(SearchStep(StepKind.ISBN, ((1, 7),)),))
        assert (catalog.limits, catalog.holdings_codes) == (Limits(connections=3), ())
        assert (catalog.items, catalog.fulfilment) == (items, fulfilment)
        assert catalog.dialect == {"words": {"available": ["Reshelving"]}}
        assert config.check_own_catalog is True
        assert config.lending == LendingSettings(
            temporarily_inactive=True,
            automatic_locate=False,
            reject_when_locate_fails=True,
            ignore_electronic=True,
            ignore_electronic_for_physical_only=True,
            prefer_electronic_for_articles=True,
            reject_when_only_electronic=True,
            reject_when_no_available=True,
            reject_when_no_requestable=True,
            item_rules_for_digital=True,
            auto_request_lending=True,
            supply_from=("MAIN", "LAW"),
            electronic_rules=(
                ElectronicRule(reject=False, reason="the licence permits it", licence_permits_ill=("yes", "unknown")),
                ElectronicRule(
                    reject=True,
                    partner=("NORTH",),
                    citation_type=("book", "article"),
                    requested_format=("print",),
                    level_of_service=("Express",),
                    electronic_kind=("portfolio", "collection", "digital"),
                    coverage_fits=("fits", "does_not_fit", "cannot_tell"),
                ),
            ),
            licences=(
                Licence("Example Press", Permits.YES),
                Licence("Other Press", Permits.NO),
                Licence("Old Press", Permits.UNKNOWN),
            ),
            items=items,
            fulfilment=fulfilment,
        )

    def test_nothing_written_rejects_nothing(self) -> None:
        """Without the tables there is no own catalog, it is not looked into, and lending has its defaults."""
        config = read("")
        assert (config.institution.catalog, config.check_own_catalog) == (None, False)
        assert config.lending == LendingSettings()
        assert config.lending.automatic_locate is True
        assert (config.partner("P").fulfilment, config.partner("P").dialect) == (Fulfilment(), {})

    def test_empty_tables_are_as_none(self) -> None:
        """An empty table changes nothing; a catalog in its shortest form has the defaults of a partner."""
        config = read(f"{CATALOG}[borrowing]\n[lending]")
        assert (config.lending, config.check_own_catalog) == (LendingSettings(), False)
        target = Target("own.example.org", 2100, "own")
        assert config.institution.catalog == Partner("HOME", target, name="Home Library", system="alma")

    def test_each_switch_is_its_own(self) -> None:
        """A key of lending that is true turns that switch, and no other."""
        switches = [name for name, found in LendingTable.model_fields.items() if found.annotation == bool | None]
        assert len(switches) == 11
        for name in switches:
            switched: dict[str, Any] = {name: name != "automatic_locate"}
            config = read(f"[lending]\n{name} = {str(switched[name]).lower()}")
            assert config.lending == LendingSettings(**switched)

    def test_the_own_catalog_has_the_defaults_under_it(self) -> None:
        """What [defaults] says of partners it says of the own catalog, whose items count for lending."""
        config = read(
            f"""
            [institution.catalog]
            target = "own"
            items = {{ deny_locations = ["Vault"] }}
            [defaults]
            system = "alma"
            items = {{ deny_policies = ["Reference"] }}
            profile = {{ max_records = 3 }}
            fulfilment = {{ terms.Loan = {{ {REQUESTABLE} = true }}, rules = [{{ terms = "Loan" }}] }}
            """
        )
        catalog = config.institution.catalog
        assert catalog is not None
        assert (catalog.system, catalog.profile) == ("alma", LocateProfile(max_records=3))
        assert catalog.items == ItemPreferences(deny_locations=("Vault",), deny_policies=("Reference",))
        assert config.lending.items == catalog.items
        assert config.lending.fulfilment == Fulfilment((FulfilmentRule(LOAN),))

    def test_the_catalog_may_stay_unsearched(self) -> None:
        """A catalog with profile = false is a right one, as it is for a partner."""
        catalog = read(f"{CATALOG}profile = false").institution.catalog
        assert catalog is not None
        assert catalog.profile is None

    def test_places_have_their_preferences(self) -> None:
        """Places keep their order; what one does not name is any, and a partner's list replaces the default one."""
        body = 'items.places = [{ library = "MAIN", prefer = 2 }, { location = "B", prefer = -1 }, { prefer = 0 }]'
        default = '[defaults.items]\nplaces = [{ library = "X", prefer = 9 }]\ndeny_locations = ["D"]'
        places = (PlacePreference("MAIN", "", 2), PlacePreference("", "B", -1), PlacePreference("", "", 0))
        assert read_partner(body, default).items == ItemPreferences(deny_locations=("D",), places=places)
        assert read_partner("", default).items.places == (PlacePreference("X", "", 9),)
        assert read_partner("items.places = []", default).items.places == ()

    def test_the_example_shows_all_of_it(self) -> None:
        """The example file has a catalog, the look before borrowing, electronic rules, terms of use and a dialect."""
        config = load_config(DOCS / "partners.example.toml", {})
        catalog = config.institution.catalog
        assert catalog is not None
        assert (catalog.code, catalog.system, config.check_own_catalog) == ("ANYTOWN", "alma", True)
        assert (
            config.lending.items == catalog.items == ItemPreferences(deny_policies=("Reference", "In-library use only"))
        )
        assert [rule.reject for rule in config.lending.electronic_rules] == [False, True]
        rules = config.partner("LAKESIDE").fulfilment.rules
        assert [rule.terms for rule in rules] == [IN_HOUSE, IN_HOUSE, IN_HOUSE, LOAN]
        assert config.partner("RIVERSIDE").fulfilment == Fulfilment()
        assert partner_dialect(config.partner("LAKESIDE")).gives >= {"policy", "material_type", "process_type"}


class TestFulfilmentOfPartners:
    """Terms of use of the defaults and of a partner, laid over each other."""

    DEFAULTS = f"""
        [defaults.fulfilment]
        terms.Loan = {{ {REQUESTABLE} = true }}
        terms."In house" = {{ {REQUESTABLE} = false }}
        rules = [{{ terms = "In house", location = ["Vault"] }}, {{ terms = "Loan" }}]
        """

    def test_the_default_rules_stand_where_a_partner_has_none(self) -> None:
        """Terms alone leave the rules of the defaults."""
        rules = (FulfilmentRule(IN_HOUSE, location=("Vault",)), FulfilmentRule(LOAN))
        assert read_partner("", self.DEFAULTS).fulfilment == Fulfilment(rules)
        body = f"fulfilment.terms.Other = {{ {REQUESTABLE} = true }}"
        assert read_partner(body, self.DEFAULTS).fulfilment == Fulfilment(rules)

    def test_rules_of_a_partner_replace_those_of_the_defaults(self) -> None:
        """They may name terms of either; an empty list looks at no terms at all."""
        body = f"""
            [partners.fulfilment]
            terms.Other = {{ {REQUESTABLE} = false }}
            rules = [{{ terms = "Loan", library = ["L"] }}, {{ terms = "Other" }}]
            """
        other = TermsOfUse("Other", is_requestable_for_physical_resource_sharing=False)
        assert read_partner(body, self.DEFAULTS).fulfilment == Fulfilment(
            (FulfilmentRule(LOAN, library=("L",)), FulfilmentRule(other))
        )
        assert read_partner("fulfilment.rules = []", self.DEFAULTS).fulfilment == Fulfilment()

    def test_terms_of_a_partner_go_before_those_of_the_defaults(self) -> None:
        """One name, two meanings: the partner's own counts in the rules of the defaults too."""
        body = f"fulfilment.terms.Loan = {{ {REQUESTABLE} = false }}"
        last = read_partner(body, self.DEFAULTS).fulfilment.rules[-1]
        assert last.terms == TermsOfUse("Loan", is_requestable_for_physical_resource_sharing=False)

    def test_default_rules_may_name_terms_that_each_partner_says(self) -> None:
        """The rules are shared, and what their terms mean is each partner's matter."""
        defaults = '[defaults.fulfilment]\nrules = [{ terms = "Local" }]'
        (rule,) = read_partner(f"fulfilment.terms.Local = {{ {REQUESTABLE} = true }}", defaults).fulfilment.rules
        assert rule.terms == TermsOfUse("Local", is_requestable_for_physical_resource_sharing=True)


class TestDialectOfPartners:
    """What a partner's own settings of its dialect change in what is read."""

    def test_a_subfield_is_read_as_the_partner_says(self) -> None:
        """This Koha has its item type in $8; all else is read as Koha writes it."""
        record = bib("952 ## $0 0 $1 0 $7 0 $a MAIN $y BK $8 REF $p 301")
        own = read_partner('system = "koha"\ndialect.fields = [{ tag = "952", text = { policy = "8" } }]')
        plain = read_partner('system = "koha"')
        (changed,) = read_holdings(record, None, partner_dialect(own)).items
        (usual,) = read_holdings(record, None, partner_dialect(plain)).items
        assert (usual.policy, changed.policy) == ("BK", "REF")
        assert (changed.status, changed.library_code, changed.barcode) == (Status.AVAILABLE, "MAIN", "301")

    def test_a_word_moves(self) -> None:
        """A word that nobody knew, and one that meant something else, mean what the partner says."""
        body = 'system = "alma"\n[partners.dialect.words]\navailable = ["Reshelving", "reference"]'
        own, plain = partner_dialect(read_partner(body)), partner_dialect(read_partner('system = "alma"'))

        def one(word: str) -> HoldingsAndCirc:
            return HoldingsAndCirc(circulation=(CircRecord(available_now=True, restrictions=word),))

        record = opac(one("Reshelving"), one("Reference"), one("Lost"))
        changed, usual = (read_holdings(None, record, dialect).items for dialect in (own, plain))
        assert [each.status for each in changed] == [Status.AVAILABLE, Status.AVAILABLE, Status.UNKNOWN]
        assert [each.status for each in usual] == [Status.UNKNOWN, Status.AVAILABLE, Status.UNKNOWN]
        assert [each.not_lent for each in usual] == ["", "Reference", ""]
        assert [each.not_lent for each in changed] == ["", "", ""]

    def test_a_place_in_the_opac_record_makes_a_rule_possible(self) -> None:
        """A process type that a dialect does not know is read where the partner says, and rules may ask for it."""
        body = f"""
            system = "alma"
            dialect.opac.text.process_type = "holding.shelving_data"
            [partners.fulfilment]
            terms.Loan = {{ {REQUESTABLE} = true }}
            rules = [{{ terms = "Loan", process_type = ["LOAN"] }}]
            """
        partner = read_partner(body)
        assert partner.fulfilment == Fulfilment((FulfilmentRule(LOAN, process_type=("LOAN",)),))
        held = opac(HoldingsAndCirc(shelving_data="LOAN", circulation=(CircRecord(available_now=True),)))
        (item,) = read_holdings(None, held, partner_dialect(partner)).items
        assert (item.process_type, item.status) == ("LOAN", Status.AVAILABLE)

    def test_a_field_of_its_own(self) -> None:
        """A field that the dialect has no layout for is read by the partner's."""
        body = 'system = "koha"\ndialect.fields = [{ tag = "949", status = ["s"], text = { library = "l" } }]'
        (item,) = read_holdings(bib("949 $l Hall $s Available"), None, partner_dialect(read_partner(body))).items
        assert item == Item(item.status, item.rule, ("Available",), library="Hall")
        assert item.status is Status.AVAILABLE

    def test_the_dialect_of_one_partner_is_not_that_of_another(self) -> None:
        """Two partners of one system keep their own words."""
        text = f'{HEAD}{PARTNER}system = "alma"\ndialect.words.available = ["Reshelving"]\n'
        text += '[[partners]]\ncode = "Q"\ntarget = "q"\nsystem = "alma"'
        first, second = (partner_dialect(each) for each in parse_config(text, "t", {}).partners)
        assert (first.words["reshelving"], "reshelving" in second.words) == ("available", False)


def test_a_library_that_only_lends_needs_no_partner() -> None:
    """The own catalog is enough; without it there has to be a partner."""
    config = parse_config(f"{HEAD}{CATALOG}", "test.toml", {})
    assert config.institution.catalog is not None
    assert config.partners == ()
    with pytest.raises(ConfigurationError, match="write at least one"):
        parse_config(HEAD, "test.toml", {})


def test_a_rule_may_ask_for_what_the_system_gives() -> None:
    """The item policy is given by an Alma's records; an input that is an empty list asks for nothing."""
    body = f"""
        system = "alma"
        [partners.fulfilment]
        terms.Loan = {{ {REQUESTABLE} = true }}
        rules = [{{ terms = "Loan", item_policy = ["A"], process_type = [] }}]
        """
    assert read_partner(body).fulfilment.rules == (FulfilmentRule(LOAN, item_policy=("A",)),)


def keys_of(table: type[BaseModel]) -> set[str]:
    """Return every key of a table and of the tables in it."""
    inner = {
        key for found in table.model_fields.values() for each in tables_in(found.annotation) for key in keys_of(each)
    }
    return inner | set(table.model_fields)


@pytest.mark.parametrize("table", [BorrowingTable, CatalogTable, LendingTable])
@pytest.mark.parametrize("page", ["partners.example.toml", "configuration.md"])
def test_the_documentation_names_every_key(table: type[BaseModel], page: str) -> None:
    """The example and the reference page each show every key of the new tables."""
    text = (DOCS / page).read_text(encoding="utf-8")
    assert sorted(key for key in keys_of(table) if not re.search(rf"\b{key}\b", text)) == []
