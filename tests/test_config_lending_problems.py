"""Configuration of lending that is wrong: every mistake is told at once, with its exact path and sentence."""

from __future__ import annotations

import pytest

from locate.config import parse_config
from locate.errors import ConfigurationError

HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n'
CATALOG = '[institution.catalog]\ntarget = "own.example.org"\nsystem = "alma"\n'
PARTNER = '[[partners]]\ncode = "P"\ntarget = "p.example.org"\n'
REQUESTABLE = "is_requestable_for_physical_resource_sharing"
TERMS = f"fulfilment.terms.Loan = {{ {REQUESTABLE} = true }}\n"
NO_PATRON = (
    "asks for {}: a rule may not depend on the patron, for whether an item may be requested is settled before one is "
    "known; ask for library, location, item_policy, material_type, process_type, temporary_location"
)
NEVER_GIVEN = "is never given by records of this system; add its place under dialect"
NO_SUBFIELD = "there is no subfield ${}: a subfield is one small letter a-z or one digit"
NO_TEXT = "must be text that is not empty and stands on one line"
NO_LIST, NO_TABLE = "must be a list in [ ]", "must be a table of keys and values"
NO_SWITCH, NO_NUMBER, MISSING = "must be true or false", "must be a whole number", "is missing"
NOT_IN_A_CATALOG = "unknown key {!r}; known: dialect, fulfilment, items, limits, on_error, profile, system, target"
BAD_PORT = "port must be a whole number from 1 to 65535, not '0'"


def near(noun: str, written: str, meant: str) -> str:
    """Return the sentence about a misspelt name."""
    return f"unknown {noun} {written!r}; did you mean {meant!r}?"


def told(text: str) -> list[tuple[str, str]]:
    """Return the problems of a whole file, as (path, sentence)."""
    with pytest.raises(ConfigurationError) as caught:
        parse_config(text, "test.toml", {})
    return [(problem.path, problem.message) for problem in caught.value.problems]


def problems(text: str) -> list[tuple[str, str]]:
    """Return what is wrong with ``text``, after the head and before a partner P."""
    return told(f"{HEAD}{text}\n{PARTNER}")


def problem_of_partner(body: str) -> tuple[str, str]:
    """Return the path below the partner P and the sentence of the one thing wrong with its ``body``."""
    ((path, message),) = told(f"{HEAD}{PARTNER}{body}")
    assert message.endswith(" (partner P)")
    return path.removeprefix("partners[0]."), message.removesuffix(" (partner P)")


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ('catalog = { targt = "h" }', "institution.catalog.targt", near("key", "targt", "target")),
        ("catalog = {}", "institution.catalog.target", MISSING),
        ('catalog = { system = "alma" }', "institution.catalog.target", MISSING),
        ('catalog = { target = "h", code = "X" }', "institution.catalog.code", NOT_IN_A_CATALOG.format("code")),
        ('catalog = { target = "h", name = "X" }', "institution.catalog.name", NOT_IN_A_CATALOG.format("name")),
        (
            'catalog = { target = "h", holdings_codes = ["X"] }',
            "institution.catalog.holdings_codes",
            NOT_IN_A_CATALOG.format("holdings_codes"),
        ),
        ('catalog = { target = "h", system = "almma" }', "institution.catalog.system", near("system", "almma", "alma")),
        ('catalog = { target = "h:0" }', "institution.catalog.target", BAD_PORT),
        (
            'catalog = { target = "h", items.places = [{ libary = "A", prefer = 1 }] }',
            "institution.catalog.items.places[0].libary",
            near("key", "libary", "library"),
        ),
        (
            'catalog = { target = "h", fulfilment.rules = [{ terms = "Loan" }] }',
            "institution.catalog.fulfilment.rules[0].terms",
            "unknown terms of use 'Loan'; known: none",
        ),
        ('catalogue = { target = "h" }', "institution.catalogue", near("key", "catalogue", "catalog")),
        (
            "[borrowing]\ncheck_own_catalogue = true",
            "borrowing.check_own_catalogue",
            near("key", "check_own_catalogue", "check_own_catalog"),
        ),
        ('[borrowing]\ncheck_own_catalog = "yes"', "borrowing.check_own_catalog", NO_SWITCH),
        (
            "[borrowing]\ncheck_own_catalog = true",
            "borrowing.check_own_catalog",
            "needs [institution.catalog], the catalog that is to be searched",
        ),
        ('catalog = { target = "h:0" }\n[borrowing]\ncheck_own_catalog = true', "institution.catalog.target", BAD_PORT),
        ("[borowing]", "borowing", near("key", "borowing", "borrowing")),
        ("[lendng]", "lendng", near("key", "lendng", "lending")),
    ],
)
def test_a_mistake_in_the_own_catalog_is_told(text: str, path: str, message: str) -> None:
    """Each mistake in the institution's catalog and in [borrowing] is one problem with its path, told once."""
    assert problems(text) == [(path, message)]


def test_a_catalog_that_is_no_table() -> None:
    """It is told of with the name that its table has in the file."""
    ((path, message),) = problems("catalog = 5")
    assert path == "institution.catalog"
    assert message in {NO_TABLE, "must be a table: write [institution.catalog] above its keys"}


@pytest.mark.parametrize("section", ["borrowing", "lending"])
def test_a_section_that_is_no_table(section: str) -> None:
    """The two new sections are tables."""
    assert told(f"{section} = 1\n{HEAD}{PARTNER}") == [(section, f"must be a table: write [{section}] above its keys")]


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        (
            "reject_when_locate_fail = true",
            "reject_when_locate_fail",
            near("key", "reject_when_locate_fail", "reject_when_locate_fails"),
        ),
        ('automatic_locate = "on"', "automatic_locate", NO_SWITCH),
        ("temporarily_inactive = 1", "temporarily_inactive", NO_SWITCH),
        ('supply_from = "MAIN"', "supply_from", NO_LIST),
        ("supply_from = [5]", "supply_from[0]", "must be text in quotes"),
        ('supply_from = ["MAIN", " "]', "supply_from[1]", NO_TEXT),
        ("supply_form = []", "supply_form", near("key", "supply_form", "supply_from")),
        ("licences = 5", "licences", NO_LIST),
        ("licences = [5]", "licences[0]", NO_TABLE),
        ('licences = [{ permits_ill = "yes" }]', "licences[0].resource", MISSING),
        ('licences = [{ resource = "x" }]', "licences[0].permits_ill", MISSING),
        ('licences = [{ resource = "", permits_ill = "yes" }]', "licences[0].resource", NO_TEXT),
        (
            'licences = [{ resource = "x", permits_ill = "maybe" }]',
            "licences[0].permits_ill",
            "unknown permission 'maybe'; known: no, unknown, yes",
        ),
        (
            'licences = [{ resource = "x", permits_ill = "unkown" }]',
            "licences[0].permits_ill",
            near("permission", "unkown", "unknown"),
        ),
        (
            'licences = [{ resource = "x", permits_ill = true }]',
            "licences[0].permits_ill",
            "must be text: one of yes, no, unknown",
        ),
        (
            'licences = [{ resource = "x", permits_ill = "no", resorce = "y" }]',
            "licences[0].resorce",
            near("key", "resorce", "resource"),
        ),
        ("electronic_rules = 5", "electronic_rules", NO_LIST),
        ("electronic_rules = [{ reject = true }, 5]", "electronic_rules[1]", NO_TABLE),
    ],
)
def test_a_mistake_in_lending_is_told(body: str, path: str, message: str) -> None:
    """Each mistake in [lending] and its licences has its path and sentence."""
    assert problems(f"[lending]\n{body}") == [(f"lending.{path}", message)]


@pytest.mark.parametrize(
    ("body", "key", "message"),
    [
        ("", "reject", MISSING),
        ('reject = "yes"', "reject", NO_SWITCH),
        ('reject = true\nreason = ""', "reason", NO_TEXT),
        ('reject = true\ncitation_typ = ["book"]', "citation_typ", near("key", "citation_typ", "citation_type")),
        (
            'reject = true\nlicense_permits_ill = ["yes"]',
            "license_permits_ill",
            near("key", "license_permits_ill", "licence_permits_ill"),
        ),
        ('reject = true\ncitation_type = "book"', "citation_type", NO_LIST),
        ('reject = true\ncitation_type = ["book", "bok"]', "citation_type[1]", near("document type", "bok", "book")),
        (
            "reject = true\ncitation_type = [5]",
            "citation_type[0]",
            "must be text: one of book, serial, article, map, score, recording, video, other",
        ),
        (
            'reject = true\nrequested_format = ["paper"]',
            "requested_format[0]",
            "unknown format 'paper'; known: any, electronic, microform, physical, print",
        ),
        (
            'reject = true\nelectronic_kind = ["portfolo"]',
            "electronic_kind[0]",
            near("electronic kind", "portfolo", "portfolio"),
        ),
        ('reject = true\nelectronic_kind = ["digital", "digital"]', "electronic_kind", "names the same thing twice"),
        (
            'reject = true\ncoverage_fits = ["does not fit"]',
            "coverage_fits[0]",
            near("coverage", "does not fit", "does_not_fit"),
        ),
        (
            "reject = true\ncoverage_fits = [true]",
            "coverage_fits[0]",
            "must be text: one of fits, does_not_fit, cannot_tell",
        ),
        (
            'reject = true\nlicence_permits_ill = ["true"]',
            "licence_permits_ill[0]",
            "unknown permission 'true'; known: no, unknown, yes",
        ),
        ("reject = true\npartner = [5]", "partner[0]", "must be text in quotes"),
        ('reject = true\nlevel_of_service = "Express"', "level_of_service", NO_LIST),
    ],
)
def test_a_mistake_in_an_electronic_rule_is_told(body: str, key: str, message: str) -> None:
    """Each mistake in an electronic rule is one problem, with the rule's position counted from 0."""
    right = "[[lending.electronic_rules]]\nreject = false\n"
    wrong = f"[[lending.electronic_rules]]\n{body}\n"
    assert problems(wrong) == [(f"lending.electronic_rules[0].{key}", message)]
    assert problems(right + wrong) == [(f"lending.electronic_rules[1].{key}", message)]


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ('items.places = [{ library = "M" }]', "items.places[0].prefer", MISSING),
        ('items.places = [{ prefer = "1" }]', "items.places[0].prefer", NO_NUMBER),
        ("items.places = [{ prefer = 1.5 }]", "items.places[0].prefer", NO_NUMBER),
        ("items.places = [{ prefer = true }]", "items.places[0].prefer", NO_NUMBER),
        ('items.places = [{ library = "", prefer = 1 }]', "items.places[0].library", NO_TEXT),
        (
            'items.places = [{ prefer = 1 }, { locaton = "x", prefer = 1 }]',
            "items.places[1].locaton",
            near("key", "locaton", "location"),
        ),
        ("items.places = 5", "items.places", NO_LIST),
        ("items.place = []", "items.place", near("key", "place", "places")),
        ("fulfilment = 5", "fulfilment", NO_TABLE),
        ("fulfilment.term = {}", "fulfilment.term", near("key", "term", "terms")),
        ("fulfilment.rules = 5", "fulfilment.rules", NO_LIST),
        ("fulfilment.rules = [5]", "fulfilment.rules[0]", NO_TABLE),
        ("fulfilment.rules = [{}]", "fulfilment.rules[0].terms", MISSING),
        ('fulfilment.rules = [{ terms = "X" }]', "fulfilment.rules[0].terms", "unknown terms of use 'X'; known: none"),
        ("fulfilment.terms.X = 5", "fulfilment.terms.X", NO_TABLE),
    ],
)
def test_a_mistake_in_what_a_partner_supplies_is_told(body: str, path: str, message: str) -> None:
    """Each mistake in a partner's places and fulfilment is one problem, at its path, in words that help."""
    assert problem_of_partner(body) == (path, message)


@pytest.mark.parametrize(
    ("written", "key", "message"),
    [
        ("{}", f".{REQUESTABLE}", MISSING),
        (f'{{ {REQUESTABLE} = "yes" }}', f".{REQUESTABLE}", NO_SWITCH),
        (
            f"{{ {REQUESTABLE} = true, {REQUESTABLE}s = true }}",
            f".{REQUESTABLE}s",
            near("key", f"{REQUESTABLE}s", REQUESTABLE),
        ),
    ],
)
@pytest.mark.parametrize("name", ["X", "In house"])
def test_a_mistake_in_terms_of_use_is_told(name: str, written: str, key: str, message: str) -> None:
    """Terms are named by the user; the path has the name, and each mistake below it is one problem."""
    shown = name if name == "X" else "'In house'"
    assert problem_of_partner(f'fulfilment.terms."{name}" = {written}') == (f"fulfilment.terms.{shown}{key}", message)
    assert problems(f'{CATALOG}fulfilment.terms."{name}" = {written}') == [
        (f"institution.catalog.fulfilment.terms.{shown}{key}", message)
    ]
    assert problems(f'[defaults]\nfulfilment.terms."{name}" = {written}') == [
        (f"defaults.fulfilment.terms.{shown}{key}", message)
    ]


@pytest.mark.parametrize(
    ("rule", "key", "message"),
    [
        ('terms = "Loann"', ".terms", near("terms of use", "Loann", "Loan")),
        ('terms = "loan"', ".terms", near("terms of use", "loan", "Loan")),
        ('terms = "Reserve"', ".terms", "unknown terms of use 'Reserve'; known: Loan"),
        ('terms = "Loan", location = "A"', ".location", NO_LIST),
        ('terms = "Loan", library = [""]', ".library[0]", NO_TEXT),
        ('terms = "Loan", item_polcy = ["A"]', ".item_polcy", near("key", "item_polcy", "item_policy")),
        ('terms = "Loan", process_type = ["A"]', ".process_type", NEVER_GIVEN),
        ('terms = "Loan", material_type = ["A"]', ".material_type", NEVER_GIVEN),
        *(
            (f'terms = "Loan", {name} = ["A"]', "", NO_PATRON.format(name))
            for name in ("user_group", "patron", "patron_type", "requester", "requester_group", "borrower", "person")
        ),
    ],
)
def test_a_mistake_in_a_fulfilment_rule_is_told(rule: str, key: str, message: str) -> None:
    """No rule knows a patron, names terms that are not there, or asks for what an Alma's records never give."""
    body = f'system = "alma"\n{TERMS}fulfilment.rules = [{{ terms = "Loan" }}, {{ {rule} }}]'
    assert problem_of_partner(body) == (f"fulfilment.rules[1]{key}", message)


def test_a_mistake_in_the_default_rules_is_told_once() -> None:
    """What stands wrong in [defaults] is no partner's mistake, however many partners there are."""
    second = PARTNER.replace('"P"', '"Q"')
    patron = '[defaults.fulfilment]\nrules = [{ terms = "Loan", user_group = ["x"] }]\n'
    assert told(f"{HEAD}{patron}{PARTNER}{second}") == [
        ("defaults.fulfilment.rules[0]", NO_PATRON.format("user_group"))
    ]
    misspelt = f'[defaults]\n{TERMS}fulfilment.rules = [{{ terms = "Loann" }}]\n'
    found = told(f"{HEAD}{misspelt}{PARTNER}{second}")
    assert [path for path, _ in found] == ["defaults.fulfilment.rules[0].terms"]


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ('extends = "koha"', "extends", "does not belong here: system names the dialect"),
        ("field = []", "field", "unknown key; did you mean 'fields'?"),
        ('words.availabel = ["x"]', "words.availabel", "unknown key; did you mean 'available'?"),
        (
            'words = { available = ["x"], silent = ["X"] }',
            "words.silent",
            "'X' stands in words.available too; keep it in one",
        ),
        (
            'opac.text.policy = "holding.calls"',
            "opac.text.policy[0]",
            "'holding.calls' is no text of the OPAC record; did you mean 'holding.call_number'?",
        ),
        ('dates = ["%Q"]', "dates[0]", "'%Q' is not a date form with day, month and year, such as '%Y-%m-%d'"),
        (
            'fields = [{ tag = "952", text = { polcy = "y" } }]',
            "fields[0].text.polcy",
            "unknown key; did you mean 'policy'?",
        ),
        ('fields = [{ tag = "952", text = { policy = "%" } }]', "fields[0].text.policy[0]", NO_SUBFIELD.format("%")),
        ('fields = [{ tag = "952", text = { policy = "A" } }]', "fields[0].text.policy[0]", NO_SUBFIELD.format("A")),
        ('fields = [{ tag = "952", status = ["%"] }]', "fields[0].status[0]", NO_SUBFIELD.format("%")),
        ('fields = [{ tag = "952", requires = "Az" }]', "fields[0].requires", NO_SUBFIELD.format("A")),
        (
            'fields = [{ tag = "952", copies = "fg" }]',
            "fields[0].copies",
            "'fg' is more than one subfield; only one can stand here",
        ),
        ('fields = [{ tag = "952", copies = "" }]', "fields[0].copies", "names no subfield; write its letter or digit"),
    ],
)
def test_a_mistake_in_a_partners_dialect_is_told(body: str, path: str, message: str) -> None:
    """Each mistake is told at its path below the partner's dialect, written as all paths are."""
    body = f'system = "koha"\n[partners.dialect]\n{body}'
    assert problem_of_partner(body) == (f"dialect.{path}", message)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ('words.available = "x"', "words.available"),
        ("words.available = [5]", "words.available[0]"),
        ("fields = 5", "fields"),
        ('fields = [{ text = { policy = "a" } }]', "fields[0].tag"),
        ('fields = [{ tag = "952", text = { policy = 5 } }]', "fields[0].text.policy"),
    ],
)
def test_a_wrong_type_in_a_partners_dialect_has_the_words_of_this_package(body: str, path: str) -> None:
    """What is no list, no text or not there is told as in every other table, not in the words of a library used."""
    found, message = problem_of_partner(f'system = "koha"\n[partners.dialect]\n{body}')
    assert found == f"dialect.{path}"
    assert message.startswith(("must be ", MISSING))


def test_a_dialect_that_is_no_table() -> None:
    """It is told of with no name of a table that the file cannot have."""
    path, message = problem_of_partner("dialect = 5")
    assert path == "dialect"
    assert message in {NO_TABLE, "must be a table: write [partners.dialect] above its keys"}


def test_the_defaults_have_no_dialect() -> None:
    """Two libraries of one system differ in their own ways; such settings stand with the one that they are of."""
    known = "fulfilment, items, limits, on_error, profile, system"
    assert problems("[defaults]\ndialect = {}") == [("defaults.dialect", f"unknown key 'dialect'; known: {known}")]


def test_all_mistakes_are_told_at_once() -> None:
    """Mistakes in every new table of one file are one error, each with its path, in the order of the sections."""
    text = f"""{HEAD}
        catalog = {{ system = "koha", targt = "h", dialect = {{ extends = "alma" }} }}
        [borrowing]
        check_own = true
        [lending]
        automatic_locate = "on"
        supply_from = "MAIN"
        licences = [{{ resource = "x", permits_ill = "perhaps" }}]
        electronic_rules = [{{ reject = true }}, {{ citation_type = ["boook"], electronic_kind = ["paper"] }}]
        [defaults.fulfilment]
        terms.Loan = {{ {REQUESTABLE} = true }}
        [[partners]]
        code = "A"
        target = "h"
        system = "alma"
        items.places = [{{ library = 5 }}]
        fulfilment.rules = [
          {{ terms = "Loan", process_type = ["x"] }},
          {{ terms = "Lone" }},
        ]
        [[partners]]
        code = "B"
        target = "h"
        fulfilment.rules = [{{ terms = "Loan", patron = ["x"] }}]
        """
    assert [path for path, _ in told(text)] == [
        "institution.catalog.targt",
        "institution.catalog.dialect.extends",
        "borrowing.check_own",
        "lending.automatic_locate",
        "lending.supply_from",
        "lending.electronic_rules[1].reject",
        "lending.electronic_rules[1].citation_type[0]",
        "lending.electronic_rules[1].electronic_kind[0]",
        "lending.licences[0].permits_ill",
        "partners[0].items.places[0].library",
        "partners[0].items.places[0].prefer",
        "partners[0].fulfilment.rules[0].process_type",
        "partners[0].fulfilment.rules[1].terms",
        "partners[1].fulfilment.rules[0]",
    ]
