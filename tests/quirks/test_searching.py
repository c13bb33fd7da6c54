"""Quirks of searching: attributes, terms and their character set, numbers and how they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.citation import Citation
from locate.engine import Locator
from locate.outcome import Finding, PartnerOutcome
from locate.partner import DEFAULT_STEPS, LocateProfile, Partner, SearchStep, StepKind
from locate.plan import plan_searches
from locate.z3950.query import to_pqf
from locate.z3950.target.emulation import PRESETS, Emulation
from tests.played import BY_TITLE, ISBN, marcxml, rivers
from tests.quirks.habited import TIMEOUT_S, connected, habited, locate_twice
from tests.test_engine import BOOK, QUICK, catalog

SERIAL = Citation(title="Gene studies", issn=("0378-5955",))
SERIALS = catalog(marcxml("s1", "Gene studies", fields=[("022", "a", "0378-5955")]))
UMLAUTS = catalog(marcxml("u1", "Flüsse der Südalpen", "Müller, Jürgen"))
RIVERS_OF_THE_ALPS = Citation(title="Flüsse der Südalpen", author="Müller, Jürgen", year=1987)
FULL = ((2, 3), (3, 3), (4, 6), (5, 100), (6, 1))


def _queries(outcome: PartnerOutcome) -> list[str]:
    return [search.query for search in outcome.searches]


# ---- 12: attributes that are refused -------------------------------------------------------------------------------


async def test_a_refused_use_attribute_costs_one_search_in_a_process() -> None:
    """No index of LCCNs: the first locate learns it, the second does not ask."""
    citation = replace(BOOK, lccn="99012345")
    first, second = await locate_twice(PRESETS["alma"], citation)
    assert (first.finding, second.finding) == (Finding.FOUND, Finding.FOUND)
    assert [search.by for search in first.searches] == ["LCCN", "ISBN"]
    assert "(bib-1 114: 9)" in first.searches[0].note
    assert [search.by for search in second.searches] == ["ISBN"]


@pytest.mark.parametrize(
    ("habits", "condition"),
    [
        (PRESETS["loc"], 118),
        (Emulation(unsupported_types=frozenset({4})), 118),
        (Emulation(max_attributes=1), 123),
    ],
    ids=["loc", "structure", "too_many"],
)
async def test_refused_attributes_are_left_out_from_then_on(habits: Emulation, condition: int) -> None:
    """Attributes other than use are dropped after the first refusal, and not sent by the next locate."""
    first, second = await locate_twice(habits, BY_TITLE)
    assert (first.finding, second.finding) == (Finding.FOUND, Finding.FOUND)
    assert f"(bib-1 {condition}" in first.searches[0].note
    assert "@attr 4=6" in _queries(first)[0]
    assert not any("@attr 4" in query for query in (*_queries(first)[1:], *_queries(second)))
    assert [search.hits for search in second.searches].count(None) == 0


async def test_what_was_learned_goes_on_to_another_process() -> None:
    """Exported facts, restored, spare the refusal."""
    async with habited(PRESETS["loc"]) as target:
        partner = Partner("only", target, limits=QUICK)
        async with Locator([partner]) as before:
            await before.locate(BY_TITLE)
        async with Locator([partner]) as after:
            after.pool.restore(before.pool.export())
            outcome = (await after.locate(BY_TITLE))["only"]
    assert outcome.finding is Finding.FOUND
    assert [search.hits for search in outcome.searches].count(None) == 0


# ---- 13: terms in another character set ----------------------------------------------------------------------------


async def test_aleph_finds_nothing_for_utf8_and_does_not_say_so() -> None:
    """The same term finds its record in the target's character set, and nothing in UTF-8, without a diagnostic."""
    async with connected(PRESETS["aleph"], UMLAUTS) as connection:
        in_utf8 = await connection.search("@attr 1=4 Südalpen", timeout_s=TIMEOUT_S)
        in_its_own = await connection.search("@attr 1=4 Südalpen", charset="windows-1252", timeout_s=TIMEOUT_S)
    assert (in_utf8.hits, in_its_own.hits) == (0, 1)


async def test_the_query_charset_of_the_profile() -> None:
    """With the target's character set in the profile, the first search finds the title."""
    profile = LocateProfile(query_charset="windows-1252")
    first, _ = await locate_twice(PRESETS["aleph"], RIVERS_OF_THE_ALPS, UMLAUTS, profile)
    assert first.finding is Finding.FOUND
    assert [search.by for search in first.searches] == ["title and author"]


async def test_a_title_is_tried_in_plain_letters_before_it_counts_as_not_there() -> None:
    """Without the setting, a title with letters beyond ASCII is still found: its last search is in plain letters."""
    first, _ = await locate_twice(PRESETS["aleph"], RIVERS_OF_THE_ALPS, UMLAUTS)
    assert first.finding is Finding.FOUND
    assert first.searches[-1].by == "title in plain letters"
    assert first.searches[-1].query == '@attr 1=4 @attr 4=6 "flusse sudalpen"'
    assert not any(search.hits for search in first.searches[:-1])


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Flüsse der Südalpen", '"flusse sudalpen"'),
        ("L\u2019été à Łódź", '"ete lodz"'),
        ("\u0412\u043e\u0439\u043d\u0430 \u0438 \u043c\u0438\u0440", '"voina mir"'),
        ("Rivers of the Alps", None),
    ],
)
def test_plain_letters(title: str, plain: str | None) -> None:
    """Diacritics go, and another script is romanised as catalogs do it; a title in ASCII has no such search."""
    (*_, last) = plan_searches(Citation(title=title), LocateProfile()).attempts
    assert (to_pqf(last.query) == f"@attr 1=4 @attr 4=6 {plain}") is (plain is not None)
    assert (last.label == "title in plain letters") is (plain is not None)


# ---- 20: numbers and their hyphen ----------------------------------------------------------------------------------


@pytest.mark.parametrize("operators", [frozenset[str](), frozenset({"or"})], ids=["or", "no_or"])
@pytest.mark.parametrize("hyphen", ["needed", "unknown"])
async def test_an_issn_is_found_however_it_is_indexed(hyphen: str, operators: frozenset[str]) -> None:
    """With its hyphen or without, in one search, or in two where there is no OR."""
    habits = Emulation(issn_hyphen="needed" if hyphen == "needed" else "unknown", refused_operators=operators)
    profile = LocateProfile(steps=tuple(step for step in DEFAULT_STEPS if step.kind is StepKind.ISSN))
    for written in ("0378-5955", "03785955"):
        citation = replace(SERIAL, issn=(written,))
        for outcome in await locate_twice(habits, citation, SERIALS, profile):
            assert outcome.finding is Finding.FOUND


# ---- 21: full attributes, and minimal ones -------------------------------------------------------------------------


async def test_full_attributes_find_words_anywhere_in_a_title() -> None:
    """Where a term without position is the beginning of a field, the full list in the profile finds the title."""
    held = catalog(rivers())
    plain = LocateProfile(steps=DEFAULT_STEPS[-1:])
    full = LocateProfile(steps=(SearchStep(StepKind.TITLE, ((1, 4), *FULL), ((1, 1003), *FULL)),))
    citation = replace(BY_TITLE, author="Anna Morgan")
    without, _ = await locate_twice(PRESETS["innopac"], citation, held, plain)
    having, _ = await locate_twice(PRESETS["innopac"], citation, held, full)
    assert without.finding is Finding.NOT_FOUND
    assert not any(search.hits for search in without.searches)
    assert having.finding is Finding.FOUND
    assert "@attr 3=3" in _queries(having)[0]


@pytest.mark.parametrize("system", sorted(PRESETS))
async def test_elsewhere_the_minimal_list_is_enough(system: str) -> None:
    """Only use, and structure for words, are sent by default; a book is found by its ISBN in every known system."""
    first, second = await locate_twice(PRESETS[system])
    assert (first.finding, second.finding) == (Finding.FOUND, Finding.FOUND)
    assert _queries(second) == [f"@or @attr 1=7 {ISBN} @attr 1=7 0306406152"]
